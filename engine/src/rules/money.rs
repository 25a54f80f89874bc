//! Owns the rules about money: a value in fen and the amount that just passes.
//!
//! Written over watched arithmetic, so that a rule can say why (see `calc`).

use super::{Closing, Finding, Missing, Verdict, cannot_tell};
use crate::calc::{Calc, Plain, Rounding};
use crate::evaluate::Formula;
use crate::exact::{Fen, MILLION, Overflow, divide_half_up};
use crate::outcome::{Cut, Outcome};
use crate::plan::{
    Driver, Figure, ParamPath, Per, Plan, Programme, Rule, RuleKind, RuleRole, Sense, SourceRole,
    Unit,
};
use crate::time::Horizon;
use crate::why::{RuleFigure, What};

/// One rule in one fiscal year.
pub(crate) struct Judge<'a> {
    pub(crate) plan: &'a Plan,
    pub(crate) outcome: &'a Outcome,
    /// Place of the rule.
    pub(crate) place: usize,
    /// Place of the fiscal year.
    pub(crate) year: usize,
}

/// What is compared, in fen.
pub(crate) struct Compared<N> {
    pub(crate) value: N,
    pub(crate) threshold: N,
    pub(crate) sense: Sense,
    /// What the value is a share of, and the share required in spring and in autumn.
    share: Option<(N, [N; 2])>,
}

type Judged<N> = Result<Compared<N>, Missing>;

