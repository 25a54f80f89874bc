//! Owns the archives that workbooks are: their parts by name, unpacked as they are read.
//!
//! Invariant: what all parts say they unpack to is checked first, and no part gives more than is
//! allowed, whatever it said. Names are found whatever their case and strokes.

use crate::error::SheetError;
use std::collections::BTreeMap;
use std::io::{BufReader, Cursor, Read};
use std::rc::Rc;

/// The most bytes an archive may unpack to; its parts are read as they are unpacked, so this is
/// time rather than memory, but one piece of XML may be as long.
const MOST_UNPACKED: u64 = 96 * 1024 * 1024;
/// The same of LibreOffice, whose cells are three times as long.
const MOST_UNPACKED_ODS: u64 = 192 * 1024 * 1024;
/// The longest text in XML of LibreOffice.
const MOST_PIECE: usize = 64 * 1024 * 1024;
/// The most files in an archive.
const MOST_FILES: usize = 2_000;

type Bytes = Cursor<Rc<[u8]>>;

/// An archive whose sizes are known.
pub(super) struct Archive {
    zip: zip::ZipArchive<Bytes>,
    /// Places by name: lower case, with `/`.
    parts: BTreeMap<String, usize>,
    most: u64,
}

/// A part as it is unpacked.
pub(super) type Part<'a> = BufReader<Bounded<zip::read::ZipFile<'a, Bytes>>>;

/// A reader that fails rather than give more than is allowed.
pub(super) struct Bounded<R> {
    inner: R,
    left: u64,
    /// Bytes since a tag began, where that is bounded.
    piece: Option<usize>,
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let read = self.inner.read(buffer)?;
        let left = u64::try_from(read).ok().and_then(|read| self.left.checked_sub(read));
        self.left = left.ok_or(std::io::ErrorKind::FileTooLarge)?;
        if let (Some(piece), Some(bytes)) = (&mut self.piece, buffer.get(..read)) {
            *piece = match bytes.iter().rposition(|byte| *byte == b'<') {
                Some(at) => read - at,
                None => *piece + read,
            };
            if *piece > MOST_PIECE {
                return Err(std::io::ErrorKind::FileTooLarge.into());
            }
        }
        Ok(read)
    }
}

fn bomb(most: u64) -> SheetError {
    SheetError::Bomb { megabytes: usize::try_from(most / 1_048_576).unwrap_or(0) }
}

fn plain(name: &str) -> String {
    name.replace('\\', "/").trim_start_matches('/').to_lowercase()
}

impl Archive {
    /// Opens an archive and looks at what its parts say of themselves.
    ///
    /// # Errors
    /// It is damaged, or would unpack to too much.
    pub(super) fn open(bytes: Rc<[u8]>) -> Result<Self, SheetError> {
        let mut zip =
            zip::ZipArchive::new(Cursor::new(bytes)).map_err(|_| SheetError::Unreadable)?;
        if zip.len() > MOST_FILES {
            return Err(bomb(MOST_UNPACKED));
        }
        let mut said = 0u64;
        let mut parts = BTreeMap::new();
        for n in 0..zip.len() {
            let file = zip.by_index_raw(n).map_err(|_| SheetError::Unreadable)?;
            if file.encrypted() {
                return Err(SheetError::Locked);
            }
            said = said.saturating_add(file.size());
            let name = file.name().map_err(|_| SheetError::Unreadable)?;
            parts.entry(plain(&name)).or_insert(n);
        }
        let is_ods = parts.contains_key("mimetype") && parts.contains_key("content.xml");
        let most = if is_ods { MOST_UNPACKED_ODS } else { MOST_UNPACKED };
        if said > most { Err(bomb(most)) } else { Ok(Self { zip, parts, most }) }
    }

    /// Whether there is a part of this name.
    pub(super) fn has(&self, name: &str) -> bool {
        self.parts.contains_key(&plain(name))
    }

    /// Whether a part's name begins so.
    pub(super) fn has_folder(&self, begin: &str) -> bool {
        self.parts.keys().any(|name| name.starts_with(begin))
    }

    /// A part to read; none where there is none.
    ///
    /// # Errors
    /// It is damaged.
    pub(super) fn part(&mut self, name: &str) -> Result<Option<Part<'_>>, SheetError> {
        let Some(n) = self.parts.get(&plain(name)) else { return Ok(None) };
        let file = self.zip.by_index(*n).map_err(|_| SheetError::Unreadable)?;
        let piece = (self.most > MOST_UNPACKED).then_some(0);
        let bounded = Bounded { inner: file, left: self.most, piece };
        Ok(Some(BufReader::with_capacity(1 << 15, bounded)))
    }

    /// The first bytes of a part.
    pub(super) fn begin(&mut self, name: &str, most: u64) -> Result<Vec<u8>, SheetError> {
        let mut bytes = Vec::new();
        if let Some(part) = self.part(name)? {
            part.take(most).read_to_end(&mut bytes).map_err(|_| SheetError::Unreadable)?;
        }
        Ok(bytes)
    }
}

/// A target of a relation, seen from the folder of the part that names it.
pub(super) fn resolve(folder: &str, target: &str) -> String {
    if let Some(absolute) = target.strip_prefix('/') {
        return absolute.to_owned();
    }
    let mut path: Vec<&str> = folder.split('/').filter(|name| !name.is_empty()).collect();
    for name in target.split('/') {
        match name {
            "" | "." => {}
            ".." => drop(path.pop()),
            name => path.push(name),
        }
    }
    path.join("/")
}
