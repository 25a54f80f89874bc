//! Owns the chart on the page: its box, ticks and names around it, the legend below.

use super::scale::{Scale, WHOLE, every, percent};
use super::spots::{Line, Spot, Spots, Tip};
use super::{Figures, Kind, Look, Picture, draw};
use crate::names;
use crate::numbers::{self, MoneyUnit};
use crate::session::Session;
use crate::words::fill;
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;

/// A drawing at the size of its box, drawn again when that changes. `draw` is told the size in
/// CSS pixels; what it returns holds no text of a plan.
#[component]
pub fn Svg(
    /// The drawing.
    draw: Callback<Look, String>,
    /// Told the size.
    #[prop(optional)]
    size: RwSignal<Look>,
) -> impl IntoView {
    let place = NodeRef::<html::Div>::new();
    // The box, not the window: it also changes when what stands beside it comes or goes.
    Effect::new(move |_| {
        let Some(place) = place.get() else { return };
        let measured = place.clone();
        // Drawn with the next frame: a chart drawn while boxes are being measured would ask
        // for another round of measuring.
        let measure = Closure::<dyn Fn()>::new(move || {
            let measured = measured.clone();
            request_animation_frame(move || {
                let pixels = |length: i32| u16::try_from(length).unwrap_or(0);
                let (width, height) = (measured.client_width(), measured.client_height());
                let _ = size.try_set(Look { width: pixels(width), height: pixels(height) });
            });
        });
        if let Ok(observer) = web_sys::ResizeObserver::new(measure.as_ref().unchecked_ref()) {
            observer.observe(&place);
            let kept = StoredValue::new_local((observer, measure));
            on_cleanup(move || {
                let _ = kept.try_with_value(|(observer, _)| observer.disconnect());
            });
        }
    });
    let session = expect_context::<Session>();
    // A memo: a chart that comes out the same is not put in anew.
    let svg = Memo::new(move |_| match size.get() {
        // What no screen has shown yet may come on paper.
        Look { width: 0, .. } if session.printing.get() => draw.run(Look::PAPER),
        Look { width: 0, .. } => String::new(),
        look => draw.run(look),
    });
    view! { <div class="svg" aria-hidden="true" node_ref=place inner_html=svg></div> }
}

/// A little square of a colour.
#[component]
pub fn Swatch(
    /// `#rrggbb`
    color: &'static str,
) -> impl IntoView {
    view! {
        <svg class="swatch" width="10" height="10" aria-hidden="true">
            <rect width="10" height="10" rx="2" fill=color></rect>
        </svg>
    }
}

/// A chart. Its exact figures also stand in a table beside it.
#[component]
pub fn Chart(
    /// What it shows, of when.
    #[prop(into)]
    label: Signal<String>,
    /// What is drawn.
    picture: Memo<Picture>,
) -> impl IntoView {
    let session = expect_context::<Session>();
    let size = RwSignal::new(Look::default());
    let scale = Memo::new(move |_| {
        picture.with(|p| {
            let (lowest, highest) = p.extent();
            match p.kind {
                Kind::Lines => Scale::of_lines(lowest, highest, 4),
                Kind::Columns => Scale::of_bars(lowest, highest, 4),
                // Ticks of rows stand side by side.
                Kind::Rows => Scale::of_bars(lowest, highest, 3),
            }
        })
    });
    let draw =
        Callback::new(move |look: Look| picture.with(|p| draw::picture(p, scale.get(), &look)));
    let spots = Memo::new(move |_| picture.with(|p| spots(session, p)));
    let kind = move || match picture.with(|p| p.kind) {
        Kind::Columns => "chart columns-chart",
        Kind::Lines => "chart lines-chart",
        Kind::Rows => "chart rows-chart",
    };
    let is_rows = Memo::new(move |_| picture.with(|p| p.kind == Kind::Rows));
    let ticks = Memo::new(move |_| {
        let unit = session.preferences.with(|p| p.unit());
        let written = |p: &Picture, tick| tick_text(&p.figures, unit, tick);
        let scale = scale.get();
        let ticks = scale.ticks().into_iter();
        picture.with(|p| {
            // A chart of nothing has no size to tell.
            let is_flat = p.extent() == (0, 0);
            let ticks = ticks.filter(|t| *t == 0 || !is_flat);
            ticks.map(|t| (scale.place(t), written(p, t), t == 0)).collect::<Vec<_>>()
        })
    });
    let gutter = move || {
        let longest = ticks.with(|t| t.iter().map(|(_, text, _)| text.chars().count()).max());
        (!is_rows.get()).then(|| format!("{}ch", longest.unwrap_or(0) + 1))
    };
    let named = Memo::new(move |_| {
        let (width, is_rows) = (size.get().width, is_rows.get());
        picture.with(|p| {
            // Paper is narrower than many a screen, and broader than a phone.
            let width = if session.printing.get() { Look::PAPER.width } else { width };
            let every = if is_rows { 1 } else { every(&p.categories, width) };
            let shown = |(n, name): (usize, &String)| {
                let shown = if n.is_multiple_of(every) { name.clone() } else { String::new() };
                (name.clone(), shown)
            };
            p.categories.iter().enumerate().map(shown).collect::<Vec<_>>()
        })
    });
    let height =
        move || is_rows.get().then(|| format!("{}px", 24 * picture.with(|p| p.categories.len())));
    // Printed, it keeps the shape it was drawn in.
    let drawn = move || match size.get() {
        Look { width: 0, .. } | Look { height: 0, .. } => None,
        Look { width, height } => Some(format!("{width} / {height}")),
    };
    let tick = move |(place, text, is_zero): (i32, String, bool)| {
        let place = percent(place);
        let (left, bottom) =
            if is_rows.get_untracked() { (Some(place), None) } else { (None, Some(place)) };
        view! { <span class:zero=is_zero style:left=left style:bottom=bottom><i>{text}</i></span> }
    };
    view! {
        <div class=kind>
            <div class="frame" style:padding-inline-start=gutter>
                <div class="names" aria-hidden="true">
                    {move || named.get().into_iter().map(|(title, shown)| view! {
                        <span title=title>{shown}</span>
                    }).collect_view()}
                </div>
                <div class="plot" style:height=height style=("--drawn", drawn)>
                    <div class="ticks" aria-hidden="true">
                        {move || ticks.get().into_iter().map(tick).collect_view()}
                    </div>
                    <Svg draw size />
                    <Spots label spots />
                </div>
            </div>
            <Legend picture />
        </div>
    }
}

