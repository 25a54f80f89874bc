//! Owns the words within spreadsheets, in the page's three languages side by side.
//!
//! Invariant: names of sheets are unique within a language, at most 31 characters and free of
//! what spreadsheets forbid in them.

use shapan_engine::{
    Account, BasisKind, Driver, Lang, Nature, ParamPath, Payer, Plan, PopulationRole,
    ProgrammeRole, SourceRole, Stage,
};

macro_rules! words {
    ($($key:ident: $hans:literal, $hant:literal, $en:literal;)*) => {
        /// Words of spreadsheets in one language.
        #[allow(missing_docs, reason = "the words say it")]
        pub struct Words { $(pub $key: &'static str,)* }

        static ZH_HANS: Words = Words { $($key: $hans,)* };
        static ZH_HANT: Words = Words { $($key: $hant,)* };
        static EN: Words = Words { $($key: $en,)* };
    };
}

words! {
    // Sheets
    about: "说明", "說明", "About";
    summary: "汇总", "彙總", "Summary";
    payments: "测算", "測算", "Calculation";
    parameters: "参数", "參數", "Parameters";
    people: "人数", "人數", "People";
    funds: "资金来源", "資金來源", "Sources";
    differences: "情景对比", "情境對比", "Comparison";
    base_payments: "基准测算", "基準測算", "Base calculation";
    base_parameters: "基准参数", "基準參數", "Base parameters";
    base_people: "基准人数", "基準人數", "Base people";
    citations: "依据", "依據", "Citations";

    results: "测算结果", "測算結果", "Results";
    title: "资金测算表", "資金測算表", "Calculation of funds";
    scenario: "情景", "情境", "Scenario";
    base: "对比情景", "對比情境", "Compared with";
    place: "地方", "地方", "Place";
    fiscal_years: "年度", "年度", "Fiscal years";
    unit: "单位", "單位", "Unit";
    yuan: "元", "元", "yuan";
    wan: "万元", "萬元", "10,000 yuan";
    made: "生成", "產生", "Made";
    made_by: "沙盘 Shapan", "沙盤 Shapan", "Shapan";
    measures: "生效的措施", "生效的措施", "Measures in force";
    no_measures: "无（现状）", "無（現狀）", "none (status quo)";
    how: "用法", "用法", "How to use";
    how_inputs: "底色浅黄、蓝字的是输入：在“参数”和“人数”表里改，其余各表随之重算。", "底色淺黃、藍字的是輸入：在「參數」和「人數」表裡改，其餘各表隨之重算。", "Blue on pale yellow are inputs: change them on “Parameters” and “People”, and all other sheets follow.";
    how_carried: "参数自所在学期起生效；以后各学期写的是“同前”公式，也可直接改写。", "參數自所在學期起生效；以後各學期寫的是「同前」公式，也可直接改寫。", "A parameter holds from its semester on; later semesters carry it by formula and can be overwritten.";
    how_exact: "每笔支出按地区、项目、学期（或年度）四舍五入到分，其余都是加总；右侧折叠的列以“分”计算，不要改动。", "每筆支出按地區、項目、學期（或年度）四捨五入到分，其餘都是加總；右側摺疊的欄以「分」計算，不要改動。", "Each payment is rounded once to a fen, by region, programme and semester (or year); everything else is a sum. The folded columns compute in fen: leave them as they are.";
    how_heads: "春季按上年秋季人数，秋季按当年秋季人数。", "春季按上年秋季人數，秋季按當年秋季人數。", "Spring counts last autumn's heads, autumn this autumn's.";
    how_illustrative: "标“示例”的数没有出处，用到它们的结果只作演示。", "標「示例」的數沒有出處，用到它們的結果只作演示。", "Numbers marked illustrative have no source; results that use them only serve to show.";
    how_measures: "措施改动过的参数逐学期列出结果；“备注”里写明是哪些措施。", "措施改動過的參數逐學期列出結果；「備註」裡寫明是哪些措施。", "Of parameters that measures change, each semester's result is given; the notes name the measures.";

    // Heads of columns
    thing: "对象", "對象", "Of what";
    what: "参数", "參數", "Parameter";
    region: "地区", "地區", "Region";
    region_id: "地区编号", "地區編號", "Region id";
    rounding: "尾差：按{0}显示两位小数，所示各项之和与合计可能相差 0.01；单元格内是完整数值，逐分相加不差。", "尾差：按{0}顯示兩位小數，所示各項之和與合計可能相差 0.01；儲存格內是完整數值，逐分相加不差。", "Rounding: shown in {0} with two decimals, parts may miss their total by 0.01; the cells hold all digits and add up to the fen.";
    id_of: "{0}编号", "{0}編號", "{0} id";
    people_paid: "人数（各来源行相同）", "人數（各來源行相同）", "People (the same with each source)";
    all_regions: "各地区", "各地區", "All regions";
    basis: "来历", "來歷", "How known";
    citation: "依据", "依據", "Citation";
    note: "备注", "備註", "Note";
    population: "人群", "人群", "Population";
    stage: "学段", "學段", "Stage";
    programme: "项目", "項目", "Programme";
    year: "年度", "年度", "Year";
    period: "期间", "期間", "Period";
    quantity: "数量", "數量", "Quantity";
    standard: "标准（元）", "標準（元）", "Standard (yuan)";
    spending: "应支出", "應支出", "Spending";
    total: "合计", "合計", "Total";
    source: "资金来源", "資金來源", "Source";
    payer: "出资方", "出資方", "Payer";
    account: "账户", "帳戶", "Account";
    in_fen: "{0}（分）", "{0}（分）", "{0} (fen)";
    in_unit: "{0}（{1}）", "{0}（{1}）", "{0} ({1})";
    recognised: "认可额", "認可額", "Recognised";
    step: "中间值{0}", "中間值{0}", "Step {0}";
    number_of: "{0}序号", "{0}序號", "{0} no.";
    exact: "{0}整数", "{0}整數", "{0} exact";
    spring: "春季", "春季", "spring";
    autumn: "秋季", "秋季", "autumn";
    whole_year: "全年", "全年", "year";
    spring_of: "{0}年春", "{0}年春", "spring {0}";
    autumn_of: "{0}年秋", "{0}年秋", "autumn {0}";
    outside: "{0}（年度外）", "{0}（年度外）", "{0} (outside)";
    by_programme: "按项目", "按項目", "By programme";
    by_source: "按资金来源", "按資金來源", "By source";
    by_region: "按地区", "按地區", "By region";
    check: "核对：来源合计 − 支出合计（应为 0）", "核對：來源合計 − 支出合計（應為 0）", "Check: sources less spending (must be 0)";
    available: "可用", "可用", "Available";
    carried: "上年结转", "上年結轉", "Carried over";
    demand: "需求", "需求", "Demanded";
    gap: "缺口", "缺口", "Gap";
    surplus: "结余", "結餘", "Surplus";
    whole_city: "全市", "全市", "Whole city";
    not_stated: "未填可用财力", "未填可用財力", "not stated";
    difference: "差额", "差額", "Difference";
    used_by: "用于", "用於", "Used by";
    schools: "学校", "學校", "Schools";
    school: "学校", "學校", "School";
    year_shares: "建设类项目分年比例", "建設類項目分年比例", "Yearly shares of works";
    payment_share: "付款比例", "付款比例", "share paid";
    completion_share: "完工比例", "完工比例", "share completed";
    changed_by: "措施：{0}", "措施：{0}", "measures: {0}";
    census: "实有人数", "實有人數", "counted";
    share_of_parent: "占「{0}」", "佔「{0}」", "share of {0}";
    by_grade: "按年级推算", "按年級推算", "projected by grade";

    // Units
    of_people: "人", "人", "people";
    of_posts: "岗位", "職位", "posts";
    of_pupils_per_post: "学生/岗位", "學生/職位", "pupils a post";

    // What parameters are
    growth: "年增长率", "年增長率", "yearly growth";
    share: "占比", "占比", "share";
    revenue: "收入", "收入", "revenue";
    revenue_growth: "收入年增长率", "收入年增長率", "growth of revenue";
    money: "可用财力", "可用財力", "available money";
    money_growth: "可用财力年增长率", "可用財力年增長率", "growth of available money";
    role_standard: "标准", "標準", "standard";
    indexation: "年调整率", "年調整率", "indexation";
    base_standard: "基础标准", "基礎標準", "base standard";
    coverage: "覆盖面", "覆蓋面", "coverage";
    take_up: "申领率", "申領率", "take-up";
    school_floor: "每校最低计算人数", "每校最低計算人數", "least pupils a school counts for";
    posts: "岗位数", "職位數", "posts";
    pupils_per_post: "生师比", "生師比", "pupils per post";
    units: "建设数量", "建設數量", "units";
    revenue_share: "占收入比例", "占收入比例", "share of revenue";
    amount: "金额", "金額", "amount";
    principal: "人均贷款", "人均貸款", "average principal";
    risk_rate: "风险补偿率", "風險補償率", "risk compensation";
    interest_rate: "利率", "利率", "interest rate";
    opening_balance: "期初余额", "期初餘額", "opening balance";
    split: "{0}分担比例", "{0}分擔比例", "share of {0}";

    stated: "计划", "計劃", "plan";
    published: "发布", "發布", "published";
    derived: "推算", "推算", "derived";
    entered: "录入", "錄入", "entered";
    illustrative: "示例", "示例", "illustrative";

    preschool: "学前", "學前", "preschool";
    primary: "小学", "小學", "primary";
    junior: "初中", "初中", "junior secondary";
    senior: "普通高中", "普通高中", "senior secondary";
    vocational: "中等职业", "中等職業", "vocational";
    special: "特殊教育", "特殊教育", "special";
    tertiary: "高等教育", "高等教育", "tertiary";

    aid: "学生资助", "學生資助", "student aid";
    recurrent: "公用经费", "公用經費", "recurrent";
    personnel: "人员经费", "人員經費", "personnel";
    capital: "基本建设", "基本建設", "capital";
    nature: "性质", "性質", "Nature";

    central: "中央", "中央", "central";
    province: "省级", "省級", "province";
    city: "市级", "市級", "city";
    county: "县级", "縣級", "county";
    other: "其他", "其他", "other";
    general: "一般公共预算", "一般公共預算", "general budget";
    surcharge: "教育费附加", "教育費附加", "education surcharge";
    local_surcharge: "地方教育附加", "地方教育附加", "local education surcharge";
    land: "土地出让收入", "土地出讓收入", "land income";
    transfer: "专项转移支付", "專項轉移支付", "special transfer";
    footer: "&C第 &P 页，共 &N 页&R&A", "&C第 &P 頁，共 &N 頁&R&A", "&CPage &P of &N&R&A";
}

/// The words of a language.
pub fn words(lang: Lang) -> &'static Words {
    match lang {
        Lang::ZhHans => &ZH_HANS,
        Lang::ZhHant => &ZH_HANT,
        Lang::En => &EN,
    }
}

/// A text with its places filled in order; what fills them is not looked into.
pub(crate) fn fill(template: &str, values: &[&str]) -> String {
    let mut out = String::with_capacity(template.len() + 16);
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let (place, after) = after.split_once('}').unwrap_or(("", after));
        out.push_str(place.parse::<usize>().ok().and_then(|n| values.get(n)).unwrap_or(&""));
        rest = after;
    }
    out.push_str(rest);
    out
}

