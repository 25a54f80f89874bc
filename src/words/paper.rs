//! Owns the words of paper: what stands on the margins of a sheet, and beside rounded sums.

words! {
    scenario_against: "情景「{0}」，对比「{1}」", "情境「{0}」，對比「{1}」", "Scenario “{0}”, compared with “{1}”";
    year_and_unit: "{0} · 金额单位：{1} · {2} 打印", "{0} · 金額單位：{1} · {2} 列印", "{0} · amounts in {1} · printed {2}";
    person_times: "人次", "人次", "person-times";
    times_hint: "几个项目可能资助同一名学生，各计一次，所以是人次，不是人数。", "幾個項目可能資助同一名學生，各計一次，所以是人次，不是人數。", "Several programmes may aid the same child, which counts with each: person-times, not people.";
    row_changed_times: "直接资助有变化的人次（较参照）", "直接資助有變化的人次（較參照）", "Person-times of aid that changes (against the reference)";
    reached_times: "；惠及 {0} 人次", "；惠及 {0} 人次", "; person-times of aid: {0}";
    affected_times: "；涉及 {0} 人次", "；涉及 {0} 人次", "; person-times affected: {0}";
    rounding: "尾差：各项四舍五入，所示之和与合计最多相差 {0} {1}；金额本身逐分相加，分文不差。", "尾差：各項四捨五入，所示之和與合計最多相差 {0} {1}；金額本身逐分相加，分文不差。", "Rounding: parts as shown may miss their total by up to {0} {1}; the amounts themselves add up to the fen.";
    of_what: "项", "項", "Of";
    values_in: "{0} 年取值", "{0} 年取值", "Value in {0}";
    basis: "依据", "依據", "Basis";
    autumn: "{0} 年秋", "{0} 年秋", "autumn {0}";
    all_together: "各地区合计", "各地區合計", "all regions together";
    from_to: "{0} 至 {1}", "{0} 至 {1}", "{0} to {1}";
    each_region: "各地区分列", "各地區分列", "each region its own";
    no_source: "示例，无出处", "示例，無出處", "illustrative, no source";
    sheet_of: "第 {0} 页，共 {1} 页", "第 {0} 頁，共 {1} 頁", "Page {0} of {1}";
}
