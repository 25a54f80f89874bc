//! Files: people by grade, schools, indicators, rules, tasks and former names, as they stand in
//! a file, and what is wrong with one.
#![allow(clippy::needless_pass_by_value, reason = "json! only borrows its parts")]

use serde_json::{Value, json};
use shapan_engine::files::{Contents, Problem, ReadError, Stamp, fingerprint, fit, read};
use shapan_engine::*;
use shapan_testing::*;

fn parameter(unit: &str, value: i64) -> Value {
    let steps = json!([{"from": "2000-spring", "value": value}]);
    json!({"unit": unit, "steps": steps, "basis": {"kind": "entered"}})
}

fn text(words: &str) -> Value {
    json!({"zh-Hans": words})
}

fn cohort(grades: &[i64], entry: Value) -> Value {
    json!({"cohort": {
        "censuses": [{"autumn": 2011, "grades": {"north": grades}}],
        "entry": entry,
        "basis": {"kind": "published"},
    }})
}

fn population(id: &str, stage: &str, heads: Value) -> Value {
    json!({"id": id, "name": text(id), "stage": stage, "heads": heads})
}

fn populations() -> Value {
    let births = json!({"births": {
        "births": [
            {"year": 2004, "born": {"north": 400, "south": 300}},
            {"year": 2006, "born": {"north": 410}},
        ],
        "growth": parameter("millionths-a-year", -10_000),
        "age": 6,
        "survival": parameter("millionths", 990_000),
        "rate": parameter("millionths", 1_000_000),
    }});
    let mut primary = population("primary", "primary", cohort(&[4, 4, 4, 4, 4, 4], births));
    let progress = &mut primary["heads"]["cohort"];
    progress["progression"] = json!({"1": parameter("millionths-any", 1_010_000)});
    progress["migration"] = json!({"2": parameter("net-count", -3)});
    primary["norms"] = json!({
        "class_size": parameter("count", 45),
        "class_limit": parameter("count", 56),
        "classes": parameter("count", 9),
        "pupils_per_post": parameter("millionths-of-a-pupil", 19_000_000),
        "posts": parameter("count", 20),
    });
    let given = json!({"given": parameter("count", 30)});
    let transfer = parameter("millionths", 980_000);
    let leavers = json!({"leavers": {"of": "primary", "transfer": transfer}});
    let divided = json!({"leavers": {
        "of": "junior", "transfer": transfer, "share": parameter("millionths", 550_000),
    }});
    json!([
        primary,
        population("preschool", "preschool", cohort(&[9, 8, 7], given)),
        population("junior", "junior", cohort(&[5, 5, 5], leavers)),
        population("senior", "senior", cohort(&[3, 3, 3], divided)),
        population(
            "vocational",
            "vocational",
            cohort(&[2, 2], json!({"rest": {"beside": "senior"}}))
        ),
    ])
}

fn indicators() -> Value {
    let completed = json!({"completed": {
        "programme": "works",
        "share": parameter("millionths", 500_000),
        "per_unit": parameter("count", 180),
    }});
    let target = |sense: &str, value: Value| json!({"sense": sense, "value": value});
    let basis = json!({"kind": "stated"});
    json!([
        {
            "id": "ratio", "name": text("比例"), "clause": "11", "scope": "per-region",
            "numerator": [{"given": parameter("count", 7)}, completed],
            "denominator": [{"heads": "preschool"}],
            "target": target("at-least", parameter("millionths-any", 750_000)),
            "basis": basis,
        },
        {
            "id": "count", "name": text("处数"), "scope": "city-wide",
            "numerator": [{"completed": {"programme": "works"}}],
            "unit_name": text("所"),
            "target": target("at-most", parameter("count", 168)),
            "basis": basis,
        },
        {
            "id": "money", "name": text("投入"), "scope": "per-region",
            "numerator": [{"paid": "works"}],
            "target": target("at-least", parameter("fen", 30_000_000_000)),
            "basis": basis,
        },
    ])
}

