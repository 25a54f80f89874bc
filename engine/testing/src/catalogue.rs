//! What the generated plans are made of: people, payers and programmes as a bureau has them.
//!
//! Numbers are usual ones of a county; `generate` varies them.

use shapan_engine::*;
use std::ops::RangeInclusive;

/// Chinese and English.
pub type Words = (&'static str, &'static str);

/// People counted each autumn.
pub struct Counted {
    pub id: &'static str,
    pub words: Words,
    pub stage: Stage,
    /// Heads in a usual region.
    pub heads: i64,
}

/// People who are a share of others.
pub struct Part {
    pub id: &'static str,
    pub words: Words,
    pub stage: Stage,
    pub parent: &'static str,
    /// The largest usual share, millionths.
    pub share: i64,
}

/// Who pays.
pub struct Payers {
    pub id: &'static str,
    pub words: Words,
    pub payer: Payer,
    pub account: Account,
    /// Fen a year in a usual region; 0 where the account takes in nothing of its own.
    pub revenue: i64,
    /// Whose money is known to be there.
    pub scope: Option<Scope>,
}

/// What money is spent on.
pub struct Template {
    pub id: &'static str,
    pub words: Words,
    pub nature: Nature,
    pub kind: Kind,
    /// The least and most of a usual standard, yuan.
    pub yuan: (i64, i64),
}

impl Template {
    /// The usual standards in fen: odd ones too, so that halves and shares have to be rounded.
    pub fn fen(&self) -> RangeInclusive<i64> {
        self.yuan.0 * 100..=self.yuan.1 * 100 + 99
    }
}

