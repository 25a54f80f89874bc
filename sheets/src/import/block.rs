//! Owns how a block from another spreadsheet comes to lie on a grid whose rows and columns are
//! known: by the names and heads in it, or from the selected cell on where it has no words.
//!
//! Its names, heads, units, years and numbers are read by the steps of the chain. Invariant: all
//! of it is placed where its words say, or none of it: a word that names nothing of the grid
//! refuses the block, so no number slides to a neighbour. Deliberately absent: the page, and
//! whether a cell may be written.

use super::heads::{Heads, Line};
use super::names::bare;
use super::numbers;
use super::regions::{Named, Regions};
use super::sheet::Cell;
use super::years;
use shapan_engine::{ParamPath, Plan, PopulationId, Unit, Year};
use std::collections::{BTreeMap, HashMap, HashSet};

/// A column of a grid, as heads may name it.
#[derive(Clone, Debug)]
pub struct BlockColumn {
    /// What it is called, in any language.
    pub names: Vec<String>,
    /// What stands over it and its neighbours; empty for nothing.
    pub band: String,
    /// The autumn or fiscal year it is of, where it is of one.
    pub year: Option<Year>,
    /// The population whose heads it holds.
    pub heads: Option<PopulationId>,
    /// The parameter whose amounts it holds.
    pub amounts: Option<ParamPath>,
    /// What its numbers count.
    pub unit: Unit,
}

/// A row of a grid, as names may mean it.
#[derive(Clone, Debug)]
pub struct BlockRow {
    /// What it is called, in any language.
    pub names: Vec<String>,
    /// The place of the region it is, in the plan.
    pub region: Option<usize>,
}

/// A grid's rows and columns.
#[derive(Clone, Debug, Default)]
pub struct Frame {
    /// From left to right.
    pub columns: Vec<BlockColumn>,
    /// From top to bottom.
    pub rows: Vec<BlockRow>,
}

/// The selected cells: the first and how many.
#[derive(Clone, Copy, Debug)]
pub struct Selected {
    /// The first row and column.
    pub start: (usize, usize),
    /// How many rows and columns.
    pub size: (usize, usize),
}

/// A field and the cell it falls on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fell {
    /// The cell's row.
    pub row: usize,
    /// The cell's column.
    pub col: usize,
    /// What stands in the field.
    pub words: String,
    /// The decimals of the unit its head names; the column's own where it names none.
    pub power: Option<u32>,
}

/// A block as it lies on a grid.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Placed {
    /// What falls where.
    pub cells: Vec<Fell>,
    /// Fields that found no room.
    pub cut: usize,
    /// Heads of years that the grid lacks.
    pub lacking: Vec<String>,
    /// Rows of sums, which the grid adds up by itself.
    pub sums: usize,
}

/// Why nothing of a block is placed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Words that are no name, head or unit of the grid.
    #[error("not known in this grid: {0:?}")]
    Words(String),
    /// Years in the first line or column, without names beside them: they may be numbers.
    #[error("years that may be numbers")]
    Years,
    /// Running numbers in the first column.
    #[error("running numbers")]
    Running,
    /// Several rows or columns of one name.
    #[error("twice: {0:?}")]
    Twice(String),
}

/// The fields of tab-separated text, line by line. A field may stand in double quotes, and
/// then hold tabs and line breaks, and quotes written twice.
pub fn fields(text: &str) -> Vec<Vec<String>> {
    let mut lines = vec![vec![String::new()]];
    let mut chars = text.chars().peekable();
    let mut quoted = false;
    while let Some(c) = chars.next() {
        let Some(line) = lines.last_mut() else { break };
        let Some(field) = line.last_mut() else { break };
        match c {
            '"' if quoted && chars.next_if_eq(&'"').is_some() => field.push('"'),
            '"' if quoted => quoted = false,
            '"' if field.is_empty() => quoted = true,
            '\t' if !quoted => line.push(String::new()),
            '\r' if !quoted => {
                chars.next_if_eq(&'\n');
                lines.push(vec![String::new()]);
            }
            '\n' if !quoted => lines.push(vec![String::new()]),
            other => field.push(other),
        }
    }
    // Spreadsheets end the last line too.
    if lines.len() > 1 && lines.last().is_some_and(|line| line.iter().all(String::is_empty)) {
        lines.pop();
    }
    lines
}

