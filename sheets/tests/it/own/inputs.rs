//! A workbook whose input cells were changed offers exactly those changes, under measures too; what
//! the plan cannot take is listed.

use super::*;

pub(super) fn type_in(book: &mut Book, input: &Input, content: &Content) {
    let sheet = book.sheets.iter_mut().find(|s| s.name == input.sheet).unwrap();
    let mut cells = sheet.cells.iter_mut();
    let cell = cells.find(|c| (c.row, c.col) == (input.row, input.col)).unwrap();
    cell.content = content.clone();
}

pub(super) fn type_number(book: &mut Book, input: &Input, value: i64) {
    let sheet = book.sheets.iter_mut().find(|s| s.name == input.sheet).unwrap();
    let mut cells = sheet.cells.iter_mut();
    let cell = cells.find(|c| (c.row, c.col) == (input.row, input.col)).unwrap();
    let Content::Number(number) = &mut cell.content else { unreachable!("{input:?}") };
    number.value = value;
}

/// Another number near the one that stands there, within bounds.
pub(super) fn another(rng: &mut Rng, input: &Input) -> i64 {
    let unit = match &input.of {
        InputOf::Parameter(path, _) => path.unit(),
        InputOf::YearShare(..) => Unit::Share,
        _ => Unit::Count,
    };
    let step = rng.i64(1..=9);
    match input.value.checked_sub(step).filter(|value| unit.bounds().contains(value)) {
        Some(less) => less,
        None => input.value + step,
    }
}

/// The changes of a workbook of the status quo alone, where every input is a number of the plan.
#[test]
fn edited_inputs_of_the_status_quo_are_offered_one_by_one() {
    let mut rng = Rng::with_seed(3);
    for (n, (plan, _)) in plans(60).enumerate() {
        let lang = Lang::ALL[n % 3];
        let root = plan.status_quo().unwrap().id.clone();
        let before = made(&plan, &root, &root, lang);
        let returned = workbook_back(&plan, &before.book);
        assert_eq!((returned.kind, returned.version), (Kind::Workbook, Some(1)));
        assert!(returned.is_unchanged(), "plan {n}: {returned:?}");

        let mut book = before.book.clone();
        let mut wanted = BTreeMap::new();
        let mut fixed = 0;
        for input in &before.inputs {
            if rng.usize(0..6) > 0 {
                continue;
            }
            let value = another(&mut rng, input);
            type_number(&mut book, input, value);
            match input.of {
                InputOf::Parameter(..) | InputOf::Census(..) => {
                    let place = (input.sheet.clone(), input.row, input.col);
                    wanted.insert(place, (input.value, value));
                }
                _ => fixed += 1,
            }
        }
        let returned = workbook_back(&plan, &book);
        let offered: BTreeMap<_, _> = returned
            .offers
            .iter()
            .map(|offer| {
                let (row, column) = (offer.cell.row, offer.cell.column);
                let place =
                    (offer.cell.sheet.clone(), row.try_into().unwrap(), column.try_into().unwrap());
                (place, (offer.exported.unwrap(), offer.change.new))
            })
            .collect();
        assert_eq!(offered, wanted, "plan {n}: {returned:?}");
        assert_eq!((returned.left_out.len(), returned.conflicts.len()), (fixed, 0), "plan {n}");

        let after = apply(&plan, &changes(&returned));
        let again = made(&after, &root, &root, lang);
        for input in &again.inputs {
            let place = (input.sheet.clone(), input.row, input.col);
            let same = before.inputs.iter().find(|i| i.of == input.of && i.region == input.region);
            let value = wanted.get(&place).map_or(same.map(|i| i.value), |(_, new)| Some(*new));
            if !matches!(input.of, InputOf::Projected(..)) {
                assert_eq!(Some(input.value), value, "plan {n}: {input:?}");
            }
        }
        assert!(workbook_back(&after, &again.book).is_unchanged(), "plan {n}");
    }
}

