//! Owns tables as bureaus make them: known numbers of the sample's regions and populations, laid
//! out at random in all the ways that were seen, and some that mislead on purpose.
//!
//! Its words are its own, written as real tables have them; nothing is taken from what is tested.
use super::bureau::*;
use fastrand::Rng;

/// A table of the sample's numbers, out of a seed.
pub fn drawn(seed: u64) -> Drawn {
    let mut rng = Rng::with_seed(seed);
    let rng = &mut rng;
    let shape = rng.usize(0..10); // 0-3 one year, 4-5 years in heads, 6-7 a column of years, 8-9 long
    let traditional = chance(rng, 6);
    let mut style = Style {
        wan: chance(rng, 20),
        unit_in_head: false,
        group_rows: !traditional && chance(rng, 45) && shape < 8,
        merges: chance(rng, 75),
        school_years: !traditional && chance(rng, 25),
        numbers: rng.usize(0..12),
    };
    let mut out = Drawn { says_all: true, traditional, ..Drawn::default() };
    let mut people: Vec<usize> = (0..PEOPLE.len()).collect();
    rng.shuffle(&mut people);
    let most = if shape >= 4 { 3 } else { 5 };
    people.truncate(rng.usize(1..=most));
    let first_year = 2008 + rng.i16(0..6);
    let years: Vec<i16> = match shape {
        0..=3 => vec![first_year],
        _ => (0..rng.i16(2..=4)).map(|n| first_year + n).collect(),
    };
    let mut regions: Vec<usize> = (0..7).collect();
    if chance(rng, 40) {
        rng.shuffle(&mut regions);
    }
    regions.truncate(rng.usize(3..=7));
    for region in &regions {
        for person in &people {
            for year in &years {
                // In hundreds, where two decimals of 万人 say it.
                let heads = heads_of(rng, *person, *region);
                let is_round = style.wan && heads >= 1_000 && rng.bool();
                let heads = if is_round { heads / 100 * 100 } else { heads };
                let key = (PEOPLE[*person].0.to_owned(), REGIONS[*region].0.to_owned(), *year);
                out.known.insert(key, heads);
            }
        }
    }
    // Where the unit stands: 0 a line, 1 the title, 2 the heads, 3 beside the head, 4 a note below.
    let unit_at = rng.usize(0..5);
    style.unit_in_head = style.wan && unit_at == 2;
    // Where the year stands: 0 the title, 1 a line of its own, 2 nowhere.
    let year_at = if shape < 4 { [0, 0, 0, 1, 1, 0, 0, 1, 0, 2][rng.usize(0..10)] } else { 3 };
    if year_at == 2 {
        (out.says_all, out.year) = (false, Some(first_year));
    }
    let unit_words = if style.wan { "万人" } else { "人" };

    // Columns.
    let mut columns: Vec<Col> = Vec::new();
    if chance(rng, 30) {
        columns.push(Col::Running);
    }
    if chance(rng, 12) {
        columns.push(Col::Code);
    }
    columns.push(Col::Region);
    match shape {
        6..=7 => columns.insert(rng.usize(0..=columns.len()), Col::Year),
        8..=9 => columns.extend([Col::Year, Col::Item, Col::Value]),
        _ => {}
    }
    if shape < 8 {
        let column_years: Vec<Option<i16>> = if (4..=5).contains(&shape) {
            years.iter().map(|y| Some(*y)).collect()
        } else {
            vec![None]
        };
        for person in &people {
            let others = if style.group_rows && !style.wan { rng.usize(0..3) } else { 0 };
            let before = rng.usize(0..=others);
            let mut left: Vec<usize> = (0..OTHERS.len()).collect();
            rng.shuffle(&mut left);
            let add =
                |columns: &mut Vec<Col>, n: usize| columns.push(Col::Other(left[n], Some(*person)));
            (0..before).for_each(|n| add(&mut columns, n));
            for year in &column_years {
                columns.push(Col::People(*person, *year));
            }
            (before..others).for_each(|n| add(&mut columns, n));
        }
        if !style.group_rows && !style.wan && !traditional {
            for _ in 0..rng.usize(0..4) {
                let at = rng.usize(columns.len() - 1..=columns.len());
                let other = rng.usize(0..OTHERS.len());
                if !columns.iter().any(|c| matches!(c, Col::Other(o, None) if *o == other)) {
                    columns.insert(at, Col::Other(other, None));
                }
            }
        }
    }
    if chance(rng, 20) {
        columns.push(Col::Remark);
    }
    let width = columns.len();

    // Above.
    let mut title_year = String::new();
    let mut has_title = chance(rng, 80) || year_at < 2 || (style.wan && unit_at < 2);
    let mut part_title = false;
    if has_title && year_at == 0 {
        title_year = if style.school_years {
            year_words(rng, &style, first_year)
        } else {
            format!("{first_year}{}", pick(rng, &["年", "年", "年秋季", "年底"]))
        };
    }
    let people_words = if people.len() == 1 { PEOPLE[people[0]].1 } else { "各级各类学校" };
    let title = match rng.u8(0..8) {
        0 => format!("{title_year}泰安市各县市区在校生情况表"),
        1 => format!("泰安市{title_year}教育事业统计报表"),
        2 => format!("{title_year}各县（市、区）{people_words}在校学生数"),
        3 => format!("{title_year}全市教育基本情况"),
        4 => format!("表1 {title_year}分区县教育事业发展情况"),
        5 => format!("{title_year}基础教育情况一览表"),
        6 if has_title && !traditional && chance(rng, 12) => {
            part_title = true;
            out.says_all = false;
            format!("{title_year}泰安市民办学校在校生情况")
        }
        _ => format!("{title_year}教育统计资料"),
    };
    let title = if style.wan && unit_at == 1 { format!("{title}（万人）") } else { title };
    if traditional {
        has_title = true;
    }
    let mut rows: Vec<Vec<Val>> = Vec::new();
    let line = |words: &str, at: usize| {
        let mut row = vec![Val::Empty; width];
        row[at.min(width - 1)] = text(words);
        row
    };
    if has_title {
        if style.merges && width > 1 && chance(rng, 70) {
            out.merged.push(((rows.len(), rows.len()), (0, width - 1)));
        }
        let words = if traditional { format!("{title_year}泰安市教育統計") } else { title };
        rows.push(line(&words, 0));
        if traditional && style.wan && unit_at == 1 {
            rows.push(line("單位：萬人", 0));
        }
        if chance(rng, 15) {
            rows.push(vec![Val::Empty; width]);
        }
    }
    if year_at == 1 {
        let words = if style.school_years {
            year_words(rng, &style, first_year)
        } else {
            format!("（{first_year}年）")
        };
        rows.push(line(&words, rng.usize(0..width)));
    }
    let says_unit = (style.wan && unit_at == 0) || (!style.wan && chance(rng, 25));
    if says_unit {
        let words = match (traditional, rng.u8(0..4)) {
            (true, _) => format!("單位：{}", if style.wan { "萬人" } else { "人" }),
            (false, 0) => format!("计量单位：{unit_words}"),
            (false, 1) => format!("单位:{unit_words}"),
            (false, 2) if !style.wan => "单位：所、人".to_owned(),
            _ => format!("单位：{unit_words}"),
        };
        let mut row = line(&words, width - 1);
        if chance(rng, 30) && width > 2 {
            row[0] = text("填报单位：泰安市教育局");
        }
        if chance(rng, 20) && width > 4 {
            row[2] = text("填报日期：2019年3月5日");
        }
        rows.push(row);
    }

    // Head.
    let head_at = rows.len();
    let two_rows = style.group_rows || ((4..=5).contains(&shape) && chance(rng, 40));
    let years_above = two_rows && !style.group_rows && rng.bool();
    let mut head = vec![vec![Val::Empty; width]; if two_rows { 2 } else { 1 }];
    let region_head = if traditional {
        "地區"
    } else {
        pick(
            rng,
            &[
                "地区",
                "区县",
                "县市区",
                "县（市、区）",
                "县区",
                "行政区划",
                "单位",
                "地 区",
                "",
                "名称",
            ],
        )
    };
    let mut head_names: Vec<String> = Vec::new();
    for person in &people {
        let (_, _, names, _, hant) = PEOPLE[*person];
        head_names.push(if traditional { hant.to_owned() } else { pick(rng, names).to_owned() });
    }
    let bottom = head.len() - 1;
    let in_head = |words: &str| {
        if style.unit_in_head { format!("{words}（万人）") } else { words.to_owned() }
    };
    let mut groups: Vec<(usize, usize)> = Vec::new();
    for (n, column) in columns.iter().enumerate() {
        let words = match column {
            Col::Region => region_head.to_owned(),
            Col::Year => if style.school_years {
                "学年"
            } else if traditional {
                "年份"
            } else {
                pick(rng, &["年份", "年度", "年"])
            }
            .to_owned(),
            Col::Running => if traditional { "序號" } else { "序号" }.to_owned(),
            Col::Code => if traditional { "代碼" } else { "行政区划代码" }.to_owned(),
            Col::Item => if traditional {
                "項目"
            } else {
                pick(rng, &["指标", "项目", "指标名称", "类别"])
            }
            .to_owned(),
            Col::Value => in_head(if traditional {
                "數值"
            } else {
                pick(rng, &["数值", "人数", "数量"])
            }),
            Col::Remark => if traditional { "備註" } else { "备注" }.to_owned(),
            Col::Other(other, of) => match of {
                Some(_) => OTHERS[*other].0.to_owned(),
                None => {
                    let stage = PEOPLE[people[0]].1;
                    if OTHERS[*other].1 == "农村留守儿童" || rng.bool() {
                        OTHERS[*other].1.to_owned()
                    } else {
                        format!("{stage}{}", OTHERS[*other].1)
                    }
                }
            },
            Col::People(person, year) => {
                let place = people.iter().position(|p| p == person).unwrap_or(0);
                let name = if style.group_rows {
                    (pick(rng, PEOPLE[*person].3)).to_owned()
                } else {
                    head_names[place].clone()
                };
                match year {
                    Some(year) if two_rows && !style.group_rows => {
                        let (above, below) = if years_above {
                            (year_words(rng, &style, *year), in_head(&name))
                        } else {
                            (name, in_head(&year_words(rng, &style, *year)))
                        };
                        let starts = match columns.get(n.wrapping_sub(1)) {
                            Some(Col::People(before, _)) => years_above || before != person,
                            _ => true,
                        };
                        if starts {
                            head[0][n] = text(above);
                            groups.push((n, n));
                        } else if let Some(last) = groups.last_mut() {
                            last.1 = n;
                        }
                        below
                    }
                    Some(year) => {
                        let year = year_words(rng, &style, *year);
                        in_head(&if rng.bool() {
                            format!("{year}{name}")
                        } else {
                            format!("{name}（{year}）")
                        })
                    }
                    None => in_head(&name),
                }
            }
        };
        let of = match column {
            Col::People(person, _) => Some(*person),
            Col::Other(_, of) => *of,
            _ => None,
        };
        if style.group_rows
            && let Some(person) = of
        {
            let before = n.checked_sub(1).and_then(|n| match &columns[n] {
                Col::People(person, _) => Some(*person),
                Col::Other(_, of) => *of,
                _ => None,
            });
            if before == Some(person) {
                if let Some(last) = groups.last_mut() {
                    last.1 = n;
                }
            } else {
                head[0][n] = text(PEOPLE[person].1);
                groups.push((n, n));
            }
        }
        let at = match column {
            Col::People(..) | Col::Other(_, Some(_)) => bottom,
            _ => 0,
        };
        head[at][n] = text(words);
        if two_rows && at == 0 && style.merges {
            out.merged.push(((head_at, head_at + 1), (n, n)));
        }
    }
    if style.merges {
        for (first, last) in groups.iter().filter(|(first, last)| first < last) {
            out.merged.push(((head_at, head_at), (*first, *last)));
        }
    }
    if style.wan && unit_at == 3 {
        head[0].push(text("单位：万人"));
    }
    let head_rows = head.clone();
    rows.extend(head);
    if chance(rng, 8) {
        rows.push(
            (0..width)
                .map(|n| match (n, columns.iter().position(|c| matches!(c, Col::Region))) {
                    (n, Some(region)) if n < region => Val::Empty,
                    (n, Some(region)) if n == region => text("甲"),
                    (n, Some(region)) => Val::Number((n - region).to_string()),
                    (n, None) => Val::Number((n + 1).to_string()),
                })
                .collect(),
        );
    }

    // Rows.
    let form = if chance(rng, 45) { 0 } else { rng.usize(1..10) };
    let mixed = chance(rng, 10);
    let row_years: Vec<Option<i16>> =
        if shape >= 6 { years.iter().map(|y| Some(*y)).collect() } else { vec![None] };
    let by_year = shape >= 6 && rng.bool();
    let mut order: Vec<(usize, Option<i16>)> = Vec::new();
    if by_year {
        for year in &row_years {
            order.extend(regions.iter().map(|r| (*r, *year)));
        }
    } else {
        for region in &regions {
            order.extend(row_years.iter().map(|y| (*region, *y)));
        }
    }
    out.wan = style.wan;
    out.head = head_at + bottom;
    let merged_names = shape >= 6 && !by_year && style.merges && shape < 8 && chance(rng, 50);
    out.needs_merges = merged_names;
    let items: Vec<Option<usize>> =
        if shape >= 8 { people.iter().map(|p| Some(*p)).collect() } else { vec![None] };
    let mut running = 0;
    let cell = |rng: &mut Rng, known: &Known, region: usize, person: usize, year: i16| {
        let heads = known[&(PEOPLE[person].0.to_owned(), REGIONS[region].0.to_owned(), year)];
        number(rng, &style, heads)
    };
    let mut item_names: Vec<String> = Vec::new();
    for person in &people {
        item_names.push(if traditional {
            PEOPLE[*person].4.to_owned()
        } else {
            (pick(rng, PEOPLE[*person].2)).to_owned()
        });
    }
    let sum_name: &str = if traditional {
        "合計"
    } else {
        pick(
            rng,
            &[
                "合计",
                "总计",
                "全市",
                "泰安市",
                "全市合计",
                "合 计",
                "小计",
                "泰安市合计",
                "全市总计",
            ],
        )
    };
    let has_sum = chance(rng, 45) && shape < 6;
    let sum_first = rng.bool();
    let hidden_old = style.merges && shape < 4 && chance(rng, 8);
    let sum_row = |rng: &mut Rng, known: &Known, of: &[usize], name: &str| {
        columns
            .iter()
            .map(|column| match column {
                Col::Region => text(name),
                Col::People(person, year) => {
                    let year = year.unwrap_or(first_year);
                    let sum: i64 = of
                        .iter()
                        .map(|r| {
                            known[&(PEOPLE[*person].0.to_owned(), REGIONS[*r].0.to_owned(), year)]
                        })
                        .sum();
                    number(rng, &style, sum)
                }
                Col::Other(..) => Val::Number(rng.u64(1..999).to_string()),
                _ => Val::Empty,
            })
            .collect::<Vec<_>>()
    };
    if hidden_old {
        for name in ["旧一区", "泰山区"] {
            out.hidden_rows.push(rows.len());
            rows.push(sum_row(rng, &out.known, &regions[..1], name));
        }
    }
    if has_sum && sum_first {
        rows.push(sum_row(rng, &out.known, &regions, sum_name));
    }
    for (place, (region, year)) in order.iter().enumerate() {
        for item in &items {
            running += 1;
            if shape < 8 {
                out.rows.push((rows.len(), *region, year.unwrap_or(first_year)));
            }
            let name =
                region_name(rng, if mixed { place % 10 } else { form }, *region, traditional);
            let is_first = place == 0 || order[place - 1].0 != *region;
            let mut row = Vec::new();
            for column in &columns {
                row.push(match column {
                    Col::Region if merged_names && !is_first => Val::Empty,
                    Col::Region => text(name.clone()),
                    Col::Year => {
                        let year = year.unwrap_or(first_year);
                        if style.school_years {
                            text(year_words(rng, &style, year))
                        } else if rng.bool() {
                            Val::Number(year.to_string())
                        } else {
                            text(format!("{year}年"))
                        }
                    }
                    Col::Running => Val::Number(running.to_string()),
                    Col::Code => text(REGIONS[*region].3),
                    Col::Item => text(
                        item_names[people.iter().position(|p| Some(*p) == *item).unwrap_or(0)]
                            .clone(),
                    ),
                    Col::Value => cell(
                        rng,
                        &out.known,
                        *region,
                        item.unwrap_or(0),
                        year.unwrap_or(first_year),
                    ),
                    Col::People(person, own) => {
                        cell(rng, &out.known, *region, *person, own.or(*year).unwrap_or(first_year))
                    }
                    Col::Other(other, _) => Val::Number(rng.u64(1..=OTHERS[*other].2).to_string()),
                    Col::Remark => text(if chance(rng, 20) { "新校区启用" } else { "" }),
                });
            }
            if merged_names && is_first {
                let at = columns.iter().position(|c| matches!(c, Col::Region)).unwrap_or(0);
                out.merged.push(((rows.len(), rows.len() + row_years.len() - 1), (at, at)));
            }
            rows.push(row);
        }
        if place + 1 == order.len() / 2 && !merged_names && chance(rng, 6) {
            rows.push(vec![Val::Empty; width]);
        }
        if place + 1 == order.len() / 2 && shape < 6 && !merged_names && chance(rng, 6) {
            rows.extend(head_rows.clone()); // a printed page begins
        }
        if place == 1 && shape < 6 && chance(rng, 10) && !traditional {
            // A sum of the two above, by a name that says so, or by none that is known.
            let name: &str = pick(rng, &["城区小计", "市区合计", "两区", "中心城区"]);
            rows.push(sum_row(rng, &out.known, &[order[0].0, order[1].0], name));
        }
    }
    if has_sum && !sum_first {
        rows.push(sum_row(rng, &out.known, &regions, sum_name));
    }
    if shape < 6 && !traditional && chance(rng, 12) {
        let name = pick(rng, &["其中：民办", "其中:农村", "其中：公办学校"]);
        rows.push(sum_row(rng, &out.known, &regions[..1], name));
    }
    if shape < 6 && !traditional && chance(rng, 4) {
        let name = pick(rng, &["平均", "区县平均", "全市平均"]);
        rows.push(sum_row(rng, &out.known, &regions[..1], name));
    }

    // Below.
    if chance(rng, 40) && !traditional {
        if rng.bool() {
            rows.push(vec![Val::Empty; width]);
        }
        for note in [
            "注：本表数据取自教育事业统计报表，不含成人学校。",
            "填表人：某某　审核人：某某　填报日期：2019年3月1日",
            "数据来源：市教育局",
        ] {
            if rng.bool() {
                rows.push(line(note, 0));
            }
        }
    }
    if style.wan && unit_at == 4 {
        rows.push(line(
            if traditional {
                "註：單位為萬人。"
            } else {
                "注：本表人数单位为万人。"
            },
            0,
        ));
    }
    if chance(rng, 6) && !traditional {
        // Another table below, of money.
        rows.push(vec![Val::Empty; width]);
        rows.push(line("教育经费情况（万元）", 0));
        let wide = |cells: &[&str]| {
            let mut row: Vec<Val> =
                cells
                    .iter()
                    .map(|c| {
                        if c.parse::<i64>().is_ok() {
                            Val::Number((*c).to_owned())
                        } else {
                            text(*c)
                        }
                    })
                    .collect();
            row.resize(width.max(row.len()), Val::Empty);
            row
        };
        rows.push(wide(&["地区", "财政拨款"]));
        rows.push(wide(&["泰山区", "3025"]));
        rows.push(wide(&["岱岳区", "2025"]));
    }
    if part_title {
        out.says_all = false;
    }
    let people_of = |(n, column): (usize, &Col)| match column {
        Col::People(person, _) => Some((n, *person)),
        _ => None,
    };
    out.people = columns.iter().enumerate().filter_map(people_of).collect();
    out.needs_merges |= !out.hidden_rows.is_empty();
    out.cells = rows;
    if chance(rng, 18) {
        super::misleads::mislead(rng, &mut out);
    }
    out
}
