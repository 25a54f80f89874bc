//! Owns files on the reader's side: saving one, reading one, and saying in the reader's words why
//! something cannot be done; what is wrong within a file is `misread`'s.

use crate::clock;
pub use crate::misread::read_error;
use crate::names;
use crate::session::{Session, SwitchError};
use crate::words::{Words, fill};
use shapan_engine::files::{self, MOST_BYTES, ReadError, write_plan};
use shapan_engine::{CommandError, EvaluateError, Fault, Lang, Plan, PlanErrors};
use shapan_keep::KeepError;
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

/// Hands the reader a plan as a file.
pub fn download_plan(plan: &Plan, lang: Lang) {
    download(&name_of(plan.title.get(lang)), &write_plan(plan, &clock::stamp()));
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
    Ok(files::text_of(&bytes)?.to_owned())
}

/// What is wrong with a chosen file.
pub fn open_error(w: &Words, error: &OpenError) -> String {
    match error {
        OpenError::Unreadable => w.file_unreadable.to_owned(),
        OpenError::Read(error) => read_error(w, error),
        OpenError::Refused(error) => command_error(w, error),
    }
}

/// Every fault of a plan, each with its place.
pub fn plan_errors(w: &Words, errors: &PlanErrors) -> String {
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
pub fn storage_error(w: &Words, error: &KeepError) -> String {
    match error {
        KeepError::Blocked => w.storage_blocked.to_owned(),
        KeepError::Full => w.storage_full.to_owned(),
        KeepError::NotKept => w.shelf.not_kept_whole.to_owned(),
        KeepError::Moved => w.shelf.moved.to_owned(),
        KeepError::Newer => w.shelf.newer.to_owned(),
        KeepError::Gone => w.shelf.gone.to_owned(),
        KeepError::Other(name) => fill(w.storage_other, &[name]),
    }
}

/// Why a plan that came in was not opened.
pub fn not_added(w: &Words, error: &KeepError) -> String {
    fill(w.not_added_unsaved, &[&storage_error(w, error)])
}

/// Why another plan did not come on the table.
pub fn switch_error(w: &Words, error: &SwitchError) -> String {
    match error {
        SwitchError::Keep(error) => storage_error(w, error),
        SwitchError::Read(error) => read_error(w, error),
    }
}

/// Why a command was refused.
pub fn command_error(w: &Words, error: &CommandError) -> String {
    match error {
        CommandError::UnknownThing(id) => fill(w.fault_unknown, &[&id.to_string()]),
        CommandError::UnknownParameter(path) => fill(w.fault_unknown, &[&path.to_string()]),
        CommandError::UnknownScenario(id) => fill(w.fault_unknown, &[id.as_str()]),
        CommandError::ReadOnly => w.visit.read_only.to_owned(),
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
