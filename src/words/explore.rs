//! Owns the words of charts and of the page `explore`.

words! {
    // Charts
    walk_chart: "{0}：图，用方向键逐个查看", "{0}：圖，用方向鍵逐個查看", "{0}: chart, walk with the arrow keys";
    spot: "{0}：{1}", "{0}：{1}", "{0}: {1}";
    projected: "虚线为预测", "虛線為預測", "dashed: projected";
    projected_of: "{0}（预测）", "{0}（預測）", "{0} (projected)";

    // The page
    title: "分析", "分析", "Explore";
}