/// Under measures an edit is offered or listed; what is offered comes to what the file says.
#[test]
fn edited_inputs_under_measures_are_offered_exactly_or_listed() {
    let mut rng = Rng::with_seed(4);
    let (mut offered, mut listed, mut of_measures) = (0, BTreeMap::new(), 0);
    let size =
        Size { regions: 4, programmes: 14, years: 4, sources: 6, measures: 9, mix: Mix::Budget };
    let generated = (1..=6).map(|seed| {
        let plan = generate(&size, seed);
        let last = plan.scenarios.last().unwrap().id.clone();
        (plan, last)
    });
    for (n, (plan, scenario)) in generated.chain(plans(60)).enumerate() {
        let root = plan.status_quo().unwrap().id.clone();
        let before = made(&plan, &scenario, &root, Lang::ZhHans);
        let returned = workbook_back(&plan, &before.book);
        assert!(returned.is_unchanged(), "plan {n}: {returned:?}");
        // Of the scenario alone: the base has the same numbers once more.
        let own = |input: &&Input| ["参数", "人数"].contains(&input.sheet.as_str());
        let mut book = before.book.clone();
        let mut edited = BTreeMap::new();
        let moved = plan.enabled_measures(&scenario).unwrap();
        let moved: Vec<_> = moved.iter().flat_map(|m| &m.changes).map(|c| &c.path).collect();
        for input in before.inputs.iter().filter(own) {
            let is_moved = matches!(&input.of, InputOf::Parameter(p, _) if moved.contains(&p));
            if rng.usize(0..if is_moved { 2 } else { 20 }) > 0 {
                continue;
            }
            let value = another(&mut rng, input);
            type_number(&mut book, input, value);
            edited.insert((input.sheet.clone(), input.row, input.col), value);
        }
        let returned = workbook_back(&plan, &book);
        assert_eq!(returned.conflicts, [], "plan {n}");
        let told = returned.offers.len() + returned.left_out.len();
        assert_eq!(told, edited.len(), "plan {n}: {returned:?}");
        let after = apply(&plan, &changes(&returned));
        let again = made(&after, &scenario, &root, Lang::ZhHans);
        let offered_paths: Vec<_> = changes(&returned).into_iter().map(|c| c.target).collect();
        let grows = |of: &InputOf| {
            let InputOf::Parameter(path, _) = of else { return false };
            let registry = plan.registry();
            let growth = registry.iter().find(|r| r.path == *path).unwrap().growth.clone();
            growth.is_some_and(|g| {
                moved.contains(&path) && {
                    let of_growth = |t: &Target| *t == Target::Parameter(g.clone());
                    offered_paths.iter().any(of_growth) || moved.contains(&&g)
                }
            })
        };
        for input in again.inputs.iter().filter(own) {
            let place = (input.sheet.clone(), input.row, input.col);
            let is_offered = returned.offers.iter().any(|o| {
                let cell = (o.cell.row, o.cell.column);
                o.cell.sheet == input.sheet && cell == (input.row as usize, input.col.into())
            });
            let was = before
                .inputs
                .iter()
                .find(|i| (i.row, i.col, &i.sheet) == (input.row, input.col, &input.sheet));
            match (was, is_offered) {
                (Some(_), true) => assert_eq!(edited.get(&place), Some(&input.value), "plan {n}"),
                // Numbers that measures come to are given, so what grows follows in the plan alone.
                (Some(was), false) if was.of == input.of && !grows(&input.of) => {
                    assert_eq!(was.value, input.value, "plan {n}: {input:?}");
                }
                _ => {}
            }
        }
        offered += returned.offers.len();
        of_measures += returned
            .offers
            .iter()
            .filter(|o| matches!(o.change.target, Target::Measure { .. }))
            .count();
        for left in &returned.left_out {
            *listed.entry(format!("{:?}", left.reason)).or_insert(0) += 1;
        }
    }
    assert!(offered > 100 && of_measures > 20, "{offered} {of_measures} {listed:?}");
}

/// A parameter of the sample that no measure changes, by its path.
pub(super) fn unmoved(plan: &Plan, top: &ScenarioId, unit: Unit) -> ParamPath {
    let moved: Vec<_> = plan.enabled_measures(top).unwrap();
    let is_moved =
        |path: &ParamPath| moved.iter().flat_map(|m| &m.changes).any(|change| change.path == *path);
    let mut all = plan.parameters().filter(|(path, p)| path.unit() == unit && !p.steps.is_empty());
    all.find(|(path, _)| matches!(path, ParamPath::Programme(..)) && !is_moved(path)).unwrap().0
}

