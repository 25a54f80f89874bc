//! A unit that nobody says is asked about wherever there is anything to compare with, and what
//! grows as pupils and money do is not.
use shapan_engine::{Headcount, Plan, Year, taian_2012};
use shapan_sheets::import::sheet::{Cell, Sheet};
use shapan_sheets::import::{Beside, Choices, Mode, Place, Question, Reading, Target, When, read};

fn sheet(text: &str) -> Sheet {
    let cell = |words: &str| match words.trim() {
        "" => Cell::Empty,
        words => Cell::Text(words.to_owned()),
    };
    let cells = text.trim_matches('\n').lines().map(|line| line.split('|').map(cell).collect());
    Sheet { cells: cells.collect(), ..Sheet::default() }
}

fn replacing() -> Choices {
    Choices { mode: Some(Mode::Replace), ..Choices::default() }
}

fn autumn(year: i64) -> When {
    When::Autumn(Year::new(year).unwrap())
}

/// A table of what the sample counted, changed; a line for each region.
fn counted(
    plan: &Plan,
    head: &str,
    people: &[&str],
    of: impl Fn(usize, usize, i64) -> i64,
) -> Sheet {
    let mut lines = vec![head.to_owned()];
    for (row, region) in plan.regions.iter().enumerate() {
        let mut line = region.name.get(shapan_engine::Lang::ZhHans).to_owned();
        for (column, id) in people.iter().enumerate() {
            let population = plan.populations.iter().find(|p| p.id.as_str() == *id).unwrap();
            let Headcount::Counted { censuses, .. } = &population.headcount else { panic!() };
            let heads = censuses[0].heads.get(&region.id).copied().unwrap_or(0);
            line.push_str(&format!("|{}", of(row, column, heads)));
        }
        lines.push(line);
    }
    sheet(&lines.join("\n"))
}

fn sizes(reading: &Reading) -> Vec<&Question> {
    reading.questions.iter().filter(|q| matches!(q, Question::Magnitude { .. })).collect()
}

const PRIMARY: [&str; 1] = ["primary-pupils"];

#[test]
fn hundreds_that_nobody_says_are_asked_about_and_growth_is_not() {
    let plan = taian_2012().unwrap();
    for (year, is_asked) in [(2005, true), (2011, true), (2014, true)] {
        let head = format!("地区|{year}年小学在校生");
        // Up to a third fewer or more of them meanwhile.
        for (part, whole) in [(1, 100), (1, 70), (1, 150), (100, 1), (70, 1), (150, 1)] {
            let table = counted(&plan, &head, &PRIMARY, |_, _, heads| heads * part / whole);
            let found = read(&plan, &table, &replacing());
            assert_eq!(sizes(&found).len() == 1, is_asked, "{year} {part}/{whole}");
            assert!(found.changes.is_empty() && found.waiting.is_empty());
        }
        for (part, whole) in [(1, 1), (1, 3), (3, 1), (8, 1)] {
            let table = counted(&plan, &head, &PRIMARY, |_, _, heads| heads * part / whole);
            let found = read(&plan, &table, &replacing());
            assert_eq!(found.questions, [], "{year} {part}/{whole}");
        }
    }
}

#[test]
fn the_question_names_what_it_is_about_and_one_answer_is_of_one_number_only() {
    let plan = taian_2012().unwrap();
    let people = ["primary-pupils", "junior-pupils"];
    let head = "地区|2011年小学在校生|2011年初中在校生";
    let table = counted(&plan, head, &people, |_, _, heads| heads / 100);
    let asked = read(&plan, &table, &replacing());
    let questions = sizes(&asked);
    assert_eq!((questions.len(), asked.changes.len()), (2, 0));
    let Question::Magnitude { target, when, places, beside, before, after } = questions[0] else {
        panic!()
    };
    assert_eq!(*target, Target::Heads("primary-pupils".parse().unwrap()));
    assert_eq!((*when, places.len(), beside), (autumn(2011), 0, &Beside::Plan));
    assert!(*before > 90 * *after);
    // One answer lets the one population in.
    let one =
        Choices { magnitudes: questions[0].right_size().into_iter().collect(), ..replacing() };
    let found = read(&plan, &table, &one);
    assert_eq!(sizes(&found), [questions[1]]);
    assert!(
        found.changes.iter().all(|change| change.target == *target) && !found.changes.is_empty()
    );
    // Another unit, another table: it answers nothing any more.
    let other = counted(&plan, head, &people, |_, _, heads| heads / 50);
    assert_eq!(sizes(&read(&plan, &other, &one)).len(), 2);
}

