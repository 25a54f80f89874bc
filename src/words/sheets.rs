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
    newer_export: "这个文件由更新的应用导出（第 {0} 版，本页最多读到第 {1} 版）。请重新载入页面，换用新版应用后再导入。", "這個檔案由更新的應用匯出（第 {0} 版，本頁最多讀到第 {1} 版）。請重新載入頁面，換用新版應用後再匯入。", "A newer version of this app exported this file (version {0}; this page reads up to {1}). Reload the page to get the newer app, then import it again.";
    too_large: "文件超过 {0} MB。请只留下要导入的那张表。", "檔案超過 {0} MB。請只留下要匯入的那張表。", "The file is over {0} MB: keep only the sheet to import.";
    bomb: "文件解压后超过 {0} MB，没有打开。", "檔案解壓後超過 {0} MB，沒有開啟。", "Unpacked, the file is over {0} MB: it was not opened.";
    too_wide: "表格超过 {0} 行或 {1} 列。请只留下要导入的部分。", "表格超過 {0} 行或 {1} 列。請只留下要匯入的部分。", "The table has more than {0} rows or {1} columns: keep only what is to be imported.";
    too_much: "表格超过 {0} 个格或 {1} MB 文字。请只留下要导入的部分。", "表格超過 {0} 個格或 {1} MB 文字。請只留下要匯入的部分。", "The table has more than {0} cells or {1} MB of text: keep only what is to be imported.";
    not_a_table: "不是电子表格，也不是文本表格。请用 Excel 或 WPS 打开，另存为 .xlsx。", "不是試算表，也不是文字表格。請用 Excel 或 WPS 開啟，另存為 .xlsx。", "It is neither a spreadsheet nor a table of text: open it in Excel or WPS and save it as .xlsx.";
    unreadable: "这个工作簿（.xlsx、.xls、.xlsb 或 .ods）已损坏或写法不被支持。请用 Excel 或 WPS 打开，另存为 .xlsx。", "這個活頁簿（.xlsx、.xls、.xlsb 或 .ods）已損壞或寫法不被支援。請用 Excel 或 WPS 開啟，另存為 .xlsx。", "The workbook (.xlsx, .xls, .xlsb or .ods) is damaged or written in a way that is not supported: open it in Excel or WPS and save it as .xlsx.";
    locked: "这个工作簿有打开密码。请在 Excel 或 WPS 中打开，去掉密码，另存为 .xlsx。", "這個活頁簿有開啟密碼。請在 Excel 或 WPS 中開啟，去掉密碼，另存為 .xlsx。", "The workbook has a password: open it in Excel or WPS and save it as .xlsx without the password.";
    unknown_encoding: "无法确定文字编码。请选择编码，或在 Excel、WPS 中另存为 .xlsx。", "無法確定文字編碼。請選擇編碼，或在 Excel、WPS 中另存為 .xlsx。", "The encoding of the text is not certain: choose it, or save the table as .xlsx.";
    not_in_encoding: "文字不是 {0} 编码，或文件不完整。请选择别的编码，或另存为 .xlsx。", "文字不是 {0} 編碼，或檔案不完整。請選擇別的編碼，或另存為 .xlsx。", "The text is not in {0}, or the file is incomplete: choose another encoding, or save it as .xlsx.";
    foreign_pdf: "这是 PDF 文件。请取得原来的表格，或把表格复制到 Excel、WPS 中，另存为 .xlsx。", "這是 PDF 檔案。請取得原來的表格，或把表格複製到 Excel、WPS 中，另存為 .xlsx。", "This is a PDF: get the original table, or copy it into Excel or WPS and save it as .xlsx.";
    foreign_document: "这是文字处理文档。请把其中的表格复制到 Excel 或 WPS 表格中，另存为 .xlsx。", "這是文書處理文件。請把其中的表格複製到 Excel 或 WPS 試算表中，另存為 .xlsx。", "This is a text document: copy its table into Excel or WPS and save it as .xlsx.";
    foreign_slides: "这是演示文稿。请把其中的表格复制到 Excel 或 WPS 表格中，另存为 .xlsx。", "這是簡報。請把其中的表格複製到 Excel 或 WPS 試算表中，另存為 .xlsx。", "This is a presentation: copy its table into Excel or WPS and save it as .xlsx.";
    foreign_image: "这是图片。请取得原来的表格，存为 .xlsx 或 .csv。", "這是圖片。請取得原來的表格，存為 .xlsx 或 .csv。", "This is a picture: get the original table as .xlsx or .csv.";
    foreign_archive: "这是压缩包，不是工作簿。请先解压，再选择其中的表格。", "這是壓縮檔，不是活頁簿。請先解壓縮，再選擇其中的表格。", "This is an archive, not a workbook: unpack it and choose the table in it.";
    foreign_json: "这是 JSON 文件，不是表格。计划文件请用「导入」打开；表格请存为 .xlsx 或 .csv。", "這是 JSON 檔案，不是表格。計劃檔案請用「匯入」開啟；表格請存為 .xlsx 或 .csv。", "This is JSON, not a table: open plans with Import, and save tables as .xlsx or .csv.";
    foreign_old_xml: "这是 Excel 2003 的 XML 表格。请用 Excel 或 WPS 打开，另存为 .xlsx。", "這是 Excel 2003 的 XML 試算表。請用 Excel 或 WPS 開啟，另存為 .xlsx。", "This is an XML spreadsheet of Excel 2003: open it in Excel or WPS and save it as .xlsx.";
    foreign_xml: "这是 XML 文件，不是表格。请用 Excel 或 WPS 打开，另存为 .xlsx。", "這是 XML 檔案，不是表格。請用 Excel 或 WPS 開啟，另存為 .xlsx。", "This is XML, not a table: open it in Excel or WPS and save it as .xlsx.";
    foreign_web_archive: "这是单个文件网页（.mht）。请用 Excel 或 WPS 打开，另存为 .xlsx。", "這是單一檔案網頁（.mht）。請用 Excel 或 WPS 開啟，另存為 .xlsx。", "This is a web page in a single file (.mht): open it in Excel or WPS and save it as .xlsx.";
    empty: "表里没有内容。", "表裡沒有內容。", "There is nothing in it.";
    refused: "电子表格格式不接受：{0}", "試算表格式不接受：{0}", "The format refuses it: {0}";

    in_work: "「{0}」还没有处理完。", "「{0}」還沒有處理完。", "“{0}” is not finished.";
    go_on: "继续核对", "繼續核對", "Go on with it";
    import: "从表格导入…", "從表格匯入…", "Import from a spreadsheet…";
}
