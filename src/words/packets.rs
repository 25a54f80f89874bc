//! Owns the words of packets: what a city hands out to a county, and what comes back.

words! {
    title: "下发填报包", "下發填報包", "Packets for counties";
    hint: "为一个县区存一份只含它自己数字的计划，县区填好后交回，按数字逐个收入。", "為一個縣區存一份只含它自己數字的計劃，縣區填好後交回，按數字逐個收入。", "Save a plan with one county’s numbers only; the county fills it in and hands it back, and it is taken in number by number.";
    region: "县区", "縣區", "County";
    may_change: "可改", "可改", "May change";
    people: "人数（在校生、增长率、班数、岗位）", "人數（在校生、增長率、班數、崗位）", "People (heads, growth, classes, posts)";
    money: "本级财力（收入、可用资金）", "本級財力（收入、可用資金）", "Own money (revenue, available)";
    schools: "学校（学生、条件）", "學校（學生、條件）", "Schools (pupils, resources)";
    quantities: "项目数量（覆盖面、岗位、工程量、金额）", "項目數量（覆蓋面、崗位、工程量、金額）", "Quantities (coverage, posts, works, amounts)";
    save: "存为「{0}」的填报包", "存為「{0}」的填報包", "Save the packet for {0}";
    saved: "已存为文件，发给「{0}」填报即可。", "已存為檔案，發給「{0}」填報即可。", "Saved as a file: send it to {0} to fill in.";
    nothing_asked: "至少勾选一项可改的内容。", "至少勾選一項可改的內容。", "Tick at least one thing the county may change.";
    not_made: "做不成填报包：{0}", "做不成填報包：{0}", "No packet can be made: {0}";
    file_out: "{0}-填报包", "{0}-填報包", "{0}-packet";
    file_back: "{0}-交回", "{0}-交回", "{0}-filled-in";
    not_of_a_packet: "这本身就是填报包。", "這本身就是填報包。", "This plan is itself a packet.";
    title_in: "填报包", "填報包", "Packet to fill in";
    strip: "{0}请「{1}」填报。可改：{2}；其他数字可以试算，但不交回。", "{0}請「{1}」填報。可改：{2}；其他數字可以試算，但不交回。", "{0} asks {1} to fill this in. You may change: {2}. Other numbers can be tried out, but are not handed back.";
    whole_city: "这里只有本县区：全市共用的资金和全市口径的校核、指标不在其中。", "這裡只有本縣區：全市共用的資金和全市口徑的檢核、指標不在其中。", "Only this county stands here: money the whole city shares, and rules and indicators of the whole city, are left out.";
    changed_0: "还没有改动。", "還沒有改動。", "Nothing changed yet.";
    changed_n: "已改 {0} 处，看改动并交回", "已改 {0} 處，看改動並交回", "Changed: {0}. See them and hand back";
    goes_back: "交回的改动", "交回的改動", "Goes back";
    stays_here: "不交回的改动（不在可改范围内，只留在这里）", "不交回的改動（不在可改範圍內，只留在這裡）", "Stays here (beyond what you were asked for)";
    hand_back: "存为交回文件", "存為交回檔案", "Save the file to hand back";
    handed_back: "已存为文件，交给{0}即可。", "已存為檔案，交給{0}即可。", "Saved as a file: give it to {0}.";
    cannot_hand_back: "这些改动单独交不回去：{0}", "這些改動單獨交不回去：{0}", "These changes cannot be handed back by themselves: {0}";
    arrived: "「{0}」的填报包（{1}下发）：改动 {2} 处。", "「{0}」的填報包（{1}下發）：改動 {2} 處。", "The packet of {0} (handed out by {1}), changed: {2}.";
    take_in: "收入当前计划，逐个数字看…", "收入目前計劃，逐個數字看…", "Take into this plan, number by number…";
    fill_in: "打开填报", "開啟填報", "Open to fill in";
    other_place: "「{0}」的填报包是{1}下发的，当前计划是{2}的，不能收入。", "「{0}」的填報包是{1}下發的，目前計劃是{2}的，不能收入。", "The packet of {0} was handed out by {1}; this plan is of {2}, so it cannot be taken in.";
    not_a_packet: "「{0}」不是填报包；填报包请单独一起选。", "「{0}」不是填報包；填報包請單獨一起選。", "“{0}” is no packet; choose packets by themselves.";
    unplaced: "当前计划里已没有位置、收不进来的：{0}", "目前計劃裡已沒有位置、收不進來的：{0}", "No longer in this plan, so not taken in: {0}";
    waits: "同一县区有两份：先收入第一份，收完再导入「{0}」。", "同一縣區有兩份：先收入第一份，收完再匯入「{0}」。", "Two packets of one county: the first is taken in; import “{0}” after it.";
}
