//! Owns the shape of version 1 files: a plan, or scenarios that travel without theirs.
//!
//! Invariant: each thing's shape, its reading, its writing and its schema stand side by side, and
//! `read ∘ write = id`. Fields added since version 1 began are optional, so that
//! older files read, and what lacks them is written, as ever.
//! Deliberately absent: what makes a plan sound (`plan::check`).

mod doc;
mod goals;
mod money;
mod numbers;
mod packet;
mod people;
mod rules;
mod scenario;
mod schools;
mod words;

use super::extra::OPENED_FROM;
use super::sent::{BaseFacts, SentView, VIEW};
use super::{PLAN, SCENARIO, ScenarioBundle, Stamp, VERSION};
use crate::plan::*;
use crate::text::Text;
use crate::time::{Horizon, Year};
use doc::*;
use std::collections::BTreeMap;
use std::sync::Arc;
use words::ByRegion;

/// What every file of ours may start with.
const ENVELOPE: [&str; 4] = ["format", "version", "app", "saved_at"];

/// The plan of a plan file.
pub(super) fn read_plan_file(mut fields: Unread, reader: &mut Reader) -> Read<PlanParts> {
    take_envelope(&mut fields);
    let opened_from = fields.take(OPENED_FROM);
    let opened_from = opened_from
        .map(|node| reader.within(Way::Field(OPENED_FROM), |reader| reader.text(node)))
        .transpose()?;
    let mut plan = reader.field::<PlanParts>(&mut fields, "plan")?;
    let known = &["plan", OPENED_FROM, "app", "saved_at"];
    plan.extra.keep_beside(reader.rest(fields, known, true));
    opened_from.iter().for_each(|version| plan.extra.set_opened_from(version));
    Ok(plan)
}

/// A plan with its envelope.
pub(super) fn write_plan_file(plan: &PlanParts, stamp: &Stamp, view: Option<&SentView>) -> Value {
    let mut out = envelope(PLAN, stamp, view);
    out.field::<PlanParts>("plan", plan);
    let mut written = out.done();
    if let Value::Object(fields) = &mut written {
        fields.extend_from_slice(plan.extra.beside());
    }
    written
}

/// A plan without its envelope.
pub(super) fn write_plan(plan: &PlanParts) -> Value {
    PlanParts::write(plan)
}

/// The scenarios of a scenario file, and the plan they were made on where that came along.
pub(super) fn read_scenario_file(
    mut fields: Unread,
    reader: &mut Reader,
) -> Read<(ScenarioBundle, Option<PlanParts>)> {
    take_envelope(&mut fields);
    let base = reader.required(&mut fields, "base")?;
    let (base_title, base_fingerprint, base, plan) =
        reader.within(Way::Field("base"), |reader| read_base(base, reader))?;
    // From the status quo's first child down to the scenario itself.
    let scenarios = reader.field::<Vec<Scenario>>(&mut fields, "scenarios")?;
    let parameters = reader.required(&mut fields, "parameters")?;
    let parameters = reader.within(Way::Field("parameters"), |reader| {
        let Value::Object(fields) = parameters.value else {
            return reader.not(Expected::Object, &parameters);
        };
        let read = |(name, node): (Box<str>, Node)| {
            let path = ParamPath::from_name(&name);
            reader.within(Way::Name(name), |reader| match path {
                Ok(path) => {
                    let unit = path.unit();
                    Ok((path, numbers::read_parameter(node, reader, unit)?))
                }
                Err(problem) => reader.wrong(node.at, problem),
            })
        };
        fields.into_iter().map(read).collect()
    })?;
    reader.keep(fields, &["base", "scenarios", "parameters", "app", "saved_at"]);
    let bundle =
        ScenarioBundle { base_title, base_fingerprint, base, whole: None, scenarios, parameters };
    Ok((bundle, plan))
}

/// The plan a scenario was made on: what it is called, its fingerprint, and as much of the rest
/// as the file says.
fn read_base(
    node: Node,
    reader: &mut Reader,
) -> Read<(Text, String, BaseFacts, Option<PlanParts>)> {
    let mut base = reader.object(node)?;
    let title = reader.field::<Text>(&mut base, "title")?;
    let fingerprint = reader.required(&mut base, "fingerprint")?;
    let fingerprint = reader.within(Way::Field("fingerprint"), |r| r.text(fingerprint))?;
    let place = reader.optional::<Option<Text>>(&mut base, "place")?;
    let first = reader.optional::<Option<Year>>(&mut base, "first_fiscal_year")?;
    let years = reader.optional::<Option<Years>>(&mut base, "fiscal_years")?;
    let horizon = first.zip(years).and_then(|(first, years)| Horizon::new(first, years));
    let regions = reader.optional::<ByRegion<Text>>(&mut base, "regions")?;
    let plan = reader.optional::<Option<PlanParts>>(&mut base, "plan")?;
    let known =
        &["title", "fingerprint", "place", "first_fiscal_year", "fiscal_years", "regions", "plan"];
    reader.keep(base, known);
    Ok((title, fingerprint.into_string(), BaseFacts { place, horizon, regions }, plan))
}

