//! Owns the embedded sample: the Tai'an 2012 plan, a file in our own format.

use crate::files::{self, Contents, ReadError};
use crate::plan::Plan;

/// The Tai'an education work plan 2012.
///
/// # Errors
/// None as built: a test reads it.
pub fn taian_2012() -> Result<Plan, ReadError> {
    match files::read(include_str!("../sample/taian-2012.json"))?.0 {
        Contents::Plan(plan) => Ok(*plan),
        Contents::Scenario(_) => Err(ReadError::NotOurs { format: String::new() }),
    }
}
