//! Owns the reading of XML as spreadsheets write it: elements by their local names, attributes,
//! and text with references resolved.
//!
//! Invariant: nothing is expanded (entities of a document are none), and no text is kept beyond a
//! bound. An element without content is a start and an end.

use super::archive::Part;
use crate::error::SheetError;
use quick_xml::Reader;
use quick_xml::events::{BytesRef, BytesStart};
use std::borrow::Cow;

pub(super) use quick_xml::events::Event;

/// A part as it is read.
pub(super) type Xml<'a> = Reader<Part<'a>>;

/// The longest text that is kept, in bytes; cells are cut far below.
const MOST_BYTES: usize = 8_192;

pub(super) fn reader(part: Part<'_>) -> Xml<'_> {
    let mut reader = Reader::from_reader(part);
    let config = reader.config_mut();
    config.expand_empty_elements = true;
    config.check_comments = false;
    reader
}

/// Whatever is wrong with the XML of a workbook: it is damaged, or would fill the memory.
#[allow(clippy::needless_pass_by_value, reason = "stands where a function of the error is asked")]
pub(super) fn broken(error: quick_xml::Error) -> SheetError {
    match error {
        quick_xml::Error::Io(error) if error.kind() == std::io::ErrorKind::FileTooLarge => {
            SheetError::Bomb { megabytes: 96 }
        }
        _ => SheetError::Unreadable,
    }
}

/// The value of an attribute, by its local name.
pub(super) fn attribute(element: &BytesStart<'_>, name: &str) -> Option<String> {
    let mut attributes = element.attributes();
    let attributes = attributes.with_checks(false).flatten();
    let found = attributes.into_iter().find(|a| a.key.local_name().as_ref() == name)?;
    Some(unescaped(&found.value).into_owned())
}

/// The value of an attribute by its whole name, prefix and all.
pub(super) fn exact_attribute(element: &BytesStart<'_>, name: &str) -> Option<String> {
    let mut attributes = element.attributes();
    let attributes = attributes.with_checks(false).flatten();
    let found = attributes.into_iter().find(|a| a.key.as_ref() == name)?;
    Some(unescaped(&found.value).into_owned())
}

/// An attribute's value with references resolved.
pub(super) fn unescaped(value: &str) -> Cow<'_, str> {
    quick_xml::escape::unescape(value).unwrap_or(Cow::Borrowed(value))
}

/// Whether a flag is set.
pub(super) fn is_set(value: Option<&str>) -> bool {
    matches!(value, Some("1" | "true" | "on"))
}

/// Adds text, up to the bound.
pub(super) fn add(text: &mut String, more: &str) {
    let room = MOST_BYTES.saturating_sub(text.len());
    let end = (0..=room.min(more.len())).rev().find(|end| more.is_char_boundary(*end));
    text.push_str(more.get(..end.unwrap_or(0)).unwrap_or(""));
}

/// Adds what a reference means; what the document itself defines means nothing.
pub(super) fn add_reference(text: &mut String, reference: &BytesRef<'_>) {
    if let Ok(Some(c)) = reference.resolve_char_ref() {
        add(text, c.encode_utf8(&mut [0; 4]));
    } else if let Some(known) = quick_xml::escape::resolve_xml_entity(reference) {
        add(text, known);
    }
}

/// `_x6CF0_` is 泰: what Excel writes for characters that XML does not hold, and for `_` before x.
pub(super) fn unescape_units(text: &str) -> Cow<'_, str> {
    if !text.contains("_x") {
        return Cow::Borrowed(text);
    }
    let unit = |at: usize| -> Option<u16> {
        let bytes = text.as_bytes().get(at..at + 7)?;
        let digits = text.get(at + 2..at + 6)?;
        let is_escape = bytes.starts_with(b"_x") && bytes.ends_with(b"_");
        let is_hex = digits.bytes().all(|digit| digit.is_ascii_hexdigit());
        if is_escape && is_hex { u16::from_str_radix(digits, 16).ok() } else { None }
    };
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    while let Some(c) = text.get(at..).and_then(|rest| rest.chars().next()) {
        let Some(first) = unit(at) else {
            out.push(c);
            at += c.len_utf8();
            continue;
        };
        at += 7;
        let mut units = vec![first];
        if (0xD800..0xDC00).contains(&first)
            && let Some(second @ 0xDC00..=0xDFFF) = unit(at)
        {
            units.push(second);
            at += 7;
        }
        out.extend(char::decode_utf16(units).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)));
    }
    Cow::Owned(out)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::float_arithmetic, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn escaped_units_are_characters() {
        for (text, read) in [
            ("_x6CF0_山区", "泰山区"),
            ("岱岳_x000D_区", "岱岳\r区"),
            ("_x005F_x000D_", "_x000D_"),
            ("_xD83D__xDE00_", "\u{1F600}"),
            ("_xD83D_", "\u{FFFD}"),
            ("a_x00_b", "a_x00_b"),
            ("_xä000_", "_xä000_"),
            ("_x", "_x"),
        ] {
            assert_eq!(unescape_units(text), read, "{text}");
        }
    }

    #[test]
    fn text_is_kept_up_to_a_bound() {
        let mut text = String::new();
        add(&mut text, &"泰".repeat(10_000));
        assert_eq!(text.len(), MOST_BYTES / 3 * 3);
        add(&mut text, "山");
        assert!(text.len() <= MOST_BYTES);
    }
}
