//! Owns the grid of a source's money: an amount for each fiscal year, or, where asked for, dated
//! by school semester as the plan keeps it.
//!
//! Invariant: a column of a year shows what counts in that year and sets that year alone; what
//! is dated finer than a year is said, and shown whole by semester.

use super::StatusQuo;
use super::dates::Dates;
use super::edit::Stands;
use super::table::{DataGrid, Draft, Table, percent};
use crate::grid::{Cell, Column, Means, Measure};
use crate::names;
use crate::numbers;
use crate::session::Session;
use crate::words::{Words, fill};
use leptos::prelude::*;
use shapan_engine::{
    Fen, Indexed, Lang, Outcome, ParamPath, Parameter, Plan, RegionId, Scope, Source, SourceRole,
    Unit, Yearly,
};

/// Years of two amounts that are named; of more only the number is told.
const NAMED: usize = 3;

/// What a source states: the amount, its growth and what they are called.
struct Stated<'a> {
    role: SourceRole,
    growth: SourceRole,
    amount: &'a Indexed,
    is_shared: bool,
}

fn stated(source: &Source) -> Vec<Stated<'_>> {
    let revenue = source.revenue.as_ref().map(|amount| Stated {
        role: SourceRole::Revenue,
        growth: SourceRole::RevenueGrowth,
        amount,
        is_shared: false,
    });
    let available = source.available.as_ref().map(|available| Stated {
        role: SourceRole::Available,
        growth: SourceRole::AvailableGrowth,
        amount: &available.amount,
        is_shared: available.scope == Scope::CityWide,
    });
    revenue.into_iter().chain(available).collect()
}

fn path(source: &Source, role: SourceRole) -> ParamPath {
    ParamPath::Source(source.id.clone(), role)
}

fn role_name(w: &Words, role: SourceRole) -> &'static str {
    match role {
        SourceRole::Revenue => w.role_revenue,
        SourceRole::RevenueGrowth => w.role_revenue_growth,
        SourceRole::Available => w.role_available,
        SourceRole::AvailableGrowth => w.role_available_growth,
    }
}

/// By fiscal year: what each comes to, then from which years another growth holds.
pub(super) fn by_years(
    w: &'static Words,
    lang: Lang,
    plan: &Plan,
    source: &Source,
    money: &Measure,
) -> Table {
    let mut draft = Draft::of_regions(w, lang, plan, true);
    let stated = stated(source);
    for of in &stated {
        let path = path(source, of.role);
        draft.fiscal(&path, &of.amount.value, money, role_name(w, of.role), of.is_shared);
    }
    for of in &stated {
        let (path, growth) = (path(source, of.growth), of.amount.indexation.as_ref());
        draft.growth(&path, growth, role_name(w, of.growth), of.is_shared);
    }
    draft.done(true)
}

/// A year whose two semesters have different amounts.
struct Halves {
    region: Option<RegionId>,
    year: String,
    amounts: [Fen; 2],
}

/// Years that a column cannot show whole.
fn halves(plan: &Plan, source: &Source) -> Vec<Halves> {
    let mut found = Vec::new();
    for of in stated(source) {
        let Ok(Some(yearly)) = Yearly::of(plan, &path(source, of.role)) else { continue };
        let parameter: &Parameter = &of.amount.value;
        let own = parameter.by_region.keys().filter(|_| !of.is_shared).map(Some);
        // A region without steps of its own has the common ones.
        for region in std::iter::once(None).chain(own) {
            let amounts = yearly.amounts(parameter, region).unwrap_or_default();
            let years = plan.horizon.fiscal_years().zip(amounts);
            let split = years.filter(|(_, amount)| amount.spring != amount.autumn);
            found.extend(split.map(|(year, amount)| Halves {
                region: region.cloned(),
                year: year.to_string(),
                amounts: [amount.spring, amount.autumn].map(Fen),
            }));
        }
    }
    found
}

