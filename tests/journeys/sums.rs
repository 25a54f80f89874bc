//! Wherever a table shows parts and their total, they add up as they are shown, or a note says
//! that they do not: on every page, in every unit, in every language.
//!
//! The regions of the sample once missed their city by 0.01 under the word "exact".

use serde_json::json;
use shapan_journeys::{Page, Reader, journey_of};

/// Tables whose shown columns or rows miss their shown sums without a note in their card. A last
/// row in `tfoot`, or one of the class `sum`, is the sum of the rows above it where these are
/// amounts; a last column is, where its head says so.
const MISSED: &str = "
    const sumWords = ['合计', '合計', 'Sum', 'Total'];
    const number = cell => {
        const data = cell?.querySelector('data.money');
        if (!data) return null;
        const text = data.textContent.replace(/[,+]/g, '').replace('\\u2212', '-');
        const [whole, rest = ''] = text.split('.');
        return { shown: BigInt(whole.replace('-', '') + rest) * (text.startsWith('-') ? -1n : 1n),
            exact: BigInt(data.value) };
    };
    const missed = [];
    let checked = 0;
    const check = (parts, total, what, table) => {
        if (!total || parts.length === 0 || parts.some(p => !p)) return;
        // Only what is a sum: the exact amounts add up.
        if (parts.reduce((sum, p) => sum + p.exact, 0n) !== total.exact) return;
        checked += 1;
        if (parts.reduce((sum, p) => sum + p.shown, 0n) === total.shown) return;
        const card = table.closest('.card, .explored, section') ?? table.parentElement;
        if (!card.querySelector('.rounding')) missed.push(what);
    };
    for (const table of document.querySelectorAll('main table')) {
        if (table.closest('.grid')) continue;
        const rows = [...table.querySelectorAll('tbody tr')].filter(r => !r.classList.contains('sum'));
        const lasts = [...table.querySelectorAll('tfoot tr, tr.sum:last-child')];
        const label = table.closest('[aria-label]')?.getAttribute('aria-label') ?? table.className;
        for (const last of lasts) {
            for (let n = 1; n < last.cells.length; n++) {
                const from = last.cells.length - n;
                const of = row => number(row.cells[row.cells.length - from]);
                check(rows.map(of), of(last), `${label}: column ${n}`, table);
            }
        }
        const heads = [...(table.tHead?.rows[0]?.cells ?? [])];
        const at = heads.findIndex(h => sumWords.includes(h.textContent.trim()));
        if (at > 0) {
            for (const row of [...rows, ...lasts]) {
                const cells = [...row.cells].map(number);
                const parts = cells.filter((c, n) => n > 0 && n !== at);
                check(parts, cells[at], `${label}: row ${row.cells[0].textContent}`, table);
            }
        }
    }
    return [checked, missed]";

async fn go(page: &Page<'_>, hash: &str) {
    let () = page.run("location.hash = arguments[0]; return null", &[json!(hash)]).await;
    page.is_drawn().await;
}

#[test]
fn shown_parts_add_up_to_shown_totals_or_a_note_says_that_they_do_not() {
    for languages in ["zh-CN,zh", "zh-TW", "en-US,en"] {
        journey_of(&Reader::of(languages), async |page| {
            let pages = "return [...document.querySelectorAll('nav a')].map(a => a.hash)";
            let pages: Vec<String> = page.run(pages, &[]).await;
            let units = "return [...document.querySelector('.preferences select').options].map(o => o.value)";
            let units: Vec<String> = page.run(units, &[]).await;
            let (mut all, mut noted) = (0, 0);
            for hash in &pages {
                go(page, hash).await;
                for unit in &units {
                    let choose = "const list = document.querySelector('.preferences select');
                        list.value = arguments[0];
                        list.dispatchEvent(new Event('change', { bubbles: true }));
                        return new Promise(done => setTimeout(() => done(null), 150))";
                    let () = page.run(choose, &[json!(unit)]).await;
                    let (checked, missed): (u32, Vec<String>) = page.run(MISSED, &[]).await;
                    assert_eq!(missed, [""; 0], "{languages}, {hash}, {unit}");
                    all += checked;
                    let notes: u32 =
                        page.run("return document.querySelectorAll('.rounding').length", &[]).await;
                    assert!(unit != "yuan" || notes == 0, "{hash}: in yuan every sum is exact");
                    noted += notes;
                }
            }
            assert!(all > 100, "only {all} sums were found");
            assert!(noted > 0, "no note was needed: the sample no longer tries this");
        });
    }
}
