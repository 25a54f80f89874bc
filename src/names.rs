//! Owns what things of the plan and the page are called in the reader's language.

use crate::numbers::{self, MoneyUnit, NotANumber};
use crate::session::Page;
use crate::words::{Words, fill, words};
use shapan_engine::{
    Account, Basis, BasisKind, Change, ChangeValue, Driver, GradeRole, Lang, Measure, Operation,
    ParamPath, Payer, Plan, PopulationId, PopulationRole, ProgrammeRole, RegionId, RuleRole,
    ScenarioId, Season, Semester, Side, SourceRole, Stage, TermRole, Text, ThingId, Unit,
};

/// A page.
pub fn page(w: &Words, page: Page) -> &'static str {
    match page {
        Page::Overview => w.overview,
        Page::WhatIf => w.what_if,
        Page::Compare => w.compare.title,
        Page::Data => w.data.title,
        Page::Programmes => w.programmes.title,
        Page::Explore => w.explore.title,
        Page::Files => w.shelf.title,
        Page::NewPlan => w.start.title,
        Page::Checks => w.goals.checks,
        Page::Targets => w.goals.targets,
        Page::Funding => w.goals.funding,
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
        ParamPath::Population(_, role) => population_role(w, *role),
        ParamPath::Grade(_, GradeRole::Progression, grade) => {
            return fill(w.role_progression, &[&grade.to_string()]);
        }
        ParamPath::Grade(_, GradeRole::Migration, grade) => {
            return fill(w.role_migration, &[&grade.to_string()]);
        }
        ParamPath::Source(_, SourceRole::Revenue) => w.role_revenue,
        ParamPath::Source(_, SourceRole::RevenueGrowth) => w.role_revenue_growth,
        ParamPath::Source(_, SourceRole::Available) => w.role_available,
        ParamPath::Source(_, SourceRole::AvailableGrowth) => w.role_available_growth,
        ParamPath::Programme(_, role) => programme_role(w, *role),
        ParamPath::Split(_, source) => {
            let source = plan.sources.iter().find(|s| s.id == *source);
            return fill(w.role_split, &[source.map_or("", |s| s.name.get(lang))]);
        }
        ParamPath::Indicator(..) => w.role_target,
        ParamPath::Term(_, side, n, role) => {
            let role = match role {
                TermRole::Given => w.role_given,
                TermRole::Share => w.role_completed_share,
                TermRole::PerUnit => w.role_per_unit,
            };
            let side = match side {
                Side::Numerator => w.role_in_numerator,
                Side::Denominator => w.role_in_denominator,
            };
            return fill(side, &[&fill(role, &[&n.to_string()])]);
        }
        ParamPath::Rule(_, role) => match role {
            RuleRole::AtLeast => w.role_at_least,
            RuleRole::AtMost => w.role_at_most,
            RuleRole::Budget => w.role_budget,
            RuleRole::BudgetGrowth => w.role_budget_growth,
            RuleRole::Revenue => w.role_recurrent_revenue,
            RuleRole::RevenueGrowth => w.role_recurrent_growth,
            RuleRole::Before => w.role_before,
        },
    };
    role.to_owned()
}

fn population_role(w: &Words, role: PopulationRole) -> &'static str {
    match role {
        PopulationRole::Growth => w.role_growth,
        PopulationRole::Share => w.role_share_of_parent,
        PopulationRole::BirthsGrowth => w.role_births_growth,
        PopulationRole::Survival => w.role_survival,
        PopulationRole::EntryRate => w.role_entry_rate,
        PopulationRole::Intake => w.role_intake,
        PopulationRole::Transfer => w.role_transfer,
        PopulationRole::Division => w.role_division,
        PopulationRole::ClassSize => w.role_class_size,
        PopulationRole::ClassLimit => w.role_class_limit,
        PopulationRole::Classes => w.role_classes,
        PopulationRole::PupilsPerPost => w.role_pupils_per_post,
        PopulationRole::Posts => w.role_posts,
    }
}

