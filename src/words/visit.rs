//! Owns the words of what came in and is only looked at.

words! {
    title: "收到的内容", "收到的內容", "What was sent to you";
    from_link: "收到的链接", "收到的連結", "From a link";
    from_file: "文件「{0}」", "檔案「{0}」", "File “{0}”";
    looked_at: "只看不改", "只看不改", "read-only";
    plan: "计划「{0}」", "計劃「{0}」", "Plan “{0}”";
    scenario: "情景「{0}」，做在计划「{1}」上", "情境「{0}」，做在計劃「{1}」上", "Scenario “{0}”, made on the plan “{1}”";
    saved_on: "{0} 发出", "{0} 發出", "sent {0}";
    keep: "保存为我的计划", "儲存為我的計劃", "Keep as my plan";
    open_kept: "打开本机的「{0}」", "開啟本機的「{0}」", "Open “{0}” kept here";
    is_kept: "这份计划本机已有，一字未改，不会再存一份。", "這份計劃本機已有，一字未改，不會再存一份。", "This very plan is kept here already, unchanged; no second copy is made.";
    scenario_is_kept: "这个情景本机已有，不会再加一次。", "這個情境本機已有，不會再加一次。", "This scenario is here already; it is not added twice.";
    add_scenario: "把情景加入「{0}」", "把情境加入「{0}」", "Add the scenario to “{0}”";
    back: "返回「{0}」", "返回「{0}」", "Back to “{0}”";
    back_to_sample: "不保存，去看示例", "不儲存，去看示例", "Leave it and see the sample";
    read_only: "这是别人发来的，只能看。要动手试，先保存为自己的。", "這是別人發來的，只能看。要動手試，先儲存為自己的。", "This was sent to you and is only to look at. To change anything, keep it first.";
    not_here: "正在看收到的内容。先返回，或保存为自己的计划，再来这里。", "正在看收到的內容。先返回，或儲存為自己的計劃，再來這裡。", "You are looking at what was sent to you. Go back or keep it, then come here.";
    kept: "已保存为您的计划，可以动手改了。", "已儲存為您的計劃，可以動手改了。", "Kept as your plan; it is yours to change.";
    added: "情景已加入「{0}」，可撤销。", "情境已加入「{0}」，可復原。", "The scenario is added to “{0}”; undo takes it back.";
    look_first: "先看看（只看不改）", "先看看（只看不改）", "Look at it first (read-only)";
    other_place: "不能加入「{0}」：情景是{1}的，那份计划是{2}的，加进去算出来的数没有意义。", "不能加入「{0}」：情境是{1}的，那份計劃是{2}的，加進去算出來的數沒有意義。", "It cannot be added to “{0}”: the scenario is about {1}, that plan about {2}, and the figures would mean nothing.";
    other_years: "不能加入「{0}」：情景讲的是 {1}–{2} 年，那份计划是 {3}–{4} 年，没有共同的年份。", "不能加入「{0}」：情境講的是 {1}–{2} 年，那份計劃是 {3}–{4} 年，沒有共同的年份。", "It cannot be added to “{0}”: the scenario is about {1}–{2}, that plan about {3}–{4}; they have no year in common.";
    nothing_to_change: "不能加入「{0}」：情景要改的，那份计划里一样也没有。", "不能加入「{0}」：情境要改的，那份計劃裡一樣也沒有。", "It cannot be added to “{0}”: that plan has nothing of what the scenario changes.";
    ask_for_plan: "请对方发整个计划，或者发带着原计划的情景文件。", "請對方傳整個計劃，或者傳帶著原計劃的情境檔案。", "Ask for the whole plan, or for the scenario’s file, which carries the plan it was made on.";
    place_unknown: "这个情景没有写明是哪里、哪几年的，原计划叫「{0}」；请先核对，再决定加不加。", "這個情境沒有寫明是哪裡、哪幾年的，原計劃叫「{0}」；請先核對，再決定加不加。", "It does not say what place and years it is about; the plan it was made on is called “{0}”. Make sure before you add it.";
}
