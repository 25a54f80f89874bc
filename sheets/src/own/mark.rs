//! Owns the last line of a table of ours: which table it is, and of which plan.
//!
//! The line stands below an empty one, in words a reader understands and in ASCII that survives
//! any encoding: `沙盘 Shapan · 人数 · shapan-people 1 · plan 3f… · scenario status-quo · lang
//! zh-Hans`. Below each column of people stands its id, with a digest of the column: so a column
//! that was not touched is known even where the plan has changed since. Invariant: a program that
//! writes the table anew, in any order of rows and columns and in any encoding, keeps all of it.

use shapan_engine::{Lang, PopulationId, RegionId, ScenarioId};

/// How a table is made: raised when an older app would misread it. Results are a payment a row
/// since 2; 1 was a sum of a year a row.
pub(crate) fn version(table: Marked) -> u32 {
    match table {
        Marked::People => 1,
        Marked::Results => 2,
    }
}

const PEOPLE: &str = "shapan-people";
const RESULTS: &str = "shapan-results";
/// Before an id in a cell: a spreadsheet must not take it for a date or a number.
const ID: &str = "id:";

/// Which table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Marked {
    People,
    Results,
}

/// What the line says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Mark {
    pub(crate) table: Marked,
    pub(crate) version: u32,
    /// The fingerprint of the plan.
    pub(crate) plan: String,
    pub(crate) scenario: Option<ScenarioId>,
    pub(crate) lang: Lang,
}

impl Mark {
    /// The words of the line's first cell; `called` is what a reader calls the table.
    pub(crate) fn text(&self, app: &str, called: &str) -> String {
        let kind = match self.table {
            Marked::People => PEOPLE,
            Marked::Results => RESULTS,
        };
        let scenario = self.scenario.as_ref().map_or("", ScenarioId::as_str);
        let (version, plan, lang) = (self.version, &self.plan, self.lang.tag());
        format!(
            "{app} · {called} · {kind} {version} · plan {plan} · scenario {scenario} · lang {lang}"
        )
    }

    /// What a cell says, if it is the first of that line.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let text = &text[text.find("shapan-")?..];
        let mut words = text.split_whitespace();
        let table = match words.next()? {
            PEOPLE => Marked::People,
            RESULTS => Marked::Results,
            _ => return None,
        };
        let version = words.next()?.parse().ok()?;
        let words: Vec<&str> = words.collect();
        let after = |name| {
            let place = words.iter().position(|word| *word == name)?;
            words.get(place + 1).copied()
        };
        // All of it, or it is a name that only begins so.
        let lang = Lang::ALL.into_iter().find(|lang| Some(lang.tag()) == after("lang"))?;
        let plan = after("plan")?.to_owned();
        Some(Self { table, version, plan, scenario: after("scenario")?.parse().ok(), lang })
    }
}

/// What stands below a column of people.
pub(crate) fn below_column(id: &PopulationId, digest: u64) -> String {
    format!("{ID}{id} {digest:016x}")
}

/// The population of a column and its digest, out of what stands below it.
pub(crate) fn column(text: &str) -> Option<(PopulationId, u64)> {
    let mut words = text.trim().strip_prefix(ID)?.split_whitespace();
    let id = words.next()?.parse().ok()?;
    Some((id, u64::from_str_radix(words.next()?, 16).ok()?))
}

/// What stands beside a region whose name is not its own alone.
pub(crate) fn beside_region(id: &RegionId) -> String {
    format!("{ID}{id}")
}

/// The region of such a cell.
pub(crate) fn region(text: &str) -> Option<RegionId> {
    text.trim().strip_prefix(ID)?.parse().ok()
}

/// A name as it is compared: however a program breaks and spaces it, and without the mark that
/// keeps a spreadsheet from taking it for a formula.
pub(crate) fn plain(name: &str) -> String {
    let kept = name.chars().filter(|c| !c.is_whitespace() && !c.is_control());
    let kept: String = kept.collect();
    kept.trim_start_matches('\'').to_owned()
}

/// A number that stands for a column's cells, in whatever order they are: FNV-1a of each, added.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Digest(pub(crate) u64);

impl Digest {
    /// Adds a cell: heads of a region in an autumn.
    pub(crate) fn add(&mut self, region: &str, year: i64, heads: i64) {
        let text = format!("{region} {year} {heads}");
        let cell = text.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        });
        self.0 = self.0.wrapping_add(cell);
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn a_mark_reads_back_whatever_became_of_its_words() {
        let mark = Mark {
            table: Marked::People,
            version: 1,
            plan: "3f2a90b1c2d3e4f5".to_owned(),
            scenario: Some("status-quo".parse().unwrap()),
            lang: Lang::ZhHant,
        };
        let text = mark.text("沙盤 Shapan", "人數");
        assert_eq!(Mark::parse(&text), Some(mark.clone()));
        let spoilt = text.replace(|c: char| !c.is_ascii(), "?");
        assert_eq!(Mark::parse(&spoilt), Some(mark));
        for other in ["", "沙盘 Shapan", "shapan-", "shapan-people", "shapan-people x"] {
            assert_eq!(Mark::parse(other), None);
        }
    }

    #[test]
    fn ids_and_digests_read_back() {
        let id: PopulationId = "p-1".parse().unwrap();
        let mut digest = Digest::default();
        digest.add("a", 2012, 5);
        assert_eq!(column(&below_column(&id, digest.0)), Some((id, digest.0)));
        let region: RegionId = "2012".parse().unwrap();
        assert_eq!(super::region(&beside_region(&region)), Some(region));
        assert_eq!((column("p-1"), super::region("p-1")), (None, None));
    }

    #[test]
    fn names_are_compared_without_what_programs_add() {
        assert_eq!(plain(" '=a\nb "), plain("=ab"));
    }
}
