//! Owns files: the JSON a plan or a scenario is saved and exported as.
//!
//! Invariant: reading checks encoding, format, then version, then shape, then soundness, and only
//! then hands anything over; it never repairs, and tells what it does not know. `read ∘ write = id`.
//! Deliberately absent: where the bytes come from or go to.

mod extra;
mod fit;
mod json;
mod migrate;
mod near;
mod problem;
mod reader;
mod schema;
mod sent;
mod v1;

pub use extra::Extra;
pub use fit::{Fit, ParameterDifference, Unfit, fit};
pub use json::{JsonFault, MOST_DEPTH, MOST_VALUES};
pub use migrate::{Changed, HowChanged};
pub use problem::{Expected, Found, Problem};
pub use reader::Unknown;
pub use sent::{BaseFacts, SentView};

use crate::id::ScenarioId;
use crate::plan::{
    Fault, List, ParamPath, Parameter, Place, Plan, PlanErrors, PlanParts, Scenario, most,
};
use crate::text::Text;
use json::{Node, Value};
use migrate::{MIGRATIONS, Migration};
use problem::{Misread, Read, Way, brief};
use reader::Reader;
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

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
    Scenario(Box<ScenarioBundle>),
}

/// A scenario that travels without its plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScenarioBundle {
    /// What the plan it was made on is called.
    pub base_title: Text,
    /// That plan's [`fingerprint`].
    pub base_fingerprint: String,
    /// What tells whether it is for a plan at hand; little where an older app wrote it.
    pub base: BaseFacts,
    /// That plan itself with what its sender saw of its scenarios, these among them.
    pub whole: Option<Box<Plan>>,
    /// The status quo's child first, the scenario itself last.
    pub scenarios: Vec<Scenario>,
    /// The parameters it touches, as they stood on its own plan.
    pub parameters: BTreeMap<ParamPath, Parameter>,
}

/// A file that was read, and what its reader should know of how.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opened {
    /// What it holds.
    pub contents: Contents,
    /// Who wrote it, and when.
    pub stamp: Stamp,
    /// What its sender looked at.
    pub view: Option<SentView>,
    /// What was changed in reading it, and what was not understood.
    pub report: Report,
}

/// What was changed in reading a file, and what was not understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// The version it was written in.
    pub version: i64,
    /// What older versions say otherwise, and how it is said now; nothing for today's.
    pub changed: Vec<Changed>,
    /// Fields that are not known, the first hundred of them.
    pub unknown: Vec<Unknown>,
    /// How many there are in all.
    pub unknown_count: usize,
}

/// How a text that is not UTF-8 may be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// Two bytes a character ("Unicode" in some editors).
    Utf16,
    /// Something else, such as GBK, or no text at all.
    Other,
}

/// Why a file was not read. Line and column count from 1, columns in characters.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReadError {
    /// Larger than [`MOST_BYTES`].
    #[error("{bytes} bytes, more than {MOST_BYTES}")]
    TooLarge {
        /// Its size.
        bytes: usize,
    },
    /// Not text in UTF-8.
    #[error("not UTF-8 but {encoding:?}")]
    NotUtf8 {
        /// What it looks like.
        encoding: Encoding,
    },
    /// Broken off or not JSON at all.
    #[error("line {line}, column {column}: {fault}")]
    NotJson {
        /// Where it breaks.
        line: usize,
        /// Where it breaks.
        column: usize,
        /// In what way.
        fault: JsonFault,
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
        version: i64,
    },
    /// A field is missing or of the wrong kind, or a value means nothing.
    #[error("line {line}, column {column}, {path}: {problem}")]
    Value {
        /// The way to it, as in `plan.programmes[3].split`; empty for the file as a whole.
        path: String,
        /// The line it begins in.
        line: usize,
        /// The column it begins in.
        column: usize,
        /// What is wrong with it.
        problem: Problem,
    },
    /// Every value means something, but the plan as a whole does not hold.
    #[error(transparent)]
    Unsound(#[from] PlanErrors),
}

/// The text of a file's bytes.
///
/// # Errors
/// [`ReadError::TooLarge`] and [`ReadError::NotUtf8`].
pub fn text_of(bytes: &[u8]) -> Result<&str, ReadError> {
    if bytes.len() > MOST_BYTES {
        return Err(ReadError::TooLarge { bytes: bytes.len() });
    }
    let is_utf16 = matches!(bytes, [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] | [0, ..] | [_, 0, ..]);
    match std::str::from_utf8(bytes) {
        Ok(text) if !is_utf16 => Ok(text),
        _ if is_utf16 => Err(ReadError::NotUtf8 { encoding: Encoding::Utf16 }),
        _ => Err(ReadError::NotUtf8 { encoding: Encoding::Other }),
    }
}

