//! `cargo xtask bench`: speed and size, as one small table in `bench/latest.md`.
//!
//! A bench gives a row to the table by printing it as Markdown, `| what | figure |`, on a line of
//! its own; divan's lines become rows of their medians by themselves.
//!
//! **Invariant:** the headings say nothing of the machine, so that two runs differ in figures only.

use std::{fs, io, path::PathBuf};

use crate::{
    dist::DistError,
    driver::with_browsers,
    error::Error,
    page, parity, process,
    project::Project,
    tools,
    transfer::{self, Transfer, kilobytes},
};

/// Where the table goes.
const TABLE: &str = "bench/latest.md";

/// Figures that can't be had or kept.
#[derive(Debug, thiserror::Error)]
pub enum BenchError {
    /// The page can't be measured.
    #[error(transparent)]
    Dist(#[from] DistError),
    /// The table can't be written.
    #[error("{path} can't be written: {source}")]
    Unwritable {
        /// Where.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
}

/// Builds the page, measures, and writes the table.
pub fn bench(project: &Project) -> Result<(), Error> {
    let tools = tools::ensure(project, &tools::EVERYTHING)?;
    page::build(project, &tools)?;
    let engine = process::run_and_keep(&mut project.cargo("bench -p shapan-engine"))?;
    let tables =
        process::run_and_keep(&mut project.cargo("bench -p shapan-sheets --bench layouts"))?;
    let wasm = parity::times(project)?;
    let lever = project.cargo("bench -p shapan-journeys --bench lever");
    let lever = with_browsers(project, &tools, lever, |lever| Ok(process::run_and_keep(lever)?))?;
    let previews = project.cargo("bench -p shapan-journeys --bench tables");
    let previews = with_browsers(project, &tools, previews, |it| Ok(process::run_and_keep(it)?))?;
    println!("compressing what the page loads, as a server would (up to a minute) …");
    let transfers = transfer::first_load(&project.dist()).map_err(BenchError::from)?;
    let all = [engine, tables, wasm, lever, previews];
    let speed = all.iter().flat_map(|said| rows(said)).collect::<Vec<_>>();
    let text = table(&speed, &transfers);
    let path = project.path(TABLE);
    let written = path.parent().map_or(Ok(()), fs::create_dir_all);
    written
        .and_then(|()| fs::write(&path, &text))
        .map_err(|source| BenchError::Unwritable { path, source })?;
    println!("\n{text}\nwritten to {TABLE}");
    Ok(())
}

/// The whole table.
fn table(speed: &[String], transfers: &[Transfer]) -> String {
    let mut text = "# Speed and size\n\nWritten by `cargo xtask bench`.\n\n## Speed\n\n\
        | What | Figure |\n| --- | ---: |\n"
        .to_owned();
    for row in speed {
        text.push_str(row);
        text.push('\n');
    }
    text.push_str("\n## First load\n\n| File | As built | Brotli 11 |\n| --- | ---: | ---: |\n");
    let mut total = (0_u64, 0_u64);
    for Transfer { name, bytes, brotli_bytes } in transfers {
        text.push_str(&size_row(name, *bytes, *brotli_bytes));
        total = (total.0.saturating_add(*bytes), total.1.saturating_add(*brotli_bytes));
    }
    text.push_str(&size_row("**All**", total.0, total.1));
    text
}

fn size_row(name: &str, bytes: u64, brotli_bytes: u64) -> String {
    format!("| {name} | {} | {} |\n", kilobytes(bytes), kilobytes(brotli_bytes))
}

/// The rows in what a bench printed.
fn rows(printed: &str) -> Vec<String> {
    let markdown = |line: &str| {
        let is_row = line.starts_with("| ") && line.ends_with('|') && !line.contains("---");
        is_row.then(|| line.to_owned())
    };
    printed
        .lines()
        .map(str::trim)
        .filter_map(|line| markdown(line).or_else(|| median(line)))
        .collect()
}

/// `├─ evaluate  12 µs │ 40 µs │ 13 µs │ 14 µs │ 100 │ 100`: name, then fastest, slowest and median.
fn median(line: &str) -> Option<String> {
    let line = line.strip_prefix("├─ ").or_else(|| line.strip_prefix("╰─ "))?;
    let columns: Vec<&str> = line.split('│').map(str::trim).collect();
    let [name_and_fastest, _slowest, median, _mean, _samples, _iterations] = columns[..] else {
        return None;
    };
    let name = name_and_fastest.split_whitespace().next()?.replace('_', " ");
    Some(format!("| {name} | {median} |"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bench_gives_rows_in_markdown_or_in_divans_tree() {
        let printed = "\
Running benches/lever.rs
| Lever to paint, p95 | 9.1 ms |
| --- | --- |
evaluate                fastest       │ slowest       │ median        │ mean          │ samples │ iters
├─ evaluate_the_sample  12.1 µs       │ 40.2 µs       │ 12.34 µs      │ 13.5 µs       │ 100     │ 100
╰─ move_a_lever         1.0 ms        │ 1.3 ms        │ 1.1 ms        │ 1.12 ms       │ 100     │ 100
";
        assert_eq!(
            rows(printed),
            [
                "| Lever to paint, p95 | 9.1 ms |",
                "| evaluate the sample | 12.34 µs |",
                "| move a lever | 1.1 ms |",
            ]
        );
    }

    #[test]
    fn the_table_adds_up_the_files() {
        let file = |name: &str, bytes, brotli_bytes| Transfer {
            name: name.to_owned(),
            bytes,
            brotli_bytes,
        };
        let text = table(
            &["| a | 1 ms |".to_owned()],
            &[file("index.html", 2_000, 800), file("page.js", 10_000, 3_000)],
        );
        assert!(text.contains("| a | 1 ms |\n"));
        assert!(text.ends_with("| page.js | 10.0 kB | 3.0 kB |\n| **All** | 12.0 kB | 3.8 kB |\n"));
    }
}
