//! Owns what a head means to a plan: one of its populations, sources or programmes, a new
//! population, or nothing that comes in, with the reason.
//!
//! Invariant: the whole name decides. An exact name comes first; else all words of the head must
//! be known and say the same as all words of one population's name.

use super::choices::{Meaning, Unit};
use super::held::Held;
use super::names::bare;
use super::reading::LeftColumn;
use super::words::{Said, Word};
use super::years;
use shapan_engine::{
    Driver, Lang, ParamPath, Plan, PopulationId, ProgrammeRole, Scope, SourceRole, Stage,
};
use std::collections::{BTreeSet, HashMap, HashSet};

/// What a head comes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Class {
    /// It means this.
    Means(Meaning),
    /// It may mean this.
    Asks(Meaning),
    /// It stays outside.
    Left(LeftColumn),
}

/// What stands above a table.
#[derive(Clone, Debug, Default)]
pub(super) struct Above {
    /// What its lines say, years and units aside.
    pub(super) said: Said,
    /// Whether they are understood whole.
    pub(super) is_whole: bool,
}

/// The names of a plan's things.
pub(super) struct Things<'a> {
    plan: &'a Plan,
    exact: HashMap<String, Vec<Named>>,
    signatures: HashMap<Signature, Vec<PopulationId>>,
    /// Stages of counted populations whose names are not understood.
    strange: Vec<(Stage, PopulationId)>,
    counted: HashSet<PopulationId>,
    known: HashSet<String>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Named {
    Population(PopulationId),
    Money(ParamPath),
    /// One of several amounts.
    Either(ParamPath),
    /// A thing that takes no amount.
    Other,
}