/// By school semester: a column for each date, and what each fiscal year comes to.
fn by_dates(
    w: &'static Words,
    lang: Lang,
    plan: &Plan,
    outcome: Option<&Outcome>,
    source: &Source,
    money: &Measure,
) -> Table {
    let path = |role| ParamPath::Source(source.id.clone(), role);
    let growth = percent(Unit::Growth);
    let is_shared = source.available.as_ref().is_some_and(|a| a.scope == Scope::CityWide);
    let mut draft = Draft::of_regions(w, lang, plan, true);
    if let Some(revenue) = &source.revenue {
        draft.dated(&path(SourceRole::Revenue), Some(&revenue.value), money, w.role_revenue);
        let of = revenue.indexation.as_ref();
        draft.dated(&path(SourceRole::RevenueGrowth), of, &growth, w.role_revenue_growth);
    }
    if let Some(available) = &source.available {
        let (amount, of) = (&available.amount.value, available.amount.indexation.as_ref());
        let (path, grows) = (path(SourceRole::Available), path(SourceRole::AvailableGrowth));
        if is_shared {
            draft.dated_for_all(&path, Some(amount), money, w.role_available);
            draft.dated_for_all(&grows, of, &growth, w.role_available_growth);
        } else {
            draft.dated(&path, Some(amount), money, w.role_available);
            draft.dated(&grows, of, &growth, w.role_available_growth);
        }
    }
    let place = plan.sources.iter().position(|s| s.id == source.id);
    let known = source.revenue.is_some() || source.available.is_some();
    if let (Some(place), Some(outcome), true) = (place, outcome, known) {
        for (n, year) in plan.years().enumerate() {
            let amount = |region| outcome.available(place, region, n).map(|Fen(fen)| fen);
            let cell = |value| (Cell::computed(value), Stands::Nothing);
            let mut cells = vec![if is_shared { cell(amount(None)) } else { Default::default() }];
            if !is_shared {
                cells.extend((0..plan.regions.len()).map(|region| cell(amount(Some(region)))));
            }
            let column = Column {
                name: fill(w.fiscal_year, &[&year.to_string()]),
                aliases: Vec::new(),
                band: w.data.available_each_year.to_owned(),
                measure: money.clone(),
                adds: !is_shared,
                means: Means::default(),
            };
            draft.column(column, cells);
        }
    }
    draft.done(true)
}

