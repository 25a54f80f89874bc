//! Recalculated by LibreOffice, each workbook comes to the engine's figures to the fen, as it is
//! and after its inputs were changed.
//!
//! Workbooks are written with a wrong result beside every formula, so that a figure can only be
//! right if it was computed.

use crate::office::{Computed, recalculate};
use fastrand::Rng;
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;
use shapan_engine::*;
use shapan_sheets::book::{Book, Content, Number, Part};
use shapan_sheets::request::MoneyUnit;
use shapan_sheets::workbook::{Input, InputOf, Wanted, Workbook, workbook};
use shapan_testing::generate::{Mix, Size, generate};
use std::collections::BTreeSet;

fn of(plan: &Plan, scenario: &ScenarioId, base: &ScenarioId, unit: MoneyUnit) -> Workbook {
    let lang = Lang::ZhHans;
    workbook(plan, &Wanted { scenario, base, lang, unit, saved_at: "2026-01-01" }).unwrap()
}

/// The file, with nonsense for the result of each formula.
fn without_results(book: &Book) -> Vec<u8> {
    let mut book = book.clone();
    for cell in book.sheets.iter_mut().flat_map(|sheet| &mut sheet.cells) {
        if let Content::Formula(_, value) = &mut cell.content {
            *value = Some(Number::whole(-987_654_321));
        }
    }
    book.to_xlsx().unwrap()
}

/// Where what was computed is not what the engine says.
fn faults(name: &str, known: &Book, computed: &Computed) -> Vec<String> {
    let mut faults = Vec::new();
    let mut compared = 0;
    for sheet in &known.sheets {
        for cell in &sheet.cells {
            let Content::Formula(formula, Some(value)) = &cell.content else { continue };
            compared += 1;
            let wanted: f64 = value.text().parse().unwrap();
            let place = format!("{name} {} row {} column {}", sheet.name, cell.row + 1, cell.col);
            match computed.number(&sheet.name, cell.row, cell.col) {
                // Whole fen are exact; decimals are the nearest there is, in 15 digits.
                Ok(found) if found == wanted => {}
                Ok(found)
                    if value.decimals > 0 && (found - wanted).abs() <= 1e-14 * wanted.abs() => {}
                found => faults.push(format!("{place}: {found:?} not {wanted} = {formula}")),
            }
        }
    }
    assert!(compared > 0, "{name} has no formula");
    faults
}

/// The workbook with other numbers in its inputs.
fn typed_in(book: &Book, changes: &[(Input, i64)]) -> Book {
    let mut book = book.clone();
    for (input, value) in changes {
        let sheet = book.sheets.iter_mut().find(|s| s.name == input.sheet).unwrap();
        let mut cells = sheet.cells.iter_mut();
        let cell = cells.find(|c| (c.row, c.col) == (input.row, input.col)).unwrap();
        let Content::Number(number) = &mut cell.content else { unreachable!("{input:?}") };
        number.value = *value;
    }
    book
}

/// The plan with the same numbers.
fn changed(plan: &Plan, changes: &[(Input, i64)]) -> Plan {
    let mut document = Document::new(plan.clone());
    for (input, value) in changes {
        let plan = document.plan();
        let region = |place: usize| plan.regions[place].id.clone();
        let command = match &input.of {
            InputOf::Parameter(path, semester) => {
                let found = plan.parameters().find(|(p, _)| p == path).unwrap();
                let mut parameter = found.1.clone();
                let steps = match input.region.map(region) {
                    None => &mut parameter.steps,
                    Some(region) => {
                        let common = parameter.steps.clone();
                        parameter.by_region.entry(region).or_insert(common)
                    }
                };
                match steps.iter().rposition(|step| step.from <= *semester) {
                    Some(place) => steps[place].value = *value,
                    None => steps.insert(0, Step { from: *semester, value: *value }),
                }
                Command::SetParameter { path: path.clone(), parameter: Box::new(parameter) }
            }
            InputOf::Census(population, year) => {
                let found = plan.populations.iter().find(|p| p.id == *population).unwrap();
                let mut population = found.clone();
                let Headcount::Counted { censuses, .. } = &mut population.headcount else {
                    unreachable!("{input:?}")
                };
                let census = censuses.iter_mut().find(|c| c.year == *year).unwrap();
                census.heads.insert(region(input.region.unwrap()), *value);
                Command::Put(population.into())
            }
            other => unreachable!("{other:?}"),
        };
        document.dispatch(command, None).unwrap();
    }
    Plan::clone(document.plan())
}