impl Judge<'_> {
    fn rule(&self) -> &Rule {
        &self.plan.rules[self.place]
    }

    fn what(&self, figure: RuleFigure, region: Option<usize>) -> What {
        What::Rule { figure, rule: self.place, region, year: self.year }
    }

    fn cut(&self, region: Option<usize>, year: usize) -> Cut {
        Cut { region, ..Cut::ALL.in_year(year) }
    }

    /// The regions whose yearly amounts are compared with.
    fn reckoned(&self, region: Option<usize>) -> std::ops::Range<usize> {
        match region {
            Some(region) => region..region + 1,
            None if self.rule().is_reckoned_once() => 0..1,
            None => 0..self.plan.regions.len(),
        }
    }

    /// The finding in a region, or of the city.
    pub(super) fn find(&self, c: &mut Plain, region: Option<usize>) -> Result<Finding, Overflow> {
        let compared = match self.compare(c, region)? {
            Ok(compared) => compared,
            Err(missing) => return Ok(cannot_tell(region, Unit::Fen, self.sense(), missing)),
        };
        let Compared { value, threshold, sense, share } = compared;
        let slack = self.slack(c, sense, [value, threshold], region)?;
        let verdict = if slack >= 0 { Verdict::Pass } else { Verdict::Fail };
        let shares = match share {
            Some((whole, [spring, autumn])) if whole > 0 => {
                let what = || self.what(RuleFigure::Share, region);
                let required = divide_half_up(i128::from(spring) + i128::from(autumn), 2)?;
                Some((c.ratio(what, value, whole, Rounding::HalfUp)?, required))
            }
            _ => None,
        };
        let closing = match (&self.rule().kind, share) {
            (RuleKind::ShareOfBudget { .. }, Some((budget, required))) if slack < 0 => {
                Some(closing(value, budget, required)?)
            }
            _ => None,
        };
        let slack = Some(Fen(slack));
        Ok(Finding {
            region,
            verdict,
            value,
            threshold,
            unit: Unit::Fen,
            sense,
            shares,
            slack,
            closing,
            levels: None,
        })
    }

    /// The room that is left.
    pub(super) fn slack<C: Calc>(
        &self,
        c: &mut C,
        sense: Sense,
        [value, threshold]: [C::Num; 2],
        region: Option<usize>,
    ) -> Result<C::Num, Overflow> {
        let what = || self.what(RuleFigure::Slack, region);
        match sense {
            Sense::AtLeast => c.minus(what, value, &[threshold]),
            Sense::AtMost => c.minus(what, threshold, &[value]),
        }
    }

    fn sense(&self) -> Sense {
        match self.rule().kind {
            RuleKind::Envelope { .. } | RuleKind::UseRestriction { .. } => Sense::AtMost,
            _ => Sense::AtLeast,
        }
    }

    /// What is compared; what is missing where that cannot be.
    pub(crate) fn compare<C: Calc>(
        &self,
        c: &mut C,
        region: Option<usize>,
    ) -> Result<Judged<C::Num>, Overflow> {
        match &self.rule().kind {
            RuleKind::Earmark { source, tag, .. } => {
                let Some(source) = self.plan.sources.iter().position(|s| s.id == *source) else {
                    return Ok(Err(Missing::Revenue));
                };
                let tagged = |p: &Programme| p.tags.contains(tag);
                let value = self.spending(c, tagged, Some(source), region, self.year)?;
                let id = self.plan.sources[source].id.clone();
                let revenue = ParamPath::Source(id, SourceRole::Revenue);
                let share = ParamPath::Rule(self.rule().id.clone(), RuleRole::AtLeast);
                self.at_least_share(c, value, (&revenue, &share), region, Missing::Revenue)
            }
            RuleKind::ShareOfBudget { .. } => {
                let value = self.spending(c, |_| true, None, region, self.year)?;
                let own = |role| ParamPath::Rule(self.rule().id.clone(), role);
                let paths = (&own(RuleRole::Budget), &own(RuleRole::AtLeast));
                self.at_least_share(c, value, paths, region, Missing::Budget)
            }
            RuleKind::Growth { of, than } => {
                self.more_than_last_year(c, of, than.is_some(), true, region)
            }
            RuleKind::NeverDecrease { of } => self.more_than_last_year(c, of, false, false, region),
            RuleKind::Envelope { source } => {
                let place = self.plan.sources.iter().position(|s| s.id == *source);
                let pot = match place {
                    Some(place) => self.outcome.pot_in(c, place, region, self.year)?,
                    None => None,
                };
                let Some(pot) = pot else { return Ok(Err(Missing::Available)) };
                let (value, threshold) = (pot.demand, pot.there);
                Ok(Ok(Compared { value, threshold, sense: Sense::AtMost, share: None }))
            }
            RuleKind::UseRestriction { account, forbidden } => {
                let mut parts = Vec::new();
                for (source, s) in self.plan.sources.iter().enumerate() {
                    if s.account == *account {
                        let is_forbidden = |p: &Programme| forbidden.contains(&p.nature);
                        let paid =
                            self.spending(c, is_forbidden, Some(source), region, self.year)?;
                        parts.push(paid);
                    }
                }
                let value = c.sum(|| self.what(RuleFigure::Value, region), &parts)?;
                let threshold = c.put(0, || self.what(RuleFigure::Threshold, region));
                Ok(Ok(Compared { value, threshold, sense: Sense::AtMost, share: None }))
            }
            // Tested on what is no money.
            RuleKind::Target { .. } | RuleKind::Balance { .. } => Ok(Err(Missing::Target)),
        }
    }

    /// Payments of the programmes selected in a fiscal year.
    fn spending<C: Calc>(
        &self,
        c: &mut C,
        is_selected: impl Fn(&Programme) -> bool,
        source: Option<usize>,
        region: Option<usize>,
        year: usize,
    ) -> Result<C::Num, Overflow> {
        let mut parts = Vec::new();
        for (place, programme) in self.plan.programmes.iter().enumerate() {
            if !is_selected(programme) {
                continue;
            }
            let cut = Cut { source, ..self.cut(region, year).of_programme(place) };
            let Fen(paid) = self.outcome.total(cut);
            if paid != 0 {
                parts.push(c.put(paid, || What::Total(cut)));
            }
        }
        c.sum(|| self.what(RuleFigure::Value, region), &parts)
    }

    /// A value that must be a share of a yearly amount. An earmark is rounded as the payments
    /// that follow it; a share of the budget is not rounded, and its whole is the year's.
    fn at_least_share<C: Calc>(
        &self,
        c: &mut C,
        value: C::Num,
        (whole, share): (&ParamPath, &ParamPath),
        region: Option<usize>,
        missing: Missing,
    ) -> Result<Judged<C::Num>, Overflow> {
        let terms = Horizon::terms(self.year);
        let shares = self.outcome.values().series(share.clone());
        let year = self.yearly(c, whole, RuleFigure::Budget, region, self.year)?;
        if c.get(year) == 0 {
            return Ok(Err(missing));
        }
        let halves = 2 * i128::from(MILLION);
        let required = terms.map(|term| shares.at(c, region.unwrap_or(0), term));
        let threshold = if missing == Missing::Budget {
            let what = || self.what(RuleFigure::Threshold, region);
            let both = required.map(|share| (1, [year, share]));
            c.fraction(what, both, halves, Rounding::Up)?
        } else {
            let wholes = self.outcome.values().series(whole.clone());
            let mut floors = Vec::new();
            for place in self.reckoned(region) {
                let what = || self.what(RuleFigure::Threshold, Some(place));
                let both =
                    terms.map(|term| (1, [wholes.at(c, place, term), shares.at(c, place, term)]));
                floors.push(c.fraction(what, both, halves, Rounding::HalfUp)?);
            }
            c.sum(|| self.what(RuleFigure::Threshold, region), &floors)?
        };
        let share = Some((year, required));
        Ok(Ok(Compared { value, threshold, sense: Sense::AtLeast, share }))
    }

    /// A figure and what it must be at least, or more than, by last year's.
    fn more_than_last_year<C: Calc>(
        &self,
        c: &mut C,
        of: &Figure,
        than_revenue: bool,
        must_grow: bool,
        region: Option<usize>,
    ) -> Result<Judged<C::Num>, Overflow> {
        let value = self.figure(c, of, region, self.year)?;
        let last = self.year.checked_sub(1);
        // What last year's figure comes to with this year's pupils, posts or revenue.
        let (amount, scale) = match last {
            None if of.before.is_none() || than_revenue => return Ok(Err(Missing::LastYear)),
            Some(last) if than_revenue => {
                let path = ParamPath::Rule(self.rule().id.clone(), RuleRole::Revenue);
                let mut of_year = |year| self.yearly(c, &path, RuleFigure::Revenue, region, year);
                let scale = [of_year(self.year)?, of_year(last)?];
                (self.figure(c, of, region, last)?, scale)
            }
            _ => {
                let Some(divisor) = self.divisor(c, of, region, self.year)? else {
                    return Ok(Err(Missing::Divisor));
                };
                let [amount, before] = match self.before(c, of, region, last)? {
                    Ok(before) => before,
                    Err(missing) => return Ok(Err(missing)),
                };
                (amount, [divisor, before])
            }
        };
        if c.get(scale[1]) == 0 {
            return Ok(Err(Missing::Revenue));
        }
        let rounding = if must_grow { Rounding::Beyond } else { Rounding::Up };
        let what = || self.what(RuleFigure::Threshold, region);
        let threshold = c.scaled(what, amount, scale, rounding)?;
        Ok(Ok(Compared { value, threshold, sense: Sense::AtLeast, share: None }))
    }

    /// Last year's figure and what it is divided by; before the first year, the one stated.
    fn before<C: Calc>(
        &self,
        c: &mut C,
        of: &Figure,
        region: Option<usize>,
        last: Option<usize>,
    ) -> Result<Result<[C::Num; 2], Missing>, Overflow> {
        if let Some(last) = last {
            let amount = self.figure(c, of, region, last)?;
            let divisor = self.divisor(c, of, region, last)?;
            return Ok(divisor.map(|divisor| [amount, divisor]).ok_or(Missing::Divisor));
        }
        let [spring, _] = Horizon::terms(0);
        let path = ParamPath::Rule(self.rule().id.clone(), RuleRole::Before);
        // The city's figure is given once, not in each region.
        let before = self.outcome.values().series(path);
        let before = before.at(c, region.unwrap_or(0), spring);
        if c.get(before) == 0 {
            return Ok(Err(Missing::LastYear)); // not given in this region, or not in time
        }
        // Pupils and posts are counted twice a year.
        let each = if of.per == Per::Whole { 1 } else { 2 };
        let each = c.put(each, || self.what(RuleFigure::Divisor, region));
        Ok(Ok([before, each]))
    }

    /// A spending figure before it is divided.
    fn figure<C: Calc>(
        &self,
        c: &mut C,
        of: &Figure,
        region: Option<usize>,
        year: usize,
    ) -> Result<C::Num, Overflow> {
        let is_selected = |p: &Programme| of.selects(p);
        if of.accounts.is_empty() {
            return self.spending(c, is_selected, None, region, year);
        }
        let mut parts = Vec::new();
        for (source, s) in self.plan.sources.iter().enumerate() {
            if of.accounts.contains(&s.account) {
                parts.push(self.spending(c, is_selected, Some(source), region, year)?);
            }
        }
        c.sum(|| self.what(RuleFigure::Value, region), &parts)
    }

    /// What a figure is divided by in a fiscal year; pupils and posts are the sum of those of its
    /// two semesters. `None` where there is nobody.
    fn divisor<C: Calc>(
        &self,
        c: &mut C,
        of: &Figure,
        region: Option<usize>,
        year: usize,
    ) -> Result<Option<C::Num>, Overflow> {
        let regions = || region.map_or(0..self.plan.regions.len(), |r| r..r + 1);
        let what = || self.what(RuleFigure::Divisor, region);
        let mut parts = Vec::new();
        match &of.per {
            Per::Whole => parts.push(c.put(1, what)),
            Per::Pupil(populations) => {
                for population in populations {
                    for n in [year, year + 1] {
                        let outcome = self.outcome;
                        let year = self.plan.horizon.school_year(n);
                        let of = population.clone();
                        parts.push(match region {
                            Some(region) => {
                                let heads = outcome.heads(population, region).get(n).copied();
                                let what = || What::Heads { population: of, region, year };
                                c.put(heads.unwrap_or(0), what)
                            }
                            None => {
                                let all =
                                    outcome.all_heads(&mut Plain, self.plan, population, n)?;
                                c.put(all, || What::AllHeads { population: of, year })
                            }
                        });
                    }
                }
            }
            Per::Post => {
                for (place, programme) in self.plan.programmes.iter().enumerate() {
                    if of.selects(programme) && matches!(programme.driver, Driver::Posts { .. }) {
                        let (values, people) = (self.outcome.values(), self.outcome.people());
                        let formula = Formula::new(self.plan, place, values, people);
                        for region in regions() {
                            parts.extend(formula.posts(c, region, year)?.into_iter().flatten());
                        }
                    }
                }
            }
        }
        let sum = c.sum(what, &parts)?;
        Ok((c.get(sum) > 0).then_some(sum))
    }

    /// The amount of a fiscal year: the mean of its two semesters.
    fn yearly<C: Calc>(
        &self,
        c: &mut C,
        path: &ParamPath,
        figure: RuleFigure,
        region: Option<usize>,
        year: usize,
    ) -> Result<C::Num, Overflow> {
        let amounts = self.outcome.values().series(path.clone());
        let mut parts = Vec::new();
        for place in self.reckoned(region) {
            parts.push(amounts.mean(c, place, year, || self.what(figure, Some(place)))?);
        }
        c.sum(|| self.what(figure, region), &parts)
    }
}

impl Figure {
    /// Whether a programme's spending is part of the figure.
    pub fn selects(&self, programme: &Programme) -> bool {
        (self.natures.is_empty() || self.natures.contains(&programme.nature))
            && (self.tags.is_empty() || self.tags.iter().any(|t| programme.tags.contains(t)))
    }
}

/// What it takes to lift `value` to a share of `whole` (millionths, in spring and in autumn),
/// in both readings.
fn closing(value: i64, whole: i64, [spring, autumn]: [i64; 2]) -> Result<Closing, Overflow> {
    // value + x ≥ share × whole, and value + x ≥ share × (whole + x).
    let (all, share) = (2 * i128::from(MILLION), i128::from(spring) + i128::from(autumn));
    let lacking = i128::from(whole) * share - i128::from(value) * all;
    let up = |divisor: i128| {
        i64::try_from((lacking + divisor - 1).div_euclid(divisor)).map(Fen).map_err(|_| Overflow)
    };
    let on_top = if share < all { up(all - share).ok() } else { None };
    Ok(Closing { within_total: up(all)?, on_top })
}
