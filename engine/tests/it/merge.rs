//! Bringing plans together: nothing chosen changes nothing, everything chosen is the other plan,
//! and what two sides made of one plan comes together without loss.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use shapan_engine::merge::*;
use shapan_engine::*;
use shapan_testing::arbitrary::{
    cases, measure as any_measure, plan as any_plan, text as any_text,
};
use shapan_testing::*;
use std::collections::{BTreeMap, BTreeSet};

/// A command that moves something of a plan.
fn any_command(plan: &Plan) -> BoxedStrategy<Command> {
    let scenarios: Vec<ScenarioId> = plan.scenarios.iter().map(|s| s.id.clone()).collect();
    let stacks = plan.scenarios.iter().flat_map(|s| s.measures.iter().map(|m| (s.id.clone(), m)));
    let stacks: Vec<_> = stacks.map(|(s, m)| (s, m.id.clone())).collect();
    let (things, paths) = (shapan_testing::things(plan), plan.parameters().map(|(p, _)| p));
    let paths: Vec<ParamPath> = paths.collect();
    let numbers: BTreeMap<ParamPath, Parameter> =
        plan.parameters().map(|(path, p)| (path, p.clone())).collect();
    let put = {
        let (plan, scenarios) = (plan.clone(), scenarios.clone());
        select(["m-0", "m-1", "new-0", "new-1"].map(id::<MeasureId>).to_vec())
            .prop_flat_map(move |id| (select(scenarios.clone()), any_measure(&plan, id)))
            .prop_map(|(scenario, measure)| Command::PutMeasure {
                scenario,
                measure: Box::new(measure),
            })
    };
    let noted = (any_text(), select(paths)).prop_map(move |(note, path)| {
        let mut parameter = numbers[&path].clone();
        parameter.basis.note = Some(note);
        Command::SetParameter { path, parameter: Box::new(parameter) }
    });
    let move_one = if stacks.is_empty() {
        Just(Command::Together(Vec::new())).boxed()
    } else {
        (select(stacks.clone()), 0..3usize)
            .prop_map(|((scenario, measure), to)| Command::MoveMeasure { scenario, measure, to })
            .boxed()
    };
    let drop_one = if stacks.is_empty() {
        Just(Command::Together(Vec::new())).boxed()
    } else {
        select(stacks)
            .prop_map(|(scenario, measure)| Command::RemoveMeasure { scenario, measure })
            .boxed()
    };
    prop_oneof![
        1 => (any_text(), any_text()).prop_map(|(title, place)| Command::NamePlan { title, place }),
        2 => select(things.clone()).prop_map(Command::Remove),
        1 => (select(things), 0..4usize).prop_map(|(thing, to)| Command::Move { thing, to }),
        4 => noted,
        4 => put,
        2 => move_one,
        1 => drop_one,
        2 => (select(scenarios.clone()), any_text()).prop_map(|(scenario, name)| Command::RenameScenario { scenario, name }),
        1 => select(scenarios).prop_map(Command::RemoveScenario),
    ]
    .boxed()
}

/// A plan after some commands, those that are refused left out.
fn after(plan: &Plan, commands: Vec<Command>) -> Plan {
    let mut document = Document::new(plan.clone());
    for command in commands {
        let _ = document.dispatch(command, None);
    }
    Plan::clone(document.plan())
}

/// A plan, and what two readers made of it.
#[derive(Clone, Debug)]
struct TwoSides {
    base: Plan,
    ours: Plan,
    theirs: Plan,
}

fn two_sides() -> impl Strategy<Value = TwoSides> {
    any_plan().prop_flat_map(|plan| {
        let side = vec(any_command(&plan), 0..5);
        (Just(plan), side.clone(), side).prop_map(|(base, ours, theirs)| TwoSides {
            ours: after(&base, ours),
            theirs: after(&base, theirs),
            base,
        })
    })
}

/// What a plan says, whatever the order of its lists; measures in their order.
#[derive(Debug, PartialEq)]
struct Said {
    title: Text,
    place: Text,
    horizon: Horizon,
    things: BTreeMap<String, String>,
}