/// Another number for an input, one that leaves the plan sound: shares only shrink.
fn another(rng: &mut Rng, input: &Input, value: i64) -> i64 {
    let InputOf::Parameter(path, _) = &input.of else { return rng.i64(0..=9_999) };
    match path.unit() {
        Unit::Fen => value / 1_000 * rng.i64(0..=1_999) + rng.i64(0..=9_999),
        Unit::Share => value / 1_009 * rng.i64(0..=1_009),
        Unit::Growth => rng.i64(-100_000..=150_000),
        Unit::Ratio => (value / 1_000 * rng.i64(500..=1_999) + rng.i64(0..=9_999)).max(1),
        Unit::Count => value / 2 + rng.i64(0..=99),
        Unit::Rate | Unit::Net => value,
    }
}

fn value_of(book: &Book, input: &Input) -> i64 {
    let sheet = book.sheets.iter().find(|s| s.name == input.sheet).unwrap();
    let is_it = |c: &&shapan_sheets::book::Cell| (c.row, c.col) == (input.row, input.col);
    match &sheet.cells.iter().find(is_it).unwrap().content {
        Content::Number(number) => number.value,
        other => unreachable!("{input:?} is {other:?}"),
    }
}

/// What is written, and what it must come to.
struct Case {
    name: String,
    written: Vec<u8>,
    known: Book,
}

fn as_it_is(name: &str, book: Book) -> Case {
    Case { name: name.to_owned(), written: without_results(&book), known: book }
}

/// The status quo of a plan with a share of its inputs changed, in the workbook and in the plan.
fn after_changes(name: &str, plan: &Plan, rng: &mut Rng, one_in: usize) -> Case {
    let root = &plan.status_quo().unwrap().id;
    let before = of(plan, root, root, MoneyUnit::Yuan);
    let is_movable =
        |input: &&Input| matches!(input.of, InputOf::Parameter(..) | InputOf::Census(..));
    let movable = before.inputs.iter().filter(is_movable);
    let chosen = movable.filter(|_| rng.usize(0..one_in) == 0).cloned();
    let chosen: Vec<Input> = chosen.collect();
    let changes = chosen.into_iter().map(|input| {
        let value = another(rng, &input, value_of(&before.book, &input));
        (input, value)
    });
    let changes: Vec<_> = changes.collect();
    let after = of(&changed(plan, &changes), root, root, MoneyUnit::Yuan);
    let written = without_results(&typed_in(&before.book, &changes));
    Case { name: format!("{name} after {} changes", changes.len()), written, known: after.book }
}

/// Which kinds of inputs a plan has.
fn kinds(plan: &Plan) -> BTreeSet<String> {
    let root = &plan.status_quo().unwrap().id;
    let kind = |input: &Input| match &input.of {
        InputOf::Census(..) => "census".to_owned(),
        InputOf::Projected(..) | InputOf::YearShare(..) | InputOf::Pupils(..) => "fixed".to_owned(),
        InputOf::Parameter(ParamPath::Split(..), _) => "split".to_owned(),
        InputOf::Parameter(path, _) => {
            let text = path.to_string();
            let mut parts = text.split('/');
            let (of, role) = (parts.next().unwrap(), parts.next_back().unwrap());
            format!("{of} {role}")
        }
    };
    of(plan, root, root, MoneyUnit::Yuan).inputs.iter().map(kind).collect()
}

