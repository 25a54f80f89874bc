//! Owns telling what kind of file some bytes are, by how they begin and what an archive holds.
//!
//! Invariant: names say nothing, and nothing is read beyond the first bytes but an archive's list.

use super::archive::Archive;
use crate::error::SheetError;
use crate::import::sheet::{FileKind, Foreign};

/// As many bytes tell a web page or XML.
const BEGIN: usize = 4_096;

/// What a file looks like.
pub(super) enum Looks {
    /// A ZIP archive: a workbook of our day, or anything else.
    Archive,
    /// A compound file: a workbook before 2007, or one with a password.
    Compound,
    /// Records of Excel 2 to 4, without a compound file around them.
    OldRecords,
    /// A web page, and the encoding it names.
    Page { declared: Option<String> },
    /// Text, or what cannot be told.
    Text,
    /// Text that is a table of another age (SYLK, DIF), and reads as one it is not.
    Unknown,
    /// Something else.
    Foreign(Foreign),
}

const BEGINS: [(&[u8], Foreign); 17] = [
    (b"%PDF", Foreign::Pdf),
    (b"{\\rtf", Foreign::Document),
    (b"\x89PNG", Foreign::Image),
    (b"\xFF\xD8\xFF", Foreign::Image),
    (b"GIF8", Foreign::Image),
    (b"II*\0", Foreign::Image),
    (b"MM\0*", Foreign::Image),
    (b"RIFF", Foreign::Image),
    (b"PK\x05\x06", Foreign::Archive),
    (b"PK\x07\x08", Foreign::Archive),
    (b"\x1F\x8B", Foreign::Archive),
    (b"Rar!", Foreign::Archive),
    (b"7z\xBC\xAF", Foreign::Archive),
    (b"\xFD7zXZ", Foreign::Archive),
    (b"BZh", Foreign::Archive),
    (b"MIME-Version:", Foreign::WebArchive),
    (b"Mime-Version:", Foreign::WebArchive),
];

/// What a file looks like by its first bytes.
pub(super) fn looks(bytes: &[u8]) -> Looks {
    if bytes.starts_with(b"PK\x03\x04") {
        return Looks::Archive;
    }
    if bytes.starts_with(b"\xD0\xCF\x11\xE0") {
        return Looks::Compound;
    }
    // The first record of Excel 2, 3 and 4, with its length.
    if let [0x09, 0x00 | 0x02 | 0x04, 0x04 | 0x06 | 0x08, 0x00, ..] = bytes {
        return Looks::OldRecords;
    }
    let found = BEGINS.iter().find(|(begin, _)| bytes.starts_with(begin));
    if let Some((_, what)) = found {
        return Looks::Foreign(*what);
    }
    if bytes.starts_with(b"ID;P") || bytes.starts_with(b"TABLE\r\n0,1") {
        return Looks::Unknown;
    }
    if bytes.starts_with(b"BM") && bytes.iter().take(16).any(|byte| *byte == 0) {
        return Looks::Foreign(Foreign::Image);
    }
    markup(bytes)
}

/// Web pages and XML, in UTF-16 too.
fn markup(bytes: &[u8]) -> Looks {
    let begin = bytes.get(..BEGIN).unwrap_or(bytes);
    let is_letter = |byte: &u8| byte.is_ascii() && *byte != 0;
    let begin: String =
        begin.iter().filter(|b| is_letter(b)).map(|b| char::from(b.to_ascii_lowercase())).collect();
    let begin = begin.trim_start();
    if !begin.starts_with('<') {
        return Looks::Text;
    }
    let has = |mark: &str| begin.contains(mark);
    let is_office = has("urn:schemas-microsoft-com:office:spreadsheet");
    if has("<?xml") && is_office && has("<workbook") || has("<ss:workbook") {
        return Looks::Foreign(Foreign::OldXml);
    }
    let tags = ["<html", "<!doctype html", "<table", "<head", "<body", "<meta", "<tr", "<div"];
    if tags.iter().any(|tag| has(tag)) {
        return Looks::Page { declared: declared(begin) };
    }
    let is_markup = ["<?xml", "<!doctype", "<!--"].iter().any(|mark| begin.starts_with(mark));
    let is_element = begin[1..].starts_with(|c: char| c.is_ascii_alphabetic());
    match (is_markup || is_element, is_office) {
        (true, true) => Looks::Foreign(Foreign::OldXml),
        (true, false) => Looks::Foreign(Foreign::Xml),
        _ => Looks::Text,
    }
}

/// The encoding a page names.
fn declared(begin: &str) -> Option<String> {
    let (_, after) = begin.split_once("charset=")?;
    let after = after.trim_start_matches(['"', '\'', ' ']);
    let end = after.find(|c: char| !c.is_ascii_alphanumeric() && !"-_:".contains(c));
    Some(after.get(..end.unwrap_or(after.len()))?.to_owned())
}

/// Whether a text is JSON, all of it.
pub(super) fn is_json(text: &str) -> bool {
    let is_likely = text.trim_start().starts_with(['{', '[']);
    is_likely && serde_json::from_str::<serde::de::IgnoredAny>(text).is_ok()
}

/// What kind of workbook an archive is.
///
/// # Errors
/// It is none.
pub(super) fn archive(archive: &mut Archive) -> Result<FileKind, SheetError> {
    let foreign = |what| Err(SheetError::Foreign { what });
    let mimetype = archive.begin("mimetype", 200)?;
    let kind = String::from_utf8_lossy(&mimetype);
    if let Some(kind) = kind.trim().strip_prefix("application/vnd.oasis.opendocument.") {
        return match kind.split('-').next().unwrap_or(kind) {
            "spreadsheet" => Ok(FileKind::Ods),
            "text" => foreign(Foreign::Document),
            "presentation" => foreign(Foreign::Slides),
            _ => foreign(Foreign::Image),
        };
    }
    if archive.has("xl/workbook.bin") {
        Ok(FileKind::Xlsb)
    } else if archive.has("xl/workbook.xml") {
        Ok(FileKind::Xlsx)
    } else if archive.has_folder("word/") {
        foreign(Foreign::Document)
    } else if archive.has_folder("ppt/") {
        foreign(Foreign::Slides)
    } else if archive.has_folder("index/document.iwa") || archive.has("index.xml") {
        // Numbers of Apple.
        Err(SheetError::NotATable)
    } else if archive.has("[Content_Types].xml") && archive.has("_rels/.rels") {
        // The workbook may be called otherwise.
        Ok(FileKind::Xlsx)
    } else {
        foreign(Foreign::Archive)
    }
}