#[test]
fn one_region_in_another_unit_than_the_others_is_asked_about_alone() {
    let plan = taian_2012().unwrap();
    let of = |row: usize, _, heads: i64| if row == 2 { heads / 100 } else { heads + 10 };
    let table = counted(&plan, "地区|2011年小学在校生", &PRIMARY, of);
    let found = read(&plan, &table, &replacing());
    let [Question::Magnitude { places, .. }] = sizes(&found)[..] else { panic!("{found:?}") };
    let third = Place::Known(plan.regions[2].id.clone());
    assert_eq!(places.as_slice(), std::slice::from_ref(&third));
    assert_eq!(found.changes.len(), plan.regions.len() - 1);
    assert!(found.changes.iter().all(|change| change.place != third));
}

#[test]
fn autumns_before_the_first_census_are_compared_with_it() {
    let plan = taian_2012().unwrap();
    let table =
        counted(&plan, "地区|2003年小学在校生", &PRIMARY, |_, _, heads| heads / 100);
    let found = read(&plan, &table, &replacing());
    let [Question::Magnitude { beside: Beside::PlanOf(When::Autumn(year)), .. }] =
        sizes(&found)[..]
    else {
        panic!("{found:?}")
    };
    assert!(year.get() > 2003);
}

/// A plan of the same city that counted nobody of some people.
fn uncounted(people: &str) -> Plan {
    let mut document = shapan_engine::Document::new(taian_2012().unwrap());
    let all = document.plan().populations.clone();
    for population in all.into_iter().filter(|p| people.is_empty() || p.id.as_str() == people) {
        let mut population = population;
        if let Headcount::Counted { censuses, .. } = &mut population.headcount {
            censuses.truncate(1);
            censuses[0].heads.values_mut().for_each(|heads| *heads = 0);
        }
        document.dispatch(shapan_engine::Command::Put(population.into()), None).unwrap();
    }
    (**document.plan()).clone()
}

#[test]
fn people_that_the_plan_has_none_of_are_compared_with_other_years_and_other_stages() {
    let (sample, plan) = (taian_2012().unwrap(), uncounted(""));
    let three = ["primary-pupils"; 3];
    let head = "地区|2009年小学在校生|2010年小学在校生|2011年小学在校生";
    // A series that breaks: which side is right, nobody knows.
    let of = |_, column: usize, heads: i64| if column == 2 { heads / 100 } else { heads };
    let found = read(&plan, &counted(&sample, head, &three, of), &replacing());
    assert_eq!((sizes(&found).len(), found.changes.len()), (3, 0));
    let smooth =
        counted(&sample, head, &three, |_, n, heads| heads + 100 * i64::try_from(n).unwrap());
    assert_eq!(read(&plan, &smooth, &replacing()).questions, []);
    // One region only.
    let of = |row: usize, column: usize, heads: i64| match (row, column) {
        (1, 0) => heads / 100,
        _ => heads,
    };
    let found = read(&plan, &counted(&sample, head, &three, of), &replacing());
    let second = Place::Known(plan.regions[1].id.clone());
    assert!(sizes(&found).iter().all(|question| {
        matches!(question, Question::Magnitude { places, .. } if places.as_slice() == std::slice::from_ref(&second))
    }));
    assert_eq!(sizes(&found).len(), 3);

    // Other stages of the same table.
    let people = ["primary-pupils", "junior-pupils", "senior-pupils"];
    let head = "地区|2011年小学在校生|2011年初中在校生|2011年普通高中在校生";
    for times in [1, 100] {
        for small in 0..3 {
            let of = |_, column: usize, heads: i64| match times {
                1 => heads,
                _ if column == small => heads / times,
                _ => heads,
            };
            let found = read(&plan, &counted(&sample, head, &people, of), &replacing());
            let asked: Vec<&Target> = sizes(&found)
                .into_iter()
                .map(|question| match question {
                    Question::Magnitude { target, beside: Beside::Others(_), .. } => target,
                    other => panic!("{other:?}"),
                })
                .collect();
            let wrong = Target::Heads(people[small].parse().unwrap());
            assert_eq!(asked.contains(&&wrong), times > 1, "{small} {times}");
        }
    }
    // Other stages of the plan, where the table has one only.
    let plan = uncounted("senior-pupils");
    for (times, is_asked) in [(100, true), (1, false)] {
        let table =
            counted(&sample, "地区|2011年普通高中在校生", &people[2..], |_, _, heads| {
                heads / times
            });
        let found = read(&plan, &table, &replacing());
        assert_eq!(sizes(&found).len() == 1, is_asked, "{times} {:?}", found.questions);
    }
}

#[test]
fn money_a_hundredfold_of_the_plans_is_asked_about() {
    let plan = taian_2012().unwrap();
    // 百万元 where 万元 is meant.
    let table = sheet("单位：百万元|\n地区|2012年城市教育费附加\n泰山区|5000\n岱岳区|4000");
    let found = read(&plan, &table, &replacing());
    assert_eq!((sizes(&found).len(), found.changes.len()), (1, 0), "{:?}", found.changes);
    let table = sheet("单位：万元|\n地区|2012年城市教育费附加\n泰山区|5000\n岱岳区|4000");
    assert_eq!(sizes(&read(&plan, &table, &replacing())).len(), 0);
}
