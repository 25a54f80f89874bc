//! LibreOffice, which computes workbooks anew: the proof that formulas are right.

use calamine::{Data, Range, Reader, Xlsx};
use std::collections::HashMap;
use std::env;
use std::fs;
use std::io::{self, Cursor, Write};
use std::path::{Path, PathBuf};
use std::process::Command;

/// Always compute anew what was not saved by LibreOffice itself (0 = always).
const SETTINGS: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"#;

/// Where LibreOffice is; `None`, with a word about it, where it is not.
pub fn find() -> Option<PathBuf> {
    let named = env::var_os("SHAPAN_SOFFICE").map(PathBuf::from);
    let on_path = env::var_os("PATH").into_iter().flat_map(|path| {
        env::split_paths(&path).map(|folder| folder.join("soffice")).collect::<Vec<_>>()
    });
    let found = named.into_iter().chain(on_path).find(|path| path.is_file());
    if found.is_none() {
        // Past the test harness, which keeps what a passing test prints to itself.
        let word = "SKIPPED: LibreOffice is not on this machine (SHAPAN_SOFFICE, or soffice on \
             the PATH), so no formula was recalculated\n";
        let _ = io::stderr().write_all(word.as_bytes());
    }
    found
}

/// The sheets of a workbook as LibreOffice computed them.
pub struct Computed(HashMap<String, Range<Data>>);

impl Computed {
    /// A number on a sheet, by row and column counted from 0; what is empty is nothing.
    pub fn number(&self, sheet: &str, row: u32, col: u16) -> Result<f64, String> {
        match self.0.get(sheet).and_then(|range| range.get_value((row, col.into()))) {
            Some(Data::Float(number)) => Ok(*number),
            Some(Data::Int(number)) => Ok(format!("{number}").parse().unwrap()),
            None | Some(Data::Empty) => Ok("0".parse().unwrap()),
            Some(other) => Err(format!("{other:?}")),
        }
    }
}

/// Computes workbooks anew, all in one go.
pub fn recalculate(soffice: &Path, files: &[Vec<u8>]) -> Vec<Computed> {
    let read = |file: Vec<u8>| {
        let mut book: Xlsx<_> = Xlsx::new(Cursor::new(file)).unwrap();
        Computed(book.worksheets().into_iter().collect())
    };
    saved_anew(soffice, files, "xlsx").into_iter().map(read).collect()
}

/// Workbooks as LibreOffice writes them, all in one go: it takes seconds to start.
pub fn saved_anew(soffice: &Path, files: &[Vec<u8>], kind: &str) -> Vec<Vec<u8>> {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    for name in ["profile/user", "in", "out"] {
        fs::create_dir_all(path(name)).unwrap();
    }
    fs::write(path("profile/user/registrymodifications.xcu"), SETTINGS).unwrap();
    let names = || (0..files.len()).map(|n| format!("{n}.xlsx"));
    for (name, bytes) in names().zip(files) {
        fs::write(path("in").join(name), bytes).unwrap();
    }
    let ran = Command::new(soffice)
        .arg(format!("-env:UserInstallation=file://{}", path("profile").display()))
        .args(["--headless", "--norestore", "--convert-to", kind, "--outdir"])
        .arg(path("out"))
        .args(names().map(|name| path("in").join(name)))
        .output()
        .unwrap();
    let read = |name: String| {
        let file = path("out").join(name).with_extension(kind);
        let said = String::from_utf8_lossy(&ran.stderr);
        assert!(file.is_file(), "LibreOffice wrote no {}: {said}", file.display());
        fs::read(file).unwrap()
    };
    names().map(read).collect()
}
