//! Any schools, resources, indicators, rules, tasks and former names on a plan that has money
//! and people.

use super::*;

/// The plan with all of these added.
pub(super) fn added_to(axes: &Axes, parts: PlanParts) -> BoxedStrategy<PlanParts> {
    let axes = axes.clone();
    (0..=2usize, 0..=2usize, 0..=3usize)
        .prop_flat_map(move |(resources, indicators, rules)| {
            let resources: Vec<ResourceId> = ids("e", resources);
            let indicators: Vec<IndicatorId> = ids("i", indicators);
            let all = (
                self::schools(&axes, &resources),
                self::resources(&resources),
                self::indicators(&axes, &parts, &indicators),
                self::rules(&axes, ids("u", rules), &resources, &indicators),
                tasks(&axes, &parts, &indicators),
            );
            let parts = parts.clone();
            all.prop_map(move |(schools, resources, indicators, rules, tasks)| PlanParts {
                schools: schools.into(),
                resources: resources.into(),
                indicators: indicators.into(),
                rules: rules.into(),
                tasks: tasks.into(),
                ..parts.clone()
            })
        })
        .prop_flat_map(|parts| {
            aliases(&parts).prop_map(move |aliases| PlanParts { aliases, ..parts.clone() })
        })
        .boxed()
}

fn resources(names: &[ResourceId]) -> BoxedStrategy<Vec<Resource>> {
    let each = names.iter().cloned().map(|id| {
        (text(), text()).prop_map(move |(name, unit)| Resource {
            id: id.clone(),
            name,
            unit,
            extra: Extra::default(),
        })
    });
    each.collect::<Vec<_>>().boxed()
}

fn schools(axes: &Axes, resources: &[ResourceId]) -> BoxedStrategy<Vec<School>> {
    let kinds = vec![
        SchoolKind::Ordinary,
        SchoolKind::Ordinary,
        SchoolKind::TeachingPoint,
        SchoolKind::Special,
        SchoolKind::Vocational,
    ];
    let stages = vec![Stage::Primary, Stage::Junior, Stage::Senior, Stage::Special];
    let pupils = btree_map(select(stages), 0..=900i64, 0..=2usize);
    let has = resources.to_vec();
    let has = subsequence(has.clone(), 0..=has.len()).prop_flat_map(|has| {
        let amounts = vec(0..=5_000i64, has.len());
        amounts.prop_map(move |amounts| has.iter().cloned().zip(amounts).collect())
    });
    let school = (text(), select(axes.regions.clone()), select(kinds), pupils, has);
    vec(school, 0..=4usize)
        .prop_map(|schools| {
            let each = schools.into_iter().zip(ids("h", 4));
            each.map(|((name, region, kind, pupils, resources), id)| School {
                id,
                name,
                region,
                kind,
                pupils,
                resources,
                extra: Extra::default(),
            })
            .collect()
        })
        .boxed()
}

/// Works that can be completed.
fn works(parts: &PlanParts) -> Vec<ProgrammeId> {
    let works = parts.programmes.iter().filter(|p| matches!(p.driver, Driver::Works { .. }));
    works.map(|p| p.id.clone()).collect()
}

/// A term that counts things, not money.
fn term(axes: &Axes, parts: &PlanParts) -> BoxedStrategy<Term> {
    let given = parameter(axes, Unit::Count).prop_map(Term::Given);
    let heads = select(population_ids(axes)).prop_map(Term::Heads);
    let works = works(parts);
    if works.is_empty() {
        return prop_oneof![given, heads].boxed();
    }
    let amounts = (of(parameter(axes, Unit::Share)), of(parameter(axes, Unit::Count)));
    let completed = (select(works), amounts)
        .prop_map(|(programme, (share, per_unit))| Term::Completed { programme, share, per_unit });
    prop_oneof![1 => given, 1 => heads, 2 => completed].boxed()
}

fn indicators(
    axes: &Axes,
    parts: &PlanParts,
    names: &[IndicatorId],
) -> BoxedStrategy<Vec<Indicator>> {
    let programmes: Vec<_> = parts.programmes.iter().map(|p| p.id.clone()).collect();
    let each = names.iter().enumerate().map(|(n, id)| {
        let id = id.clone();
        let paid = vec(select(programmes.clone()).prop_map(Term::Paid), 1..=2usize);
        let sides = prop_oneof![
            3 => (vec(term(axes, parts), 1..=3usize), vec(term(axes, parts), 0..=2usize)),
            1 => paid.prop_map(|paid| (paid, Vec::new())),
        ];
        let words = (text(), of(mark()), of(text()), basis(&axes.citations));
        let scope = select(vec![Scope::CityWide, Scope::PerRegion]);
        let indicator = (words, scope, sides).prop_map(
            move |((name, clause, unit_name, basis), scope, (numerator, denominator))| Indicator {
                id: id.clone(),
                name,
                clause,
                scope,
                numerator,
                denominator,
                unit_name,
                target: None,
                basis,
                extra: Extra::default(),
            },
        );
        let axes = axes.clone();
        let indicator = indicator.prop_flat_map(move |indicator| {
            let sense = select(vec![Sense::AtLeast, Sense::AtMost]);
            let target = (sense, parameter(&axes, indicator.unit()))
                .prop_map(|(sense, value)| Target { sense, value });
            // The first always has a target, so that there is one to be tested.
            let target = if n == 0 { target.prop_map(Some).boxed() } else { of(target).boxed() };
            target.prop_map(move |target| Indicator { target, ..indicator.clone() })
        });
        indicator.prop_map(for_the_whole_city).boxed()
    });
    each.collect::<Vec<_>>().boxed()
}

