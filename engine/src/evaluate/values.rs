//! Owns the value in force of every parameter, by region and semester, once a stack
//! of measures has been applied.
//!
//! Invariant: each row runs over the horizon's semesters; a parameter that is the
//! same everywhere keeps one row. Each layer (the plan's own steps, then one change
//! after the other) is a whole row, so a change that ends gives back what was under it.

use super::EvaluateError;
use crate::calc::{Calc, Plain, Rounding};
use crate::exact::Overflow;
use crate::plan::{
    Change, ChangeValue, Measure, Named, Operation, ParamPath, PlanParts, Region, Step,
};
use crate::time::{Horizon, Semester};
use crate::why::What;
use std::collections::{HashMap, HashSet};
use std::sync::{Arc, LazyLock};

/// Values by semester, one row for all regions or one each.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Rows {
    values: Vec<i64>,
    /// From a region's row to the next: nothing where all regions share one.
    stride: usize,
    semesters: usize,
}

impl Rows {
    /// One row for all regions.
    pub(super) fn uniform(values: Vec<i64>) -> Self {
        Self { semesters: values.len(), stride: 0, values }
    }

    /// A row for each region, all as long.
    pub(super) fn by_region(rows: &[Vec<i64>]) -> Self {
        let semesters = rows.first().map_or(0, Vec::len);
        Self { semesters, stride: semesters, values: rows.concat() }
    }

    /// The value in a region at a place on the semester axis.
    #[inline(always)]
    pub(crate) fn at(&self, region: usize, term: usize) -> i64 {
        self.values[region * self.stride + term]
    }

    /// The values in a region over the semester axis; empty for a parameter the plan lacks.
    pub(crate) fn of(&self, region: usize) -> &[i64] {
        let start = region * self.stride;
        self.values.get(start..start + self.semesters).unwrap_or_default()
    }

    /// Whether all regions share one row.
    pub(crate) fn is_uniform(&self) -> bool {
        self.stride == 0
    }
}

/// A parameter's values with its name: what a formula reads.
#[derive(Clone)]
pub(crate) struct Series<'a> {
    path: ParamPath,
    rows: &'a Rows,
    horizon: Horizon,
}

impl Series<'_> {
    /// The value in force in a region at a place on the semester axis.
    #[inline(always)]
    pub(crate) fn at<C: Calc>(&self, c: &mut C, region: usize, term: usize) -> C::Num {
        c.put(self.rows.at(region, term), || What::Parameter {
            path: self.path.clone(),
            region,
            semester: self.horizon.semester_at(term),
        })
    }

    /// The amount of a fiscal year: the mean of its two semesters.
    pub(crate) fn mean<C: Calc>(
        &self,
        c: &mut C,
        region: usize,
        year: usize,
        what: impl FnOnce() -> What,
    ) -> Result<C::Num, Overflow> {
        let halves = Horizon::terms(year).map(|term| (1, [self.at(c, region, term)]));
        c.fraction(what, halves, 2, Rounding::HalfUp)
    }

    /// Its name.
    pub(crate) fn path(&self) -> &ParamPath {
        &self.path
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
        let moved: HashSet<&ParamPath> = moved.iter().copied().collect();
        let mut values = self.clone();
        values.resolve(plan, &named, measures, |n| {
            // What grows by a parameter that moved moves too.
            moved.contains(&n.path) || n.growth.as_ref().is_some_and(|path| moved.contains(path))
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
        let mut layers: HashMap<&ParamPath, Vec<Layer<'_>>> = HashMap::new();
        for layer in layers_of(measures) {
            layers.entry(&layer.change.path).or_default().push(layer);
        }
        // Indexation moves other parameters, so it is resolved before them; it has none itself.
        for indexed in [false, true] {
            for (place, n) in named.iter().enumerate() {
                if n.growth.is_some() != indexed || !is_wanted(n) {
                    continue;
                }
                let growth = n.growth.as_ref().map(|path| self.rows(path));
                let layers = layers.get(&n.path).map_or(&[][..], Vec::as_slice);
                self.rows[place] = Arc::new(resolve(plan, n, growth, layers)?);
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
        static NONE: LazyLock<Rows> = LazyLock::new(Rows::default);
        self.places.get(path).map_or(&NONE, |place| &self.rows[*place])
    }

    /// A parameter's values with its name; look them up once, not in a loop.
    pub(crate) fn series(&self, path: ParamPath) -> Series<'_> {
        Series { rows: self.rows(&path), path, horizon: self.horizon }
    }

    /// Whether a parameter has the values it has in `other`.
    pub(crate) fn shares(&self, other: &Self, path: &ParamPath) -> bool {
        let rows = |v: &Self| v.places.get(path).map(|place| Arc::clone(&v.rows[*place]));
        rows(self) == rows(other) // the same rows are equal without a look at their values
    }

    /// Whether all parameters of a kind have the values they have in `other`.
    pub(crate) fn share_all(&self, other: &Self, is_it: impl Fn(&ParamPath) -> bool) -> bool {
        self.places.keys().filter(|path| is_it(path)).all(|path| self.shares(other, path))
    }
}

/// A change and the measure it belongs to.
#[derive(Clone, Copy)]
pub(crate) struct Layer<'a> {
    pub(crate) measure: &'a Measure,
    /// Place of the measure in the stack.
    pub(crate) place: usize,
    pub(crate) change: &'a Change,
}

/// All changes of a stack in the order they apply.
pub(crate) fn layers_of<'a>(measures: &[&'a Measure]) -> impl Iterator<Item = Layer<'a>> {
    let of = |(place, measure): (usize, &'a Measure)| {
        measure.changes.iter().map(move |change| Layer { measure, place, change })
    };
    measures.iter().copied().enumerate().flat_map(of)
}

