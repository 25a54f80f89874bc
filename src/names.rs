//! Owns what things of the plan and the page are called in the reader's language.

use crate::numbers::{self, MoneyUnit};
use crate::session::Page;
use crate::words::{Words, fill};
use shapan_engine::{
    Basis, BasisKind, Change, ChangeValue, Driver, Lang, Measure, Operation, ParamPath, Plan,
    PopulationRole, ProgrammeRole, RegionId, ScenarioId, Season, Semester, SourceRole, Unit,
};

/// A page.
pub fn page(w: &Words, page: Page) -> &'static str {
    match page {
        Page::Overview => w.overview,
        Page::WhatIf => w.what_if,
    }
}

/// A unit of money.
pub fn unit(w: &Words, unit: MoneyUnit) -> &'static str {
    match unit {
        MoneyUnit::Yuan => w.unit_yuan,
        MoneyUnit::Wan => w.unit_wan,
        MoneyUnit::Million => w.unit_million,
        MoneyUnit::Yi => w.unit_yi,
    }
}

/// A language, short and in full, in itself.
pub fn language(lang: Lang) -> (&'static str, &'static str) {
    match lang {
        Lang::ZhHans => ("简", "简体中文"),
        Lang::ZhHant => ("繁", "繁體中文"),
        Lang::En => ("English", "English"),
    }
}

/// What the theme button does next.
pub fn theme(w: &Words, is_dark: bool) -> &'static str {
    if is_dark { w.to_light_theme } else { w.to_dark_theme }
}

/// A semester.
pub fn semester(w: &Words, semester: Semester) -> String {
    let term = match semester.season {
        Season::Spring => w.spring_of,
        Season::Autumn => w.autumn_of,
    };
    fill(term, &[&semester.year.to_string()])
}

/// Scenarios as a tree: id and name, indented under what they are stacked on.
pub fn scenario_tree(plan: &Plan, lang: Lang) -> Vec<(String, String)> {
    fn below(
        plan: &Plan,
        lang: Lang,
        parent: Option<&ScenarioId>,
        depth: usize,
        out: &mut Vec<(String, String)>,
    ) {
        for scenario in plan.scenarios.iter().filter(|s| s.parent.as_ref() == parent) {
            let indent = "\u{2003}".repeat(depth);
            out.push((scenario.id.to_string(), format!("{indent}{}", scenario.name.get(lang))));
            below(plan, lang, Some(&scenario.id), depth + 1, out);
        }
    }
    let mut out = Vec::new();
    below(plan, lang, None, 0, &mut out);
    out
}

/// What a parameter is, without what it belongs to.
pub fn role(w: &Words, plan: &Plan, path: &ParamPath, lang: Lang) -> String {
    let role = match path {
        ParamPath::Population(_, PopulationRole::Growth) => w.role_growth,
        ParamPath::Population(_, PopulationRole::Share) => w.role_share_of_parent,
        ParamPath::Source(_, SourceRole::Revenue) => w.role_revenue,
        ParamPath::Source(_, SourceRole::RevenueGrowth) => w.role_revenue_growth,
        ParamPath::Source(_, SourceRole::Available) => w.role_available,
        ParamPath::Source(_, SourceRole::AvailableGrowth) => w.role_available_growth,
        ParamPath::Programme(_, role) => match role {
            ProgrammeRole::Standard => w.role_standard,
            ProgrammeRole::Indexation => w.role_indexation,
            ProgrammeRole::BaseStandard => w.role_base_standard,
            ProgrammeRole::Coverage => w.role_coverage,
            ProgrammeRole::TakeUp => w.role_take_up,
            ProgrammeRole::Posts => w.role_posts,
            ProgrammeRole::PupilsPerPost => w.role_pupils_per_post,
            ProgrammeRole::Units => w.role_units,
            ProgrammeRole::Share => w.role_share,
            ProgrammeRole::Amount => w.role_amount,
            ProgrammeRole::AveragePrincipal => w.role_average_principal,
            ProgrammeRole::RiskRate => w.role_risk_rate,
            ProgrammeRole::InterestRate => w.role_interest_rate,
            ProgrammeRole::OpeningBalance => w.role_opening_balance,
        },
        ParamPath::Split(_, source) => {
            let source = plan.sources.iter().find(|s| s.id == *source);
            return fill(w.role_split, &[source.map_or("", |s| s.name.get(lang))]);
        }
    };
    role.to_owned()
}

/// What a parameter belongs to.
pub fn owner(plan: &Plan, path: &ParamPath, lang: Lang) -> String {
    let name = match path {
        ParamPath::Population(id, _) => {
            plan.populations.iter().find(|p| p.id == *id).map(|p| &p.name)
        }
        ParamPath::Source(id, _) => plan.sources.iter().find(|s| s.id == *id).map(|s| &s.name),
        ParamPath::Programme(id, _) | ParamPath::Split(id, _) => {
            plan.programmes.iter().find(|p| p.id == *id).map(|p| &p.name)
        }
    };
    name.map(|n| n.get(lang).to_owned()).unwrap_or_default()
}

