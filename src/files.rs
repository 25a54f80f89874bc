//! Owns files on the reader's side: saving one, reading one, and saying what is wrong
//! with one in the reader's words.

use crate::clock;
use crate::names;
use crate::session::{Session, SwitchError};
use crate::storage::StorageError;
use crate::words::{Words, fill};
use shapan_engine::files::{MOST_BYTES, Problem, ReadError, VERSION};
use shapan_engine::{CommandError, EvaluateError, Fault, Plan, PlanErrors, TextError};
use wasm_bindgen::{JsCast, JsValue};

/// What a file of something is called, with today's date.
pub fn name_of(what: &str) -> String {
    let safe = what.chars().map(|c| if c.is_alphanumeric() { c } else { '-' });
    format!("{}-{}.json", safe.take(60).collect::<String>(), clock::date())
}

/// Hands the reader a JSON file; nothing where the browser refuses.
pub fn download(name: &str, text: &str) {
    hand_over(name, &text.into(), "application/json");
}

/// Hands the reader a file of a kind, from text or bytes; nothing where the browser refuses.
pub fn hand_over(name: &str, content: &JsValue, kind: &str) {
    let _ = try_hand_over(name, content, kind);
}

fn try_hand_over(name: &str, content: &JsValue, kind: &str) -> Result<(), JsValue> {
    let parts = js_sys::Array::of1(content);
    let properties = web_sys::BlobPropertyBag::new();
    properties.set_type(kind);
    let blob = web_sys::Blob::new_with_str_sequence_and_options(&parts, &properties)?;
    let url = web_sys::Url::create_object_url_with_blob(&blob)?;
    let document = leptos::prelude::document();
    let link: web_sys::HtmlAnchorElement = document.create_element("a")?.dyn_into()?;
    link.set_href(&url);
    link.set_download(name);
    link.click();
    web_sys::Url::revoke_object_url(&url)
}

/// Why a chosen file could not even be looked into.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum OpenError {
    /// The browser could not read it.
    #[error("unreadable")]
    Unreadable,
    /// Not text in UTF-8.
    #[error("not UTF-8")]
    NotText,
    /// Not a file of ours, or not a sound one.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// Sound in itself, but not on this plan.
    #[error(transparent)]
    Refused(#[from] CommandError),
}

/// The text of a chosen file; size is checked before it is read.
pub async fn text_of(file: web_sys::File) -> Result<String, OpenError> {
    // Sizes are whole; a file of this size cannot be ours anyway.
    let most = u32::try_from(MOST_BYTES).map_or(f64::INFINITY, f64::from);
    if file.size() > most {
        return Err(ReadError::TooLarge { bytes: MOST_BYTES + 1 }.into());
    }
    let buffer = wasm_bindgen_futures::JsFuture::from(file.array_buffer()).await;
    let bytes = js_sys::Uint8Array::new(&buffer.map_err(|_| OpenError::Unreadable)?).to_vec();
    String::from_utf8(bytes).map_err(|_| OpenError::NotText)
}

/// What is wrong with a chosen file.
pub fn open_error(w: &Words, error: &OpenError) -> String {
    match error {
        OpenError::Unreadable => w.file_unreadable.to_owned(),
        OpenError::NotText => w.file_not_text.to_owned(),
        OpenError::Read(error) => read_error(w, error),
        OpenError::Refused(error) => command_error(w, error),
    }
}

/// Why a file was not read: what, where, and what to do.
pub fn read_error(w: &Words, error: &ReadError) -> String {
    match error {
        ReadError::TooLarge { .. } => {
            fill(w.file_too_large, &[&(MOST_BYTES / (1024 * 1024)).to_string()])
        }
        ReadError::NotJson { line, column, is_cut_short } => {
            let text = if *is_cut_short { w.file_cut_short } else { w.file_not_json };
            fill(text, &[&line.to_string(), &column.to_string()])
        }
        ReadError::NotOurs { format } if format.is_empty() => w.file_not_ours.to_owned(),
        ReadError::NotOurs { format } => fill(w.file_other_format, &[format]),
        ReadError::TooNew { version } => {
            fill(w.file_too_new, &[&version.to_string(), &VERSION.to_string()])
        }
        ReadError::Shape { path, line, column, reason } => {
            let fault = shape_text(w, reason);
            fill(w.file_shape, &[&line.to_string(), &column.to_string(), path, &fault])
        }
        ReadError::Value { path, problem } => {
            fill(w.file_value, &[path, &problem_text(w, problem)])
        }
        ReadError::Unsound(errors) => plan_errors(w, errors),
    }
}

