//! Owns the page's own words in its three languages, side by side.
//!
//! `goals` has those of the pages on checks, targets, tasks and funding, `why` those of
//! explanations.
//!
//! Invariant: a key without all three languages does not compile. `{0}`, `{1}` … and
//! named places are filled in by [`fill`] or where the sentence is set; a test checks
//! that all languages fill the same places.

use shapan_engine::Lang;

/// A sentence with its places filled in order.
pub fn fill(template: &str, values: &[&str]) -> String {
    let mut out = String::with_capacity(template.len() + 16);
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let (place, after) = after.split_once('}').unwrap_or(("", after));
        out.push_str(place.parse::<usize>().ok().and_then(|n| values.get(n)).unwrap_or(&""));
        rest = after;
    }
    out.push_str(rest);
    out
}

macro_rules! words {
    ($(+ $part:ident: $its:ty;)* $($key:ident: $hans:literal, $hant:literal, $en:literal;)*) => {
        /// Texts of the page in one language.
        #[allow(missing_docs, reason = "the words say it")]
        pub struct Words { $(pub $part: &'static $its,)* $(pub $key: &'static str,)* }

        pub(super) static ZH_HANS: Words = Words { $($part: &$part::ZH_HANS,)* $($key: $hans,)* };
        pub(super) static ZH_HANT: Words = Words { $($part: &$part::ZH_HANT,)* $($key: $hant,)* };
        pub(super) static EN: Words = Words { $($part: &$part::EN,)* $($key: $en,)* };

        #[cfg(test)]
        pub(super) const ALL: &[(&str, [&str; 3])] =
            &[$((stringify!($key), [$hans, $hant, $en]),)*];
    };
}

mod compare;
mod craft;
pub mod data;
mod effects;
mod explore;
mod files;
mod goals;
mod packets;
mod paper;
mod programmes;
mod sheets;
mod shelf;
mod start;
mod tables;
mod travel;
mod visit;
mod why;

/// The page's words in a language.
pub fn words(lang: Lang) -> &'static Words {
    match lang {
        Lang::ZhHans => &ZH_HANS,
        Lang::ZhHant => &ZH_HANT,
        Lang::En => &EN,
    }
}

