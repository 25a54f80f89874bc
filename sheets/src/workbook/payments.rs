//! Owns the sheet of payments: programmes × regions × periods, each with its quantity, what is
//! due and who pays it, all as formulas.
//!
//! Invariant: what is shown is in the book's one unit, what is computed is whole fen, in the folded columns to the
//! right; a payment is rounded where the engine rounds it and nowhere else.

use super::drivers::{self, Due};
use super::parameters::Parameters;
use super::people::People;
use super::stack::Stack;
use crate::book::{Number, Part, Sheet, Shown, at, letters, rows_on};
use crate::formula;
use crate::request::MoneyUnit;
use crate::words::fill;
use shapan_engine::{Cut, Fen, ParamPath, Programme, Season, SourceId, Year};

/// The first row of payments.
pub(crate) const TOP: u32 = 3;
const QUANTITY: u16 = 4;
const STANDARD: u16 = 6;
const SPENDING: u16 = 7;
/// Payers from here on.
const PAYERS: u16 = 8;

/// Where payments stand.
pub(crate) struct Payments {
    pub(crate) sheet: &'static str,
    sources: u16,
    /// First and last row of each programme; none of one without rows.
    programmes: Vec<Option<(u32, u32)>>,
    /// The row after the last.
    end: u32,
}

impl Payments {
    fn helper(&self, n: u16) -> u16 {
        PAYERS + self.sources + n
    }

    fn region_no(&self) -> u16 {
        self.helper(0)
    }

    fn year(&self) -> u16 {
        self.helper(1)
    }

    /// What is due, in fen.
    pub(crate) fn due(&self) -> u16 {
        self.helper(2)
    }

    fn recognised(&self) -> u16 {
        self.helper(3)
    }

    /// What formulas of a driver need between.
    pub(crate) fn step(&self, n: u16) -> u16 {
        self.helper(4 + n)
    }

    /// What a source pays, in fen.
    pub(crate) fn paid(&self, source: usize) -> u16 {
        self.helper(8) + u16::try_from(source).unwrap_or(0) // as many as `sources`
    }

    /// Rows of a programme, or all of them.
    fn rows(&self, programme: Option<usize>) -> Option<(u32, u32)> {
        match programme {
            Some(programme) => self.programmes[programme],
            None => (self.end > TOP).then(|| (TOP, self.end - 1)),
        }
    }

    /// The fen of payments, selected as the engine's totals are.
    pub(crate) fn total(&self, cut: Cut, years: &[Year]) -> String {
        let Some(rows) = self.rows(cut.programme) else { return "0".to_owned() };
        let column = cut.source.map_or(self.due(), |source| self.paid(source));
        let mut words = rows_on(self.sheet, rows, column);
        if let Some(region) = cut.region {
            let regions = rows_on(self.sheet, rows, self.region_no());
            words = format!("{words},{regions},{}", region + 1);
        }
        let of_years = rows_on(self.sheet, rows, self.year());
        match cut.year {
            Some(year) => format!("SUMIFS({words},{of_years},{})", years[year]),
            // Works are paid outside of the fiscal years too: those are left out.
            None => format!(
                "SUMIFS({words},{of_years},\">={}\",{of_years},\"<={}\")",
                years[0],
                years[years.len() - 1]
            ),
        }
    }
}

/// Rows there would be, works outside of the fiscal years apart.
pub(crate) fn rows_needed(stack: &Stack<'_>) -> usize {
    let each = stack.plan.programmes.iter().map(|p| p.driver.periods().a_year());
    each.sum::<usize>() * stack.plan.horizon.years() * stack.plan.regions.len()
}

