//! Tables as bureaus write them, looked through by a second reader: each comes to exactly the
//! numbers that are named here, or to none of them before it is asked.
use crate::said::{adding_up, check, comes, expected, of_other_places, replacing, sheet};
use shapan_engine::{Year, taian_2012};
use shapan_sheets::files::open;
use shapan_sheets::import::{Choices, LeftRow, Question, RowState, read};

/// Tables with what they come to without a question more than whether to replace.
const RIGHT: &[(&str, &str, &str)] = &[
    (
        "title, unit, running numbers, notes",
        "泰安市2011—2012学年初小学情况||||\n单位：人、所|||制表：教育局|\n序号|县市区|学校数|在校生数|其中：女\n1|泰山区|40|49,000|23,000\n2|岱岳区|50|54,000|26,000\n合\u{3000}计||90|103,000|49,000\n注：不含民办。||||",
        "primary 2011: taishan 49000, daiyue 54000",
    ),
    (
        "years below one another in a head of three rows",
        "|小学||||初中|\n|在校生数||专任教师||在校生数|\n地区|2010|2011|2010|2011|2010|2011\n泰山区|49000|49500|3000|3001|20000|20010\n岱岳区|54000|54500|3000|3001|21000|21010",
        "primary 2010: taishan 49000, daiyue 54000; primary 2011: taishan 49500, daiyue 54500; junior 2010: taishan 20000, daiyue 21000; junior 2011: taishan 20010, daiyue 21010",
    ),
    (
        "public and private beside the whole",
        "2011年|||\n地区|小学在校生|公办|民办\n泰山区|49000|45000|4000\n岱岳区|54000|50000|4000",
        "primary 2011: taishan 49000, daiyue 54000",
    ),
    (
        "a school year in each row",
        "县区|学年|小学在校生\n泰山区|2010-2011|48000\n泰山区|2011-2012|49000\n岱岳区|2011-2012|54000",
        "primary 2010: taishan 48000; primary 2011: taishan 49000, daiyue 54000",
    ),
    (
        "school years in heads",
        "县区|2010—2011学年小学在校生|2011—2012学年小学在校生\n泰山区|48000|49000",
        "primary 2010: taishan 48000; primary 2011: taishan 49000",
    ),
    (
        "last year's numbers and what they grew by",
        "2011年||||\n地区|小学在校生|上年|增减|增减率（%）\n泰山区|49000|48000|1000|2.1\n岱岳区|54000|53000|1000|1.9",
        "primary 2011: taishan 49000, daiyue 54000",
    ),
    (
        "rates and fractions beside",
        "2011年小学|||\n地区|在校生|女生占比|校均规模\n泰山区|49000|48.1|900\n岱岳区|54000|47|1100",
        "primary 2011: taishan 49000, daiyue 54000",
    ),
    (
        "pupils of other stages that make a sum",
        "2011年|||\n地区|中小学在校生|小学在校生|初中在校生\n泰山区|75000|49000|26000\n岱岳区|87000|54000|33000",
        "primary 2011: taishan 49000, daiyue 54000; junior 2011: taishan 26000, daiyue 33000",
    ),
    (
        "numbers that could be years",
        "2011年特殊教育在校生|\n地区|在校生\n泰山区|2011\n岱岳区|1998",
        "special 2011: taishan 2011, daiyue 1998",
    ),
    (
        "万人 for one column, people for another",
        "2011年|单位：万人|\n地区|小学在校生|初中在校生（人）\n泰山区|4.9|26,000\n岱岳区|5.4|33,000",
        "primary 2011: taishan 49000, daiyue 54000; junior 2011: taishan 26000, daiyue 33000",
    ),
    (
        "words of units in a row of the head",
        "2011年|||\n县市区|小学在校生|小学学校|初中在校生\n|人|所|万人\n泰山区|49000|40|2.6\n岱岳区|54000|50|3.3",
        "primary 2011: taishan 49000, daiyue 54000; junior 2011: taishan 26000, daiyue 33000",
    ),
    (
        "names in every form",
        "2011年|\n地区|小学在校生\n泰 山|49000\n370911岱岳区|54000\n泰安市新泰市|80000\n（四）肥城市|60000\n寧陽縣|48000\n山东省泰安市东平县|47000",
        "primary 2011: taishan 49000, daiyue 54000, xintai 80000, feicheng 60000, ningyang 48000, dongping 47000",
    ),
    (
        "names of others",
        "2011年|\n地区|小学在校生\n泰山区|49000\n泰山景区|2000\n岱岳区|54000\n泰安高新区|999\n东平县教育局|47000\n宁阳县直|4",
        "primary 2011: taishan 49000, daiyue 54000",
    ),
    (
        "sums above and below, one by its city's name",
        "2011年||\n地区|小学在校生|初中在校生\n泰安市|103000|59000\n市区小计|103000|59000\n泰山区|49000|26000\n岱岳区|54000|33000\n平均|51500|29500",
        "primary 2011: taishan 49000, daiyue 54000; junior 2011: taishan 26000, daiyue 33000",
    ),
    (
        "parts of rows",
        "2011年||\n地区|小学在校生|初中在校生\n泰山区|49000|26000\n其中：民办|2000|1000\n\u{3000}农村|2000|1000\n岱岳区|54000|33000\n#女|2|1",
        "primary 2011: taishan 49000, daiyue 54000; junior 2011: taishan 26000, daiyue 33000",
    ),
    (
        "a page that begins again",
        "2011年||\n地区|小学在校生|初中在校生\n泰山区|49000|26000\n2011年||\n地区|小学在校生|初中在校生\n岱岳区|54000|33000",
        "primary 2011: taishan 49000, daiyue 54000; junior 2011: taishan 26000, daiyue 33000",
    ),
    (
        "marks of numbers",
        "2011年||\n地区|小学在校生|初中在校生\n泰山区|49,000|２６０００\n岱岳区|54 000|3.3万\n新泰市|约8万|-5\n肥城市|60000人|31000.0\n宁阳县|—|26,20\n东平县|#REF!|25%",
        "primary 2011: taishan 49000, daiyue 54000, feicheng 60000; junior 2011: taishan 26000, daiyue 33000, feicheng 31000",
    ),
    (
        "a long table by stage",
        "地区|年份|学段|在校生数|教职工数\n泰山区|2011|小学|49000|3000\n泰山区|2011|初中|26000|2000\n泰山区|2011|合计|75000|5000\n岱岳区|2011|小学|54000|3000",
        "primary 2011: taishan 49000, daiyue 54000; junior 2011: taishan 26000",
    ),
    (
        "a long table by item and year",
        "地区|指标|2010年|2011年\n泰山区|小学在校生|48000|49000\n泰山区|其中：女|23000|23001\n泰山区|小学招生|9000|9001\n岱岳区|小学在校生|53000|54000",
        "primary 2010: taishan 48000, daiyue 53000; primary 2011: taishan 49000, daiyue 54000",
    ),
    (
        "a unit that only some rows of a long table say",
        "地区|年份|指标|单位|数值\n泰山区|2011|小学在校生|万人|4.9\n岱岳区|2011|小学在校生||5",
        "primary 2011: taishan 49000",
    ),
    (
        "girls below the whole in a column of their own",
        "2011年||\n地区|性别|小学在校生\n泰山区||49000\n泰山区|女|23000\n岱岳区||54000\n岱岳区|女|26000",
        "primary 2011: taishan 49000, daiyue 54000",
    ),
    (
        "whole and part by words beside, whole named by no word",
        "2011年||\n地区|类别|小学在校生\n泰山区||49000\n|寄宿生|900\n岱岳区||54000\n|寄宿生|800",
        "primary 2011: taishan 49000, daiyue 54000",
    ),
    (
        "remarks that say what is counted",
        "2011年||\n地区|小学在校生|备注\n泰山区|49000|含民办\n岱岳区|54000|民办已计入",
        "primary 2011: taishan 49000, daiyue 54000",
    ),
    (
        "planned beside real",
        "2011年|||\n地区|小学在校生计划数|小学在校生|小学学位\n泰山区|1|49000|2\n岱岳区|1|54000|2",
        "primary 2011: taishan 49000, daiyue 54000",
    ),
    (
        "city beside its counties",
        "2011年|||\n市|县区|小学在校生|班数\n泰安市|泰山区|49000|900\n|岱岳区|54000|950\n莱芜市|莱城区|54000|930",
        "primary 2011: taishan 49000, daiyue 54000",
    ),
    (
        "money and people in one table",
        "单位：万元、人|||\n地区|2012年城市教育费附加|2011年小学在校生|生均经费（元）\n泰山区|5000|49000|6000",
        "primary 2011: taishan 49000; sources/education-surcharge/revenue 2012: taishan 5000000000",
    ),
    (
        "budget and outcome beside what was received",
        "单位：万元|||\n地区|2012年城市教育费附加预算数|2012年城市教育费附加收入|完成率\n泰山区|5000|5100|102%",
        "sources/education-surcharge/revenue 2012: taishan 5100000000",
    ),
    (
        "Englishmen",
        "Primary pupils and schools, 2011||\nCounty|Primary pupils|Schools\nTaishan District|49,000|40\nDaiyue District|54,000|50\nTotal|103,000|90",
        "primary 2011: taishan 49000, daiyue 54000",
    ),
    (
        "dates as heads",
        "地区|2010-09-01小学在校生|2011年9月小学在校生\n泰山区|48000|49000",
        "primary 2010: taishan 48000; primary 2011: taishan 49000",
    ),
    (
        "who filled it in, below",
        "2011年|||\n地区|小学在校生|初中在校生|备注\n泰山区|49000|26000|\n岱岳区|54000|33000|\n单位负责人：李四|填表人：张三|联系电话：8223344|2012年3月1日",
        "primary 2011: taishan 49000, daiyue 54000; junior 2011: taishan 26000, daiyue 33000",
    ),
    (
        "days in a column beside another year above",
        "2012年统计||\n地区|统计时间|小学在校生\n泰山区|2010年|48000\n岱岳区|2011年9月|54000\n新泰市|2012-03-31|80000",
        "primary 2010: taishan 48000; primary 2011: daiyue 54000",
    ),
    (
        "years in a column that nobody named",
        "2011年||\n地区||小学在校生\n泰山区|2010年|48000\n岱岳区|2010年|53000",
        "primary 2010: taishan 48000, daiyue 53000",
    ),
    (
        "days on which it was filled in",
        "2011年|||\n地区|小学在校生|更新时间|填报日期\n泰山区|49000|2012-10-12|2012-03-05",
        "primary 2011: taishan 49000",
    ),
    (
        "two terms of a school year",
        "学年|学期|地区|小学在校生\n2011-2012|第二学期|泰山区|48900\n2011-2012|第一学期|泰山区|49000",
        "primary 2011: taishan 49000",
    ),
    (
        "another year below the same head, with its unit beside",
        "2011年|||单位：人\n地区|小学在校生|初中在校生\n泰山区|40000|20000\n2012年|||单位：人\n地区|小学在校生|初中在校生\n新泰市|70000|36000",
        "primary 2011: taishan 40000; junior 2011: taishan 20000",
    ),
    (
        "another stage below the same head, with its unit beside",
        "2011年小学||单位：人\n地区|学校数|在校生数\n泰山区|40|40000\n2011年初中||单位：人\n地区|学校数|在校生数\n新泰市|7|36000",
        "primary 2011: taishan 40000",
    ),
    (
        "a name that says that it is less than all",
        "2011年|\n地区|小学在校生\n泰山区（不含民办）|45000\n岱岳区（含民办）|54000",
        "primary 2011: daiyue 54000",
    ),
];

