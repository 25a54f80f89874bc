//! Owns how the reader wants the page: language, theme, unit. Kept apart from the plan.

use crate::hints::Hint;
use crate::numbers::MoneyUnit;
use crate::storage::Setting;
use leptos::prelude::{RwSignal, Set};
use serde::{Deserialize, Serialize};
use shapan_engine::Lang;
use shapan_keep::PortError;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;

/// Light, dark, or as the system says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Theme {
    /// As the system says.
    #[default]
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

impl Theme {
    /// The value of `data-theme`.
    pub fn key(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }
}

/// Whether the system asks for a dark page; follows it.
pub fn system_dark() -> RwSignal<bool> {
    let query = web_sys::window()
        .and_then(|w| w.match_media("(prefers-color-scheme: dark)").ok().flatten());
    let dark = RwSignal::new(query.as_ref().is_some_and(web_sys::MediaQueryList::matches));
    if let Some(query) = query {
        let watched = query.clone();
        let changed = Closure::<dyn Fn()>::new(move || dark.set(watched.matches()));
        query.set_onchange(Some(changed.as_ref().unchecked_ref()));
        changed.forget(); // for as long as the page is open
    }
    dark
}

/// How the reader wants the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Preferences {
    /// Language.
    pub lang: Lang,
    /// Theme.
    pub theme: Theme,
    /// Whether single keys do anything.
    pub single_keys: bool,
    /// Chosen unit; the language's usual one where absent.
    unit: Option<MoneyUnit>,
    /// The unit in which a sender saw what is only looked at; never kept.
    sent_unit: Option<MoneyUnit>,
    /// Which hints the reader has had, in the order of [`Hint::ALL`].
    had: [bool; Hint::ALL.len()],
}

#[derive(Serialize, Deserialize)]
struct Kept {
    lang: String,
    #[serde(default)]
    theme: Theme,
    #[serde(default)]
    unit: Option<String>,
    #[serde(default)]
    single_keys_off: bool,
    #[serde(default)]
    hints_had: Vec<String>,
}

impl Preferences {
    /// What was kept, or what the browser says.
    pub fn load() -> Self {
        let kept = Setting::Preferences.get();
        let kept = kept.and_then(|json| serde_json::from_str::<Kept>(&json).ok());
        let Some(kept) = kept else {
            let tag = web_sys::window().and_then(|w| w.navigator().language()).unwrap_or_default();
            return Self {
                lang: nearest(&tag),
                theme: Theme::System,
                single_keys: true,
                unit: None,
                sent_unit: None,
                had: [false; Hint::ALL.len()],
            };
        };
        let lang = Lang::ALL.into_iter().find(|l| l.tag() == kept.lang).unwrap_or_default();
        let unit = kept.unit.as_deref().and_then(unit_of_key);
        let had = Hint::ALL.map(|hint| kept.hints_had.iter().any(|key| key == hint.key()));
        let single_keys = !kept.single_keys_off;
        Self { lang, theme: kept.theme, single_keys, unit, sent_unit: None, had }
    }

    /// Keeps them.
    pub fn save(&self) -> Result<(), PortError> {
        let had = Hint::ALL.into_iter().filter(|hint| self.has_had(*hint));
        let kept = Kept {
            lang: self.lang.tag().to_owned(),
            theme: self.theme,
            unit: self.unit.map(|u| u.key().to_owned()),
            single_keys_off: !self.single_keys,
            hints_had: had.map(|hint| hint.key().to_owned()).collect(),
        };
        Setting::Preferences.set(&serde_json::to_string(&kept).unwrap_or_default())
    }

    /// The unit amounts are shown in.
    pub fn unit(&self) -> MoneyUnit {
        let usual = MoneyUnit::usual(self.lang);
        let of_this_language = |unit: Option<MoneyUnit>| unit.filter(|u| usual.contains(u));
        of_this_language(self.sent_unit).or_else(|| of_this_language(self.unit)).unwrap_or(usual[0])
    }

    /// Whether the reader has had a hint.
    pub fn has_had(&self, hint: Hint) -> bool {
        Hint::ALL.into_iter().zip(self.had).any(|(each, had)| each == hint && had)
    }

    /// The reader has had a hint: it never comes again.
    pub fn had(&mut self, hint: Hint) {
        for (each, had) in Hint::ALL.into_iter().zip(&mut self.had) {
            *had |= each == hint;
        }
    }

    /// Chooses a unit.
    pub fn set_unit(&mut self, unit: MoneyUnit) {
        (self.unit, self.sent_unit) = (Some(unit), None);
    }

    /// Shows amounts as the sender of what is looked at saw them, or as the reader chose again.
    pub fn see_unit(&mut self, key: Option<&str>) {
        self.sent_unit = key.and_then(unit_of_key);
    }
}

fn unit_of_key(key: &str) -> Option<MoneyUnit> {
    let units = [MoneyUnit::Yuan, MoneyUnit::Wan, MoneyUnit::Million, MoneyUnit::Yi];
    units.into_iter().find(|unit| unit.key() == key)
}

/// The page's language nearest to a browser's tag; Chinese for readers we know nothing of.
fn nearest(tag: &str) -> Lang {
    let tag = tag.to_ascii_lowercase();
    let traditional = ["zh-hant", "zh-tw", "zh-hk", "zh-mo"];
    if traditional.iter().any(|t| tag.starts_with(t)) {
        Lang::ZhHant
    } else if tag.is_empty() || tag.starts_with("zh") {
        Lang::ZhHans
    } else {
        Lang::En
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_browser_decides_the_first_language() {
        let cases = [
            ("zh-CN", Lang::ZhHans),
            ("zh-TW", Lang::ZhHant),
            ("zh-Hant-HK", Lang::ZhHant),
            ("en-US", Lang::En),
            ("fr", Lang::En),
            ("zh", Lang::ZhHans),
            ("", Lang::ZhHans),
        ];
        for (tag, lang) in cases {
            assert_eq!(nearest(tag), lang, "{tag}");
        }
    }
}