words! {
    + compare: compare::Words;
    + craft: craft::Words;
    + paper: paper::Words;
    + data: data::Words;
    + effects: effects::Words;
    + explore: explore::Words;
    + files: files::Words;
    + goals: goals::Words;
    + packets: packets::Words;
    + programmes: programmes::Words;
    + sheets: sheets::Words;
    + shelf: shelf::Words;
    + start: start::Words;
    + tables: tables::Words;
    + travel: travel::Words;
    + visit: visit::Words;
    + why: why::Words;

    // The shell
    app_name: "沙盘", "沙盤", "Shapan";
    brand: "沙盘", "沙盤", "Shapan";
    skip_to_content: "跳到正文", "跳至正文", "Skip to content";
    pages: "页面", "頁面", "Pages";
    overview: "总览", "總覽", "Overview";
    what_if: "推演", "推演", "What if";
    plan: "计划", "計劃", "Plan";
    sample: "示例", "示例", "Sample";
    sample_hint: "示例计划：标为示例的数字没有出处，仅供演示", "示例計劃：標為示例的數字沒有出處，僅供演示", "Sample plan: figures marked illustrative have no source and only serve to show how it works";
    scenario: "情景", "情境", "Scenario";
    compared_with: "对比", "對比", "Against";
    year: "年度", "年度", "Year";
    fiscal_year: "{0} 年", "{0} 年", "FY {0}";
    unit: "单位", "單位", "Unit";
    preferences: "显示方式", "顯示方式", "Display";
    language: "语言", "語言", "Language";
    undo: "撤销", "復原", "Undo";
    redo: "重做", "重做", "Redo";
    share: "导入 / 导出", "匯入 / 匯出", "Import / export";
    to_dark_theme: "换成深色", "換成深色", "Switch to dark";
    to_light_theme: "换成浅色", "換成淺色", "Switch to light";
    saving: "正在保存…", "正在儲存…", "Saving…";
    saved_at: "已存本机 {0}", "已存本機 {0}", "Saved here {0}";
    not_saved: "未能保存", "未能儲存", "Not saved";
    dismiss: "知道了", "知道了", "Dismiss";
    close: "关闭", "關閉", "Close";
    unit_yuan: "元", "元", "yuan";
    unit_wan: "万元", "萬元", "10,000 yuan";
    unit_million: "百万元", "百萬元", "million yuan";
    unit_yi: "亿元", "億元", "100 million yuan";
    unit_people: "人", "人", "people";
    unit_posts: "个岗位", "個職位", "posts";
    unit_classes: "个班", "個班", "classes";
    unit_people_per_class: "人 / 班", "人 / 班", "pupils a class";
    unit_pupils_per_post: "学生 / 岗位", "學生 / 職位", "pupils a post";
    exact_yuan: "{0} 元", "{0} 元", "{0} yuan";
    full_stop: "。", "。", ".";
    semicolon: "；", "；", "; ";
    spring_of: "{0} 年春季", "{0} 年春季", "spring {0}";
    autumn_of: "{0} 年秋季", "{0} 年秋季", "autumn {0}";
    years_from_to: "{0}–{1} 年", "{0}–{1} 年", "{0}–{1}";

    // Overview
    headline_more: "「{scenario}」{year} 年比「{base}」多支出 {0}", "「{scenario}」{year} 年比「{base}」多支出 {0}", "In {year}, “{scenario}” costs {0} more than “{base}”";
    headline_less: "「{scenario}」{year} 年比「{base}」少支出 {0}", "「{scenario}」{year} 年比「{base}」少支出 {0}", "In {year}, “{scenario}” costs {0} less than “{base}”";
    headline_same: "「{scenario}」{year} 年总支出 {0}。", "「{scenario}」{year} 年總支出 {0}。", "In {year}, “{scenario}” costs {0} in all.";
    headline_county: "，其中县级承担 {0}", "，其中縣級承擔 {0}", ", of which the counties bear {0}";
    headline_all_county: "，全部由县级承担", "，全部由縣級承擔", ", all of it borne by the counties";
    headline_county_saves: "，其中县级少承担 {0}", "，其中縣級少承擔 {0}", ", of which the counties save {0}";
    headline_all_county_saves: "，全部是县级少承担的", "，全部是縣級少承擔的", ", all of it saved by the counties";
    headline_reached: "；惠及 {0} 人", "；惠及 {0} 人", "; people reached: {0}";
    headline_affected: "；涉及 {0} 人", "；涉及 {0} 人", "; people affected: {0}";
    headline_gap: "按现有财力，{source}还差 {0}。", "按現有財力，{source}還差 {0}。", "Short of money: {source}, {0}.";
    headline_sub: "{0} 项措施 · {1} 年总支出 {2}", "{0} 項措施 · {1} 年總支出 {2}", "Measures in force: {0} · {2} spent in all in {1}";
    against_base: "增减", "增減", "Change";
    tile_total: "{0} 年总支出", "{0} 年總支出", "Total {0}";
    tile_county: "{0} 年县级负担", "{0} 年縣級負擔", "Borne by counties {0}";
    tile_gap: "{0} 年资金缺口", "{0} 年資金缺口", "Funding gap {0}";
    tile_reached: "{0} 年直接资助", "{0} 年直接資助", "Aided directly {0}";
    no_gap: "已知财力够用", "已知財力足夠", "Known money suffices";
    gap_unknown: "计划没有写明可用财力", "計劃沒有寫明可用財力", "The plan states no available money";
    nobody_reached: "资助对象不变", "資助對象不變", "Same recipients";
    by_measure: "每项措施花多少钱", "每項措施花多少錢", "What each measure costs";
    against_base_by_measure: "按先后次序逐项计算", "按先後次序逐項計算", "each on top of those before it";
    no_measures_between: "两个情景之间没有启用的措施，支出相同。", "兩個情境之間沒有啟用的措施，支出相同。", "No measure in force lies between the two scenarios: they cost the same.";
    measure: "措施", "措施", "Measure";
    chart: "图", "圖", "Chart";
    cost: "支出", "支出", "Cost";
    sum: "合计", "合計", "Sum";
    regions: "地区", "地區", "Regions";
    region: "地区", "地區", "Region";
    total: "总支出", "總支出", "Total";
    county_burden: "县级负担", "縣級負擔", "Counties";
    years_by_payer: "逐年由谁出钱", "逐年由誰出錢", "Who pays, year by year";
    whole: "全部支出", "全部支出", "Whole";
    rests_on_illustrative: "含示例", "含示例", "partly illustrative";
    rests_on_illustrative_hint: "用到了没有出处的示例数字，仅供演示；见“数字从哪里来”", "用到了沒有出處的示例數字，僅供演示；見「數字從哪裡來」", "Rests in part on illustrative numbers without a source; see “Where the numbers come from”";
    basis_title: "数字从哪里来", "數字從哪裡來", "Where the numbers come from";
    basis_counts: "{0} 个参数：计划写明 {1}，公开发布 {2}，推算 {3}，录入 {4}，示例 {5}。", "{0} 個參數：計劃寫明 {1}，公開發布 {2}，推算 {3}，錄入 {4}，示例 {5}。", "{0} parameters: {1} stated by the plan, {2} published, {3} derived, {4} entered, {5} illustrative.";
    basis_illustrative: "示例数字没有出处，凡用到它们的结果都只作演示：", "示例數字沒有出處，凡用到它們的結果都只作演示：", "Illustrative numbers have no source; whatever rests on them only serves to show how it works:";
    basis_stated: "计划", "計劃", "plan";
    basis_published: "发布", "發布", "published";
    basis_derived: "推算", "推算", "derived";
    basis_entered: "录入", "錄入", "entered";
    basis_mark_illustrative: "示例", "示例", "illustrative";
    try_it: "试一试", "試一試", "Try it";
    what_if_scenario: "如果：{0}？", "如果：{0}？", "What if: {0}?";
    new_scenario: "新建情景", "新增情境", "New scenario";
    new_scenario_name: "新情景", "新情境", "New scenario";
    import: "导入", "匯入", "Import";
    open_sample: "打开示例", "開啟示例", "Open the sample";

    // What if
    measures: "措施", "措施", "Measures";
    inherits: "承接「{0}」的 {1} 项措施", "承接「{0}」的 {1} 項措施", "On top of “{0}” (measures: {1})";
    root_has_no_measures: "现状没有措施。在它上面新建一个情景，再添加措施。", "現狀沒有措施。在它上面新增一個情境，再加入措施。", "The status quo has no measures. Make a scenario on it and add measures there.";
    add_measure: "＋ 添加措施", "＋ 加入措施", "+ Add a measure";
    new_measure_title: "新措施", "新措施", "New measure";
    scenario_name: "情景名称", "情境名稱", "Name of the scenario";
    stack_another: "以此为基础新建", "以此為基礎新增", "New scenario on this";
    remove_scenario: "删除情景", "刪除情境", "Remove scenario";
    switch_measure: "启用：{0}", "啟用：{0}", "In force: {0}";
    switched_off: "停用", "停用", "switched off";
    move_up: "上移：{0}", "上移：{0}", "Move up: {0}";
    move_down: "下移：{0}", "下移：{0}", "Move down: {0}";
    remove_measure: "删除：{0}", "刪除：{0}", "Remove: {0}";
    edit_measure: "编辑措施", "編輯措施", "Edit the measure";
    choose_a_measure: "从左边选一项措施，或添加一项。", "從左邊選一項措施，或加入一項。", "Choose a measure from the list, or add one.";
    measure_title: "名称", "名稱", "Title";
    reason: "依据或理由", "依據或理由", "Reason";
    reason_hint: "文件、条文或理由…", "文件、條文或理由…", "Document, clause or reason…";
    add_parameter: "加一个参数", "加一個參數", "Add a parameter";
    find_parameter: "按名称查找，如“标准”", "按名稱查找，如「標準」", "Find by name, such as “standard”";
    no_such_parameter: "没有叫这个名字的参数，请从列表中选。", "沒有叫這個名字的參數，請從清單中選。", "No parameter is called that; choose one from the list.";
    remove_parameter: "去掉：{0}", "去掉：{0}", "Take away: {0}";
    parameter: "参数", "參數", "Parameters";
    operation: "方式", "方式", "Operation";
    op_set: "设为", "設為", "Set to";
    op_add: "增加", "增加", "Add";
    op_scale: "按比例", "按比例", "Scale";
    value_to_set: "设为（{0}）", "設為（{0}）", "Set to ({0})";
    value_to_add: "增加（{0}）", "增加（{0}）", "Add ({0})";
    value_to_scale: "乘以（{0}）", "乘以（{0}）", "Multiply by ({0})";
    from: "自", "自", "From";
    until: "至", "至", "Until";
    for_good: "长期", "長期", "for good";
    all_regions: "全部地区", "全部地區", "all regions";
    n_regions: "{0} 个地区", "{0} 個地區", "regions: {0}";
    change_set: "设为 {0}", "設為 {0}", "set to {0}";
    change_by_region: "各地区不同", "各地區不同", "differs by region";
    change_by_region_sum: "各地区合计 {0}", "各地區合計 {0}", "{0} over the regions";
    from_semester: "自 {0}", "自 {0}", "from {0}";
    until_semester: "至 {0}", "至 {0}", "until {0}";
    no_changes_yet: "还没有改动任何参数", "還沒有改動任何參數", "changes nothing yet";
    and_more_changes: "另有 {0} 项改动", "另有 {0} 項改動", "further changes: {0}";
    number_empty: "请填一个数。", "請填一個數。", "Please enter a number.";
    number_not_digits: "这不是一个数：只用数字、小数点和正负号。", "這不是一個數：只用數字、小數點和正負號。", "That is no number: use digits, a decimal point and a sign.";
    number_too_fine: "最多 {0} 位小数。", "最多 {0} 位小數。", "At most {0} decimals.";
    number_too_large: "这个数太大了。", "這個數太大了。", "That number is too large.";
    impact_more: "{year} 年多支出 {0}", "{year} 年多支出 {0}", "In {year} it costs {0} more";
    impact_less: "{year} 年少支出 {0}", "{year} 年少支出 {0}", "In {year} it costs {0} less";
    impact_not_this_year: "{year} 年支出没有变化，测算期合计 {0}。", "{year} 年支出沒有變化，測算期合計 {0}。", "No change in {year}; over all years {0}.";
    impact_all_years: "{from}–{to} 年合计 {0}。", "{from}–{to} 年合計 {0}。", "{from}–{to} together: {0}.";
    impact_none: "与「{0}」相比，支出没有变化。", "與「{0}」相比，支出沒有變化。", "Spending is the same as under “{0}”.";
    impact_none_why: "没有启用的措施改动参数，或改后的值与原来相同、尚未生效、没有对象。", "沒有啟用的措施改動參數，或改後的值與原來相同、尚未生效、沒有對象。", "No measure in force moves a parameter, or its value is the same as before, not yet in force, or has no recipients.";
    compared_with_base: "较「{0}」。", "較「{0}」。", "Against “{0}”. ";
    half_a_year: "自秋季学期起的，首年只付半年。", "自秋季學期起的，首年只付半年。", "What starts in autumn is paid for half a year in its first year. ";
    who_pays: "谁来出钱", "誰來出錢", "Who pays";
    this_scenario: "本情景", "本情境", "This scenario";
    if_base_follows: "若基础标准同步提高", "若基礎標準同步提高", "If the base standard rises too";
    nobody_pays: "没有变化。", "沒有變化。", "No change.";
    why_all_county: "为什么全部由县级承担？", "為什麼全部由縣級承擔？", "Why do the counties bear all of it?";
    why_county: "为什么县级承担这么多？", "為什麼縣級承擔這麼多？", "Why do the counties bear this much?";
    above_base: "{0}标准 {1} 元，基础标准 {2} 元", "{0}標準 {1} 元，基礎標準 {2} 元", "{0}: standard {1} yuan, base standard {2} yuan";
    base_story: "上级只按基础标准分担，高出部分由县级承担（{0}）。{1} 年县级多承担 {2}；若基础标准同步提高，县级只承担 {3}（{4}）。", "上級只按基礎標準分擔，高出部分由縣級承擔（{0}）。{1} 年縣級多承擔 {2}；若基礎標準同步提高，縣級只承擔 {3}（{4}）。", "Higher levels share only up to the base standard; what lies above falls on the counties ({0}). In {1} the counties bear {2} more; if the base standard rose too, they would bear {3} ({4}).";
    raise_base_too: "基础标准也提高", "基礎標準也提高", "Raise the base standard too";
    by_year: "逐年", "逐年", "Year by year";

    // Parameters
    role_growth: "年增长率", "年增長率", "yearly growth";
    role_share_of_parent: "占比", "占比", "share";
    role_revenue: "收入", "收入", "revenue";
    role_revenue_growth: "收入年增长率", "收入年增長率", "growth of revenue";
    role_available: "可用财力", "可用財力", "available money";
    role_available_growth: "可用财力年增长率", "可用財力年增長率", "growth of available money";
    role_standard: "标准", "標準", "standard";
    role_indexation: "年调整率", "年調整率", "indexation";
    role_base_standard: "基础标准", "基礎標準", "base standard";
    role_coverage: "覆盖面", "覆蓋面", "coverage";
    role_take_up: "申领率", "申領率", "take-up";
    role_posts: "岗位数", "職位數", "posts";
    role_pupils_per_post: "生师比", "生師比", "pupils per post";
    role_units: "建设数量", "建設數量", "units";
    role_share: "比例", "比例", "share of revenue";
    role_amount: "金额", "金額", "amount";
    role_average_principal: "人均贷款", "人均貸款", "average principal";
    role_risk_rate: "风险补偿率", "風險補償率", "risk compensation";
    role_interest_rate: "利率", "利率", "interest rate";
    role_opening_balance: "期初余额", "期初餘額", "opening balance";
    role_births_growth: "出生人数年增长率", "出生人數年增長率", "growth of births";
    role_survival: "存活率", "存活率", "survival";
    role_entry_rate: "入学率", "入學率", "entry rate";
    role_intake: "招生人数", "招生人數", "intake";
    role_transfer: "升学率", "升學率", "transfer rate";
    role_division: "分流比例", "分流比例", "share of those who go on";
    role_class_size: "班额", "班額", "class size";
    role_class_limit: "大班额界限", "大班額界限", "class limit";
    role_classes: "班级数", "班級數", "classes";
    role_progression: "{0} 年级升级率", "{0} 年級升級率", "progression from grade {0}";
    role_migration: "{0} 年级净流入", "{0} 年級淨流入", "net migration into grade {0}";
    role_school_floor: "每校最低计算人数", "每校最低計算人數", "least pupils a school counts for";
    role_target: "目标", "目標", "target";
    role_given: "第 {0} 项数据", "第 {0} 項資料", "number {0}";
    role_completed_share: "第 {0} 项完工计入比例", "第 {0} 項完工計入比例", "part {0}, share of completed units";
    role_per_unit: "第 {0} 项每单位计入", "第 {0} 項每單位計入", "part {0}, each counts for";
    role_in_numerator: "{0}（分子）", "{0}（分子）", "{0} (numerator)";
    role_in_denominator: "{0}（分母）", "{0}（分母）", "{0} (denominator)";
    role_at_least: "最低比例", "最低比例", "least share";
    role_at_most: "差异系数上限", "差異係數上限", "largest coefficient of variation";
    role_budget: "公共财政支出", "公共財政支出", "public budget expenditure";
    role_budget_growth: "公共财政支出年增长率", "公共財政支出年增長率", "growth of budget expenditure";
    role_recurrent_revenue: "经常性收入", "經常性收入", "recurrent revenue";
    role_recurrent_growth: "经常性收入年增长率", "經常性收入年增長率", "growth of recurrent revenue";
    role_before: "上年数", "上年數", "figure of the year before";
    role_split: "{0}分担比例", "{0}分擔比例", "share of {0}";

    // Files
    export: "导出", "匯出", "Export";
    export_hint: "文件只存到这台电脑，不上传。", "檔案只存到這台電腦，不上傳。", "The file is saved on this machine; nothing is uploaded.";
    export_plan: "导出整个计划", "匯出整個計劃", "Export the whole plan";
    export_scenario: "只导出情景「{0}」", "只匯出情境「{0}」", "Export only “{0}”";
    exported: "已导出。", "已匯出。", "Exported.";
    import_hint: "计划或情景（JSON），或任何表格（Excel、WPS、LibreOffice、CSV、网页表格）；也可以把文件拖到页面任何地方。先预览，再决定。", "計劃或情境（JSON），或任何表格（Excel、WPS、LibreOffice、CSV、網頁表格）；也可以把檔案拖到頁面任何地方。先預覽，再決定。", "Plans and scenarios (JSON), or any table (Excel, WPS, LibreOffice, CSV, web page); files can also be dropped anywhere on the page. You see what they bring before deciding.";
    choose_file: "选择文件…", "選擇檔案…", "Choose files…";
    not_imported: "没有导入「{0}」：{1} 现有计划没有变。", "沒有匯入「{0}」：{1} 現有計劃沒有變。", "“{0}” was not imported: {1} The plan here is unchanged.";
    file_from: "{0}（{1}，{2}）", "{0}（{1}，{2}）", "{0} ({1}, {2})";
    plan_in_file: "计划「{0}」，{1}–{2} 年，{3} 个地区、{4} 个项目、{5} 个情景。", "計劃「{0}」，{1}–{2} 年，{3} 個地區、{4} 個項目、{5} 個情境。", "Plan “{0}”, {1}–{2}; regions: {3}, programmes: {4}, scenarios: {5}.";
    add_as_new_plan: "作为新计划加入", "作為新計劃加入", "Add as a new plan";
    plan_added: "已加入并打开；原来的计划还在，可从左上角换回。", "已加入並開啟；原來的計劃還在，可從左上角換回。", "Added and opened. The plan you had is kept: choose it at the top left.";
    made_on: "在计划「{0}」上做的情景。", "在計劃「{0}」上做的情境。", "Scenarios made on the plan “{0}”.";
    brings_scenario: "加入情景「{0}」（{1} 项措施）", "加入情境「{0}」（{1} 項措施）", "Adds scenario “{0}” (measures: {1})";
    brings_nothing: "这里已有同样的情景，不会重复加入。", "這裡已有同樣的情境，不會重複加入。", "The same scenarios are here already; none is added twice.";
    differs_here: "{0}：原计划为 {1}，这里为 {2}", "{0}：原計劃為 {1}，這裡為 {2}", "{0}: {1} where it was made, {2} here";
    missing_here: "这里没有参数 {0}，对它的改动不会加入", "這裡沒有參數 {0}，對它的改動不會加入", "There is no {0} here; changes to it are left out";
    missing_region: "这里没有地区 {0}，对它的改动不会加入", "這裡沒有地區 {0}，對它的改動不會加入", "There is no region {0} here; changes to it are left out";
    missing_citation: "这里没有依据 {0}，措施不带这条引用", "這裡沒有依據 {0}，措施不帶這條引用", "There is no citation {0} here; the measures come without it";
    emptied_measures: "因此没有任何改动的措施：{0} 项", "因此沒有任何改動的措施：{0} 項", "Measures left without any change: {0}";
    same_base: "涉及的参数与这里一致。", "涉及的參數與這裡一致。", "The parameters it touches are the same here.";
    add_scenario: "加入情景", "加入情境", "Add the scenario";
    show_scenario: "查看情景", "查看情境", "Show the scenario";
    scenario_added: "已加入。不满意可撤销。", "已加入。不滿意可復原。", "Added. Undo takes it back.";
    scenario_shown: "已切换到这个情景。", "已切換到這個情境。", "Now showing that scenario.";
    file_unreadable: "浏览器读不了这个文件。", "瀏覽器讀不了這個檔案。", "The browser could not read this file.";
    file_not_text: "不是 UTF-8 文本，可能选错了文件。", "不是 UTF-8 文字，可能選錯了檔案。", "It is not UTF-8 text; perhaps it is another file.";
    file_too_large: "超过 {0} MB 的上限。", "超過 {0} MB 的上限。", "It is larger than the limit of {0} MB.";
    file_cut_short: "文件在第 {0} 行第 {1} 列中断，不完整。请重新拷贝或导出。", "檔案在第 {0} 行第 {1} 欄中斷，不完整。請重新複製或匯出。", "It breaks off at line {0}, column {1}. Copy or export it again.";
    file_not_ours: "不是沙盘的计划或情景文件。", "不是沙盤的計劃或情境檔案。", "It is not a Shapan plan or scenario.";
    file_other_format: "不是沙盘的文件（格式为 {0}）。", "不是沙盤的檔案（格式為 {0}）。", "It is not a Shapan file (its format is {0}).";
    file_too_new: "文件版本 {0} 比本应用（版本 {1}）新。请用新版打开。", "檔案版本 {0} 比本應用（版本 {1}）新。請用新版開啟。", "It is version {0}; this app reads up to {1}. Open it with a newer app.";
    at_place: "{0}：{1}", "{0}：{1}", "{0}: {1}";
    and_more_faults: "另有 {0} 处", "另有 {0} 處", "and {0} more";
    problem_id: "“{0}”不能作标识（用小写字母、数字和连字符）", "「{0}」不能作識別碼（用小寫字母、數字和連字號）", "“{0}” cannot be an id (lower-case letters, digits and hyphens)";
    problem_semester: "“{0}”不是学期（如 2012-spring）", "「{0}」不是學期（如 2012-spring）", "“{0}” is not a semester (such as 2012-spring)";
    problem_date: "“{0}”不是日期（如 2012-12-31）", "「{0}」不是日期（如 2012-12-31）", "“{0}” is not a date (such as 2012-12-31)";
    problem_grade: "“{0}”不是年级（从 1 数起）", "「{0}」不是年級（從 1 數起）", "“{0}” is not a grade counted from 1";
    problem_path: "“{0}”不是参数", "「{0}」不是參數", "“{0}” is not a parameter";
    problem_text_empty: "没有文字", "沒有文字", "has no words";
    problem_text_long: "文字有 {0} 个字符，超过 2000", "文字有 {0} 個字元，超過 2000", "has {0} characters, more than 2000";
    problem_text_control: "含控制字符 {0}", "含控制字元 {0}", "holds the control character {0}";
    problem_year: "{0} 不在 1900 到 2200 年之间", "{0} 不在 1900 到 2200 年之間", "{0} is not a year from 1900 to 2200";
    problem_fiscal_years: "{0} 个财政年度，应为 1 到 30", "{0} 個財政年度，應為 1 到 30", "{0} fiscal years; 1 to 30 are possible";
    problem_year_shares: "各年比例应按年份排列，合计 1000000", "各年比例應按年份排列，合計 1000000", "yearly shares must ascend in time and add up to 1000000";
    problem_unit: "单位应为 {0}，文件里是 {1}", "單位應為 {0}，檔案裡是 {1}", "the unit must be {0}, the file has {1}";
    problem_change_value: "value 与 value_by_region 只能有一个", "value 與 value_by_region 只能有一個", "exactly one of value and value_by_region is needed";
    fault_too_many: "有 {0} 个，最多 {1} 个", "有 {0} 個，最多 {1} 個", "{0} of these; at most {1}";
    fault_none: "至少要有一个", "至少要有一個", "at least one is needed";
    fault_duplicate: "{0} 重复", "{0} 重複", "{0} is given twice";
    fault_unknown: "找不到 {0}", "找不到 {0}", "nothing here is called {0}";
    fault_cycle: "{0} 绕成了圈", "{0} 繞成了圈", "goes in a circle through {0}";
    fault_status_quo: "要有且只有一个不带措施的现状情景", "要有且只有一個不帶措施的現狀情境", "there must be exactly one status quo, without measures";
    fault_bounds: "{0} 超出 {1} 到 {2}", "{0} 超出 {1} 到 {2}", "{0} is outside {1} to {2}";
    fault_not_ascending: "没有按时间先后排列", "沒有按時間先後排列", "not in order of time";
    fault_census: "缺少 {0} 年秋季或更早的人数", "缺少 {0} 年秋季或更早的人數", "no census of autumn {0} or before";
    fault_shares: "分担比例合计超过 100%", "分擔比例合計超過 100%", "the shares add up to more than 100%";
    fault_residual: "兜底来源 {0} 不能另有比例", "兜底來源 {0} 不能另有比例", "the residual source {0} also has a share";
    fault_base: "没有标准就不能有基础标准", "沒有標準就不能有基礎標準", "a base standard needs a standard";
    fault_ends_first: "结束早于开始", "結束早於開始", "ends before it starts";
    fault_mark: "“{0}”不是简短的文字", "「{0}」不是簡短的文字", "“{0}” is no short text";
    fault_city_wide: "此数为全市统一，不能分地区填写", "此數為全市統一，不能分地區填寫", "this is one number for the whole city: it has no values by region";
    fault_no_revenue: "{0} 没有收入数据", "{0} 沒有收入資料", "{0} has no revenue";
    fault_grades: "缺少 {0} 年秋季的分年级人数", "缺少 {0} 年秋季的分年級人數", "no heads by grade for autumn {0}";
    fault_too_many_grades: "{0} 给了 {1} 个年级，最多 {2} 个", "{0} 給了 {1} 個年級，最多 {2} 個", "{1} grades in {0}; there are {2}";
    fault_no_such_grade: "{0} 年级不在 {1} 到 {2} 之间", "{0} 年級不在 {1} 到 {2} 之間", "grade {0} is outside {1} to {2}";
    fault_births: "缺少 {0} 年或更早的出生人数", "缺少 {0} 年或更早的出生人數", "no births of {0} or before";
    fault_not_a_cohort: "{0} 不是按年级推算的，没有毕业生", "{0} 不是按年級推算的，沒有畢業生", "{0} is not projected by grade: it has no leavers";
    fault_not_divided: "{0} 没有分走毕业生，也就没有余下的", "{0} 沒有分走畢業生，也就沒有餘下的", "{0} takes no share of leavers: it leaves no rest";
    fault_not_works: "{0} 不是工程项目，没有完工数", "{0} 不是工程項目，沒有完工數", "{0} completes nothing: only works do";
    fault_mixed: "金额不能与其他数一起计", "金額不能與其他數一起計", "money is counted together with other things";
    fault_no_target: "{0} 没有目标", "{0} 沒有目標", "{0} has no target";
    fault_not_judged: "只有小学、初中考核均衡", "只有小學、初中考核均衡", "balance is judged for primary and junior schools only";
    fault_level: "{0} 没有应达到的水平", "{0} 沒有應達到的水準", "{0} has no level to meet";
    fault_other_unit: "{0} 的单位不同", "{0} 的單位不同", "{0} counts in another unit";

    // Trouble
    not_added_unsaved: "没有打开：现有计划的改动没能存下，打开别的计划会丢失它们。请先导出现有计划。（{0}）", "沒有開啟：現有計劃的改動沒能存下，開啟別的計劃會遺失它們。請先匯出現有計劃。（{0}）", "Not opened: the changes to the plan here could not be saved, and opening another would lose them. Export the plan first. ({0})";
    storage_blocked: "浏览器不让本页存储数据。可以继续工作，关闭前请导出计划。", "瀏覽器不讓本頁儲存資料。可以繼續工作，關閉前請匯出計劃。", "The browser gives this page no storage. You can go on working; export the plan before closing.";
    storage_full: "浏览器存储已满，最近的改动还在本页里但未存下。请导出计划，或清理浏览器存储。", "瀏覽器儲存空間已滿，最近的改動還在本頁裡但未存下。請匯出計劃，或清理瀏覽器儲存空間。", "The browser’s storage is full: your latest changes are on this page but not saved. Export the plan, or free some storage.";
    storage_other: "未能保存（{0}）。请导出计划以防丢失。", "未能儲存（{0}）。請匯出計劃以防遺失。", "Could not be saved ({0}). Export the plan to be safe.";
    unreadable_plan: "上次的计划读不出来：{0} 原始数据已另存，没有被覆盖。", "上次的計劃讀不出來：{0} 原始資料已另存，沒有被覆蓋。", "Your last plan could not be read: {0} Its data is kept aside, not overwritten.";
    changed_elsewhere: "另一个标签页也改了这个计划，有 {0} 处与这里改的是同一项。选定之前这里不再保存；没选的一边会留作一个版本。", "另一個分頁也改了這個計劃，有 {0} 處與這裡改的是同一項。選定之前這裡不再儲存；沒選的一邊會留作一個版本。", "Another tab has changed this plan too, {0} of its changes to what you changed here. Nothing is saved here until you choose; what you do not choose is kept as a version.";
    take_theirs: "用那边的", "用那邊的", "Take theirs";
    keep_ours: "用这边的", "用這邊的", "Keep mine";
    save_bytes: "保存原始数据", "儲存原始資料", "Save the raw data";
    refused_status_quo: "现状保持原样：不能改，也不能删。", "現狀保持原樣：不能改，也不能刪。", "The status quo stays as it is.";
    refused_adopted: "情景已采用，或有已采用的情景建立在它上面，保持原样；可复制一份再改。", "情境已採用，或有已採用的情境建立在它上面，保持原樣；可複製一份再改。", "This scenario is adopted, or an adopted one is stacked on it: it stays as it is. Change a copy instead.";
    refused_has_children: "还有情景建立在它上面，先删除那些情景。", "還有情境建立在它上面，先刪除那些情境。", "Other scenarios are stacked on it; remove those first.";
    refused_unsound: "没有照做：{0}。", "沒有照做：{0}。", "Not done: {0}.";
    no_result_bounds: "算不出结果：{0}在 {1}会是 {2}，超出允许范围。改小一些，或撤销。", "算不出結果：{0}在 {1}會是 {2}，超出允許範圍。改小一些，或復原。", "No result: {0} would be {2} in {1}, which is out of bounds. Move it back or undo.";
    no_result_shares: "算不出结果：{0}的分担比例合计超过 100%。", "算不出結果：{0}的分擔比例合計超過 100%。", "No result: the shares of {0} add up to more than 100%.";
    no_result_heads: "算不出结果：{1}的{0}在 {2} 年秋季会少于零人。", "算不出結果：{1}的{0}在 {2} 年秋季會少於零人。", "No result: {0} in {1} would be less than nobody in autumn {2}.";
    no_result_overflow: "算不出结果：{0} 的金额太大。", "算不出結果：{0} 的金額太大。", "No result: the amounts of {0} are too large.";
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    fn all() -> impl Iterator<Item = &'static (&'static str, [&'static str; 3])> {
        [
            ALL,
            compare::ALL,
            craft::ALL,
            paper::ALL,
            data::ALL,
            effects::ALL,
            explore::ALL,
            files::ALL,
            goals::ALL,
            packets::ALL,
            programmes::ALL,
            sheets::ALL,
            tables::ALL,
            shelf::ALL,
            travel::ALL,
            visit::ALL,
            start::ALL,
            why::ALL,
        ]
        .into_iter()
        .flatten()
    }

    fn places(text: &str) -> BTreeSet<&str> {
        text.split('{')
            .skip(1)
            .filter_map(|rest| rest.split_once('}'))
            .map(|(name, _)| name)
            .collect()
    }

    #[test]
    fn every_language_fills_the_same_places() {
        for (key, [hans, hant, en]) in all() {
            assert_eq!(places(hans), places(hant), "{key}");
            assert_eq!(places(hans), places(en), "{key}");
        }
    }

    #[test]
    fn english_has_no_chinese_and_no_text_is_empty() {
        for (key, texts) in all() {
            assert!(texts.iter().all(|t| !t.is_empty()), "{key}");
            assert!(texts[2].chars().all(|c| !('\u{3400}'..='\u{9fff}').contains(&c)), "{key}");
        }
    }

    #[test]
    fn places_are_filled_in_any_order_and_hostile_values_stay_as_they_are() {
        assert_eq!(fill("{1} of {0}", &["{1}", "b"]), "b of {1}");
        assert_eq!(fill("{7}", &["a"]), "");
    }
}
