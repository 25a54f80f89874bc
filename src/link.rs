//! Owns links that carry a scenario or a plan in their fragment.
//!
//! Invariant: what a link brings is only ever offered, like a file; a link that cannot be read
//! says so, and the address is cleaned either way, so that reloading does not ask again.
//! Deliberately absent: the preview (`share`).
//!
//! A fragment is `#s=` (a scenario) or `#p=` (a plan) and the file's JSON without spaces,
//! packed and sealed. Messengers add things after a link and write characters as `%3D`: what
//! follows the letters, digits, `-` and `_` of a link is not part of it.

use crate::files::OpenError;
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

/// Reads what a fragment carries; `None` where it is no link.
pub fn open(hash: &str) -> Option<Result<Opened, LinkError>> {
    sealed(hash).map(|sealed| {
        let packed = unseal(&sealed).ok_or(LinkError::Damaged)?;
        let json = unpack(packed, MOST_BYTES).map_err(|error| match error {
            UnpackError::Damaged => LinkError::Damaged,
            UnpackError::Newer { .. } => LinkError::Newer,
            UnpackError::TooLarge { .. } => LinkError::TooLarge,
        })?;
        files::open(&json).map_err(|error| match error {
            ReadError::TooNew { .. } => LinkError::Newer,
            error => LinkError::Contents(error.into()),
        })
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

    fn scenario_link() -> String {
        let plan = shapan_engine::taian_2012().unwrap();
        let id = plan.scenarios.last().unwrap().id.clone();
        fragment(Kind::Scenario, &write_scenario(&plan, &id, &Stamp::default()).unwrap())
    }

    #[test]
    fn a_link_brings_what_it_was_made_of_whatever_a_messenger_adds() {
        let link = scenario_link();
        assert!(link.len() < MOST, "{}", link.len());
        let plain = open(&link).unwrap().unwrap();
        for other in [
            link.replace('=', "%3D"),
            format!("{link}。"),
            format!("{link}&from=singlemessage"),
            format!("{link}%E3%80%82"),
            format!("{}\n {}", &link[..100], &link[100..]),
            link.replacen('#', "#/", 1),
        ] {
            assert_eq!(open(&other).unwrap().unwrap(), plain, "{other}");
        }
    }

    #[test]
    fn a_plan_travels_as_it_is() {
        let plan = shapan_engine::taian_2012().unwrap();
        let link = fragment(Kind::Plan, &write_plan(&plan, &Stamp::default()));
        let Contents::Plan(there) = open(&link).unwrap().unwrap().contents else { unreachable!() };
        assert_eq!(*there, plan);
    }

    #[test]
    fn what_was_cut_altered_or_made_by_a_newer_app_says_so() {
        let link = scenario_link();
        for cut in 3..link.len() {
            assert_eq!(open(&link[..cut]).unwrap(), Err(LinkError::Damaged));
        }
        assert_eq!(open(&format!("{link}x")).unwrap(), Err(LinkError::Damaged));
        let newer = format!("#s={}", seal("q123"));
        assert_eq!(open(&newer).unwrap(), Err(LinkError::Newer));
        let bomb = format!("#p={}", seal(&pack_for_address(&" ".repeat(MOST_BYTES + 1))));
        assert!(bomb.len() < MOST);
        assert_eq!(open(&bomb).unwrap(), Err(LinkError::TooLarge));
        assert_eq!(open("#s=").unwrap(), Err(LinkError::Damaged));
        let other = format!("#s={}", seal(&pack_for_address("{}")));
        assert!(matches!(open(&other).unwrap(), Err(LinkError::Contents(_))));
    }

    #[test]
    fn pages_are_no_links() {
        for hash in ["", "#", "#overview", "#compare?with=s=1", "#explore?p=2", "#sp"] {
            assert!(!is_link(hash), "{hash}");
        }
    }
}
