//! Owns the words on what is wrong with a file, and on what was found in one.

words! {
    // Not JSON
    not_json: "第 {0} 行第 {1} 列：{2}。", "第 {0} 行第 {1} 欄：{2}。", "Line {0}, column {1}: {2}.";
    json_unexpected: "不该出现“{0}”，这里应是 {1}（JSON 格式有误）", "不該出現「{0}」，這裡應是 {1}（JSON 格式有誤）", "“{0}” where {1} should stand, so it is not JSON";
    json_no_value: "“{0}”处应是一个值（不是有效的 JSON）", "「{0}」處應是一個值（不是有效的 JSON）", "a value should stand where “{0}” is, so it is not JSON";
    json_word: "“{0}”不是 JSON 的值：请写数字、带引号的文字、true、false 或 null", "「{0}」不是 JSON 的值：請寫數字、帶引號的文字、true、false 或 null", "“{0}” is no value of JSON: write a number, words in quotes, true, false or null";
    json_number: "“{0}”不是 JSON 的数字：请写成 12 或 0.5 的样子", "「{0}」不是 JSON 的數字：請寫成 12 或 0.5 的樣子", "“{0}” is no number of JSON: write it like 12 or 0.5";
    json_escape: "反斜杠后面不能跟这个字符：反斜杠本身请写两个", "反斜線後面不能接這個字元：反斜線本身請寫兩個", "a backslash cannot stand before this: for the backslash itself write two";
    json_half: "U+{0} 只是半个字符：请重新输入这段文字", "U+{0} 只是半個字元：請重新輸入這段文字", "U+{0} is half a character: type these words anew";
    json_control: "引号里有控制字符 U+{0}：换行请写 \\n", "引號裡有控制字元 U+{0}：換行請寫 \\n", "the control character U+{0} within quotes: write a line break as \\n";
    json_after: "文件结束之后还有内容：请删去多余部分", "檔案結束之後還有內容：請刪去多餘部分", "more follows after the end: remove what does not belong";
    json_deep: "括号嵌套超过 {0} 层", "括號巢狀超過 {0} 層", "brackets within brackets, more than {0} deep";
    json_many: "内容超过 {0} 个值", "內容超過 {0} 個值", "more than {0} values";
    utf16: "文件是 UTF-16 编码（记事本称为“Unicode”）。请另存为 UTF-8。", "檔案是 UTF-16 編碼（記事本稱為「Unicode」）。請另存為 UTF-8。", "It is UTF-16 (“Unicode” in some editors). Save it as UTF-8.";

    // A value
    value: "第 {0} 行第 {1} 列，{2}：{3}。", "第 {0} 行第 {1} 欄，{2}：{3}。", "Line {0}, column {1}, {2}: {3}.";
    whole_file: "整个文件", "整個檔案", "the file as a whole";
    kind: "应为{0}，文件里是{1}", "應為{0}，檔案裡是{1}", "{0} is needed, the file has {1}";
    needs_object: "花括号括起的一组字段", "大括號括起的一組欄位", "an object in braces";
    needs_list: "方括号括起的列表", "方括號括起的清單", "a list in square brackets";
    needs_text: "带引号的文字", "帶引號的文字", "words in quotes";
    needs_yes_no: " true 或 false", " true 或 false", "true or false";
    needs_whole: "整数（不带引号和小数点）", "整數（不帶引號和小數點）", "a whole number without quotes or fraction";
    needs_this: "整数 {0}", "整數 {0}", "the whole number {0}";
    needs_between: " {0} 到 {1} 的整数", " {0} 到 {1} 的整數", "a whole number from {0} to {1}";
    needs_one_of: "恰好有其中一个字段的一组：{0}", "恰好有其中一個欄位的一組：{0}", "an object with exactly one of {0}";
    needs_fen: "以分为单位的整数（1 元写 100）", "以分為單位的整數（1 元寫 100）", "a whole number of fen (100 for 1 yuan)";
    needs_millionths: "以百万分之一为单位的整数（60% 写 600000）", "以百萬分之一為單位的整數（60% 寫 600000）", "a whole number of millionths (600000 for 60 %)";
    is_null: "空值 null", "空值 null", "null";
    is_text: "文字“{0}”", "文字「{0}」", "the words “{0}”";
    is_list: " {0} 项的列表", " {0} 項的清單", "a list of {0}";
    is_object: " {0} 个字段的一组", " {0} 個欄位的一組", "an object of fields: {0}";
    missing: "缺少字段 {0}", "缺少欄位 {0}", "the field {0} is missing";
    missing_near: "缺少字段 {0}（是否误写为“{1}”？）", "缺少欄位 {0}（是否誤寫為「{1}」？）", "the field {0} is missing (is “{1}” meant to be it?)";
    twice: "{0} 出现了两次，请只留一个", "{0} 出現了兩次，請只留一個", "{0} is given twice; keep one";
    word: "“{0}”不在可用的词之中：{1}", "「{0}」不在可用的詞之中：{1}", "“{0}” is none of {1}";
    word_near: "没有“{0}”，是否应为 {1}？可用：{2}", "沒有「{0}」，是否應為 {1}？可用：{2}", "there is no “{0}”; is {1} meant? Possible: {2}";

    // What was found in a file that was read
    older: "文件是第 {0} 版，已按第 {1} 版读入，换算或改名 {2} 处。", "檔案是第 {0} 版，已按第 {1} 版讀入，換算或改名 {2} 處。", "The file is version {0} and was read as version {1}; values converted or renamed: {2}.";
    unknown_kept: "有 {0} 个字段本应用不认识，已原样保留，不参与计算：{1}", "有 {0} 個欄位本應用不認識，已原樣保留，不參與計算：{1}", "Fields not known here, kept as they are and not reckoned with ({0}): {1}";
    unknown_left: "有 {0} 个字段本应用不认识，部分不会保留：{1}", "有 {0} 個欄位本應用不認識，部分不會保留：{1}", "Fields not known here, of which some are not kept ({0}): {1}";
    meant: "{0}（是否应为 {1}？）", "{0}（是否應為 {1}？）", "{0} (is {1} meant?)";
    left_out: "{0}（不保留）", "{0}（不保留）", "{0} (not kept)";
}
