//! Owns a grid of the plan's numbers: what it shows, what each cell stands for, and where the
//! number of the cell one is at comes from.
//!
//! Invariant: there is something that each cell stands for, if only for nothing.

use super::basis::BasisPanel;
use super::counted::{self, Given};
use super::edit::{self, Stands};
use super::steps;
use crate::files;
use crate::grid::{At, Cell, Column, Grid, Means, Measure, OnComputed, Row, Sheet, Write};
use crate::names;
use crate::session::Session;
use crate::words::{Words, fill};
use leptos::prelude::*;
use shapan_engine::{
    Command, Lang, ParamPath, Parameter, Plan, RegionId, Semester, Unit, Year, YearAmount, Yearly,
    evaluate,
};
use std::sync::Arc;

/// A sheet and what its cells stand for, row by row.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    /// What is shown.
    pub sheet: Arc<Sheet>,
    /// What each cell stands for.
    pub stands: Vec<Stands>,
}

/// A table while it is put together, column by column.
pub struct Draft<'a> {
    w: &'static Words,
    plan: &'a Plan,
    sheet: Sheet,
    /// Column by column.
    columns: Vec<Vec<(Cell, Stands)>>,
}

impl<'a> Draft<'a> {
    /// A table with a row for each region, and one above for all together where wanted.
    pub fn of_regions(w: &'static Words, lang: Lang, plan: &'a Plan, common: bool) -> Self {
        let apart = Row { name: w.data.all_alike.to_owned(), is_apart: true, ..Row::default() };
        let regions = plan.regions.iter().enumerate().map(|(place, region)| Row {
            region: Some(place),
            name: region.name.get(lang).to_owned(),
            aliases: Lang::ALL.map(|lang| region.name.get(lang).to_owned()).to_vec(),
            ..Row::default()
        });
        let rows = common.then_some(apart).into_iter().chain(regions).collect();
        Self::of_rows(w, plan, w.region, rows)
    }

    /// A table with other rows.
    pub fn of_rows(w: &'static Words, plan: &'a Plan, corner: &str, rows: Vec<Row>) -> Self {
        let sheet = Sheet { corner: corner.to_owned(), rows, ..Sheet::default() };
        Self { w, plan, sheet, columns: Vec::new() }
    }

    /// Adds a column; its cells are for the rows in order, missing ones are empty.
    pub fn column(&mut self, column: Column, mut cells: Vec<(Cell, Stands)>) {
        cells.resize_with(self.sheet.rows.len(), || (Cell::default(), Stands::Nothing));
        self.sheet.columns.push(column);
        self.columns.push(cells);
    }

    /// Adds a column for each date of a parameter: its value for all regions, then in each.
    pub fn dated(
        &mut self,
        path: &ParamPath,
        parameter: Option<&Parameter>,
        measure: &Measure,
        band: &str,
    ) {
        let regions = self.plan.regions.iter().map(|region| Some(&region.id));
        let rows = std::iter::once(None).chain(regions).collect::<Vec<_>>();
        self.dated_in(&rows, path, parameter, measure, band);
    }

    /// Adds a column for each fiscal year: what a parameter comes to, for all regions and in
    /// each, or in the city alone where they share it.
    pub fn fiscal(
        &mut self,
        path: &ParamPath,
        parameter: &Parameter,
        measure: &Measure,
        band: &str,
        is_shared: bool,
    ) {
        let Ok(Some(yearly)) = Yearly::of(self.plan, path) else { return };
        let regions = self.plan.regions.iter().filter(|_| !is_shared);
        let rows: Vec<_> = std::iter::once(None).chain(regions.map(|r| Some(&r.id))).collect();
        // More digits than fit: a row nothing can be typed in.
        let amounts: Vec<_> =
            rows.iter().map(|row| yearly.amounts(parameter, *row).unwrap_or_default()).collect();
        for (n, year) in self.plan.horizon.fiscal_years().enumerate() {
            let cell = |(row, amounts): (&Option<&RegionId>, &Vec<YearAmount>)| {
                let Some(found) = amounts.get(n) else { return (Cell::default(), Stands::Nothing) };
                let stands = Stands::Fiscal(path.clone(), row.cloned(), year);
                (steps::year_cell(found), stands)
            };
            let cells = rows.iter().zip(&amounts).map(cell).collect();
            let mut column = fiscal_column(self.w, year, band, measure, !is_shared);
            column.means.amounts = Some(path.clone());
            self.column(column, cells);
        }
    }

    /// Adds a column for each fiscal year from which another growth holds.
    pub fn growth(
        &mut self,
        path: &ParamPath,
        parameter: Option<&Parameter>,
        band: &str,
        is_shared: bool,
    ) {
        let empty = Parameter::default();
        let parameter = parameter.unwrap_or(&empty);
        let regions = self.plan.regions.iter().filter(|_| !is_shared);
        let rows: Vec<_> = std::iter::once(None).chain(regions.map(|r| Some(&r.id))).collect();
        for (year, from) in steps::growth_years(parameter, self.plan.horizon) {
            let cell = |region: &Option<&RegionId>| {
                let stands = Stands::Step(path.clone(), region.cloned(), from);
                (steps::cell(parameter, *region, from), stands)
            };
            let column = Column {
                name: fill(self.w.data.growth_from, &[&year.to_string()]),
                aliases: Vec::new(),
                band: band.to_owned(),
                measure: percent(Unit::Growth),
                adds: false,
                means: Means::default(),
            };
            self.column(column, rows.iter().map(cell).collect());
        }
    }

    /// The same where one number is for the whole city.
    pub fn dated_for_all(
        &mut self,
        path: &ParamPath,
        parameter: Option<&Parameter>,
        measure: &Measure,
        band: &str,
    ) {
        self.dated_in(&[None], path, parameter, measure, band);
    }

