//! Owns what the reader is asked: one line a question, with the answers beside it.
//!
//! Invariant: an answer is a choice as any other, to be seen and changed below; a question that is
//! not answered only keeps out the numbers it is about.

use super::naming::{
    Meanings, column_at, count, line, meaning_name, meanings, place_name, target_name, unit_name,
    units, value, when_name,
};
use super::rows::{MeaningChoice, UnitChoice};
use super::steps::year_of;
use super::{Read, of};
use crate::names;
use crate::parts::focus;
use crate::session::Session;
use crate::sheets::tables::Tables;
use crate::words::{Words, fill};
use leptos::prelude::*;
use shapan_engine::{Lang, Plan, Year};
use shapan_sheets::import::{
    Beside, Choices, Meaning, Mode, Place, Question, Summary, Target, Unit,
};

/// The heading, by its id.
const TITLE: &str = "table-questions";

/// Whether the focus was on something that is gone.
fn is_focus_lost() -> bool {
    let on = document().active_element().map(|on| on.tag_name());
    on.is_none_or(|tag| matches!(tag.as_str(), "BODY" | "DIALOG"))
}

/// The questions.
#[component]
pub(super) fn Questions(read: Read) -> impl IntoView {
    let session = expect_context::<Session>();
    let meanings = meanings(session);
    let all = of(read, |read| read.questions.clone());
    let title = move || {
        let open = all.with(|all| count(all.len()));
        fill(session.words().tables.questions, &[&open])
    };
    // An answer takes its button away: the keyboard goes on at what is left to answer, or at the end.
    Effect::new(move |before: Option<()>| {
        let is_done = all.with(Vec::is_empty);
        if before.is_some() {
            // Once the buttons are gone.
            request_animation_frame(move || {
                if is_focus_lost() {
                    focus(if is_done { super::TAKE } else { TITLE });
                }
            });
        }
    });
    view! {
        <Show when=move || all.with(|all| !all.is_empty())>
            <section class="questions" role="group" aria-label=title>
                <h3 id=TITLE tabindex="-1">{title}</h3>
                <p class="aside">{session.t(|w| w.tables.questions_hint)}</p>
                <ul>
                    <For each=move || all.get() key=|question| format!("{question:?}") let(question)>
                        <li><Asked read meanings question /></li>
                    </For>
                </ul>
            </section>
        </Show>
    }
    .into_any()
}

/// A button that answers.
fn answer(
    tables: Tables,
    text: impl Fn() -> String + Send + Sync + 'static,
    change: impl Fn(&mut Choices) + Send + Sync + 'static,
) -> AnyView {
    view! {
        <button type="button" on:click=move |_| tables.choose(|choices| change(choices))>
            {text}
        </button>
    }
    .into_any()
}

