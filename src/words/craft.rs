//! Owns the words of the sheet of shortcuts, and of the hints shown once.

words! {
    shortcuts: "快捷键", "快速鍵", "Keyboard shortcuts";
    key: "按键", "按鍵", "Key";
    does: "作用", "作用", "What it does";
    this_sheet: "打开这张表", "開啟這張表", "This sheet";
    to_page: "到「{0}」", "到「{0}」", "To “{0}”";
    year_before: "上一年", "上一年", "The year before";
    year_after: "下一年", "下一年", "The year after";
    swap: "情景与对比互换", "情境與對比互換", "Swap the scenario and what it is compared with";
    keys_in_lever: "拖杆上：微调；Home、End 到两端", "拖桿上：微調；Home、End 到兩端", "On a lever: a step; Home and End to its ends";
    keys_in_grid: "数据表里：移动；Enter、Tab 填下一格；Shift 加方向键选一片；Ctrl+C、Ctrl+V 与 Excel、WPS 互相复制", "資料表裡：移動；Enter、Tab 填下一格；Shift 加方向鍵選一片；Ctrl+C、Ctrl+V 與 Excel、WPS 互相複製", "In a grid: move; Enter and Tab go on; Shift with arrows selects; Ctrl+C and Ctrl+V to and from Excel and WPS";
    keys_in_dialog: "关闭对话框，放弃正在键入的", "關閉對話方塊，放棄正在鍵入的", "Close a dialog, leave a field as it was";
    arrows: "方向键", "方向鍵", "Arrows";
    single_keys: "用单个按键（数字、[、]、\\、?）", "用單個按鍵（數字、[、]、\\、?）", "Use single keys (digits, [, ], \\ and ?)";
    single_keys_hint: "语音输入等软件会误触时可关闭。", "語音輸入等軟體會誤觸時可關閉。", "Turn them off where speech input or the like sets them off.";
    got_it: "不再提示", "不再提示", "Do not show again";
    hint: "提示", "提示", "Hint";
    hint_ask: "带点线的数字都能点开，看它怎么算出来、依据什么。按 ? 看快捷键。", "帶點線的數字都能點開，看它怎麼算出來、依據什麼。按 ? 看快速鍵。", "Every figure with a dotted line opens: how it is reckoned, and on what it rests. Press ? for shortcuts.";
    hint_lever: "拖动拖杆，右边的结果立刻跟着变；不满意随时撤销（Ctrl+Z）。计划本身不会变，变的只是这个情景。", "拖動拖桿，右邊的結果立刻跟著變；不滿意隨時復原（Ctrl+Z）。計劃本身不會變，變的只是這個情境。", "Drag the lever and the results beside it move at once; undo with Ctrl+Z. The plan itself stays: only this scenario moves.";
    hint_grid: "可以从 Excel 或 WPS 整片粘贴：认得千分位、全角数字、万和亿；读不懂的格子会标出来，其余照收。", "可以從 Excel 或 WPS 整片貼上：認得千分位、全形數字、萬和億；讀不懂的格子會標出來，其餘照收。", "Paste whole blocks from Excel or WPS: thousands separators, full-width digits, ten-thousands and hundred millions are understood; cells that are not are marked, the rest is taken.";
    hint_compare: "在情景树里勾选 2 到 4 个情景，逐项对比。每个情景只是在上一级之上叠加几项措施。", "在情境樹裡勾選 2 到 4 個情境，逐項對比。每個情境只是在上一級之上疊加幾項措施。", "Tick two to four scenarios in the tree to set them side by side. A scenario is its parent with a few measures on top.";
}
