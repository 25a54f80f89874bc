//! Owns rules: whether a plan passes each of them, by how much, where, and since which measure.
//!
//! Invariant: a rule about money compares whole fen: a value with the least (or most) amount
//! that passes; slack is the distance, never negative where it passes. What is missing makes
//! a rule "cannot tell", never a pass. Deliberately absent: which rules there are (the plan's).

mod money;

use crate::attribution::Attribution;
use crate::balance::{Balance, balance};
use crate::calc::{Calc, Plain};
use crate::exact::{Fen, Overflow};
use crate::id::ResourceId;
use crate::indicators::{Reader, read_indicator};
use crate::outcome::Outcome;
use crate::plan::{
    BalanceResource, BalanceTest, ParamPath, Plan, Rule, RuleKind, RuleRole, Scope, Sense, Unit,
};
use crate::time::Horizon;
use crate::why::{RuleFigure, What};
pub(crate) use money::Judge;

/// What comes of a test.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It holds.
    Pass,
    /// It does not.
    Fail,
    /// Something that is needed is not in the plan.
    CannotTell(Missing),
}

/// What a rule lacks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Missing {
    /// The figure of the year before the first.
    LastYear,
    /// Revenue of the account, which is nothing.
    Revenue,
    /// Budget expenditure, which is nothing.
    Budget,
    /// What is available from the source.
    Available,
    /// Pupils or posts to divide by.
    Divisor,
    /// A target in force.
    Target,
    /// What the indicator is compared with.
    Denominator,
    /// Schools of the stage.
    Schools,
    /// Resources that no school has, or that some school gives no figure of.
    Resources(Vec<ResourceId>),
}

impl Missing {
    /// Whether a figure is not known, rather than there being nothing to test.
    fn is_lacking(&self) -> bool {
        matches!(self, Self::LastYear | Self::Available | Self::Resources(_))
    }
}

/// A rule's test in one region, or of the city.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Place of the region; the whole city where absent.
    pub region: Option<usize>,
    /// What comes of it.
    pub verdict: Verdict,
    /// What is tested, in `unit`.
    pub value: i64,
    /// What just passes, in `unit`.
    pub threshold: i64,
    /// What both count: fen, or what the rule's indicator does.
    pub unit: Unit,
    /// Which way is good.
    pub sense: Sense,
    /// The share the value is of what it is compared with, and the share required, millionths.
    pub shares: Option<(i64, i64)>,
    /// Room that is left; below 0 what is lacking. `None` where no money would move it.
    pub slack: Option<Fen>,
    /// What closing a failing share of the budget takes.
    pub closing: Option<Closing>,
    /// Levels met by the school that meets the fewest, and how many are required (balance 2017).
    pub levels: Option<(usize, usize)>,
}

impl Finding {
    /// How far the value is on the good side of the threshold, in `unit`; below 0 on the other.
    /// The slack of a whole whose regions do not make up for one another is another number.
    pub fn room(&self) -> i64 {
        match self.sense {
            Sense::AtLeast => self.value.saturating_sub(self.threshold),
            Sense::AtMost => self.threshold.saturating_sub(self.value),
        }
    }
}

/// What it takes to close a failing share of the budget, in fen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Closing {
    /// More for education and less for something else: total expenditure stays.
    pub within_total: Fen,
    /// More for education on top: total expenditure rises with it. `None` where the share
    /// required is the whole, or so near it that no amount of 64 bits would do.
    pub on_top: Option<Fen>,
}

/// A rule in a fiscal year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleResult {
    /// Place of the rule among the plan's.
    pub rule: usize,
    /// Place of the fiscal year.
    pub year: usize,
    /// The city as a whole. Where regions are tested, it fails if one of them does; value,
    /// threshold and, where it fails, slack are sums over them, or over those that fail. Of
    /// ratios, which do not add up, value and threshold are those of the region furthest behind.
    pub whole: Finding,
    /// The regions, where they are tested.
    pub regions: Vec<Finding>,
}

impl RuleResult {
    /// Places of the regions that fail.
    pub fn failing_regions(&self) -> impl Iterator<Item = usize> {
        let failing = self.regions.iter().filter(|f| f.verdict == Verdict::Fail);
        failing.filter_map(|f| f.region)
    }
}

/// Tests a rule in a fiscal year; both are places in the plan's lists.
///
/// # Errors
/// [`Overflow`] where a figure does not fit.
pub fn test_rule(
    plan: &Plan,
    outcome: &Outcome,
    rule: usize,
    year: usize,
) -> Result<RuleResult, Overflow> {
    test_with(plan, outcome, rule, year, &balances(plan, &plan.rules[rule]))
}

