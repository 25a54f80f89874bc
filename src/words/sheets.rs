//! Owns the words of what goes to spreadsheets and comes from them.

words! {
    title: "电子表格", "試算表", "Spreadsheets";
    lead: "资金测算表用公式算出每一笔钱，改输入即重算，与本页一分不差。", "資金測算表用公式算出每一筆錢，改輸入即重算，與本頁一分不差。", "The workbook computes every payment by formula: change an input and it follows, to the fen as here.";
    export_book: "导出 Excel 资金测算表", "匯出 Excel 資金測算表", "Export workbook (Excel)";
    export_csv: "导出结果 CSV", "匯出結果 CSV", "Export results (CSV)";
    export_people: "导出人数 CSV", "匯出人數 CSV", "Export people (CSV)";
    of: "「{0}」对比「{1}」", "「{0}」對比「{1}」", "“{0}” against “{1}”";
    of_one: "「{0}」", "「{0}」", "“{0}”";
    book: "资金测算表", "資金測算表", "workbook";
    results: "测算结果", "測算結果", "results";
    people: "人数", "人數", "people";
    working: "正在生成…", "正在產生…", "Working…";
    reading: "正在读取…", "正在讀取…", "Reading…";
    done: "已导出「{0}」。", "已匯出「{0}」。", "Exported “{0}”.";
    failed: "没有导出：{0}", "沒有匯出：{0}", "Not exported: {0}";
    not_read: "没有读取「{0}」：{1}", "沒有讀取「{0}」：{1}", "“{0}” was not read: {1}";

    missing: "处理电子表格的程序没能载入。请检查网络后再试；页面其余部分不受影响。", "處理試算表的程式未能載入。請檢查網路後再試；頁面其餘部分不受影響。", "The program for spreadsheets could not be loaded. Check the connection and try again; the rest of the page is not affected.";
    crashed: "处理电子表格的程序出错了，计划没有变。请重新载入本页再试。", "處理試算表的程式出錯了，計劃沒有變。請重新載入本頁再試。", "The program for spreadsheets failed; the plan has not changed. Reload the page and try again.";
    other_version: "处理电子表格的程序与本页版本不一致，请重新载入本页。", "處理試算表的程式與本頁版本不一致，請重新載入本頁。", "The program for spreadsheets is of another version than the page: reload the page.";
    no_outcome: "这个情景算不出结果，请先在推演页改正。", "這個情境算不出結果，請先在推演頁改正。", "This scenario has no result: mend it on the What if page first.";
    too_many_rows: "会有 {0} 行，表格最多 {1} 行。请减少年度或地区，或导出 CSV。", "會有 {0} 行，表格最多 {1} 行。請減少年度或地區，或匯出 CSV。", "It would have {0} rows; at most {1} are written. Take fewer years or regions, or export CSV.";
    beyond_digits: "有数字超出电子表格能精确计算的 15 位。请导出 CSV，数字在那里是准确的。", "有數字超出試算表能精確計算的 15 位。請匯出 CSV，數字在那裡是準確的。", "A number is beyond the 15 digits that spreadsheets compute exactly. Export CSV, where numbers are exact.";
    too_large: "文件超过 {0} MB。请只留下要导入的那张表。", "檔案超過 {0} MB。請只留下要匯入的那張表。", "The file is over {0} MB: keep only the sheet to import.";
    bomb: "文件解压后超过 {0} MB，没有打开。", "檔案解壓後超過 {0} MB，沒有開啟。", "Unpacked, the file is over {0} MB: it was not opened.";
    too_wide: "表格超过 {0} 行或 {1} 列。请只留下要导入的部分。", "表格超過 {0} 行或 {1} 列。請只留下要匯入的部分。", "The table has more than {0} rows or {1} columns: keep only what is to be imported.";
    not_a_table: "不是 .xlsx，也不是 UTF-8 或 GB 18030 的 CSV 文本。", "不是 .xlsx，也不是 UTF-8 或 GB 18030 的 CSV 文字。", "It is neither .xlsx nor CSV text in UTF-8 or GB 18030.";
    unreadable: "这个工作簿有密码、已损坏，或是旧的 .xls 格式。请去掉密码，另存为 .xlsx。", "這個活頁簿有密碼、已損壞，或是舊的 .xls 格式。請去掉密碼，另存為 .xlsx。", "The workbook is locked, damaged, or in the old .xls format: save it as .xlsx without a password.";
    empty: "表里没有内容。", "表裡沒有內容。", "There is nothing in it.";
    refused: "电子表格格式不接受：{0}", "試算表格式不接受：{0}", "The format refuses it: {0}";

    in_work: "「{0}」还没有处理完。", "「{0}」還沒有處理完。", "“{0}” is not finished.";
    go_on: "继续核对", "繼續核對", "Go on with it";
    import: "从表格导入…", "從表格匯入…", "Import from a spreadsheet…";
}
