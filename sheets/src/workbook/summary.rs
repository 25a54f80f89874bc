//! Owns the sheets of sums: by programme, source and region, and what a scenario costs beyond
//! another.
//!
//! Invariant: every figure is a sum of payments in fen, divided once by its unit.

use super::payments::Payments;
use super::stack::Stack;
use crate::book::{Number, Part, Sheet, Shown, at};
use crate::request::MoneyUnit;
use crate::words::fill;
use shapan_engine::{Cut, Fen, Year};

impl MoneyUnit {
    pub(crate) fn divisor(self) -> &'static str {
        match self {
            Self::Yuan => "100",
            Self::Wan => "1000000",
        }
    }

    pub(crate) fn number(self, fen: Fen) -> Number {
        let decimals = match self {
            Self::Yuan => 2,
            Self::Wan => 6,
        };
        Number { value: fen.0, decimals }
    }

    pub(crate) fn name(self, stack: &Stack<'_>) -> &'static str {
        match self {
            Self::Yuan => stack.w.yuan,
            Self::Wan => stack.w.wan,
        }
    }
}

/// Rows of a table: what each is called, and the payments it adds up.
fn blocks<'a>(stack: &Stack<'a>) -> [(&'static str, Vec<(&'a str, Cut)>); 3] {
    let (plan, w, lang) = (stack.plan, stack.w, stack.lang);
    let programmes = plan.programmes.iter().enumerate();
    let sources = plan.sources.iter().enumerate();
    let regions = plan.regions.iter().enumerate();
    [
        (
            w.by_programme,
            programmes.map(|(n, p)| (p.name.get(lang), Cut::ALL.of_programme(n))).collect(),
        ),
        (w.by_source, sources.map(|(n, s)| (s.name.get(lang), Cut::ALL.from_source(n))).collect()),
        (w.by_region, regions.map(|(n, r)| (r.name.get(lang), Cut::ALL.in_region(n))).collect()),
    ]
}

/// Fiscal years, then all of them.
fn columns(years: &[Year]) -> impl Iterator<Item = (u16, Option<usize>)> {
    (1u16..).zip((0..years.len()).map(Some).chain([None]))
}

fn in_column(cut: Cut, year: Option<usize>) -> Cut {
    Cut { year, ..cut }
}

/// All that is spent, by programme, source and region.
pub(crate) fn sheet(stack: &Stack<'_>, payments: &Payments, unit: MoneyUnit) -> Sheet {
    let w = stack.w;
    let mut sheet = Sheet::new(w.summary);
    let years: Vec<Year> = stack.plan.horizon.fiscal_years().collect();
    title(stack, &mut sheet, w.summary, unit);
    let mut row = 3;
    let mut sums = Vec::new();
    for (name, lines) in blocks(stack) {
        sheet.text((row, 0), Part::Head, name);
        for (col, year) in columns(&years) {
            let name = year.map_or(w.total.to_owned(), |n| years[n].to_string());
            sheet.text((row, col), Part::Head, &name);
        }
        row += 1;
        let all = [(w.total, Cut::ALL)];
        let each = lines.iter().map(|line| (line, Part::Body));
        for (&(name, cut), part) in each.chain(all.iter().map(|line| (line, Part::Total))) {
            sheet.text((row, 0), part, name);
            for (col, year) in columns(&years) {
                let cut = in_column(cut, year);
                let sum = format!("({})/{}", payments.total(cut, &years), unit.divisor());
                let value = Some(unit.number(stack.outcome.total(cut)));
                sheet.formula((row, col), part, Shown::Money, sum, value);
            }
            row += 1;
        }
        sums.push(row - 1);
        row += 1;
    }
    sheet.text((row, 0), Part::Note, w.check);
    for (col, year) in columns(&years) {
        let of = |source| payments.total(in_column(Cut::ALL.from_source(source), year), &years);
        let sources: Vec<String> = (0..stack.plan.sources.len()).map(of).collect();
        let sources = if sources.is_empty() { "0".to_owned() } else { sources.join("+") };
        let spent = payments.total(in_column(Cut::ALL, year), &years);
        let check = format!("({sources}-{spent})/{}", unit.divisor());
        let value = Some(Number::whole(0));
        sheet.formula((row, col), Part::Note, Shown::Money, check, value);
    }
    sheet.widths = std::iter::once(36).chain(std::iter::repeat_n(20, years.len() + 1)).collect();
    sheet.frozen = (4, 1);
    sheet.repeated = Some((3, 3));
    sheet
}

