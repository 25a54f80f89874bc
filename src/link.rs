//! Owns links that carry a scenario or a plan in their fragment.
//!
//! Invariant: what a link brings is only ever offered, like a file; a link that cannot be read
//! says so, and the address is cleaned either way, so that reloading does not ask again.
//! Deliberately absent: what becomes of it (`share`).
//!
//! An address is `?l#…`. The mark before the `#` carries nothing: it reaches the host, which
//! serves the same page, and where a messenger drops the `#` and what follows, it tells a link
//! that was cut from somebody who comes to look around.
//!
//! A fragment is `#s=` (a scenario) or `#p=` (a plan) and the file's JSON without spaces,
//! packed and sealed. Messengers add things after a link and write characters as `%3D`: what
//! follows the letters, digits, `-` and `_` of a link is not part of it.

use crate::files::OpenError;
use crate::session::Page;
use shapan_engine::files::{self, Opened, ReadError};
use shapan_keep::packed::{UnpackError, pack_for_address, seal, unpack, unseal};

/// Characters every messenger and browser takes in one piece: WeChat's interfaces stop at 2,048
/// bytes, some clients split messages at 2,000 characters, old browsers stop at 2,083.
pub const SAFE: usize = 2_000;
/// Characters beyond which no link is made: a scenario of a dozen measures in three languages
/// has room, and it is half of the 16 kB at which chat clients on a computer refuse a message.
pub const MOST: usize = 8_000;
/// The most a link may unpack to, in bytes.
const MOST_BYTES: usize = 1_000_000;

/// What stands in the query of every link.
const MARK: &str = "l";

/// What a link carries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A scenario.
    Scenario,
    /// A plan.
    Plan,
}

/// Why a link was not read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LinkError {
    /// Nothing is left of it but the mark.
    #[error("cut at its #")]
    Cut,
    /// Cut short or altered.
    #[error("damaged")]
    Damaged,
    /// Packed by a newer app.
    #[error("newer")]
    Newer,
    /// Too large once unpacked.
    #[error("too large")]
    TooLarge,
    /// What it carries is not sound.
    #[error(transparent)]
    Contents(#[from] OpenError),
}

/// The address of a link, from the address it is made at.
pub fn address(here: &str, fragment: &str) -> String {
    let here = here.split('#').next().unwrap_or_default();
    let (path, query) = here.split_once('?').unwrap_or((here, ""));
    let query = without_mark(query);
    let joint = if query.is_empty() { "" } else { "&" };
    format!("{path}?{query}{joint}{MARK}{fragment}")
}

/// A query without the mark of links; `None` where it has none.
pub fn unmarked(search: &str) -> Option<String> {
    let query = search.trim_start_matches('?');
    let rest = without_mark(query);
    let rest = if rest.is_empty() { rest } else { format!("?{rest}") };
    query.split('&').any(is_mark).then_some(rest)
}

fn without_mark(query: &str) -> String {
    let rest = query.split('&').filter(|part| !part.is_empty() && !is_mark(part));
    rest.collect::<Vec<_>>().join("&")
}

/// As it is, or as some write a name without a value, or with the `#` and all that follows written
/// out as characters of the query.
fn is_mark(part: &str) -> bool {
    let name = part.split("%23").next().unwrap_or_default();
    name.strip_prefix(MARK).is_some_and(|rest| matches!(rest, "" | "="))
}

/// The fragment that carries a file's JSON.
pub fn fragment(kind: Kind, json: &str) -> String {
    let mut value = serde_json::from_str::<serde_json::Value>(json).unwrap_or_default();
    if kind == Kind::Scenario
        && let Some(numbers) = value.get_mut("parameters").and_then(|p| p.as_object_mut())
    {
        // They only tell what stands otherwise where the link is opened: no notes are needed.
        let bases = numbers.values_mut().filter_map(|p| p.get_mut("basis"));
        for basis in bases.filter_map(|basis| basis.as_object_mut()) {
            basis.remove("note");
            basis.remove("citation");
        }
    }
    let json = value.to_string();
    let tag = match kind {
        Kind::Scenario => 's',
        Kind::Plan => 'p',
    };
    format!("#{tag}={}", seal(&pack_for_address(&json)))
}

/// What of an address's fragment is sealed, where it is a link of ours.
fn sealed(hash: &str) -> Option<String> {
    let plain = unescaped(hash);
    let rest = plain.strip_prefix('#')?.trim_start_matches('/');
    let payload = rest.strip_prefix("s=").or_else(|| rest.strip_prefix("p="))?;
    let ours = |c: &char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    Some(payload.chars().filter(|c| !c.is_whitespace()).take_while(ours).collect())
}

/// Whether a fragment is a link rather than a page.
pub fn is_link(hash: &str) -> bool {
    sealed(hash).is_some()
}

/// Reads what an address carries; `None` where it is no link.
pub fn open(search: &str, hash: &str) -> Option<Result<Opened, LinkError>> {
    let in_query = || search.find("%23").and_then(|at| sealed(&search[at..]));
    let Some(sealed) = sealed(hash).or_else(in_query) else {
        let is_cut = unmarked(search).is_some() && !Page::is_named_by(hash);
        return is_cut.then_some(Err(LinkError::Cut));
    };
    Some(read(&sealed))
}

fn read(sealed: &str) -> Result<Opened, LinkError> {
    let packed = unseal(sealed).ok_or(LinkError::Damaged)?;
    let json = unpack(packed, MOST_BYTES).map_err(|error| match error {
        UnpackError::Damaged => LinkError::Damaged,
        UnpackError::Newer { .. } => LinkError::Newer,
        UnpackError::TooLarge { .. } => LinkError::TooLarge,
    })?;
    files::open(&json).map_err(|error| match error {
        ReadError::TooNew { .. } => LinkError::Newer,
        error => LinkError::Contents(error.into()),
    })
}

