//! Owns tables of a plan as CSV: UTF-8 with a byte-order mark, lines ended as spreadsheets do.
//! Below an empty line stands what the table is (`own::mark`), for when it comes back.
//!
//! Invariant: no field starts a formula, whatever a plan calls its things.

use crate::book::Number;
use crate::error::SheetError;
use crate::own::mark::{self, Digest, Mark, Marked};
use crate::request::CsvTable;
use crate::words::{fill, words};
use shapan_engine::files::fingerprint;
use shapan_engine::{Fen, Lang, Outcome, Plan, PopulationId, Region, ScenarioId, evaluate};
use std::collections::BTreeSet;

/// So that spreadsheets read it as UTF-8.
const MARK: &[u8] = b"\xEF\xBB\xBF";

/// The most lines of a table.
const MOST_LINES: usize = 1_000_000;

/// A table of a plan.
///
/// # Errors
/// [`SheetError::NoOutcome`], [`SheetError::TooManyRows`].
pub fn csv(
    plan: &Plan,
    table: CsvTable,
    scenario: &ScenarioId,
    lang: Lang,
) -> Result<Vec<u8>, SheetError> {
    let outcome = evaluate(plan, scenario)
        .map_err(|error| SheetError::NoOutcome { what: error.to_string() })?;
    let w = words(lang);
    let (table, called, lines) = match table {
        CsvTable::Payments => {
            (Marked::Results, w.results, payments(plan, &outcome, scenario, lang))
        }
        CsvTable::People => (Marked::People, w.people, people(plan, &outcome, lang)),
    };
    let mark = Mark {
        table,
        version: mark::version(table),
        plan: fingerprint(plan),
        scenario: Some(scenario.clone()),
        lang,
    };
    let mut last = vec![mark.text(w.made_by, called)];
    if table == Marked::People {
        let below = |id| mark::below_column(id, digest(plan, &outcome, id).0);
        last.extend(
            std::iter::once(String::new()).chain(plan.populations.iter().map(|p| below(&p.id))),
        );
    }
    if lines.len() > MOST_LINES {
        return Err(SheetError::TooManyRows { rows: lines.len(), most: MOST_LINES });
    }
    let mut bytes = append(MARK.to_vec(), &lines)?;
    bytes.extend_from_slice(b"\r\n"); // a writer of records would put two quotes there
    append(bytes, &[last])
}

fn append(bytes: Vec<u8>, lines: &[Vec<String>]) -> Result<Vec<u8>, SheetError> {
    let refused = |error: ::csv::Error| SheetError::Refused { what: error.to_string() };
    let mut writer = ::csv::WriterBuilder::new()
        .terminator(::csv::Terminator::CRLF)
        .flexible(true)
        .from_writer(bytes);
    for line in lines {
        writer.write_record(line.iter().map(|field| inert(field))).map_err(refused)?;
    }
    writer.into_inner().map_err(|error| SheetError::Refused { what: error.to_string() })
}

/// What stands for all heads of a population.
pub(crate) fn digest(plan: &Plan, outcome: &Outcome, population: &PopulationId) -> Digest {
    let mut digest = Digest::default();
    let first = plan.horizon.first().plus(-1);
    for (place, region) in plan.regions.iter().enumerate() {
        let heads = outcome.heads(population, place);
        for (year, heads) in (i64::from(first.get())..).zip(heads) {
            digest.add(region.id.as_str(), year, *heads);
        }
    }
    digest
}

/// Whether regions are told apart by their names, as they are compared when they come back.
fn are_told_apart(regions: &[Region], lang: Lang) -> bool {
    let names: BTreeSet<String> = regions.iter().map(|r| mark::plain(r.name.get(lang))).collect();
    names.len() == regions.len()
}

/// A field that no spreadsheet takes for a formula; full-width signs start one in Chinese ones.
pub(crate) fn inert(field: &str) -> String {
    let starts_one = |c: char| {
        matches!(c, '=' | '+' | '-' | '@' | '\t' | '\r' | '\n' | '＝' | '＋' | '－' | '＠')
    };
    match field.trim_start_matches(' ').starts_with(starts_one) {
        true => format!("'{field}"),
        false => field.to_owned(),
    }
}

fn owned(words: impl IntoIterator<Item = impl Into<String>>) -> Vec<String> {
    words.into_iter().map(Into::into).collect()
}

/// The heads of results: one fact a row, names beside ids.
pub(crate) fn result_heads(lang: Lang) -> Vec<String> {
    let w = words(lang);
    let with_id = |name: &str| [name.to_owned(), fill(w.id_of, &[name])];
    let mut heads = Vec::new();
    for name in [w.scenario, w.region, w.programme] {
        heads.extend(with_id(name));
    }
    heads.extend(owned([w.nature, w.year, w.period]));
    heads.extend(with_id(w.source));
    heads.extend(owned([w.payer, w.account, w.people_paid]));
    heads.push(fill(w.in_unit, &[w.amount, w.yuan]));
    heads
}

