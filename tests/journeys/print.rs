//! What comes on paper: every page of the app on A4, upright and across, read back from the PDF
//! that the browser prints.
//!
//! The page was once printed as it stood on the screen: charts kept the screen's breadth while
//! their years spread over the paper's, so that 2015 and 2016 looked as if nothing were spent; and
//! of a grid of 407 rows and 15 columns the 73 rows and 6 columns in view came on paper.

use std::{collections::BTreeSet, fs, path::Path, process::Command};

use serde_json::json;
use shapan_journeys::{Page, eventually, journey, place};
use thirtyfour::common::print::{PrintMargins, PrintOrientation, PrintPage, PrintParameters};

const WAYS: [PrintOrientation; 2] = [PrintOrientation::Portrait, PrintOrientation::Landscape];
const PAGES: &str =
    "return [...document.querySelectorAll('nav a')].map(a => a.hash).concat('#new')";

/// A printed page, in a folder of its own.
struct Paper {
    folder: tempfile::TempDir,
}

/// A word on paper: its sheet, where it stands in whole points from the top left, what it says.
struct Word {
    sheet: usize,
    left: usize,
    top: usize,
    right: usize,
    says: String,
}

impl Word {
    fn middle(&self) -> usize {
        self.left.midpoint(self.right)
    }
}

impl Paper {
    /// Prints the page as it stands, on A4.
    async fn print(page: &Page<'_>, orientation: PrintOrientation) -> Self {
        let parameters = PrintParameters {
            orientation,
            page: PrintPage { width: 21.0, height: 29.7 },
            margin: PrintMargins { top: 1.0, bottom: 1.0, left: 1.0, right: 1.0 },
            ..PrintParameters::default()
        };
        let bytes = page.driver().print_page(parameters).await.expect("it prints");
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("page.pdf"), bytes).unwrap();
        Self { folder }
    }

    fn run(&self, tool: &str, words: &[&str]) {
        let pdftotext = place("SHAPAN_PDFTOTEXT");
        let tool = pdftotext.with_file_name(tool);
        let ran = Command::new(&tool).current_dir(self.folder.path()).args(words).output();
        let ran = ran.unwrap_or_else(|why| panic!("{}: {why}", tool.display()));
        assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
    }

    fn file(&self, name: &str) -> std::path::PathBuf {
        self.folder.path().join(name)
    }

    /// What each sheet says, in the order it was painted, without any space.
    fn sheets(&self) -> Vec<String> {
        self.run("pdftotext", &["-raw", "page.pdf", "raw.txt"]);
        let text = fs::read_to_string(self.file("raw.txt")).unwrap();
        let mut sheets: Vec<String> = text.split('\u{c}').map(bare).collect();
        assert_eq!(sheets.pop().as_deref(), Some(""), "a sheet ends with a form feed");
        sheets
    }

    /// Every word, and where it stands.
    fn words(&self) -> Vec<Word> {
        self.run("pdftotext", &["-bbox", "page.pdf", "boxes.html"]);
        let text = fs::read_to_string(self.file("boxes.html")).unwrap();
        let (mut words, mut sheet) = (Vec::new(), 0);
        for line in text.lines().map(str::trim) {
            if line.starts_with("<page") {
                sheet += 1;
            }
            let Some(rest) = line.strip_prefix("<word ") else { continue };
            let number = |name: &str| -> usize {
                let (_, rest) = rest.split_once(&format!("{name}=\"")).unwrap();
                rest.split_once(['"', '.']).unwrap().0.parse().unwrap()
            };
            let says = rest.split_once('>').unwrap().1.trim_end_matches("</word>").to_owned();
            let (left, top, right) = (number("xMin"), number("yMin"), number("xMax"));
            words.push(Word { sheet, left, top, right, says });
        }
        words
    }

    /// A sheet as a picture, a pixel a point.
    fn picture(&self, sheet: usize) -> Picture {
        let n = sheet.to_string();
        self.run("pdftoppm", &["-r", "72", "-f", &n, "-l", &n, "-singlefile", "page.pdf", "p"]);
        Picture::read(&fs::read(self.file("p.ppm")).unwrap())
    }
}

/// A text without spaces and the marks that only break lines.
fn bare(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace() && *c != '\u{200b}').collect()
}

/// Colours, row by row.
struct Picture {
    width: usize,
    height: usize,
    pixels: Vec<[u8; 3]>,
}

