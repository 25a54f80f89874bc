//! Owns older versions: one step from each to the next, on values and not yet on shapes.
//!
//! Invariant: what a step changes it tells, with its path; what it cannot change it refuses. A step
//! that was shipped never changes again, for files of its version do not either.

use super::json::Node;
use super::problem::Read;

/// A step from one version to the next.
pub(super) type Migration = fn(&mut Node, &mut Vec<Changed>) -> Read<()>;

/// From the oldest version that is read to today's; there is only one version so far.
pub(super) const MIGRATIONS: &[Migration] = &[];

/// Something an older version says otherwise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Changed {
    /// The way to it in the file.
    pub path: String,
    /// What became of it.
    pub how: HowChanged,
}

/// What became of something an older version says otherwise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HowChanged {
    /// It is called otherwise now.
    Renamed {
        /// Its name now.
        to: String,
    },
    /// It is written otherwise now.
    Converted {
        /// As it was.
        from: String,
        /// As it is.
        to: String,
    },
    /// Older versions left it open; this is what they meant.
    Added,
    /// It has no meaning any more.
    Removed,
}

/// Takes a file through the steps that are still before it, the first `done` being behind it.
pub(super) fn migrate(file: &mut Node, done: i64, steps: &[Migration]) -> Read<Vec<Changed>> {
    let mut changed = Vec::new();
    let done = usize::try_from(done).unwrap_or(usize::MAX);
    for step in steps.iter().skip(done) {
        step(file, &mut changed)?;
    }
    Ok(changed)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic, reason = "tests")]
mod tests {
    //! A version 0 that never was: the plan's title was its `name`, amounts were yuan, and it was
    //! said nowhere whether a measure counts.

    use super::*;
    use crate::files::json::{Value, parse, write};
    use crate::files::problem::{Expected, Found, Misread, Path, Problem, Way};
    use crate::files::{Contents, ReadError, Report, open, open_with};

    const TODAY: &str = include_str!("../../tests/files/good.json");
    const STEPS: &[Migration] = &[from_0];

