//! Owns what is to be reached and done: indicators with their targets, and tasks.

use super::doc::*;
use super::numbers::{ParameterDoc, unit};
use super::words::{BasisDoc, Mark, TextDoc, Word, Written};
use crate::id::{IndicatorId, PopulationId, ProgrammeId, TaskId};
use crate::plan::{Indicator, Scope, Sense, Target, Task, Term};
use crate::time::Date;

docs! {
    enum TermDoc for Term {
        Given "given" (number: unit::Count),
        Heads "heads" (population: Written<PopulationId>),
        Completed "completed" {
            programme: Written<ProgrammeId>,
            share: Option<unit::Share> = default,
            per_unit: Option<unit::Count> = default,
        },
        Paid "paid" (programme: Written<ProgrammeId>),
    }

    struct TaskDoc for Task {
        id: Written<TaskId>,
        title: TextDoc,
        clause: Option<Mark> = default,
        parent: Option<Written<TaskId>> = default,
        department: Option<TextDoc> = default,
        due: Option<Written<Date>> = default,
        progress: Option<i64> = default,
        programmes: Vec<Written<ProgrammeId>> = default,
        indicators: Vec<Written<IndicatorId>> = default,
        basis: BasisDoc,
        #[serde(flatten)]
        extra: Fields,
    }
}

#[derive(Serialize, Deserialize)]
pub(super) struct IndicatorDoc {
    id: Written<IndicatorId>,
    name: TextDoc,
    #[serde(default, skip_serializing_if = "Doc::is_absent")]
    clause: Option<Mark>,
    scope: Word<Scope>,
    numerator: Vec<TermDoc>,
    #[serde(default, skip_serializing_if = "Doc::is_absent")]
    denominator: Vec<TermDoc>,
    #[serde(default, skip_serializing_if = "Doc::is_absent")]
    unit_name: Option<TextDoc>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    target: Option<TargetDoc>,
    basis: BasisDoc,
    #[serde(flatten)]
    extra: Fields,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct TargetDoc {
    sense: Word<Sense>,
    value: ParameterDoc,
}

// By hand, for what is counted says the unit of the target.
impl Doc for IndicatorDoc {
    type Model = Indicator;

    fn read(self) -> Read<Indicator> {
        let mut indicator = Indicator {
            id: self.id.read().at("id")?,
            name: self.name.read().at("name")?,
            clause: self.clause.read().at("clause")?,
            scope: self.scope.read()?,
            numerator: self.numerator.read().at("numerator")?,
            denominator: self.denominator.read().at("denominator")?,
            unit_name: self.unit_name.read().at("unit_name")?,
            target: None,
            basis: self.basis.read().at("basis")?,
            extra: self.extra.read()?,
        };
        if let Some(TargetDoc { sense: Word(sense), value }) = self.target {
            let value = value.read(indicator.unit()).at("value").at("target")?;
            indicator.target = Some(Target { sense, value });
        }
        Ok(indicator)
    }

    fn write(indicator: &Indicator) -> Self {
        let target = |target: &Target| TargetDoc {
            sense: Word(target.sense),
            value: ParameterDoc::write(&target.value, indicator.unit()),
        };
        Self {
            id: Doc::write(&indicator.id),
            name: Doc::write(&indicator.name),
            clause: Doc::write(&indicator.clause),
            scope: Doc::write(&indicator.scope),
            numerator: Doc::write(&indicator.numerator),
            denominator: Doc::write(&indicator.denominator),
            unit_name: Doc::write(&indicator.unit_name),
            target: indicator.target.as_ref().map(target),
            basis: Doc::write(&indicator.basis),
            extra: Doc::write(&indicator.extra),
        }
    }
}