/// Tests every rule in every fiscal year, rule by rule.
///
/// # Errors
/// As [`test_rule`].
pub fn test_rules(plan: &Plan, outcome: &Outcome) -> Result<Vec<RuleResult>, Overflow> {
    let mut results = Vec::new();
    for rule in 0..plan.rules.len() {
        let balances = balances(plan, &plan.rules[rule]);
        for year in 0..plan.horizon.years() {
            results.push(test_with(plan, outcome, rule, year, &balances)?);
        }
    }
    Ok(results)
}

/// How balanced a balance rule's schools are, by region: the same in every year.
fn balances(plan: &Plan, rule: &Rule) -> Vec<Option<Balance>> {
    let RuleKind::Balance { stage, resources, .. } = &rule.kind else { return Vec::new() };
    (0..plan.regions.len()).map(|r| balance(plan, Some(r), *stage, resources)).collect()
}

fn test_with(
    plan: &Plan,
    outcome: &Outcome,
    rule: usize,
    year: usize,
    balances: &[Option<Balance>],
) -> Result<RuleResult, Overflow> {
    let it = &plan.rules[rule];
    let judge = Judge { plan, outcome, place: rule, year };
    let find = |region: Option<usize>| match &it.kind {
        RuleKind::Target { indicator } => {
            let place = plan.indicators.iter().position(|i| i.id == *indicator);
            target(plan, outcome, place, region, year)
        }
        RuleKind::Balance { resources, test, .. } => {
            let region = region.unwrap_or(0); // compared within a county
            let balance = balances.get(region).and_then(Option::as_ref);
            Ok(balanced(outcome, it, (resources, test), balance, region, year))
        }
        _ => judge.find(&mut Plain, region),
    };
    let each = || (0..plan.regions.len()).map(Some).map(find).collect::<Result<Vec<_>, _>>();
    let (whole, regions) = match scope(plan, outcome, it) {
        Scope::CityWide => (find(None)?, Vec::new()),
        Scope::PerRegion => {
            let regions = each()?;
            (over_regions(&mut Plain, (rule, year), &regions)?.0, regions)
        }
    };
    Ok(RuleResult { rule, year, whole, regions })
}

/// The contribution after which a rule's verdict is what it is in the end, if it is another
/// than before all of them.
///
/// # Errors
/// As [`test_rule`].
pub fn flipped_by(
    plan: &Plan,
    attribution: &Attribution,
    rule: usize,
    year: usize,
) -> Result<Option<usize>, Overflow> {
    let verdict =
        |outcome: &Outcome| test_rule(plan, outcome, rule, year).map(|result| result.whole.verdict);
    let mut before = verdict(attribution.base())?;
    let mut flipped = None;
    let start = before.clone();
    for place in 0..attribution.contributions().len() {
        let after = verdict(attribution.after(place))?;
        if after != before {
            flipped = Some(place);
        }
        before = after;
    }
    Ok(flipped.filter(|_| before != start))
}

/// Where a rule is tested: what an envelope or a target is about decides it for them.
fn scope(plan: &Plan, outcome: &Outcome, rule: &Rule) -> Scope {
    match &rule.kind {
        RuleKind::Envelope { source } => {
            let place = plan.sources.iter().position(|s| s.id == *source);
            place.and_then(|place| outcome.fund_scope(place)).unwrap_or(Scope::CityWide)
        }
        RuleKind::Target { indicator } if rule.scope == Scope::PerRegion => {
            let found = plan.indicators.iter().find(|i| i.id == *indicator);
            found.map_or(Scope::CityWide, |indicator| indicator.scope)
        }
        RuleKind::Balance { .. } => Scope::PerRegion, // compared within a county
        _ => rule.scope,
    }
}

impl Rule {
    /// Whether a figure of the rule, where it has one, can say why: how far schools are apart
    /// is no formula of whole numbers, and what further works would cost stands beside a target.
    pub fn says_why(&self, figure: RuleFigure, unit: Unit) -> bool {
        match (&self.kind, figure) {
            (RuleKind::Balance { .. }, figure) => figure == RuleFigure::Threshold,
            (RuleKind::Target { .. }, RuleFigure::Slack) => unit == Unit::Fen,
            _ => true,
        }
    }
}

