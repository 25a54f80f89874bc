//! Balance between schools, worked by hand, and what holds of any schools.
//!
//! Source of the test vector: DESIGN, section 8.

use proptest::collection::vec;
use proptest::prelude::*;
use shapan_engine::*;
use shapan_testing::arbitrary::cases;
use shapan_testing::*;

/// Primary schools in one region: pupils and books.
fn with_books(schools: &[(i64, i64)]) -> PlanParts {
    let mut plan = bare(2012, 1, &["north", "south"]);
    for (n, (pupils, books)) in schools.iter().enumerate() {
        let mut school = school(&format!("school-{n}"), "north", &[(Stage::Primary, *pupils)]);
        school.resources.insert(id("books"), *books);
        plan.schools.push(school);
    }
    plan
}

fn asked(resource: &str, level: Option<i64>) -> BalanceResource {
    BalanceResource { resource: id(resource), level }
}

fn of_books(plan: &PlanParts, stage: Stage) -> Balance {
    balance(plan, Some(0), stage, &[asked("books", None)]).unwrap()
}

const VECTOR: [(i64, i64); 5] = [(45, 279), (37, 137), (89, 935), (76, 160), (55, 402)];

#[test]
fn the_coefficient_is_weighted_by_pupils_and_of_the_whole_population() {
    let found = of_books(&with_books(&VECTOR), Stage::Primary);
    assert_eq!(found.schools, 5);
    let spread = found.spreads[0].unwrap();
    // 1 913 books ÷ 302 pupils; 0.4888 would be unweighted, 0.5464 a sample's.
    assert_eq!(spread.mean, 6_334_437);
    assert_eq!((spread.deviation + 500) / 1_000, 3_264);
    assert_eq!((spread.coefficient + 50) / 100, 5_153);
    assert_eq!(found.mean, Some(spread.coefficient));
}

#[test]
fn two_schools_by_hand() {
    // 10 and 30 pupils with 20 and 20 books: 2 and 2/3 each, 1 on average. S² = ¼ × 1² + ¾ ×
    // (1/3)² = 1/3; S = CV = 0.577350269….
    let found = of_books(&with_books(&[(10, 20), (30, 20)]), Stage::Primary);
    let spread = Spread { mean: 1_000_000, deviation: 577_350, coefficient: 577_350 };
    assert_eq!(found.spreads, [Some(spread)]);
    // All of it at half of the pupils: each is a whole mean away from the mean, CV = 1.
    let found = of_books(&with_books(&[(5, 0), (5, 7)]), Stage::Primary);
    assert_eq!(found.largest(), Some(1_000_000));
}

#[test]
fn the_same_for_each_pupil_is_perfect_balance() {
    let found = of_books(&with_books(&[(3, 7), (6, 14), (999_999, 2_333_331)]), Stage::Primary);
    assert_eq!(found.largest(), Some(0));
}

#[test]
fn special_and_vocational_schools_and_small_teaching_points_are_left_out() {
    let mut plan = with_books(&[(45, 90), (49, 0), (50, 100), (80, 0), (80, 0)]);
    let kinds = [
        SchoolKind::Ordinary, // 45 pupils, but a school
        SchoolKind::TeachingPoint,
        SchoolKind::TeachingPoint,
        SchoolKind::Special,
        SchoolKind::Vocational,
    ];
    for (school, kind) in plan.schools.iter_mut().zip(kinds) {
        school.kind = kind;
    }
    let found = of_books(&plan, Stage::Primary);
    let names: Vec<_> = found.levels_met.iter().map(|(id, _)| id.as_str()).collect();
    assert_eq!(names, ["school-0", "school-2"]);
    assert_eq!(found.largest(), Some(0));
}

#[test]
fn what_a_nine_year_school_has_is_divided_with_junior_pupils_counting_one_and_a_tenth() {
    // 110 primary and 100 junior pupils: both sides count 110, so 440 books are 220 and 220.
    let mut plan = with_books(&[(55, 110)]);
    let mut nine = school("nine", "north", &[(Stage::Primary, 110), (Stage::Junior, 100)]);
    nine.resources.insert(id("books"), 440);
    let mut junior = school("junior", "north", &[(Stage::Junior, 50)]);
    junior.resources.insert(id("books"), 110);
    plan.schools.extend([nine, junior]);
    let primary = of_books(&plan, Stage::Primary).spreads[0].unwrap();
    assert_eq!(primary, Spread { mean: 2_000_000, deviation: 0, coefficient: 0 });
    let junior = of_books(&plan, Stage::Junior).spreads[0].unwrap();
    assert_eq!(junior, Spread { mean: 2_200_000, deviation: 0, coefficient: 0 });
}

#[test]
fn what_is_divided_is_not_rounded_to_whole_books() {
    // 1 primary and 1 junior pupil share one book: 10/21 and 11/21 of it. Beside a school with
    // 21 pupils and 10 books, each primary pupil has 10/21.
    let mut plan = with_books(&[(21, 10)]);
    let mut nine = school("nine", "north", &[(Stage::Primary, 1), (Stage::Junior, 1)]);
    nine.resources.insert(id("books"), 1);
    plan.schools.push(nine);
    let found = of_books(&plan, Stage::Primary).spreads[0].unwrap();
    assert_eq!(found, Spread { mean: 476_190, deviation: 0, coefficient: 0 });
}