fn rules() -> Value {
    let amount = |fen| json!({"amount": parameter("fen", fen)});
    let share = parameter("millionths", 200_000);
    let coefficient = parameter("millionths-any", 650_000);
    let figure = json!({
        "natures": ["personnel", "capital"],
        "tags": ["aid"],
        "accounts": ["land-income"],
        "per": {"pupil": ["primary", "junior"]},
        "before": parameter("fen", 100),
    });
    let each = json!({"each": {"at_most": coefficient, "levels_met": 1}});
    let kinds = [
        json!({"earmark": {"source": "surcharge", "tag": "aid", "at_least": share}}),
        json!({"share-of-budget": {"budget": amount(5), "at_least": share}}),
        json!({"growth": {"of": figure, "than": amount(6)}}),
        json!({"growth": {"of": {"per": "post"}}}),
        json!({"never-decrease": {"of": {}}}),
        json!({"envelope": {"source": "surcharge"}}),
        json!({"use-restriction": {"account": "land-income", "forbidden": ["recurrent"]}}),
        json!({"target": {"indicator": "ratio"}}),
        json!({"balance": {
            "stage": "primary",
            "resources": [{"resource": "books"}],
            "test": {"mean": {"at_most": coefficient}},
        }}),
        json!({"balance": {
            "stage": "junior",
            "resources": [{"resource": "books", "level": 25_000_000}],
            "test": each,
        }}),
    ];
    let rule = |(n, kind): (usize, Value)| {
        let id = format!("rule-{n}");
        json!({
            "id": id, "name": text("校核"), "scope": "per-region", "kind": kind,
            "basis": {"kind": "published"},
        })
    };
    kinds.into_iter().enumerate().map(rule).collect()
}

/// A file with one of each thing that files had no words for at first.
fn file() -> Value {
    let basis = json!({"kind": "entered"});
    let split = json!({"residual": "surcharge", "basis": basis});
    let aid = json!({"heads": {
        "population": "primary",
        "timing": "semester",
        "standard": {"amount": parameter("fen", 100)},
        "school_floor": parameter("count", 100),
    }});
    let works = json!({"works": {
        "units": parameter("count", 2),
        "unit_name": text("所"),
        "standard": {"amount": parameter("fen", 1_000)},
        "payment": [{"year": 2012, "millionths": 1_000_000}],
        "completion": [{"year": 2012, "millionths": 1_000_000}],
    }});
    let programme = |id: &str, driver: Value| json!({"id": id, "name": text(id), "nature": "aid", "driver": driver, "split": split});
    let raise = json!({
        "parameter": "programmes/aid/standard", "operation": "add", "value": 5,
        "from": "2012-spring",
    });
    json!({
        "format": "shapan/plan", "version": 1, "app": "", "saved_at": "",
        "plan": {
            "title": text("计划"), "place": text("某市"),
            "first_fiscal_year": 2012, "fiscal_years": 2,
            "citations": [],
            "regions": [
                {"id": "north", "name": text("北")},
                {"id": "south", "name": text("南"), "system": "five-four"},
            ],
            "populations": populations(),
            "sources": [{
                "id": "surcharge", "name": text("附加"), "payer": "county",
                "account": "education-surcharge",
                "revenue": {"amount": parameter("fen", 900)},
                "carry_over": true,
            }],
            "programmes": [programme("aid", aid), programme("works", works)],
            "schools": [
                {
                    "id": "hill", "name": text("山"), "region": "north", "kind": "teaching-point",
                    "pupils": {"primary": 45, "junior": 37}, "resources": {"books": 279},
                },
                {"id": "lake", "name": text("湖"), "region": "south"},
            ],
            "resources": [{"id": "books", "name": text("图书"), "unit": text("册")}],
            "indicators": indicators(),
            "rules": rules(),
            "tasks": [
                {
                    "id": "build", "title": text("建园"), "clause": "11", "parent": "part",
                    "department": text("学前科"), "due": "2012-12-31", "progress": 500_000,
                    "programmes": ["works"], "indicators": ["ratio", "count"], "basis": basis,
                },
                {"id": "part", "title": text("第三部分"), "basis": basis},
            ],
            "aliases": {"programmes/grant/standard": "programmes/aid/standard"},
            "scenarios": [
                {"id": "status-quo", "name": text("现状")},
                {"id": "more", "name": text("更多"), "parent": "status-quo", "measures": [{
                    "id": "raise", "title": text("提高"), "basis": basis, "enabled": true,
                    "changes": [raise],
                }]},
            ],
        },
    })
}

fn plan_of(file: &Value) -> Plan {
    match read(&file.to_string()) {
        Ok((Contents::Plan(plan), _)) => *plan,
        other => panic!("{other:?}"),
    }
}

