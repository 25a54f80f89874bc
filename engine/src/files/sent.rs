//! Owns what travels beside a plan or a scenario so that its reader sees what its sender saw: the
//! sender's view, and what tells whether a scenario is for a plan at hand.
//!
//! Invariant: a view never keeps a file from being read. What is not understood of it, or is too
//! long, is as if it were not there, and whether a plan has what it names is for the reader of the
//! plan to find out. It belongs to no plan: a plan is equal, and has the same fingerprint, with it
//! and without. Deliberately absent: what a page or a unit is (the page's own names, bounded).

use super::json::{Node, Value};
use crate::id::{RegionId, ScenarioId};
use crate::plan::{ChangeValue, Plan, Scenario};
use crate::text::Text;
use crate::time::{Horizon, Year};
use std::collections::{BTreeMap, BTreeSet};

/// Its field in a file.
pub(super) const VIEW: &str = "view";

/// What the sender looked at.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SentView {
    /// The page and what its address says, without the `#`; at most [`SentView::MOST_PAGE`] bytes.
    pub page: Option<Box<str>>,
    /// The scenario.
    pub scenario: Option<ScenarioId>,
    /// What it is compared with.
    pub against: Option<ScenarioId>,
    /// The fiscal year.
    pub year: Option<Year>,
    /// The unit of amounts, at most [`SentView::MOST_UNIT`] bytes.
    pub unit: Option<Box<str>>,
}

impl SentView {
    /// The longest address of a page, in bytes: many times what any page of ours says.
    pub const MOST_PAGE: usize = 2_000;
    /// The longest name of a unit, in bytes.
    pub const MOST_UNIT: usize = 16;

    /// The view a file holds, where it holds one.
    pub(super) fn found(node: Option<Node>) -> Option<Self> {
        let Node { value: view @ Value::Object(_), .. } = node? else { return None };
        let text = |field: &str, most: usize| match &view.get(field)?.value {
            Value::Text(text) if text.len() <= most && !text.contains(is_foreign) => {
                Some(text.clone())
            }
            _ => None,
        };
        let scenario = |field| text(field, Self::MOST_UNIT * 8)?.parse().ok();
        let year = match view.get("year").map(|node| &node.value) {
            Some(Value::Whole(year)) => Year::new(*year),
            _ => None,
        };
        Some(Self {
            page: text("page", Self::MOST_PAGE),
            scenario: scenario("scenario"),
            against: scenario("against"),
            year,
            unit: text("unit", Self::MOST_UNIT),
        })
    }

    pub(super) fn written(&self) -> Value {
        let named = |id: &Option<ScenarioId>| id.as_ref().map(|id| id.as_str().into());
        let fields = [
            ("page", self.page.as_deref().map(Value::from)),
            ("scenario", named(&self.scenario)),
            ("against", named(&self.against)),
            ("year", self.year.map(|year| i64::from(year.get()).into())),
            ("unit", self.unit.as_deref().map(Value::from)),
        ];
        Value::object(fields.into_iter().filter_map(|(name, value)| Some((name, value?))))
    }

    pub(super) fn schema() -> Value {
        Value::object([(
            "description",
            "What the sender looked at: page (its address without the #), scenario, against (what \
             it is compared with), year (of finance), unit. What is not understood of it is \
             passed over, and it belongs to no plan."
                .into(),
        )])
    }
}

/// What has no place in an address.
fn is_foreign(c: char) -> bool {
    c.is_control() || c.is_whitespace() || !Text::allows(c)
}

/// What tells whether a scenario is for a plan at hand, where its own plan is not.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BaseFacts {
    /// The place its plan is about.
    pub place: Option<Text>,
    /// The fiscal years of its plan.
    pub horizon: Option<Horizon>,
    /// What the regions it names are called.
    pub regions: BTreeMap<RegionId, Text>,
}

impl BaseFacts {
    /// Those of a plan that tell of its scenarios.
    pub(super) fn of(plan: &Plan, scenarios: &[Scenario]) -> Self {
        let changes = scenarios.iter().flat_map(|s| &s.measures).flat_map(|m| &m.changes);
        let mut named: BTreeSet<&RegionId> = BTreeSet::new();
        for change in changes {
            named.extend(change.regions.iter().flatten());
            if let ChangeValue::ByRegion(values) = &change.value {
                named.extend(values.keys());
            }
        }
        let regions = plan.regions.iter().filter(|r| named.contains(&r.id));
        Self {
            place: Some(plan.place.clone()),
            horizon: Some(plan.horizon),
            regions: regions.map(|r| (r.id.clone(), r.name.clone())).collect(),
        }
    }
}
