//! Commands on the things of a plan: what goes with what, what may be set, what stays as it is.

use proptest::prelude::*;
use shapan_engine::*;
use shapan_testing::arbitrary::{cases, plan as any_plan};
use shapan_testing::*;

fn carried_out(plan: &Plan, command: Command) -> Result<Plan, CommandError> {
    let mut document = Document::new(plan.clone());
    document.dispatch(command, None)?;
    Ok(Plan::clone(document.plan()))
}

proptest! {
    #![proptest_config(cases(48))]

    #[test]
    fn removing_a_thing_takes_with_it_what_was_told_and_leaves_a_sound_plan(plan in any_plan()) {
        let before = things(&plan);
        for thing in &before {
            let told = plan.removal(thing).unwrap();
            match carried_out(&plan, Command::Remove(thing.clone())) {
                Ok(after) => {
                    let left = things(&after);
                    let gone: Vec<&ThingId> = before.iter().filter(|t| !left.contains(t)).collect();
                    prop_assert_eq!(gone.len(), told.things.len());
                    prop_assert!(gone.iter().all(|t| told.things.contains(t)));
                    let changes = |p: &Plan| -> usize {
                        p.scenarios.iter().flat_map(|s| &s.measures).map(|m| m.changes.len()).sum()
                    };
                    prop_assert_eq!(changes(&plan) - changes(&after), told.changes.len());
                }
                Err(CommandError::Adopted(scenario)) => {
                    // A change that names a region among others stays without it, and a measure
                    // without its citation: neither as it was adopted.
                    let told = told.changes.iter().any(|c| plan.is_locked(&c.0));
                    let is_named = matches!(thing, ThingId::Region(_) | ThingId::Citation(_));
                    prop_assert!(told || is_named, "{}", scenario);
                }
                Err(CommandError::Unsound(errors)) => {
                    // A plan without regions is none.
                    prop_assert!(plan.regions.len() == 1, "{}: {:?}", thing, errors);
                }
                Err(other) => prop_assert!(false, "{}: {}", thing, other),
            }
        }
    }

    #[test]
    fn a_parameter_that_is_set_is_that_one_and_no_other(plan in any_plan()) {
        let paths: Vec<ParamPath> = plan.parameters().map(|(path, _)| path).collect();
        for path in paths {
            let mut marked = plan.parameters().find(|(p, _)| *p == path).unwrap().1.clone();
            marked.basis.note = Some(words("改过", "moved"));
            let parameter = Box::new(marked.clone());
            let set = Command::SetParameter { path: path.clone(), parameter };
            let after = carried_out(&plan, set).unwrap();
            for ((here, was), (there, is)) in plan.parameters().zip(after.parameters()) {
                prop_assert_eq!(&here, &there);
                prop_assert_eq!(is, if here == path { &marked } else { was });
            }
        }
    }
}

#[test]
fn an_adopted_scenario_and_what_it_inherits_stay_as_they_are_and_a_copy_can_change() {
    let plan = small_plan();
    let adopted: ScenarioId = id("adopted");
    let day = Date::new(Year::new(2012).unwrap(), 3, 1);
    let plan = carried_out(&plan, Command::Adopt { scenario: adopted.clone(), on: day }).unwrap();
    assert!(plan.is_locked(&adopted));
    let measure = plan.lineage(&adopted)[1].measures[0].clone();
    let name = words("改名", "renamed");
    let scenario = adopted.clone();
    let refused = [
        Command::SwitchMeasure {
            scenario: scenario.clone(),
            measure: measure.id.clone(),
            enabled: false,
        },
        Command::RemoveMeasure { scenario: scenario.clone(), measure: measure.id.clone() },
        Command::MoveMeasure { scenario: scenario.clone(), measure: measure.id.clone(), to: 0 },
        Command::PutMeasure { scenario: scenario.clone(), measure: Box::new(measure.clone()) },
        Command::RenameScenario { scenario: scenario.clone(), name },
        Command::RemoveScenario(scenario),
        Command::Remove(ThingId::Programme(measure.changes[0].path.programme().unwrap().clone())),
    ];
    for command in refused {
        let told = carried_out(&plan, command.clone()).unwrap_err();
        assert_eq!(told, CommandError::Adopted(adopted.clone()), "{command:?}");
    }
    let copy = Scenario { id: id("copy"), adopted: None, ..plan.lineage(&adopted)[1].clone() };
    let plan = carried_out(&plan, Command::AddScenarios(vec![copy])).unwrap();
    let switch =
        Command::SwitchMeasure { scenario: id("copy"), measure: measure.id, enabled: false };
    let plan = carried_out(&plan, switch).unwrap();
    let withdrawn = Command::Adopt { scenario: adopted.clone(), on: None };
    assert!(!carried_out(&plan, withdrawn).unwrap().is_locked(&adopted));
}

#[test]
fn several_commands_are_one_step_and_all_or_nothing() {
    let mut document = Document::new(small_plan());
    let start = document.plan().clone();
    let rename =
        |title| Command::NamePlan { title: words(title, title), place: start.place.clone() };
    let missing = Command::Move { thing: ThingId::Region(id("nowhere")), to: 0 };
    let told = document.dispatch(Command::Together(vec![rename("甲"), missing]), None);
    assert_eq!(told, Err(CommandError::UnknownThing(ThingId::Region(id("nowhere")))));
    assert_eq!(*document.plan(), start);
    document.dispatch(Command::Together(vec![rename("甲"), rename("乙")]), None).unwrap();
    assert_eq!(document.plan().title, words("乙", "乙"));
    assert!(document.undo());
    assert_eq!(*document.plan(), start);
}

#[test]
fn a_population_of_the_sample_goes_with_its_programmes_and_their_clauses_stay() {
    let plan = taian_2012().unwrap();
    let thing = things(&plan)
        .into_iter()
        .find(|t| matches!(t, ThingId::Population(p) if p.as_str() == "primary-poor-boarders"))
        .unwrap();
    let told = plan.removal(&thing).unwrap();
    assert_eq!(told.things[0], thing);
    assert!(told.things.iter().any(|t| matches!(t, ThingId::Programme(_))), "{told:?}");
    assert!(!told.changes.is_empty());
    let after = carried_out(&plan, Command::Remove(thing)).unwrap();
    assert_eq!(after.tasks.len(), plan.tasks.len());
    assert_eq!(after.scenarios[1].measures.len(), plan.scenarios[1].measures.len());
}