/// Numbers of the whole city have no values by region.
fn for_the_whole_city(mut indicator: Indicator) -> Indicator {
    if indicator.scope == Scope::CityWide {
        let terms = indicator.numerator.iter_mut().chain(&mut indicator.denominator);
        for term in terms {
            if let Term::Given(number) = term {
                number.by_region.clear();
            }
        }
        indicator.target.iter_mut().for_each(|t| t.value.by_region.clear());
    }
    indicator
}

fn natures() -> Vec<Nature> {
    vec![Nature::Aid, Nature::Recurrent, Nature::Personnel, Nature::Capital]
}

fn figure(axes: &Axes) -> BoxedStrategy<Figure> {
    let populations = population_ids(axes);
    let all = populations.len();
    let per = prop_oneof![
        Just(Per::Whole),
        subsequence(populations, 1..=all).prop_map(Per::Pupil),
        Just(Per::Post),
    ];
    let accounts = vec![Account::GeneralBudget, Account::LandIncome, Account::Other];
    let natures = subsequence(natures(), 0..=2);
    let accounts = subsequence(accounts, 0..=1);
    (natures, vec(mark(), 0..=1), accounts, per, of(parameter(axes, Unit::Fen)))
        .prop_map(|(natures, tags, accounts, per, before)| Figure {
            natures,
            tags,
            accounts,
            per,
            before,
        })
        .boxed()
}

fn balance(axes: &Axes, resources: &[ResourceId]) -> BoxedStrategy<RuleKind> {
    let (axes, all) = (axes.clone(), resources.len());
    let stage = select(vec![Stage::Primary, Stage::Junior]);
    (stage, subsequence(resources.to_vec(), 1..=all))
        .prop_flat_map(move |(stage, some)| {
            let levels = vec(0..=50 * MILLION, some.len());
            let most = u8::try_from(some.len()).unwrap();
            let at_most = || parameter(&axes, Unit::Rate).prop_map(from_the_start);
            let test = prop_oneof![
                at_most().prop_map(|at_most| BalanceTest::Mean { at_most }),
                (at_most(), 0..=most)
                    .prop_map(|(at_most, levels_met)| BalanceTest::Each { at_most, levels_met }),
            ];
            (levels, test).prop_map(move |(levels, test)| {
                let has_levels = matches!(test, BalanceTest::Each { .. });
                let each = some.iter().cloned().zip(levels);
                let resource = |(resource, level): (_, i64)| {
                    let level = (has_levels || level % 2 == 0).then_some(level);
                    BalanceResource { resource, level }
                };
                RuleKind::Balance { stage, resources: each.map(resource).collect(), test }
            })
        })
        .boxed()
}

fn rules(
    axes: &Axes,
    names: Vec<RuleId>,
    resources: &[ResourceId],
    indicators: &[IndicatorId],
) -> BoxedStrategy<Vec<Rule>> {
    let share = || parameter(axes, Unit::Share);
    // The first source has revenue, the first indicator a target.
    let source = axes.sources[0].clone();
    let mut kinds = vec![
        (mark(), share())
            .prop_map(move |(tag, at_least)| {
                let source = source.clone();
                RuleKind::Earmark { source, tag, at_least }
            })
            .boxed(),
        (indexed(axes), share())
            .prop_map(|(budget, at_least)| RuleKind::ShareOfBudget { budget, at_least })
            .boxed(),
        (figure(axes), of(indexed(axes)))
            .prop_map(|(of, than)| RuleKind::Growth { of, than })
            .boxed(),
        figure(axes).prop_map(|of| RuleKind::NeverDecrease { of }).boxed(),
        select(axes.sources.clone()).prop_map(|source| RuleKind::Envelope { source }).boxed(),
        (select(vec![Account::LandIncome, Account::EducationSurcharge]), natures_forbidden())
            .prop_map(|(account, forbidden)| RuleKind::UseRestriction { account, forbidden })
            .boxed(),
    ];
    if let Some(indicator) = indicators.first().cloned() {
        kinds.push(Just(RuleKind::Target { indicator }).boxed());
    }
    if !resources.is_empty() {
        kinds.push(balance(axes, resources));
    }
    let kind = proptest::strategy::Union::new(kinds).boxed();
    let each = names.into_iter().map(|id| {
        let scope = select(vec![Scope::CityWide, Scope::PerRegion]);
        (text(), scope, kind.clone(), basis(&axes.citations)).prop_map(
            move |(name, scope, kind, basis)| Rule {
                id: id.clone(),
                name,
                scope,
                kind: if scope == Scope::CityWide { without_regions(kind) } else { kind },
                basis,
                extra: Extra::default(),
            },
        )
    });
    each.collect::<Vec<_>>().boxed()
}

