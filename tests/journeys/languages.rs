//! Three languages, each all the way: nothing on the page stays in another one.
//!
//! Looked at is everything that a reader can meet: text, hidden or not, and the attributes that are
//! read aloud or shown on hover. Left out is only what is no language: the brand, hashes of contents,
//! and the buttons that name each language in itself.

use std::collections::BTreeSet;

use serde::Deserialize;
use thirtyfour::Key;

use shapan_journeys::{Page, eventually, journey};

/// One piece of text, and where it stands.
#[derive(Debug, Deserialize)]
struct Piece {
    place: String,
    words: String,
}

const PIECES: &str = "
    const found = [];
    const own = e => e.closest('.brand, [role=group] > button[lang], script, style, noscript, code');
    const place = e => e.tagName.toLowerCase() + (e.className && e.className.baseVal === undefined
        ? '.' + e.className : '') + ' in ' + (e.closest('[class]')?.parentElement?.className ?? '');
    const add = (e, what, words) => {
        if (words && words.trim() && !own(e)) found.push({ place: place(e) + what, words });
    };
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walk.nextNode()) add(walk.currentNode.parentElement, '', walk.currentNode.data);
    const attributes = ['aria-label', 'aria-valuetext', 'aria-description', 'aria-roledescription',
        'title', 'placeholder', 'alt', 'label'];
    for (const e of document.querySelectorAll('*')) {
        for (const name of attributes) add(e, ' ' + name, e.getAttribute(name));
        if (e.matches('datalist option')) add(e, ' value', e.value);
        if (e.matches('input:not([type=range]):not([type=file]):not([type=checkbox]), textarea'))
            add(e, ' value', e.value);
    }
    found.push({ place: 'title', words: document.title });
    return found";

async fn pieces(page: &Page<'_>) -> Vec<Piece> {
    let pieces: Vec<Piece> = page.run(PIECES, &[]).await;
    assert!(pieces.len() > 100, "there is more to read than {pieces:?}");
    pieces
}

/// The addresses of all pages one can go to, of their parts, and of one programme.
async fn everywhere(page: &Page<'_>) -> Vec<String> {
    const LINKS: &str = "return [...document.querySelectorAll(arguments[0])].map(a => a.hash)";
    let mut all = Vec::new();
    for address in page.run::<Vec<String>>(LINKS, &["nav.pages a".into()]).await {
        go_to(page, &address).await;
        let links = "main nav.parts a, main th a[href*='?of=']";
        let own: Vec<String> = page.run(LINKS, &[links.into()]).await;
        let parts = own.iter().filter(|link| !link.contains("?of="));
        let one = own.iter().find(|link| link.contains("?of="));
        all.extend([address].iter().chain(parts).chain(one).cloned());
    }
    assert!(all.len() > 14, "more than {all:?}");
    all.push("#new".to_owned());
    all
}

/// Goes to an address, and opens all that is folded there.
async fn go_to(page: &Page<'_>, address: &str) {
    let go = "location.hash = arguments[0]; return null";
    let () = page.run(go, &[address.into()]).await;
    eventually(&format!("the page at {address}"), async || {
        // What is behind a fold is made once it is open.
        let is_there =
            "for (const fold of document.querySelectorAll('main details')) fold.open = true;
            return location.hash === arguments[0] && !!document.querySelector('main h2')";
        if page.run(is_there, &[address.into()]).await { Ok(()) } else { Err("not yet".to_owned()) }
    })
    .await;
    page.is_drawn().await;
}

/// Presses the first button there is of a kind, and waits for what it opens.
async fn opens(page: &Page<'_>, button: &str, opened: &str) -> bool {
    let press = "const b = document.querySelector('main ' + arguments[0]); b?.click(); return !!b";
    if !page.run::<bool>(press, &[button.into()]).await {
        return false;
    }
    eventually("what opens", async || {
        let is_open = "return !!document.querySelector(arguments[0])";
        if page.run(is_open, &[opened.into()]).await { Ok(()) } else { Err("nothing".to_owned()) }
    })
    .await;
    true
}

