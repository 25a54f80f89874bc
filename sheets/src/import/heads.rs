//! Owns which column of a grid the heads of a pasted block name, and in what they count.
//!
//! Invariant: a head names one column, or a year that the grid lacks, or it refuses the block;
//! no two heads name one column. Heads are read whole, as those of tables are (`things`, `words`).

use super::block::{Block, BlockColumn, Frame, Refusal};
use super::choices::Meaning;
use super::held::Held;
use super::names::{bare, squeezed};
use super::reading::LeftColumn;
use super::regions::Regions;
use super::things::{Above, Class, Things};
use super::typed::power_of;
use super::words::{Said, Word};
use super::years;
use shapan_engine::{ParamPath, Plan, Year};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

/// Where the heads of a block stand.
pub(super) struct Line<'a> {
    /// Lines of heads, from above; none of them is blank.
    pub(super) heads: &'a [usize],
    /// The column of names.
    pub(super) names: Option<usize>,
    /// The column of the grid that is selected.
    pub(super) selected: usize,
}

/// For each column of a block the column of the grid, and the decimals of the unit its head names.
pub(super) type Aims = BTreeMap<usize, (usize, Option<u32>)>;

/// What heads may name.
pub(super) struct Heads<'a> {
    things: Things<'a>,
    frame: &'a Frame,
    exact: HashMap<String, Vec<usize>>,
    bands: HashSet<String>,
}

impl<'a> Heads<'a> {
    pub(super) fn new(plan: &'a Plan, frame: &'a Frame) -> Self {
        let regions = Regions::new(plan);
        let held = Held::new(plan);
        let mut exact: HashMap<String, Vec<usize>> = HashMap::new();
        for (place, column) in frame.columns.iter().enumerate() {
            for name in column.names.iter().map(|name| bare(name)).filter(|name| !name.is_empty()) {
                let there = exact.entry(name).or_default();
                if !there.contains(&place) {
                    there.push(place);
                }
            }
        }
        let bands = frame.columns.iter().map(|column| bare(&column.band));
        let bands = bands.filter(|band| !band.is_empty()).collect();
        Self { things: Things::new(plan, &held, regions.places()), frame, exact, bands }
    }

    /// Which column of the grid each column of a block is; those of years that it lacks are told.
    pub(super) fn aims(
        &self,
        block: &Block<'_>,
        line: &Line<'_>,
        columns: &[usize],
        lacking: &mut Vec<String>,
    ) -> Result<Aims, Refusal> {
        let mut heads: Vec<usize> = Vec::new();
        let mut unit_words: Vec<String> = Vec::new();
        for row in line.heads {
            match block.filled(*row).as_slice() {
                // 单位：万元, alone in a line.
                [column] if self.is_unit_line(block.at(*row, *column)) => {
                    unit_words.push(block.at(*row, *column).to_owned());
                }
                // A title may speak of another table.
                [column] if line.names.is_some_and(|names| *column <= names) => {
                    return Err(Refusal::Words(block.at(*row, *column).to_owned()));
                }
                _ => heads.push(*row),
            }
        }
        let corner = (0..line.names.map_or(0, |names| names + 1))
            .flat_map(|column| heads.iter().map(move |row| block.at(*row, column).to_owned()));
        for words in corner.filter(|words| !words.is_empty()) {
            if words.chars().any(char::is_numeric) {
                return Err(Refusal::Words(words));
            }
            unit_words.push(words);
        }
        if heads.is_empty() {
            return Err(Refusal::Words(unit_words.into_iter().next().unwrap_or_default()));
        }
        let said = |words: &String| Said::of(words, self.things.known()).units();
        let units: BTreeSet<_> = unit_words.iter().flat_map(said).collect();
        let mut aims = Aims::new();
        let mut taken: HashSet<usize> = HashSet::new();
        for column in columns {
            let head = head_of(block, &heads, line.names, *column);
            let words = head.join(" ");
            let Some(place) = self.column(&head, line.selected)? else {
                lacking.push(words);
                continue;
            };
            if !taken.insert(place) {
                return Err(Refusal::Twice(words));
            }
            let own: BTreeSet<_> = self.things.said(&head).units().into_iter().collect();
            let units = if own.is_empty() { &units } else { &own };
            let of = self.frame.columns[place].unit;
            let powers: BTreeSet<_> = units.iter().map(|unit| power_of(*unit, of)).collect();
            let power = match powers.into_iter().collect::<Vec<_>>().as_slice() {
                [] => None,
                [Some(power)] => Some(*power),
                _ => return Err(Refusal::Words(words)),
            };
            aims.insert(*column, (place, power));
        }
        Ok(aims)
    }

    /// Whether a line says in what the numbers count, and nothing else.
    fn is_unit_line(&self, words: &str) -> bool {
        let said = Said::of(words, self.things.known());
        let is_of_unit = |word: &Word| {
            matches!(word, Word::In(_) | Word::Unclear | Word::UnitHead | Word::Filler)
        };
        said.unknown.is_empty()
            && said.years.is_empty()
            && !said.units().is_empty()
            && said.words.iter().all(is_of_unit)
    }