fn said(plan: &PlanParts) -> Said {
    let mut things = BTreeMap::new();
    for list in [
        plan.citations
            .iter()
            .map(|t| (format!("c/{}", t.id), format!("{t:?}")))
            .collect::<Vec<_>>(),
        plan.regions.iter().map(|t| (format!("r/{}", t.id), format!("{t:?}"))).collect(),
        plan.populations.iter().map(|t| (format!("p/{}", t.id), format!("{t:?}"))).collect(),
        plan.sources.iter().map(|t| (format!("s/{}", t.id), format!("{t:?}"))).collect(),
        plan.programmes.iter().map(|t| (format!("g/{}", t.id), format!("{t:?}"))).collect(),
        plan.schools.iter().map(|t| (format!("o/{}", t.id), format!("{t:?}"))).collect(),
        plan.resources.iter().map(|t| (format!("e/{}", t.id), format!("{t:?}"))).collect(),
        plan.indicators.iter().map(|t| (format!("i/{}", t.id), format!("{t:?}"))).collect(),
        plan.rules.iter().map(|t| (format!("u/{}", t.id), format!("{t:?}"))).collect(),
        plan.tasks.iter().map(|t| (format!("t/{}", t.id), format!("{t:?}"))).collect(),
        plan.scenarios.iter().map(|t| (format!("z/{}", t.id), format!("{t:?}"))).collect(),
    ] {
        things.extend(list);
    }
    let (title, place) = (plan.title.clone(), plan.place.clone());
    Said { title, place, horizon: plan.horizon, things }
}

fn dispatched(plan: &Plan, resolved: &Resolved) -> Plan {
    let mut document = Document::new(plan.clone());
    if let Some(command) = &resolved.command {
        document.dispatch(command.clone(), None).unwrap();
        let done = Plan::clone(document.plan());
        assert!(document.undo());
        assert_eq!(**document.plan(), *plan, "undo restores exactly");
        return done;
    }
    plan.clone()
}

fn chosen(preview: &Preview, by: &[Index]) -> BTreeMap<Key, Choice> {
    let each = preview.items.iter().zip(by.iter().cycle());
    each.map(|(item, n)| (item.key.clone(), item.choices[n.index(item.choices.len())])).collect()
}

