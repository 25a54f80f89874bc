//! For everybody: no violation that axe-core knows, everything by keyboard, and on a phone.

use std::{collections::BTreeSet, fs};

use serde_json::{Value, json};
use thirtyfour::Key;

use shapan_journeys::{Page, eventually, journey, place};

const RAISE: &str = "如果：再提高 250 元（本地自行提标）？";

/// Everything that WCAG 2.2 asks at levels A and AA, as far as a program can tell.
const AXE: &str = "
    const done = arguments[arguments.length - 1];
    const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
    axe.run(document, { runOnly: { type: 'tag', values: tags }, resultTypes: ['violations'] })
        .then(result => done(result.violations.flatMap(v => v.nodes.map(n =>
            `${v.id}: ${n.target.join(' ')} ${n.html} ${n.failureSummary}`))),
            error => done([`axe itself: ${error}`]))";

/// What axe-core finds at several places, to be told all at once.
struct Found<'p, 'b> {
    page: &'p Page<'b>,
    violations: Vec<String>,
}

impl<'p, 'b> Found<'p, 'b> {
    async fn on(page: &'p Page<'b>) -> Self {
        let axe = fs::read_to_string(place("SHAPAN_AXE")).unwrap();
        let axe = json!({ "expression": axe + "; 'loaded'" });
        let loaded = page.driver().cdp().send_raw("Runtime.evaluate", axe).await.unwrap();
        assert_eq!(loaded["result"]["value"], "loaded", "{loaded}");
        Self { page, violations: Vec::new() }
    }

    /// Looks at the page as it is now.
    async fn look(&mut self, state: &str) {
        let found = self.page.driver().execute_async(AXE, vec![]).await.unwrap();
        let found: Vec<String> = found.convert().unwrap();
        self.violations.extend(found.into_iter().map(|violation| format!("{state}: {violation}")));
    }

    /// Looks at every page the navigation offers, the guided start, and the dialogs.
    async fn look_everywhere(&mut self, state: &str, names: &Names) {
        let pages =
            "return [...document.querySelectorAll('nav a')].map(a => a.hash).concat('#new')";
        let pages: Vec<String> = self.page.run(pages, &[]).await;
        assert!(pages.len() > 10, "{pages:?}");
        for page in &pages {
            go_to(self.page, page).await;
            // What can be opened is opened.
            let open = "document.querySelectorAll('main details').forEach(d => d.open = true);
                return null";
            let () = self.page.run(open, &[]).await;
            self.look(&format!("{state}, {page}")).await;
        }
        let Names { figure, share, shortcuts, close } = names;
        go_to(self.page, "#overview").await;
        self.page.press(figure).await;
        self.look(&format!("{state}, why")).await;
        self.page.press(close).await;
        self.page.press(shortcuts).await;
        self.look(&format!("{state}, shortcuts")).await;
        self.page.press(close).await;
        self.page.press(share).await;
        self.page.choose_file_with("x.json", "{").await;
        self.page.expect_alert("x.json").await;
        self.look(&format!("{state}, dialog")).await;
        self.page.press(close).await;
    }
}

/// Goes to a page by its address.
async fn go_to(page: &Page<'_>, hash: &str) {
    let () = page.run("location.hash = arguments[0]; return null", &[json!(hash)]).await;
    page.is_drawn().await;
}

impl Drop for Found<'_, '_> {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            assert!(self.violations.is_empty(), "axe-core: {:#?}", self.violations);
        }
    }
}

/// What the dialogs are called, and a figure that can be asked.
struct Names {
    figure: &'static str,
    share: &'static str,
    shortcuts: &'static str,
    close: &'static str,
}

const LANGUAGES: [(&str, Names); 3] = [
    (
        "简体中文",
        Names {
            figure: "450,384.21 依据：2012 年总支出",
            share: "导入 / 导出",
            shortcuts: "快捷键",
            close: "关闭",
        },
    ),
    (
        "繁體中文",
        Names {
            figure: "450,384.21 依據：2012 年總支出",
            share: "匯入 / 匯出",
            shortcuts: "快速鍵",
            close: "關閉",
        },
    ),
    (
        "English",
        Names {
            figure: "4,503.84 why: Total 2012",
            share: "Import / export",
            shortcuts: "Keyboard shortcuts",
            close: "Close",
        },
    ),
];

/// Every page and dialog in the three languages.
async fn look_in_every_language(page: &Page<'_>, theme: &str) {
    let mut found = Found::on(page).await;
    for (language, names) in &LANGUAGES {
        page.press(language).await;
        found.look_everywhere(&format!("{theme}, {language}"), names).await;
    }
}

#[test]
fn axe_finds_no_violation_on_any_page_in_light() {
    journey(async |page| {
        page.press(RAISE).await;
        look_in_every_language(page, "light").await;
    });
}

#[test]
fn axe_finds_no_violation_on_any_page_in_dark() {
    journey(async |page| {
        page.press(RAISE).await;
        page.press("换成深色").await;
        look_in_every_language(page, "dark").await;
    });
}

