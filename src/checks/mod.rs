//! Owns the page of checks: every rule in the year looked at, what comes of it, by how much,
//! where it fails, since which measure, and what it rests on.

mod balance_fields;
mod figure;
mod matrix;
mod remarks;
mod rule_form;

use crate::names;
use crate::numbers;
use crate::overview::{IllustrativeMark, unit, year_and_unit};
use crate::parts::{Act, Money, measured, moves, row_acts};
use crate::session::{Impact, Session, Shown, Tally};
use crate::targets::form::{Removing, RemovingDialog};
use crate::why::{Ask, Question};
use crate::words::{Words, fill};
use leptos::prelude::*;
use matrix::Matrix;
use remarks::Remarks;
use rule_form::{RuleDialog, RuleForm};
use shapan_engine::{
    BasisKind, Command, Finding, ParamPath, Plan, Rule, RuleFigure, RuleKind, RuleResult, Sense,
    SourceId, ThingId, Verdict, What,
};

/// The page of checks.
#[component]
pub fn Checks() -> impl IntoView {
    let session = expect_context::<Session>();
    let tally = Memo::new(move |_| tally(session));
    let line = move || {
        let tally = tally.get();
        let counts = [tally.pass, tally.fail, tally.unknown].map(|n| n.to_string());
        fill(session.words().goals.checks_line, &[&counts[0], &counts[1], &counts[2]])
    };
    let form = RuleForm::new();
    let removing = Removing::new();
    let new = move || {
        view! {
            <button type="button" class="new" on:click=move |_| form.create(session)>
                {session.t(|w| w.goals.add_rule)}
            </button>
        }
    };
    let rows = move || {
        let year = session.look.with(|l| l.year);
        session.impact.with(|impact| {
            let impact = impact.get()?;
            session.checked.with(|checked| {
                let checked = checked.as_ref().and_then(Shown::get)?;
                let row = |result| row(session, impact, result, (form, removing));
                Some(checked.in_year(year).map(row).collect_view())
            })
        })
    };
    view! {
        <div class="sheet">
            <header class="page-head">
                <h2>{session.t(|w| w.goals.checks)}</h2>
                <p>{Signal::derive(move || year_and_unit(session))}" "<IllustrativeMark /></p>
                <Show when=move || tally.with(|t| t.all() > 0)>
                    <p class="summary">{line}</p>
                    <span class="gap"></span>
                    {new()}
                </Show>
            </header>
            <RemovingDialog removing />
            <RuleDialog rule_form=form />
            <Show when=move || tally.with(|t| t.all() > 0) fallback=move || view! {
                <div class="card invites">
                    <p class="empty">{session.t(|w| w.goals.checks_empty)}</p>
                    {new()}
                </div>
            }>
                <section class="card" aria-label=session.t(|w| w.goals.checks)>
                    <div class="scroll" tabindex="0" role="region" aria-label=session.t(|w| w.goals.checks)>
                        <table class="checks stacks">
                            <thead><tr>
                                <th scope="col">{session.t(|w| w.goals.rule)}</th>
                                <th scope="col">{session.t(|w| w.goals.verdict)}</th>
                                <th scope="col" class="num">{session.t(|w| w.goals.value)}</th>
                                <th scope="col" class="num">{session.t(|w| w.goals.threshold)}</th>
                                <th scope="col" class="num">{session.t(|w| w.goals.slack)}</th>
                                <th scope="col">{session.t(|w| w.goals.remarks)}</th>
                                <th scope="col"><span class="visually-hidden">{session.t(|w| w.goals.change_it)}</span></th>
                            </tr></thead>
                            <tbody>{rows}</tbody>
                        </table>
                    </div>
                </section>
                <Matrix />
            </Show>
        </div>
    }
}

