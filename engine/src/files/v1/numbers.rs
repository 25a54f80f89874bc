//! Owns dated parameters in a file, and years.
//!
//! Invariant: a parameter says its unit, and it is the one its role has; amounts are whole
//! fen, shares and growth whole millionths.

use super::doc::*;
use super::words::{ByRegion, Named};
use crate::plan::{Basis, Indexed, Parameter, Step, Unit};
use crate::time::{Semester, Year};

docs! {
    struct Step {
        from: Semester,
        value: i64,
    }

    struct Indexed {
        value ("amount"): unit::Fen,
        indexation: Option<unit::Growth> = default,
    }
}

/// From the file to the model, where the parameter's role has the unit `expected`.
pub(super) fn read_parameter(node: Node, reader: &mut Reader, expected: Unit) -> Read<Parameter> {
    let mut fields = reader.object(node)?;
    let expected = expected.name();
    let said = reader.required(&mut fields, "unit")?;
    reader.within(Way::Field("unit"), |reader| {
        let at = said.at;
        match reader.text(said)? {
            found if *found == *expected => Ok(()),
            found => {
                let found = found.chars().take(80).collect();
                reader.wrong(at, Problem::Unit { expected, found })
            }
        }
    })?;
    let outer = reader.unit.replace(expected);
    let steps = reader.field::<Vec<Step>>(&mut fields, "steps")?;
    let by_region = reader.optional::<ByRegion<Vec<Step>>>(&mut fields, "by_region")?;
    reader.unit = outer;
    let basis = reader.field::<Basis>(&mut fields, "basis")?;
    reader.keep(fields, &["unit", "steps", "by_region", "basis"]);
    Ok(Parameter { steps, by_region, basis })
}

/// From the model to the file.
pub(super) fn write_parameter(parameter: &Parameter, unit: Unit) -> Value {
    let mut out = Written::default();
    out.field::<Unit>("unit", &unit);
    out.field::<Vec<Step>>("steps", &parameter.steps);
    out.optional::<ByRegion<Vec<Step>>>("by_region", &parameter.by_region);
    out.field::<Basis>("basis", &parameter.basis);
    out.done()
}

fn parameter_schema(shapes: &mut Shapes, unit: Unit) -> Value {
    schema::object([
        ("unit", schema::words(&[unit.name()]), true),
        ("steps", Vec::<Step>::schema(shapes), true),
        ("by_region", ByRegion::<Vec<Step>>::schema(shapes), false),
        ("basis", Basis::schema(shapes), true),
    ])
}

/// Parameters whose unit their role says.
pub(super) mod unit {
    use super::*;

    macro_rules! in_units {
        ($($unit:ident $name:literal $words:literal;)*) => {$(
            pub(in super::super) enum $unit {}

            impl Doc for $unit {
                type Model = Parameter;

                fn read(node: Node, reader: &mut Reader) -> Read<Parameter> {
                    read_parameter(node, reader, Unit::$unit)
                }

                fn write(parameter: &Parameter) -> Value {
                    write_parameter(parameter, Unit::$unit)
                }

                fn schema(shapes: &mut Shapes) -> Value {
                    shapes.named($name, |shapes| {
                        schema::described(parameter_schema(shapes, Unit::$unit), $words)
                    })
                }
            }
        )*};
    }

    in_units! {
        Fen "AmountParameter" "An amount, in whole fen: 1 yuan is 100.";
        Share "ShareParameter" "A share of a whole, in millionths: 60 % is 600000.";
        Growth "GrowthParameter" "Growth a year, in millionths: 3 % is 30000.";
        Count "CountParameter" "Whole posts, units or people.";
        Ratio "RatioParameter" "Pupils for each post, in millionths: 19.5 is 19500000.";
        Rate "RateParameter" "A rate that may exceed the whole, in millionths: 102 % is 1020000.";
        Net "NetParameter" "Whole people who come, less those who leave.";
    }
}

/// A parameter of any unit, in the shape of the schema.
pub(super) fn any_parameter_schema(shapes: &mut Shapes) -> Value {
    let any = [
        unit::Fen::schema(shapes),
        unit::Share::schema(shapes),
        unit::Growth::schema(shapes),
        unit::Count::schema(shapes),
        unit::Ratio::schema(shapes),
        unit::Rate::schema(shapes),
        unit::Net::schema(shapes),
    ];
    Value::object([("oneOf", Value::list(any))])
}

impl Doc for Year {
    type Model = Self;

    fn read(node: Node, reader: &mut Reader) -> Read<Self> {
        let number = reader.whole(&node, i64::MIN, i64::MAX)?;
        Self::new(number).map_or_else(|| reader.wrong(node.at, Problem::Year(number)), Ok)
    }

    fn write(year: &Self) -> Value {
        i64::from(year.get()).into()
    }

    fn schema(_: &mut Shapes) -> Value {
        schema::whole(1900, 2200)
    }
}
