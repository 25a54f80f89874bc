//! Owns what the parts of a reading are called: meanings and units of columns, reasons, what
//! changes and when.

use crate::names;
use crate::numbers;
use crate::session::Session;
use crate::words::{Words, fill};
use leptos::prelude::*;
use shapan_engine::{Headcount, Lang, ParamPath, Plan, ProgrammeRole, SourceRole, Stage, Year};
use shapan_sheets::import::sheet::{Encoding, FileKind};
use shapan_sheets::import::{
    ColumnRead, LeftColumn, LeftRow, Meaning, Place, Problem, Summary, Target, Unit, When,
};

/// Every meaning that can be chosen, with the key it is chosen by and its name.
pub(super) type Meanings = Memo<Vec<(String, Meaning, String)>>;

/// Meanings of columns, in the reader's language.
pub(super) fn meanings(session: Session) -> Meanings {
    Memo::new(move |_| {
        let (w, lang) = (session.words(), session.lang());
        session.plan.with(|plan| all_meanings(w, plan, lang))
    })
}

fn all_meanings(w: &Words, plan: &Plan, lang: Lang) -> Vec<(String, Meaning, String)> {
    let counted = plan.populations.iter();
    let counted = counted.filter(|p| matches!(p.headcount, Headcount::Counted { .. }));
    let heads = counted.map(|p| Meaning::Heads(p.id.clone()));
    let is_money = |path: &ParamPath| {
        matches!(
            path,
            ParamPath::Source(_, SourceRole::Revenue | SourceRole::Available)
                | ParamPath::Programme(_, ProgrammeRole::Amount)
        )
    };
    let paths = plan.parameters().map(|(path, _)| path).filter(is_money);
    let plain = [
        Meaning::Nothing,
        Meaning::Region,
        Meaning::Year,
        Meaning::Item,
        Meaning::Unit,
        Meaning::Value,
    ];
    let all = plain.into_iter().chain(heads).chain(paths.map(Meaning::Money));
    let all = all.chain(Stage::ALL.into_iter().map(Meaning::NewPopulation));
    all.map(|meaning| (key(&meaning), meaning.clone(), meaning_name(w, plan, lang, &meaning)))
        .collect()
}

/// The key a meaning is chosen by.
pub(super) fn key(meaning: &Meaning) -> String {
    match meaning {
        Meaning::Nothing => "nothing".to_owned(),
        Meaning::Region => "region".to_owned(),
        Meaning::Year => "year".to_owned(),
        Meaning::Item => "item".to_owned(),
        Meaning::Unit => "unit".to_owned(),
        Meaning::Value => "value".to_owned(),
        Meaning::Heads(id) => format!("heads/{id}"),
        Meaning::NewPopulation(stage) => format!("new/{stage:?}"),
        Meaning::Money(path) => format!("money/{path}"),
    }
}

/// What a column of a meaning holds.
pub(super) fn meaning_name(w: &Words, plan: &Plan, lang: Lang, meaning: &Meaning) -> String {
    let t = w.tables;
    match meaning {
        Meaning::Nothing => t.nothing.to_owned(),
        Meaning::Region => t.region.to_owned(),
        Meaning::Year => t.year_column.to_owned(),
        Meaning::Item => t.item.to_owned(),
        Meaning::Unit => t.unit_column.to_owned(),
        Meaning::Value => t.value.to_owned(),
        Meaning::Heads(id) => fill(t.heads, &[names::population(plan, id, lang)]),
        Meaning::NewPopulation(stage) => fill(t.new_population, &[names::stage(w, *stage)]),
        Meaning::Money(path) => fill(t.money, &[&names::parameter(w, plan, path, lang)]),
    }
}

/// Units of people, then of money.
pub(super) const PEOPLE: [Unit; 4] = [Unit::One, Unit::Hundred, Unit::Thousand, Unit::TenThousand];
pub(super) const MONEY: [Unit; 5] = [
    Unit::Yuan,
    Unit::ThousandYuan,
    Unit::TenThousandYuan,
    Unit::MillionYuan,
    Unit::HundredMillionYuan,
];