/// Goes everywhere and sees no piece of text in which `odd` finds something.
async fn read_everywhere(page: &Page<'_>, names: &Names, odd: impl Fn(&str) -> Option<String>) {
    let mut found = BTreeSet::new();
    let mut check = async |state: &str| {
        let pieces = pieces(page).await.into_iter();
        let odd = pieces.filter_map(|piece| Some((odd(&piece.words)?, piece)));
        found.extend(odd.map(|(odd, Piece { place, words })| {
            format!("{state}: {odd:?} in {words:?} ({place})")
        }));
    };
    page.press(names.language).await;
    page.follow(names.overview).await;
    check("overview").await;
    page.press(names.figure).await;
    let opened = "document.querySelector('dialog.why details').open = true; return null";
    let () = page.run(opened, &[]).await;
    page.expect_text(names.part).await;
    check("why").await;
    page.press(names.close).await;
    for address in everywhere(page).await {
        go_to(page, &address).await;
        check(&address).await;
        if opens(page, "td.acts button", "dialog.goal-form[open]").await {
            check(&format!("{address}, a form")).await;
            page.key(Key::Escape).await;
        }
    }
    page.follow(names.overview).await;
    page.find("button", names.share).await;
    page.press(names.share).await;
    check("dialog").await;
    page.choose_file_with("x.json", "{").await;
    page.expect_alert("x.json").await;
    check("dialog, a broken file").await;
    // A field that is not there: what the reader of JSON says of it must be said in words.
    let missing = "{\"format\": \"shapan/plan\", \"version\": 1, \"app\": \"\", \"saved_at\": \"\", \
        \"plan\": {\"title\": 5}}";
    page.choose_file_with("y.json", missing).await;
    page.expect_alert("y.json").await;
    check("dialog, a file of another shape").await;
    page.press(names.close).await;

    page.follow(names.what_if).await;
    check("what-if, the plan").await;
    page.choose(names.scenario, names.raise).await;
    check("what-if, a proposal above the base standard").await;
    page.press(names.add_measure).await;
    check("what-if, a new measure").await;
    page.type_into("combobox", names.add_parameter, "?").await;
    check("what-if, no such parameter").await;
    page.type_into("combobox", names.add_parameter, names.parameter).await;
    page.type_into("textbox", names.value, "?").await;
    check("what-if, no number").await;
    page.press(names.operation_scale).await;
    check("what-if, a factor").await;
    page.press(names.remove_scenario).await;
    page.press(names.remove_scenario).await;
    check("what-if, a refusal").await;
    assert!(found.is_empty(), "{found:#?}");
}

/// What things are called in one language.
struct Names {
    language: &'static str,
    overview: &'static str,
    figure: &'static str,
    part: &'static str,
    what_if: &'static str,
    share: &'static str,
    close: &'static str,
    scenario: &'static str,
    raise: &'static str,
    add_measure: &'static str,
    add_parameter: &'static str,
    parameter: &'static str,
    value: &'static str,
    operation_scale: &'static str,
    remove_scenario: &'static str,
}

const ENGLISH: Names = Names {
    language: "English",
    overview: "Overview",
    figure: "4,503.00 why: Total 2012",
    part: " = 1,054,000 yuan",
    what_if: "What if",
    share: "Import / export",
    close: "Close",
    scenario: "Scenario",
    raise: "Another +250 yuan (local decision)",
    add_measure: "+ Add a measure",
    add_parameter: "Add a parameter",
    parameter: "Government preschool aid · standard",
    value: "Add (yuan)",
    operation_scale: "Scale",
    remove_scenario: "Remove scenario",
};

const SIMPLIFIED: Names = Names {
    language: "简体中文",
    overview: "总览",
    figure: "450,300.00 依据：2012 年总支出",
    part: " = 1,054,000 元",
    what_if: "推演",
    share: "导入 / 导出",
    close: "关闭",
    scenario: "情景",
    raise: "再提高 250 元（本地自行提标）",
    add_measure: "＋ 添加措施",
    add_parameter: "加一个参数",
    parameter: "学前教育政府助学金 · 标准",
    value: "增加（元）",
    operation_scale: "按比例",
    remove_scenario: "删除情景",
};

