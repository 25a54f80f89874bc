//! Owns the words of the preview of a table: how it is read, what is asked, what changes, and what
//! stays outside.

words! {
    title: "核对「{0}」", "核對「{0}」", "Check “{0}”";
    pasted: "粘贴的表格", "貼上的表格", "the pasted table";
    more_files: "之后还有 {0} 个文件", "之後還有 {0} 個檔案", "files that follow: {0}";

    // How it is read
    steps: "怎样读这张表", "怎樣讀這張表", "How the table is read";
    kind_xlsx: "Excel 工作簿", "Excel 活頁簿", "Excel workbook";
    kind_xlsb: "Excel 二进制工作簿", "Excel 二進位活頁簿", "Excel binary workbook";
    kind_xls: "Excel 97–2003 工作簿", "Excel 97–2003 活頁簿", "Excel 97–2003 workbook";
    kind_ods: "ODS 工作簿", "ODS 活頁簿", "ODS workbook";
    kind_text: "文本表格", "文字表格", "Text table";
    kind_html: "网页表格", "網頁表格", "Web page table";
    encoding: "文字编码", "文字編碼", "Encoding";
    sheet: "工作表", "工作表", "Sheet";
    hidden_sheet: "{0}（隐藏）", "{0}（隱藏）", "{0} (hidden)";
    table: "表", "表", "Table";
    table_at: "第 {0}–{1} 行", "第 {0}–{1} 列", "rows {0}–{1}";
    table_named: "{0}（第 {1}–{2} 行）", "{0}（第 {1}–{2} 列）", "{0} (rows {1}–{2})";
    head_from: "表头起行", "表頭起列", "Head from row";
    head_to: "表头止行", "表頭止列", "Head to row";
    year: "年份（没有写明的）", "年份（沒有寫明的）", "Year where none is named";
    mode: "计划里已有的数", "計畫裡已有的數", "Numbers the plan has";
    mode_add: "保留，只补缺的", "保留，只補缺的", "Keep; add what is missing";
    mode_replace: "用表里的数替换", "用表裡的數替換", "Replace by the table's";
    with_hidden: "也读隐藏的行和列", "也讀隱藏的列和欄", "Read hidden rows and columns too";
    remembered: "版式与以前导入过的相同，按当时的选择读。", "版式與以前匯入過的相同，按當時的選擇讀。", "The layout is one imported before and is read as was chosen then.";
    remembered_gone: "当时选的有 {0} 项计划里已经没有，这些重新判断。", "當時選的有 {0} 項計畫裡已經沒有，這些重新判斷。", "Of what was chosen then, the plan no longer has {0}; that is read anew.";
    forget: "忘掉，重新判断", "忘掉，重新判斷", "Forget it and read anew";

    // What is asked
    questions: "需要您定的（{0}）", "需要您定的（{0}）", "For you to decide ({0})";
    questions_hint: "没有定的，只有它涉及的数不导入。", "沒有定的，只有它涉及的數不匯入。", "What is not decided only keeps out the numbers it is about.";
    ask_region_column: "哪一列是地区名称？", "哪一欄是地區名稱？", "Which column names the regions?";
    ask_year: "这些数是哪一年的？（人数按秋季，资金按财政年度）", "這些數是哪一年的？（人數按秋季，資金按財政年度）", "Which year's numbers are these? (autumn for people, fiscal year for money)";
    ask_column_year: "「{0}」列是哪一年的？", "「{0}」欄是哪一年的？", "Which year's numbers has column “{0}”?";
    ask_column: "「{0}」列是什么？", "「{0}」欄是什麼？", "What is column “{0}”?";
    ask_item: "「{0}」是什么？", "「{0}」是什麼？", "What is “{0}”?";
    ask_unit: "「{0}」列的单位是什么？", "「{0}」欄的單位是什麼？", "In what does column “{0}” count?";
    ask_same_target: "这几列说的是同一件事，只能用一列。用哪一列？", "這幾欄說的是同一件事，只能用一欄。用哪一欄？", "These columns say the same thing, and only one can be used. Which?";
    ask_region: "「{0}」是计划里的「{1}」吗？", "「{0}」是計畫裡的「{1}」嗎？", "Is “{0}” the plan's “{1}”?";
    ask_new_regions: "有 {0} 个名称不在计划里。是新地区吗？（也可以在下面逐行定）", "有 {0} 個名稱不在計畫裡。是新地區嗎？（也可以在下面逐列定）", "Names the plan does not have: {0}. Are they new regions? (or decide row by row below)";
    ask_add_up: "{0} 个地区共有 {1} 行，各有好几行。要加总吗？", "{0} 個地區共有 {1} 列，各有好幾列。要加總嗎？", "{0} regions have {1} rows between them. Are rows of one region to be added up?";
    ask_add_up_schools: "各行像是学校：{0} 个地区共有 {1} 行。要加总到地区吗？", "各列像是學校：{0} 個地區共有 {1} 列。要加總到地區嗎？", "Rows seem to be schools: {1} rows of {0} regions. Are they to be added up by region?";
    ask_sum_row: "第 {0} 行等于第 {1}–{2} 行之和。是合计，还是一个地区？", "第 {0} 列等於第 {1}–{2} 列之和。是合計，還是一個地區？", "Row {0} is the sum of rows {1}–{2}. Is it a total, or a region?";
    ask_replace: "有 {0} 个数，计划里已有，与表里不同。", "有 {0} 個數，計畫裡已有，與表裡不同。", "Numbers that the plan has and the table has otherwise: {0}.";
    ask_magnitude: "「{0}」{1}{2}在表里合计 {3}，{4}，相差很大。单位对吗？", "「{0}」{1}{2}在表裡合計 {3}，{4}，相差很大。單位對嗎？", "“{0}”, {1}{2}: the table comes to {3}, {4}. That is far apart; is the unit right?";
    size_places: "（{0}）", "（{0}）", " ({0})";
    size_plan: "计划里是 {0}", "計畫裡是 {0}", "the plan to {0}";
    size_plan_of: "计划里{0}是 {1}", "計畫裡{0}是 {1}", "the plan in {0} to {1}";
    size_table: "表里{0}是 {1}", "表裡{0}是 {1}", "and in {0} to {1}";
    size_others: "同样这些地区的「{0}」是 {1}", "同樣這些地區的「{0}」是 {1}", "while “{0}” of the same regions comes to {1}";
    ask_part: "表上写着「{0}」，可能只是一部分。", "表上寫著「{0}」，可能只是一部分。", "The table says “{0}”: it may be of a part only.";
    yes_it_is: "是「{0}」", "是「{0}」", "It is “{0}”";
    take_as: "作为「{0}」", "作為「{0}」", "Take as “{0}”";
    use_year: "按 {0} 年", "按 {0} 年", "Take {0}";
    use_column: "用「{0}」", "用「{0}」", "Use “{0}”";
    all_new: "都是新地区", "都是新地區", "All are new regions";
    none_new: "都不导入", "都不匯入", "Leave all out";
    is_new: "是新地区", "是新地區", "It is a new region";
    leave_out: "不导入", "不匯入", "Leave it out";
    add_up: "按地区加总", "按地區加總", "Add up by region";
    not_add_up: "不导入这些行", "不匯入這些列", "Leave these rows out";
    is_sum: "是合计，不导入", "是合計，不匯入", "A total: leave it out";
    is_region: "是一个地区", "是一個地區", "A region";
    numbers_right: "数字没错", "數字沒錯", "The numbers are right";
    is_whole: "作为全部导入", "作為全部匯入", "Take it as the whole";
    choose: "请选择…", "請選擇…", "Choose…";

    // Columns
    column_numbered: "第 {0} 列", "第 {0} 欄", "column {0}";
    means: "「{0}」列的含义", "「{0}」欄的含義", "What column “{0}” means";
    counted_in: "「{0}」列的单位", "「{0}」欄的單位", "Unit of column “{0}”";
    year_of: "「{0}」列的年份", "「{0}」欄的年份", "Year of column “{0}”";
    item_means: "「{0}」的含义", "「{0}」的含義", "What “{0}” means";
    nothing: "不导入", "不匯入", "not imported";
    region: "地区名称", "地區名稱", "name of the region";
    year_column: "年份", "年份", "year";
    item: "指标名称", "指標名稱", "what is counted";
    unit_column: "计量单位", "計量單位", "unit of the row";
    value: "数值", "數值", "the number";
    heads: "人数：{0}", "人數：{0}", "heads: {0}";
    new_population: "新人群（{0}）", "新人群（{0}）", "new population ({0})";
    money: "资金：{0}", "資金：{0}", "money: {0}";
    unit_unknown: "单位？", "單位？", "unit?";
    one: "人", "人", "people";
    hundred: "百人", "百人", "100 people";
    thousand: "千人", "千人", "1,000 people";
    ten_thousand: "万人", "萬人", "10,000 people";
    yuan: "元", "元", "yuan";
    thousand_yuan: "千元", "千元", "1,000 yuan";
    ten_thousand_yuan: "万元", "萬元", "10,000 yuan";
    million_yuan: "百万元", "百萬元", "million yuan";
    hundred_million_yuan: "亿元", "億元", "100 million yuan";
    items: "表里的指标", "表裡的指標", "What the table counts";
    in_rows: "{0} 行", "{0} 列", "rows: {0}";

    // Rows
    rows: "全部行 {0}", "全部列 {0}", "All rows {0}";
    row: "行", "列", "Row";
    whose: "地区", "地區", "Region";
    take_row: "导入第 {0} 行「{1}」", "匯入第 {0} 列「{1}」", "Import row {0}, “{1}”";
    row_asked: "待定", "待定", "to be decided";
    new_place: "新地区「{0}」", "新地區「{0}」", "new region “{0}”";
    whole_place: "全市", "全市", "the whole city";
    new_for_all: "不在计划里的名称都作为新地区", "不在計畫裡的名稱都作為新地區", "Every name the plan does not have is a new region";
    make_new: "作为新地区", "作為新地區", "Make it a new region";
    make_new_named: "把「{0}」作为新地区", "把「{0}」作為新地區", "Make “{0}” a new region";
    region_of: "「{0}」是哪个地区", "「{0}」是哪個地區", "Which region “{0}” is";
    shows: "看什么", "看什麼", "What is shown";

    // What changes
    changes: "将改变的数 {0}", "將改變的數 {0}", "What changes {0}";
    totals: "导入前后合计", "匯入前後合計", "Totals before and after";
    what: "内容", "內容", "What";
    when: "时间", "時間", "When";
    before: "导入前", "匯入前", "Before";
    after: "导入后", "匯入後", "After";
    difference: "增减", "增減", "Change";
    cell: "表中位置", "表中位置", "Cell";
    is_waiting: "等您选择保留还是替换", "等您選擇保留還是替換", "waits for keep or replace";
    fiscal: "{0} 年", "{0} 年", "FY {0}";
    none_before: "—", "—", "—";
    nothing_changes: "没有数会改变。", "沒有數會改變。", "No number changes.";
    same: "{0} 个数与计划相同，不动。", "{0} 個數與計畫相同，不動。", "Numbers the same as in the plan: {0}.";
    kept: "{0} 个数计划里已有，按选择保留。", "{0} 個數計畫裡已有，按選擇保留。", "Numbers of the plan that stay, as chosen: {0}.";

    // What stays outside
    left: "不导入的 {0}", "不匯入的 {0}", "What is left out {0}";
    left_region: "不导入的内容", "不匯入的內容", "What is left out";
    nothing_left: "没有不导入的内容。", "沒有不匯入的內容。", "Nothing is left out.";
    left_columns: "不导入的列", "不匯入的欄", "Columns left out";
    left_rows: "不导入的行", "不匯入的列", "Rows left out";
    faulty_cells: "不导入的格", "不匯入的格", "Cells left out";
    far_cells: "离表格很远、不属于任何表的格", "離表格很遠、不屬於任何表的格", "Cells far away that belong to no table";
    far_cell: "{0}：{1}", "{0}：{1}", "{0}: {1}";
    and_more: "还有 {0} 个。", "還有 {0} 個。", "{0} more.";
    mend_at: "第 {0} 行「{1}」列改为", "第 {0} 列「{1}」欄改為", "Mend row {0}, column “{1}”";
    at: "第 {0} 行「{1}」列：{2}", "第 {0} 列「{1}」欄：{2}", "row {0}, column “{1}”: {2}";
    row_named: "第 {0} 行「{1}」", "第 {0} 列「{1}」", "row {0}, “{1}”";

    left_hidden: "表格里隐藏", "表格裡隱藏", "hidden in the spreadsheet";
    left_empty: "没有内容", "沒有內容", "nothing in it";
    left_running: "序号或代码", "序號或代碼", "running numbers or codes";
    left_words: "文字", "文字", "words";
    left_not_people: "不是在校生人数（学校、班级、教师、面积等）", "不是在學人數（學校、班級、教師、面積等）", "no pupils (schools, classes, teachers, areas …)";
    left_rate: "比率或平均数", "比率或平均數", "a rate or average";
    left_money: "计划里没有对应的资金", "計畫裡沒有對應的資金", "money the plan has no place for";
    left_part: "其中项，只是一部分", "其中項，只是一部分", "a part of another number";
    left_sum: "合计", "合計", "a sum";
    left_computed: "「{0}」由计划推算，不录入", "「{0}」由計畫推算，不輸入", "“{0}” is computed by the plan";
    left_other: "「{0}」列的名称完全相符，用那一列", "「{0}」欄的名稱完全相符，用那一欄", "column “{0}” has the exact name";
    left_asked: "待定，见上面的问题", "待定，見上面的問題", "to be decided above";
    left_unknown: "看不出是什么", "看不出是什麼", "nothing known is said of it";
    left_chosen: "您选择不导入", "您選擇不匯入", "left out by you";
    left_note: "没有数字（说明或小标题）", "沒有數字（說明或小標題）", "no numbers (a note or heading)";
    left_other_city: "表里写明属于别的城市", "表裡寫明屬於別的城市", "the table says that it belongs to another city";
    left_sum_of: "合计：第 {0}–{1} 行之和", "合計：第 {0}–{1} 列之和", "a total: the sum of rows {0}–{1}";
    left_row_part: "其中行，只是一部分", "其中列，只是一部分", "a part of another row";
    left_not_in_plan: "不在计划里", "不在計畫裡", "not in the plan";
    left_no_name: "没有地区名称", "沒有地區名稱", "no region is named";
    left_no_year: "读不出年份", "讀不出年份", "no year can be read";
    left_item: "这项指标不导入", "這項指標不匯入", "what it counts is left out";

    not_a_number: "应为数字", "應為數字", "a number is expected";
    not_whole: "换算后应为整数", "換算後應為整數", "a whole number is expected";
    out_of_bounds: "超出计划可用的范围", "超出計畫可用的範圍", "beyond what a plan may hold";
    percent: "是百分数，不是数量", "是百分數，不是數量", "a percentage, not a count";
    date: "是日期，不是数量", "是日期，不是數量", "a date, not a count";
    error: "单元格显示错误", "儲存格顯示錯誤", "the spreadsheet shows an error";
    not_computed: "公式没有存下结果：用 Excel 或 WPS 打开并保存一次", "公式沒有存下結果：用 Excel 或 WPS 開啟並儲存一次", "the formula's result is not stored: open and save the file in Excel or WPS once";
    part_missing: "同一地区另有一行读不出，其余的不能加总", "同一地區另有一列讀不出，其餘的不能加總", "another row of the region cannot be read: the others are no sum";
    split: "这一行的格比表头多，像是数里的逗号把一个数拆成了几格", "這一列的格比表頭多，像是數裡的逗號把一個數拆成了幾格", "the row has more cells than the head: commas within numbers seem to have split them";
    not_a_year: "应为年份，如 2012", "應為年份，如 2012", "a year such as 2012 is expected";
    year_outside: "年份超出计划的年度", "年份超出計畫的年度", "a year outside the plan's";
    not_a_name: "名称里有不能用的字符", "名稱裡有不能用的字元", "the name has characters that cannot be used";
    other_unit: "单位与这一列不同", "單位與這一欄不同", "its unit is not that of the column";

    no_table: "这张工作表里没有找到表格。请换一张工作表，或在上面指定表头行。", "這張工作表裡沒有找到表格。請換一張工作表，或在上面指定表頭列。", "No table was found in this sheet. Choose another sheet, or say above where the head is.";
    take: "导入 {0} 个数", "匯入 {0} 個數", "Import {0} numbers";
    taken_none: "没有数要改，计划不变。", "沒有數要改，計畫不變。", "No number was to change; the plan is as it was.";
    take_nothing: "导入", "匯入", "Import";
    taken: "已导入 {0} 个数，可以撤销。", "已匯入 {0} 個數，可以復原。", "Numbers imported: {0}. This can be undone.";
    not_taken: "没有导入：{0}", "沒有匯入：{0}", "Not imported: {0}";
    open_left: "还有 {0} 项待定，涉及的数不导入。", "還有 {0} 項待定，涉及的數不匯入。", "Not decided: {0}; the numbers they are about stay out.";
    done: "完成", "完成", "Done";
    next: "下一个文件", "下一個檔案", "Next file";

    own_people: "这是沙盘导出的人数表。", "這是沙盤匯出的人數表。", "This is a table of people that Shapan exported.";
    own_results: "这是沙盘导出的测算结果。结果是算出来的，不导入。", "這是沙盤匯出的測算結果。結果是算出來的，不匯入。", "These are results that Shapan exported. Results are computed and not imported.";
    own_workbook: "这是沙盘导出的资金测算表。只导入您改过的输入格。", "這是沙盤匯出的資金測算表。只匯入您改過的輸入格。", "This is a workbook that Shapan exported. Only the inputs you changed come in.";
    own_unchanged: "与导出时一样，没有要导入的。", "與匯出時一樣，沒有要匯入的。", "It is as it was exported; there is nothing to import.";
    own_since_changed: "导出以后计划又有改动，或者这是另一个计划。", "匯出以後計畫又有改動，或者這是另一個計畫。", "The plan has changed since, or is another one.";
    own_since_unknown: "文件是旧版沙盘导出的，没有写明导出时的数。", "檔案是舊版沙盤匯出的，沒有寫明匯出時的數。", "An older Shapan exported it, which did not keep what was exported.";
    offers: "您改过的数", "您改過的數", "Numbers you changed";
    conflicts: "计划里也改过的数：勾选才替换", "計畫裡也改過的數：勾選才替換", "Numbers the plan has changed too: tick to replace";
    differences: "与计划不同的数：不知道是您改的，还是计划后来改的，勾选才替换", "與計畫不同的數：不知道是您改的，還是計畫後來改的，勾選才替換", "Numbers other than the plan's: whether you changed them or the plan did later is not known; tick to replace";
    take_cell: "导入 {0}", "匯入 {0}", "Import {0}";
    exported_as: "导出时 {0}", "匯出時 {0}", "exported as {0}";
    left_cells: "改过但不导入的格", "改過但不匯入的格", "Changed cells that are not imported";
    left_line: "{0}（{1}）：{2}。{3}", "{0}（{1}）：{2}。{3}", "{0} ({1}): {2}. {3}";
    of_measure: "措施「{0}」", "措施「{0}」", "measure “{0}”";
    own_computed: "由计划推算，不录入", "由計畫推算，不輸入", "computed by the plan";
    own_growth: "由普查数和会变的增长率推算；在这里写数会盖住它们", "由普查數和會變的增長率推算；在這裡寫數會蓋住它們", "projected by growth that measures change; a number here would undo them";
    own_old_census: "由多年前的普查数推算", "由多年前的普查數推算", "grown from a census of too long ago";
    own_formula: "公式被改动", "公式被改動", "a formula was changed";
    own_too_fine: "比计划的数更细", "比計畫的數更細", "finer than the plan's numbers";
    own_moved: "这一行的名称变了，可能排过序", "這一列的名稱變了，可能排過序", "what its row is called has changed; rows may have been sorted";
    own_gone: "格子不见了", "格子不見了", "the cell is gone";
    own_not_in_plan: "计划里没有对应的内容", "計畫裡沒有對應的內容", "the plan has no such thing";
    own_ambiguous: "有好几个地区叫这个名字", "有好幾個地區叫這個名字", "several regions are called so";
    own_twice: "两个格说的数不同", "兩個格說的數不同", "two cells say different things";
    own_adopted: "属于已采用的情景", "屬於已採用的情境", "given by an adopted scenario";
    own_several: "来自几项措施或增长，没有一个数可改", "來自幾項措施或增長，沒有一個數可改", "comes out of several measures or of growth";
    own_year_share: "工程的分年比例，请在页面上改", "工程的分年比例，請在頁面上改", "a year's share of works: change it on the page";
    own_pupils: "学校的学生数，请在页面上改", "學校的學生數，請在頁面上改", "pupils of a school: change it on the page";

    leave_title: "还没有导入", "還沒有匯入", "Nothing is imported yet";
    leave_text: "您在「{0}」里的选择还没有导入。", "您在「{0}」裡的選擇還沒有匯入。", "What you chose for “{0}” is not imported.";
    keep_working: "继续核对", "繼續核對", "Keep working";
    throw_away: "放弃这些选择", "放棄這些選擇", "Throw away";
}
