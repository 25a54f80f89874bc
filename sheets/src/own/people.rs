//! Owns tables of ours that come back as sheets: people and results, as CSV or as whatever a
//! spreadsheet saved them as.
//!
//! A table of people knows its columns by the ids below them and its rows by region and autumn,
//! so rows and columns may be sorted, moved, added and taken away. What was exported in a column
//! is known from the plan while that still comes to the column's digest; where it does not, a
//! column whose own digest holds was not touched. Tables of older apps have no ids: they are
//! known by all of their heads, in order.

use super::mark::{self, Digest, Mark, Marked};
use super::{Cell as Place, Kind, LeftOut, Offer, Reason, Returned, Since};
use crate::csv::{digest, result_heads};
use crate::error::SheetError;
use crate::import::sheet::{Cell, Sheet};
use crate::import::{self, Change, Target, When};
use crate::own::number;
use crate::words::{Words, fill, words};
use shapan_engine::files::fingerprint;
use shapan_engine::{
    Headcount, Lang, Outcome, ParamPath, Plan, Population, PopulationRole, ScenarioId, Unit, Year,
    evaluate,
};
use std::collections::{BTreeMap, HashMap};

/// The most scenarios a table without a mark is compared with.
const MOST_TRIED: usize = 16;

/// A table of ours, before it is compared.
#[derive(Clone, Debug)]
pub(crate) struct Recognised {
    kind: Kind,
    mark: Option<(usize, Mark)>,
    lang: Lang,
    /// The row with the heads of its columns.
    head: Option<usize>,
}

/// Whether a sheet is a table of ours.
///
/// # Errors
/// [`SheetError::NewerExport`] where a newer app wrote it.
pub(crate) fn recognise(plan: &Plan, sheet: &Sheet) -> Result<Option<Recognised>, SheetError> {
    let marks = sheet.cells.iter().enumerate().filter_map(|(row, cells)| {
        let mark = cells.iter().find_map(|cell| match cell {
            Cell::Text(text) => Mark::parse(text),
            _ => None,
        });
        mark.map(|mark| (row, mark))
    });
    // A region may be called as if it were a mark: ours has ids beside it, or stands last.
    let has_ids = |row: usize| sheet.cells[row].iter().any(|c| mark::column(&c.words()).is_some());
    let found = marks.max_by_key(|(row, _)| (has_ids(*row), *row));
    let Some((row, mark)) = found else { return Ok(by_heads(plan, sheet)) };
    let known = mark::version(mark.table);
    if mark.version > known {
        return Err(SheetError::NewerExport { version: mark.version, known });
    }
    let kind = match mark.table {
        Marked::People => Kind::People,
        Marked::Results => Kind::Results,
    };
    let lang = mark.lang;
    let w = words(lang);
    let is_head = |cells: &Vec<Cell>| {
        let has = |word: &str| cells.iter().any(|cell| is(cell, word));
        has(w.region) && has(w.year)
    };
    let head = sheet.cells.iter().position(is_head);
    Ok(Some(Recognised { kind, mark: Some((row, mark)), lang, head }))
}

fn is(cell: &Cell, word: &str) -> bool {
    matches!(cell, Cell::Text(text) if mark::plain(text) == mark::plain(word))
}

/// A table that an older app wrote: its heads are exactly those of an export, in some language.
fn by_heads(plan: &Plan, sheet: &Sheet) -> Option<Recognised> {
    let head = sheet.cells.iter().position(|cells| cells.iter().any(|cell| !cell.is_empty()))?;
    let cells = &sheet.cells[head];
    let used = cells.iter().rposition(|cell| !cell.is_empty())? + 1;
    let are = |wanted: &[&str]| {
        wanted.len() == used && cells.iter().zip(wanted).all(|(cell, word)| is(cell, word))
    };
    Lang::ALL.into_iter().find_map(|lang| {
        let w = words(lang);
        let names = plan.populations.iter().map(|p| p.name.get(lang));
        let people: Vec<&str> = [w.region, w.year].into_iter().chain(names).collect();
        let amount = fill(w.in_unit, &[w.amount, w.yuan]);
        let results =
            [w.programme, w.nature, w.region, w.year, w.source, w.payer, w.account, &amount];
        let tidy = result_heads(lang);
        let tidy: Vec<&str> = tidy.iter().map(String::as_str).collect();
        let kind = match (are(&people), are(&results) || are(&tidy)) {
            (true, _) if !plan.populations.is_empty() => Kind::People,
            (_, true) => Kind::Results,
            _ => return None,
        };
        Some(Recognised { kind, mark: None, lang, head: Some(head) })
    })
}

