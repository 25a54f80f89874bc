//! Any sources and programmes.

use super::*;

pub(super) fn sources(axes: &Axes) -> BoxedStrategy<Vec<Source>> {
    let payers = [Payer::Central, Payer::Province, Payer::City, Payer::County, Payer::Other];
    let accounts = [
        Account::GeneralBudget,
        Account::EducationSurcharge,
        Account::LocalEducationSurcharge,
        Account::LandIncome,
        Account::SpecialTransfer,
        Account::Other,
    ];
    let each = axes.sources.iter().enumerate().map(|(n, id)| {
        let id = id.clone();
        let available = prop_oneof![
            indexed(axes).prop_map(|amount| Available { scope: Scope::PerRegion, amount }),
            // City-wide money is the parameter's common steps.
            indexed(axes).prop_map(|mut amount| {
                amount.value.by_region.clear();
                if let Some(growth) = &mut amount.indexation {
                    growth.by_region.clear();
                }
                Available { scope: Scope::CityWide, amount }
            }),
        ];
        // The first always has revenue, so that there is one to take a share of.
        let revenue = if n == 0 {
            indexed(axes).prop_map(Some).boxed()
        } else {
            weighted(0.3, indexed(axes)).boxed()
        };
        let what = (text(), select(payers.to_vec()), select(accounts.to_vec()));
        (what, revenue, of(available), any::<bool>()).prop_map(
            move |((name, payer, account), revenue, available, carry_over)| Source {
                id: id.clone(),
                name,
                payer,
                account,
                revenue,
                available,
                carry_over,
                extra: Extra::default(),
            },
        )
    });
    each.collect::<Vec<_>>().boxed()
}

/// Shares of 1 to 3 years around the horizon.
fn year_shares(horizon: Horizon) -> BoxedStrategy<YearShares> {
    let years: Vec<Year> = (horizon.first().plus(-1).get()..=horizon.last().plus(1).get())
        .map(|y| Year::new(y.into()).unwrap())
        .collect();
    (subsequence(years, 1..=3), 1..333_333i64, 1..333_333i64)
        .prop_map(|(years, a, b)| {
            let shares = match years.len() {
                1 => vec![MILLION],
                2 => vec![a, MILLION - a],
                _ => vec![a, b, MILLION - a - b],
            };
            let each = years.iter().zip(shares);
            YearShares::new(each.map(|(y, share)| YearShare { year: *y, share }).collect()).unwrap()
        })
        .boxed()
}

fn driver(axes: &Axes) -> BoxedStrategy<Driver> {
    let population = || select(population_ids(axes));
    let share = || parameter(axes, Unit::Share);
    let timing = select(vec![HeadsTiming::Semester, HeadsTiming::Census]);
    let floor = if axes.school_floors {
        weighted(0.2, parameter(axes, Unit::Count)).boxed()
    } else {
        Just(None).boxed()
    };
    let heads = (population(), timing, indexed(axes), of(share()), of(share()), floor).prop_map(
        |(population, timing, standard, coverage, take_up, school_floor)| Driver::Heads {
            population,
            timing,
            standard,
            coverage,
            take_up,
            school_floor,
        },
    );
    let posts = prop_oneof![
        parameter(axes, Unit::Count).prop_map(Posts::Given),
        (population(), parameter(axes, Unit::Ratio)).prop_map(|(population, pupils_per_post)| {
            Posts::PerPupils { population, pupils_per_post }
        }),
    ];
    let posts =
        (posts, indexed(axes)).prop_map(|(posts, standard)| Driver::Posts { posts, standard });
    let spread = || year_shares(axes.horizon);
    let works = (parameter(axes, Unit::Count), text(), indexed(axes), spread(), spread()).prop_map(
        |(units, unit, standard, payment, completion)| Driver::Works {
            units,
            unit,
            standard,
            payment,
            completion,
        },
    );
    let source = axes.sources[0].clone();
    let revenue = share().prop_map(move |share| Driver::Revenue { source: source.clone(), share });
    let lump = indexed(axes).prop_map(|amount| Driver::Lump { amount });
    let money = || parameter(axes, Unit::Fen);
    let loans = (population(), money(), share(), share(), 1..=5u8, money()).prop_map(
        |(population, principal, risk_rate, interest_rate, study_years, opening_balance)| {
            Driver::Loans {
                population,
                principal,
                risk_rate,
                interest_rate,
                study_years,
                opening_balance,
            }
        },
    );
    prop_oneof![3 => heads, 2 => posts, 2 => works, 1 => revenue, 1 => lump, 1 => loans].boxed()
}

fn split(axes: &Axes, has_standard: bool) -> BoxedStrategy<Split> {
    let base = if has_standard {
        weighted(0.6, parameter(axes, Unit::Fen)).boxed()
    } else {
        Just(None).boxed()
    };
    let axes = axes.clone();
    (select(axes.sources.clone()), base)
        .prop_flat_map(move |(residual, base_standard)| {
            let others: Vec<_> = axes.sources.iter().filter(|s| **s != residual).cloned().collect();
            let axes = axes.clone();
            (subsequence(others.clone(), 0..=others.len()), basis(&axes.citations)).prop_flat_map(
                move |(paying, basis)| {
                    let among = i64::try_from(paying.len()).unwrap().max(1);
                    let (residual, base_standard) = (residual.clone(), base_standard.clone());
                    vec(parameter_among(&axes, Unit::Share, among), paying.len()).prop_map(
                        move |shares| {
                            let each = paying.iter().cloned().zip(shares);
                            Split {
                                shares: each
                                    .map(|(source, share)| Share { source, share })
                                    .collect(),
                                residual: residual.clone(),
                                base_standard: base_standard.clone(),
                                basis: basis.clone(),
                            }
                        },
                    )
                },
            )
        })
        .boxed()
}

pub(super) fn programmes(axes: &Axes) -> BoxedStrategy<Vec<Programme>> {
    let natures = [Nature::Aid, Nature::Recurrent, Nature::Personnel, Nature::Capital];
    let each = ids::<ProgrammeId>("g", axes.programmes).into_iter().map(|id| {
        let words = (text(), of(mark()), of(mark()), vec(mark(), 0..=2));
        let axes = axes.clone();
        let driver = driver(&axes).prop_flat_map(move |driver| {
            split(&axes, driver.has_standard()).prop_map(move |split| (driver.clone(), split))
        });
        (words, select(natures.to_vec()), driver).prop_map(
            move |((name, clause, code, tags), nature, (driver, split))| Programme {
                id: id.clone(),
                name,
                clause,
                code,
                nature,
                tags,
                driver,
                split,
                extra: Extra::default(),
            },
        )
    });
    each.collect::<Vec<_>>().boxed()
}