/// A parameter in full: what it belongs to, and what it is.
pub fn parameter(w: &Words, plan: &Plan, path: &ParamPath, lang: Lang) -> String {
    format!("{} · {}", owner(plan, path, lang), role(w, plan, path, lang))
}

/// How many decimals a parameter's values are written with, and their unit.
pub fn value_unit(w: &Words, plan: &Plan, path: &ParamPath, lang: Lang) -> (u32, String) {
    let (power, unit) = match path.unit() {
        Unit::Fen => (2, w.unit_yuan),
        // Millionths, written as a percentage.
        Unit::Share | Unit::Growth => (4, "%"),
        Unit::Count => (0, unit_counted(w, plan, path, lang)),
        Unit::Ratio => (6, w.unit_pupils_per_post),
    };
    (power, unit.to_owned())
}

/// What a count counts: what the works are counted in, or posts.
fn unit_counted<'a>(w: &Words, plan: &'a Plan, path: &ParamPath, lang: Lang) -> &'a str
where
    'static: 'a,
{
    let programme = plan.programmes.iter().find(|p| Some(&p.id) == path.programme());
    match programme.map(|p| &p.driver) {
        Some(Driver::Works { unit, .. }) => unit.get(lang),
        _ => w.unit_posts,
    }
}

/// A parameter's value with its unit.
pub fn value(w: &Words, plan: &Plan, path: &ParamPath, lang: Lang, value: i64) -> String {
    let (power, name) = value_unit(w, plan, path, lang);
    let space = if name == "%" { "" } else { " " };
    format!("{}{space}{name}", numbers::exact(value, power))
}

/// What a change does, in a line: `+250 元 · 2012 年秋季起`.
pub fn change(w: &Words, plan: &Plan, change: &Change, lang: Lang) -> String {
    let value = |v: i64| value(w, plan, &change.path, lang, v);
    let what = match (&change.value, change.operation) {
        (ChangeValue::One(v), Operation::Set) => fill(w.change_set, &[&value(*v)]),
        (ChangeValue::One(v), Operation::Add) if *v < 0 => value(*v),
        (ChangeValue::One(v), Operation::Add) => format!("+{}", value(*v)),
        (ChangeValue::One(v), Operation::Scale) => format!("×{}%", numbers::exact(*v, 4)),
        (ChangeValue::ByRegion(values), _) => {
            let sum: i64 = values.values().fold(0, |sum, v| sum.saturating_add(*v));
            match change.path.unit() {
                Unit::Count => fill(w.change_by_region_sum, &[&value(sum)]),
                _ => w.change_by_region.to_owned(),
            }
        }
    };
    let from = fill(w.from_semester, &[&semester(w, change.from)]);
    match change.until {
        Some(until) => {
            format!("{what} · {from} · {}", fill(w.until_semester, &[&semester(w, until)]))
        }
        None => format!("{what} · {from}"),
    }
}

/// Regions by name.
fn some_regions(plan: &Plan, some: &[RegionId], lang: Lang) -> String {
    let named = plan.regions.iter().filter(|r| some.contains(&r.id)).map(|r| r.name.get(lang));
    named.collect::<Vec<_>>().join(" / ")
}

/// What a measure does, in a line.
pub fn measure(w: &Words, plan: &Plan, measure: &Measure, lang: Lang) -> String {
    let Some(first) = measure.changes.first() else { return w.no_changes_yet.to_owned() };
    let more = measure.changes.len() - 1;
    let regions = match first.regions.as_ref() {
        Some(some) if some.len() <= 3 => some_regions(plan, some, lang),
        Some(some) => fill(w.n_regions, &[&some.len().to_string()]),
        None => w.all_regions.to_owned(),
    };
    let line = format!(
        "{} {} · {regions}",
        role(w, plan, &first.path, lang),
        change(w, plan, first, lang)
    );
    if more == 0 {
        line
    } else {
        format!("{line} · {}", fill(w.and_more_changes, &[&more.to_string()]))
    }
}

/// How a number is known.
pub fn basis_kind(w: &Words, kind: BasisKind) -> &'static str {
    match kind {
        BasisKind::Stated => w.basis_stated,
        BasisKind::Published => w.basis_published,
        BasisKind::Derived => w.basis_derived,
        BasisKind::Entered => w.basis_entered,
        BasisKind::Illustrative => w.basis_mark_illustrative,
    }
}

/// Where a number comes from, in a line: how it is known, the citation, the note.
pub fn basis(w: &Words, plan: &Plan, basis: &Basis, lang: Lang) -> String {
    let cited = plan.citations.iter().find(|c| Some(&c.id) == basis.citation.as_ref());
    let parts = [
        Some(basis_kind(w, basis.kind)),
        cited.map(|c| c.title.get(lang)),
        basis.note.as_ref().map(|n| n.get(lang)),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}
