//! Owns files of tables: what kind of file some bytes are, which sheets it has, and a sheet's cells.
//!
//! [`open`] tells the kind by the content, never by a name, and gives the [`Overview`];
//! [`Opened::sheet`] reads one sheet. Invariant: no bytes make it panic, hang or fill the memory,
//! and a cell says what its reader sees (`format`, `decimal`), or it says that there is something
//! to ask. Why no library reads the workbooks: none tells which rows are hidden, what shows per
//! cent and which formulas have no result, and a panic would end the worker; `calamine` reads the
//! same files in the tests and must find the same. Deliberately absent: what tables mean
//! (`import`), and writing (`book`).

mod archive;
mod binary;
mod compound;
mod decimal;
mod encoding;
mod format;
mod formulas;
mod grid;
mod html;
mod ods;
mod sniff;
mod text;
mod xls;
mod xls_sheet;
mod xlsb;
mod xlsx;
mod xlsx_sheet;
mod xml;

pub use formulas::Formula;
pub use grid::{MOST_CELLS, MOST_COLUMNS, MOST_ROWS, MOST_TEXT};

use crate::error::SheetError;
use crate::import::MOST_BYTES;
use crate::import::sheet::{Encoding, FileKind, Overview, Sheet, SheetName};
use sniff::Looks;
use std::rc::Rc;

/// A file whose sheets are known.
pub struct Opened {
    overview: Overview,
    source: Source,
}

enum Source {
    Xlsx(Box<xlsx::Xlsx>),
    Xlsb(Box<xlsb::Xlsb>),
    Xls(Box<xls::Xls>),
    Ods(Box<ods::Ods>),
    /// A text or page, and its one sheet until it is asked for: two would be twice the memory.
    Text(String, Option<Sheet>),
}

/// Opens a file; `wanted` is the encoding the reader chose, where it is text.
///
/// # Errors
/// [`SheetError`] says what it is instead, or what to choose.
pub fn open(bytes: &[u8], wanted: Option<Encoding>) -> Result<Opened, SheetError> {
    if !u32::try_from(bytes.len()).is_ok_and(|size| size <= MOST_BYTES) {
        return Err(SheetError::too_large());
    }
    match sniff::looks(bytes) {
        Looks::Foreign(what) => Err(SheetError::Foreign { what }),
        Looks::Archive => workbook(bytes),
        Looks::Compound => {
            let book = xls::Xls::open(bytes)?;
            Ok(opened(FileKind::Xls, book.sheets.clone(), Source::Xls(Box::new(book))))
        }
        Looks::OldRecords => Err(SheetError::Unreadable),
        Looks::Unknown => Err(SheetError::NotATable),
        Looks::Page { declared } => {
            let (text, encoding) = encoding::decode(bytes, wanted, declared.as_deref())?;
            table(FileKind::Html, encoding, text)
        }
        Looks::Text => {
            let (text, encoding) = encoding::decode(bytes, wanted, None)?;
            if sniff::is_json(&text) {
                let what = crate::import::sheet::Foreign::Json;
                return Err(SheetError::Foreign { what });
            }
            table(FileKind::Text, encoding, text)
        }
    }
}

impl Opened {
    /// What is known before a sheet is read.
    pub fn overview(&self) -> &Overview {
        &self.overview
    }

    /// Reads a sheet, counted from 0; one without cells is empty.
    ///
    /// # Errors
    /// There is none of that number, it is damaged, or it is over the bounds.
    pub fn sheet(&mut self, n: usize) -> Result<Sheet, SheetError> {
        match &mut self.source {
            Source::Xlsx(book) => book.sheet(n),
            Source::Xlsb(book) => book.sheet(n),
            Source::Xls(book) => book.sheet(n),
            Source::Ods(book) => book.sheet(n),
            Source::Text(text, sheet) if n == 0 => match sheet.take() {
                Some(sheet) => Ok(sheet),
                None => read_text(self.overview.kind, text),
            },
            Source::Text(..) => Err(SheetError::Empty),
        }
    }

    /// Tells every formula of a sheet of an XLSX; of other files, none.
    ///
    /// # Errors
    /// There is no such sheet, or it is damaged.
    pub fn formulas(
        &mut self,
        n: usize,
        each: &mut dyn FnMut((usize, usize), Formula),
    ) -> Result<(), SheetError> {
        match &mut self.source {
            Source::Xlsx(book) => book.formulas(n, each),
            _ => Ok(()),
        }
    }
}

fn opened(kind: FileKind, sheets: Vec<SheetName>, source: Source) -> Opened {
    let first = sheets.iter().position(|sheet| !sheet.hidden).unwrap_or(0);
    Opened { overview: Overview { kind, encoding: None, sheets, first }, source }
}

fn read_text(kind: FileKind, text: &str) -> Result<Sheet, SheetError> {
    if kind == FileKind::Html { html::read(text) } else { text::read(text) }
}

fn table(kind: FileKind, encoding: Encoding, text: String) -> Result<Opened, SheetError> {
    let sheet = read_text(kind, &text)?;
    let is_empty = sheet.cells.iter().flatten().all(|cell| cell.is_empty());
    if is_empty && sheet.far.is_empty() {
        return Err(SheetError::Empty);
    }
    let sheets = vec![SheetName { name: String::new(), hidden: false }];
    let mut opened = opened(kind, sheets, Source::Text(text, Some(sheet)));
    opened.overview.encoding = Some(encoding);
    Ok(opened)
}

fn workbook(bytes: &[u8]) -> Result<Opened, SheetError> {
    let mut archive = archive::Archive::open(Rc::from(bytes))?;
    let kind = sniff::archive(&mut archive)?;
    Ok(match kind {
        FileKind::Xlsb => {
            let book = xlsb::Xlsb::open(archive)?;
            opened(kind, book.sheets.clone(), Source::Xlsb(Box::new(book)))
        }
        FileKind::Ods => {
            let book = ods::Ods::open(archive)?;
            opened(kind, book.sheets.clone(), Source::Ods(Box::new(book)))
        }
        _ => {
            let book = xlsx::Xlsx::open(archive)?;
            opened(FileKind::Xlsx, book.sheets.clone(), Source::Xlsx(Box::new(book)))
        }
    })
}
