//! Owns how programmes of the library get into a plan: with the people, payers, citations and
//! rules they need and the plan lacks.
//!
//! Invariant: nothing of the plan changes; things are only added. What the plan has under the
//! same id with the same meaning is used; an id that means something else there is left alone,
//! and what comes gets a fresh one. Taking the same again adds nothing.

use crate::edit::{Command, Thing};
use crate::id::{CitationId, PopulationId, ProgrammeId, SourceId, fresh_id};
use crate::plan::{
    Census, Driver, Headcount, Parameter, Plan, PlanParts, Population, Posts, Programme, Rule,
    RuleKind, Source, YearShare, YearShares,
};
use crate::text::{Lang, Text};
use crate::time::Horizon;
use std::collections::BTreeMap;
use std::mem::discriminant;
use std::str::FromStr;

/// The programme of a plan that a programme of the library has become, if it was taken.
pub fn taken_from_library<'p>(
    target: &'p PlanParts,
    programme: &Programme,
) -> Option<&'p Programme> {
    let same = |there: &&Programme| {
        stems_from(there.id.as_str(), programme.id.as_str())
            && there.nature == programme.nature
            && (discriminant(&there.driver) == discriminant(&programme.driver)
                || reads_alike(&there.name, &programme.name))
    };
    target.programmes.iter().find(same)
}

/// The command that brings programmes of the library into a plan, as one step. Programmes the
/// plan has already, and ids the library does not know, are passed over; with nothing left to
/// bring the command changes nothing.
///
/// Counts come empty, dates that the library leaves open begin with the plan, and works are
/// paid from its first year on.
pub fn take_from_library(
    target: &PlanParts,
    library: &Plan,
    programmes: &[ProgrammeId],
) -> Command {
    let mut taking =
        Taking { target, library, brought: nothing(target), shift: shift(target, library) };
    let chosen = library.programmes.iter().filter(|p| programmes.contains(&p.id));
    let new: Vec<_> = chosen.filter(|p| taken_from_library(target, p).is_none()).collect();
    new.iter().for_each(|p| taking.programme(p));
    library.rules.iter().for_each(|rule| taking.rule(rule, &new));
    taking.command()
}

/// Forgets whom the library counted: an empty census of the autumn that pays for the first spring.
pub(super) fn empty_count(population: &mut Population, horizon: Horizon) {
    if let Headcount::Counted { censuses, .. } = &mut population.headcount {
        let year = horizon.first().plus(-1);
        *censuses = vec![Census { year, heads: BTreeMap::new() }];
    }
}

/// What is brought, while it is gathered.
struct Taking<'a> {
    target: &'a PlanParts,
    library: &'a Plan,
    brought: PlanParts,
    shift: i16,
}

fn nothing(target: &PlanParts) -> PlanParts {
    PlanParts::empty(target.title.clone(), target.place.clone(), target.horizon)
}

/// Years from the library's first to the plan's.
fn shift(target: &PlanParts, library: &Plan) -> i16 {
    target.horizon.first().get() - library.horizon.first().get()
}

