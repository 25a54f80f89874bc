//! Proof that pasted blocks come in right or are refused: blocks made at random, in the shapes
//! other spreadsheets have, on the grids of people and of money.
//!
//! Invariant looked at: of what a block says each number lands in its own cell, exactly, and no
//! other cell moves; or nothing is written at all.

use super::edit;
use super::money_grid::by_years;
use super::people::overview;
use super::table::Table;
use crate::grid::{At, Measure, Write, pasted};
use crate::words::words;
use shapan_engine::{Document, Lang, Plan, Unit, Year, taian_2012};
use std::collections::BTreeMap;

const BLOCKS: u64 = 2_000;

/// A stream of numbers from a seed.
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn below(&mut self, most: usize) -> usize {
        usize::try_from(self.number(u64::try_from(most).unwrap())).unwrap()
    }

    fn number(&mut self, most: u64) -> u64 {
        self.next() % most
    }

    fn once_in(&mut self, most: usize) -> bool {
        self.below(most) == 0
    }

    fn one<T: Clone>(&mut self, of: &[T]) -> T {
        of[self.below(of.len())].clone()
    }

    fn shuffled<T>(&mut self, mut of: Vec<T>) -> Vec<T> {
        for n in (1..of.len()).rev() {
            of.swap(n, self.below(n + 1));
        }
        of
    }
}

/// A block, what it says, and whether something in it may be asked about.
struct Block {
    text: String,
    says: BTreeMap<At, i64>,
    at: At,
    is_trap: bool,
}

/// How a name may be written.
fn name(dice: &mut Dice, name: &str, code: usize) -> String {
    let short = name.trim_end_matches(['区', '县', '市']);
    let is_short = short.chars().count() > 1 && name != "市直";
    match dice.below(7) {
        0 if is_short => short.to_owned(),
        1 if name != "市直" => format!("泰安市{name}"),
        2 => format!("{}{name}", 370_900 + code),
        3 => name.chars().map(|c| format!("{c} ")).collect(),
        4 => format!("{}.{name}", code + 1),
        _ => name.to_owned(),
    }
}

fn decimal(value: i64, power: u32) -> String {
    crate::numbers::exact(value, power)
}

/// A number as it may be written in a unit of so many decimals.
fn number(dice: &mut Dice, value: i64, power: u32, of_money: bool) -> String {
    let text = decimal(value, power);
    match dice.below(8) {
        0 => text.replace(',', ""),
        1 => text
            .chars()
            .map(|c| match c {
                '0'..='9' => char::from_u32(u32::from(c) + 0xfee0).unwrap(),
                ',' => '，',
                other => other,
            })
            .collect(),
        2 if of_money => format!("{}元", decimal(value, 2)),
        3 if of_money => format!("￥{}", decimal(value, 2)),
        4 if of_money => format!("{} 万元", decimal(value, 6)),
        2 => format!("{}人", decimal(value, 0)),
        3 => format!("{}万", decimal(value, 4)),
        5 => format!(" {text} "),
        _ => text,
    }
}

/// Units that heads may name: their words and decimals.
fn units(of_money: bool) -> &'static [(&'static str, u32)] {
    if of_money {
        &[("亿元", 10), ("万元", 6), ("元", 2), ("百万元", 8), ("千元", 5)]
    } else {
        &[("人", 0), ("万人", 4), ("千人", 3)]
    }
}