fn arbitrary_plans(count: usize) -> impl Iterator<Item = (Plan, ScenarioId)> {
    let mut runner = TestRunner::deterministic();
    let strategy = shapan_testing::arbitrary::plan_and_scenario();
    std::iter::repeat_with(move || strategy.new_tree(&mut runner).unwrap().current()).take(count)
}

#[test]
fn recalculated_workbooks_come_to_the_engines_figures_to_the_fen() {
    let Some(soffice) = crate::office::find() else { return };
    let mut rng = Rng::with_seed(6);
    let mut cases = Vec::new();
    let mut seen = BTreeSet::new();

    let taian = taian_2012().unwrap();
    let root = &taian.status_quo().unwrap().id;
    let top = &taian.scenarios.last().unwrap().id;
    for (unit, name) in [(MoneyUnit::Yuan, "sample"), (MoneyUnit::Wan, "sample in 万元")] {
        cases.push(as_it_is(name, of(&taian, top, root, unit).book));
    }
    cases.push(after_changes("sample", &taian, &mut rng, 2));
    for (seed, mix) in [(1, Mix::Budget), (2, Mix::Schools), (3, Mix::Budget)] {
        let size = Size { regions: 4, programmes: 14, years: 5, sources: 6, measures: 9, mix };
        let plan = generate(&size, seed);
        let (root, top) = (&plan.status_quo().unwrap().id, &plan.scenarios.last().unwrap().id);
        cases.push(as_it_is(&format!("plan {seed}"), of(&plan, top, root, MoneyUnit::Yuan).book));
        cases.push(after_changes(&format!("plan {seed}"), &plan, &mut rng, 1));
        cases.push(after_changes(&format!("plan {seed}"), &plan, &mut rng, 4));
        seen.extend(kinds(&plan));
    }
    for (n, (plan, scenario)) in arbitrary_plans(30).enumerate() {
        let (name, root) = (format!("arbitrary plan {n}"), &plan.status_quo().unwrap().id);
        cases.push(as_it_is(&name, of(&plan, &scenario, root, MoneyUnit::Yuan).book));
        cases.push(after_changes(&name, &plan, &mut rng, 2));
        seen.extend(kinds(&plan));
    }

    // Nothing that money follows from was left out.
    for kind in [
        "census",
        "split",
        "populations growth",
        "populations share",
        "programmes standard",
        "programmes indexation",
        "programmes base-standard",
        "programmes coverage",
        "programmes take-up",
        "programmes school-floor",
        "programmes posts",
        "programmes pupils-per-post",
        "programmes units",
        "programmes share",
        "programmes amount",
        "programmes average-principal",
        "programmes risk-rate",
        "programmes interest-rate",
        "programmes opening-balance",
        "sources revenue",
        "sources revenue-growth",
        "sources available",
        "sources available-growth",
    ] {
        assert!(seen.contains(kind), "no plan has {kind}: {seen:?}");
    }
    // The proof of the proof: one formula a fen off is noticed.
    let mut wrong = of(&taian, top, root, MoneyUnit::Yuan).book;
    let payments = wrong.sheets.iter_mut().find(|sheet| sheet.name == "测算").unwrap();
    let last = payments.cells.iter_mut().rev().find_map(|cell| match &mut cell.content {
        Content::Formula(formula, Some(_)) if cell.look.part == Part::Helper => Some(formula),
        _ => None,
    });
    last.unwrap().push_str("+1");
    cases.push(as_it_is("wrong", wrong));

    let written: Vec<Vec<u8>> = cases.iter_mut().map(|c| std::mem::take(&mut c.written)).collect();
    let computed = recalculate(&soffice, &written);
    let wrong = cases.pop().unwrap();
    assert!(!faults(&wrong.name, &wrong.known, &computed[cases.len()]).is_empty());
    let each = cases.iter().zip(&computed);
    let faults: Vec<_> = each.flat_map(|(case, c)| faults(&case.name, &case.known, c)).collect();
    let first = faults.iter().take(20).cloned().collect::<Vec<_>>().join("\n");
    assert!(faults.is_empty(), "{} of them:\n{first}", faults.len());
}
