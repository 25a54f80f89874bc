//! Owns what a cell of a grid stands for, and the one command that writing cells becomes.
//!
//! Invariant: cells written together are one step. A number changed by hand is never left under
//! a basis that says somebody else stated or published it: its basis becomes "entered", with a
//! note of what it was.

use super::steps;
use crate::names;
use crate::words::{fill, words};
use shapan_engine::{
    Basis, BasisKind, Census, Command, GradeRole, Headcount, Indexed, Lang, MILLION, ParamPath,
    Parameter, Plan, Population, PopulationId, RegionId, Semester, Source, SourceRole, Text, Year,
    Yearly,
};
use std::collections::BTreeMap;

/// What a cell stands for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Stands {
    /// For nothing that could be written.
    #[default]
    Nothing,
    /// Heads counted in a region in the autumn of a year.
    Heads(PopulationId, RegionId, Year),
    /// Heads in a region in the autumn of a year that are computed: they cannot be written.
    Computed(PopulationId, RegionId, Year),
    /// Heads of a grade, counted from 1.
    Grade(PopulationId, RegionId, Year, u8),
    /// Births in a region.
    Births(PopulationId, RegionId, Year),
    /// What a parameter is from a date on, in one region or in all together.
    Step(ParamPath, Option<RegionId>, Semester),
    /// What a parameter comes to in a fiscal year, in one region or in all together.
    Fiscal(ParamPath, Option<RegionId>, Year),
}

/// What a basis is of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Rests {
    /// The heads counted of a population.
    Counts(PopulationId),
    /// A parameter.
    Parameter(ParamPath),
}

impl Stands {
    /// What says where its number comes from.
    pub fn rests(&self) -> Option<Rests> {
        match self {
            Self::Nothing | Self::Computed(..) => None,
            Self::Heads(id, ..) | Self::Grade(id, ..) | Self::Births(id, ..) => {
                Some(Rests::Counts(id.clone()))
            }
            Self::Step(path, ..) | Self::Fiscal(path, ..) => Some(Rests::Parameter(path.clone())),
        }
    }
}

/// What is changed, put together before it is handed over.
struct Changes<'a> {
    plan: &'a Plan,
    populations: BTreeMap<PopulationId, Population>,
    sources: BTreeMap<String, Source>,
    parameters: BTreeMap<ParamPath, Parameter>,
    yearly: BTreeMap<ParamPath, Yearly<'a>>,
}

/// Writing cells, as one command; none where nothing moves.
pub fn command(plan: &Plan, cells: &[(Stands, Option<i64>)]) -> Option<Command> {
    let mut changes = Changes {
        plan,
        populations: BTreeMap::new(),
        sources: BTreeMap::new(),
        parameters: BTreeMap::new(),
        yearly: BTreeMap::new(),
    };
    for (stands, value) in cells {
        changes.write(stands, *value);
    }
    let mut commands: Vec<Command> = Vec::new();
    commands.extend(changes.populations.into_values().map(|p| Command::Put(p.into())));
    commands.extend(changes.sources.into_values().map(|s| Command::Put(s.into())));
    commands.extend(
        changes.parameters.into_iter().map(|(path, parameter)| Command::SetParameter {
            path,
            parameter: Box::new(parameter),
        }),
    );
    (!commands.is_empty()).then_some(Command::Together(commands))
}

