//! Owns the value in force of every parameter, by region and semester, once a stack
//! of measures has been applied.
//!
//! Invariant: each row runs over the horizon's semesters; a parameter that is the
//! same everywhere keeps one row. Each layer (the plan's own steps, then one change
//! after the other) is a whole row, so a change that ends gives back what was under it.

use super::EvaluateError;
use crate::exact::{Overflow, divide_half_up, grow, share_of};
use crate::plan::{Change, Measure, Named, Operation, ParamPath, PlanParts, Step};
use crate::time::Horizon;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

/// Values by semester: one row for all regions, or one each.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Rows(Vec<Vec<i64>>);

impl Rows {
    /// The values in a region over the semester axis; empty for a parameter the plan lacks.
    pub(crate) fn of(&self, region: usize) -> &[i64] {
        let place = if self.0.len() == 1 { 0 } else { region };
        self.0.get(place).map_or(&[], Vec::as_slice)
    }
}

/// Every parameter's values in force. A copy shares the rows that are the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Values {
    horizon: Horizon,
    places: Arc<HashMap<ParamPath, usize>>,
    rows: Vec<Arc<Rows>>,
}

impl Values {
    /// Resolves the plan's parameters and applies the measures in order.
    pub(crate) fn in_force(plan: &PlanParts, measures: &[&Measure]) -> Result<Self, EvaluateError> {
        Self::some_in_force(plan, measures, |_| true)
    }

    /// As [`Self::in_force`], but only of the parameters wanted; the others have no values.
    pub(crate) fn some_in_force(
        plan: &PlanParts,
        measures: &[&Measure],
        is_wanted: impl Fn(&ParamPath) -> bool,
    ) -> Result<Self, EvaluateError> {
        let named = plan.named_parameters();
        let places = named.iter().enumerate().map(|(place, n)| (n.path.clone(), place)).collect();
        let unresolved = Arc::new(Rows::default());
        let mut values = Self {
            horizon: plan.horizon,
            places: Arc::new(places),
            rows: vec![unresolved; named.len()],
        };
        let growths = named.iter().filter(|n| is_wanted(&n.path)).filter_map(|n| n.growth.as_ref());
        let growths: HashSet<&ParamPath> = growths.collect();
        let is_wanted = |n: &Named<'_>| is_wanted(&n.path) || growths.contains(&n.path);
        values.resolve(plan, &named, measures, is_wanted)?;
        Ok(values)
    }

    /// The same under another stack of measures, which differs from the one these values
    /// are of only in changes of `moved`.
    pub(crate) fn moved(
        &self,
        plan: &PlanParts,
        measures: &[&Measure],
        moved: &[&ParamPath],
    ) -> Result<Self, EvaluateError> {
        let named = plan.named_parameters();
        let mut values = self.clone();
        values.resolve(plan, &named, measures, |n| {
            // What grows by a parameter that moved moves too.
            moved.contains(&&n.path) || n.growth.as_ref().is_some_and(|path| moved.contains(&path))
        })?;
        Ok(values)
    }

    fn resolve(
        &mut self,
        plan: &PlanParts,
        named: &[Named<'_>],
        measures: &[&Measure],
        is_wanted: impl Fn(&Named<'_>) -> bool,
    ) -> Result<(), EvaluateError> {
        let mut changes: HashMap<&ParamPath, Vec<&Change>> = HashMap::new();
        for change in measures.iter().flat_map(|m| &m.changes) {
            changes.entry(&change.path).or_default().push(change);
        }
        // Indexation moves other parameters, so it is resolved before them; it has none itself.
        for indexed in [false, true] {
            for (place, n) in named.iter().enumerate() {
                if n.growth.is_some() != indexed || !is_wanted(n) {
                    continue;
                }
                let growth = n.growth.as_ref().map(|path| self.rows(path));
                let changes = changes.get(&n.path).map_or(&[][..], Vec::as_slice);
                self.rows[place] = Arc::new(resolve(plan, n, growth, changes)?);
            }
        }
        Ok(())
    }

    /// The fiscal years they run over.
    pub(crate) fn horizon(&self) -> Horizon {
        self.horizon
    }

    /// A parameter's values; look them up once, not in a loop.
    pub(crate) fn rows(&self, path: &ParamPath) -> &Rows {
        static NONE: Rows = Rows(Vec::new());
        self.places.get(path).map_or(&NONE, |place| &self.rows[*place])
    }

    /// Whether a parameter has the values it has in `other`.
    pub(crate) fn shares(&self, other: &Self, path: &ParamPath) -> bool {
        let rows = |v: &Self| v.places.get(path).map(|place| Arc::clone(&v.rows[*place]));
        rows(self) == rows(other) // the same rows are equal without a look at their values
    }

    /// Yearly amounts, `[row][fiscal year]`: the mean of the year's two semesters.
    pub(crate) fn yearly(&self, path: &ParamPath, rows: usize) -> Vec<Vec<i64>> {
        let values = self.rows(path);
        let mean = |row: &[i64], year| {
            let sum: i128 = Horizon::terms(year).iter().map(|t| i128::from(row[*t])).sum();
            divide_half_up(sum, 2).unwrap_or(i64::MAX) // a mean of two i64 always fits
        };
        let years = 0..self.horizon.years();
        (0..rows).map(|r| years.clone().map(|y| mean(values.of(r), y)).collect()).collect()
    }
}

fn resolve(
    plan: &PlanParts,
    named: &Named<'_>,
    growth: Option<&Rows>,
    changes: &[&Change],
) -> Result<Rows, EvaluateError> {
    let parameter = named.parameter;
    let uniform = parameter.by_region.is_empty()
        && growth.is_none_or(|rows| rows.0.len() == 1)
        && changes.iter().all(|c| c.is_uniform());
    let regions = if uniform { &plan.regions[..1] } else { &plan.regions[..] };
    let mut rows = Vec::with_capacity(regions.len());
    for (r, region) in regions.iter().enumerate() {
        let axis = Axis { horizon: plan.horizon, growth: growth.map(|g| g.of(r)) };
        let row = axis.layered(parameter.steps_in(&region.id), changes, &region.id);
        let row = row.map_err(EvaluateError::overflow(&named.path))?;
        let bounds = named.path.unit().bounds();
        if let Some((semester, value)) =
            plan.horizon.semesters().zip(&row).find(|(_, value)| !bounds.contains(value))
        {
            let path = named.path.clone();
            return Err(EvaluateError::OutOfBounds { path, semester, value: *value });
        }
        rows.push(row);
    }
    Ok(Rows(rows))
}

/// The semester axis and the growth that runs along it.
struct Axis<'a> {
    horizon: Horizon,
    growth: Option<&'a [i64]>,
}

impl Axis<'_> {
    fn layered(
        &self,
        steps: &[Step],
        changes: &[&Change],
        region: &crate::id::RegionId,
    ) -> Result<Vec<i64>, Overflow> {
        let mut row = self.stated(steps)?;
        for change in changes {
            if let Some(value) = change.value_in(region) {
                self.apply(change, value, &mut row)?;
            }
        }
        Ok(row)
    }

