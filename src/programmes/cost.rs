//! Owns what a programme costs, at once: by year and payer under the scenario looked at, and
//! against before the edit.
//!
//! Invariant: every figure is a total of the session's own outcome; nothing is computed here.

use super::editor::Editing;
use super::list::{share, share_bar};
use crate::charts::source_color;
use crate::overview::{CardHead, unit, year};
use crate::parts::Money;
use crate::rounding::{self, Sum};
use crate::session::{Impact, Session, Shown};
use crate::why::{Ask, Question};
use crate::words::fill;
use leptos::prelude::*;
use shapan_engine::{Cut, Fen, Outcome, Plan, ProgrammeId, Source, SourceId, What};

/// An outcome in which a programme is looked up by what it is called.
#[derive(Clone, Copy)]
struct In<'a> {
    plan: &'a Plan,
    outcome: &'a Outcome,
    programme: Option<usize>,
}

impl<'a> In<'a> {
    fn of(impact: &'a Impact, id: &ProgrammeId) -> Self {
        let programme = impact.plan.programmes.iter().position(|p| p.id == *id);
        Self { plan: &impact.plan, outcome: impact.scenario(), programme }
    }

    /// What it costs; nothing where it is not.
    fn total(self, cut: Cut) -> Fen {
        self.programme.map_or(Fen::ZERO, |n| self.outcome.total(cut.of_programme(n)))
    }

    /// What a source pays of it.
    fn paid_by(self, source: &SourceId, cut: Cut) -> Fen {
        let place = self.plan.sources.iter().position(|s| s.id == *source);
        place.map_or(Fen::ZERO, |n| self.total(cut.from_source(n)))
    }
}

#[component]
pub fn Cost(editing: Editing) -> impl IntoView {
    let session = editing.session;
    let again = RwSignal::new(());
    // As it was when the programme was opened, or another scenario looked at.
    let before: Memo<Shown<Impact>> = Memo::new(move |_| {
        again.track();
        session.look.with(|l| l.scenario.clone());
        session.impact.get_untracked()
    });
    let draw = move |draw: fn(Session, In, Option<In>) -> Option<AnyView>| {
        before.with(|before| {
            session.impact.with(|now| {
                let (before, now) = (before.get(), now.get()?);
                editing.id.with_value(|id| {
                    let was = before.filter(|b| b.plan.horizon == now.plan.horizon);
                    let was = was.map(|b| In::of(b, id));
                    draw(session, In::of(now, id), was)
                })
            })
        })
    };
    let note = move || {
        let scenario = session.look.with(|l| l.scenario.clone());
        format!("{} · {}", session.scenario_name(&scenario), unit(session))
    };
    view! {
        <section class="card cost-panel">
            <CardHead title=session.t(|w| w.programmes.cost_at_once) note=Signal::derive(note) />
            {move || draw(tables)}
            // Open or not, it stays so while the figures move.
            <details>
                <summary>{session.t(|w| w.programmes.all_payers)}</summary>
                <div class="scroll" tabindex="0" role="region" aria-label=session.t(|w| w.programmes.all_payers)>
                    {move || draw(matrix)}
                </div>
            </details>
            <button type="button" class="quiet" on:click=move |_| again.set(())>
                {session.t(|w| w.programmes.reset_since)}
            </button>
        </section>
    }
    .into_any()
}

fn money(fen: Fen) -> AnyView {
    view! { <Money amount=Signal::derive(move || fen) /> }.into_any()
}

fn change(fen: Fen) -> AnyView {
    view! { <Money amount=Signal::derive(move || fen) change=true /> }.into_any()
}

