//! Owns who pays and for what: sources, programmes, drivers, splits.

use super::doc::*;
use super::numbers::{IndexedDoc, YearDoc, unit};
use super::words::{BasisDoc, Mark, TextDoc, Word, Written};
use crate::id::{PopulationId, ProgrammeId, SourceId};
use crate::plan::*;

docs! {
    struct SourceDoc for Source {
        id: Written<SourceId>,
        name: TextDoc,
        payer: Word<Payer>,
        account: Word<Account>,
        revenue: Option<IndexedDoc> = default,
        available: Option<AvailableDoc> = default,
        carry_over: bool = default,
        #[serde(flatten)]
        extra: Fields,
    }

    #[serde(deny_unknown_fields)]
    struct AvailableDoc for Available {
        scope: Word<Scope>,
        amount ("money"): IndexedDoc,
    }

    struct ProgrammeDoc for Programme {
        id: Written<ProgrammeId>,
        name: TextDoc,
        clause: Option<Mark> = default,
        code: Option<Mark> = default,
        nature: Word<Nature>,
        tags: Vec<Mark> = default,
        driver: DriverDoc,
        split: SplitDoc,
        #[serde(flatten)]
        extra: Fields,
    }

    enum DriverDoc for Driver {
        Heads "heads" {
            population: Written<PopulationId>,
            timing: Word<HeadsTiming>,
            standard: IndexedDoc,
            coverage: Option<unit::Share> = default,
            take_up: Option<unit::Share> = default,
            school_floor: Option<unit::Count> = default,
        },
        Posts "posts" {
            posts: PostsDoc,
            standard: IndexedDoc,
        },
        Works "works" {
            units: unit::Count,
            unit ("unit_name"): TextDoc,
            standard: IndexedDoc,
            payment: YearSharesDoc,
            completion: YearSharesDoc,
        },
        Revenue "revenue" {
            source: Written<SourceId>,
            share: unit::Share,
        },
        Lump "lump" {
            amount ("money"): IndexedDoc,
        },
        Loans "loans" {
            population: Written<PopulationId>,
            principal ("average_principal"): unit::Fen,
            risk_rate: unit::Share,
            interest_rate: unit::Share,
            study_years: u8,
            opening_balance: unit::Fen,
        },
    }

    enum PostsDoc for Posts {
        Given "given" (posts: unit::Count),
        PerPupils "per-pupils" {
            population: Written<PopulationId>,
            pupils_per_post: unit::Ratio,
        },
    }

    #[serde(deny_unknown_fields)]
    struct YearShareDoc for YearShare {
        year: YearDoc,
        share ("millionths"): i64,
    }

    #[serde(deny_unknown_fields)]
    struct SplitDoc for Split {
        shares: Vec<ShareDoc> = default,
        residual: Written<SourceId>,
        base_standard: Option<unit::Fen> = default,
        basis: BasisDoc,
    }

    #[serde(deny_unknown_fields)]
    struct ShareDoc for Share {
        source: Written<SourceId>,
        share: unit::Share,
    }
}

/// Shares by year; together the whole.
#[derive(Serialize, Deserialize)]
#[serde(transparent)]
pub(super) struct YearSharesDoc(Vec<YearShareDoc>);

impl Doc for YearSharesDoc {
    type Model = YearShares;

    fn read(self) -> Read<YearShares> {
        YearShares::new(self.0.read()?).ok_or_else(|| Problem::YearShares.into())
    }

    fn write(shares: &YearShares) -> Self {
        Self(shares.shares().iter().map(Doc::write).collect())
    }
}
