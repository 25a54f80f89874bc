//! Owns the words of the field: what heads and titles of tables of education statistics say.
//!
//! A text is taken apart into words that are known, whole; what is not known stays a residue.
//! Invariant: nothing is meant by containing a word: a head with a residue means nothing by
//! itself. Words stand simplified and in lower case, as [`squeezed`](super::names::squeezed)
//! makes them. Deliberately absent: names of a plan's own things (`columns`).

use super::choices::Unit;
use super::years::{self, Named};
use shapan_engine::Stage;
use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::LazyLock;

/// What a word says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Word {
    /// A stage of education.
    Of(Stage),
    /// Several stages at once.
    Wide,
    /// Pupils that are at school.
    Enrolled,
    /// People, whoever they are.
    People,
    /// Schools, classes, teachers, areas, books: no pupils.
    Things,
    /// Schools, or only the place where the pupils are.
    School,
    /// Who comes or goes within a year.
    Flow,
    /// Rates and averages.
    Rate,
    /// Sums of money.
    Money,
    /// A part of a number, by the first of its words.
    Part(&'static str),
    /// 其中
    OfWhich,
    /// 合计
    Total,
    /// Heads names of regions.
    Region,
    /// May head names of regions, or units.
    Unclear,
    /// Heads years.
    Year,
    /// Heads what is counted.
    Item,
    /// Heads a stage, row by row.
    StageHead,
    /// Heads the numbers of a long table.
    Value,
    /// Heads units.
    UnitHead,
    /// Heads running numbers and codes.
    Running,
    /// Heads names of schools.
    SchoolName,
    /// Heads remarks, addresses, persons.
    Remark,
    /// Says nothing of its own.
    Filler,
    /// Belongs to a title, says nothing of its own.
    OfTable,
    /// A unit of people or money.
    In(Unit),
    /// Another unit.
    InOther,
}

use Word as W;

