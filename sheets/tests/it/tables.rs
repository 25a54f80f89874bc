//! Tables in files come in right, or they ask: one case for each kind that was seen to go wrong.
use proptest::prelude::*;
use shapan_engine::{
    Basis, BasisKind, Command, Document, Headcount, Lang, Plan, Year, files as plans, taian_2012,
};
use shapan_sheets::files::open;
use shapan_sheets::import::sheet::{Cell, Merged, Sheet};
use shapan_sheets::import::{
    Choices, ColumnChoice, LeftColumn, LeftRow, Meaning, Mode, Place, Problem, Question, Reading,
    RightSize, RowState, Summary, Target, Unit, When, command, forget_layout, keep_layout, layouts,
    read,
};
use shapan_sheets::request::{Request, RowShown};

fn year(year: i64) -> Option<Year> {
    Year::new(year)
}

/// What is chosen where nothing else must be.
fn replacing() -> Choices {
    Choices { mode: Some(Mode::Replace), ..Choices::default() }
}

fn of_2011() -> Choices {
    Choices { year: year(2011), ..replacing() }
}

fn sheet_of(case: &str) -> Sheet {
    let path = format!("{}/tests/files/cases/{case}", env!("CARGO_MANIFEST_DIR"));
    let mut opened = open(&std::fs::read(path).unwrap(), None).unwrap();
    let first = opened.overview().first;
    opened.sheet(first).unwrap()
}

/// A sheet out of lines with bars between cells; all of it words, as in a text.
fn sheet(text: &str) -> Sheet {
    let cell = |words: &str| match words.trim() {
        "" => Cell::Empty,
        words => Cell::Text(words.to_owned()),
    };
    let cells = text.trim_matches('\n').lines().map(|line| line.split('|').map(cell).collect());
    Sheet { cells: cells.collect(), ..Sheet::default() }
}

fn reading(sheet: &Sheet, choices: &Choices) -> Reading {
    read(&taian_2012().unwrap(), sheet, choices)
}

/// What comes in for a population in an autumn, in all.
fn total(reading: &Reading, population: &str, autumn: i64) -> i64 {
    let is_it = |target: &Target| matches!(target, Target::Heads(id) if id.as_str() == population);
    let changes = reading.changes.iter().filter(|change| {
        is_it(&change.target) && change.when == When::Autumn(year(autumn).unwrap())
    });
    changes.map(|change| change.new).sum()
}

fn state(reading: &Reading, name: &str) -> RowState {
    reading.rows.iter().find(|row| row.name == name).unwrap().state.clone()
}

#[test]
fn a_merged_title_is_no_head_and_running_numbers_are_no_people() {
    let list = reading(&sheet_of("title-row-as-head/list.xlsx"), &replacing());
    assert_eq!(list.head, Some((1, 1)));
    assert_eq!(list.columns[0].left, Some(LeftColumn::Running));
    assert!(list.changes.is_empty() && list.waiting.is_empty() && list.questions.is_empty());
}

#[test]
fn a_head_of_two_rows_is_one_and_schools_are_no_people() {
    let found = reading(&sheet_of("two-row-header/merged.xlsx"), &replacing());
    assert_eq!(found.columns[2].head, ["小学", "在校生数"]);
    assert_eq!(
        [total(&found, "primary-pupils", 2011), total(&found, "junior-pupils", 2011)],
        [301_000, 150_500]
    );
    assert_eq!((found.changes.len(), found.questions.len()), (14, 0));
    assert_eq!(state(&found, "合计"), RowState::Left(LeftRow::Sum));
}

#[test]
fn a_name_merged_downwards_holds_for_all_its_rows() {
    let found = reading(&sheet_of("merged-down/merged-down.xlsx"), &replacing());
    assert_eq!((found.changes.len(), found.faults.len(), found.questions.len()), (14, 0, 0));
    assert_eq!(total(&found, "primary-pupils", 2012), 301_700);
}

#[test]
fn years_in_heads_keep_their_own_counts() {
    let found = reading(&sheet_of("years-as-columns/years.xlsx"), &replacing());
    let totals = [2010, 2011, 2012].map(|autumn| total(&found, "primary-pupils", autumn));
    assert_eq!((totals, found.questions.len()), ([294_000, 301_000, 308_000], 0));
}