#[test]
fn axe_finds_no_violation_where_the_page_complains() {
    journey(async |page| {
        page.press(RAISE).await;
        let mut found = Found::on(page).await;
        page.type_into("textbox", "增加（元）", "?").await;
        page.type_into("combobox", "加一个参数", "?").await;
        page.expect_alert("没有叫这个名字的参数").await;
        found.look("wrong entries, light").await;
        page.press("换成深色").await;
        found.look("wrong entries, dark").await;
        page.press("＋ 添加措施").await;
        page.flip("启用：新措施").await;
        found.look("a measure that is off, dark").await;
        page.press("换成浅色").await;
        found.look("a measure that is off, light").await;
    });
}

#[test]
fn the_system_s_dark_theme_is_followed_until_another_is_chosen() {
    journey(async |page| {
        let background = "return getComputedStyle(document.body).backgroundColor";
        let light: String = page.run(background, &[]).await;
        let dark = json!({ "features": [{ "name": "prefers-color-scheme", "value": "dark" }] });
        page.driver().cdp().send_raw("Emulation.setEmulatedMedia", dark).await.unwrap();
        page.find("button", "换成浅色").await;
        let dark: String = page.run(background, &[]).await;
        assert_ne!(light, dark);
        page.press("换成浅色").await;
        assert_eq!(page.run::<String>(background, &[]).await, light);
    });
}

/// What has the focus: its role and label as assistive technology gets them.
async fn focused(page: &Page<'_>) -> (String, String) {
    let element = page.driver().active_element().await.unwrap();
    let node = json!({ "objectId": element.cdp_remote_object_id().await.unwrap(), "fetchRelatives": false });
    let tree = page.driver().cdp().send_raw("Accessibility.getPartialAXTree", node).await.unwrap();
    let word = |value: &Value| value["value"].as_str().unwrap_or_default().to_owned();
    (word(&tree["nodes"][0]["role"]), word(&tree["nodes"][0]["name"]))
}

/// Everything that Tab reaches from the start of the page, in order.
async fn tab_through(page: &Page<'_>) -> Vec<(String, String)> {
    let _: () = page.run("document.activeElement?.blur(); scrollTo(0, 0); return null", &[]).await;
    let mut reached: Vec<(String, String)> = Vec::new();
    for _ in 0..200 {
        page.key(Key::Tab).await;
        let outside: bool = page.run("return document.activeElement === document.body", &[]).await;
        if outside {
            return reached; // and on to the browser's own buttons
        }
        let now = focused(page).await;
        let visible: bool = page
            .run(
                "const e = document.activeElement, s = getComputedStyle(e), r = e.getBoundingClientRect();
                 return e.matches(':focus-visible') && r.width > 0 && r.height > 0
                     && (s.outlineStyle !== 'none' || s.boxShadow !== 'none')",
                &[],
            )
            .await;
        assert!(visible, "no visible focus on {now:?}");
        reached.push(now);
    }
    panic!("Tab never comes round: {reached:?}");
}

#[test]
fn everything_can_be_reached_with_tab_and_shows_where_it_is() {
    journey(async |page| {
        let reached = tab_through(page).await;
        let has = |role: &str, label: &str| {
            assert!(
                reached.iter().any(|(r, l)| r == role && l == label),
                "{role} {label}: {reached:?}"
            );
        };
        assert_eq!(reached[0], ("link".to_owned(), "跳到正文".to_owned()));
        for (role, label) in [
            ("combobox", "情景"),
            ("combobox", "对比"),
            ("combobox", "年度"),
            ("button", "导入 / 导出"),
            ("link", "总览"),
            ("link", "推演"),
            ("combobox", "单位"),
            ("button", "简体中文"),
            ("button", "换成深色"),
            ("button", RAISE),
            ("button", "新建情景"),
            ("button", "全部支出"),
        ] {
            has(role, label);
        }

        page.press(RAISE).await;
        let reached = tab_through(page).await;
        let has = |role: &str, label: &str| {
            assert!(
                reached.iter().any(|(r, l)| r == role && l == label),
                "{role} {label}: {reached:?}"
            );
        };
        for (role, label) in [
            ("switch", "启用：寄宿生补助再提高 250 元"),
            ("button", "删除：寄宿生补助再提高 250 元"),
            ("button", "＋ 添加措施"),
            ("textbox", "情景名称"),
            ("textbox", "名称"),
            ("textbox", "依据或理由"),
            ("button", "设为"),
            ("button", "增加"),
            ("button", "按比例"),
            ("textbox", "增加（元）"),
            ("slider", "增加（元）"),
            ("combobox", "自"),
            ("combobox", "至"),
            ("DisclosureTriangle", "地区全部地区"),
            ("combobox", "加一个参数"),
            ("button", "基础标准也提高"),
        ] {
            has(role, label);
        }
        let labels: BTreeSet<_> = reached.iter().map(|(_, label)| label).collect();
        assert!(!labels.contains(&String::new()), "something without a label: {reached:?}");
    });
}