/// How the rules of the year looked at stand.
pub fn tally(session: Session) -> Tally {
    let year = session.look.with(|l| l.year);
    session.checked.with(|c| {
        c.as_ref().and_then(Shown::get).map(|checked| checked.tally(year)).unwrap_or_default()
    })
}

/// The first failing share of the budget, in words: `教育支出占比 19.58%，低于 20.00%`.
pub fn share_that_falls_short(session: Session) -> Option<String> {
    let (w, lang) = (session.words(), session.lang());
    let year = session.look.with(|l| l.year);
    session.checked.with(|c| {
        let checked = c.as_ref().and_then(Shown::get)?;
        let fails = |r: &&RuleResult| r.whole.verdict == Verdict::Fail;
        let found = checked
            .in_year(year)
            .filter(fails)
            .find(|r| matches!(checked.plan.rules[r.rule].kind, RuleKind::ShareOfBudget { .. }))?;
        let (share, required) = found.whole.shares?;
        let [share, required] = remarks::told_apart(share, required);
        let name = checked.plan.rules[found.rule].name.get(lang);
        Some(fill(w.goals.share_falls_short, &[name, &share, &required]))
    })
}

/// A verdict: symbol, word and colour.
pub fn verdict_mark(session: Session, verdict: &Verdict) -> impl IntoView + use<> {
    let (class, symbol, word) = match verdict {
        Verdict::Pass => ("verdict pass", "✓", session.t(|w| w.goals.pass)),
        Verdict::Fail => ("verdict fail", "✕", session.t(|w| w.goals.fail)),
        Verdict::CannotTell(_) => ("verdict unknown", "?", session.t(|w| w.goals.cannot_tell)),
    };
    view! { <span class=class><span aria-hidden="true">{symbol}</span>{word}</span> }
}

fn row(
    session: Session,
    impact: &Impact,
    result: &RuleResult,
    (form, removing): (RuleForm, Removing),
) -> impl IntoView + use<> {
    let (w, lang, plan) = (session.words(), session.lang(), &impact.plan);
    let rule = &plan.rules[result.rule];
    let finding = &result.whole;
    let name = rule.name.get(lang).to_owned();
    let ask = |figure, what: &'static str| {
        let asked = asked(plan, result, finding, figure);
        asked.map(|what_is| Question::of(format!("{name} · {what}"), what_is))
    };
    let tells = !matches!(finding.verdict, Verdict::CannotTell(_));
    let cell = |value, figure, what| {
        let unit_name = unit_name(plan, rule, lang);
        let number = measured(value, finding.unit, &unit_name);
        match ask(figure, what) {
            _ if !tells => "–".into_any(),
            Some(question) => view! { <Ask question>{number}</Ask> }.into_any(),
            None => number.into_any(),
        }
    };
    let slack = finding.slack.map(|slack| {
        let class = if finding.verdict == Verdict::Fail { "short" } else { "" };
        let money = view! { <Money amount=Signal::derive(move || slack) /> };
        let money = match ask(RuleFigure::Slack, w.goals.slack) {
            Some(question) => view! { <Ask question>{money}</Ask> }.into_any(),
            None => money.into_any(),
        };
        view! { <span class=class>{money}</span> }
    });
    let id = StoredValue::new(rule.id.clone());
    let (called, place, count) = (name.clone(), result.rule, plan.rules.len());
    let thing = move || ThingId::Rule(id.get_value());
    let on_act = Callback::new(move |act| match act {
        Act::Edit => form.edit(session, &id.get_value()),
        Act::Move(to) => session.dispatch(Command::Move { thing: thing(), to }),
        Act::Remove => removing.ask(session, thing(), called.clone()),
        Act::AddBelow => {}
    });
    view! {
        <tr>
            <th scope="row">
                {name.clone()}
                <small>{kind(w, &rule.kind)}" · "{names::basis(w, plan, &rule.basis, lang)}" "{illustrative(session, plan, rule)}</small>
            </th>
            <td data-label=w.goals.verdict>{verdict_mark(session, &finding.verdict)}</td>
            <td class="num" data-label=w.goals.value>{cell(finding.value, RuleFigure::Value, w.goals.value)}</td>
            <td class="num" data-label=w.goals.threshold>
                {tells.then(|| view! { <span class="sense">{sense(finding)}</span>" " })}
                {cell(finding.threshold, RuleFigure::Threshold, w.goals.threshold)}
            </td>
            <td class="num" data-label=w.goals.slack>{slack.map_or_else(|| "–".into_any(), IntoAny::into_any)}</td>
            <td><Remarks notes=remarks::of(session, impact, result) /></td>
            {row_acts(session, &name, moves(place, count), false, on_act)}
        </tr>
    }
}