/// Units that a column of a meaning may count in.
pub(super) fn units(meaning: &Meaning) -> &'static [Unit] {
    match meaning {
        Meaning::Heads(_) | Meaning::NewPopulation(_) => &PEOPLE,
        Meaning::Money(_) => &MONEY,
        _ => &[],
    }
}

pub(super) fn unit_name(w: &Words, unit: Unit) -> &'static str {
    let t = w.tables;
    match unit {
        Unit::One => t.one,
        Unit::Hundred => t.hundred,
        Unit::Thousand => t.thousand,
        Unit::TenThousand => t.ten_thousand,
        Unit::Yuan => t.yuan,
        Unit::ThousandYuan => t.thousand_yuan,
        Unit::TenThousandYuan => t.ten_thousand_yuan,
        Unit::MillionYuan => t.million_yuan,
        Unit::HundredMillionYuan => t.hundred_million_yuan,
    }
}

/// What a column is called: its head, or its number.
pub(super) fn column_name(w: &Words, column: &ColumnRead) -> String {
    let head: Vec<&str> =
        column.head.iter().map(|line| line.trim()).filter(|line| !line.is_empty()).collect();
    if head.is_empty() {
        fill(w.tables.column_numbered, &[&(column.column + 1).to_string()])
    } else {
        head.join(" · ")
    }
}

/// What the column of that number is called.
pub(super) fn column_at(w: &Words, summary: &Summary, column: usize) -> String {
    let found = summary.columns.iter().find(|read| read.column == column);
    match found {
        Some(read) => column_name(w, read),
        None => fill(w.tables.column_numbered, &[&(column + 1).to_string()]),
    }
}

pub(super) fn kind_name(w: &Words, kind: FileKind) -> &'static str {
    let t = w.tables;
    match kind {
        FileKind::Xlsx => t.kind_xlsx,
        FileKind::Xlsb => t.kind_xlsb,
        FileKind::Xls => t.kind_xls,
        FileKind::Ods => t.kind_ods,
        FileKind::Text => t.kind_text,
        FileKind::Html => t.kind_html,
    }
}

/// Encodings that can be chosen.
pub(super) const ENCODINGS: [Encoding; 4] =
    [Encoding::Utf8, Encoding::Gb18030, Encoding::Big5, Encoding::Utf16];

/// Why a column is left out.
pub(super) fn why_column(session: Session, summary: &Summary, why: &LeftColumn) -> String {
    let w = session.words();
    let t = w.tables;
    let text = match why {
        LeftColumn::Hidden => t.left_hidden,
        LeftColumn::Empty => t.left_empty,
        LeftColumn::Running => t.left_running,
        LeftColumn::Words => t.left_words,
        LeftColumn::NotPeople => t.left_not_people,
        LeftColumn::Rate => t.left_rate,
        LeftColumn::Money => t.left_money,
        LeftColumn::Part => t.left_part,
        LeftColumn::Sum => t.left_sum,
        LeftColumn::Computed(id) => {
            let lang = session.lang();
            return session
                .plan
                .with(|plan| fill(t.left_computed, &[names::population(plan, id, lang)]));
        }
        LeftColumn::OtherHasName { column } => {
            return fill(t.left_other, &[&column_at(w, summary, *column)]);
        }
        LeftColumn::Asked => t.left_asked,
        LeftColumn::Unknown => t.left_unknown,
        LeftColumn::Chosen => t.left_chosen,
    };
    text.to_owned()
}

/// Why a row is left out.
pub(super) fn why_row(w: &Words, why: LeftRow) -> String {
    let t = w.tables;
    let text = match why {
        LeftRow::Hidden => t.left_hidden,
        LeftRow::Note => t.left_note,
        LeftRow::Sum => t.left_sum,
        LeftRow::SumOf { first, last } => {
            return fill(t.left_sum_of, &[&line(first), &line(last)]);
        }
        LeftRow::Part => t.left_row_part,
        LeftRow::NotInPlan => t.left_not_in_plan,
        LeftRow::OtherCity => t.left_other_city,
        LeftRow::NoName => t.left_no_name,
        LeftRow::NoYear => t.left_no_year,
        LeftRow::Item => t.left_item,
        LeftRow::Chosen => t.left_chosen,
    };
    text.to_owned()
}

