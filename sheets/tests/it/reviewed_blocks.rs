//! Blocks that are pasted into grids, looked through by a second reader: each falls on exactly the
//! cells that are named here, or on none.
use shapan_engine::{Lang, ParamPath, Plan, Population, SourceRole, Unit, Year, taian_2012};
use shapan_sheets::import::{BlockColumn, BlockRow, Frame, Selected, fields, place_block};

fn frame_rows(plan: &Plan) -> Vec<BlockRow> {
    let alike = BlockRow { names: vec!["各地区共同".into()], region: None };
    let region = |(n, region): (usize, &shapan_engine::Region)| BlockRow {
        names: vec![region.name.get(Lang::ZhHans).to_owned()],
        region: Some(n),
    };
    std::iter::once(alike).chain(plan.regions.iter().enumerate().map(region)).collect()
}

/// Heads of every population in the autumn of 2011, as the page's grid has them.
fn people(plan: &Plan) -> Frame {
    let column = |p: &Population| BlockColumn {
        names: vec![p.name.get(Lang::ZhHans).to_owned()],
        band: "实有".into(),
        year: Year::new(2011),
        heads: Some(p.id.clone()),
        amounts: None,
        unit: Unit::Count,
    };
    let rows = frame_rows(plan).split_off(1);
    Frame { columns: plan.populations.iter().map(column).collect(), rows }
}

/// Revenue and available money of a source, in 万元, from 2012 to 2014.
fn money(plan: &Plan) -> Frame {
    let source = plan.sources[0].id.clone();
    let mut columns = Vec::new();
    for (band, role) in [("收入", SourceRole::Revenue), ("可用财力", SourceRole::Available)] {
        columns.extend((2012..=2014).map(|y| BlockColumn {
            names: vec![format!("{y} 年"), y.to_string(), format!("{y}年度")],
            band: band.into(),
            year: Year::new(y),
            heads: None,
            amounts: Some(ParamPath::Source(source.clone(), role)),
            unit: Unit::Fen,
        }));
    }
    Frame { columns, rows: frame_rows(plan) }
}

/// Where the numbers of a block fall: row, column, words and power, or nothing where it is refused.
fn falls(frame: &Frame, block: &str) -> Vec<String> {
    let block = block.replace('|', "\t");
    let at = Selected { start: (0, 0), size: (1, 1) };
    let Ok(placed) = place_block(&taian_2012().unwrap(), frame, &fields(&block), at) else {
        return Vec::new();
    };
    let line = |fell: &shapan_sheets::import::Fell| {
        let power = fell.power.map_or(String::new(), |power| format!(" e{power}"));
        format!("{},{} {}{power}", fell.row, fell.col, fell.words)
    };
    placed.cells.iter().map(line).collect()
}

#[test]
fn blocks_that_are_pasted_lie_right_or_not_at_all() {
    let plan = taian_2012().unwrap();
    let (people, money) = (people(&plan), money(&plan));
    for (frame, block, wanted) in [
        (
            &people,
            "地区|小学|初中\n|在校生|在校生\n泰山|49000|26000",
            vec!["0,1 49000", "0,2 26000"],
        ),
        (&people, "单位：万人\n地区|小学在校生\n泰山区|4.9", vec!["0,1 4.9 e4"]),
        (
            &people,
            "地区|小学在校生（万人）|初中在校生\n泰山区|4.9|26000",
            vec!["0,1 4.9 e4", "0,2 26000"],
        ),
        (&people, "地区|小学生|初中生\n泰山区|49000|26000", vec!["0,1 49000", "0,2 26000"]),
        // A year that the grid lacks is told, and lies nowhere.
        (&people, "地区|2012年小学在校生|2011年小学在校生\n泰山区|49900|49000", vec!["0,1 49000"]),
        (&people, "地区|小学在校生|其中：女\n泰山区|49000|23000", vec![]),
        (&people, "地区|小学学校数|小学在校生\n泰山区|40|49000", vec![]),
        (&people, "地区|办别|小学在校生\n泰山区|民办|4000", vec![]),
        (&people, "泰山区（民办）|4000\n岱岳区|5000", vec![]),
        (&people, "泰山区|49000|\n|女|23000", vec![]),
        (&people, "地区|小学在校生|占比（%）\n泰山区|49000|16%", vec![]),
        (&people, "地区|小学招生|初中毕业生\n泰山区|9000|8000", vec![]),
        (
            &money,
            "地区|2012年（亿元）|2013年（万元）\n泰山区|0.5|5000",
            vec!["1,0 0.5 e10", "1,1 5000 e6"],
        ),
        (&money, "地区|2013年|2011年|2012年\n泰山区|5100|4900|5000", vec!["1,1 5100", "1,0 5000"]),
        (&money, "全市|50000|51000\n泰山区|￥5,000|5100", vec!["1,0 ￥5,000", "1,1 5100"]),
        (&money, "地区|2012年预算|2012年决算\n泰山区|5000|5100", vec![]),
        (&money, "地区|2012|2013|合计\n泰山区|5000|5100|10100", vec![]),
        (&money, "地区|2012年1-6月|2012年\n泰山区|2500|5000", vec![]),
        (&money, "地区|2012年增长|2012年\n泰山区|5|5000", vec![]),
        (&money, "地区|地方教育附加2012年\n泰山区|5", vec![]),
        (&money, "泰山区|5000\n其中：市级|100", vec![]),
    ] {
        assert_eq!(falls(frame, block), wanted, "{block}");
    }
}