#[test]
fn levels_are_counted_for_each_school_and_met_when_just_reached() {
    let mut plan = with_books(&[(10, 20), (10, 19)]);
    for (school, computers) in plan.schools.iter_mut().zip([1, 5]) {
        school.resources.insert(id("computers"), computers);
    }
    let mut nine = school("nine", "north", &[(Stage::Primary, 110), (Stage::Junior, 100)]);
    nine.resources = [(id("books"), 440), (id("computers"), 21)].into();
    plan.schools.push(nine);
    let resources =
        [asked("books", Some(2_000_000)), asked("computers", Some(95_455)), asked("books", None)];
    let found = balance(&plan, Some(0), Stage::Primary, &resources).unwrap();
    // Of the nine-year school's 21 computers 10.5 are for 110 pupils: 0.0954545… each.
    let met: Vec<_> = found.levels_met.iter().map(|(_, met)| *met).collect();
    assert_eq!(met, [2, 1, 1]);
    assert_eq!((found.levels, found.least_levels_met()), (2, 1));
}

#[test]
fn a_figure_that_a_school_does_not_give_is_missing_and_not_nothing() {
    let mut plan = with_books(&VECTOR);
    plan.schools[0].resources.insert(id("computers"), 3);
    let resources = [asked("books", None), asked("computers", Some(0))];
    let found = balance(&plan, Some(0), Stage::Primary, &resources).unwrap();
    assert_eq!(found.missing, [id("computers")]);
    assert_eq!(found.spreads[1], None);
    assert_eq!((found.mean, found.largest()), (None, None));
    let met: Vec<_> = found.levels_met.iter().map(|(_, met)| *met).collect();
    assert_eq!(met, [1, 0, 0, 0, 0]);
}

#[test]
fn where_nobody_has_any_there_is_no_coefficient_and_where_there_is_no_school_no_balance() {
    let plan = with_books(&[(10, 0), (20, 0)]);
    let found = of_books(&plan, Stage::Primary);
    expect!(found, spreads: vec![None], missing: Vec::new());
    let books = [asked("books", None)];
    assert_eq!(balance(&plan, Some(0), Stage::Junior, &books), None);
    assert_eq!(balance(&plan, Some(1), Stage::Primary, &books), None);
    assert_eq!(balance(&plan, Some(2), Stage::Primary, &books), None);
    assert_eq!(balance(&plan, None, Stage::Primary, &books).unwrap().schools, 2);
    assert_eq!(balance(&plan, None, Stage::Primary, &[]).unwrap().mean, None);
}

#[test]
fn a_plan_as_large_as_can_be_still_has_a_coefficient() {
    let mut schools = vec![(1_000_000_000, 1_000_000_000); 400];
    schools.push((1, 1_000_000_000));
    let found = of_books(&with_books(&schools), Stage::Primary);
    // One pupil has a 401st of everything: CV² ≈ 400 × 10⁹ ÷ 401², CV ≈ 1 577.2.
    assert_eq!(found.largest().unwrap() / 1_000_000, 1_577);
}

fn schools() -> impl Strategy<Value = Vec<(i64, i64)>> {
    vec((1..3_000i64, 0..100_000i64), 1..30)
}

proptest! {
    #![proptest_config(cases(128))]

    #[test]
    fn a_multiple_of_everything_is_as_balanced_as_before((schools, times) in (schools(), 2..1_000i64)) {
        let more: Vec<_> = schools.iter().map(|(pupils, books)| (*pupils, books * times)).collect();
        let [one, many] = [schools, more].map(|s| of_books(&with_books(&s), Stage::Primary).largest());
        prop_assert_eq!(one, many);
    }

    #[test]
    fn schools_joined_in_pairs_of_the_same_level_are_as_balanced_as_before(schools in schools()) {
        let twice: Vec<_> = schools.iter().flat_map(|school| [*school, *school]).collect();
        let joined: Vec<_> = schools.iter().map(|(pupils, books)| (2 * pupils, 2 * books)).collect();
        let [twice, joined] = [twice, joined].map(|s| of_books(&with_books(&s), Stage::Primary).spreads);
        prop_assert_eq!(twice, joined);
    }

    #[test]
    fn the_same_for_each_pupil_is_perfect_whatever_the_sizes((sizes, each) in (vec(1..5_000i64, 1..30), 1..200i64)) {
        let schools: Vec<_> = sizes.iter().map(|pupils| (*pupils, pupils * each)).collect();
        let found = of_books(&with_books(&schools), Stage::Primary).spreads[0].unwrap();
        let expected = Spread { mean: each * MILLION, deviation: 0, coefficient: 0 };
        prop_assert_eq!(found, expected);
    }

    #[test]
    fn a_coefficient_squares_to_the_exact_fraction(schools in vec((1..60i64, 0..2_000i64), 2..5)) {
        prop_assume!(schools.iter().any(|(_, books)| *books > 0));
        let found = i128::from(of_books(&with_books(&schools), Stage::Primary).largest().unwrap());
        // CV² = (P Σ x²/p − X²) ÷ X², brought to one denominator with the product of all pupils.
        let all = |f: fn(&(i64, i64)) -> i64| schools.iter().map(|s| i128::from(f(s))).sum::<i128>();
        let (pupils, books) = (all(|s| s.0), all(|s| s.1));
        let product: i128 = schools.iter().map(|s| i128::from(s.0)).product();
        let squares: i128 =
            schools.iter().map(|s| i128::from(s.1) * i128::from(s.1) * (product / i128::from(s.0))).sum();
        let (above, below) = (pupils * squares - books * books * product, books * books * product);
        // (2·CV ± 1)² × below brackets 4 × 10¹² × above.
        let bound = |twice: i128| twice * twice * below;
        let exact = 4_000_000_000_000 * above;
        prop_assert!(found == 0 || bound(2 * found - 1) <= exact);
        prop_assert!(exact < bound(2 * found + 1));
    }
}