#[test]
fn what_cannot_be_taken_is_listed_with_its_reason() {
    let plan = taian_2012().unwrap();
    let root = plan.status_quo().unwrap().id.clone();
    let made = made(&plan, &root, &root, Lang::ZhHans);
    let path = unmoved(&plan, &root, Unit::Fen);
    let first = plan.horizon.start();
    let money = |i: &&Input| matches!(&i.of, InputOf::Parameter(p, s) if *p == path && *s == first);
    let money = made.inputs.iter().find(money).unwrap();
    let census = made.inputs.iter().find(|i| matches!(i.of, InputOf::Census(..))).unwrap();
    let finer = shapan_sheets::book::Number { value: money.value * 10 + 5, decimals: 3 };
    let beyond = shapan_sheets::book::Number { value: -1, decimals: 0 };
    let words = Content::Text("750 元".to_owned());
    for (cell, content, reason, found) in [
        (money, Content::Number(finer), Reason::TooFine, finer.text()),
        (census, Content::Number(beyond), Reason::OutOfBounds, "-1".to_owned()),
        (money, words, Reason::NotANumber, "750 元".to_owned()),
    ] {
        let mut book = made.book.clone();
        type_in(&mut book, cell, &content);
        let returned = workbook_back(&plan, &book);
        let [left] = &returned.left_out[..] else { panic!("{returned:?}") };
        assert_eq!((left.reason, left.found.as_str()), (reason, found.as_str()));
        assert_eq!((returned.offers.len(), returned.conflicts.len()), (0, 0));
    }
    // Formulas: one of sums, overwritten, and one of the parameters, another.
    let mut book = made.book.clone();
    for (sheet, content) in [
        ("汇总", Content::Number(beyond)),
        ("参数", Content::Formula("1+1".to_owned(), Some(beyond))),
    ] {
        let sheet = book.sheets.iter_mut().find(|s| s.name == sheet).unwrap();
        let is_formula =
            |c: &&mut shapan_sheets::book::Cell| matches!(c.content, Content::Formula(..));
        sheet.cells.iter_mut().find(is_formula).unwrap().content = content;
    }
    let returned = workbook_back(&plan, &book);
    let told: Vec<_> =
        returned.left_out.iter().map(|l| (l.reason, l.cell.sheet.as_str())).collect();
    assert_eq!(told, [(Reason::Formula, "汇总"), (Reason::Formula, "参数")]);
    assert_eq!(returned.offers, []);
    // Rows that were sorted: labels no longer say what they said.
    let mut book = made.book.clone();
    type_number(&mut book, money, money.value + 100);
    let sheet = book.sheets.iter_mut().find(|s| s.name == money.sheet).unwrap();
    let label = sheet.cells.iter_mut().find(|c| (c.row, c.col) == (money.row, 0)).unwrap();
    label.content = Content::Text("别的".to_owned());
    let returned = workbook_back(&plan, &book);
    assert_eq!(returned.left_out[0].reason, Reason::Moved);
    assert_eq!(returned.offers, []);
}

#[test]
fn what_an_adopted_scenario_sets_stays() {
    let plan = taian_2012().unwrap();
    let top = plan.scenarios.last().unwrap().clone();
    let of_measures = |plan: &Plan| {
        let before = made(plan, &top.id, &top.id, Lang::ZhHans);
        let mut book = before.book.clone();
        for input in before.inputs.iter().filter(|i| matches!(i.of, InputOf::Parameter(..))) {
            let value = another(&mut Rng::with_seed(5), input);
            type_number(&mut book, input, value);
        }
        workbook_back(plan, &book)
    };
    let is_of_measure = |c: &Changed| matches!(c.target, Target::Measure { .. });
    let open = of_measures(&plan);
    let count = changes(&open).iter().filter(|c| is_of_measure(c)).count();
    assert!(count > 0, "{:?}", open.left_out);
    let day = "2012-05-01".parse().unwrap();
    let mut document = Document::new(plan);
    document.dispatch(Command::Adopt { scenario: top.id.clone(), on: Some(day) }, None).unwrap();
    let adopted = of_measures(document.plan());
    assert!(!changes(&adopted).iter().any(is_of_measure));
    assert!(adopted.left_out.iter().any(|left| left.reason == Reason::Adopted));
}

/// Saved by LibreOffice, a workbook is still ours, and what was typed in is what is offered.
#[test]
fn workbooks_saved_anew_by_libreoffice_come_back() {
    let Some(soffice) = crate::office::find() else { return };
    let mut rng = Rng::with_seed(7);
    let taian = taian_2012().unwrap();
    let top = taian.scenarios.last().unwrap().id.clone();
    let cases: Vec<(Plan, ScenarioId)> = std::iter::once((taian, top)).chain(plans(12)).collect();
    let (mut files, mut wanted) = (Vec::new(), Vec::new());
    for (n, (plan, scenario)) in cases.iter().enumerate() {
        let root = plan.status_quo().unwrap().id.clone();
        let lang = Lang::ALL[n % 3];
        let before = made(plan, scenario, &root, lang);
        files.push(before.book.to_xlsx().unwrap());
        wanted.push((plan, workbook_back(plan, &before.book)));
        let mut book = before.book.clone();
        for input in &before.inputs {
            if rng.usize(0..10) == 0 {
                let value = another(&mut rng, input);
                type_number(&mut book, input, value);
            }
        }
        files.push(book.to_xlsx().unwrap());
        wanted.push((plan, workbook_back(plan, &book)));
    }
    let mut count = 0;
    for kind in ["xlsx", "ods"] {
        let saved = crate::office::saved_anew(&soffice, &files, kind);
        for (n, (file, (plan, wanted))) in saved.iter().zip(&wanted).enumerate() {
            let returned = look_at(plan, file).unwrap().unwrap();
            // A tab within a name is a space to one kind of file and nothing to another.
            let offered = |r: &Returned| {
                let each = r.offers.iter().map(|o| (o.change.clone(), o.exported, o.cell.clone()));
                each.collect::<Vec<_>>()
            };
            assert_eq!(offered(&returned), offered(wanted), "{kind} {n}");
            let told = |r: &Returned| {
                let each = r.left_out.iter().map(|l| (l.reason, l.cell.clone(), l.found.clone()));
                each.collect::<Vec<_>>()
            };
            assert_eq!(told(&returned), told(wanted), "{kind} {n}");
            assert!(n % 2 == 1 || returned.is_unchanged(), "{kind} {n}");
            count += returned.offers.len();
        }
    }
    assert!(count > 50, "{count}");
}

