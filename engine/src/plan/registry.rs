//! Owns the list of all parameters of a plan: the one place that says which there are.
//!
//! Invariant: paths, checks, evaluation, files and search all read this list, so a
//! parameter cannot be forgotten in one of them. Deliberately absent: values in force.

use super::*;
use crate::id::CitationId;
use std::ops::RangeInclusive;

/// A parameter with its name and that of the parameter it grows by.
pub(crate) struct Named<'a> {
    pub(crate) path: ParamPath,
    pub(crate) parameter: &'a Parameter,
    pub(crate) growth: Option<ParamPath>,
}

/// All that is known of a parameter but its values in force.
#[derive(Clone, Debug)]
pub struct Registered<'a> {
    /// Its stable name.
    pub path: ParamPath,
    /// What the thing it belongs to is called; what it is of that thing, the path's role says.
    pub of: &'a Text,
    /// The parameter itself.
    pub parameter: &'a Parameter,
    /// The parameter it grows by, if it does.
    pub growth: Option<ParamPath>,
}

impl Registered<'_> {
    /// What its values count.
    pub fn unit(&self) -> Unit {
        self.path.unit()
    }

    /// Values it may take, in its unit.
    pub fn bounds(&self) -> RangeInclusive<i64> {
        self.unit().bounds()
    }

    /// The least change that means something to a planner, in its unit.
    pub fn step(&self) -> i64 {
        self.unit().step()
    }

    /// How it is known.
    pub fn basis(&self) -> &Basis {
        &self.parameter.basis
    }

    /// What it rests on.
    pub fn citation<'p>(&self, plan: &'p PlanParts) -> Option<&'p Citation> {
        let id: &CitationId = self.parameter.basis.citation.as_ref()?;
        plan.citations.iter().find(|c| c.id == *id)
    }
}

impl PlanParts {
    /// Every parameter of the plan: populations first, then sources, programmes,
    /// indicators and rules.
    pub(crate) fn named_parameters(&self) -> Vec<Named<'_>> {
        let mut list = List(Vec::new());
        self.populations.iter().for_each(|p| list.population(p));
        for s in &self.sources {
            let path = |role| ParamPath::Source(s.id.clone(), role);
            let available = s.available.as_ref().map(|a| &a.amount);
            use SourceRole::{Available, AvailableGrowth, Revenue, RevenueGrowth};
            list.indexed(path(Revenue), path(RevenueGrowth), s.revenue.as_ref());
            list.indexed(path(Available), path(AvailableGrowth), available);
        }
        self.programmes.iter().for_each(|p| list.programme(p));
        self.indicators.iter().for_each(|i| list.indicator(i));
        self.rules.iter().for_each(|r| list.rule(r));
        list.0
    }

    /// Every parameter of the plan with its path, in the plan's order.
    pub fn parameters(&self) -> impl Iterator<Item = (ParamPath, &Parameter)> {
        self.named_parameters().into_iter().map(|n| (n.path, n.parameter))
    }

    /// Every parameter with all that is known of it, in the plan's order.
    pub fn registry(&self) -> Vec<Registered<'_>> {
        let registered = |Named { path, parameter, growth }| {
            // Every path of the list is of something in the plan.
            self.name_of(&path).map(|of| Registered { path, of, parameter, growth })
        };
        self.named_parameters().into_iter().filter_map(registered).collect()
    }

    /// What the thing a parameter belongs to is called.
    pub fn name_of(&self, path: &ParamPath) -> Option<&Text> {
        match path {
            ParamPath::Population(id, _) | ParamPath::Grade(id, ..) => {
                self.populations.iter().find(|p| p.id == *id).map(|p| &p.name)
            }
            ParamPath::Source(id, _) => self.sources.iter().find(|s| s.id == *id).map(|s| &s.name),
            ParamPath::Programme(id, _) | ParamPath::Split(id, _) => {
                self.programmes.iter().find(|p| p.id == *id).map(|p| &p.name)
            }
            ParamPath::Indicator(id, _) | ParamPath::Term(id, ..) => {
                self.indicators.iter().find(|i| i.id == *id).map(|i| &i.name)
            }
            ParamPath::Rule(id, _) => self.rules.iter().find(|r| r.id == *id).map(|r| &r.name),
        }
    }

    /// The path a parameter has now, given one it has or had.
    pub fn current_path<'a>(&'a self, path: &'a ParamPath) -> &'a ParamPath {
        self.aliases.get(path).unwrap_or(path)
    }

    /// Whether any number policy can move, or any division among payers, has no source.
    pub fn rests_on_illustrative(&self) -> bool {
        let parameters = self.parameters().map(|(_, p)| p.basis.kind);
        let splits = self.programmes.iter().map(|p| p.split.basis.kind);
        let counts = self.populations.iter().filter_map(|p| match &p.headcount {
            Headcount::Counted { basis, .. } => Some(basis.kind),
            Headcount::Cohort(cohort) => Some(cohort.basis.kind),
            Headcount::ShareOf { .. } => None,
        });
        parameters.chain(splits).chain(counts).any(|kind| kind == BasisKind::Illustrative)
    }

    /// Whether a programme's amounts follow heads rather than something else.
    pub fn is_per_head(&self, programme: usize) -> bool {
        matches!(self.programmes[programme].driver, Driver::Heads { .. })
    }
}

