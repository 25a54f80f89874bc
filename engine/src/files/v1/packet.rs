//! Owns the shape of packets: what a plan that was handed to one region says of it.

use super::doc::*;
use super::words::Mark;
use crate::id::RegionId;
use crate::plan::{Entrusted, Packet, PlanParts};
use crate::text::Text;

docs! {
    struct Packet {
        region: RegionId,
        city: Text,
        entrusted ("may_change"): Vec<Entrusted>,
        of ("fingerprint"): Mark,
        base: PlanParts,
    }
}
