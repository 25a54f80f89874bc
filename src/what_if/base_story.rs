//! Owns who pays, and the story of the base standard: why the counties carry all of it,
//! and what happens if the base rises too.

use super::editor::put;
use crate::charts::{self, Look, Svg};
use crate::numbers;
use crate::overview::{CardHead, unit, year, year_and_unit};
use crate::parts::Money;
use crate::session::{BaseStory, Session, Shown};
use crate::why::{Ask, Question};
use crate::words::fill;
use leptos::prelude::*;
use shapan_engine::{Cut, Difference, Fen, What};

/// The memo both components read, provided by the page.
#[derive(Clone, Copy)]
pub struct Story(Memo<Option<Shown<BaseStory>>>);

/// Provides the story to the components of the page.
pub fn provide_story(session: Session) {
    provide_context(Story(BaseStory::memo(session)));
}

/// A source's place and name, and what it pays.
type Part = (usize, String, Fen);

/// The sources that pay anything.
fn by_source(session: Session, difference: Difference<'_>, cut: Cut) -> Vec<Part> {
    let lang = session.lang();
    session.plan.with(|p| {
        let sources = p.sources.iter().enumerate();
        let amounts = sources
            .map(|(n, s)| (n, s.name.get(lang).to_owned(), difference.total(cut.from_source(n))));
        amounts.filter(|(_, _, amount)| *amount != Fen::ZERO).collect()
    })
}

#[component]
pub fn WhoPays() -> impl IntoView {
    let session = expect_context::<Session>();
    let story = expect_context::<Story>().0;
    let cut = move || Cut::ALL.in_year(session.look.with(|l| l.year));
    let now = Memo::new(move |_| {
        session.impact.with(|i| {
            i.get().map(|i| by_source(session, i.difference(), cut())).unwrap_or_default()
        })
    });
    let following = Memo::new(move |_| {
        story.with(|s| {
            let story = s.as_ref().and_then(Shown::get)?;
            session.impact.with(|i| {
                let base = i.get()?.difference().base;
                let following = Difference { scenario: &story.scenario_following, base };
                Some(by_source(session, following, cut()))
            })
        })
    });
    view! {
        <section class="card who-pays">
            <CardHead
                title=session.t(|w| w.who_pays)
                note=Signal::derive(move || year_and_unit(session))
            />
            <div class="pair">
                <div>
                    <h3>{session.t(|w| w.this_scenario)}</h3>
                    <Show when=move || !now.with(Vec::is_empty) fallback=move || view! {
                        <p class="empty">{session.t(|w| w.nobody_pays)}</p>
                    }>
                        <PayerBar parts=now.into() is_asked=true />
                    </Show>
                </div>
                <Show when=move || following.with(Option::is_some)>
                    <div>
                        <h3>{session.t(|w| w.if_base_follows)}</h3>
                        <PayerBar parts=Signal::derive(move || following.get().unwrap_or_default()) />
                    </div>
                </Show>
            </div>
        </section>
    }
}

/// One bar divided among payers, and its table.
#[component]
fn PayerBar(
    parts: Signal<Vec<Part>>,
    /// Whether its amounts are of the scenario looked at, which can be asked why.
    #[prop(optional)]
    is_asked: bool,
) -> impl IntoView {
    let session = expect_context::<Session>();
    let color = move |n: usize| {
        let is_dark = session.is_dark();
        session.plan.with(|p| {
            p.sources.get(n).map(|s| charts::source_color(s, is_dark)).unwrap_or_default()
        })
    };
    let draw = Callback::new(move |look: Look| {
        let each = parts.get().into_iter();
        let bars: Vec<_> = each.map(|(n, _, amount)| (color(n), amount.0)).collect();
        charts::share_bar(&bars, &look)
    });
    let amount = move |place: usize| {
        Signal::derive(move || {
            parts
                .with(|parts| parts.iter().find(|(n, ..)| *n == place).map(|(.., amount)| *amount))
                .unwrap_or_default()
        })
    };
    let figure = move |place: usize, name: String| {
        let shown = view! { <Money amount=amount(place) change=true /> };
        if !is_asked {
            return shown.into_any();
        }
        let question = Signal::derive(move || {
            let cut = Cut::ALL.in_year(session.look.with(|l| l.year)).from_source(place);
            let words = session.words();
            Question::of_change(format!("{name} · {}", words.against_base), What::Total(cut))
        });
        view! { <Ask question>{shown}</Ask> }.into_any()
    };
    view! {
        <div class="share-bar"><Svg draw /></div>
        <table class="payers"><tbody>
            <For each=move || parts.get() key=|(n, name, _)| (*n, name.clone()) let((n, name, _))>
                <tr>
                    <th scope="row">
                        <svg width="10" height="10" aria-hidden="true"><rect width="10" height="10" rx="2" fill=move || color(n)></rect></svg>
                        {name.clone()}
                    </th>
                    <td class="num">{figure(n, name)}</td>
                </tr>
            </For>
        </tbody></table>
    }
}

/// Why higher levels do not share in it, with the numbers, and one button to try what if.
#[component]
pub fn WhyAllOnTheCounties() -> impl IntoView {
    let session = expect_context::<Session>();
    let story = expect_context::<Story>().0;
    let text = move || {
        let (w, lang) = (session.words(), session.lang());
        let cut = Cut::ALL.in_year(session.look.with(|l| l.year));
        story.with(|s| {
            s.as_ref().and_then(Shown::get).and_then(|s| {
                let above = s.above.iter().map(|a| {
                    fill(
                        w.above_base,
                        &[
                            s.plan
                                .programmes
                                .iter()
                                .find(|p| p.id == a.programme)
                                .map_or("", |p| p.name.get(lang)),
                            &numbers::exact(a.standard, 2),
                            &numbers::exact(a.base_standard, 2),
                        ],
                    )
                });
                let above = above.collect::<Vec<_>>().join(w.semicolon);
                let amount = |fen: Fen| {
                    let unit_now = session.preferences.with(|p| p.unit());
                    format!("{} {}", numbers::money(fen, unit_now), unit(session))
                };
                let (is, follows) = (s.as_it_is(), s.if_base_follows());
                let county = is.county_burden(&s.plan, cut);
                if county <= Fen::ZERO {
                    return None;
                }
                let all = county == is.total(cut);
                let title = if all { w.why_all_county } else { w.why_county };
                let sentence = fill(
                    w.base_story,
                    &[
                        &above,
                        &year(session),
                        &amount(county),
                        &amount(follows.county_burden(&s.plan, cut)),
                        &numbers::percent(follows.county_burden(&s.plan, cut), follows.total(cut)),
                    ],
                );
                Some((title, sentence))
            })
        })
    };
    let is_locked = super::stack::is_locked(session);
    let try_it = move |_| {
        let following =
            story.with_untracked(|s| s.as_ref().and_then(Shown::get).map(|s| s.following.clone()));
        if let Some(following) = following {
            put(session, following, false);
        }
    };
    view! {
        {move || text().map(|(title, sentence)| view! {
            <aside class="story" aria-label=title>
                <h3>{title}</h3>
                <p>{sentence}</p>
                <button type="button" disabled=move || is_locked.get() on:click=try_it>{session.t(|w| w.raise_base_too)}</button>
            </aside>
        })}
    }
}