/// The sheet, and where everything on it stands.
pub(crate) fn sheet(
    stack: &Stack<'_>,
    parameters: &Parameters,
    people: &People,
    unit: MoneyUnit,
) -> (Sheet, Payments) {
    let mut sheet = Sheet::new(stack.payments);
    let mut places = Payments {
        sheet: stack.payments,
        sources: u16::try_from(stack.plan.sources.len()).unwrap_or(0),
        programmes: Vec::new(),
        end: TOP,
    };
    heads(stack, &mut sheet, &places, unit);
    let mut row = TOP;
    for (place, programme) in stack.plan.programmes.iter().enumerate() {
        let first = row;
        for region in 0..stack.plan.regions.len() {
            let desk = drivers::Desk { stack, parameters, people, places: &places, place, region };
            for due in desk.dues(row) {
                let line =
                    Line { stack, parameters, places: &places, unit, programme, place, region };
                line.write(&mut sheet, row, &due);
                row += 1;
            }
        }
        places.programmes.push((row > first).then(|| (first, row - 1)));
    }
    places.end = row;
    (sheet, places)
}

fn heads(stack: &Stack<'_>, sheet: &mut Sheet, places: &Payments, unit: MoneyUnit) {
    let (w, lang) = (stack.w, stack.lang);
    sheet.text((0, 0), Part::Title, stack.payments);
    sheet.text((1, 0), Part::Note, w.how_exact);
    let name_of_unit = unit.name(stack);
    let spending = fill(w.in_unit, &[w.spending, name_of_unit]);
    let fixed =
        [w.programme, w.region, w.year, w.period, w.quantity, w.unit, w.standard, &spending];
    sheet.heads(2, fixed);
    for (n, source) in stack.plan.sources.iter().enumerate() {
        let name = source.name.get(lang);
        let col = PAYERS + u16::try_from(n).unwrap_or(0);
        sheet.text((2, col), Part::Head, &fill(w.in_unit, &[name, name_of_unit]));
        sheet.text((2, places.paid(n)), Part::Head, &fill(w.in_fen, &[name]));
    }
    sheet.text((2, places.region_no()), Part::Head, &fill(w.number_of, &[w.region]));
    sheet.text((2, places.year()), Part::Head, w.year);
    sheet.text((2, places.due()), Part::Head, &fill(w.in_fen, &[w.spending]));
    sheet.text((2, places.recognised()), Part::Head, &fill(w.in_fen, &[w.recognised]));
    for n in 0..4 {
        sheet.text((2, places.step(n)), Part::Head, &fill(w.step, &[&(n + 1).to_string()]));
    }
    sheet.widths = vec![30, 14, 8, 8, 12, 10, 14, 18];
    sheet.widths.extend(std::iter::repeat_n(18, stack.plan.sources.len()));
    sheet.frozen = (3, 4);
    sheet.repeated = Some((2, 2));
    let last = places.helper(7) + places.sources;
    sheet.folded = Some((places.helper(0), last));
}

/// A payment of a programme in a region.
struct Line<'a> {
    stack: &'a Stack<'a>,
    parameters: &'a Parameters,
    places: &'a Payments,
    /// What is shown is in it.
    unit: MoneyUnit,
    programme: &'a Programme,
    place: usize,
    region: usize,
}

