//! Owns files: the JSON a plan or a scenario is saved and exported as.
//!
//! Invariant: reading checks format, then version, then shape, then soundness, and only
//! then hands anything over; it never repairs. `read ∘ write = id`.
//! Deliberately absent: where the bytes come from or go to.

mod fit;
mod place;
mod v1;

pub use fit::{Fit, ParameterDifference, fit};
pub use v1::Problem;

use crate::id::ScenarioId;
use crate::plan::{
    Fault, List, ParamPath, Parameter, Place, Plan, PlanErrors, PlanParts, Scenario, most,
};
use crate::text::Text;
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use v1::{Envelope, Misread, PlanDoc, PlanFile, ScenarioFile};

const PLAN: &str = "shapan/plan";
const SCENARIO: &str = "shapan/scenario";
/// The version this app writes, and the newest it reads.
pub const VERSION: u32 = 1;
/// The largest file it reads, in bytes.
pub const MOST_BYTES: usize = 16 * 1024 * 1024;

/// Who wrote a file, and when.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stamp {
    /// The app's name and version.
    pub app: String,
    /// Date and time, ISO 8601.
    pub saved_at: String,
}

/// What a file holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Contents {
    /// A whole plan.
    Plan(Box<Plan>),
    /// Scenarios to be put on a plan.
    Scenario(ScenarioBundle),
}

/// A scenario that travels without its plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScenarioBundle {
    /// What the plan it was made on is called.
    pub base_title: Text,
    /// That plan's [`fingerprint`].
    pub base_fingerprint: String,
    /// The status quo's child first, the scenario itself last.
    pub scenarios: Vec<Scenario>,
    /// The parameters it touches, as they stood on its own plan.
    pub parameters: BTreeMap<ParamPath, Parameter>,
}

/// Why a file was not read. Line and column count from 1.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReadError {
    /// Larger than [`MOST_BYTES`].
    #[error("{bytes} bytes, more than {MOST_BYTES}")]
    TooLarge {
        /// Its size.
        bytes: usize,
    },
    /// Broken off or not JSON at all.
    #[error("line {line}, column {column}: not JSON")]
    NotJson {
        /// Where it breaks.
        line: usize,
        /// Where it breaks.
        column: usize,
        /// Whether it simply ends too early.
        is_cut_short: bool,
    },
    /// JSON, but not one of ours.
    #[error("not a Shapan file: format {format:?}")]
    NotOurs {
        /// What it says it is; empty where it says nothing.
        format: String,
    },
    /// Written by a newer app.
    #[error("version {version}, newer than {VERSION}")]
    TooNew {
        /// Its version.
        version: u32,
    },
    /// A field is missing, unknown or of the wrong kind.
    #[error("line {line}, column {column}, {path}: {reason}")]
    Shape {
        /// The way to it, as in `plan.programmes[3].split`.
        path: String,
        /// The line it ends in.
        line: usize,
        /// The column it ends in.
        column: usize,
        /// What the JSON reader found.
        reason: String,
    },
    /// A value that means nothing.
    #[error("{path}: {problem}")]
    Value {
        /// The way to it.
        path: String,
        /// What is wrong with it.
        problem: Problem,
    },
    /// Every value means something, but the plan as a whole does not hold.
    #[error(transparent)]
    Unsound(#[from] PlanErrors),
}

impl From<Misread> for ReadError {
    fn from(misread: Misread) -> Self {
        Self::Value { path: brief(&misread.path()), problem: misread.problem }
    }
}