/// "Later semesters carry it by formula and can be overwritten": so they are new steps.
#[test]
fn a_number_typed_over_a_carried_one_holds_from_its_semester_on() {
    let mut rng = Rng::with_seed(8);
    let (mut typed_steps, mut counts) = (0, 0);
    for (n, (plan, _)) in plans(60).enumerate() {
        let root = plan.status_quo().unwrap().id.clone();
        let before = made(&plan, &root, &root, Lang::ZhHans);
        let mut book = before.book.clone();
        let terms = u16::try_from(plan.horizon.semesters().count()).unwrap();
        let mut typed = BTreeMap::new();
        for sheet in book.sheets.iter_mut().filter(|s| ["参数", "人数"].contains(&s.name.as_str()))
        {
            for cell in &mut sheet.cells {
                let Content::Formula(_, Some(value)) = &cell.content else { continue };
                let is_shown = sheet.name == "人数" || cell.col < 7 + terms;
                if is_shown && rng.usize(0..25) == 0 {
                    let place = (sheet.name.clone(), cell.row, cell.col);
                    let number = shapan_sheets::book::Number { value: value.value + 1, ..*value };
                    typed.insert(place, number);
                    cell.content = Content::Number(number);
                }
            }
        }
        let returned = workbook_back(&plan, &book);
        assert_eq!(returned.offers.len() + returned.left_out.len(), typed.len(), "plan {n}");
        let after = apply(&plan, &changes(&returned));
        let outcome = evaluate(&after, &root).unwrap();
        for Changed { target, place, when, new, .. } in changes(&returned) {
            let region = match &place {
                shapan_sheets::import::Place::Known(id) => id.clone(),
                _ => after.regions[0].id.clone(),
            };
            match (target, when) {
                (Target::Parameter(path), When::From(semester)) => {
                    let (_, parameter) = after.parameters().find(|(p, _)| *p == path).unwrap();
                    let mut steps = parameter.steps_in(&region).iter();
                    let stated = steps.find(|s| s.from == semester).map(|step| step.value);
                    assert_eq!(stated, Some(new), "plan {n}");
                    typed_steps += 1;
                }
                (Target::Heads(id), When::Autumn(year)) => {
                    let place = after.regions.iter().position(|r| r.id == region).unwrap();
                    let autumn = year.get() + 1 - after.horizon.first().get();
                    let heads = outcome.heads(&id, place)[usize::try_from(autumn).unwrap()];
                    assert_eq!(heads, new, "plan {n}");
                    counts += 1;
                }
                other => panic!("{other:?}"),
            }
        }
    }
    assert!(typed_steps > 40 && counts > 10, "{typed_steps} {counts}");
}

/// The check stopped at five hundred, and what was typed over further formulas was neither offered
/// nor listed.
#[test]
fn every_formula_that_was_overwritten_is_told_however_many_there_are() {
    let plan = taian_2012().unwrap();
    let root = plan.status_quo().unwrap().id.clone();
    let mut book = made(&plan, &root, &root, Lang::ZhHans).book;
    let sheet = book.sheets.iter_mut().filter(|sheet| sheet.name != "参数" && !sheet.is_hidden);
    let formulas = sheet
        .flat_map(|sheet| &mut sheet.cells)
        .filter(|cell| matches!(cell.content, Content::Formula(_, Some(_))));
    let beyond = shapan_sheets::book::Number { value: -1, decimals: 0 };
    let mut overwritten = 0;
    for cell in formulas.take(800) {
        cell.content = Content::Number(beyond);
        overwritten += 1;
    }
    assert_eq!(overwritten, 800);
    let returned = workbook_back(&plan, &book);
    assert_eq!((returned.left_out.len(), returned.offers.len()), (800, 0));
}
