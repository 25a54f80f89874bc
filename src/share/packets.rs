//! Owns packets on the page: handing one out, filling it in and handing it back, and what a city
//! sees of those that come in.
//!
//! Invariant: a packet is taken in by the merge alone, number by number. Deliberately absent: what
//! belongs in a packet (the engine's `packet`), and the list of numbers (`merge`).

use super::item::{name, said};
use super::scenario::ticked;
use super::{Incoming, Travel};
use crate::clock;
use crate::files;
use crate::names;
use crate::numbers;
use crate::parts::{Choice, focus};
use crate::session::{Keeper, Session};
use crate::words::{Words, fill};
use leptos::prelude::*;
use shapan_engine::files::write_plan;
use shapan_engine::merge::Key;
use shapan_engine::packet::{
    HandBack, HandOutError, TakeInError, Unplaced, hand_back, hand_out, is_of, take_in,
};
use shapan_engine::{Entrusted, Lang, Packet, Plan, PlanErrors, RegionId};
use std::collections::BTreeSet;
use std::sync::Arc;

/// Changes listed in the strip; the file has all of them, and the city sees all.
const MOST_LISTED: usize = 200;

fn entrusted(w: &Words, what: Entrusted) -> &'static str {
    match what {
        Entrusted::People => w.packets.people,
        Entrusted::Money => w.packets.money,
        Entrusted::Schools => w.packets.schools,
        Entrusted::Quantities => w.packets.quantities,
    }
}

/// What a packet's region is called; its id where the packet lost it.
fn region(session: Session, packet: &Packet) -> String {
    let found = packet.base.regions.iter().find(|r| r.id == packet.region);
    found.map_or_else(|| packet.region.to_string(), |r| r.name.get(session.lang()).to_owned())
}

fn count(n: usize) -> String {
    numbers::whole(i64::try_from(n).unwrap_or(i64::MAX))
}

/// What is saved for a county to fill in: which one, and what it may change.
#[component]
pub fn HandOut() -> impl IntoView {
    let session = expect_context::<Session>();
    let travel = expect_context::<Travel>();
    let chosen = RwSignal::new(None::<RegionId>);
    let asked: RwSignal<BTreeSet<Entrusted>> =
        RwSignal::new([Entrusted::People, Entrusted::Money, Entrusted::Schools].into());
    let regions = Signal::derive(move || {
        let lang = session.lang();
        let option = |r: &shapan_engine::Region| (r.id.to_string(), r.name.get(lang).to_owned());
        session.plan.with(|p| p.regions.iter().map(option).collect::<Vec<_>>())
    });
    let current = Memo::new(move |_| {
        session.plan.with(|p| {
            let wanted = chosen.get();
            let found = p.regions.iter().find(|r| Some(&r.id) == wanted.as_ref());
            found.or(p.regions.first()).map(|r| r.id.clone())
        })
    });
    let called = move || {
        let (id, lang) = (current.get(), session.lang());
        id.map(|id| session.plan.with(|p| names::region(p, &id, lang).to_owned()))
            .unwrap_or_default()
    };
    let save = move |_| {
        let Some(id) = current.get_untracked() else { return };
        let (w, lang) = (session.words(), session.lang());
        if asked.with(BTreeSet::is_empty) {
            return travel.done.set(Some(w.packets.nothing_asked.to_owned()));
        }
        let plan = session.plan.get_untracked();
        travel.done.set(Some(match hand_out(&plan, &id, &asked.get_untracked()) {
            Ok(packet) => {
                let title = fill(w.packets.file_out, &[packet.title.get(lang)]);
                files::download(&files::name_of(&title), &write_plan(&packet, &clock::stamp()));
                fill(w.packets.saved, &[&called()])
            }
            Err(error) => fill(w.packets.not_made, &[&not_made(w, error)]),
        }));
    };
    let tick = move |what: Entrusted| {
        let is_on = asked.with_untracked(|a| a.contains(&what));
        ticked(entrusted(session.words(), what).to_owned(), is_on, move |on| {
            asked.update(|a| {
                if on {
                    a.insert(what)
                } else {
                    a.remove(&what)
                };
            });
        })
    };
    let shown = move || {
        let may = session.plan.with(|p| p.packet.is_none() && p.regions.len() > 1);
        may.then(|| view! {
            <section>
                <h3>{session.t(|w| w.packets.title)}</h3>
                <p>{session.t(|w| w.packets.hint)}</p>
                <div class="row">
                    <Choice
                        label=session.t(|w| w.packets.region)
                        options=regions
                        value=Signal::derive(move || current.get().map(|id| id.to_string()).unwrap_or_default())
                        on_choose=Callback::new(move |id: String| chosen.set(id.parse().ok()))
                    />
                    <button type="button" on:click=save>
                        {move || fill(session.words().packets.save, &[&called()])}
                    </button>
                </div>
                <fieldset class="tick-list">
                    <legend>{session.t(|w| w.packets.may_change)}</legend>
                    {move || Entrusted::ALL.map(tick).collect_view()}
                </fieldset>
            </section>
        })
    };
    view! { {shown} }.into_any()
}

