//! Owns the words of the page `explore`.

words! {
    title: "分析", "分析", "Explore";
}