/// One question with its answers.
#[component]
fn Asked(read: Read, meanings: Meanings, question: Question) -> impl IntoView {
    let session = expect_context::<Session>();
    let tables = expect_context::<Tables>();
    let sentence = {
        let question = question.clone();
        move || read.with(|read| read.as_ref().map(|read| asked(session, read, &question)))
    };
    let worded = move |pick: fn(&Words) -> &'static str| move || pick(session.words()).to_owned();
    let named = move |column: usize| {
        read.with(|read| {
            let w = session.words();
            read.as_ref().map(|read| column_at(w, read, column)).unwrap_or_default()
        })
    };
    let column_meaning = move |column: usize, meaning: Meaning| {
        move |choices: &mut Choices| {
            choices.columns.entry(column).or_default().meaning = Some(meaning.clone());
        }
    };
    let answers = match question {
        Question::RegionColumn => {
            let columns = of(read, |read| read.columns.iter().map(|c| c.column).collect::<Vec<_>>());
            view! {
                <select aria-label=session.t(|w| w.tables.ask_region_column)
                    on:change:target=move |e| {
                        if let Ok(column) = e.target().value().parse() {
                            tables.choose(column_meaning(column, Meaning::Region));
                        }
                    }>
                    <option value="">{session.t(|w| w.tables.choose)}</option>
                    {move || columns.get().into_iter().map(|column| view! {
                        <option value=column.to_string()>{named(column)}</option>
                    }).collect_view()}
                </select>
            }
            .into_any()
        }
        Question::Year { proposal } => {
            let choose = move |year| tables.choose(|choices| choices.year = Some(year));
            let label = worded(|w| w.tables.ask_year);
            year_field(session, Some(proposal), Signal::derive(label), Callback::new(choose))
        }
        Question::ColumnYear { column, proposal } => {
            let choose = move |year| {
                tables.choose(|choices| {
                    choices.columns.entry(column).or_default().year = Some(year);
                });
            };
            let label =
                move || fill(session.words().tables.ask_column_year, &[&named(column)]);
            year_field(session, proposal, Signal::derive(label), Callback::new(choose))
        }
        Question::Column { column, proposal } => {
            let label = Signal::derive(move || {
                fill(session.words().tables.ask_column, &[&named(column)])
            });
            let choose = Callback::new(move |meaning| {
                tables.choose(column_meaning(column, meaning));
            });
            meaning_field(session, meanings, proposal, label, choose)
        }
        Question::Item { words, proposal } => {
            let own = StoredValue::new(words);
            let label = Signal::derive(move || {
                own.with_value(|own| fill(session.words().tables.ask_item, &[own]))
            });
            let choose = Callback::new(move |meaning| {
                tables.choose(|choices| {
                    choices.items.insert(own.get_value(), meaning);
                });
            });
            meaning_field(session, meanings, proposal, label, choose)
        }
        Question::Unit { column } => {
            let meaning = of(read, move |read| {
                let found = read.columns.iter().find(|read| read.column == column);
                found.map(|read| read.meaning.clone()).unwrap_or_default()
            });
            let choose = move |unit| {
                tables.choose(|choices| {
                    choices.columns.entry(column).or_default().unit = Some(unit);
                });
            };
            view! {
                <UnitChoice
                    label=Signal::derive(move || {
                        fill(session.words().tables.ask_unit, &[&named(column)])
                    })
                    meaning=meaning.into()
                    value=Signal::stored(None)
                    on_choose=Callback::new(choose)
                />
                {move || meaning.with(units).iter().filter(|unit| is_usual(**unit)).map(|unit| {
                    let unit = *unit;
                    answer(tables, move || unit_name(session.words(), unit).to_owned(),
                        move |choices| {
                            choices.columns.entry(column).or_default().unit = Some(unit);
                        })
                }).collect_view()}
            }
            .into_any()
        }
        Question::SameTarget { columns } => {
            let all = StoredValue::new(columns.clone());
            let each = columns.into_iter().map(|column| {
                let text = move || fill(session.words().tables.use_column, &[&named(column)]);
                answer(tables, text, move |choices| {
                    for other in all.get_value() {
                        let meaning = read.with_untracked(|read| {
                            let mut columns = read.iter().flat_map(|read| &read.columns);
                            columns.find(|c| c.column == column).map(|c| c.meaning.clone())
                        });
                        let is_chosen = other == column;
                        let meaning = meaning.filter(|_| is_chosen).unwrap_or_default();
                        choices.columns.entry(other).or_default().meaning = Some(meaning);
                    }
                })
            });
            each.collect_view().into_any()
        }
        Question::Region { name, proposal } => {
            let region = proposal.clone();
            let yes = move || {
                let lang = session.lang();
                session.plan.with(|plan| {
                    let name = names::region(plan, &region, lang);
                    fill(session.words().tables.yes_it_is, &[name])
                })
            };
            let own = StoredValue::new(name);
            view! {
                {answer(tables, yes, move |choices| {
                    choices.regions.insert(own.get_value(), Place::Known(proposal.clone()));
                })}
                {answer(tables, worded(|w| w.tables.is_new), move |choices| {
                    choices.regions.insert(own.get_value(), Place::New(own.get_value()));
                })}
            }
            .into_any()
        }
        Question::NewRegions { .. } => view! {
            {answer(tables, worded(|w| w.tables.all_new), |choices| choices.all_new = Some(true))}
            {answer(tables, worded(|w| w.tables.none_new), |choices| choices.all_new = Some(false))}
        }
        .into_any(),
        Question::AddUp { .. } => view! {
            {answer(tables, worded(|w| w.tables.add_up), |choices| choices.add_up = Some(true))}
            {answer(tables, worded(|w| w.tables.not_add_up), |choices| choices.add_up = Some(false))}
        }
        .into_any(),
        Question::SumRow { row, .. } => {
            let ticked = move |is_taken| {
                move |choices: &mut Choices| {
                    choices.rows.insert(row, is_taken);
                }
            };
            view! {
                {answer(tables, worded(|w| w.tables.is_sum), ticked(false))}
                {answer(tables, worded(|w| w.tables.is_region), ticked(true))}
            }
            .into_any()
        }
        Question::Replace { .. } => {
            let mode = |mode| move |choices: &mut Choices| choices.mode = Some(mode);
            view! {
                {answer(tables, worded(|w| w.tables.mode_replace), mode(Mode::Replace))}
                {answer(tables, worded(|w| w.tables.mode_add), mode(Mode::Add))}
            }
            .into_any()
        }
        question @ Question::Magnitude { .. } => {
            answer(tables, worded(|w| w.tables.numbers_right), move |choices| {
                choices.magnitudes.extend(question.right_size());
            })
        }
        Question::Part { .. } => {
            answer(tables, worded(|w| w.tables.is_whole), |choices| choices.part = true)
        }
    };
    view! {
        <p>{sentence}</p>
        <div class="row">{answers}</div>
    }
    .into_any()
}

/// Units that most tables count in.
fn is_usual(unit: Unit) -> bool {
    matches!(unit, Unit::One | Unit::TenThousand | Unit::Yuan | Unit::TenThousandYuan)
}

