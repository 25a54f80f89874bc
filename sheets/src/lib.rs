//! Plans as spreadsheets and spreadsheets as data: what the page's second program does.
//!
//! It is loaded when it is used, for what reads and writes these files is larger than the page.
//! [`answer`] is its one door: a request in JSON with a plan's text or a file's bytes beside it,
//! and bytes back. Invariant: no panic and no hang on any bytes; an error is typed, and the page
//! has words for it. Without the feature `formats` only the words of that door are here, for the
//! page, and what becomes of a table that was read.

pub mod error;
pub mod import;
pub mod own;
pub mod request;

#[cfg(feature = "formats")]
mod answer;
#[cfg(feature = "formats")]
pub mod book;
#[cfg(feature = "formats")]
pub mod csv;
#[cfg(feature = "formats")]
pub mod files;
#[cfg(feature = "formats")]
mod formula;
#[cfg(feature = "formats")]
mod kept;
#[cfg(feature = "formats")]
pub mod words;
#[cfg(feature = "formats")]
pub mod workbook;

#[cfg(feature = "formats")]
pub use answer::answer;