/// What differs in a table of ours; nothing where it is of another plan altogether: to this one
/// it is a table like any other.
///
/// # Errors
/// [`SheetError::NoOutcome`] where the plan comes to nothing it could be compared with.
pub(crate) fn compare(
    plan: &Plan,
    sheet: &Sheet,
    found: &Recognised,
) -> Result<Option<Returned>, SheetError> {
    let since = match &found.mark {
        None => Since::Unknown,
        Some((_, mark)) if mark.plan == fingerprint(plan) => Since::Same,
        Some(_) => Since::Changed,
    };
    let scenario = found.mark.as_ref().and_then(|(_, mark)| mark.scenario.clone());
    let version = found.mark.as_ref().map(|(_, mark)| mark.version);
    let named = scenario.as_ref().map_or("", ScenarioId::as_str);
    let empty = Returned::new(found.kind, version, since, named);
    if found.kind != Kind::People {
        return Ok(Some(empty));
    }
    // Whose heads were renamed is read as a table of others: it asks.
    let Some(head) = found.head else { return Ok(None) };
    let known = scenario.filter(|id| plan.scenarios.iter().any(|s| s.id == *id));
    let tried: Vec<ScenarioId> = match (known, &found.mark) {
        (Some(id), _) => vec![id],
        (None, Some(_)) => plan.status_quo().map(|s| s.id.clone()).into_iter().collect(),
        (None, None) => plan.scenarios.iter().take(MOST_TRIED).map(|s| s.id.clone()).collect(),
    };
    let mut best: Option<Returned> = None;
    for id in tried {
        let outcome = evaluate(plan, &id)
            .map_err(|error| SheetError::NoOutcome { what: error.to_string() })?;
        let table = Table { plan, sheet, found, head, outcome, w: words(found.lang) };
        let Some(returned) = table.compare(empty.clone()) else { return Ok(None) };
        let count = |r: &Returned| r.offers.len() + r.conflicts.len() + r.left_out.len();
        if best.as_ref().is_none_or(|best| count(&returned) < count(best)) {
            best = Some(returned);
        }
    }
    Ok(Some(best.unwrap_or(empty)))
}

struct Table<'a> {
    plan: &'a Plan,
    sheet: &'a Sheet,
    found: &'a Recognised,
    head: usize,
    outcome: Outcome,
    w: &'static Words,
}

/// A line of the table: its row, its region's and its autumn's place in the plan.
struct Line {
    row: usize,
    region: usize,
    autumn: usize,
}

impl<'a> Table<'a> {
    fn cell(&self, row: usize, column: usize) -> &Cell {
        let cell = self.sheet.cells.get(row).and_then(|cells| cells.get(column));
        cell.unwrap_or(&Cell::Empty)
    }

    fn columns(&self) -> usize {
        self.sheet.cells.iter().map(Vec::len).max().unwrap_or(0)
    }

    fn column_of(&self, word: &str) -> Option<usize> {
        (0..self.columns()).find(|column| is(self.cell(self.head, *column), word))
    }

