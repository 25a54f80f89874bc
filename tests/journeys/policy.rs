//! What the page may do and does: its content policy is in force and kept, nothing leaves its
//! origin, and it works from any folder of any host.

use std::collections::BTreeSet;

use serde_json::json;
use thirtyfour::Key;

use shapan_journeys::{Page, Reader, journey, journey_of};

/// The strictest the page can do with, from issue to issue only ever stricter.
const POLICY: [(&str, &str); 6] = [
    ("default-src", "'none'"),
    ("script-src", "'self' 'wasm-unsafe-eval'"),
    ("style-src", "'self'"),
    ("img-src", "'self' data: blob:"),
    ("connect-src", "'self'"),
    ("worker-src", "'self'"),
];

/// Keeps every violation from before the page's first script on.
const WATCH: &str = "
    window.violations = [];
    addEventListener('securitypolicyviolation',
        e => violations.push(`${e.effectiveDirective} ${e.blockedURI} ${e.sourceFile}:${e.lineNumber}`));
    window.errors = [];
    addEventListener('error', e => errors.push(String(e.message)), true);
    addEventListener('unhandledrejection', e => errors.push(String(e.reason)))";

/// Everything the page can do, once.
async fn walk_about(page: &Page<'_>) {
    page.press("全部支出").await;
    page.press("如果：再提高 250 元（本地自行提标）？").await;
    page.find("slider", "增加（元）").await.send_keys(Key::Right).await.unwrap();
    for button in ["English", "繁體中文", "简体中文", "换成深色", "换成浅色"] {
        page.press(button).await;
    }
    page.press("导入 / 导出").await;
    let file = page.download(async || page.press("导出整个计划").await).await;
    page.choose_file(&file).await;
    page.press("作为新计划加入").await;
    page.press("关闭").await;
    page.follow("总览").await;
    page.is_drawn().await;
}

#[test]
fn the_content_policy_is_in_force_and_nothing_breaks_it() {
    journey_of(&Reader::whose_browser_runs(WATCH), async |page| {
        let script = "return document.querySelector('meta[http-equiv=\"Content-Security-Policy\" i]').content";
        let policy: String = page.run(script, &[]).await;
        for (directive, most) in POLICY {
            let found = policy.split(';').map(str::trim).find_map(|d| d.strip_prefix(directive));
            let found = found.unwrap_or_else(|| panic!("{directive} is not in {policy}"));
            let most: BTreeSet<_> = most.split(' ').collect();
            let found: BTreeSet<_> = found.split_whitespace().collect();
            assert!(found.is_subset(&most) || found == ["'none'"].into(), "{directive} {found:?}");
        }

        walk_about(page).await;
        let violations: Vec<String> = page.run("return window.violations", &[]).await;
        assert_eq!(violations, [""; 0]);
        let errors: Vec<String> = page.run("return window.errors", &[]).await;
        assert_eq!(errors, [""; 0]);
        page.expect_no_trouble().await;

        // In force: what it forbids does not happen, and is seen by the watch.
        let _: () = page
            .run(
                "const style = document.createElement('style');
                 style.textContent = 'body { display: none }';
                 document.head.append(style);
                 const script = document.createElement('script');
                 script.textContent = 'window.ran = true';
                 document.head.append(script);
                 return null",
                &[],
            )
            .await;
        let ran: (bool, bool) = page
            .run("return [!!window.ran, getComputedStyle(document.body).display === 'none']", &[])
            .await;
        assert_eq!(ran, (false, false));
        let called: bool = page
            .driver()
            .execute_async(
                "const done = arguments[arguments.length - 1];
                 fetch(arguments[0]).then(() => done(true), () => done(false))",
                vec![json!("http://127.0.0.1:9/")],
            )
            .await
            .unwrap()
            .convert()
            .unwrap();
        assert!(!called);
        let violations: Vec<String> = page.run("return window.violations", &[]).await;
        let broken: BTreeSet<_> = violations.iter().filter_map(|v| v.split(' ').next()).collect();
        assert_eq!(broken, ["connect-src", "script-src-elem", "style-src-elem"].into());
        page.expect_in_log("Content Security Policy");
        page.expect_in_log("127.0.0.1:9");
        page.requests().await; // ours, not the page's
    });
}

#[test]
fn no_request_leaves_the_pages_own_folder() {
    journey(async |page| {
        walk_about(page).await;
        let home = page.server().address();
        let requests = page.requests().await;
        let files =
            requests.iter().filter(|url| !url.starts_with("blob:") && !url.starts_with("data:"));
        let files: BTreeSet<_> = files.map(|url| url.as_str()).collect();
        assert!(files.len() >= 5, "page, styles, two scripts and the program: {files:?}");
        for url in files {
            assert!(url.starts_with(&home), "{url} is not below {home}");
        }
        let beacons: u32 = page
            .run("return performance.getEntriesByType('resource').filter(e => !e.name.startsWith(arguments[0])
                && !/^(blob|data):/.test(e.name)).length", &[json!(home)])
            .await;
        assert_eq!(beacons, 0);
        assert!(page.server().asked().iter().all(|asked| asked.was_there));
        let cookies = page.driver().get_all_cookies().await.unwrap();
        assert!(cookies.is_empty(), "{cookies:?}");
    });
}
