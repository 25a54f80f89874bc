//! Owns one state of a plan as a record: what its name tells, what stands in it.
//!
//! Invariant: a record is written once and never changed; it is sound as a whole or not at
//! all. `Record::read ∘ Record::write = id`.
//!
//! Its name is `shapan/plan/<plan>/<serial>.<kind>.<time>.<size>.<tab>`, so that listing,
//! thinning and adding up need no record opened. Its text is `shapan-record 1 `, a seal, one
//! line of JSON, and the packed body. Before there were such records, a plan was kept as plain
//! JSON under `shapan/plan/<plan>`: that is read as the oldest state.

use crate::packed::{UnpackError, digest, pack, seal, unpack, unseal};
use serde::{Deserialize, Serialize};

/// What every record's name begins with.
pub const ROOT: &str = "shapan/";
const PLANS: &str = "shapan/plan/";
const MAGIC: &str = "shapan-record ";
/// How records are written by this app, and the newest it reads.
pub const FORMAT: u32 = 1;
/// The largest body, in bytes: that of the largest plan file.
pub const MOST_BYTES: usize = 16 * 1024 * 1024;

/// What a state is kept for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// The plan went on from here: the newest is how it stands, older ones are backups.
    Edit,
    /// Kept until somebody removes it.
    Version,
}

/// The name of a record, and all it tells. Ordered by age within a plan, oldest first.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RecordId {
    /// The plan's number on the shelf.
    pub plan: u32,
    /// Counts the states of a plan from 1; 0 is the plain JSON of an older app.
    pub serial: u64,
    /// The tab that wrote it: two tabs may come to the same serial.
    pub tab: String,
    /// What it is kept for.
    pub kind: Kind,
    /// When, in milliseconds since 1970, as that machine's clock had it.
    pub at: u64,
    /// How long its text is, in characters.
    pub size: usize,
}

impl RecordId {
    /// The name it is kept under.
    pub fn name(&self) -> String {
        let Self { plan, serial, tab, kind, at, size } = self;
        if *serial == 0 {
            return format!("{PLANS}{plan}");
        }
        let kind = match kind {
            Kind::Edit => 'e',
            Kind::Version => 'v',
        };
        format!("{PLANS}{plan}/{serial}.{kind}.{at}.{size}.{tab}")
    }

    /// What a name tells; `None` where it is not a state of a plan.
    pub fn parse(name: &str) -> Option<Self> {
        let name = name.strip_prefix(PLANS)?;
        let Some((plan, rest)) = name.split_once('/') else {
            let (kind, tab) = (Kind::Edit, String::new());
            return Some(Self { plan: number(name)?, serial: 0, tab, kind, at: 0, size: 0 });
        };
        let mut parts = rest.splitn(5, '.');
        let mut next = || parts.next();
        let serial = number(next()?)?;
        let kind = match next()? {
            "e" => Kind::Edit,
            "v" => Kind::Version,
            _ => return None,
        };
        let (at, size, tab) = (number(next()?)?, number(next()?)?, next()?.to_owned());
        (serial > 0).then_some(Self { plan: number(plan)?, serial, tab, kind, at, size })
    }
}

/// A number written the one way there is: no sign, no leading zeros.
fn number<N: std::str::FromStr + ToString>(digits: &str) -> Option<N> {
    digits.parse().ok().filter(|n: &N| n.to_string() == digits)
}

/// Why a state was kept as a version.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// The reader wished it, and gave it a name.
    Named,
    /// A scenario was adopted.
    Adopted,
    /// It was on the table when another state was brought back.
    BeforeRestoring,
    /// It was on the table when another tab went on from the same state.
    OtherTab,
}

/// What is said of a state beside it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct About {
    /// What the plan is called.
    pub title: String,
    /// Which app wrote it.
    pub app: String,
    /// What tells this content from another: see [`digest`].
    pub content: String,
    /// What tells this plan from another that has its number: the tab and the moment it began
    /// with. Empty where an older app wrote it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub lineage: String,
    /// What a version is called; empty for backups.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// Why it is a version.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Reason>,
}

/// Why a record cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
pub enum RecordError {
    /// Half-written, altered, or not there although its name is.
    #[error("damaged")]
    Damaged,
    /// Written by a newer app.
    #[error("by a newer app")]
    Newer,
}

/// A record that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// What is said of it.
    pub about: About,
    /// What was kept.
    pub body: String,
}

impl Record {
    /// The text it is kept as.
    pub fn write(about: &About, body: &str) -> String {
        // A plain object of texts cannot fail.
        let about = serde_json::to_string(about).unwrap_or_default();
        format!("{MAGIC}{FORMAT} {}", seal(&format!("{about}\n{}", pack(body))))
    }

