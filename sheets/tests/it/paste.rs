//! Blocks that are pasted onto a grid: each lies where its words say, or nothing of it does.

use shapan_engine::{ParamPath, Plan, SourceRole, Unit, Year, taian_2012};
use shapan_sheets::import::{
    BlockColumn, BlockRow, Frame, Placed, Refusal, Selected, fields, place_block, typed_number,
};

fn year(n: i64) -> Option<Year> {
    Year::new(n)
}

fn rows(plan: &Plan) -> Vec<BlockRow> {
    let alike = BlockRow { names: vec!["各地区共同".into()], region: None };
    let region = |(n, region): (usize, &shapan_engine::Region)| BlockRow {
        names: vec![region.name.get(shapan_engine::Lang::ZhHans).to_owned()],
        region: Some(n),
    };
    std::iter::once(alike).chain(plan.regions.iter().enumerate().map(region)).collect()
}

/// Heads of every population in the autumn of 2011.
fn people(plan: &Plan) -> Frame {
    let column = |p: &shapan_engine::Population| BlockColumn {
        names: vec![p.name.get(shapan_engine::Lang::ZhHans).to_owned()],
        band: "实有".into(),
        year: year(2011),
        heads: Some(p.id.clone()),
        amounts: None,
        unit: Unit::Count,
    };
    let rows = rows(plan).split_off(1);
    Frame { columns: plan.populations.iter().map(column).collect(), rows }
}

/// Revenue and available money of a source, in 万元, from 2012 to 2014.
fn money(plan: &Plan) -> Frame {
    let source = plan.sources[0].id.clone();
    let mut columns = Vec::new();
    for (band, role) in [("收入", SourceRole::Revenue), ("可用财力", SourceRole::Available)] {
        for y in 2012..=2014 {
            columns.push(BlockColumn {
                names: vec![format!("{y} 年"), y.to_string(), format!("{y}年度")],
                band: band.into(),
                year: year(y),
                heads: None,
                amounts: Some(ParamPath::Source(source.clone(), role)),
                unit: Unit::Fen,
            });
        }
    }
    Frame { columns, rows: rows(plan) }
}

fn at(row: usize, col: usize) -> Selected {
    Selected { start: (row, col), size: (1, 1) }
}

fn cells(placed: &Placed) -> Vec<(usize, usize, &str)> {
    placed.cells.iter().map(|fell| (fell.row, fell.col, fell.words.as_str())).collect()
}

fn laid(frame: &Frame, block: &str, at: Selected) -> Result<Placed, Refusal> {
    place_block(&taian_2012().unwrap(), frame, &fields(block), at)
}

fn words(said: &str) -> Result<Placed, Refusal> {
    Err(Refusal::Words(said.to_owned()))
}

#[test]
fn the_cases_lie_right_or_ask() {
    let plan = taian_2012().unwrap();
    let short = include_str!("../files/cases/paste/short-names.tsv");
    let placed = laid(&people(&plan), short, at(3, 1)).unwrap();
    assert_eq!(cells(&placed), [(0, 1, "20000"), (1, 1, "21000"), (2, 1, "30000")]);

    let two_rows = include_str!("../files/cases/paste/two-row-head.tsv");
    let refused = laid(&people(&plan), two_rows, at(0, 0));
    assert_eq!(refused, words("学前 学校数"), "schools are no pupils");

    let unit = include_str!("../files/cases/paste/unit-in-head.tsv");
    let placed = laid(&money(&plan), unit, at(1, 0)).unwrap();
    let found = [(1, 0, "18.77"), (1, 1, "19.5"), (2, 0, "12.02"), (2, 1, "13")];
    assert_eq!(cells(&placed), found);
    let fen = |n: usize| {
        let fell = &placed.cells[n];
        typed_number(&fell.words, Unit::Fen, fell.power.unwrap(), "万元")
    };
    assert_eq!(fen(0), Ok(Some(187_700_000_000)), "18.77 亿元 are 187,700 万元");

    let yen = include_str!("../files/cases/paste/yen-sign.tsv");
    let placed = laid(&money(&plan), yen, at(1, 2)).unwrap();
    assert_eq!(cells(&placed), [(1, 2, "￥1,234.00"), (2, 2, "¥1,200.50")]);
    assert_eq!(typed_number(&placed.cells[0].words, Unit::Fen, 6, "万元"), Ok(Some(123_400)));
}

#[test]
fn heads_of_two_rows_and_units_above_are_read_and_years_the_grid_lacks_are_told() {
    let plan = taian_2012().unwrap();
    let block = "地区\t学前\t小学\n\t在园幼儿\t在校生数\n泰山区\t1\t2\n合计\t1\t2";
    let placed = laid(&people(&plan), block, at(4, 4)).unwrap();
    assert_eq!((cells(&placed), placed.sums), (vec![(0, 0, "1"), (0, 1, "2")], 1));

    let block = "单位：亿元\n地区\t2013年\t2019年\t2012年\n岱岳\t1\t2\t3\n泰安市泰山区\t4\t5\t6";
    let placed = laid(&money(&plan), block, at(0, 4)).unwrap();
    let band = [(2, 4, "1"), (2, 3, "3"), (1, 4, "4"), (1, 3, "6")];
    assert_eq!(cells(&placed), band, "the band one is in");
    assert!(placed.cells.iter().all(|fell| fell.power == Some(10)));
    assert_eq!(placed.lacking, ["2019年"]);

    let block = "县区\t收入\t\t可用财力\n\t2012\t2013\t2012\n泰山区\t1\t2\t3";
    let placed = laid(&money(&plan), block, at(0, 0)).unwrap();
    assert_eq!(cells(&placed), [(1, 0, "1"), (1, 1, "2"), (1, 3, "3")]);
}