/// What the JSON reader found, in the reader's words: its own are English.
fn shape_text(w: &Words, reason: &str) -> String {
    let name = reason.split('`').nth(1).unwrap_or_default();
    let text = match reason.split_once(' ').map_or(reason, |(first, _)| first) {
        "missing" => w.shape_missing,
        "unknown" => w.shape_unknown,
        "duplicate" => w.shape_duplicate,
        _ => w.shape_kind,
    };
    fill(text, &[name])
}

fn problem_text(w: &Words, problem: &Problem) -> String {
    match problem {
        Problem::Id(e) => fill(w.problem_id, &[&e.0]),
        Problem::Semester(e) => fill(w.problem_semester, &[&e.0]),
        Problem::Path(e) => fill(w.problem_path, &[&e.0]),
        Problem::Text(TextError::Empty) => w.problem_text_empty.to_owned(),
        Problem::Text(TextError::TooLong { chars }) => {
            fill(w.problem_text_long, &[&chars.to_string()])
        }
        Problem::Text(TextError::ControlCharacter { code }) => {
            fill(w.problem_text_control, &[&format!("U+{code:04X}")])
        }
        Problem::Year(year) => fill(w.problem_year, &[&year.to_string()]),
        Problem::FiscalYears(years) => fill(w.problem_fiscal_years, &[&years.to_string()]),
        Problem::YearShares => w.problem_year_shares.to_owned(),
        Problem::Unit { expected, found } => fill(w.problem_unit, &[expected, found]),
        Problem::ChangeValue => w.problem_change_value.to_owned(),
        Problem::Date(e) => fill(w.problem_date, &[&e.0]),
        Problem::Grade(text) => fill(w.problem_grade, &[text]),
    }
}

/// Every fault of a plan, each with its place.
fn plan_errors(w: &Words, errors: &PlanErrors) -> String {
    let most = 5;
    let each = errors.0.iter().take(most);
    let mut text: Vec<_> =
        each.map(|(place, fault)| fill(w.at_place, &[&place.0, &fault_text(w, fault)])).collect();
    if errors.0.len() > most {
        text.push(fill(w.and_more_faults, &[&(errors.0.len() - most).to_string()]));
    }
    text.join(w.semicolon)
}

fn fault_text(w: &Words, fault: &Fault) -> String {
    match fault {
        Fault::TooMany { found, most } => {
            fill(w.fault_too_many, &[&found.to_string(), &most.to_string()])
        }
        Fault::None => w.fault_none.to_owned(),
        Fault::Duplicate { id } => fill(w.fault_duplicate, &[id]),
        Fault::Unknown { id } => fill(w.fault_unknown, &[id]),
        Fault::Cycle { id } => fill(w.fault_cycle, &[id]),
        Fault::StatusQuo { .. } => w.fault_status_quo.to_owned(),
        Fault::OutOfBounds { value, least, most } => {
            fill(w.fault_bounds, &[&value.to_string(), &least.to_string(), &most.to_string()])
        }
        Fault::NotAscending => w.fault_not_ascending.to_owned(),
        Fault::CensusMissing { needed } => fill(w.fault_census, &[&needed.to_string()]),
        Fault::SharesExceedWhole { .. } => w.fault_shares.to_owned(),
        Fault::ResidualHasShare { id } => fill(w.fault_residual, &[id]),
        Fault::BaseWithoutStandard => w.fault_base.to_owned(),
        Fault::EndsBeforeStart => w.fault_ends_first.to_owned(),
        Fault::NotAMark { words } => fill(w.fault_mark, &[words]),
        Fault::CityWideByRegion => w.fault_city_wide.to_owned(),
        Fault::NoRevenue { id } => fill(w.fault_no_revenue, &[id]),
        Fault::GradesMissing { needed } => fill(w.fault_grades, &[&needed.to_string()]),
        Fault::TooManyGrades { region, found, most } => {
            fill(w.fault_too_many_grades, &[region, &found.to_string(), &most.to_string()])
        }
        Fault::NoSuchGrade { grade, least, most } => fill(
            w.fault_no_such_grade,
            &[&grade.to_string(), &least.to_string(), &most.to_string()],
        ),
        Fault::BirthsMissing { needed } => fill(w.fault_births, &[&needed.to_string()]),
        Fault::NotACohort { id } => fill(w.fault_not_a_cohort, &[id]),
        Fault::NotDivided { id } => fill(w.fault_not_divided, &[id]),
        Fault::NotWorks { id } => fill(w.fault_not_works, &[id]),
        Fault::MixedWithMoney => w.fault_mixed.to_owned(),
        Fault::NoTarget { id } => fill(w.fault_no_target, &[id]),
        Fault::NotJudged => w.fault_not_judged.to_owned(),
        Fault::LevelMissing { id } => fill(w.fault_level, &[id]),
        Fault::OtherUnit { id } => fill(w.fault_other_unit, &[id]),
    }
}

