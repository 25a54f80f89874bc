//! Any populations: counted, projected by grade, and shares of those.

use super::*;

pub(super) fn population_ids(axes: &Axes) -> Vec<PopulationId> {
    ids("p", axes.counted + axes.entries.len() + axes.shares)
}

/// Counted ones first, then cohorts, then shares of any before them; the list itself in any order.
pub(super) fn populations(axes: &Axes) -> BoxedStrategy<Vec<Population>> {
    let stages = [
        Stage::Preschool,
        Stage::Primary,
        Stage::Junior,
        Stage::Senior,
        Stage::Vocational,
        Stage::Special,
        Stage::Tertiary,
    ];
    let names = population_ids(axes);
    let mut all: Vec<BoxedStrategy<Population>> = Vec::new();
    for (n, id) in names.iter().cloned().enumerate() {
        let (all_axes, before) = (axes.clone(), names[..n].to_vec());
        let headcount = move |stage| match n.checked_sub(all_axes.counted) {
            None => counted(&all_axes),
            Some(n) if n < all_axes.entries.len() => cohort(&all_axes, n, stage),
            Some(_) => (select(before.clone()), parameter(&all_axes, Unit::Share))
                .prop_map(|(parent, share)| Headcount::ShareOf { parent, share })
                .boxed(),
        };
        let headcount = select(stages.to_vec())
            .prop_flat_map(move |stage| headcount(stage).prop_map(move |count| (stage, count)));
        let population =
            (text(), headcount, norms(axes)).prop_map(move |(name, (stage, headcount), norms)| {
                Population {
                    id: id.clone(),
                    name,
                    stage,
                    headcount,
                    norms,
                    extra: Extra::default(),
                }
            });
        all.push(population.boxed());
    }
    all.prop_shuffle().boxed()
}

/// Few need anything stated.
fn norms(axes: &Axes) -> BoxedStrategy<Norms> {
    let count = || weighted(0.5, parameter(axes, Unit::Count));
    let some = (count(), count(), count(), of(parameter(axes, Unit::Ratio)), count()).prop_map(
        |(class_size, class_limit, classes, pupils_per_post, posts)| Norms {
            class_size,
            class_limit,
            classes,
            pupils_per_post,
            posts,
        },
    );
    prop_oneof![4 => Just(Norms::default()), 1 => some].boxed()
}

/// One number or none for each of some regions.
fn heads(axes: &Axes) -> impl Strategy<Value = BTreeMap<RegionId, i64>> + Clone + use<> {
    btree_map(
        select(axes.regions.clone()),
        prop_oneof![4 => 0..=5_000i64, 1 => 0..=20i64],
        0..=axes.regions.len(),
    )
}

/// Counts of `first` and of some of the years after it.
fn censuses(
    axes: &Axes,
    first: Year,
    after: std::ops::RangeInclusive<i16>,
) -> BoxedStrategy<Vec<Census>> {
    let heads = heads(axes);
    let years: Vec<Year> = after.map(|n| first.plus(n)).collect();
    let most = years.len().min(3);
    subsequence(years, 0..=most)
        .prop_flat_map(move |mut years| {
            years.insert(0, first);
            vec(heads.clone(), years.len()).prop_map(move |heads| {
                let each = years.iter().zip(heads);
                each.map(|(year, heads)| Census { year: *year, heads }).collect::<Vec<_>>()
            })
        })
        .boxed()
}

fn counted(axes: &Axes) -> BoxedStrategy<Headcount> {
    let first = axes.horizon.first().plus(-4);
    (censuses(axes, first, 1..=5), parameter(axes, Unit::Growth), basis(&axes.citations))
        .prop_map(|(censuses, growth, basis)| Headcount::Counted { censuses, growth, basis })
        .boxed()
}

/// The cohort at a place among the cohorts: its grades are known in the autumn before the first
/// fiscal year, nobody is taken from a grade, and who enters is counted before.
fn cohort(axes: &Axes, n: usize, stage: Stage) -> BoxedStrategy<Headcount> {
    let start = axes.horizon.first().plus(-1);
    let grades = axes.systems.iter().map(|system| stage.grades(*system));
    let most = u8::try_from(grades.clone().max().unwrap()).unwrap();
    let each = axes.regions.iter().cloned().zip(grades);
    let rows = each.map(|(region, grades)| (Just(region), vec(0..=900i64, grades)));
    let rows: Vec<_> = rows.collect();
    let census = move |year| {
        let some = (rows.clone(), vec(any::<bool>(), rows.len()));
        some.prop_map(move |(rows, is_there)| {
            let there = rows.into_iter().zip(is_there).filter(|(_, is_there)| *is_there);
            GradeCensus { year, heads: there.map(|(row, _)| row).collect() }
        })
    };
    let later: Vec<Year> = vec![start.plus(-1), start, start.plus(2)];
    let censuses = subsequence(later, 0..=3).prop_flat_map(move |mut years| {
        if !years.contains(&start) {
            years.push(start);
            years.sort();
        }
        years.into_iter().map(&census).collect::<Vec<_>>()
    });
    let by_grade = |unit, grades| btree_map(grades, parameter(axes, unit), 0..=2usize);
    let progression = by_grade(Unit::Rate, 1..=most - 1);
    let migration = by_grade(Unit::Net, 2..=most);
    (censuses, entry(axes, n), progression, migration, basis(&axes.citations))
        .prop_map(|(censuses, entry, progression, migration, basis)| {
            Headcount::Cohort(Box::new(Cohort { censuses, entry, progression, migration, basis }))
        })
        .boxed()
}

fn entry(axes: &Axes, n: usize) -> BoxedStrategy<Entry> {
    let start = axes.horizon.first().plus(-1);
    let share = || parameter(axes, Unit::Share);
    let name = |n: usize| population_ids(axes)[axes.counted + n].clone();
    match axes.entries[n] {
        EntryKind::Births => {
            let growth = parameter(axes, Unit::Growth);
            let all_axes = axes.clone();
            let births = (3..=7u8).prop_flat_map(move |age| {
                let first = start.plus(-1 - i16::from(age));
                censuses(&all_axes, first, 1..=6).prop_map(move |births| (age, births))
            });
            (births, growth, share(), share())
                .prop_map(|((age, births), growth, survival, rate)| Entry::Births {
                    births,
                    growth,
                    age,
                    survival,
                    rate,
                })
                .boxed()
        }
        EntryKind::Given => parameter(axes, Unit::Count).prop_map(Entry::Given).boxed(),
        EntryKind::Leavers { of: cohort, is_divided } => {
            let of = name(cohort);
            let division =
                if is_divided { share().prop_map(Some).boxed() } else { Just(None).boxed() };
            (share(), division)
                .prop_map(move |(transfer, share)| Entry::Leavers {
                    of: of.clone(),
                    transfer,
                    share,
                })
                .boxed()
        }
        EntryKind::Rest { beside } => Just(Entry::Rest { beside: name(beside) }).boxed(),
    }
}
