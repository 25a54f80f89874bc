//! Owns every rule under every scenario of the plan: pass, fail or cannot tell, and the slack.
//!
//! Invariant: a scenario without a result shows none, and all are of the year looked at.

use super::{asked, verdict_mark};
use crate::overview::year_and_unit;
use crate::parts::Money;
use crate::session::Session;
use crate::why::{Ask, Question};
use leptos::prelude::*;
use shapan_engine::{Fen, RuleFigure, RuleResult, ScenarioId, Verdict, What, evaluate, test_rule};

type Stand = (Verdict, Option<Fen>, Option<What>);

/// A scenario: its name, whether it is looked at, and the verdict and slack of each rule, and
/// what can be asked of the slack.
#[derive(Clone, PartialEq)]
struct Column {
    name: String,
    is_looked_at: bool,
    id: ScenarioId,
    verdicts: Option<Vec<Stand>>,
}

#[component]
pub fn Matrix() -> impl IntoView {
    let session = expect_context::<Session>();
    let columns = Memo::new(move |_| {
        let (lang, look) = (session.lang(), session.look.get());
        session.plan.with(|plan| {
            let of = |result: RuleResult| {
                let what = asked(plan, &result, &result.whole, RuleFigure::Slack);
                (result.whole.verdict, result.whole.slack, what)
            };
            let each = plan.scenarios.iter().map(|scenario| {
                let outcome = evaluate(plan, &scenario.id).ok();
                let verdicts = outcome.and_then(|outcome| {
                    let rules = 0..plan.rules.len();
                    let results =
                        rules.map(|rule| test_rule(plan, &outcome, rule, look.year).map(of));
                    results.collect::<Result<Vec<_>, _>>().ok()
                });
                let name = scenario.name.get(lang).to_owned();
                let id = scenario.id.clone();
                Column { name, is_looked_at: id == look.scenario, id, verdicts }
            });
            each.collect::<Vec<_>>()
        })
    });
    let head = move || {
        let name = |column: Column| {
            view! { <th scope="col" class="num" class:now=column.is_looked_at>{column.name}</th> }
        };
        columns.get().into_iter().map(name).collect_view()
    };
    let rows = move || {
        let lang = session.lang();
        let names: Vec<String> =
            session.plan.with(|p| p.rules.iter().map(|r| r.name.get(lang).to_owned()).collect());
        let columns = columns.get();
        let row = |(place, name): (usize, String)| {
            let cells = columns.iter().map(|column| {
                let found = column.verdicts.as_ref().and_then(|v| v.get(place)).cloned();
                let shown = match found {
                    None => view! { <span class="sense">{session.t(|w| w.goals.no_result)}</span> }.into_any(),
                    Some((verdict, slack, what)) => {
                        let slack = slack.map(|slack| {
                            let money = view! { <Money amount=Signal::derive(move || slack) change=true /> };
                            let shown = match what {
                                Some(what) => {
                                    let slack = session.words().goals.slack;
                                    let called = [&name, &column.name, slack].map(|s: &str| s.to_owned());
                                    let id = column.id.clone();
                                    let question = Question::of(called.join(" · "), what).between(id.clone(), id);
                                    view! { <Ask question>{money}</Ask> }.into_any()
                                }
                                None => money.into_any(),
                            };
                            view! { <small>{shown}</small> }
                        });
                        view! { {verdict_mark(session, &verdict)}{slack} }.into_any()
                    }
                };
                view! { <td class="num" class:now=column.is_looked_at data-label=column.name.clone()>{shown}</td> }
            });
            let cells = cells.collect_view();
            view! { <tr><th scope="row">{name.clone()}</th>{cells}</tr> }
        };
        names.into_iter().enumerate().map(row).collect_view()
    };
    view! {
        <section class="card">
            <header class="card-head">
                <h2>{session.t(|w| w.goals.by_scenario)}</h2>
                <p>{Signal::derive(move || [year_and_unit(session), session.words().goals.slack.to_owned()].join(" · "))}</p>
            </header>
            <div class="scroll" tabindex="0" role="region" aria-label=session.t(|w| w.goals.by_scenario)>
                <table class="verdicts stacks">
                    <thead><tr><th scope="col">{session.t(|w| w.goals.rule)}</th>{head}</tr></thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </section>
    }
}
