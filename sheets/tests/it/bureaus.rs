//! Sheets as county bureaus, yearbooks and colleagues send them, tried against the chain: what comes
//! in is exactly what is named here, and what brings nothing asks for what is missing.
use crate::said::{adding_up, check, comes, expected, of_other_places, replacing, sheet};
use shapan_engine::taian_2012;
use shapan_sheets::files::open;
use shapan_sheets::import::sheet::{Merged, Sheet};
use shapan_sheets::import::{Choices, LeftRow, Problem, Question, RowState, read};

/// Sheets that say all there is to know.
const SAY_ALL: &[(&str, &str, &str)] = &[
    (
        "a yearbook's page: stages, schools, teachers, the city's own schools",
        "2011—2012学年初各县(市、区)基础教育基本情况||||||||\n||||||||单位：所、人\n县市区|小学|||初中|||幼儿园|\n|学校数|在校生数|专任教师|学校数|在校生数|专任教师|园数|在园幼儿\n全市总计|520|338000|21000|210|190000|15000|900|130000\n市  直|2|3200|180|1|2100|160|3|1900\n泰山区|52|49120|3010|20|26110|2010|160|20100\n东平县|66|42100|2700|30|23860|1940|77|15000",
        "primary 2011: city 3200, taishan 49120, dongping 42100; junior 2011: city 2100, taishan 26110, dongping 23860; preschool 2011: city 1900, taishan 20100, dongping 15000",
    ),
    (
        "three school years beside one another, of what the title says",
        "泰安市近三年小学在校生情况表|||\n（2009—2011年）|||\n县区|2009-2010学年|2010-2011学年|2011-2012学年\n泰山区|47800|48500|49120\n岱岳区|52900|53500|54230",
        "primary 2009: taishan 47800, daiyue 52900; primary 2010: taishan 48500, daiyue 53500; primary 2011: taishan 49120, daiyue 54230",
    ),
    (
        "其中 over girls and boarders",
        "2011年初中在校生情况统计表|||||\n县（市、区）|在校生数|其中||班数|备注\n||女|寄宿生||\n泰山区|26110|12400|3100|520|\n岱岳区|33120|15800|12000|660|含大汶口",
        "junior 2011: taishan 26110, daiyue 33120",
    ),
    (
        "the development zone between, not of the plan",
        "2011年|||\n单位|小学在校生|初中在校生|备注\n市直学校|3200|2100|\n泰山区|49120|26110|\n高新区|5100|2300|托管\n泰山景区|2300|900|\n岱岳区|54230|33120|不含高新区",
        "primary 2011: city 3200, taishan 49120, daiyue 54230; junior 2011: city 2100, taishan 26110, daiyue 33120",
    ),
    (
        "marks of footnotes behind names",
        "地区|2011年小学在校生\n泰山区①|49120\n岱岳区*|54230\n新泰市[1]|80340\n肥城市（2）|60450\n注：①含景区。[1]为快报数。|",
        "primary 2011: taishan 49120, daiyue 54230, xintai 80340, feicheng 60450",
    ),
    (
        "two tables under one head: the first, the other to be chosen",
        "表1 2011年小学在校生|\n县区|人数\n泰山区|49120\n岱岳区|54230\n|\n表2 2011年初中在校生|\n县区|人数\n泰山区|26110\n岱岳区|33120",
        "primary 2011: taishan 49120, daiyue 54230",
    ),
    (
        "a table that goes on on the next page",
        "2011年小学在校生|\n县区|人数\n泰山区|49120\n续表|\n县区|人数\n岱岳区|54230",
        "primary 2011: taishan 49120, daiyue 54230",
    ),
    (
        "a statistical system's long list",
        "区划|统计年度|指标名称|计量单位|指标值\n泰山区|2011|普通小学在校学生数|人|49120\n泰山区|2011|普通小学学校数|所|52\n泰山区|2011|普通初中在校学生数|万人|2.611\n岱岳区|2011|普通小学在校学生数|人|54230\n岱岳区|2011|普通小学毕业生数|人|9120",
        "primary 2011: taishan 49120, daiyue 54230; junior 2011: taishan 26110",
    ),
    (
        "growth beside two years",
        "县区|2010年小学在校生|2011年小学在校生|增长%|增减数\n泰山区|48500|49120|1.28|620\n岱岳区|53500|54230|1.36|730",
        "primary 2010: taishan 48500, daiyue 53500; primary 2011: taishan 49120, daiyue 54230",
    ),
    (
        "by town and country in columns",
        "2011年小学在校生||||\n地区|合计|城区|镇区|乡村\n泰山区|49120|30000|12000|7120\n岱岳区|54230|10000|20000|24230",
        "primary 2011: taishan 49120, daiyue 54230",
    ),
    (
        "the city above its counties, indented",
        "2011年||\n|小学在校生|初中在校生\n泰安市|338000|190000\n\u{3000}泰山区|49120|26110\n\u{3000}岱岳区|54230|33120",
        "primary 2011: taishan 49120, daiyue 54230; junior 2011: taishan 26110, daiyue 33120",
    ),
    (
        "English, with teachers beside",
        "Table 3-2 Students by county, 2011||||\nCounty|Primary students|Junior students|Teachers (primary)|Schools\nTaishan|49,120|26,110|3,010|52\nXintai City|80,340|45,050|5,010|130\nTotal|129,460|71,160|8,020|182",
        "primary 2011: taishan 49120, xintai 80340; junior 2011: taishan 26110, xintai 45050",
    ),
    (
        "units within the cells",
        "2011年||\n地区|小学在校生|初中在校生\n泰山区|4.9万人|2.6万\n岱岳区|54230人|33,120人",
        "primary 2011: taishan 49000, daiyue 54230; junior 2011: taishan 26000, daiyue 33120",
    ),
    (
        "百人, said",
        "2011年|单位：百人|\n地区|小学在校生|初中在校生\n泰山区|491|261\n岱岳区|542|331",
        "primary 2011: taishan 49100, daiyue 54200; junior 2011: taishan 26100, daiyue 33100",
    ),
    (
        "百人 that nobody says in one column: that one is asked about",
        "2011年||\n地区|小学在校生|初中在校生\n泰山区|491|26110\n岱岳区|542|33120",
        "junior 2011: taishan 26110, daiyue 33120",
    ),
    (
        "two surcharges and their sum",
        "单位：万元|||\n地区|2012年城市教育费附加|2012年地方教育附加|合计\n泰山区|5,120.50|3,400|8,520.50\n岱岳区|4,800|3,100|7,900",
        "sources/education-surcharge/revenue 2012: taishan 5120500000, daiyue 4800000000; sources/local-surcharge/revenue 2012: taishan 3400000000, daiyue 3100000000",
    ),
    (
        "亿元 in the title",
        "2012年教育费附加收入情况（亿元）|\n地区|城市教育费附加\n泰山区|0.512\n岱岳区|0.48",
        "sources/education-surcharge/revenue 2012: taishan 5120000000, daiyue 4800000000",
    ),
    (
        "codes, cities and counties",
        "行政区划代码|市|县|2011年小学在校生数\n370902|泰安市|泰山区|49120\n370911|泰安市|岱岳区|54230\n370181|济南市|章丘市|54230\n370181|济南市|东平县|44230",
        "primary 2011: taishan 49120, daiyue 54230",
    ),
    (
        "a sum below without a name",
        "2011年|||\n地区|小学在校生|初中在校生|特教在校生\n泰山区|49120|26110|210\n岱岳区|54230|33120|190\n|103350|59230|400",
        "primary 2011: taishan 49120, daiyue 54230; junior 2011: taishan 26110, daiyue 33120; special 2011: taishan 210, daiyue 190",
    ),
    (
        "years in brackets, entrants beside",
        "地区|小学在校生（2010年）|小学在校生（2011年）|小学招生（2011年）\n泰山区|48500|49120|8200\n岱岳区|53500|54230|9010",
        "primary 2010: taishan 48500, daiyue 53500; primary 2011: taishan 49120, daiyue 54230",
    ),
    (
        "an average below",
        "2011年|||\n地区|小学在校生|小学校均规模|小学班额\n泰山区|49120|945|45\n岱岳区|54230|603|44\n平均|51675|774|44.5",
        "primary 2011: taishan 49120, daiyue 54230",
    ),
    (
        "parts below, with a hash and with 其中",
        "2011年||\n地区|小学在校生|初中在校生\n泰山区|49120|26110\n\u{3000}#民办|2100|1800\n\u{3000}其中:高新区|5100|2300\n岱岳区|54230|33120",
        "primary 2011: taishan 49120, daiyue 54230; junior 2011: taishan 26110, daiyue 33120",
    ),
    (
        "children of school age and rates beside",
        "2011年秋|||\n县区|小学适龄人口|小学在校学生数|小学净入学率\n泰山区|48200|49120|99.98%\n岱岳区|53900|54230|99.97%",
        "primary 2011: taishan 49120, daiyue 54230",
    ),
    (
        "a year that stands once for the rows below it is not made up",
        "年度|县区|小学在校生\n2010|泰山区|48500\n|岱岳区|53500\n2011|泰山区|49120",
        "primary 2010: taishan 48500; primary 2011: taishan 49120",
    ),
];

