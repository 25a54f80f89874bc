//! Owns the door: a request with what it is about, and the bytes it comes to.

use crate::csv::csv;
use crate::error::SheetError;
use crate::kept;
use crate::request::Request;
use crate::workbook::{Wanted, workbook};
use serde::Serialize;
use shapan_engine::files::{Contents, read};
use shapan_engine::{Lang, Plan, ScenarioId};

/// The bytes a request comes to: a file, or JSON.
///
/// # Errors
/// [`SheetError`], for which the page has words.
pub fn answer(request: &str, bytes: &[u8]) -> Result<Vec<u8>, SheetError> {
    match serde_json::from_str(request).map_err(|_| SheetError::NotARequest)? {
        Request::Workbook { scenario, base, lang, unit, saved_at } => {
            let plan = plan(bytes)?;
            let (scenario, base) = (id(&scenario)?, id(&base)?);
            let (lang, saved_at) = (language(&lang)?, saved_at.as_str());
            let wanted = Wanted { scenario: &scenario, base: &base, lang, unit, saved_at };
            workbook(&plan, &wanted)?.book.to_xlsx()
        }
        Request::Csv { table, scenario, lang } => {
            csv(&plan(bytes)?, table, &id(&scenario)?, language(&lang)?)
        }
        Request::Plan => {
            kept::keep_plan(plan(bytes)?);
            Ok(Vec::new())
        }
        Request::Open { encoding } => json(&kept::keep_file(bytes, encoding)?),
        Request::Look { sheet, choices } => json(&kept::look(sheet, &choices)?),
        Request::Rows { from, count } => json(&kept::rows(from, count)),
        Request::Changes { from, count } => json(&kept::changes(from, count)),
        Request::Take => json(&kept::take()),
    }
}

fn json(answer: &impl Serialize) -> Result<Vec<u8>, SheetError> {
    serde_json::to_vec(answer).map_err(|error| SheetError::Refused { what: error.to_string() })
}

fn plan(text: &[u8]) -> Result<Plan, SheetError> {
    let not_a_plan = |what: String| SheetError::NotAPlan { what };
    let text = std::str::from_utf8(text).map_err(|error| not_a_plan(error.to_string()))?;
    match read(text).map_err(|error| not_a_plan(error.to_string()))? {
        (Contents::Plan(plan), _) => Ok(*plan),
        (Contents::Scenario(_), _) => Err(not_a_plan("a scenario".to_owned())),
    }
}

fn id(text: &str) -> Result<ScenarioId, SheetError> {
    text.parse().map_err(|_| SheetError::NotARequest)
}

fn language(tag: &str) -> Result<Lang, SheetError> {
    Lang::ALL.into_iter().find(|lang| lang.tag() == tag).ok_or(SheetError::NotARequest)
}
