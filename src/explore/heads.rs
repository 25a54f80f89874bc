//! Owns the chart of the heads that figures for each head are divided by, known and projected.

use super::dims::Members;
use super::view::Dim;
use super::{Viewing, naming};
use crate::charts::{Chart, MOST, Picture, Series, nth_color};
use crate::session::Session;
use crate::words::fill;
use leptos::prelude::*;
use shapan_engine::{Headcount, Plan, Population, Year};

#[component]
pub fn HeadsOf() -> impl IntoView {
    let session = expect_context::<Session>();
    let viewing = expect_context::<Viewing>();
    let name = Signal::derive(move || {
        let (w, lang) = (session.words(), session.lang());
        let per = viewing.with(|v| v.per.clone());
        let one = session.plan.with(|p| {
            let one = p.populations.iter().find(|p| Some(p.id.as_str()) == per.as_deref());
            one.map(|p| p.name.get(lang).to_owned())
        });
        fill(w.explore.heads_of, &[&one.unwrap_or_else(|| w.explore.all_pupils.to_owned())])
    });
    let note = Signal::derive(move || {
        let (first, last) = session.plan.with(|p| (p.horizon.first().plus(-1), p.horizon.last()));
        let w = session.words();
        let years = fill(w.years_from_to, &[&first.to_string(), &last.to_string()]);
        fill(w.explore.heads_note, &[&years])
    });
    let picture = Memo::new(move |_| {
        let naming = naming(session);
        let (per, only) = viewing.with(|v| (v.per.clone(), v.only.get(&Dim::Region).cloned()));
        session.impact.with(|i| {
            let Some(i) = i.get() else { return Picture::columns(Vec::new(), Vec::new()) };
            let plan = &i.plan;
            let one = plan.populations.iter().find(|p| Some(p.id.as_str()) == per.as_deref());
            let populations: Vec<&Population> =
                one.map_or_else(|| plan.pupils().take(MOST).collect(), |one| vec![one]);
            let counts = Members::of(plan, Dim::Region, naming, &[]).selected(only.as_ref());
            let regions: Vec<usize> = (0..plan.regions.len()).filter(|n| counts[*n]).collect();
            let autumns: Vec<Year> =
                std::iter::once(plan.horizon.first().plus(-1)).chain(plan.years()).collect();
            let series = populations.iter().enumerate().map(|(n, population)| Series {
                name: population.name.get(naming.lang).to_owned(),
                color: nth_color(n, naming.is_dark),
                values: (0..autumns.len())
                    .map(|autumn| {
                        let heads = regions.iter();
                        let heads = heads.map(|r| i.scenario().heads(&population.id, *r));
                        Some(heads.filter_map(|row| row.get(autumn)).sum())
                    })
                    .collect(),
            });
            let last = populations.iter().filter_map(|p| last_census(plan, p)).min();
            let projected = last.and_then(|last| autumns.iter().position(|year| *year > last));
            let names = autumns.iter().map(Year::to_string).collect();
            let unit = naming.words.unit_people.to_owned();
            Picture::lines(names, series.collect(), unit, projected)
        })
    });
    view! {
        <header class="card-head heads-of"><h3>{name}</h3><p>{note}</p></header>
        <Chart label=name picture />
    }
}

/// The last autumn in which a population, or what it is a share of, was counted.
fn last_census(plan: &Plan, population: &Population) -> Option<Year> {
    let mut population = population;
    // As many steps up as there are populations: a sound plan has no circle.
    for _ in 0..plan.populations.len() {
        match &population.headcount {
            Headcount::Counted { censuses, .. } => return censuses.last().map(|c| c.year),
            Headcount::Cohort(cohort) => return cohort.censuses.last().map(|c| c.year),
            Headcount::ShareOf { parent, .. } => {
                population = plan.populations.iter().find(|p| p.id == *parent)?;
            }
        }
    }
    None
}