fn title(stack: &Stack<'_>, sheet: &mut Sheet, name: &str, unit: MoneyUnit) {
    sheet.text((0, 0), Part::Title, name);
    let said = format!("{}：{}", stack.w.unit, unit.name(stack));
    sheet.text((1, 0), Part::Note, &said);
    // Cells hold all digits and show two: what is shown may miss its total, now or after an edit.
    if unit != MoneyUnit::Yuan {
        let words = fill(stack.w.rounding, &[unit.name(stack)]);
        sheet.text((1, 1), Part::Note, &words);
    }
}

/// What a scenario costs beyond another, by programme, source and region.
pub(crate) fn differences(
    (scenario, payments): (&Stack<'_>, &Payments),
    (base, base_payments): (&Stack<'_>, &Payments),
    names: [&str; 2],
    unit: MoneyUnit,
) -> Sheet {
    let w = scenario.w;
    let mut sheet = Sheet::new(w.differences);
    let years: Vec<Year> = scenario.plan.horizon.fiscal_years().collect();
    title(scenario, &mut sheet, w.differences, unit);
    let triples: Vec<(u16, Option<usize>)> =
        columns(&years).map(|(col, year)| (3 * col - 2, year)).collect();
    let mut row = 3;
    for (name, lines) in blocks(scenario) {
        sheet.text((row, 0), Part::Head, name);
        for (col, year) in &triples {
            let year = year.map_or(w.total.to_owned(), |n| years[n].to_string());
            for (n, what) in (0u16..).zip([names[0], names[1], w.difference]) {
                sheet.text((row, col + n), Part::Head, &fill(w.in_unit, &[&year, what]));
            }
        }
        row += 1;
        let all = [(w.total, Cut::ALL)];
        let each = lines.iter().map(|line| (line, Part::Body));
        for (&(name, cut), part) in each.chain(all.iter().map(|line| (line, Part::Total))) {
            sheet.text((row, 0), part, name);
            for (col, year) in &triples {
                let cut = in_column(cut, *year);
                let pair = [(scenario, payments), (base, base_payments)];
                let fen = pair.map(|(stack, _)| stack.outcome.total(cut));
                let [here, there] = pair.map(|(_, payments)| payments.total(cut, &years));
                let over = unit.divisor();
                let cells = [
                    (format!("({here})/{over}"), fen[0]),
                    (format!("({there})/{over}"), fen[1]),
                    // Fen less fen: the difference of what is shown might be off by a hair.
                    (format!("({here}-{there})/{over}"), fen[0] - fen[1]),
                ];
                for (n, (formula, fen)) in (0u16..).zip(cells) {
                    let value = Some(unit.number(fen));
                    sheet.formula((row, col + n), part, Shown::Money, formula, value);
                }
            }
            row += 1;
        }
        row += 1;
    }
    let columns = 3 * (years.len() + 1);
    sheet.widths = std::iter::once(36).chain(std::iter::repeat_n(18, columns)).collect();
    sheet.frozen = (4, 1);
    sheet.repeated = Some((3, 3));
    sheet
}

/// What sources have, are asked for, lack and keep: pot by pot.
pub(crate) fn funds(
    stack: &Stack<'_>,
    payments: &Payments,
    parameters: &super::parameters::Parameters,
    unit: MoneyUnit,
) -> Sheet {
    use shapan_engine::{ParamPath, Scope, SourceRole};
    let (w, lang) = (stack.w, stack.lang);
    let mut sheet = Sheet::new(w.funds);
    let years: Vec<Year> = stack.plan.horizon.fiscal_years().collect();
    title(stack, &mut sheet, w.funds, unit);
    let shown = [w.available, w.carried, w.demand, w.gap, w.surplus];
    let names = [w.source, w.payer, w.account, w.region, w.year];
    let in_fen = shown.map(|name| fill(w.in_fen, &[name]));
    sheet.heads(3, names.into_iter().chain(shown).chain(in_fen.iter().map(String::as_str)));
    let mut row = 4;
    for (place, source) in stack.plan.sources.iter().enumerate() {
        let pots = stack.outcome.pots(place);
        let scope = stack.outcome.fund_scope(place);
        let role = match source.available {
            Some(_) => SourceRole::Available,
            None => SourceRole::Revenue,
        };
        let path = ParamPath::Source(source.id.clone(), role);
        let count = pots.as_ref().map_or(1, Vec::len);
        for pot in 0..count {
            let known = pots.as_ref().and_then(|pots| pots.get(pot));
            for (n, year) in years.iter().enumerate() {
                sheet.text((row, 0), Part::Body, source.name.get(lang));
                sheet.text((row, 1), Part::Body, w.payer_of(source.payer));
                sheet.text((row, 2), Part::Body, w.account_of(source.account));
                let region = match scope {
                    Some(Scope::PerRegion) => stack.plan.regions[pot].name.get(lang),
                    Some(Scope::CityWide) | None => w.whole_city,
                };
                sheet.text((row, 3), Part::Body, region);
                let year = Number::whole(year.get());
                sheet.number((row, 4), Part::Body, Shown::Plain, year);
                let cut = Cut::ALL.from_source(place).in_year(n);
                let cut = match scope {
                    Some(Scope::PerRegion) => cut.in_region(pot),
                    _ => cut,
                };
                let fen = |n: u16| at(row, 10 + n);
                let demand = payments.total(cut, &years);
                let mut cells: [Option<String>; 5] = [None, None, Some(demand), None, None];
                if known.is_some() {
                    let [a, b] =
                        [2 * n + 1, 2 * n + 2].map(|term| parameters.value(&path, pot, term));
                    let left = (source.carry_over && n > 0).then(|| at(row - 1, 14));
                    cells[0] = Some(crate::formula::half(&format!("{a}+{b}")));
                    cells[1] = Some(left.unwrap_or_else(|| "0".to_owned()));
                    cells[3] = Some(format!("MAX(0,{}-{}-{})", fen(2), fen(0), fen(1)));
                    cells[4] = Some(format!("MAX(0,{}+{}-{})", fen(0), fen(1), fen(2)));
                } else {
                    sheet.text((row, 5), Part::Note, w.not_stated);
                }
                let values = match known {
                    Some(years) => {
                        let f = years[n];
                        [f.available, f.carried, f.demand, f.gap, f.surplus]
                    }
                    None => [Fen::ZERO, Fen::ZERO, stack.outcome.total(cut), Fen::ZERO, Fen::ZERO],
                };
                for ((n, formula), value) in (0u16..).zip(cells).zip(values) {
                    let Some(formula) = formula else { continue };
                    let read = format!("{}/{}", fen(n), unit.divisor());
                    let shown = Some(unit.number(value));
                    sheet.formula((row, 5 + n), Part::Body, Shown::Money, read, shown);
                    let value = Some(Number::whole(value.0));
                    sheet.formula((row, 10 + n), Part::Helper, Shown::Plain, formula, value);
                }
                row += 1;
            }
        }
    }
    sheet.widths = vec![28, 10, 18, 14, 8, 18, 18, 18, 18, 18, 18, 18, 18, 18, 18];
    sheet.frozen = (4, 1);
    sheet.repeated = Some((3, 3));
    sheet.folded = Some((10, 14));
    sheet
}
