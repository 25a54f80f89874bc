//! Owns what a population starts from when how its heads are known changes: counted, a share of
//! another, projected by grade; and who enters its first grade.
//!
//! Invariant: a start is sound and keeps the heads of the autumn before the first fiscal year,
//! as far as the new kind can hold them; what is only a stand-in is marked illustrative.

use crate::words::words;
use shapan_engine::{
    Basis, BasisKind, Census, Cohort, Entry, GradeCensus, Headcount, Lang, MILLION, Outcome,
    Parameter, Plan, Population, PopulationId, Stage, Step, Text, divide_half_up,
};
use std::collections::{BTreeMap, BTreeSet};

/// How heads are known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Counted, then grown.
    Counted,
    /// A share of another.
    ShareOf(PopulationId),
    /// By grade.
    Cohort,
}

impl Kind {
    /// The kind of a choice: `counted`, `cohort`, `share` and an id.
    pub fn of_key(plan: &Plan, key: &str) -> Self {
        let parent = key.strip_prefix("share ").and_then(|id| id.parse::<PopulationId>().ok());
        match parent.filter(|id| plan.populations.iter().any(|p| p.id == *id)) {
            Some(parent) => Self::ShareOf(parent),
            None if key == "cohort" => Self::Cohort,
            None => Self::Counted,
        }
    }

    /// Its choice.
    pub fn key(headcount: &Headcount) -> String {
        match headcount {
            Headcount::Counted { .. } => "counted".to_owned(),
            Headcount::ShareOf { parent, .. } => format!("share {parent}"),
            Headcount::Cohort(_) => "cohort".to_owned(),
        }
    }
}

fn basis(kind: BasisKind, note: fn(&crate::words::data::Words) -> &'static str) -> Basis {
    let note = Lang::ALL.map(|lang| (lang, note(words(lang).data)));
    Basis { kind, citation: None, note: Text::from_languages(note).ok() }
}

/// Heads of the autumn before the first fiscal year, by region; nothing where they are not
/// computed.
pub fn heads_at_start(plan: &Plan, outcome: Option<&Outcome>, id: &PopulationId) -> Vec<i64> {
    let Some(outcome) = outcome else { return Vec::new() };
    let first = |region| outcome.heads(id, region).first().copied().unwrap_or(0);
    (0..plan.regions.len()).map(first).collect()
}

/// A start without any other population's heads; all zero where `heads` is empty.
pub fn start(plan: &Plan, kind: Kind, heads: &[i64]) -> Headcount {
    let constant = |value, basis| Parameter::constant(plan.horizon.start(), value, basis);
    let year = plan.horizon.first().plus(-1);
    let derived =
        |note| if heads.is_empty() { Basis::default() } else { basis(BasisKind::Derived, note) };
    match kind {
        Kind::Counted => {
            let each = plan.regions.iter().zip(heads);
            let heads = each.map(|(region, heads)| (region.id.clone(), *heads)).collect();
            Headcount::Counted {
                censuses: vec![Census { year, heads }],
                growth: constant(0, Basis::default()),
                basis: derived(|w| w.start_counted),
            }
        }
        Kind::ShareOf(parent) => {
            Headcount::ShareOf { parent, share: constant(0, Basis::default()) }
        }
        Kind::Cohort => {
            let intake = constant(0, Basis::default());
            let census = GradeCensus { year, heads: BTreeMap::new() };
            Headcount::Cohort(Box::new(Cohort {
                censuses: vec![census],
                entry: Entry::Given(intake),
                progression: BTreeMap::new(),
                migration: BTreeMap::new(),
                basis: Basis::default(),
            }))
        }
    }
}

/// The population under another kind, with the heads it has kept.
pub fn switched(
    plan: &Plan,
    outcome: Option<&Outcome>,
    population: &Population,
    kind: Kind,
) -> Population {
    let heads = heads_at_start(plan, outcome, &population.id);
    let headcount = match (kind, &population.headcount) {
        (Kind::Counted, Headcount::Cohort(cohort)) => counted_of_grades(plan, cohort),
        (Kind::ShareOf(parent), _) => {
            let whole = heads_at_start(plan, outcome, &parent);
            share_of(plan, parent, &heads, &whole)
        }
        (Kind::Cohort, _) => by_grade(plan, population.stage, &heads),
        (kind, _) => start(plan, kind, &heads),
    };
    Population { headcount, ..population.clone() }
}

