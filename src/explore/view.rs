//! Owns how the outcome is looked at: what stands in rows and columns, what is left out, which
//! figure and how. It lives in the address, so a view can be linked to and kept.
//!
//! Invariant: every view written to an address is read back the same; what an address holds
//! that is not known here falls back to the usual. Deliberately absent: the plan (a name that
//! the plan lacks selects nothing).

use crate::session::Page;
use std::collections::BTreeMap;

macro_rules! keyed {
    ($(#[$doc:meta])* $name:ident { $($(#[$case_doc:meta])* $case:ident = $key:literal,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum $name { $($(#[$case_doc])* $case,)* }

        impl $name {
            /// All of them, in the order they are offered.
            pub const ALL: &[Self] = &[$(Self::$case,)*];

            /// Its name in addresses.
            pub fn key(self) -> &'static str {
                match self { $(Self::$case => $key,)* }
            }

            /// The one with a name.
            pub fn of_key(key: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|one| one.key() == key)
            }
        }
    };
}

keyed! {
    /// What payments can be told apart by.
    Dim {
        /// 地区
        Region = "region",
        /// 年度
        Year = "year",
        /// 项目
        Programme = "programme",
        /// 学段
        Stage = "stage",
        /// 支出性质
        Nature = "nature",
        /// 资金来源
        Source = "source",
        /// 出资方
        Payer = "payer",
        /// 资金科目
        Account = "account",
        /// 措施
        Measure = "measure",
    }
}

keyed! {
    /// Whose amounts.
    Amounts {
        /// Of the scenario looked at.
        Whole = "whole",
        /// Of the scenario compared with.
        Base = "base",
        /// The one less the other.
        Change = "change",
    }
}

keyed! {
    /// How an amount is shown.
    Shown {
        /// As it is.
        Money = "money",
        /// For each head and year.
        PerHead = "head",
        /// As a share of its row.
        OfRow = "of-row",
        /// As a share of its column.
        OfColumn = "of-column",
        /// As a share of everything.
        OfAll = "of-all",
    }
}

/// What rows are sorted by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sort {
    /// The column's name, or one of those below.
    pub by: String,
    /// Whether the largest comes first.
    pub is_descending: bool,
}

impl Sort {
    /// By the column of sums; no id begins so.
    pub const SUM: &str = "_sum";
    /// By what rows are called.
    pub const NAME: &str = "_name";
}

/// A view of the outcome.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct View {
    /// What stands in rows.
    pub rows: Dim,
    /// What stands in columns, beside the sum.
    pub cols: Option<Dim>,
    /// Whose amounts.
    pub amounts: Amounts,
    /// How.
    pub shown: Shown,
    /// For each head of which population; of all pupils where absent.
    pub per: Option<String>,
    /// What alone is counted, where not everything is; never empty.
    pub only: BTreeMap<Dim, Vec<String>>,
    /// What rows are sorted by; in the plan's order where absent.
    pub sort: Option<Sort>,
    /// Whether rows and columns without any amount are left out.
    pub hide_empty: bool,
}

impl Default for View {
    fn default() -> Self {
        Self::of(Dim::Region, Some(Dim::Year))
    }
}

impl View {
    /// Amounts of the scenario looked at.
    pub fn of(rows: Dim, cols: Option<Dim>) -> Self {
        Self {
            rows,
            cols,
            amounts: Amounts::Whole,
            shown: Shown::Money,
            per: None,
            only: BTreeMap::new(),
            sort: None,
            hide_empty: false,
        }
    }

    /// The same, of the change.
    pub fn of_change(self) -> Self {
        Self { amounts: Amounts::Change, ..self }
    }

    /// The same, of these alone.
    pub fn only(mut self, dim: Dim, keys: Vec<String>) -> Self {
        if keys.is_empty() {
            self.only.remove(&dim);
        } else {
            self.only.insert(dim, keys);
        }
        self
    }

    /// What can be looked at: rows and columns differ, and what a measure adds has no heads.
    pub fn settled(mut self) -> Self {
        if self.cols == Some(self.rows) {
            self.cols = None;
        }
        if self.shown == Shown::PerHead && self.names(Dim::Measure) {
            self.shown = Shown::Money;
        }
        self
    }

