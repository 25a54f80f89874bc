//! Owns the hidden sheet on which a workbook says what it is: of which plan, under which
//! scenarios, and where each of its inputs stands with what it was.
//!
//! Where an input stands is a formula: it follows the cell when rows come in above it, when the
//! sheet gets another name, when a program writes the file anew. Everything else is text, which
//! no program rounds. Invariant: [`read`] gives back what [`sheet`] wrote.

use super::{Input, InputOf, Wanted, Yearly, decimals};
use crate::book::{Content, Number, Part, Sheet, Shown, on};
use crate::request::MoneyUnit;
use crate::words::words;
use shapan_engine::{Lang, ParamPath, Plan, RegionId, Semester, Stage, Unit, Year};
use std::collections::HashMap;

/// What the sheet is called, in every language.
pub(crate) const NAME: &str = "Shapan";
/// What its first cell says.
const KIND: &str = "shapan-workbook";
/// How workbooks are made: raised when an older app would misread them.
pub(crate) const VERSION: u32 = 1;
/// The row with the heads of the list of inputs.
const HEADS: u32 = 7;
/// The row with the heads of columns, on sheets with inputs.
pub(crate) const HEAD: u32 = 2;
/// The first row of the list.
const LIST: usize = 8;
/// The column with the place of an input, a formula.
pub(crate) const PLACE: u16 = 5;
/// The first of the columns with what a row was called.
const LABEL: u16 = 7;
/// The columns whose words say what a row is about, on every sheet with inputs.
pub(crate) const LABELS: u16 = 3;

/// What a workbook is of, by names that may be in no plan at hand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Origin {
    /// The fingerprint of the plan.
    pub(crate) plan: String,
    pub(crate) scenario: String,
    pub(crate) base: String,
    /// The tag of the language.
    pub(crate) lang: String,
    pub(crate) unit: MoneyUnit,
    pub(crate) inputs: Vec<Written>,
}

/// An input as it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Written {
    /// Its row on the hidden sheet.
    pub(crate) row: usize,
    /// Whether it belongs to what the scenario is compared with.
    pub(crate) is_of_base: bool,
    /// What it is; `None` where a newer app had more.
    pub(crate) of: Option<InputOf>,
    pub(crate) region: Option<RegionId>,
    /// What stood there, in the last decimal of its unit.
    pub(crate) value: i64,
    /// What its row was called, as [`label`] has it.
    pub(crate) labels: String,
    /// Where it stood, for files that keep no formulas in our way, and its column's head.
    pub(crate) stood: String,
    pub(crate) head: String,
}

impl InputOf {
    /// How many decimals it is written with.
    pub(crate) fn decimals(&self) -> u32 {
        match self {
            Self::Parameter(path, _) => decimals(path.unit()),
            Self::YearShare(..) => decimals(Unit::Share),
            Self::Census(..) | Self::Projected(..) | Self::Pupils(..) => 0,
        }
    }

    fn texts(&self) -> [String; 3] {
        let text = |kind: &str, of: String, when: String| [kind.to_owned(), of, when];
        match self {
            Self::Parameter(path, from) => text("parameter", path.to_string(), from.to_string()),
            Self::Census(id, year) => text("census", id.to_string(), year.to_string()),
            Self::Projected(id, year) => text("projected", id.to_string(), year.to_string()),
            Self::YearShare(id, Yearly::Payment, year) => {
                text("payment-share", id.to_string(), year.to_string())
            }
            Self::YearShare(id, Yearly::Completion, year) => {
                text("completion-share", id.to_string(), year.to_string())
            }
            Self::Pupils(id, stage) => {
                text("pupils", id.to_string(), stage_name(*stage).to_owned())
            }
        }
    }

    fn of_texts(kind: &str, of: &str, when: &str) -> Option<Self> {
        let year = || when.parse().ok().and_then(Year::new);
        Some(match kind {
            "parameter" => {
                Self::Parameter(of.parse::<ParamPath>().ok()?, when.parse::<Semester>().ok()?)
            }
            "census" => Self::Census(of.parse().ok()?, year()?),
            "projected" => Self::Projected(of.parse().ok()?, year()?),
            "payment-share" => Self::YearShare(of.parse().ok()?, Yearly::Payment, year()?),
            "completion-share" => Self::YearShare(of.parse().ok()?, Yearly::Completion, year()?),
            "pupils" => {
                let stage = Stage::ALL.into_iter().find(|stage| stage_name(*stage) == when)?;
                Self::Pupils(of.parse().ok()?, stage)
            }
            _ => return None,
        })
    }
}

/// What a file's properties say of it.
pub(crate) fn properties(fingerprint: &str) -> Vec<(&'static str, String)> {
    vec![(NAME, format!("{KIND} {VERSION}")), ("Shapan plan", fingerprint.to_owned())]
}

fn stage_name(stage: Stage) -> &'static str {
    words(Lang::En).stage(stage)
}

fn unit_name(unit: MoneyUnit) -> &'static str {
    match unit {
        MoneyUnit::Yuan => "yuan",
        MoneyUnit::Wan => "wan",
    }
}