/// Words and what they say; alternatives are divided by spaces.
const WORDS: &[(&str, &[Word])] = &[
    // Stages
    (
        "学前教育 学前 幼儿园 幼儿教育 幼教 preschool kindergarten kindergartens",
        &[W::Of(Stage::Preschool)],
    ),
    (
        "小学 小学教育 小学阶段 普通小学 国小 primary primaryschool primaryschools",
        &[W::Of(Stage::Primary)],
    ),
    (
        "初中 初中教育 初中阶段 普通初中 初级中学 国中 junior juniorsecondary juniorhigh",
        &[W::Of(Stage::Junior)],
    ),
    (
        "普通高中 高中 普高 普通高中教育 高级中学 普通高级中学 senior seniorsecondary seniorhigh",
        &[W::Of(Stage::Senior)],
    ),
    (
        "中职 中等职业 中等职业教育 中等职业学校 中职学校 中职教育 vocational",
        &[W::Of(Stage::Vocational)],
    ),
    ("特殊教育 特教 特殊教育学校 特校 specialeducation special", &[W::Of(Stage::Special)]),
    ("高等教育 高校 大学 高等学校 普通高校 高等院校 tertiary", &[W::Of(Stage::Tertiary)]),
    (
        "中小学 中小学校 义务教育 义务教育阶段 高中阶段 高中阶段教育 高中教育 中学 普通中学 中等教育 中小学幼儿园 职业教育 基础教育 各级各类学校 各级各类 各学段 secondary",
        &[W::Wide],
    ),
    // Pupils
    (
        "在校生 在校生数 在校学生 在校学生数 在校生人数 在校学生人数 在校人数 在校生总数 在校学生总数 在校数 学生 学生数 学生人数 学生总数 在读学生 在读学生数 pupils students enrolment enrollment pupilsenrolled studentsenrolled",
        &[W::Enrolled],
    ),
    (
        "在园幼儿 在园幼儿数 在园幼儿人数 在园儿童 在园儿童数 在园人数 入园幼儿 在园生数 childreninkindergarten childreninkindergartens",
        &[W::Enrolled, W::Of(Stage::Preschool)],
    ),
    ("幼儿 幼儿数 幼儿人数 在园数 在园 在园总数", &[W::Enrolled, W::Of(Stage::Preschool)]),
    ("小学生 小学生数 小学生人数", &[W::Enrolled, W::Of(Stage::Primary)]),
    ("初中生 初中生数 初中生人数", &[W::Enrolled, W::Of(Stage::Junior)]),
    ("高中生 高中生数 高中生人数", &[W::Enrolled, W::Of(Stage::Senior)]),
    ("中职生 中职生数", &[W::Enrolled, W::Of(Stage::Vocational)]),
    ("人数 总人数 人数合计 people persons headcount", &[W::People]),
    // No pupils
    (
        "学校数 校数 所数 园数 幼儿园数 学校所数 班数 班级数 教学班 教学班数 班级 班额 教职工 教职工数 教职工人数 教职员工 专任教师 专任教师数 专任教师人数 教师 教师数 教师人数 保教人员 代课教师 兼任教师 行政人员 工勤人员 编制 编制数 岗位 岗位数 占地面积 占地 校舍面积 校舍建筑面积 建筑面积 校园面积 运动场 运动场面积 校舍 危房 危房面积 图书 图书册数 藏书 计算机 计算机台数 微机 固定资产 仪器设备 教学仪器设备值 设备值 班主任 户籍人口 常住人口 人口 总人口 学龄人口 适龄人口 适龄儿童 schools numberofschools classes numberofclasses teachers numberofteachers staff fulltimeteachers population floorspace area",
        &[W::Things],
    ),
    ("学校 school", &[W::School]),
    (
        "招生 招生数 招生人数 招生计划 新生 新生数 入学人数 入园人数 毕业生 毕业生数 毕业人数 毕业生人数 结业生 离园 离园人数 转入 转出 退学 辍学 休学 复学 死亡 上学年初报表在校生数 增加学生数 减少学生数 预计毕业生 预计毕业生数 entrants graduates newentrants",
        &[W::Flow],
    ),
    (
        "率 比例 占比 比重 比率 入学率 毛入学率 净入学率 毛入园率 入园率 巩固率 升学率 普及率 毕业率 合格率 辍学率 完成率 增长率 增幅 增速 增长 同比 同比增长 环比 增减 比上年增减 比上年增长 较上年增长 较上年增减 增减数 增长数 变化 变化数 变动 变动数 生师比 师生比 班均 校均 平均 人均 生均 平均班额 均值 排名 位次 名次 百分比 指数 rate ratio share percent percentage average growth",
        &[W::Rate],
    ),
    (
        "经费 收入 支出 拨款 预算 决算 预算数 决算数 执行数 金额 资金 投入 总投入 预算收入 补助 补助资金 标准 工资 学费 结余 教育经费 公用经费 人员经费 基本支出 项目支出 财政拨款 拨款数 安排资金 下达资金 资金合计 funding expenditure revenue budget amount",
        &[W::Money],
    ),
    // Parts
    ("女 女生 女生数 女学生 女学生数 女性 女童 女幼儿 girls female", &[W::Part("女")]),
    ("男 男生 男生数 男学生 男学生数 男性 男童 boys male", &[W::Part("男")]),
    ("寄宿", &[W::Part("寄宿")]),
    (
        "寄宿生 寄宿生数 寄宿学生 寄宿学生数 住宿生 住宿生数 住校生 住校生数 住校学生 寄宿人数 寄宿生人数 boarders",
        &[W::Part("寄宿"), W::Enrolled],
    ),
    ("民办 民办学校 民办教育 社会力量办学 私立 其他部门办 private", &[W::Part("民办")]),
    ("公办 公办学校 公立 教育部门办 教育部门 public", &[W::Part("公办")]),
    ("农村 乡村 镇区 县镇 乡镇 城区 城市 城镇 村 镇 乡 农村地区 rural urban", &[W::Part("城乡")]),
    ("普惠 普惠性 普惠性幼儿园 inclusive", &[W::Part("普惠")]),
    (
        "贫困 困难 家庭经济困难 贫困生 困难学生 贫困学生 家庭经济困难学生 建档立卡 低保 资助 受助 资助对象 受助学生 资助人数 受助人数 poor aided",
        &[W::Part("困难")],
    ),
    (
        "随迁子女 进城务工人员随迁子女 农民工子女 外来务工子女 留守儿童 农村留守儿童 孤儿 残疾 残疾儿童 残疾学生 随班就读 少数民族 少数民族学生 回族 外籍 港澳台 借读 借读生 走读 走读生 外来 非本地户籍 本地户籍 送教上门",
        &[W::Part("特定")],
    ),
    (
        "一年级 二年级 三年级 四年级 五年级 六年级 七年级 八年级 九年级 高一 高二 高三 初一 初二 初三 初四 小班 中班 大班 托班 学前班 毕业班 毕业年级 复式班",
        &[W::Part("年级")],
    ),
    (
        "职业高中 职高 中专 普通中专 成人中专 技工学校 技校 职业初中 完全中学 九年一贯制 九年一贯制学校 十二年一贯制 十二年一贯制学校 教学点 附设班 附设 五年制 高职 高职高专 专科 本科 研究生 成人 成人高校 函授 视力 听力 智力",
        &[W::Part("类型")],
    ),
    (
        "预计 预测 计划 计划数 规划 规划数 预计数 预测数 估计 测算 目标 目标数 拟 应届 往届 超编 缺额 学位 学位数 学位缺口 forecast plan planned projected",
        &[W::Part("预计")],
    ),
    ("调整前 原 上年 上年数 上年同期 去年 上学年 去年同期 previousyear", &[W::Part("上年")]),
    ("第二学期 下学期 春季学期 春季 上半年 下半年 一季度 二季度 三季度 四季度", &[W::Part("学期")]),
    ("其中 其 中:  ofwhich", &[W::OfWhich]),
    ("合计 总计 小计 计 共计 总数 合计数 总计数 总 total sum subtotal", &[W::Total]),
    // Heads of columns
    (
        "地区 区县 县区 县市区 区县市 县级市 县(市,区) 市县区 市县 县 区 行政区 行政区划 行政区域 行政区名称 区划 区划名称 所属地区 所在地区 所属区县 所在区县 所属县区 所在县区 所在县市区 所属县市区 县市区名称 区县名称 县区名称 地区名称 辖区 属地 各县市区 各区县 各县区 地市 region county district counties districts area",
        &[W::Region],
    ),
    ("单位 单位名称 名称 部门 填报单位 地方 name unit", &[W::Unclear]),
    (
        "年份 年度 年 学年 学年度 统计年份 统计年度 数据年份 统计学年 年次 年级学年 普查年份 时间 日期 统计时间 数据时间 统计日期 数据日期 统计时点 时点 截止时间 报告期 year schoolyear autumn fiscalyear",
        &[W::Year],
    ),
    (
        "指标 指标名称 项目 项目名称 统计指标 类别 类型 人群 统计项目 数据项 科目 科目名称 item indicator",
        &[W::Item],
    ),
    ("学段 学校类别 办学类型 学校类型 学段类别 教育阶段 stage level", &[W::StageHead]),
    ("数值 数量 数据 指标值 值 统计值 数 value number count", &[W::Value]),
    ("计量单位 数据单位 单位名", &[W::UnitHead]),
    (
        "序号 编号 序 号 代码 行政区划代码 区划代码 行政代码 地区代码 单位代码 学校代码 学校标识码 标识码 机构代码 科目编码 编码 行次 栏次 统计代码 no code id",
        &[W::Running],
    ),
    (
        "学校名称 校名 园名 幼儿园名称 学校(园)名称 机构名称 学校全称 schoolname nameofschool",
        &[W::SchoolName],
    ),
    (
        "备注 说明 注 地址 联系人 联系电话 电话 校长 负责人 填表人 所在地 办学性质 性质 举办者 更新时间 填报日期 填报时间 录入时间 note notes remark remarks",
        &[W::Remark],
    ),
    // What says nothing
    ("数 人数 总数 的 及 和 与 在 of in the number", &[W::Filler]),
    (
        "情况 情况表 统计 统计表 基本情况 基本情况表 一览表 汇总 汇总表 报表 表 年报 统计资料 教育事业 教育事业统计 教育事业统计报表 教育 教育统计 事业 教育情况 一览 数据 资料 分布 分布情况 变化情况 历年 近年 近三年 全市 全县 全省 全区 各 分地区 分县 分县市区 按地区分 分区县 按区县 本市 我市 市 各市 各地 各地区 规模 发展 发展情况 教育局 市教育局 学年初 秋季 秋季学期 状况 附表 表一 表二 表三 表1 表2 表3 年 学年 学年度 季 统计年鉴 明细 明细表 名单 by table statistics",
        &[W::OfTable],
    ),
    // Units
    ("人 名 person", &[W::In(Unit::One)]),
    ("百人", &[W::In(Unit::Hundred)]),
    ("千人 thousandpersons thousandpeople thousands", &[W::In(Unit::Thousand)]),
    ("万人 10,000persons 10000persons 10,000people 万", &[W::In(Unit::TenThousand)]),
    ("元 yuan rmb 人民币元", &[W::In(Unit::Yuan)]),
    ("千元 thousandyuan", &[W::In(Unit::ThousandYuan)]),
    ("万元 10,000yuan 10000yuan 人民币万元", &[W::In(Unit::TenThousandYuan)]),
    ("百万元 millionyuan", &[W::In(Unit::MillionYuan)]),
    ("亿元 亿 100millionyuan", &[W::In(Unit::HundredMillionYuan)]),
    (
        "所 个 班 间 平方米 m2 ㎡ 万平方米 亩 册 万册 台 套 % 百分点 % 人/班 人次 万人次 岁 年 元/人 元/生 :1 个/班 校 园 人/所 平方公里 公顷",
        &[W::InOther],
    ),
];