fn made(dice: &mut Dice, table: &Table, of_money: bool) -> Block {
    let sheet = &table.sheet;
    let regions: Vec<usize> =
        (0..sheet.rows.len()).filter(|row| sheet.rows[*row].region.is_some()).collect();
    let count = 1 + dice.below(regions.len());
    let rows: Vec<usize> = dice.shuffled(regions).into_iter().take(count).collect();
    // Columns of one band; money of a grid has growth beside it.
    let amounts: Vec<usize> =
        (0..sheet.columns.len()).filter(|col| sheet.columns[*col].means.year.is_some()).collect();
    let band = sheet.columns[dice.one(&amounts)].band.clone();
    let of_band: Vec<usize> = amounts
        .iter()
        .copied()
        .filter(|col| sheet.columns[*col].band == band || !of_money)
        .collect();
    let count = 1 + dice.below(of_band.len().min(5));
    let has_head = !dice.once_in(4);
    let cols: Vec<usize> = if has_head {
        dice.shuffled(of_band).into_iter().take(count).collect()
    } else {
        let first = dice.below(sheet.columns.len() - count + 1);
        (first..first + count).collect()
    };
    let is_dated = |col: &usize| sheet.columns[*col].means.year.is_some();
    let start = if has_head { *cols.iter().find(|c| is_dated(c)).unwrap() } else { cols[0] };
    let at = At { row: rows[0], col: start };
    let default = if of_money { 6 } else { 0 };
    let mut is_trap = !cols.iter().all(is_dated);
    let (line_unit, head_unit) = (has_head && dice.once_in(4), has_head && dice.once_in(3));
    let own_line = dice.one(units(of_money));
    let band_head = has_head && of_money && dice.once_in(4);
    let before = if dice.once_in(6) { 1 } else { 0 };
    let mut lines: Vec<Vec<String>> = Vec::new();
    let pad = |mut cells: Vec<String>| {
        if before == 1 {
            cells.insert(0, String::new());
        }
        cells
    };
    if line_unit {
        lines.push(pad(vec![dice.one(&["单位：", "计量单位："]).to_owned() + own_line.0]));
        is_trap |= lines[0].last().unwrap().starts_with("计量");
    }
    if band_head {
        let mut head = vec![dice.one(&["地区", "县区", ""]).to_owned(), band];
        head.resize(cols.len() + 1, String::new());
        lines.push(pad(head));
    }
    let mut powers = Vec::new();
    if has_head {
        let mut head = vec![dice.one(&["地区", "县区", "单位名称", ""]).to_owned()];
        for col in &cols {
            let column = &sheet.columns[*col];
            let year = column.means.year.unwrap();
            let mut words = match (of_money, dice.below(4)) {
                (true, 0) => year.to_string(),
                (true, 1) => format!("{year}年度"),
                (true, 2) => format!("{year} 年"),
                (true, _) => format!("{year}年"),
                (false, 0) => format!("{}年{}", year, column.name),
                (false, 1) => format!("{}数", column.name),
                (false, _) => column.name.clone(),
            };
            let mut power = if line_unit { own_line.1 } else { default };
            if head_unit {
                let (unit, own) = dice.one(units(of_money));
                words.push_str(&format!("（{unit}）"));
                power = own;
            }
            powers.push(power);
            head.push(words);
        }
        lines.push(if before == 1 {
            let mut head = head;
            head.insert(0, "序号".into());
            head
        } else {
            head
        });
    } else {
        powers = vec![default; cols.len()];
    }
    let mut says = BTreeMap::new();
    for (n, row) in rows.iter().enumerate() {
        let mut line = vec![name(dice, &sheet.rows[*row].name, n)];
        for (col, power) in cols.iter().zip(&powers) {
            let most = if of_money { 500_000_000_000 } else { 90_000 };
            // Fen of a growth or a share would be no number of theirs.
            let value = i64::try_from(dice.number(most)).unwrap();
            let cell = At { row: *row, col: *col };
            if dice.once_in(15) {
                line.push(dice.one(&["", "-", "—", "/"]).to_owned());
                continue;
            }
            line.push(number(dice, value, *power, of_money));
            says.insert(cell, value);
        }
        if before == 1 {
            line.insert(0, (n + 1).to_string());
        }
        lines.push(line);
        if dice.once_in(12) {
            lines.push(Vec::new());
        }
    }
    if dice.once_in(5) {
        let mut sum = vec![dice.one(&["合计", "总 计", "全市合计", "泰安市"]).to_owned()];
        sum.resize(cols.len() + 1, "7".into());
        lines.push(pad(sum));
    }
    trap(dice, &mut lines, has_head, band_head || line_unit, &mut is_trap);
    let ending = dice.one(&["\n", "\r\n"]);
    let quoted =
        |cell: &String| if dice_free_quote(cell) { format!("\"{cell}\"") } else { cell.clone() };
    let lines: Vec<String> =
        lines.iter().map(|line| line.iter().map(quoted).collect::<Vec<_>>().join("\t")).collect();
    Block { text: lines.join(ending) + ending, says, at, is_trap }
}

