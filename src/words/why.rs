//! Owns the words of explanations: what a number is, and how it came about.

words! {
    why: "依据", "依據", "Why";
    ask: "依据：{0}", "依據：{0}", "why: {0}";
    no_answer: "这个数还说不出依据。", "這個數還說不出依據。", "There is no explanation for this number yet.";
    nothing: "这里为零，没有可列的组成。", "這裡為零，沒有可列的組成。", "It is nothing: there are no parts to list.";
    sum_of: "{0} 项相加 = {1}", "{0} 項相加 = {1}", "{0} parts added up = {1}";
    least_of: "取较小者：{0} → {1}", "取較小者：{0} → {1}", "the lesser of {0} → {1}";
    most_of: "取较大者：{0} → {1}", "取較大者：{0} → {1}", "the larger of {0} → {1}";
    and: "、", "、", " and ";
    rounded_half_up: "（四舍五入）", "（四捨五入）", " (rounded)";
    rounded_up: "（向上取整）", "（向上取整）", " (rounded up)";
    rounded_beyond: "（取更大的整数）", "（取更大的整數）", " (the next above)";

    not_yet: "尚未生效，为零", "尚未生效，為零", "not yet in force: nothing";
    measure: "措施「{0}」{1}", "措施「{0}」{1}", "measure “{0}”: {1}";
    census: "{0}，统计数", "{0}，統計數", "{0}, counted";
    grade: "{0}，{1} 年级", "{0}，{1} 年級", "{0}, grade {1}";
    grade_census: "{0}，{1} 年级，统计数", "{0}，{1} 年級，統計數", "{0}, grade {1}, counted";
    births: "出生人数", "出生人數", "births";
    transferred: "{0}毕业后升学人数", "{0}畢業後升學人數", "leavers of {0} who go on";
    school_size: "{0}学生数", "{0}學生數", "pupils of {0}";
    year_share: "{0} 年所占比例", "{0} 年所佔比例", "share of {0}";
    paid: "{0}承担", "{0}承擔", "paid by {0}";
    completed_by: "到 {0}底累计完成", "到 {0}底累計完成", "completed by the end of {0}";
    numerator: "分子", "分子", "numerator";
    denominator: "分母", "分母", "denominator";
    counted: "计入数", "計入數", "counted";
    target: "目标值", "目標值", "target";
    share: "占比", "佔比", "share";
    divisor: "除数", "除數", "divisor";

    reached: "新受助或受助金额变动的人数", "新受助或受助金額變動的人數", "people newly paid, or paid another amount";
    taught: "春秋两学期所依据的学生数合计", "春秋兩學期所依據的學生數合計", "heads of both semesters added up";
    before: "对比情景 · {0}", "對比情境 · {0}", "compared with · {0}";
    and_more: "{0}等 {1} 项", "{0}等 {1} 項", "{0} and others, {1} in all";
    per_head: "每人", "每人", "per head";
    after_step: "计入这一项措施之后", "計入這一項措施之後", "after this measure";
    before_step: "计入这一项措施之前", "計入這一項措施之前", "before this measure";
    there: "可用合计", "可用合計", "there in all";
    covered: "已有着落", "已有著落", "covered";

    recipients: "受助人数", "受助人數", "recipients";
    raised_to_floor: "小规模学校补足人数", "小規模學校補足人數", "raised to the floor of small schools";
    completed: "完工数", "完工數", "completed";
    quantity: "数量", "數量", "quantity";
    cost: "造价", "造價", "cost";
    recognised_cost: "上级认可造价", "上級認可造價", "cost that higher levels recognise";
    recognised_standard: "上级认可标准", "上級認可標準", "standard that higher levels recognise";
    paid_outside: "测算期外支付", "測算期外支付", "paid outside the years reckoned";
    lending: "当年放贷", "當年放貸", "lending of the year";
    outstanding: "贷款余额", "貸款餘額", "outstanding loans";
    payment: "应付", "應付", "payment";
    recognised: "上级认可金额", "上級認可金額", "amount that higher levels recognise";
    rest: "余下部分", "餘下部分", "what is left";
}