/// Scenarios with their envelope.
pub(super) fn write_scenario_file(
    bundle: &ScenarioBundle,
    stamp: &Stamp,
    view: Option<&SentView>,
) -> Value {
    let BaseFacts { place, horizon, regions } = &bundle.base;
    let mut base = Written::default();
    base.field::<Text>("title", &bundle.base_title);
    base.value("fingerprint", bundle.base_fingerprint.as_str().into());
    base.optional::<Option<Text>>("place", place);
    if let Some(horizon) = horizon {
        base.field::<Year>("first_fiscal_year", &horizon.first());
        base.value("fiscal_years", years_of(*horizon));
    }
    base.optional::<ByRegion<Text>>("regions", regions);
    if let Some(plan) = &bundle.whole {
        base.field::<PlanParts>("plan", plan);
    }
    let mut out = envelope(SCENARIO, stamp, view);
    out.value("base", base.done());
    out.field::<Vec<Scenario>>("scenarios", &bundle.scenarios);
    let parameters = write_by_name(&bundle.parameters, |path, parameter| {
        numbers::write_parameter(parameter, path.unit())
    });
    out.value("parameters", parameters);
    out.done()
}

/// How many fiscal years a plan covers.
enum Years {}

impl Doc for Years {
    type Model = u8;

    fn read(node: Node, reader: &mut Reader) -> Read<u8> {
        let years = reader.whole(&node, 1, Horizon::MOST_YEARS.into())?;
        Ok(u8::try_from(years).unwrap_or_default()) // it is within its bounds
    }

    fn write(years: &u8) -> Value {
        i64::from(*years).into()
    }

    fn schema(_: &mut Shapes) -> Value {
        schema::whole(1, Horizon::MOST_YEARS.into())
    }
}

fn years_of(horizon: Horizon) -> Value {
    // A horizon has at most 30 years.
    i64::try_from(horizon.years()).unwrap_or_default().into()
}

/// The schema of either kind of file.
pub(super) fn schema() -> Value {
    let mut shapes = Shapes::default();
    let text = || Value::object([("type", "string".into())]);
    let plan = [("plan", PlanParts::schema(&mut shapes), true), (OPENED_FROM, text(), false)];
    let base = [
        ("title", Text::schema(&mut shapes), true),
        ("fingerprint", text(), true),
        ("place", Option::<Text>::schema(&mut shapes), false),
        ("first_fiscal_year", Option::<Year>::schema(&mut shapes), false),
        ("fiscal_years", Option::<Years>::schema(&mut shapes), false),
        ("regions", ByRegion::<Text>::schema(&mut shapes), false),
        ("plan", Option::<PlanParts>::schema(&mut shapes), false),
    ];
    let parameters = Value::object([
        ("type", "object".into()),
        ("propertyNames", ParamPath::name_schema()),
        ("additionalProperties", numbers::any_parameter_schema(&mut shapes)),
    ]);
    let scenario = [
        ("base", schema::object(base), true),
        ("scenarios", Vec::<Scenario>::schema(&mut shapes), true),
        ("parameters", parameters, true),
    ];
    let is = |value: Value| Value::object([("const", value)]);
    let envelope = schema::object([
        ("format", schema::words(&[PLAN, SCENARIO]), true),
        ("version", is(i64::from(VERSION).into()), true),
        ("app", text(), false),
        ("saved_at", text(), false),
        (VIEW, SentView::schema(), false),
    ]);
    Value::object([
        ("$schema", "https://json-schema.org/draft/2020-12/schema".into()),
        ("title", "Shapan file, version 1".into()),
        (
            "description",
            "A plan with its scenarios, or scenarios that travel without their plan. Fields that \
             are not listed here are kept and written back."
                .into(),
        ),
        ("allOf", Value::list([envelope])),
        ("if", schema::object([("format", is(PLAN.into()), false)])),
        ("then", schema::object(plan)),
        ("else", schema::object(scenario)),
        ("$defs", shapes.defs()),
    ])
}

/// The envelope has been looked at before.
fn take_envelope(fields: &mut Unread) {
    for field in ENVELOPE.into_iter().chain([VIEW]) {
        let _read = fields.take(field);
    }
}

fn envelope(format: &'static str, stamp: &Stamp, view: Option<&SentView>) -> Written {
    let [name, version, app, saved_at] = ENVELOPE;
    let mut out = Written::default();
    out.value(name, format.into());
    out.value(version, i64::from(VERSION).into());
    out.value(app, stamp.app.as_str().into());
    out.value(saved_at, stamp.saved_at.as_str().into());
    if let Some(view) = view {
        out.value(VIEW, view.written());
    }
    out
}

// By hand, for the horizon stands in two fields.
impl Doc for PlanParts {
    type Model = Self;

