//! Owns what is looked at: page, scenario, base, year, measure. Never part of the plan.
//!
//! Invariant: a settled [`Look`] names only things the plan has.

use serde::{Deserialize, Serialize};
use shapan_engine::{MeasureId, Plan, ScenarioId};

/// The pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Page {
    /// 总览
    Overview,
    /// 推演
    WhatIf,
    /// 对比
    Compare,
    /// 数据
    Data,
    /// 项目
    Programmes,
    /// 资金
    Funding,
    /// 目标与任务
    Targets,
    /// 校核
    Checks,
    /// 分析
    Explore,
    /// 文件
    Files,
    /// 新建计划
    NewPlan,
}

impl Page {
    /// The pages one navigates to, in groups: the question, what it rests on, what one does
    /// with the answer.
    pub const GROUPS: [&[Self]; 3] = [
        &[Self::Overview, Self::WhatIf, Self::Compare],
        &[Self::Data, Self::Programmes, Self::Funding, Self::Targets, Self::Checks],
        &[Self::Explore, Self::Files],
    ];

    /// The fragment it is known by.
    pub fn hash(self) -> &'static str {
        match self {
            Self::Overview => "#overview",
            Self::WhatIf => "#what-if",
            Self::Checks => "#checks",
            Self::Targets => "#targets",
            Self::Funding => "#funding",
            Self::Compare => "#compare",
            Self::Data => "#data",
            Self::Programmes => "#programmes",
            Self::Explore => "#explore",
            Self::Files => "#files",
            Self::NewPlan => "#new",
        }
    }

    /// The page of a fragment, with a slash or without; the overview for any other. What
    /// follows a question mark is the page's own.
    pub fn from_hash(hash: &str) -> Self {
        Self::named_by(hash).unwrap_or(Self::Overview)
    }

    /// Whether a fragment is that of a page.
    pub fn is_named_by(hash: &str) -> bool {
        Self::named_by(hash).is_some()
    }

    fn named_by(hash: &str) -> Option<Self> {
        let hash = hash.split('?').next().unwrap_or_default().replacen("#/", "#", 1);
        let mut pages = Self::GROUPS.into_iter().flatten().chain(&[Self::NewPlan]);
        pages.find(|p| p.hash() == hash).copied()
    }
}

/// What is looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Look {
    /// The scenario.
    pub scenario: ScenarioId,
    /// What it is compared with.
    pub base: ScenarioId,
    /// Place among the fiscal years.
    pub year: usize,
    /// The measure being edited.
    pub measure: Option<MeasureId>,
}

/// A [`Look`] as it is kept in storage.
#[derive(Serialize, Deserialize)]
pub struct KeptLook {
    scenario: String,
    base: String,
    year: usize,
}

impl Look {
    /// The first look at a plan: the first scenario on the status quo, against it.
    pub fn first(plan: &Plan) -> Self {
        // A checked plan has a status quo.
        let root = plan.status_quo().or(plan.scenarios.first());
        let root = root.unwrap_or_else(|| unreachable!("a plan has scenarios")).id.clone();
        let child = plan.scenarios.iter().find(|s| s.parent.as_ref() == Some(&root));
        let scenario = child.map_or_else(|| root.clone(), |s| s.id.clone());
        Self { scenario, base: root, year: 0, measure: None }
    }

    /// The same look where the plan still has what it names.
    pub fn settled(&self, plan: &Plan) -> Self {
        let has = |id: &ScenarioId| plan.scenarios.iter().any(|s| s.id == *id);
        let mut look = self.clone();
        if !has(&look.scenario) {
            let year = self.year.min(plan.horizon.years() - 1);
            return Self { year, ..Self::first(plan) };
        }
        if !has(&look.base) {
            let scenario = look.scenario.clone();
            look.choose(plan, &scenario);
        }
        look.year = look.year.min(plan.horizon.years() - 1);
        let own = plan.scenarios.iter().find(|s| s.id == look.scenario).map(|s| &s.measures);
        let own = own.into_iter().flatten();
        let chosen = own.clone().find(|m| Some(&m.id) == look.measure.as_ref());
        look.measure = chosen.or(own.clone().next()).map(|m| m.id.clone());
        look
    }

    /// Looks at a scenario, compared with its parent.
    pub fn choose(&mut self, plan: &Plan, id: &ScenarioId) {
        let parent = plan.scenarios.iter().find(|s| s.id == *id).and_then(|s| s.parent.clone());
        self.base = parent.unwrap_or_else(|| id.clone());
        self.scenario = id.clone();
        self.measure = None;
    }

    /// The scenario and what it is compared with.
    pub fn compared(&self) -> (ScenarioId, ScenarioId) {
        (self.scenario.clone(), self.base.clone())
    }

    /// The scenario and what it is stacked on.
    pub fn stacked(&self, plan: &Plan) -> (ScenarioId, ScenarioId) {
        let mut stacked = self.clone();
        stacked.choose(plan, &self.scenario);
        stacked.compared()
    }

    /// For storage.
    pub fn kept(&self) -> KeptLook {
        let (scenario, base) = (self.scenario.to_string(), self.base.to_string());
        KeptLook { scenario, base, year: self.year }
    }

    /// From storage, as far as it still means anything.
    pub fn restored(kept: &KeptLook, plan: &Plan) -> Option<Self> {
        let (scenario, base) = (kept.scenario.parse().ok()?, kept.base.parse().ok()?);
        Some(Self { scenario, base, year: kept.year, measure: None }.settled(plan))
    }
}