impl Line<'_> {
    fn write(&self, sheet: &mut Sheet, row: u32, due: &Due) {
        let (stack, places, w) = (self.stack, self.places, self.stack.w);
        sheet.text((row, 0), Part::Body, self.programme.name.get(stack.lang));
        let region = stack.plan.regions[self.region].name.get(stack.lang);
        sheet.text((row, 1), Part::Body, region);
        let year = Number::whole(due.year.get());
        sheet.number((row, 2), Part::Body, Shown::Plain, year);
        let period = match due.season {
            Some(Season::Spring) => w.spring,
            Some(Season::Autumn) => w.autumn,
            None => w.whole_year,
        };
        let outside = || fill(w.outside, &[period]);
        let period = if due.period.is_some() { period.to_owned() } else { outside() };
        sheet.text((row, 3), Part::Body, &period);
        let outcome = &stack.outcome;
        if let Some(quantity) = &due.quantity {
            let known = due.period.map(|n| outcome.quantity(self.place, self.region, n));
            let known = known.map(Number::whole);
            sheet.formula((row, QUANTITY), Part::Body, Shown::Whole, quantity.clone(), known);
            let unit = w.quantity_unit(&self.programme.driver, stack.lang);
            sheet.text((row, QUANTITY + 1), Part::Body, unit);
        }
        if let Some((standard, known)) = &due.standard {
            let known = Some(*known);
            sheet.formula((row, STANDARD), Part::Body, Shown::Money, standard.clone(), known);
        }
        let number = Number::whole(i64::try_from(self.region + 1).unwrap_or(0));
        sheet.number((row, places.region_no()), Part::Helper, Shown::Plain, number);
        sheet.number((row, places.year()), Part::Helper, Shown::Plain, year);
        for (n, step) in (0u16..).zip(&due.steps) {
            helper(sheet, (row, places.step(n)), step.clone(), None);
        }
        let parts: Option<Vec<Fen>> =
            due.period.map(|n| outcome.payment(self.place, self.region, n).collect());
        let all = parts.as_ref().map(|parts| parts.iter().copied().sum::<Fen>());
        helper(sheet, (row, places.due()), due.payment.clone(), all);
        helper(sheet, (row, places.recognised()), due.recognised.clone(), None);
        self.shown(sheet, (row, SPENDING), places.due(), all);
        if due.period.is_some() {
            self.split(sheet, row, due, parts.as_deref().unwrap_or_default());
        }
    }

    fn shown(&self, sheet: &mut Sheet, (row, col): (u32, u16), of: u16, fen: Option<Fen>) {
        let value = fen.map(|fen| self.unit.number(fen));
        let formula = format!("{}/{}", at(row, of), self.unit.divisor());
        sheet.formula((row, col), Part::Body, Shown::Money, formula, value);
    }

    /// Shares of the recognised amount, each rounded, never more than is left; the residual
    /// source takes the rest.
    fn split(&self, sheet: &mut Sheet, row: u32, due: &Due, parts: &[Fen]) {
        let (places, split) = (self.places, &self.programme.split);
        let place =
            |id: &SourceId| self.stack.plan.sources.iter().position(|s| s.id == *id).unwrap_or(0);
        let mut rest = at(row, places.due());
        let mut pay = |source: usize, formula: String| {
            let fen = parts.get(source).copied();
            helper(sheet, (row, places.paid(source)), formula, fen);
            let col = PAYERS + u16::try_from(source).unwrap_or(0);
            self.shown(sheet, (row, col), places.paid(source), fen);
        };
        let recognised = at(row, places.recognised());
        for share in &split.shares {
            let source = place(&share.source);
            let path = ParamPath::Split(self.programme.id.clone(), share.source.clone());
            let of = |term| self.parameters.value(&path, self.region, term);
            let part = match due.terms.as_slice() {
                [one] => formula::share(&recognised, &of(*one), 1_000_000),
                terms => {
                    let sum: Vec<String> = terms.iter().map(|term| of(*term)).collect();
                    formula::share(&recognised, &format!("({})", sum.join("+")), 2_000_000)
                }
            };
            pay(source, format!("MIN({part},{rest})"));
            rest = format!("{rest}-{}", at(row, places.paid(source)));
        }
        pay(place(&split.residual), rest);
    }
}

fn helper(sheet: &mut Sheet, cell: (u32, u16), formula: String, fen: Option<Fen>) {
    let value = fen.map(|fen| Number::whole(fen.0));
    sheet.formula(cell, Part::Helper, Shown::Plain, formula, value);
}

/// The cells above a row in its column, from a first row on; `None` where there are none.
pub(crate) fn above((first, row): (u32, u32), col: u16) -> Option<String> {
    let letters = letters(col);
    (row > first).then(|| format!("SUM({letters}{}:{letters}{row})", first + 1))
}