fn natures_forbidden() -> impl Strategy<Value = Vec<Nature>> {
    subsequence(natures(), 1..=3)
}

/// The numbers of a rule for the whole city are the same everywhere, but for amounts that add up
/// over regions.
fn without_regions(mut kind: RuleKind) -> RuleKind {
    let clear = |parameter: &mut Parameter| parameter.by_region.clear();
    let clear_once = |amount: &mut Indexed| {
        if amount.value.by_region.is_empty() {
            amount.indexation.iter_mut().for_each(clear);
        }
    };
    match &mut kind {
        RuleKind::Earmark { at_least, .. } => clear(at_least),
        RuleKind::ShareOfBudget { budget, at_least } => {
            clear_once(budget);
            clear(at_least);
        }
        RuleKind::Growth { of, than } => {
            than.iter_mut().for_each(clear_once);
            of.before.iter_mut().for_each(clear);
        }
        RuleKind::NeverDecrease { of } => of.before.iter_mut().for_each(clear),
        RuleKind::Balance { test, .. } => {
            let (BalanceTest::Mean { at_most } | BalanceTest::Each { at_most, .. }) = test;
            clear(at_most);
        }
        RuleKind::Envelope { .. } | RuleKind::UseRestriction { .. } | RuleKind::Target { .. } => {}
    }
    kind
}

/// Each may be part of one before it.
fn tasks(axes: &Axes, parts: &PlanParts, indicators: &[IndicatorId]) -> BoxedStrategy<Vec<Task>> {
    let programmes: Vec<_> = parts.programmes.iter().map(|p| p.id.clone()).collect();
    let indicators = indicators.to_vec();
    let year = axes.horizon.first();
    let due = (1..=12u8, 1..=28u8).prop_map(move |(m, d)| Date::new(year, m, d).unwrap());
    let words = (text(), of(mark()), weighted(0.3, text()), basis(&axes.citations));
    let links = (
        subsequence(programmes.clone(), 0..=programmes.len()),
        subsequence(indicators.clone(), 0..=indicators.len()),
    );
    let task = (words, of(any::<prop::sample::Index>()), of(due), of(0..=MILLION), links);
    vec(task, 0..=3usize)
        .prop_map(|tasks| {
            let names: Vec<TaskId> = ids("t", tasks.len());
            let each = tasks.into_iter().enumerate();
            each.map(|(n, (words, parent, due, progress, (programmes, indicators)))| {
                let (title, clause, department, basis) = words;
                let parent = parent.filter(|_| n > 0).map(|p| names[p.index(n)].clone());
                let (id, extra) = (names[n].clone(), Extra::default());
                Task {
                    id,
                    title,
                    clause,
                    parent,
                    department,
                    due,
                    progress,
                    programmes,
                    indicators,
                    basis,
                    extra,
                }
            })
            .collect::<Vec<_>>()
        })
        .prop_shuffle()
        .boxed()
}

/// Former names of some parameters: of things called otherwise then.
fn aliases(parts: &PlanParts) -> BoxedStrategy<BTreeMap<ParamPath, ParamPath>> {
    let paths: Vec<ParamPath> = parts.parameters().map(|(path, _)| path).collect();
    vec(select(paths), 0..=2usize)
        .prop_map(|paths| {
            let former = |(n, path): (usize, &ParamPath)| {
                let text = path.to_string();
                let mut parts: Vec<&str> = text.split('/').collect();
                let name = format!("former-{n}");
                parts[1] = &name;
                (parts.join("/").parse().unwrap(), path.clone())
            };
            paths.iter().enumerate().map(former).collect()
        })
        .boxed()
}

/// The same with something in force from long before any horizon, in every region.
fn from_the_start(mut parameter: Parameter) -> Parameter {
    let start = Year::new(1900).unwrap().spring();
    for steps in std::iter::once(&mut parameter.steps).chain(parameter.by_region.values_mut()) {
        if steps.first().is_none_or(|step| step.from > start) {
            steps.insert(0, Step { from: start, value: 500_000 });
        }
    }
    parameter
}
