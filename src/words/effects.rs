//! Owns the words for what measures do to each other, and for why one changes nothing.

words! {
    conflict: "与「{0}」冲突：都设定{1}（{2}），以后者「{3}」为准。", "與「{0}」衝突：都設定{1}（{2}），以後者「{3}」為準。", "Conflicts with “{0}”: both set {1} ({2}); the later, “{3}”, counts.";
    conflict_agree: "与「{0}」重复：都把{1}设为同一数值（{2}）。", "與「{0}」重複：都把{1}設為同一數值（{2}）。", "Repeats “{0}”: both set {1} to the same value ({2}).";
    from_on: "{0}起", "{0}起", "from {0} on";
    from_until: "{0}至{1}", "{0}至{1}", "{0} to {1}";
    no_effect: "没有影响：{0}", "沒有影響：{0}", "Changes nothing: {0}";
    no_effect_of: "{0}：{1}", "{0}：{1}", "{0}: {1}";
    not_in_force: "{0}才生效，已在计划年度之后", "{0}才生效，已在計劃年度之後", "it starts in {0}, after the plan's last year";
    over: "到{0}为止，早于计划年度", "到{0}為止，早於計劃年度", "it ended in {0}, before the plan's first year";
    elsewhere: "没有选定任何地区", "沒有選定任何地區", "it holds in no region";
    already_there: "本来就是 {0}", "本來就是 {0}", "it is {0} already";
    overridden: "被后面的「{0}」全部取代", "被後面的「{0}」全部取代", "“{0}”, later in the stack, replaces all of it";
    balanced: "几处变动互相抵消", "幾處變動互相抵消", "its changes make up for each other";
    no_recipients: "变动之处没有对象（人数、岗位、数量或收入为零）", "變動之處沒有對象（人數、崗位、數量或收入為零）", "where it moves there is nobody to receive it, and nothing to build or take in";
    times_nothing: "要乘的{0}为零", "要乘的{0}為零", "it is multiplied by {0}, which is 0";
    not_read: "测算用的是{0}的数值，这次变动不在其中", "測算用的是{0}的數值，這次變動不在其中", "what counts is its value in {0}, when it does not move";
    never_read: "没有任何项目用到它", "沒有任何項目用到它", "no programme reads it";
    springs: "春季学期（{0}至{1}）", "春季學期（{0}至{1}）", "springs, {0} to {1}";
    autumns: "秋季学期（{0}至{1}）", "秋季學期（{0}至{1}）", "autumns, {0} to {1}";
    restated: "{0}每次都另有给定数值，不按它增长", "{0}每次都另有給定數值，不按它增長", "{0} is given anew each time, so it does not grow by it";
    paid_outside: "工程款都在计划年度之外支付", "工程款都在計劃年度之外支付", "the works are paid in no year of the plan";
    base_not_reached: "标准没有超过基础标准，全部已被认定", "標準沒有超過基礎標準，全部已被認定", "the standard is within the base, all of it recognised already";
    floor_not_reached: "没有更小的学校", "沒有更小的學校", "no school is smaller";
    nothing_shared: "没有来源按比例分担，全由兜底来源支付", "沒有來源按比例分擔，全由兜底來源支付", "no source has a share: the residual source pays all of it";
    rounded: "变动太小，四舍五入后不变", "變動太小，四捨五入後不變", "it is too little to move a fen or a person";
    fair: "公平分摊", "公平分攤", "Fair share";
    in_order: "按排列顺序", "按排列順序", "In stack order";
    attribution: "归因方法", "歸因方法", "Attribution";
    fair_hint: "措施共同产生的部分按所有先后顺序平均（沙普利值），与排列无关。", "措施共同產生的部分按所有先後順序平均（沙普利值），與排列無關。", "Shapley values: what measures do together is shared out over all orders, so the order does not matter.";
    in_order_hint: "每项措施在前面各项之上增加的部分，与排列有关。", "每項措施在前面各項之上增加的部分，與排列有關。", "What each measure adds on top of those before it; depends on the order.";
    sampled: "抽样估计", "抽樣估計", "estimated by sampling";
    give_or_take: "± {0}", "± {0}", "± {0}";
}
