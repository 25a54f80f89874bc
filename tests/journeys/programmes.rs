//! Programmes: made from nothing, edited, divided, copied and removed, and every amount as the
//! engine has it.

use shapan_engine::{
    Account, Basis, Cut, Driver, Extra, Indexed, Outcome, Parameter, Payer, Plan, Programme,
    Source, Step, YearShare, YearShares, evaluate, files::Stamp, files::write_plan,
};

use crate::expected::sample;
use shapan_journeys::{Page, Rows, eventually, journey};

const BOARDING: &str = "初中寄宿生生活费补助";
const STANDARD: &str = "标准（元 / 人·年）";
const COST: &str = "这个项目的支出";

/// The place of a programme of a plan.
fn place(plan: &Plan, id: &str) -> usize {
    plan.programmes.iter().position(|p| p.id.as_str() == id).unwrap()
}

/// Under the status quo.
fn status_quo(plan: &Plan) -> Outcome {
    evaluate(plan, &plan.status_quo().unwrap().id).unwrap()
}

/// The sample with one of its programmes edited.
fn with(id: &str, edit: impl FnOnce(&mut Programme)) -> Plan {
    let at = place(&sample(), id);
    sample().edit(|parts| edit(&mut parts.programmes[at])).unwrap()
}

fn standard(programme: &mut Programme) -> &mut Parameter {
    let Driver::Heads { standard, .. } = &mut programme.driver else { panic!("not by heads") };
    &mut standard.value
}

/// Waits until the panel shows what a programme costs in each year, and what each source pays in
/// the first.
async fn expect_cost(page: &Page<'_>, plan: &Plan, id: &str) {
    let (outcome, at) = (status_quo(plan), place(plan, id));
    let cut = Cut::ALL.of_programme(at);
    let years: Vec<(String, i64)> = plan
        .years()
        .enumerate()
        .map(|(n, y)| (y.to_string(), outcome.total(cut.in_year(n)).0))
        .collect();
    let paid = (0..plan.sources.len()).map(|s| outcome.total(cut.in_year(0).from_source(s)).0);
    let paid: Vec<i64> = paid.filter(|fen| *fen != 0).collect();
    eventually("what it costs", async || {
        let rows: Rows = page.card(COST).await.rows().await;
        let shown: Vec<(String, i64)> =
            rows.iter().take(years.len()).map(|(y, fen)| (y.clone(), fen[0])).collect();
        let payers = &rows[years.len() + 1..];
        let shown_paid: Vec<i64> = payers.iter().take(paid.len()).map(|(_, fen)| fen[0]).collect();
        if shown == years && shown_paid == paid {
            Ok(())
        } else {
            Err(format!("{rows:?}, not {years:?} and {paid:?}"))
        }
    })
    .await;
}

async fn open(page: &Page<'_>, programme: &str) {
    page.choose("情景", "现状").await;
    page.follow("项目").await;
    page.follow(programme).await;
    page.find("heading", programme).await;
}

/// The sample's regions and people, and nothing else.
fn people_only() -> Plan {
    let mut parts = sample().into_parts();
    let root = sample().status_quo().unwrap().id.clone();
    parts.scenarios.retain(|s| s.id == root);
    parts.programmes.clear();
    parts.sources.clear();
    parts.indicators.clear();
    parts.rules.clear();
    parts.tasks.clear();
    parts.aliases.clear();
    Plan::new(parts).unwrap()
}

#[test]
fn a_programme_is_made_from_nothing_and_costs_what_the_engine_says() {
    journey(async |page| {
        let stamp = Stamp { app: "journey".into(), saved_at: "2012-06-01T00:00:00Z".into() };
        page.press("导入 / 导出").await;
        page.choose_file_with("people.json", write_plan(&people_only(), &stamp)).await;
        page.press("作为新计划加入").await;
        page.press("关闭").await;
        page.follow("项目").await;
        page.expect_text("还没有项目").await;
        page.press("＋ 新建项目").await;
        page.expect_text("会一并新建「县级财政」").await;
        page.type_into("textbox", "名称", "寄宿生补助").await;
        page.press("建立").await;
        page.find("heading", "寄宿生补助").await;
        page.choose("人群", "初中家庭经济困难寄宿生").await;
        let field = format!("{STANDARD}，自 2011 年秋季 元");
        page.type_into("textbox", &field, "1,250.55").await;

        let of = sample();
        let mut made = of.programmes[place(&of, "boarding-junior")].clone();
        let start = of.horizon.start();
        *standard(&mut made) = Parameter::constant(start, 125_055, Basis::default());
        let county = Source {
            id: "county".parse().unwrap(),
            name: made.name.clone(),
            payer: Payer::County,
            account: Account::GeneralBudget,
            revenue: None,
            available: None,
            carry_over: false,
            extra: Extra::default(),
        };
        made.split.shares.clear();
        made.split.base_standard = None;
        made.split.residual = county.id.clone();
        let expected = people_only().edit(|parts| {
            parts.sources.push(county);
            parts.programmes.push(made);
        });
        expect_cost(page, &expected.unwrap(), "boarding-junior").await;

        // What is no number is said beside the field, and the last one that was holds.
        page.type_into("textbox", &field, "1.2.3").await;
        page.expect_alert("这不是一个数").await;
        page.type_into("textbox", &field, "1250.555").await;
        page.expect_alert("最多 2 位小数").await;
        page.type_into("textbox", &field, "1250.55").await;
        eventually("no complaint", async || match page.alerts().await {
            none if none.is_empty() => Ok(()),
            some => Err(format!("{some:?}")),
        })
        .await;
    });
}