/// Tables that bring nothing before something is asked, or nothing at all.
const ASKED: &[(&str, &str)] = &[
    (
        "one nature of school each",
        "2011年||\n地区|办学性质|小学在校生\n泰山区|民办|4000\n岱岳区|民办|4100",
    ),
    (
        "one kind of school each",
        "2011年||\n地区|办别|小学在校生\n泰山区|民办|4000\n岱岳区|民办|4100",
    ),
    (
        "one year of school each",
        "2011年||\n地区|年级|小学在校生\n泰山区|一年级|9000\n岱岳区|一年级|9500",
    ),
    (
        "a kind of pupils each",
        "2011年||\n地区|类型|小学在校生\n泰山区|随迁子女|900\n岱岳区|随迁子女|950",
    ),
    ("girls below a sum", "2011年||\n地区|性别|小学在校生\n泰山区|合计|49000\n泰山区|女|23000"),
    (
        "girls in a long table",
        "地区|年份|学段|性别|在校生数\n泰山区|2011|小学|女|23000\n泰山区|2011|初中|女|12000",
    ),
    (
        "one school in each county",
        "2011年||\n区县|学校名称|小学在校生\n泰山区|泰山区实验小学|1200\n岱岳区|岱岳区实验小学|1300",
    ),
    (
        "one school in each county, headed 学校",
        "2011年||\n区县|学校|小学在校生\n泰山区|泰山区实验小学|1200\n岱岳区|道朗镇中心小学|1300",
    ),
    (
        "one school in each county, headed 单位",
        "2011年||\n区县|单位|小学在校生\n泰山区|泰山区实验小学|1200\n岱岳区|道朗镇中心小学|1300",
    ),
    (
        "one population twice, once by the title's year",
        "2011年||\n地区|小学在校生|2011年小学在校生\n泰山区|49000|49001",
    ),
    (
        "private schools between, with marks for nothing",
        "2011年||\n地区|小学在校生|初中在校生\n泰山区|40000|20000\n民办学校|—|—\n岱岳区|5000|2500",
    ),
    ("a column nobody named", "2011年小学统计||\n地区|学校数|\n泰山区|40|49000\n岱岳区|50|52000"),
    ("the beginning of a year", "2011年|\n地区|小学在校生\n|年初数\n泰山区|49000"),
    ("the second term", "2012年第二学期|\n地区|小学在校生\n泰山区|49000"),
    ("the second term of a school year", "2011-2012学年第二学期|\n地区|小学在校生\n泰山区|49000"),
    ("a term of a year", "2012年下学期|\n地区|小学在校生\n泰山区|49000"),
    ("six months", "2012年1—6月|\n地区|小学在校生\n泰山区|49000"),
    ("a quarter", "2012年一季度|\n地区|小学在校生\n泰山区|49000"),
    ("the last day of a school year", "截至2012年8月31日|\n地区|小学在校生\n泰山区|49000"),
    ("half a year of money", "2012年1-6月|单位：万元\n地区|城市教育费附加\n泰山区|5000"),
    (
        "thousands that nobody says",
        "2011年|\n地区|小学在校生\n泰山区|60\n岱岳区|70\n新泰市|90\n肥城市|60",
    ),
    (
        "ten thousands in a note",
        "2011年|\n地区|小学在校生\n泰山区|5\n岱岳区|5\n注：表中人数以万人为单位|",
    ),
    ("fractions without a unit", "2011年|\n地区|小学在校生\n泰山区|4.9\n岱岳区|5"),
    ("regions as columns", "2011年|||\n指标|泰山区|岱岳区|新泰市\n小学在校生|40000|50000|70000"),
    ("stages as rows, no regions", "2011年||\n|学校数|在校生数\n小学|400|300000\n初中|100|150000"),
    ("boarders above", "2011年寄宿生情况||\n地区|小学在校生|初中在校生\n泰山区|4900|500"),
    ("rural pupils above", "2011年农村中小学在校生||\n地区|小学|初中\n泰山区|4900|500"),
    ("entrants above", "2012年招生计划||\n地区|小学|初中\n泰山区|4900|500"),
    ("aid above", "2011年义务教育资助情况||\n地区|小学|初中\n泰山区|4900|500"),
    ("teachers above", "2011年小学专任教师情况|\n地区|小学\n泰山区|3000"),
    ("schools by unit", "2011年小学（单位：所）|\n地区|合计\n泰山区|49"),
    ("two years above", "2010、2011年|\n地区|小学在校生\n泰山区|49000"),
    ("spans in heads", "地区|2010-2011小学在校生|2011-2012小学在校生\n泰山区|48000|49000"),
    ("years of two digits", "地区|10年小学在校生|11年小学在校生\n泰山区|48000|49000"),
    ("this year and last", "2012年小学在校生|||\n地区|本年|上年|增减\n泰山区|49000|48000|1000"),
    (
        "without private schools",
        "2011年||\n地区|小学在校生（不含民办）|初中在校生（含九年一贯制）\n泰山区|45000|20000",
    ),
    ("money of a month", "2012年城市教育费附加（万元）||\n地区|本月|累计\n泰山区|50|510"),
    ("schools behind the name of pupils", "2011年|\n地区|小学在校生（所）\n泰山区|49"),
    ("what pupils changed by", "2011年|\n地区|小学在校生变化\n泰山区|490"),
    ("money without a unit", "地区|2012年城市教育费附加\n泰山区|5000"),
    ("money of a year the plan lacks", "单位：万元|\n地区|1999年城市教育费附加\n泰山区|5000"),
];