/// What a programme's amount is reckoned from, with what it counts.
#[derive(Clone, Copy)]
pub enum Kind {
    Semester(&'static str),
    Census(&'static str),
    /// Posts of a usual region.
    Posts(i64),
    PostsPerPupils(&'static str),
    /// Units of a usual region, and what a unit is.
    Works(i64, Words),
    Revenue,
    /// Fen a year of a usual region.
    Lump(i64),
    Loans(&'static str),
}

const fn counted(id: &'static str, words: Words, stage: Stage, heads: i64) -> Counted {
    Counted { id, words, stage, heads }
}

const fn part(
    id: &'static str,
    words: Words,
    stage: Stage,
    (parent, share): (&'static str, i64),
) -> Part {
    Part { id, words, stage, parent, share }
}

const fn programme(
    id: &'static str,
    words: Words,
    nature: Nature,
    kind: Kind,
    yuan: (i64, i64),
) -> Template {
    Template { id, words, nature, kind, yuan }
}

pub const COUNTED: [Counted; 6] = [
    counted("children", ("在园幼儿", "children in kindergarten"), Stage::Preschool, 18_000),
    counted("primary", ("小学生", "primary pupils"), Stage::Primary, 38_000),
    counted("junior", ("初中生", "junior pupils"), Stage::Junior, 19_000),
    counted("senior", ("高中生", "senior students"), Stage::Senior, 11_000),
    counted("vocational", ("中职生", "vocational students"), Stage::Vocational, 6_000),
    counted("special", ("特教生", "special pupils"), Stage::Special, 160),
];

/// Each after those it is a share of or not: the engine must find its way either way.
pub const SHARES: [Part; 9] = [
    part("children-aided", ("资助幼儿", "aided children"), Stage::Preschool, ("children", 100_000)),
    part("poor-boarders", ("贫困寄宿生", "poor boarders"), Stage::Junior, ("boarders", 350_000)),
    part("boarders", ("初中寄宿生", "junior boarders"), Stage::Junior, ("junior", 520_000)),
    part("rural", ("农村小学生", "rural primary pupils"), Stage::Primary, ("primary", 450_000)),
    part("rural-boarders", ("小学寄宿生", "rural boarders"), Stage::Primary, ("rural", 180_000)),
    part("small-schools", ("小规模校学生", "in small schools"), Stage::Primary, ("rural", 90_000)),
    part("senior-aided", ("高中受助生", "aided seniors"), Stage::Senior, ("senior", 200_000)),
    part("borrowers", ("新贷款学生", "new borrowers"), Stage::Tertiary, ("senior", 60_000)),
    part(
        "vocational-aided",
        ("中职受助生", "aided vocational"),
        Stage::Vocational,
        ("vocational", 800_000),
    ),
];

const fn payers(
    id: &'static str,
    words: Words,
    (payer, account): (Payer, Account),
    revenue: i64,
    scope: Option<Scope>,
) -> Payers {
    Payers { id, words, payer, account, revenue, scope }
}

pub const SOURCES: [Payers; 6] = [
    payers(
        "county",
        ("县级一般预算", "county budget"),
        (Payer::County, Account::GeneralBudget),
        0,
        Some(Scope::PerRegion),
    ),
    payers(
        "surcharge",
        ("教育费附加", "education surcharge"),
        (Payer::County, Account::EducationSurcharge),
        4_000_000_000,
        None,
    ),
    payers(
        "city",
        ("市级一般预算", "city budget"),
        (Payer::City, Account::GeneralBudget),
        0,
        Some(Scope::CityWide),
    ),
    payers("province", ("省级", "province"), (Payer::Province, Account::SpecialTransfer), 0, None),
    payers("central", ("中央", "central"), (Payer::Central, Account::SpecialTransfer), 0, None),
    payers(
        "land",
        ("土地出让收益", "land income"),
        (Payer::County, Account::LandIncome),
        2_000_000_000,
        None,
    ),
];

use Kind::{Census, Loans, Lump, Posts, PostsPerPupils, Revenue, Semester, Works};
use Nature::{Aid, Capital, Personnel, Recurrent};

/// In an order in which the first few are a plan too.
pub const TEMPLATES: [Template; 24] = [
    programme(
        "boarding",
        ("寄宿生补助", "boarding"),
        Aid,
        Semester("poor-boarders"),
        (1_000, 1_500),
    ),
    programme("primary-funds", ("小学公用", "primary"), Recurrent, Census("primary"), (500, 700)),
    programme("cooks", ("食堂工勤", "cooks"), Personnel, Posts(120), (30_000, 42_000)),
    programme("meals", ("营养餐", "meals"), Aid, Semester("rural"), (600, 1_000)),
    programme("training", ("教师培训", "training"), Recurrent, Lump(300_000_000), (0, 0)),
    programme(
        "children-aid",
        ("学前资助", "child aid"),
        Aid,
        Semester("children-aided"),
        (400, 1_200),
    ),
    programme(
        "buildings",
        ("校舍", "buildings"),
        Capital,
        Works(2_400, ("m²", "m²")),
        (1_500, 2_600),
    ),
    programme("junior-funds", ("初中公用", "junior"), Recurrent, Census("junior"), (700, 900)),
    programme(
        "senior-grants",
        ("高中助学金", "grants"),
        Aid,
        Semester("senior-aided"),
        (1_500, 2_500),
    ),
    programme(
        "rural-teachers",
        ("农村教师", "rural teachers"),
        Personnel,
        PostsPerPupils("rural"),
        (50_000, 70_000),
    ),
    programme(
        "voc-grants",
        ("中职助学金", "grants"),
        Aid,
        Semester("vocational-aided"),
        (1_500, 2_000),
    ),
    programme("voc-surcharge", ("附加用于中职", "from surcharge"), Recurrent, Revenue, (0, 0)),
    programme(
        "small-schools",
        ("小规模校", "small"),
        Recurrent,
        Census("small-schools"),
        (100, 300),
    ),
    programme("textbooks", ("免费教科书", "textbooks"), Aid, Semester("junior"), (90, 180)),
    programme("loans", ("助学贷款", "student loans"), Aid, Loans("borrowers"), (5_500, 8_000)),
    programme(
        "rural-boarding",
        ("小学寄宿", "board"),
        Aid,
        Semester("rural-boarders"),
        (750, 1_000),
    ),
    programme(
        "kindergartens",
        ("幼儿园", "new"),
        Capital,
        Works(3, ("所", "school")),
        (900_000, 2_500_000),
    ),
    programme(
        "special-funds",
        ("特教公用", "special"),
        Recurrent,
        Semester("special"),
        (4_000, 6_000),
    ),
    programme("nursery-staff", ("幼儿教师", "staff"), Personnel, Posts(240), (36_000, 55_000)),
    programme("senior-funds", ("高中公用", "senior"), Recurrent, Census("senior"), (600, 1_100)),
    programme(
        "voc-tuition",
        ("中职免学费", "tuition"),
        Aid,
        Semester("vocational"),
        (2_000, 3_100),
    ),
    programme("equipment", ("教学设备", "equipment"), Recurrent, Lump(500_000_000), (0, 0)),
    programme("transport", ("校车", "transport"), Aid, Semester("rural"), (120, 400)),
    programme("insurance", ("校方责任险", "insurance"), Recurrent, Semester("primary"), (5, 12)),
];