#[test]
fn schools_are_added_up_to_their_county_when_it_is_said_so() {
    let sheet = sheet_of("school-by-school/schools.xlsx");
    let asked = reading(&sheet, &of_2011());
    assert_eq!(asked.questions, [Question::AddUp { regions: 7, rows: 21, schools: true }]);
    assert!(asked.changes.is_empty() && asked.waiting.is_empty());
    let added = reading(&sheet, &Choices { add_up: Some(true), ..of_2011() });
    assert_eq!((added.changes.len(), total(&added, "primary-pupils", 2011)), (7, 300_996));
}

#[test]
fn a_table_without_heads_offers_nothing() {
    for case in ["budget-by-function", "rates-only"] {
        let found = reading(&sheet_of(&format!("table-without-heads/{case}.xlsx")), &replacing());
        assert!(found.changes.is_empty() && found.questions.is_empty(), "{case}");
    }
}

#[test]
fn notes_below_bring_nothing() {
    let found = reading(&sheet_of("note-rows/notes.xlsx"), &replacing());
    assert_eq!((found.changes.len(), found.year), (7, year(2011)));
    assert!(found.changes.iter().all(|change| matches!(change.place, Place::Known(_))));
    assert_eq!(total(&found, "primary-pupils", 2011), 301_000);
}

#[test]
fn rows_that_sum_others_stay_outside_each_with_its_reason() {
    let found = reading(&sheet_of("rollup-rows/rollup.xlsx"), &of_2011());
    assert_eq!((found.changes.len(), total(&found, "primary-pupils", 2011)), (14, 301_000));
    for name in ["泰安市", "城区小计", "县（市）小计", "全市合计", "区县平均"]
    {
        assert_eq!(state(&found, name), RowState::Left(LeftRow::Sum), "{name}");
    }
    assert_eq!(state(&found, "其中：民办"), RowState::Left(LeftRow::Part));
    // By arithmetic, whatever it is called.
    let unnamed = sheet(
        "地区|2011年小学在校生|2011年初中在校生\n泰山区|100|50\n岱岳区|200|70\n两区|300|120\n新泰市|400|90",
    );
    let found = reading(&unnamed, &replacing());
    assert_eq!(state(&found, "两区"), RowState::Left(LeftRow::SumOf { first: 1, last: 2 }));
}

#[test]
fn names_meet_the_plans_regions() {
    let found = reading(&sheet_of("names-of-regions/short-and-full.xlsx"), &of_2011());
    assert_eq!((found.changes.len(), total(&found, "primary-pupils", 2011)), (7, 301_000));
    assert!(found.changes.iter().all(|change| matches!(change.place, Place::Known(_))));
}

#[test]
fn what_counts_no_pupils_stays_outside() {
    let found = reading(&sheet_of("not-pupils/schools.xlsx"), &of_2011());
    assert_eq!(found.changes.len(), 7);
    assert!(found.columns[1..5].iter().all(|c| c.left == Some(LeftColumn::NotPeople)));
}

#[test]
fn two_columns_never_fill_one_population() {
    let found = reading(&sheet_of("two-columns-one-population/girls.xlsx"), &of_2011());
    assert_eq!((found.changes.len(), total(&found, "primary-pupils", 2011)), (7, 301_000));
    assert!(found.columns[2..].iter().all(|c| c.left == Some(LeftColumn::Part)));
    let twins = sheet("2011年|\n地区|小学在校学生|小学学生总数\n泰山区|41000|41001");
    let found = reading(&twins, &replacing());
    assert_eq!(found.questions, [Question::SameTarget { columns: vec![1, 2] }]);
    assert!(found.changes.is_empty());
    let chosen = ColumnChoice { meaning: Some(Meaning::Nothing), ..ColumnChoice::default() };
    let choices = Choices { columns: [(2, chosen)].into(), ..replacing() };
    assert_eq!(total(&reading(&twins, &choices), "primary-pupils", 2011), 41_000);
    // The exact name goes first.
    let exact = sheet("2011年|\n地区|小学学生总数|小学在校生\n泰山区|41001|41000");
    let found = reading(&exact, &replacing());
    assert_eq!(total(&found, "primary-pupils", 2011), 41_000);
    assert_eq!(found.columns[1].left, Some(LeftColumn::OtherHasName { column: 2 }));
}

