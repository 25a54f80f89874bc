//! Owns who can pay: a payer, an account, what the account takes in and what is available.

use super::{Extra, Indexed};
use crate::id::SourceId;
use crate::text::Text;

/// A payer's account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// Its name within the plan.
    pub id: SourceId,
    /// What it is called.
    pub name: Text,
    /// Who pays.
    pub payer: Payer,
    /// Out of which account.
    pub account: Account,
    /// What the account takes in a year (fen), by region; earmarks are shares of it.
    pub revenue: Option<Indexed>,
    /// What is there to spend; where absent, the revenue, and where that is too, unknown.
    pub available: Option<Available>,
    /// Whether what is not spent in a year is there in the next.
    pub carry_over: bool,
    /// Fields this version does not know.
    pub extra: Extra,
}

/// A level of government, or another payer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs, reason = "the names say it")]
pub enum Payer {
    Central,
    Province,
    City,
    County,
    Other,
}

/// An account money is booked in. Accounts are not interchangeable.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "the names say it")]
pub enum Account {
    GeneralBudget,
    EducationSurcharge,
    LocalEducationSurcharge,
    LandIncome,
    SpecialTransfer,
    Other,
}

/// Money there is to spend from a source in a year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Available {
    /// Whether regions share it.
    pub scope: Scope,
    /// Fen a year; city-wide money is the parameter's common steps.
    pub amount: Indexed,
}

/// Who may draw on available money.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Scope {
    /// One pot for the whole city.
    CityWide,
    /// Each region has its own: one region's surplus closes no other's gap.
    PerRegion,
}

impl Source {
    /// Whether this is a county's general budget: what "the county's own burden" means.
    pub fn is_county_budget(&self) -> bool {
        self.payer == Payer::County && self.account == Account::GeneralBudget
    }
}