fn programme_role(w: &Words, role: ProgrammeRole) -> &'static str {
    match role {
        ProgrammeRole::Standard => w.role_standard,
        ProgrammeRole::Indexation => w.role_indexation,
        ProgrammeRole::BaseStandard => w.role_base_standard,
        ProgrammeRole::Coverage => w.role_coverage,
        ProgrammeRole::TakeUp => w.role_take_up,
        ProgrammeRole::SchoolFloor => w.role_school_floor,
        ProgrammeRole::Posts => w.role_posts,
        ProgrammeRole::PupilsPerPost => w.role_pupils_per_post,
        ProgrammeRole::Units => w.role_units,
        ProgrammeRole::Share => w.role_share,
        ProgrammeRole::Amount => w.role_amount,
        ProgrammeRole::AveragePrincipal => w.role_average_principal,
        ProgrammeRole::RiskRate => w.role_risk_rate,
        ProgrammeRole::InterestRate => w.role_interest_rate,
        ProgrammeRole::OpeningBalance => w.role_opening_balance,
    }
}

/// What a parameter belongs to.
pub fn owner(plan: &Plan, path: &ParamPath, lang: Lang) -> String {
    plan.name_of(path).map(|n| n.get(lang).to_owned()).unwrap_or_default()
}

/// What a population is called.
pub fn population<'a>(plan: &'a Plan, id: &PopulationId, lang: Lang) -> &'a str {
    plan.populations.iter().find(|p| p.id == *id).map_or("", |p| p.name.get(lang))
}

/// What a region is called.
pub fn region<'a>(plan: &'a Plan, id: &RegionId, lang: Lang) -> &'a str {
    plan.regions.iter().find(|r| r.id == *id).map_or("", |r| r.name.get(lang))
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
        Unit::Share | Unit::Growth | Unit::Rate => (4, "%"),
        Unit::Count | Unit::Net => (0, unit_counted(w, plan, path, lang)),
        Unit::Ratio => (6, w.unit_pupils_per_post),
    };
    (power, unit.to_owned())
}

/// What a count counts: people, classes, posts, what the works or the indicator are counted in.
fn unit_counted<'a>(w: &Words, plan: &'a Plan, path: &ParamPath, lang: Lang) -> &'a str
where
    'static: 'a,
{
    match path {
        ParamPath::Population(_, PopulationRole::Posts)
        | ParamPath::Programme(_, ProgrammeRole::Posts) => w.unit_posts,
        ParamPath::Population(_, PopulationRole::Classes) => w.unit_classes,
        ParamPath::Population(_, PopulationRole::ClassSize | PopulationRole::ClassLimit) => {
            w.unit_people_per_class
        }
        ParamPath::Indicator(id, _) | ParamPath::Term(id, ..) => {
            let indicator = plan.indicators.iter().find(|i| i.id == *id);
            indicator.and_then(|i| i.unit_name.as_ref()).map_or("", |name| name.get(lang))
        }
        ParamPath::Programme(id, ProgrammeRole::Units) => {
            let programme = plan.programmes.iter().find(|p| p.id == *id);
            match programme.map(|p| &p.driver) {
                Some(Driver::Works { unit, .. }) => unit.get(lang),
                _ => "",
            }
        }
        _ => w.unit_people,
    }
}

/// A parameter's value with its unit.
pub fn value(w: &Words, plan: &Plan, path: &ParamPath, lang: Lang, value: i64) -> String {
    let (power, name) = value_unit(w, plan, path, lang);
    with_unit(&numbers::exact(value, power), &name)
}

/// A written number with its unit after it.
pub fn with_unit(number: &str, unit: &str) -> String {
    let space = if unit == "%" || unit.is_empty() { "" } else { " " };
    format!("{number}{space}{unit}")
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

/// A level of government, or another payer.
pub fn payer(w: &Words, payer: Payer) -> &'static str {
    match payer {
        Payer::Central => w.goals.payer_central,
        Payer::Province => w.goals.payer_province,
        Payer::City => w.goals.payer_city,
        Payer::County => w.goals.payer_county,
        Payer::Other => w.goals.payer_other,
    }
}