/// Every census by grade, its grades added up.
fn counted_of_grades(plan: &Plan, cohort: &Cohort) -> Headcount {
    let census = |census: &GradeCensus| {
        let heads = census.heads.iter();
        let heads = heads.map(|(region, grades)| (region.clone(), grades.iter().sum())).collect();
        Census { year: census.year, heads }
    };
    Headcount::Counted {
        censuses: cohort.censuses.iter().map(census).collect(),
        growth: Parameter::constant(plan.horizon.start(), 0, Basis::default()),
        basis: cohort.basis.clone(),
    }
}

/// The share each region has now; no share where there is nobody to be part of.
fn share_of(plan: &Plan, parent: PopulationId, part: &[i64], whole: &[i64]) -> Headcount {
    let from = plan.horizon.start();
    let of = |part: i64, whole: i64| {
        let share =
            divide_half_up(i128::from(part) * i128::from(MILLION), i128::from(whole.max(1)));
        share.unwrap_or(0).clamp(0, MILLION)
    };
    let all = of(part.iter().sum(), whole.iter().sum());
    let note = basis(BasisKind::Derived, |w| w.start_share);
    let mut share = Parameter::constant(from, all, note);
    for (region, (part, whole)) in plan.regions.iter().zip(part.iter().zip(whole)) {
        let own = of(*part, *whole);
        if own != all {
            share.by_region.insert(region.id.clone(), vec![Step { from, value: own }]);
        }
    }
    Headcount::ShareOf { parent, share }
}

/// Heads spread evenly over the grades of each region's system, and as many entering each year.
fn by_grade(plan: &Plan, stage: Stage, heads: &[i64]) -> Headcount {
    let stand_in = basis(BasisKind::Illustrative, |w| w.start_grades);
    let from = plan.horizon.start();
    let mut by_region = BTreeMap::new();
    let mut intake = Parameter::constant(from, 0, stand_in.clone());
    for (region, heads) in plan.regions.iter().zip(heads) {
        let grades = i64::try_from(stage.grades(region.system)).unwrap_or(1).max(1);
        // The first grades take what does not divide.
        let grade = |n: i64| heads / grades + i64::from(n < heads % grades);
        let grades: Vec<i64> = (0..grades).map(grade).collect();
        if let Some(first) = grades.first() {
            intake.by_region.insert(region.id.clone(), vec![Step { from, value: *first }]);
        }
        by_region.insert(region.id.clone(), grades);
    }
    let census = GradeCensus { year: plan.horizon.first().plus(-1), heads: by_region };
    Headcount::Cohort(Box::new(Cohort {
        censuses: vec![census],
        entry: Entry::Given(intake),
        progression: BTreeMap::new(),
        migration: BTreeMap::new(),
        basis: stand_in,
    }))
}

/// Populations one may be a share of without going in a circle.
pub fn possible_parents<'a>(plan: &'a Plan, id: &PopulationId) -> Vec<&'a Population> {
    let mut below = BTreeSet::from([id.clone()]);
    // As deep as there are populations at most.
    for _ in &plan.populations {
        for p in &plan.populations {
            if p.headcount.follows().is_some_and(|of| below.contains(of)) {
                below.insert(p.id.clone());
            }
        }
    }
    plan.populations.iter().filter(|p| !below.contains(&p.id)).collect()
}

