//! A browser that translates puts its own nodes around every text: the page asks it not to, and
//! where it does all the same, figures follow what is looked at.
//!
//! Translated, the page once kept 2012's figures under "2013", and the gap lost its amount.

use serde_json::json;
use shapan_journeys::{Page, eventually, journey};

/// Puts every text of the page into a `<font>`, as translators do: the text node itself moves
/// into it, or another with the same words takes its place.
const TRANSLATE: &str = "
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const texts = [];
    while (walker.nextNode()) texts.push(walker.currentNode);
    let count = 0;
    for (const text of texts) {
        if (!text.data.trim() || text.parentElement.closest('script, style, svg, option')) continue;
        const font = document.createElement('font'), inner = document.createElement('font');
        font.append(inner);
        text.replaceWith(font);
        inner.append(arguments[0] ? text : document.createTextNode(text.data));
        count += 1;
    }
    return count";

const YEAR: &str = "
    const lists = [...document.querySelectorAll('header select')];
    const list = lists.find(l => [...l.options].some(o => o.text.includes('2013')));
    list.value = [...list.options].find(o => o.text.includes(arguments[0])).value;
    list.dispatchEvent(new Event('change', { bubbles: true }));
    return null";

async fn shown(page: &Page<'_>) -> String {
    let script = "return document.querySelector('main').innerText.replace(/\\s+/g, ' ')";
    page.run(script, &[]).await
}

async fn choose_year(page: &Page<'_>, year: &str) {
    let () = page.run(YEAR, &[json!(year)]).await;
}

#[test]
fn the_page_asks_not_to_be_translated() {
    journey(async |page| {
        let asks: Vec<bool> = page
            .run(
                "const root = document.documentElement;
                return [root.getAttribute('translate') === 'no', root.classList.contains('notranslate'),
                    !!document.querySelector('meta[name=google][content=notranslate]')]",
                &[],
            )
            .await;
        assert_eq!(asks, [true, true, true]);
    });
}

#[test]
fn figures_follow_the_year_though_a_translator_has_been_at_the_page() {
    for moves in [true, false] {
        journey(async |page| {
            for hash in [
                "#overview",
                "#what-if",
                "#funding",
                "#checks",
                "#targets",
                "#explore",
                "#compare",
                "#data",
                "#programmes",
            ] {
                let () =
                    page.run("location.hash = arguments[0]; return null", &[json!(hash)]).await;
                page.is_drawn().await;
                // What it shows of 2013 where nobody has been at it.
                choose_year(page, "2012").await;
                let of_2012 = shown(page).await;
                choose_year(page, "2013").await;
                let of_2013 = eventually("another year", async || {
                    let now = shown(page).await;
                    if now != of_2012 || hash == "#explore" || hash == "#data" {
                        Ok(now)
                    } else {
                        Err(now)
                    }
                })
                .await;
                tokio::time::sleep(std::time::Duration::from_millis(300)).await;
                let of_2013 = {
                    let _ = of_2013;
                    shown(page).await
                };
                choose_year(page, "2012").await;
                tokio::time::sleep(std::time::Duration::from_millis(300)).await;
                let count: u32 = page.run(TRANSLATE, &[json!(moves)]).await;
                assert!(count > 20, "{hash}: {count} texts");
                choose_year(page, "2013").await;
                eventually(&format!("2013 on {hash}, texts moved: {moves}"), async || {
                    let now = shown(page).await;
                    if now == of_2013 {
                        Ok(())
                    } else {
                        Err(format!("{now}\ninstead of\n{of_2013}"))
                    }
                })
                .await;
            }
        });
    }
}