impl Taking<'_> {
    fn programme(&mut self, programme: &Programme) {
        let mut new = programme.clone();
        let there = |id: &_| self.target.programmes.iter().any(|p| p.id == *id);
        new.id = free(new.id.as_str(), &programme.id, there);
        match &mut new.driver {
            Driver::Heads { population, .. }
            | Driver::Loans { population, .. }
            | Driver::Posts { posts: Posts::PerPupils { population, .. }, .. } => {
                *population = self.population(population);
            }
            Driver::Revenue { source, .. } => *source = self.source(source),
            Driver::Works { payment, completion, .. } => {
                for shares in [payment, completion] {
                    *shares = self.later(shares);
                }
            }
            Driver::Posts { .. } | Driver::Lump { .. } => {}
        }
        for share in &mut new.split.shares {
            share.source = self.source(&share.source);
        }
        new.split.residual = self.source(&new.split.residual);
        self.brought.programmes.push(new);
    }

    /// The population in the plan; brought, with what it is a share of, where it is not there.
    fn population(&mut self, id: &PopulationId) -> PopulationId {
        let found = self.library.populations.iter().find(|p| p.id == *id);
        let Some(population) = found else { return id.clone() };
        let same = |there: &&Population| {
            stems_from(there.id.as_str(), id.as_str()) && there.stage == population.stage
        };
        let mut all = self.target.populations.iter().chain(&self.brought.populations);
        if let Some(there) = all.find(same) {
            return there.id.clone();
        }
        let mut new = population.clone();
        if let Headcount::ShareOf { parent, .. } = &mut new.headcount {
            *parent = self.population(parent);
        }
        empty_count(&mut new, self.target.horizon);
        new.id = free(id.as_str(), id, |id| self.target.populations.iter().any(|p| p.id == *id));
        let id = new.id.clone();
        self.brought.populations.push(new);
        id
    }

    /// The source in the plan; brought where it is not there.
    fn source(&mut self, id: &SourceId) -> SourceId {
        let found = self.library.sources.iter().find(|s| s.id == *id);
        let Some(source) = found else { return id.clone() };
        let same = |there: &&Source| {
            stems_from(there.id.as_str(), id.as_str())
                && (there.payer, there.account) == (source.payer, source.account)
                && (there.revenue.is_some() || source.revenue.is_none())
        };
        let mut all = self.target.sources.iter().chain(&self.brought.sources);
        if let Some(there) = all.find(same) {
            return there.id.clone();
        }
        let mut new = source.clone();
        new.id = free(id.as_str(), id, |id| self.target.sources.iter().any(|s| s.id == *id));
        let id = new.id.clone();
        self.brought.sources.push(new);
        id
    }

    /// Brings an earmark where something it must pay for is brought.
    fn rule(&mut self, rule: &Rule, programmes: &[&Programme]) {
        let RuleKind::Earmark { source, tag, .. } = &rule.kind else { return };
        let pays = |p: &&&Programme| {
            let split = p.split.shares.iter().map(|s| &s.source).chain([&p.split.residual]);
            p.tags.contains(tag) && split.into_iter().any(|s| s == source)
        };
        if !programmes.iter().any(|p| pays(&p)) {
            return;
        }
        let of = self.source(source);
        let same = |there: &Rule| matches!(&there.kind, RuleKind::Earmark { source, tag: t, .. } if (source, t) == (&of, tag));
        if self.target.rules.iter().any(same) {
            return;
        }
        let mut new = rule.clone();
        new.id =
            free(rule.id.as_str(), &rule.id, |id| self.target.rules.iter().any(|r| r.id == *id));
        if let RuleKind::Earmark { source, .. } = &mut new.kind {
            *source = of;
        }
        self.brought.rules.push(new);
    }

    /// The citation in the plan; brought where it is not there.
    fn citation(&self, id: &CitationId, new: &mut PlanParts) -> CitationId {
        let found = self.library.citations.iter().find(|c| c.id == *id);
        let Some(citation) = found else { return id.clone() };
        let mut all = self.target.citations.iter().chain(&new.citations);
        let same = all.find(|there| {
            stems_from(there.id.as_str(), id.as_str()) && reads_alike(&there.title, &citation.title)
        });
        if let Some(there) = same {
            return there.id.clone();
        }
        let mut brought = citation.clone();
        brought.id = free(id.as_str(), id, |id| self.target.citations.iter().any(|c| c.id == *id));
        let id = brought.id.clone();
        new.citations.push(brought);
        id
    }

    /// The same shares, counted from the plan's first year.
    fn later(&self, shares: &YearShares) -> YearShares {
        let later = |s: &YearShare| YearShare { year: s.year.plus(self.shift), share: s.share };
        // Near the end of the calendar years would fall together: then they stay as they are.
        YearShares::new(shares.shares().iter().map(later).collect())
            .unwrap_or_else(|| shares.clone())
    }

    fn command(mut self) -> Command {
        let (open, start) = (self.library.horizon.start(), self.target.horizon.start());
        let mut brought = std::mem::replace(&mut self.brought, nothing(self.target));
        brought.for_each_parameter(&mut |parameter: &mut Parameter| {
            if let Some(first) = parameter.steps.first_mut().filter(|s| s.from == open) {
                first.from = start;
            }
        });
        let mut cited = nothing(self.target);
        brought.for_each_basis(&mut |basis| {
            if let Some(id) = &mut basis.citation {
                *id = self.citation(id, &mut cited);
            }
        });
        let things = cited.citations.into_iter().map(Thing::from);
        let things = things.chain(brought.sources.into_iter().map(Thing::from));
        let things = things.chain(brought.populations.into_iter().map(Thing::from));
        let things = things.chain(brought.programmes.into_iter().map(Thing::from));
        let things = things.chain(brought.rules.into_iter().map(Thing::from));
        Command::Together(things.map(Command::Put).collect())
    }
}

/// Whether an id is a stem, or one made fresh from it.
fn stems_from(id: &str, stem: &str) -> bool {
    let is_number = |n: &str| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit());
    let rest = id.strip_prefix(stem);
    rest.is_some_and(|rest| rest.is_empty() || rest.strip_prefix('-').is_some_and(is_number))
}

/// Whether two texts are the same in a language both have.
fn reads_alike(one: &Text, other: &Text) -> bool {
    Lang::ALL.into_iter().any(|l| one.exactly(l).is_some_and(|w| other.exactly(l) == Some(w)))
}

/// The id itself, or a fresh one where the plan has it for something else.
fn free<I: FromStr + Clone>(stem: &str, id: &I, taken: impl Fn(&I) -> bool) -> I {
    if !taken(id) {
        return id.clone();
    }
    fresh_id(stem, taken).unwrap_or_else(|| id.clone())
}
