//! Owns what misleads in tables, on purpose: each must be asked about, or stay outside.
use super::bureau::{Drawn, PEOPLE, REGIONS, Val, chance, pick};
use fastrand::Rng;

fn text(words: &str) -> Val {
    Val::Text(words.to_owned())
}

/// Makes a table one that misleads in one way.
pub fn mislead(rng: &mut Rng, out: &mut Drawn) {
    if out.rows.is_empty() || out.people.is_empty() || out.traditional {
        return;
    }
    match rng.u8(0..13) {
        0 => again(rng, out),
        1 => without_unit(out),
        2 => other_head(rng, out),
        3 => other_title(rng, out),
        4 => section(rng, out),
        5 => marked(rng, out),
        6 => second_column(rng, out),
        7 => other_name(rng, out),
        8 => hundreds(rng, out),
        9 | 10 => other_city(rng, out),
        11 => title_of_two(rng, out),
        _ => no_region(rng, out),
    }
}

/// Nobody says that it counts in hundreds: all of it, or one column.
fn hundreds(rng: &mut Rng, out: &mut Drawn) {
    if out.wan {
        return;
    }
    let one = chance(rng, 50).then(|| out.people[rng.usize(0..out.people.len())]);
    let mut is_read = false;
    for (row, region, _) in &out.rows {
        for (column, person) in out.people.iter().filter(|place| one.is_none_or(|o| o == **place)) {
            let id = PEOPLE[*person].0.to_owned();
            let of_region =
                |key: &&(String, String, i16)| key.0 == id && key.1 == REGIONS[*region].0;
            let Some(heads) = out.known.keys().find(of_region).map(|key| out.known[key]) else {
                continue;
            };
            // Of few people nobody can tell.
            let total: i64 = out.known.iter().filter(|(key, _)| key.0 == id).map(|k| *k.1).sum();
            if total < 4_000 {
                continue;
            }
            out.cells[*row][*column] = Val::Number((heads / 100).to_string());
            is_read = true;
        }
    }
    out.says_all &= !is_read;
}

/// A column of cities, with counties of another one that are called as those of the plan.
fn other_city(rng: &mut Rng, out: &mut Drawn) {
    if out.needs_merges {
        return;
    }
    let (head, last) = (out.head, out.rows[out.rows.len() - 1].0);
    let is_once = chance(rng, 50);
    let other = pick(rng, &["济南市", "莱芜市", "济宁市", "临沂市"]);
    let mut named = false;
    for (n, row) in out.cells.iter_mut().enumerate() {
        let cell = if n == head {
            text(pick(rng, &["地市", "市", "所属市", "城市"]))
        } else if out.rows.iter().any(|(at, ..)| *at == n) && !(is_once && named) {
            named = true;
            text("泰安市")
        } else {
            Val::Empty
        };
        row.insert(0, cell);
    }
    out.people.iter_mut().for_each(|(column, _)| *column += 1);
    out.merged.iter_mut().for_each(|(_, columns)| *columns = (columns.0 + 1, columns.1 + 1));
    for n in 0..rng.usize(1..4) {
        let (at, ..) = out.rows[rng.usize(0..out.rows.len())];
        let mut copy = out.cells[at].clone();
        copy[0] = if is_once && n > 0 { Val::Empty } else { text(other) };
        for (column, _) in &out.people {
            copy[*column] = Val::Number(rng.u32(1_000..90_000).to_string());
        }
        out.cells.insert(last + 1 + n, copy);
    }
    // Numbers of years in rows may say that it is asked; nothing of another city may come.
    out.may_be_exact = true;
    out.says_all = false;
}

/// Beside the year in the line above the head stands of whom the numbers are.
fn title_of_two(rng: &mut Rng, out: &mut Drawn) {
    let Some((_, _, year)) = out.rows.first().copied() else { return };
    if out.needs_merges || out.people.len() != 1 || out.head == 0 {
        return;
    }
    let width = out.cells[out.head].len();
    if width < 3 {
        return;
    }
    let mut row = vec![Val::Empty; width];
    row[0] = text(&format!("{year}年"));
    row[width - 1] = text(pick(rng, &["民办", "女生", "民办学校", "寄宿生"]));
    let at = out.head;
    if matches!(out.cells[at][0], Val::Empty) {
        return; // the second row of a head
    }
    out.cells.insert(at, row);
    let down = |row: usize| if row >= at { row + 1 } else { row };
    out.merged.iter_mut().for_each(|(rows, _)| *rows = (down(rows.0), down(rows.1)));
    out.hidden_rows.iter_mut().for_each(|row| *row = down(*row));
    out.rows.iter_mut().for_each(|(row, ..)| *row = down(*row));
    out.head += 1;
    out.says_all = false;
}