/// Goes on with Tab until something has the focus.
async fn tab_to(page: &Page<'_>, role: &str, label: &str) {
    let wanted = (role.to_owned(), label.to_owned());
    let mut met = Vec::new();
    for _ in 0..60 {
        page.key(Key::Tab).await;
        met.push(focused(page).await);
        if met.last() == Some(&wanted) {
            return;
        }
    }
    panic!("no Tab leads to the {role} “{label}”, only to {met:?}");
}

#[test]
fn a_whole_what_if_is_done_without_a_mouse() {
    journey(async |page| {
        // Straight to the content.
        page.key(Key::Tab).await;
        assert_eq!(focused(page).await.1, "跳到正文");
        page.key(Key::Enter).await;
        assert_eq!(focused(page).await.0, "main");
        tab_to(page, "button", RAISE).await;
        page.key(Key::Enter).await;
        page.expect_rows("本情景", &[("县级财政".to_owned(), vec![84_212_500])]).await;

        // On to the lever, and pull.
        tab_to(page, "slider", "增加（元）").await;
        let before = page.figures().await;
        page.key(Key::Right).await;
        page.key(Key::Right).await;
        eventually("other figures", async || {
            if page.figures().await == before { Err("still the same".to_owned()) } else { Ok(()) }
        })
        .await;
        let after = page.figures().await;
        page.control('z').await;
        page.expect_figures(&before).await;
        page.control('y').await;
        page.expect_figures(&after).await;

        // The dialog takes the focus, keeps it, and gives it back.
        let share = page.find("button", "导入 / 导出").await;
        share.focus().await.unwrap();
        page.key(Key::Enter).await;
        page.find("dialog", "导入 / 导出").await;
        for _ in 0..8 {
            page.key(Key::Tab).await;
            let inside: bool = page
                .run("const e = document.activeElement; return e === document.body || !!e.closest('dialog')", &[])
                .await;
            assert!(inside, "{:?}", focused(page).await);
        }
        page.key(Key::Escape).await;
        assert_eq!(focused(page).await, ("button".to_owned(), "导入 / 导出".to_owned()));
    });
}

/// What makes the page that is open wider than its window, on a usual phone and at the 320 pixels
/// that WCAG asks for (1.4.10), in the languages with the shortest and the longest words.
async fn sideways_scroll(page: &Page<'_>) -> Vec<String> {
    let script = "if (document.documentElement.scrollWidth <= arguments[0]
                && innerWidth <= arguments[0]) return [];
        const scrolls = e => e && (getComputedStyle(e).overflowX !== 'visible'
            || scrolls(e.parentElement));
        return [...document.querySelectorAll('body *')]
            .filter(e => e.getBoundingClientRect().right > arguments[0] + 1)
            .filter(e => !scrolls(e.parentElement))
            .map(e => `${e.tagName.toLowerCase()}.${e.className} in .${e.parentElement.className}`
                + ` reaches to ${Math.round(e.getBoundingClientRect().right)} of ${arguments[0]}`)";
    let mut out = Vec::new();
    for (width, height) in [(320, 640), (390, 844)] {
        let metrics =
            json!({ "width": width, "height": height, "deviceScaleFactor": 2, "mobile": true });
        let cdp = page.driver().cdp();
        cdp.send_raw("Emulation.setDeviceMetricsOverride", metrics).await.unwrap();
        page.reload().await;
        for language in ["English", "简体中文"] {
            page.press(language).await;
            page.is_drawn().await;
            let some: Vec<String> = page.run(script, &[json!(width)]).await;
            out.extend(some.into_iter().map(|what| format!("{language}: {what}")));
        }
    }
    out
}

#[test]
fn on_a_phone_no_page_scrolls_sideways() {
    journey(async |page| {
        let mut out = Vec::new();
        for other in [
            "#compare",
            "#data",
            "#programmes",
            "#funding",
            "#targets",
            "#checks",
            "#explore",
            "#files",
            "#new",
        ] {
            go_to(page, other).await;
            out.extend(
                sideways_scroll(page).await.into_iter().map(|what| format!("{other}: {what}")),
            );
        }
        assert!(out.is_empty(), "{out:#?}");
    });
}

#[test]
fn on_a_phone_nothing_scrolls_sideways_and_the_lever_works() {
    journey(async |page| {
        let mut out = sideways_scroll(page).await;
        page.press(RAISE).await;
        page.expect_rows("本情景", &[("县级财政".to_owned(), vec![84_212_500])]).await;
        out.extend(sideways_scroll(page).await);
        assert!(out.is_empty(), "{out:#?}");

        page.type_into("textbox", "增加（元）", "500").await;
        page.expect_rows("本情景", &[("县级财政".to_owned(), vec![168_425_000])]).await;
        let mut found = Found::on(page).await;
        found.look("what-if on a phone").await;
        page.press("导入 / 导出").await;
        found.look("the dialog on a phone").await;
    });
}