    fn read(node: Node, reader: &mut Reader) -> Read<Self> {
        let mut fields = reader.object(node)?;
        let (fields, outer) = (&mut fields, reader.begin_thing());
        let title = reader.field::<Text>(fields, "title")?;
        let place = reader.field::<Text>(fields, "place")?;
        let is_sample = reader.optional::<bool>(fields, "is_sample")?;
        let first = reader.field::<Year>(fields, "first_fiscal_year")?;
        let years = reader.required(fields, "fiscal_years")?;
        let horizon = reader.within(Way::Field("fiscal_years"), |reader| {
            let at = years.at;
            let years = u8::read(years, reader)?;
            let horizon = Horizon::new(first, years);
            horizon.map_or_else(|| reader.wrong(at, Problem::FiscalYears(years)), Ok)
        })?;
        let mut plan = Self {
            title,
            place,
            is_sample,
            horizon,
            citations: reader.optional::<List<Citation>>(fields, "citations")?,
            regions: reader.field::<List<Region>>(fields, "regions")?,
            populations: reader.optional::<List<Population>>(fields, "populations")?,
            sources: reader.optional::<List<Source>>(fields, "sources")?,
            programmes: reader.optional::<List<Programme>>(fields, "programmes")?,
            schools: reader.optional::<List<School>>(fields, "schools")?,
            resources: reader.optional::<List<Resource>>(fields, "resources")?,
            indicators: reader.optional::<List<Indicator>>(fields, "indicators")?,
            rules: reader.optional::<List<Rule>>(fields, "rules")?,
            tasks: reader.optional::<List<Task>>(fields, "tasks")?,
            aliases: reader.optional::<BTreeMap<ParamPath, ParamPath>>(fields, "aliases")?,
            scenarios: reader.field::<List<Scenario>>(fields, "scenarios")?,
            packet: reader.optional::<Option<Arc<Packet>>>(fields, "packet")?,
            extra: Extra::default(),
        };
        let fields = std::mem::take(fields);
        let known: &[_] = &[
            "title",
            "place",
            "is_sample",
            "first_fiscal_year",
            "fiscal_years",
            "citations",
            "regions",
            "populations",
            "sources",
            "programmes",
            "schools",
            "resources",
            "indicators",
            "rules",
            "tasks",
            "aliases",
            "scenarios",
            "packet",
        ];
        reader.keep(fields, known);
        plan.extra = reader.end_thing(outer, || Self::write(&plan));
        Ok(plan)
    }

    fn write(plan: &Self) -> Value {
        let mut out = Written::default();
        out.field::<Text>("title", &plan.title);
        out.field::<Text>("place", &plan.place);
        out.optional::<bool>("is_sample", &plan.is_sample);
        out.field::<Year>("first_fiscal_year", &plan.horizon.first());
        out.value("fiscal_years", years_of(plan.horizon));
        out.field::<List<Citation>>("citations", &plan.citations);
        out.field::<List<Region>>("regions", &plan.regions);
        out.field::<List<Population>>("populations", &plan.populations);
        out.field::<List<Source>>("sources", &plan.sources);
        out.field::<List<Programme>>("programmes", &plan.programmes);
        out.optional::<List<School>>("schools", &plan.schools);
        out.optional::<List<Resource>>("resources", &plan.resources);
        out.optional::<List<Indicator>>("indicators", &plan.indicators);
        out.optional::<List<Rule>>("rules", &plan.rules);
        out.optional::<List<Task>>("tasks", &plan.tasks);
        out.optional::<BTreeMap<ParamPath, ParamPath>>("aliases", &plan.aliases);
        out.field::<List<Scenario>>("scenarios", &plan.scenarios);
        out.optional::<Option<Arc<Packet>>>("packet", &plan.packet);
        let mut written = out.done();
        plan.extra.put_onto(&mut written);
        written
    }

    fn schema(shapes: &mut Shapes) -> Value {
        shapes.named("Plan", |shapes| {
            schema::object([
                ("title", Text::schema(shapes), true),
                ("place", Text::schema(shapes), true),
                ("is_sample", bool::schema(shapes), false),
                ("first_fiscal_year", Year::schema(shapes), true),
                ("fiscal_years", Years::schema(shapes), true),
                ("citations", List::<Citation>::schema(shapes), false),
                ("regions", List::<Region>::schema(shapes), true),
                ("populations", List::<Population>::schema(shapes), false),
                ("sources", List::<Source>::schema(shapes), false),
                ("programmes", List::<Programme>::schema(shapes), false),
                ("schools", List::<School>::schema(shapes), false),
                ("resources", List::<Resource>::schema(shapes), false),
                ("indicators", List::<Indicator>::schema(shapes), false),
                ("rules", List::<Rule>::schema(shapes), false),
                ("tasks", List::<Task>::schema(shapes), false),
                ("aliases", BTreeMap::<ParamPath, ParamPath>::schema(shapes), false),
                ("scenarios", List::<Scenario>::schema(shapes), true),
                ("packet", Option::<Arc<Packet>>::schema(shapes), false),
            ])
        })
    }
}
