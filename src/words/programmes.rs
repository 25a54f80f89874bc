//! Owns the words of the page of programmes, and of the editor of dated parameters.

words! {
    title: "项目", "項目", "Programmes";

    // The list
    list_title: "项目清单", "項目清單", "All programmes";
    programme: "项目", "項目", "Programme";
    reckoned: "怎么算", "怎麼算", "How it is reckoned";
    now: "{0}标准", "{0}標準", "Standard, {0}";
    cost_of: "{0} 年支出", "{0} 年支出", "Cost {0}";
    under_status_quo: "现状", "現狀", "Status quo";
    who_pays: "谁出钱", "誰出錢", "Who pays";
    order: "次序", "次序", "Order";
    search: "查找", "尋找", "Find";
    search_hint: "名称、条款或科目", "名稱、條款或科目", "Name, clause or code";
    group_by: "分组", "分組", "Group by";
    group_none: "不分", "不分", "none";
    group_nature: "性质", "性質", "nature";
    group_clause: "条款", "條款", "clause";
    no_clause: "没有条款", "沒有條款", "no clause";
    subtotal: "小计", "小計", "Subtotal";
    all_programmes: "全部 {0} 个项目", "全部 {0} 個項目", "All programmes: {0}";
    some_programmes: "找到的 {0} 个项目", "找到的 {0} 個項目", "Programmes found: {0}";
    empty: "还没有项目。先建一个：选它的钱怎么算，再填标准和谁出钱。", "還沒有項目。先建一個：選它的錢怎麼算，再填標準和誰出錢。", "No programmes yet. Make one: choose how its money is reckoned, then its standard and who pays.";
    none_found: "没有这样的项目。", "沒有這樣的項目。", "No programme is like that.";
    move_up: "上移：{0}", "上移：{0}", "Move up: {0}";
    move_down: "下移：{0}", "下移：{0}", "Move down: {0}";
    code_n: "科目 {0}", "科目 {0}", "code {0}";
    nobody: "没有支出", "沒有支出", "nothing spent";
    back: "← 全部项目", "← 全部項目", "← All programmes";

    // How it is reckoned
    f_heads_semester: "{0} × 标准 ÷ 2，每学期", "{0} × 標準 ÷ 2，每學期", "{0} × standard ÷ 2, each semester";
    f_heads_census: "{0} × 标准，每年一次，按上年秋季在校人数", "{0} × 標準，每年一次，按上年秋季在學人數", "{0} × standard, once a year, by last autumn’s census";
    f_posts_given: "岗位数 × 每岗年标准", "職位數 × 每職年標準", "posts × yearly standard";
    f_posts_ratio: "{0} ÷ 生师比（进位取整）× 每岗年标准", "{0} ÷ 生師比（進位取整）× 每職年標準", "{0} ÷ pupils per post (rounded up) × yearly standard";
    f_works: "建设数量（{0}）× 单价 × 当年付款比例", "建設數量（{0}）× 單價 × 當年付款比例", "units ({0}) × unit cost × the year’s share of payment";
    f_revenue: "{0}的收入 × 比例", "{0}的收入 × 比例", "revenue of {0} × share";
    f_lump: "各地区给定的年度金额", "各地區給定的年度金額", "given amounts by region and year";
    f_loans: "{0}（新增）× 人均贷款 × 风险补偿率 + 贴息", "{0}（新增）× 人均貸款 × 風險補償率 + 貼息", "{0} (new) × average principal × risk compensation + interest";
    times: "{0} × {1}", "{0} × {1}", "{0} × {1}";
    k_heads_semester: "按人头，每学期付一半", "按人頭，每學期付一半", "By heads, half each semester";
    k_heads_census: "按人头，每年一次", "按人頭，每年一次", "By heads, once a year";
    k_posts_given: "按岗位，岗位数直接给定", "按職位，職位數直接給定", "By posts, as given";
    k_posts_ratio: "按岗位，由学生数和生师比推出", "按職位，由學生數和生師比推出", "By posts that follow pupils";
    k_works: "建设工程，按单价分年付款", "建設工程，按單價分年付款", "Works, paid over years";
    k_revenue: "按某项收入的比例", "按某項收入的比例", "A share of a revenue";
    k_lump: "一笔给定的金额", "一筆給定的金額", "A given amount";
    k_loans: "助学贷款的风险补偿和贴息", "助學貸款的風險補償和貼息", "Student loans: risk and interest";
    x_heads_semester: "如：寄宿生 682 人 × 1,250 元 ÷ 2 = 426,250 元，每学期", "如：寄宿生 682 人 × 1,250 元 ÷ 2 = 426,250 元，每學期", "e.g. 682 boarders × 1,250 yuan ÷ 2 = 426,250 yuan a semester";
    x_heads_census: "如：小学生 10,000 人 × 500 元 = 500 万元，每年", "如：小學生 10,000 人 × 500 元 = 500 萬元，每年", "e.g. 10,000 pupils × 500 yuan = 5 million yuan a year";
    x_posts_given: "如：教职工 6,475 个岗位 × 55,000 元", "如：教職工 6,475 個職位 × 55,000 元", "e.g. 6,475 posts × 55,000 yuan";
    x_posts_ratio: "如：初中生 13,500 人 ÷ 13.5 = 1,000 个岗位 × 55,000 元", "如：初中生 13,500 人 ÷ 13.5 = 1,000 個職位 × 55,000 元", "e.g. 13,500 pupils ÷ 13.5 = 1,000 posts × 55,000 yuan";
    x_works: "如：12 所 × 200 万元，首年付 60%，次年付 40%", "如：12 所 × 200 萬元，首年付 60%，次年付 40%", "e.g. 12 schools × 2 million yuan, 60% in the first year, 40% in the next";
    x_revenue: "如：教育费附加收入 × 30% 用于中职", "如：教育費附加收入 × 30% 用於中職", "e.g. 30% of the education surcharge";
    x_lump: "如：每年 800 万元，年增 5%", "如：每年 800 萬元，年增 5%", "e.g. 8 million yuan a year, growing 5%";
    x_loans: "如：新增 964 笔 × 5,774 元 × 15%，加未还本金的利息", "如：新增 964 筆 × 5,774 元 × 15%，加未還本金的利息", "e.g. 964 loans × 5,774 yuan × 15%, and interest on what is outstanding";
    nature_aid: "资助", "資助", "aid";
    nature_recurrent: "日常公用", "日常公用", "recurrent";
    nature_personnel: "人员", "人員", "personnel";
    nature_capital: "基建", "基建", "capital";

    // Making, copying, removing
    add: "＋ 新建项目", "＋ 新增項目", "+ New programme";
    new_programme: "新建项目", "新增項目", "New programme";
    choose_kind: "它的钱怎么算？", "它的錢怎麼算？", "How is its money reckoned?";
    needs_people: "还没有人群，先到「数据」里添加。", "還沒有人群，先到「資料」裡加入。", "There are no populations yet: add one under “Data”.";
    needs_revenue: "还没有写明收入的资金来源。", "還沒有寫明收入的資金來源。", "No source states its revenue yet.";
    first_source: "还没有资金来源：会一并新建「{0}」，由它承担全部。", "還沒有資金來源：會一併新增「{0}」，由它承擔全部。", "There is no source of money yet: “{0}” is made along with it and pays for all.";
    county_budget: "县级财政", "縣級財政", "County budget";
    make: "建立", "建立", "Make it";
    cancel: "取消", "取消", "Cancel";
    copy: "复制", "複製", "Duplicate";
    copy_of: "{0} 副本", "{0} 副本", "{0} (copy)";
    remove: "删除", "刪除", "Remove";
    remove_title: "删除「{0}」？", "刪除「{0}」？", "Remove “{0}”?";
    goes_along: "以下依靠它，会一并删除：", "以下依靠它，會一併刪除：", "These cannot be without it and go along:";
    let_go: "以下不再提到它：", "以下不再提到它：", "These no longer refer to it:";
    changes_go: "情景的措施里，对它的改动会一并去掉：", "情境的措施裡，對它的改動會一併去掉：", "Changes that measures make to it go along:";
    nothing_depends: "没有别的东西依靠它。", "沒有別的東西依靠它。", "Nothing else depends on it.";
    can_undo: "删除后可撤销。", "刪除後可復原。", "Undo brings it all back.";
    task_of: "任务「{0}」", "任務「{0}」", "task “{0}”";
    indicator_of: "指标「{0}」", "指標「{0}」", "indicator “{0}”";
    rule_of: "校核「{0}」", "校核「{0}」", "rule “{0}”";
    change_of: "「{0}」· {1} · {2}", "「{0}」· {1} · {2}", "“{0}” · {1} · {2}";
    lose_title: "措施要改的参数会没有了", "措施要改的參數會沒有了", "Measures change what would be gone";
    lose_text: "这样改以后，下面这些措施里的改动就没有对象了。可以把这些改动一并去掉（可撤销），也可以先不改。", "這樣改以後，下面這些措施裡的改動就沒有對象了。可以把這些改動一併去掉（可復原），也可以先不改。", "After this edit, the following changes have nothing left to change. They can go along in one step (undo brings them back), or you leave the programme as it is.";
    lose_confirm: "一并去掉", "一併去掉", "Remove them too";
    removed: "已删除「{0}」，可撤销。", "已刪除「{0}」，可復原。", "Removed “{0}”. Undo brings it back.";

    // The editor
    general: "基本情况", "基本情況", "General";
    name: "名称", "名稱", "Name";
    clause: "条款", "條款", "Clause";
    code: "支出功能分类科目", "支出功能分類科目", "Functional code";
    code_hint: "如 2050202 小学教育", "如 2050202 小學教育", "such as 2050202 primary education";
    nature: "性质", "性質", "Nature";
    tags: "标记（专款用途，逗号分开）", "標記（專款用途，逗號分開）", "Tags (for earmarks, with commas)";
    driver: "怎么算", "怎麼算", "How it is reckoned";
    kind: "算法", "算法", "Kind";
    needed_by: "指标要数它完工的数量，先改指标：{0}。", "指標要數它完工的數量，先改指標：{0}。", "Indicators count what it completes; change them first: {0}.";
    population: "人群", "人群", "Population";
    revenue_of: "哪个来源的收入", "哪個來源的收入", "Revenue of";
    unit_name: "工程的单位", "工程的單位", "What a unit is";
    unit_default: "个", "個", "unit";
    per_head: "标准（元 / 人·年）", "標準（元 / 人·年）", "Standard (yuan a head and year)";
    per_post: "标准（元 / 岗位·年）", "標準（元 / 職位·年）", "Standard (yuan a post and year)";
    per_unit: "单价（元 / {0}）", "單價（元 / {0}）", "Unit cost (yuan / {0})";
    units_of: "建设数量（{0}）", "建設數量（{0}）", "Units to build ({0})";
    amount_a_year: "金额（元 / 年）", "金額（元 / 年）", "Amount (yuan a year)";
    study_years: "一笔贷款贴息的年数", "一筆貸款貼息的年數", "Years interest is paid for a loan";
    unit_years: "年", "年", "years";
    use_coverage: "只有一部分人享受", "只有一部分人享受", "Only a share is entitled";
    use_take_up: "有人不申领", "有人不申領", "Not all take it up";
    use_school_floor: "小规模学校按最低人数算", "小規模學校按最低人數算", "Small schools count for a least number";
    use_indexation: "标准每年自动调整", "標準每年自動調整", "The standard grows by itself every year";
    payment: "各年付款比例", "各年付款比例", "Shares paid by year";
    completion: "各年完工比例", "各年完工比例", "Shares completed by year";
    share_in: "{0} · {1} 年", "{0} · {1} 年", "{0} · {1}";
    shares_sum: "合计 {0}", "合計 {0}", "Sum {0}";
    shares_not_whole: "合计要正好 100% 才会存下；现在仍按上一次的比例算。", "合計要正好 100% 才會存下；現在仍按上一次的比例算。", "Kept once they add up to exactly 100%; until then the last shares hold.";
    rest_here: "其余归这年", "其餘歸這年", "Rest here";

    // Who pays
    split: "谁出钱", "誰出錢", "Who pays";
    split_at: "{0}起各方分担", "{0}起各方分擔", "Shares from {0}";
    split_note: "兜底来源承担其余各方分担后剩下的，合计总是 100%。", "兜底來源承擔其餘各方分擔後剩下的，合計總是 100%。", "The residual source takes what the others leave, so it is always 100%.";
    as_of: "看哪一段", "看哪一段", "As of";
    residual: "兜底来源", "兜底來源", "Residual source";
    share_of: "{0}分担", "{0}分擔", "Share of {0}";
    slide_share: "{0}分担（滑动）", "{0}分擔（滑動）", "Share of {0} (slider)";
    share_cut: "其他各方只留下 {0}：已按 {0} 计。", "其他各方只留下 {0}：已按 {0} 計。", "The others leave only {0}: set to {0}.";
    add_payer: "加一个出资方", "加一個出資方", "Add a payer";
    choose_source: "选一个来源…", "選一個來源…", "Choose a source…";
    remove_share: "去掉{0}的分担", "去掉{0}的分擔", "Take away the share of {0}";
    share_details: "按时间、按地区", "按時間、按地區", "By date and region";
    use_base: "上级只按基础标准分担", "上級只按基礎標準分擔", "Higher levels share only up to a base standard";
    base_explained: "各方按比例分担的，只到基础标准为止；标准高出基础标准的部分，全部由兜底来源「{0}」承担。", "各方按比例分擔的，只到基礎標準為止；標準高出基礎標準的部分，全部由兜底來源「{0}」承擔。", "The shares apply up to the base standard; whatever the standard has above it falls on the residual source, “{0}”.";
    split_basis: "分担办法", "分擔辦法", "the division";

    // What it costs
    cost_at_once: "这个项目的支出", "這個項目的支出", "What this programme costs";
    since_opened: "比打开时", "比開啟時", "Since opened";
    reset_since: "从现在起重新比", "從現在起重新比", "Compare from now on";
    payer: "出资方", "出資方", "Payer";
    part: "占比", "佔比", "Share";
    all_payers: "逐年、逐个出资方", "逐年、逐個出資方", "By year and payer";
    recipients: "{0} 年 {1} 人受益。", "{0} 年 {1} 人受益。", "Recipients in {0}: {1}.";

    // Dated parameters
    measure_moves: "「{0}」的措施「{1}」改它：{2}。", "「{0}」的措施「{1}」改它：{2}。", "Under “{0}”, the measure “{1}” changes it: {2}.";
    measure_prevails: "由措施设定数值的学期，以措施为准。", "由措施設定數值的學期，以措施為準。", "Where a measure sets the value, the measure prevails.";
    not_yet: "未实行", "未實行", "not yet";
    timeline_of: "时间轴：{0}", "時間軸：{0}", "Timeline: {0}";
    from_the_start: "{0}及以前", "{0}及以前", "{0} or before";
    value_from: "{0}，自 {1}", "{0}，自 {1}", "{0}, from {1}";
    start_of: "{0}，自 {1}：换学期", "{0}，自 {1}：換學期", "{0}, from {1}: another semester";
    add_step: "＋ 加一段", "＋ 加一段", "+ Add a date";
    remove_step: "去掉：{0}", "去掉：{0}", "Take away: {0}";
    by_region: "分地区", "分地區", "By region";
    same_everywhere: "各地区相同", "各地區相同", "the same everywhere";
    regions_differ: "{0} 个地区单独设定", "{0} 個地區單獨設定", "set apart: {0}";
    sum_in: "{0}合计 {1}", "{0}合計 {1}", "sum in {0}: {1}";
    as_everywhere: "同全市：{0}", "同全市：{0}", "as everywhere: {0}";
    set_apart: "单独设定", "單獨設定", "Set apart";
    like_others: "改回统一", "改回統一", "As everywhere";
    basis: "依据", "依據", "Basis";
    known_by: "来由", "來由", "Known by";
    citation: "出处", "出處", "Citation";
    no_citation: "无", "無", "none";
    new_citation: "新增出处", "新增出處", "New citation";
    new_citation_hint: "文件名称、文号", "文件名稱、文號", "Title and number of the document";
    note: "说明", "說明", "Note";
    out_of_bounds: "要在 {0} 到 {1} 之间。", "要在 {0} 到 {1} 之間。", "It must be from {0} to {1}.";

    // Functional codes of government expenditure
    c_2050201: "学前教育", "學前教育", "Preschool education";
    c_2050202: "小学教育", "小學教育", "Primary education";
    c_2050203: "初中教育", "初中教育", "Junior secondary education";
    c_2050204: "高中教育", "高中教育", "Senior secondary education";
    c_2050205: "高等教育", "高等教育", "Higher education";
    c_2050299: "其他普通教育支出", "其他普通教育支出", "Other general education";
    c_2050302: "中等职业教育", "中等職業教育", "Secondary vocational education";
    c_2050305: "高等职业教育", "高等職業教育", "Higher vocational education";
    c_2050701: "特殊学校教育", "特殊學校教育", "Special schools";
    c_2050801: "教师进修", "教師進修", "Teacher training";
    c_2050901: "农村中小学校舍建设（教育费附加）", "農村中小學校舍建設（教育費附加）", "Rural school buildings (education surcharge)";
    c_2050903: "城市中小学校舍建设（教育费附加）", "城市中小學校舍建設（教育費附加）", "Urban school buildings (education surcharge)";
    c_2050905: "中等职业学校教学设施（教育费附加）", "中等職業學校教學設施（教育費附加）", "Vocational school facilities (education surcharge)";
    c_2050999: "其他教育费附加安排的支出", "其他教育費附加安排的支出", "Other spending of the education surcharge";
    c_2059999: "其他教育支出", "其他教育支出", "Other education expenditure";
}
