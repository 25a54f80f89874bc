//! Owns scenarios, measures and changes.

use super::doc::*;
use super::words::{BasisDoc, ByRegion, Mark, TextDoc, Word, Written};
use crate::id::{MeasureId, RegionId, ScenarioId};
use crate::plan::{Change, ChangeValue, Measure, Operation, ParamPath, Scenario};
use crate::time::{Date, Semester};

docs! {
    struct ScenarioDoc for Scenario {
        id: Written<ScenarioId>,
        name: TextDoc,
        parent: Option<Written<ScenarioId>> = default,
        measures: Vec<MeasureDoc> = default,
        adopted: Option<Written<Date>> = default,
        #[serde(flatten)]
        extra: Fields,
    }

    struct MeasureDoc for Measure {
        id: Written<MeasureId>,
        title: TextDoc,
        clause: Option<Mark> = default,
        reason: Option<TextDoc> = default,
        basis: BasisDoc,
        enabled: bool,
        changes: Vec<ChangeDoc>,
        #[serde(flatten)]
        extra: Fields,
    }
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ChangeDoc {
    parameter: Written<ParamPath>,
    operation: Word<Operation>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    value: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    value_by_region: Option<ByRegion<i64>>,
    from: Written<Semester>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    until: Option<Written<Semester>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    regions: Option<Vec<Written<RegionId>>>,
}

// By hand, for one value of the model stands in one of two fields.
impl Doc for ChangeDoc {
    type Model = Change;

    fn read(self) -> Read<Change> {
        let value = match (self.value, self.value_by_region) {
            (Some(value), None) => ChangeValue::One(value),
            (None, Some(values)) => ChangeValue::ByRegion(values.read().at("value_by_region")?),
            _ => return Err(Problem::ChangeValue.into()),
        };
        Ok(Change {
            path: self.parameter.read().at("parameter")?,
            operation: self.operation.read()?,
            value,
            from: self.from.read().at("from")?,
            until: self.until.read().at("until")?,
            regions: self.regions.read().at("regions")?,
        })
    }

    fn write(change: &Change) -> Self {
        let (value, value_by_region) = match &change.value {
            ChangeValue::One(value) => (Some(*value), None),
            ChangeValue::ByRegion(values) => (None, Some(Doc::write(values))),
        };
        Self {
            parameter: Doc::write(&change.path),
            operation: Doc::write(&change.operation),
            value,
            value_by_region,
            from: Doc::write(&change.from),
            until: Doc::write(&change.until),
            regions: Doc::write(&change.regions),
        }
    }
}
