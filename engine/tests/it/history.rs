//! The document: every change can be taken back and done again, and what fails changes nothing.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use shapan_engine::*;
use shapan_testing::arbitrary::{
    cases, measure as any_measure, plan as any_plan, text as any_text,
};
use shapan_testing::*;
use std::sync::Arc;

/// Any command: mostly on what is there, sometimes on what is not.
fn any_command(plan: &Plan) -> BoxedStrategy<Command> {
    let mut scenarios: Vec<ScenarioId> = plan.scenarios.iter().map(|s| s.id.clone()).collect();
    scenarios.extend(["new-0", "new-1"].map(id));
    let measures: Vec<MeasureId> = ["m-0", "m-1", "m-2", "new-0", "new-1"].map(id).to_vec();
    let scenario = || select(scenarios.clone());
    let which = || select(measures.clone());
    let parent = prop_oneof![9 => scenario().prop_map(Some), 1 => Just(None)];
    let to_put = {
        let plan = plan.clone();
        which().prop_flat_map(move |id| any_measure(&plan, id))
    };
    let added = (scenario(), parent, any_text(), vec(to_put.clone(), 0..=1)).prop_map(
        |(id, parent, name, measures)| Scenario {
            id,
            name,
            parent,
            measures,
            adopted: None,
            extra: Extra::default(),
        },
    );
    let things = shapan_testing::things(plan);
    let paths: Vec<ParamPath> = plan.parameters().map(|(path, _)| path).collect();
    let day = Date::new(Year::new(2012).unwrap(), 3, 1).unwrap();
    prop_oneof![
        (any_text(), any_text()).prop_map(|(title, place)| Command::NamePlan { title, place }),
        select(things.clone()).prop_map(Command::Remove),
        (select(things.clone()), 0..4usize).prop_map(|(thing, to)| Command::Move { thing, to }),
        select(things).prop_map(|thing| Command::Together(vec![
            Command::Remove(thing.clone()),
            Command::Move { thing, to: 0 },
        ])),
        (any_text(), select(paths)).prop_map(|(note, path)| {
            let basis = Basis { note: Some(note), ..Basis::default() };
            Command::SetParameter {
                path,
                parameter: Box::new(Parameter { basis, ..Parameter::default() }),
            }
        }),
        (scenario(), any::<bool>()).prop_map(move |(scenario, adopt)| Command::Adopt {
            scenario,
            on: adopt.then_some(day),
        }),
        vec(added, 0..=2).prop_map(Command::AddScenarios),
        (scenario(), any_text())
            .prop_map(|(scenario, name)| Command::RenameScenario { scenario, name }),
        scenario().prop_map(Command::RemoveScenario),
        (scenario(), to_put).prop_map(|(scenario, measure)| Command::PutMeasure {
            scenario,
            measure: Box::new(measure)
        }),
        (scenario(), which())
            .prop_map(|(scenario, measure)| Command::RemoveMeasure { scenario, measure }),
        (scenario(), which(), 0..5usize).prop_map(|(scenario, measure, to)| Command::MoveMeasure {
            scenario,
            measure,
            to
        }),
        (scenario(), which(), any::<bool>()).prop_map(|(scenario, measure, enabled)| {
            Command::SwitchMeasure { scenario, measure, enabled }
        }),
    ]
    .boxed()
}

type Dispatched = (Command, Option<Gesture>);

fn plan_and_commands() -> impl Strategy<Value = (Plan, Vec<Dispatched>)> {
    any_plan().prop_flat_map(|plan| {
        let gesture = prop_oneof![2 => Just(None), 1 => (0..2u64).prop_map(|n| Some(Gesture(n)))];
        let commands = vec((any_command(&plan), gesture), 1..=12);
        (Just(plan), commands)
    })
}

