//! Owns what is to be reached and done: indicators with their targets, and tasks.

use super::doc::*;
use super::numbers::{any_parameter_schema, read_parameter, unit, write_parameter};
use super::words::Mark;
use crate::id::{IndicatorId, PopulationId, ProgrammeId, TaskId};
use crate::plan::{Basis, Indicator, Scope, Sense, Target, Task, Term};
use crate::text::Text;
use crate::time::Date;

docs! {
    enum Term {
        Given "given" (number: unit::Count),
        Heads "heads" (population: PopulationId),
        Completed "completed" {
            programme: ProgrammeId,
            share: Option<unit::Share> = default,
            per_unit: Option<unit::Count> = default,
        },
        Paid "paid" (programme: ProgrammeId),
    }

    struct Task {
        id: TaskId,
        title: Text,
        clause: Option<Mark> = default,
        parent: Option<TaskId> = default,
        department: Option<Text> = default,
        due: Option<Date> = default,
        progress: Option<i64> = default,
        programmes: Vec<ProgrammeId> = default,
        indicators: Vec<IndicatorId> = default,
        basis: Basis,
        ..extra
    }
}

// By hand, for what is counted says the unit of the target.
impl Doc for Indicator {
    type Model = Self;

    fn read(node: Node, reader: &mut Reader) -> Read<Self> {
        let mut fields = reader.object(node)?;
        let outer = reader.begin_thing();
        let mut indicator = Self {
            id: reader.field::<IndicatorId>(&mut fields, "id")?,
            name: reader.field::<Text>(&mut fields, "name")?,
            clause: reader.optional::<Option<Mark>>(&mut fields, "clause")?,
            scope: reader.field::<Scope>(&mut fields, "scope")?,
            numerator: reader.field::<Vec<Term>>(&mut fields, "numerator")?,
            denominator: reader.optional::<Vec<Term>>(&mut fields, "denominator")?,
            unit_name: reader.optional::<Option<Text>>(&mut fields, "unit_name")?,
            target: None,
            basis: reader.field::<Basis>(&mut fields, "basis")?,
            extra: Extra::default(),
        };
        if let Some(node) = fields.take("target").filter(|node| node.value != Value::Null) {
            let read = |reader: &mut Reader| read_target(node, reader, &indicator);
            indicator.target = Some(reader.within(Way::Field("target"), read)?);
        }
        let known: &[_] = &[
            "id",
            "name",
            "clause",
            "scope",
            "numerator",
            "denominator",
            "unit_name",
            "target",
            "basis",
        ];
        reader.keep(fields, known);
        indicator.extra = reader.end_thing(outer, || Self::write(&indicator));
        Ok(indicator)
    }

    fn write(indicator: &Self) -> Value {
        let mut out = Written::default();
        out.field::<IndicatorId>("id", &indicator.id);
        out.field::<Text>("name", &indicator.name);
        out.optional::<Option<Mark>>("clause", &indicator.clause);
        out.field::<Scope>("scope", &indicator.scope);
        out.field::<Vec<Term>>("numerator", &indicator.numerator);
        out.optional::<Vec<Term>>("denominator", &indicator.denominator);
        out.optional::<Option<Text>>("unit_name", &indicator.unit_name);
        if let Some(Target { sense, value }) = &indicator.target {
            let value = write_parameter(value, indicator.unit());
            out.value("target", Value::object([("sense", Sense::write(sense)), ("value", value)]));
        }
        out.field::<Basis>("basis", &indicator.basis);
        let mut written = out.done();
        indicator.extra.put_onto(&mut written);
        written
    }

    fn schema(shapes: &mut Shapes) -> Value {
        shapes.named("Indicator", |shapes| {
            let target = schema::object([
                ("sense", Sense::schema(shapes), true),
                ("value", any_parameter_schema(shapes), true),
            ]);
            schema::object([
                ("id", IndicatorId::schema(shapes), true),
                ("name", Text::schema(shapes), true),
                ("clause", Option::<Mark>::schema(shapes), false),
                ("scope", Scope::schema(shapes), true),
                ("numerator", Vec::<Term>::schema(shapes), true),
                ("denominator", Vec::<Term>::schema(shapes), false),
                ("unit_name", Option::<Text>::schema(shapes), false),
                ("target", schema::or_null(target), false),
                ("basis", Basis::schema(shapes), true),
            ])
        })
    }
}

fn read_target(node: Node, reader: &mut Reader, indicator: &Indicator) -> Read<Target> {
    let mut fields = reader.object(node)?;
    let sense = reader.field::<Sense>(&mut fields, "sense")?;
    let value = reader.required(&mut fields, "value")?;
    let read = |reader: &mut Reader| read_parameter(value, reader, indicator.unit());
    let value = reader.within(Way::Field("value"), read)?;
    reader.keep(fields, &["sense", "value"]);
    Ok(Target { sense, value })
}
