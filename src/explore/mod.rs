//! Owns the page on which the outcome is turned about: rows, columns, filters, figures.
//!
//! `view` is what is looked at, kept in the address; `pivot` and `reckon` make the table of it,
//! `picture` the chart of that table, `copy` text for a spreadsheet. Invariant: the page shows
//! what its address says; table, chart and copied text are the same figures.

mod asked;
mod controls;
mod copy;
mod dims;
mod heads;
mod picture;
mod pivot;
mod reckon;
mod table;
mod view;

pub use dims::nature;
pub use view::{Dim, View};

use crate::charts::Chart;
use crate::overview::{IllustrativeMark, unit};
use crate::session::{Session, fair_shares};
use crate::words::{Words, fill};
use controls::Controls;
use dims::Naming;
use heads::HeadsOf;
use leptos::ev;
use leptos::prelude::*;
use picture::{MOST_ROWS, picture};
use reckon::Reckoned;
use shapan_engine::Method;
use table::Table;
use view::{Amounts, Shown};
use wasm_bindgen::JsValue;

/// The view shown, and the one way to another.
#[derive(Clone, Copy)]
struct Viewing(RwSignal<View>);

impl Viewing {
    fn of_address() -> Self {
        let read = || View::of_href(&location().hash().unwrap_or_default());
        let view = RwSignal::new(read());
        let handle = window_event_listener(ev::hashchange, move |_| {
            // The reader may be on the way to another page.
            let hash = location().hash().unwrap_or_default();
            if crate::session::Page::from_hash(&hash) == crate::session::Page::Explore {
                view.set(View::of_href(&hash));
            }
        });
        on_cleanup(move || handle.remove());
        Self(view)
    }

    fn get(self) -> View {
        self.0.get()
    }

    fn with<T>(self, look: impl FnOnce(&View) -> T) -> T {
        self.0.with(look)
    }

    /// Looks otherwise; the address follows, without a step in the browser's history for each.
    fn change(self, change: impl FnOnce(&mut View)) {
        let mut view = self.0.get_untracked();
        change(&mut view);
        let view = view.settled();
        if let Ok(history) = window().history() {
            let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(&view.href()));
        }
        self.0.set(view);
    }
}

/// What the reader calls things.
fn naming(session: Session) -> Naming {
    Naming { words: session.words(), lang: session.lang(), is_dark: session.is_dark() }
}

/// A link to a view of this page.
#[component]
pub fn OpenInExplore(
    /// What is opened there.
    what: Signal<&'static str>,
    /// How it is looked at.
    #[prop(into)]
    view: Signal<View>,
) -> impl IntoView {
    let session = expect_context::<Session>();
    view! {
        <a class="open-in-explore" href=move || view.with(View::href)
            aria-label=move || fill(session.words().explore.open_of, &[what.get()])>
            {session.t(|w| w.explore.open)}
        </a>
    }
}