/// Lays a block on a grid.
///
/// # Errors
/// Why nothing of it is placed.
pub fn place_block(
    plan: &Plan,
    frame: &Frame,
    block: &[Vec<String>],
    at: Selected,
) -> Result<Placed, Refusal> {
    let rows = Rows::of(plan, frame);
    let block = Block(block);
    match name_column(&block, &rows)? {
        Some(names) => by_names(plan, frame, &block, &rows, names, at),
        None if block.fields().any(is_wordy) => by_heads(plan, frame, &block, at),
        None => {
            suspicious(&block, frame, at)?;
            Ok(tile(&block, frame, at))
        }
    }
}

/// The fields of a block.
pub(super) struct Block<'a>(&'a [Vec<String>]);

impl Block<'_> {
    /// What stands in a field; nothing beyond its line.
    pub(super) fn at(&self, row: usize, column: usize) -> &str {
        self.0.get(row).and_then(|line| line.get(column)).map_or("", |words| words.trim())
    }

    fn height(&self) -> usize {
        self.0.len()
    }

    pub(super) fn width(&self) -> usize {
        self.0.iter().map(Vec::len).max().unwrap_or(0)
    }

    fn fields(&self) -> impl Iterator<Item = &str> {
        self.0.iter().flatten().map(|words| words.trim())
    }

    pub(super) fn filled(&self, row: usize) -> Vec<usize> {
        (0..self.0[row].len()).filter(|column| !self.at(row, *column).is_empty()).collect()
    }
}

/// Whether a field holds nothing that could be a number: words, or a year that says so.
fn is_wordy(words: &str) -> bool {
    if words.is_empty() || is_number(words) {
        return false;
    }
    if !words.chars().any(|c| c.is_numeric()) {
        return words.chars().any(char::is_alphabetic);
    }
    // 2012年, 2012年（亿元）; but 12x is a number that cannot be read.
    let (years, _) = years::taken_out(words);
    !years.is_empty() && words.chars().any(char::is_alphabetic)
}

/// Whether a field holds a number, per cent included.
pub(super) fn is_number(words: &str) -> bool {
    let words = words.trim().trim_end_matches(['%', '％', '‰']);
    !words.is_empty() && matches!(numbers::written(&Cell::Text(words.to_owned())), Ok(Some(_)))
}

/// Whether nothing stands in a field, or what people write for it.
fn is_blank(words: &str) -> bool {
    matches!(numbers::written(&Cell::Text(words.to_owned())), Ok(None))
}

/// The year a field is, with nothing beside it.
fn bare_year(words: &str) -> Option<Year> {
    let year = years::of_cell(&Cell::Text(words.to_owned()))?;
    let is_plain = words.trim().chars().all(char::is_numeric);
    if is_plain { Some(year.likely()) } else { None }
}

/// What a name in a block means.
enum RowName {
    Row(usize),
    Sum,
    Nothing,
    Unknown,
}

/// Names of the grid's rows.
struct Rows {
    /// The row of a name, none where several have it.
    exact: HashMap<String, Option<usize>>,
    regions: Regions,
    of_region: HashMap<usize, usize>,
}

impl Rows {
    fn of(plan: &Plan, frame: &Frame) -> Self {
        let mut exact: HashMap<String, Option<usize>> = HashMap::new();
        for (place, row) in frame.rows.iter().enumerate() {
            for name in row.names.iter().map(|name| bare(name)).filter(|name| !name.is_empty()) {
                let there = exact.entry(name).or_insert(Some(place));
                if *there != Some(place) {
                    *there = None;
                }
            }
        }
        let of_region = frame.rows.iter().enumerate();
        let of_region = of_region.filter_map(|(place, row)| Some((row.region?, place))).collect();
        Self { exact, regions: Regions::new(plan), of_region }
    }

    fn named(&self, name: &str) -> RowName {
        match self.exact.get(&bare(name)) {
            Some(Some(row)) => return RowName::Row(*row),
            Some(None) => return RowName::Unknown,
            None => {}
        }
        match self.regions.named(name) {
            Named::Known(region) => {
                self.of_region.get(&region).map_or(RowName::Unknown, |row| RowName::Row(*row))
            }
            Named::Sum => RowName::Sum,
            Named::Nothing => RowName::Nothing,
            Named::Doubt(_) | Named::Part | Named::Unknown => RowName::Unknown,
        }
    }
}

