//! What belongs to another city, stands in a title of two cells, is no name or is gone from the
//! plan: none of it comes in as what it only looks like.
use crate::said::{adding_up, check, comes, expected, replacing, sheet};
use shapan_engine::{Command, Document, Headcount, Lang, ParamPath, Plan, Year, taian_2012};
use shapan_sheets::import::sheet::{Merged, Sheet};
use shapan_sheets::import::{
    Choices, ColumnChoice, LeftRow, Meaning, Place, Problem, Question, Reading, RowState, When,
    command, keep_layout, read,
};

fn states(reading: &Reading) -> Vec<(&str, &RowState)> {
    reading.rows.iter().map(|row| (row.name.as_str(), &row.state)).collect()
}

const OTHER: RowState = RowState::Left(LeftRow::OtherCity);

#[test]
fn a_county_of_the_same_name_of_another_city_stays_outside() {
    let plan = taian_2012().unwrap();
    for (name, table, wanted) in [
        (
            "in every row",
            "2011年||\n地市|县区|小学在校生\n泰安市|泰山区|49000\n济南市|东平县|47000",
            "primary 2011: taishan 49000",
        ),
        (
            "once for all its rows",
            "2011年||\n市|县区|小学在校生\n泰安市|泰山区|49000\n|岱岳区|54000\n济南市|历城区|60000\n|东平县|47000\n|宁阳县|48000",
            "primary 2011: taishan 49000, daiyue 54000",
        ),
        (
            "without a head",
            "2011年||\n|县区|小学在校生\n泰安市|泰山区|49000\n泰安市|岱岳区|54000\n济南市|东平县|47000",
            "primary 2011: taishan 49000, daiyue 54000",
        ),
        (
            "short, below the head of cities",
            "2011年||\n城市|县区|小学在校生\n泰安|泰山区|49000\n济南|东平县|47000",
            "primary 2011: taishan 49000",
        ),
        (
            "behind a province",
            "2011年|||\n省|地市|区县|小学在校生\n山东省|泰安市|泰山区|49000\n山东省|济南市|东平县|47000",
            "primary 2011: taishan 49000",
        ),
        (
            "before the name",
            "2011年|\n县区|小学在校生\n泰安市泰山区|49000\n济南市东平县|47000\n济南东平县|47000\n山东省济南市东平县|47000",
            "primary 2011: taishan 49000",
        ),
        (
            "in a line above",
            "2011年||\n地区|小学在校生|初中在校生\n泰安市||\n泰山区|49000|26000\n济南市||\n东平县|47000|21000",
            "primary 2011: taishan 49000; junior 2011: taishan 26000",
        ),
        (
            "in a sum above",
            "2011年||\n地区|小学在校生|初中在校生\n泰安市|103000|59000\n泰山区|49000|26000\n岱岳区|54000|33000\n济南市|107000|51000\n历城区|60000|30000\n东平县|47000|21000",
            "primary 2011: taishan 49000, daiyue 54000; junior 2011: taishan 26000, daiyue 33000",
        ),
        (
            "the plan's city alone",
            "2011年||\n所属市|县区|小学在校生\n泰安市|泰山区|49000\n|岱岳区|54000",
            "primary 2011: taishan 49000, daiyue 54000",
        ),
        (
            "a remark that ends as a city does",
            "2011年||\n县区|小学在校生|备注\n泰山区|49000|\n岱岳区|54000|一所学校原属莱芜市\n新泰市|80000|",
            "primary 2011: taishan 49000, daiyue 54000, xintai 80000",
        ),
    ] {
        check(&plan, &replacing(), name, table, wanted);
    }
    let table = "2011年||\n地市|县区|小学在校生\n泰安市|泰山区|49000\n济南市|东平县|47000";
    let found = read(&plan, &sheet(table), &replacing());
    assert_eq!(states(&found)[1], ("东平县", &OTHER));
    // Who knows better ticks the row.
    let ticked = Choices { rows: [(3, true)].into(), ..replacing() };
    let found = read(&plan, &sheet(table), &ticked);
    assert_eq!(comes(&found), expected("primary 2011: taishan 49000, dongping 47000"));
}

#[test]
fn a_city_merged_over_its_counties_is_theirs() {
    let plan = taian_2012().unwrap();
    let table = "2011年||\n市|县区|小学在校生\n济南市|历城区|60000\n|东平县|47000\n泰安市|泰山区|49000\n|岱岳区|54000";
    let merged = [(2, 3), (4, 5)].map(|rows| Merged { rows, columns: (0, 0) });
    let table = Sheet { merged: merged.into(), ..sheet(table) };
    let found = read(&plan, &table, &replacing());
    assert_eq!(comes(&found), expected("primary 2011: taishan 49000, daiyue 54000"));
    assert_eq!(states(&found)[..2], [("历城区", &OTHER), ("东平县", &OTHER)]);
}