    /// The populations of columns, with the digest of what was exported.
    fn populations(&self, returned: &mut Returned) -> Vec<(usize, &'a Population, Option<u64>)> {
        let w = self.w;
        let own = [w.region, w.year, w.region_id].map(|word| self.column_of(word));
        let mut columns = Vec::new();
        let mut names = self.plan.populations.iter();
        for column in (0..self.columns()).filter(|column| !own.contains(&Some(*column))) {
            let Some((row, _)) = &self.found.mark else {
                // Every column of an unmarked table is a population, in order.
                columns.extend(names.next().map(|population| (column, population, None)));
                continue;
            };
            let below = self.cell(*row, column).words();
            let id = mark::column(&below);
            let of = |id| self.plan.populations.iter().find(|p| p.id == id);
            match id.and_then(|(id, digest)| of(id).map(|p| (column, p, Some(digest)))) {
                Some(found) => columns.push(found),
                None if (self.head..*row).all(|row| self.cell(row, column).is_empty()) => {}
                None => self.leave(returned, Reason::NotInPlan, (self.head, column)),
            }
        }
        columns
    }

    /// What a cell's row and column are called.
    fn called(&self, (row, column): (usize, usize)) -> String {
        let mut of = Vec::new();
        for word in [self.w.region, self.w.year] {
            of.extend(self.column_of(word).map(|column| self.cell(row, column).words()));
        }
        of.push(self.cell(self.head, column).words());
        of.dedup();
        of.join(" · ")
    }

    fn leave(&self, returned: &mut Returned, reason: Reason, (row, column): (usize, usize)) {
        let cell = Place { sheet: String::new(), row, column };
        let (of, found) = (self.called((row, column)), self.cell(row, column).words());
        returned.left_out.push(LeftOut { reason, cell, of, found });
    }

    /// The lines that say something of the plan.
    fn lines(&self, returned: &mut Returned) -> Vec<Line> {
        let (Some(names), Some(years)) =
            (self.column_of(self.w.region), self.column_of(self.w.year))
        else {
            return Vec::new();
        };
        let ids = self.column_of(self.w.region_id);
        let plain = |r: &shapan_engine::Region| mark::plain(r.name.get(self.found.lang));
        let mut by_name: HashMap<String, Option<usize>> = HashMap::new();
        for (place, region) in self.plan.regions.iter().enumerate() {
            // Two of one name: only an id tells which.
            let found = by_name.entry(plain(region)).or_insert(Some(place));
            *found = found.filter(|found| *found == place);
        }
        let by_id: HashMap<&str, usize> =
            self.plan.regions.iter().enumerate().map(|(n, r)| (r.id.as_str(), n)).collect();
        let first = self.plan.horizon.first().plus(-1).get();
        let last = self.plan.horizon.last().get();
        let mut lines = Vec::new();
        for row in 0..self.sheet.cells.len() {
            let is_mark = self.found.mark.as_ref().is_some_and(|(mark, _)| *mark == row);
            if row == self.head || is_mark || self.sheet.cells[row].iter().all(Cell::is_empty) {
                continue;
            }
            let id = ids.and_then(|column| mark::region(&self.cell(row, column).words()));
            let region = match &id {
                Some(id) => by_id.get(id.as_str()).copied().ok_or(Reason::NotInPlan),
                None => match by_name.get(&mark::plain(&self.cell(row, names).words())) {
                    Some(found) => found.ok_or(Reason::Ambiguous),
                    None => Err(Reason::NotInPlan),
                },
            };
            let region = match region {
                Ok(region) => region,
                Err(reason) => {
                    self.leave(returned, reason, (row, names));
                    continue;
                }
            };
            let year = number::whole(self.cell(row, years)).ok();
            let year = year.and_then(|year| i16::try_from(year).ok());
            let year = year.filter(|year| (first..=last).contains(year));
            let Some(autumn) = year.and_then(|year| usize::try_from(year - first).ok()) else {
                self.leave(returned, Reason::NotInPlan, (row, years));
                continue;
            };
            lines.push(Line { row, region, autumn });
        }
        lines
    }

