//! Owns the controls of the page: rows, columns, which figure and how, filters, copying.

use super::copy::tab_separated;
use super::dims::{Item, Members};
use super::reckon::{Reckoned, layers};
use super::view::{Amounts, Dim, Shown};
use super::{Viewing, dim_name, naming, sum_name};
use crate::clipboard::{self, ByHand};
use crate::parts::{Choice, Segments};
use crate::session::Session;
use crate::words::fill;
use leptos::ev;
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

#[component]
pub fn Controls(
    /// What is copied.
    table: Memo<Reckoned>,
    /// What stands in its corner.
    corner: Signal<String>,
) -> impl IntoView {
    let session = expect_context::<Session>();
    let viewing = expect_context::<Viewing>();
    let dims = move || {
        let w = session.words();
        let each = Dim::ALL.iter().map(|d| (d.key().to_owned(), dim_name(w, *d).to_owned()));
        each.collect::<Vec<_>>()
    };
    let cols = Signal::derive(move || {
        let rows = viewing.with(|v| v.rows);
        let mut cols = dims();
        cols.retain(|(key, _)| key != rows.key());
        cols.insert(0, ("none".to_owned(), session.words().explore.no_cols.to_owned()));
        cols
    });
    let amounts = Signal::derive(move || {
        let w = session.words().explore;
        let name = |a: &Amounts| match a {
            Amounts::Whole => w.whole,
            Amounts::Base => w.base,
            Amounts::Change => w.change,
        };
        Amounts::ALL.iter().map(|a| (a.key().to_owned(), name(a).to_owned())).collect()
    });
    let shown = Signal::derive(move || {
        let w = session.words().explore;
        let by_measure = viewing.with(|v| v.names(Dim::Measure));
        let name = |s: &Shown| match s {
            Shown::Money => w.money,
            Shown::PerHead => w.per_head,
            Shown::OfRow => w.of_row,
            Shown::OfColumn => w.of_column,
            Shown::OfAll => w.of_all,
        };
        let there = Shown::ALL.iter().filter(|s| !by_measure || **s != Shown::PerHead);
        there.map(|s| (s.key().to_owned(), name(s).to_owned())).collect()
    });
    let populations = Signal::derive(move || {
        let lang = session.lang();
        let all = (String::new(), session.words().explore.all_pupils.to_owned());
        session.plan.with(|p| {
            let each = p.populations.iter();
            let each = each.map(|p| (p.id.to_string(), p.name.get(lang).to_owned()));
            std::iter::once(all).chain(each).collect::<Vec<_>>()
        })
    });
    let pupils = move || {
        let lang = session.lang();
        let all = session.plan.with(|p| {
            let names = p.pupils().map(|p| p.name.get(lang).to_owned());
            names.collect::<Vec<_>>().join(session.words().explore.and)
        });
        viewing
            .with(|v| v.per.is_none())
            .then(|| fill(session.words().explore.all_pupils_hint, &[&all]))
    };
    let told = RwSignal::new("");
    let by_hand = RwSignal::new(None::<String>);
    let copy = move |_| {
        let w = session.words();
        let sum = viewing.0.with_untracked(|v| sum_name(w, v));
        let done = w.explore.copied;
        let text = table.with_untracked(|t| tab_separated(t, &corner.get_untracked(), sum));
        told.set("");
        by_hand.set(None);
        clipboard::copy(text.clone(), move |is_there| {
            if is_there {
                let _ = told.try_set(done);
            } else {
                let _ = by_hand.try_set(Some(text));
            }
        });
    };
    let filters = move || Dim::ALL.iter().map(|dim| view! { <Filter dim=*dim /> }).collect_view();
    let is_filtered = move || viewing.with(|v| !v.only.is_empty());
    view! {
        <section class="card controls" aria-label=session.t(|w| w.explore.title)>
            <div class="row">
                <Choice label=session.t(|w| w.explore.rows) options=Signal::derive(dims)
                    value=Signal::derive(move || viewing.with(|v| v.rows.key().to_owned()))
                    on_choose=Callback::new(move |key: String| viewing.change(|v| {
                        let rows = Dim::of_key(&key).unwrap_or(v.rows);
                        // What stood in columns changes places with what stood in rows.
                        if v.cols == Some(rows) { v.cols = Some(v.rows); }
                        v.rows = rows;
                        v.sort = None;
                    })) />
                <button type="button" class="icon" title=session.t(|w| w.explore.swap) aria-label=session.t(|w| w.explore.swap)
                    disabled=move || viewing.with(|v| v.cols.is_none())
                    on:click=move |_| viewing.change(|v| {
                        if let Some(cols) = v.cols {
                            v.cols = Some(v.rows);
                            v.rows = cols;
                            v.sort = None;
                        }
                    })>"⇄"</button>
                <Choice label=session.t(|w| w.explore.cols) options=cols
                    value=Signal::derive(move || viewing.with(|v| v.cols.map_or("none", Dim::key).to_owned()))
                    on_choose=Callback::new(move |key: String| viewing.change(|v| {
                        v.cols = Dim::of_key(&key);
                        v.sort = None;
                    })) />
                <Segments label=session.t(|w| w.explore.figure) options=amounts
                    value=Signal::derive(move || viewing.with(|v| v.amounts.key().to_owned()))
                    on_choose=Callback::new(move |key: String| viewing.change(|v| {
                        v.amounts = Amounts::of_key(&key).unwrap_or(v.amounts);
                    })) />
                <Choice label=session.t(|w| w.explore.shown) options=shown
                    value=Signal::derive(move || viewing.with(|v| v.shown.key().to_owned()))
                    on_choose=Callback::new(move |key: String| viewing.change(|v| {
                        v.shown = Shown::of_key(&key).unwrap_or(v.shown);
                    })) />
                <Show when=move || viewing.with(|v| v.shown == Shown::PerHead)>
                    <Choice label=session.t(|w| w.explore.per) options=populations
                        value=Signal::derive(move || viewing.with(|v| v.per.clone().unwrap_or_default()))
                        on_choose=Callback::new(move |id: String| viewing.change(|v| {
                            v.per = Some(id).filter(|id| !id.is_empty());
                        })) />
                </Show>
            </div>
            <Show when=move || viewing.with(|v| v.shown == Shown::PerHead)>
                <p class="sense">{pupils}</p>
            </Show>
            <div class="row filters" role="group" aria-label=session.t(|w| w.explore.filters)>
                {filters()}
                <Show when=is_filtered>
                    <button type="button" class="quiet" on:click=move |_| viewing.change(|v| v.only.clear())>
                        {session.t(|w| w.explore.clear_filters)}
                    </button>
                </Show>
                <label class="check">
                    <input type="checkbox" prop:checked=move || viewing.with(|v| v.hide_empty)
                        on:change=move |_| viewing.change(|v| v.hide_empty = !v.hide_empty) />
                    {session.t(|w| w.explore.hide_empty)}
                </label>
                <span class="gap"></span>
                <button type="button" on:click=copy>{session.t(|w| w.explore.copy)}</button>
            </div>
            <p class="sense" role="status">{told}</p>
            <ByHand text=by_hand label=|w| w.explore.not_copied />
        </section>
    }
}