#[test]
fn a_title_of_several_cells_is_no_head_and_what_it_says_of_a_part_is_asked() {
    let plan = taian_2012().unwrap();
    for (title, is_part) in [
        ("2011年||民办", true),
        ("2011年|民办|", true),
        ("2011年||女生", true),
        ("泰安市2011年教育统计||民办学校", true),
        ("2011年||泰安市", false),
        ("2011年||泰安市教育局制", false),
        ("2011年||（学年初）", false),
    ] {
        for head in ["地区|小学在校生|初中在校生", "|小学在校生|初中在校生"] {
            let table = format!("{title}\n{head}\n泰山区|49000|26000\n岱岳区|54000|33000");
            let found = read(&plan, &sheet(&table), &replacing());
            assert_eq!(found.year, Year::new(2011), "{title}");
            let asks = found.questions.iter().any(|q| matches!(q, Question::Part { .. }));
            assert_eq!(asks, is_part, "{title} {:?}", found.questions);
            let wanted = "primary 2011: taishan 49000, daiyue 54000; junior 2011: taishan 26000, daiyue 33000";
            assert_eq!(comes(&found), expected(if is_part { "" } else { wanted }), "{title}");
        }
    }
    // Groups stay groups.
    let wanted = "primary 2011: taishan 49000; junior 2011: taishan 26000";
    for table in [
        "2011年|小学||初中|\n地区|在校生|班数|在校生|班数\n泰山区|49000|900|26000|500",
        "|小学|初中\n地区|2011年在校生|2011年在校生\n泰山区|49000|26000",
        "地区|小学|初中\n|2011年在校生|2011年在校生\n泰山区|49000|26000",
    ] {
        let found = read(&plan, &sheet(table), &replacing());
        let is_right = comes(&found) == expected(wanted) || !found.questions.is_empty();
        assert!(is_right, "{table} {:?}", comes(&found));
    }
}

#[test]
fn a_new_region_is_called_as_its_name_is_and_never_what_no_plan_may_hold() {
    let plan = taian_2012().unwrap();
    let table = sheet("2011年|\n地区|小学在校生\n泰山区|49000\n370999 高 新 区|2000");
    let raw = Place::New("370999 高 新 区".to_owned());
    let regions = [("370999 高 新 区".to_owned(), raw)].into();
    let found = read(&plan, &table, &Choices { regions, ..replacing() });
    assert_eq!(found.changes[1].place, Place::New("高新区".to_owned()));
    let bad = format!("{}区", "长".repeat(3_000));
    let table = sheet(&format!("2011年|\n地区|小学在校生\n泰山区|49000\n{bad}|2000"));
    let regions = [(bad.clone(), Place::New(bad))].into();
    let found = read(&plan, &table, &Choices { regions, ..replacing() });
    assert_eq!((found.changes.len(), found.faults[0].problem), (1, Problem::NotAName));
    assert!(command(&plan, &found.changes, Lang::ZhHans, &Clone::clone).is_some());
}

#[test]
fn what_a_layout_remembers_and_the_plan_lost_is_read_anew_and_told() {
    let plan = taian_2012().unwrap();
    let table =
        sheet("2011年||\n地区|小学在校生数|初中在校生\n泰山区|49000|26000\n某某区|54000|33000");
    let found = read(&plan, &table, &replacing());
    let gone: ParamPath = "sources/gone/revenue".parse().unwrap();
    let money = Some(Meaning::Money(gone));
    let unit = Some(shapan_sheets::import::Unit::Yuan);
    let junior = Some(Meaning::Heads("no-such-pupils".parse().unwrap()));
    let chosen = |meaning| ColumnChoice { meaning, unit, year: None };
    let region = Place::Known("no-such-region".parse().unwrap());
    let choices = Choices {
        columns: [(1, chosen(money)), (2, chosen(junior))].into(),
        regions: [("某某区".to_owned(), region)].into(),
        ..replacing()
    };
    let mut document = Document::new(plan.clone());
    document.dispatch(keep_layout(&plan, &found.summary(), &choices).unwrap(), None).unwrap();
    let kept = read(document.plan(), &table, &replacing());
    assert_eq!((kept.remembered, kept.gone, kept.summary().gone), (true, 3, 3));
    // As if nobody had chosen anything, and the plan takes it.
    assert_eq!(kept.changes, found.changes);
    assert_eq!(comes(&kept), expected("primary 2011: taishan 49000; junior 2011: taishan 26000"));
    let command = command(&plan, &kept.changes, Lang::ZhHans, &Clone::clone).unwrap();
    document.dispatch(command, None).unwrap();
}