/// A figure of a rule, watched; `None` where it has none, or where nobody can say why.
pub(crate) fn figure<C: Calc>(
    c: &mut C,
    judge: &Judge<'_>,
    figure: RuleFigure,
    region: Option<usize>,
) -> Result<Option<C::Num>, Overflow> {
    let Judge { plan, outcome, place: rule, year } = *judge;
    let it = &plan.rules[rule];
    if !it.says_why(figure, plan.unit_tested(it)) {
        return Ok(None);
    }
    if region.is_none() && scope(plan, outcome, it) == Scope::PerRegion {
        let regions = test_rule(plan, outcome, rule, year)?.regions;
        let (_, over) = over_regions(c, (rule, year), &regions)?;
        return Ok(over.and_then(|over| match figure {
            RuleFigure::Value => Some(over.value),
            RuleFigure::Threshold => Some(over.threshold),
            RuleFigure::Slack => over.slack,
            _ => None,
        }));
    }
    match &it.kind {
        RuleKind::Target { indicator } => {
            let place = plan.indicators.iter().position(|i| i.id == *indicator);
            let Some(place) = place else { return Ok(None) };
            let finding = target(plan, outcome, Some(place), region, year)?;
            if matches!(finding.verdict, Verdict::CannotTell(_)) {
                return Ok(None);
            }
            let reader = Reader { plan, outcome, place, year };
            let value = reader.sides(c, region)?.value;
            let goal = reader.target_with(c, region);
            Ok(match (figure, value, goal) {
                (RuleFigure::Value, value, _) => value,
                (RuleFigure::Threshold, _, goal) => goal,
                (RuleFigure::Slack, Some(value), Some(goal)) => {
                    Some(judge.slack(c, finding.sense, [value, goal], region)?)
                }
                _ => None,
            })
        }
        RuleKind::Balance { .. } => Ok(match (figure, region) {
            (RuleFigure::Threshold, Some(region)) => {
                let found = test_rule(plan, outcome, rule, year)?.regions;
                if matches!(found[region].verdict, Verdict::CannotTell(_)) {
                    return Ok(None);
                }
                let path = ParamPath::Rule(it.id.clone(), RuleRole::AtMost);
                let [_, autumn] = Horizon::terms(year);
                Some(outcome.values().series(path).at(c, region, autumn))
            }
            _ => None,
        }),
        _ => {
            let Ok(compared) = judge.compare(c, region)? else { return Ok(None) };
            let money::Compared { value, threshold, sense, .. } = compared;
            Ok(match figure {
                RuleFigure::Value => Some(value),
                RuleFigure::Threshold => Some(threshold),
                RuleFigure::Slack => Some(judge.slack(c, sense, [value, threshold], region)?),
                _ => None,
            })
        }
    }
}

/// The figures of the city, from its regions.
struct Over<N> {
    value: N,
    threshold: N,
    slack: Option<N>,
}

type InAll<N> = (Finding, Option<Over<N>>);

/// The city, from its regions; and its figures, unless it cannot be told.
fn over_regions<C: Calc>(
    c: &mut C,
    (rule, year): (usize, usize),
    regions: &[Finding],
) -> Result<InAll<C::Num>, Overflow> {
    let failing = || regions.iter().filter(|f| f.verdict == Verdict::Fail);
    let tells = |f: &&Finding| !matches!(f.verdict, Verdict::CannotTell(_));
    let lacks =
        |f: &&Finding| matches!(&f.verdict, Verdict::CannotTell(missing) if missing.is_lacking());
    // A region without the matter (no revenue, no schools) holds up no other; one whose figures
    // are missing does.
    let unknown = regions.iter().find(lacks);
    let unknown =
        unknown.or_else(|| regions.iter().all(|f| !tells(&f)).then(|| regions.first())?);
    let verdict = match (failing().next(), unknown) {
        (Some(_), _) => Verdict::Fail,
        (None, Some(unknown)) => unknown.verdict.clone(),
        (None, None) => Verdict::Pass,
    };
    let first = regions.first();
    let unit = first.map_or(Unit::Fen, |f| f.unit);
    let sense = first.map_or(Sense::AtLeast, |f| f.sense);
    if let Verdict::CannotTell(missing) = verdict {
        return Ok((cannot_tell(None, unit, sense, missing), None));
    }
    let what = |figure, region| move || What::Rule { figure, rule, region, year };
    let put = |c: &mut C, f: &Finding, figure, value| c.put(value, what(figure, f.region));
    // What is lacking adds up; what room there is, is that of the tightest region.
    let slack_of = |f: &Finding| f.slack.map(|Fen(slack)| slack);
    let slack = match verdict {
        Verdict::Fail if failing().any(|f| f.slack.is_none()) => None,
        Verdict::Fail => {
            let each = failing().filter_map(|f| Some((f, slack_of(f)?)));
            let each: Vec<_> = each.map(|(f, s)| put(c, f, RuleFigure::Slack, s)).collect();
            Some(c.sum(what(RuleFigure::Slack, None), &each)?)
        }
        _ => {
            let tightest = regions.iter().filter_map(|f| Some((f, slack_of(f)?)));
            let tightest = tightest.min_by_key(|(_, slack)| *slack);
            let slack = tightest.map(|(f, slack)| put(c, f, RuleFigure::Slack, slack));
            slack.map(|slack| c.same(what(RuleFigure::Slack, None), slack))
        }
    };
    let counted = |f: &&Finding| tells(f) && (verdict != Verdict::Fail || f.verdict == verdict);
    let worst = regions.iter().filter(counted).min_by_key(|f| f.room());
    let mut over = |figure: RuleFigure, of: fn(&Finding) -> i64| match (unit, worst) {
        (Unit::Fen | Unit::Count, _) => {
            let each = regions.iter().filter(|f| of(f) != 0);
            let each: Vec<_> = each.map(|f| put(c, f, figure, of(f))).collect();
            c.sum(what(figure, None), &each)
        }
        (_, Some(worst)) => {
            let its = put(c, worst, figure, of(worst));
            Ok(c.same(what(figure, None), its))
        }
        (_, None) => c.sum(what(figure, None), &[]),
    };
    let value = over(RuleFigure::Value, |f| f.value)?;
    let threshold = over(RuleFigure::Threshold, |f| f.threshold)?;
    let finding = Finding {
        region: None,
        verdict,
        value: c.get(value),
        threshold: c.get(threshold),
        unit,
        sense,
        shares: None,
        slack: slack.map(|slack| Fen(c.get(slack))),
        closing: None,
        levels: worst.and_then(|f| f.levels),
    };
    Ok((finding, Some(Over { value, threshold, slack })))
}