    /// Whether it tells something apart by this, or leaves some of it out.
    pub fn names(&self, dim: Dim) -> bool {
        self.rows == dim || self.cols == Some(dim) || self.only.contains_key(&dim)
    }

    /// The address that shows it.
    pub fn href(&self) -> String {
        let mut parts = vec![format!("rows={}", self.rows.key())];
        parts.push(format!("cols={}", self.cols.map_or("none", Dim::key)));
        parts.push(format!("figure={}", self.amounts.key()));
        if self.shown != Shown::Money {
            parts.push(format!("as={}", self.shown.key()));
        }
        parts.extend(self.per.iter().map(|id| format!("per={id}")));
        parts.extend(
            self.only.iter().map(|(dim, keys)| format!("{}={}", dim.key(), keys.join(","))),
        );
        parts.extend(self.sort.iter().map(|sort| {
            format!("sort={}{}", sort.by, if sort.is_descending { "~desc" } else { "" })
        }));
        parts.extend(self.hide_empty.then(|| "empty=hide".to_owned()));
        format!("{}?{}", Page::Explore.hash(), parts.join("&"))
    }

    /// The view an address shows.
    pub fn of_href(hash: &str) -> Self {
        let mut view = Self::default();
        let query = hash.split_once('?').map_or("", |(_, query)| query);
        for (key, value) in query.split('&').filter_map(|part| part.split_once('=')) {
            match key {
                "rows" => view.rows = Dim::of_key(value).unwrap_or(view.rows),
                "cols" if value == "none" => view.cols = None,
                "cols" => view.cols = Dim::of_key(value).or(view.cols),
                "figure" => view.amounts = Amounts::of_key(value).unwrap_or(view.amounts),
                "as" => view.shown = Shown::of_key(value).unwrap_or(view.shown),
                "per" => view.per = Some(value).filter(|id| is_key(id)).map(str::to_owned),
                "sort" => {
                    let (by, is_descending) = match value.split_once('~') {
                        Some((by, order)) => (by, order == "desc"),
                        None => (value, false),
                    };
                    view.sort = is_key(by).then(|| Sort { by: by.to_owned(), is_descending });
                }
                "empty" => view.hide_empty = value == "hide",
                _ => {
                    let keys = value.split(',').filter(|key| is_key(key)).map(str::to_owned);
                    if let Some(dim) = Dim::of_key(key) {
                        view = view.only(dim, keys.collect());
                    }
                }
            }
        }
        view.settled()
    }
}

/// Names of things: nothing in them needs escaping in an address.
fn is_key(key: &str) -> bool {
    let allowed = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b"-._".contains(&b);
    (1..=160).contains(&key.len()) && key.bytes().all(allowed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_view_is_read_back_from_its_address() {
        for rows in Dim::ALL {
            for cols in Dim::ALL.iter().map(|d| Some(*d)).chain([None]) {
                for amounts in Amounts::ALL {
                    for shown in Shown::ALL {
                        let view =
                            View { amounts: *amounts, shown: *shown, ..View::of(*rows, cols) };
                        let view = view
                            .only(Dim::Payer, vec!["central".into(), "county".into()])
                            .only(Dim::Year, vec!["2013".into()])
                            .settled();
                        assert_eq!(View::of_href(&view.href()), view);
                        let sort = Sort { by: Sort::SUM.into(), is_descending: true };
                        let per = Some("junior-pupils".into());
                        let view = View { sort: Some(sort), per, hide_empty: true, ..view };
                        assert_eq!(View::of_href(&view.href()), view);
                    }
                }
            }
        }
    }

    #[test]
    fn what_an_address_does_not_say_is_the_usual() {
        assert_eq!(View::of_href("#explore"), View::default());
        assert_eq!(
            View::of_href("#explore?rows=nobody&cols=&figure=7&x&=&per=A<b>"),
            View::default()
        );
        assert_eq!(View::of_href("#explore?rows=year").cols, None, "rows and columns differ");
        assert_eq!(View::of_href("#explore?payer=<b>,%20,"), View::default());
        let by_measure = View::of_href("#explore?rows=measure&cols=year&as=head");
        assert_eq!(by_measure.shown, Shown::Money);
    }
}