const TRADITIONAL: Names = Names {
    language: "繁體中文",
    overview: "總覽",
    figure: "450,300.00 依據：2012 年總支出",
    part: " = 1,054,000 元",
    what_if: "推演",
    share: "匯入 / 匯出",
    close: "關閉",
    scenario: "情境",
    raise: "再提高 250 元（本地自行提標）",
    add_measure: "＋ 加入措施",
    add_parameter: "加一個參數",
    parameter: "學前教育政府助學金 · 標準",
    value: "增加（元）",
    operation_scale: "按比例",
    remove_scenario: "刪除情境",
};

/// Characters of Chinese: ideographs, and the punctuation and forms that go with them.
fn chinese(words: &str) -> Option<String> {
    let is_chinese = |c: &char| {
        matches!(c, '\u{2e80}'..='\u{303f}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}'
            | '\u{ff00}'..='\u{ffef}')
    };
    let found: String = words.chars().filter(is_chinese).collect();
    (!found.is_empty()).then_some(found)
}

/// Common characters that only simplified Chinese writes so.
const SIMPLIFIED_ONLY: &str = "万与专业东两严个为举义乐习乡书买乱争亏产亲亿仅从仓们价众优会伟传伤伦伪体余侧\
    侨俭债倾储儿兑关兴养兽内写军农冲决况冻净凉减凑几凤凭击创删别刘则刚剂剑剧劝办务动励劳势勋匀华协单卖卢卫却\
    厂厅历厉压厌县参双发变叙叠只台叶号叹吁吃后吓吗吨听启吴呐员响哑唤问啬啰喷嘱团园围国图圆圣场坏块坚坛坝坟坠\
    垄垒垦垫垮埋壮声壳处备复够头夸夹夺奋奖妆妇妈娱婴孙学宁宝实宠审宪宽宾对寻导寿将尔尘尝层届属岁岂岗岛岭峡币\
    帅师帐帜带帮库应庙庞废开异弃张弥弯弹强归当录彻径忆忧怀态怜总恋恳恶恼悦悬惊惧惩惫惭惯愤愿懒戏战户扑执扩扫\
    扬扰抚抛抢护报担拟拢拣拥拦拨择挂挚挠挡挣挤挥损换据掷揽搁摄摆摇摊撑敌敛数斋斩断无旧时旷显晋晓暂术机杀杂权\
    条来杨极构枪柜柠栋栏树样桥档梦检椭楼横欢欧歼残殴毁毕气汇汉汤沟没泪泼泽洁洒浅浆浇测济浑浓涂涛润涨渐渔温湾\
    湿满滚滤滥滨滩潜灭灯灵灾灿炉点炼烂烦烧热爱爷牵犹独狭狮猎环现玛珑琼电画畅疗疮疯痴监盖盘着矫矿码砖础确碍礼\
    祸离种积称稳穷窃竞笔筑签简算粮紧纠红纤约级纪纯纲纳纵纷纸纹纺线练组细织终绍经绑结绕给络绝统继绩续维综绿编\
    缓缩缴网罗罚罢职联聪肃肠肤肾肿胀胁胆胜胶脉脏脑脱脸舆舰艰艺节芜芦苏苹范茎荐荡荣药莱获营萧蓝虏虑虚虫虽蚀蚁\
    补装规观觉览触订认讨让训议记讲许论设访证评识诉诊词译试诗诚话询该详语误说请诸读课谁调谈谋谢谱贝负贡财责贤败\
    货质贩购贮贯贴贵贷贸费贺贾资赋赌赏赔赖赚赛赞赠赢赶趋跃践车轨转轮软轻载较辅辆辑输辖边达迁过运还这进远违连迟\
    适选递逻遗邓邮郑酱释里鉴针钉钟钢钥钱铁铅铜银销锁锅错键镇长门闭问闲间闷闸闹闻阁阅阔队阳阴阵阶际陆陈险随隐隶\
    难雏静韩页顶项顺须顾顿预领频题额风飞饥饭饮馆马驰驱驶驻验骑骗鱼鲁鲜鸟鸡鸣麦黄齐齿龙龟";