    /// What differs; `None` where nothing in it is of this plan.
    fn compare(&self, mut returned: Returned) -> Option<Returned> {
        let lines = self.lines(&mut returned);
        let columns = self.populations(&mut returned);
        if returned.since == Since::Changed && (lines.is_empty() || columns.is_empty()) {
            return None;
        }
        for (column, population, exported) in columns {
            self.compare_column(&mut returned, &lines, column, population, exported);
        }
        Some(returned)
    }

    fn year(&self, autumn: usize) -> Year {
        self.plan.horizon.first().plus(i16::try_from(autumn).unwrap_or(0) - 1)
    }

    fn compare_column(
        &self,
        returned: &mut Returned,
        lines: &[Line],
        column: usize,
        population: &Population,
        exported: Option<u64>,
    ) {
        let now = digest(self.plan, &self.outcome, &population.id).0;
        // What was exported is what the plan says now, or the column says that it is untouched.
        // A table without a mark keeps neither: what differs may be the plan's own later change.
        let is_known = exported == Some(now);
        if !is_known && exported == Some(self.digest_of(lines, column)) {
            return;
        }
        let mut differing: BTreeMap<(usize, usize), Vec<(usize, i64)>> = BTreeMap::new();
        for line in lines {
            let at = (line.row, column);
            match number::whole(self.cell(line.row, column)) {
                Ok(heads) => {
                    differing
                        .entry((line.region, line.autumn))
                        .or_default()
                        .push((line.row, heads));
                }
                Err(reason) => self.leave(returned, reason, at),
            }
        }
        for ((region, autumn), cells) in differing {
            let known = self.outcome.heads(&population.id, region).get(autumn).copied();
            let known = known.unwrap_or(0);
            let Some(&(row, heads)) = cells.first() else { continue };
            if cells.iter().any(|(_, other)| *other != heads) {
                for (row, _) in &cells {
                    self.leave(returned, Reason::Twice, (*row, column));
                }
                continue;
            }
            if heads == known {
                continue;
            }
            let old = match self.stated(population, region, self.year(autumn)) {
                Ok(old) => old,
                Err(reason) => {
                    self.leave(returned, reason, (row, column));
                    continue;
                }
            };
            if !Unit::Count.bounds().contains(&heads) {
                self.leave(returned, Reason::OutOfBounds, (row, column));
                continue;
            }
            let change = Change {
                target: Target::Heads(population.id.clone()),
                place: import::Place::Known(self.plan.regions[region].id.clone()),
                when: When::Autumn(self.year(autumn)),
                old,
                new: heads,
                cell: (row, column),
            };
            let cell = Place { sheet: String::new(), row, column };
            let (exported, of) = (is_known.then_some(known), self.called((row, column)));
            let offer = Offer { change, exported, cell, of };
            match is_known {
                true => returned.offers.push(offer),
                false => returned.conflicts.push(offer),
            }
        }
    }

    /// What the cells of a column come to.
    fn digest_of(&self, lines: &[Line], column: usize) -> u64 {
        let mut digest = Digest::default();
        for line in lines {
            if let Ok(heads) = number::whole(self.cell(line.row, column)) {
                let region = self.plan.regions[line.region].id.as_str();
                digest.add(region, self.year(line.autumn).get().into(), heads);
            }
        }
        digest.0
    }

    /// The heads counted; none where they are projected to that autumn and may be counted.
    fn stated(
        &self,
        population: &Population,
        region: usize,
        year: Year,
    ) -> Result<Option<i64>, Reason> {
        let Headcount::Counted { censuses, .. } = &population.headcount else {
            return Err(Reason::ComputedHeads);
        };
        if let Some(census) = censuses.iter().find(|census| census.year == year) {
            let region = &self.plan.regions[region].id;
            return Ok(Some(census.heads.get(region).copied().unwrap_or(0)));
        }
        let growth = ParamPath::Population(population.id.clone(), PopulationRole::Growth);
        let mut measures = self.plan.scenarios.iter().flat_map(|s| &s.measures);
        match measures.any(|m| m.changes.iter().any(|change| change.path == growth)) {
            true => Err(Reason::GrowthUnderMeasures),
            false => Ok(None),
        }
    }
}
