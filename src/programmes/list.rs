//! Owns the list of programmes: how each is reckoned, what it costs, who pays, in groups that
//! add up; and the narrow list beside the editor.

use super::formula::{NATURES, formula, illustrative, main_value, nature};
use super::{Desk, address};
use crate::charts::{Swatch, source_color};
use crate::numbers;
use crate::overview::{CardHead, year, year_and_unit};
use crate::parts::{Choice, Money};
use crate::rounding::{self, Sum};
use crate::session::{Impact, Session, Shown};
use crate::why::{Ask, Question};
use crate::words::fill;
use leptos::prelude::*;
use shapan_engine::{
    Command, Cut, Fen, Lang, Outcome, Plan, Programme, ProgrammeId, ThingId, What, evaluate_stack,
};
use std::collections::BTreeSet;
use wasm_bindgen::JsCast;

/// What the list is put in groups by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum By {
    None,
    Nature,
    Clause,
}

/// Programmes under a heading, by place in the plan.
type Group = (Option<String>, Vec<usize>);

/// Whether a programme is looked for: its name in any language, its clause or its code.
fn is_found(programme: &Programme, wanted: &str) -> bool {
    let wanted = wanted.trim().to_lowercase();
    let has = |text: &str| text.to_lowercase().contains(&wanted);
    let names = Lang::ALL.into_iter().filter_map(|lang| programme.name.exactly(lang));
    let marks = programme.clause.iter().chain(&programme.code).map(|m| &**m);
    wanted.is_empty() || names.chain(marks).any(has)
}

#[component]
pub fn Listed() -> impl IntoView {
    let session = expect_context::<Session>();
    let (wanted, by) = (RwSignal::new(String::new()), RwSignal::new(By::None));
    let is_empty = Memo::new(move |_| session.plan.with(|p| p.programmes.is_empty()));
    let illustrative = Memo::new(move |_| session.plan.with(|p| illustrative(p)));
    let status_quo = status_quo(session);
    let groups = Memo::new(move |_| {
        session.plan.with(|p| wanted.with(|wanted| groups(session, p, wanted, by.get())))
    });
    let options = Signal::derive(move || {
        let w = session.words().programmes;
        [("0", w.group_none), ("1", w.group_nature), ("2", w.group_clause)]
            .map(|(key, name)| (key.to_owned(), name.to_owned()))
            .to_vec()
    });
    let body = move || {
        session.impact.with(|impact| {
            let impact = impact.get()?;
            let quo = status_quo.get();
            let quo = quo_of(impact, quo.as_ref());
            let groups = groups.get();
            // Figures follow the plan a moment after the list does: never past its end.
            let count = impact.plan.programmes.len();
            let groups: Vec<Group> = groups
                .into_iter()
                .map(|(name, places)| (name, places.into_iter().filter(|p| *p < count).collect()))
                .collect();
            let marked = illustrative.get();
            Some(table(session, impact, quo, &groups, &marked))
        })
    };
    let legend = move || {
        let (lang, is_dark) = (session.lang(), session.is_dark());
        session.plan.with(|p| {
            let each = p.sources.iter().map(|source| {
                let (color, name) = (source_color(source, is_dark), source.name.get(lang));
                view! { <li><Swatch color />{name.to_owned()}</li> }
            });
            each.collect_view()
        })
    };
    view! {
        <Show when=move || !is_empty.get() fallback=move || view! {
            <p class="card empty">{session.t(|w| w.programmes.empty)}</p>
        }>
            <section class="card">
                <CardHead title=session.t(|w| w.programmes.list_title)
                    note=Signal::derive(move || {
                        format!("{} · {}", session.scenario_name(&session.look.with(|l| l.scenario.clone())), year_and_unit(session))
                    }) />
                <div class="row list-tools">
                    <label class="choice"><span>{session.t(|w| w.programmes.search)}</span>
                        <input type="search" placeholder=session.t(|w| w.programmes.search_hint)
                            prop:value=wanted on:input:target=move |e| wanted.set(e.target().value()) />
                    </label>
                    <Choice label=session.t(|w| w.programmes.group_by) options
                        value=Signal::derive(move || match by.get() {
                            By::None => "0", By::Nature => "1", By::Clause => "2",
                        }.to_owned())
                        on_choose=Callback::new(move |key: String| by.set(match key.as_str() {
                            "1" => By::Nature, "2" => By::Clause, _ => By::None,
                        })) />
                </div>
                <div class="scroll" tabindex="0" role="region" aria-label=session.t(|w| w.programmes.list_title)>
                    {body}
                </div>
                <ul class="legend">{legend}</ul>
            </section>
        </Show>
    }
    .into_any()
}