#[test]
fn words_the_grid_does_not_know_refuse_all_of_it() {
    let plan = taian_2012().unwrap();
    let (people, money) = (people(&plan), money(&plan));
    for (frame, block, word) in [
        (&people, "泰山区\t1\n火星\t2", "火星"),
        (&people, "地区\t小学在校生\t备注\n泰山区\t1\t缺", "缺"),
        (&people, "地区\t小学班数\n泰山区\t1", "小学班数"),
        (&people, "泰山区\t1\n其中：民办\t2", "其中：民办"),
        (&people, "地区\t小学在校生（万元）\n泰山区\t1", "小学在校生（万元）"),
        (&money, "泰安市教育费附加情况\n地区\t2012年\n泰山区\t1", "泰安市教育费附加情况"),
        (&money, "地区\t2012年春季\n泰山区\t1", "2012年春季"),
        (&money, "地区\t2012年支出\n泰山区\t1", "2012年支出"),
        (&money, "地区\t2012年\t\n泰山区\t1\t2", ""),
        (&money, "20\t泰山区\t1\n30\t岱岳区\t2", "20"),
        (&money, "年份\t收入\n2012年\t5", "年份 "),
    ] {
        match laid(frame, block, at(0, 0)) {
            Err(Refusal::Words(said)) => {
                assert!(said.starts_with(word.trim()), "{block:?}: {said}");
            }
            other => panic!("{block:?}: {other:?}"),
        }
    }
    let twice = laid(&money, "地区\t2012年\n泰山\t1\n泰山区\t2", at(0, 0));
    assert_eq!(twice, Err(Refusal::Twice("泰山区".into())));
    let twice = laid(&money, "地区\t2012\t2012年\n泰山\t1\t2", at(0, 0));
    assert_eq!(twice, Err(Refusal::Twice("2012年".into())));
}

#[test]
fn numbers_alone_lie_from_the_selected_cell_on_unless_they_look_like_heads() {
    let plan = taian_2012().unwrap();
    let money = money(&plan);
    let placed = laid(&money, "1\t2\n80元\t\n3\t4", at(1, 1)).unwrap();
    let found = [(1, 1, "1"), (1, 2, "2"), (2, 1, "80元"), (2, 2, ""), (3, 1, "3"), (3, 2, "4")];
    assert_eq!(cells(&placed), found);
    assert_eq!(laid(&money, "7\t8", at(0, 5)).unwrap().cut, 1);
    let all = Selected { start: (1, 0), size: (2, 2) };
    assert_eq!(laid(&money, "7", all).unwrap().cells.len(), 4);
    assert_eq!(cells(&laid(&money, "12x\t5", at(1, 0)).unwrap())[0], (1, 0, "12x"));
    for block in ["2012\t2013\n5\t6", "2012\t5\n2013\t6", "2012\n5\n6"] {
        assert_eq!(laid(&money, block, at(0, 0)), Err(Refusal::Years), "{block:?}");
    }
    assert_eq!(laid(&money, "1\t50\n2\t60\n3\t70", at(0, 0)), Err(Refusal::Running));
    assert_eq!(laid(&money, "泰山区\t2012\t5\n岱岳区\t2012\t6", at(0, 0)), Err(Refusal::Years));
    // Running numbers and codes before names are none of the grid's.
    let placed = laid(&money, "序号\t地区\t2012年\n1\t泰山区\t5\n2\t岱岳区\t6", at(0, 0)).unwrap();
    assert_eq!(cells(&placed), [(1, 0, "5"), (2, 0, "6")]);
    // What stands for nothing brings nothing.
    let placed = laid(&money, "地区\t2012年\n泰山区\t—\n岱岳区\t6", at(0, 0)).unwrap();
    assert_eq!(cells(&placed), [(2, 0, "6")]);
    let heads = laid(&money, "2013年\t2012年\n5\t6", at(2, 0)).unwrap();
    assert_eq!(cells(&heads), [(2, 1, "5"), (2, 0, "6")]);
}

#[test]
fn fields_are_told_apart_with_quotes_and_any_line_break() {
    assert_eq!(fields("1\t2\r\n3\t4\r\n"), [["1", "2"], ["3", "4"]]);
    assert_eq!(fields("1\n\n2"), [["1"], [""], ["2"]]);
    let quoted = [vec!["a\tb", "say \"hi\""], vec!["3"]];
    assert_eq!(fields("\"a\tb\"\t\"say \"\"hi\"\"\"\r3"), quoted);
    assert_eq!(fields("\"1,234\"\t"), [["1,234", ""]]);
    assert_eq!(fields(""), [[""]]);
}