fn not_made(w: &Words, error: HandOutError) -> String {
    match error {
        HandOutError::Unsound(errors) => files::plan_errors(w, &errors),
        HandOutError::Bound(error) => files::command_error(w, &error),
        HandOutError::UnknownRegion(id) => fill(w.fault_unknown, &[id.as_str()]),
        HandOutError::IsAPacket => w.packets.not_of_a_packet.to_owned(),
    }
}

/// Over every page of a packet: whose it is, what may be changed, what was, and the way back.
#[component]
pub fn PacketStrip() -> impl IntoView {
    let session = expect_context::<Session>();
    let told = RwSignal::new(None::<String>);
    let handed: Memo<Option<Result<HandBack, PlanErrors>>> =
        Memo::new(move |_| session.plan.with(|p| hand_back(p)));
    let strip = move || {
        // What is only looked at is not filled in.
        let packet = session.plan.with(|p| p.packet.clone()).filter(|_| !session.is_visiting())?;
        let (w, lang) = (session.words(), session.lang());
        let may = packet.entrusted.iter().map(|what| entrusted(w, *what)).collect::<Vec<_>>();
        let city = packet.city.get(lang).to_owned();
        let lead =
            fill(w.packets.strip, &[&city, &region(session, &packet), &may.join(w.compare.comma)]);
        let body = move || {
            handed.get().map(|result| match result {
                Err(errors) => {
                    let errors = files::plan_errors(session.words(), &errors);
                    let text = fill(session.words().packets.cannot_hand_back, &[&errors]);
                    view! { <p role="alert">{text}</p> }.into_any()
                }
                Ok(handed) => changes(session, &packet, handed, told),
            })
        };
        Some(view! {
            <section class="notice told packet" aria-label=w.packets.title_in>
                <p><b>{lead}</b>" "{w.packets.whole_city}</p>
                {body}
                <p role="status">{move || told.get()}</p>
            </section>
        })
    };
    view! { {strip} }.into_any()
}

/// What goes back and what stays, and the button.
fn changes(
    session: Session,
    packet: &Packet,
    handed: HandBack,
    told: RwSignal<Option<String>>,
) -> AnyView {
    let (w, lang) = (session.words(), session.lang());
    if handed.changed.is_empty() && handed.staying.is_empty() {
        return view! { <p>{w.packets.changed_0}</p> }.into_any();
    }
    let here = session.plan.get_untracked();
    let base = Plan::new(packet.base.clone()).ok().map(Arc::new);
    let list = |keys: &[Key], plan: &Plan| {
        let base = base.as_deref()?;
        if keys.is_empty() {
            return None;
        }
        let none = || "–".to_owned();
        let line = |key: &Key| {
            let called = name(w, [plan, base], key, lang);
            let [before, now] =
                [base, plan].map(|side| said(w, side, key, lang).unwrap_or_else(none));
            view! { <li>{called}"："{before}" → "{now}</li> }
        };
        let more = (keys.len() > MOST_LISTED)
            .then(|| view! { <li>{format!("… {}", count(keys.len()))}</li> });
        Some(
            view! { <ul class="report">{keys.iter().take(MOST_LISTED).map(line).collect_view()}{more}</ul> },
        )
    };
    let going = list(&handed.changed, &handed.plan);
    let staying = list(&handed.staying, &here);
    let staying = staying.map(|list| view! { <h3>{w.packets.stays_here}</h3>{list} });
    let going = going.map(|list| view! { <h3>{w.packets.goes_back}</h3>{list} });
    let summary = fill(w.packets.changed_n, &[&count(handed.changed.len())]);
    let city = packet.city.get(lang).to_owned();
    let plan = handed.plan;
    let save = move |_| {
        let w = session.words();
        let title = fill(w.packets.file_back, &[plan.title.get(session.lang())]);
        files::download(&files::name_of(&title), &write_plan(&plan, &clock::stamp()));
        told.set(Some(fill(w.packets.handed_back, &[&city])));
    };
    view! {
        <details>
            <summary>{summary}</summary>
            {going}
            {staying}
            <button type="button" class="primary" on:click=save>{w.packets.hand_back}</button>
        </details>
    }
    .into_any()
}

