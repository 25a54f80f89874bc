//! What the page ought to show, from the engine itself: the same tables, to the fen.
//!
//! The engine's own tests hold it to the independently computed figures; here it is only the
//! page that is on trial.

use std::cmp::Reverse;

use shapan_engine::{
    Attribution, ChangeValue, Cut, Difference, Lang, Measure, Outcome, Plan, Reading, RuleResult,
    ScenarioId, TaskReport, attribute, read_indicator, report_tasks, taian_2012, test_rules,
};

use shapan_journeys::Rows;

/// One scenario of a plan against another, in a year.
pub struct Expected {
    pub plan: Plan,
    pub lang: Lang,
    pub year: usize,
    attribution: Attribution,
}

pub fn sample() -> Plan {
    taian_2012().expect("the embedded sample is sound")
}

fn id(text: &str) -> ScenarioId {
    text.parse().expect("an id")
}

/// The adopted plan against the status quo in 2012, as a first look shows it.
pub fn first_look() -> Expected {
    Expected::of(sample(), "plan-2012", "status-quo")
}

/// The proposal of another 250 yuan against the adopted plan, in 2012.
pub fn raise_again() -> Expected {
    Expected::of(sample(), "raise-again", "plan-2012")
}

impl Expected {
    pub fn of(plan: Plan, scenario: &str, base: &str) -> Self {
        let attribution = attribute(&plan, &id(scenario), &id(base)).expect("it can be computed");
        Self { plan, lang: Lang::ZhHans, year: 0, attribution }
    }

    /// The same after an edit of the measures of a scenario.
    pub fn with(self, scenario: &str, edit: impl FnOnce(&mut Vec<Measure>)) -> Self {
        let (ours, base) = self.pair(scenario);
        let plan = self.plan.edit(|parts| {
            let of = |s: &&mut shapan_engine::Scenario| s.id.as_str() == scenario;
            edit(&mut parts.scenarios.iter_mut().find(of).expect("the scenario").measures);
        });
        Self { lang: self.lang, year: self.year, ..Self::of(plan.expect("sound"), &ours, &base) }
    }

    fn pair(&self, scenario: &str) -> (String, String) {
        let line = self.plan.lineage(&id(scenario));
        let place = line.len().checked_sub(2).expect("it has a parent");
        (scenario.to_owned(), line[place].id.to_string())
    }

    pub fn in_year(self, year: usize) -> Self {
        Self { year, ..self }
    }

    fn cut(&self) -> Cut {
        Cut::ALL.in_year(self.year)
    }

    pub fn scenario(&self) -> &Outcome {
        self.difference().scenario
    }

