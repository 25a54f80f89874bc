//! Owns reading every cell of a table by what its column means, and what is wrong where.

use super::guess::{bare, year};
use super::{CountUnit, Meaning, Table, Taking};
use shapan_engine::{Lang, Plan, RegionId, Text, Unit, Year};
use std::collections::BTreeMap;

/// What is wrong in a cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Problem {
    /// A name of a region was expected.
    NoRegion,
    /// The region and year stand in another row too.
    Twice {
        /// That row, counted from 0.
        row: usize,
    },
    /// A name no plan may hold.
    NotAName,
    /// A number was expected.
    NotANumber,
    /// A whole number of people was expected.
    NotWhole,
    /// More people than a plan may count, or fewer than none.
    OutOfBounds,
    /// A year was expected.
    NotAYear,
}

/// A cell with what is wrong in it; rows and columns are counted from 0.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Faulty {
    /// Which row.
    pub row: usize,
    /// Which column.
    pub column: usize,
    /// What stands there.
    pub found: String,
    /// What is wrong.
    pub problem: Problem,
}

/// Where a row belongs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    /// A region of the plan.
    Known(RegionId),
    /// A region the plan does not have yet, by its name.
    New(String),
}

/// A row that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Read {
    /// Its row in the table.
    pub row: usize,
    /// Which region.
    pub region: Found,
    /// Which autumn.
    pub year: Year,
    /// Heads by column; no entry where nothing stands, or something that is wrong.
    pub heads: BTreeMap<usize, i64>,
}

/// Words that head a sum: it follows by itself.
const SUMS: [&str; 9] = ["合计", "合計", "总计", "總計", "小计", "小計", "全市", "total", "sum"];

/// Every row below the head that was read, and all that is wrong.
pub fn look_through(plan: &Plan, table: &Table, taking: &Taking) -> (Vec<Read>, Vec<Faulty>) {
    let columns = || taking.columns.iter().enumerate();
    let of = |meaning: &Meaning| columns().find(|(_, c)| c.meaning == *meaning).map(|(n, _)| n);
    let (names, years) = (of(&Meaning::Region), of(&Meaning::Year));
    let counts: Vec<(usize, CountUnit)> = columns()
        .filter(|(_, c)| matches!(c.meaning, Meaning::Heads(_) | Meaning::NewPopulation(_)))
        .map(|(n, c)| (n, c.unit))
        .collect();
    let mut known = BTreeMap::new();
    for region in &plan.regions {
        for lang in Lang::ALL {
            known.entry(bare(region.name.get(lang))).or_insert_with(|| region.id.clone());
        }
    }
    let mut seen: BTreeMap<(String, Year), usize> = BTreeMap::new();
    let (mut read, mut faults) = (Vec::new(), Vec::new());
    for row in taking.head + 1..table.rows.len() {
        if table.rows[row].iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        let fault = |column: usize, problem| Faulty {
            row,
            column,
            found: table.cell(row, column).to_owned(),
            problem,
        };
        let name = names.map_or("", |column| table.cell(row, column).trim());
        let own = bare(name);
        if SUMS.contains(&own.as_str()) {
            continue;
        }
        let at = names.unwrap_or(0);
        let mut region = None;
        if own.is_empty() {
            faults.push(fault(at, Problem::NoRegion));
        } else if let Some(id) = known.get(&own) {
            region = Some(Found::Known(id.clone()));
        } else if Text::new(Lang::ZhHans, name).is_ok() {
            region = Some(Found::New(name.to_owned()));
        } else {
            faults.push(fault(at, Problem::NotAName));
        }
        let in_year = match years {
            None => Some(taking.year),
            Some(column) => {
                let found = year(table.cell(row, column));
                if found.is_none() {
                    faults.push(fault(column, Problem::NotAYear));
                }
                found
            }
        };
        if let (Some(year), false) = (in_year, own.is_empty())
            && let Some(before) = seen.insert((own, year), row)
        {
            faults.push(fault(at, Problem::Twice { row: before }));
            continue;
        }
        let mut heads = BTreeMap::new();
        for (column, unit) in &counts {
            let cell = table.cell(row, *column);
            if is_empty(cell) {
                continue;
            }
            match count(cell, *unit) {
                Ok(count) => drop(heads.insert(*column, count)),
                Err(problem) => faults.push(fault(*column, problem)),
            }
        }
        if let (Some(region), Some(year)) = (region, in_year) {
            read.push(Read { row, region, year, heads });
        }
    }
    (read, faults)
}

/// Nothing, or one of the strokes people write for nothing.
fn is_empty(cell: &str) -> bool {
    matches!(cell.trim(), "" | "-" | "—" | "–" | "－" | "/" | "…" | "——")
}

/// The people a cell counts.
fn count(cell: &str, unit: CountUnit) -> Result<i64, Problem> {
    let half = |c: char| match c {
        '！'..='～' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
        c => c,
    };
    let text: String = cell.chars().map(half).filter(|c| !c.is_whitespace() && *c != ',').collect();
    // A unit in the cell goes before that of the column.
    let text = text.trim_end_matches(['人', '名']);
    let (text, unit) = match text.strip_suffix(['万', '萬']) {
        Some(text) => (text, CountUnit::TenThousand),
        None => (text, unit),
    };
    let (negative, digits) = match text.strip_prefix('-') {
        Some(digits) => (true, digits),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let (whole, decimals) = digits.split_once('.').unwrap_or((digits, ""));
    let all_digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    if whole.is_empty() || !all_digits(whole) || !all_digits(decimals) {
        return Err(Problem::NotANumber);
    }
    let shift = match unit {
        CountUnit::One => 0,
        CountUnit::TenThousand => 4,
    };
    let decimals = decimals.trim_end_matches('0');
    if decimals.len() > shift {
        return Err(Problem::NotWhole);
    }
    let text = format!("{whole}{decimals:0<shift$}");
    let text = text.trim_start_matches('0');
    let value: i64 =
        if text.is_empty() { 0 } else { text.parse().map_err(|_| Problem::OutOfBounds)? };
    let is_sound = Unit::Count.bounds().contains(&value) && (!negative || value == 0);
    if is_sound { Ok(value) } else { Err(Problem::OutOfBounds) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_are_read_as_people_write_them() {
        use CountUnit::{One, TenThousand};
        for (cell, unit, people) in [
            ("1234", One, Ok(1_234)),
            (" 1,234 人", One, Ok(1_234)),
            ("１２３４", One, Ok(1_234)),
            ("1234.0", One, Ok(1_234)),
            ("3.25", TenThousand, Ok(32_500)),
            ("3.25万人", One, Ok(32_500)),
            ("0", TenThousand, Ok(0)),
            ("1.5", One, Err(Problem::NotWhole)),
            ("1.00001", TenThousand, Err(Problem::NotWhole)),
            ("约30", One, Err(Problem::NotANumber)),
            ("1e3", One, Err(Problem::NotANumber)),
            ("=1+1", One, Err(Problem::NotANumber)),
            ("-5", One, Err(Problem::OutOfBounds)),
            ("99999999999999999999", One, Err(Problem::OutOfBounds)),
        ] {
            assert_eq!(count(cell, unit), people, "{cell}");
        }
    }
}