/// The column that holds names of rows; several cannot be told apart.
fn name_column(block: &Block<'_>, rows: &Rows) -> Result<Option<usize>, Refusal> {
    if block.width() < 2 {
        return Ok(None);
    }
    let mut found: Option<(usize, &str)> = None;
    for line in 0..block.height() {
        for column in 0..block.width() {
            let words = block.at(line, column);
            if words.is_empty() || is_number(words) {
                continue;
            }
            if let RowName::Row(_) = rows.named(words) {
                match found {
                    Some((before, _)) if before != column => {
                        return Err(Refusal::Words(words.to_owned()));
                    }
                    _ => found = Some((column, words)),
                }
            }
        }
    }
    Ok(found.map(|(column, _)| column))
}

/// A block whose rows are named.
fn by_names(
    plan: &Plan,
    frame: &Frame,
    block: &Block<'_>,
    rows: &Rows,
    names: usize,
    at: Selected,
) -> Result<Placed, Refusal> {
    let is_row = |line: &usize| {
        let mut others = (0..block.width()).filter(|column| *column != names);
        match rows.named(block.at(*line, names)) {
            RowName::Row(_) if others.clone().all(|column| is_blank(block.at(*line, column))) => {
                true
            }
            RowName::Row(_) | RowName::Sum => {
                others.any(|column| is_number(block.at(*line, column)))
            }
            RowName::Nothing | RowName::Unknown => false,
        }
    };
    let first = (0..block.height()).find(is_row).unwrap_or(block.height());
    let mut placed = Placed::default();
    let mut lines: Vec<(usize, usize)> = Vec::new();
    let mut taken: HashSet<usize> = HashSet::new();
    for line in first..block.height() {
        let name = block.at(line, names);
        match rows.named(name) {
            RowName::Row(row) if !taken.insert(row) => return Err(Refusal::Twice(name.to_owned())),
            RowName::Row(row) => lines.push((line, row)),
            RowName::Sum => placed.sums += 1,
            RowName::Nothing if block.filled(line).is_empty() => {}
            RowName::Nothing | RowName::Unknown => {
                return Err(Refusal::Words(words_of(block, line, names)));
            }
        }
    }
    let body: Vec<usize> = lines.iter().map(|(line, _)| *line).collect();
    if body.is_empty() {
        return Err(Refusal::Words(block.at(0, names).to_owned()));
    }
    let mut columns = Vec::new();
    for column in (0..block.width()).filter(|column| *column != names) {
        let is_filled = body.iter().any(|line| !is_blank(block.at(*line, column)));
        if !is_filled {
            continue;
        }
        let word = body.iter().map(|line| block.at(*line, column)).find(|words| is_wordy(words));
        if let Some(word) = word {
            return Err(Refusal::Words(word.to_owned()));
        }
        if column < names {
            // Before the names only running numbers and codes are no numbers of the grid.
            if is_running(block, &body, column) {
                continue;
            }
            return Err(Refusal::Words(block.at(body[0], column).to_owned()));
        }
        columns.push(column);
    }
    let mut aims: BTreeMap<usize, (usize, Option<u32>)> = BTreeMap::new();
    let heads: Vec<usize> = (0..first).filter(|line| !block.filled(*line).is_empty()).collect();
    if heads.is_empty() {
        for column in columns {
            let is_years = |line: &usize| bare_year(block.at(*line, column)).is_some();
            if body.iter().all(is_years) {
                return Err(Refusal::Years);
            }
            aims.insert(column, (at.start.1 + column - names - 1, None));
        }
    } else {
        let of = Heads::new(plan, frame);
        let line = Line { heads: &heads, names: Some(names), selected: at.start.1 };
        aims = of.aims(block, &line, &columns, &mut placed.lacking)?;
    }
    for (line, row) in lines {
        for (column, (col, power)) in &aims {
            let words = block.at(line, *column);
            // What people write for nothing brings nothing.
            if !is_blank(words) {
                put(words, (row, *col), *power, frame, &mut placed);
            }
        }
    }
    Ok(placed)
}

/// What stands in a line that names no row: its name, or the first that does.
fn words_of(block: &Block<'_>, line: usize, names: usize) -> String {
    let name = block.at(line, names);
    let other = block.filled(line).first().map_or("", |column| block.at(line, *column));
    if name.is_empty() { other.to_owned() } else { name.to_owned() }
}

/// Whether a column counts up one by one, or holds codes of places.
fn is_running(block: &Block<'_>, body: &[usize], column: usize) -> bool {
    let numbers = body.iter().map(|line| block.at(*line, column).parse::<i64>().ok());
    let Some(numbers) = numbers.collect::<Option<Vec<_>>>() else { return false };
    let counts_up = numbers.windows(2).all(|two| two[1] == two[0] + 1);
    let is_code = |n: &i64| (100_000..1_000_000).contains(n);
    (counts_up && numbers.first().is_some_and(|n| (0..=1).contains(n)))
        || numbers.iter().all(is_code)
}