/// Why something is not kept on this machine, and what to do.
pub fn storage_error(w: &Words, error: &StorageError) -> String {
    match error {
        StorageError::Blocked => w.storage_blocked.to_owned(),
        StorageError::Full => w.storage_full.to_owned(),
        StorageError::Undecided => w.changed_elsewhere.to_owned(),
        StorageError::Other(name) => fill(w.storage_other, &[name]),
    }
}

/// Why a plan that came in was not opened.
pub fn not_added(w: &Words, error: &StorageError) -> String {
    fill(w.not_added_unsaved, &[&storage_error(w, error)])
}

/// Why another plan did not come on the table.
pub fn switch_error(w: &Words, error: &SwitchError) -> String {
    match error {
        SwitchError::Storage(error) => storage_error(w, error),
        SwitchError::Read(error) => read_error(w, error),
    }
}

/// Why a command was refused.
pub fn command_error(w: &Words, error: &CommandError) -> String {
    match error {
        CommandError::UnknownThing(id) => fill(w.fault_unknown, &[&id.to_string()]),
        CommandError::UnknownParameter(path) => fill(w.fault_unknown, &[&path.to_string()]),
        CommandError::UnknownScenario(id) => fill(w.fault_unknown, &[id.as_str()]),
        CommandError::Adopted(_) => w.refused_adopted.to_owned(),
        CommandError::UnknownMeasure(id) => fill(w.fault_unknown, &[id.as_str()]),
        CommandError::StatusQuo => w.refused_status_quo.to_owned(),
        CommandError::HasChildren { .. } => w.refused_has_children.to_owned(),
        CommandError::Unsound(errors) => fill(w.refused_unsound, &[&plan_errors(w, errors)]),
    }
}

/// Why a scenario has no result.
pub fn evaluate_error(session: Session, plan: &Plan, error: &EvaluateError) -> String {
    let (w, lang) = (session.words(), session.lang());
    match error {
        EvaluateError::UnknownScenario(id) => fill(w.fault_unknown, &[id.as_str()]),
        EvaluateError::UnknownMeasure(_, id) => fill(w.fault_unknown, &[id.as_str()]),
        EvaluateError::OutOfBounds { path, semester, value } => fill(
            w.no_result_bounds,
            &[
                &names::parameter(w, plan, path, lang),
                &names::semester(w, *semester),
                &names::value(w, plan, path, lang, *value),
            ],
        ),
        EvaluateError::SharesExceedWhole { path } => {
            fill(w.no_result_shares, &[&names::owner(plan, path, lang)])
        }
        EvaluateError::NegativeHeads { population, region, year } => fill(
            w.no_result_heads,
            &[
                names::population(plan, population, lang),
                names::region(plan, region, lang),
                &year.to_string(),
            ],
        ),
        EvaluateError::Overflow { place } => fill(w.no_result_overflow, &[place]),
    }
}
