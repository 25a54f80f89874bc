//! Owns one stack of measures with what it comes to, and the names of the sheets it stands on.

use crate::error::SheetError;
use crate::words::Words;
use shapan_engine::{
    Citation, CitationId, Lang, Measure, Outcome, ParamPath, Plan, ScenarioId, evaluate,
};

/// A plan under one scenario, about to be written.
pub(crate) struct Stack<'a> {
    pub(crate) plan: &'a Plan,
    pub(crate) outcome: Outcome,
    pub(crate) measures: Vec<&'a Measure>,
    pub(crate) lang: Lang,
    pub(crate) w: &'static Words,
    /// Names of the sheets.
    pub(crate) payments: &'static str,
    pub(crate) parameters: &'static str,
    pub(crate) people: &'static str,
}

impl<'a> Stack<'a> {
    pub(crate) fn new(
        plan: &'a Plan,
        scenario: &ScenarioId,
        is_base: bool,
        lang: Lang,
        w: &'static Words,
    ) -> Result<Self, SheetError> {
        let no_outcome =
            |error: shapan_engine::EvaluateError| SheetError::NoOutcome { what: error.to_string() };
        let outcome = evaluate(plan, scenario).map_err(no_outcome)?;
        let measures = plan.enabled_measures(scenario).map_err(no_outcome)?;
        let (payments, parameters, people) = match is_base {
            true => (w.base_payments, w.base_parameters, w.base_people),
            false => (w.payments, w.parameters, w.people),
        };
        Ok(Self { plan, outcome, measures, lang, w, payments, parameters, people })
    }

    /// Whether a measure in force changes a parameter.
    pub(crate) fn is_changed(&self, path: &ParamPath) -> bool {
        self.measures.iter().any(|m| m.changes.iter().any(|c| c.path == *path))
    }

    /// The measures that change a parameter, by their titles.
    pub(crate) fn changed_by(&self, path: &ParamPath) -> Vec<&'a str> {
        let touches = |m: &&&Measure| m.changes.iter().any(|c| c.path == *path);
        self.measures.iter().filter(touches).map(|m| m.title.get(self.lang)).collect()
    }

    /// What a citation is called.
    pub(crate) fn citation(&self, id: Option<&CitationId>) -> &'a str {
        let is_it = |c: &&Citation| Some(&c.id) == id;
        self.plan.citations.iter().find(is_it).map_or("", |c| c.title.get(self.lang))
    }
}