/// An account.
pub fn account(w: &Words, account: Account) -> &'static str {
    match account {
        Account::GeneralBudget => w.goals.account_general,
        Account::EducationSurcharge => w.goals.account_surcharge,
        Account::LocalEducationSurcharge => w.goals.account_local_surcharge,
        Account::LandIncome => w.goals.account_land,
        Account::SpecialTransfer => w.goals.account_transfer,
        Account::Other => w.goals.account_other,
    }
}

/// Why what was typed is not a number here.
pub fn not_a_number(w: &Words, error: NotANumber) -> String {
    match error {
        NotANumber::Empty => w.number_empty.to_owned(),
        NotANumber::NotDigits => w.number_not_digits.to_owned(),
        NotANumber::TooFine(most) => fill(w.number_too_fine, &[&most.to_string()]),
        NotANumber::TooLarge => w.number_too_large.to_owned(),
    }
}

/// What a thing of the plan is called.
pub fn thing(plan: &Plan, id: &ThingId, lang: Lang) -> String {
    macro_rules! name {
        ($list:ident, $name:ident, $id:expr) => {
            plan.$list.iter().find(|t| t.id == *$id).map(|t| t.$name.get(lang).to_owned())
        };
    }
    let name = match id {
        ThingId::Citation(id) => name!(citations, title, id),
        ThingId::Region(id) => name!(regions, name, id),
        ThingId::Population(id) => name!(populations, name, id),
        ThingId::Source(id) => name!(sources, name, id),
        ThingId::Programme(id) => name!(programmes, name, id),
        ThingId::School(id) => name!(schools, name, id),
        ThingId::Resource(id) => name!(resources, name, id),
        ThingId::Indicator(id) => name!(indicators, name, id),
        ThingId::Rule(id) => name!(rules, name, id),
        ThingId::Task(id) => name!(tasks, title, id),
    };
    name.unwrap_or_default()
}

/// What kind of thing it is.
pub fn thing_kind(w: &Words, id: &ThingId) -> &'static str {
    match id {
        ThingId::Citation(_) => w.data.citation,
        ThingId::Region(_) => w.region,
        ThingId::Population(_) => w.data.population,
        ThingId::Source(_) => w.goals.source,
        ThingId::Programme(_) => w.data.programme,
        ThingId::School(_) => w.data.school,
        ThingId::Resource(_) => w.data.resource,
        ThingId::Indicator(_) => w.data.indicator,
        ThingId::Rule(_) => w.data.rule,
        ThingId::Task(_) => w.data.task,
    }
}

/// A stage of education.
pub fn stage(w: &Words, stage: Stage) -> &'static str {
    match stage {
        Stage::Preschool => w.data.stage_preschool,
        Stage::Primary => w.data.stage_primary,
        Stage::Junior => w.data.stage_junior,
        Stage::Senior => w.data.stage_senior,
        Stage::Vocational => w.data.stage_vocational,
        Stage::Special => w.data.stage_special,
        Stage::Tertiary => w.data.stage_tertiary,
    }
}

/// A text put into the page's words, in each language it has: a copy's name, say.
pub fn worded(text: &Text, pick: fn(&'static Words) -> &'static str) -> Text {
    let each = Lang::ALL.into_iter().filter_map(|lang| {
        let own = text.exactly(lang)?;
        Some((lang, fill(pick(words(lang)), &[own])))
    });
    let each: Vec<_> = each.collect();
    let each = each.iter().map(|(lang, words)| (*lang, words.as_str()));
    // Only a text of the greatest length has no room for it.
    Text::from_languages(each).unwrap_or_else(|_| text.clone())
}

/// What a plan on the shelf is called: an older app kept no title beside it.
pub fn kept_plan(w: &Words, entry: &shapan_keep::Entry) -> String {
    if entry.title.is_empty() { format!("{} {}", w.plan, entry.plan) } else { entry.title.clone() }
}