/// A change's value in each region; a list of thousands of regions is looked through once.
enum Held {
    Everywhere(i64),
    By(Vec<Option<i64>>),
}

impl Held {
    fn of(change: &Change, regions: &[Region]) -> Self {
        let some: Option<HashSet<_>> = change.regions.as_ref().map(|some| some.iter().collect());
        if let (None, ChangeValue::One(value)) = (&some, &change.value) {
            return Self::Everywhere(*value);
        }
        let in_region = |region: &Region| {
            let is_held = some.as_ref().is_none_or(|some| some.contains(&region.id));
            match &change.value {
                _ if !is_held => None,
                ChangeValue::One(value) => Some(*value),
                ChangeValue::ByRegion(values) => values.get(&region.id).copied(),
            }
        };
        Self::By(regions.iter().map(in_region).collect())
    }

    fn value_in(&self, region: usize) -> Option<i64> {
        match self {
            Self::Everywhere(value) => Some(*value),
            Self::By(values) => values[region],
        }
    }
}

fn resolve(
    plan: &PlanParts,
    named: &Named<'_>,
    growth: Option<&Rows>,
    layers: &[Layer<'_>],
) -> Result<Rows, EvaluateError> {
    let parameter = named.parameter;
    let is_uniform = parameter.by_region.is_empty()
        && growth.is_none_or(Rows::is_uniform)
        && layers.iter().all(|l| l.change.is_uniform());
    let regions = if is_uniform { 1 } else { plan.regions.len() };
    let semesters = plan.horizon.semesters_len();
    let resolver = Resolver::new(plan, named, growth, layers);
    let mut values = Vec::with_capacity(regions * semesters);
    let bounds = named.path.unit().bounds();
    for region in 0..regions {
        let start = values.len();
        resolver
            .row(&mut Plain, region, &mut values)
            .map_err(EvaluateError::overflow(&named.path))?;
        let row = plan.horizon.semesters().zip(&values[start..]);
        if let Some((semester, value)) = row.clone().find(|(_, value)| !bounds.contains(value)) {
            let path = named.path.clone();
            return Err(EvaluateError::OutOfBounds { path, semester, value: *value });
        }
    }
    Ok(Rows { values, stride: if is_uniform { 0 } else { semesters }, semesters })
}

/// One parameter's layers, ready for every region.
pub(crate) struct Resolver<'a> {
    plan: &'a PlanParts,
    named: &'a Named<'a>,
    growth: Option<&'a Rows>,
    layers: Vec<(Layer<'a>, Held)>,
    semesters: Vec<Semester>,
}

impl<'a> Resolver<'a> {
    pub(crate) fn new(
        plan: &'a PlanParts,
        named: &'a Named<'a>,
        growth: Option<&'a Rows>,
        layers: &[Layer<'a>],
    ) -> Self {
        let held = |layer: &Layer<'a>| (*layer, Held::of(layer.change, &plan.regions));
        let layers = layers.iter().map(held).collect();
        Self { plan, named, growth, layers, semesters: plan.horizon.semesters().collect() }
    }

    /// Adds the values in a region, over the semester axis, to `row`.
    pub(crate) fn row<C: Calc>(
        &self,
        c: &mut C,
        region: usize,
        row: &mut Vec<C::Num>,
    ) -> Result<(), Overflow> {
        let start = row.len();
        self.stated(c, region, row)?;
        (0..self.layers.len()).try_for_each(|place| self.lay(c, place, region, &mut row[start..]))
    }

    /// Applies the change at a place among the layers to a row, where it holds in the region.
    pub(crate) fn lay<C: Calc>(
        &self,
        c: &mut C,
        place: usize,
        region: usize,
        row: &mut [C::Num],
    ) -> Result<(), Overflow> {
        let (layer, held) = &self.layers[place];
        match held.value_in(region) {
            Some(value) => self.apply(c, *layer, value, region, row),
            None => Ok(()),
        }
    }

    fn parameter(&self, region: usize, term: usize) -> What {
        let (path, semester) = (self.named.path.clone(), self.semesters[term]);
        What::Parameter { path, region, semester }
    }

    /// The value of the semester before, indexed where a fiscal year after the first begins.
    fn carried<C: Calc>(
        &self,
        c: &mut C,
        previous: C::Num,
        region: usize,
        term: usize,
    ) -> Result<C::Num, Overflow> {
        match (self.growth, &self.named.growth) {
            // Springs are the odd places; the first fiscal year's is place 1 and states the base.
            (Some(growth), Some(path)) if term % 2 == 1 && term > 1 => {
                let semester = self.semesters[term];
                let rate = c.put(growth.at(region, term), || What::Parameter {
                    path: path.clone(),
                    region,
                    semester,
                });
                c.grown(|| self.parameter(region, term), previous, rate)
            }
            _ => Ok(previous),
        }
    }

    /// Adds the values the plan states in a region, over the semester axis, to `row`.
    pub(crate) fn stated<C: Calc>(
        &self,
        c: &mut C,
        region: usize,
        row: &mut Vec<C::Num>,
    ) -> Result<(), Overflow> {
        let path = || self.named.path.clone();
        let mut steps =
            self.named.parameter.steps_in(&self.plan.regions[region].id).iter().peekable();
        let mut value = c.put(0, || What::NotYet { path: path() });
        for (term, semester) in self.semesters.iter().enumerate() {
            value = self.carried(c, value, region, term)?;
            while let Some(Step { from, value: stated }) =
                steps.next_if(|step| step.from <= *semester)
            {
                value = c.put(*stated, || What::Stated { path: path(), region, from: *from });
            }
            row.push(value);
        }
        Ok(())
    }

    fn apply<C: Calc>(
        &self,
        c: &mut C,
        layer: Layer<'_>,
        value: i64,
        region: usize,
        row: &mut [C::Num],
    ) -> Result<(), Overflow> {
        let change = layer.change;
        let given = c.put(value, || What::Changed {
            path: change.path.clone(),
            measure: layer.measure.id.clone(),
            place: layer.place,
            operation: change.operation,
        });
        let mut carried: Option<C::Num> = None;
        for (term, semester) in self.semesters.iter().enumerate() {
            if *semester < change.from || change.until.is_some_and(|until| *semester > until) {
                continue;
            }
            let value = match carried {
                Some(previous) if change.operation != Operation::Scale => {
                    self.carried(c, previous, region, term)?
                }
                _ => given,
            };
            carried = Some(value);
            let what = || self.parameter(region, term);
            row[term] = match change.operation {
                Operation::Set => value,
                Operation::Add => c.sum(what, &[row[term], value])?,
                Operation::Scale => c.share(what, row[term], value)?,
            };
        }
        Ok(())
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use crate::plan::Parameter;
    use crate::sample::taian_2012;

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

    /// A row over three years from 2012 on.
    fn row(growth: Option<&[i64]>, steps: &[(&str, i64)], changes: &[Change]) -> Vec<i64> {
        let horizon = Horizon::new(crate::time::Year::new(2012).unwrap(), 3).unwrap();
        let plan = PlanParts { horizon, ..taian_2012().unwrap().into_parts() };
        let steps = steps.iter().map(|(from, value)| Step { from: at(from), value: *value });
        let parameter = Parameter { steps: steps.collect(), ..Parameter::default() };
        let path: ParamPath = "programmes/a/standard".parse().unwrap();
        let growth_path = growth.map(|_| "programmes/a/indexation".parse().unwrap());
        let named = Named { path, parameter: &parameter, growth: growth_path };
        let growth = growth.map(|g| Rows { values: g.to_vec(), stride: 0, semesters: g.len() });
        let measure = plan.scenarios.iter().find_map(|s| s.measures.first()).unwrap().clone();
        let measures = [&Measure { changes: changes.to_vec(), ..measure }];
        let layers: Vec<_> = layers_of(&measures).collect();
        resolve(&plan, &named, growth.as_ref(), &layers).unwrap().values
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
