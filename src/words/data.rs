//! Owns the words of the page `data`.

words! {
    title: "数据", "資料", "Data";
}