/// A region's row once more, with other numbers.
fn again(rng: &mut Rng, out: &mut Drawn) {
    let (row, ..) = out.rows[rng.usize(0..out.rows.len())];
    let mut copy = out.cells[row].clone();
    for (column, _) in &out.people {
        copy[*column] = Val::Number(rng.u32(100..900).to_string());
    }
    if !out.needs_merges {
        out.cells.insert(out.rows[out.rows.len() - 1].0 + 1, copy);
        out.says_all = false;
    }
}

/// Nobody says that it counts in 万.
fn without_unit(out: &mut Drawn) {
    if !out.wan {
        return;
    }
    for cell in out.cells.iter_mut().flatten() {
        if let Val::Text(words) = cell
            && (words.contains("万人") || words.contains("单位"))
        {
            *cell = match words.replace("（万人）", "") {
                rest if rest.contains("万人") || rest.contains("单位") => Val::Empty,
                rest => Val::Text(rest),
            };
        }
    }
    out.says_all = false;
}

/// The head of a column of people says more than that.
fn other_head(rng: &mut Rng, out: &mut Drawn) {
    let (column, person) = out.people[rng.usize(0..out.people.len())];
    let more = [
        "（新口径）",
        "增减",
        "占比",
        "比上年增长",
        "中女生",
        "预测数",
        "计划",
        "毕业生",
        "中民办",
        "班数",
        "（含附设班）",
        "人均经费",
        "辍学",
        "巩固率",
        "中寄宿生",
        "学位",
        "中随迁子女",
        "招生",
        "教师",
    ];
    let more = pick(rng, &more);
    if let Val::Text(words) = &mut out.cells[out.head][column] {
        words.push_str(more);
        let years: Vec<i16> = out.rows.iter().map(|(.., year)| *year).collect();
        let of_years = out.people.iter().filter(|(_, other)| *other == person).count() > 1;
        if of_years || years.is_empty() {
            // Only one of its years: which, the head says.
            out.known.retain(|(population, ..), _| population != PEOPLE[person].0);
            out.people.iter().filter(|(_, other)| *other == person).for_each(|(column, _)| {
                for row in out.cells.iter_mut().skip(out.head + 1) {
                    if let Some(cell) = row.get_mut(*column) {
                        *cell = Val::Empty;
                    }
                }
            });
        }
        out.known.retain(|(population, ..), _| population != PEOPLE[person].0);
        out.may_be_exact = true;
        out.says_all = false;
    }
}

/// The words above say that it is of something else.
fn other_title(rng: &mut Rng, out: &mut Drawn) {
    let words = [
        "民办学校学生情况",
        "女生情况统计",
        "在校生预测",
        "农村学校在校生情况",
        "家庭经济困难学生情况",
        "在校生比上年增减情况",
        "寄宿生情况表",
        "随迁子女在校情况",
    ];
    let width = out.cells[out.head].len();
    let mut row = vec![Val::Empty; width];
    row[0] = text(pick(rng, &words));
    out.cells.insert(0, row);
    let moved =
        |(rows, columns): &((usize, usize), (usize, usize))| ((rows.0 + 1, rows.1 + 1), *columns);
    out.merged = out.merged.iter().map(moved).collect();
    out.hidden_rows.iter_mut().for_each(|row| *row += 1);
    out.says_all = false;
}

/// A line among the rows says that those below are of something else.
fn section(rng: &mut Rng, out: &mut Drawn) {
    if out.needs_merges {
        return;
    }
    let at = out.rows[rng.usize(0..out.rows.len().min(3))].0;
    let mut row = vec![Val::Empty; out.cells[out.head].len()];
    row[0] =
        text(pick(rng, &["二、民办学校", "其中：农村", "（二）毕业生", "2005年", "寄宿生部分"]));
    out.cells.insert(at, row);
    out.says_all = false;
}

