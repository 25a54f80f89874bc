//! The house rules that no compiler checks.
//!
//! **Invariants:** each violation names the file and says why; only files that git knows or would
//! take in are looked at. The words it looks for are put together below, or it would find itself.

use std::{collections::BTreeSet, fmt, fs, io, path::PathBuf};

use crate::{process::ProcessError, project::Project};

/// The code whose every file says what it is.
const SOURCES: [&str; 5] = ["engine/src/", "keep/src/", "sheets/src/", "src/", "xtask/src/"];
const MOST_LINES: usize = 600;
/// Folders that exist on one machine only.
const MACHINE_FOLDERS: [&str; 3] = ["work", "root", "tmp"];
const UNFINISHED: [&str; 2] = ["todo", "unimplemented"];
const COMMANDS: [&str; 2] = ["cargo xtask serve", "cargo xtask test"];
const READMES: [&str; 2] = ["README.md", "README.zh-CN.md"];

/// One broken house rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Violation {
    /// Which file, with the line where there is one.
    pub place: String,
    /// What is wrong.
    pub why: String,
}

impl fmt::Display for Violation {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}: {}", self.place, self.why)
    }
}

/// The house is not tidy, or can't be looked at.
#[derive(Debug, thiserror::Error)]
pub enum TidyError {
    /// Git can't say which files there are.
    #[error("tidy asks git which files there are: {0}")]
    Git(#[from] ProcessError),
    /// A file can't be read.
    #[error("{path} can't be read: {source}")]
    Unreadable {
        /// Which file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// Rules are broken.
    #[error("house rules are broken:{}", list(.0))]
    Violations(Vec<Violation>),
}

fn list(violations: &[Violation]) -> String {
    violations.iter().map(|violation| format!("\n  {violation}")).collect()
}

/// Checks every file of the project.
pub fn tidy(project: &Project) -> Result<(), TidyError> {
    let files = project.files()?;
    let mut violations = Vec::new();
    for file in &files {
        let path = project.path(file);
        if !path.is_file() {
            continue; // removed but not yet committed, or a link to a folder
        }
        let content = fs::read(&path).map_err(|source| TidyError::Unreadable { path, source })?;
        // What is not UTF-8 is a picture or the like.
        if let Ok(text) = std::str::from_utf8(&content) {
            violations.extend(check_file(file, text));
        }
    }
    violations.extend(check_readmes(&files));
    if violations.is_empty() { Ok(()) } else { Err(TidyError::Violations(violations)) }
}

/// The rules for one text file.
fn check_file(file: &str, text: &str) -> Vec<Violation> {
    let mut found = Vec::new();
    if file.ends_with(".rs") {
        found.extend(check_rust(file, text));
    }
    if !file.starts_with(".ci/") {
        found.extend(lines_with(file, text, machine_path, |path| {
            format!("`{path}…` exists on one machine only")
        }));
    }
    if file == READMES[0] {
        found.extend(COMMANDS.iter().filter(|command| !text.contains(**command)).map(|command| {
            Violation { place: file.to_owned(), why: format!("does not name `{command}`") }
        }));
    }
    found
}

fn check_rust(file: &str, text: &str) -> Vec<Violation> {
    let mut found = Vec::new();
    let of_file = |why: String| Violation { place: file.to_owned(), why };
    if SOURCES.iter().any(|folder| file.starts_with(folder)) {
        if !text.starts_with("//!") {
            found.push(of_file("does not open with `//!`: what it owns, its invariant".to_owned()));
        }
        let lines = text.lines().count();
        if lines > MOST_LINES {
            found.push(of_file(format!("has {lines} lines, over {MOST_LINES}: split it by idea")));
        }
    }
    found.extend(lines_with(file, text, unfinished, |word| format!("`{word}` is unfinished work")));
    let ignored = concat!("#[", "ignore");
    found.extend(lines_with(
        file,
        text,
        |line| line.contains(ignored).then(|| ignored.to_owned()),
        |word| format!("`{word}` hides a test: mend it or remove it"),
    ));
    found
}

fn check_readmes(files: &BTreeSet<String>) -> Vec<Violation> {
    READMES
        .iter()
        .filter(|readme| !files.contains(**readme))
        .map(|readme| Violation { place: (*readme).to_owned(), why: "is missing".to_owned() })
        .collect()
}

/// A violation for each line in which `search` finds something.
fn lines_with(
    file: &str,
    text: &str,
    search: impl Fn(&str) -> Option<String>,
    why: impl Fn(&str) -> String,
) -> Vec<Violation> {
    let lines = text.lines().zip(1_usize..);
    lines
        .filter_map(|(line, number)| {
            let word = search(line)?;
            Some(Violation { place: format!("{file}:{number}"), why: why(&word) })
        })
        .collect()
}

/// The macro of unfinished work that a line calls.
fn unfinished(line: &str) -> Option<String> {
    let called = |word: &str| {
        let call = format!("{word}!");
        let mut places = line.match_indices(&call);
        places.any(|(at, _)| !line[..at].ends_with(is_word)).then_some(call)
    };
    UNFINISHED.into_iter().find_map(called)
}

/// The absolute path into a machine's own folder that a line names.
fn machine_path(line: &str) -> Option<String> {
    let named = |folder: &str| {
        let start = format!("/{folder}/");
        let mut places = line.match_indices(&start);
        places
            .any(|(at, _)| {
                // Not the middle of a longer path or address, such as one below `target`.
                !line[..at].ends_with(|before| is_word(before) || "./~-}".contains(before))
                    && line[at + start.len()..]
                        .starts_with(|after: char| after.is_ascii_alphabetic())
            })
            .then_some(start)
    };
    MACHINE_FOLDERS.into_iter().find_map(named)
}

fn is_word(character: char) -> bool {
    character.is_alphanumeric() || character == '_'
}

#[cfg(test)]
mod tests {
    use super::*;

    fn why(file: &str, text: &str) -> Vec<String> {
        check_file(file, text).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_source_file_says_what_it_owns() {
        assert_eq!(why("src/a.rs", "//! The session.\nfn a() {}\n"), [""; 0]);
        assert_eq!(why("tests/a.rs", "fn a() {}\n"), [""; 0]);
        let found = why("engine/src/a.rs", "fn a() {}\n");
        assert!(found.len() == 1 && found[0].starts_with("engine/src/a.rs: does not open"));
    }

    #[test]
    fn a_source_file_has_at_most_six_hundred_lines() {
        let lines = |count| format!("//!\n{}", "fn a() {}\n".repeat(count));
        assert_eq!(why("src/a.rs", &lines(599)), [""; 0]);
        assert_eq!(why("src/a.rs", &lines(600)).len(), 1);
    }

    #[test]
    fn unfinished_work_is_named_with_its_line() {
        for word in UNFINISHED {
            let text = format!("//!\nfn a() {{ {word}!() }}\n");
            assert_eq!(
                why("src/a.rs", &text),
                [format!("src/a.rs:2: `{word}!` is unfinished work")]
            );
            let longer = format!("//!\nfn a() {{ my_{word}!() }}\n");
            assert_eq!(why("src/a.rs", &longer), [""; 0]);
        }
    }

    #[test]
    fn a_hidden_test_is_found_wherever_it_is() {
        let text = format!("{}ignore = \"slow\"]\nfn a() {{}}\n", "#[");
        assert_eq!(why("tests/a.rs", &text).len(), 1);
        assert_eq!(why("notes.md", &text), [""; 0]);
    }

    #[test]
    fn a_path_of_one_machine_is_found_but_not_the_middle_of_another_path() {
        for folder in MACHINE_FOLDERS {
            let path = format!("/{folder}/main");
            assert_eq!(why("notes.md", &format!("see {path}")).len(), 1, "{path}");
            assert_eq!(why("notes.md", &format!("\"{path}\"")).len(), 1, "{path}");
            assert_eq!(why(".ci/run", &format!("cd {path}")), [""; 0]);
            assert_eq!(why("notes.md", &format!("target{path}")), [""; 0]);
            assert_eq!(why("notes.md", &format!("a /{folder}/ of two")), [""; 0]);
        }
    }

    #[test]
    fn the_readme_names_both_commands_and_has_its_chinese_twin() {
        let [serve, test] = COMMANDS;
        assert_eq!(why("README.md", &format!("{serve}, {test}")), [""; 0]);
        assert_eq!(why("README.md", serve), [format!("README.md: does not name `{test}`")]);
        assert_eq!(check_readmes(&READMES.map(str::to_owned).into()), []);
        assert_eq!(check_readmes(&["README.md".to_owned()].into()).len(), 1);
    }
}
