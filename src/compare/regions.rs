//! Owns who gains and who loses: by region, what is spent there and what its county bears, in
//! all and for each pupil.

use super::Compared;
use super::between::{asked, bar, figure, no_result, pair, pair_note};
use crate::numbers::{self, MoneyUnit};
use crate::parts::Choice;
use crate::rounding::{self, Sum};
use crate::session::Session;
use crate::why::Question;
use crate::words::fill;
use leptos::prelude::*;
use shapan_engine::{Cut, Fen, Outcome, Plan, PopulationId, What, per_head};

/// What can be sorted by, in the order of the columns.
const KEYS: [&str; 4] = ["spent", "spent-each", "borne", "borne-each"];

/// A region, or the city.
#[derive(Clone, PartialEq)]
struct Row {
    name: String,
    /// The year and the region.
    cut: Cut,
    /// Spending, spending for each pupil, the county's burden, that for each pupil.
    figures: [Option<Fen>; 4],
}

#[component]
pub fn Regions(compared: Compared) -> impl IntoView {
    let session = expect_context::<Session>();
    let key = RwSignal::new(KEYS[0].to_owned());
    let pupils = RwSignal::new(String::new());
    let place = move || key.with(|key| KEYS.iter().position(|k| k == key).unwrap_or(0));
    let rows = Memo::new(move |_| {
        let lang = session.lang();
        compared.pair(|plan, difference, year| {
            let counted = pupils.with(|pupils| counted(plan, pupils));
            let row = |name: &str, region: Option<usize>| {
                let cut = Cut { year, region, ..Cut::ALL };
                let heads = heads_twice(plan, difference.base, &counted, region, year);
                let spent = difference.total(cut);
                let borne = difference.county_burden(plan, cut);
                let each = |amount| per_head(amount, heads).ok().flatten();
                let figures = [Some(spent), each(spent), Some(borne), each(borne)];
                Row { name: name.to_owned(), cut, figures }
            };
            let regions = plan.regions.iter().enumerate();
            let rows: Vec<Row> = regions.map(|(n, r)| row(r.name.get(lang), Some(n))).collect();
            (rows, row(plan.place.get(lang), None))
        })
    });
    let line = move || {
        let count = |n: usize, more: bool| {
            let is_it = |row: &&Row| {
                row.figures[n].is_some_and(|f| if more { f > Fen::ZERO } else { f < Fen::ZERO })
            };
            let found =
                rows.with(|r| r.as_ref().map_or(0, |(r, _)| r.iter().filter(is_it).count()));
            found.to_string()
        };
        let counts = [count(0, true), count(0, false), count(2, true), count(2, false)];
        fill(session.words().compare.regions_line, &counts.each_ref().map(String::as_str))
    };
    let note = move || {
        let (w, lang) = (session.words().compare, session.lang());
        let names = session.plan.with(|p| {
            let counted = pupils.with(|pupils| counted(p, pupils));
            let named = p.populations.iter().filter(|p| counted.contains(&&p.id));
            named.map(|p| p.name.get(lang).to_owned()).collect::<Vec<_>>()
        });
        if names.is_empty() {
            return w.no_pupils.to_owned();
        }
        fill(w.per_head_note, &[&names.join(w.comma)])
    };
    let keys = Signal::derive(move || {
        let w = session.words().compare;
        let names = [w.sort_spent, w.sort_spent_each, w.sort_borne, w.sort_borne_each];
        KEYS.iter().zip(names).map(|(key, name)| ((*key).to_owned(), name.to_owned())).collect()
    });
    let populations = Signal::derive(move || {
        let lang = session.lang();
        let all = (String::new(), session.words().compare.all_pupils.to_owned());
        session.plan.with(|p| {
            let each = p.populations.iter();
            let each = each.map(|p| (p.id.to_string(), p.name.get(lang).to_owned()));
            std::iter::once(all).chain(each).collect::<Vec<_>>()
        })
    });
    let body = move || {
        let (mut all, city) = rows.get()?;
        let place = place();
        all.sort_by_key(|row| std::cmp::Reverse(row.figures[place]));
        let sizes = all.iter().filter_map(|row| row.figures[place]);
        let most = sizes.map(|fen| fen.abs().0).max().unwrap_or(0);
        let body = all.iter().map(|row| {
            tr(session, compared, row, Some(bar(row.figures[place].unwrap_or_default().0, most)))
        });
        let body = body.collect_view();
        Some(view! { <tbody>{body}</tbody><tfoot>{tr(session, compared, &city, None)}</tfoot> })
    };
    let rounded = move || {
        let (all, city) = rows.get()?;
        // Amounts for each head are no parts of the city's.
        let column = |n: usize| {
            let parts = all.iter().filter_map(|row| row.figures[n]);
            Sum::of(parts, city.figures[n].unwrap_or_default())
        };
        rounding::note(session, &[column(0), column(2)])
    };
    let sorted = move |n: usize| (place() == n).then_some("descending");
    view! {
        <section class="card regions-differ">
            <header class="card-head">
                <h2>{session.t(|w| w.compare.regions)}</h2>
                <p>{move || pair_note(session, compared)}</p>
            </header>
            <Show when=move || rows.with(Option::is_some) fallback=move || no_result(session)>
                <p>{line}</p>
                <div class="row tools">
                    <Choice
                        label=session.t(|w| w.compare.sort_by)
                        options=keys
                        value=Signal::derive(move || key.get())
                        on_choose=Callback::new(move |chosen| key.set(chosen))
                    />
                    <Choice
                        label=session.t(|w| w.compare.pupils)
                        options=populations
                        value=Signal::derive(move || pupils.get())
                        on_choose=Callback::new(move |chosen| pupils.set(chosen))
                    />
                </div>
                <div class="scroll" tabindex="0" role="region" aria-label=session.t(|w| w.compare.regions)>
                    <table>
                        <thead><tr>
                            <th scope="col">{session.t(|w| w.region)}</th>
                            <th scope="col" class="num" aria-sort=move || sorted(0)>{session.t(|w| w.compare.spent_there)}</th>
                            <th scope="col" class="num" aria-sort=move || sorted(1)>{session.t(|w| w.compare.per_head)}</th>
                            <th scope="col" class="num" aria-sort=move || sorted(2)>{session.t(|w| w.compare.borne_there)}</th>
                            <th scope="col" class="num" aria-sort=move || sorted(3)>{session.t(|w| w.compare.per_head)}</th>
                            <td class="bars"></td>
                        </tr></thead>
                        {body}
                    </table>
                </div>
                {rounded}
                <p class="sense">{note}</p>
            </Show>
        </section>
    }
}

