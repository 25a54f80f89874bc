//! Owns taking handed-back packets in: the city's plan with what regions filled in, and without it,
//! for a merge by number.
//!
//! Invariant: between the two stand exactly the numbers that the regions changed. Packets of one
//! region are taken in one after the other, since each may have changed the same number.

use super::{Unplaced, lay_over};
use crate::merge::reads_alike;
use crate::plan::{Packet, Plan, PlanErrors, PlanParts};
use std::collections::BTreeSet;

/// The two sides of a merge.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TakenIn {
    /// The city's plan with the numbers handed back.
    pub there: Plan,
    /// The city's plan with the numbers that were handed out.
    pub base: Plan,
    /// Numbers without a place in the city's plan (any more).
    pub unplaced: Vec<Unplaced>,
    /// The packets that are in it, by their places among those given; the others are of a
    /// region that came before.
    pub included: Vec<usize>,
}

/// Why packets are not taken in.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TakeInError {
    /// A plan that is no packet.
    #[error("plan {0} is no packet")]
    NoPacket(usize),
    /// A packet of a region that this plan does not have, or has under another name.
    #[error("packet {0} is of another plan's region")]
    OtherPlace(usize),
    /// What would come of it is no sound plan.
    #[error(transparent)]
    Unsound(#[from] PlanErrors),
}

/// Whether a packet was handed out for a region of this plan.
pub fn is_of(city: &PlanParts, packet: &Packet) -> bool {
    let theirs = packet.base.regions.iter().find(|r| r.id == packet.region);
    let ours = city.regions.iter().find(|r| r.id == packet.region);
    city.packet.is_none()
        && theirs.zip(ours).is_some_and(|(a, b)| reads_alike(&a.name, &b.name))
        && reads_alike(&city.place, &packet.city)
}

/// Takes packets in, of each region the first.
///
/// # Errors
/// [`TakeInError`].
pub fn take_in(city: &Plan, packets: &[&Plan]) -> Result<TakenIn, TakeInError> {
    let (mut there, mut base) = (PlanParts::clone(city), PlanParts::clone(city));
    let (mut unplaced, mut included, mut regions) = (BTreeSet::new(), Vec::new(), BTreeSet::new());
    for (place, plan) in packets.iter().enumerate() {
        let packet = plan.packet.as_ref().ok_or(TakeInError::NoPacket(place))?;
        if !is_of(city, packet) {
            return Err(TakeInError::OtherPlace(place));
        }
        if !regions.insert(packet.region.clone()) {
            continue;
        }
        let laid = lay_over(&there, packet, plan);
        there = laid.parts;
        unplaced.extend(laid.unplaced);
        base = lay_over(&base, packet, &packet.base).parts;
        included.push(place);
    }
    let unplaced = unplaced.into_iter().collect();
    Ok(TakenIn { there: Plan::new(there)?, base: Plan::new(base)?, unplaced, included })
}