proptest! {
    #![proptest_config(cases(64))]

    #[test]
    fn undone_to_the_start_a_plan_is_what_it_was_and_redone_to_the_end_what_it_became(
        (plan, commands) in plan_and_commands()
    ) {
        let mut document = Document::new(plan.clone());
        for (command, gesture) in commands {
            let _refused = document.dispatch(command, gesture);
        }
        let became = Arc::clone(document.plan());

        // Step by step both ways, each plan on the way back met again on the way forth.
        let mut passed = vec![Arc::clone(document.plan())];
        while document.undo() {
            passed.push(Arc::clone(document.plan()));
        }
        prop_assert!(!document.can_undo());
        prop_assert_eq!(&**document.plan(), &plan);
        prop_assert!(passed.windows(2).all(|w| w[0] != w[1]), "every step is seen");
        passed.pop();
        while document.redo() {
            prop_assert_eq!(document.plan(), &passed.pop().unwrap());
        }
        prop_assert!(!document.can_redo());
        prop_assert_eq!(document.plan(), &became);
    }

    #[test]
    fn a_command_that_fails_changes_nothing_and_one_that_succeeds_moves_the_revision(
        (plan, commands) in plan_and_commands(),
        undone in any::<Index>(),
    ) {
        let mut document = Document::new(plan);
        let undone = undone.index(commands.len());
        for (n, (command, gesture)) in commands.into_iter().enumerate() {
            if n == undone {
                document.undo();
            }
            let before = document.clone();
            match document.dispatch(command, gesture) {
                Err(_) => {
                    prop_assert_eq!(document.plan(), before.plan());
                    prop_assert_eq!(document.revision(), before.revision());
                    prop_assert_eq!(document.can_redo(), before.can_redo());
                    prop_assert_eq!(document.can_undo(), before.can_undo());
                }
                Ok(()) => {
                    let is_changed = document.plan() != before.plan();
                    prop_assert_eq!(is_changed, document.revision() != before.revision());
                    // Where only scenarios moved only they were checked: nothing slipped through.
                    let parts = Plan::clone(document.plan()).into_parts();
                    prop_assert!(Plan::new(parts).is_ok());
                }
            }
            let status_quo = document.plan().status_quo().unwrap();
            prop_assert!(status_quo.measures.is_empty());
            prop_assert_eq!(&status_quo.id, &before.plan().status_quo().unwrap().id);
        }
    }
}

fn document() -> Document {
    Document::new(small_plan())
}

fn rename(scenario: &str, name: &str) -> Command {
    Command::RenameScenario { scenario: id(scenario), name: words(name, name) }
}

/// A lever at a value: the raise with another amount.
fn lever(plan: &Plan, value: i64) -> Command {
    let mut raise = plan.lineage(&id("adopted"))[1].measures[0].clone();
    raise.changes[0].value = ChangeValue::One(value);
    Command::PutMeasure { scenario: id("adopted"), measure: Box::new(raise) }
}

fn lever_at(document: &Document) -> ChangeValue {
    document.plan().lineage(&id("adopted"))[1].measures[0].changes[0].value.clone()
}

#[test]
fn a_document_that_is_only_looked_at_stays_as_it_is_whatever_is_asked_of_it() {
    let mut seen = Document::read_only(small_plan());
    let asked = rename("proposal", "x");
    assert_eq!(seen.dispatch(asked.clone(), None), Err(CommandError::ReadOnly));
    assert_eq!(seen.dispatch(asked, Some(Gesture(1))), Err(CommandError::ReadOnly));
    seen.go_on_from(small_plan().edit(|p| p.is_sample ^= true).unwrap());
    assert!(!seen.undo() && !seen.redo() && !seen.can_undo() && !seen.can_redo());
    assert_eq!((&**seen.plan(), seen.revision()), (&small_plan(), 0));
}

#[test]
fn one_gesture_is_one_step() {
    let mut document = document();
    let start = Arc::clone(document.plan());
    for value in [26_000, 27_000, 30_000] {
        let command = lever(document.plan(), value);
        document.dispatch(command, Some(Gesture(1))).unwrap();
    }
    let command = lever(document.plan(), 40_000);
    document.dispatch(command, Some(Gesture(2))).unwrap();
    assert!(document.undo());
    assert_eq!(lever_at(&document), ChangeValue::One(30_000));
    assert!(document.undo());
    assert_eq!(document.plan(), &start);
    assert!(!document.can_undo());
    assert!(document.redo());
    assert_eq!(lever_at(&document), ChangeValue::One(30_000));
}

#[test]
fn commands_without_a_gesture_are_a_step_each() {
    let mut document = document();
    for value in [26_000, 27_000] {
        let command = lever(document.plan(), value);
        document.dispatch(command, None).unwrap();
    }
    assert!(document.undo());
    assert_eq!(lever_at(&document), ChangeValue::One(26_000));
}

#[test]
fn a_gesture_that_ends_where_it_began_leaves_no_step() {
    let mut document = document();
    for value in [26_000, 27_000, 25_000] {
        let command = lever(document.plan(), value);
        document.dispatch(command, Some(Gesture(1))).unwrap();
    }
    assert!(!document.can_undo());
    assert_eq!(**document.plan(), small_plan());
}

#[test]
fn a_gesture_that_was_undone_is_not_continued() {
    let mut document = document();
    for value in [26_000, 27_000] {
        let command = lever(document.plan(), value);
        document.dispatch(command, Some(Gesture(1))).unwrap();
    }
    document.undo();
    document.redo();
    let command = lever(document.plan(), 28_000);
    document.dispatch(command, Some(Gesture(1))).unwrap();
    document.undo();
    assert_eq!(lever_at(&document), ChangeValue::One(27_000));
}

