//! Owns writing JSON: two spaces a level, a line each, as serde_json writes it prettily.
//!
//! Invariant: reading what is written gives the same values.

use super::Value;
use std::fmt::Write;

/// The text of a value.
pub(crate) fn write(value: &Value) -> String {
    let mut text = String::new();
    put(value, 0, &mut text);
    text
}

fn put(value: &Value, level: usize, out: &mut String) {
    match value {
        Value::Null => out.push_str("null"),
        Value::Bool(yes) => out.push_str(if *yes { "true" } else { "false" }),
        Value::Whole(number) => drop(write!(out, "{number}")), // a String takes everything
        Value::Number(digits) => out.push_str(digits),
        Value::Text(text) => put_text(text, out),
        Value::List(items) if items.is_empty() => out.push_str("[]"),
        Value::List(items) => {
            for (n, item) in items.iter().enumerate() {
                out.push(if n == 0 { '[' } else { ',' });
                new_line(level + 1, out);
                put(&item.value, level + 1, out);
            }
            new_line(level, out);
            out.push(']');
        }
        Value::Object(fields) if fields.is_empty() => out.push_str("{}"),
        Value::Object(fields) => {
            for (n, (name, node)) in fields.iter().enumerate() {
                out.push(if n == 0 { '{' } else { ',' });
                new_line(level + 1, out);
                put_text(name, out);
                out.push_str(": ");
                put(&node.value, level + 1, out);
            }
            new_line(level, out);
            out.push('}');
        }
    }
}

fn new_line(level: usize, out: &mut String) {
    out.push('\n');
    out.extend(std::iter::repeat_n("  ", level));
}

fn put_text(text: &str, out: &mut String) {
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\u{8}' => out.push_str("\\b"),
            '\u{c}' => out.push_str("\\f"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\0'..'\u{20}' => drop(write!(out, "\\u{:04x}", u32::from(c))),
            _ => out.push(c),
        }
    }
    out.push('"');
}