#[test]
fn a_unit_above_the_head_is_that_of_the_counts() {
    let found = reading(&sheet_of("unit-apart/unit-wan-decimals.xlsx"), &of_2011());
    assert_eq!(total(&found, "primary-pupils", 2011), 301_000);
    // Where nobody says it, fractions of people are asked about, whole numbers beside them too.
    let silent = sheet("2011年|\n地区|小学在校生\n泰山区|4.1\n岱岳区|5");
    let found = reading(&silent, &replacing());
    assert_eq!(found.questions, [Question::Unit { column: 1 }]);
    assert!(found.changes.is_empty());
    let unit = ColumnChoice { unit: Some(Unit::TenThousand), ..ColumnChoice::default() };
    let choices = Choices { columns: [(1, unit)].into(), ..replacing() };
    assert_eq!(total(&reading(&silent, &choices), "primary-pupils", 2011), 91_000);
}

#[test]
fn what_is_hidden_stays_outside_unless_it_is_wanted() {
    let sheet = sheet_of("hidden-rows/hidden.xlsx");
    let found = reading(&sheet, &of_2011());
    assert_eq!((found.changes.len(), total(&found, "primary-pupils", 2011)), (7, 301_000));
    assert_eq!(state(&found, "旧一区"), RowState::Left(LeftRow::Hidden));
    assert_eq!(found.columns[2].left, Some(LeftColumn::Hidden));
    let wanted = reading(&sheet, &Choices { hidden: true, ..of_2011() });
    assert_eq!(total(&wanted, "junior-pupils", 2011), 150_500);
    assert_eq!(state(&wanted, "旧一区"), RowState::Left(LeftRow::NotInPlan));
}

#[test]
fn noise_of_floats_is_no_fraction_and_a_fraction_is_a_fault() {
    let found = reading(&sheet_of("float-noise/noise.xlsx"), &of_2011());
    assert_eq!(total(&found, "primary-pupils", 2011), 41_000 + 52_000 + 72_000);
    let faults: Vec<_> = found.faults.iter().map(|f| (f.row, f.column, f.problem)).collect();
    assert_eq!(
        faults,
        [
            (4, 1, Problem::NotANumber),
            (5, 1, Problem::NotANumber),
            (6, 1, Problem::NotWhole),
            (7, 1, Problem::NotANumber)
        ]
    );
}

#[test]
fn every_cell_with_a_mark_is_told_and_none_is_guessed() {
    let found = reading(&sheet_of("marks-in-cells/marks.xlsx"), &of_2011());
    assert_eq!(total(&found, "primary-pupils", 2011), 48_000, "48 000");
    let rows: Vec<usize> = found.faults.iter().map(|fault| fault.row).collect();
    assert_eq!(rows, [1, 2, 3, 5, 6]);
}

#[test]
fn a_formula_without_result_is_named_as_such() {
    let found = reading(&sheet_of("formulas-without-results/formulas.xlsx"), &of_2011());
    assert_eq!(found.faults.len(), 7);
    assert!(found.faults.iter().all(|fault| fault.problem == Problem::NotComputed));
    assert!(found.changes.is_empty());
}

#[test]
fn many_new_regions_are_asked_about_and_come_at_once() {
    let sheet = sheet_of("many-new-regions/2850-new-regions.csv");
    let asked = reading(&sheet, &of_2011());
    assert_eq!(asked.questions, [Question::NewRegions { names: 2_850 }]);
    assert!(asked.changes.is_empty());
    let plan = taian_2012().unwrap();
    let taken = read(&plan, &sheet, &Choices { all_new: Some(true), ..of_2011() });
    assert_eq!(taken.changes.len(), 5_700);
    let command = command(&plan, &taken.changes, Lang::ZhHans, &by_hand).unwrap();
    let Command::Together(commands) = command else { panic!("several") };
    assert_eq!(commands.len(), 2_852, "each region once, each population once");
}

