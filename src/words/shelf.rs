//! Owns the words of the page `shelf`.

words! {
    title: "文件", "檔案", "Files";
    lead: "都存在这台电脑的浏览器里，不上传。", "都存在這台電腦的瀏覽器裡，不上傳。", "All kept in this browser on this machine; nothing is uploaded.";
    plans: "本机的计划", "本機的計劃", "Plans on this machine";
    used: "共占用 {0} kB", "共佔用 {0} kB", "{0} kB used in all";
    plan: "计划", "計劃", "Plan";
    years: "年度", "年度", "Years";
    regions: "地区", "地區", "Regions";
    programmes: "项目", "項目", "Programmes";
    size: "大小（kB）", "大小（kB）", "Size (kB)";
    saved: "上次保存", "上次儲存", "Last saved";
    actions: "操作", "操作", "Actions";
    is_open: "正在使用", "正在使用", "Open now";
    open: "打开", "開啟", "Open";
    open_this: "打开「{0}」", "開啟「{0}」", "Open “{0}”";
    rename: "改名", "改名", "Rename";
    rename_this: "给「{0}」改名", "給「{0}」改名", "Rename “{0}”";
    name: "计划名称", "計劃名稱", "Name of the plan";
    place: "地方", "地方", "Place";
    keep_name: "保存名称", "儲存名稱", "Keep the name";
    cancel: "取消", "取消", "Cancel";
    name_missing: "两处都要填。", "兩處都要填。", "Both have to be filled in.";
    duplicate: "复制", "複製", "Duplicate";
    duplicate_this: "复制「{0}」", "複製「{0}」", "Duplicate “{0}”";
    copy_of: "{0}（副本）", "{0}（副本）", "{0} (copy)";
    duplicated: "已复制为「{0}」。", "已複製為「{0}」。", "Duplicated as “{0}”.";
    export: "导出", "匯出", "Export";
    export_this: "导出「{0}」", "匯出「{0}」", "Export “{0}”";
    remove: "移除", "移除", "Remove";
    remove_this: "移除「{0}」", "移除「{0}」", "Remove “{0}”";
    the_only_one: "这是唯一的计划，不能移除。", "這是唯一的計劃，不能移除。", "The only plan cannot be removed.";
    removed: "已从本机移除「{0}」。关闭或刷新本页之前可以恢复；要长期留着，请导出。", "已從本機移除「{0}」。關閉或重新整理本頁之前可以恢復；要長期留著，請匯出。", "“{0}” is removed from this machine. It can be put back until this page is closed or reloaded; export it to keep it.";
    restore: "恢复", "恢復", "Put back";
    restored: "已恢复「{0}」。", "已恢復「{0}」。", "“{0}” is back.";
    unreadable: "读不出来：{0}", "讀不出來：{0}", "Cannot be read: {0}";
    not_kept: "还没存到本机", "還沒存到本機", "Not kept on this machine yet";
    sample_copy: "打开一份新的示例", "開啟一份新的示例", "Open a fresh copy of the sample";
    new_plan: "＋ 新建计划…", "＋ 新建計劃…", "+ New plan…";
    fresh_sample: "＋ 示例计划（新的一份）", "＋ 示例計劃（新的一份）", "+ Sample plan (a fresh copy)";
    come_and_go: "导入 / 导出文件…", "匯入 / 匯出檔案…", "Import / export a file…";
}