/// What a name of people says: their stage and what part of it they are.
type Signature = (Stage, BTreeSet<&'static str>);

/// Parts that words name well enough to tell populations apart; others only by exact name.
const CLEAR: [&str; 6] = ["女", "男", "寄宿", "民办", "公办", "普惠"];

/// A head without its years and units, squeezed.
pub(super) fn cleaned(words: &[String]) -> String {
    let mut out = String::new();
    for words in words {
        let (_, rest) = years::taken_out(words);
        let mut rest = rest.as_str();
        while let Some((before, after)) = rest.split_once('(') {
            out.push_str(before);
            let Some((inside, behind)) = after.split_once(')') else {
                rest = after;
                continue;
            };
            if !is_unit(inside) {
                out.push('(');
                out.push_str(inside);
                out.push(')');
            }
            rest = behind;
        }
        if !is_unit(rest) {
            out.push_str(rest);
        }
    }
    out.retain(|c| !c.is_whitespace());
    out
}

fn is_unit(text: &str) -> bool {
    let text = text.trim();
    let text = text.strip_prefix("单位").map_or(text, |text| text.trim_start_matches(':'));
    let said = Said::of(text, &HashSet::new());
    !said.words.is_empty()
        && said.unknown.is_empty()
        && said.words.iter().all(|word| matches!(word, Word::In(_) | Word::InOther))
}

impl<'a> Things<'a> {
    pub(super) fn new(plan: &'a Plan, held: &Held<'_>, known: HashSet<String>) -> Self {
        let mut things = Self {
            plan,
            exact: HashMap::new(),
            signatures: HashMap::new(),
            strange: Vec::new(),
            counted: HashSet::new(),
            known,
        };
        for population in &plan.populations {
            let is_counted = held.is_counted(&population.id);
            if is_counted {
                things.counted.insert(population.id.clone());
            }
            let mut is_understood = false;
            for lang in Lang::ALL {
                let name = population.name.get(lang);
                things.name(bare(name), Named::Population(population.id.clone()));
                let said = Said::of(name, &things.known);
                if let Some(signature) = signature(&said, Some(population.stage)) {
                    let ids = things.signatures.entry(signature).or_default();
                    if !ids.contains(&population.id) {
                        ids.push(population.id.clone());
                    }
                    is_understood = true;
                }
            }
            if is_counted && !is_understood {
                things.strange.push((population.stage, population.id.clone()));
            }
        }
        things.name_money();
        things
    }

    fn name(&mut self, name: String, named: Named) {
        let there = self.exact.entry(name).or_default();
        if !there.contains(&named) {
            there.push(named);
        }
    }

    fn name_money(&mut self) {
        for source in &self.plan.sources {
            let revenue = ParamPath::Source(source.id.clone(), SourceRole::Revenue);
            let available = ParamPath::Source(source.id.clone(), SourceRole::Available);
            // What all regions share is no region's: a row of one cannot say it.
            let is_by_region =
                source.available.as_ref().is_some_and(|there| there.scope == Scope::PerRegion);
            for lang in Lang::ALL {
                let name = bare(source.name.get(lang));
                let alone = match (&source.revenue, is_by_region) {
                    (Some(_), false) => Named::Money(revenue.clone()),
                    (None, true) => Named::Money(available.clone()),
                    (Some(_), true) => Named::Either(revenue.clone()),
                    (None, false) => Named::Other,
                };
                self.name(name.clone(), alone);
                if source.revenue.is_some() {
                    for ending in ["收入", "收入额", "征收额", "征收入库数", "revenue"]
                    {
                        self.name(format!("{name}{ending}"), Named::Money(revenue.clone()));
                    }
                }
                if is_by_region {
                    for ending in ["可用财力", "可用", "财力", "可用资金", "availablemoney"]
                    {
                        self.name(format!("{name}{ending}"), Named::Money(available.clone()));
                    }
                }
            }
        }
        for programme in &self.plan.programmes {
            let amount = ParamPath::Programme(programme.id.clone(), ProgrammeRole::Amount);
            let is_lump = matches!(programme.driver, Driver::Lump { .. });
            for lang in Lang::ALL {
                let name = bare(programme.name.get(lang));
                let named = if is_lump { Named::Money(amount.clone()) } else { Named::Other };
                self.name(name.clone(), named.clone());
                for ending in ["金额", "资金", "经费", "amount"] {
                    self.name(format!("{name}{ending}"), named.clone());
                }
            }
        }
    }

    /// What is said by the words of a head, from above.
    pub(super) fn said(&self, head: &[String]) -> Said {
        let mut said = Said::default();
        for words in head {
            said.join(Said::of(words, &self.known));
        }
        said
    }

    /// Whether a head is the exact name of a population, years and units aside.
    pub(super) fn is_exact(&self, head: &[String]) -> bool {
        matches!(
            self.exact.get(&bare(&cleaned(head))).map(Vec::as_slice),
            Some([Named::Population(_)])
        )
    }

    fn exactly(&self, head: &[String]) -> Option<Class> {
        let whole = bare(&cleaned(head));
        let last = head.last().map(|words| bare(&cleaned(std::slice::from_ref(words))));
        let is_heading = |words: &String| {
            let said = Said::of(words, &self.known);
            said.unknown.is_empty()
                && !said.is_other()
                && said.parts().is_empty()
                && said.words.iter().all(|word| {
                    matches!(word, Word::Of(_) | Word::Enrolled | Word::Filler | Word::OfTable)
                })
        };
        // 学前 · 在园幼儿: what stands above an exact name only says where it belongs.
        let last = last.filter(|_| head.iter().rev().skip(1).all(is_heading));
        let mut names = vec![whole];
        names.extend(last);
        for name in names.clone() {
            names.extend(
                ["人数", "数"].iter().filter_map(|end| name.strip_suffix(end).map(str::to_owned)),
            );
        }
        let found = names.iter().find_map(|name| self.exact.get(name))?;
        let [named] = found.as_slice() else { return Some(Class::Asks(Meaning::Nothing)) };
        if let Named::Population(id) = named {
            // 小学 · 在园幼儿: children in primary schools are not those in kindergartens.
            let stage = self.plan.populations.iter().find(|p| p.id == *id).map(|p| p.stage);
            let stages = self.said(head.split_last().map_or(&[], |(_, above)| above)).stages();
            if head.len() > 1 && stages.iter().any(|its| Some(*its) != stage) {
                return Some(Class::Asks(Meaning::Nothing));
            }
        }
        Some(match named {
            Named::Population(id) if self.counted.contains(id) => {
                Class::Means(Meaning::Heads(id.clone()))
            }
            Named::Population(id) => Class::Left(LeftColumn::Computed(id.clone())),
            Named::Money(path) => Class::Means(Meaning::Money(path.clone())),
            Named::Either(path) => Class::Asks(Meaning::Money(path.clone())),
            Named::Other => Class::Left(LeftColumn::Money),
        })
    }

    /// What a head means, with what stands above the table.
    pub(super) fn class(&self, head: &[String], said: &Said, above: &Above) -> Class {
        if let Some(class) = self.exactly(head) {
            // 小学在校生（所）: the name says people, the unit does not.
            let is_of_people = matches!(class, Class::Means(Meaning::Heads(_)));
            let units = said.units();
            let is_of_others = said.has(Word::InOther) || !units.is_empty();
            return match class {
                Class::Means(meaning)
                    if is_of_people
                        && is_of_others
                        && !units.iter().any(|unit| unit.counts_people()) =>
                {
                    Class::Asks(meaning)
                }
                class => class,
            };
        }
        let roles = [
            (Word::Region, Meaning::Region),
            (Word::Year, Meaning::Year),
            (Word::Item, Meaning::Item),
            (Word::StageHead, Meaning::Item),
            (Word::UnitHead, Meaning::Unit),
        ];
        if let Some((_, meaning)) = roles.into_iter().find(|(word, _)| said.is_only(*word)) {
            return Class::Means(meaning);
        }
        if said.has(Word::Running) {
            return Class::Left(LeftColumn::Running);
        }
        if said.has(Word::SchoolName) || said.has(Word::Remark) || said.is_only(Word::Unclear) {
            return Class::Left(LeftColumn::Words);
        }
        match self.of_people(said, above) {
            // What stands above says nothing of a column that nobody named.
            Class::Means(meaning) if head.is_empty() => Class::Asks(meaning),
            class => class,
        }
    }

    fn of_people(&self, said: &Said, above: &Above) -> Class {
        let is_of_money = said.units().iter().any(|unit| !unit.counts_people());
        let is_of_others =
            said.has(Word::InOther) && !said.units().iter().any(|u| u.counts_people());
        if !said.unknown.is_empty() {
            let stages = said.stages();
            let is_likely = said.has(Word::Enrolled) && !said.is_other() && !is_of_others;
            return match stages.as_slice() {
                [stage] if is_likely && said.parts().is_empty() && !said.has(Word::OfWhich) => {
                    Class::Asks(self.proposal(*stage))
                }
                _ => Class::Left(LeftColumn::Unknown),
            };
        }
        if said.has(Word::Rate) {
            return Class::Left(LeftColumn::Rate);
        }
        if said.has(Word::Money) || is_of_money {
            return Class::Left(LeftColumn::Money);
        }
        let is_school = said.has(Word::School) && !said.has(Word::Enrolled);
        if said.has(Word::Things) || said.has(Word::Flow) || is_school || is_of_others {
            return Class::Left(LeftColumn::NotPeople);
        }
        if said.has(Word::OfWhich) {
            return Class::Left(LeftColumn::Part);
        }
        if said.has(Word::Wide) {
            return Class::Left(LeftColumn::Sum);
        }
        let above_is_of_pupils =
            above.is_whole && above.said.has(Word::Enrolled) && !above.said.is_other();
        let is_enrolled = said.has(Word::Enrolled);
        let mut stages = said.stages();
        let above_stages = above.said.stages();
        if stages.is_empty()
            && above.is_whole
            && above_stages.len() == 1
            && !above.said.has(Word::Wide)
        {
            stages = above_stages;
        }
        let says_nothing = said
            .words
            .iter()
            .all(|word| matches!(word, Word::Filler | Word::OfTable | Word::In(_) | Word::Value));
        if !is_enrolled && !above_is_of_pupils {
            return match stages.as_slice() {
                [_] if !said.parts().is_empty() => Class::Left(LeftColumn::Part),
                [stage] if !above.said.is_other() || said.has(Word::People) => {
                    Class::Asks(self.proposal(*stage))
                }
                _ if said.has(Word::Total) => Class::Left(LeftColumn::Sum),
                _ if said.has(Word::People) => Class::Asks(Meaning::Nothing),
                _ => Class::Left(LeftColumn::Unknown),
            };
        }
        let mut parts = said.parts();
        if !is_enrolled {
            parts.extend(above.said.parts());
        }
        match stages.as_slice() {
            [stage] => self.of_stage(*stage, parts),
            [] if !parts.is_empty() => Class::Left(LeftColumn::Part),
            [] if said.has(Word::Total) => Class::Left(LeftColumn::Sum),
            [] if is_enrolled || says_nothing || said.has(Word::People) => {
                Class::Asks(Meaning::Nothing)
            }
            [] => Class::Left(LeftColumn::Unknown),
            _ => Class::Left(LeftColumn::Sum),
        }
    }

    fn of_stage(&self, stage: Stage, parts: BTreeSet<&'static str>) -> Class {
        let is_clear = parts.iter().all(|part| CLEAR.contains(part));
        let is_whole = parts.is_empty();
        match self.signatures.get(&(stage, parts)).map(Vec::as_slice) {
            Some([id]) if is_clear && self.counted.contains(id) => {
                Class::Means(Meaning::Heads(id.clone()))
            }
            Some([id]) if is_clear => Class::Left(LeftColumn::Computed(id.clone())),
            Some([id, ..]) => Class::Asks(Meaning::Heads(id.clone())),
            _ if !is_whole => Class::Left(LeftColumn::Part),
            _ => match self.strange.iter().find(|(its, _)| *its == stage) {
                Some((_, id)) => Class::Asks(Meaning::Heads(id.clone())),
                None => Class::Means(Meaning::NewPopulation(stage)),
            },
        }
    }

    /// What a column of pupils of a stage most likely means.
    fn proposal(&self, stage: Stage) -> Meaning {
        match self.of_stage(stage, BTreeSet::new()) {
            Class::Means(meaning) | Class::Asks(meaning) => meaning,
            Class::Left(_) => Meaning::Nothing,
        }
    }

    /// Whether a column of heads of it may be taken.
    pub(super) fn is_counted(&self, population: &PopulationId) -> bool {
        self.counted.contains(population)
    }

    /// The known names that say nothing.
    pub(super) fn known(&self) -> &HashSet<String> {
        &self.known
    }

    /// What a new population is called: its column's words, or those of its stage.
    pub(super) fn new_name(&self, head: &[String], said: &Said, stage: Stage) -> String {
        let name = cleaned(head);
        if said.has(Word::Enrolled) && said.stages() == [stage] && !name.is_empty() {
            return name.strip_suffix('数').map_or(name.clone(), str::to_owned);
        }
        match stage {
            Stage::Preschool => "在园幼儿",
            Stage::Primary => "小学在校生",
            Stage::Junior => "初中在校生",
            Stage::Senior => "普通高中在校生",
            Stage::Vocational => "中职在校生",
            Stage::Special => "特殊教育在校生",
            Stage::Tertiary => "高等教育在校生",
        }
        .to_owned()
    }
}

/// What a name of people says, where it is understood whole.
fn signature(said: &Said, stage: Option<Stage>) -> Option<Signature> {
    let stages = said.stages();
    let stage = match stages.as_slice() {
        [] => stage?,
        [stage] => *stage,
        _ => return None,
    };
    let is_of_people = said.has(Word::Enrolled) && !said.is_other() && !said.has(Word::OfWhich);
    let is_whole = said.unknown.is_empty() && said.years.is_empty() && !said.has(Word::Wide);
    (is_of_people && is_whole).then(|| (stage, said.parts()))
}

/// The one unit that is said of people, or of money; several are a doubt.
pub(super) fn unit_of(units: &[Unit], of_people: bool) -> Result<Option<Unit>, ()> {
    let fitting: BTreeSet<Unit> =
        units.iter().copied().filter(|unit| unit.counts_people() == of_people).collect();
    match fitting.len() {
        0 => Ok(None),
        1 => Ok(fitting.first().copied()),
        _ => Err(()),
    }
}