    /// The column that a head names; none where it names a year that the grid lacks.
    fn column(&self, head: &[String], selected: usize) -> Result<Option<usize>, Refusal> {
        let refused = || Refusal::Words(head.join(" "));
        let said = self.things.said(head);
        if head.is_empty() {
            return Err(refused());
        }
        let (found, is_by_name) = match self.exactly(head) {
            Some(found) => (found, true),
            None => (self.meant(head, &said).ok_or_else(refused)?, false),
        };
        let year = self.year(&said, is_by_name).map_err(|()| refused())?;
        let of_year = |place: &&usize| match (year, self.frame.columns[**place].year) {
            (Some(year), Some(own)) => year == own,
            // A name that has a year in it, such as a semester's.
            (Some(_), None) => is_by_name,
            (None, _) => true,
        };
        let fitting: Vec<usize> = found.iter().filter(of_year).copied().collect();
        match fitting.as_slice() {
            [] if year.is_some()
                && found.iter().any(|place| self.frame.columns[*place].year.is_some()) =>
            {
                Ok(None)
            }
            [] => Err(refused()),
            [place] => Ok(Some(*place)),
            // The same year under several bands: the band one is in.
            _ => {
                let band = self.frame.columns.get(selected).map(|column| &column.band);
                let here =
                    fitting.iter().filter(|place| Some(&self.frame.columns[**place].band) == band);
                match here.collect::<Vec<_>>().as_slice() {
                    [place] => Ok(Some(**place)),
                    _ => Err(refused()),
                }
            }
        }
    }

    /// The one year of a head; of a name that is known as it stands a doubt is none.
    fn year(&self, said: &Said, is_by_name: bool) -> Result<Option<Year>, ()> {
        let years: BTreeSet<Year> = said.years.iter().map(|year| year.likely()).collect();
        let is_doubt = said.years.iter().any(|year| matches!(year, years::Named::Doubt(_)));
        match years.into_iter().collect::<Vec<_>>().as_slice() {
            [] => Ok(None),
            _ if is_doubt && is_by_name => Ok(None),
            [year] if !is_doubt => Ok(Some(*year)),
            _ => Err(()),
        }
    }

    /// Columns that are called so; units in brackets aside.
    fn exactly(&self, head: &[String]) -> Option<Vec<usize>> {
        let own: Vec<String> = head.iter().map(|words| bare(&without_unit(words))).collect();
        if let Some(found) = self.exact.get(&own.concat()) {
            return Some(found.clone());
        }
        let (last, above) = own.split_last()?;
        let found = self.exact.get(last)?;
        let heading = |(words, name): (&String, &String)| {
            if self.bands.contains(name) {
                return Some(Some(name.clone()));
            }
            let said = Said::of(words, self.things.known());
            let says_nothing = |word: &Word| {
                matches!(word, Word::Of(_) | Word::Enrolled | Word::Filler | Word::OfTable)
            };
            let is_clear = said.unknown.is_empty() && said.words.iter().all(says_nothing);
            is_clear.then_some(None)
        };
        let bands = head.iter().zip(above).map(heading).collect::<Option<Vec<_>>>()?;
        let bands: Vec<String> = bands.into_iter().flatten().collect();
        let in_band = |place: &&usize| {
            bands.iter().all(|band| *band == bare(&self.frame.columns[**place].band))
        };
        Some(found.iter().filter(in_band).copied().collect())
    }

    /// Columns of what a head means, or of any year where it says nothing but one.
    fn meant(&self, head: &[String], said: &Said) -> Option<Vec<usize>> {
        let places = |is_it: &dyn Fn(&BlockColumn) -> bool| {
            let columns = self.frame.columns.iter().enumerate();
            let found: Vec<_> = columns.filter(|(_, c)| is_it(c)).map(|(n, _)| n).collect();
            (!found.is_empty()).then_some(found)
        };
        let rest = bare(&super::things::cleaned(head));
        let is_only_year =
            |word: &Word| matches!(word, Word::Filler | Word::OfTable | Word::Year | Word::In(_));
        if rest.is_empty() || (said.unknown.is_empty() && said.words.iter().all(is_only_year)) {
            let is_dated = !said.years.is_empty();
            return is_dated.then(|| places(&|column| column.year.is_some())).flatten();
        }
        if self.bands.contains(&rest) {
            return places(&|column| column.year.is_some() && bare(&column.band) == rest);
        }
        match self.things.class(head, said, &Above::default()) {
            Class::Means(Meaning::Heads(id)) | Class::Left(LeftColumn::Computed(id)) => {
                places(&|column| column.heads.as_ref() == Some(&id))
            }
            Class::Means(Meaning::Money(path)) => {
                places(&|column| column.amounts.as_ref() == Some(&path))
            }
            // Its revenue or what there is to spend: the band one is in says which.
            Class::Asks(Meaning::Money(ParamPath::Source(source, _))) => {
                let of_source = |column: &BlockColumn| matches!(&column.amounts, Some(ParamPath::Source(id, _)) if *id == source);
                places(&of_source)
            }
            _ => None,
        }
    }
}

/// The words over a column, from above: what stands in a merged cell stands in its first.
fn head_of(block: &Block<'_>, heads: &[usize], names: Option<usize>, column: usize) -> Vec<String> {
    let first = names.map_or(0, |names| names + 1);
    let last = heads.last().copied();
    let words = heads.iter().map(|row| {
        let own = block.at(*row, column);
        if !own.is_empty() || Some(*row) == last {
            return own;
        }
        let before = (first..column).rev().map(|column| block.at(*row, column));
        before.into_iter().find(|words| !words.is_empty()).unwrap_or("")
    });
    words.filter(|words| !words.is_empty()).map(str::to_owned).collect()
}

/// A head without the unit in brackets behind it.
fn without_unit(words: &str) -> String {
    let squeezed = squeezed(words);
    let Some((before, inside)) = squeezed.strip_suffix(')').and_then(|w| w.rsplit_once('(')) else {
        return squeezed;
    };
    let said = Said::of(inside, &HashSet::new());
    let is_unit = !said.words.is_empty()
        && said.unknown.is_empty()
        && said.words.iter().all(|word| matches!(word, Word::In(_) | Word::InOther));
    if is_unit { before.to_owned() } else { squeezed }
}
