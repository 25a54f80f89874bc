//! Owns the words people write into a plan, in up to three languages.
//!
//! Invariant: a [`Text`] is never empty, at most [`Text::MOST_CHARS`] long in each
//! language, and free of control characters (they break charts and tables).
//! Deliberately absent: the page's own words.

/// A language of the page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Lang {
    /// 简体中文
    #[default]
    ZhHans,
    /// 繁體中文
    ZhHant,
    /// English
    En,
}

impl Lang {
    /// Every language, in the order a reader meets them.
    pub const ALL: [Self; 3] = [Self::ZhHans, Self::ZhHant, Self::En];

    /// Its tag as in HTML's `lang`.
    pub fn tag(self) -> &'static str {
        match self {
            Self::ZhHans => "zh-Hans",
            Self::ZhHant => "zh-Hant",
            Self::En => "en",
        }
    }
}

/// Why words cannot stand in a plan.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TextError {
    /// No words in any language.
    #[error("empty")]
    Empty,
    /// Longer than [`Text::MOST_CHARS`].
    #[error("{chars} characters, more than {}", Text::MOST_CHARS)]
    TooLong {
        /// How long it is.
        chars: usize,
    },
    /// A control character or one that is not a character at all.
    #[error("the control character U+{code:04X}")]
    ControlCharacter {
        /// Its code point.
        code: u32,
    },
}

/// Words in one or more languages.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Text([Option<Box<str>>; 3]);

impl Text {
    /// The longest text in one language, in characters.
    pub const MOST_CHARS: usize = 2_000;

    /// Words in one language; surrounding white space is dropped.
    pub fn new(lang: Lang, words: &str) -> Result<Self, TextError> {
        Self::from_languages([(lang, words)])
    }

    /// Words in several languages; an empty one counts as absent.
    pub fn from_languages<'a>(
        languages: impl IntoIterator<Item = (Lang, &'a str)>,
    ) -> Result<Self, TextError> {
        let mut text = Self([None, None, None]);
        for (lang, words) in languages {
            let words = words.trim();
            let chars = words.chars().count();
            if chars > Self::MOST_CHARS {
                return Err(TextError::TooLong { chars });
            }
            if let Some(bad) = words.chars().find(|c| !Self::allows(*c)) {
                return Err(TextError::ControlCharacter { code: u32::from(bad) });
            }
            if !words.is_empty() {
                text.0[lang as usize] = Some(words.into());
            }
        }
        if text.0.iter().all(Option::is_none) { Err(TextError::Empty) } else { Ok(text) }
    }

    /// With other words in `lang`; those in other languages stay, and an emptied one is then
    /// read in the nearest of them. Words that are only repeated from there stay unwritten.
    ///
    /// # Errors
    /// As [`Text::new`]; [`TextError::Empty`] where there is nothing to empty but what other
    /// languages say, or nothing is left.
    pub fn with(&self, lang: Lang, words: &str) -> Result<Self, TextError> {
        if words.trim() == self.get(lang) {
            return Ok(self.clone());
        }
        if words.trim().is_empty() && self.exactly(lang).is_none() {
            return Err(TextError::Empty);
        }
        let others = Lang::ALL.into_iter().filter(|l| *l != lang);
        let others = others.filter_map(|l| self.exactly(l).map(|words| (l, words)));
        Self::from_languages(others.chain([(lang, words)]))
    }

    /// Whether a text of a plan may hold a character: no control characters but line breaks
    /// and tabs, and none that turn the digits after a name around.
    pub fn allows(c: char) -> bool {
        let turns_text_around = matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
        let is_control = c.is_control() && c != '\n' && c != '\t';
        !(is_control || turns_text_around || matches!(c, '\u{FFFE}' | '\u{FFFF}'))
    }

    /// The words in `lang`, or in the nearest language there is.
    pub fn get(&self, lang: Lang) -> &str {
        std::iter::once(lang).chain(Lang::ALL).find_map(|l| self.exactly(l)).unwrap_or_default()
    }

    /// The words in `lang`, if they were written in it.
    pub fn exactly(&self, lang: Lang) -> Option<&str> {
        self.0[lang as usize].as_deref()
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn a_reader_gets_the_nearest_language_there_is() {
        let both = Text::from_languages([(Lang::ZhHans, "县"), (Lang::En, "county")]).unwrap();
        assert_eq!(both.get(Lang::En), "county");
        assert_eq!(both.get(Lang::ZhHant), "县");
        assert_eq!(Text::new(Lang::En, " county ").unwrap().get(Lang::ZhHans), "county");
    }

    #[test]
    fn other_words_in_one_language_leave_the_others_and_emptied_ones_fall_back() {
        let both = Text::from_languages([(Lang::ZhHans, "县"), (Lang::En, "county")]).unwrap();
        let other = both.with(Lang::En, " district ").unwrap();
        assert_eq!(other.exactly(Lang::ZhHans), Some("县"));
        assert_eq!(other.exactly(Lang::En), Some("district"));
        assert_eq!(both.with(Lang::ZhHant, "县"), Ok(both.clone()), "read, not written");
        assert_eq!(both.with(Lang::ZhHant, "縣").unwrap().get(Lang::ZhHant), "縣");
        let emptied = both.with(Lang::En, "").unwrap();
        assert_eq!((emptied.exactly(Lang::En), emptied.get(Lang::En)), (None, "县"));
        assert_eq!(emptied.with(Lang::En, " "), Err(TextError::Empty));
        assert_eq!(emptied.with(Lang::ZhHans, ""), Err(TextError::Empty));
    }

    #[test]
    fn empty_overlong_and_control_characters_are_refused() {
        assert_eq!(Text::new(Lang::En, "  "), Err(TextError::Empty));
        assert_eq!(Text::new(Lang::En, "a\u{1}b"), Err(TextError::ControlCharacter { code: 1 }));
        let turned = Text::new(Lang::En, "a\u{202E}b");
        assert_eq!(turned, Err(TextError::ControlCharacter { code: 0x202E }));
        assert_eq!(
            Text::new(Lang::En, &"长".repeat(2_001)),
            Err(TextError::TooLong { chars: 2_001 })
        );
    }
}