/// A packet that came in: taken into the city's plan, or opened to be filled in.
#[component]
pub fn PacketPreview(name: String, plan: Arc<Plan>) -> impl IntoView {
    let session = expect_context::<Session>();
    let keeper = expect_context::<Keeper>();
    let travel = expect_context::<Travel>();
    let Some(packet) = plan.packet.clone() else { return ().into_any() };
    let changed = match hand_back(&plan) {
        Some(Ok(handed)) => handed.changed.len(),
        _ => 0,
    };
    let belongs = session.plan.with_untracked(|here| is_of(here, &packet));
    let line = {
        let packet = Arc::clone(&packet);
        move || {
            let (w, lang) = (session.words(), session.lang());
            let parts = [&region(session, &packet), packet.city.get(lang), &count(changed)];
            fill(w.packets.arrived, &parts)
        }
    };
    let incoming = StoredValue::new(Incoming::plain(name, plan));
    let open = move |_| match keeper.add(incoming.with_value(|i| Plan::clone(&i.plan))) {
        Ok(()) => travel.close(),
        Err(error) => travel.done.set(Some(files::not_added(session.words(), &error))),
    };
    let take = move |_| take_all(session, travel, &[incoming.get_value()]);
    let is_filled = belongs && changed > 0;
    let take = belongs.then(|| view! {
        <button type="button" class:primary=is_filled on:click=take>{session.t(|w| w.packets.take_in)}</button>
    });
    view! {
        <p>{line}</p>
        <div class="row">
            {take}
            <button type="button" class:primary=!is_filled on:click=open>{session.t(|w| w.packets.fill_in)}</button>
        </div>
    }
    .into_any()
}

/// Takes packets into the plan on the table, for the merge to list what they change.
pub(super) fn take_all(session: Session, travel: Travel, packets: &[Incoming]) {
    let (w, here) = (session.words_now(), session.plan.get_untracked());
    let plans: Vec<&Plan> = packets.iter().map(|p| &*p.plan).collect();
    let of = |place: usize| packets.get(place).map_or("", |p| &*p.name);
    let taken = match take_in(&here, &plans) {
        Ok(taken) => taken,
        Err(error) => {
            let text = match error {
                TakeInError::NoPacket(place) => fill(w.packets.not_a_packet, &[of(place)]),
                TakeInError::OtherPlace(place) => {
                    let packet = packets.get(place).and_then(|p| p.plan.packet.clone());
                    let lang = session.preferences.with_untracked(|p| p.lang);
                    let told = |p: Arc<Packet>| {
                        let parts = [&region(session, &p), p.city.get(lang), here.place.get(lang)];
                        fill(w.packets.other_place, &parts)
                    };
                    packet.map(told).unwrap_or_default()
                }
                TakeInError::Unsound(errors) => files::plan_errors(w, &errors),
            };
            travel.done.set(Some(text));
            return travel.open();
        }
    };
    let names =
        taken.included.iter().map(|place| of(*place)).collect::<Vec<_>>().join(w.compare.comma);
    let lang = session.preferences.with_untracked(|p| p.lang);
    let mut notes: Vec<String> = Vec::new();
    let gone: BTreeSet<String> =
        taken.unplaced.iter().map(|u| unplaced(w, packets, u, lang)).collect();
    if !gone.is_empty() {
        let gone = gone.into_iter().collect::<Vec<_>>().join(w.compare.comma);
        notes.push(fill(w.packets.unplaced, &[&gone]));
    }
    let waiting = (0..packets.len()).filter(|place| !taken.included.contains(place));
    notes.extend(waiting.map(|place| fill(w.packets.waits, &[of(place)])));
    travel.rolling.set(None);
    travel.merging.set(Some(Incoming {
        name: names,
        plan: Arc::new(taken.there),
        base: Some(Arc::new(taken.base)),
        notes,
    }));
    travel.go_on();
    focus("main");
}

/// What a number without a place is called, by the packet that brought it.
fn unplaced(w: &Words, packets: &[Incoming], number: &Unplaced, lang: Lang) -> String {
    let of = |plan: &Plan| match number {
        Unplaced::Parameter(path) if plan.name_of(path).is_some() => {
            names::parameter(w, plan, path, lang)
        }
        _ => names::thing(plan, &number.thing(), lang),
    };
    let found = packets.iter().map(|p| of(&p.plan)).find(|name| !name.is_empty());
    found.unwrap_or_else(|| number.thing().to_string())
}
