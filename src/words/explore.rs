//! Owns the words of charts and of the page `explore`.

words! {
    // Charts
    walk_chart: "{0}：图，用方向键逐个查看", "{0}：圖，用方向鍵逐個查看", "{0}: chart, walk with the arrow keys";
    spot: "{0}：{1}", "{0}：{1}", "{0}: {1}";
    projected: "虚线为预测", "虛線為預測", "dashed: projected";
    projected_of: "{0}（预测）", "{0}（預測）", "{0} (projected)";

    // The page
    title: "分析", "分析", "Explore";
    about: "把测算结果按行、列、筛选重新汇总；合计逐分相加。", "把測算結果按列、欄、篩選重新彙總；合計逐分相加。", "The outcome put together by rows, columns and filters; sums are sums of exact fen.";
    open: "打开明细", "開啟明細", "Open in Explore";
    open_of: "在「分析」中打开明细：{0}", "在「分析」中開啟明細：{0}", "Open in Explore: {0}";
    rows: "行", "列", "Rows";
    cols: "列", "欄", "Columns";
    no_cols: "不分列", "不分欄", "none";
    swap: "行列互换", "列欄互換", "Swap rows and columns";
    and: "、", "、", ", ";
    overall: "总体", "總體", "Overall";
    yuan_per_head: "元 / 人·年", "元 / 人·年", "yuan per head and year";
    figure: "数值", "數值", "Figure";
    whole: "本情景", "本情境", "This scenario";
    base: "对比情景", "對比情境", "Compared with";
    change: "增减", "增減", "Change";
    shown: "显示为", "顯示為", "Shown as";
    money: "金额", "金額", "amounts";
    per_head: "生均（每人每年）", "生均（每人每年）", "per head and year";
    of_row: "占本行 %", "占本列 %", "% of row";
    of_column: "占本列 %", "占本欄 %", "% of column";
    of_all: "占总计 %", "占總計 %", "% of total";
    per: "人群", "人群", "Population";
    all_pupils: "全体在校（园）生", "全體在校（園）生", "all pupils";
    all_pupils_hint: "学前至高中阶段各人群相加，不重复计算从属人群：{0}。按当年两个学期的平均人数。", "學前至高中階段各人群相加，不重複計算從屬人群：{0}。按當年兩個學期的平均人數。", "From preschool to senior secondary, nobody twice: {0}. Over the mean of the year’s two semesters.";
    heads_of: "在校人数：{0}", "在校人數：{0}", "Heads: {0}";
    heads_note: "{0} · 人 · 秋季", "{0} · 人 · 秋季", "{0} · people · each autumn";
    filters: "筛选", "篩選", "Filters";
    all_of: "{0}：全部", "{0}：全部", "{0}: all";
    one_of: "{0}：{1}", "{0}：{1}", "{0}: {1}";
    some_of: "{0}：{1} 项", "{0}：{1} 項", "{0}: {1} chosen";
    clear_filters: "清除筛选", "清除篩選", "Clear filters";
    hide_empty: "隐藏空行空列", "隱藏空列空欄", "Hide empty rows and columns";
    copy: "复制表格（元）", "複製表格（元）", "Copy table (yuan)";
    copied: "已复制，可粘贴到 Excel 或 WPS。金额以元为单位，精确到分。", "已複製，可貼到 Excel 或 WPS。金額以元為單位，精確到分。", "Copied: paste it into a spreadsheet. Amounts are in yuan, exact to the fen.";
    not_copied: "浏览器没有让本页写剪贴板。表格已在下面选中，请自己复制：", "瀏覽器沒有讓本頁寫剪貼簿。表格已在下面選取，請自行複製：", "The browser did not let this page write to the clipboard. The table is selected below; please copy it:";
    table: "明细表", "明細表", "Table";
    chart: "图", "圖", "Chart";
    table_of: "{0} × {1}", "{0} × {1}", "{0} × {1}";
    sort_by: "按「{0}」排序", "按「{0}」排序", "Sort by {0}";
    others: "其余 {0} 项", "其餘 {0} 項", "{0} others";
    rows_left: "还有 {0} 行未显示；合计已包括。", "還有 {0} 列未顯示；合計已包括。", "{0} more rows are not shown; sums include them.";
    show_all: "全部显示", "全部顯示", "Show all";
    chart_left: "图中只画前 {0} 行。", "圖中只畫前 {0} 列。", "The chart shows the first {0} rows.";
    nothing: "没有可列的内容：计划中没有这一项，或被筛选掉了。", "沒有可列的內容：計劃中沒有這一項，或被篩選掉了。", "Nothing to show: the plan has none of these, or filters leave none.";
    base_layer: "对比情景「{0}」", "對比情境「{0}」", "Compared with “{0}”";
    by_measure_note: "各项措施按公平分摊（Shapley 值），相加等于增减。", "各項措施按公平分攤（Shapley 值），相加等於增減。", "Measures by fair shares (Shapley values), which add up to the change.";
    by_order_note: "各项措施按排列顺序计，相加等于增减。", "各項措施按排列順序計，相加等於增減。", "Measures in the order of the stack, which add up to the change.";

    dim_region: "地区", "地區", "Region";
    dim_year: "年度", "年度", "Year";
    dim_programme: "项目", "項目", "Programme";
    dim_stage: "学段", "學段", "Stage";
    dim_nature: "支出性质", "支出性質", "Nature";
    dim_source: "资金来源", "資金來源", "Source";
    dim_payer: "出资方", "出資方", "Payer";
    dim_account: "资金科目", "資金科目", "Account";
    dim_measure: "措施", "措施", "Measure";
    nature_aid: "学生资助", "學生資助", "Student aid";
    nature_recurrent: "公用与运转", "公用與運轉", "Recurrent";
    nature_personnel: "人员经费", "人員經費", "Personnel";
    nature_capital: "基本建设与设备", "基本建設與設備", "Capital";
    stage_preschool: "学前教育", "學前教育", "Preschool";
    stage_primary: "小学", "小學", "Primary";
    stage_junior: "初中", "初中", "Junior secondary";
    stage_senior: "普通高中", "普通高中", "Senior secondary";
    stage_vocational: "中等职业教育", "中等職業教育", "Vocational";
    stage_special: "特殊教育", "特殊教育", "Special";
    stage_tertiary: "高等教育", "高等教育", "Tertiary";
    stage_none: "不分学段", "不分學段", "No single stage";

    // From sources to programmes
    flows: "资金流向", "資金流向", "From sources to programmes";
    flows_of: "{0} → {1}", "{0} → {1}", "{0} → {1}";
    flows_by: "分组", "分組", "Grouped by";
    by_programme: "项目", "項目", "Programme";
    by_nature: "支出性质", "支出性質", "Nature";
    by_clause: "条款", "條款", "Clause";
    clause: "第 {0} 条", "第 {0} 條", "Clause {0}";
    no_clause: "计划条款以外", "計劃條款以外", "Outside the clauses";
    flows_table: "资金来源 × 去向", "資金來源 × 去向", "Sources × uses";
    flows_none: "这一年没有支出。", "這一年沒有支出。", "Nothing is spent in this year.";
    use_of_money: "去向", "去向", "Use";
}
