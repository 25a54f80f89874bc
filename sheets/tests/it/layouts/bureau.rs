//! Owns the words and ways of writing of the bureaus whose tables are made up here.
use fastrand::Rng;
use shapan_engine::{Headcount, taian_2012};
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// Population, region, autumn → heads.
pub type Known = BTreeMap<(String, String, i16), i64>;

/// What stands in a cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Val {
    Empty,
    Text(String),
    Number(String),
}

/// A table as it is drawn.
#[derive(Clone, Debug, Default)]
pub struct Drawn {
    pub cells: Vec<Vec<Val>>,
    pub merged: Vec<((usize, usize), (usize, usize))>,
    pub hidden_rows: Vec<usize>,
    pub hidden_columns: Vec<usize>,
    /// The numbers that it holds.
    pub known: Known,
    /// Whether it says all there is to know; else it must be asked about.
    pub says_all: bool,
    /// The year of what names none.
    pub year: Option<i16>,
    pub traditional: bool,
    /// Whether merged cells say something that is said nowhere else.
    pub needs_merges: bool,
    /// Whether it may come in without a question although it does not say all.
    pub may_be_exact: bool,
    pub wan: bool,
    /// The last row of its head, and the columns of people in it.
    pub head: usize,
    pub people: Vec<(usize, usize)>,
    /// Rows with numbers, of which region and year.
    pub rows: Vec<(usize, usize, i16)>,
}

pub const REGIONS: [(&str, &str, &str, &str, &str); 7] = [
    ("taishan", "泰山区", "泰山", "370902", "泰山區"),
    ("daiyue", "岱岳区", "岱岳", "370911", "岱岳區"),
    ("xintai", "新泰市", "新泰", "370982", "新泰市"),
    ("feicheng", "肥城市", "肥城", "370983", "肥城市"),
    ("ningyang", "宁阳县", "宁阳", "370921", "寧陽縣"),
    ("dongping", "东平县", "东平", "370923", "東平縣"),
    ("city", "市直", "市直", "370900", "市直屬單位"),
];

/// A population: its id, its group, names of its column, names below the group, its name in
/// traditional script.
pub type People =
    (&'static str, &'static str, &'static [&'static str], &'static [&'static str], &'static str);

/// Populations: id, group, names of their column, names below the group.
pub const PEOPLE: [People; 6] = [
    (
        "preschool-children",
        "幼儿园",
        &["在园幼儿", "在园幼儿数", "幼儿园在园幼儿", "学前教育在园幼儿数", "在园儿童数"],
        &["在园幼儿", "在园幼儿数", "幼儿数", "在园人数"],
        "在園幼兒",
    ),
    (
        "primary-pupils",
        "小学",
        &[
            "小学在校生",
            "小学在校生数",
            "小学在校学生",
            "小学在校学生数",
            "小学学生数",
            "小学生数",
            "普通小学在校生数",
        ],
        &["在校生", "在校生数", "在校学生数", "学生数", "在校学生"],
        "小學在校生",
    ),
    (
        "junior-pupils",
        "初中",
        &[
            "初中在校生",
            "初中在校生数",
            "初中在校学生数",
            "普通初中在校生",
            "初中学生数",
            "初中生数",
        ],
        &["在校生", "在校生数", "在校学生数", "学生数", "在校学生"],
        "初中在校生",
    ),
    (
        "senior-pupils",
        "普通高中",
        &["普通高中在校生", "普通高中在校生数", "高中在校生", "普高在校学生数", "高中在校生数"],
        &["在校生", "在校生数", "在校学生数", "学生数"],
        "普通高中在校生",
    ),
    (
        "vocational-students",
        "中职",
        &["中职在校生", "中职在校生数", "中等职业学校在校生数", "中等职业教育在校生"],
        &["在校生", "在校生数", "学生数"],
        "中職在校生",
    ),
    (
        "special-pupils",
        "特殊教育",
        &["特殊教育在校生", "特殊教育在校生数", "特教在校生数", "特殊教育学校在校生数"],
        &["在校生", "在校生数", "学生数"],
        "特殊教育在校生",
    ),
];

/// Columns that are no pupils, below a group and alone.
pub const OTHERS: [(&str, &str, u64); 14] = [
    ("学校数", "学校数（所）", 90),
    ("班数", "教学班数", 1_500),
    ("专任教师", "专任教师数（人）", 4_000),
    ("教职工数", "教职工", 5_000),
    ("招生数", "招生数", 9_000),
    ("毕业生数", "毕业生数（人）", 9_000),
    ("其中：女", "其中：女生", 20_000),
    ("校舍面积（平方米）", "校舍建筑面积（平方米）", 300_000),
    ("占地面积（亩）", "占地面积", 8_000),
    ("图书（册）", "图书册数", 900_000),
    ("寄宿生", "寄宿生数", 9_000),
    ("民办", "民办学生数", 5_000),
    ("生师比", "生师比", 20),
    ("留守儿童", "农村留守儿童", 3_000),
];