    fn get_mut<'a>(node: &'a mut Node, name: &str) -> Option<&'a mut Node> {
        let Value::Object(fields) = &mut node.value else { return None };
        fields.iter_mut().find(|(field, _)| **field == *name).map(|(_, node)| node)
    }

    fn from_0(file: &mut Node, changed: &mut Vec<Changed>) -> Read<()> {
        let Some(plan) = get_mut(file, "plan") else { return Ok(()) };
        if let Value::Object(fields) = &mut plan.value
            && let Some((name, _)) = fields.iter_mut().find(|(name, _)| **name == *"name")
        {
            *name = "title".into();
            let how = HowChanged::Renamed { to: "title".to_owned() };
            changed.push(Changed { path: "plan.name".to_owned(), how });
        }
        in_fen(plan, &mut vec![Way::Field("plan")], changed)
    }

    /// Amounts of every parameter within, in fen.
    fn in_fen(node: &mut Node, way: &mut Vec<Way>, changed: &mut Vec<Changed>) -> Read<()> {
        let is_amount = node.value.get("unit").is_some_and(|unit| unit.value == "yuan".into());
        match &mut node.value {
            Value::List(items) => {
                for (place, item) in items.iter_mut().enumerate() {
                    way.push(Way::Item(place));
                    in_fen(item, way, changed)?;
                    way.pop();
                }
            }
            Value::Object(fields) => {
                for (name, field) in fields {
                    way.push(Way::Name(name.clone()));
                    match &**name {
                        "unit" if is_amount => field.value = "fen".into(),
                        "steps" if is_amount => steps_in_fen(field, way, changed)?,
                        _ => in_fen(field, way, changed)?,
                    }
                    way.pop();
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn steps_in_fen(steps: &mut Node, way: &[Way], changed: &mut Vec<Changed>) -> Read<()> {
        let Value::List(steps) = &mut steps.value else { return Ok(()) };
        for (place, step) in steps.iter_mut().enumerate() {
            let Some(amount) = get_mut(step, "value") else { continue };
            let way = [way, &[Way::Item(place), Way::Field("value")]].concat();
            let from = write(&amount.value);
            let (yuan, cents) = from.split_once('.').unwrap_or((&from, ""));
            let Some(fen) = format!("{yuan}{cents:0<2}").parse().ok().filter(|_| cents.len() < 3)
            else {
                // A tenth of a fen was never meant, and rounding it away would be a repair.
                let expected =
                    Expected::Whole { least: i64::MIN, most: i64::MAX, unit: Some("fen") };
                let found = Found::of(&amount.value);
                return Err(Misread::new(&way, amount.at, Problem::Kind { expected, found }));
            };
            amount.value = Value::Whole(fen);
            let how = HowChanged::Converted { from, to: fen.to_string() };
            changed.push(Changed { path: Path(&way).to_string(), how });
        }
        Ok(())
    }

    /// Today's file as version 0 would have said it.
    fn version_0(amount: &str) -> String {
        let file = TODAY
            .replacen("\"version\": 1", "\"version\": 0", 1)
            .replacen("\"title\"", "\"name\"", 1)
            .replacen("\"fen\"", "\"yuan\"", 1);
        let unit = file.find("\"yuan\"").unwrap();
        let (before, after) = file.split_at(unit);
        format!("{before}{}", after.replacen("100000", amount, 1))
    }

    const AMOUNT: &str = "plan.programmes[0].driver.heads.standard.amount.steps[0].value";

    #[test]
    fn an_older_version_reads_as_todays_and_what_was_changed_is_told() {
        let opened = open_with(&version_0("1000.00"), STEPS).unwrap();
        let renamed = Changed {
            path: "plan.name".to_owned(),
            how: HowChanged::Renamed { to: "title".to_owned() },
        };
        let (from, to) = ("1000.00".to_owned(), "100000".to_owned());
        let converted =
            Changed { path: AMOUNT.to_owned(), how: HowChanged::Converted { from, to } };
        let changed = vec![renamed, converted];
        assert_eq!(
            opened.report,
            Report { version: 0, changed, unknown: vec![], unknown_count: 0 }
        );
        assert_eq!(opened.contents, open(TODAY).unwrap().contents);
        assert!(matches!(opened.contents, Contents::Plan(_)));
    }

    #[test]
    fn todays_version_goes_through_no_step_and_a_newer_one_through_none_either() {
        assert_eq!(open_with(TODAY, STEPS), open(TODAY));
        let newer = TODAY.replacen("\"version\": 1", "\"version\": 2", 1);
        assert_eq!(open_with(&newer, STEPS), Err(ReadError::TooNew { version: 2 }));
    }

    #[test]
    fn what_a_step_cannot_change_it_refuses_where_it_stood_in_the_file() {
        let file = version_0("1000.005");
        let Err(ReadError::Value { path, line, problem, .. }) = open_with(&file, STEPS) else {
            panic!("read")
        };
        assert_eq!(path, AMOUNT);
        assert!(file.lines().nth(line - 1).unwrap().contains("1000.005"));
        assert!(
            matches!(problem, Problem::Kind { found: Found::Number(n), .. } if n == "1000.005")
        );
        // What is wrong after the steps is told where it stood before them.
        let file = version_0("1000").replacen("\"primary\"", "\"primry\"", 1);
        let Err(ReadError::Value { line, .. }) = open_with(&file, STEPS) else { panic!("read") };
        assert!(file.lines().nth(line - 1).unwrap().contains("primry"));
    }

    #[test]
    fn a_version_older_than_any_step_is_refused() {
        for (file, steps) in
            [(version_0("1"), &[][..]), (TODAY.replace(": 1,\n", ": -1,\n"), STEPS)]
        {
            let Err(ReadError::Value { path, .. }) = open_with(&file, steps) else {
                panic!("read")
            };
            assert_eq!(path, "version");
        }
    }

    #[test]
    fn each_step_of_several_is_taken_once_and_in_order() {
        fn note(file: &mut Node, changed: &mut Vec<Changed>, path: &str) -> Read<()> {
            assert!(matches!(file.value, Value::Object(_)));
            changed.push(Changed { path: path.to_owned(), how: HowChanged::Added });
            Ok(())
        }
        let steps: [Migration; 3] =
            [|f, c| note(f, c, "a"), |f, c| note(f, c, "b"), |f, c| note(f, c, "c")];
        let mut file = parse("{}").unwrap();
        for (done, taken) in [(0, "abc"), (1, "bc"), (2, "c"), (3, "")] {
            let changed = migrate(&mut file, done, &steps).unwrap();
            assert_eq!(changed.iter().map(|c| c.path.as_str()).collect::<String>(), taken);
        }
    }
}
