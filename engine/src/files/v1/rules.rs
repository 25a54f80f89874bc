//! Owns rules and the figures they compare.

use super::doc::*;
use super::numbers::unit;
use super::words::Mark;
use crate::id::{IndicatorId, PopulationId, ResourceId, RuleId, SourceId};
use crate::plan::*;
use crate::text::Text;

docs! {
    struct Rule {
        id: RuleId,
        name: Text,
        scope: Scope,
        kind: RuleKind,
        basis: Basis,
        ..extra
    }

    enum RuleKind {
        Earmark "earmark" {
            source: SourceId,
            tag: Mark,
            at_least: unit::Share,
        },
        ShareOfBudget "share-of-budget" {
            budget: Indexed,
            at_least: unit::Share,
        },
        Growth "growth" {
            of: Figure,
            than: Option<Indexed> = default,
        },
        NeverDecrease "never-decrease" {
            of: Figure,
        },
        Envelope "envelope" {
            source: SourceId,
        },
        UseRestriction "use-restriction" {
            account: Account,
            forbidden: Vec<Nature>,
        },
        Target "target" {
            indicator: IndicatorId,
        },
        Balance "balance" {
            stage: Stage,
            resources: Vec<BalanceResource>,
            test: BalanceTest,
        },
    }

    struct Figure {
        natures: Vec<Nature> = default,
        tags: Vec<Mark> = default,
        accounts: Vec<Account> = default,
        per: Per = default,
        before: Option<unit::Fen> = default,
    }

    struct BalanceResource {
        resource: ResourceId,
        level: Option<i64> = default,
    }

    enum BalanceTest {
        Mean "mean" {
            at_most: unit::Rate,
        },
        Each "each" {
            at_most: unit::Rate,
            levels_met: u8,
        },
    }
}

/// What a figure is divided by: a word, or pupils of some populations.
const PER: &[&str] = &["whole", "pupil", "post"];

impl Doc for Per {
    type Model = Self;

    fn read(node: Node, reader: &mut Reader) -> Read<Self> {
        if let Value::Text(word) = &node.value {
            return match &**word {
                "whole" => Ok(Self::Whole),
                "post" => Ok(Self::Post),
                _ => reader.wrong(node.at, unknown_word(word, PER)),
            };
        }
        let (name, node) = reader.choice(node, &["pupil"])?;
        let populations =
            reader.within(Way::Field(name), |reader| Vec::<PopulationId>::read(node, reader));
        populations.map(Self::Pupil)
    }

    fn write(per: &Self) -> Value {
        match per {
            Self::Whole => "whole".into(),
            Self::Pupil(populations) => {
                Value::object([("pupil", Vec::<PopulationId>::write(populations))])
            }
            Self::Post => "post".into(),
        }
    }

    fn is_absent(per: &Self) -> bool {
        matches!(per, Self::Whole)
    }

    fn schema(shapes: &mut Shapes) -> Value {
        let pupils = schema::choice([("pupil", Vec::<PopulationId>::schema(shapes))]);
        Value::object([("anyOf", Value::list([schema::words(&["whole", "post"]), pupils]))])
    }
}