/// Heads as the sample has them.
static COUNTED: LazyLock<BTreeMap<(&str, &str), i64>> = LazyLock::new(|| {
    let plan = taian_2012().unwrap();
    let of = |id: &str, region: &str| {
        let population = plan.populations.iter().find(|p| p.id.as_str() == id).unwrap();
        let Headcount::Counted { censuses, .. } = &population.headcount else { return 0 };
        censuses[0].heads.get(&region.parse().unwrap()).copied().unwrap_or(0)
    };
    let people = PEOPLE.iter().map(|person| person.0);
    let pairs = people.flat_map(|id| REGIONS.iter().map(move |region| (id, region.0)));
    pairs.map(|(id, region)| ((id, region), of(id, region))).collect()
});

/// Heads that a region may have in another year: some more or fewer than the sample has, or, where
/// that has none, a few.
pub fn heads_of(rng: &mut Rng, person: usize, region: usize) -> i64 {
    match COUNTED[&(PEOPLE[person].0, REGIONS[region].0)] {
        0 => rng.i64(50..900),
        heads => (heads * rng.i64(600..1_700) / 1_000).max(7),
    }
}

pub fn pick<T: Copy>(rng: &mut Rng, all: &[T]) -> T {
    all[rng.usize(0..all.len())]
}

pub fn chance(rng: &mut Rng, per_cent: usize) -> bool {
    rng.usize(0..100) < per_cent
}

pub fn text(words: impl Into<String>) -> Val {
    let words = words.into();
    if words.is_empty() { Val::Empty } else { Val::Text(words) }
}

/// A column of the table that is drawn.
#[derive(Clone)]
pub enum Col {
    Region,
    Year,
    Running,
    Code,
    Item,
    Value,
    People(usize, Option<i16>),
    Other(usize, Option<usize>),
    Remark,
}

pub struct Style {
    pub wan: bool,
    pub unit_in_head: bool,
    pub group_rows: bool,
    pub merges: bool,
    pub school_years: bool,
    pub numbers: usize,
}

pub fn year_words(rng: &mut Rng, style: &Style, year: i16) -> String {
    if style.school_years {
        return match rng.u8(0..4) {
            0 => format!("{year}-{}学年", year + 1),
            1 => format!("{year}—{}学年", year + 1),
            2 => format!("{year}/{}学年", year + 1),
            _ => format!("{year}－{} 学年度", year + 1),
        };
    }
    match rng.u8(0..4) {
        0 => format!("{year}"),
        1 => format!("{year}年秋季"),
        _ => format!("{year}年"),
    }
}

pub fn decimal(heads: i64) -> String {
    let text = format!("{}.{:04}", heads / 10_000, heads % 10_000);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

pub fn grouped(number: &str) -> String {
    let (whole, rest) =
        number.split_once('.').map_or((number, String::new()), |(w, r)| (w, format!(".{r}")));
    let mut out = String::new();
    for (n, c) in whole.chars().enumerate() {
        if n > 0 && (whole.len() - n).is_multiple_of(3) {
            out.push(',');
        }
        out.push(c);
    }
    out + &rest
}

/// A number as it is written.
pub fn number(rng: &mut Rng, style: &Style, heads: i64) -> Val {
    let plain = if style.wan { decimal(heads) } else { heads.to_string() };
    match style.numbers {
        0 | 1 => Val::Number(plain),
        2 => text(grouped(&plain)),
        3 => text(
            plain
                .chars()
                .map(|c| match c {
                    '0'..='9' => {
                        char::from_u32(u32::from(c) - u32::from('0') + u32::from('０')).unwrap_or(c)
                    }
                    c => c,
                })
                .collect::<String>(),
        ),
        4 if !style.wan => text(format!("{plain}人")),
        5 if !style.wan => Val::Number(format!("{plain}.00000000001")),
        6 if !style.wan && chance(rng, 50) => text(format!("{}万", decimal(heads))),
        7 => text(format!(" {plain} ")),
        _ => text(plain),
    }
}

pub fn region_name(rng: &mut Rng, form: usize, region: usize, traditional: bool) -> String {
    let (_, full, short, code, hant) = REGIONS[region];
    if traditional {
        return hant.to_owned();
    }
    match form {
        1 => short.to_owned(),
        2 if region < 6 => format!("泰安市{full}"),
        3 => format!("{code}{full}"),
        4 => full.chars().map(String::from).collect::<Vec<_>>().join("　"),
        5 if region == 3 => format!("{full}（含高新区）"),
        6 => format!("{}.{full}", region + 1),
        7 if region < 6 => format!("山东省泰安市{full}"),
        8 => format!("{} {full} ", if rng.bool() { "　" } else { "" }),
        9 => format!("{}、{full}", ["一", "二", "三", "四", "五", "六", "七"][region]),
        _ => full.to_owned(),
    }
}