impl Words {
    /// How a number is known.
    pub fn basis_kind(&self, kind: BasisKind) -> &'static str {
        match kind {
            BasisKind::Stated => self.stated,
            BasisKind::Published => self.published,
            BasisKind::Derived => self.derived,
            BasisKind::Entered => self.entered,
            BasisKind::Illustrative => self.illustrative,
        }
    }

    /// A stage of education.
    pub fn stage(&self, stage: Stage) -> &'static str {
        match stage {
            Stage::Preschool => self.preschool,
            Stage::Primary => self.primary,
            Stage::Junior => self.junior,
            Stage::Senior => self.senior,
            Stage::Vocational => self.vocational,
            Stage::Special => self.special,
            Stage::Tertiary => self.tertiary,
        }
    }

    /// A nature of spending.
    pub fn nature_of(&self, nature: Nature) -> &'static str {
        match nature {
            Nature::Aid => self.aid,
            Nature::Recurrent => self.recurrent,
            Nature::Personnel => self.personnel,
            Nature::Capital => self.capital,
        }
    }

    /// Who pays.
    pub fn payer_of(&self, payer: Payer) -> &'static str {
        match payer {
            Payer::Central => self.central,
            Payer::Province => self.province,
            Payer::City => self.city,
            Payer::County => self.county,
            Payer::Other => self.other,
        }
    }

    /// Out of which account.
    pub fn account_of(&self, account: Account) -> &'static str {
        match account {
            Account::GeneralBudget => self.general,
            Account::EducationSurcharge => self.surcharge,
            Account::LocalEducationSurcharge => self.local_surcharge,
            Account::LandIncome => self.land,
            Account::SpecialTransfer => self.transfer,
            Account::Other => self.other,
        }
    }

    /// What a parameter is of the thing it belongs to.
    pub(crate) fn role(&self, plan: &Plan, path: &ParamPath, lang: Lang) -> String {
        use ProgrammeRole as R;
        let word = match path {
            ParamPath::Population(_, PopulationRole::Growth) => self.growth,
            ParamPath::Population(..) => self.share,
            ParamPath::Source(_, SourceRole::Revenue) => self.revenue,
            ParamPath::Source(_, SourceRole::RevenueGrowth) => self.revenue_growth,
            ParamPath::Source(_, SourceRole::Available) => self.money,
            ParamPath::Source(_, SourceRole::AvailableGrowth) => self.money_growth,
            ParamPath::Programme(_, role) => match role {
                R::Standard => self.role_standard,
                R::Indexation => self.indexation,
                R::BaseStandard => self.base_standard,
                R::Coverage => self.coverage,
                R::TakeUp => self.take_up,
                R::SchoolFloor => self.school_floor,
                R::Posts => self.posts,
                R::PupilsPerPost => self.pupils_per_post,
                R::Units => self.units,
                R::Share => self.revenue_share,
                R::Amount => self.amount,
                R::AveragePrincipal => self.principal,
                R::RiskRate => self.risk_rate,
                R::InterestRate => self.interest_rate,
                R::OpeningBalance => self.opening_balance,
            },
            ParamPath::Split(_, source) => {
                let name = plan.sources.iter().find(|s| s.id == *source);
                return fill(self.split, &[name.map_or("", |s| s.name.get(lang))]);
            }
            _ => "",
        };
        word.to_owned()
    }

    /// What a programme's quantity counts.
    pub(crate) fn quantity_unit<'a>(&self, driver: &'a Driver, lang: Lang) -> &'a str
    where
        'static: 'a,
    {
        match driver {
            Driver::Heads { .. } | Driver::Loans { .. } => self.of_people,
            Driver::Posts { .. } => self.of_posts,
            Driver::Works { unit, .. } => unit.get(lang),
            Driver::Revenue { .. } | Driver::Lump { .. } => "",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn names_of_sheets_are_ones_every_spreadsheet_takes() {
        for lang in Lang::ALL {
            let w = words(lang);
            let names = [
                w.about,
                w.summary,
                w.payments,
                w.parameters,
                w.people,
                w.funds,
                w.differences,
                w.base_payments,
                w.base_parameters,
                w.base_people,
                w.citations,
            ];
            assert_eq!(BTreeSet::from(names).len(), names.len());
            for name in names {
                assert!(
                    name.chars().count() <= 31
                        && !name.contains(['[', ']', ':', '*', '?', '/', '\\', '\''])
                );
            }
        }
    }
}