/// A year: the likely one by a press, another by typing.
fn year_field(
    session: Session,
    proposal: Option<Year>,
    label: Signal<String>,
    on_choose: Callback<Year>,
) -> AnyView {
    let offered = proposal.map(|year| {
        view! {
            <button type="button" on:click=move |_| on_choose.run(year)>
                {move || fill(session.words().tables.use_year, &[&year.to_string()])}
            </button>
        }
    });
    view! {
        {offered}
        <input type="text" class="year" inputmode="numeric" maxlength="4" autocomplete="off"
            aria-label=label placeholder=session.t(|w| w.tables.year_column)
            on:change:target=move |e| {
                if let Some(year) = year_of(&e.target().value()) {
                    on_choose.run(year);
                }
            } />
    }
    .into_any()
}

/// A meaning: the likely one by a press, nothing by another, any from the list.
fn meaning_field(
    session: Session,
    meanings: Meanings,
    proposal: Meaning,
    label: Signal<String>,
    on_choose: Callback<Meaning>,
) -> AnyView {
    let shown = proposal.clone();
    let name = move || {
        let (w, lang) = (session.words(), session.lang());
        let name = session.plan.with(|plan| meaning_name(w, plan, lang, &shown));
        fill(w.tables.take_as, &[&name])
    };
    let is_offered = proposal != Meaning::Nothing;
    let likely = StoredValue::new(proposal.clone());
    view! {
        {is_offered.then(|| view! {
            <button type="button" on:click=move |_| on_choose.run(likely.get_value())>{name}</button>
        })}
        <button type="button" on:click=move |_| on_choose.run(Meaning::Nothing)>
            {session.t(|w| w.tables.leave_out)}
        </button>
        <MeaningChoice meanings label value=Signal::stored(proposal) on_choose />
    }
    .into_any()
}

/// The places a question is about, the first of many; nothing where it is about all.
fn named_places(w: &Words, plan: &Plan, lang: Lang, places: &[Place]) -> String {
    const MOST: usize = 5;
    if places.is_empty() {
        return String::new();
    }
    let names = places.iter().take(MOST).map(|place| place_name(w, plan, lang, place));
    let more = places.len().saturating_sub(MOST);
    let more = (more > 0).then(|| fill(w.tables.and_more, &[&count(more)]));
    let names: Vec<String> = names.chain(more).collect();
    fill(w.tables.size_places, &[&names.join(w.compare.comma)])
}

/// A question in words.
fn asked(session: Session, read: &Summary, question: &Question) -> String {
    let (w, lang) = (session.words(), session.lang());
    let t = w.tables;
    match question {
        Question::RegionColumn => t.ask_region_column.to_owned(),
        Question::Year { .. } => t.ask_year.to_owned(),
        Question::ColumnYear { column, .. } => {
            fill(t.ask_column_year, &[&column_at(w, read, *column)])
        }
        Question::Column { column, .. } => fill(t.ask_column, &[&column_at(w, read, *column)]),
        Question::Item { words, .. } => fill(t.ask_item, &[words]),
        Question::Unit { column } => fill(t.ask_unit, &[&column_at(w, read, *column)]),
        Question::SameTarget { .. } => t.ask_same_target.to_owned(),
        Question::Region { name, proposal } => session
            .plan
            .with(|plan| fill(t.ask_region, &[name, names::region(plan, proposal, lang)])),
        Question::NewRegions { names } => fill(t.ask_new_regions, &[&count(*names)]),
        Question::AddUp { regions, rows, schools } => {
            let template = if *schools { t.ask_add_up_schools } else { t.ask_add_up };
            fill(template, &[&count(*regions), &count(*rows)])
        }
        Question::SumRow { row, first, last } => {
            fill(t.ask_sum_row, &[&line(*row), &line(*first), &line(*last)])
        }
        Question::Replace { values } => fill(t.ask_replace, &[&count(*values)]),
        Question::Magnitude { target, when, places, beside, before, after } => {
            session.plan.with(|plan| {
                let said = |target: &Target, amount: i64| value(w, plan, lang, target, amount);
                let before = match beside {
                    Beside::Plan => fill(t.size_plan, &[&said(target, *before)]),
                    Beside::PlanOf(other) => {
                        fill(t.size_plan_of, &[&when_name(w, *other), &said(target, *before)])
                    }
                    Beside::Table(other) => {
                        fill(t.size_table, &[&when_name(w, *other), &said(target, *before)])
                    }
                    Beside::Others(other) => {
                        let name = target_name(w, plan, lang, other);
                        fill(t.size_others, &[&name, &said(other, *before)])
                    }
                };
                let (name, when) = (target_name(w, plan, lang, target), when_name(w, *when));
                let places = named_places(w, plan, lang, places);
                fill(t.ask_magnitude, &[&name, &when, &places, &said(target, *after), &before])
            })
        }
        Question::Part { words } => fill(t.ask_part, &[words]),
    }
}
