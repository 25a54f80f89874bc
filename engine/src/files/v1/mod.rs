//! Owns the shape of version 1 files: a plan, or scenarios that travel without theirs.
//!
//! Invariant: each thing's shape, its reading and its writing stand side by side, and
//! `read ∘ write = id`. Fields unknown to a main object are carried in `extra`; small
//! inner objects refuse them. Fields added since version 1 began are optional, so that
//! older files read, and what lacks them is written, as ever.
//! Deliberately absent: what makes a plan sound (`plan::check`).

mod doc;
mod goals;
mod money;
mod numbers;
mod people;
mod problem;
mod rules;
mod scenario;
mod schools;
mod words;

pub use problem::Problem;
pub(super) use problem::{Misread, Read};

use super::ScenarioBundle;
use crate::plan::{ParamPath, PlanParts};
use crate::time::Horizon;
use doc::*;
use goals::{IndicatorDoc, TaskDoc};
use money::{ProgrammeDoc, SourceDoc};
use numbers::{ParameterDoc, YearDoc};
use people::{PopulationDoc, RegionDoc};
use rules::RuleDoc;
use scenario::ScenarioDoc;
use schools::{ResourceDoc, SchoolDoc};
use words::{CitationDoc, TextDoc, Written};

/// What every file of ours starts with.
#[derive(Serialize, Deserialize)]
pub(super) struct Envelope {
    pub(super) format: String,
    pub(super) version: u32,
    #[serde(default)]
    pub(super) app: String,
    #[serde(default)]
    pub(super) saved_at: String,
}

#[derive(Serialize, Deserialize)]
pub(super) struct PlanFile {
    #[serde(flatten)]
    envelope: Envelope,
    plan: PlanDoc,
}

impl PlanFile {
    pub(super) fn read(self) -> Read<PlanParts> {
        self.plan.read().at("plan")
    }

    pub(super) fn write(envelope: Envelope, plan: &PlanParts) -> Self {
        Self { envelope, plan: PlanDoc::write(plan) }
    }
}

#[derive(Serialize, Deserialize)]
pub(super) struct ScenarioFile {
    #[serde(flatten)]
    envelope: Envelope,
    base: BaseDoc,
    /// From the status quo's first child down to the scenario itself.
    scenarios: Vec<ScenarioDoc>,
    parameters: ByName<Written<ParamPath>, ParameterDoc>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct BaseDoc {
    title: TextDoc,
    fingerprint: String,
}

impl ScenarioFile {
    /// How many scenarios there are.
    pub(super) fn len(&self) -> usize {
        self.scenarios.len()
    }

    pub(super) fn read(self) -> Read<ScenarioBundle> {
        let parameter = |(name, doc): (Written<ParamPath>, ParameterDoc)| {
            let place = format!("[{:?}]", name.to_string());
            let path = name.read().at(&place)?;
            let value = doc.read(path.unit()).at(&place)?;
            Ok((path, value))
        };
        let parameters = self.parameters.0.into_iter().map(parameter);
        Ok(ScenarioBundle {
            base_title: self.base.title.read().at("title").at("base")?,
            base_fingerprint: self.base.fingerprint,
            scenarios: self.scenarios.read().at("scenarios")?,
            parameters: parameters.collect::<Read<_>>().at("parameters")?,
        })
    }

