//! Owns workbooks of Excel 2007 and later (and of WPS): parts, styles and shared words.
//!
//! Invariant: no count in the file is believed; a part that is missing is empty, one that is
//! damaged is an error. One pass over a sheet gives all it says (`xlsx_sheet`). Deliberately
//! absent: formulas (a cell has its last result), charts, drawings.

use super::archive::{Archive, resolve};
use super::format::{self, Format};
use super::grid::{MOST_CELLS, MOST_TEXT, clean, too_much};
use super::xlsx_sheet;
use super::xml::{self, Event, Xml, attribute, broken, is_set};
use crate::error::SheetError;
use crate::import::sheet::{Sheet, SheetName};
use std::collections::BTreeMap;
use std::rc::Rc;

/// The most styles of cells; Excel has 65,490.
const MOST_STYLES: usize = 70_000;
const MOST_SHEETS: usize = 1_000;
const MOST_RELATIONS: usize = 20_000;

/// A workbook whose sheets are known.
pub(super) struct Xlsx {
    archive: Archive,
    pub(super) sheets: Vec<SheetName>,
    /// The part of each sheet.
    parts: Vec<String>,
    styles_part: String,
    words_part: String,
    context: Option<Context>,
    is_1904: bool,
    is_uncomputed: bool,
}

/// What the cells of every sheet refer to.
pub(super) struct Context {
    pub(super) words: Vec<String>,
    /// The format of each style.
    pub(super) formats: Vec<Rc<Format>>,
    pub(super) is_1904: bool,
    /// The writer computed nothing: a formula's 0 is no result.
    pub(super) is_uncomputed: bool,
}

/// Kind and target by identifier.
type Relations = BTreeMap<String, (String, String)>;

impl Xlsx {
    /// Reads what sheets there are.
    ///
    /// # Errors
    /// The workbook is damaged.
    pub(super) fn open(mut archive: Archive) -> Result<Self, SheetError> {
        let roots = relations(&mut archive, "_rels/.rels")?;
        let root = roots.into_values().find(|(kind, _)| kind.ends_with("/officeDocument"));
        let root = root.map_or_else(|| "xl/workbook.xml".to_owned(), |(_, t)| resolve("", &t));
        let (folder, name) = root.rsplit_once('/').unwrap_or(("", &root));
        let relations = relations(&mut archive, &format!("{folder}/_rels/{name}.rels"))?;
        let target = |kind: &str, otherwise: &str| {
            let found = relations.values().find(|(k, _)| k.ends_with(kind));
            found.map_or_else(|| resolve(folder, otherwise), |(_, target)| resolve(folder, target))
        };
        let styles_part = target("/styles", "styles.xml");
        let words_part = target("/sharedStrings", "sharedStrings.xml");
        let mut book = Self {
            sheets: Vec::new(),
            parts: Vec::new(),
            styles_part,
            words_part,
            context: None,
            is_1904: false,
            is_uncomputed: false,
            archive,
        };
        let parts = book.read_workbook(&root)?;
        for (sheet, id) in parts {
            let Some((kind, target)) = relations.get(&id) else { continue };
            // Sheets that are only a chart or a dialog hold no cells.
            if kind.ends_with("/worksheet") && book.sheets.len() < MOST_SHEETS {
                book.sheets.push(sheet);
                book.parts.push(resolve(folder, target));
            }
        }
        if book.sheets.is_empty() { Err(SheetError::Unreadable) } else { Ok(book) }
    }

    fn read_workbook(&mut self, root: &str) -> Result<Vec<(SheetName, String)>, SheetError> {
        let part = self.archive.part(root)?.ok_or(SheetError::Unreadable)?;
        let (mut xml, mut buffer) = (xml::reader(part), Vec::new());
        let mut sheets = Vec::new();
        loop {
            buffer.clear();
            match xml.read_event_into(&mut buffer).map_err(broken)? {
                Event::Start(e) => match e.local_name().as_ref() {
                    "sheet" if sheets.len() <= MOST_SHEETS => {
                        let name = clean(&attribute(&e, "name").unwrap_or_default());
                        let state = xml::exact_attribute(&e, "state");
                        let hidden = state.is_some_and(|state| state != "visible");
                        let Some(id) = attribute(&e, "id") else { continue };
                        sheets.push((SheetName { name, hidden }, id));
                    }
                    "workbookPr" => {
                        if let Some(flag) = attribute(&e, "date1904") {
                            self.is_1904 = is_set(Some(&flag));
                        }
                    }
                    "calcPr" => {
                        self.is_uncomputed = is_set(attribute(&e, "fullCalcOnLoad").as_deref());
                    }
                    _ => {}
                },
                Event::Eof => return Ok(sheets),
                _ => {}
            }
        }
    }

