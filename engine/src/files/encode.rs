//! Owns the way from the model to a version 1 file; `decode` undoes it exactly.

use super::decode::unit_name;
use super::v1::*;
use crate::plan::*;
use crate::text::{Lang, Text};
use std::collections::BTreeMap;
use std::string::ToString;

pub(super) fn text(text: &Text) -> TextDoc {
    let words = |lang| text.exactly(lang).map(ToOwned::to_owned);
    TextDoc { zh_hans: words(Lang::ZhHans), zh_hant: words(Lang::ZhHant), en: words(Lang::En) }
}

fn basis(basis: &Basis) -> BasisDoc {
    let kind = match basis.kind {
        BasisKind::Stated => BasisKindDoc::Stated,
        BasisKind::Published => BasisKindDoc::Published,
        BasisKind::Derived => BasisKindDoc::Derived,
        BasisKind::Entered => BasisKindDoc::Entered,
        BasisKind::Illustrative => BasisKindDoc::Illustrative,
    };
    BasisDoc {
        kind,
        citation: basis.citation.as_ref().map(ToString::to_string),
        note: basis.note.as_ref().map(text),
    }
}

fn steps(steps: &[Step]) -> Vec<StepDoc> {
    steps.iter().map(|s| StepDoc { from: s.from.to_string(), value: s.value }).collect()
}

fn by_region<T, D>(map: &BTreeMap<crate::RegionId, T>, write: impl Fn(&T) -> D) -> ByRegion<D> {
    ByName(map.iter().map(|(region, value)| (region.to_string(), write(value))).collect())
}

pub(super) fn parameter(parameter: &Parameter, unit: Unit) -> ParameterDoc {
    ParameterDoc {
        unit: unit_name(unit).1,
        steps: steps(&parameter.steps),
        by_region: by_region(&parameter.by_region, |s| steps(s)),
        basis: basis(&parameter.basis),
    }
}

fn indexed(indexed: &Indexed) -> IndexedDoc {
    IndexedDoc {
        amount: parameter(&indexed.value, Unit::Fen),
        indexation: indexed.indexation.as_ref().map(|p| parameter(p, Unit::Growth)),
    }
}

fn population(population: &Population) -> PopulationDoc {
    let stage = match population.stage {
        Stage::Preschool => StageDoc::Preschool,
        Stage::Primary => StageDoc::Primary,
        Stage::Junior => StageDoc::Junior,
        Stage::Senior => StageDoc::Senior,
        Stage::Vocational => StageDoc::Vocational,
        Stage::Special => StageDoc::Special,
        Stage::Tertiary => StageDoc::Tertiary,
    };
    let heads = match &population.headcount {
        Headcount::Counted { censuses, growth, basis: counted } => {
            let census = |c: &Census| CensusDoc {
                autumn: i64::from(c.year.get()),
                heads: by_region(&c.heads, |heads| *heads),
            };
            HeadsDoc::Counted {
                censuses: censuses.iter().map(census).collect(),
                growth: parameter(growth, Unit::Growth),
                basis: basis(counted),
            }
        }
        Headcount::ShareOf { parent, share } => HeadsDoc::ShareOf {
            population: parent.to_string(),
            share: parameter(share, Unit::Share),
        },
        Headcount::Cohort(_) => HeadsDoc::ShareOf {
            population: String::new(),
            share: parameter(&Parameter::default(), Unit::Share),
        },
    };
    PopulationDoc {
        id: population.id.to_string(),
        name: text(&population.name),
        stage,
        heads,
        extra: population.extra.0.clone(),
    }
}

fn source(source: &Source) -> SourceDoc {
    let available = |available: &Available| AvailableDoc {
        scope: match available.scope {
            Scope::CityWide => ScopeDoc::CityWide,
            Scope::PerRegion => ScopeDoc::PerRegion,
        },
        money: indexed(&available.amount),
    };
    SourceDoc {
        id: source.id.to_string(),
        name: text(&source.name),
        payer: match source.payer {
            Payer::Central => PayerDoc::Central,
            Payer::Province => PayerDoc::Province,
            Payer::City => PayerDoc::City,
            Payer::County => PayerDoc::County,
            Payer::Other => PayerDoc::Other,
        },
        account: match source.account {
            Account::GeneralBudget => AccountDoc::GeneralBudget,
            Account::EducationSurcharge => AccountDoc::EducationSurcharge,
            Account::LocalEducationSurcharge => AccountDoc::LocalEducationSurcharge,
            Account::LandIncome => AccountDoc::LandIncome,
            Account::SpecialTransfer => AccountDoc::SpecialTransfer,
            Account::Other => AccountDoc::Other,
        },
        revenue: source.revenue.as_ref().map(indexed),
        available: source.available.as_ref().map(available),
        extra: source.extra.0.clone(),
    }
}

