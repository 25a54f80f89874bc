//! Owns text that is packed small and sealed: what records and links carry.
//!
//! Invariant: what is unpacked is, character for character, what was packed, or an error;
//! and no more is unpacked than was asked for. Deliberately absent: what the text means.
//!
//! Packed text is a tag and a payload: `p` and the text itself, or `z` and its deflated
//! bytes in base64 (the alphabet of addresses, no padding). Sealed text is 16 hexadecimal
//! digits of the SHA-256 of what follows, and what follows.

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use miniz_oxide::deflate::compress_to_vec;
use miniz_oxide::inflate::{TINFLStatus, decompress_to_vec_with_limit};
use sha2::{Digest, Sha256};
use std::fmt::Write;

const PLAIN: char = 'p';
const DEFLATED: char = 'z';
/// How hard to press: most of what level 9 saves, in a third of its time.
const LEVEL: u8 = 5;
const SEAL: usize = 16;

/// Why packed text was not unpacked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum UnpackError {
    /// Cut short or altered.
    #[error("damaged")]
    Damaged,
    /// Packed in a way this app does not know: by a newer one.
    #[error("packed as {tag:?}")]
    Newer {
        /// Its tag.
        tag: char,
    },
    /// Unpacked, it would be larger than what was asked for.
    #[error("more than {most} bytes")]
    TooLarge {
        /// The limit, in bytes.
        most: usize,
    },
}

/// Packs text, where that saves room.
pub fn pack(text: &str) -> String {
    let packed = pack_for_address(text);
    if packed.len() <= text.len() { packed } else { format!("{PLAIN}{text}") }
}

/// Packs text so that only letters, digits, `-` and `_` are left.
pub fn pack_for_address(text: &str) -> String {
    let mut packed = String::from(DEFLATED);
    BASE64_URL_SAFE_NO_PAD.encode_string(compress_to_vec(text.as_bytes(), LEVEL), &mut packed);
    packed
}

/// Unpacks text that is at most so many bytes long.
///
/// # Errors
/// [`UnpackError`]; a bomb is refused as soon as it passes the limit.
pub fn unpack(packed: &str, most: usize) -> Result<String, UnpackError> {
    let tag = packed.chars().next().ok_or(UnpackError::Damaged)?;
    let payload = &packed[tag.len_utf8()..];
    match tag {
        PLAIN if payload.len() > most => Err(UnpackError::TooLarge { most }),
        PLAIN => Ok(payload.to_owned()),
        DEFLATED => {
            let bytes = BASE64_URL_SAFE_NO_PAD.decode(payload);
            let bytes = bytes.map_err(|_| UnpackError::Damaged)?;
            let bytes = decompress_to_vec_with_limit(&bytes, most).map_err(|e| match e.status {
                TINFLStatus::HasMoreOutput => UnpackError::TooLarge { most },
                _ => UnpackError::Damaged,
            })?;
            String::from_utf8(bytes).map_err(|_| UnpackError::Damaged)
        }
        tag if tag.is_ascii_lowercase() => Err(UnpackError::Newer { tag }),
        _ => Err(UnpackError::Damaged),
    }
}

/// Puts a seal before text, by which [`unseal`] tells whether it was altered.
pub fn seal(text: &str) -> String {
    let mut sealed = digest(text);
    sealed.push_str(text);
    sealed
}

/// The text under a seal; `None` where the two do not belong together.
pub fn unseal(sealed: &str) -> Option<&str> {
    let (seal, text) = sealed.split_at_checked(SEAL)?;
    (digest(text) == seal).then_some(text)
}

/// What tells one text from another, in 16 hexadecimal digits of its SHA-256.
pub fn digest(text: &str) -> String {
    let bytes = Sha256::digest(text);
    bytes.iter().take(SEAL / 2).fold(String::new(), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}"); // writing to a String cannot fail
        hex
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_was_packed_comes_back(text in any::<String>()) {
            prop_assert_eq!(&unpack(&pack(&text), text.len()), &Ok(text.clone()));
            let packed = pack_for_address(&text);
            prop_assert!(packed.chars().all(|c| c.is_ascii_alphanumeric() || "-_".contains(c)));
            prop_assert_eq!(unpack(&packed, text.len()), Ok(text));
        }

        #[test]
        fn a_seal_shows_every_letter_that_was_changed(
            text in ".{1,200}", at in any::<prop::sample::Index>(), to in any::<char>(),
        ) {
            let sealed = seal(&pack_for_address(&text));
            let mut letters: Vec<char> = sealed.chars().collect();
            let at = at.index(letters.len());
            prop_assume!(letters[at] != to);
            letters[at] = to;
            let changed: String = letters.into_iter().collect();
            prop_assert_eq!(unseal(&changed), None);
        }

        #[test]
        fn anything_at_all_is_unpacked_or_refused(text in any::<String>()) {
            let _ = (unseal(&text), unpack(&text, 1000), unpack(&format!("z{text}"), 1000));
        }
    }

    #[test]
    fn a_seal_shows_every_cut() {
        let sealed = seal(&pack("计划"));
        for end in sealed.char_indices().map(|(at, _)| at) {
            assert_eq!(unseal(&sealed[..end]), None);
        }
        assert_eq!(unseal(&sealed), Some(pack("计划").as_str()));
    }

    #[test]
    fn what_repeats_takes_a_fraction_and_what_is_short_stays_as_it_is() {
        let text = "寄宿生补助 250 元；".repeat(1000);
        assert!(pack(&text).len() * 20 < text.len());
        assert_eq!(pack("250 元"), "p250 元");
    }

    #[test]
    fn a_bomb_is_refused_at_the_limit() {
        let bomb = pack_for_address(&"0".repeat(50_000_000));
        assert!(bomb.len() < 100_000);
        assert_eq!(unpack(&bomb, 1_000_000), Err(UnpackError::TooLarge { most: 1_000_000 }));
        assert_eq!(unpack("paaa", 2), Err(UnpackError::TooLarge { most: 2 }));
    }

    #[test]
    fn a_newer_way_of_packing_is_told_from_damage() {
        assert_eq!(unpack("yAAAA", 10), Err(UnpackError::Newer { tag: 'y' }));
        for damaged in ["", "z", "z!", "zAAAA", "计划", "7z"] {
            assert_eq!(unpack(damaged, 10), Err(UnpackError::Damaged), "{damaged}");
        }
    }
}
