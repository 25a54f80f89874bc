//! Owns the words of the page `shelf`.

words! {
    title: "文件", "檔案", "Files";
}
