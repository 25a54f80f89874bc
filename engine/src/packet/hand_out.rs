//! Owns cutting a region's packet out of a city's plan.
//!
//! Invariant: what the region is paid and counts comes to what it does in the city's plan. What
//! only the city as a whole can be judged by is left out, for a part would be judged falsely.

use crate::edit::{CommandError, ThingId, remove};
use crate::files::fingerprint;
use crate::id::RegionId;
use crate::plan::{Entrusted, Packet, ParamPath, Plan, PlanErrors, PlanParts, Scope, SourceRole};
use crate::text::{Lang, Text};
use std::collections::BTreeSet;
use std::sync::Arc;

/// Why there is no packet for a region.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum HandOutError {
    /// The plan has no such region.
    #[error("no region {0}")]
    UnknownRegion(RegionId),
    /// The plan is itself a region's packet.
    #[error("this plan is a packet")]
    IsAPacket,
    /// What is left is no sound plan.
    #[error(transparent)]
    Unsound(#[from] PlanErrors),
    /// Something cannot be taken out of it.
    #[error(transparent)]
    Bound(#[from] CommandError),
}

/// The packet of one region: the plan with that region alone, what it may change, and itself as
/// it was handed out.
///
/// # Errors
/// [`HandOutError`].
pub fn hand_out(
    plan: &Plan,
    region: &RegionId,
    entrusted: &BTreeSet<Entrusted>,
) -> Result<Plan, HandOutError> {
    if plan.packet.is_some() {
        return Err(HandOutError::IsAPacket);
    }
    let Some(found) = plan.regions.iter().find(|r| r.id == *region) else {
        return Err(HandOutError::UnknownRegion(region.clone()));
    };
    let mut parts = PlanParts::clone(plan);
    parts.is_sample = false;
    parts.title = titled(&parts.title, &found.name);
    parts.place = found.name.clone(); // all of it that stands here
    for other in plan.regions.iter().filter(|r| r.id != *region) {
        remove(&mut parts, &ThingId::Region(other.id.clone()))?;
    }
    for thing in judged_as_a_whole(plan) {
        if thing.is_in(&parts) {
            remove(&mut parts, &thing)?;
        }
    }
    drop_shared_money(&mut parts);
    Plan::new(parts.clone())?;
    parts.packet = Some(Arc::new(Packet {
        region: region.clone(),
        city: plan.place.clone(),
        entrusted: entrusted.iter().copied().collect(),
        of: fingerprint(plan).into(),
        base: parts.clone(),
    }));
    Ok(Plan::new(parts)?)
}

/// A plan's title with the region's name, in every language the title has.
fn titled(title: &Text, region: &Text) -> Text {
    let mut titled = title.clone();
    for lang in Lang::ALL.into_iter().filter(|lang| title.exactly(*lang).is_some()) {
        let words = format!("{} · {}", title.get(lang), region.get(lang));
        titled = titled.with(lang, &words).unwrap_or(titled); // too long: as it was
    }
    titled
}

/// Rules and indicators of the whole city.
fn judged_as_a_whole(plan: &PlanParts) -> Vec<ThingId> {
    let rules = plan.rules.iter().filter(|r| r.scope == Scope::CityWide);
    let indicators = plan.indicators.iter().filter(|i| i.scope == Scope::CityWide);
    let rules = rules.map(|r| ThingId::Rule(r.id.clone()));
    rules.chain(indicators.map(|i| ThingId::Indicator(i.id.clone()))).collect()
}

/// Money that all regions draw on is not one region's: what there is of it is left open.
fn drop_shared_money(parts: &mut PlanParts) {
    let mut dropped = BTreeSet::new();
    for source in &mut parts.sources {
        if source.available.as_ref().is_some_and(|a| a.scope == Scope::CityWide) {
            source.available = None;
            let roles = [SourceRole::Available, SourceRole::AvailableGrowth];
            dropped.extend(roles.map(|role| ParamPath::Source(source.id.clone(), role)));
        }
    }
    if dropped.is_empty() {
        return;
    }
    for scenario in &mut parts.scenarios {
        for measure in &mut scenario.measures {
            measure.changes.retain(|change| !dropped.contains(&change.path));
        }
    }
    parts.aliases.retain(|_, current| !dropped.contains(current));
}
