//! Any change, measure and tree of scenarios on a plan.

use super::*;

/// How many shares a path's share is one of.
fn among(plan: &PlanParts, path: &ParamPath) -> i64 {
    let ParamPath::Split(id, _) = path else { return 1 };
    let programme = plan.programmes.iter().find(|p| p.id == *id);
    programme.map_or(1, |p| i64::try_from(p.split.shares.len()).unwrap())
}

/// A change of any parameter of the plan, of any kind, that can be evaluated.
pub fn change(plan: &PlanParts) -> BoxedStrategy<Change> {
    let paths: Vec<(ParamPath, i64)> =
        plan.parameters().map(|(path, _)| (path.clone(), among(plan, &path))).collect();
    let regions: Vec<RegionId> = plan.regions.iter().map(|r| r.id.clone()).collect();
    let dates = semesters(plan.horizon);
    let plan = plan.clone();
    let operations = vec![Operation::Set, Operation::Add, Operation::Scale];
    (select(paths), select(operations))
        .prop_flat_map(move |((path, among), operation)| {
            let unit = path.unit();
            let value = match operation {
                Operation::Set => value(unit, among),
                Operation::Add => limits(unit, among).1.boxed(),
                Operation::Scale => match unit {
                    Unit::Share | Unit::Growth => (0..=MILLION).boxed(),
                    Unit::Fen | Unit::Count => (0..=MILLION * 3 / 2).boxed(),
                    Unit::Rate | Unit::Net => (0..=MILLION).boxed(),
                    Unit::Ratio => (MILLION / 2..=MILLION * 3 / 2).boxed(),
                },
            };
            let some = subsequence(regions.clone(), 1..=regions.len());
            let by_region = btree_map(select(regions.clone()), value.clone(), 0..=2usize);
            let value = prop_oneof![
                3 => value.prop_map(ChangeValue::One),
                1 => by_region.prop_map(ChangeValue::ByRegion),
            ];
            let (from, lasting) = (select(dates.clone()), of(select(dates.clone())));
            (value, from, lasting, weighted(0.3, some)).prop_map(
                move |(value, from, until, regions)| Change {
                    path: path.clone(),
                    operation,
                    value,
                    from,
                    until: until.filter(|until| *until >= from),
                    regions,
                },
            )
        })
        .prop_map(move |change| for_the_whole_city(&plan, change))
        .boxed()
}

/// What the whole city shares has no values by region.
fn for_the_whole_city(plan: &PlanParts, change: Change) -> Change {
    use SourceRole::{Available, AvailableGrowth};
    let is_city_wide = match &change.path {
        ParamPath::Source(_, Available | AvailableGrowth) => true,
        ParamPath::Indicator(id, _) | ParamPath::Term(id, ..) => {
            plan.indicators.iter().any(|i| i.id == *id && i.scope == Scope::CityWide)
        }
        ParamPath::Rule(id, _) => {
            plan.rules.iter().any(|r| r.id == *id && r.scope == Scope::CityWide)
        }
        _ => false,
    };
    if !is_city_wide {
        return change;
    }
    let value = match &change.value {
        ChangeValue::One(value) => *value,
        ChangeValue::ByRegion(values) => values.values().next().copied().unwrap_or(0),
    };
    Change { value: ChangeValue::One(value), regions: None, ..change }
}

/// A change the check lets through, but that evaluation may have to refuse.
pub fn wild_change(plan: &PlanParts) -> BoxedStrategy<Change> {
    change(plan)
        .prop_flat_map(|change| {
            let (least, most) = match change.operation {
                Operation::Set => change.path.unit().bounds().into_inner(),
                Operation::Add => {
                    let most = *change.path.unit().bounds().end();
                    (-most, most)
                }
                Operation::Scale => (0, 1_000 * MILLION),
            };
            prop_oneof![least..=most, Just(least), Just(most)]
                .prop_map(move |value| Change { value: ChangeValue::One(value), ..change.clone() })
        })
        .boxed()
}

/// A measure with one or two changes, mostly switched on.
pub fn measure(plan: &PlanParts, id: MeasureId) -> BoxedStrategy<Measure> {
    let citations: Vec<_> = plan.citations.iter().map(|c| c.id.clone()).collect();
    let words = (text(), of(mark()), of(text()), basis(&citations));
    (words, prop::bool::weighted(0.8), vec(change(plan), 1..=2))
        .prop_map(move |((title, clause, reason, basis), enabled, changes)| Measure {
            id: id.clone(),
            title,
            clause,
            reason,
            basis,
            enabled,
            changes,
            extra: Extra::default(),
        })
        .boxed()
}

/// A tree under the status quo, at most three deep and three measures each; in any order.
pub(super) fn scenarios(plan: &PlanParts) -> BoxedStrategy<Vec<Scenario>> {
    let day = Date::new(plan.horizon.first(), 3, 1).unwrap();
    let plan = plan.clone();
    let parents = vec(any::<prop::sample::Index>(), 0..=4usize);
    (parents, text())
        .prop_flat_map(move |(parents, name)| {
            let names: Vec<ScenarioId> = ids("x", parents.len() + 1);
            let root = Scenario {
                id: names[0].clone(),
                name,
                parent: None,
                measures: Vec::new(),
                adopted: None,
                extra: Extra::default(),
            };
            let mut all = vec![Just(root).boxed()];
            let mut depth = vec![0];
            for (n, parent) in parents.iter().enumerate() {
                let above: Vec<usize> = (0..=n).filter(|p| depth[*p] < 3).collect();
                let parent = above[parent.index(above.len())];
                depth.push(depth[parent] + 1);
                let (id, parent) = (names[n + 1].clone(), names[parent].clone());
                let each = |count| ids("m", count).into_iter().map(|id| measure(&plan, id));
                let measures = prop_oneof![
                    each(0).collect::<Vec<_>>(),
                    each(1).collect::<Vec<_>>(),
                    each(3).collect::<Vec<_>>(),
                ];
                let adopted = proptest::option::weighted(0.1, Just(day));
                let scenario = (text(), measures, adopted);
                let scenario = scenario.prop_map(move |(name, measures, adopted)| Scenario {
                    id: id.clone(),
                    name,
                    parent: Some(parent.clone()),
                    measures,
                    adopted,
                    extra: Extra::default(),
                });
                all.push(scenario.boxed());
            }
            all.prop_shuffle()
        })
        .boxed()
}
