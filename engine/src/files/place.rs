//! Owns the way to a place in JSON text, such as `plan.programmes[3].split`, from the
//! line and column at which reading stopped.
//!
//! Found only once something is wrong, by walking the text up to there: reading itself
//! carries no path. Deliberately absent: what is wrong.

/// A container that has been entered.
enum Inside {
    /// An object, and the key whose value is being read.
    Object(Option<String>),
    /// An array, and the place in it.
    Array(usize),
}

/// The way to what stands at a line and column (in bytes, both from 1), innermost last;
/// empty for the file as a whole.
pub(super) fn path_at(json: &str, line: usize, column: usize) -> String {
    let before: usize = json.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    let end = before.saturating_add(column).min(json.len());
    let mut way: Vec<Inside> = Vec::new();
    // Whether the value of the innermost key is complete, so that what follows is not in it.
    let mut is_complete = false;
    let mut bytes = json.as_bytes()[..end].iter().enumerate();
    while let Some((at, byte)) = bytes.next() {
        let is_key = matches!(way.last(), Some(Inside::Object(None)));
        match byte {
            b'{' => way.push(Inside::Object(None)),
            b'[' => way.push(Inside::Array(0)),
            b'}' | b']' => {
                way.pop();
                is_complete = true;
            }
            b',' => {
                is_complete = false;
                match way.last_mut() {
                    Some(Inside::Object(key)) => *key = None,
                    Some(Inside::Array(place)) => *place += 1,
                    None => {}
                }
            }
            b'"' => {
                let mut close = at + 1;
                while let Some((n, byte)) = bytes.next() {
                    close = n;
                    match byte {
                        b'"' => break,
                        b'\\' => drop(bytes.next()),
                        _ => {}
                    }
                }
                match way.last_mut() {
                    Some(Inside::Object(key)) if is_key => {
                        *key = json.get(at + 1..close).map(|k| k.chars().take(80).collect());
                    }
                    _ => is_complete = true,
                }
            }
            b':' => is_complete = false,
            byte if byte.is_ascii_whitespace() => {
                if is_complete && let Some(Inside::Object(key)) = way.last_mut() {
                    *key = None;
                }
            }
            _ => is_complete = true,
        }
    }
    let mut path = String::new();
    for step in way {
        match step {
            Inside::Object(None) => {}
            Inside::Object(Some(key)) => {
                if !path.is_empty() {
                    path.push('.');
                }
                path.push_str(&key);
            }
            Inside::Array(place) => path.push_str(&format!("[{place}]")),
        }
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    const JSON: &str =
        "{\n  \"plan\": {\n    \"a\": [1, {\"b{\\\"\": true }, 2],\n    \"c\": \"x, y\"\n  }\n}";

    #[test]
    fn a_place_is_named_by_its_keys_and_numbers() {
        for (line, column, path) in [
            (1, 1, ""),
            (2, 11, "plan"),
            (3, 11, "plan.a[0]"),
            (3, 26, "plan.a[1].b{\\\""),
            (3, 30, "plan.a[2]"),
            (4, 15, "plan.c"),
            (5, 2, "plan"),
            (9, 9, ""),
        ] {
            assert_eq!(path_at(JSON, line, column), path, "{line}:{column}");
        }
    }
}