/// Sheets that bring nothing by themselves: something is asked, or all of it is listed.
const BRING_NOTHING: &[(&str, &str)] = &[
    (
        "stages whose heads do not say pupils",
        "2011年各阶段（万人）||||\n地区|小学|初中|高中|合计\n泰山区|4.91|2.61|1.5|9.02",
    ),
    (
        "a quick report",
        "泰安市2011年秋季开学小学在校生快报||\n县区|在校生|其中：一年级\n泰山区|49120|8200",
    ),
    ("a spring", "2012年春季学期小学在校生统计||\n县区|在校生|班数\n泰山区|49120|900"),
    ("a forecast", "2013年小学在校生预测表||\n县区|在校生|班数\n泰山区|49120|900"),
    ("private schools", "2011年民办学校情况（人）||\n县区|小学在校生|初中在校生\n泰山区|2100|1800"),
    (
        "town and country in rows",
        "2011年小学在校生|||\n地区|城乡|在校生数|班数\n泰山区|城区|30000|600\n泰山区|镇区|12000|240\n泰山区|乡村|7120|180",
    ),
    (
        "grades",
        "2011年小学分年级在校生|||\n地区|合计|一年级|二年级\n泰山区|16380|8200|8180\n岱岳区|18050|9000|9050",
    ),
    (
        "the city's totals only",
        "2011年全市教育事业主要指标|||\n指标|单位|2010年|2011年\n小学在校生|人|338000|341000\n初中在校生|人|190000|191000",
    ),
    (
        "pupils that are registered and pupils that are there",
        "2011年|||\n县区|小学学籍数|小学实有在校生|差额\n泰山区|49500|49120|380",
    ),
    (
        "regions as columns",
        "2009—2011年小学在校生数（人）|||\n年份|泰山区|岱岳区|全市\n2010|48500|53500|181800\n2011|49120|54230|183690",
    ),
    (
        "teachers for pupils",
        "2011年|||\n县区|小学生师比|小学专任教师|每百名学生拥有教师\n泰山区|16.3|3010|6.1",
    ),
    (
        "private by a title of two cells",
        "2011年||民办\n地区|小学在校生|初中在校生\n泰山区|2100|1800\n岱岳区|1900|1500",
    ),
];