/// Reads a plan or scenario file, and who wrote it when.
///
/// # Errors
/// [`ReadError`], which names the place.
pub fn read(json: &str) -> Result<(Contents, Stamp), ReadError> {
    if json.len() > MOST_BYTES {
        return Err(ReadError::TooLarge { bytes: json.len() });
    }
    let json = json.strip_prefix('\u{FEFF}').unwrap_or(json); // editors on Windows add it
    let envelope: Envelope = match serde_json::from_str(json) {
        Ok(envelope) => envelope,
        Err(e) if e.is_data() => return Err(ReadError::NotOurs { format: String::new() }),
        Err(e) => {
            let (line, column, is_cut_short) = (e.line(), e.column(), e.is_eof());
            return Err(ReadError::NotJson { line, column, is_cut_short });
        }
    };
    if envelope.format != PLAN && envelope.format != SCENARIO {
        return Err(ReadError::NotOurs { format: envelope.format.chars().take(80).collect() });
    }
    match envelope.version {
        VERSION => {}
        0 => return Err(ReadError::NotOurs { format: format!("{} 0", envelope.format) }),
        version => return Err(ReadError::TooNew { version }),
    }
    let stamp = Stamp { app: brief(&envelope.app), saved_at: brief(&envelope.saved_at) };
    let contents = if envelope.format == PLAN {
        let file: PlanFile = parse(json)?;
        Contents::Plan(Box::new(Plan::new(under_current_names(file.read()?))?))
    } else {
        let file: ScenarioFile = parse(json)?;
        let (found, most) = (file.len(), most::THINGS);
        if found > most {
            let place = Place("scenarios".to_owned());
            return Err(PlanErrors(vec![(place, Fault::TooMany { found, most })]).into());
        }
        Contents::Scenario(file.read()?)
    };
    Ok((contents, stamp))
}

/// A plan whose changes name parameters as they are called now.
fn under_current_names(mut plan: PlanParts) -> PlanParts {
    if plan.aliases.is_empty() {
        return plan;
    }
    // What the plan itself has is no former name of something else.
    let own: BTreeSet<ParamPath> = plan.parameters().map(|(path, _)| path).collect();
    let aliases = plan.aliases.clone().into_iter();
    let former: BTreeMap<_, _> = aliases.filter(|(former, _)| !own.contains(former)).collect();
    let measures = plan.scenarios.iter_mut().flat_map(|s| &mut s.measures);
    for change in measures.flat_map(|m| &mut m.changes) {
        if let Some(current) = former.get(&change.path) {
            change.path.clone_from(current);
        }
    }
    plan
}

/// As much of a file's own words as a message needs.
fn brief(words: &str) -> String {
    words.chars().take(300).collect()
}

fn parse<T: DeserializeOwned>(json: &str) -> Result<T, ReadError> {
    serde_json::from_str(json).map_err(|e| {
        let (line, column) = (e.line(), e.column());
        let reason = e.to_string();
        let reason = brief(reason.rsplit_once(" at line ").map_or(&reason, |(what, _)| what));
        let path = brief(&place::path_at(json, line, column));
        ReadError::Shape { path, line, column, reason }
    })
}

/// Writes a plan with all its scenarios.
pub fn write_plan(plan: &Plan, stamp: &Stamp) -> String {
    to_json(&PlanFile::write(envelope(PLAN, stamp), plan))
}

/// Writes one scenario with what it is stacked on and the parameters it touches;
/// `None` if the plan has no such scenario.
pub fn write_scenario(plan: &Plan, scenario: &ScenarioId, stamp: &Stamp) -> Option<String> {
    let lineage = plan.lineage(scenario);
    let stacked = lineage.get(1..)?;
    let changes = stacked.iter().flat_map(|s| &s.measures).flat_map(|m| &m.changes);
    let touched: BTreeSet<&ParamPath> = changes.map(|c| &c.path).collect();
    let parameters = plan.parameters().filter(|(path, _)| touched.contains(path));
    let bundle = ScenarioBundle {
        base_title: plan.title.clone(),
        base_fingerprint: fingerprint(plan),
        scenarios: stacked.iter().map(|s| (*s).clone()).collect(),
        parameters: parameters.map(|(path, p)| (path, p.clone())).collect(),
    };
    Some(to_json(&ScenarioFile::write(envelope(SCENARIO, stamp), &bundle)))
}

/// What a plan is but for its scenarios, in 16 hexadecimal digits: equal for equal bases.
pub fn fingerprint(plan: &Plan) -> String {
    let base = PlanParts { scenarios: List::default(), ..PlanParts::clone(plan) };
    let digest = Sha256::digest(to_json(&PlanDoc::of(&base)));
    digest.iter().take(8).fold(String::new(), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}"); // writing to a String cannot fail
        hex
    })
}

fn envelope(format: &str, stamp: &Stamp) -> Envelope {
    Envelope {
        format: format.to_owned(),
        version: VERSION,
        app: stamp.app.clone(),
        saved_at: stamp.saved_at.clone(),
    }
}

fn to_json(file: &impl serde::Serialize) -> String {
    // Only maps with keys that are not text can fail here, and there are none.
    serde_json::to_string_pretty(file).unwrap_or_default()
}