#[test]
fn a_whole_and_its_girls_of_one_region_are_listed_with_their_reasons() {
    let plan = taian_2012().unwrap();
    let table = "2011年||\n地区|性别|小学在校生\n泰山区|合计|49000\n泰山区|女|23000\n岱岳区|合计|54000\n岱岳区|女|26000";
    for choices in [replacing(), adding_up()] {
        let found = read(&plan, &sheet(table), &choices);
        assert_eq!(found.changes, []);
        let left = |why| RowState::Left(why);
        let wanted = [LeftRow::Sum, LeftRow::Part, LeftRow::Sum, LeftRow::Part].map(left);
        assert_eq!(found.rows.iter().map(|row| row.state.clone()).collect::<Vec<_>>(), wanted);
        assert_eq!(found.summary().left_rows, 4);
    }
}

/// The totals that were shown started from the census as it was, the plan's from what it had grown
/// to.
#[test]
fn totals_of_a_new_autumn_start_with_what_the_plan_starts_it_with() {
    let mut document = Document::new(taian_2012().unwrap());
    let mut primary = document
        .plan()
        .populations
        .iter()
        .find(|p| p.id.as_str() == "primary-pupils")
        .unwrap()
        .clone();
    let Headcount::Counted { growth, .. } = &mut primary.headcount else { panic!() };
    growth.steps =
        vec![shapan_engine::Step { from: "2011-autumn".parse().unwrap(), value: 50_000 }];
    document.dispatch(Command::Put(primary.into()), None).unwrap();
    let plan: Plan = (**document.plan()).clone();
    let table = sheet("2014年|\n地区|小学在校生\n泰山区|49000");
    let found = read(&plan, &table, &replacing());
    let command = command(&plan, &found.changes, Lang::ZhHans, &Clone::clone).unwrap();
    let mut document = Document::new(plan.clone());
    document.dispatch(command, None).unwrap();
    let heads = |plan: &Plan| {
        let primary = plan.populations.iter().find(|p| p.id.as_str() == "primary-pupils").unwrap();
        let Headcount::Counted { censuses, .. } = &primary.headcount else { panic!() };
        let census = censuses.iter().find(|census| census.year.get() == 2014).unwrap();
        census.heads.clone()
    };
    let after = heads(document.plan());
    let total = &found.totals[0];
    assert_eq!(total.when, When::Autumn(Year::new(2014).unwrap()));
    assert_eq!(total.after, after.values().sum::<i64>());
    let outcome = shapan_engine::evaluate(&plan, &plan.status_quo().unwrap().id).unwrap();
    let id = "primary-pupils".parse().unwrap();
    let autumn = usize::try_from(2014 + 1 - plan.horizon.first().get()).unwrap();
    let grown: i64 = (0..plan.regions.len()).map(|r| outcome.heads(&id, r)[autumn]).sum();
    assert_eq!(total.before, grown, "as the engine projects it");
}

/// That a table of private schools stands for the whole was said of one table, and the next one was
/// taken for the whole too.
#[test]
fn what_was_said_of_a_table_is_not_said_of_the_next() {
    let plan = taian_2012().unwrap();
    let table = sheet(
        "2011年民办学校在校生|\n地区|小学在校生\n泰山区|2100\n|\n2010年民办学校在校生|\n县区|小学在校生\n泰山区|2000",
    );
    let mut choices = Choices { part: true, year: Year::new(2011), ..replacing() };
    let first = read(&plan, &table, &choices);
    assert_eq!((comes(&first), first.tables.len()), (expected("primary 2011: taishan 2100"), 2));
    choices.choose_table(Some(1));
    assert_eq!((choices.year, choices.mode), (None, replacing().mode));
    let second = read(&plan, &table, &choices);
    assert_eq!((second.changes.len(), second.year), (0, Year::new(2010)));
    assert!(second.questions.iter().any(|q| matches!(q, Question::Part { .. })));
}

#[test]
fn cells_far_away_are_counted_and_listed() {
    use shapan_sheets::import::sheet::{Cell, FarCell};
    let plan = taian_2012().unwrap();
    let far =
        |n: usize| FarCell { row: 900_000 + n, column: 300, cell: Cell::Number(n.to_string()) };
    let far = (0..500).map(far).collect();
    let table = Sheet { far, ..sheet("2011年|\n地区|小学在校生\n泰山区|49000") };
    let summary = read(&plan, &table, &replacing()).summary();
    assert_eq!((summary.far.len(), summary.far_cells, summary.changes), (200, 500, 1));
}