impl Changes<'_> {
    fn write(&mut self, stands: &Stands, value: Option<i64>) {
        match stands {
            Stands::Nothing | Stands::Computed(..) => {}
            Stands::Step(path, region, from) => {
                if let Some(parameter) = self.parameter(path) {
                    let mut changed = steps::with(parameter, region.as_ref(), *from, value);
                    if changed != *parameter {
                        changed.basis = by_hand(&changed.basis);
                        *parameter = changed;
                    }
                }
            }
            Stands::Fiscal(path, region, year) => self.write_year(path, region, *year, value),
            Stands::Heads(id, region, year) => {
                let Some(population) = self.population(id) else { return };
                if let Headcount::Counted { censuses, basis, .. } = &mut population.headcount {
                    count(censuses, region, *year, value, basis);
                }
            }
            Stands::Births(id, region, year) => {
                let Some(population) = self.population(id) else { return };
                if let Headcount::Cohort(cohort) = &mut population.headcount
                    && let shapan_engine::Entry::Births { births, .. } = &mut cohort.entry
                {
                    count(births, region, *year, value, &mut cohort.basis);
                }
            }
            Stands::Grade(id, region, year, grade) => {
                let Some(population) = self.population(id) else { return };
                let Headcount::Cohort(cohort) = &mut population.headcount else { return };
                let census = cohort.censuses.iter_mut().find(|census| census.year == *year);
                let (Some(census), place) = (census, usize::from(*grade).saturating_sub(1)) else {
                    return;
                };
                let heads = census.heads.entry(region.clone()).or_default();
                let value = value.unwrap_or(0);
                if heads.get(place).copied().unwrap_or(0) != value {
                    heads.resize(heads.len().max(place + 1), 0);
                    heads[place] = value;
                    cohort.basis = by_hand(&cohort.basis);
                }
            }
        }
    }

    /// A cell of a year that has more digits than fit is none that can be typed in.
    fn write_year(
        &mut self,
        path: &ParamPath,
        region: &Option<RegionId>,
        year: Year,
        value: Option<i64>,
    ) {
        if !self.yearly.contains_key(path)
            && let Ok(Some(yearly)) = Yearly::of(self.plan, path)
        {
            self.yearly.insert(path.clone(), yearly);
        }
        let mut changed = match self.parameter(path) {
            Some(parameter) => std::mem::take(parameter),
            None => return,
        };
        let own = |p: &Parameter| match region {
            None => Some(p.steps.clone()),
            Some(region) => p.by_region.get(region).cloned(),
        };
        let before = own(&changed);
        if let Some(yearly) = self.yearly.get(path)
            && yearly.set(&mut changed, region.as_ref(), year, value).is_ok()
            && own(&changed) != before
        {
            changed.basis = by_hand(&changed.basis);
        }
        self.parameters.insert(path.clone(), changed);
    }

    fn population(&mut self, id: &PopulationId) -> Option<&mut Population> {
        if !self.populations.contains_key(id) {
            let there = self.plan.populations.iter().find(|p| p.id == *id)?;
            self.populations.insert(id.clone(), there.clone());
        }
        self.populations.get_mut(id)
    }

    /// The parameter of a path; made, where the plan lets one be absent and so counts it as
    /// what it is made.
    fn parameter(&mut self, path: &ParamPath) -> Option<&mut Parameter> {
        if !self.parameters.contains_key(path) {
            let found = self.plan.parameters().find(|(there, _)| there == path);
            let parameter = match found {
                Some((_, parameter)) => parameter.clone(),
                None => self.make(path)?,
            };
            self.parameters.insert(path.clone(), parameter);
        }
        self.parameters.get_mut(path)
    }

    fn make(&mut self, path: &ParamPath) -> Option<Parameter> {
        let start = self.plan.horizon.start();
        let constant = |value| Parameter::constant(start, value, Basis::default());
        match path {
            ParamPath::Grade(id, role, grade) => {
                let Headcount::Cohort(cohort) = &mut self.population(id)?.headcount else {
                    return None;
                };
                let (by_grade, value) = match role {
                    GradeRole::Progression => (&mut cohort.progression, MILLION),
                    GradeRole::Migration => (&mut cohort.migration, 0),
                };
                Some(by_grade.entry(*grade).or_insert_with(|| constant(value)).clone())
            }
            ParamPath::Source(id, role) => {
                let there = self.plan.sources.iter().find(|s| s.id == *id)?;
                let source = self.sources.entry(id.to_string()).or_insert_with(|| there.clone());
                let amount: &mut Indexed = match role {
                    SourceRole::RevenueGrowth => source.revenue.as_mut()?,
                    SourceRole::AvailableGrowth => &mut source.available.as_mut()?.amount,
                    SourceRole::Revenue | SourceRole::Available => return None,
                };
                Some(amount.indexation.get_or_insert_with(|| constant(0)).clone())
            }
            _ => None,
        }
    }
}

fn count(
    censuses: &mut [Census],
    region: &RegionId,
    year: Year,
    value: Option<i64>,
    basis: &mut Basis,
) {
    let Some(census) = censuses.iter_mut().find(|census| census.year == year) else { return };
    let before = match value {
        Some(value) => census.heads.insert(region.clone(), value),
        None => census.heads.remove(region),
    };
    if before != value {
        *basis = by_hand(basis);
    }
}

/// The basis of a number that was changed by hand.
pub fn by_hand(basis: &Basis) -> Basis {
    if basis.kind == BasisKind::Entered {
        return basis.clone();
    }
    let note = Lang::ALL.map(|lang| {
        let w = words(lang);
        let was = fill(w.data.changed_by_hand, &[names::basis_kind(w, basis.kind)]);
        match &basis.note {
            None => was,
            // A language without the note gets no half of one.
            Some(note) => match note.exactly(lang) {
                Some(note) => format!("{note}{}{was}", w.semicolon),
                None => String::new(),
            },
        }
    });
    let note = Text::from_languages(Lang::ALL.into_iter().zip(note.iter().map(String::as_str)));
    let note = note.ok().or_else(|| basis.note.clone());
    Basis { kind: BasisKind::Entered, citation: basis.citation.clone(), note }
}