    /// Reads a sheet.
    ///
    /// # Errors
    /// There is none, it is damaged, or it is over the bounds.
    pub(super) fn sheet(&mut self, n: usize) -> Result<Sheet, SheetError> {
        let name = self.parts.get(n).ok_or(SheetError::Empty)?.clone();
        let context = match self.context.take() {
            Some(context) => context,
            None => Context {
                words: shared_words(&mut self.archive, &self.words_part)?,
                formats: formats(&mut self.archive, &self.styles_part)?,
                is_1904: self.is_1904,
                is_uncomputed: self.is_uncomputed,
            },
        };
        let context = self.context.insert(context);
        let part = self.archive.part(&name)?.ok_or(SheetError::Unreadable)?;
        xlsx_sheet::read(xml::reader(part), context)
    }
}

/// What a part is related to.
pub(super) fn relations(archive: &mut Archive, name: &str) -> Result<Relations, SheetError> {
    let mut relations = Relations::new();
    let Some(part) = archive.part(name)? else { return Ok(relations) };
    let (mut xml, mut buffer) = (xml::reader(part), Vec::new());
    loop {
        buffer.clear();
        match xml.read_event_into(&mut buffer).map_err(broken)? {
            Event::Start(e) if e.local_name().as_ref() == "Relationship" => {
                if relations.len() > MOST_RELATIONS {
                    return Err(SheetError::Unreadable);
                }
                let [id, kind, target] =
                    ["Id", "Type", "Target"].map(|name| attribute(&e, name).unwrap_or_default());
                relations.insert(id, (kind, target));
            }
            Event::Eof => return Ok(relations),
            _ => {}
        }
    }
}

/// The words of an item (`si`, `is`), without those that say how to pronounce it.
pub(super) fn item_words(
    xml: &mut Xml<'_>,
    buffer: &mut Vec<u8>,
    words: &mut String,
) -> Result<(), SheetError> {
    let (mut depth, mut silent, mut is_text) = (1usize, 0usize, false);
    while depth > 0 {
        buffer.clear();
        match xml.read_event_into(buffer).map_err(broken)? {
            Event::Start(e) => {
                depth += 1;
                let name = e.local_name();
                silent += usize::from(silent > 0 || name.as_ref() == "rPh");
                is_text = name.as_ref() == "t" && silent == 0;
            }
            Event::End(_) => {
                depth -= 1;
                silent = silent.saturating_sub(1);
                is_text = false;
            }
            Event::Text(text) if is_text => xml::add(words, &text.xml10_content()),
            Event::CData(text) if is_text => xml::add(words, &text.xml10_content()),
            Event::GeneralRef(reference) if is_text => xml::add_reference(words, &reference),
            Event::Eof => return Err(SheetError::Unreadable),
            _ => {}
        }
    }
    Ok(())
}

fn shared_words(archive: &mut Archive, name: &str) -> Result<Vec<String>, SheetError> {
    let Some(part) = archive.part(name)? else { return Ok(Vec::new()) };
    let (mut xml, mut buffer) = (xml::reader(part), Vec::new());
    let (mut all, mut bytes, mut words) = (Vec::new(), 0usize, String::new());
    loop {
        buffer.clear();
        match xml.read_event_into(&mut buffer).map_err(broken)? {
            Event::Start(e) if e.local_name().as_ref() == "si" => {
                words.clear();
                item_words(&mut xml, &mut buffer, &mut words)?;
                let clean = clean(&xml::unescape_units(&words));
                bytes += clean.len();
                all.push(clean);
                if bytes > MOST_TEXT || all.len() > MOST_CELLS {
                    return Err(too_much());
                }
            }
            Event::Eof => return Ok(all),
            _ => {}
        }
    }
}

fn formats(archive: &mut Archive, name: &str) -> Result<Vec<Rc<Format>>, SheetError> {
    let mut styles = Vec::new();
    let Some(part) = archive.part(name)? else { return Ok(styles) };
    let (mut xml, mut buffer) = (xml::reader(part), Vec::new());
    let mut known: BTreeMap<u32, Rc<Format>> = BTreeMap::new();
    let mut are_cells = false;
    loop {
        buffer.clear();
        match xml.read_event_into(&mut buffer).map_err(broken)? {
            Event::Start(e) => match e.local_name().as_ref() {
                "numFmt" => {
                    let id = attribute(&e, "numFmtId").and_then(|id| id.parse().ok());
                    let code = attribute(&e, "formatCode");
                    if let (Some(id), Some(code)) = (id, code)
                        && known.len() < MOST_STYLES
                    {
                        known.insert(id, Rc::new(format::of_code(&code)));
                    }
                }
                "cellXfs" => are_cells = true,
                "xf" if are_cells && styles.len() < MOST_STYLES => {
                    let id = attribute(&e, "numFmtId").and_then(|id| id.parse().ok());
                    let id: u32 = id.unwrap_or(0);
                    let format = known.entry(id).or_insert_with(|| Rc::new(format::builtin(id)));
                    styles.push(Rc::clone(format));
                }
                _ => {}
            },
            Event::End(e) if e.local_name().as_ref() == "cellXfs" => are_cells = false,
            Event::Eof => return Ok(styles),
            _ => {}
        }
    }
}
