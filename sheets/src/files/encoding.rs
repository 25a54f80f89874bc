//! Owns the encodings of text: UTF-8, UTF-16 either way round, GB 18030 and Big5.
//!
//! Invariant: text is decoded without one fault or not at all, and an encoding is only taken as
//! recognised where nothing else is likely: otherwise the reader is asked. Deliberately absent:
//! every other encoding; whoever has one is told to save as UTF-8.

use crate::error::SheetError;
use crate::import::sheet::Encoding;
use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{BIG5, GB18030, UTF_8, UTF_16BE, UTF_16LE};

/// As many bytes say which of two encodings it is.
const ENOUGH: usize = 1 << 20;
/// Characters that tables of this kind are full of, as the mainland and as Taiwan, Hong Kong and
/// Macau write them: where many come out, the encoding is right.
const FREQUENT: &str = "地区县市乡镇省州年度月日学校园小初高中等幼儿职特殊教育人口数在生班级师职工合计总小其\
    名称单位元万亿千金额收支出入预决算经费序号编码公民办城村山东西南北新大一二三四五六七八九十\
    區縣鄉鎮學校園幼兒職教育數師級總計稱單萬億額預決費編碼辦";

/// Text and what it was encoded in.
///
/// # Errors
/// It is in no encoding that is read, or none is likely enough.
pub(super) fn decode(
    bytes: &[u8],
    wanted: Option<Encoding>,
    declared: Option<&str>,
) -> Result<(String, Encoding), SheetError> {
    if let Some(wanted) = wanted {
        let text = strictly(bytes, wanted).ok_or(SheetError::NotInEncoding { encoding: wanted })?;
        return checked(text).map(|text| (text, wanted));
    }
    if let Some((mark, _)) = encoding_rs::Encoding::for_bom(bytes) {
        let encoding = if mark == UTF_8 { Encoding::Utf8 } else { Encoding::Utf16 };
        let text = strictly(bytes, encoding).ok_or(SheetError::UnknownEncoding)?;
        return checked(text).map(|text| (text, encoding));
    }
    if bytes.contains(&0) {
        // Text of no other encoding has zeros.
        let text = strictly(bytes, Encoding::Utf16).ok_or(SheetError::NotATable)?;
        return checked(text).map(|text| (text, Encoding::Utf16));
    }
    let encoding = recognise(bytes, declared).ok_or(SheetError::UnknownEncoding)?;
    let text = strictly(bytes, encoding).ok_or(SheetError::UnknownEncoding)?;
    checked(text).map(|text| (text, encoding))
}

/// Text has no control characters but those of lines, tabs and the old mark of an end.
fn checked(text: String) -> Result<String, SheetError> {
    let is_odd = |c: char| c.is_control() && !"\t\n\r\u{c}\u{1a}\u{85}".contains(c);
    if text.chars().any(is_odd) { Err(SheetError::NotATable) } else { Ok(text) }
}

/// The whole text without a fault.
fn strictly(bytes: &[u8], encoding: Encoding) -> Option<String> {
    let mark: &[u8] = match (encoding, bytes) {
        (Encoding::Utf8, [0xEF, 0xBB, 0xBF, ..]) => &bytes[..3],
        (Encoding::Utf16, [0xFE, 0xFF, ..] | [0xFF, 0xFE, ..]) => &bytes[..2],
        _ => &[],
    };
    let rest = bytes.get(mark.len()..).unwrap_or(bytes);
    let decoder = match encoding {
        Encoding::Utf8 => UTF_8,
        Encoding::Gb18030 => GB18030,
        Encoding::Big5 => BIG5,
        Encoding::Utf16 => {
            let is_big = match bytes {
                [0xFE, 0xFF, ..] => true,
                [0xFF, 0xFE, ..] => false,
                _ => is_big_endian(bytes)?,
            };
            if is_big { UTF_16BE } else { UTF_16LE }
        }
    };
    decoder.decode_without_bom_handling_and_without_replacement(rest).map(|text| text.into_owned())
}

