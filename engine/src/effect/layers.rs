//! Owns what becomes of one change among the layers of its parameter: whether it moves the
//! value at all, and whether later layers leave anything of it.
//!
//! Invariant: layers are applied by the resolver that gives every value in force.

use super::Held;
use crate::calc::Plain;
use crate::evaluate::{Layer, Resolver, Rows};
use crate::exact::Overflow;
use crate::plan::{Measure, Named, Plan};

/// What becomes of a change.
pub(super) enum Fate {
    /// It puts in place what is there without it.
    AlreadyThere,
    /// It moves the value, but once the measure at this place of the stack has been applied
    /// nothing of it is left.
    Overridden(usize),
    /// It reaches the value in force.
    Lasts,
}

/// Follows a change of `stack[place]` through the layers of its parameter. Earlier changes
/// of the same measure are left out: what they have done already is not there without it.
pub(super) fn fate(
    plan: &Plan,
    named: &Named<'_>,
    growth: Option<&Rows>,
    stack: &[&Measure],
    (place, number): (usize, usize),
    held: &Held,
) -> Fate {
    let (mut layers, mut owners, mut own) = (Vec::new(), Vec::new(), 0);
    for (n, measure) in stack.iter().enumerate() {
        for (k, change) in measure.changes.iter().enumerate() {
            let is_own_earlier = n == place && k < number;
            if change.path != named.path || is_own_earlier {
                continue;
            }
            if (n, k) == (place, number) {
                own = layers.len();
            }
            layers.push(Layer { measure, place: n, change });
            owners.push(n);
        }
    }
    let is_uniform = named.parameter.by_region.is_empty()
        && growth.is_none_or(Rows::is_uniform)
        && layers.iter().all(|layer| layer.change.is_uniform());
    let regions: Vec<usize> = match held {
        _ if is_uniform => vec![0],
        Held::Everywhere(_) => (0..plan.regions.len()).collect(),
        Held::In(values) => values.keys().copied().collect(),
    };
    let resolver = Resolver::new(plan, named, growth, &layers);
    let mut last = None;
    for region in regions {
        match in_region(&resolver, region, own, layers.len()) {
            Ok(After::Nothing) => {}
            Ok(After::GoneWith(layer)) => last = last.max(Some(owners[layer])),
            // Without it the others come to no value at all: it does something.
            Ok(After::Something) | Err(Overflow) => return Fate::Lasts,
        }
    }
    last.map_or(Fate::AlreadyThere, Fate::Overridden)
}

/// What a change does to one region's row.
enum After {
    Nothing,
    GoneWith(usize),
    Something,
}

fn in_region(
    resolver: &Resolver<'_>,
    region: usize,
    own: usize,
    layers: usize,
) -> Result<After, Overflow> {
    let mut with = Vec::new();
    resolver.stated(&mut Plain, region, &mut with)?;
    for layer in 0..own {
        resolver.lay(&mut Plain, layer, region, &mut with)?;
    }
    let mut without = with.clone();
    resolver.lay(&mut Plain, own, region, &mut with)?;
    if with == without {
        return Ok(After::Nothing);
    }
    for layer in own + 1..layers {
        resolver.lay(&mut Plain, layer, region, &mut with)?;
        resolver.lay(&mut Plain, layer, region, &mut without)?;
        if with == without {
            return Ok(After::GoneWith(layer));
        }
    }
    Ok(After::Something)
}