#[test]
fn tables_come_to_exactly_what_they_say() {
    let plan = taian_2012().unwrap();
    for (name, table, wanted) in RIGHT {
        check(&plan, &replacing(), name, table, wanted);
    }
}

#[test]
fn tables_that_may_be_read_in_two_ways_bring_nothing_by_themselves() {
    let plan = taian_2012().unwrap();
    for (name, table) in ASKED {
        check(&plan, &replacing(), name, table, "");
    }
}

#[test]
fn schools_and_parts_add_up_to_the_whole_and_to_nothing_else() {
    let plan = taian_2012().unwrap();
    for (name, table, wanted) in [
        (
            "schools below a name that stands once",
            "2011年||\n县区|学校名称|小学在校生\n泰山区|甲小学|1000\n|乙小学|2000\n|小计|3000\n岱岳区|丙小学|15000",
            "primary 2011: taishan 3000, daiyue 15000",
        ),
        (
            "schools and their sums by name",
            "2011年||\n县区|学校名称|小学在校生\n泰山区|甲小学|1000\n泰山区|乙小学|2000\n泰山区小计||3000\n岱岳区|丙小学|15000\n全市||18000",
            "primary 2011: taishan 3000, daiyue 15000",
        ),
        (
            "public and private",
            "2011年||\n地区|办别|小学在校生\n泰山区|公办|45000\n泰山区|民办|4000\n岱岳区|民办|4100",
            "primary 2011: taishan 49000",
        ),
        (
            "girls and boarders are no whole",
            "2011年||\n地区|类别|小学在校生\n泰山区|女|20000\n泰山区|寄宿|9000",
            "",
        ),
        (
            "girls below the whole",
            "2011年||\n地区|性别|小学在校生\n泰山区||49000\n泰山区|女|23000",
            "primary 2011: taishan 49000",
        ),
    ] {
        check(&plan, &adding_up(), name, table, wanted);
    }
}