fn driver(driver: &Driver) -> DriverDoc {
    let share = |p: &Option<Parameter>| p.as_ref().map(|p| parameter(p, Unit::Share));
    let year_shares = |shares: &YearShares| {
        let write =
            |s: &YearShare| YearShareDoc { year: i64::from(s.year.get()), millionths: s.share };
        shares.shares().iter().map(write).collect()
    };
    match driver {
        Driver::Heads { population, timing, standard, coverage, take_up, school_floor: _ } => {
            DriverDoc::Heads {
                population: population.to_string(),
                timing: match timing {
                    HeadsTiming::Semester => TimingDoc::Semester,
                    HeadsTiming::Census => TimingDoc::Census,
                },
                standard: indexed(standard),
                coverage: share(coverage),
                take_up: share(take_up),
            }
        }
        Driver::Posts { posts, standard } => DriverDoc::Posts {
            posts: match posts {
                Posts::Given(posts) => PostsDoc::Given(parameter(posts, Unit::Count)),
                Posts::PerPupils { population, pupils_per_post } => PostsDoc::PerPupils {
                    population: population.to_string(),
                    pupils_per_post: parameter(pupils_per_post, Unit::Ratio),
                },
            },
            standard: indexed(standard),
        },
        Driver::Works { units, unit, standard, payment, completion } => DriverDoc::Works {
            units: parameter(units, Unit::Count),
            unit_name: text(unit),
            standard: indexed(standard),
            payment: year_shares(payment),
            completion: year_shares(completion),
        },
        Driver::Revenue { source, share } => {
            DriverDoc::Revenue { source: source.to_string(), share: parameter(share, Unit::Share) }
        }
        Driver::Lump { amount } => DriverDoc::Lump { money: indexed(amount) },
        Driver::Loans {
            population,
            principal,
            risk_rate,
            interest_rate,
            study_years,
            opening_balance,
        } => DriverDoc::Loans {
            population: population.to_string(),
            average_principal: parameter(principal, Unit::Fen),
            risk_rate: parameter(risk_rate, Unit::Share),
            interest_rate: parameter(interest_rate, Unit::Share),
            study_years: *study_years,
            opening_balance: parameter(opening_balance, Unit::Fen),
        },
    }
}

fn split(split: &Split) -> SplitDoc {
    let share = |s: &Share| ShareDoc {
        source: s.source.to_string(),
        share: parameter(&s.share, Unit::Share),
    };
    SplitDoc {
        shares: split.shares.iter().map(share).collect(),
        residual: split.residual.to_string(),
        base_standard: split.base_standard.as_ref().map(|p| parameter(p, Unit::Fen)),
        basis: basis(&split.basis),
    }
}

fn programme(programme: &Programme) -> ProgrammeDoc {
    ProgrammeDoc {
        id: programme.id.to_string(),
        name: text(&programme.name),
        clause: programme.clause.as_deref().map(ToOwned::to_owned),
        code: programme.code.as_deref().map(ToOwned::to_owned),
        nature: match programme.nature {
            Nature::Aid => NatureDoc::Aid,
            Nature::Recurrent => NatureDoc::Recurrent,
            Nature::Personnel => NatureDoc::Personnel,
            Nature::Capital => NatureDoc::Capital,
        },
        tags: programme.tags.iter().map(ToString::to_string).collect(),
        driver: driver(&programme.driver),
        split: split(&programme.split),
        extra: programme.extra.0.clone(),
    }
}

fn change(change: &Change) -> ChangeDoc {
    let (value, value_by_region) = match &change.value {
        ChangeValue::One(value) => (Some(*value), None),
        ChangeValue::ByRegion(values) => (None, Some(by_region(values, |v| *v))),
    };
    ChangeDoc {
        parameter: change.path.to_string(),
        operation: match change.operation {
            Operation::Set => OperationDoc::Set,
            Operation::Add => OperationDoc::Add,
            Operation::Scale => OperationDoc::Scale,
        },
        value,
        value_by_region,
        from: change.from.to_string(),
        until: change.until.map(|s| s.to_string()),
        regions: change.regions.as_ref().map(|r| r.iter().map(ToString::to_string).collect()),
    }
}

fn measure(measure: &Measure) -> MeasureDoc {
    MeasureDoc {
        id: measure.id.to_string(),
        title: text(&measure.title),
        clause: measure.clause.as_deref().map(ToOwned::to_owned),
        reason: measure.reason.as_ref().map(text),
        basis: basis(&measure.basis),
        enabled: measure.enabled,
        changes: measure.changes.iter().map(change).collect(),
        extra: measure.extra.0.clone(),
    }
}

pub(super) fn scenario(scenario: &Scenario) -> ScenarioDoc {
    ScenarioDoc {
        id: scenario.id.to_string(),
        name: text(&scenario.name),
        parent: scenario.parent.as_ref().map(ToString::to_string),
        measures: scenario.measures.iter().map(measure).collect(),
        extra: scenario.extra.0.clone(),
    }
}

pub(super) fn plan(plan: &PlanParts) -> PlanDoc {
    PlanDoc {
        title: text(&plan.title),
        place: text(&plan.place),
        is_sample: plan.is_sample,
        first_fiscal_year: i64::from(plan.horizon.first().get()),
        // A horizon has at most 30 years.
        fiscal_years: u8::try_from(plan.horizon.years()).unwrap_or(u8::MAX),
        citations: plan
            .citations
            .iter()
            .map(|c| CitationDoc {
                id: c.id.to_string(),
                title: text(&c.title),
                extra: c.extra.0.clone(),
            })
            .collect(),
        regions: plan
            .regions
            .iter()
            .map(|r| RegionDoc {
                id: r.id.to_string(),
                name: text(&r.name),
                extra: r.extra.0.clone(),
            })
            .collect(),
        populations: plan.populations.iter().map(population).collect(),
        sources: plan.sources.iter().map(source).collect(),
        programmes: plan.programmes.iter().map(programme).collect(),
        scenarios: plan.scenarios.iter().map(scenario).collect(),
        extra: plan.extra.0.clone(),
    }
}