/// What is wrong in a cell.
pub(in crate::sheets) fn problem(w: &Words, problem: Problem) -> &'static str {
    let t = w.tables;
    match problem {
        Problem::NotANumber => t.not_a_number,
        Problem::NotWhole => t.not_whole,
        Problem::OutOfBounds => t.out_of_bounds,
        Problem::Percent => t.percent,
        Problem::Date => t.date,
        Problem::Error => t.error,
        Problem::NotComputed => t.not_computed,
        Problem::NotAYear => t.not_a_year,
        Problem::YearOutside => t.year_outside,
        Problem::NotAName => t.not_a_name,
        Problem::OtherUnit => t.other_unit,
        Problem::PartMissing => t.part_missing,
        Problem::Split => t.split,
    }
}

/// A row or column as spreadsheets count them, from 1.
pub(super) fn line(place: usize) -> String {
    (place + 1).to_string()
}

/// How many there are.
pub(super) fn count(number: usize) -> String {
    numbers::whole(i64::try_from(number).unwrap_or(i64::MAX))
}

pub(in crate::sheets) fn place_name(w: &Words, plan: &Plan, lang: Lang, place: &Place) -> String {
    match place {
        Place::Known(id) => names::region(plan, id, lang).to_owned(),
        Place::New(name) => fill(w.tables.new_place, &[name]),
        Place::Whole => w.tables.whole_place.to_owned(),
    }
}

pub(in crate::sheets) fn target_name(
    w: &Words,
    plan: &Plan,
    lang: Lang,
    target: &Target,
) -> String {
    match target {
        Target::Heads(id) => names::population(plan, id, lang).to_owned(),
        Target::NewPopulation { name, stage } => {
            format!("{name} · {}", fill(w.tables.new_population, &[names::stage(w, *stage)]))
        }
        Target::Parameter(path) => names::parameter(w, plan, path, lang),
        Target::Measure { scenario, measure, change } => {
            let found = plan.scenarios.iter().find(|s| s.id == *scenario);
            let found = found.and_then(|s| s.measures.iter().find(|m| m.id == *measure));
            let Some(found) = found else { return measure.to_string() };
            let of = fill(w.tables.of_measure, &[found.title.get(lang)]);
            match found.changes.get(*change) {
                Some(change) => {
                    format!("{of} · {}", names::parameter(w, plan, &change.path, lang))
                }
                None => of,
            }
        }
    }
}

/// The parameter whose unit a target's values have.
fn path_of<'p>(plan: &'p Plan, target: &'p Target) -> Option<&'p ParamPath> {
    match target {
        Target::Heads(_) | Target::NewPopulation { .. } => None,
        Target::Parameter(path) => Some(path),
        Target::Measure { scenario, measure, change } => {
            let found = plan.scenarios.iter().find(|s| s.id == *scenario)?;
            let measure = found.measures.iter().find(|m| m.id == *measure)?;
            measure.changes.get(*change).map(|change| &change.path)
        }
    }
}

pub(in crate::sheets) fn when_name(w: &Words, when: When) -> String {
    let year = |year: Year| year.to_string();
    match when {
        When::Autumn(of) => fill(w.autumn_of, &[&year(of)]),
        When::Fiscal(of) => fill(w.tables.fiscal, &[&year(of)]),
        When::From(semester) => fill(w.from_semester, &[&names::semester(w, semester)]),
    }
}

/// A value with its unit.
pub(in crate::sheets) fn value(
    w: &Words,
    plan: &Plan,
    lang: Lang,
    target: &Target,
    value: i64,
) -> String {
    match path_of(plan, target) {
        None => numbers::whole(value),
        Some(path) => names::value(w, plan, path, lang, value),
    }
}
