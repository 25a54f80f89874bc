//! Owns making heads that are computed counted ones, so that numbers can be typed over them.
//!
//! Invariant: every autumn keeps the heads it is computed to have now, under the status quo, but
//! for those that are typed; all of it is one step.

use super::edit::{Stands, by_hand};
use super::kind::{Kind, start};
use super::people::school_years;
use crate::names;
use crate::words::{Words, fill};
use shapan_engine::{
    Census, Command, Headcount, Lang, Outcome, Plan, Population, PopulationId, Year,
};
use std::collections::{BTreeMap, BTreeSet};

/// A computed cell and the number it was given.
pub type Given = (Stands, i64);

/// The populations of computed cells, in the plan's order.
fn populations<'a>(plan: &'a Plan, given: &[Given]) -> Vec<&'a Population> {
    let of = |stands: &Stands| match stands {
        Stands::Computed(id, ..) => Some(id.clone()),
        _ => None,
    };
    let ids: BTreeSet<PopulationId> = given.iter().filter_map(|(stands, _)| of(stands)).collect();
    plan.populations.iter().filter(|p| ids.contains(&p.id)).collect()
}

/// Why the cells cannot be typed, a sentence for each population; nothing where they are no
/// heads.
pub fn reasons(w: &Words, plan: &Plan, lang: Lang, given: &[Given]) -> Vec<String> {
    let reason = |population: &Population| {
        let name = population.name.get(lang);
        match &population.headcount {
            Headcount::Counted { .. } => fill(w.data.computed_by_growth, &[name]),
            Headcount::ShareOf { parent, .. } => {
                fill(w.data.computed_by_share, &[name, names::population(plan, parent, lang)])
            }
            Headcount::Cohort(_) => fill(w.data.computed_by_grade, &[name]),
        }
    };
    populations(plan, given).into_iter().map(reason).collect()
}

/// The populations counted, with what is given on top of what is computed now; `None` where
/// nothing is given for heads that are computed.
pub fn command(plan: &Plan, outcome: &Outcome, given: &[Given]) -> Option<Command> {
    let made = populations(plan, given).into_iter().map(|population| {
        let of = given.iter().filter_map(|(stands, heads)| match stands {
            Stands::Computed(id, region, year) if *id == population.id => {
                Some((region.clone(), *year, *heads))
            }
            _ => None,
        });
        let of: Vec<_> = of.collect();
        let wanted: Vec<Year> = of.iter().map(|(_, year, _)| *year).collect();
        let mut headcount = counted(plan, outcome, population, &wanted);
        if let Headcount::Counted { censuses, basis, .. } = &mut headcount {
            for (region, year, heads) in of {
                if let Some(census) = censuses.iter_mut().find(|census| census.year == year) {
                    census.heads.insert(region, heads);
                }
            }
            *basis = by_hand(basis);
        }
        Command::Put(Population { headcount, ..population.clone() }.into())
    });
    let made: Vec<_> = made.collect();
    (!made.is_empty()).then_some(Command::Together(made))
}

/// Heads counted in the years wanted and in those computed before them; in all of them where
/// nothing was counted.
fn counted(plan: &Plan, outcome: &Outcome, population: &Population, wanted: &[Year]) -> Headcount {
    let computed = |(place, year): (usize, Year)| {
        let heads = plan.regions.iter().enumerate().filter_map(|(region, r)| {
            let heads = outcome.heads(&population.id, region).get(place)?;
            Some((r.id.clone(), *heads))
        });
        Census { year, heads: heads.collect::<BTreeMap<_, _>>() }
    };
    let computed = school_years(plan).into_iter().enumerate().map(computed);
    match &population.headcount {
        Headcount::Counted { .. } => {
            let mut headcount = population.headcount.clone();
            if let Headcount::Counted { censuses, .. } = &mut headcount {
                let there: Vec<Year> = censuses.iter().map(|census| census.year).collect();
                let last = wanted.iter().max();
                let missing = |census: &Census| {
                    !there.contains(&census.year) && last.is_some_and(|last| census.year <= *last)
                };
                // Years before the first count stay uncounted, but for those that get a number.
                let first = there.first().copied();
                let is_wanted = |c: &Census| Some(c.year) > first || wanted.contains(&c.year);
                censuses.extend(computed.filter(missing).filter(is_wanted));
                censuses.sort_by_key(|census| census.year);
            }
            headcount
        }
        Headcount::ShareOf { .. } | Headcount::Cohort(_) => {
            let heads = (0..plan.regions.len())
                .map(|region| outcome.heads(&population.id, region).first().copied().unwrap_or(0));
            let heads: Vec<i64> = heads.collect();
            let mut headcount = start(plan, Kind::Counted, &heads);
            if let Headcount::Counted { censuses, .. } = &mut headcount {
                *censuses = computed.collect();
            }
            headcount
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use crate::words::words;
    use shapan_engine::{Document, evaluate, taian_2012};

    fn heads(plan: &Plan, id: &PopulationId) -> Vec<Vec<i64>> {
        let outcome = evaluate(plan, &plan.status_quo().unwrap().id).unwrap();
        (0..plan.regions.len()).map(|region| outcome.heads(id, region).to_vec()).collect()
    }

    #[test]
    fn whatever_is_computed_becomes_counted_and_only_what_is_given_moves() {
        // Measures that move a share must go before it does.
        let plan = taian_2012().unwrap().edit(|parts| parts.scenarios.truncate(1)).unwrap();
        let outcome = evaluate(&plan, &plan.status_quo().unwrap().id).unwrap();
        let years = school_years(&plan);
        for population in &plan.populations {
            let id = population.id.clone();
            let before = heads(&plan, &id);
            // In the last year: a counted population is counted up to then.
            let region = plan.regions[1].id.clone();
            let given = [(Stands::Computed(id.clone(), region, *years.last().unwrap()), 4_321)];
            let mut document = Document::new(plan.clone());
            document.dispatch(command(&plan, &outcome, &given).unwrap(), None).unwrap();
            let mut expected = before.clone();
            *expected[1].last_mut().unwrap() = 4_321;
            assert_eq!(heads(document.plan(), &id), expected, "{id}");
            assert!(!reasons(words(Lang::ZhHans), &plan, Lang::ZhHans, &given).is_empty());
            assert!(document.undo());
            assert_eq!(heads(document.plan(), &id), before);
            assert!(!document.can_undo(), "one step");
        }
    }
}