/// Reads a plan or scenario file, and who wrote it when; [`open`] tells more.
///
/// # Errors
/// [`ReadError`], which names the place.
pub fn read(json: &str) -> Result<(Contents, Stamp), ReadError> {
    open(json).map(|opened| (opened.contents, opened.stamp))
}

/// Reads a plan or scenario file, and says what was changed and what not understood.
///
/// # Errors
/// [`ReadError`], which names the place.
pub fn open(json: &str) -> Result<Opened, ReadError> {
    open_with(json, MIGRATIONS)
}

/// Reads a file of today's version, or of one as old as the steps reach.
fn open_with(json: &str, migrations: &[Migration]) -> Result<Opened, ReadError> {
    if json.len() > MOST_BYTES {
        return Err(ReadError::TooLarge { bytes: json.len() });
    }
    let json = json.strip_prefix('\u{FEFF}').unwrap_or(json); // editors on Windows add it
    let mut file = json::parse(json).map_err(|broken| {
        let (line, column) = json::line_and_column(json, broken.at);
        ReadError::NotJson { line, column, fault: broken.fault }
    })?;
    let told = |wrong: Box<Misread>| {
        let (line, column) = json::line_and_column(json, wrong.at);
        ReadError::Value { path: wrong.path, line, column, problem: wrong.problem }
    };
    let format = match file.value.get("format").map(|node| &node.value) {
        Some(Value::Text(format)) if **format == *PLAN => PLAN,
        Some(Value::Text(format)) if **format == *SCENARIO => SCENARIO,
        Some(Value::Text(format)) => {
            return Err(ReadError::NotOurs { format: format.chars().take(80).collect() });
        }
        _ => return Err(ReadError::NotOurs { format: String::new() }),
    };
    problem::each_name_once(&file, &mut Vec::new()).map_err(told)?;
    let oldest = i64::from(VERSION).saturating_sub_unsigned(migrations.len() as u64);
    let version = version_of(&file, oldest).map_err(told)?;
    if version > i64::from(VERSION) {
        return Err(ReadError::TooNew { version });
    }
    let changed = migrate::migrate(&mut file, version - oldest, migrations).map_err(told)?;
    let stamp = stamp_of(&file).map_err(told)?;
    let view = SentView::found(file.value.get(sent::VIEW).cloned());
    let mut reader = Reader::default();
    let contents = if format == PLAN {
        let fields = reader.object(file).map_err(told)?;
        let plan = v1::read_plan_file(fields, &mut reader).map_err(told)?;
        Contents::Plan(Box::new(Plan::new(under_current_names(plan))?))
    } else {
        let fields = reader.object(file).map_err(told)?;
        let (bundle, base) = v1::read_scenario_file(fields, &mut reader).map_err(told)?;
        let (found, most) = (bundle.scenarios.len(), most::THINGS);
        if found > most {
            let place = Place("scenarios".to_owned());
            return Err(PlanErrors(vec![(place, Fault::TooMany { found, most })]).into());
        }
        Contents::Scenario(Box::new(match base {
            Some(base) => bundle.on(Plan::new(under_current_names(base))?)?,
            None => bundle,
        }))
    };
    let (unknown, unknown_count) = (reader.unknown, reader.unknown_count);
    Ok(Opened {
        contents,
        stamp,
        view,
        report: Report { version, changed, unknown, unknown_count },
    })
}

/// The version of a file, at least the oldest that is read.
fn version_of(file: &Node, oldest: i64) -> Read<i64> {
    let way = [Way::Field("version")];
    match file.value.get("version") {
        None => {
            Err(Misread::new(&[], file.at, Problem::Missing { field: "version", nearest: None }))
        }
        Some(Node { value: Value::Whole(version), .. }) if *version >= oldest => Ok(*version),
        Some(Node { at, value }) => {
            let expected = Expected::Whole { least: oldest, most: VERSION.into(), unit: None };
            Err(Misread::new(&way, *at, Problem::Kind { expected, found: Found::of(value) }))
        }
    }
}

/// Who wrote a file and when; nobody where it does not say.
fn stamp_of(file: &Node) -> Read<Stamp> {
    let text = |field: &'static str| match file.value.get(field) {
        None => Ok(String::new()),
        Some(Node { value: Value::Text(text), .. }) => Ok(brief(text)),
        Some(Node { at, value }) => {
            let problem = Problem::Kind { expected: Expected::Text, found: Found::of(value) };
            Err(Misread::new(&[Way::Field(field)], *at, problem))
        }
    };
    Ok(Stamp { app: text("app")?, saved_at: text("saved_at")? })
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