/// The status quo's outcome, where neither of the two scenarios looked at is it.
fn status_quo(session: Session) -> Memo<Option<Shown<Outcome>>> {
    Memo::new(move |_| {
        session.impact.with(|impact| {
            let impact = impact.get()?;
            let root = &impact.plan.status_quo()?.id;
            let is_there = *root == impact.base_id || *root == impact.scenario_id;
            (!is_there).then(|| Shown::new(evaluate_stack(&impact.plan, &[])))
        })
    })
}

fn quo_of<'a>(impact: &'a Impact, computed: Option<&'a Shown<Outcome>>) -> Option<&'a Outcome> {
    let root = &impact.plan.status_quo()?.id;
    match computed {
        Some(computed) => computed.get(),
        None if *root == impact.base_id => Some(impact.difference().base),
        None => Some(impact.scenario()),
    }
}

fn groups(session: Session, plan: &Plan, wanted: &str, by: By) -> Vec<Group> {
    let w = session.words();
    let found = plan.programmes.iter().enumerate().filter(|(_, p)| is_found(p, wanted));
    let found: Vec<_> = found.collect();
    let places = |is: &dyn Fn(&Programme) -> bool| {
        found.iter().filter(|(_, p)| is(p)).map(|(n, _)| *n).collect::<Vec<_>>()
    };
    let groups: Vec<Group> = match by {
        By::None => vec![(None, places(&|_| true))],
        By::Nature => {
            NATURES.map(|n| (Some(nature(w, n).to_owned()), places(&|p| p.nature == n))).to_vec()
        }
        By::Clause => {
            let mut clauses: Vec<Option<&str>> = Vec::new();
            for (_, programme) in &found {
                if !clauses.contains(&programme.clause.as_deref()) {
                    clauses.push(programme.clause.as_deref());
                }
            }
            let named = |clause: Option<&str>| match clause {
                Some(clause) => fill(w.goals.clause_n, &[clause]),
                None => w.programmes.no_clause.to_owned(),
            };
            let group = |clause: Option<&str>| {
                (Some(named(clause)), places(&|p| p.clause.as_deref() == clause))
            };
            clauses.into_iter().map(group).collect()
        }
    };
    groups.into_iter().filter(|(_, places)| !places.is_empty()).collect()
}

fn table(
    session: Session,
    impact: &Impact,
    quo: Option<&Outcome>,
    groups: &[Group],
    marked: &BTreeSet<ProgrammeId>,
) -> AnyView {
    let w = session.words();
    let all: Vec<usize> = groups.iter().flat_map(|(_, places)| places.clone()).collect();
    if all.is_empty() {
        return view! { <p class="empty">{w.programmes.none_found}</p> }.into_any();
    }
    let bodies = groups.iter().map(|(name, places)| {
        let head = name.clone().map(|name| {
            view! { <tr class="part"><th scope="rowgroup" colspan="7">{name}</th></tr> }
        });
        let rows = places.iter().enumerate().map(|(n, place)| {
            let near = |n: Option<usize>| n.and_then(|n| places.get(n)).copied();
            let neighbours = (near(n.checked_sub(1)), near(Some(n + 1)));
            row(session, impact, quo, *place, neighbours, marked)
        });
        let sub = name
            .is_some()
            .then(|| sums(session, impact, quo, places, w.programmes.subtotal.to_owned()));
        view! { <tbody>{head}{rows.collect_view()}{sub}</tbody> }
    });
    let count = all.len().to_string();
    let whole = all.len() == impact.plan.programmes.len();
    let text = if whole { w.programmes.all_programmes } else { w.programmes.some_programmes };
    let total = sums(session, impact, quo, &all, fill(text, &[&count]));
    let rounded = rounded(session, impact, quo, groups, &all);
    let year_now = year(session);
    let season = impact.plan.years().nth(session.look.with(|l| l.year));
    let now = season.map(|y| crate::names::semester(w, y.autumn())).unwrap_or_default();
    view! {
        <table class="programme-list stacks">
            <thead><tr>
                <th scope="col">{w.programmes.programme}</th>
                <th scope="col">{w.programmes.reckoned}</th>
                <th scope="col" class="num">{fill(w.programmes.now, &[&now])}</th>
                <th scope="col" class="num">{fill(w.programmes.cost_of, &[&year_now])}</th>
                <th scope="col" class="num">{w.programmes.under_status_quo}</th>
                <th scope="col">{w.programmes.who_pays}</th>
                <th scope="col" class="order">{w.programmes.order}</th>
            </tr></thead>
            {bodies.collect_view()}
            <tbody class="all">{total}</tbody>
        </table>
        {rounding::note(session, &rounded)}
    }
    .into_any()
}