#[test]
fn the_year_is_never_guessed() {
    let table = sheet("地区|小学在校生\n泰山区|41000");
    let asked = reading(&table, &replacing());
    assert_eq!(asked.questions, [Question::Year { proposal: year(2011).unwrap() }]);
    assert!(asked.changes.is_empty());
    assert_eq!(total(&reading(&table, &of_2011()), "primary-pupils", 2011), 41_000);
    let spring = sheet("2012年春季|\n地区|小学在校生\n泰山区|41000");
    assert_eq!(reading(&spring, &replacing()).questions.len(), 1);
}

#[test]
fn other_languages_and_scripts_are_read_too() {
    let english = sheet(
        "Region|Year|Primary pupils|Junior secondary pupils|Schools
Taishan District|2011|41,000|20,500|3
Daiyue|2011|52,000|26,000|4
Total|2011|93,000|46,500|7",
    );
    let found = reading(&english, &replacing());
    assert_eq!((found.changes.len(), found.questions.len()), (4, 0), "{:?}", found.questions);
    let traditional = sheet(
        "2011學年度教育統計|
單位：萬人|
縣市區|小學在校生數
寧陽縣|4.1
東平縣|4.2
總計|8.3",
    );
    let found = reading(&traditional, &replacing());
    assert_eq!((total(&found, "primary-pupils", 2011), found.questions.len()), (83_000, 0));
}

#[test]
fn years_are_those_of_the_numbers() {
    for (title, expected) in [
        ("报告期：2011年", year(2011)),
        ("2011—2012学年初统计", year(2011)),
        ("填报日期：2012年3月1日", None),
        ("统计年鉴2012", None),
        ("2010年、2011年情况", None),
        ("2012年春季", None),
    ] {
        let table = sheet(&format!("{title}|\n地区|小学在校生\n泰山区|1000"));
        assert_eq!(reading(&table, &replacing()).year, expected, "{title}");
    }
}

#[test]
fn lines_among_the_rows_that_say_something_else_are_asked_about() {
    for line in ["二、民办学校", "其中：农村", "2005年", "二、毕业生", "（二）初中"]
    {
        let table = sheet(&format!("2011年|\n地区|小学在校生\n泰山区|1000\n{line}|\n岱岳区|2000"));
        let found = reading(&table, &replacing());
        assert!(matches!(found.questions.as_slice(), [Question::Part { .. }]), "{line}");
        assert!(found.changes.is_empty(), "{line}");
    }
}

#[test]
fn long_tables_say_in_each_row_what_they_count() {
    let long = sheet(
        "地区|年份|指标|单位|数值\n泰山区|2011|小学在校生数|人|41000\n泰山区|2011|小学学校数|所|82\n泰山区|2012|小学在校生数|万人|4.2\n泰山区|2012|初中在校生数|人|20500",
    );
    let found = reading(&long, &replacing());
    assert_eq!(
        [2011, 2012].map(|autumn| total(&found, "primary-pupils", autumn)),
        [41_000, 42_000]
    );
    assert_eq!((total(&found, "junior-pupils", 2012), found.changes.len()), (20_500, 3));
    assert_eq!(found.rows[1].state, RowState::Left(LeftRow::Item));
}

#[test]
fn money_comes_in_its_unit_by_fiscal_year() {
    let table = sheet(
        "单位：万元||\n地区|2012年城市教育费附加|2013年城市教育费附加\n泰山区|1,234.5|2,000\n岱岳区|1,001|（5）",
    );
    let found = reading(&table, &replacing());
    let values: Vec<_> = found.changes.iter().map(|change| (change.when, change.new)).collect();
    let fiscal = |n| When::Fiscal(year(n).unwrap());
    assert_eq!(
        values,
        [
            (fiscal(2012), 1_234_500_000),
            (fiscal(2013), 2_000_000_000),
            (fiscal(2012), 1_001_000_000)
        ]
    );
    assert_eq!(found.faults[0].problem, Problem::OutOfBounds);
    let plan = taian_2012().unwrap();
    let command = command(&plan, &found.changes, Lang::ZhHans, &by_hand).unwrap();
    let mut document = Document::new(plan);
    document.dispatch(command, None).unwrap();
    let again = read(document.plan(), &table, &replacing());
    assert_eq!((again.changes.len(), again.same), (0, 3), "what came in is there");
    // Without a unit nothing is known of money.
    let silent = sheet("地区|2012年城市教育费附加\n泰山区|5");
    assert_eq!(reading(&silent, &replacing()).questions, [Question::Unit { column: 1 }]);
}

