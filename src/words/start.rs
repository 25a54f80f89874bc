//! Owns the words of the page `start`.

words! {
    title: "新建计划", "新建計劃", "New plan";
}
