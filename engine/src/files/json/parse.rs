//! Owns reading JSON text, strictly as RFC 8259 has it, and what is wrong where it is not.
//!
//! Invariant: time and memory grow with the length of the text and nothing else; nesting and the
//! count of values are bounded. Deliberately absent: names given twice, which are kept here and
//! refused where their path is known.

use super::{Fields, Node, Value};

/// How deep lists and objects may stand in one another.
pub const MOST_DEPTH: usize = 127;
/// How many values a file may hold.
pub const MOST_VALUES: usize = 2_000_000;

/// Why a text is not JSON.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum JsonFault {
    /// It ends too early.
    #[error("ends too early")]
    CutShort,
    /// Something else should stand here.
    #[error("{found:?} where {} should stand", if expected.is_empty() { "a value" } else { expected })]
    Unexpected {
        /// What stands here.
        found: char,
        /// What might; empty for any value.
        expected: &'static str,
    },
    /// A word that is no value, such as `NaN` or `None`.
    #[error("{found:?} is no value")]
    Word {
        /// The word.
        found: String,
    },
    /// A number JSON does not write so, such as `01`, `.5` or `+1`.
    #[error("{found:?} is no number")]
    Number {
        /// As it is written.
        found: String,
    },
    /// A backslash before something that has no meaning after it.
    #[error("no such escape")]
    Escape,
    /// Half of a character that is written in two halves.
    #[error("half a character, U+{code:04X}")]
    Surrogate {
        /// The half.
        code: u32,
    },
    /// A line break or other control character within quotes.
    #[error("U+{code:04X} within a text")]
    Control {
        /// Its code point.
        code: u32,
    },
    /// Something after the end.
    #[error("more after the end")]
    After,
    /// Lists and objects within one another beyond [`MOST_DEPTH`].
    #[error("more than {MOST_DEPTH} deep")]
    TooDeep,
    /// More values than [`MOST_VALUES`].
    #[error("more than {MOST_VALUES} values")]
    TooMany,
}

/// A fault and the byte at which it shows.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Broken {
    pub(crate) at: usize,
    pub(crate) fault: JsonFault,
}

/// Reads a text as one value.
pub(crate) fn parse(text: &str) -> Result<Node, Broken> {
    let mut parser = Parser { text, at: 0, left: MOST_VALUES };
    let node = parser.value(0)?;
    parser.skip_space();
    if parser.at < text.len() { parser.fail(JsonFault::After) } else { Ok(node) }
}

struct Parser<'a> {
    text: &'a str,
    at: usize,
    left: usize,
}

