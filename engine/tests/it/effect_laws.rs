//! What holds of measures that change nothing, on arbitrary plans.

use proptest::prelude::*;
use shapan_engine::*;
use shapan_testing::agree;
use shapan_testing::arbitrary::{cases, plan_and_scenario};
use shapan_testing::trying::*;

/// Whether two outcomes show the same figures.
fn same_figures(plan: &Plan, a: &Outcome, b: &Outcome) -> bool {
    let regions = || 0..plan.regions.len();
    let heads = |o: &Outcome, p: &Population| {
        regions().map(|r| o.heads(&p.id, r).to_vec()).collect::<Vec<_>>()
    };
    let places = regions().map(Some).chain([None]);
    agree(plan, a, b)
        && plan.populations.iter().all(|p| heads(a, p) == heads(b, p))
        && places.into_iter().all(|region| {
            let cells = (0..plan.sources.len())
                .flat_map(|s| (0..plan.horizon.years()).map(move |y| (s, y)));
            cells.into_iter().all(|(s, y)| a.available(s, region, y) == b.available(s, region, y))
        })
}

/// Whether a path is of a number that only norms, indicators and rules read.
fn is_measured_elsewhere(path: &ParamPath) -> bool {
    use PopulationRole::{ClassLimit, ClassSize, Classes, Posts, PupilsPerPost};
    match path {
        ParamPath::Population(_, role) => {
            matches!(role, ClassSize | ClassLimit | Classes | Posts | PupilsPerPost)
        }
        ParamPath::Indicator(..) | ParamPath::Term(..) | ParamPath::Rule(..) => true,
        // An earmark may read revenue, and the cost of a target the price of works.
        ParamPath::Source(..)
        | ParamPath::Programme(_, ProgrammeRole::Standard | ProgrammeRole::Indexation) => true,
        _ => false,
    }
}

proptest! {
    #![proptest_config(cases(96))]

    #[test]
    fn a_silent_measure_leaves_every_figure_and_any_other_moves_one((plan, id) in plan_and_scenario()) {
        let Ok(whole) = evaluate(&plan, &id) else { return Ok(()) };
        let line = line(&plan, &id);
        for (place, (owner, measure)) in line.iter().enumerate() {
            let mut rest: Vec<&Measure> = line.iter().map(|(_, m)| *m).collect();
            rest.remove(place);
            let found = no_effect(&plan, &id, (owner, &measure.id)).unwrap();
            prop_assert_eq!(&found, &no_effect_in(&plan, &id, (owner, &measure.id), &whole).unwrap());
            let without = evaluate_stack(&plan, &rest);
            match found {
                Some(silences) => {
                    let places: Vec<_> = silences.iter().map(|s| s.change).collect();
                    prop_assert_eq!(places, (0..measure.changes.len()).collect::<Vec<_>>());
                    prop_assert!(same_figures(&plan, &whole, &without.unwrap()));
                }
                None => {
                    let elsewhere = measure.changes.iter().any(|c| is_measured_elsewhere(&c.path));
                    let differs = without.map_or(true, |o| !same_figures(&plan, &whole, &o));
                    prop_assert!(differs || elsewhere, "{:?}", measure.changes);
                }
            }
        }
    }

    #[test]
    fn switching_a_silent_measure_off_changes_no_figure((plan, id) in plan_and_scenario()) {
        let Ok(whole) = evaluate(&plan, &id) else { return Ok(()) };
        for (owner, measure) in line(&plan, &id) {
            let silent = no_effect_in(&plan, &id, (owner, &measure.id), &whole).unwrap().is_some();
            let switched = plan.edit(|parts| {
                let scenarios = parts.scenarios.iter_mut().filter(|s| s.id == *owner);
                let measures = scenarios.flat_map(|s| &mut s.measures);
                measures.filter(|m| m.id == measure.id).for_each(|m| m.enabled = false);
            }).unwrap();
            if silent {
                prop_assert!(same_figures(&plan, &whole, &evaluate(&switched, &id).unwrap()));
            }
            let off = no_effect(&switched, &id, (owner, &measure.id)).unwrap().unwrap();
            prop_assert!(off.iter().all(|s| s.reason == Reason::SwitchedOff));
        }
    }

    #[test]
    fn where_the_amount_is_not_the_reason_another_does_nothing_either((plan, id) in plan_and_scenario(), amount in 1..9_999i64) {
        let Ok(whole) = evaluate(&plan, &id) else { return Ok(()) };
        let line = line(&plan, &id);
        for (place, (owner, measure)) in line.iter().enumerate() {
            let [change] = &measure.changes[..] else { continue };
            let scales = |m: &Measure| {
                m.changes.iter().any(|c| c.path == change.path && c.operation == Operation::Scale)
            };
            // An amount that is added moves the number wherever it holds, unless it is scaled.
            if change.operation != Operation::Add || line[place..].iter().any(|(_, m)| scales(m)) {
                continue;
            }
            let Some(silences) = no_effect_in(&plan, &id, (owner, &measure.id), &whole).unwrap() else { continue };
            let reason = &silences[0].reason;
            let is_any = matches!(
                reason,
                Reason::NotInForce { .. } | Reason::Over { .. } | Reason::Elsewhere
                    | Reason::Overridden { .. } | Reason::NoRecipients | Reason::TimesNothing { .. }
                    | Reason::NotRead { .. } | Reason::PaidOutside | Reason::NothingShared
            );
            if !is_any {
                continue;
            }
            let mut other: Measure = (*measure).clone();
            match &mut other.changes[0].value {
                ChangeValue::One(value) => *value += amount,
                ChangeValue::ByRegion(values) => values.values_mut().for_each(|v| *v += amount),
            }
            let mut stack: Vec<&Measure> = line.iter().map(|(_, m)| *m).collect();
            stack[place] = &other;
            if let Ok(outcome) = evaluate_stack(&plan, &stack) {
                prop_assert!(same_figures(&plan, &whole, &outcome), "{:?} {:?}", reason, change);
            }
        }
    }
}