/// A block whose columns are named and whose rows are not: from the selected row on.
fn by_heads(
    plan: &Plan,
    frame: &Frame,
    block: &Block<'_>,
    at: Selected,
) -> Result<Placed, Refusal> {
    let is_head = |line: &usize| block.0[*line].iter().any(|words| is_wordy(words.trim()));
    let first = (0..block.height()).find(|line| !is_head(line) && !block.filled(*line).is_empty());
    let first = first.unwrap_or(block.height());
    let word = block.0[first..].iter().flatten().find(|words| is_wordy(words.trim()));
    let heads: Vec<usize> = (0..first).filter(|line| !block.filled(*line).is_empty()).collect();
    if let Some(word) = word {
        return Err(Refusal::Words(word.trim().to_owned()));
    }
    let body: Vec<usize> = (first..block.height()).collect();
    let is_filled = |column: &usize| body.iter().any(|line| !is_blank(block.at(*line, *column)));
    let columns: Vec<usize> = (0..block.width()).filter(is_filled).collect();
    if heads.is_empty() || columns.is_empty() {
        let word = block.fields().find(|words| is_wordy(words)).unwrap_or_default();
        return Err(Refusal::Words(word.to_owned()));
    }
    let mut placed = Placed::default();
    let of = Heads::new(plan, frame);
    let line = Line { heads: &heads, names: None, selected: at.start.1 };
    let aims = of.aims(block, &line, &columns, &mut placed.lacking)?;
    for (n, line) in body.iter().enumerate() {
        for (column, (col, power)) in &aims {
            let words = block.at(*line, *column);
            if !is_blank(words) {
                put(words, (at.start.0 + n, *col), *power, frame, &mut placed);
            }
        }
    }
    Ok(placed)
}

/// Numbers alone that look like heads, or like the numbers of rows.
fn suspicious(block: &Block<'_>, frame: &Frame, at: Selected) -> Result<(), Refusal> {
    let (height, width) = (block.height(), block.width());
    let years = |words: Vec<&str>| words.into_iter().map(bare_year).collect::<Option<Vec<_>>>();
    let is_series = |years: &[Year]| years.windows(2).all(|two| two[1] == two[0].plus(1));
    if height > 1 && width > 1 {
        let line = years((0..width).map(|column| block.at(0, column)).collect());
        let column = years((0..height).map(|line| block.at(line, 0)).collect());
        if [line, column].into_iter().flatten().any(|years| is_series(&years)) {
            return Err(Refusal::Years);
        }
    }
    let below = (1..height).any(|line| bare_year(block.at(line, 0)).is_none());
    let target = frame.columns.get(at.start.1).and_then(|column| column.year);
    if width == 1 && height > 1 && below && target.is_some() && bare_year(block.at(0, 0)) == target
    {
        return Err(Refusal::Years);
    }
    let lines: Vec<usize> = (0..height).collect();
    if width > 1 && height > 2 && is_running(block, &lines, 0) {
        return Err(Refusal::Running);
    }
    Ok(())
}

/// A block of numbers, from the first cell on, or as often as it fits the selection.
fn tile(block: &Block<'_>, frame: &Frame, at: Selected) -> Placed {
    let mut placed = Placed::default();
    let (height, width) = (block.height().max(1), block.width().max(1));
    let fits = at.size.0.is_multiple_of(height) && at.size.1.is_multiple_of(width);
    let (down, across) = if fits { (at.size.0 / height, at.size.1 / width) } else { (1, 1) };
    for repeat in 0..down {
        for (n, line) in block.0.iter().enumerate() {
            for again in 0..across {
                for (m, words) in line.iter().enumerate() {
                    let row = at.start.0 + repeat * height + n;
                    let col = at.start.1 + again * width + m;
                    put(words, (row, col), None, frame, &mut placed);
                }
            }
        }
    }
    placed
}

fn put(
    words: &str,
    (row, col): (usize, usize),
    power: Option<u32>,
    frame: &Frame,
    placed: &mut Placed,
) {
    if row < frame.rows.len() && col < frame.columns.len() {
        placed.cells.push(Fell { row, col, words: words.to_owned(), power });
    } else if !words.trim().is_empty() {
        placed.cut += 1;
    }
}