#[test]
fn a_new_step_gives_up_what_was_undone() {
    let mut document = document();
    document.dispatch(rename("proposal", "a"), None).unwrap();
    document.undo();
    assert!(document.can_redo());
    document.dispatch(rename("proposal", "b"), None).unwrap();
    assert!(!document.can_redo());
    assert!(!document.redo());
}

#[test]
fn a_command_that_changes_nothing_is_no_step_and_keeps_what_was_undone() {
    let mut document = document();
    document.dispatch(rename("proposal", "a"), None).unwrap();
    document.undo();
    let revision = document.revision();
    document.dispatch(rename("proposal", "proposal"), None).unwrap();
    document.dispatch(Command::AddScenarios(Vec::new()), None).unwrap();
    assert_eq!(document.revision(), revision);
    assert!(!document.can_undo());
    assert!(document.can_redo());
}

#[test]
fn steps_beyond_the_limit_are_let_go_the_oldest_first() {
    let mut document = document();
    for n in 0..Document::MOST_STEPS + 3 {
        document.dispatch(rename("proposal", &format!("name {n}")), None).unwrap();
    }
    let mut steps = 0;
    while document.undo() {
        steps += 1;
    }
    assert_eq!(steps, Document::MOST_STEPS);
    let name = document.plan().lineage(&id("proposal"))[2].name.clone();
    assert_eq!(name.get(Lang::En), "name 2", "the first three renamings stand");
}

#[test]
fn a_scenario_on_which_another_is_stacked_is_not_removed() {
    let mut document = document();
    assert_eq!(
        document.dispatch(Command::RemoveScenario(id("adopted")), None),
        Err(CommandError::HasChildren { parent: id("adopted"), child: id("proposal") })
    );
    document.dispatch(Command::RemoveScenario(id("proposal")), None).unwrap();
    document.dispatch(Command::RemoveScenario(id("adopted")), None).unwrap();
    assert_eq!(document.plan().scenarios.len(), 1);
}

#[test]
fn the_status_quo_takes_no_measures_and_is_not_removed() {
    let mut document = document();
    let extra = Box::new(measure("extra", Vec::new()));
    let (scenario, unknown): (ScenarioId, MeasureId) = (id("status-quo"), id("any"));
    for command in [
        Command::RemoveScenario(scenario.clone()),
        Command::PutMeasure { scenario: scenario.clone(), measure: extra },
        Command::RemoveMeasure { scenario: scenario.clone(), measure: unknown.clone() },
        Command::MoveMeasure { scenario: scenario.clone(), measure: unknown.clone(), to: 0 },
        Command::SwitchMeasure { scenario, measure: unknown, enabled: false },
    ] {
        assert_eq!(document.dispatch(command, None), Err(CommandError::StatusQuo));
    }
    assert_eq!(**document.plan(), small_plan());
}

#[test]
fn what_is_not_there_is_named() {
    let mut document = document();
    assert_eq!(
        document.dispatch(rename("nowhere", "a"), None),
        Err(CommandError::UnknownScenario(id("nowhere")))
    );
    let missing = Command::RemoveMeasure { scenario: id("adopted"), measure: id("nothing") };
    assert_eq!(document.dispatch(missing, None), Err(CommandError::UnknownMeasure(id("nothing"))));
}

#[test]
fn what_would_leave_the_plan_unsound_is_refused_with_its_place() {
    let mut document = document();
    let unknown = change("programmes/nothing/standard", Operation::Set, 1, "2012-spring");
    let command = Command::PutMeasure {
        scenario: id("proposal"),
        measure: Box::new(measure("bad", vec![unknown])),
    };
    let faults = PlanErrors(vec![(
        Place("scenarios/proposal/bad/1".to_owned()),
        Fault::Unknown { id: "programmes/nothing/standard".to_owned() },
    )]);
    assert_eq!(document.dispatch(command, None), Err(CommandError::Unsound(faults)));
    assert_eq!(**document.plan(), small_plan());
}

#[test]
fn a_measure_put_again_is_replaced_in_its_place_and_a_new_one_goes_on_top() {
    let mut document = document();
    let order = |document: &Document| -> Vec<String> {
        let adopted = document.plan().lineage(&id("adopted"))[1];
        adopted.measures.iter().map(|m| m.id.to_string()).collect()
    };
    let command = lever(document.plan(), 1);
    document.dispatch(command, None).unwrap();
    assert_eq!(order(&document), ["raise", "build"]);
    let top = Command::PutMeasure {
        scenario: id("adopted"),
        measure: Box::new(measure("top", Vec::new())),
    };
    document.dispatch(top, None).unwrap();
    assert_eq!(order(&document), ["raise", "build", "top"]);
    for (to, expected) in [(0, ["top", "raise", "build"]), (9, ["raise", "build", "top"])] {
        let moved = Command::MoveMeasure { scenario: id("adopted"), measure: id("top"), to };
        document.dispatch(moved, None).unwrap();
        assert_eq!(order(&document), expected);
    }
}