    fn dated_in(
        &mut self,
        rows: &[Option<&RegionId>],
        path: &ParamPath,
        parameter: Option<&Parameter>,
        measure: &Measure,
        band: &str,
    ) {
        let empty = Parameter::default();
        let parameter = parameter.unwrap_or(&empty);
        for from in steps::dates([parameter], self.plan.horizon.start()) {
            let cell = |region: &Option<&RegionId>| {
                let stands = Stands::Step(path.clone(), region.cloned(), from);
                (steps::cell(parameter, *region, from), stands)
            };
            let adds = measure.unit == Unit::Fen && rows.len() > 1;
            let column = dated_column(self.w, from, band, measure, adds);
            self.column(column, rows.iter().map(cell).collect());
        }
    }

    /// The table, with a row of totals where wanted.
    pub fn done(mut self, total: bool) -> Table {
        let rows = self.sheet.rows.len();
        let mut stands = Vec::with_capacity(rows * self.columns.len());
        for row in 0..rows {
            for column in &mut self.columns {
                let (cell, stand) = std::mem::take(&mut column[row]);
                self.sheet.cells.push(cell);
                stands.push(stand);
            }
        }
        self.sheet.total = total.then(|| self.w.sum.to_owned());
        Table { sheet: Arc::new(self.sheet), stands }
    }
}

/// A column of whole people, in the autumn of a year.
pub fn people_column(w: &Words, year: Year, band: &str) -> Column {
    Column {
        name: year.to_string(),
        aliases: year_names(year),
        band: band.to_owned(),
        measure: people(w),
        adds: true,
        means: Means { year: Some(year), ..Means::default() },
    }
}

/// People, counted in people.
pub fn people(w: &Words) -> Measure {
    Measure { unit: Unit::Count, power: 0, name: w.unit_people.to_owned() }
}

/// Per cent.
pub fn percent(unit: Unit) -> Measure {
    Measure { unit, power: 4, name: "%".to_owned() }
}

/// What other tables call a year.
pub fn year_names(year: Year) -> Vec<String> {
    vec![format!("{year}年"), format!("{year}年秋"), format!("{year}年秋季"), format!("{year}学年")]
}

/// A column for a fiscal year.
pub fn fiscal_column(w: &Words, year: Year, band: &str, measure: &Measure, adds: bool) -> Column {
    Column {
        name: fill(w.fiscal_year, &[&year.to_string()]),
        aliases: vec![year.to_string(), format!("{year}年"), format!("{year}年度")],
        band: band.to_owned(),
        measure: measure.clone(),
        adds,
        means: Means { year: Some(year), ..Means::default() },
    }
}

/// A column for a date.
pub fn dated_column(
    w: &Words,
    from: Semester,
    band: &str,
    measure: &Measure,
    adds: bool,
) -> Column {
    Column {
        name: names::semester(w, from),
        // A year alone is no semester.
        aliases: Vec::new(),
        band: band.to_owned(),
        measure: measure.clone(),
        adds,
        means: Means::default(),
    }
}

/// A grid of the plan's numbers, with the basis of the one that one is at.
#[component]
pub fn DataGrid(
    /// What it is called.
    #[prop(into)]
    label: Signal<String>,
    /// What it shows.
    table: Memo<Table>,
) -> impl IntoView {
    let session = expect_context::<Session>();
    let at = RwSignal::new(At::default());
    let on_write = Callback::new(move |writes: Vec<Write>| write(session, table, &writes));
    let sheet = Signal::derive(move || table.with(|table| Arc::clone(&table.sheet)));
    let rests = Memo::new(move |_| {
        let at = at.get();
        table.with(|table| {
            let place = at.row * table.sheet.columns.len() + at.col;
            table.stands.get(place).and_then(Stands::rests)
        })
    });
    let given = move |writes: &[Write]| -> Vec<Given> {
        let cells = stands_of(table, writes).into_iter().zip(writes);
        let cells = cells.filter_map(|(stands, write)| Some((stands, write.value?)));
        cells.filter(|(stands, _)| matches!(stands, Stands::Computed(..))).collect()
    };
    let on_computed = OnComputed {
        reasons: Callback::new(move |writes: Vec<Write>| {
            let (w, lang) = (session.words(), session.lang());
            session.plan.with(|plan| counted::reasons(w, plan, lang, &given(&writes)))
        }),
        accept: Callback::new(move |writes: Vec<Write>| {
            let command = session.plan.with_untracked(|plan| {
                let outcome = evaluate(plan, &plan.status_quo()?.id).ok()?;
                counted::command(plan, &outcome, &given(&writes))
            });
            carry_out(session, command)
        }),
    };
    view! {
        <Grid label sheet on_write on_computed=Some(on_computed) at />
        <BasisPanel rests />
    }
    .into_any()
}

fn stands_of(table: Memo<Table>, writes: &[Write]) -> Vec<Stands> {
    table.with_untracked(|table| {
        let columns = table.sheet.columns.len();
        let stands = |at: At| table.stands.get(at.row * columns + at.col).cloned();
        writes.iter().map(|w| stands(w.at).unwrap_or_default()).collect()
    })
}

fn write(session: Session, table: Memo<Table>, writes: &[Write]) -> Result<(), String> {
    let cells = stands_of(table, writes).into_iter().zip(writes);
    let cells: Vec<_> = cells.map(|(stands, write)| (stands, write.value)).collect();
    let command = session.plan.with_untracked(|plan| edit::command(plan, &cells));
    carry_out(session, command)
}

fn carry_out(session: Session, command: Option<Command>) -> Result<(), String> {
    let Some(command) = command else { return Ok(()) };
    session.try_dispatch(command).map_err(|e| untrack(|| files::command_error(session.words(), &e)))
}