    pub(super) fn write(envelope: Envelope, bundle: &ScenarioBundle) -> Self {
        let parameters = bundle.parameters.iter();
        let parameters =
            parameters.map(|(path, p)| (Doc::write(path), ParameterDoc::write(p, path.unit())));
        Self {
            envelope,
            base: BaseDoc {
                title: Doc::write(&bundle.base_title),
                fingerprint: bundle.base_fingerprint.clone(),
            },
            scenarios: Doc::write(&bundle.scenarios),
            parameters: ByName(parameters.collect()),
        }
    }
}

#[derive(Serialize, Deserialize)]
pub(super) struct PlanDoc {
    title: TextDoc,
    place: TextDoc,
    #[serde(default, skip_serializing_if = "Doc::is_absent")]
    is_sample: bool,
    first_fiscal_year: YearDoc,
    fiscal_years: u8,
    #[serde(default)]
    citations: Vec<CitationDoc>,
    regions: Vec<RegionDoc>,
    #[serde(default)]
    populations: Vec<PopulationDoc>,
    #[serde(default)]
    sources: Vec<SourceDoc>,
    #[serde(default)]
    programmes: Vec<ProgrammeDoc>,
    #[serde(default, skip_serializing_if = "Doc::is_absent")]
    schools: Vec<SchoolDoc>,
    #[serde(default, skip_serializing_if = "Doc::is_absent")]
    resources: Vec<ResourceDoc>,
    #[serde(default, skip_serializing_if = "Doc::is_absent")]
    indicators: Vec<IndicatorDoc>,
    #[serde(default, skip_serializing_if = "Doc::is_absent")]
    rules: Vec<RuleDoc>,
    #[serde(default, skip_serializing_if = "Doc::is_absent")]
    tasks: Vec<TaskDoc>,
    #[serde(default, skip_serializing_if = "Doc::is_absent")]
    aliases: ByName<Written<ParamPath>, Written<ParamPath>>,
    scenarios: Vec<ScenarioDoc>,
    #[serde(flatten)]
    extra: Fields,
}

impl PlanDoc {
    /// A plan without its envelope.
    pub(super) fn of(plan: &PlanParts) -> Self {
        Self::write(plan)
    }
}

// By hand, for the horizon stands in two fields.
impl Doc for PlanDoc {
    type Model = PlanParts;

    fn read(self) -> Read<PlanParts> {
        let first = self.first_fiscal_year.read().at("first_fiscal_year")?;
        let horizon = Horizon::new(first, self.fiscal_years);
        Ok(PlanParts {
            title: self.title.read().at("title")?,
            place: self.place.read().at("place")?,
            is_sample: self.is_sample,
            horizon: horizon.ok_or(Problem::FiscalYears(self.fiscal_years)).at("fiscal_years")?,
            citations: self.citations.read().at("citations")?.into(),
            regions: self.regions.read().at("regions")?.into(),
            populations: self.populations.read().at("populations")?.into(),
            sources: self.sources.read().at("sources")?.into(),
            programmes: self.programmes.read().at("programmes")?.into(),
            schools: self.schools.read().at("schools")?.into(),
            resources: self.resources.read().at("resources")?.into(),
            indicators: self.indicators.read().at("indicators")?.into(),
            rules: self.rules.read().at("rules")?.into(),
            tasks: self.tasks.read().at("tasks")?.into(),
            aliases: self.aliases.read().at("aliases")?,
            scenarios: self.scenarios.read().at("scenarios")?.into(),
            extra: self.extra.read()?,
        })
    }

    fn write(plan: &PlanParts) -> Self {
        Self {
            title: Doc::write(&plan.title),
            place: Doc::write(&plan.place),
            is_sample: plan.is_sample,
            first_fiscal_year: Doc::write(&plan.horizon.first()),
            // A horizon has at most 30 years.
            fiscal_years: u8::try_from(plan.horizon.years()).unwrap_or(u8::MAX),
            citations: Doc::write(&*plan.citations),
            regions: Doc::write(&*plan.regions),
            populations: Doc::write(&*plan.populations),
            sources: Doc::write(&*plan.sources),
            programmes: Doc::write(&*plan.programmes),
            schools: Doc::write(&*plan.schools),
            resources: Doc::write(&*plan.resources),
            indicators: Doc::write(&*plan.indicators),
            rules: Doc::write(&*plan.rules),
            tasks: Doc::write(&*plan.tasks),
            aliases: Doc::write(&plan.aliases),
            scenarios: Doc::write(&*plan.scenarios),
            extra: Doc::write(&plan.extra),
        }
    }
}