impl Picture {
    fn read(ppm: &[u8]) -> Self {
        let head: Vec<&[u8]> = ppm.splitn(4, |b| b.is_ascii_whitespace()).collect();
        assert_eq!(head[0], b"P6");
        let number = |bytes: &[u8]| std::str::from_utf8(bytes).unwrap().parse::<usize>().unwrap();
        let (width, height) = (number(head[1]), number(head[2]));
        let body = &head[3][4..]; // after "255\n"
        let pixels = body.chunks_exact(3).map(|c| [c[0], c[1], c[2]]).collect();
        Self { width, height, pixels }
    }

    /// Whether there is a colour, rather than ink or paper.
    fn is_coloured(&self, x: usize, y: usize) -> bool {
        assert!(x < self.width && y < self.height);
        let [r, g, b] = self.pixels[y * self.width + x];
        r.max(g).max(b) - r.min(g).min(b) > 30
    }

    /// Where colours begin and end along a line.
    fn runs(&self, y: usize) -> Vec<(usize, usize)> {
        let mut runs: Vec<(usize, usize)> = Vec::new();
        for x in (0..self.width).filter(|x| self.is_coloured(*x, y)) {
            match runs.last_mut() {
                Some((_, end)) if *end + 2 >= x => *end = x,
                _ => runs.push((x, x)),
            }
        }
        runs
    }

    /// How high colours reach without a gap, from a place up.
    fn reach(&self, x: usize, y: usize) -> usize {
        (0..y).take_while(|up| (0..2).any(|gap| self.is_coloured(x, y - up - gap))).count()
    }
}

/// The texts of all cells of all tables and of the headings, as the page shows them.
async fn cells(page: &Page<'_>) -> Vec<String> {
    let script = "
        const bare = e => {
            const copy = e.cloneNode(true);
            copy.querySelectorAll('.visually-hidden, button:not(.figure, .sorter, .title), select, \
                input, svg, .spots').forEach(x => x.remove());
            return copy.textContent.replace(/\\s/g, '');
        };
        const screen = '.acts, .order, .visually-hidden, dialog, .tools, .grid-wrong, .invitation, \
            .hint, .editor, .controls, .scenario-actions, .scenario-buttons, .goal-bar, .goal-form, \
            .add-form, .cell-basis, .parts, .options';
        const off = e => e.closest(screen) || !e.checkVisibility();
        const rows = [...document.querySelectorAll('main :is(td, th), main h2, main h3, main .card li')];
        const columns = t => t.querySelector('td.acts') && [...t.querySelectorAll('thead th:last-child')];
        const acts = [...document.querySelectorAll('main table')].flatMap(t => columns(t) || []);
        return rows.filter(e => !off(e) && !acts.includes(e) && !e.querySelector('td, li'))
            .map(bare).filter(t => t !== '')";
    page.run(script, &[]).await
}

async fn go(page: &Page<'_>, hash: &str) {
    let () = page.run("location.hash = arguments[0]; return null", &[json!(hash)]).await;
    page.is_drawn().await;
}

/// What every sheet says on its margins.
fn expect_margins(sheets: &[String], what: &str) {
    for (n, sheet) in sheets.iter().enumerate() {
        let number = format!("第{}页，共{}页", n + 1, sheets.len());
        let said = [
            "泰安市2012年教育工作计划",
            "情景「2012年工作计划」",
            "对比「现状」",
            "2012年",
            "金额单位：万元",
            "打印",
            &number,
        ];
        for words in said {
            assert!(sheet.contains(words), "{what}, sheet {}: no “{words}”: {sheet}", n + 1);
        }
    }
}

#[test]
fn every_page_comes_on_paper_whole_however_the_paper_lies() {
    journey(async |page| {
        let mut pages: Vec<String> = page.run(PAGES, &[]).await;
        pages.extend(
            ["#data?projection", "#data?money", "#data?lists", "#data?settings"].map(str::to_owned),
        );
        for hash in pages {
            go(page, &hash).await;
            let wanted = cells(page).await;
            assert!(!wanted.is_empty(), "{hash} shows nothing");
            for way in WAYS {
                let what = format!("{hash}, {way:?}");
                let sheets = Paper::print(page, way).await.sheets();
                expect_margins(&sheets, &what);
                let all = sheets.concat();
                let lost: Vec<_> = wanted.iter().filter(|text| !all.contains(*text)).collect();
                assert!(lost.is_empty(), "{what}: not on paper: {lost:?}\n{all}");
            }
            // Afterwards the page is as it was.
            let left = "return document.querySelectorAll('.on-paper, .paper-measure').length";
            eventually("the page after printing", async || {
                match page.run::<u32>(left, &[]).await {
                    0 => Ok(()),
                    some => Err(format!("{some} copies are left")),
                }
            })
            .await;
            assert_eq!(cells(page).await, wanted, "{hash} after printing");
        }
    });
}