/// The list while it is written.
struct List<'a>(Vec<Named<'a>>);

impl<'a> List<'a> {
    fn add(&mut self, path: ParamPath, parameter: impl Into<Option<&'a Parameter>>) {
        if let Some(parameter) = parameter.into() {
            self.0.push(Named { path, parameter, growth: None });
        }
    }

    fn indexed(
        &mut self,
        path: ParamPath,
        growth_path: ParamPath,
        amount: impl Into<Option<&'a Indexed>>,
    ) {
        let Some(amount) = amount.into() else { return };
        let growth = amount.indexation.as_ref().map(|_| growth_path.clone());
        self.0.push(Named { path, parameter: &amount.value, growth });
        self.add(growth_path, amount.indexation.as_ref());
    }

    fn population(&mut self, p: &'a Population) {
        use PopulationRole as R;
        let path = |role| ParamPath::Population(p.id.clone(), role);
        match &p.headcount {
            Headcount::Counted { growth, .. } => self.add(path(R::Growth), growth),
            Headcount::ShareOf { share, .. } => self.add(path(R::Share), share),
            Headcount::Cohort(cohort) => {
                match &cohort.entry {
                    Entry::Births { growth, survival, rate, .. } => {
                        self.add(path(R::BirthsGrowth), growth);
                        self.add(path(R::Survival), survival);
                        self.add(path(R::EntryRate), rate);
                    }
                    Entry::Given(intake) => self.add(path(R::Intake), intake),
                    Entry::Leavers { transfer, share, .. } => {
                        self.add(path(R::Transfer), transfer);
                        self.add(path(R::Division), share.as_ref());
                    }
                    Entry::Rest { .. } => {}
                }
                for (role, by_grade) in [
                    (GradeRole::Progression, &cohort.progression),
                    (GradeRole::Migration, &cohort.migration),
                ] {
                    for (grade, parameter) in by_grade {
                        self.add(ParamPath::Grade(p.id.clone(), role, *grade), parameter);
                    }
                }
            }
        }
        let n = &p.norms;
        self.add(path(R::ClassSize), n.class_size.as_ref());
        self.add(path(R::ClassLimit), n.class_limit.as_ref());
        self.add(path(R::Classes), n.classes.as_ref());
        self.add(path(R::PupilsPerPost), n.pupils_per_post.as_ref());
        self.add(path(R::Posts), n.posts.as_ref());
    }

    fn programme(&mut self, p: &'a Programme) {
        let path = |role| ParamPath::Programme(p.id.clone(), role);
        for (role, parameter, grows) in p.driver.roles() {
            let growth = grows.then(|| path(ProgrammeRole::Indexation));
            self.0.push(Named { path: path(role), parameter, growth });
        }
        self.add(path(ProgrammeRole::BaseStandard), p.split.base_standard.as_ref());
        for share in &p.split.shares {
            self.add(ParamPath::Split(p.id.clone(), share.source.clone()), &share.share);
        }
    }

    fn indicator(&mut self, i: &'a Indicator) {
        for side in [Side::Numerator, Side::Denominator] {
            for (n, term) in (1..=u8::MAX).zip(i.terms(side)) {
                let path = |role| ParamPath::Term(i.id.clone(), side, n, role);
                match term {
                    Term::Given(number) => self.add(path(TermRole::Given), number),
                    Term::Completed { share, per_unit, .. } => {
                        self.add(path(TermRole::Share), share.as_ref());
                        self.add(path(TermRole::PerUnit), per_unit.as_ref());
                    }
                    Term::Heads(_) | Term::Paid(_) => {}
                }
            }
        }
        let target = i.target.as_ref().map(|t| &t.value);
        self.add(ParamPath::Indicator(i.id.clone(), i.target_role()), target);
    }

    fn rule(&mut self, r: &'a Rule) {
        use RuleRole as R;
        let path = |role| ParamPath::Rule(r.id.clone(), role);
        match &r.kind {
            RuleKind::Earmark { at_least, .. } => self.add(path(R::AtLeast), at_least),
            RuleKind::ShareOfBudget { budget, at_least } => {
                self.indexed(path(R::Budget), path(R::BudgetGrowth), budget);
                self.add(path(R::AtLeast), at_least);
            }
            RuleKind::Growth { of, than } => {
                self.indexed(path(R::Revenue), path(R::RevenueGrowth), than.as_ref());
                self.add(path(R::Before), of.before.as_ref());
            }
            RuleKind::NeverDecrease { of } => self.add(path(R::Before), of.before.as_ref()),
            RuleKind::Balance { test, .. } => {
                let (BalanceTest::Mean { at_most } | BalanceTest::Each { at_most, .. }) = test;
                self.add(path(R::AtMost), at_most);
            }
            RuleKind::Envelope { .. }
            | RuleKind::UseRestriction { .. }
            | RuleKind::Target { .. } => {}
        }
    }
}