type Vocabulary = HashMap<&'static str, Vec<&'static [Word]>>;

/// Words, the longest of them in characters, and what any of them begins with.
static VOCABULARY: LazyLock<(Vocabulary, usize, HashSet<char>)> = LazyLock::new(|| {
    let mut all: Vocabulary = HashMap::new();
    let mut longest = 0;
    for (alternatives, says) in WORDS {
        for word in alternatives.split_whitespace() {
            longest = longest.max(word.chars().count());
            all.entry(word).or_default().push(says);
        }
    }
    let begin = all.keys().filter_map(|word| word.chars().next()).collect();
    (all, longest, begin)
});

/// What a text says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Said {
    /// Its words.
    pub(super) words: BTreeSet<Word>,
    /// Its years.
    pub(super) years: Vec<Named>,
    /// What is not known in it.
    pub(super) unknown: Vec<String>,
}

/// Marks between the parts of a head.
fn divides(c: char) -> bool {
    !c.is_alphanumeric() && !matches!(c, '%' | '㎡')
}

impl Said {
    /// What a squeezed text says; `known` are names that say nothing here, such as the city's.
    pub(super) fn of(text: &str, known: &HashSet<String>) -> Self {
        let mut said = Self::default();
        let squeezed = super::names::squeezed(text);
        // Words with marks in them are known as they stand.
        let (named, rest) = years::taken_out(&squeezed);
        said.years = named;
        if said.takes_whole(&rest) {
            return said;
        }
        for segment in rest.split(divides).filter(|segment| !segment.is_empty()) {
            if !said.takes_whole(segment) {
                said.takes_apart(segment, known);
            }
        }
        said
    }

