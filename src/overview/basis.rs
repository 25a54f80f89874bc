//! Owns what the plan's numbers rest on: how many are stated, published, derived, and a table of
//! those that are only illustrative, with their values, where they hold and why they are guessed.
//!
//! Invariant: every illustrative number stands in the table once; a row is a thing of the plan,
//! so that the table stays short. Values are those in force in the year looked at.

use crate::names;
use crate::numbers;
use crate::session::Session;
use crate::words::{Words, fill};
use leptos::prelude::*;
use shapan_engine::{Basis, BasisKind, Headcount, Lang, ParamPath, Parameter, Plan, Year};

/// Illustrative numbers of one thing that hold in the same places for the same reason.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Row {
    /// What they belong to.
    owner: String,
    /// What each is, and its value.
    numbers: Vec<String>,
    /// Where they hold.
    place: String,
    /// What is said of them.
    why: String,
}

/// A number's value in a year: one for all, or from the least to the greatest of the regions.
fn value(
    (w, lang): (&Words, Lang),
    plan: &Plan,
    path: &ParamPath,
    parameter: &Parameter,
    year: Year,
) -> String {
    let in_force = |region| {
        let mut latest = parameter.steps_in(region).iter().rev();
        latest.find(|step| step.from <= year.autumn()).map_or(0, |step| step.value)
    };
    let values: Vec<i64> = plan.regions.iter().map(|r| in_force(&r.id)).collect();
    let written = |value: i64| names::value(w, plan, path, lang, value);
    match (values.iter().min(), values.iter().max()) {
        (Some(least), Some(most)) if least < most => {
            fill(w.paper.from_to, &[&written(*least), &written(*most)])
        }
        (Some(one), _) => written(*one),
        (None, _) => String::new(),
    }
}

/// Adds a number to the row of its thing.
fn add(rows: &mut Vec<Row>, owner: String, number: String, place: String, why: String) {
    let same = |row: &&mut Row| row.owner == owner && row.place == place && row.why == why;
    match rows.iter_mut().find(same) {
        Some(row) => row.numbers.push(number),
        None => rows.push(Row { owner, numbers: vec![number], place, why }),
    }
}

fn rows(w: &Words, plan: &Plan, lang: Lang, year: Year) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    let why = |basis: &Basis| {
        let cited = plan.citations.iter().find(|c| Some(&c.id) == basis.citation.as_ref());
        let said = [cited.map(|c| c.title.get(lang)), basis.note.as_ref().map(|n| n.get(lang))];
        let said: Vec<&str> = said.into_iter().flatten().collect();
        if said.is_empty() { w.paper.no_source.to_owned() } else { said.join(" · ") }
    };
    for population in plan.populations.iter() {
        let Headcount::Counted { censuses, basis, .. } = &population.headcount else { continue };
        if basis.kind != BasisKind::Illustrative {
            continue;
        }
        let sums = censuses.iter().map(|census| {
            let sum = census.heads.values().fold(0i64, |sum, heads| sum.saturating_add(*heads));
            let year = fill(w.paper.autumn, &[&census.year.to_string()]);
            format!("{year} {}", names::with_unit(&numbers::whole(sum), w.unit_people))
        });
        let owner = fill(w.data.counts_of, &[population.name.get(lang)]);
        let place = w.paper.all_together.to_owned();
        add(&mut rows, owner, sums.collect::<Vec<_>>().join(" · "), place, why(basis));
    }
    let illustrative = plan.parameters().filter(|(_, p)| p.basis.kind == BasisKind::Illustrative);
    for (path, parameter) in illustrative {
        let owner = names::owner(plan, &path, lang);
        let role = names::role(w, plan, &path, lang);
        let number = format!("{role} {}", value((w, lang), plan, &path, parameter, year));
        let place = match parameter.by_region.len() {
            0 => w.all_regions.to_owned(),
            some if some == plan.regions.len() => w.paper.each_region.to_owned(),
            some => fill(w.n_regions, &[&some.to_string()]),
        };
        add(&mut rows, owner, number, place, why(&parameter.basis));
    }
    rows
}

#[component]
pub fn BasisCard() -> impl IntoView {
    let session = expect_context::<Session>();
    let kinds = Memo::new(move |_| {
        session.plan.with(|p| p.parameters().map(|(_, p)| p.basis.kind).collect::<Vec<_>>())
    });
    let counts = move || {
        let of = |kind| kinds.with(|all| all.iter().filter(|k| **k == kind).count()).to_string();
        fill(
            session.words().basis_counts,
            &[
                &kinds.with(Vec::len).to_string(),
                &of(BasisKind::Stated),
                &of(BasisKind::Published),
                &of(BasisKind::Derived),
                &of(BasisKind::Entered),
                &of(BasisKind::Illustrative),
            ],
        )
    };
    let rows = Memo::new(move |_| {
        let (w, place) = (session.words(), session.look.with(|l| l.year));
        session.plan.with(|p| {
            p.years().nth(place).map(|year| rows(w, p, session.lang(), year)).unwrap_or_default()
        })
    });
    let row = |row: Row| {
        view! {
            <tr><th scope="row">{row.owner}</th><td>{row.numbers.join(" · ")}</td><td>{row.place}</td><td>{row.why}</td></tr>
        }
    };
    view! {
        <section class="card basis">
            <h2>{session.t(|w| w.basis_title)}</h2>
            <details>
                <summary>{counts}</summary>
                <Show when=move || rows.with(|rows| !rows.is_empty())>
                    <p>{session.t(|w| w.basis_illustrative)}</p>
                    <div class="scroll" tabindex="0" role="region" aria-label=session.t(|w| w.basis_mark_illustrative)>
                        <table class="illustrative">
                            <thead><tr>
                                <th scope="col">{session.t(|w| w.paper.of_what)}</th>
                                <th scope="col">{move || fill(session.words().paper.values_in, &[&super::year(session)])}</th>
                                <th scope="col">{session.t(|w| w.regions)}</th>
                                <th scope="col">{session.t(|w| w.paper.basis)}</th>
                            </tr></thead>
                            <tbody>{move || rows.get().into_iter().map(row).collect_view()}</tbody>
                        </table>
                    </div>
                </Show>
            </details>
        </section>
    }
}
