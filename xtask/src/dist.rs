//! What a built page must be before anyone may serve it.
//!
//! **Invariant:** everything `index.html` loads is addressed relative to it and lies in the folder;
//! nothing is inline; the content policy is [`POLICY`] to the letter, ahead of all that it governs.
//! Deliberately absent: what only a browser can tell, such as whether the page runs under it.

use std::{
    fmt, fs, io,
    path::{Path, PathBuf},
};

use html5gum::{StartTag, Token, Tokenizer};

/// The content policy, written out a second time so that it cannot be loosened unnoticed.
pub const POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; \
     style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; worker-src 'self'; \
     base-uri 'none'; form-action 'none'";

/// Attributes whose value is an address.
const ADDRESSES: [&str; 7] = ["src", "href", "srcset", "poster", "data", "action", "formaction"];

/// What is loaded later, from the page's own folder: no `index.html` names it.
const LATER: [&str; 3] = ["sheets.js", "sheets-program.js", "sheets-program_bg.wasm"];

/// One thing wrong with the built page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// There is no content policy.
    NoPolicy,
    /// The content policy is another one.
    OtherPolicy(String),
    /// Something is loaded before the policy is in force.
    BeforePolicy(String),
    /// A script, style or handler stands in the page itself.
    Inline(String),
    /// An address is bound to one host or one folder.
    NotRelative(String),
    /// An address names nothing in the folder.
    Missing(String),
}

impl fmt::Display for Fault {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoPolicy => write!(out, "index.html has no Content-Security-Policy"),
            Self::OtherPolicy(found) => {
                write!(
                    out,
                    "the Content-Security-Policy is\n      {found}\n    not\n      {POLICY}"
                )
            }
            Self::BeforePolicy(what) => {
                write!(out, "{what} stands before the Content-Security-Policy")
            }
            Self::Inline(what) => write!(out, "{what} is inline: the policy blocks it"),
            Self::NotRelative(url) => write!(out, "`{url}` is not relative to the page"),
            Self::Missing(url) => write!(out, "`{url}` names no file of the folder"),
        }
    }
}

/// A built page that must not be served.
#[derive(Debug, thiserror::Error)]
pub enum DistError {
    /// A file can't be read.
    #[error("the built page can't be read: {path}: {source}")]
    Unreadable {
        /// Which file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The page breaks its own rules.
    #[error("the built page in {folder} breaks its rules:{}", list(faults))]
    Faults {
        /// The folder.
        folder: PathBuf,
        /// What is wrong.
        faults: Vec<Fault>,
    },
}

fn list(faults: &[Fault]) -> String {
    faults.iter().map(|fault| format!("\n  - {fault}")).collect()
}

/// What a page loads, and what is wrong with it in itself.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Page {
    /// The addresses it loads, in order, each once.
    pub links: Vec<String>,
    /// What is wrong.
    pub faults: Vec<Fault>,
}

/// Checks the folder with the built page.
pub fn check(folder: &Path) -> Result<(), DistError> {
    let Page { links, mut faults } = read_page(&read(&folder.join("index.html"))?);
    for later in LATER.iter().filter(|name| !folder.join(name).is_file()) {
        faults.push(Fault::Missing((*later).to_owned()));
    }
    for link in &links {
        let file = folder.join(file_part(link));
        if !file.is_file() {
            faults.push(Fault::Missing(link.clone()));
        } else if link.ends_with(".css") {
            faults.extend(absolute_in_css(&read(&file)?));
        }
    }
    if faults.is_empty() {
        Ok(())
    } else {
        Err(DistError::Faults { folder: folder.to_owned(), faults })
    }
}

/// The files that opening the page loads, `index.html` first.
pub fn loaded_files(folder: &Path) -> Result<Vec<PathBuf>, DistError> {
    let index = folder.join("index.html");
    let links = read_page(&read(&index)?).links;
    let others = links.iter().map(|link| folder.join(file_part(link)));
    Ok(std::iter::once(index).chain(others).collect())
}

fn read(path: &Path) -> Result<String, DistError> {
    fs::read_to_string(path)
        .map_err(|source| DistError::Unreadable { path: path.to_owned(), source })
}

/// An address without query and fragment.
fn file_part(link: &str) -> &str {
    let end = link.find(['?', '#']).unwrap_or(link.len());
    link[..end].trim_start_matches("./")
}

/// Reads the page as a browser would.
pub fn read_page(html: &str) -> Page {
    let mut page = Page::default();
    let mut policy_seen = false;
    for Ok(token) in Tokenizer::new(html) {
        let Token::StartTag(tag) = token else { continue };
        let element = Element::new(&tag);
        if element.is("meta")
            && element
                .has("http-equiv", |value| value.eq_ignore_ascii_case("content-security-policy"))
        {
            policy_seen = true;
            let found = element.get("content").unwrap_or_default();
            if found != POLICY {
                page.faults.push(Fault::OtherPolicy(found));
            }
        }
        if !policy_seen && (element.is("script") || element.is("link") || element.is("style")) {
            page.faults.push(Fault::BeforePolicy(element.name()));
        }
        page.faults.extend(inline(&element).into_iter().map(Fault::Inline));
        for link in addresses(&element) {
            if !is_relative(&link) {
                page.faults.push(Fault::NotRelative(link));
            } else if !link.starts_with('#') && !page.links.contains(&link) {
                page.links.push(link);
            }
        }
    }
    if !policy_seen {
        page.faults.push(Fault::NoPolicy);
    }
    page
}