impl Parser<'_> {
    fn fail<T>(&self, fault: JsonFault) -> Result<T, Broken> {
        Err(Broken { at: self.at, fault })
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn rest(&self) -> &str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn skip_space(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.at += 1;
        }
    }

    /// What stands here is none of what may.
    fn unexpected<T>(&self, expected: &'static str) -> Result<T, Broken> {
        match self.rest().chars().next() {
            None => self.fail(JsonFault::CutShort),
            Some(found) => self.fail(JsonFault::Unexpected { found, expected }),
        }
    }

    fn value(&mut self, depth: usize) -> Result<Node, Broken> {
        self.skip_space();
        let Some(left) = self.left.checked_sub(1) else { return self.fail(JsonFault::TooMany) };
        self.left = left;
        let at = self.at;
        let value = match self.peek() {
            Some(b'{' | b'[') if depth == MOST_DEPTH => return self.fail(JsonFault::TooDeep),
            Some(b'{') => Value::Object(self.object(depth + 1)?),
            Some(b'[') => Value::List(self.list(depth + 1)?),
            Some(b'"') => Value::Text(self.text()?),
            Some(b'0'..=b'9' | b'-' | b'+' | b'.') => self.number()?,
            Some(b'a'..=b'z' | b'A'..=b'Z' | b'_') => self.word()?,
            _ => return self.unexpected(""),
        };
        Ok(Node { at, value })
    }

    fn object(&mut self, depth: usize) -> Result<Fields, Broken> {
        let mut fields = Fields::new();
        self.at += 1;
        self.skip_space();
        if self.peek() == Some(b'}') {
            self.at += 1;
            return Ok(fields);
        }
        loop {
            self.skip_space();
            if self.peek() != Some(b'"') {
                return self.unexpected("\"");
            }
            let name = self.text()?;
            self.skip_space();
            if self.peek() != Some(b':') {
                return self.unexpected(":");
            }
            self.at += 1;
            let value = self.value(depth)?;
            fields.push((name, value));
            if !self.goes_on(b'}', ",}")? {
                return Ok(fields);
            }
        }
    }

    fn list(&mut self, depth: usize) -> Result<Vec<Node>, Broken> {
        let mut items = Vec::new();
        self.at += 1;
        self.skip_space();
        if self.peek() == Some(b']') {
            self.at += 1;
            return Ok(items);
        }
        loop {
            items.push(self.value(depth)?);
            if !self.goes_on(b']', ",]")? {
                return Ok(items);
            }
        }
    }

    /// Whether another item follows, or what holds them ends.
    fn goes_on(&mut self, end: u8, expected: &'static str) -> Result<bool, Broken> {
        self.skip_space();
        match self.peek() {
            Some(b',') => {}
            Some(found) if found == end => {}
            _ => return self.unexpected(expected),
        }
        let goes_on = self.peek() == Some(b',');
        self.at += 1;
        Ok(goes_on)
    }

    /// As much as could be meant as one word or number.
    fn run(&self) -> &str {
        let rest = self.rest();
        let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '+' | '-');
        rest.find(|c| !is_part(c)).and_then(|end| rest.get(..end)).unwrap_or(rest)
    }

    fn word(&mut self) -> Result<Value, Broken> {
        let run = self.run();
        let value = match run {
            "null" => Value::Null,
            "true" => Value::Bool(true),
            "false" => Value::Bool(false),
            _ => {
                let ends_here = run.len() == self.rest().len();
                let is_begun = ["null", "true", "false"].iter().any(|word| word.starts_with(run));
                if ends_here && is_begun {
                    self.at = self.text.len();
                    return self.fail(JsonFault::CutShort);
                }
                let found = run.chars().take(40).collect();
                return self.fail(JsonFault::Word { found });
            }
        };
        self.at += run.len();
        Ok(value)
    }

    fn number(&mut self) -> Result<Value, Broken> {
        let run = self.run();
        let (size, is_whole) = match number_in(run) {
            Ok(found) => found,
            Err(at_end) if at_end && run.len() == self.rest().len() => {
                self.at = self.text.len();
                return self.fail(JsonFault::CutShort);
            }
            Err(_) => {
                let found: String = run.chars().take(40).collect();
                return self.fail(match found.trim_start_matches(['-', '+']) {
                    "NaN" | "Infinity" | "inf" => JsonFault::Word { found },
                    _ => JsonFault::Number { found },
                });
            }
        };
        // As we write it, or its digits would not be those of the file.
        let whole = run.parse::<i64>().ok().filter(|_| is_whole && run != "-0");
        let value = whole.map_or_else(|| Value::Number(run.into()), Value::Whole);
        self.at += size;
        Ok(value)
    }

    fn text(&mut self) -> Result<Box<str>, Broken> {
        self.at += 1;
        let mut text = String::new();
        loop {
            let rest = self.rest();
            let plain = rest.bytes().position(|b| matches!(b, b'"' | b'\\' | 0..0x20));
            let Some(plain) = plain else {
                self.at = self.text.len();
                return self.fail(JsonFault::CutShort);
            };
            let words = rest.get(..plain).unwrap_or_default();
            let stop = rest.as_bytes().get(plain).copied().unwrap_or_default();
            let is_all = text.is_empty() && stop == b'"';
            let whole: Option<Box<str>> = is_all.then(|| words.into());
            if whole.is_none() {
                text.push_str(words);
            }
            self.at += plain;
            match stop {
                b'"' => {
                    self.at += 1;
                    return Ok(whole.unwrap_or_else(|| text.into()));
                }
                b'\\' => text.push(self.escape()?),
                code => return self.fail(JsonFault::Control { code: code.into() }),
            }
        }
    }

    fn escape(&mut self) -> Result<char, Broken> {
        let start = self.at;
        self.at += 1;
        let Some(kind) = self.peek() else { return self.fail(JsonFault::CutShort) };
        self.at += 1;
        Ok(match kind {
            b'"' | b'\\' | b'/' => char::from(kind),
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => {
                let mut code = self.four_digits(start)?;
                if (0xD800..0xDC00).contains(&code) {
                    if self.rest().len() < 2 && "\\u".starts_with(self.rest()) {
                        self.at = self.text.len();
                        return self.fail(JsonFault::CutShort);
                    }
                    let mut low = 0;
                    if self.rest().starts_with("\\u") {
                        self.at += 2;
                        low = self.four_digits(start)?;
                    }
                    if (0xDC00..0xE000).contains(&low) {
                        code = 0x1_0000 + ((code - 0xD800) << 10) + (low - 0xDC00);
                    }
                }
                let Some(c) = char::from_u32(code) else {
                    return Err(Broken { at: start, fault: JsonFault::Surrogate { code } });
                };
                c
            }
            _ => return Err(Broken { at: start, fault: JsonFault::Escape }),
        })
    }

    fn four_digits(&mut self, start: usize) -> Result<u32, Broken> {
        let mut code = 0;
        for _ in 0..4 {
            let Some(byte) = self.peek() else { return self.fail(JsonFault::CutShort) };
            let Some(digit) = char::from(byte).to_digit(16) else {
                return Err(Broken { at: start, fault: JsonFault::Escape });
            };
            code = code * 16 + digit;
            self.at += 1;
        }
        Ok(code)
    }
}

/// How long a number is that fills a run, and whether it has neither fraction nor exponent;
/// otherwise whether it might go on to be one.
fn number_in(run: &str) -> Result<(usize, bool), bool> {
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let mut rest = run.strip_prefix('-').unwrap_or(run);
    let whole = digits(rest);
    if whole == 0 || (whole > 1 && rest.starts_with('0')) {
        return Err(rest.is_empty());
    }
    rest = rest.get(whole..).unwrap_or_default();
    let is_whole = rest.is_empty();
    if let Some(fraction) = rest.strip_prefix('.') {
        let size = digits(fraction);
        rest = fraction.get(size..).unwrap_or_default();
        if size == 0 {
            return Err(rest.is_empty());
        }
    }
    if let Some(exponent) = rest.strip_prefix(['e', 'E']) {
        let exponent = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
        let size = digits(exponent);
        rest = exponent.get(size..).unwrap_or_default();
        if size == 0 {
            return Err(rest.is_empty());
        }
    }
    if rest.is_empty() { Ok((run.len(), is_whole)) } else { Err(false) }
}
