//! Owns what makes names comparable: width, case, spaces, traditional characters.
//!
//! Invariant: two names that come to the same are the same to every reader; nothing is left out
//! but spaces (and, in [`bare`], marks).

use std::collections::HashMap;
use std::sync::LazyLock;

/// Traditional characters of the field's words and of names of places, and their simplified ones.
const TRADITIONAL: &str = "區縣學園兒級業職專費補貼資額萬億數單總計據報審編製導師別類長號碼縣鄉鎮國際東\
    寧陽嶽嵐萊濟濱臨齊魯棗莊濰煙臺淮慶龍鳳齡壩廣門問間關開閉陝漢灣澤滄華蘇贛遼瀋錦營鐵嶺藍圖屬設辦輔導應屆\
    畢進轉撥實際預決執剩餘寬貧難隨遷務農義達標準書籍館員籌賬賬戶債債權稅貨圓幣雙單術藝創衛績與從來歲時後\
    應屬體積場塊擁產權歷擬訂約估測準備註釋當這個條項協對買賣聯絡話電郵遞傳輸機構興縱橫鳥馬魚龜點線層劃動\
    為於樓層製勞聽聾啞盲殘障礙護醫療養發務純淨裡裏";
const SIMPLIFIED: &str = "区县学园儿级业职专费补贴资额万亿数单总计据报审编制导师别类长号码县乡镇国际东\
    宁阳岳岚莱济滨临齐鲁枣庄潍烟台淮庆龙凤龄坝广门问间关开闭陕汉湾泽沧华苏赣辽沈锦营铁岭蓝图属设办辅导应届\
    毕进转拨实际预决执剩余宽贫难随迁务农义达标准书籍馆员筹账账户债债权税货圆币双单术艺创卫绩与从来岁时后\
    应属体积场块拥产权历拟订约估测准备注释当这个条项协对买卖联络话电邮递传输机构兴纵横鸟马鱼龟点线层划动\
    为于楼层制劳听聋哑盲残障碍护医疗养发务纯净里里";

/// A character as it is compared: half-width, lower case, simplified.
pub(super) fn fold(c: char) -> char {
    if c.is_ascii() {
        return c.to_ascii_lowercase();
    }
    match c {
        '［' | '｛' | '【' | '〔' => '(',
        '］' | '｝' | '】' | '〕' => ')',
        '！'..='～' => {
            let half = char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c);
            half.to_ascii_lowercase()
        }
        '—' | '–' | '‐' | '‑' | '−' | '─' | '―' => '-',
        '、' => ',',
        '﹪' => '%',
        c => SCRIPTS.get(&c).copied().unwrap_or(c),
    }
}

static SCRIPTS: LazyLock<HashMap<char, char>> = LazyLock::new(|| {
    let visible = |text: &'static str| text.chars().filter(|c| !c.is_whitespace());
    visible(TRADITIONAL).zip(visible(SIMPLIFIED)).collect()
});

/// A text without spaces, folded; its marks stay. Between digits a space stays too: 表1 2011年.
pub(super) fn squeezed(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut is_apart = false;
    for c in text.chars().filter(|c| !is_unseen(*c)) {
        if c.is_whitespace() {
            is_apart = true;
            continue;
        }
        let c = fold(c);
        if is_apart && c.is_ascii_digit() && out.ends_with(|c: char| c.is_ascii_digit()) {
            out.push(' ');
        }
        is_apart = false;
        out.push(c);
    }
    out
}

/// Characters that take no room.
fn is_unseen(c: char) -> bool {
    matches!(c, '\u{200B}'..='\u{200F}' | '\u{FEFF}' | '\u{00AD}')
}

/// A name without what differs from table to table: spaces, marks, width, case, script.
pub(super) fn bare(name: &str) -> String {
    let chars = name.chars().map(fold).filter(|c| c.is_alphanumeric());
    chars.flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_traditional_character_has_its_simplified_one() {
        let count = |text: &str| text.chars().filter(|c| !c.is_whitespace()).count();
        assert_eq!(count(TRADITIONAL), count(SIMPLIFIED));
        assert_eq!(squeezed("寧陽縣　國小（萬人）"), "宁阳县国小(万人)");
        assert_eq!(squeezed("２０１１—２０１２ 學年"), "2011-2012学年");
    }
}
