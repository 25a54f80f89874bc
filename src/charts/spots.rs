//! Owns the spots laid over a chart: pointing at one or walking to it shows and says the exact
//! figures.
//!
//! Invariant: all spots of a chart are one stop of the tab key; arrows walk among them. A tip
//! stays while the pointer is on its spot or on itself, Escape takes it away from wherever the
//! keyboard is, and all of it is within the window. A spot's label says all that its tip shows.

use super::scale::percent;
use crate::session::Session;
use crate::words::fill;
use leptos::ev;
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

/// What a tip says.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Tip {
    /// What, when, in what unit.
    pub title: String,
    /// The figures.
    pub lines: Vec<Line>,
}

/// A figure in a tip.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Its colour in the chart, if it has one.
    pub color: Option<&'static str>,
    /// Of what.
    pub name: String,
    /// Written exactly.
    pub figure: String,
}

/// A place on a chart, in hundredths of a per cent of its box from the top left.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Spot {
    /// From the left.
    pub left: i32,
    /// From the top.
    pub top: i32,
    /// How wide.
    pub width: i32,
    /// How high.
    pub height: i32,
    /// What it says.
    pub tip: Tip,
}

impl Spot {
    fn label(&self, session: Session) -> String {
        let w = session.words();
        let lines = self.tip.lines.iter();
        let lines = lines.map(|l| format!("{} {}", l.name, l.figure).trim().to_owned());
        let lines = lines.collect::<Vec<_>>().join(w.semicolon);
        fill(w.explore.spot, &[&self.tip.title, &lines])
    }
}

/// The spots of a chart.
#[component]
pub fn Spots(
    /// What the chart shows.
    label: Signal<String>,
    /// In the order arrows walk.
    spots: Memo<Vec<Spot>>,
    /// Which one is pointed at.
    #[prop(optional)]
    shown: RwSignal<Option<usize>>,
) -> impl IntoView {
    let session = expect_context::<Session>();
    let place = NodeRef::<html::Div>::new();
    let stop = RwSignal::new(0usize);
    let count = Memo::new(move |_| spots.with(Vec::len));
    let walk = move |event: web_sys::KeyboardEvent| {
        let last = count.get_untracked().saturating_sub(1);
        let at = stop.get_untracked().min(last);
        let to = match event.key().as_str() {
            "ArrowRight" | "ArrowDown" => (at + 1).min(last),
            "ArrowLeft" | "ArrowUp" => at.saturating_sub(1),
            "Home" => 0,
            "End" => last,
            _ => return,
        };
        event.prevent_default();
        let spot = place.get_untracked().and_then(|p| p.children().item(u32::try_from(to).ok()?));
        if let Some(spot) = spot.and_then(|s| s.dyn_into::<web_sys::HtmlElement>().ok()) {
            let _ = spot.focus();
        }
    };
    let is_still = StoredValue::new(false);
    // Who only points has the keyboard elsewhere.
    let escape = window_event_listener(ev::keydown, move |event| {
        if event.key() == "Escape" {
            // The tip goes from under the pointer, which did not move to what was below it.
            is_still.set_value(shown.get_untracked().is_some());
            shown.set(None);
        }
    });
    on_cleanup(move || escape.remove());
    let leave = move |_| {
        let is_pointed_at = place.get_untracked().and_then(|p| p.matches(":hover").ok());
        if is_pointed_at != Some(true) {
            shown.set(None);
        }
    };
    let of = move |n: usize, pick: fn(&Spot) -> i32| {
        move || spots.with(|s| s.get(n).map(|s| percent(pick(s))))
    };
    let named = move || fill(session.words().explore.walk_chart, &[&label.get()]);
    view! {
        <div class="spots" role="group" aria-label=named node_ref=place on:keydown=walk
            on:pointermove=move |_| is_still.set_value(false)
            on:pointerleave=move |_| { is_still.set_value(false); shown.set(None); }>
            <For each=move || 0..count.get() key=|n| *n let(n)>
                <div class="spot" role="img"
                    class:shown=move || shown.get() == Some(n)
                    tabindex=move || if stop.get().min(count.get().saturating_sub(1)) == n { "0" } else { "-1" }
                    aria-label=move || spots.with(|s| s.get(n).map(|s| s.label(session)))
                    style:left=of(n, |s| s.left) style:top=of(n, |s| s.top)
                    style:width=of(n, |s| s.width) style:height=of(n, |s| s.height)
                    on:pointerenter=move |_| if !is_still.get_value() { shown.set(Some(n)) }
                    on:focus=move |_| { stop.set(n); shown.set(Some(n)); }
                    on:blur=leave
                ></div>
            </For>
            {move || shown.get().and_then(|n| spots.with(|s| s.get(n).map(tip)))}
        </div>
    }
}

/// Beside the spot, edge to edge with it and over none of its neighbours' rows; for the eye
/// alone, as the spot's label says the same.
fn tip(spot: &Spot) -> AnyView {
    let is_wide = spot.width > 5_000;
    let is_right = spot.left + spot.width / 2 > 5_000;
    let (left, right) = if is_wide || is_right {
        (None, Some(percent(10_000 - spot.left)))
    } else {
        (Some(percent(spot.left + spot.width)), None)
    };
    let (top, bottom) = if spot.top > 5_000 {
        (None, Some(percent(10_000 - spot.top - spot.height)))
    } else {
        (Some(percent(spot.top)), None)
    };
    let line = |line: &Line| {
        let color = line.color.map(|color| view! { <super::Swatch color /> });
        view! { <li>{color}<span>{line.name.clone()}</span><b>{line.figure.clone()}</b></li> }
    };
    let place = NodeRef::<html::Div>::new();
    Effect::new(move |_| {
        if let Some(tip) = place.get() {
            bring_into_view(&tip);
        }
    });
    view! {
        <div class="tip" aria-hidden="true" node_ref=place
            style:left=left style:right=right style:top=top style:bottom=bottom>
            <div>
                <p>{spot.tip.title.clone()}</p>
                <ul>{spot.tip.lines.iter().map(line).collect_view()}</ul>
            </div>
        </div>
    }
    .into_any()
}

/// Moves what reaches out of the window, or under the header, by as much as it does.
#[allow(clippy::float_arithmetic, reason = "lengths on the screen, as the browser gives them")]
fn bring_into_view(tip: &web_sys::HtmlElement) {
    let header = document().query_selector(".top").ok().flatten();
    let above = header.map_or(0.0, |h| h.get_bounding_client_rect().bottom()).max(0.0);
    let Some(root) = document().document_element() else { return };
    // Where there is not room enough for all of it, its beginning shows.
    let shift = |from: f64, to: f64, least: f64, most: i32| {
        (f64::from(most) - to).min(0.0).max(least - from)
    };
    let there = tip.get_bounding_client_rect();
    let across = shift(there.left(), there.right(), 0.0, root.client_width());
    let down = shift(there.top(), there.bottom(), above, root.client_height());
    let _ = tip.style().set_property("translate", &format!("{across}px {down}px"));
}