#[test]
fn sheets_that_say_all_come_to_exactly_that() {
    let plan = taian_2012().unwrap();
    for (name, table, wanted) in SAY_ALL {
        check(&plan, &replacing(), name, table, wanted);
    }
}

#[test]
fn sheets_that_do_not_say_all_bring_nothing_and_say_why() {
    let plan = taian_2012().unwrap();
    for (name, table) in BRING_NOTHING {
        let found = read(&plan, &sheet(table), &replacing());
        assert_eq!(comes(&found), [] as [&str; 0], "{name}");
        let is_told = found.table.is_none()
            || !found.questions.is_empty()
            || found.columns.iter().any(|column| column.left.is_some());
        assert!(is_told, "{name}");
    }
}

#[test]
fn a_school_of_a_kind_is_part_of_its_countys_sum() {
    let plan = taian_2012().unwrap();
    let table = "2011年学校基本情况|||||\n序号|学校名称|所在县区|办学类型|小学在校生|初中在校生\n1|实验学校|泰山区|九年一贯制学校|12000|9000\n2|实验小学|泰山区|小学|23000|\n3|育才小学|泰山区|民办|3000|\n4|下港中学|岱岳区|初级中学||11000";
    let wanted = "primary 2011: taishan 38000; junior 2011: taishan 9000, daiyue 11000";
    check(&plan, &adding_up(), "schools of all kinds", table, wanted);
    let asked = read(&plan, &sheet(table), &replacing());
    assert_eq!(asked.questions, [Question::AddUp { regions: 2, rows: 4, schools: true }]);
}

