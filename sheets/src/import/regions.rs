//! Owns what a name in a row means: a region of the plan, a sum, a part, or none of them.
//!
//! Invariant: a name means a region only where it can mean no other; a name that may be one is
//! asked about. Sums are known by whole names and endings, never by containing a word. Words of the field are no place.

use super::names::{bare, squeezed};
use super::tables::is_field;
use super::words::{Said, Word};
use shapan_engine::{Lang, Plan};
use std::collections::{HashMap, HashSet};

/// What a name means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Named {
    /// A region, by its place in the plan.
    Known(usize),
    /// It may be that one.
    Doubt(usize),
    /// A sum or an average.
    Sum,
    /// A part of another row.
    Part,
    /// Nothing that is known.
    Unknown,
    /// Nothing stands there.
    Nothing,
}

/// The names of a plan's regions.
pub(super) struct Regions {
    exact: HashMap<String, Option<usize>>,
    stems: HashMap<String, Option<usize>>,
    /// The city's names, bare, the longer first.
    places: Vec<String>,
    /// The region of those who belong to no county, where there is one.
    direct: Option<usize>,
}

/// What names of regions end with, the longer first.
const ENDINGS: [&str; 14] = [
    "自治县",
    "自治旗",
    "管理区",
    "开发区",
    "新区",
    "district",
    "county",
    "city",
    "县",
    "区",
    "市",
    "旗",
    "镇",
    "乡",
];
/// Names of what is run by the city itself.
const DIRECT: [&str; 10] = [
    "市直",
    "市直属",
    "市直学校",
    "市直属学校",
    "市直单位",
    "市直属单位",
    "市直部门",
    "直属",
    "直属学校",
    "citydirectunits",
];
const SUMS: [&str; 26] = [
    "合计",
    "总计",
    "小计",
    "共计",
    "总数",
    "总和",
    "汇总",
    "计",
    "全市",
    "全县",
    "全区",
    "全省",
    "全国",
    "全部",
    "平均",
    "均值",
    "平均数",
    "总",
    "total",
    "sum",
    "subtotal",
    "average",
    "mean",
    "grandtotal",
    "wholecity",
    "all",
];
const SUM_ENDINGS: [&str; 12] = [
    "合计",
    "总计",
    "小计",
    "共计",
    "汇总",
    "平均",
    "均值",
    "总数",
    "平均数",
    "total",
    "average",
    "subtotal",
];
const SUM_BEGINNINGS: [&str; 9] =
    ["全市", "全县", "全省", "全国", "合计", "总计", "小计", "total", "subtotal"];
const PARTS: [&str; 6] = ["其中", "内含", "另", "ofwhich", "including", "#"];

fn stem(name: &str) -> Option<&str> {
    let stem = ENDINGS.iter().find_map(|ending| name.strip_suffix(ending))?;
    (stem.chars().count() >= 2).then_some(stem)
}

/// Whether a name is that of a sum or an average.
pub(super) fn is_sum(name: &str) -> bool {
    let name = bare(name);
    SUMS.contains(&name.as_str())
        || SUM_ENDINGS.iter().any(|ending| name.ends_with(ending))
        || SUM_BEGINNINGS.iter().any(|beginning| name.starts_with(beginning))
}

/// Whether all words of a name are of the field, or of a form, and none of them a place's: 女生,
/// 比上年增减, 2010年, 填表人：….
fn is_no_place(squeezed: &str) -> bool {
    if is_field(squeezed) {
        return true;
    }
    let said = Said::of(squeezed, &HashSet::new());
    let is_of_field = |word: &Word| match word {
        Word::Part(part) => *part != "城乡",
        Word::Of(_)
        | Word::Wide
        | Word::Enrolled
        | Word::People
        | Word::Things
        | Word::Flow
        | Word::Rate
        | Word::Money
        | Word::OfWhich
        | Word::Remark => true,
        _ => false,
    };
    said.unknown.is_empty() && (!said.years.is_empty() || said.words.iter().any(is_of_field))
}

