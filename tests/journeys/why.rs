//! "Why": from a figure to its formula, its parts, and what they rest on.

use thirtyfour::Key;

use crate::support::{Page, eventually, journey};

/// Opens the part of the explanation whose line begins with certain words.
async fn open_part(page: &Page<'_>, words: &str) {
    eventually(&format!("a part that begins with “{words}”"), async || {
        let labels = page.labels("DisclosureTriangle").await;
        let found = labels.iter().find(|label| label.trim().starts_with(words));
        let Some(label) = found else { return Err(format!("only {labels:?}")) };
        page.click("DisclosureTriangle", label).await;
        Ok(())
    })
    .await;
}

#[test]
fn the_total_is_followed_down_to_heads_times_standard_and_its_source() {
    journey(async |page| {
        page.press("450,300.00 依据：2012 年总支出").await;
        page.find("dialog", "依据").await;
        page.expect_text("22 项相加 = 4,503,000,000 元").await;
        open_part(page, "初中寄宿生生活费补助 · 2012 年").await;
        open_part(page, "初中寄宿生生活费补助 · 泰山区").await;
        open_part(page, "初中寄宿生生活费补助 · 泰山区 · 2012 年秋季").await;
        page.expect_text("792 人 × 1,250 元 ÷ 2 = 495,000 元").await;
        open_part(page, "初中家庭经济困难寄宿生").await;
        page.expect_text("7,917 人 × 10% = 792 人（四舍五入）").await;
        page.expect_text("山东省寄宿生生活费补助覆盖面").await;
        open_part(page, "初中寄宿生生活费补助 · 标准").await;
        page.expect_text("1,000 元 + 250 元 = 1,250 元").await;

        // Closed by the keyboard, the focus is back on the figure.
        page.key(Key::Escape).await;
        let focused: String = page.run("return document.activeElement.textContent", &[]).await;
        assert!(focused.contains("依据：2012 年总支出"), "{focused}");
    });
}

#[test]
fn a_change_is_one_scenario_less_the_other() {
    journey(async |page| {
        page.press("+62,522.33 依据：泰安市 · 增减").await;
        page.find("dialog", "依据").await;
        page.expect_text("4,503,000,000 元 − 3,877,776,750 元 = 625,223,250 元").await;
        page.press("关闭").await;
        page.follow("校核").await;
        page.press("298,703.29 依据：县级财政拿得出 · 数值").await;
        page.expect_text("= 2,987,032,925 元").await;
    });
}