/// Writes a plan with all its scenarios.
pub fn write_plan(plan: &Plan, stamp: &Stamp) -> String {
    json::write(&v1::write_plan_file(plan, stamp, None))
}

/// As [`write_plan`], with what its sender looks at.
pub fn send_plan(plan: &Plan, view: &SentView, stamp: &Stamp) -> String {
    json::write(&v1::write_plan_file(plan, stamp, Some(view)))
}

/// Writes one scenario with what it is stacked on and the parameters it touches;
/// `None` if the plan has no such scenario.
pub fn write_scenario(plan: &Plan, scenario: &ScenarioId, stamp: &Stamp) -> Option<String> {
    let bundle = ScenarioBundle::of(plan, scenario)?;
    Some(json::write(&v1::write_scenario_file(&bundle, stamp, None)))
}

/// As [`write_scenario`], with what its sender looks at, and with the plan it was made on, or
/// what tells whether it is for a plan at hand. Of the plan's other scenarios come those that
/// are looked at.
pub fn send_scenario(
    plan: &Plan,
    scenario: &ScenarioId,
    view: &SentView,
    with_plan: Option<&[ScenarioId]>,
    stamp: &Stamp,
) -> Option<String> {
    let mut bundle = ScenarioBundle::of(plan, scenario)?;
    match with_plan {
        Some(others) => bundle.whole = Some(Box::new(with_some_scenarios(plan, scenario, others)?)),
        None => bundle.base = BaseFacts::of(plan, &bundle.scenarios),
    }
    Some(json::write(&v1::write_scenario_file(&bundle, stamp, Some(view))))
}

/// A plan with no other scenarios than these and what they are stacked on.
fn with_some_scenarios(plan: &Plan, scenario: &ScenarioId, others: &[ScenarioId]) -> Option<Plan> {
    let lines = others.iter().chain([scenario]).flat_map(|id| plan.lineage(id));
    let kept: BTreeSet<ScenarioId> = lines.map(|s| s.id.clone()).collect();
    plan.edit(|parts| parts.scenarios.retain(|s| kept.contains(&s.id))).ok()
}

impl ScenarioBundle {
    /// A scenario of a plan; `None` if it has no such scenario.
    fn of(plan: &Plan, scenario: &ScenarioId) -> Option<Self> {
        let lineage = plan.lineage(scenario);
        let stacked = lineage.get(1..)?;
        let changes = stacked.iter().flat_map(|s| &s.measures).flat_map(|m| &m.changes);
        let touched: BTreeSet<&ParamPath> = changes.map(|c| &c.path).collect();
        let parameters = plan.parameters().filter(|(path, _)| touched.contains(path));
        Some(Self {
            base_title: plan.title.clone(),
            base_fingerprint: fingerprint(plan),
            base: BaseFacts::default(),
            whole: None,
            scenarios: stacked.iter().map(|s| (*s).clone()).collect(),
            parameters: parameters.map(|(path, p)| (path, p.clone())).collect(),
        })
    }

    /// The scenario this one is about, as the plan that came with it has it: what is seen there
    /// and what is added elsewhere are then the same, whatever the file says of it beside.
    fn on(self, plan: Plan) -> Result<Self, PlanErrors> {
        let status_quo = || plan.status_quo().map(|s| s.id.clone());
        let subject = self.scenarios.last().map(|s| s.id.clone()).or_else(status_quo);
        let found = subject.as_ref().and_then(|subject| Self::of(&plan, subject));
        let Some(found) = found else {
            let id = subject.map(|id| id.to_string()).unwrap_or_default();
            return Err(PlanErrors(vec![(Place("scenarios".to_owned()), Fault::Unknown { id })]));
        };
        let base = BaseFacts::of(&plan, &found.scenarios);
        Ok(Self { base, whole: Some(Box::new(plan)), ..found })
    }
}

/// What a plan is but for its scenarios, in 16 hexadecimal digits: equal for equal bases.
pub fn fingerprint(plan: &Plan) -> String {
    let base = PlanParts { scenarios: List::default(), packet: None, ..PlanParts::clone(plan) };
    let digest = Sha256::digest(json::write(&v1::write_plan(&base)));
    digest.iter().take(8).fold(String::new(), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}"); // writing to a String cannot fail
        hex
    })
}

/// The JSON schema of files, as text.
pub fn schema() -> String {
    json::write(&v1::schema())
}