/// The file with something put at a JSON pointer; a name at its end may be new.
fn spoilt(pointer: &str, value: Value) -> Value {
    let mut file = file();
    let (parent, field) = pointer.rsplit_once('/').unwrap();
    file.pointer_mut(parent).unwrap_or_else(|| panic!("{parent}"))[field] = value;
    file
}

fn written(plan: &Plan) -> Value {
    serde_json::from_str(&files::write_plan(plan, &Stamp::default())).unwrap()
}

#[test]
fn each_thing_is_written_as_it_was_read() {
    assert_eq!(written(&plan_of(&file())), file());
}

#[test]
fn what_is_read_is_what_the_words_say() {
    let plan = plan_of(&file());
    assert_eq!(plan.regions[0].system, SchoolSystem::SixThree);
    let Headcount::Cohort(primary) = &plan.populations[0].headcount else { panic!("a cohort") };
    assert_eq!(primary.progression[&1].steps[0].value, 1_010_000);
    assert_eq!(primary.migration[&2].steps[0].value, -3);
    assert_eq!(plan.schools[0].pupils[&Stage::Junior], 37);
    assert_eq!(plan.schools[1].kind, SchoolKind::Ordinary);
    let units: Vec<Unit> = plan.indicators.iter().map(Indicator::unit).collect();
    assert_eq!(units, [Unit::Rate, Unit::Count, Unit::Fen]);
    assert_eq!(plan.tasks[0].due, Some(id("2012-12-31")));
    assert_eq!(plan.rules[4].kind, RuleKind::NeverDecrease { of: Figure::default() });
    assert!(plan.sources[0].carry_over);
}

#[test]
fn what_a_plan_lacks_is_not_written_so_files_stay_what_they_were() {
    let mut plan = bare(2012, 2, &["north"]);
    plan.populations = vec![counted("pupils", 2011, &[("north", 12)])].into();
    plan.sources = vec![source("county")].into();
    plan.programmes =
        vec![programme("it", heads("pupils", still(200)), split(&[], "county"))].into();
    let plan = Plan::new(plan).unwrap();
    let file = written(&plan);
    let fields: Vec<_> = file["plan"].as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(
        fields,
        [
            "citations",
            "first_fiscal_year",
            "fiscal_years",
            "place",
            "populations",
            "programmes",
            "regions",
            "scenarios",
            "sources",
            "title"
        ]
    );
    for (place, fields) in [
        ("/plan/regions/0", 2),
        ("/plan/populations/0", 4),
        ("/plan/sources/0", 4),
        ("/plan/programmes/0", 5),
        ("/plan/programmes/0/driver/heads", 3),
    ] {
        assert_eq!(file.pointer(place).unwrap().as_object().unwrap().len(), fields, "{place}");
    }
    // As computed by the app that first wrote such files: a scenario made then still finds its base.
    assert_eq!(fingerprint(&plan), "504cea8b88bb4e9b");
}

#[test]
fn fields_of_a_newer_app_survive_in_schools_resources_indicators_rules_and_tasks() {
    let mut file = file();
    for list in ["schools", "resources", "indicators", "rules", "tasks"] {
        file["plan"][list][0]["from_tomorrow"] = json!({"deep": [1, null, "x"]});
    }
    assert_eq!(written(&plan_of(&file)), file);
}

