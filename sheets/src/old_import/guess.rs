//! Owns the first guess at what a table's columns mean, from their names and what is below.

use super::{Column, CountUnit, Meaning, Mode, Table, Taking};
use shapan_engine::{Headcount, Lang, Plan, Stage, Year};

/// A name without what differs from table to table: spaces, marks, width, case.
pub(super) fn bare(name: &str) -> String {
    let half = |c: char| match c {
        '！'..='～' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
        c => c,
    };
    let chars = name.chars().map(half).filter(|c| c.is_alphanumeric());
    chars.flat_map(char::to_lowercase).collect()
}

/// What names of regions are headed by.
const REGION: [&str; 20] = [
    "地区",
    "地區",
    "区县",
    "區縣",
    "县区",
    "縣區",
    "县市区",
    "縣市區",
    "单位",
    "單位",
    "县",
    "行政区",
    "行政區",
    "名称",
    "名稱",
    "region",
    "county",
    "district",
    "area",
    "name",
];
const YEAR: [&str; 8] = ["年份", "年度", "年", "学年", "學年", "year", "schoolyear", "autumn"];

/// Words for stages, the more special first.
const STAGES: [(&str, Stage); 22] = [
    ("学前", Stage::Preschool),
    ("學前", Stage::Preschool),
    ("幼儿", Stage::Preschool),
    ("幼兒", Stage::Preschool),
    ("在园", Stage::Preschool),
    ("kindergarten", Stage::Preschool),
    ("preschool", Stage::Preschool),
    ("小学", Stage::Primary),
    ("小學", Stage::Primary),
    ("primary", Stage::Primary),
    ("初中", Stage::Junior),
    ("國中", Stage::Junior),
    ("junior", Stage::Junior),
    ("中职", Stage::Vocational),
    ("中等职业", Stage::Vocational),
    ("中職", Stage::Vocational),
    ("vocational", Stage::Vocational),
    ("高中", Stage::Senior),
    ("senior", Stage::Senior),
    ("特殊", Stage::Special),
    ("special", Stage::Special),
    ("高等", Stage::Tertiary),
];

/// The stage a name speaks of.
pub(super) fn stage(name: &str) -> Option<Stage> {
    let name = bare(name);
    STAGES.iter().find(|(word, _)| name.contains(word)).map(|(_, stage)| *stage)
}

/// The year a text names, if it names one that a plan may have.
pub(super) fn year(text: &str) -> Option<Year> {
    let text = bare(text);
    let digits = |c: char| c.is_ascii_digit();
    let mut runs = text.split(|c: char| !digits(c)).filter(|run| run.len() == 4);
    runs.find_map(|run| run.parse().ok().and_then(Year::new))
}

/// How a table is most likely to be taken by a plan.
pub fn guess(plan: &Plan, table: &Table) -> Taking {
    let needed = plan.horizon.first().plus(-1);
    let head = head(plan, table);
    let columns = 0..table.columns();
    let mut columns: Vec<Column> =
        columns.map(|column| of_column(plan, table.cell(head, column))).collect();
    if !columns.iter().any(|column| column.meaning == Meaning::Region) {
        // Names of regions need no head: the first column with more words than numbers.
        let is_words = |n: &usize| {
            let cells = (head + 1..table.rows.len()).map(|row| table.cell(row, *n).trim());
            let (mut words, mut numbers) = (0, 0);
            for cell in cells.filter(|cell| !cell.is_empty()) {
                let is_number = cell.chars().all(|c| c.is_ascii_digit() || ",.，".contains(c));
                if is_number { numbers += 1 } else { words += 1 }
            }
            words > numbers
        };
        if let Some(n) = (0..columns.len()).find(is_words) {
            columns[n] = Column { meaning: Meaning::Region, unit: CountUnit::One };
        }
    }
    // One column of names and one of years.
    for kind in [Meaning::Region, Meaning::Year] {
        let further = columns.iter_mut().filter(|column| column.meaning == kind).skip(1);
        further.for_each(|column| column.meaning = Meaning::Nothing);
    }
    // Above the head and in it, a year may stand.
    let above = table.rows.iter().take(head + 1).rev();
    let year = above.flatten().find_map(|cell| year(cell));
    Taking { head, columns, year: year.unwrap_or(needed), mode: Mode::Add }
}

/// The row that names the columns: the one in the first ten with most names that are known.
fn head(plan: &Plan, table: &Table) -> usize {
    let known = |row: &Vec<String>| {
        row.iter().filter(|name| of_column(plan, name).meaning != Meaning::Nothing).count()
    };
    let rows = table.rows.iter().take(10).enumerate();
    // The first of those with as many.
    let best = rows.map(|(n, row)| (known(row), std::cmp::Reverse(n))).max();
    best.filter(|(known, _)| *known > 0).map_or(0, |(_, row)| row.0)
}

fn of_column(plan: &Plan, name: &str) -> Column {
    let unit = match name.contains('万') || name.contains('萬') {
        true => CountUnit::TenThousand,
        false => CountUnit::One,
    };
    let own = bare(name);
    let meaning = if own.is_empty() || own.chars().count() > 40 {
        Meaning::Nothing
    } else if let Some(population) = population(plan, &own) {
        population
    } else if REGION.contains(&own.as_str()) {
        Meaning::Region
    } else if YEAR.contains(&own.as_str()) {
        Meaning::Year
    } else {
        stage(name).map_or(Meaning::Nothing, Meaning::NewPopulation)
    };
    Column { meaning, unit }
}

/// The counted population of a name; a name may say more, such as the year and the unit.
fn population(plan: &Plan, name: &str) -> Option<Meaning> {
    let counted = plan.populations.iter();
    let counted = counted.filter(|p| matches!(p.headcount, Headcount::Counted { .. }));
    let names = counted.flat_map(|p| Lang::ALL.map(|lang| (bare(p.name.get(lang)), &p.id)));
    let fitting = names.filter(|(own, _)| !own.is_empty() && name.contains(own.as_str()));
    let longest = fitting.max_by_key(|(own, _)| own.len());
    longest.map(|(_, id)| Meaning::Heads(id.clone()))
}