/// The grid, and what there is to say of it.
#[component]
pub fn SourceGrid(
    source: Memo<Option<Source>>,
    outcome: StatusQuo,
    /// Whether it is dated by school semester.
    by_semester: RwSignal<bool>,
    label: Signal<String>,
) -> impl IntoView {
    let session = expect_context::<Session>();
    let table = Memo::new(move |_| {
        let (w, lang) = (session.words(), session.lang());
        let unit = session.preferences.with(|p| p.unit());
        let name = names::unit(w, unit).to_owned();
        let money = Measure { unit: Unit::Fen, power: unit.power(), name };
        let by_semester = by_semester.get();
        let outcome = by_semester.then(|| outcome.get()).flatten();
        session
            .plan
            .with(|plan| {
                source.with(|source| {
                    let source = source.as_ref()?;
                    Some(match by_semester {
                        true => by_dates(w, lang, plan, outcome.as_deref(), source, &money),
                        false => by_years(w, lang, plan, source, &money),
                    })
                })
            })
            .unwrap_or_default()
    });
    let paths = move |of: fn(&Stated<'_>) -> Vec<SourceRole>| {
        Memo::new(move |_| {
            source.with(|source| {
                let Some(source) = source else { return Vec::new() };
                let roles = stated(source).iter().flat_map(of).collect::<Vec<_>>();
                roles.into_iter().map(|role| path(source, role)).collect()
            })
        })
    };
    let dated = paths(|of| {
        let growth = of.amount.indexation.is_some().then_some(of.growth);
        std::iter::once(of.role).chain(growth).collect()
    });
    let growths =
        paths(|of| of.amount.indexation.is_some().then_some(of.growth).into_iter().collect());
    let said = move || {
        let (w, lang) = (session.words(), session.lang());
        let unit = session.preferences.with(|p| p.unit());
        session.plan.with(|plan| {
            let found = source.with(|source| source.as_ref().map(|s| halves(plan, s)))?;
            let name = |halves: &Halves| {
                let region = plan.regions.iter().find(|r| Some(&r.id) == halves.region.as_ref());
                let region = region.map_or(w.data.all_alike, |r| r.name.get(lang));
                let [spring, autumn] =
                    halves.amounts.map(|amount| numbers::exact(amount.0, unit.power()));
                fill(w.data.halves_of, &[region, &halves.year, &spring, &autumn])
            };
            let named: Vec<_> = found.iter().take(NAMED).map(name).collect();
            let more = found.len().saturating_sub(NAMED);
            let more = (more > 0).then(|| fill(w.data.grid_more, &[&more.to_string()]));
            let all: Vec<_> = named.into_iter().chain(more).collect();
            (!all.is_empty()).then(|| fill(w.data.halves, &[&all.join(w.semicolon)]))
        })
    };
    let is_empty = move || table.with(|table| table.sheet.columns.is_empty());
    view! {
        <Show when=move || !is_empty() fallback=move || view! {
            <p class="empty">{session.t(|w| w.data.no_money)}</p>
        }>
            {move || (!by_semester.get()).then(said).flatten().map(|said| view! { <p class="remark">{said}</p> })}
            <DataGrid label table />
            <Show when=move || by_semester.get() fallback=move || view! {
                <Show when=move || growths.with(|paths| !paths.is_empty())>
                    <Dates paths=growths by_year=true />
                </Show>
            }>
                <Dates paths=dated />
            </Show>
        </Show>
    }
    .into_any()
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::super::edit;
    use super::*;
    use crate::words::words;
    use shapan_engine::{Available, Document, Parameter, evaluate, taian_2012};

    fn money() -> Measure {
        Measure { unit: Unit::Fen, power: 6, name: "万元".into() }
    }

    fn source<'a>(plan: &'a Plan, id: &str) -> &'a Source {
        plan.sources.iter().find(|s| s.id.as_str() == id).unwrap()
    }

    fn table(plan: &Plan, id: &str) -> Table {
        by_years(words(Lang::ZhHans), Lang::ZhHans, plan, source(plan, id), &money())
    }

    /// What counts of every source, region and year.
    fn counts(plan: &Plan) -> Vec<Option<Fen>> {
        let outcome = evaluate(plan, &plan.status_quo().unwrap().id).unwrap();
        let regions = || std::iter::once(None).chain((0..plan.regions.len()).map(Some));
        let years = 0..plan.horizon.years();
        let each = (0..plan.sources.len()).flat_map(|source| {
            let of = regions().map(move |region| (source, region));
            of.collect::<Vec<_>>()
        });
        let outcome = &outcome;
        each.flat_map(|(source, region)| {
            years.clone().map(move |year| outcome.available(source, region, year))
        })
        .collect()
    }

    #[test]
    fn a_column_is_a_fiscal_year_and_shows_what_counts_in_it() {
        let plan = taian_2012().unwrap();
        let outcome = evaluate(&plan, &plan.status_quo().unwrap().id).unwrap();
        for of in &plan.sources {
            let table = table(&plan, of.id.as_str());
            let place = plan.sources.iter().position(|s| s.id == of.id).unwrap();
            let band = if of.available.is_some() { "可用财力" } else { "收入" };
            let of_band = table
                .sheet
                .columns
                .iter()
                .enumerate()
                .filter(|(_, c)| c.band.starts_with(band) && c.measure.unit == Unit::Fen);
            let mut years = 0;
            for (n, (col, column)) in of_band.enumerate() {
                years += 1;
                assert_eq!(column.name, format!("{} 年", 2012 + n));
                let shared = of.available.as_ref().is_some_and(|a| a.scope == Scope::CityWide);
                let shown = match shared {
                    true => table.sheet.cells[col].value,
                    false => table.sheet.column_total(col),
                };
                assert_eq!(shown.map(Fen), outcome.available(place, None, n), "{} {n}", of.id);
            }
            if of.available.is_some() || of.revenue.is_some() {
                assert_eq!(years, plan.horizon.years(), "{}", of.id);
            }
        }
    }

    #[test]
    fn writing_a_cell_of_a_year_moves_what_counts_in_that_year_alone() {
        let plan = taian_2012().unwrap();
        let before = counts(&plan);
        let table = table(&plan, "education-surcharge");
        let columns = table.sheet.columns.len();
        for (place, stands) in table.stands.iter().enumerate() {
            let Stands::Fiscal(_, Some(region), year) = stands else { continue };
            let mut document = Document::new(plan.clone());
            let command = edit::command(&plan, &[(stands.clone(), Some(123))]).unwrap();
            document.dispatch(command, None).unwrap();
            let after = counts(document.plan());
            let moved = before.iter().zip(&after).filter(|(a, b)| a != b).count();
            assert!((1..=2).contains(&moved), "{region} {year}: itself and the sum");
            let again = by_years(
                words(Lang::En),
                Lang::En,
                document.plan(),
                source(document.plan(), "education-surcharge"),
                &money(),
            );
            let of = |t: &Table| t.sheet.cells.iter().map(|c| c.value).collect::<Vec<_>>();
            let differ =
                of(&table).into_iter().zip(of(&again)).enumerate().filter(|(_, (a, b))| a != b);
            assert_eq!(differ.map(|(n, _)| n).collect::<Vec<_>>(), [place], "{columns}");
        }
    }

    #[test]
    fn what_is_dated_finer_than_a_year_is_said_and_kept_until_it_is_typed_over() {
        let plan = taian_2012().unwrap();
        let id = "county".to_owned();
        let steps = [("2011-autumn", 100), ("2013-autumn", 200)];
        let steps =
            steps.map(|(from, value)| shapan_engine::Step { from: from.parse().unwrap(), value });
        let plan = plan.edit(|parts| {
            let place = parts.sources.iter().position(|s| s.id.as_str() == id).unwrap();
            let value = Parameter { steps: steps.to_vec(), ..Parameter::default() };
            let amount = Indexed { value, indexation: None };
            parts.sources[place].available = Some(Available { scope: Scope::PerRegion, amount });
        });
        let plan = plan.unwrap();
        let found = halves(&plan, source(&plan, &id));
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].year.as_str(), found[0].amounts), ("2013", [Fen(100), Fen(200)]));
        let table = table(&plan, &id);
        assert_eq!(table.sheet.cells[1], Cell::halves(Some(150)));
        let mut document = Document::new(plan.clone());
        let command = edit::command(&plan, &[(table.stands[0].clone(), Some(7))]).unwrap();
        document.dispatch(command, None).unwrap();
        let other = by_years(
            words(Lang::En),
            Lang::En,
            document.plan(),
            source(document.plan(), &id),
            &money(),
        );
        assert_eq!(other.sheet.cells[1], Cell::halves(Some(150)), "another year was typed");
        assert_eq!(other.sheet.cells[2].value, Some(200));
    }
}