#[test]
fn heads_that_say_more_than_a_population_never_fill_it() {
    for more in [
        "增减",
        "占比",
        "比上年增长",
        "其中：女",
        "预测数",
        "毕业生",
        "班数",
        "教师",
        "（新口径）",
        "人均经费",
        "巩固率",
        "中寄宿生",
        "招生",
        "校舍面积",
        "排名",
        "学位",
        "补助",
        "一年级",
        "民办",
    ] {
        let table = sheet(&format!("2011年|\n地区|小学在校生{more}\n泰山区|1000"));
        assert!(reading(&table, &replacing()).changes.is_empty(), "{more}");
    }
    for title in
        ["2011年民办学校情况", "2011年在校生预测", "2011年女生情况", "2011年在校生增减情况"]
    {
        let found =
            reading(&sheet(&format!("{title}|\n地区|小学在校生\n泰山区|1000")), &replacing());
        assert!(matches!(found.questions.as_slice(), [Question::Part { .. }]), "{title}");
        assert!(found.changes.is_empty(), "{title}");
    }
    // What the plan computes is not counted.
    let table = sheet("2011年|\n地区|小学寄宿生\n泰山区|1000");
    let found = reading(&table, &replacing());
    assert!(matches!(found.columns[1].left, Some(LeftColumn::Computed(_))));
    assert!(found.changes.is_empty());
}

#[test]
fn tables_beside_one_another_are_several() {
    let table = sheet(
        "2011年||||\n地区|小学在校生||地区|初中在校生\n泰山区|41000||岱岳区|26000\n岱岳区|52000||泰山区|20000",
    );
    let found = reading(&table, &replacing());
    assert_eq!((found.tables.len(), found.changes.len()), (2, 2));
    assert_eq!(total(&found, "primary-pupils", 2011), 93_000);
    let second = reading(&table, &Choices { table: Some(1), ..replacing() });
    assert_eq!(total(&second, "junior-pupils", 2011), 46_000);
}

#[test]
fn a_region_is_made_row_by_row() {
    let table = sheet("2011年|\n地区|小学在校生\n泰山区|41000\n高新区|200\n景区|300");
    let found = reading(&table, &replacing());
    assert_eq!(state(&found, "高新区"), RowState::Left(LeftRow::NotInPlan));
    let ticked = reading(&table, &Choices { rows: [(3, true)].into(), ..replacing() });
    let new: Vec<_> = ticked.changes.iter().filter(|c| matches!(c.place, Place::New(_))).collect();
    assert_eq!((new.len(), new[0].new), (1, 200));
    let left = reading(&table, &Choices { rows: [(2, false)].into(), ..replacing() });
    assert!(left.changes.is_empty());
}

#[test]
fn what_the_plan_has_otherwise_waits_for_a_choice() {
    let table = sheet("2011年|\n地区|小学在校生\n泰山区|49944\n岱岳区|50000");
    let asked = reading(&table, &Choices::default());
    assert_eq!(asked.questions, [Question::Replace { values: 1 }]);
    assert_eq!((asked.changes.len(), asked.waiting.len(), asked.same), (0, 1, 1));
    assert_eq!(asked.waiting[0].old, Some(54_260));
    let kept = reading(&table, &Choices { mode: Some(Mode::Add), ..Choices::default() });
    assert_eq!((kept.changes.len(), kept.kept), (0, 1));
    let replaced = reading(&table, &replacing());
    assert_eq!((replaced.totals[0].before, replaced.totals[0].after), (351_200, 351_200 - 4_260));
}

