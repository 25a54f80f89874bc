//! Owns the editor of who pays: a share for each source, one that takes the rest, a bar that is
//! always whole, and the base standard.
//!
//! Invariant: no share goes further than the others leave; what is cut is said.

use super::driver::Optional;
use super::editor::Editing;
use super::formula::source;
use super::list::{focus, share_bar};
use super::make::constant;
use super::shares::{clamped, dates, in_force, rest, with_residual};
use crate::charts::source_color;
use crate::dated::steps::{with_step, with_steps};
use crate::dated::{BasisEditor, NumberField, ParameterEditor, Writing};
use crate::names;
use crate::numbers;
use crate::parts::Choice;
use crate::words::fill;
use leptos::prelude::*;
use shapan_engine::{
    Basis, BasisKind, Command, MILLION, ParamPath, ProgrammeRole, Semester, Share, SourceId, Split,
};

/// A division being looked at from a semester on.
#[derive(Clone, Copy)]
struct Division {
    editing: Editing,
    split: Memo<Option<Split>>,
    from: Memo<Semester>,
}

impl Division {
    /// Sets a share from the semester looked at; whether it was cut, to what.
    fn set(self, source: &SourceId, wanted: i64) -> Option<i64> {
        let split = self.split.get_untracked()?;
        let from = self.from.get_untracked();
        let place = split.shares.iter().position(|s| s.source == *source)?;
        let (value, was_cut) = clamped(&split, place, from, wanted);
        let share = &split.shares[place].share;
        let moved = with_steps(share, None, with_step(&share.steps, from, value));
        self.editing.session.dispatch_live(Command::SetParameter {
            path: ParamPath::Split(self.editing.id.get_value(), source.clone()),
            parameter: Box::new(moved),
        });
        was_cut.then_some(value)
    }

    /// Shares in force, and the rest.
    fn now(self) -> (Vec<(SourceId, i64)>, i64) {
        let from = self.from.get();
        self.split.with(|split| {
            let Some(split) = split else { return (Vec::new(), MILLION) };
            let shares = in_force(split, from);
            let rest = rest(&shares);
            (split.shares.iter().map(|s| s.source.clone()).zip(shares).collect(), rest)
        })
    }
}