    /// The value of the semester before, indexed where a fiscal year after the first begins.
    fn carried(&self, previous: i64, semester: usize) -> Result<i64, Overflow> {
        match self.growth {
            // Springs are the odd places; the first fiscal year's is place 1 and states the base.
            Some(growth) if semester % 2 == 1 && semester > 1 => grow(previous, growth[semester]),
            _ => Ok(previous),
        }
    }

    fn stated(&self, steps: &[Step]) -> Result<Vec<i64>, Overflow> {
        let mut row = Vec::with_capacity(self.horizon.semesters_len());
        let mut steps = steps.iter().peekable();
        let mut value = 0;
        for (index, semester) in self.horizon.semesters().enumerate() {
            value = self.carried(value, index)?;
            while let Some(step) = steps.next_if(|step| step.from <= semester) {
                value = step.value;
            }
            row.push(value);
        }
        Ok(row)
    }

    fn apply(&self, change: &Change, value: i64, row: &mut [i64]) -> Result<(), Overflow> {
        let mut carried = None;
        for (index, semester) in self.horizon.semesters().enumerate() {
            if semester < change.from || change.until.is_some_and(|until| semester > until) {
                continue;
            }
            let value = match carried {
                None => value,
                Some(_) if change.operation == Operation::Scale => value,
                Some(previous) => self.carried(previous, index)?,
            };
            carried = Some(value);
            row[index] = match change.operation {
                Operation::Set => value,
                Operation::Add => row[index].checked_add(value).ok_or(Overflow)?,
                Operation::Scale => share_of(row[index], value)?,
            };
        }
        Ok(())
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use crate::plan::ChangeValue;
    use crate::time::{Semester, Year};

    fn at(text: &str) -> Semester {
        text.parse().unwrap()
    }

    fn change(operation: Operation, value: i64, from: &str, until: Option<&str>) -> Change {
        Change {
            path: "programmes/a/standard".parse().unwrap(),
            operation,
            value: ChangeValue::One(value),
            from: at(from),
            until: until.map(at),
            regions: None,
        }
    }

    fn row(growth: Option<&[i64]>, steps: &[(&str, i64)], changes: &[Change]) -> Vec<i64> {
        let horizon = Horizon::new(Year::new(2012).unwrap(), 3).unwrap();
        let steps: Vec<_> =
            steps.iter().map(|(from, value)| Step { from: at(from), value: *value }).collect();
        let changes: Vec<_> = changes.iter().collect();
        Axis { horizon, growth }.layered(&steps, &changes, &"r".parse().unwrap()).unwrap()
    }

    const TEN_PERCENT: &[i64] = &[100_000; 7];

    #[test]
    fn before_its_first_step_a_parameter_is_nothing() {
        assert_eq!(row(None, &[("2012-autumn", 5)], &[]), [0, 0, 5, 5, 5, 5, 5]);
    }

    #[test]
    fn indexation_starts_from_the_first_fiscal_year_and_rounds_every_year() {
        assert_eq!(
            row(Some(TEN_PERCENT), &[("2005-spring", 105)], &[]),
            [105, 105, 105, 116, 116, 128, 128]
        );
    }

    #[test]
    fn a_change_that_ends_gives_back_what_was_under_it() {
        let set = change(Operation::Set, 9, "2012-autumn", Some("2013-spring"));
        assert_eq!(row(None, &[("2011-autumn", 5)], &[set]), [5, 5, 9, 9, 5, 5, 5]);
    }

    #[test]
    fn set_add_and_scale_stack_in_order_and_are_indexed() {
        let set = change(Operation::Set, 100, "2012-spring", None);
        let add = change(Operation::Add, 10, "2013-spring", None);
        let scale = change(Operation::Scale, 2_000_000, "2014-spring", None);
        let found = row(Some(TEN_PERCENT), &[("2011-autumn", 1)], &[set, add, scale]);
        assert_eq!(found, [1, 100, 100, 120, 120, 264, 264]);
    }
}
