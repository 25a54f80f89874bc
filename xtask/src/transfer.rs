//! What a first visit transfers: every file the page loads, at brotli's best level.
//!
//! **Invariant:** sizes are whole bytes; nothing is rounded before it is added up.

use std::{fs, io, io::Write, path::Path};

use crate::dist::{self, DistError};

/// One file of a first visit.
#[derive(Debug, PartialEq, Eq)]
pub struct Transfer {
    /// Its name, without the hash that changes at every build.
    pub name: String,
    /// As it lies in the folder.
    pub bytes: u64,
    /// As a server sends it.
    pub brotli_bytes: u64,
}

/// Measures the files that opening the page in `folder` loads.
pub fn first_load(folder: &Path) -> Result<Vec<Transfer>, DistError> {
    let mut transfers = Vec::new();
    for path in dist::loaded_files(folder)? {
        let measured = fs::read(&path).and_then(|content| {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            Ok(Transfer {
                name: without_hash(&name),
                bytes: length(&content),
                brotli_bytes: compressed_length(&content)?,
            })
        });
        transfers.push(measured.map_err(|source| DistError::Unreadable { path, source })?);
    }
    Ok(transfers)
}

fn length(content: &[u8]) -> u64 {
    u64::try_from(content.len()).unwrap_or(u64::MAX)
}

fn compressed_length(content: &[u8]) -> io::Result<u64> {
    const BUFFER: usize = 1 << 16;
    const BEST: u32 = 11;
    const WINDOW: u32 = 22;
    let mut writer = brotli::CompressorWriter::new(Vec::new(), BUFFER, BEST, WINDOW);
    writer.write_all(content)?;
    Ok(length(&writer.into_inner()))
}

/// `page-0123456789abcdef_bg.wasm` → `page_bg.wasm`
fn without_hash(name: &str) -> String {
    let is_hash = |part: &str| {
        (8..=16).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_hexdigit())
    };
    for (at, _) in name.match_indices('-') {
        let rest = &name[at + 1..];
        let end = rest.find(['_', '.', '-']).unwrap_or(rest.len());
        if is_hash(&rest[..end]) {
            return format!("{}{}", &name[..at], &rest[end..]);
        }
    }
    name.to_owned()
}

/// A size as people read it: kB of 1,000 bytes, to a tenth.
pub fn kilobytes(bytes: u64) -> String {
    let tenths = bytes.saturating_add(50) / 100;
    format!("{}.{} kB", tenths / 10, tenths % 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_keeps_its_name_from_build_to_build() {
        assert_eq!(without_hash("shapan-2f0a9c81e4d7b635_bg.wasm"), "shapan_bg.wasm");
        assert_eq!(without_hash("main-40d8b7ab8c1d2e3.css"), "main.css");
        assert_eq!(without_hash("index.html"), "index.html");
        assert_eq!(without_hash("well-formed.js"), "well-formed.js");
    }

    #[test]
    fn sizes_are_rounded_to_a_tenth_of_a_kilobyte() {
        assert_eq!(kilobytes(0), "0.0 kB");
        assert_eq!(kilobytes(1_049), "1.0 kB");
        assert_eq!(kilobytes(1_050), "1.1 kB");
        assert_eq!(kilobytes(257_312), "257.3 kB");
    }

    #[test]
    fn repetition_is_compressed_away() -> io::Result<()> {
        assert!(compressed_length(&[b'a'; 10_000])? < 100);
        Ok(())
    }
}