#[test]
fn heads_merged_over_their_columns_and_names_merged_down_are_read() {
    let plan = taian_2012().unwrap();
    let table = "泰安市2011学年度普通中小学基本情况||||\n区县|普通小学||普通初中|\n|学校（所）|学生（人）|学校（所）|学生（人）\n泰山区|52|49120|20|26110\n岱岳区|90|54230|33|33120";
    let merged = [((0, 0), (0, 4)), ((1, 2), (0, 0)), ((1, 1), (1, 2)), ((1, 1), (3, 4))];
    let merged = merged.map(|(rows, columns)| Merged { rows, columns }).into();
    let found = read(&plan, &Sheet { merged, ..sheet(table) }, &replacing());
    let wanted =
        "primary 2011: taishan 49120, daiyue 54230; junior 2011: taishan 26110, daiyue 33120";
    assert_eq!((comes(&found), found.questions.len()), (expected(wanted), 0));
    let table =
        "年度|县区|小学在校生\n2010|泰山区|48500\n|岱岳区|53500\n2011|泰山区|49120\n|岱岳区|54230";
    let merged = [(1, 2), (3, 4)].map(|rows| Merged { rows, columns: (0, 0) }).into();
    let found = read(&plan, &Sheet { merged, ..sheet(table) }, &replacing());
    let wanted =
        "primary 2010: taishan 48500, daiyue 53500; primary 2011: taishan 49120, daiyue 54230";
    assert_eq!(comes(&found), expected(wanted));
}

