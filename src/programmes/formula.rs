//! Owns programmes in words: how the money is reckoned, what kinds there are, the number that
//! says most, and the functional codes.

use super::make::Kind;
use crate::names;
use crate::numbers;
use crate::words::{Words, fill};
use shapan_engine::{
    BasisKind, Driver, HeadsTiming, Lang, Nature, Outcome, ParamPath, Plan, Posts, Programme,
    ProgrammeId, ProgrammeRole, SourceId,
};
use std::collections::BTreeSet;

/// What a source is called.
pub fn source<'p>(plan: &'p Plan, id: &SourceId, lang: Lang) -> &'p str {
    plan.sources.iter().find(|s| s.id == *id).map_or("", |s| s.name.get(lang))
}

/// How a programme's money is reckoned, in a line.
pub fn formula(w: &Words, plan: &Plan, programme: &Programme, lang: Lang) -> String {
    let own = w.programmes;
    let people = |id| names::population(plan, id, lang).to_owned();
    match &programme.driver {
        Driver::Heads { population, timing, coverage, take_up, .. } => {
            let share = |on: bool, name| on.then_some(name);
            let shares = [
                share(coverage.is_some(), w.role_coverage),
                share(take_up.is_some(), w.role_take_up),
            ];
            let heads = shares
                .into_iter()
                .flatten()
                .fold(people(population), |heads, share| fill(own.times, &[&heads, share]));
            match timing {
                HeadsTiming::Semester => fill(own.f_heads_semester, &[&heads]),
                HeadsTiming::Census => fill(own.f_heads_census, &[&heads]),
            }
        }
        Driver::Posts { posts: Posts::Given(_), .. } => own.f_posts_given.to_owned(),
        Driver::Posts { posts: Posts::PerPupils { population, .. }, .. } => {
            fill(own.f_posts_ratio, &[&people(population)])
        }
        Driver::Works { unit, .. } => fill(own.f_works, &[unit.get(lang)]),
        Driver::Revenue { source: id, .. } => fill(own.f_revenue, &[source(plan, id, lang)]),
        Driver::Lump { .. } => own.f_lump.to_owned(),
        Driver::Loans { population, .. } => fill(own.f_loans, &[&people(population)]),
    }
}

/// What a kind of driver is called, and an example of its formula.
pub fn kind(w: &Words, kind: Kind) -> (&'static str, &'static str) {
    let w = w.programmes;
    match kind {
        Kind::HeadsSemester => (w.k_heads_semester, w.x_heads_semester),
        Kind::HeadsCensus => (w.k_heads_census, w.x_heads_census),
        Kind::PostsGiven => (w.k_posts_given, w.x_posts_given),
        Kind::PostsPerPupils => (w.k_posts_ratio, w.x_posts_ratio),
        Kind::Works => (w.k_works, w.x_works),
        Kind::Revenue => (w.k_revenue, w.x_revenue),
        Kind::Lump => (w.k_lump, w.x_lump),
        Kind::Loans => (w.k_loans, w.x_loans),
    }
}

/// Every nature, in the order one chooses from.
pub const NATURES: [Nature; 4] =
    [Nature::Aid, Nature::Recurrent, Nature::Personnel, Nature::Capital];

/// What a nature is called.
pub fn nature(w: &Words, nature: Nature) -> &'static str {
    match nature {
        Nature::Aid => w.programmes.nature_aid,
        Nature::Recurrent => w.programmes.nature_recurrent,
        Nature::Personnel => w.programmes.nature_personnel,
        Nature::Capital => w.programmes.nature_capital,
    }
}

/// The parameter that says most of a programme.
pub fn main_role(driver: &Driver) -> ProgrammeRole {
    match driver {
        Driver::Heads { .. } | Driver::Posts { .. } | Driver::Works { .. } => {
            ProgrammeRole::Standard
        }
        Driver::Revenue { .. } => ProgrammeRole::Share,
        Driver::Lump { .. } => ProgrammeRole::Amount,
        Driver::Loans { .. } => ProgrammeRole::AveragePrincipal,
    }
}

/// What that parameter is in the autumn of a fiscal year, over the regions: one value, the least
/// and the most, or of amounts the sum.
pub fn main_value(
    w: &Words,
    plan: &Plan,
    outcome: &Outcome,
    programme: &Programme,
    year: usize,
    lang: Lang,
) -> String {
    let path = ParamPath::Programme(programme.id.clone(), main_role(&programme.driver));
    let at = |region| outcome.in_force(&path, region).get(2 * year + 2).copied();
    let values: Vec<i64> = (0..plan.regions.len()).filter_map(at).collect();
    let (power, unit) = names::value_unit(w, plan, &path, lang);
    let written = |value: i64| numbers::exact(value, power);
    let value = match (values.iter().min(), values.iter().max()) {
        // Amounts add up; what is paid for one head or unit does not.
        _ if matches!(programme.driver, Driver::Lump { .. }) => {
            written(values.iter().fold(0, |sum, v| sum.saturating_add(*v)))
        }
        (Some(least), Some(most)) if least == most => written(*least),
        (Some(least), Some(most)) => format!("{}–{}", written(*least), written(*most)),
        _ => return String::new(),
    };
    names::with_unit(&value, &unit)
}

/// The programmes of which some number has no source. All at once: to ask for each of them
/// would list all parameters each time.
pub fn illustrative(plan: &Plan) -> BTreeSet<ProgrammeId> {
    let is = |kind| kind == BasisKind::Illustrative;
    let parameters = plan.parameters().filter(|(_, p)| is(p.basis.kind));
    let own = parameters.filter_map(|(path, _)| path.programme().cloned());
    let splits = plan.programmes.iter().filter(|p| is(p.split.basis.kind)).map(|p| p.id.clone());
    own.chain(splits).collect()
}

/// The common functional codes of government expenditure on education, with their names.
pub fn codes(w: &Words) -> [(&'static str, &'static str); 15] {
    let w = w.programmes;
    [
        ("2050201", w.c_2050201),
        ("2050202", w.c_2050202),
        ("2050203", w.c_2050203),
        ("2050204", w.c_2050204),
        ("2050205", w.c_2050205),
        ("2050299", w.c_2050299),
        ("2050302", w.c_2050302),
        ("2050305", w.c_2050305),
        ("2050701", w.c_2050701),
        ("2050801", w.c_2050801),
        ("2050901", w.c_2050901),
        ("2050903", w.c_2050903),
        ("2050905", w.c_2050905),
        ("2050999", w.c_2050999),
        ("2059999", w.c_2059999),
    ]
}
