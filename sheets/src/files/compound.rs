//! Owns compound files: the streams within, as Excel 97 and everything locked come.
//!
//! Invariant: chains that loop, leave the file or lead nowhere are an error; no stream is larger
//! than the file.

use crate::error::SheetError;
use crate::error::SheetError::Unreadable;

const END: u32 = 0xFFFF_FFFE;
const FIRST_RESERVED: u32 = 0xFFFF_FFFA;
const HEADER: usize = 512;
const MINI: usize = 64;
/// Streams below this size stand in the stream of small ones.
const CUT: usize = 4_096;

/// A compound file.
pub(super) struct Compound<'a> {
    bytes: &'a [u8],
    sector: usize,
    table: Vec<u32>,
    small_table: Vec<u32>,
    small: Vec<u8>,
    streams: Vec<Stream>,
}

struct Stream {
    name: String,
    start: u32,
    size: usize,
}

pub(super) fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    let found = bytes.get(at..at.checked_add(2)?)?;
    found.try_into().ok().map(u16::from_le_bytes)
}

pub(super) fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    let found = bytes.get(at..at.checked_add(4)?)?;
    found.try_into().ok().map(u32::from_le_bytes)
}

pub(super) fn f64_at(bytes: &[u8], at: usize) -> Option<f64> {
    let found = bytes.get(at..at.checked_add(8)?)?;
    found.try_into().ok().map(f64::from_le_bytes)
}

pub(super) fn size_at(bytes: &[u8], at: usize) -> Option<usize> {
    usize::try_from(u32_at(bytes, at)?).ok()
}

fn numbers(bytes: &[u8]) -> impl Iterator<Item = u32> {
    bytes.as_chunks::<4>().0.iter().map(|chunk| u32::from_le_bytes(*chunk))
}

/// The parts a chain leads through, end to end, up to a size.
fn chain<'a>(
    table: &[u32],
    start: u32,
    size: usize,
    part: impl Fn(usize) -> Option<&'a [u8]>,
) -> Result<Vec<u8>, SheetError> {
    let (mut bytes, mut at, mut steps) = (Vec::new(), start, 0usize);
    while at != END && bytes.len() < size {
        steps += 1;
        if steps > table.len() {
            return Err(Unreadable);
        }
        let n = usize::try_from(at).map_err(|_| Unreadable)?;
        let next = *table.get(n).ok_or(Unreadable)?;
        bytes.extend_from_slice(part(n).ok_or(Unreadable)?);
        at = next;
    }
    bytes.truncate(size);
    Ok(bytes)
}

impl<'a> Compound<'a> {
    /// Reads where the streams are.
    ///
    /// # Errors
    /// The file is damaged.
    pub(super) fn open(bytes: &'a [u8]) -> Result<Self, SheetError> {
        let sector = match u16_at(bytes, 30) {
            Some(9) => 512,
            Some(12) => 4_096,
            _ => return Err(Unreadable),
        };
        let mut file = Self {
            bytes,
            sector,
            table: Vec::new(),
            small_table: Vec::new(),
            small: Vec::new(),
            streams: Vec::new(),
        };
        file.read_table()?;
        let directory = file.long(u32_at(bytes, 48).ok_or(Unreadable)?, usize::MAX)?;
        let mut has_root = false;
        for entry in directory.as_chunks::<128>().0 {
            let length = usize::from(u16_at(entry, 64).unwrap_or(0)).min(64);
            let name: Vec<u16> = entry[..length]
                .as_chunks::<2>()
                .0
                .iter()
                .map(|unit| u16::from_le_bytes(*unit))
                .take_while(|unit| *unit != 0)
                .collect();
            let name = String::from_utf16_lossy(&name);
            let (start, size) =
                (u32_at(entry, 116).unwrap_or(END), size_at(entry, 120).unwrap_or(0));
            let kind = entry[66];
            if kind == 5 && !has_root {
                has_root = true;
                file.small = file.long(start, size).unwrap_or_default();
            } else if kind == 2 {
                file.streams.push(Stream { name, start, size });
            }
        }
        let small = u32_at(bytes, 60).unwrap_or(END);
        if small < FIRST_RESERVED {
            file.small_table = numbers(&file.long(small, usize::MAX)?).collect();
        }
        Ok(file)
    }

    fn part(&self, n: usize) -> Option<&'a [u8]> {
        let start = n.checked_add(1)?.checked_mul(self.sector)?;
        // The last part may be cut short.
        let end = start.checked_add(self.sector)?.min(self.bytes.len());
        self.bytes.get(start..end)
    }

    /// The table that says which part follows which; the file says where it stands.
    fn read_table(&mut self) -> Result<(), SheetError> {
        let mut places: Vec<u32> =
            self.bytes.get(76..HEADER).map(|b| numbers(b).collect()).ok_or(Unreadable)?;
        let mut next = u32_at(self.bytes, 68).unwrap_or(END);
        let most = self.bytes.len() / self.sector + 1;
        while next < FIRST_RESERVED {
            let n = usize::try_from(next).map_err(|_| Unreadable)?;
            let mut more: Vec<u32> = numbers(self.part(n).ok_or(Unreadable)?).collect();
            next = more.pop().ok_or(Unreadable)?;
            places.append(&mut more);
            if places.len() > most + 2 * self.sector {
                return Err(Unreadable);
            }
        }
        for place in places.into_iter().filter(|place| *place < FIRST_RESERVED) {
            let n = usize::try_from(place).map_err(|_| Unreadable)?;
            self.table.extend(numbers(self.part(n).ok_or(Unreadable)?));
            if self.table.len() > most + 2 * self.sector {
                break;
            }
        }
        Ok(())
    }

    fn long(&self, start: u32, size: usize) -> Result<Vec<u8>, SheetError> {
        chain(&self.table, start, size, |n| self.part(n))
    }

    /// Whether there is a stream of this name.
    pub(super) fn has(&self, name: &str) -> bool {
        self.find(name).is_some()
    }

    fn find(&self, name: &str) -> Option<&Stream> {
        self.streams.iter().find(|stream| stream.name.eq_ignore_ascii_case(name))
    }

    /// A stream's bytes; none where there is none.
    ///
    /// # Errors
    /// It is damaged.
    pub(super) fn stream(&self, name: &str) -> Result<Option<Vec<u8>>, SheetError> {
        let Some(stream) = self.find(name) else { return Ok(None) };
        let bytes = if stream.size < CUT {
            chain(&self.small_table, stream.start, stream.size, |n| {
                let start = n.checked_mul(MINI)?;
                let end = start.checked_add(MINI)?.min(self.small.len());
                self.small.get(start..end)
            })
        } else {
            self.long(stream.start, stream.size)
        };
        bytes.map(Some)
    }
}