proptest! {
    #![proptest_config(cases(96))]

    #[test]
    fn an_identical_plan_has_nothing_to_offer(plan in any_plan()) {
        let preview = Preview::of(&plan, &plan, None);
        prop_assert_eq!(&preview.items, &[]);
        prop_assert_eq!(preview.resolve(&BTreeMap::new()).unwrap(), Resolved::default());
    }

    #[test]
    fn choosing_nothing_changes_nothing(TwoSides { base: plan, theirs, .. } in two_sides()) {
        let preview = Preview::of(&plan, &theirs, None);
        let nothing = preview.items.iter().map(|i| (i.key.clone(), Choice::Ours)).collect();
        prop_assert_eq!(preview.resolve(&nothing).unwrap(), Resolved::default());
    }

    #[test]
    fn taking_everything_of_a_plan_is_that_plan(TwoSides { ours, theirs, .. } in two_sides()) {
        // What is adopted stays, and adoption does not travel.
        let [ours, theirs] = [ours, theirs].map(|plan| {
            plan.edit(|p| p.scenarios.iter_mut().for_each(|s| s.adopted = None)).unwrap()
        });
        let preview = Preview::of(&ours, &theirs, None);
        let resolved = preview.resolve(&preview.everything()).unwrap();
        let done = dispatched(&ours, &resolved);
        let (a, b) = (said(&done), said(&theirs));
        for (name, thing) in &a.things {
            prop_assert_eq!(Some(thing), b.things.get(name), "{}", name);
        }
        prop_assert_eq!(a, b);
        prop_assert_eq!(Preview::of(&done, &theirs, None).items, vec![]);
    }

    #[test]
    fn any_choice_is_a_sound_plan_or_a_refusal(
        (here, there) in (any_plan(), any_plan()),
        by in vec(any::<Index>(), 1..40),
    ) {
        let preview = Preview::of(&here, &there, None);
        let choices = chosen(&preview, &by);
        match preview.resolve(&choices) {
            Ok(resolved) => { dispatched(&here, &resolved); }
            Err(refusal) => prop_assert!(
                refusal.item.is_some() || matches!(refusal.error, CommandError::Unsound(_)),
                "{refusal}"
            ),
        }
    }

    #[test]
    fn any_choice_between_versions_of_a_plan_is_a_sound_plan_or_a_refusal(
        TwoSides { base, ours: here, theirs: there } in two_sides(),
        by in vec(any::<Index>(), 1..20),
    ) {
        for base in [None, Some(&base)] {
            let preview = Preview::of(&here, &there, base);
            if let Ok(resolved) = preview.resolve(&chosen(&preview, &by)) {
                dispatched(&here, &resolved);
            }
        }
    }

    #[test]
    fn where_one_side_did_nothing_the_other_is_what_comes(TwoSides { base, ours, .. } in two_sides()) {
        let left = three_way(&base, &ours, &base);
        prop_assert_eq!(said(&left.plan), said(&ours));
        prop_assert!(left.conflicts.is_empty() && left.taken.is_empty());
        let right = three_way(&base, &base, &ours);
        prop_assert_eq!(said(&right.plan), said(&ours));
        prop_assert_eq!(right.conflicts, vec![]);
        let same = three_way(&base, &ours, &ours);
        prop_assert_eq!(said(&same.plan), said(&ours));
        prop_assert_eq!(same.conflicts, vec![]);
    }

    #[test]
    fn two_sides_lose_nothing_that_is_not_listed(TwoSides { base, ours, theirs } in two_sides()) {
        let merged = three_way(&base, &ours, &theirs);
        // Nothing of ours is gone: from ours to the result only what was taken moved.
        let moved = Preview::of(&ours, &merged.plan, None).items;
        let taken: BTreeSet<&Key> = merged.taken.iter().collect();
        for item in &moved {
            let of_a_taken_one = matches!(&item.key, Key::Parameter(_) | Key::Scenario(_));
            prop_assert!(taken.contains(&item.key) || of_a_taken_one, "{}", item.key);
        }
        // Nothing of theirs is gone unless it is listed.
        let listed: BTreeSet<&Key> = merged.conflicts.iter().collect();
        for item in Preview::of(&base, &theirs, None).items {
            let whole = Preview::of(&merged.plan, &theirs, None).items;
            let still = whole.iter().any(|i| i.key == item.key && i.sort == item.sort);
            prop_assert!(!still || listed.contains(&item.key) || matches!(item.key, Key::Scenario(_)), "{}", item.key);
        }
        let mut document = Document::new(ours.clone());
        if document.dispatch(merged.command(), None).is_ok() && document.can_undo() {
            document.undo();
            prop_assert_eq!(&**document.plan(), &ours);
        }
    }
}

fn set(plan: &Plan, path: &str, value: i64) -> Plan {
    let path: ParamPath = path.parse().unwrap();
    let command = Command::SetParameter { path, parameter: Box::new(always(value)) };
    let mut document = Document::new(plan.clone());
    document.dispatch(command, None).unwrap();
    Plan::clone(document.plan())
}

#[test]
fn two_tabs_that_change_different_numbers_of_one_programme_both_count() {
    let base = small_plan();
    let ours = set(&base, "programmes/boarding/standard", 777);
    let theirs = set(&base, "programmes/teachers/standard", 888);
    let merged = three_way(&base, &ours, &theirs);
    assert_eq!(merged.conflicts, []);
    assert_eq!(merged.plan, set(&ours, "programmes/teachers/standard", 888));
}

#[test]
fn two_tabs_that_change_one_number_leave_ours_and_list_it() {
    let base = small_plan();
    let ours = set(&base, "programmes/boarding/standard", 777);
    let theirs = set(&base, "programmes/boarding/standard", 888);
    let merged = three_way(&base, &ours, &theirs);
    assert_eq!(merged.plan, ours);
    let conflicts: Vec<_> = merged.conflicts.iter().map(ToString::to_string).collect();
    assert_eq!(conflicts, ["programmes/boarding/standard/from/2000-spring"]);
}