    /// Reads the text of a record, body and all.
    ///
    /// # Errors
    /// [`RecordError`]
    pub fn read(id: &RecordId, text: &str) -> Result<Self, RecordError> {
        if id.serial == 0 && !text.starts_with(MAGIC) {
            let (title, app, content) = (String::new(), String::new(), digest(text));
            let (lineage, name) = (String::new(), String::new());
            let about = About { title, app, content, lineage, name, reason: None };
            return Ok(Self { about, body: text.to_owned() });
        }
        let (about, packed) = open(text)?;
        let body = unpack(packed, MOST_BYTES).map_err(|e| match e {
            UnpackError::Newer { .. } => RecordError::Newer,
            UnpackError::Damaged | UnpackError::TooLarge { .. } => RecordError::Damaged,
        })?;
        Ok(Self { about, body })
    }

    /// What is said of a record, its seal checked and its body left packed.
    ///
    /// # Errors
    /// [`RecordError`]
    pub fn about(id: &RecordId, text: &str) -> Result<About, RecordError> {
        if id.serial == 0 {
            return Self::read(id, text).map(|record| record.about);
        }
        open(text).map(|(about, _)| about)
    }
}

fn open(text: &str) -> Result<(About, &str), RecordError> {
    let rest = text.strip_prefix(MAGIC).ok_or(RecordError::Damaged)?;
    let (format, sealed) = rest.split_once(' ').ok_or(RecordError::Damaged)?;
    match number::<u32>(format) {
        Some(FORMAT) => {}
        Some(format) if format > FORMAT => return Err(RecordError::Newer),
        _ => return Err(RecordError::Damaged),
    }
    let text = unseal(sealed).ok_or(RecordError::Damaged)?;
    let (about, packed) = text.split_once('\n').ok_or(RecordError::Damaged)?;
    Ok((serde_json::from_str(about).map_err(|_| RecordError::Damaged)?, packed))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn about(title: &str, name: &str) -> About {
        let reason = (!name.is_empty()).then_some(Reason::Named);
        let [title, name, app] = [title, name, "shapan 1"].map(str::to_owned);
        About { title, app, content: digest("x"), lineage: String::new(), name, reason }
    }

    proptest! {
        #[test]
        fn names_are_read_as_they_were_written(
            plan in any::<u32>(), serial in 1..u64::MAX, at in any::<u64>(), size in any::<usize>(),
            tab in "[a-z0-9]{0,9}", is_edit in any::<bool>(),
        ) {
            let kind = if is_edit { Kind::Edit } else { Kind::Version };
            let id = RecordId { plan, serial, tab, kind, at, size };
            prop_assert_eq!(RecordId::parse(&id.name()), Some(id));
        }

        #[test]
        fn records_are_read_as_they_were_written(
            title in any::<String>(), name in any::<String>(), body in any::<String>(),
        ) {
            let about = about(&title, &name);
            let id = RecordId::parse("shapan/plan/1/1.e.0.0.a").unwrap();
            let text = Record::write(&about, &body);
            prop_assert_eq!(Record::about(&id, &text), Ok(about.clone()));
            prop_assert_eq!(Record::read(&id, &text), Ok(Record { about, body }));
        }

        #[test]
        fn a_record_cut_short_is_damaged_or_newer_never_another(
            body in "[a-z]{0,40}", cut in any::<prop::sample::Index>(),
        ) {
            let id = RecordId::parse("shapan/plan/1/1.e.0.0.a").unwrap();
            let text = Record::write(&about("计划", ""), &body);
            let ends: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
            prop_assert!(Record::read(&id, &text[..*cut.get(&ends)]).is_err());
        }
    }

    #[test]
    fn names_of_other_things_are_no_states() {
        let others = ["", "shapan/look", "shapan/plan/", "shapan/plan/+1", "shapan/plan/01"];
        let shapes = ["shapan/plan/1/0.e.1.1.a", "shapan/plan/1/1.x.1.1.a", "shapan/plan/1/1.e.1"];
        for name in others.into_iter().chain(shapes) {
            assert_eq!(RecordId::parse(name), None, "{name}");
        }
    }

    #[test]
    fn the_plain_json_of_an_older_app_is_the_oldest_state() {
        let id = RecordId::parse("shapan/plan/7").unwrap();
        assert_eq!((id.plan, id.serial, id.name().as_str()), (7, 0, "shapan/plan/7"));
        assert_eq!(Record::read(&id, "{…}").map(|r| r.body), Ok("{…}".to_owned()));
    }

    #[test]
    fn a_record_of_a_newer_app_is_told_from_damage() {
        let id = RecordId::parse("shapan/plan/1/1.e.0.0.a").unwrap();
        assert_eq!(Record::read(&id, "shapan-record 2 whatever"), Err(RecordError::Newer));
        for damaged in ["", "shapan-record 0 x", "shapan-record x y", "{}", "shapan-record 1 "] {
            assert_eq!(Record::read(&id, damaged), Err(RecordError::Damaged), "{damaged}");
        }
    }
}