/// Heads a fiscal year (or all of them) pays for, twice: in a region, or in all.
fn heads_twice(
    plan: &Plan,
    outcome: &Outcome,
    counted: &[&PopulationId],
    region: Option<usize>,
    year: Option<usize>,
) -> i64 {
    let regions = region.map_or(0..plan.regions.len(), |r| r..r + 1);
    let years = year.map_or(0..plan.horizon.years(), |y| y..y + 1);
    let each = counted.iter().flat_map(|id| {
        let years = years.clone();
        let in_region = move |r| years.clone().map(move |y| outcome.heads_twice(id, r, y));
        regions.clone().flat_map(in_region)
    });
    each.fold(0, i64::saturating_add)
}

/// The populations heads are counted of: one chosen, or all pupils.
fn counted<'a>(plan: &'a Plan, chosen: &str) -> Vec<&'a PopulationId> {
    let one = plan.populations.iter().find(|p| p.id.as_str() == chosen);
    one.map_or_else(|| plan.pupils().map(|p| &p.id).collect(), |one| vec![&one.id])
}

fn tr(session: Session, compared: Compared, row: &Row, bar: Option<AnyView>) -> AnyView {
    let w = session.words().compare;
    let [spent, spent_each, borne, borne_each] = row.figures;
    let whole = |called: &str, what: What, fen: Option<Fen>| {
        let question = Question::of_change(format!("{} · {called}", row.name), what);
        figure(asked(question, &pair(compared)), fen.unwrap_or_default(), true)
    };
    view! {
        <tr>
            <th scope="row">{row.name.clone()}</th>
            {whole(w.spent_there, What::Total(row.cut), spent)}
            <td class="num">{each(spent_each)}</td>
            {whole(w.borne_there, What::CountyBurden(row.cut), borne)}
            <td class="num">{each(borne_each)}</td>
            <td class="bars" aria-hidden="true">{bar}</td>
        </tr>
    }
    .into_any()
}

/// What one head gets more or less, in yuan whatever the reader's unit: it is small.
fn each(fen: Option<Fen>) -> AnyView {
    let Some(fen) = fen else { return "–".into_any() };
    let class = match fen.0 {
        1.. => "money up",
        0 => "money",
        _ => "money down",
    };
    let shown = numbers::signed_money(fen, MoneyUnit::Yuan);
    view! { <data class=class value=fen.0.to_string()>{shown}</data> }.into_any()
}