/// The sums the table shows: of all programmes, and of each group.
fn rounded(
    session: Session,
    impact: &Impact,
    quo: Option<&Outcome>,
    groups: &[Group],
    all: &[usize],
) -> Vec<Sum> {
    let year = session.look.with(|l| l.year);
    let sets = groups.iter().filter(|(name, _)| name.is_some()).map(|(_, places)| &places[..]);
    let sets: Vec<&[usize]> = sets.chain([all]).collect();
    let outcomes = std::iter::once(impact.scenario()).chain(quo);
    let sums = outcomes.flat_map(|outcome| {
        sets.iter().map(|places| {
            let each =
                places.iter().map(|p| outcome.total(Cut::ALL.of_programme(*p).in_year(year)));
            let parts: Vec<Fen> = each.collect();
            Sum::of(parts.clone(), parts.into_iter().sum())
        })
    });
    sums.collect()
}

fn money(fen: Fen) -> AnyView {
    view! { <Money amount=Signal::derive(move || fen) /> }.into_any()
}

fn row(
    session: Session,
    impact: &Impact,
    quo: Option<&Outcome>,
    place: usize,
    neighbours: (Option<usize>, Option<usize>),
    marked: &BTreeSet<ProgrammeId>,
) -> AnyView {
    let (w, lang, plan) = (session.words(), session.lang(), &*impact.plan);
    let year_now = session.look.with(|l| l.year);
    let programme = &plan.programmes[place];
    let cut = Cut::ALL.of_programme(place).in_year(year_now);
    let cost = impact.scenario().total(cut);
    let name = programme.name.get(lang).to_owned();
    let notes = [
        programme.clause.as_ref().map(|c| fill(w.goals.clause_n, &[c])),
        programme.code.as_ref().map(|c| fill(w.programmes.code_n, &[c])),
        Some(nature(w, programme.nature).to_owned()),
    ];
    let notes = notes.into_iter().flatten().collect::<Vec<_>>().join(" · ");
    let mark = marked.contains(&programme.id).then(|| {
        view! { " "<span class="mark">{w.basis_mark_illustrative}</span> }
    });
    let label = fill(w.programmes.cost_of, &[&year(session)]);
    let question = Question::of(format!("{name} · {label}"), What::Total(cut));
    let standard = main_value(w, plan, impact.scenario(), programme, year_now, lang);
    let before = quo.map(|o| money(o.total(cut)));
    view! {
        <tr>
            <th scope="row"><a href=address(&programme.id)>{name.clone()}</a><small>{notes}{mark}</small></th>
            <td class="reckoned" data-label=w.programmes.reckoned>{formula(w, plan, programme, lang)}</td>
            <td class="num" data-label=w.role_standard>{standard}</td>
            <td class="num" data-label=label><Ask question>{money(cost)}</Ask></td>
            <td class="num" data-label=w.programmes.under_status_quo>{before}</td>
            <td class="who" data-label=w.programmes.who_pays>{payers(session, impact, cut, cost)}</td>
            <td class="order">{order(session, &programme.id, &name, neighbours)}</td>
        </tr>
    }
    .into_any()
}

/// The sums over some programmes.
fn sums(
    session: Session,
    impact: &Impact,
    quo: Option<&Outcome>,
    places: &[usize],
    name: String,
) -> AnyView {
    let w = session.words();
    let year_now = session.look.with(|l| l.year);
    let of = |outcome: &Outcome| -> Fen {
        let each = places.iter().map(|p| Cut::ALL.of_programme(*p).in_year(year_now));
        each.map(|cut| outcome.total(cut)).sum()
    };
    let label = fill(w.programmes.cost_of, &[&year(session)]);
    view! {
        <tr class="sum">
            <th scope="row">{name}</th><td></td><td></td>
            <td class="num" data-label=label>{money(of(impact.scenario()))}</td>
            <td class="num" data-label=w.programmes.under_status_quo>{quo.map(|o| money(of(o)))}</td>
            <td></td><td></td>
        </tr>
    }
    .into_any()
}

/// Who pays: a bar, and in words with shares.
fn payers(session: Session, impact: &Impact, cut: Cut, whole: Fen) -> AnyView {
    let (w, lang, plan) = (session.words(), session.lang(), &impact.plan);
    let is_dark = session.is_dark();
    let each = plan.sources.iter().enumerate();
    let parts = each.map(|(place, s)| (s, impact.scenario().total(cut.from_source(place))));
    let parts: Vec<_> = parts.filter(|(_, fen)| *fen != Fen::ZERO).collect();
    if parts.is_empty() {
        return view! { <span class="sense">{w.programmes.nobody}</span> }.into_any();
    }
    let text: Vec<String> = parts
        .iter()
        .map(|(s, fen)| format!("{} {}", s.name.get(lang), share(*fen, whole)))
        .collect();
    let parts = parts.iter().map(|(s, fen)| (source_color(s, is_dark), fen.0)).collect::<Vec<_>>();
    view! { {share_bar(&parts)}<small>{text.join(" · ")}</small> }.into_any()
}