#[test]
fn files_of_systems_come_to_what_they_say() {
    let plan = taian_2012().unwrap();
    let wanted = expected(
        "primary 2011: taishan 49120, daiyue 54230; junior 2011: taishan 26110, daiyue 33120",
    );
    let html = "<html><head><meta charset=\"gb2312\"></head><body><table border=1><tr><td colspan=3>2011年泰安市基础教育情况</td></tr><tr><td rowspan=2>县区</td><td>小学</td><td>初中</td></tr><tr><td>在校生数</td><td>在校生数</td></tr><tr><td>泰山区</td><td>49,120</td><td>26,110</td></tr><tr><td>&nbsp;岱岳区</td><td>54,230</td><td>33,120</td></tr><tr><td>合计</td><td>103,350</td><td>59,230</td></tr></table></body></html>";
    let csv = "2011年,,\r\n\"县区\",\"小学在校生\",\"初中在校生\"\r\n泰山区,\"49,120\",\"26,110\"\r\n岱岳区,\"54,230\",\"33,120\"\r\n合计,\"103,350\",\"59,230\"\r\n";
    let pasted =
        "2011年\t\t\n县区\t小学在校生\t初中在校生\n泰山区\t49120\t26110\n岱岳区\t54230\t33120\n";
    let chinese = |text: &str| encoding_rs::GB18030.encode(text).0.into_owned();
    let wide: Vec<u8> =
        [0xFF, 0xFE].into_iter().chain(pasted.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    for (name, bytes) in [
        ("a page called .xls", chinese(html)),
        ("the same in UTF-8", html.replace("gb2312", "utf-8").into_bytes()),
        ("CSV of a Chinese Excel", chinese(csv)),
        ("CSV", csv.as_bytes().to_vec()),
        ("a pasted block", pasted.as_bytes().to_vec()),
        ("a block saved as Unicode text", wide),
    ] {
        let mut opened = open(&bytes, None).unwrap();
        let first = opened.overview().first;
        let found = read(&plan, &opened.sheet(first).unwrap(), &replacing());
        assert_eq!((comes(&found), found.questions.len()), (wanted.clone(), 0), "{name}");
    }
}

/// A table whose title says two things and whose columns had to be told: it still asks whether the
/// part is the whole.
#[test]
fn what_is_said_of_columns_does_not_answer_that_it_is_of_private_schools() {
    use shapan_sheets::import::{ColumnChoice, Meaning};
    let plan = taian_2012().unwrap();
    let table =
        sheet("2011年民办学校情况（人）||\n县区|小学|初中\n泰山区|2100|1800\n岱岳区|1500|1200");
    let mut choices = replacing();
    for question in read(&plan, &table, &choices).questions {
        let Question::Column { column, proposal } = question else { panic!("{question:?}") };
        let chosen = ColumnChoice { meaning: Some(proposal), ..ColumnChoice::default() };
        choices.columns.insert(column, chosen);
    }
    assert!(choices.columns.values().all(|c| c.meaning != Some(Meaning::Nothing)));
    let found = read(&plan, &table, &choices);
    assert_eq!(found.changes, []);
    assert!(found.questions.iter().any(|q| matches!(q, Question::Part { .. })));
}

/// `泰山区,49,120,26,110`: commas within numbers that nobody quoted. Forty-nine pupils came in, and a
/// hundred and twenty.
#[test]
fn numbers_that_their_commas_split_over_cells_bring_nothing() {
    let plan = of_other_places();
    let new = Choices { all_new: Some(true), ..replacing() };
    let split = "2011年,,\n县区,小学在校生,初中在校生\n甲县,49,120,26,110\n乙县,54,230,33,120\n丙县,9,005,980";
    let mut opened = open(split.as_bytes(), None).unwrap();
    let found = read(&plan, &opened.sheet(0).unwrap(), &new);
    assert_eq!(comes(&found), [] as [&str; 0]);
    assert!(found.faults.iter().all(|fault| fault.problem == Problem::Split));
    // A column of one's own reckoning beside the table splits nothing.
    let whole = "2011年,,\n县区,小学在校生,初中在校生\n甲县,49120,26110,188\n乙县,54230,33120,164";
    let mut opened = open(whole.as_bytes(), None).unwrap();
    let found = read(&plan, &opened.sheet(0).unwrap(), &new);
    assert_eq!((found.changes.len(), found.faults.len()), (4, 0));
}

/// In a plan that knows none of its names, a table's own numbers are all there is to compare with.
#[test]
fn a_new_plans_first_table_is_compared_within_itself() {
    let plan = of_other_places();
    let table = "2011年||\n地区|小学在校生|初中在校生\n甲县|491|26110\n乙县|542|33120";
    let new = Choices { all_new: Some(true), ..replacing() };
    let found = read(&plan, &sheet(table), &new);
    let asks = |q: &&Question| matches!(q, Question::Magnitude { .. });
    assert_eq!(found.questions.iter().filter(asks).count(), 2, "which of the two, nobody knows");
    let right = table.replace("491", "49120").replace("542", "54230");
    let found = read(&plan, &sheet(&right), &new);
    assert_eq!((found.questions.len(), found.changes.len()), (0, 4), "{:?}", found.questions);
    let states: Vec<_> = found.rows.iter().map(|row| row.state.clone()).collect();
    assert!(!states.contains(&RowState::Left(LeftRow::OtherCity)));
}