/// A number with a mark.
fn marked(rng: &mut Rng, out: &mut Drawn) {
    let (row, region, year) = out.rows[rng.usize(0..out.rows.len())];
    let (column, person) = out.people[rng.usize(0..out.people.len())];
    if out.people.iter().filter(|(_, other)| *other == person).count() > 1 {
        return;
    }
    let marks = [
        "约41000",
        "41,000*",
        "#REF!",
        "4.1万余",
        "不详",
        "41000左右",
        "3,5",
        "12%",
        "41000（6）",
        "4.1E+04",
        "-120",
    ];
    out.cells[row][column] = text(pick(rng, &marks));
    let key = (PEOPLE[person].0.to_owned(), REGIONS[region].0.to_owned(), year);
    out.known.remove(&key);
    out.says_all = false;
}

/// A second column of the same people.
fn second_column(rng: &mut Rng, out: &mut Drawn) {
    let (_, person) = out.people[rng.usize(0..out.people.len())];
    let (head, width) = (out.head, out.cells[out.head].len());
    let stage = PEOPLE[person].1;
    let words =
        format!("{stage}{}", pick(rng, &["学生总数", "在校学生总数", "学生人数", "在校生总数"]));
    for (n, row) in out.cells.iter_mut().enumerate() {
        row.resize(width.max(row.len()), Val::Empty);
        if n == head {
            row.push(Val::Text(words.clone()));
        } else if out.rows.iter().any(|(at, ..)| *at == n) {
            row.push(Val::Number(rng.u32(100..900).to_string()));
        }
    }
    out.says_all = false;
    out.may_be_exact = true;
    if chance(rng, 50) {
        // And the first one is gone from where it was.
        out.cells.iter_mut().for_each(|row| row.reverse());
        out.merged.clear();
        out.says_all = false;
        out.cells.iter_mut().for_each(|row| row.reverse());
    }
}

/// The name of a region with words that may make it another.
fn other_name(rng: &mut Rng, out: &mut Drawn) {
    let (row, region, _) = out.rows[rng.usize(0..out.rows.len())];
    let full = REGIONS[region].1;
    let words = [
        format!("{full}（民办）"),
        format!("{full}小学"),
        format!("{full}教育局"),
        format!("{full}第一中学"),
        format!("其中：{full}"),
        format!("{full}农村"),
        format!("{}县", REGIONS[region].2),
        format!("原{full}"),
        format!("{full}小计"),
        format!("{full}、高新区"),
        format!("{full}平均"),
    ];
    let found = out.cells[row].iter_mut().find(|cell| {
        matches!(cell, Val::Text(words) if words.contains(REGIONS[region].2.chars().next().unwrap_or(' ')))
    });
    if let Some(cell) = found
        && words[6] != full
    {
        *cell = Val::Text(words[rng.usize(0..words.len())].clone());
        let one_row = out.rows.iter().filter(|(_, other, _)| *other == region).count() == 1;
        if one_row && !out.needs_merges {
            out.known.retain(|(_, other, _), _| other != REGIONS[region].0);
        } else {
            let years: Vec<i16> =
                out.rows.iter().filter(|(at, ..)| *at == row).map(|r| r.2).collect();
            out.known
                .retain(|(_, other, year), _| other != REGIONS[region].0 || !years.contains(year));
        }
        out.says_all = false;
        out.may_be_exact = true;
    }
}

/// A region that the plan does not have.
fn no_region(rng: &mut Rng, out: &mut Drawn) {
    if out.needs_merges {
        return;
    }
    let (row, ..) = out.rows[rng.usize(0..out.rows.len())];
    let mut copy = out.cells[row].clone();
    let name = pick(rng, &["高新区", "泰山景区", "徂汶景区", "城区", "两区", "省属学校", "其他"]);
    if let Some(cell) =
        copy.iter_mut().find(|cell| matches!(cell, Val::Text(words) if words.len() >= 6))
    {
        *cell = text(name);
        out.cells.insert(out.rows[out.rows.len() - 1].0 + 1, copy);
        out.says_all = false;
        out.may_be_exact = true;
    }
}