#[test]
fn only_names_of_places_become_new_regions() {
    let plan = of_other_places();
    let choices = Choices { all_new: Some(true), ..replacing() };
    let both = "primary 2011: +甲县 49000, +乙县 50000";
    for (name, table, wanted) in [
        (
            "who filled it in, and what it was before",
            "2011年||\n地区|小学在校生|班数\n甲县|49000|900\n乙县|50000|950\n上年同期|98000|1800\n比上年增减|1000|50\n填表人：张三|8223344|\n联系电话|8223344|",
            both,
        ),
        (
            "parts",
            "2011年||\n地区|小学在校生|班数\n甲县|49000|900\n其中：民办|100|2\n女生|24000|\n民办学校|24000|9\n乙县|50000|950",
            both,
        ),
        ("years as names", "2011年|\n地区|小学在校生\n2010年|49000\n2011年|50000", ""),
        ("stages as names", "2011年|\n地区|小学在校生\n小学|49000\n教学点|500", ""),
        (
            "a city and its counties below one head",
            "2011年||\n地区||小学在校生\n甲市|甲县|49000\n甲市|乙县|50000",
            "",
        ),
        (
            "towns with words of the field in them",
            "2011年|\n地区|小学在校生\n城关镇|49000\n学田乡|50000",
            "primary 2011: +城关镇 49000, +学田乡 50000",
        ),
    ] {
        check(&plan, &choices, name, table, wanted);
    }
}

