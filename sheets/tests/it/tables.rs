//! Tables in sheets come in right, or they ask: the kinds that were seen in public files.
use super::tables_support::*;
use shapan_engine::*;
use shapan_sheets::import::*;

#[test]
fn debug_cases() {
    let plan = taian_2012().unwrap();
    for (name, sheet) in cases() {
        let choices = Choices { mode: Some(Mode::Replace), ..Choices::default() };
        let reading = read(&plan, &sheet, &choices);
        println!("=== {name}");
        for c in &reading.columns {
            println!(
                "  col {} {:?} {:?} unit {:?} year {:?} left {:?}",
                c.column,
                c.head,
                c.meaning,
                c.unit,
                c.year.map(Year::get),
                c.left
            );
        }
        println!("  tables {:?} year {:?}", reading.tables.len(), reading.year.map(Year::get));
        for q in &reading.questions {
            println!("  Q {q:?}");
        }
        for r in &reading.rows {
            if r.state != RowState::Taken {
                println!("  row {} {} {:?}", r.row, r.name, r.state);
            }
        }
        for f in &reading.faults {
            println!("  F {f:?}");
        }
        println!(
            "  changes {} waiting {} same {}",
            reading.changes.len(),
            reading.waiting.len(),
            reading.same
        );
        for t in &reading.totals {
            println!("  T {t:?}");
        }
    }
}