/// The page.
#[component]
pub fn Explore() -> impl IntoView {
    let session = expect_context::<Session>();
    let viewing = Viewing::of_address();
    provide_context(viewing);
    let fair = fair_shares(session.impact);
    let reckoned = Memo::new(move |_| {
        let view = viewing.get();
        // Shared out only where measures are told apart: that takes many outcomes.
        let fair = if view.names(Dim::Measure) { fair.get() } else { None };
        let fair = fair.as_ref().and_then(|fair| fair.get());
        let naming = naming(session);
        session.impact.with(|i| i.get().map(|i| Reckoned::of(i, fair, &view, naming)))
    });
    let table = Memo::new(move |_| reckoned.get().unwrap_or_default());
    let drawn = Memo::new(move |_| {
        let (w, is_dark) = (session.words(), session.is_dark());
        table.with(|t| viewing.with(|view| picture(t, view, w, is_dark)))
    });
    let title = Signal::derive(move || viewing.with(|view| title(session, view)));
    let noted = move |unit| viewing.with(|view| note(session, view, unit));
    let note = Signal::derive(move || noted(unit(session)));
    let corner =
        Signal::derive(move || format!("{} · {}", title.get(), noted(session.words().unit_yuan)));
    let method = move || {
        if !viewing.with(|v| v.names(Dim::Measure) && v.amounts != Amounts::Base) {
            return None;
        }
        let w = session.words();
        let programmes = session.plan.with(|p| p.programmes.len());
        let fair = fair.get();
        let Some(fair) = fair.as_ref().and_then(|fair| fair.get()) else {
            return Some(w.explore.by_order_note.to_owned());
        };
        let is_sampled = (0..programmes).any(|p| matches!(fair.method(p), Method::Sampled { .. }));
        let sampled = if is_sampled { w.effects.sampled } else { "" };
        Some(format!("{} {sampled}", w.explore.by_measure_note))
    };
    let has_result = session.has_result();
    let is_empty = Memo::new(move |_| table.with(|t| t.rows.is_empty()));
    view! {
        <div class="sheet explore">
            <header class="page-head">
                <h2>{session.t(|w| w.explore.title)}</h2>
                <p>{session.t(|w| w.explore.about)}" "<IllustrativeMark /></p>
            </header>
            <Show when=move || has_result.get()>
                <Controls table corner />
                <Show when=move || !is_empty.get() fallback=move || view! {
                    <p class="card empty">{session.t(|w| w.explore.nothing)}</p>
                }>
                    <div class="explored">
                        <section class="card">
                            <header class="card-head"><h3>{session.t(|w| w.explore.table)}" · "{title}</h3><p>{note}</p></header>
                            <p class="sense">{method}</p>
                            <Table table title />
                        </section>
                        <section class="card">
                            <header class="card-head"><h3>{session.t(|w| w.explore.chart)}" · "{title}</h3><p>{note}</p></header>
                            <Chart label=title picture=drawn />
                            <p class="sense">{move || (table.with(|t| t.rows.len()) > MOST_ROWS).then(|| {
                                fill(session.words().explore.chart_left, &[&MOST_ROWS.to_string()])
                            })}</p>
                            <Show when=move || viewing.with(|v| v.shown == Shown::PerHead)><HeadsOf /></Show>
                        </section>
                    </div>
                </Show>
            </Show>
        </div>
    }
}

/// `地区 × 年度`
fn title(session: Session, view: &View) -> String {
    let w = session.words();
    let rows = dim_name(w, view.rows);
    view.cols.map_or_else(
        || rows.to_owned(),
        |cols| fill(w.explore.table_of, &[rows, dim_name(w, cols)]),
    )
}

/// Whose amounts, how, of which years, in what unit.
fn note(session: Session, view: &View, unit: &str) -> String {
    let w = session.words();
    let (scenario, base) = session.look.with(|l| l.compared());
    let (scenario, base) = (session.scenario_name(&scenario), session.scenario_name(&base));
    let whose = match view.amounts {
        Amounts::Whole => scenario,
        Amounts::Base => base,
        Amounts::Change => format!("{scenario} − {base}"),
    };
    let years = session.plan.with(|p| {
        let only = view.only.get(&Dim::Year).into_iter().flatten();
        let known = only.filter(|key| p.years().any(|year| year.to_string() == **key));
        let known: Vec<&str> = known.map(String::as_str).collect();
        // Years that the plan lacks select nothing, so all of them are shown.
        if known.is_empty() {
            fill(w.years_from_to, &[&p.horizon.first().to_string(), &p.horizon.last().to_string()])
        } else {
            known.join(w.explore.and)
        }
    });
    let how = match view.shown {
        Shown::Money => unit,
        Shown::PerHead => w.explore.yuan_per_head,
        Shown::OfRow => w.explore.of_row,
        Shown::OfColumn => w.explore.of_column,
        Shown::OfAll => w.explore.of_all,
    };
    format!("{whose} · {years} · {how}")
}

/// What sums are called: over heads they are no sums.
fn sum_name(w: &Words, view: &View) -> &'static str {
    if view.shown == Shown::PerHead { w.explore.overall } else { w.sum }
}

/// What a dimension is called.
fn dim_name(w: &Words, dim: Dim) -> &'static str {
    let w = w.explore;
    match dim {
        Dim::Region => w.dim_region,
        Dim::Year => w.dim_year,
        Dim::Programme => w.dim_programme,
        Dim::Stage => w.dim_stage,
        Dim::Nature => w.dim_nature,
        Dim::Source => w.dim_source,
        Dim::Payer => w.dim_payer,
        Dim::Account => w.dim_account,
        Dim::Measure => w.dim_measure,
    }
}
