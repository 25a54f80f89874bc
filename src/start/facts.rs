//! Owns what a reader is told of a programme of the library: how it is reckoned, its standard
//! with its dates, where that comes from, and which people it counts.

use crate::names;
use crate::numbers;
use crate::words::{Words, fill};
use shapan_engine::{
    BasisKind, Driver, Headcount, HeadsTiming, Lang, LibraryItem, ParamPath, Plan, PopulationId,
    Posts, Semester, Stage,
};

/// A stage, or what is for all of them.
pub fn stage(w: &Words, stage: Option<Stage>) -> &'static str {
    match stage {
        Some(Stage::Preschool) => w.start.stage_preschool,
        Some(Stage::Primary) => w.start.stage_primary,
        Some(Stage::Junior) => w.start.stage_junior,
        Some(Stage::Senior) => w.start.stage_senior,
        Some(Stage::Vocational) => w.start.stage_vocational,
        Some(Stage::Special) => w.start.stage_special,
        Some(Stage::Tertiary) => w.start.stage_tertiary,
        None => w.start.stage_all,
    }
}

/// What is told of one programme.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facts {
    /// What it is called.
    pub name: String,
    /// How it is reckoned, and its standard with its dates.
    pub formula: String,
    /// Where the standard comes from; empty where there is none to come from.
    pub basis: String,
    /// Whether that is no source.
    pub is_illustrative: bool,
    /// Whom it counts as shares of whom, where these have no source.
    pub people: Option<String>,
}

/// All that is told of a programme.
pub fn facts(w: &Words, library: &Plan, item: &LibraryItem<'_>, lang: Lang) -> Facts {
    let amount = amount(w, library, item, lang);
    let mut formula = formula(w, library, &item.programme.driver, lang);
    if !amount.is_empty() {
        formula = format!("{formula}{}{amount}", w.semicolon);
    }
    Facts {
        name: item.programme.name.get(lang).to_owned(),
        formula,
        basis: basis(w, library, item, lang),
        is_illustrative: item.is_illustrative(),
        people: people(w, library, item.programme.driver.population(), lang),
    }
}

/// Where the leading number comes from. That it is illustrative its mark says already.
fn basis(w: &Words, library: &Plan, item: &LibraryItem<'_>, lang: Lang) -> String {
    let told = names::basis(w, library, &item.amount.basis, lang);
    match item.amount.basis.kind {
        _ if item.amount.steps.is_empty() => String::new(),
        BasisKind::Illustrative => {
            let kind = names::basis_kind(w, BasisKind::Illustrative);
            told.trim_start_matches(kind).trim_start_matches(" · ").to_owned()
        }
        _ => told,
    }
}

fn formula(w: &Words, library: &Plan, driver: &Driver, lang: Lang) -> String {
    let named = |id| names::population(library, id, lang);
    let latest = |p: &shapan_engine::Parameter| p.steps.last().map_or(0, |s| s.value);
    match driver {
        Driver::Heads { population, timing: HeadsTiming::Semester, .. } => {
            fill(w.start.by_semester, &[named(population)])
        }
        Driver::Heads { population, timing: HeadsTiming::Census, .. } => {
            fill(w.start.by_census, &[named(population)])
        }
        Driver::Posts { posts: Posts::Given(_), .. } => w.start.by_posts.to_owned(),
        Driver::Posts { posts: Posts::PerPupils { population, pupils_per_post }, .. } => {
            let ratio = numbers::exact(latest(pupils_per_post), 6);
            fill(w.start.by_ratio, &[named(population), &ratio])
        }
        Driver::Works { unit, .. } => fill(w.start.by_units, &[unit.get(lang)]),
        Driver::Revenue { source, .. } => {
            let source = library.sources.iter().find(|s| s.id == *source);
            fill(w.start.by_revenue, &[source.map_or("", |s| s.name.get(lang))])
        }
        Driver::Lump { .. } => w.start.by_lump.to_owned(),
        Driver::Loans { risk_rate, interest_rate, .. } => {
            let rates = [risk_rate, interest_rate].map(|p| numbers::rate(latest(p)));
            fill(w.start.by_loans, &[&rates[0], &rates[1]])
        }
    }
}

/// The leading number with the dates it has.
fn amount(w: &Words, library: &Plan, item: &LibraryItem<'_>, lang: Lang) -> String {
    let path = ParamPath::Programme(item.programme.id.clone(), item.role);
    let open = library.horizon.start();
    let step = |(from, value): (Semester, i64)| {
        let value = names::value(w, library, &path, lang, value);
        let value = match &item.programme.driver {
            Driver::Heads { .. } => fill(w.start.per_head, &[&value]),
            Driver::Posts { .. } => fill(w.start.per_post, &[&value]),
            Driver::Works { unit, .. } => fill(w.start.per_unit, &[&value, unit.get(lang)]),
            Driver::Loans { .. } => fill(w.start.per_loan, &[&value]),
            Driver::Revenue { .. } | Driver::Lump { .. } => value,
        };
        if from == open { value } else { fill(w.start.since, &[&names::semester(w, from), &value]) }
    };
    let steps = item.amount.steps.iter().map(|s| step((s.from, s.value)));
    steps.collect::<Vec<_>>().join(w.semicolon)
}

/// `初中在校生 × 30.00% × 20.00%` where a share has no source; nothing where all have.
fn people(
    w: &Words,
    library: &Plan,
    population: Option<&PopulationId>,
    lang: Lang,
) -> Option<String> {
    let mut shares = Vec::new();
    let mut next = population;
    let mut is_illustrative = false;
    while let Some(id) = next {
        let found = library.populations.iter().find(|p| p.id == *id)?;
        match &found.headcount {
            Headcount::ShareOf { parent, share } => {
                is_illustrative |= share.basis.kind == BasisKind::Illustrative;
                shares.insert(0, numbers::rate(share.steps.last().map_or(0, |s| s.value)));
                next = Some(parent);
            }
            Headcount::Counted { .. } | Headcount::Cohort(_) => {
                shares.insert(0, found.name.get(lang).to_owned());
                next = None;
            }
        }
    }
    is_illustrative.then(|| fill(w.start.people_share, &[&shares.join(" × ")]))
}