fn dice_free_quote(cell: &str) -> bool {
    cell.contains(',') && cell.len().is_multiple_of(2)
}

/// Numbers alone, from a cell on.
fn bare(dice: &mut Dice, table: &Table, of_money: bool) -> Block {
    let sheet = &table.sheet;
    // What all regions have in common moves those that follow it.
    let common = usize::from(of_money);
    let row = common + dice.below(sheet.rows.len() - common);
    let at = At { row, col: dice.below(sheet.columns.len()) };
    let (height, width) = (1 + dice.below(5), 2 + dice.below(4));
    let power = if of_money { 6 } else { 0 };
    let (mut says, mut lines) = (BTreeMap::new(), Vec::new());
    for row in at.row..at.row + height {
        let line = (at.col..at.col + width).map(|col| {
            let value = i64::try_from(dice.below(90_000)).unwrap();
            says.insert(At { row, col }, value);
            number(dice, value, power, of_money)
        });
        lines.push(line.collect::<Vec<_>>().join("\t"));
    }
    // Growth beside money and rows that take nothing are no places for these numbers.
    let is_place = |at: &At| {
        let column = sheet.columns.get(at.col);
        at.row < sheet.rows.len() && column.is_some_and(|column| column.means.year.is_some())
    };
    let is_trap = !says.keys().all(is_place);
    says.retain(|at, _| is_place(at));
    if dice.once_in(5) {
        let years: Vec<_> = (0..width).map(|n| (2012 + n).to_string()).collect();
        lines.insert(0, years.join("\t"));
        says.clear(); // the first line may be heads: nothing may be written
        return Block { text: lines.join("\n"), says, at, is_trap: true };
    }
    Block { text: lines.join("\n"), says, at, is_trap }
}

/// Something that the grid does not know, or that could slide a number.
fn trap(
    dice: &mut Dice,
    lines: &mut Vec<Vec<String>>,
    has_head: bool,
    has_more: bool,
    is_trap: &mut bool,
) {
    if !dice.once_in(3) {
        return;
    }
    *is_trap = true;
    let last = lines.len() - 1;
    let head = usize::from(has_head && has_more);
    match dice.below(9) {
        0 => lines.push(vec!["火星区".into(), "5".into()]),
        1 => lines.insert(0, vec!["泰安市教育经费情况表".into()]),
        2 if has_head => {
            for (n, line) in lines.iter_mut().enumerate().skip(head) {
                line.push(if n == head { "备注".into() } else { "已核".into() });
            }
        }
        3 if has_head => {
            for (n, line) in lines.iter_mut().enumerate().skip(head) {
                let at = line.len().min(1);
                line.insert(at, if n == head { "学校数".into() } else { "12".into() });
            }
        }
        4 => {
            let again = lines[last].clone();
            lines.push(again);
        }
        5 => lines.push(vec!["其中：民办".into(), "5".into()]),
        6 if has_head => {
            for (n, line) in lines.iter_mut().enumerate().skip(head) {
                let at = line.len().min(1);
                line.insert(at, if n == head { String::new() } else { "34".into() });
            }
        }
        7 => lines.push(vec!["注：数据为初步统计".into()]),
        _ => lines.push(vec![String::new(), "9".into()]),
    }
}