impl Regions {
    pub(super) fn new(plan: &Plan) -> Self {
        let mut exact: HashMap<String, Option<usize>> = HashMap::new();
        let mut stems: HashMap<String, Option<usize>> = HashMap::new();
        let mut direct = None;
        let put = |all: &mut HashMap<String, Option<usize>>, name: &str, place: usize| {
            let there = all.entry(name.to_owned()).or_insert(Some(place));
            if *there != Some(place) {
                *there = None;
            }
        };
        for (place, region) in plan.regions.iter().enumerate() {
            for lang in Lang::ALL {
                let name = bare(region.name.get(lang));
                if DIRECT.contains(&name.as_str()) {
                    direct = Some(place);
                }
                if let Some(stem) = stem(&name) {
                    put(&mut stems, stem, place);
                }
                put(&mut exact, &name, place);
            }
        }
        let mut places = Vec::new();
        for lang in Lang::ALL {
            let name = bare(plan.place.get(lang));
            places.extend(stem(&name).map(str::to_owned));
            places.push(name);
        }
        places.sort_by_key(|name| std::cmp::Reverse(name.len()));
        places.dedup();
        Self { exact, stems, places, direct }
    }

    /// Names that say nothing in a title: the city's.
    pub(super) fn places(&self) -> HashSet<String> {
        self.places.iter().cloned().collect()
    }

    /// Whether a name is the city's own, alone or behind that of its province.
    pub(super) fn is_place(&self, name: &str) -> bool {
        let name = bare(name);
        self.places.iter().any(|place| {
            let before = name.strip_suffix(place.as_str());
            before.is_some_and(|b| b.is_empty() || b.ends_with('省') || b.ends_with("自治区"))
        })
    }

    fn exactly(&self, name: &str) -> Option<Named> {
        Some(match self.exact.get(name)? {
            Some(place) => Named::Known(*place),
            None => Named::Unknown,
        })
    }

    /// What the name of a row means: words of the field name no region, and no new one.
    pub(super) fn of_row(&self, name: &str) -> Named {
        match self.named(name) {
            Named::Unknown if is_no_place(&squeezed(name)) => Named::Part,
            found => found,
        }
    }

    /// What a name means.
    pub(super) fn named(&self, name: &str) -> Named {
        let squeezed = squeezed(name);
        let whole = bare(&squeezed);
        if whole.is_empty() {
            return Named::Nothing;
        }
        if let Some(found) = self.exactly(&whole) {
            return found;
        }
        if PARTS.iter().any(|part| squeezed.starts_with(part)) {
            return Named::Part;
        }
        if is_sum(&squeezed) || self.places.contains(&whole) {
            return Named::Sum;
        }
        let (outside, is_doubt) = without_brackets(without_marks(&squeezed));
        let outside = without_number(outside);
        let inner = bare(outside);
        let found = match self.plainly(&inner) {
            Named::Unknown => self.within_place(&inner),
            found => found,
        };
        match found {
            Named::Known(place) if is_doubt => Named::Doubt(place),
            found => found,
        }
    }

    /// A name without code, number and brackets.
    fn plainly(&self, name: &str) -> Named {
        if let Some(found) = self.exactly(name) {
            return found;
        }
        if is_sum(name) || self.places.iter().any(|place| place == name) {
            return Named::Sum;
        }
        if let Some(direct) = self.direct.filter(|_| DIRECT.contains(&name)) {
            return Named::Known(direct);
        }
        match (self.stems.get(name), stem(name)) {
            (Some(Some(place)), _) => Named::Known(*place),
            // 泰山县 where the plan has 泰山区: perhaps.
            (None, Some(stem)) => match self.stems.get(stem) {
                Some(Some(place)) => Named::Doubt(*place),
                _ => Named::Unknown,
            },
            _ => Named::Unknown,
        }
    }

    /// A name behind that of the city, and of a province.
    fn within_place(&self, name: &str) -> Named {
        for place in &self.places {
            let Some(at) = name.find(place.as_str()) else { continue };
            let (before, after) = (&name[..at], &name[at + place.len()..]);
            let is_province =
                before.is_empty() || before.ends_with('省') || before.ends_with("自治区");
            if is_province && after.is_empty() {
                return Named::Sum;
            }
            if is_province && let found @ (Named::Known(_) | Named::Doubt(_)) = self.plainly(after)
            {
                return found;
            }
        }
        Named::Unknown
    }
}

