//! Owns a plan from nothing: regions, years, those who pay, and a count of people for each
//! stage that nobody has entered yet.
//!
//! Invariant: what it makes is a checked plan that costs nothing. Deliberately absent:
//! programmes, which are taken from the library afterwards.

use super::take::empty_count;
use crate::id::{RegionId, ScenarioId};
use crate::plan::{
    Account, Extra, Headcount, Plan, PlanErrors, PlanParts, Region, Scenario, SchoolSystem, Stage,
};
use crate::text::{Lang, Text, TextError};
use crate::time::Horizon;

/// What has to be known to begin.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Start {
    /// What the plan is called.
    pub title: Text,
    /// The city.
    pub place: Text,
    /// What its counties and districts are called, in their order.
    pub regions: Vec<Text>,
    /// The fiscal years.
    pub horizon: Horizon,
    /// The stages whose people are counted.
    pub stages: Vec<Stage>,
}

/// Why there is no plan.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StartError {
    /// The words of a name cannot stand in a plan.
    #[error(transparent)]
    Text(#[from] TextError),
    /// It would not be sound: no region, or too many.
    #[error(transparent)]
    Unsound(#[from] PlanErrors),
}

/// A plan with a status quo and, stacked on it, a work plan of the first year without measures;
/// the general budgets of the library as its sources; for each stage the library's first
/// population of it, with an empty census of the autumn before the first year.
///
/// # Errors
/// [`StartError`].
pub fn fresh_plan(start: Start, library: &Plan) -> Result<Plan, StartError> {
    let Start { title, place, regions, horizon, stages } = start;
    let region = |(n, name): (usize, Text)| {
        let id = format!("region-{}", n + 1).parse::<RegionId>().ok()?;
        let system = SchoolSystem::default();
        Some(Region { id, name, system, extra: Extra::default() })
    };
    let counted = |stage: Stage| {
        let is_counted = |h: &Headcount| matches!(h, Headcount::Counted { .. });
        let mut of_stage = library.populations.iter().filter(|p| p.stage == stage);
        let mut population = of_stage.find(|p| is_counted(&p.headcount))?.clone();
        empty_count(&mut population, horizon);
        Some(population)
    };
    let general = library.sources.iter().filter(|s| s.account == Account::GeneralBudget);
    let stages = Stage::ALL.into_iter().filter(|stage| stages.contains(stage));
    let parts = PlanParts {
        regions: regions.into_iter().enumerate().filter_map(region).collect(),
        populations: stages.filter_map(counted).collect(),
        sources: general.cloned().collect(),
        scenarios: scenarios(horizon)?.into(),
        ..PlanParts::empty(title, place, horizon)
    };
    Ok(Plan::new(parts)?)
}

/// The status quo, and the work plan of the first year.
fn scenarios(horizon: Horizon) -> Result<Vec<Scenario>, TextError> {
    let year = horizon.first();
    let named = |id: &str, hans: &str, hant: &str, en: &str, parent: Option<&ScenarioId>| {
        let languages = [(Lang::ZhHans, hans), (Lang::ZhHant, hant), (Lang::En, en)];
        let name = Text::from_languages(languages)?;
        let (measures, adopted, extra) = (Vec::new(), None, Extra::default());
        let parent = parent.cloned();
        let scenario =
            id.parse().ok().map(|id| Scenario { id, name, parent, measures, adopted, extra });
        Ok::<_, TextError>(scenario)
    };
    let root = named("status-quo", "现状", "現狀", "Status quo", None)?;
    let hans = format!("{year} 年工作计划");
    let (hant, en) = (format!("{year} 年工作計劃"), format!("Work plan {year}"));
    let plan = named("work-plan", &hans, &hant, &en, root.as_ref().map(|r| &r.id))?;
    Ok(root.into_iter().chain(plan).collect())
}