/// The table after what was written.
fn after(plan: &Plan, table: &Table, writes: &[Write], made: &dyn Fn(&Plan) -> Table) -> Table {
    let columns = table.sheet.columns.len();
    let cells: Vec<_> = writes
        .iter()
        .map(|w| (table.stands[w.at.row * columns + w.at.col].clone(), w.value))
        .collect();
    let mut document = Document::new(plan.clone());
    document.dispatch(edit::command(plan, &cells).unwrap(), None).unwrap();
    let table = made(document.plan());
    assert!(document.undo());
    assert_eq!(**document.plan(), *plan);
    assert!(!document.can_undo(), "a paste is one step");
    table
}

#[test]
fn blocks_made_at_random_land_exactly_or_are_refused() {
    let plan = taian_2012().unwrap();
    let w = words(Lang::ZhHans);
    let money = Measure { unit: Unit::Fen, power: 6, name: "万元".into() };
    let autumn = Year::new(2011).unwrap();
    let (mut clean, mut exact, mut placed) = (0, 0, 0);
    let mut refused = Vec::new();
    for seed in 1..=BLOCKS {
        let dice = &mut Dice(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15));
        for _ in 0..8 {
            dice.next();
        }
        let of_money = dice.once_in(2);
        let with_money: Vec<_> = plan.sources.iter().filter(|s| s.revenue.is_some()).collect();
        let source = dice.one(&with_money).id.clone();
        let table_of = |plan: &Plan| {
            let source = plan.sources.iter().find(|s| s.id == source).unwrap();
            match of_money {
                true => by_years(w, Lang::ZhHans, plan, source, &money),
                false => overview(w, Lang::ZhHans, plan, None, autumn),
            }
        };
        let table = table_of(&plan);
        let block = match dice.once_in(6) {
            true => bare(dice, &table, of_money),
            false => made(dice, &table, of_money),
        };
        clean += u32::from(!block.is_trap);
        let (writes, given) = match pasted(&plan, &table.sheet, &block.text, block.at) {
            Ok(found) => found,
            Err(refusal) => {
                if !block.is_trap {
                    refused.push(format!("seed {seed}: {refusal}\n{}", block.text));
                }
                continue;
            }
        };
        placed += 1;
        let shown = format!("seed {seed}, at {:?}:\n{}", block.at, block.text);
        // Each number that is written, or offered to be counted, is the one said of its cell.
        let is_amount = |write: &&Write| table.sheet.columns[write.at.col].means.year.is_some();
        for write in writes.iter().chain(&given).filter(is_amount) {
            assert_eq!(
                write.value,
                block.says.get(&write.at).copied(),
                "{:?} of {shown}",
                write.at
            );
        }
        let table_after = (!writes.is_empty()).then(|| after(&plan, &table, &writes, &table_of));
        let columns = table.sheet.columns.len();
        let mut is_exact = true;
        for (n, before) in table.sheet.cells.iter().enumerate() {
            let at = At { row: n / columns, col: n % columns };
            let written = writes.iter().find(|w| w.at == at);
            let now = table_after.as_ref().map_or(before.value, |t| t.sheet.cells[n].value);
            match written {
                Some(write) => assert_eq!(now, write.value, "{at:?} of {shown}"),
                None if before.is_editable() => assert_eq!(now, before.value, "{at:?} of {shown}"),
                None => {}
            }
            let is_said = block.says.get(&at).is_some_and(|said| Some(*said) != before.value);
            let is_given = given.iter().any(|w| w.at == at);
            is_exact &= !is_said || written.is_some() || is_given;
        }
        exact += u32::from(is_exact && !block.is_trap);
        assert!(block.is_trap || is_exact, "a part was left out of {shown}");
    }
    let share = exact * 100 / clean.max(1);
    println!("{BLOCKS} blocks, {placed} placed, {clean} without a trap, {share} % of these exact");
    let some = refused.iter().take(20).cloned().collect::<Vec<_>>().join("\n");
    assert!(share >= 95, "{share} % of {clean} blocks need no question; these do:\n{some}");
}