/// A share as a percentage without needless zeros.
pub fn share(part: Fen, whole: Fen) -> String {
    let written = numbers::percent(part, whole);
    written.replace(".00%", "%")
}

/// One bar of parts, by colour and size; a picture beside the words.
pub fn share_bar(parts: &[(&'static str, i64)]) -> AnyView {
    let whole: i128 = parts.iter().map(|(_, size)| i128::from(*size)).sum();
    let at = |upto: i128| (upto * 1_000).checked_div(whole).unwrap_or(0);
    let mut passed = 0i128;
    let rects = parts.iter().map(|(color, size)| {
        let from = at(passed);
        passed += i128::from(*size);
        let width = (at(passed) - from).to_string();
        view! { <rect x=from.to_string() y="0" width=width height="10" fill=*color></rect> }
    });
    let rects = rects.collect_view();
    view! {
        <svg class="share-bar" viewBox="0 0 1000 10" preserveAspectRatio="none" aria-hidden="true">{rects}</svg>
    }
    .into_any()
}

/// The buttons that move a programme among those it stands with.
fn order(
    session: Session,
    id: &ProgrammeId,
    name: &str,
    (before, after): (Option<usize>, Option<usize>),
) -> AnyView {
    let w = session.words();
    let button = |to: Option<usize>, sign: &'static str, text: &str, key: &str| {
        let (id, key) = (id.clone(), format!("{key}-{id}"));
        let own = key.clone();
        view! {
            <button type="button" class="icon" id=key disabled=to.is_none() aria-label=fill(text, &[name])
                on:click=move |_| {
                    let Some(to) = to else { return };
                    session.dispatch(Command::Move { thing: ThingId::Programme(id.clone()), to });
                    focus(own.clone()); // the row is drawn anew, the hand stays where it was
                }>{sign}</button>
        }
    };
    view! {
        {button(before, "↑", w.programmes.move_up, "up")}
        {button(after, "↓", w.programmes.move_down, "down")}
    }
    .into_any()
}

/// Focuses a thing by its id once it is there.
pub fn focus(id: String) {
    request_animation_frame(move || {
        if let Some(element) = document().get_element_by_id(&id) {
            let _ = element.unchecked_into::<web_sys::HtmlElement>().focus();
        }
    });
}

/// The names of all programmes, beside the editor of one.
#[component]
pub fn Names() -> impl IntoView {
    let session = expect_context::<Session>();
    let desk = expect_context::<Desk>();
    let names = move || {
        let lang = session.lang();
        session.plan.with(|p| {
            let all = p.programmes.iter();
            all.map(|p| (p.id.clone(), p.name.get(lang).to_owned())).collect::<Vec<_>>()
        })
    };
    view! {
        <nav class="programme-names" aria-label=session.t(|w| w.programmes.title)>
            <a class="back" href="#programmes">{session.t(|w| w.programmes.back)}</a>
            <ul>
                <For each=names key=Clone::clone let((id, name))>
                    {
                        let (to, own) = (address(&id), id);
                        let is_here = move || desk.chosen.with(|c| c.as_ref() == Some(&own)).then_some("page");
                        view! { <li><a href=to aria-current=is_here>{name}</a></li> }
                    }
                </For>
            </ul>
        </nav>
    }
    .into_any()
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use shapan_engine::taian_2012;

    #[test]
    fn a_programme_is_found_by_name_in_any_language_by_clause_and_by_code() {
        let plan = taian_2012().unwrap();
        let found = |wanted: &str| {
            let those = plan.programmes.iter().filter(|p| is_found(p, wanted));
            those.map(|p| p.id.to_string()).collect::<Vec<_>>()
        };
        assert_eq!(found("").len(), plan.programmes.len());
        assert_eq!(found(" 校舍安全 "), ["school-safety"]);
        assert_eq!(found("student LOANS"), ["student-loans"]);
        assert!(found("2050201").contains(&"kindergartens".to_owned()));
        assert_eq!(found("no such thing"), [""; 0]);
    }

    #[test]
    fn shares_are_written_without_needless_zeros() {
        assert_eq!(share(Fen(1), Fen(5)), "20%");
        assert_eq!(share(Fen(1), Fen(3)), "33.33%");
    }
}