/// Which colour, and which symbol, is whose. For the eye: every spot names its figures.
#[component]
fn Legend(picture: Memo<Picture>) -> impl IntoView {
    let session = expect_context::<Session>();
    let entries = Memo::new(move |_| {
        picture.with(|p| {
            let entry = |(n, s): (usize, &super::Series)| {
                let glyph = (p.kind == Kind::Lines).then(|| draw::symbol_glyph(n));
                (s.color, glyph, s.name.clone())
            };
            let entries: Vec<_> = p.shown().map(entry).collect();
            (entries, p.kind == Kind::Lines && p.forecast_from.is_some())
        })
    });
    let entry = |(color, glyph, name): (&'static str, Option<&'static str>, String)| {
        let mark = match glyph {
            Some(glyph) => view! { <b class="glyph" style:color=color>{glyph}</b> }.into_any(),
            None => view! { <Swatch color /> }.into_any(),
        };
        view! { <li>{mark}{name}</li> }
    };
    view! {
        <ul class="legend" aria-hidden="true">
            {move || {
                let (entries, has_forecast) = entries.get();
                // One series is named by what stands above the chart.
                let entries = if entries.len() > 1 { entries } else { Vec::new() };
                let dashed = has_forecast.then(|| view! { <li class="dashed">{session.words().explore.projected}</li> });
                (entries.into_iter().map(entry).collect_view(), dashed)
            }}
        </ul>
    }
}

/// A tick, written exactly.
fn tick_text(figures: &Figures, unit: MoneyUnit, value: i64) -> String {
    match figures {
        Figures::Money => numbers::exact(value, unit.power()),
        Figures::Yuan => numbers::exact(value, MoneyUnit::Yuan.power()),
        Figures::Counted(_) => numbers::whole(value),
        Figures::Rate => format!("{}%", numbers::exact(value, 4)),
    }
}

/// A spot for each category: its figures one by one, and their sum where they are stacked.
fn spots(session: Session, picture: &Picture) -> Vec<Spot> {
    let w = session.words();
    let money = session.preferences.with(|p| p.unit());
    let unit = match &picture.figures {
        Figures::Money => names::unit(w, money).to_owned(),
        Figures::Yuan => w.unit_yuan.to_owned(),
        Figures::Counted(unit) => unit.clone(),
        Figures::Rate => String::new(),
    };
    let count = i32::try_from(picture.categories.len().max(1)).unwrap_or(i32::MAX);
    let edge =
        |n: i32| i32::try_from(i64::from(WHOLE) * i64::from(n) / i64::from(count)).unwrap_or(0);
    let each = picture.categories.iter().enumerate();
    each.map(|(place, category)| {
        let n = i32::try_from(place).unwrap_or(0);
        let values = picture.shown().filter_map(|(_, s)| Some((s, (*s.values.get(place)?)?)));
        let is_stack = picture.kind != Kind::Lines;
        let values: Vec<_> = values.filter(|(_, v)| !is_stack || *v != 0).collect();
        let sum = values.iter().map(|(_, v)| i128::from(*v)).sum::<i128>();
        let written = |value| tick_text(&picture.figures, money, value);
        let mut lines: Vec<Line> = values
            .iter()
            .map(|(s, v)| Line { color: Some(s.color), name: s.name.clone(), figure: written(*v) })
            .collect();
        // Shares that are rounded one by one need not add up.
        if is_stack
            && lines.len() != 1
            && picture.figures != Figures::Rate
            && let Ok(sum) = i64::try_from(sum)
        {
            lines.push(Line { color: None, name: w.sum.to_owned(), figure: written(sum) });
        }
        let is_projected = picture.forecast_from.is_some_and(|from| place >= from);
        let title =
            if unit.is_empty() { category.clone() } else { format!("{category} · {unit}") };
        let title = if is_projected { fill(w.explore.projected_of, &[&title]) } else { title };
        let tip = Tip { title, lines };
        let (start, length) = (edge(n), edge(n + 1) - edge(n));
        match picture.kind {
            Kind::Rows => Spot { left: 0, top: start, width: WHOLE, height: length, tip },
            _ => Spot { left: start, top: 0, width: length, height: WHOLE, tip },
        }
    })
    .collect()
}