#[test]
fn what_theirs_adds_for_something_ours_removed_is_listed_not_lost_in_silence() {
    let base = small_plan();
    let ours = after(&base, vec![Command::Remove(ThingId::Population(id("boarders")))]);
    let mut added = base.programmes[0].clone();
    added.id = id("more-boarding");
    let theirs = after(&base, vec![Command::Put(added.into())]);
    let merged = three_way(&base, &ours, &theirs);
    assert_eq!(merged.plan, ours);
    assert_eq!(merged.conflicts.len(), 1);
}

#[test]
fn a_programme_brings_what_it_needs() {
    let there = small_plan();
    let here = after(&there, vec![Command::Remove(ThingId::Population(id("boarders")))]);
    let preview = Preview::of(&here, &there, None);
    let programme = Key::Thing(ThingId::Programme(id("boarding")));
    let mut choices: BTreeMap<Key, Choice> =
        preview.items.iter().map(|i| (i.key.clone(), Choice::Ours)).collect();
    choices.insert(programme.clone(), Choice::Theirs);
    let resolved = preview.resolve(&choices).unwrap();
    let along: Vec<_> = resolved.follows.iter().map(|f| f.key.to_string()).collect();
    assert!(along.contains(&"populations/boarders".to_owned()), "{along:?}");
    assert!(resolved.follows.iter().any(|f| f.because == programme));
    let done = dispatched(&here, &resolved);
    assert!(done.programmes.iter().any(|p| p.id.as_str() == "boarding"));
}

#[test]
fn a_name_that_stands_for_another_thing_is_a_conflict_and_both_can_stay() {
    let here = small_plan();
    let there = here
        .edit(|p| {
            p.programmes[0].name = words("校车", "School buses");
            p.programmes[0].driver = Driver::Lump { amount: still(5_000) };
            p.programmes[0].split.base_standard = None;
            p.aliases.clear();
            for change in p.scenarios.iter_mut().flat_map(|s| &mut s.measures) {
                change.changes.retain(|c| !c.path.to_string().starts_with("programmes/boarding/"));
            }
        })
        .unwrap();
    let preview = Preview::of(&here, &there, None);
    let key = Key::Thing(ThingId::Programme(here.programmes[0].id.clone()));
    let item = preview.items.iter().find(|i| i.key == key).unwrap();
    expect!(item, sort: Sort::Conflict, default: Choice::Ours);
    let mut choices: BTreeMap<Key, Choice> =
        preview.items.iter().map(|i| (i.key.clone(), Choice::Ours)).collect();
    choices.insert(key, Choice::Both);
    let done = dispatched(&here, &preview.resolve(&choices).unwrap());
    assert_eq!(done.programmes.len(), here.programmes.len() + 1);
    assert!(done.programmes.iter().any(|p| p.id.as_str() == "boarding-1"));
}

#[test]
fn an_adopted_scenario_stays_and_a_copy_can_come_beside_it() {
    let plan = small_plan();
    let day = Date::new(year(2012), 3, 1).unwrap();
    let scenario = id("adopted");
    let here = after(&plan, vec![Command::Adopt { scenario, on: Some(day) }]);
    let there = plan.edit(|p| p.scenarios[1].measures[0].enabled ^= true).unwrap();
    let preview = Preview::of(&here, &there, None);
    assert_eq!(preview.items.len(), 1);
    assert_eq!(preview.items[0].choices, [Choice::Ours, Choice::Both]);
    let choices = [(preview.items[0].key.clone(), Choice::Both)].into();
    let done = dispatched(&here, &preview.resolve(&choices).unwrap());
    assert_eq!(done.scenarios.len(), here.scenarios.len() + 1);
    assert!(done.scenarios.iter().any(|s| s.id.as_str() == "adopted-1" && s.adopted.is_none()));
}