/// `≥` or `≤`
pub fn sense(finding: &Finding) -> &'static str {
    sign(finding.sense)
}

/// `≥` or `≤`
pub fn sign(sense: Sense) -> &'static str {
    match sense {
        Sense::AtLeast => "≥",
        Sense::AtMost => "≤",
    }
}

/// What kind of rule it is.
fn kind(w: &Words, kind: &RuleKind) -> &'static str {
    match kind {
        RuleKind::Earmark { .. } => w.goals.kind_earmark,
        RuleKind::ShareOfBudget { .. } => w.goals.kind_share,
        RuleKind::Growth { .. } => w.goals.kind_growth,
        RuleKind::NeverDecrease { .. } => w.goals.kind_never_decrease,
        RuleKind::Envelope { .. } => w.goals.kind_envelope,
        RuleKind::UseRestriction { .. } => w.goals.kind_use,
        RuleKind::Target { .. } => w.goals.kind_target,
        RuleKind::Balance { .. } => w.goals.kind_balance,
    }
}

/// What a whole thing the rule counts is called.
fn unit_name(plan: &Plan, rule: &Rule, lang: shapan_engine::Lang) -> String {
    let RuleKind::Target { indicator } = &rule.kind else { return String::new() };
    let found = plan.indicators.iter().find(|i| i.id == *indicator);
    let name = found.and_then(|i| i.unit_name.as_ref());
    name.map(|name| name.get(lang).to_owned()).unwrap_or_default()
}

/// The mark of a rule that rests on numbers of its own without a source.
fn illustrative(session: Session, plan: &Plan, rule: &Rule) -> Option<impl IntoView + use<>> {
    let source: Option<&SourceId> = match &rule.kind {
        RuleKind::Earmark { source, .. } | RuleKind::Envelope { source } => Some(source),
        _ => None,
    };
    let its_own = |path: &ParamPath| match path {
        ParamPath::Rule(id, _) => *id == rule.id,
        ParamPath::Source(id, _) => Some(id) == source,
        _ => false,
    };
    let of_parameters = plan
        .registry()
        .iter()
        .any(|r| its_own(&r.path) && r.basis().kind == BasisKind::Illustrative);
    (of_parameters || rule.basis.kind == BasisKind::Illustrative).then(|| {
        view! {
            <span class="mark" title=session.words().rests_on_illustrative_hint>
                {session.words().rests_on_illustrative}
            </span>
        }
    })
}

/// What to ask the engine about a figure of a rule, of the city or of one region.
fn asked(plan: &Plan, result: &RuleResult, finding: &Finding, figure: RuleFigure) -> Option<What> {
    let RuleResult { rule, year, .. } = *result;
    let tells = !matches!(finding.verdict, Verdict::CannotTell(_));
    let says_why = plan.rules[rule].says_why(figure, finding.unit);
    (tells && says_why).then_some(What::Rule { figure, rule, region: finding.region, year })
}

/// An amount with its unit, in words.
fn amount(session: Session, fen: shapan_engine::Fen) -> String {
    let unit_now = session.preferences.with(|p| p.unit());
    format!("{} {}", numbers::money(fen, unit_now), unit(session))
}
