//! Owns what numbers are called, and how they are written with their unit.

use crate::names;
use crate::numbers;
use crate::words::{Words, fill};
use shapan_engine::{
    Cut, Driver, FundsFigure, IndicatorFigure, Lang, Measure, Operation, Outcome, Plan, RuleFigure,
    Season, Semester, Unit, What, Working,
};

/// What is needed to name numbers of an outcome.
#[derive(Clone, Copy)]
pub struct Naming<'a> {
    pub w: &'static Words,
    pub lang: Lang,
    pub plan: &'a Plan,
    pub outcome: &'a Outcome,
    /// The stack the outcome was computed under.
    pub measures: &'a [&'a Measure],
}

const DOT: &str = " · ";

impl Naming<'_> {
    /// What a number is called.
    pub fn name(&self, what: &What) -> String {
        let Self { w, lang, plan, .. } = *self;
        let y = w.why;
        let people = |id: &shapan_engine::PopulationId| names::population(plan, id, lang);
        match what {
            What::Parameter { path, region, semester } => [
                names::parameter(w, plan, path, lang),
                self.region(*region),
                names::semester(w, *semester),
            ]
            .join(DOT),
            What::NotYet { path } => {
                [names::parameter(w, plan, path, lang), y.not_yet.to_owned()].join(DOT)
            }
            What::Stated { path, region, from } => [
                names::parameter(w, plan, path, lang),
                self.region(*region),
                fill(w.from_semester, &[&names::semester(w, *from)]),
            ]
            .join(DOT),
            What::Changed { place, operation, .. } => {
                let title = self.measures.get(*place);
                let how = match operation {
                    Operation::Set => w.op_set,
                    Operation::Add => w.op_add,
                    Operation::Scale => w.op_scale,
                };
                fill(y.measure, &[title.map_or("", |m| m.title.get(lang)), how])
            }
            What::Census { population, region, year } => {
                self.heads(fill(y.census, &[people(population)]), *region, *year)
            }
            What::GradeCensus { population, grade, region, year } => self.heads(
                fill(y.grade_census, &[people(population), &grade.to_string()]),
                *region,
                *year,
            ),
            What::Births { region, year, .. } => {
                [y.births.to_owned(), self.region(*region), year.to_string()].join(DOT)
            }
            What::Heads { population, region, year } => {
                self.heads(people(population).to_owned(), *region, *year)
            }
            What::Grade { population, grade, region, year } => {
                self.heads(fill(y.grade, &[people(population), &grade.to_string()]), *region, *year)
            }
            What::Transferred { population, region, year } => {
                self.heads(fill(y.transferred, &[people(population)]), *region, *year)
            }
            What::AllHeads { population, year } => {
                let autumn = names::semester(w, year.autumn());
                [people(population), plan.place.get(lang), &autumn].join(DOT)
            }
            What::SchoolSize { school } => {
                let found = plan.schools.iter().find(|s| s.id == *school);
                fill(y.school_size, &[found.map_or("", |s| s.name.get(lang))])
            }
            What::YearShare { programme, year } => {
                let share = fill(y.year_share, &[&year.to_string()]);
                [self.programme(*programme), share].join(DOT)
            }
            What::Working { working, programme, region, period } => [
                self.programme(*programme),
                self.region(*region),
                self.period(*programme, *period),
                self.working(*working).to_owned(),
            ]
            .join(DOT),
            What::Paid { programme, region, period, source } => [
                fill(y.paid, &[&self.source(*source)]),
                self.programme(*programme),
                self.region(*region),
                self.period(*programme, *period),
            ]
            .join(DOT),
            What::Total(cut) => self.total(*cut),
            What::CompletedBy { programme, region, year } => [
                self.programme(*programme),
                self.region(*region),
                fill(y.completed_by, &[&self.year(*year)]),
            ]
            .join(DOT),
            What::Available { source, region, year } => {
                let name = [self.source(*source), w.role_available.to_owned()].join(DOT);
                self.placed(name, *region, *year)
            }
            What::Funds { figure, source, region, year } => {
                let figure = match figure {
                    FundsFigure::Available => w.role_available,
                    FundsFigure::Carried => w.goals.carried,
                    FundsFigure::There => y.there,
                    FundsFigure::Covered => y.covered,
                    FundsFigure::Gap => w.goals.gap,
                    FundsFigure::Surplus => w.goals.surplus,
                };
                self.placed([&self.source(*source), figure].join(DOT), *region, *year)
            }
            What::Gaps { year } => self.placed(w.goals.gap.to_owned(), None, *year),
            What::CountyBurden(cut) => [w.county_burden.to_owned(), self.total(*cut)].join(DOT),
            What::TaskCost { task, year } => {
                let title = plan.tasks.get(*task).map_or("", |t| t.title.get(lang));
                self.placed([title, w.cost].join(DOT), None, *year)
            }
            What::Recipients { programme, region, year } => {
                let name = [self.programme(*programme), y.recipients.to_owned()].join(DOT);
                self.placed(name, *region, *year)
            }
            What::Reached { programme, region, year } => {
                let programme = programme.map(|p| self.programme(p));
                let name = programme.into_iter().chain([y.reached.to_owned()]);
                self.placed(name.collect::<Vec<_>>().join(DOT), *region, *year)
            }
            What::ReachedIn { programme, region, period } => [
                self.programme(*programme),
                self.region(*region),
                self.period(*programme, *period),
                y.reached.to_owned(),
            ]
            .join(DOT),
            What::Taught { population, region, year } => {
                let of = population.as_ref().map_or(w.explore.all_pupils, people);
                let place =
                    region.map_or_else(|| plan.place.get(lang).to_owned(), |r| self.region(r));
                let year = year.map(|year| self.year(year));
                let parts = [of.to_owned(), y.taught.to_owned(), place];
                parts.into_iter().chain(year).collect::<Vec<_>>().join(DOT)
            }
            What::Before(same) => fill(y.before, &[&self.name(same)]),
            What::Change(same) => [self.name(same), w.against_base.to_owned()].join(DOT),
            What::Sum(parts) => {
                let first = parts.first().map(|part| self.name(part)).unwrap_or_default();
                match parts.len() {
                    0 | 1 => first,
                    count => fill(y.and_more, &[&first, &count.to_string()]),
                }
            }
            What::Share { part, .. } => [self.name(part), y.share.to_owned()].join(DOT),
            What::PerHead { amount, .. } => [self.name(amount), y.per_head.to_owned()].join(DOT),
            What::Indicator { figure, indicator, region, year } => {
                let found = plan.indicators.get(*indicator);
                let name = found.map_or("", |i| i.name.get(lang));
                let figure = match figure {
                    IndicatorFigure::Numerator => y.numerator,
                    IndicatorFigure::Denominator => y.denominator,
                    IndicatorFigure::Value => w.goals.value,
                    IndicatorFigure::Counted => y.counted,
                    IndicatorFigure::Target => y.target,
                };
                self.placed([name, figure].join(DOT), *region, *year)
            }
            What::Rule { figure, rule, region, year } => {
                let name = plan.rules.get(*rule).map_or("", |r| r.name.get(lang));
                let figure = match figure {
                    RuleFigure::Value => w.goals.value,
                    RuleFigure::Threshold => w.goals.threshold,
                    RuleFigure::Slack => w.goals.slack,
                    RuleFigure::Share => y.share,
                    RuleFigure::Divisor => y.divisor,
                    RuleFigure::Revenue => w.role_revenue,
                    RuleFigure::Budget => w.role_budget,
                };
                self.placed([name, figure].join(DOT), *region, *year)
            }
        }
    }

    /// What a number is called beneath one it gave its value to.
    pub fn origin(&self, what: &What) -> String {
        match what {
            What::Stated { from, .. } => {
                fill(self.w.from_semester, &[&names::semester(self.w, *from)])
            }
            What::NotYet { .. } => self.w.why.not_yet.to_owned(),
            _ => self.name(what),
        }
    }

    /// A number with its unit, exactly.
    pub fn written(&self, what: &What, value: i64) -> String {
        let w = self.w;
        match what.unit(self.plan) {
            Unit::Fen => names::with_unit(&numbers::exact(value, 2), w.unit_yuan),
            Unit::Share | Unit::Growth | Unit::Rate => format!("{}%", numbers::exact(value, 4)),
            Unit::Ratio => names::with_unit(&numbers::exact(value, 6), w.unit_pupils_per_post),
            Unit::Count | Unit::Net => {
                names::with_unit(&numbers::exact(value, 0), &self.counted(what))
            }
        }
    }

    /// What a whole thing is called.
    fn counted(&self, what: &What) -> String {
        let Self { w, lang, plan, .. } = *self;
        let of_works = |programme: &usize| match plan.programmes.get(*programme).map(|p| &p.driver)
        {
            Some(Driver::Works { unit, .. }) => unit.get(lang).to_owned(),
            Some(Driver::Posts { .. }) => w.unit_posts.to_owned(),
            _ => w.unit_people.to_owned(),
        };
        match what {
            What::Parameter { path, .. }
            | What::NotYet { path }
            | What::Stated { path, .. }
            | What::Changed { path, .. } => names::value_unit(w, plan, path, lang).1,
            What::Working { programme, .. } | What::CompletedBy { programme, .. } => {
                of_works(programme)
            }
            What::Indicator { indicator, .. } => {
                let found = plan.indicators.get(*indicator).and_then(|i| i.unit_name.as_ref());
                found.map(|name| name.get(lang).to_owned()).unwrap_or_default()
            }
            What::Before(same) | What::Change(same) => self.counted(same),
            What::Sum(parts) => parts.first().map(|part| self.counted(part)).unwrap_or_default(),
            What::Rule { .. } => String::new(),
            _ => w.unit_people.to_owned(),
        }
    }

    fn total(&self, cut: Cut) -> String {
        let what = cut.programme.map_or_else(|| self.w.total.to_owned(), |p| self.programme(p));
        let parts = [
            Some(what),
            cut.source.map(|source| fill(self.w.why.paid, &[&self.source(source)])),
            cut.region.map(|region| self.region(region)),
            cut.year.map(|year| self.year(year)),
        ];
        parts.into_iter().flatten().collect::<Vec<_>>().join(DOT)
    }

    fn heads(&self, name: String, region: usize, year: shapan_engine::Year) -> String {
        [name, self.region(region), names::semester(self.w, year.autumn())].join(DOT)
    }

    fn placed(&self, name: String, region: Option<usize>, year: usize) -> String {
        let parts = [Some(name), region.map(|r| self.region(r)), Some(self.year(year))];
        parts.into_iter().flatten().collect::<Vec<_>>().join(DOT)
    }

    fn programme(&self, place: usize) -> String {
        self.plan.programmes.get(place).map_or("", |p| p.name.get(self.lang)).to_owned()
    }

    fn region(&self, place: usize) -> String {
        self.plan.regions.get(place).map_or("", |r| r.name.get(self.lang)).to_owned()
    }

    fn source(&self, place: usize) -> String {
        self.plan.sources.get(place).map_or("", |s| s.name.get(self.lang)).to_owned()
    }

    fn year(&self, place: usize) -> String {
        let year = self.plan.horizon.fiscal_years().nth(place);
        let year = year.map(|year| year.to_string()).unwrap_or_default();
        fill(self.w.fiscal_year, &[&year])
    }

    /// A period of a programme: a semester, or a year where it is paid yearly.
    fn period(&self, programme: usize, period: usize) -> String {
        if programme >= self.plan.programmes.len() {
            return String::new();
        }
        match self.outcome.periods(programme).a_year() {
            2 => {
                let season = if period.is_multiple_of(2) { Season::Spring } else { Season::Autumn };
                let year = self.plan.horizon.fiscal_years().nth(period / 2);
                let semester = year.map(|year| Semester { year, season });
                semester.map(|s| names::semester(self.w, s)).unwrap_or_default()
            }
            _ => self.year(period),
        }
    }

    fn working(&self, working: Working) -> &'static str {
        let y = self.w.why;
        match working {
            Working::Recipients => y.recipients,
            Working::RaisedToFloor => y.raised_to_floor,
            Working::Posts => self.w.role_posts,
            Working::Completed => y.completed,
            Working::Quantity => y.quantity,
            Working::Cost => y.cost,
            Working::RecognisedCost => y.recognised_cost,
            Working::RecognisedStandard => y.recognised_standard,
            Working::PaidOutside => y.paid_outside,
            Working::Lending => y.lending,
            Working::Outstanding => y.outstanding,
            Working::Payment => y.payment,
            Working::Recognised => y.recognised,
            Working::Rest => y.rest,
        }
    }
}