    /// A segment that is one word; of several things it may say, all are kept.
    fn takes_whole(&mut self, segment: &str) -> bool {
        let Some(says) = VOCABULARY.0.get(segment.trim()) else { return false };
        self.words.extend(says.iter().copied().flatten());
        true
    }

    /// Takes a segment apart into the fewest words that leave the least unknown.
    fn takes_apart(&mut self, segment: &str, known: &HashSet<String>) {
        let chars: Vec<char> = segment.chars().take(120).collect();
        let count = chars.len();
        let (vocabulary, longest, begin) = &*VOCABULARY;
        // From the end: unknown characters, words, and the step to take.
        let mut best: Vec<(usize, usize, usize, bool)> = vec![(0, 0, 0, true); count + 1];
        for at in (0..count).rev() {
            let (unknown, words, ..) = best[at + 1];
            best[at] = (unknown + 1, words, 1, false);
            // No word begins so: most characters of a name.
            if !begin.contains(&chars[at]) && !known.iter().any(|name| name.starts_with(chars[at]))
            {
                continue;
            }
            let mut text = String::new();
            for length in 1..=(count - at).min(24) {
                text.push(chars[at + length - 1]);
                let is_word = length <= *longest
                    && vocabulary.get(text.as_str()).is_some_and(|says| !is_only_unit(says));
                let is_name = length > 1 && known.contains(text.as_str());
                if is_word || is_name {
                    let (unknown, words, ..) = best[at + length];
                    if (unknown, words + 1) <= (best[at].0, best[at].1) {
                        best[at] = (unknown, words + 1, length, true);
                    }
                }
            }
        }
        let (mut at, mut residue) = (0, String::new());
        while at < count {
            let (_, _, length, is_known) = best[at];
            let text: String = chars[at..at + length].iter().collect();
            if is_known {
                if !residue.is_empty() {
                    self.unknown.push(std::mem::take(&mut residue));
                }
                if let Some(says) = vocabulary.get(text.as_str()) {
                    let is_unit = |word: &&Word| matches!(word, W::In(_) | W::InOther);
                    self.words.extend(says.iter().copied().flatten().filter(|w| !is_unit(w)));
                }
            } else {
                residue.push_str(&text);
            }
            at += length;
        }
        if !residue.is_empty() {
            self.unknown.push(residue);
        }
    }