#[test]
fn the_year_that_is_proposed_is_the_one_a_note_names() {
    let table = sheet("教育统计|\n地区|小学在校生\n泰山区|49000\n注：数据为2010年|");
    let found = read(&taian_2012().unwrap(), &table, &replacing());
    assert_eq!(found.questions, [Question::Year { proposal: Year::new(2010).unwrap() }]);
}

#[test]
fn a_part_says_that_it_is_one() {
    let table = sheet("2011年||\n地区|办别|小学在校生\n泰山区|民办|4000");
    let found = read(&taian_2012().unwrap(), &table, &replacing());
    assert_eq!(found.rows[0].state, RowState::Left(LeftRow::Part));
}

/// What a file comes to.
fn of_file(bytes: &[u8]) -> Vec<String> {
    let mut opened = open(bytes, None).unwrap();
    let first = opened.overview().first;
    let sheet = opened.sheet(first).unwrap();
    comes(&read(&taian_2012().unwrap(), &sheet, &replacing()))
}

#[test]
fn files_come_to_exactly_what_they_say() {
    let wanted = expected("primary 2011: taishan 49000, daiyue 54000; junior 2011: taishan 26000");
    let html = "<html><head><meta charset=utf-8></head><body><table border=1>\
        <tr><td colspan=5>2011年泰安市基础教育情况</td></tr>\
        <tr><th rowspan=2>县区</th><th colspan=2>小学</th><th colspan=2>初中</th></tr>\
        <tr><th>学校数</th><th>在校生数</th><th>学校数</th><th>在校生数</th></tr>\
        <tr><td>泰山区</td><td>40</td><td>49,000</td><td>9</td><td>26000&nbsp;</td></tr>\
        <tr><td>岱岳区</td><td>50</td><td>54,000</td><td>9</td><td>约3万</td></tr>\
        <tr><td>合计</td><td>90</td><td>103,000</td><td>18</td><td>&nbsp;</td></tr></table></body></html>";
    assert_eq!(of_file(html.as_bytes()), wanted);
    let text = "2011年泰安市基础教育情况,,,,\n县区,小学,,初中,\n,学校数,在校生数,学校数,在校生数\n\
        泰山区,40,\"49,000\",9,26000\n岱岳区,50,\"54,000\",9,\n合计,90,\"103,000\",18,26000\n";
    assert_eq!(of_file(text.as_bytes()), wanted);
    assert_eq!(of_file(&encoding_rs::GB18030.encode(text).0), wanted);
    let wide = text.encode_utf16().flat_map(u16::to_le_bytes);
    let wide: Vec<u8> = [0xFF, 0xFE].into_iter().chain(wide).collect();
    assert_eq!(of_file(&wide), wanted);
    let traditional = "2011年教育統計,\n縣市區,國小學生數\n寧陽縣,48000\n東平縣,47000\n";
    let big5 = encoding_rs::BIG5.encode(traditional).0;
    assert_eq!(of_file(&big5), expected("primary 2011: ningyang 48000, dongping 47000"));
}
