//! Owns who pays and for what: sources, programmes, drivers, splits.

use super::doc::*;
use super::numbers::unit;
use super::words::Mark;
use crate::id::{PopulationId, ProgrammeId, SourceId};
use crate::plan::*;
use crate::text::Text;
use crate::time::Year;

docs! {
    struct Source {
        id: SourceId,
        name: Text,
        payer: Payer,
        account: Account,
        revenue: Option<Indexed> = default,
        available: Option<Available> = default,
        carry_over: bool = default,
        ..extra
    }

    struct Available {
        scope: Scope,
        amount ("money"): Indexed,
    }

    struct Programme {
        id: ProgrammeId,
        name: Text,
        clause: Option<Mark> = default,
        code: Option<Mark> = default,
        nature: Nature,
        tags: Vec<Mark> = default,
        driver: Driver,
        split: Split,
        ..extra
    }

    enum Driver {
        Heads "heads" {
            population: PopulationId,
            timing: HeadsTiming,
            standard: Indexed,
            coverage: Option<unit::Share> = default,
            take_up: Option<unit::Share> = default,
            school_floor: Option<unit::Count> = default,
        },
        Posts "posts" {
            posts: Posts,
            standard: Indexed,
        },
        Works "works" {
            units: unit::Count,
            unit ("unit_name"): Text,
            standard: Indexed,
            payment: YearShares,
            completion: YearShares,
        },
        Revenue "revenue" {
            source: SourceId,
            share: unit::Share,
        },
        Lump "lump" {
            amount ("money"): Indexed,
        },
        Loans "loans" {
            population: PopulationId,
            principal ("average_principal"): unit::Fen,
            risk_rate: unit::Share,
            interest_rate: unit::Share,
            study_years: u8,
            opening_balance: unit::Fen,
        },
    }

    enum Posts {
        Given "given" (posts: unit::Count),
        PerPupils "per-pupils" {
            population: PopulationId,
            pupils_per_post: unit::Ratio,
        },
    }

    struct YearShare {
        year: Year,
        share ("millionths"): i64,
    }

    struct Split {
        shares: Vec<Share> = default,
        residual: SourceId,
        base_standard: Option<unit::Fen> = default,
        basis: Basis,
    }

    struct Share {
        source: SourceId,
        share: unit::Share,
    }
}

// By hand, for the shares must be the whole together.
impl Doc for YearShares {
    type Model = Self;

    fn read(node: Node, reader: &mut Reader) -> Read<Self> {
        let at = node.at;
        let shares = Vec::<YearShare>::read(node, reader)?;
        Self::new(shares).map_or_else(|| reader.wrong(at, Problem::YearShares), Ok)
    }

    fn write(shares: &Self) -> Value {
        Value::list(shares.shares().iter().map(YearShare::write))
    }

    fn schema(shapes: &mut Shapes) -> Value {
        let shares = schema::list(YearShare::schema(shapes));
        schema::described(shares, "Shares by year, ascending; together 1000000 millionths.")
    }
}