#[test]
fn a_step_of_a_standard_moves_the_cost_while_it_is_typed_and_undo_takes_it_back_at_once() {
    journey(async |page| {
        open(page, BOARDING).await;
        expect_cost(page, &sample(), "boarding-junior").await;
        page.press(&format!("＋ 加一段 {STANDARD}")).await;
        let list = format!("{STANDARD}，自 2012 年春季：换学期");
        page.choose(&list, "2012 年秋季").await;
        page.type_into("textbox", &format!("{STANDARD}，自 2012 年秋季 元"), "1500.25").await;
        let autumn = sample().horizon.first().autumn();
        let raised = with("boarding-junior", |p| {
            standard(p).steps.push(Step { from: autumn, value: 150_025 });
        });
        expect_cost(page, &raised, "boarding-junior").await;
        let (now, before) = (status_quo(&raised), status_quo(&sample()));
        let cut = Cut::ALL.of_programme(place(&raised, "boarding-junior"));
        let more = now.total(cut).0 - before.total(cut).0;
        assert!(more > 0);
        let rows = page.card(COST).await.rows().await;
        assert!(rows.contains(&("合计".to_owned(), vec![now.total(cut).0, more])), "{rows:?}");
        // Typing was one step, the semester another, the new date a third.
        page.press("撤销").await;
        page.press("撤销").await;
        page.press("撤销").await;
        expect_cost(page, &sample(), "boarding-junior").await;

        page.follow("← 全部项目").await;
        let count = sample().programmes.len();
        let total = before.total(Cut::ALL.in_year(0)).0;
        eventually("the list adds up", async || {
            let rows = page.card("项目清单").await.rows().await;
            let all = format!("全部 {count} 个项目");
            let sum: i64 = rows.iter().filter(|(n, _)| *n != all).map(|(_, fen)| fen[0]).sum();
            let last = rows.last().cloned().unwrap_or_default();
            if last == (all, vec![total, total]) && sum == total {
                Ok(())
            } else {
                Err(format!("{rows:?}"))
            }
        })
        .await;
    });
}

#[test]
fn who_pays_is_always_whole_and_a_share_goes_no_further_than_the_others_leave() {
    journey(async |page| {
        open(page, BOARDING).await;
        let before = with("boarding-junior", |_| {});
        let split = &before.programmes[place(&before, "boarding-junior")].split;
        assert_eq!(split.shares[0].source.as_str(), "central");
        let others: i64 = split.shares[1..].iter().map(|s| s.share.steps[0].value).sum();
        page.type_into("textbox", "中央财政分担 %", "95").await;
        let left = (1_000_000 - others) / 10_000;
        page.expect_text(&format!("已按 {left}% 计")).await;
        let full = with("boarding-junior", |p| {
            p.split.shares[0].share.steps[0].value = 1_000_000 - others;
        });
        expect_cost(page, &full, "boarding-junior").await;
        let shares: Vec<String> = page
            .run(
                "return [...document.querySelectorAll('.payer-shares input[type=text], .payer-shares output')]
                    .map(e => e.value)",
                &[],
            )
            .await;
        let percent = |text: &String| text.trim_end_matches('%').parse::<i64>().unwrap();
        assert_eq!(shares.iter().map(percent).sum::<i64>(), 100, "{shares:?}");
        // Taken with Enter, a number is undone as a step, not letter by letter, and leaving the
        // field takes nothing more.
        let share = page.find("textbox", "中央财政分担 %").await;
        let taken = share.value().await.unwrap().unwrap();
        share.click().await.unwrap();
        page.control('a').await;
        page.key("15").await;
        page.key(thirtyfour::Key::Enter).await;
        page.control('z').await;
        page.key(thirtyfour::Key::Tab).await;
        assert_eq!(share.value().await.unwrap(), Some(taken));
        expect_cost(page, &full, "boarding-junior").await;
        // Somebody else takes the rest: everybody pays what they paid.
        page.choose("兜底来源", "中央财政").await;
        expect_cost(page, &full, "boarding-junior").await;
    });
}