fn by_hand(basis: &Basis) -> Basis {
    Basis { kind: BasisKind::Entered, ..basis.clone() }
}

#[test]
fn changes_become_one_step() {
    let plan = taian_2012().unwrap();
    let table = sheet("2011年|\n地区|小学在校生\n泰山区|41000\n高新区|200");
    let found = read(&plan, &table, &Choices { rows: [(3, true)].into(), ..replacing() });
    let command = command(&plan, &found.changes, Lang::ZhHans, &by_hand).unwrap();
    let mut document = Document::new(plan.clone());
    document.dispatch(command, None).unwrap();
    let after = document.plan();
    assert_eq!(after.regions.len(), plan.regions.len() + 1);
    let primary = after.populations.iter().find(|p| p.id.as_str() == "primary-pupils").unwrap();
    let Headcount::Counted { censuses, basis, .. } = &primary.headcount else { panic!("counted") };
    assert_eq!(censuses[0].heads[&plan.regions[0].id], 41_000);
    assert_eq!(basis.kind, BasisKind::Entered);
    assert!(document.undo() && !document.can_undo(), "one step");
    assert_eq!(**document.plan(), plan);
}

#[test]
fn a_layout_is_remembered_in_the_plan_for_next_years_file_and_forgotten() {
    let plan = taian_2012().unwrap();
    let this_year = sheet("地区|2011年小学在校生（新口径）\n泰山区|41000");
    let next_year = sheet("地区|2012年小学在校生（新口径）\n泰山区|41100");
    let asked = read(&plan, &this_year, &replacing());
    assert!(matches!(asked.questions.as_slice(), [Question::Column { column: 1, .. }]));
    let meaning = Some(Meaning::Heads("primary-pupils".parse().unwrap()));
    let chosen = ColumnChoice { meaning, ..ColumnChoice::default() };
    let choices = Choices { columns: [(1, chosen)].into(), ..replacing() };
    let answered = read(&plan, &this_year, &choices);
    assert_eq!(total(&answered, "primary-pupils", 2011), 41_000);
    let mut document = Document::new(plan.clone());
    document.dispatch(keep_layout(&plan, &answered.summary(), &choices).unwrap(), None).unwrap();
    // It travels with the plan.
    let file = plans::write_plan(document.plan(), &plans::Stamp::default());
    let plans::Contents::Plan(travelled) = plans::open(&file).unwrap().contents else { panic!() };
    let found = read(&travelled, &next_year, &replacing());
    assert!(found.remembered && found.questions.is_empty());
    assert_eq!(total(&found, "primary-pupils", 2012), 41_100);
    // It may stand elsewhere in its sheet, and the unit it says itself goes before all.
    let moved = sheet("|单位：万人|\n|地区|2012年小学在校生（新口径）\n|泰山区|4.11");
    let moved = read(&travelled, &moved, &replacing());
    assert!(moved.remembered && moved.questions.is_empty());
    assert_eq!(total(&moved, "primary-pupils", 2012), 41_100);
    let kept = layouts(&travelled);
    document.dispatch(forget_layout(&kept[0].fingerprint), None).unwrap();
    assert_eq!(layouts(document.plan()), []);
    assert_eq!(read(document.plan(), &next_year, &replacing()).questions.len(), 1);
}

#[test]
fn the_worker_keeps_what_it_is_asked_about_piece_by_piece() {
    let ask = |request: &Request, bytes: &[u8]| {
        shapan_sheets::answer(&serde_json::to_string(request).unwrap(), bytes).unwrap()
    };
    let plan = plans::write_plan(&taian_2012().unwrap(), &plans::Stamp::default());
    ask(&Request::Plan, plan.as_bytes());
    let file = "2011年,\n地区,小学在校生\n泰山区,41000\n岱岳区,约5\n";
    ask(&Request::Open { encoding: None }, file.as_bytes());
    let look = Request::Look { sheet: 0, choices: Box::new(replacing()) };
    let summary: Summary = serde_json::from_slice(&ask(&look, b"")).unwrap();
    assert_eq!((summary.changes, summary.faulty, summary.rows), (1, 1, 2));
    let rows = ask(&Request::Rows { from: 1, count: 5 }, b"");
    let rows: Vec<RowShown> = serde_json::from_slice(&rows).unwrap();
    assert_eq!(
        (rows.len(), rows[0].cells.clone()),
        (1, vec!["岱岳区".to_owned(), "约5".to_owned()])
    );
    assert_eq!(rows[0].faults.len(), 1);
    let taken: Vec<shapan_sheets::import::Change> =
        serde_json::from_slice(&ask(&Request::Take, b"")).unwrap();
    assert_eq!((taken.len(), taken[0].new, taken[0].cell), (1, 41_000, (2, 1)));
}