/// What every source pays for every programme in every region and period, one payment a row; what
/// comes to nothing has none. People are those the payment is for: with each source the same, and
/// over programmes person-times.
fn payments(plan: &Plan, outcome: &Outcome, scenario: &ScenarioId, lang: Lang) -> Vec<Vec<String>> {
    let w = words(lang);
    let mut lines = vec![result_heads(lang)];
    let found = plan.scenarios.iter().find(|s| s.id == *scenario);
    let called = found.map_or("", |s| s.name.get(lang));
    let years: Vec<String> = plan.horizon.fiscal_years().map(|y| y.to_string()).collect();
    for (region, place) in plan.regions.iter().enumerate() {
        for (n, programme) in plan.programmes.iter().enumerate() {
            let a_year = outcome.periods(n).a_year();
            for period in 0..years.len() * a_year {
                let season = match (a_year, period % a_year) {
                    (2, 0) => w.spring,
                    (2, _) => w.autumn,
                    _ => w.whole_year,
                };
                let people = plan.is_per_head(n).then(|| outcome.quantity(n, region, period));
                let people = people.map(|n| n.to_string()).unwrap_or_default();
                let parts = plan.sources.iter().zip(outcome.payment(n, region, period));
                for (source, fen) in parts.filter(|(_, fen)| *fen != Fen::ZERO) {
                    lines.push(owned([
                        called,
                        scenario.as_str(),
                        place.name.get(lang),
                        place.id.as_str(),
                        programme.name.get(lang),
                        programme.id.as_str(),
                        w.nature_of(programme.nature),
                        &years[period / a_year],
                        season,
                        source.name.get(lang),
                        source.id.as_str(),
                        w.payer_of(source.payer),
                        w.account_of(source.account),
                        &people,
                        &Number { value: fen.0, decimals: 2 }.text(),
                    ]));
                }
            }
        }
    }
    lines
}

/// Heads of every population in every region and autumn: regions are lines, as they are imported.
fn people(plan: &Plan, outcome: &Outcome, lang: Lang) -> Vec<Vec<String>> {
    let w = words(lang);
    let names = plan.populations.iter().map(|p| p.name.get(lang));
    let has_ids = !are_told_apart(&plan.regions, lang);
    let ids = has_ids.then_some(w.region_id);
    let mut lines = vec![owned([w.region, w.year].into_iter().chain(names).chain(ids))];
    let first = plan.horizon.first().plus(-1);
    for (region, of) in plan.regions.iter().enumerate() {
        let name = of.name.get(lang);
        let id = || has_ids.then(|| mark::beside_region(&of.id));
        for (autumn, year) in (first.get()..=plan.horizon.last().get()).enumerate() {
            let heads = plan.populations.iter().map(|p| {
                let heads = outcome.heads(&p.id, region).get(autumn).copied().unwrap_or(0);
                heads.to_string()
            });
            let line = [name.to_owned(), year.to_string()].into_iter().chain(heads).chain(id());
            lines.push(line.collect());
        }
    }
    lines
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use shapan_engine::{Cut, taian_2012};

    fn read(bytes: &[u8]) -> Vec<Vec<String>> {
        assert!(bytes.starts_with(MARK));
        let mut reader = ::csv::ReaderBuilder::new();
        let mut reader = reader.has_headers(false).flexible(true).from_reader(&bytes[MARK.len()..]);
        let lines = reader.records().map(|r| r.unwrap().iter().map(str::to_owned).collect());
        let mut lines: Vec<Vec<String>> = lines.collect();
        assert!(lines.pop().unwrap()[0].contains(" · shapan-"));
        lines
    }

    #[test]
    fn payments_add_up_to_the_outcome() {
        let plan = taian_2012().unwrap();
        let scenario = &plan.scenarios.last().unwrap().id;
        let bytes = csv(&plan, CsvTable::Payments, scenario, Lang::ZhHans).unwrap();
        let text = String::from_utf8(bytes.clone()).unwrap();
        assert_eq!(text.matches("\r\n").count(), text.matches('\n').count());
        let lines = read(&bytes);
        let of = |name: &str| lines[0].iter().position(|head| head == name).unwrap();
        let fen =
            |line: &Vec<String>| line[of("金额（元）")].replace('.', "").parse::<i64>().unwrap();
        let outcome = evaluate(&plan, scenario).unwrap();
        assert_eq!(lines[1..].iter().map(fen).sum::<i64>(), outcome.total(Cut::ALL).0);
        // A fact a row: no two rows are of the same payment, and none is of nothing.
        let ids = ["情景编号", "地区编号", "项目编号", "年度", "期间", "资金来源编号"].map(of);
        let facts: BTreeSet<Vec<&str>> =
            lines[1..].iter().map(|line| ids.map(|n| line[n].as_str()).to_vec()).collect();
        assert_eq!(facts.len(), lines.len() - 1);
        assert!(lines[1..].iter().all(|line| fen(line) != 0));
        // People stand beside what is paid by the head, and nowhere else.
        let place = plan.programmes.iter().position(|p| p.id.as_str() == "boarding-junior");
        let place = place.unwrap();
        let first = lines.iter().find(|line| line[of("项目编号")] == "boarding-junior").unwrap();
        assert_eq!(first[of("人数（各来源行相同）")], outcome.quantity(place, 0, 0).to_string());
        let works = lines.iter().find(|line| line[of("性质")] == "基本建设与设备");
        assert!(works.is_none_or(|line| line[of("人数（各来源行相同）")].is_empty()));
    }

    #[test]
    fn people_are_lines_of_regions() {
        let plan = taian_2012().unwrap();
        let root = &plan.status_quo().unwrap().id;
        let lines = read(&csv(&plan, CsvTable::People, root, Lang::En).unwrap());
        assert_eq!(lines.len(), 1 + plan.regions.len() * (plan.horizon.years() + 1));
        let outcome = evaluate(&plan, root).unwrap();
        let heads = outcome.heads(&plan.populations[0].id, 0)[0];
        assert_eq!(lines[1][2], heads.to_string());
    }

    #[test]
    fn nothing_starts_a_formula() {
        for field in ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "  =cmd|' /C calc'!A0", "＝1"]
        {
            assert!(inert(field).starts_with('\''), "{field:?}");
        }
        for field in ["泰山区", "1,234", "a=b", ""] {
            assert_eq!(inert(field), field);
        }
    }
}