#[component]
pub fn SplitEditor(editing: Editing) -> impl IntoView {
    let session = editing.session;
    let split = Memo::new(move |_| editing.map(|p| p.split.clone()));
    let wanted = RwSignal::new(None::<Semester>);
    let all_dates = Memo::new(move |_| {
        let start = session.plan.with(|p| p.horizon.start());
        let mut all = split.with(|s| s.as_ref().map(dates)).unwrap_or_default();
        if all.first().is_none_or(|first| *first > start) {
            all.insert(start);
        }
        all.into_iter().collect::<Vec<_>>()
    });
    // The part in force in the year looked at, unless another is chosen.
    let from = Memo::new(move |_| {
        let now = session.plan.with(|p| {
            let year = p.years().nth(session.look.with(|l| l.year));
            year.unwrap_or(p.horizon.first()).autumn()
        });
        all_dates.with(|all| {
            let chosen = wanted.get().filter(|w| all.contains(w));
            let in_force = all.iter().rev().find(|d| **d <= now).or(all.first()).copied();
            chosen.or(in_force).unwrap_or(now)
        })
    });
    let division = Division { editing, split, from };
    let sources = Memo::new(move |_| {
        let of = |s: &Split| s.shares.iter().map(|s| s.source.clone()).collect::<Vec<_>>();
        split.with(|s| s.as_ref().map(of)).unwrap_or_default()
    });
    let bar = move || {
        let (shares, rest) = division.now();
        let residual = split.with(|s| s.as_ref().map(|s| s.residual.clone()));
        let is_dark = session.is_dark();
        session.plan.with(|p| {
            let all = shares.into_iter().chain(residual.map(|r| (r, rest)));
            let colour = |id: &SourceId| {
                p.sources.iter().find(|s| s.id == *id).map(|s| source_color(s, is_dark))
            };
            let parts: Vec<_> = all.filter_map(|(id, size)| Some((colour(&id)?, size))).collect();
            share_bar(&parts)
        })
    };
    let basis = Signal::derive(move || {
        split.with(|s| s.as_ref().map(|s| s.basis.clone())).unwrap_or_default()
    });
    let on_basis = Callback::new(move |(basis, live): (Basis, bool)| {
        let set = |p: &mut shapan_engine::Programme| p.split.basis = basis.clone();
        if live { editing.edit_live(&set) } else { editing.edit(&set) }
    });
    let has_standard =
        Memo::new(move |_| editing.map(|p| p.driver.has_standard()).unwrap_or(false));
    let explained = Signal::derive(move || {
        let lang = session.lang();
        let residual = split.with(|s| s.as_ref().map(|s| s.residual.clone()));
        let name = residual.map(|r| session.plan.with(|p| source(p, &r, lang).to_owned()));
        fill(session.words().programmes.base_explained, &[&name.unwrap_or_default()])
    });
    let note = move || {
        let w = session.words();
        fill(w.programmes.split_at, &[&names::semester(w, from.get())])
    };
    view! {
        <section class="card programme-split">
            <header class="card-head"><h2 id="split-title" tabindex="-1">{session.t(|w| w.programmes.split)}</h2><p>{note}</p></header>
            {bar}
            <Show when=move || all_dates.with(|d| d.len() > 1)>
                <Choice label=session.t(|w| w.programmes.as_of)
                    options=Signal::derive(move || {
                        let w = session.words();
                        let named = |d: Semester| (d.to_string(), names::semester(w, d));
                        all_dates.get().into_iter().map(named).collect::<Vec<_>>()
                    })
                    value=Signal::derive(move || from.get().to_string())
                    on_choose=Callback::new(move |d: String| wanted.set(d.parse().ok())) />
            </Show>
            <ul class="payer-shares">
                <For each=move || sources.get() key=Clone::clone let(source)>
                    <ShareRow division source />
                </For>
                <Rest division />
            </ul>
            <AddPayer editing sources />
            <p class="hint">{session.t(|w| w.programmes.split_note)}</p>
            <Show when=move || has_standard.get()>
                <Optional editing role=ProgrammeRole::BaseStandard hint=explained
                    label=session.t(|w| w.programmes.use_base) />
            </Show>
            <BasisEditor basis on_edit=on_basis
                label=Signal::derive(move || session.words().programmes.split_basis.to_owned()) />
        </section>
    }
    .into_any()
}

