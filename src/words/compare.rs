//! Owns the words of the page `compare` and of the tree of scenarios.

words! {
    title: "对比", "對比", "Compare";

    // The tree
    scenarios: "情景", "情境", "Scenarios";
    scenarios_note: "{0} 年较上级情景的增减 · {1}", "{0} 年較上層情境的增減 · {1}", "Change against what each is stacked on, {0} · {1}";
    n_measures: "{0} 项措施", "{0} 項措施", "measures: {0}";
    n_measures_off: "{0} 项措施，停用 {1}", "{0} 項措施，停用 {1}", "measures: {0}, switched off: {1}";
    root_has_none: "没有措施，其余情景由此起算", "沒有措施，其餘情境由此起算", "no measures: all others start from here";
    compare_it: "对比：{0}", "對比：{0}", "Compare: {0}";
    pick_hint: "勾选 2 到 4 个情景对比。", "勾選 2 到 4 個情境對比。", "Tick 2 to 4 scenarios to compare.";
    pick_full: "最多 4 个：先去掉一个，再选别的。", "最多 4 個：先取消一個，再選別的。", "Four at most: untick one to choose another.";
    pick_more: "再勾选一个情景，才能对比。", "再勾選一個情境，才能對比。", "Tick another scenario to compare.";
    pick_missing: "链接里的情景不在这个计划里：{0}", "連結裡的情境不在這個計劃裡：{0}", "The link names scenarios this plan does not have: {0}";
    no_result: "算不出结果", "算不出結果", "no result";
    only_status_quo: "计划里只有现状，还没有可以对比的情景。情景是在现状（或别的情景）上叠加的一组措施：新建一个，到“推演”里添加措施，再回来对比。", "計劃裡只有現狀，還沒有可以對比的情境。情境是在現狀（或別的情境）上疊加的一組措施：新增一個，到「推演」裡加入措施，再回來對比。", "The plan has only its status quo, so there is nothing to compare yet. A scenario is a stack of measures on the status quo or on another scenario: make one, add measures under What if, and come back.";
    rename: "改名", "改名", "Rename";
    rename_it: "情景的新名称", "情境的新名稱", "New name of the scenario";
    save: "保存", "儲存", "Save";
    cancel: "取消", "取消", "Cancel";
    duplicate: "复制一份", "複製一份", "Duplicate";
    copy_of: "{0} 副本", "{0} 副本", "{0} (copy)";
    copy_of_n: "{0} 副本 {1}", "{0} 副本 {1}", "{0} (copy {1})";
    actions_of: "对「{0}」的操作", "對「{0}」的操作", "What can be done with “{0}”";
    delete_all: "连同上层情景一并删除", "連同其上的情境一併刪除", "Remove all of them";
    delete_ask: "「{0}」上面还叠加了 {1} 个情景，会一并删除：{2}。可以撤销。", "「{0}」上面還疊加了 {1} 個情境，會一併刪除：{2}。可以復原。", "Stacked on “{0}” and removed with it ({1}): {2}. This can be undone.";
    deleted: "已删除「{0}」。", "已刪除「{0}」。", "Removed: “{0}”.";
    deleted_with: "已删除「{0}」和叠加在上面的 {1} 个情景。", "已刪除「{0}」和疊加在上面的 {1} 個情境。", "Removed: “{0}” and the scenarios stacked on it ({1}).";
    adopt: "采用…", "採用…", "Adopt…";
    adopt_do: "采用并锁定", "採用並鎖定", "Adopt and lock";
    adopt_ask: "采用后，「{0}」和它下面的情景不能再改；要改就复制一份。", "採用後，「{0}」和它下面的情境不能再改；要改就複製一份。", "Once adopted, “{0}” and what it is stacked on can no longer be changed; make a copy to change it.";
    adopt_on: "采用日期", "採用日期", "Adopted on";
    adopted_on: "已采用 {0} · 锁定", "已採用 {0} · 鎖定", "adopted {0} · locked";
    locked_by: "锁定：已采用的「{0}」由此叠加", "鎖定：已採用的「{0}」由此疊加", "locked: the adopted “{0}” is stacked on it";
    withdraw: "撤回采用…", "撤回採用…", "Withdraw adoption…";
    withdraw_do: "撤回采用", "撤回採用", "Withdraw adoption";
    withdraw_ask: "撤回后，「{0}」又可以改动，采用的数字不再有锁定的底本。已经导出的文件不受影响。", "撤回後，「{0}」又可以改動，採用的數字不再有鎖定的底本。已經匯出的檔案不受影響。", "Once withdrawn, “{0}” can be changed again, and the adopted figures have no locked original any more. Files already exported stay as they are.";
    locked_adopted: "「{0}」已于 {1} 采用，措施已锁定。要改就复制一份，在副本上改。", "「{0}」已於 {1} 採用，措施已鎖定。要改就複製一份，在副本上改。", "“{0}” was adopted on {1}; its measures are locked. To change them, change a copy.";
    locked_below: "已采用的「{0}」叠加在它上面，措施已锁定。要改就复制一份，在副本上改。", "已採用的「{0}」疊加在它上面，措施已鎖定。要改就複製一份，在副本上改。", "The adopted “{0}” is stacked on it; its measures are locked. To change them, change a copy.";
    copy_and_change: "复制一份再改", "複製一份再改", "Copy and change the copy";

    // The matrix
    key_figures: "主要数字对照", "主要數字對照", "Key figures";
    reference: "参照", "參照", "Reference";
    figure: "指标", "指標", "Item";
    amount: "数值", "數值", "Figure";
    against_reference: "增减", "增減", "Change";
    years_shown: "年度", "年度", "Years";
    one_year: "{0} 年", "{0} 年", "{0}";
    all_years: "{0} 年合计", "{0} 年合計", "{0} together";
    only_differences: "只看有差别的", "只看有差別的", "Differences only";
    hidden_rows: "相同的 {0} 行未列出", "相同的 {0} 行未列出", "rows alike, not listed: {0}";
    all_alike: "这些情景的数字全都相同。", "這些情境的數字全都相同。", "All figures of these scenarios are alike.";
    group_key: "总量", "總量", "Overall";
    group_years: "逐年总支出", "逐年總支出", "Total spending, year by year";
    group_sources: "由谁出钱", "由誰出錢", "Who pays";
    group_regions: "各地区总支出", "各地區總支出", "Total spending by region";
    group_county: "各地区县级负担", "各地區縣級負擔", "Borne by counties, by region";
    group_programmes: "各项目支出", "各項目支出", "By programme";
    group_recipients: "各项目资助对象", "各項目資助對象", "Recipients by programme";
    group_gaps: "资金缺口", "資金缺口", "Funding gap";
    group_rules: "校核", "校核", "Checks";
    group_targets: "目标", "目標", "Targets";
    row_total: "总支出", "總支出", "Total spending";
    row_county: "县级负担", "縣級負擔", "Borne by counties";
    row_gap: "资金缺口（已知财力）", "資金缺口（已知財力）", "Funding gap (money known)";
    row_changed: "直接资助有变化的人数（较参照）", "直接資助有變化的人數（較參照）", "People whose aid changes (against the reference)";
    row_changed_years: "直接资助有变化的人次（较参照）", "直接資助有變化的人次（較參照）", "Person-times of aid that changes, years added up (against the reference)";
    row_failing: "校核不通过（共 {0} 项）", "校核不通過（共 {0} 項）", "Checks failing (of {0})";
    row_unknown: "校核无法判断", "校核無法判斷", "Checks that cannot be told";
    row_reached: "目标已达到（共 {0} 项，{1} 年）", "目標已達到（共 {0} 項，{1} 年）", "Targets reached (of {0}, {1})";
    of_payer: "{0}合计", "{0}合計", "{0}, all accounts";
    people_year: "人次", "人次", "person-times";
    fails_in: "{0} 年", "{0} 年", "{0}";
    changed: "有变化", "有變化", "changed";
    points: "{0} 个百分点", "{0} 個百分點", "{0} points";

    // Parameters
    parameters: "有差别的全部参数", "有差別的全部參數", "Every parameter that differs";
    parameters_note: "{0} 个参数，{1} 处不同", "{0} 個參數，{1} 處不同", "parameters: {0}, differences: {1}";
    parameters_none: "这些情景的参数全都相同。", "這些情境的參數全都相同。", "All parameters of these scenarios are alike.";
    parameters_without: "算不出结果的情景没有列入。", "算不出結果的情境沒有列入。", "Scenarios without a result are left out.";
    when: "何时", "何時", "When";
    from_on: "{0}起", "{0}起", "from {0} on";
    span: "{0}至{1}", "{0}至{1}", "{0} to {1}";

    // Between two
    between: "差额从哪里来", "差額從哪裡來", "What makes the difference";
    between_note: "「{0}」较「{1}」", "「{0}」較「{1}」", "“{0}” against “{1}”";
    look_closer: "细看", "細看", "Look closer at";
    dropped: "去掉", "去掉", "dropped";
    held_by: "属于「{0}」", "屬於「{0}」", "of “{0}”";
    half_year: "首年半年：{0} 年只付秋季学期，{1} 年全年 {2}", "首年半年：{0} 年只付秋季學期，{1} 年全年 {2}", "Half a year at first: {0} pays the autumn only, {1} the whole year, {2}";
    half_year_last: "首年半年：{0} 年只付秋季学期", "首年半年：{0} 年只付秋季學期", "Half a year at first: {0} pays the autumn only";
    payers: "谁多出，谁少出", "誰多出，誰少出", "Who pays more, who pays less";
    before: "参照", "參照", "Reference";
    after: "此情景", "此情境", "Scenario";
    regions: "哪些地区增加，哪些减少", "哪些地區增加，哪些減少", "Which regions gain, which lose";
    regions_line: "支出增加的地区 {0} 个，减少 {1} 个；县级负担加重的 {2} 个，减轻 {3} 个。", "支出增加的地區 {0} 個，減少 {1} 個；縣級負擔加重的 {2} 個，減輕 {3} 個。", "Regions where more is spent: {0}, less: {1}; regions whose county bears more: {2}, less: {3}.";
    spent_there: "支出增减", "支出增減", "Spending, change";
    per_head: "每名学生", "每名學生", "Per pupil";
    borne_there: "县级负担增减", "縣級負擔增減", "Counties, change";
    sort_by: "排序", "排序", "Sort by";
    sort_spent: "支出增减", "支出增減", "Change in spending";
    sort_spent_each: "每名学生支出增减", "每名學生支出增減", "Change in spending per pupil";
    sort_borne: "县级负担增减", "縣級負擔增減", "Change borne by counties";
    sort_borne_each: "每名学生县级负担增减", "每名學生縣級負擔增減", "Change borne per pupil";
    pupils: "学生", "學生", "Pupils";
    all_pupils: "全部学生", "全部學生", "all pupils";
    per_head_note: "每名学生：元 / 人·年，按{0}在春、秋两学期的平均人数（参照情景）。", "每名學生：元 / 人·年，按{0}在春、秋兩學期的平均人數（參照情境）。", "Per pupil: yuan a head and year, by the mean heads of spring and autumn under the reference: {0}.";
    no_pupils: "没有学生人数", "沒有學生人數", "no pupils known";
    quoted: "「{0}」", "「{0}」", "“{0}”";
    comma: "、", "、", ", ";
}