/// Which half of the units of UTF-16 without a mark is the high one: of tabs, commas, digits and
/// line ends it is zero.
fn is_big_endian(bytes: &[u8]) -> Option<bool> {
    let (mut little, mut big) = (0usize, 0usize);
    for pair in bytes.chunks_exact(2).take(ENOUGH) {
        match pair {
            [b'\t' | b'\n' | b'\r' | b' '..=b'~', 0] => little += 1,
            [0, b'\t' | b'\n' | b'\r' | b' '..=b'~'] => big += 1,
            // Neither text nor a unit of UTF-16 that text has.
            [0, 0] => return None,
            _ => {}
        }
    }
    let is_clear = |most: usize, least: usize| most > 0 && most >= 20 * least;
    match (is_clear(little, big), is_clear(big, little)) {
        (true, false) => Some(false),
        (false, true) => Some(true),
        _ => None,
    }
}

fn recognise(bytes: &[u8], declared: Option<&str>) -> Option<Encoding> {
    let utf8 = std::str::from_utf8(bytes);
    if let Ok(text) = utf8 {
        // Two bytes that are one letter in UTF-8 may be one character in GB 18030: 联通.
        let is_sure = text.is_ascii()
            || text.chars().any(|c| c >= '\u{800}')
            || !text.chars().any(|c| !c.is_ascii() && c.is_alphabetic());
        let is_other = || {
            let text = strictly(bytes, Encoding::Gb18030);
            text.is_some_and(|text| frequent(&text) > 0)
        };
        return if is_sure || !is_other() { Some(Encoding::Utf8) } else { None };
    }
    if is_broken_utf8(bytes) {
        return None;
    }
    let declared = declared.and_then(|label| encoding_rs::Encoding::for_label(label.as_bytes()));
    for (label, encoding) in [
        (encoding_rs::GBK, Encoding::Gb18030),
        (GB18030, Encoding::Gb18030),
        (BIG5, Encoding::Big5),
    ] {
        if declared == Some(label) && strictly(bytes, encoding).is_some() {
            return Some(encoding);
        }
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    let begin = bytes.get(..ENOUGH).unwrap_or(bytes);
    detector.feed(begin, begin.len() == bytes.len());
    let guess = detector.guess(None, Utf8Detection::Deny);
    let weigh = |encoding, usual: fn(u8, u8) -> bool| {
        let text = strictly(bytes, encoding)?;
        Some((usual_per_cent(begin, usual), frequent(&text)))
    };
    let mainland =
        weigh(Encoding::Gb18030, |lead, trail| trail >= 0xA1 && (0xA1..=0xD7).contains(&lead));
    let taiwan = weigh(Encoding::Big5, |lead, _| (0xA1..=0xC6).contains(&lead));
    let hits = |found: Option<(usize, usize)>| found.map_or(0, |(_, hits)| hits);
    let is_usual =
        |found: Option<(usize, usize)>, most| found.is_some_and(|(usual, _)| usual >= most);
    let found = [(Encoding::Gb18030, mainland, taiwan), (Encoding::Big5, taiwan, mainland)];
    for (encoding, own, other) in found {
        let is_guess = (guess == BIG5) == (encoding == Encoding::Big5)
            && [BIG5, GB18030, encoding_rs::GBK].contains(&guess);
        let is_seen = is_guess && is_usual(own, 50) && hits(own) >= hits(other);
        // Short texts: the words of such tables say more than any statistics.
        let is_read = is_usual(own, 85) && hits(own) >= 3 && hits(own) > 3 * hits(other);
        if is_seen || is_read {
            return Some(encoding);
        }
    }
    None
}

fn frequent(text: &str) -> usize {
    text.chars().filter(|c| !c.is_ascii()).take(20_000).filter(|c| FREQUENT.contains(*c)).count()
}

/// How many of a hundred characters of two bytes are usual ones.
fn usual_per_cent(bytes: &[u8], usual: fn(u8, u8) -> bool) -> usize {
    let (mut all, mut seen, mut at) = (0usize, 0usize, 0);
    while let Some(lead) = bytes.get(at) {
        at += 1;
        if *lead >= 0x80
            && let Some(trail) = bytes.get(at)
        {
            at += 1;
            all += 1;
            seen += usize::from(usual(*lead, *trail));
        }
    }
    (100 * seen).checked_div(all).unwrap_or(0)
}

/// UTF-8 that is cut or damaged: most of its bytes still make characters of three.
fn is_broken_utf8(bytes: &[u8]) -> bool {
    let (mut sound, mut all, mut rest) = (0usize, 0usize, bytes);
    loop {
        let (valid, next) = match std::str::from_utf8(rest) {
            Ok(text) => (text, &rest[rest.len()..]),
            Err(error) => {
                let (valid, bad) = rest.split_at(error.valid_up_to());
                all += 1;
                (std::str::from_utf8(valid).unwrap_or(""), bad.get(1..).unwrap_or(&[]))
            }
        };
        for c in valid.chars().filter(|c| !c.is_ascii()) {
            all += c.len_utf8();
            sound += if c.len_utf8() >= 3 { c.len_utf8() } else { 0 };
        }
        rest = next;
        if rest.is_empty() {
            return sound * 2 >= all;
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::float_arithmetic, reason = "tests")]
mod tests {
    use super::*;

    const MAINLAND: &str = "地区,小学在校生,备注\n泰山区,41000,无\n合计,301000,全市\n";
    const TAIWAN: &str = "地區,國小學生數,備註\n中正區,41000,無\n合計,301000,全市\n";

    fn told(bytes: &[u8]) -> Result<(String, Encoding), SheetError> {
        decode(bytes, None, None)
    }

    #[test]
    fn every_encoding_is_recognised() {
        for text in [MAINLAND, TAIWAN] {
            assert_eq!(told(text.as_bytes()), Ok((text.to_owned(), Encoding::Utf8)));
            let little: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
            let big: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
            for (mark, units) in [("\u{feff}", &little), ("", &little)] {
                let mark: Vec<u8> = mark.encode_utf16().flat_map(u16::to_le_bytes).collect();
                assert_eq!(
                    told(&[mark, units.clone()].concat()),
                    Ok((text.to_owned(), Encoding::Utf16))
                );
            }
            assert_eq!(told(&big), Ok((text.to_owned(), Encoding::Utf16)));
        }
        let gb = GB18030.encode(MAINLAND).0;
        assert_eq!(told(&gb), Ok((MAINLAND.to_owned(), Encoding::Gb18030)));
        let big5 = BIG5.encode(TAIWAN).0;
        assert_eq!(told(&big5), Ok((TAIWAN.to_owned(), Encoding::Big5)));
        let short = GB18030.encode("区县,小学\n泰山区,42\n").0;
        assert_eq!(told(&short).map(|found| found.1), Ok(Encoding::Gb18030));
        let short = BIG5.encode("區,學生\n中正區,42\n").0;
        assert_eq!(told(&short).map(|found| found.1), Ok(Encoding::Big5));
    }

    #[test]
    fn what_is_in_none_of_them_is_asked() {
        let unknown = Err(SheetError::UnknownEncoding);
        for bytes in [
            &b"S\xE3o Jo\xE3o;1200\r\nIgarap\xE9-A\xE7u;900\r\n"[..],
            &MAINLAND.as_bytes()[..MAINLAND.len() - 3],
            &encoding_rs::SHIFT_JIS.encode("地域,小学生\n東京都,42\n大阪府,7\n").0,
            &encoding_rs::EUC_KR.encode("지역,초등학생\n서울,42\n부산,7\n").0,
            &encoding_rs::WINDOWS_1251.encode("регион,школьники\nМосква,42\n").0,
        ] {
            assert_eq!(told(bytes), unknown, "{bytes:?}");
        }
        assert_eq!(told("Málaga,1".as_bytes()).map(|found| found.1), Ok(Encoding::Utf8));
        // The reader says which it is, and it is not.
        let bytes = b"S\xE3o;1";
        let told = decode(bytes, Some(Encoding::Utf8), None);
        assert_eq!(told, Err(SheetError::NotInEncoding { encoding: Encoding::Utf8 }));
    }
}