/// What is wrong with one value of a file, and the way to it.
fn problem(file: &Value) -> (String, Problem) {
    match read(&serde_json::to_string_pretty(file).unwrap()) {
        Err(ReadError::Value { path, problem, .. }) => (path, problem),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_choice_there_is_no_word_for_is_named_with_its_way() {
    for (pointer, word, path) in [
        ("/plan/regions/1/system", "four-five", "plan.regions[1].system"),
        ("/plan/schools/0/kind", "nine-year", "plan.schools[0].kind"),
        ("/plan/schools/0/pupils/infant", "", "plan.schools[0].pupils.infant"),
        ("/plan/indicators/0/target/sense", "exactly", "plan.indicators[0].target.sense"),
        ("/plan/rules/2/kind/growth/of/per", "school", "plan.rules[2].kind.growth.of.per"),
        (
            "/plan/rules/6/kind/use-restriction/forbidden",
            "",
            "plan.rules[6].kind.use-restriction.forbidden",
        ),
    ] {
        let (found, problem) = problem(&spoilt(pointer, json!(word)));
        assert_eq!(found, path, "{problem}");
    }
    let (path, problem) = problem(&spoilt("/plan/rules/0/kind", json!({"wish": {}})));
    assert_eq!(path, "plan.rules[0].kind");
    assert!(matches!(problem, Problem::Word { found, .. } if found == "wish"));
}

#[test]
fn pupils_of_a_stage_given_twice_are_refused() {
    let file = file().to_string().replacen("\"junior\":37", "\"primary\":37", 1);
    let Err(ReadError::Value { path, problem, .. }) = read(&file) else { panic!("{file}") };
    assert_eq!(problem, Problem::Twice { name: "primary".to_owned() });
    assert_eq!(path, "plan.schools[0].pupils.primary");
}

#[test]
fn every_value_that_means_nothing_is_a_problem_at_its_place() {
    let grade = |text: &str| Problem::Grade(text.to_owned());
    let unit = |expected, found: &str| Problem::Unit { expected, found: found.to_owned() };
    let cohort = "/plan/populations/0/heads/cohort";
    for (pointer, value, path, problem) in [
        (
            "/plan/tasks/0/due".to_owned(),
            json!("2012-02-30"),
            "plan.tasks[0].due",
            Problem::Date(NotADate("2012-02-30".to_owned())),
        ),
        (
            format!("{cohort}/progression"),
            json!({"01": parameter("millionths-any", 1)}),
            "plan.populations[0].heads.cohort.progression",
            grade("01"),
        ),
        (
            format!("{cohort}/migration"),
            json!({"0": parameter("net-count", 1)}),
            "plan.populations[0].heads.cohort.migration",
            grade("0"),
        ),
        (
            format!("{cohort}/migration"),
            json!({"256": parameter("net-count", 1)}),
            "plan.populations[0].heads.cohort.migration",
            grade("256"),
        ),
        (
            format!("{cohort}/migration/2"),
            parameter("count", 1),
            "plan.populations[0].heads.cohort.migration.2.unit",
            unit("net-count", "count"),
        ),
        (
            format!("{cohort}/entry/births/births/0/year"),
            json!(20_040),
            "plan.populations[0].heads.cohort.entry.births.births[0].year",
            Problem::Year(20_040),
        ),
        (
            "/plan/populations/0/norms/pupils_per_post".to_owned(),
            parameter("millionths", 1),
            "plan.populations[0].norms.pupils_per_post.unit",
            unit("millionths-of-a-pupil", "millionths"),
        ),
        // What is counted says the unit of the target.
        (
            "/plan/indicators/0/target/value".to_owned(),
            parameter("count", 75),
            "plan.indicators[0].target.value.unit",
            unit("millionths-any", "count"),
        ),
        (
            "/plan/indicators/2/target/value".to_owned(),
            parameter("count", 75),
            "plan.indicators[2].target.value.unit",
            unit("fen", "count"),
        ),
        (
            "/plan/rules/8/kind/balance/test/mean/at_most".to_owned(),
            parameter("millionths", 1),
            "plan.rules[8].kind.balance.test.mean.at_most.unit",
            unit("millionths-any", "millionths"),
        ),
        (
            "/plan/rules/0/kind/earmark/tag".to_owned(),
            json!(" "),
            "plan.rules[0].kind.earmark.tag",
            Problem::Text(TextError::Empty),
        ),
        (
            "/plan/rules/2/kind/growth/of/per/pupil".to_owned(),
            json!(["Nobody"]),
            "plan.rules[2].kind.growth.of.per.pupil[0]",
            Problem::Id(NotAnId("Nobody".to_owned())),
        ),
        (
            "/plan/schools/0/resources".to_owned(),
            json!({"a b": 1}),
            "plan.schools[0].resources",
            Problem::Id(NotAnId("a b".to_owned())),
        ),
        (
            "/plan/aliases".to_owned(),
            json!({"programmes/grant": "programmes/aid/standard"}),
            "plan.aliases",
            Problem::Path(NotAPath("programmes/grant".to_owned())),
        ),
        (
            "/plan/aliases".to_owned(),
            json!({"programmes/grant/standard": "aid"}),
            "plan.aliases[\"programmes/grant/standard\"]",
            Problem::Path(NotAPath("aid".to_owned())),
        ),
    ] {
        let (found, is) = self::problem(&spoilt(&pointer, value));
        // A name is told where it stands.
        assert!(found.starts_with(path), "{found}");
        assert_eq!(is, problem, "{path}");
    }
}

const PARAMETER: &str = "/plan/scenarios/1/measures/0/changes/0/parameter";

#[test]
fn a_change_under_a_former_name_is_read_as_one_of_what_it_is_called_now() {
    let former = spoilt(PARAMETER, json!("programmes/grant/standard"));
    let plan = plan_of(&former);
    assert_eq!(plan, plan_of(&file()));
    assert_eq!(written(&plan), file(), "and written so");

    // A name that is neither is no parameter of the plan.
    let unknown = spoilt(PARAMETER, json!("programmes/gift/standard"));
    assert!(matches!(read(&unknown.to_string()), Err(ReadError::Unsound(_))));
}

#[test]
fn a_scenario_made_under_a_former_name_fits_what_the_parameter_is_called_now() {
    // The same plan before the aid was renamed.
    let mut before: Value =
        serde_json::from_str(&file().to_string().replace("\"aid\"", "\"grant\"")).unwrap();
    before["plan"].as_object_mut().unwrap().remove("aliases");
    for programme in before["plan"]["programmes"].as_array_mut().unwrap() {
        programme["nature"] = json!("aid");
    }
    before.pointer_mut(PARAMETER).map(|p| *p = json!("programmes/grant/standard")).unwrap();
    let amount = "/plan/programmes/0/driver/heads/standard/amount/steps/0/value";
    *before.pointer_mut(amount).unwrap() = json!(90);
    let before = plan_of(&before);
    let file_of_scenario = files::write_scenario(&before, &id("more"), &Stamp::default()).unwrap();
    let Contents::Scenario(bundle) = read(&file_of_scenario).unwrap().0 else { panic!("one") };

    let plan = plan_of(&file());
    let fitted = fit(&plan, &bundle);
    assert_eq!(fitted.missing, []);
    let current: ParamPath = id("programmes/aid/standard");
    let [difference] = &fitted.differences[..] else { panic!("{:?}", fitted.differences) };
    assert_eq!(difference.path, current);
    assert_eq!((difference.there.steps[0].value, difference.here.steps[0].value), (90, 100));
    assert_eq!(
        (fitted.scenarios, fitted.subject),
        (vec![], Some(id("more"))),
        "it is there already"
    );

    let bare = plan.edit(|p| p.scenarios.truncate(1)).unwrap();
    let fitted = fit(&bare, &bundle);
    assert_eq!(fitted.scenarios[0].measures[0].changes[0].path, current);
}

#[test]
fn the_sample_states_its_goals_in_three_languages_and_names_what_it_lacks_a_source_for() {
    let plan = taian_2012().unwrap();
    assert_eq!(plan.indicators.len(), 9);
    assert_eq!(plan.rules.len(), 7);
    assert_eq!(plan.tasks.len(), 15);
    let names = plan.indicators.iter().map(|i| &i.name);
    let names = names.chain(plan.rules.iter().map(|r| &r.name));
    for name in names.chain(plan.tasks.iter().map(|t| &t.title)) {
        for lang in Lang::ALL {
            assert!(name.exactly(lang).is_some(), "{name:?} in {lang:?}");
        }
    }
    // Every clause is a task, and what a clause states is linked to it.
    let clauses: Vec<_> = plan.tasks.iter().filter_map(|t| t.clause.as_deref()).collect();
    assert_eq!(clauses, ["1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12"]);
    for programme in plan.programmes.iter().filter(|p| p.clause.is_some()) {
        let task = plan.tasks.iter().find(|t| t.clause == programme.clause).unwrap();
        assert!(task.programmes.contains(&programme.id), "{}", programme.id);
    }
    for indicator in &plan.indicators {
        let task = plan.tasks.iter().find(|t| t.clause == indicator.clause).unwrap();
        assert!(task.indicators.contains(&indicator.id), "{}", indicator.id);
        let target = indicator.target.as_ref().unwrap();
        assert_eq!(target.value.basis.kind, BasisKind::Stated, "{}", indicator.id);
        for term in indicator.numerator.iter().chain(&indicator.denominator) {
            if let Term::Given(number) = term {
                assert_eq!(number.basis.kind, BasisKind::Illustrative, "{}", indicator.id);
            }
        }
    }
}
