//! Owns the words of the page `programmes`.

words! {
    title: "项目", "項目", "Programmes";
}
