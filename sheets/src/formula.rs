//! Owns formulas that round as the engine does, in a spreadsheet's own numbers.
//!
//! A spreadsheet computes in doubles: whole numbers are exact up to 15 digits, products of an
//! amount and a share in millionths are not. So an amount is taken apart into whole millions and
//! a rest, and every division is of a number so small that its result is far from the next whole
//! one unless it is one. Invariant: below [`MOST`], each formula here comes to what
//! `divide_half_up` does, to the fen; `tests/recalculated.rs` has a spreadsheet prove it.

/// The largest amount in fen for which formulas are exact: a trillion yuan.
pub(crate) const MOST: i64 = 100_000_000_000_000;

/// The most people, posts or units.
pub(crate) const MOST_COUNTED: i64 = 100_000_000;

/// `whole × times ÷ divisor`, rounded half-up, of cells or terms in brackets.
pub(crate) fn share(whole: &str, times: &str, divisor: u32) -> String {
    let half = divisor / 2;
    format!(
        "INT({whole}/{divisor})*{times}+INT((({whole}-INT({whole}/{divisor})*{divisor})*{times}+{half})/{divisor})"
    )
}

/// `whole × share`, the share in millionths.
pub(crate) fn share_of(whole: &str, share_cell: &str) -> String {
    share(whole, share_cell, 1_000_000)
}

/// `value × (1 + rate)`, the rate in millionths.
pub(crate) fn grown(value: &str, rate: &str) -> String {
    share(value, &format!("(1000000+{rate})"), 1_000_000)
}

/// The half of a sum of whole numbers, rounded half-up.
pub(crate) fn half(sum: &str) -> String {
    format!("INT(({sum}+1)/2)")
}

/// `product × share ÷ 10¹²`, where `product` is people × a share: people × both shares.
pub(crate) fn both_shares(product: &str, share: &str) -> String {
    format!(
        "INT((INT({product}/1000000)*{share}+INT(({product}-INT({product}/1000000)*1000000)*{share}/1000000)+500000)/1000000)"
    )
}

/// Whole millions and rests of `Σ amount × share`: the two cells [`of_parts`] reads.
pub(crate) fn parts(terms: &[(String, String)]) -> (String, String) {
    let millions = terms.iter().map(|(a, s)| format!("INT({a}/1000000)*{s}"));
    let rests = terms.iter().map(|(a, s)| format!("({a}-INT({a}/1000000)*1000000)*{s}"));
    (millions.collect::<Vec<_>>().join("+"), rests.collect::<Vec<_>>().join("+"))
}

/// `(millions × 10⁶ + rest) ÷ (n × 10⁶)`, rounded half-up.
pub(crate) fn of_parts(millions: &str, rest: &str, n: u32) -> String {
    let (half, whole) = (n * 500_000, n * 1_000_000);
    format!(
        "INT({millions}/{n})+INT((({millions}-{n}*INT({millions}/{n}))*1000000+{rest}+{half})/{whole})"
    )
}

/// `people ÷ per`, rounded up, `per` in millionths; nothing where that is nothing.
pub(crate) fn posts(people: &str, per: &str) -> String {
    format!("IF({per}=0,0,-INT(-({people}*1000000)/{per}))")
}