#[component]
fn ShareRow(division: Division, source: SourceId) -> impl IntoView {
    let session = division.editing.session;
    let id = StoredValue::new(source);
    let name = Signal::derive(move || {
        let lang = session.lang();
        session.plan.with(|p| id.with_value(|id| source_name(p, id, lang)))
    });
    let share = Memo::new(move |_| {
        let (shares, _) = division.now();
        id.with_value(|id| shares.iter().find(|(s, _)| s == id).map(|(_, share)| *share))
    });
    let cut = RwSignal::new(None::<i64>);
    let set = move |wanted: i64| cut.set(id.with_value(|id| division.set(id, wanted)));
    let labelled = move |template: fn(&'static crate::words::Words) -> &'static str| {
        Signal::derive(move || fill(template(session.words()), &[&name.get()]))
    };
    let remove = move |_| {
        id.with_value(|id| division.editing.edit(&|p| p.split.shares.retain(|s| s.source != *id)));
        focus("split-title".to_owned());
    };
    let percent =
        Signal::derive(move || Writing { power: 4, unit: "%".to_owned(), bounds: 0..=MILLION });
    let path = ParamPath::Split(division.editing.id.get_value(), id.get_value());
    let is_open = RwSignal::new(false);
    let said = move || {
        cut.get().map(|value| {
            let written = format!("{}%", numbers::exact(value, 4));
            view! { <p class="field-error" role="status">{fill(session.words().programmes.share_cut, &[&written])}</p> }
        })
    };
    view! {
        <li>
            <div class="payer-share">
                <b><Swatch id />{name}</b>
                <input class="lever-range" type="range" min="0" max=MILLION.to_string() step="10000"
                    aria-label=labelled(|w| w.programmes.slide_share)
                    aria-valuetext=move || format!("{}%", numbers::exact(share.get().unwrap_or(0), 4))
                    prop:value=move || share.get().unwrap_or(0).to_string()
                    on:input:target=move |e| {
                        if let Ok(wanted) = e.target().value().parse() {
                            set(wanted);
                        }
                        let holds = share.get_untracked().unwrap_or(0);
                        e.target().set_value(&holds.to_string());
                    }
                    on:pointerup=move |_| session.end_gesture()
                    on:blur=move |_| session.end_gesture() />
                <NumberField label=labelled(|w| w.programmes.share_of) quiet=true
                    value=Signal::derive(move || share.get()) writing=percent
                    on_value=Callback::new(move |wanted: i64| { set(wanted); None }) />
                <button type="button" class="icon" aria-label=labelled(|w| w.programmes.remove_share)
                    on:click=remove>"✕"</button>
            </div>
            {said}
            <details on:toggle=move |_| is_open.set(true)>
                <summary>{session.t(|w| w.programmes.share_details)}<span class="visually-hidden">" "{name}</span></summary>
                {move || is_open.get().then(|| view! { <ParameterEditor path=path.clone() /> })}
            </details>
        </li>
    }
    .into_any()
}

fn source_name(plan: &shapan_engine::Plan, id: &SourceId, lang: shapan_engine::Lang) -> String {
    source(plan, id, lang).to_owned()
}

/// The colour of a source, as in the bar.
#[component]
fn Swatch(id: StoredValue<SourceId>) -> impl IntoView {
    let session = expect_context::<crate::session::Session>();
    let fill = move || {
        let is_dark = session.is_dark();
        session.plan.with(|p| {
            let found = id.with_value(|id| p.sources.iter().find(|s| s.id == *id));
            found.map(|s| source_color(s, is_dark))
        })
    };
    view! { <svg width="10" height="10" aria-hidden="true"><rect width="10" height="10" rx="2" fill=fill></rect></svg> }
}

/// Who takes the rest, and how much that is.
#[component]
fn Rest(division: Division) -> impl IntoView {
    let editing = division.editing;
    let session = editing.session;
    let value = Signal::derive(move || {
        division.split.with(|s| s.as_ref().map(|s| s.residual.to_string())).unwrap_or_default()
    });
    let options = Signal::derive(move || {
        let lang = session.lang();
        session.plan.with(|p| {
            let all = p.sources.iter();
            all.map(|s| (s.id.to_string(), s.name.get(lang).to_owned())).collect::<Vec<_>>()
        })
    });
    let choose = Callback::new(move |id: String| {
        let Ok(id) = id.parse::<SourceId>() else { return };
        let start = session.plan.with_untracked(|p| p.horizon.start());
        editing.edit(&|p| p.split = with_residual(&p.split, &id, start));
    });
    let rest = move || format!("{}%", numbers::exact(division.now().1, 4));
    view! {
        <li>
            <div class="payer-share payer-rest">
                <Choice label=session.t(|w| w.programmes.residual) options value on_choose=choose />
                <output>{rest}</output>
            </div>
        </li>
    }
    .into_any()
}

/// A choice of sources that do not pay yet.
#[component]
fn AddPayer(editing: Editing, sources: Memo<Vec<SourceId>>) -> impl IntoView {
    let session = editing.session;
    let options = Signal::derive(move || {
        let lang = session.lang();
        let residual = editing.map(|p| p.split.residual.clone());
        let first = (String::new(), session.words().programmes.choose_source.to_owned());
        let others = session.plan.with(|p| {
            let pays =
                |id: &SourceId| residual.as_ref() == Some(id) || sources.with(|s| s.contains(id));
            let others = p.sources.iter().filter(|s| !pays(&s.id));
            others.map(|s| (s.id.to_string(), s.name.get(lang).to_owned())).collect::<Vec<_>>()
        });
        std::iter::once(first).chain(others).collect::<Vec<_>>()
    });
    let choose = Callback::new(move |id: String| {
        let Ok(source) = id.parse::<SourceId>() else { return };
        let share = session.plan.with_untracked(|p| constant(p, 0, BasisKind::Entered));
        editing.edit(&|p| {
            p.split.shares.push(Share { source: source.clone(), share: share.clone() });
        });
    });
    view! {
        <Show when=move || options.with(|o| o.len() > 1)>
            <Choice label=session.t(|w| w.programmes.add_payer) options
                value=Signal::derive(String::new) on_choose=choose />
        </Show>
    }
    .into_any()
}