fn cannot_tell(region: Option<usize>, unit: Unit, sense: Sense, missing: Missing) -> Finding {
    Finding {
        region,
        verdict: Verdict::CannotTell(missing),
        value: 0,
        threshold: 0,
        unit,
        sense,
        shares: None,
        slack: None,
        closing: None,
        levels: None,
    }
}

fn target(
    plan: &Plan,
    outcome: &Outcome,
    indicator: Option<usize>,
    region: Option<usize>,
    year: usize,
) -> Result<Finding, Overflow> {
    let found = indicator.map(|place| (place, &plan.indicators[place]));
    let unit = found.map_or(Unit::Count, |(_, it)| it.unit());
    let sense = found.and_then(|(_, it)| it.target.as_ref()).map_or(Sense::AtLeast, |t| t.sense);
    let unknown = |missing| cannot_tell(region, unit, sense, missing);
    let Some((place, _)) = found else { return Ok(unknown(Missing::Target)) };
    let Some(reading) = read_indicator(plan, outcome, place, region, year)? else {
        return Ok(unknown(Missing::Target));
    };
    let Some(goal) = reading.target else { return Ok(unknown(Missing::Target)) };
    let Some(value) = reading.value else { return Ok(unknown(Missing::Denominator)) };
    // Money moves it where money is what is counted, or where works can be built.
    let slack = match (unit, sense) {
        (Unit::Fen, Sense::AtLeast) => Some(Fen(value.checked_sub(goal.value).ok_or(Overflow)?)),
        (Unit::Fen, Sense::AtMost) => Some(Fen(goal.value.checked_sub(value).ok_or(Overflow)?)),
        _ => goal.ways.first().map(|way| -way.cost),
    };
    Ok(Finding {
        region,
        verdict: if goal.is_met { Verdict::Pass } else { Verdict::Fail },
        value,
        threshold: goal.value,
        unit,
        sense,
        shares: None,
        slack,
        closing: None,
        levels: None,
    })
}

/// The rule on balance between schools (section 8): what is known of schools holds in every year.
fn balanced(
    outcome: &Outcome,
    rule: &Rule,
    (resources, test): (&[BalanceResource], &BalanceTest),
    balance: Option<&Balance>,
    region: usize,
    year: usize,
) -> Finding {
    let unknown = |missing| cannot_tell(Some(region), Unit::Rate, Sense::AtMost, missing);
    let Some(balance) = balance else { return unknown(Missing::Schools) };
    let met = balance.least_levels_met();
    let (value, levels) = match test {
        BalanceTest::Mean { .. } => (balance.mean, None),
        BalanceTest::Each { levels_met, .. } => {
            (balance.largest(), Some((met, usize::from(*levels_met))))
        }
    };
    let Some(value) = value else {
        let unspread = resources.iter().zip(&balance.spreads).filter(|(_, s)| s.is_none());
        return unknown(Missing::Resources(unspread.map(|(r, _)| r.resource.clone()).collect()));
    };
    let path = ParamPath::Rule(rule.id.clone(), RuleRole::AtMost);
    let [_, autumn] = Horizon::terms(year);
    let threshold = outcome.values().rows(&path).at(region, autumn);
    let holds = value <= threshold && levels.is_none_or(|(met, required)| met >= required);
    Finding {
        region: Some(region),
        verdict: if holds { Verdict::Pass } else { Verdict::Fail },
        value,
        threshold,
        unit: Unit::Rate,
        sense: Sense::AtMost,
        shares: None,
        slack: None,
        closing: None,
        levels,
    }
}
