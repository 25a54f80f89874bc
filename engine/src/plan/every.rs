//! Owns the ways to change every parameter and every basis of a plan's parts, wherever they stand.
//!
//! Invariant: what is passed is exactly what [`PlanParts::parameters`] lists, in its order;
//! a test compares the two. Deliberately absent: checks (whoever changes parts makes a
//! [`Plan`](super::Plan) of them again).

use super::{
    BalanceTest, Basis, Driver, Entry, Headcount, Indexed, Indicator, Parameter, PlanParts, Posts,
    Programme, Rule, RuleKind, Side, Term,
};

type Visit<'v> = dyn FnMut(&mut Parameter) + 'v;

impl PlanParts {
    /// Passes every parameter once, in the order of the list of parameters.
    pub(crate) fn for_each_parameter(&mut self, visit: &mut Visit<'_>) {
        for population in &mut self.populations {
            headcount(&mut population.headcount, visit);
            let n = &mut population.norms;
            let norms = [&mut n.class_size, &mut n.class_limit, &mut n.classes];
            let norms = norms.into_iter().chain([&mut n.pupils_per_post, &mut n.posts]);
            norms.flatten().for_each(&mut *visit);
        }
        for source in &mut self.sources {
            let available = source.available.as_mut().map(|a| &mut a.amount);
            source.revenue.iter_mut().chain(available).for_each(|amount| indexed(amount, visit));
        }
        self.programmes.iter_mut().for_each(|p| programme(p, visit));
        self.indicators.iter_mut().for_each(|i| indicator(i, visit));
        self.rules.iter_mut().for_each(|r| rule(r, visit));
    }

    /// Passes the basis of every number and clause once.
    pub(crate) fn for_each_basis(&mut self, visit: &mut dyn FnMut(&mut Basis)) {
        self.for_each_parameter(&mut |parameter| visit(&mut parameter.basis));
        for population in &mut self.populations {
            match &mut population.headcount {
                Headcount::Counted { basis, .. } => visit(basis),
                Headcount::Cohort(cohort) => visit(&mut cohort.basis),
                Headcount::ShareOf { .. } => {}
            }
        }
        self.programmes.iter_mut().for_each(|p| visit(&mut p.split.basis));
        self.indicators.iter_mut().for_each(|i| visit(&mut i.basis));
        self.rules.iter_mut().for_each(|r| visit(&mut r.basis));
        self.tasks.iter_mut().for_each(|t| visit(&mut t.basis));
        let measures = self.scenarios.iter_mut().flat_map(|s| &mut s.measures);
        measures.for_each(|m| visit(&mut m.basis));
    }
}

fn indexed(amount: &mut Indexed, visit: &mut Visit<'_>) {
    visit(&mut amount.value);
    amount.indexation.iter_mut().for_each(visit);
}

fn headcount(headcount: &mut Headcount, visit: &mut Visit<'_>) {
    match headcount {
        Headcount::Counted { growth, .. } => visit(growth),
        Headcount::ShareOf { share, .. } => visit(share),
        Headcount::Cohort(cohort) => {
            match &mut cohort.entry {
                Entry::Births { growth, survival, rate, .. } => {
                    [growth, survival, rate].into_iter().for_each(&mut *visit);
                }
                Entry::Given(intake) => visit(intake),
                Entry::Leavers { transfer, share, .. } => {
                    std::iter::once(transfer).chain(share).for_each(&mut *visit);
                }
                Entry::Rest { .. } => {}
            }
            let by_grade = cohort.progression.values_mut().chain(cohort.migration.values_mut());
            by_grade.for_each(visit);
        }
    }
}

fn programme(programme: &mut Programme, visit: &mut Visit<'_>) {
    match &mut programme.driver {
        Driver::Heads { standard, coverage, take_up, school_floor, .. } => {
            indexed(standard, visit);
            coverage.iter_mut().chain(take_up).chain(school_floor).for_each(&mut *visit);
        }
        Driver::Posts { posts, standard } => {
            indexed(standard, visit);
            match posts {
                Posts::Given(posts) => visit(posts),
                Posts::PerPupils { pupils_per_post, .. } => visit(pupils_per_post),
            }
        }
        Driver::Works { units, standard, .. } => {
            indexed(standard, visit);
            visit(units);
        }
        Driver::Revenue { share, .. } => visit(share),
        Driver::Lump { amount } => indexed(amount, visit),
        Driver::Loans { principal, risk_rate, interest_rate, opening_balance, .. } => {
            let all = [principal, risk_rate, interest_rate, opening_balance];
            all.into_iter().for_each(&mut *visit);
        }
    }
    let split = &mut programme.split;
    split.base_standard.iter_mut().for_each(&mut *visit);
    split.shares.iter_mut().for_each(|s| visit(&mut s.share));
}

fn indicator(indicator: &mut Indicator, visit: &mut Visit<'_>) {
    for side in [Side::Numerator, Side::Denominator] {
        let terms = match side {
            Side::Numerator => &mut indicator.numerator,
            Side::Denominator => &mut indicator.denominator,
        };
        for term in terms {
            match term {
                Term::Given(number) => visit(number),
                Term::Completed { share, per_unit, .. } => {
                    share.iter_mut().chain(per_unit).for_each(&mut *visit);
                }
                Term::Heads(_) | Term::Paid(_) => {}
            }
        }
    }
    indicator.target.iter_mut().for_each(|t| visit(&mut t.value));
}

fn rule(rule: &mut Rule, visit: &mut Visit<'_>) {
    match &mut rule.kind {
        RuleKind::Earmark { at_least, .. } => visit(at_least),
        RuleKind::ShareOfBudget { budget, at_least } => {
            indexed(budget, visit);
            visit(at_least);
        }
        RuleKind::Growth { of, than } => {
            than.iter_mut().for_each(|amount| indexed(amount, visit));
            of.before.iter_mut().for_each(visit);
        }
        RuleKind::NeverDecrease { of } => of.before.iter_mut().for_each(visit),
        RuleKind::Balance { test, .. } => {
            let (BalanceTest::Mean { at_most } | BalanceTest::Each { at_most, .. }) = test;
            visit(at_most);
        }
        RuleKind::Envelope { .. } | RuleKind::UseRestriction { .. } | RuleKind::Target { .. } => {}
    }
}
