//! Reading exact amounts off the page: every one is a `<data>` whose value is in fen, whatever unit
//! and rounding the reader sees.

use std::fmt::Debug;

use serde::{Deserialize, de::DeserializeOwned};

use super::{Card, Page, eventually};

/// A table by its rows: what each is called, and the fen in it from left to right.
pub type Rows = Vec<(String, Vec<i64>)>;

/// One amount of the page.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
pub struct Figure {
    /// The heading it stands under and the row it stands in.
    pub place: String,
    /// The exact amount.
    pub fen: i64,
    /// As it is shown.
    pub shown: String,
}

/// Reads rows below an element: of tables by their headers, of lists by their first bold words.
const ROWS: &str = "
    const words = e => e ? e.textContent.trim() : '';
    return [...arguments[0].querySelectorAll('tr, li')]
        .map(row => [words(row.querySelector('th, b')),
            [...row.querySelectorAll('data')].map(d => Number(d.value))])
        .filter(([, fen]) => fen.length > 0)";

/// Reads the amounts below an element.
const FEN: &str = "return [...arguments[0].querySelectorAll('data')].map(d => Number(d.value))";

const FIGURES: &str = "
    const words = e => e ? e.textContent.trim() : '';
    const heading = d => {
        for (let e = d; e; e = e.parentElement) {
            const h = e.querySelector(':scope > h2, :scope > h3, :scope > header > h2');
            if (h) return words(h);
        }
        return '';
    };
    const row = d => words(d.closest('tr, li')?.querySelector('th, b'));
    return [...document.querySelectorAll('main data')].map(d =>
        ({ place: heading(d) + ' / ' + row(d), fen: Number(d.value), shown: words(d) }))";

impl Page<'_> {
    /// Every amount of the page in order.
    pub async fn figures(&self) -> Vec<Figure> {
        self.run(FIGURES, &[]).await
    }

    /// The fen in the first sentence of the page.
    pub async fn headline(&self) -> Vec<i64> {
        let script = "const p = document.querySelector('main .headline');
            return [...p.querySelectorAll('data')].map(d => Number(d.value))";
        self.run(script, &[]).await
    }

    /// Waits for the first sentence of the page to hold these amounts.
    pub async fn expect_headline(&self, fen: &[i64]) {
        eventually("the headline", async || same(&self.headline().await, fen)).await;
    }

    /// Waits for the rows under a heading to be these.
    pub async fn expect_rows(&self, heading: &str, rows: &[(String, Vec<i64>)]) {
        let what = format!("the rows under “{heading}”");
        eventually(&what, async || {
            let seen: Rows = self.card(heading).await.read(ROWS).await?;
            same(seen.as_slice(), rows)
        })
        .await;
    }

    /// Waits for a tile to show these amounts: its figure, and the change where it has one.
    pub async fn expect_tile(&self, heading: &str, fen: &[i64]) {
        let what = format!("the tile “{heading}”");
        eventually(&what, async || {
            let seen: Vec<i64> = self.card(heading).await.read(FEN).await?;
            same(seen.as_slice(), fen)
        })
        .await;
    }

    /// Waits for every amount of the page to be as it was.
    pub async fn expect_figures(&self, before: &[Figure]) {
        assert!(!before.is_empty(), "a page without figures proves nothing");
        eventually("the very same figures", async || same(&self.figures().await, before)).await;
    }

    /// Every amount of both pages.
    pub async fn figures_of_both_pages(&self) -> Vec<Figure> {
        self.follow("总览").await;
        self.card("每项措施花多少钱").await;
        let mut figures = self.figures().await;
        self.follow("推演").await;
        self.card("本情景").await;
        figures.extend(self.figures().await);
        figures
    }

    /// Sees that every amount of both pages is as it was.
    pub async fn expect_figures_of_both_pages(&self, before: &[Figure]) {
        let what = "the very same figures on both pages";
        eventually(what, async || same(&self.figures_of_both_pages().await, before)).await;
    }
}

impl Card<'_, '_> {
    /// The rows that hold amounts.
    pub async fn rows(&self) -> Rows {
        self.read(ROWS).await.expect("a card that stays")
    }

    /// Every amount in it, in order.
    pub async fn fen(&self) -> Vec<i64> {
        self.read(FEN).await.expect("a card that stays")
    }

    async fn read<T: DeserializeOwned>(&self, script: &str) -> Result<T, String> {
        let element = self.element().to_json().map_err(|why| why.to_string())?;
        self.page().try_run(script, &[element]).await
    }
}

/// Whether two lists are the same, or where they first differ.
fn same<T: PartialEq + Debug>(seen: &[T], expected: &[T]) -> Result<(), String> {
    if seen == expected {
        return Ok(());
    }
    let at = seen.iter().zip(expected).take_while(|(a, b)| a == b).count();
    let (lengths, seen, expected) = ((seen.len(), expected.len()), seen.get(at), expected.get(at));
    Err(format!(
        "{} of {}, and number {at} is\n    {seen:?}\n  instead of\n    {expected:?}",
        lengths.0, lengths.1
    ))
}