/// One opening tag, its bytes as text.
struct Element<'tag> {
    tag: &'tag StartTag<()>,
}

impl<'tag> Element<'tag> {
    fn new(tag: &'tag StartTag<()>) -> Self {
        Self { tag }
    }

    fn name(&self) -> String {
        format!("<{}>", String::from_utf8_lossy(&self.tag.name))
    }

    fn is(&self, name: &str) -> bool {
        *self.tag.name == *name.as_bytes()
    }

    fn get(&self, attribute: &str) -> Option<String> {
        self.attributes().find(|(name, _)| name == attribute).map(|(_, value)| value)
    }

    fn has(&self, attribute: &str, test: impl Fn(&str) -> bool) -> bool {
        self.get(attribute).is_some_and(|value| test(&value))
    }

    fn attributes(&self) -> impl Iterator<Item = (String, String)> {
        self.tag.attributes.iter().map(|(name, value)| {
            (
                String::from_utf8_lossy(name).into_owned(),
                String::from_utf8_lossy(value).into_owned(),
            )
        })
    }
}

/// What of an element the policy would block.
fn inline(element: &Element<'_>) -> Vec<String> {
    let mut found = Vec::new();
    if element.is("style") || (element.is("script") && element.get("src").is_none()) {
        found.push(element.name());
    }
    for (attribute, _) in element.attributes() {
        if attribute == "style" || attribute.starts_with("on") {
            found.push(format!("{attribute}=… in {}", element.name()));
        }
    }
    found
}

/// The addresses of an element, those in our own `<meta name="shapan-…">` included.
fn addresses(element: &Element<'_>) -> Vec<String> {
    if element.is("meta") && element.has("name", |name| name.starts_with("shapan-")) {
        return element.get("content").into_iter().collect();
    }
    element
        .attributes()
        .filter(|(name, _)| ADDRESSES.contains(&name.as_str()))
        .map(|(_, value)| value.trim().to_owned())
        .collect()
}

/// Whether an address stays in the page's own folder, wherever that is.
fn is_relative(url: &str) -> bool {
    let scheme_like = url
        .split_once(':')
        .is_some_and(|(scheme, _)| scheme.bytes().all(|byte| byte != b'/' && byte != b'?'));
    !(url.is_empty()
        || scheme_like
        || url.starts_with(['/', '\\'])
        || url.split('/').any(|part| part == ".."))
}

/// What a style sheet loads from a fixed place; `data:` carries its content with it.
fn absolute_in_css(css: &str) -> Vec<Fault> {
    css.split("url(")
        .skip(1)
        .filter_map(|rest| rest.split(')').next())
        .map(|url| url.trim().trim_matches(['"', '\'']))
        .filter(|url| !url.starts_with("data:") && !is_relative(url))
        .map(|url| Fault::NotRelative(url.to_owned()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with_policy(rest: &str) -> Page {
        read_page(&format!(
            r#"<!doctype html><meta http-equiv="Content-Security-Policy" content="{POLICY}">{rest}"#
        ))
    }

    #[test]
    fn a_page_with_relative_files_and_the_policy_has_no_fault_and_names_what_it_loads() {
        let page = with_policy(
            r##"<link rel="stylesheet" href="./main-1f.css"><script src="./check.js" defer></script>
                <meta name="shapan-wasm" content="./page_bg.wasm"><meta name="viewport" content="w">
                <link rel="preload" href="./page_bg.wasm"><a href="#app">skip</a>"##,
        );
        assert_eq!(page.faults, []);
        assert_eq!(page.links, ["./main-1f.css", "./check.js", "./page_bg.wasm"]);
    }

    #[test]
    fn an_address_bound_to_a_host_or_a_folder_is_a_fault() {
        for url in ["/main.css", "//host/x", "https://host/x", "data:text/css,x", "../x.css", ""] {
            let page = with_policy(&format!(r#"<link href="{url}">"#));
            assert_eq!(page.faults, [Fault::NotRelative(url.to_owned())], "{url}");
        }
    }

    #[test]
    fn whatever_the_policy_would_block_is_a_fault() {
        for (html, what) in [
            ("<script>go()</script>", "<script>"),
            (r#"<script type="module">import "./x.js"</script>"#, "<script>"),
            ("<style>p{}</style>", "<style>"),
            (r#"<body onload="go()">"#, "onload=… in <body>"),
            (r#"<p style="color: red">"#, "style=… in <p>"),
        ] {
            assert!(with_policy(html).faults.contains(&Fault::Inline(what.to_owned())), "{html}");
        }
    }

    #[test]
    fn a_missing_loosened_or_late_policy_is_a_fault() {
        assert_eq!(read_page("<p>").faults, [Fault::NoPolicy]);
        let loose = "default-src *";
        let html = format!(r#"<meta http-equiv="Content-Security-Policy" content="{loose}">"#);
        assert_eq!(read_page(&html).faults, [Fault::OtherPolicy(loose.to_owned())]);
        let late = format!(
            r#"<script src="a.js"></script><meta http-equiv="content-security-policy" content="{POLICY}">"#
        );
        assert_eq!(read_page(&late).faults, [Fault::BeforePolicy("<script>".to_owned())]);
    }

    #[test]
    fn a_style_sheet_may_load_only_its_neighbours() {
        assert_eq!(absolute_in_css("a{background:url(x.svg)} b{background:url('data:,')}"), []);
        assert_eq!(
            absolute_in_css(r#"@import url("https://host/x.css");"#),
            [Fault::NotRelative("https://host/x.css".to_owned())]
        );
    }
}