/// What the page itself says in Latin letters in Chinese: formats, an encoding, a unit, programs, keys,
/// an area; and a tag of the sample's, for tags are one word in all languages.
const LATIN_IN_CHINESE: [&str; 27] = [
    "LibreOffice",
    "PDF",
    "JSON",
    "CSV",
    "xlsx",
    "csv",
    "UTF",
    "kB",
    "Ctrl",
    "Alt",
    "F",
    "Z",
    "Y",
    "EN",
    "Home",
    "End",
    "Enter",
    "Tab",
    "Shift",
    "Delete",
    "C",
    "V",
    "Esc",
    "Excel",
    "WPS",
    "Safari",
    "vocational",
];

/// Words in Latin letters that are no part of Chinese as the page writes it.
fn latin(words: &str) -> Option<String> {
    // Names of files and the paths in them are what they are.
    let words = words.replace("x.json", "").replace("y.json", "").replace("plan.title", "");
    let mut runs = words.split(|c: char| !c.is_ascii_alphabetic()).filter(|run| !run.is_empty());
    runs.find(|run| !LATIN_IN_CHINESE.contains(run) && *run != "m").map(str::to_owned)
}

#[test]
fn in_english_no_chinese_is_left_anywhere() {
    journey(async |page| read_everywhere(page, &ENGLISH, chinese).await);
}

#[test]
fn in_simplified_chinese_no_english_is_left_anywhere() {
    journey(async |page| read_everywhere(page, &SIMPLIFIED, latin).await);
}

#[test]
fn in_traditional_chinese_neither_english_nor_a_simplified_character_is_left_anywhere() {
    journey(async |page| {
        let odd = |words: &str| {
            let simplified: String = words.chars().filter(|c| is_simplified_only(*c)).collect();
            let simplified = (!simplified.is_empty()).then_some(simplified);
            simplified.or_else(|| latin(words))
        };
        read_everywhere(page, &TRADITIONAL, odd).await;
    });
}

/// Some of the list are traditional characters as well, in other meanings.
fn is_simplified_only(c: char) -> bool {
    const BOTH: &str = "与余内冲凑几别却只台后吁吃吴埋够强恶户挂据摇数术杀算着种签简约网胜脏范表里须采面\
        鱼点温黄录没净况决凉减匀叙着黄晋横毁气涂虫谷郁了历志征";
    SIMPLIFIED_ONLY.contains(c) && !BOTH.contains(c)
}

#[test]
fn a_name_typed_in_one_language_stands_beside_the_others_and_an_emptied_one_falls_back() {
    journey(async |page| {
        let (english, chinese) = ("Tai'an education work plan 2012", "泰安市 2012 年教育工作计划");
        page.press("English").await;
        page.follow("Files").await;
        page.press(&format!("Rename “{english}”")).await;
        page.type_into("textbox", "Name of the plan", "A trial").await;
        page.press("Keep the name").await;
        page.expect_chosen("Plan", "A trial").await;
        page.press("简体中文").await;
        page.expect_chosen("计划", chinese).await;
        page.press("English").await;
        page.press("Rename “A trial”").await;
        page.type_into("textbox", "Name of the plan", "").await;
        page.press("Keep the name").await;
        page.expect_chosen("Plan", chinese).await;
        page.press("Undo").await;
        page.expect_chosen("Plan", "A trial").await;
    });
}

#[test]
fn the_language_is_told_to_the_browser_and_kept() {
    journey(async |page| {
        for (button, tag) in [("English", "en"), ("繁體中文", "zh-Hant"), ("简体中文", "zh-Hans")]
        {
            page.press(button).await;
            eventually("the page's language", async || {
                let lang: String = page.run("return document.documentElement.lang", &[]).await;
                if lang == tag { Ok(()) } else { Err(lang) }
            })
            .await;
        }
        page.press("English").await;
        page.reload().await;
        page.find("heading", "Tai'an education work plan 2012").await;
    });
}
