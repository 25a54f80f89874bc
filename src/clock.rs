//! Owns what time it is: the only place that asks the browser.

use shapan_engine::files::Stamp;

/// The app's name and version, as it signs files.
pub const APP: &str = concat!("shapan ", env!("CARGO_PKG_VERSION"));

/// Now, as it stands in files.
pub fn stamp() -> Stamp {
    let saved_at = js_sys::Date::new_0().to_iso_string().as_string().unwrap_or_default();
    Stamp { app: APP.to_owned(), saved_at }
}

/// Now, in milliseconds since 1970.
pub fn now() -> u64 {
    js_sys::Date::now().to_string().parse().unwrap_or(0)
}

/// A name for this tab that no other has: letters and digits.
pub fn tab() -> String {
    let mut bytes = [0; 5];
    if let Some(crypto) = web_sys::window().and_then(|w| w.crypto().ok()) {
        let _ = crypto.get_random_values_with_u8_array(&mut bytes);
    }
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The reader's time of day, `HH:MM`.
pub fn time_of_day() -> String {
    let now = js_sys::Date::new_0();
    format!("{:02}:{:02}", now.get_hours(), now.get_minutes())
}

/// The reader's date, `YYYY-MM-DD`, for file names.
pub fn date() -> String {
    let now = js_sys::Date::new_0();
    format!("{:04}-{:02}-{:02}", now.get_full_year(), now.get_month() + 1, now.get_date())
}

/// The reader's calendar year.
pub fn year() -> u32 {
    js_sys::Date::new_0().get_full_year()
}

/// A moment in milliseconds since 1970, in the reader's date and time of day.
pub fn moment(at: u64) -> String {
    // As a number, for a text would be read as a date.
    let at = js_sys::Date::new(&js_sys::Number::from(at.to_string().parse().unwrap_or(0.0)));
    let (day, month, year) = (at.get_date(), at.get_month() + 1, at.get_full_year());
    let (hours, minutes, seconds) = (at.get_hours(), at.get_minutes(), at.get_seconds());
    format!("{year:04}-{month:02}-{day:02} {hours:02}:{minutes:02}:{seconds:02}")
}
