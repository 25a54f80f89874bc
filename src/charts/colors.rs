//! Owns the colours of charts, in light and in dark. Colour is never the only mark: names,
//! symbols and exact tables stand beside.

use shapan_engine::{Account, Payer, Source};

/// Colours of the sources. Hues by payer, lighter by account.
pub fn source_color(source: &Source, is_dark: bool) -> &'static str {
    let (light, dark) = match (source.payer, source.account) {
        (_, Account::EducationSurcharge) => ("#8f6ba8", "#b390cc"),
        (_, Account::LocalEducationSurcharge) => ("#c3a3d1", "#d9c2e4"),
        (_, Account::LandIncome) => ("#8a7a55", "#b5a47c"),
        (_, Account::SpecialTransfer) => ("#6d7a86", "#9aa8b5"),
        (Payer::Central, _) => ("#2f4470", "#7d97cf"),
        (Payer::Province, _) => ("#5b83b6", "#94b8e6"),
        (Payer::City, _) => ("#62a596", "#7cc4b3"),
        (Payer::County, _) => ("#cf9540", "#e0aa58"),
        (Payer::Other, _) => ("#8b8b8b", "#a9a9a9"),
    };
    if is_dark { dark } else { light }
}

/// So many things are told apart by colour; what comes beyond is shown together.
pub const MOST: usize = 8;

/// The colour of the n-th of some things that have none of their own.
pub fn nth_color(n: usize, is_dark: bool) -> &'static str {
    const LIGHT: [&str; MOST] =
        ["#2f6f8f", "#cf9540", "#62a596", "#8f6ba8", "#b3564a", "#5b83b6", "#8a7a55", "#8b8b8b"];
    const DARK: [&str; MOST] =
        ["#6fb1d2", "#e0aa58", "#7cc4b3", "#b390cc", "#e08b80", "#94b8e6", "#b5a47c", "#a9a9a9"];
    let colors = if is_dark { DARK } else { LIGHT };
    colors[n % MOST]
}
