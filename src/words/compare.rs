//! Owns the words of the page `compare`.

words! {
    title: "对比", "對比", "Compare";
}
