//! Owns what there is along each dimension: its things, what they are called, and which of them
//! each programme, region, year, source or measure belongs to.

use super::view::Dim;
use crate::charts;
use crate::names;
use crate::words::Words;
use shapan_engine::{Account, Lang, Nature, Payer, Plan, Stage};

/// What a payment has a place on; measures are layers of payments.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Axis {
    /// The plan's programmes.
    Programme,
    /// The plan's regions.
    Region,
    /// Fiscal years.
    Year,
    /// The plan's sources.
    Source,
    /// The scenario compared with, and each measure on the way from it.
    Layer,
}

/// One thing along a dimension.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Item {
    /// Its name in addresses.
    pub key: String,
    /// What it is called.
    pub name: String,
    /// Its colour, where it has one of its own.
    pub color: Option<&'static str>,
}

/// All things along a dimension.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Members {
    /// What they group.
    pub axis: Axis,
    /// The things.
    pub items: Vec<Item>,
    /// Which of them each place of the axis belongs to.
    pub of: Vec<usize>,
}

/// What a reader calls things.
#[derive(Clone, Copy)]
pub struct Naming {
    /// The page's words.
    pub words: &'static Words,
    /// The language of the plan's.
    pub lang: Lang,
    /// Whether colours are those of the dark.
    pub is_dark: bool,
}

impl Members {
    /// Each place is a thing of its own.
    pub fn each(axis: Axis, items: Vec<Item>) -> Self {
        Self { axis, of: (0..items.len()).collect(), items }
    }

    /// Places that have the same thing, in the order things first appear.
    fn grouped(axis: Axis, places: impl Iterator<Item = Item>) -> Self {
        let mut members = Self { axis, items: Vec::new(), of: Vec::new() };
        for item in places {
            let known = members.items.iter().position(|i| i.key == item.key);
            let place = known.unwrap_or(members.items.len());
            if known.is_none() {
                members.items.push(item);
            }
            members.of.push(place);
        }
        members
    }

    /// What a plan has along a dimension; `layers` are its measures.
    pub fn of(plan: &Plan, dim: Dim, naming: Naming, layers: &[Item]) -> Self {
        let Naming { words: w, lang, is_dark } = naming;
        let item = |key: &str, name: &str| Item {
            key: key.to_owned(),
            name: name.to_owned(),
            color: None,
        };
        let programmes = plan.programmes.iter();
        let sources = plan.sources.iter();
        match dim {
            Dim::Region => {
                let each = plan.regions.iter().map(|r| item(r.id.as_str(), r.name.get(lang)));
                Self::each(Axis::Region, each.collect())
            }
            Dim::Year => {
                let each = plan.years().map(|y| item(&y.to_string(), &y.to_string()));
                Self::each(Axis::Year, each.collect())
            }
            Dim::Programme => {
                let each = programmes.map(|p| item(p.id.as_str(), p.name.get(lang)));
                Self::each(Axis::Programme, each.collect())
            }
            Dim::Nature => Self::grouped(
                Axis::Programme,
                programmes.map(|p| {
                    let (key, name) = nature(w, p.nature);
                    item(key, name)
                }),
            ),
            Dim::Stage => Self::grouped(
                Axis::Programme,
                (0..plan.programmes.len()).map(|p| {
                    let (key, name) = stage(w, plan.stage_of(p));
                    item(key, name)
                }),
            ),
            Dim::Source => {
                let each = sources.map(|s| Item {
                    color: Some(charts::source_color(s, is_dark)),
                    ..item(s.id.as_str(), s.name.get(lang))
                });
                Self::each(Axis::Source, each.collect())
            }
            Dim::Payer => Self::grouped(
                Axis::Source,
                sources.map(|s| Item {
                    color: Some(charts::source_color(s, is_dark)),
                    ..item(payer_key(s.payer), names::payer(w, s.payer))
                }),
            ),
            Dim::Account => Self::grouped(
                Axis::Source,
                sources.map(|s| item(account_key(s.account), names::account(w, s.account))),
            ),
            Dim::Measure => Self::each(Axis::Layer, layers.to_vec()),
        }
    }

    /// Which things are selected: all, where none of the names is known.
    pub fn selected(&self, only: Option<&Vec<String>>) -> Vec<bool> {
        let named = |item: &Item| only.is_none_or(|keys| keys.contains(&item.key));
        let selected: Vec<bool> = self.items.iter().map(named).collect();
        if selected.contains(&true) { selected } else { vec![true; selected.len()] }
    }
}

fn payer_key(payer: Payer) -> &'static str {
    match payer {
        Payer::Central => "central",
        Payer::Province => "province",
        Payer::City => "city",
        Payer::County => "county",
        Payer::Other => "other",
    }
}

fn account_key(account: Account) -> &'static str {
    match account {
        Account::GeneralBudget => "general-budget",
        Account::EducationSurcharge => "education-surcharge",
        Account::LocalEducationSurcharge => "local-education-surcharge",
        Account::LandIncome => "land-income",
        Account::SpecialTransfer => "special-transfer",
        Account::Other => "other",
    }
}

/// A nature of spending, in addresses and for the reader.
pub fn nature(w: &Words, nature: Nature) -> (&'static str, &'static str) {
    match nature {
        Nature::Aid => ("aid", w.explore.nature_aid),
        Nature::Recurrent => ("recurrent", w.explore.nature_recurrent),
        Nature::Personnel => ("personnel", w.explore.nature_personnel),
        Nature::Capital => ("capital", w.explore.nature_capital),
    }
}

fn stage(w: &Words, stage: Option<Stage>) -> (&'static str, &'static str) {
    match stage {
        Some(Stage::Preschool) => ("preschool", w.explore.stage_preschool),
        Some(Stage::Primary) => ("primary", w.explore.stage_primary),
        Some(Stage::Junior) => ("junior", w.explore.stage_junior),
        Some(Stage::Senior) => ("senior", w.explore.stage_senior),
        Some(Stage::Vocational) => ("vocational", w.explore.stage_vocational),
        Some(Stage::Special) => ("special", w.explore.stage_special),
        Some(Stage::Tertiary) => ("tertiary", w.explore.stage_tertiary),
        None => ("none", w.explore.stage_none),
    }
}