/// The hidden sheet of a workbook whose other sheets are made.
pub(crate) fn sheet(
    plan: &Plan,
    wanted: &Wanted<'_>,
    fingerprint: &str,
    sheets: &[Sheet],
    inputs: &[Input],
) -> Sheet {
    let w = words(wanted.lang);
    let mut sheet = Sheet { is_hidden: true, ..Sheet::new(NAME) };
    let (scenario, base) = (wanted.scenario.as_str(), wanted.base.as_str());
    let facts: [(&str, &str); 6] = [
        (KIND, &VERSION.to_string()),
        ("plan", fingerprint),
        ("scenario", scenario),
        ("base", base),
        ("lang", wanted.lang.tag()),
        ("unit", unit_name(wanted.unit)),
    ];
    for (row, (name, fact)) in (0u32..).zip(facts) {
        sheet.text((row, 0), Part::Helper, name);
        sheet.text((row, 1), Part::Helper, fact);
    }
    sheet.heads(
        HEADS,
        ["of", "which", "when", "region", "value", "place", "stack", "row", "row", "row"],
    );
    let (labels, heads) = (labels(sheets), heads(sheets));
    for (row, input) in (HEADS + 1..).zip(inputs) {
        let region = input.region.and_then(|n| plan.regions.get(n)).map(|r| r.id.to_string());
        let is_of_base = [w.base_parameters, w.base_people].contains(&input.sheet.as_str());
        let [of, which, when] = input.of.texts();
        let value = input.value.to_string();
        let stack = if is_of_base { "base" } else { "scenario" };
        let place = on(&input.sheet, input.row, input.col);
        // Each in a cell of its own: a reader cuts all cells alike.
        let labels = labels.get(&(input.sheet.as_str(), input.row)).copied().unwrap_or_default();
        let cells = [
            (0, of),
            (1, which),
            (2, when),
            (3, region.unwrap_or_default()),
            (4, value),
            (6, stack.to_owned()),
            (LABEL, labels[0].to_owned()),
            (LABEL + 1, labels[1].to_owned()),
            (LABEL + 2, labels[2].to_owned()),
            (LABEL + 3, place.clone()),
            (
                LABEL + 4,
                heads
                    .get(&(input.sheet.as_str(), input.col))
                    .copied()
                    .unwrap_or_default()
                    .to_owned(),
            ),
        ];
        for (col, words) in cells {
            sheet.text((row, col), Part::Helper, &words);
        }
        let value = Number { value: input.value, decimals: input.of.decimals() };
        sheet.formula((row, PLACE), Part::Helper, Shown::Plain, place, Some(value));
    }
    sheet
}

type Labels<'a> = [&'a str; LABELS as usize];

/// The words that rows begin with.
fn labels(sheets: &[Sheet]) -> HashMap<(&str, u32), Labels<'_>> {
    let mut labels: HashMap<_, Labels<'_>> = HashMap::new();
    for sheet in sheets {
        for cell in &sheet.cells {
            if let (Content::Text(words), ..LABELS) = (&cell.content, cell.col) {
                let row = labels.entry((sheet.name.as_str(), cell.row)).or_default();
                row[usize::from(cell.col)] = words;
            }
        }
    }
    labels
}

/// The heads of columns.
fn heads(sheets: &[Sheet]) -> HashMap<(&str, u16), &str> {
    let cells = sheets.iter().flat_map(|sheet| sheet.cells.iter().map(move |cell| (sheet, cell)));
    let heads = cells.filter_map(|(sheet, cell)| match (&cell.content, cell.row) {
        (Content::Text(words), HEAD) => Some(((sheet.name.as_str(), cell.col), words.as_str())),
        _ => None,
    });
    heads.collect()
}

/// What a row is called, out of the words it begins with.
pub(crate) fn label<T: AsRef<str>>(words: &[T]) -> String {
    let words: Vec<&str> = words.iter().map(AsRef::as_ref).collect();
    words.join(" | ")
}

/// Whether a sheet that starts with these words is the hidden one, and of which version.
pub(crate) fn version(first: &str, second: &str) -> Option<u32> {
    (first == KIND).then(|| second.parse().ok()).flatten()
}

/// What the hidden sheet says: its cells' words by row and column.
pub(crate) fn read(cell: impl Fn(usize, u16) -> String, rows: usize) -> Origin {
    let fact = |row| cell(row, 1);
    let unit = match fact(5).as_str() {
        "wan" => MoneyUnit::Wan,
        _ => MoneyUnit::Yuan,
    };
    let written = |row| {
        let text = |col| cell(row, col);
        let labels = [LABEL, LABEL + 1, LABEL + 2].map(text);
        Some(Written {
            row,
            is_of_base: text(6) == "base",
            of: InputOf::of_texts(&text(0), &text(1), &text(2)),
            region: text(3).parse().ok(),
            value: text(4).parse().ok()?,
            labels: label(&labels),
            stood: text(LABEL + 3),
            head: text(LABEL + 4),
        })
    };
    let inputs = (LIST..rows).filter_map(written).collect();
    Origin { plan: fact(1), scenario: fact(2), base: fact(3), lang: fact(4), unit, inputs }
}
