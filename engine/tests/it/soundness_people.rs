//! What makes the people of a plan sound: cohorts, norms and schools, one unsound plan for
//! every fault.

use shapan_engine::*;
use shapan_testing::people_and_goals::*;
use shapan_testing::refused::*;
use shapan_testing::*;
use std::collections::BTreeMap;

/// A cohort of the small plan, by name.
fn cohort_of<'a>(plan: &'a mut PlanParts, name: &str) -> &'a mut Cohort {
    as_cohort(people(plan, name))
}

fn people<'a>(plan: &'a mut PlanParts, name: &str) -> &'a mut Population {
    plan.populations.iter_mut().find(|p| p.id.as_str() == name).unwrap()
}

/// Births of the primary cohort, and the age they enter at.
fn births(plan: &mut PlanParts) -> (&mut Vec<Census>, &mut u8) {
    match &mut cohort_of(plan, "primary").entry {
        Entry::Births { births, age, .. } => (births, age),
        _ => panic!("births"),
    }
}

fn heads_in<'a>(plan: &'a mut PlanParts, region: &str) -> &'a mut Vec<i64> {
    cohort_of(plan, "primary").censuses[0].heads.get_mut(&id(region)).unwrap()
}

#[test]
fn the_small_plan_with_people_by_grade_is_sound() {
    accepted(|_| ());
}

#[test]
fn grades_are_counted_in_the_very_autumn_before_the_first_fiscal_year() {
    let missing = [("populations/primary", Fault::GradesMissing { needed: 2011 })];
    refused(|p| cohort_of(p, "primary").censuses.clear(), &missing);
    // Unlike heads, grades of an older census are not grown to that autumn.
    refused(|p| cohort_of(p, "primary").censuses[0].year = year(2010), &missing);
    refused(|p| cohort_of(p, "primary").censuses[0].year = year(2012), &missing);
    accepted(|p| {
        let censuses = &mut cohort_of(p, "primary").censuses;
        let of = |year| GradeCensus { year, heads: BTreeMap::new() };
        censuses.insert(0, of(year(2009)));
        censuses.push(of(year(2012)));
    });
}

#[test]
fn counts_of_grades_and_births_ascend_in_time() {
    refused(
        |p| {
            let again = cohort_of(p, "primary").censuses[0].clone();
            cohort_of(p, "primary").censuses.push(again);
        },
        &[("populations/primary", Fault::NotAscending)],
    );
    refused(
        |p| births(p).0.reverse(),
        &[
            ("populations/primary/births", Fault::NotAscending),
            ("populations/primary/births", Fault::BirthsMissing { needed: 2006 }),
        ],
    );
}

#[test]
fn a_stage_has_as_many_grades_as_the_region_s_schooling_gives_it() {
    accepted(|p| heads_in(p, "south").truncate(1));
    refused(
        |p| heads_in(p, "south").push(1),
        &[(
            "populations/primary/2011",
            Fault::TooManyGrades { region: "south".to_owned(), found: 6, most: 5 },
        )],
    );
    refused(
        |p| heads_in(p, "north").push(1),
        &[(
            "populations/primary/2011",
            Fault::TooManyGrades { region: "north".to_owned(), found: 7, most: 6 },
        )],
    );
    refused(
        |p| p.regions[1].system = SchoolSystem::SixThree,
        &[(
            "populations/junior/2011",
            Fault::TooManyGrades { region: "south".to_owned(), found: 4, most: 3 },
        )],
    );
}

#[test]
fn heads_of_grades_and_births_are_whole_people_of_known_regions() {
    refused(
        |p| heads_in(p, "north")[2] = -1,
        &[("populations/primary/2011", outside(-1, Unit::Count.bounds()))],
    );
    refused(
        |p| {
            cohort_of(p, "primary").censuses[0].heads.insert(id("east"), vec![1]);
        },
        &[("populations/primary/2011", unknown("east"))],
    );
    refused(
        |p| {
            births(p).0[1].heads.insert(id("south"), 1_000_000_001);
        },
        &[("populations/primary/births", outside(1_000_000_001, Unit::Count.bounds()))],
    );
    refused(
        |p| {
            births(p).0[1].heads.insert(id("east"), 1);
        },
        &[("populations/primary/births", unknown("east"))],
    );
}

#[test]
fn those_who_enter_first_have_been_born_and_counted() {
    let missing = |needed| [("populations/primary/births", Fault::BirthsMissing { needed })];
    refused(|p| births(p).0.clear(), &missing(2006));
    // Six years old in autumn 2012, the first autumn that is not counted: born in 2006.
    accepted(|p| {
        births(p).0.remove(0);
    });
    refused(|p| births(p).0.drain(..2).for_each(drop), &missing(2006));
    refused(|p| *births(p).1 = 8, &missing(2004));
    refused(|p| *births(p).1 = 31, &[("populations/primary/age", outside(31, 0..=30))]);
}

