//! Owns dated parameters in a file, and years.
//!
//! Invariant: a parameter says its unit, and it is the one its role has; amounts are whole
//! fen, shares and growth whole millionths.

use super::doc::*;
use super::words::{BasisDoc, ByRegion, Named, Word, Written};
use crate::plan::{Indexed, Parameter, Step, Unit};
use crate::time::{Semester, Year};

docs! {
    #[serde(deny_unknown_fields)]
    struct StepDoc for Step {
        from: Written<Semester>,
        value: i64,
    }

    #[serde(deny_unknown_fields)]
    struct IndexedDoc for Indexed {
        value ("amount"): unit::Fen,
        indexation: Option<unit::Growth> = default,
    }
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ParameterDoc {
    unit: Word<Unit>,
    steps: Vec<StepDoc>,
    #[serde(default, skip_serializing_if = "Doc::is_absent")]
    by_region: ByRegion<Vec<StepDoc>>,
    basis: BasisDoc,
}

impl ParameterDoc {
    /// From the file to the model, where the parameter's role has the unit `expected`.
    pub(super) fn read(self, expected: Unit) -> Read<Parameter> {
        let Word(found) = self.unit;
        if found != expected {
            let (expected, found) = (expected.name(), found.name());
            return Err(Problem::Unit { expected, found }).at("unit");
        }
        Ok(Parameter {
            steps: self.steps.read().at("steps")?,
            by_region: self.by_region.read().at("by_region")?,
            basis: self.basis.read().at("basis")?,
        })
    }

    /// From the model to the file.
    pub(super) fn write(parameter: &Parameter, unit: Unit) -> Self {
        Self {
            unit: Word(unit),
            steps: Doc::write(&parameter.steps),
            by_region: Doc::write(&parameter.by_region),
            basis: Doc::write(&parameter.basis),
        }
    }
}

/// Parameters whose unit their role says.
pub(super) mod unit {
    use super::*;

    macro_rules! in_units {
        ($($unit:ident)*) => {$(
            #[derive(Serialize, Deserialize)]
            #[serde(transparent)]
            pub(in super::super) struct $unit(ParameterDoc);

            impl Doc for $unit {
                type Model = Parameter;

                fn read(self) -> Read<Parameter> {
                    self.0.read(Unit::$unit)
                }

                fn write(parameter: &Parameter) -> Self {
                    Self(ParameterDoc::write(parameter, Unit::$unit))
                }
            }
        )*};
    }

    in_units! { Fen Share Growth Count Ratio Rate Net }
}

/// A year by its number.
#[derive(Serialize, Deserialize)]
#[serde(transparent)]
pub(super) struct YearDoc(i64);

impl Doc for YearDoc {
    type Model = Year;

    fn read(self) -> Read<Year> {
        Year::new(self.0).ok_or_else(|| Problem::Year(self.0).into())
    }

    fn write(year: &Year) -> Self {
        Self(i64::from(year.get()))
    }
}