#[test]
fn bars_stand_over_their_years_on_paper() {
    journey(async |page| {
        page.is_drawn().await;
        for way in WAYS {
            let paper = Paper::print(page, way.clone()).await;
            let words = paper.words();
            let years: Vec<String> = (2012..=2016).map(|year: i32| year.to_string()).collect();
            // Five years side by side: the names below the chart.
            let line = words.iter().filter(|w| w.says == years[0]).find_map(|first| {
                let line: Vec<&Word> = years
                    .iter()
                    .filter_map(|year| {
                        let beside = |w: &&Word| {
                            w.says == *year
                                && w.sheet == first.sheet
                                && w.top.abs_diff(first.top) <= 1
                        };
                        words.iter().find(beside)
                    })
                    .collect();
                (line.len() == years.len()).then_some(line)
            });
            let line = line.unwrap_or_else(|| panic!("{way:?}: no years side by side"));
            let picture = paper.picture(line[0].sheet);
            let above = line[0].top - 8;
            let runs = picture.runs(above);
            assert_eq!(runs.len(), years.len(), "{way:?}: a bar a year: {runs:?}");
            for ((from, to), name) in runs.iter().zip(&line) {
                let middle = from.midpoint(*to);
                assert!(
                    middle.abs_diff(name.middle()) <= 3,
                    "{way:?}: the bar from {from} to {to} stands beside {} at {}",
                    name.says,
                    name.middle()
                );
            }
            // As high as their amounts: +62,522.33 and +24,104.01 in 万元.
            let heights: Vec<usize> =
                line.iter().map(|name| picture.reach(name.middle(), above)).collect();
            let share = heights[1] * 1_000 / heights[0];
            assert!((300..=430).contains(&share), "{way:?}: {heights:?}");
            assert!(heights[2..].iter().all(|height| *height * 4 < heights[0]), "{heights:?}");
        }
    });
}

#[test]
fn a_grid_of_hundreds_of_rows_and_many_columns_comes_on_paper_whole() {
    journey(async |page| {
        let case = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("../sheets/tests/files/cases/print-long-grid/400-areas.csv");
        go(page, "#data").await;
        page.press("导入 / 导出").await;
        page.choose_file(&case).await;
        page.press("都是新地区").await;
        page.press("按 2011 年").await;
        page.press("导入 400 个数").await;
        page.press("完成").await;
        page.find("grid", "2011 年秋季人数").await;
        let heads: Vec<String> = page
            .run(
                "return [...document.querySelectorAll('main .grid thead tr:last-child th')]
                    .map(th => th.firstChild.textContent.replace(/\\s/g, ''))",
                &[],
            )
            .await;
        assert_eq!(heads.len(), 15, "{heads:?}");
        for way in WAYS {
            let sheets = Paper::print(page, way.clone()).await.sheets();
            expect_margins(&sheets, &format!("{way:?}"));
            let all = sheets.concat();
            for head in &heads {
                assert!(all.contains(head), "{way:?}: no column {head}");
            }
            // All rows, once with each part of the columns.
            let parts = sheets.iter().filter(|sheet| sheet.contains("合计")).count();
            assert!(parts >= 1, "{way:?}");
            for n in 1..=400 {
                let name = format!("第{n:03}学区");
                assert_eq!(all.matches(&name).count(), parts, "{way:?}: {name}");
            }
            for name in ["泰山区", "岱岳区", "新泰市", "肥城市", "宁阳县", "东平县", "市直"]
            {
                assert!(all.matches(name).count() >= parts, "{way:?}: {name}");
            }
            // The numbers stand beside their names.
            for n in [1, 200, 400] {
                let row = format!("第{n:03}学区{}", numbered(1_000 + n));
                assert!(all.contains(&row), "{way:?}: {row}");
            }
            // Heads on every sheet that has rows.
            for (n, sheet) in sheets.iter().enumerate().filter(|(_, s)| s.contains("学区")) {
                let there: BTreeSet<_> = heads.iter().filter(|h| sheet.contains(*h)).collect();
                assert!(there.len() >= 5, "{way:?}: sheet {} has only {there:?}", n + 1);
            }
        }
    });
}

/// `1,001`
fn numbered(n: i32) -> String {
    format!("{},{:03}", n / 1_000, n % 1_000)
}