fn tables(session: Session, now: In, was: Option<In>) -> Option<AnyView> {
    let place = now.programme?;
    let (w, lang) = (session.words(), session.lang());
    let year_now = session.look.with(|l| l.year);
    let since = |cut: Cut| was.map(|was| change(now.total(cut) - was.total(cut)));
    let name = now.plan.programmes[place].name.get(lang).to_owned();
    let rows = now.plan.years().enumerate().map(|(n, y)| {
        let cut = Cut::ALL.in_year(n);
        let what = What::Total(cut.of_programme(place));
        let question = Question::of(format!("{name} · {y}"), what);
        let (amount, since) = (money(now.total(cut)), since(cut));
        view! {
            <tr class:now=n == year_now>
                <th scope="row">{y.to_string()}</th>
                <td class="num"><Ask question>{amount}</Ask></td>
                <td class="num">{since}</td>
            </tr>
        }
    });
    let rows = rows.collect_view();
    let cut = Cut::ALL.in_year(year_now);
    let whole = now.total(cut);
    let is_dark = session.is_dark();
    let payers = payers(now, was);
    let bar = payers.iter().map(|s| (source_color(s, is_dark), now.paid_by(&s.id, cut).0));
    let bar = (whole != Fen::ZERO).then(|| share_bar(&bar.collect::<Vec<_>>()));
    let parts = payers.iter().map(|s| {
        let part = now.paid_by(&s.id, cut);
        let since = was.map(|was| change(part - was.paid_by(&s.id, cut)));
        let color = source_color(s, is_dark);
        view! {
            <tr>
                <th scope="row">
                    <svg width="10" height="10" aria-hidden="true"><rect width="10" height="10" rx="2" fill=color></rect></svg>
                    " "{s.name.get(lang).to_owned()}
                </th>
                <td class="num">{money(part)}</td>
                <td class="num">{share(part, whole)}</td>
                <td class="num">{since}</td>
            </tr>
        }
    });
    let parts = parts.collect_view();
    let of_year = year(session);
    let recipients = now.plan.is_per_head(place).then(|| {
        let people = crate::numbers::whole(now.outcome.recipients(place, year_now));
        view! { <p class="sense">{fill(w.programmes.recipients, &[&of_year, &people])}</p> }
    });
    let years = 0..now.plan.horizon.years();
    let each = |of: &dyn Fn(Cut) -> Fen| {
        let parts: Vec<Fen> = years.clone().map(|n| of(Cut::ALL.in_year(n))).collect();
        Sum::of(parts, of(Cut::ALL))
    };
    let by_payer = payers.iter().map(|s| now.paid_by(&s.id, cut));
    let mut rounded = vec![each(&|cut| now.total(cut)), Sum::of(by_payer, whole)];
    rounded.extend(was.map(|was| each(&|cut| now.total(cut) - was.total(cut))));
    let p = w.programmes;
    let view = view! {
        <table>
            <thead><tr>
                <th scope="col">{w.year}</th>
                <th scope="col" class="num">{w.cost}</th>
                <th scope="col" class="num">{p.since_opened}</th>
            </tr></thead>
            <tbody>{rows}</tbody>
            <tfoot><tr>
                <th scope="row">{w.sum}</th>
                <td class="num">{money(now.total(Cut::ALL))}</td>
                <td class="num">{since(Cut::ALL)}</td>
            </tr></tfoot>
        </table>
        {recipients}
        <h3>{format!("{} · {}", p.who_pays, fill(w.fiscal_year, &[&of_year]))}</h3>
        {bar}
        <table class="payers">
            <thead><tr>
                <th scope="col">{p.payer}</th>
                <th scope="col" class="num">{w.cost}</th>
                <th scope="col" class="num">{p.part}</th>
                <th scope="col" class="num">{p.since_opened}</th>
            </tr></thead>
            <tbody>{parts}</tbody>
        </table>
        {rounding::note(session, &rounded)}
    };
    Some(view.into_any())
}

/// Who pays now, or did before the edit, in any year.
fn payers<'a>(now: In<'a>, was: Option<In>) -> Vec<&'a Source> {
    let pays = |of: In, id: &SourceId| of.paid_by(id, Cut::ALL) != Fen::ZERO;
    let either = |s: &&Source| pays(now, &s.id) || was.is_some_and(|was| pays(was, &s.id));
    now.plan.sources.iter().filter(either).collect()
}

fn matrix(session: Session, now: In, was: Option<In>) -> Option<AnyView> {
    now.programme?;
    let (w, lang) = (session.words(), session.lang());
    let payers = payers(now, was);
    let matrix = now.plan.years().enumerate().map(|(n, y)| {
        let cut = Cut::ALL.in_year(n);
        let cells = payers.iter().map(|s| {
            let part = now.paid_by(&s.id, cut);
            view! { <td class="num">{money(part)}</td> }
        });
        view! {
            <tr>
                <th scope="row">{y.to_string()}</th>
                {cells.collect_view()}
                <td class="num">{money(now.total(cut))}</td>
            </tr>
        }
    });
    let rows = matrix.collect_view();
    let rounded = now.plan.years().enumerate().map(|(n, _)| {
        let cut = Cut::ALL.in_year(n);
        Sum::of(payers.iter().map(|s| now.paid_by(&s.id, cut)), now.total(cut))
    });
    let rounded: Vec<Sum> = rounded.collect();
    let heads = payers.iter().map(|s| {
        view! { <th scope="col" class="num">{s.name.get(lang).to_owned()}</th> }
    });
    let heads = heads.collect_view();
    let view = view! {
        <table>
            <thead><tr>
                <th scope="col">{w.year}</th>{heads}<th scope="col" class="num">{w.sum}</th>
            </tr></thead>
            <tbody>{rows}</tbody>
        </table>
        {rounding::note(session, &rounded)}
    };
    Some(view.into_any())
}
