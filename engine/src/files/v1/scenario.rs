//! Owns scenarios, measures and changes.

use super::doc::*;
use super::words::{ByRegion, Mark};
use crate::id::{MeasureId, RegionId, ScenarioId};
use crate::plan::{Basis, Change, ChangeValue, Measure, Operation, ParamPath, Scenario};
use crate::text::Text;
use crate::time::{Date, Semester};

docs! {
    struct Scenario {
        id: ScenarioId,
        name: Text,
        parent: Option<ScenarioId> = default,
        measures: Vec<Measure> = default,
        adopted: Option<Date> = default,
        ..extra
    }

    struct Measure {
        id: MeasureId,
        title: Text,
        clause: Option<Mark> = default,
        reason: Option<Text> = default,
        basis: Basis,
        enabled: bool,
        changes: Vec<Change>,
        ..extra
    }
}

// By hand, for one value of the model stands in one of two fields.
impl Doc for Change {
    type Model = Self;

    fn read(node: Node, reader: &mut Reader) -> Read<Self> {
        let mut fields = reader.object(node)?;
        let at = fields.at;
        let one = reader.optional::<Option<i64>>(&mut fields, "value")?;
        let by_region = reader.optional::<Option<ByRegion<i64>>>(&mut fields, "value_by_region")?;
        let change = Self {
            path: reader.field::<ParamPath>(&mut fields, "parameter")?,
            operation: reader.field::<Operation>(&mut fields, "operation")?,
            value: match (one, by_region) {
                (Some(value), None) => ChangeValue::One(value),
                (None, Some(values)) => ChangeValue::ByRegion(values),
                _ => return reader.wrong(at, Problem::ChangeValue),
            },
            from: reader.field::<Semester>(&mut fields, "from")?,
            until: reader.optional::<Option<Semester>>(&mut fields, "until")?,
            regions: reader.optional::<Option<Vec<RegionId>>>(&mut fields, "regions")?,
        };
        let known =
            &["parameter", "operation", "value", "value_by_region", "from", "until", "regions"];
        reader.keep(fields, known);
        Ok(change)
    }

    fn write(change: &Self) -> Value {
        let mut out = Written::default();
        out.field::<ParamPath>("parameter", &change.path);
        out.field::<Operation>("operation", &change.operation);
        match &change.value {
            ChangeValue::One(value) => out.field::<i64>("value", value),
            ChangeValue::ByRegion(values) => {
                out.field::<ByRegion<i64>>("value_by_region", values);
            }
        }
        out.field::<Semester>("from", &change.from);
        out.optional::<Option<Semester>>("until", &change.until);
        out.optional::<Option<Vec<RegionId>>>("regions", &change.regions);
        out.done()
    }

    fn schema(shapes: &mut Shapes) -> Value {
        shapes.named("Change", |shapes| {
            let by_region = ByRegion::<i64>::schema(shapes);
            let shape = schema::object([
                ("parameter", ParamPath::schema(shapes), true),
                ("operation", Operation::schema(shapes), true),
                ("value", Option::<i64>::schema(shapes), false),
                ("value_by_region", schema::or_null(by_region), false),
                ("from", Semester::schema(shapes), true),
                ("until", Option::<Semester>::schema(shapes), false),
                ("regions", Option::<Vec<RegionId>>::schema(shapes), false),
            ]);
            schema::described(shape, "Exactly one of value and value_by_region says how much.")
        })
    }
}