/// Who may enter the first grade: what it is called in a choice, and what it would start from.
pub fn entries(plan: &Plan, population: &Population, heads: &[i64]) -> Vec<(String, Entry)> {
    let from = plan.horizon.start();
    let constant = |value| Parameter::constant(from, value, Basis::default());
    let Headcount::Cohort(cohort) = &population.headcount else { return Vec::new() };
    // As many as are in the first grade now.
    let first: BTreeMap<_, i64> = match cohort.censuses.last() {
        Some(census) => {
            let each = census.heads.iter();
            each.map(|(id, grades)| (id.clone(), grades.first().copied().unwrap_or(0))).collect()
        }
        None => plan.regions.iter().map(|r| r.id.clone()).zip(heads.iter().copied()).collect(),
    };
    let mut given = constant(0);
    for (region, value) in &first {
        given.by_region.insert(region.clone(), vec![Step { from, value: *value }]);
    }
    let age = if population.stage == Stage::Preschool { 3 } else { 6 };
    let year = plan.horizon.first().plus(-i16::from(age));
    let births = Entry::Births {
        births: vec![Census { year, heads: first }],
        growth: constant(0),
        age,
        survival: constant(MILLION),
        rate: constant(MILLION),
    };
    let mut found = vec![("given".to_owned(), Entry::Given(given)), ("births".to_owned(), births)];
    for other in possible_parents(plan, &population.id) {
        let Headcount::Cohort(cohort) = &other.headcount else { continue };
        let entry =
            Entry::Leavers { of: other.id.clone(), transfer: constant(MILLION), share: None };
        found.push((format!("leavers {}", other.id), entry));
        let entry = Entry::Leavers {
            of: other.id.clone(),
            transfer: constant(MILLION),
            share: Some(constant(MILLION / 2)),
        };
        found.push((format!("part {}", other.id), entry));
        if matches!(cohort.entry, Entry::Leavers { share: Some(_), .. }) {
            let entry = Entry::Rest { beside: other.id.clone() };
            found.push((format!("rest {}", other.id), entry));
        }
    }
    found
}

/// The choice an entry is.
pub fn entry_key(entry: &Entry) -> String {
    match entry {
        Entry::Given(_) => "given".to_owned(),
        Entry::Births { .. } => "births".to_owned(),
        Entry::Leavers { of, share: None, .. } => format!("leavers {of}"),
        Entry::Leavers { of, share: Some(_), .. } => format!("part {of}"),
        Entry::Rest { beside } => format!("rest {beside}"),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use shapan_engine::{evaluate, taian_2012};

    #[test]
    fn whatever_kind_a_population_becomes_its_first_heads_stay() {
        let plan = taian_2012().unwrap();
        let root = plan.status_quo().unwrap().id.clone();
        let outcome = evaluate(&plan, &root).unwrap();
        let id: PopulationId = "special-pupils".parse().unwrap();
        let before = heads_at_start(&plan, Some(&outcome), &id);
        assert!(before.iter().sum::<i64>() > 0);
        let population = plan.populations.iter().find(|p| p.id == id).unwrap();
        let whole: PopulationId = "primary-pupils".parse().unwrap();
        for kind in [Kind::Counted, Kind::Cohort, Kind::ShareOf(whole)] {
            let changed = switched(&plan, Some(&outcome), population, kind.clone());
            let key = Kind::key(&changed.headcount);
            let plan = plan.edit(|parts| {
                let place = parts.populations.iter().position(|p| p.id == id).unwrap();
                parts.populations[place] = changed;
            });
            let plan = plan.unwrap();
            let outcome = evaluate(&plan, &root).unwrap();
            let after = heads_at_start(&plan, Some(&outcome), &id);
            assert_eq!(after, before, "{kind:?}");
            assert_eq!(Kind::of_key(&plan, &key), kind);
        }
    }

    #[test]
    fn every_entry_offered_is_sound_and_is_known_again() {
        let plan = taian_2012().unwrap();
        let id: PopulationId = "primary-pupils".parse().unwrap();
        let other: PopulationId = "junior-pupils".parse().unwrap();
        let plan = plan
            .edit(|parts| {
                for p in parts.populations.iter_mut().filter(|p| p.id == id || p.id == other) {
                    p.headcount = start(&taian_2012().unwrap(), Kind::Cohort, &[]);
                }
            })
            .unwrap();
        let junior = plan.populations.iter().find(|p| p.id == other).unwrap();
        let offered = entries(&plan, junior, &[]);
        assert!(offered.iter().any(|(key, _)| key == "leavers primary-pupils"), "{offered:?}");
        for (key, entry) in offered {
            assert_eq!(entry_key(&entry), key);
            let changed = plan.edit(|parts| {
                let junior = parts.populations.iter_mut().find(|p| p.id == other).unwrap();
                let Headcount::Cohort(cohort) = &mut junior.headcount else { unreachable!() };
                cohort.entry = entry;
            });
            assert!(changed.is_ok(), "{key}: {changed:?}");
        }
    }
}