#[test]
fn a_county_one_of_whose_schools_cannot_be_read_has_no_sum() {
    let schools = sheet(
        "学校|地区|2011年小学在校生\n甲|泰山区|100\n乙|泰山区|缺\n丙|岱岳区|30\n丁|岱岳区|40",
    );
    let mut choices = Choices { add_up: Some(true), ..replacing() };
    let asked = reading(&schools, &choices);
    assert_eq!(asked.changes, []);
    choices.magnitudes = asked.questions.iter().filter_map(Question::right_size).collect();
    let found = reading(&schools, &choices);
    assert_eq!(found.changes.iter().map(|c| c.new).collect::<Vec<_>>(), [70], "{found:?}");
    let faults: Vec<_> = found.faults.iter().map(|fault| (fault.row, fault.problem)).collect();
    assert_eq!(faults, [(2, Problem::NotANumber), (1, Problem::PartMissing)]);
}

#[test]
fn whatever_is_chosen_reaches_the_worker() {
    let primary = Meaning::Heads("primary-pupils".parse().unwrap());
    let column =
        ColumnChoice { meaning: Some(primary.clone()), unit: Some(Unit::One), year: year(2011) };
    let choices = Choices {
        table: Some(1),
        head: Some((1, 2)),
        columns: [(2, column)].into(),
        items: [("小学".to_owned(), primary)].into(),
        year: year(2012),
        rows: [(3, true), (4, false)].into(),
        regions: [("某区".to_owned(), Place::New("某区".to_owned()))].into(),
        all_new: Some(true),
        add_up: Some(false),
        hidden: true,
        mode: Some(Mode::Add),
        magnitudes: vec![RightSize {
            target: Target::Heads("primary-pupils".parse().unwrap()),
            when: When::Autumn(year(2012).unwrap()),
            after: 7,
        }],
        part: true,
        cells: vec![(1, 2, "3".to_owned())],
    };
    let look = Request::Look { sheet: 1, choices: Box::new(choices) };
    let sent = serde_json::to_string(&look).unwrap();
    assert_eq!(serde_json::from_str::<Request>(&sent).unwrap(), look, "{sent}");
}

proptest! {
    #[test]
    fn any_sheet_is_read_and_its_changes_are_carried_out_or_refused(
        rows in proptest::collection::vec(proptest::collection::vec(
            "[\\PC]{0,6}|[0-9.,万-]{0,8}|泰山区|岱岳|合计|地区|小学在校生|2012年?|指标|数值|单位：万人", 0..5), 0..9),
        merges in proptest::collection::vec((0..9usize, 0..3usize, 0..5usize, 0..3usize), 0..3),
    ) {
        let plan = taian_2012().unwrap();
        let merged = merges.into_iter().map(|(row, rows, column, columns)| Merged {
            rows: (row, row + rows),
            columns: (column, column + columns),
        });
        let cells = rows.into_iter().map(|row| row.into_iter().map(Cell::Text).collect()).collect();
        let sheet = Sheet { cells, merged: merged.collect(), ..Sheet::default() };
        let choices = Choices { add_up: Some(true), all_new: Some(true), ..of_2011() };
        let found = read(&plan, &sheet, &choices);
        let plan: Plan = plan;
        if let Some(command) = command(&plan, &found.changes, Lang::ZhHans, &by_hand) {
            // Refused or carried out: never half.
            let _ = Document::new(plan).dispatch(command, None);
        }
    }
}