#[test]
fn removing_a_programme_first_shows_what_goes_with_it_and_undo_brings_it_back() {
    journey(async |page| {
        page.follow("项目").await;
        let (id, name) = ("kindergartens", "公办幼儿园新建改建扩建");
        page.follow(name).await;
        page.press("删除").await;
        let plan = sample();
        let thing = shapan_engine::ThingId::Programme(id.parse().unwrap());
        let removal = plan.removal(&thing).unwrap();
        assert!(removal.things.len() > 1 && !removal.changes.is_empty());
        let dialog = page.card(&format!("删除「{name}」？")).await.text().await;
        for thing in &removal.things[1..] {
            let title = match thing {
                shapan_engine::ThingId::Indicator(id) => {
                    &plan.indicators.iter().find(|i| i.id == *id).unwrap().name
                }
                shapan_engine::ThingId::Rule(id) => {
                    &plan.rules.iter().find(|r| r.id == *id).unwrap().name
                }
                other => panic!("{other}"),
            };
            let title = title.get(shapan_engine::Lang::ZhHans);
            assert!(dialog.contains(title), "“{title}” is not in: {dialog}");
        }
        assert!(dialog.contains("任务「"), "{dialog}");
        assert!(dialog.contains(&format!("{name} · 建设数量")), "{dialog}");
        page.press("删除").await;
        page.expect_text(&format!("已删除「{name}」")).await;
        eventually("it is gone", async || match page.all("link", name).await.len() {
            0 => Ok(()),
            _ => Err("it is there".into()),
        })
        .await;
        page.press("撤销").await;
        page.find("link", name).await;
    });
}

#[test]
fn a_copy_stands_beside_what_it_is_a_copy_of_and_costs_the_same() {
    journey(async |page| {
        open(page, BOARDING).await;
        page.press("复制").await;
        let copied = format!("{BOARDING} 副本");
        page.find("heading", &copied).await;
        expect_cost(page, &sample(), "boarding-junior").await;
        page.follow("← 全部项目").await;
        let rows = page.card("项目清单").await.rows().await;
        let at = rows.iter().position(|(name, _)| name.starts_with(&copied)).unwrap();
        assert!(rows[at - 1].0.starts_with(BOARDING), "{rows:?}");
        assert_eq!(rows[at].1, rows[at - 1].1);
    });
}

#[test]
fn another_kind_of_driver_tells_which_measures_lose_what_they_change() {
    journey(async |page| {
        open(page, BOARDING).await;
        let (before, lump) = ("按人头，每学期付一半", "一笔给定的金额");
        page.choose("算法", lump).await;
        let title = "措施要改的参数会没有了";
        let told = page.card(title).await.text().await;
        assert!(told.contains(&format!("{BOARDING} · 标准")), "{told}");
        page.press("取消").await;
        page.expect_chosen("算法", before).await;
        page.choose("算法", lump).await;
        page.press("一并去掉").await;
        page.expect_chosen("算法", lump).await;
        let lump = with_lump();
        expect_cost(page, &lump, "boarding-junior").await;
        page.press("撤销").await;
        page.expect_chosen("算法", before).await;
        expect_cost(page, &sample(), "boarding-junior").await;
    });
}

#[test]
fn shares_by_year_count_once_they_are_whole() {
    journey(async |page| {
        let (id, name) = ("standard-schools-municipal", "市级规范化学校创建");
        page.follow("项目").await;
        page.follow(name).await;
        let first = |plan: &Plan| {
            let scenario = "plan-2012".parse().unwrap();
            let cut = Cut::ALL.of_programme(place(plan, id));
            let outcome = evaluate(plan, &scenario).unwrap();
            [0, 1].map(|year| outcome.total(cut.in_year(year)).0)
        };
        let expect = async |years: [i64; 2]| {
            eventually("what it costs", async || {
                let rows = page.card(COST).await.rows().await;
                let shown = [rows[0].1[0], rows[1].1[0]];
                if shown == years { Ok(()) } else { Err(format!("{shown:?}, not {years:?}")) }
            })
            .await;
        };
        let before = sample();
        expect(first(&before)).await;
        page.type_into("textbox", "各年付款比例 · 2012 年 %", "62.5").await;
        page.expect_alert("合计要正好 100% 才会存下").await;
        page.expect_text("合计 62.5%").await;
        expect(first(&before)).await;
        page.press("其余归这年 各年付款比例 · 2013 年").await;
        page.expect_text("合计 100%").await;
        let years = |plan: &Plan| plan.years().take(2).collect::<Vec<_>>();
        let divided = with(id, |p| {
            let Driver::Works { payment, .. } = &mut p.driver else { panic!("no works") };
            let shares = years(&before).into_iter().zip([625_000, 375_000]);
            let shares = shares.map(|(year, share)| YearShare { year, share }).collect();
            *payment = YearShares::new(shares).unwrap();
        });
        expect(first(&divided)).await;
        assert_ne!(first(&divided), first(&before));
    });
}

/// The sample without measures, with a lump of nothing in place of the boarding subsidy.
fn with_lump() -> Plan {
    let mut parts = sample().into_parts();
    let root = sample().status_quo().unwrap().id.clone();
    parts.scenarios.retain(|s| s.id == root);
    let at = parts.programmes.iter().position(|p| p.id.as_str() == "boarding-junior").unwrap();
    parts.programmes[at].driver = Driver::Lump { amount: Indexed::default() };
    parts.programmes[at].split.base_standard = None;
    Plan::new(parts).unwrap()
}