/// A name without the mark of a footnote behind it: ①, [1], 注1. Squeezed, brackets are round.
fn without_marks(name: &str) -> &str {
    let is_mark = |c: char| matches!(c, '①'..='⑳' | '¹' | '²' | '³' | '※' | '*' | '†');
    let rest = name.trim_end_matches(is_mark);
    let inner = rest.strip_suffix([')', ']']);
    let Some((before, inside)) = inner.and_then(|rest| rest.rsplit_once(['(', '['])) else {
        return rest;
    };
    let number = inside.trim_start_matches("注");
    let is_number = number.chars().all(|c| c.is_ascii_digit()) && number.len() <= 2;
    if is_number && !before.is_empty() { before } else { rest }
}

/// A name without the brackets behind it, and whether these may make it another: a note of what
/// is counted in (含…) or a code does not.
fn without_brackets(name: &str) -> (&str, bool) {
    let Some(inside) = name.strip_suffix(')').and_then(|name| name.split_once('(')) else {
        return (name, false);
    };
    let (outside, inside) = inside;
    if outside.is_empty() {
        return (name, false);
    }
    let is_note = ["含", "不含", "包括", "不包括", "包含", "incl", "excl"];
    let is_code = inside.chars().all(|c| c.is_ascii_digit());
    // 不含民办: less than all of it.
    let is_less = ["不含", "不包括", "excl"].iter().any(|less| {
        let rest = inside.strip_prefix(less);
        rest.is_some_and(|rest| !Said::of(rest, &HashSet::new()).parts().is_empty())
    });
    let is_harmless = is_code || (!is_less && is_note.iter().any(|note| inside.starts_with(note)));
    (outside, !is_harmless)
}

/// A name without the code or the number before it.
fn without_number(name: &str) -> &str {
    let digits = name.bytes().take_while(u8::is_ascii_digit).count();
    if matches!(digits, 6 | 9 | 12) {
        return name[digits..].trim_start_matches(['-', '_', '.', ':']);
    }
    let number = name.trim_start_matches('(');
    let is_numeral = |c: char| c.is_ascii_digit() || "一二三四五六七八九十".contains(c);
    let rest = number.trim_start_matches(is_numeral);
    let count = number[..number.len() - rest.len()].chars().count();
    match rest.strip_prefix(['.', ',', ')']) {
        Some(rest) if (1..=3).contains(&count) => rest,
        _ => name,
    }
}

/// What a new region is called: without the code before it and the spaces in it.
pub(super) fn name_of(words: &str) -> String {
    let words = words.trim();
    let digits = words.bytes().take_while(u8::is_ascii_digit).count();
    let rest = if matches!(digits, 6 | 9 | 12) { words[digits..].trim() } else { words };
    let is_latin = rest.chars().any(|c| c.is_ascii_alphabetic());
    if is_latin {
        return rest.split_whitespace().collect::<Vec<_>>().join(" ");
    }
    rest.chars().filter(|c| !c.is_whitespace()).collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use shapan_engine::taian_2012;

    #[test]
    fn names_mean_a_region_only_where_they_can_mean_no_other() {
        let plan = taian_2012().unwrap();
        let regions = Regions::new(&plan);
        for (name, expected) in [
            ("泰山区", Named::Known(0)),
            ("泰山", Named::Known(0)),
            ("泰 山 區", Named::Known(0)),
            ("泰安市泰山区", Named::Known(0)),
            ("山东省泰安市岱岳区", Named::Known(1)),
            ("泰安岱岳", Named::Known(1)),
            ("370921宁阳县", Named::Known(4)),
            ("寧陽縣", Named::Known(4)),
            ("1.泰山区", Named::Known(0)),
            ("一、泰山区", Named::Known(0)),
            ("肥城市（含高新区）", Named::Known(3)),
            ("肥城市（民办）", Named::Doubt(3)),
            ("泰山县", Named::Doubt(0)),
            ("市直学校", Named::Known(6)),
            ("Taishan District", Named::Known(0)),
            ("泰安市", Named::Sum),
            ("泰安", Named::Sum),
            ("全市合计", Named::Sum),
            ("城区小计", Named::Sum),
            ("县（市）小计", Named::Sum),
            ("区县平均", Named::Sum),
            ("泰安市合计", Named::Sum),
            ("其中：民办", Named::Part),
            ("高新区", Named::Unknown),
            (" ", Named::Nothing),
        ] {
            assert_eq!(regions.named(name), expected, "{name}");
        }
        assert_eq!(name_of("370902 泰 山区"), "泰山区");
    }
}