    pub(super) fn has(&self, word: Word) -> bool {
        self.words.contains(&word)
    }

    /// Takes in what another text of the same head says.
    pub(super) fn join(&mut self, other: Self) {
        self.words.extend(other.words);
        self.years.extend(other.years);
        self.unknown.extend(other.unknown);
    }

    pub(super) fn stages(&self) -> Vec<Stage> {
        let stage = |word: &Word| match word {
            W::Of(stage) => Some(*stage),
            _ => None,
        };
        self.words.iter().filter_map(stage).collect()
    }

    pub(super) fn parts(&self) -> BTreeSet<&'static str> {
        let part = |word: &Word| match word {
            W::Part(part) => Some(*part),
            _ => None,
        };
        self.words.iter().filter_map(part).collect()
    }

    pub(super) fn units(&self) -> Vec<Unit> {
        let unit = |word: &Word| match word {
            W::In(unit) => Some(*unit),
            _ => None,
        };
        self.words.iter().filter_map(unit).collect()
    }

    /// Whether it speaks of something that is no pupils.
    pub(super) fn is_other(&self) -> bool {
        [W::Things, W::Flow, W::Rate, W::Money].iter().any(|word| self.has(*word))
    }

    /// Whether all it says are words of that kind, units and fillers aside.
    pub(super) fn is_only(&self, word: Word) -> bool {
        let counts = |other: &&Word| {
            !matches!(other, W::Filler | W::OfTable | W::In(_) | W::InOther) || **other == word
        };
        self.unknown.is_empty()
            && self.has(word)
            && self.words.iter().filter(counts).all(|other| *other == word)
    }
}

fn is_only_unit(says: &[&'static [Word]]) -> bool {
    says.iter().copied().flatten().all(|word| matches!(word, W::In(_) | W::InOther))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(text: &str) -> Said {
        Said::of(text, &HashSet::from(["泰安市".to_owned()]))
    }

    #[test]
    fn heads_are_taken_apart_into_words_that_are_known() {
        let pupils = said("2010年小学在校生数（万人）");
        assert!(pupils.unknown.is_empty() && pupils.has(W::Enrolled));
        assert_eq!(pupils.stages(), [Stage::Primary]);
        assert_eq!(pupils.units(), [Unit::TenThousand]);
        assert_eq!(pupils.years.len(), 1);
        for (text, word) in [
            ("小学学校数（所）", W::Things),
            ("小学班数（个）", W::Things),
            ("小学专任教师数", W::Things),
            ("小学校舍面积（平方米）", W::Things),
            ("小学招生数", W::Flow),
            ("高中阶段毛入学率", W::Rate),
            ("小学在校生数其中：女", W::Part("女")),
            ("行政区划代码", W::Running),
            ("学校名称", W::SchoolName),
        ] {
            assert!(said(text).has(word), "{text} {:?}", said(text));
            assert!(said(text).unknown.is_empty(), "{text} {:?}", said(text));
        }
        assert!(said("区县").is_only(W::Region));
        assert!(said("县（市、区）").has(W::Region));
    }

    #[test]
    fn what_is_not_known_stays_a_residue() {
        assert_eq!(said("小学在校生补充口径").unknown, ["补充口径"]);
        assert!(said("2011年泰安市各县市区小学在校生情况统计表").unknown.is_empty());
    }
}
