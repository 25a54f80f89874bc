//! Owns rules and the figures they compare.

use super::doc::*;
use super::numbers::{IndexedDoc, unit};
use super::words::{BasisDoc, Mark, TextDoc, Word, Written};
use crate::id::{IndicatorId, PopulationId, ResourceId, RuleId, SourceId};
use crate::plan::*;

docs! {
    struct RuleDoc for Rule {
        id: Written<RuleId>,
        name: TextDoc,
        scope: Word<Scope>,
        kind: RuleKindDoc,
        basis: BasisDoc,
        #[serde(flatten)]
        extra: Fields,
    }

    enum RuleKindDoc for RuleKind {
        Earmark "earmark" {
            source: Written<SourceId>,
            tag: Mark,
            at_least: unit::Share,
        },
        ShareOfBudget "share-of-budget" {
            budget: IndexedDoc,
            at_least: unit::Share,
        },
        Growth "growth" {
            of: FigureDoc,
            than: Option<IndexedDoc> = default,
        },
        NeverDecrease "never-decrease" {
            of: FigureDoc,
        },
        Envelope "envelope" {
            source: Written<SourceId>,
        },
        UseRestriction "use-restriction" {
            account: Word<Account>,
            forbidden: Vec<Word<Nature>>,
        },
        Target "target" {
            indicator: Written<IndicatorId>,
        },
        Balance "balance" {
            stage: Word<Stage>,
            resources: Vec<BalanceResourceDoc>,
            test: BalanceTestDoc,
        },
    }

    #[serde(deny_unknown_fields)]
    struct FigureDoc for Figure {
        natures: Vec<Word<Nature>> = default,
        tags: Vec<Mark> = default,
        accounts: Vec<Word<Account>> = default,
        per: PerDoc = default,
        before: Option<unit::Fen> = default,
    }

    #[serde(deny_unknown_fields)]
    struct BalanceResourceDoc for BalanceResource {
        resource: Written<ResourceId>,
        level: Option<i64> = default,
    }

    enum BalanceTestDoc for BalanceTest {
        Mean "mean" {
            at_most: unit::Rate,
        },
        Each "each" {
            at_most: unit::Rate,
            levels_met: u8,
        },
    }
}

/// What a figure is divided by; nothing goes without saying.
#[derive(Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum PerDoc {
    #[default]
    Whole,
    Pupil(Vec<Written<PopulationId>>),
    Post,
}

impl Doc for PerDoc {
    type Model = Per;

    fn read(self) -> Read<Per> {
        Ok(match self {
            Self::Whole => Per::Whole,
            Self::Pupil(populations) => Per::Pupil(populations.read().at("pupil")?),
            Self::Post => Per::Post,
        })
    }

    fn write(per: &Per) -> Self {
        match per {
            Per::Whole => Self::Whole,
            Per::Pupil(populations) => Self::Pupil(Doc::write(populations)),
            Per::Post => Self::Post,
        }
    }

    fn is_absent(&self) -> bool {
        matches!(self, Self::Whole)
    }
}