    pub fn difference(&self) -> Difference<'_> {
        self.attribution.difference()
    }

    /// Every rule in the year.
    pub fn rules(&self) -> Vec<RuleResult> {
        let all = test_rules(&self.plan, self.scenario()).expect("figures that fit");
        all.into_iter().filter(|result| result.year == self.year).collect()
    }

    /// An indicator over the whole city.
    pub fn reading(&self, indicator: usize, year: usize) -> Reading {
        let reading = read_indicator(&self.plan, self.scenario(), indicator, None, year);
        reading.expect("figures that fit").expect("the city has a reading")
    }

    /// Every task; their costs do not depend on today.
    pub fn tasks(&self) -> Vec<TaskReport> {
        report_tasks(&self.plan, self.scenario(), None).expect("figures that fit")
    }

    pub fn total(&self) -> i64 {
        self.scenario().total(self.cut()).0
    }

    pub fn change(&self) -> i64 {
        self.attribution.difference().total(self.cut()).0
    }

    pub fn change_over_all_years(&self) -> i64 {
        self.attribution.difference().total(Cut::ALL).0
    }

    pub fn county(&self) -> i64 {
        self.scenario().county_burden(&self.plan, self.cut()).0
    }

    pub fn county_change(&self) -> i64 {
        self.attribution.difference().county_burden(&self.plan, self.cut()).0
    }

    pub fn gap(&self) -> i64 {
        let sources = 0..self.plan.sources.len();
        sources.filter_map(|s| self.scenario().gap(s, self.year)).map(|gap| gap.0).sum()
    }

    /// Regions with what is spent and what changes, the county's part likewise; the city last.
    pub fn regions(&self) -> Rows {
        self.each_region(|cut| {
            let difference = self.attribution.difference();
            vec![
                self.scenario().total(cut).0,
                difference.total(cut).0,
                self.scenario().county_burden(&self.plan, cut).0,
                difference.county_burden(&self.plan, cut).0,
            ]
        })
    }

    /// Regions with what changes; the city last.
    pub fn change_by_region(&self) -> Rows {
        self.each_region(|cut| vec![self.attribution.difference().total(cut).0])
    }

    fn each_region(&self, figures: impl Fn(Cut) -> Vec<i64>) -> Rows {
        let regions = self.plan.regions.iter().enumerate();
        let row = |(place, region): (usize, &shapan_engine::Region)| {
            (region.name.get(self.lang).to_owned(), figures(self.cut().in_region(place)))
        };
        let city = (self.plan.place.get(self.lang).to_owned(), figures(self.cut()));
        regions.map(row).chain([city]).collect()
    }

    /// Years with what changes.
    pub fn change_by_year(&self) -> Rows {
        let difference = self.attribution.difference();
        let row = |(place, year): (usize, shapan_engine::Year)| {
            (year.to_string(), vec![difference.total(Cut::ALL.in_year(place)).0])
        };
        self.plan.years().enumerate().map(row).collect()
    }

    /// Years with what each payer pays that pays anything, and the sum.
    pub fn years_by_payer(&self, of: impl Fn(Cut) -> i64) -> Rows {
        let sources = 0..self.plan.sources.len();
        let years = 0..self.plan.horizon.years();
        let cell = |year, source| of(Cut::ALL.in_year(year).from_source(source));
        let pays = |source: &usize| years.clone().any(|year| cell(year, *source) != 0);
        let paying: Vec<_> = sources.filter(pays).collect();
        let row = |(place, year): (usize, shapan_engine::Year)| {
            let each = paying.iter().map(|source| cell(place, *source));
            (year.to_string(), each.chain([of(Cut::ALL.in_year(place))]).collect())
        };
        self.plan.years().enumerate().map(row).collect()
    }

    pub fn changed(&self, cut: Cut) -> i64 {
        self.attribution.difference().total(cut).0
    }

    pub fn spent(&self, cut: Cut) -> i64 {
        self.scenario().total(cut).0
    }

    /// Measures with what each adds, in the order they apply.
    pub fn measures(&self) -> Rows {
        let all = self.attribution.contributions().iter().enumerate();
        all.map(|(place, c)| {
            let title = c.measure.title.get(self.lang).to_owned();
            (title, vec![self.attribution.total(place, self.cut()).0])
        })
        .collect()
    }

    /// Measures with what each adds, the dearest first, and the sum.
    pub fn measures_by_cost(&self, sum: &str) -> Rows {
        let mut rows = self.measures();
        rows.sort_by_key(|(_, fen)| Reverse(fen.clone()));
        rows.push((sum.to_owned(), vec![self.change()]));
        rows
    }

    /// Who pays the change, of those that do.
    pub fn payers(&self) -> Rows {
        let sources = self.plan.sources.iter().enumerate();
        sources
            .map(|(place, source)| {
                let amount = self.changed(self.cut().from_source(place));
                (source.name.get(self.lang).to_owned(), vec![amount])
            })
            .filter(|(_, fen)| fen[0] != 0)
            .collect()
    }
}

/// Gives every change of a measure one value.
pub fn move_lever(measure: &mut Measure, value: i64) {
    for change in &mut measure.changes {
        change.value = ChangeValue::One(value);
    }
}
