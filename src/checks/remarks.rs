//! Owns what there is to say of a rule beside its figures: its share, what closing it takes,
//! which measure turned it, what is missing, and how its regions stand.

use super::{amount, asked, sign, verdict_mark};
use crate::numbers;
use crate::parts::measured;
use crate::session::{Impact, Session, flipper};
use crate::why::{Ask, Question};
use crate::words::fill;
use leptos::prelude::*;
use shapan_engine::{Finding, Missing, RuleFigure, RuleResult, Sense, Unit, Verdict};

/// What is said of one rule.
pub struct Notes {
    lines: Vec<String>,
    regions: Option<(String, Vec<Region>)>,
}

/// A region's name and finding, and what can be asked of its value and threshold.
type Region = (String, Finding, [Option<Question>; 2]);

/// A share and the share required as percentages, with as many decimals as tell them apart.
pub fn told_apart(share: i64, required: i64) -> [String; 2] {
    let short = [share, required].map(numbers::rate);
    if short[0] == short[1] && share != required {
        return [share, required].map(|n| format!("{}%", numbers::exact(n, 4)));
    }
    short
}

/// What there is to say of a rule.
pub fn of(session: Session, impact: &Impact, result: &RuleResult) -> Notes {
    let (w, lang, finding) = (session.words().goals, session.lang(), &result.whole);
    let mut lines = Vec::new();
    if let Some((share, required)) = finding.shares {
        let template = match finding.sense {
            Sense::AtLeast => w.share_of,
            Sense::AtMost => w.share_at_most,
        };
        let [share, required] = told_apart(share, required);
        lines.push(fill(template, &[&share, &required]));
    }
    if let Some(closing) = finding.closing {
        let within = amount(session, closing.within_total);
        lines.push(match closing.on_top {
            Some(on_top) => fill(w.closing, &[&within, &amount(session, on_top)]),
            None => fill(w.closing_within, &[&within]),
        });
    }
    // The row's own figures would say another slack.
    let is_money = finding.unit == Unit::Fen && finding.shares.is_none();
    if is_money
        && result.regions.len() > 1
        && finding.slack.is_some_and(|slack| slack.0 != finding.room())
    {
        let slack_is = match finding.verdict {
            Verdict::Fail => w.no_pooling,
            Verdict::Pass | Verdict::CannotTell(_) => w.tightest_region,
        };
        lines.push(slack_is.to_owned());
    }
    if let Some((met, required)) = finding.levels {
        lines.push(fill(w.levels, &[&met.to_string(), &required.to_string()]));
    }
    if let Verdict::CannotTell(missing) = &finding.verdict {
        lines.push(missing_text(session, impact, missing));
    }
    if let Some(measure) = flipper(impact, result, lang) {
        let template = match finding.verdict {
            Verdict::Pass => w.flipped_to_pass,
            Verdict::Fail => w.flipped_to_fail,
            Verdict::CannotTell(_) => w.flipped_to_unknown,
        };
        let base = session.scenario_name(&session.look.with(|l| l.base.clone()));
        lines.push(fill(template, &[&measure, &base]));
    }
    let regions = (!result.regions.is_empty()).then(|| {
        let summary = match result.failing_regions().count() {
            0 => w.by_region.to_owned(),
            failing => fill(w.regions_fail, &[&failing.to_string()]),
        };
        let named = result.regions.iter().filter_map(|finding| {
            let region = &impact.plan.regions[finding.region?];
            let name = region.name.get(lang).to_owned();
            let rule = impact.plan.rules[result.rule].name.get(lang);
            let figures = [(RuleFigure::Value, w.value), (RuleFigure::Threshold, w.threshold)];
            let questions = figures.map(|(figure, called)| {
                let what = asked(&impact.plan, result, finding, figure)?;
                Some(Question::of(format!("{rule} · {name} · {called}"), what))
            });
            Some((name, finding.clone(), questions))
        });
        // Those that fail first; the others after them, in the plan's order.
        let mut named: Vec<_> = named.collect();
        named.sort_by_key(|(_, f, _)| f.verdict != Verdict::Fail);
        (summary, named)
    });
    Notes { lines, regions }
}

/// What a rule lacks.
fn missing_text(session: Session, impact: &Impact, missing: &Missing) -> String {
    let (w, lang) = (session.words(), session.lang());
    let text = match missing {
        Missing::LastYear => w.goals.missing_last_year,
        Missing::Revenue => w.goals.missing_revenue,
        Missing::Budget => w.goals.missing_budget,
        Missing::Available => w.goals.missing_available,
        Missing::Divisor => w.goals.missing_divisor,
        Missing::Target => w.goals.missing_target,
        Missing::Denominator => w.goals.missing_denominator,
        Missing::Schools => w.goals.missing_schools,
        Missing::Resources(ids) => {
            let named = impact.plan.resources.iter().filter(|r| ids.contains(&r.id));
            let names: Vec<_> = named.map(|r| r.name.get(lang)).collect();
            return fill(w.goals.missing_resources, &[&names.join(w.semicolon)]);
        }
    };
    text.to_owned()
}

/// The lines, and the regions to be opened.
#[component]
pub fn Remarks(notes: Notes) -> impl IntoView {
    let session = expect_context::<Session>();
    let figure = |value: i64, finding: &Finding, question: Option<Question>| {
        let shown = measured(value, finding.unit, "");
        match question {
            Some(question) => view! { <Ask question>{shown}</Ask> }.into_any(),
            None => shown,
        }
    };
    let region = |(name, finding, [of_value, of_threshold]): Region| {
        let tells = !matches!(finding.verdict, Verdict::CannotTell(_));
        let figures = tells.then(|| {
            view! {
                <span class="num">{figure(finding.value, &finding, of_value)}</span>
                <span class="num">{sign(finding.sense)}" "{figure(finding.threshold, &finding, of_threshold)}</span>
            }
        });
        let gap = (!tells).then(|| view! { <span></span><span></span> });
        view! {
            <li><b>{name}</b>{figures}{gap}{verdict_mark(session, &finding.verdict)}</li>
        }
    };
    view! {
        <ul class="remarks">
            {notes.lines.into_iter().map(|line| view! { <li>{line}</li> }).collect_view()}
            {notes.regions.map(|(summary, regions)| view! {
                <li><details>
                    <summary>{summary}</summary>
                    <ul class="of-regions">{regions.into_iter().map(region).collect_view()}</ul>
                </details></li>
            })}
        </ul>
    }
}