/// Where a number comes from.
pub fn basis_of<'a>(plan: &'a Plan, rests: &Rests) -> Option<&'a Basis> {
    match rests {
        Rests::Parameter(path) => {
            plan.parameters().find(|(there, _)| there == path).map(|(_, p)| &p.basis)
        }
        Rests::Counts(id) => {
            let population = plan.populations.iter().find(|p| p.id == *id)?;
            match &population.headcount {
                Headcount::Counted { basis, .. } => Some(basis),
                Headcount::Cohort(cohort) => Some(&cohort.basis),
                Headcount::ShareOf { .. } => None,
            }
        }
    }
}

/// Saying where a number comes from.
pub fn rest_on(plan: &Plan, rests: &Rests, new: Basis) -> Option<Command> {
    match rests {
        Rests::Parameter(path) => {
            let (_, there) = plan.parameters().find(|(there, _)| there == path)?;
            let parameter = Box::new(Parameter { basis: new, ..there.clone() });
            Some(Command::SetParameter { path: path.clone(), parameter })
        }
        Rests::Counts(id) => {
            let mut population = plan.populations.iter().find(|p| p.id == *id)?.clone();
            match &mut population.headcount {
                Headcount::Counted { basis, .. } => *basis = new,
                Headcount::Cohort(cohort) => cohort.basis = new,
                Headcount::ShareOf { .. } => return None,
            }
            Some(Command::Put(population.into()))
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use shapan_engine::{Document, taian_2012};

    fn heads(region: &str, value: i64) -> (Stands, Option<i64>) {
        let year = Year::new(2011).unwrap();
        let population = "primary-pupils".parse().unwrap();
        (Stands::Heads(population, region.parse().unwrap(), year), Some(value))
    }

    #[test]
    fn cells_written_together_are_one_step_and_undo_together() {
        let mut document = Document::new(taian_2012().unwrap());
        let before = document.plan().clone();
        let start = before.horizon.start();
        let growth: ParamPath = "populations/primary-pupils/growth".parse().unwrap();
        let cells = [
            heads("taishan", 50_000),
            heads("daiyue", 60_000),
            (Stands::Step(growth, Some("city".parse().unwrap()), start), Some(30_000)),
        ];
        let command = command(&before, &cells).unwrap();
        document.dispatch(command, None).unwrap();
        let population =
            document.plan().populations.iter().find(|p| p.id.as_str() == "primary-pupils");
        let Headcount::Counted { censuses, growth, .. } = &population.unwrap().headcount else {
            unreachable!()
        };
        assert_eq!(censuses[0].heads.get(&"taishan".parse().unwrap()), Some(&50_000));
        assert_eq!(growth.by_region.len(), 1);
        assert!(document.undo());
        assert_eq!(*document.plan(), before);
        assert!(!document.can_undo());
    }

    #[test]
    fn a_published_number_changed_by_hand_is_entered_and_says_what_it_was() {
        let plan = taian_2012().unwrap();
        let Some(Command::Together(commands)) = command(&plan, &[heads("taishan", 1)]) else {
            unreachable!()
        };
        let [Command::Put(shapan_engine::Thing::Population(population))] = &commands[..] else {
            unreachable!()
        };
        let Headcount::Counted { basis, .. } = &population.headcount else { unreachable!() };
        assert_eq!(basis.kind, BasisKind::Entered);
        assert_eq!(basis.citation.as_ref().unwrap().as_str(), "yearbook2012");
        assert_eq!(basis.note.as_ref().unwrap().get(Lang::ZhHans), "原为“发布”，已手工修改");
        assert_eq!(by_hand(basis), *basis, "said once");
    }

    #[test]
    fn the_same_number_typed_again_keeps_its_basis() {
        let plan = taian_2012().unwrap();
        let Some(command) = command(&plan, &[heads("taishan", 49_944)]) else { unreachable!() };
        let mut document = Document::new(plan);
        document.dispatch(command, None).unwrap();
        assert!(!document.can_undo());
    }

    #[test]
    fn growth_a_source_does_without_is_made_when_it_is_written() {
        let mut document = Document::new(taian_2012().unwrap());
        let mut source = document
            .plan()
            .sources
            .iter()
            .find(|s| s.id.as_str() == "education-surcharge")
            .unwrap()
            .clone();
        source.revenue.as_mut().unwrap().indexation = None;
        document.dispatch(Command::Put(source.into()), None).unwrap();
        let path: ParamPath = "sources/education-surcharge/revenue-growth".parse().unwrap();
        let start = document.plan().horizon.start();
        let cell = (Stands::Step(path.clone(), None, start), Some(70_000));
        let command = command(document.plan(), &[cell]).unwrap();
        document.dispatch(command, None).unwrap();
        let found = document.plan().parameters().find(|(p, _)| *p == path).unwrap().1.clone();
        assert_eq!(found.steps[0].value, 70_000);
    }
}