#[test]
fn something_is_said_of_grades_that_somebody_goes_on_from_or_comes_to() {
    let no_grade = |grade, least, most| Fault::NoSuchGrade { grade, least, most };
    let progression = |name: &'static str, grade| {
        move |p: &mut PlanParts| {
            cohort_of(p, name).progression.insert(grade, always(1));
        }
    };
    let migration = |name: &'static str, grade| {
        move |p: &mut PlanParts| {
            cohort_of(p, name).migration.insert(grade, always(1));
        }
    };
    // There is no grade 0, and from the last grade nobody goes on: they leave.
    refused(progression("primary", 0), &[("populations/primary/progression/0", no_grade(0, 1, 5))]);
    refused(progression("primary", 6), &[("populations/primary/progression/6", no_grade(6, 1, 5))]);
    // Who comes to the first grade enters.
    refused(migration("primary", 1), &[("populations/primary/migration/1", no_grade(1, 2, 6))]);
    refused(migration("primary", 7), &[("populations/primary/migration/7", no_grade(7, 2, 6))]);
    // Of the stage in any system: what no region has now waits for one that changes its own.
    accepted(migration("junior", 4));
    accepted(|p| {
        p.regions[1].system = SchoolSystem::SixThree;
        cohort_of(p, "junior").censuses[0].heads.remove(&id("south"));
        cohort_of(p, "primary").censuses[0].heads.remove(&id("south"));
        cohort_of(p, "junior").migration.insert(4, always(1));
    });
    refused(migration("junior", 5), &[("populations/junior/migration/5", no_grade(5, 2, 4))]);
}

#[test]
fn numbers_of_grades_lie_within_their_bounds() {
    refused(
        |p| {
            cohort_of(p, "primary").progression.insert(1, always(-1));
        },
        &[("populations/primary/progression/1", outside(-1, Unit::Rate.bounds()))],
    );
    refused(
        |p| {
            cohort_of(p, "primary").migration.insert(2, always(-1_000_000_001));
        },
        &[("populations/primary/migration/2", outside(-1_000_000_001, Unit::Net.bounds()))],
    );
}

#[test]
fn only_those_who_are_projected_by_grade_leave() {
    let of = |name: &'static str| {
        move |p: &mut PlanParts| {
            let share = None;
            let entry = Entry::Leavers { of: id(name), transfer: always(1), share };
            cohort_of(p, "junior").entry = entry;
        }
    };
    refused(of("ghosts"), &[("populations/junior", unknown("ghosts"))]);
    refused(of("pupils"), &[("populations/junior", Fault::NotACohort { id: "pupils".to_owned() })]);
}

#[test]
fn a_rest_is_left_beside_those_who_take_a_share_of_leavers() {
    let beside = |name: &'static str| {
        move |p: &mut PlanParts| {
            cohort_of(p, "vocational").entry = Entry::Rest { beside: id(name) };
        }
    };
    let not_divided =
        |name: &str| [("populations/vocational", Fault::NotDivided { id: name.to_owned() })];
    refused(beside("ghosts"), &[("populations/vocational", unknown("ghosts"))]);
    refused(beside("pupils"), &not_divided("pupils"));
    refused(beside("primary"), &not_divided("primary"));
    refused(beside("junior"), &not_divided("junior")); // takes all of them
}

#[test]
fn nobody_descends_from_themselves() {
    let circle = |id: &str| ("populations", Fault::Cycle { id: id.to_owned() });
    let leavers =
        |of: &str| Entry::Leavers { of: id(of), transfer: always(1), share: Some(always(1)) };
    refused(|p| cohort_of(p, "junior").entry = leavers("junior"), &[circle("junior")]);
    refused(|p| cohort_of(p, "primary").entry = leavers("senior"), &[circle("junior")]);
    refused(
        |p| cohort_of(p, "junior").entry = leavers("vocational"),
        &[circle("junior")], // vocational is beside senior, which waits for junior
    );
    refused(
        |p| cohort_of(p, "vocational").entry = Entry::Rest { beside: id("vocational") },
        &[
            ("populations/vocational", Fault::NotDivided { id: "vocational".to_owned() }),
            circle("vocational"),
        ],
    );
}

#[test]
fn a_ratio_of_pupils_to_posts_is_stated_from_the_start() {
    refused(
        |p| people(p, "primary").norms.pupils_per_post = Some(dated(&[("2012-autumn", 19)])),
        &[("populations/primary/pupils-per-post", Fault::None)],
    );
}

#[test]
fn counts_by_grade_rest_on_a_citation_of_the_plan() {
    refused(
        |p| cohort_of(p, "primary").basis.citation = Some(id("hearsay")),
        &[("populations/primary", unknown("hearsay"))],
    );
}

#[test]
fn schools_lie_in_the_plan_and_have_what_it_knows() {
    refused(|p| p.schools[0].region = id("east"), &[("schools/hill", unknown("east"))]);
    refused(
        |p| {
            p.schools[0].resources.insert(id("gold"), 1);
        },
        &[("schools/hill", unknown("gold"))],
    );
    refused(
        |p| {
            p.schools[0].resources.insert(id("books"), -1);
        },
        &[("schools/hill", outside(-1, Unit::Count.bounds()))],
    );
    refused(
        |p| {
            p.schools[0].pupils.insert(Stage::Primary, 1_000_000_001);
        },
        &[("schools/hill", outside(1_000_000_001, Unit::Count.bounds()))],
    );
    refused(|p| twice_there(&mut p.schools, 0), &[("schools", twice("hill"))]);
    refused(|p| twice_there(&mut p.resources, 1), &[("resources", twice("teachers"))]);
}

#[test]
fn there_are_as_many_schools_and_resources_as_the_app_takes_on() {
    let schools = |p: &mut PlanParts, n| {
        p.schools = (0..n).map(|n| school(&format!("s-{n}"), "north", &[])).collect();
    };
    accepted(|p| schools(p, 20_000));
    refused(|p| schools(p, 20_001), &[("schools", too_many(20_001, 20_000))]);
    refused(
        |p| p.resources.extend((0..499).map(|n| resource(&format!("r-{n}")))),
        &[("resources", too_many(501, 500))],
    );
}