/// Text with `%3D` and the like as the characters they stand for; what is none stays.
fn unescaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('%') {
        out.push_str(before);
        let code = after.get(..2).and_then(|hex| u8::from_str_radix(hex, 16).ok());
        match code.filter(u8::is_ascii) {
            Some(code) => {
                out.push(char::from(code));
                rest = &after[2..];
            }
            None => {
                out.push('%');
                rest = after;
            }
        }
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use shapan_engine::files::{Contents, Stamp, write_plan, write_scenario};

    fn open_fragment(hash: &str) -> Option<Result<Opened, LinkError>> {
        open("", hash)
    }

    fn scenario_link() -> String {
        let plan = shapan_engine::taian_2012().unwrap();
        let id = plan.scenarios.last().unwrap().id.clone();
        fragment(Kind::Scenario, &write_scenario(&plan, &id, &Stamp::default()).unwrap())
    }

    #[test]
    fn a_link_brings_what_it_was_made_of_whatever_a_messenger_adds() {
        let link = scenario_link();
        assert!(link.len() < MOST, "{}", link.len());
        let plain = open_fragment(&link).unwrap().unwrap();
        for other in [
            link.replace('=', "%3D"),
            format!("{link}。"),
            format!("{link}&from=singlemessage"),
            format!("{link}%E3%80%82"),
            format!("{}\n {}", &link[..100], &link[100..]),
            link.replacen('#', "#/", 1),
        ] {
            assert_eq!(open_fragment(&other).unwrap().unwrap(), plain, "{other}");
        }
    }

    #[test]
    fn a_plan_travels_as_it_is() {
        let plan = shapan_engine::taian_2012().unwrap();
        let link = fragment(Kind::Plan, &write_plan(&plan, &Stamp::default()));
        let Contents::Plan(there) = open_fragment(&link).unwrap().unwrap().contents else {
            unreachable!()
        };
        assert_eq!(*there, plan);
    }

    #[test]
    fn what_was_cut_altered_or_made_by_a_newer_app_says_so() {
        let link = scenario_link();
        for cut in 3..link.len() {
            assert_eq!(open_fragment(&link[..cut]).unwrap(), Err(LinkError::Damaged));
        }
        assert_eq!(open_fragment(&format!("{link}x")).unwrap(), Err(LinkError::Damaged));
        let newer = format!("#s={}", seal("q123"));
        assert_eq!(open_fragment(&newer).unwrap(), Err(LinkError::Newer));
        let bomb = format!("#p={}", seal(&pack_for_address(&" ".repeat(MOST_BYTES + 1))));
        assert!(bomb.len() < MOST);
        assert_eq!(open_fragment(&bomb).unwrap(), Err(LinkError::TooLarge));
        assert_eq!(open_fragment("#s=").unwrap(), Err(LinkError::Damaged));
        let other = format!("#s={}", seal(&pack_for_address("{}")));
        assert!(matches!(open_fragment(&other).unwrap(), Err(LinkError::Contents(_))));
    }

    #[test]
    fn pages_are_no_links() {
        for hash in ["", "#", "#overview", "#compare?with=s=1", "#explore?p=2", "#sp"] {
            assert!(!is_link(hash), "{hash}");
        }
    }

    /// A messenger that takes the `#` for the end of the address left its reader on the start
    /// page, with nothing to tell that there had been more.
    #[test]
    fn a_link_cut_anywhere_is_told_from_a_plain_visit() {
        let at = "https://host.example/a/b/";
        let link = address(&format!("{at}#compare?with=a"), &scenario_link());
        let (before, fragment) = link.split_once('#').unwrap();
        assert_eq!(before, format!("{at}?l"));
        let whole = open("?l", &format!("#{fragment}")).unwrap().unwrap();
        assert_eq!(open("", &format!("#{fragment}")).unwrap().unwrap(), whole, "an older link");
        // A `#` written out is still a link, and goes with the mark when the address is cleaned.
        let written_out = format!("?l%23{}", fragment.replace('=', "%3D"));
        assert_eq!(open(&written_out, "").unwrap().unwrap(), whole);
        assert_eq!(unmarked(&written_out), Some(String::new()));
        for end in before.len()..link.len() {
            let hash = &link[before.len()..end];
            let opened = open("?l", hash).unwrap();
            let told = if hash.len() < 3 { LinkError::Cut } else { LinkError::Damaged };
            assert_eq!(opened, Err(told), "{hash}");
        }
        for (search, hash) in [("", ""), ("", "#overview"), ("?l", "#overview"), ("?x=l", "#")] {
            assert!(open(search, hash).is_none(), "{search} {hash}: a plain visit");
        }
    }

    #[test]
    fn the_mark_comes_and_goes_and_leaves_the_rest_of_the_address_alone() {
        let made = |here: &str| address(here, "#s=0");
        assert_eq!(made("http://a/"), "http://a/?l#s=0");
        assert_eq!(made("http://a/?l#overview"), "http://a/?l#s=0");
        assert_eq!(made("http://a/p?key=1&l=&b#x?y"), "http://a/p?key=1&b&l#s=0");
        assert_eq!(unmarked(""), None);
        assert_eq!(unmarked("?level=1&ll&x=l"), None);
        assert_eq!(unmarked("?l"), Some(String::new()));
        assert_eq!(unmarked("?l="), Some(String::new()));
        assert_eq!(unmarked("?a=1&l&from=singlemessage"), Some("?a=1&from=singlemessage".into()));
    }
}