/// What of a dimension counts: everything, or what is ticked.
#[component]
fn Filter(dim: Dim) -> impl IntoView {
    let session = expect_context::<Session>();
    let viewing = expect_context::<Viewing>();
    let items = Memo::new(move |_| {
        let naming = naming(session);
        session
            .impact
            .with(|i| {
                let i = i.get()?;
                let measures = if dim == Dim::Measure { layers(i, naming) } else { Vec::new() };
                Some(Members::of(&i.plan, dim, naming, &measures).items)
            })
            .unwrap_or_default()
    });
    let chosen = move || viewing.with(|v| v.only.get(&dim).cloned().unwrap_or_default());
    let summary = move || {
        let (w, chosen) = (session.words(), chosen());
        let name = dim_name(w, dim);
        items.with(|items| {
            let there: Vec<&Item> = items.iter().filter(|i| chosen.contains(&i.key)).collect();
            match there.as_slice() {
                [] => fill(w.explore.all_of, &[name]),
                [one] => fill(w.explore.one_of, &[name, &one.name]),
                some => fill(w.explore.some_of, &[name, &some.len().to_string()]),
            }
        })
    };
    let toggle = move |key: &str| {
        let mut keys = chosen();
        if keys.iter().any(|k| k == key) {
            keys.retain(|k| k != key);
        } else {
            keys.push(key.to_owned());
        }
        viewing.change(|v| *v = v.clone().only(dim, keys));
    };
    let place = NodeRef::<html::Details>::new();
    let close = move || {
        if let Some(details) = place.get_untracked() {
            details.set_open(false);
        }
    };
    // What opened above the page goes away on looking elsewhere.
    let elsewhere = window_event_listener(ev::pointerdown, move |event| {
        let target = event.target().and_then(|t| t.dyn_into::<web_sys::Node>().ok());
        if place.get_untracked().is_some_and(|details| !details.contains(target.as_ref())) {
            close();
        }
    });
    on_cleanup(move || elsewhere.remove());
    let escape = move |event: web_sys::KeyboardEvent| {
        if event.key() == "Escape" {
            close();
            let summary = place.get_untracked().and_then(|d| d.first_element_child());
            if let Some(summary) = summary.and_then(|s| s.dyn_into::<web_sys::HtmlElement>().ok()) {
                let _ = summary.focus();
            }
        }
    };
    view! {
        <details class="filter" name="filter" node_ref=place on:keydown=escape>
            <summary class:on=move || viewing.with(|v| v.only.contains_key(&dim))><span class="clip">{summary}</span></summary>
            <div class="options" role="group" aria-label=move || dim_name(session.words(), dim)>
                <For each=move || items.get() key=|item| (item.key.clone(), item.name.clone()) let(item)>
                    {
                        let (key, of) = (item.key.clone(), item.key);
                        view! {
                            <label class="check">
                                <input type="checkbox" prop:checked=move || chosen().contains(&key)
                                    on:change=move |_| toggle(&of) />
                                {item.name}
                            </label>
                        }
                    }
                </For>
            </div>
        </details>
    }
}
