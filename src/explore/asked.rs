//! Owns what the engine can be asked about a figure of the table.
//!
//! Invariant: the engine's answer is the figure. Deliberately absent: fair shares of measures,
//! which are means over all their orders, and figures of more places than one would read.

use super::dims::Axis;
use super::pivot::Shape;
use super::view::{Amounts, Dim, Shown, View};
use shapan_engine::{Cut, PopulationId, What};

/// Sums of payments up to which they are named one by one.
const MOST: usize = 24;

/// What the engine can be asked about a figure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// What it is.
    pub what: What,
    /// Which measure makes it, in the order of the stack, if one does.
    pub step: Option<usize>,
}

/// A table and what stands in it.
#[derive(Clone, Copy)]
pub struct Asker<'a> {
    /// What is looked at.
    pub view: &'a View,
    /// What stands in rows and columns.
    pub shape: Shape<'a>,
    /// Whether measures show what they add in the order of the stack.
    pub in_order: bool,
    /// The population heads are counted of; all pupils where absent.
    pub per: Option<&'a PopulationId>,
}

impl Asker<'_> {
    /// What a figure can be asked; sums where there is no row or column.
    pub fn of(self, row: Option<usize>, col: Option<usize>) -> Option<Asked> {
        let whole = match self.view.shown {
            Shown::Money => return self.amount(row, col),
            Shown::PerHead => {
                let what = What::PerHead {
                    amount: Box::new(one(self.each(row, col, Self::total)?)?),
                    heads: Box::new(one(self.heads(row, col)?)?),
                };
                return Some(Asked { what: self.as_shown(what), step: None });
            }
            Shown::OfRow => self.amount(row, None)?,
            Shown::OfColumn => self.amount(None, col)?,
            Shown::OfAll => self.amount(None, None)?,
        };
        let part = self.amount(row, col)?;
        let share = || What::Share { part: Box::new(part.what), whole: Box::new(whole.what) };
        (part.step == whole.step).then(|| Asked { what: share(), step: part.step })
    }

    fn total(cut: Cut) -> What {
        What::Total(cut)
    }

    /// A number as that of the scenario, of the one compared with, or as the change.
    fn as_shown(self, what: What) -> What {
        match self.view.amounts {
            Amounts::Whole => what,
            Amounts::Base => What::Before(Box::new(what)),
            Amounts::Change => What::Change(Box::new(what)),
        }
    }

    fn amount(self, row: Option<usize>, col: Option<usize>) -> Option<Asked> {
        let total = one(self.each(row, col, Self::total)?)?;
        let (what, step) = match self.layer(row, col)? {
            None => (self.as_shown(total), None),
            Some(0) => (What::Before(Box::new(total)), None),
            Some(_) if !self.in_order => return None,
            Some(layer) => (What::Change(Box::new(total)), Some(layer - 1)),
        };
        Some(Asked { what, step })
    }

    /// The layer a figure is of; none where it is of all that belong to it.
    fn layer(self, row: Option<usize>, col: Option<usize>) -> Option<Option<usize>> {
        if !self.view.names(Dim::Measure) {
            return Some(None);
        }
        let layers = &self.shape.keep.layers;
        let places = self.places(Axis::Layer, row, col);
        let all = match self.view.amounts {
            Amounts::Whole => 0..layers.len(),
            Amounts::Base => 0..1,
            Amounts::Change => 1..layers.len(),
        };
        match places.as_slice() {
            _ if places.iter().copied().eq(all) && places.len() != 1 => Some(None),
            [one] => Some(Some(*one)),
            _ => None,
        }
    }

    /// The places of an axis that a figure is of.
    fn places(self, axis: Axis, row: Option<usize>, col: Option<usize>) -> Vec<usize> {
        let groups = [Some(self.shape.rows).zip(row), self.shape.cols.zip(col)];
        let places = self.shape.keep.of(axis);
        let in_groups = |place: &usize| {
            let mut of_axis = groups.iter().flatten().filter(|(members, _)| members.axis == axis);
            of_axis.all(|(members, item)| members.of.get(*place) == Some(item))
        };
        (0..places.len()).filter(|place| places[*place]).filter(in_groups).collect()
    }

    /// Something of each place a figure is of: nothing is told apart on an axis that counts as
    /// a whole.
    fn each(
        self,
        row: Option<usize>,
        col: Option<usize>,
        of: impl Fn(Cut) -> What,
    ) -> Option<Vec<What>> {
        let on = |axis| {
            let places = self.places(axis, row, col);
            let is_all = places.len() == self.shape.keep.of(axis).len();
            if is_all { vec![None] } else { places.into_iter().map(Some).collect() }
        };
        let [programmes, regions, years, sources] =
            [Axis::Programme, Axis::Region, Axis::Year, Axis::Source].map(on);
        let count = [&programmes, &regions, &years, &sources].map(Vec::len).iter().product();
        if !(1..=MOST).contains(&count) {
            return None;
        }
        let mut all = Vec::with_capacity(count);
        for programme in &programmes {
            for region in &regions {
                for year in &years {
                    for source in &sources {
                        let (programme, region) = (*programme, *region);
                        all.push(of(Cut { programme, region, year: *year, source: *source }));
                    }
                }
            }
        }
        Some(all)
    }

    fn heads(self, row: Option<usize>, col: Option<usize>) -> Option<Vec<What>> {
        let mut all = self.each(row, col, |Cut { region, year, .. }| What::Taught {
            population: self.per.cloned(),
            region,
            year,
        })?;
        // Programmes and sources do not tell heads apart.
        let mut known = Vec::new();
        all.retain(|what| {
            let is_new = !known.contains(what);
            if is_new {
                known.push(what.clone());
            }
            is_new
        });
        Some(all)
    }
}

/// One number alone, or the sum of several.
fn one(mut all: Vec<What>) -> Option<What> {
    match all.len() {
        0 | 1 => all.pop(),
        _ => Some(What::Sum(all)),
    }
}
