//! Owns the form of one indicator: what is counted, what it is compared with, what it must reach
//! and by when.
//!
//! Invariant: a target is in the indicator's unit; where what is counted changes the unit, the
//! target's old values go, for they would mean something else, and have to be said anew.

use super::form::{Form, FormDialog, Options, Writing, choice_field, text_field};
use super::parameter::{Dated, Sourced, basis_field, parameter_field};
use crate::session::Session;
use crate::words::fill;
use leptos::prelude::*;
use shapan_engine::{
    Basis, Command, Driver, Extra, Indicator, IndicatorId, MILLION, Parameter, Scope, Sense, Side,
    Target, Term, Text, Thing, Unit, fresh_id,
};

/// The indicator being edited, if one is.
#[derive(Clone, Copy)]
pub struct IndicatorForm {
    form: Form,
    draft: RwSignal<Option<Indicator>>,
    new_citation: RwSignal<String>,
}

impl IndicatorForm {
    /// Nothing is edited yet.
    pub fn new() -> Self {
        let (draft, new_citation) = (RwSignal::new(None), RwSignal::new(String::new()));
        Self { form: Form::new(), draft, new_citation }
    }

    /// Edits an indicator of the plan.
    pub fn edit(self, session: Session, id: &IndicatorId) {
        let found =
            session.plan.with_untracked(|p| p.indicators.iter().find(|i| i.id == *id).cloned());
        self.open(found);
    }

    /// Makes an indicator.
    pub fn create(self, session: Session) {
        let plan = session.plan.get_untracked();
        let taken = |id: &IndicatorId| plan.indicators.iter().any(|i| i.id == *id);
        let id = fresh_id::<IndicatorId>("indicator", taken);
        let name = session.typed(session.words().goals.new_indicator);
        let (Some(id), Some(name)) = (id, name) else { return };
        self.open(Some(Indicator {
            id,
            name,
            clause: None,
            scope: Scope::CityWide,
            numerator: vec![Term::Given(Parameter::default())],
            denominator: Vec::new(),
            unit_name: None,
            target: None,
            basis: Basis::default(),
            extra: Extra::default(),
        }));
    }

    fn open(self, indicator: Option<Indicator>) {
        self.new_citation.set(String::new());
        self.draft.set(indicator);
        self.form.open();
    }

    fn save(self, session: Session) {
        let Some(mut indicator) = self.draft.get_untracked() else { return };
        if indicator.target.as_ref().is_some_and(says_nothing) {
            self.form.say(session.words().goals.target_missing);
            return;
        }
        let (cite, basis) = self.sourced().finish(session);
        indicator.basis = basis;
        let put = Command::Put(Thing::from(indicator));
        self.form.save(session, cite.into_iter().chain([put]).collect());
    }

    fn sourced(self) -> Sourced {
        Sourced {
            value: self.of(|i| i.basis.clone()),
            on_change: Callback::new(move |basis| self.update(|i| i.basis = basis)),
            new: self.new_citation,
        }
    }

    fn update(self, change: impl FnOnce(&mut Indicator)) {
        self.draft.update(|draft| {
            let Some(indicator) = draft else { return };
            let before = indicator.unit();
            change(indicator);
            let after = indicator.unit();
            if before != after
                && let Some(target) = &mut indicator.target
            {
                target.value.steps.truncate(1);
                target.value.steps.iter_mut().for_each(|step| step.value = usual(after));
                target.value.by_region.clear();
            }
        });
    }

    fn of<T: Default + Send + Sync + 'static>(self, of: fn(&Indicator) -> T) -> Signal<T> {
        Signal::derive(move || self.draft.with(|i| i.as_ref().map(of).unwrap_or_default()))
    }

    fn words(self, session: Session, of: fn(&Indicator) -> Option<&Text>) -> Signal<String> {
        Signal::derive(move || {
            let lang = session.lang();
            self.draft.with(|i| {
                i.as_ref().and_then(of).map(|text| text.get(lang).to_owned()).unwrap_or_default()
            })
        })
    }

    fn term(self, side: Side, place: usize) -> Option<Term> {
        self.draft.with(|i| i.as_ref().and_then(|i| i.terms(side).get(place).cloned()))
    }

    fn put_term(self, side: Side, place: usize, term: Term) {
        self.update(|i| {
            if let Some(there) = terms_mut(i, side).get_mut(place) {
                *there = term;
            }
        });
    }

    /// How numbers of a unit are written, whole things by the indicator's own name for them.
    fn writing(self, session: Session, unit: fn(&Indicator) -> Unit) -> Signal<Writing> {
        Signal::derive(move || {
            let (w, lang) = (session.words(), session.lang());
            self.draft.with(|i| {
                let unit = i.as_ref().map_or(Unit::Count, unit);
                let name =
                    i.as_ref().and_then(|i| i.unit_name.as_ref()).map_or("", |n| n.get(lang));
                Writing::of(w, unit, name)
            })
        })
    }
}

fn terms_mut(indicator: &mut Indicator, side: Side) -> &mut Vec<Term> {
    match side {
        Side::Numerator => &mut indicator.numerator,
        Side::Denominator => &mut indicator.denominator,
    }
}

/// The dialog of an indicator.
#[component]
pub fn IndicatorDialog(indicator_form: IndicatorForm) -> impl IntoView {
    let session = expect_context::<Session>();
    let draft = indicator_form.draft;
    view! {
        <FormDialog
            form=indicator_form.form
            title=Signal::derive(move || session.words().goals.edit_indicator.to_owned())
            is_open=Signal::derive(move || draft.with(Option::is_some))
            fields=ViewFn::from(move || fields(session, indicator_form))
            on_save=Callback::new(move |()| indicator_form.save(session))
            on_close=Callback::new(move |()| draft.set(None))
        />
    }
}

fn fields(session: Session, it: IndicatorForm) -> AnyView {
    let scopes = Signal::derive(move || {
        let w = session.words().goals;
        vec![
            ("city".to_owned(), w.scope_city.to_owned()),
            ("region".to_owned(), w.scope_region.to_owned()),
        ]
    });
    view! {
        {text_field(session.t(|w| w.goals.indicator), it.words(session, |i| Some(&i.name)), Callback::new(move |typed: String| {
            it.update(|i| session.retype(&mut i.name, &typed));
        }))}
        <div class="pair">
            {text_field(session.t(|w| w.goals.clause), it.of(|i| i.clause.as_deref().unwrap_or_default().to_owned()), Callback::new(move |typed: String| {
                let clause = Some(typed.trim()).filter(|c| !c.is_empty()).map(Into::into);
                it.update(|i| i.clause = clause);
            }))}
            {text_field(session.t(|w| w.goals.unit_name), it.words(session, |i| i.unit_name.as_ref()), Callback::new(move |typed: String| {
                it.update(|i| i.unit_name = session.retyped(i.unit_name.as_ref(), &typed));
            }))}
            {choice_field(session.t(|w| w.goals.numbers_of), scopes, it.of(|i| match i.scope {
                Scope::CityWide => "city",
                Scope::PerRegion => "region",
            }.to_owned()), Callback::new(move |chosen: String| {
                it.update(|i| i.scope = if chosen == "city" { Scope::CityWide } else { Scope::PerRegion });
            }))}
        </div>
        {side(session, it, Side::Numerator, session.t(|w| w.goals.counted_things))}
        {side(session, it, Side::Denominator, session.t(|w| w.goals.compared_with))}
        {target(session, it)}
        {basis_field(session, it.sourced())}
    }
    .into_any()
}

/// What kind of term it is: its key, and the programme or population it is about.
fn kind(term: &Term) -> (&'static str, String) {
    match term {
        Term::Given(_) => ("given", String::new()),
        Term::Heads(id) => ("heads", id.to_string()),
        Term::Completed { programme, .. } => ("completed", programme.to_string()),
        Term::Paid(id) => ("paid", id.to_string()),
    }
}

/// The terms of a side, one after another.
fn side(session: Session, it: IndicatorForm, side: Side, label: Signal<&'static str>) -> AnyView {
    let count =
        Memo::new(move |_| it.draft.with(|i| i.as_ref().map_or(0, |i| i.terms(side).len())));
    view! {
        <fieldset class="terms">
            <legend>{label}</legend>
            <For each=move || 0..count.get() key=|n| *n let(place)>{term_fields(session, it, side, place)}</For>
            <button type="button" class="quiet" on:click=move |_| it.update(|i| {
                let money = i.counts_money();
                let term = i.numerator.first().filter(|_| money).cloned();
                terms_mut(i, side).push(term.unwrap_or_else(|| Term::Given(Parameter::default())));
            })>{Signal::derive(move || fill(session.words().goals.add_term, &[label.get()]))}</button>
        </fieldset>
    }
    .into_any()
}

fn term_fields(session: Session, it: IndicatorForm, side: Side, place: usize) -> AnyView {
    let now = Memo::new(move |_| it.term(side, place));
    let key = Memo::new(move |_| now.with(|t| t.as_ref().map(|t| kind(t).0).unwrap_or_default()));
    let about = Memo::new(move |_| now.with(|t| t.as_ref().map(|t| kind(t).1).unwrap_or_default()));
    let programmes = move |works_only: bool| {
        let lang = session.lang();
        session.plan.with(|p| {
            let all = p.programmes.iter();
            let some = all.filter(|p| !works_only || matches!(p.driver, Driver::Works { .. }));
            some.map(|p| (p.id.to_string(), p.name.get(lang).to_owned())).collect::<Options>()
        })
    };
    let populations = move || {
        let lang = session.lang();
        session.plan.with(|p| {
            let all = p.populations.iter();
            all.map(|p| (p.id.to_string(), p.name.get(lang).to_owned())).collect::<Options>()
        })
    };
    let choices = move |key: &str| match key {
        "heads" => populations(),
        "completed" => programmes(true),
        "paid" => programmes(false),
        _ => Vec::new(),
    };
    // Only what the plan has something of can be counted.
    let kinds = Signal::derive(move || {
        let w = session.words().goals;
        let all = [
            ("given", w.term_given),
            ("heads", w.term_heads),
            ("completed", w.term_completed),
            ("paid", w.term_paid),
        ];
        let some = all.into_iter().filter(|(k, _)| *k == "given" || !choices(k).is_empty());
        some.map(|(k, name)| (k.to_owned(), name.to_owned())).collect::<Options>()
    });
    let make = move |key: &str, about: &str| {
        Some(match key {
            "given" => Term::Given(Parameter::default()),
            "heads" => Term::Heads(about.parse().ok()?),
            "completed" => {
                Term::Completed { programme: about.parse().ok()?, share: None, per_unit: None }
            }
            _ => Term::Paid(about.parse().ok()?),
        })
    };
    let choose_kind = Callback::new(move |chosen: String| {
        let first = untrack(|| choices(&chosen)).first().map(|(id, _)| id.clone());
        if let Some(term) = make(&chosen, &first.unwrap_or_default()) {
            it.put_term(side, place, term);
        }
    });
    let choose_about = Callback::new(move |chosen: String| {
        if let Some(term) = make(key.get_untracked(), &chosen) {
            it.put_term(side, place, term);
        }
    });
    let inside = move || {
        match key.get() {
        "given" => {
            let value = Signal::derive(move || match now.get() {
                Some(Term::Given(parameter)) => parameter,
                _ => Parameter::default(),
            });
            parameter_field(session, Dated {
                form: it.form,
                label: session.t(|w| w.goals.term_given),
                writing: it.writing(session, |_| Unit::Count),
                value,
                on_change: Callback::new(move |p| it.put_term(side, place, Term::Given(p))),
                by_region: it.of(|i| i.scope == Scope::PerRegion),
            })
        }
        "completed" => view! {
            {choice_field(session.t(|w| w.goals.which), Signal::derive(move || choices("completed")), about.into(), choose_about)}
            {counts_for(session, it, side, place, now)}
        }
        .into_any(),
        key => choice_field(
            session.t(|w| w.goals.which),
            Signal::derive(move || choices(key)),
            about.into(),
            choose_about,
        ),
    }
    };
    let number = (place + 1).to_string();
    let label = move || {
        let w = session.words();
        let side = match side {
            Side::Numerator => w.goals.counted_things,
            Side::Denominator => w.goals.compared_with,
        };
        fill(w.remove_measure, &[&format!("{side} {number}")])
    };
    view! {
        <div class="term">
            {choice_field(session.t(|w| w.goals.term_kind), kinds, Signal::derive(move || key.get().to_owned()), choose_kind)}
            {inside}
            <button type="button" class="icon" aria-label=label
                on:click=move |_| it.update(|i| {
                    let terms = terms_mut(i, side);
                    if place < terms.len() {
                        terms.remove(place);
                    }
                })>"×"</button>
        </div>
    }
    .into_any()
}

/// The share of completed units that counts, and what each counts for.
fn counts_for(
    session: Session,
    it: IndicatorForm,
    side: Side,
    place: usize,
    now: Memo<Option<Term>>,
) -> AnyView {
    let part = move |is_share: bool| {
        Signal::derive(move || match now.get() {
            Some(Term::Completed { share, per_unit, .. }) => {
                if is_share { share } else { per_unit }.unwrap_or_default()
            }
            _ => Parameter::default(),
        })
    };
    let put = move |is_share: bool| {
        Callback::new(move |p: Parameter| {
            if let Some(Term::Completed { programme, share, per_unit }) = now.get_untracked() {
                // Without a value it is as if nothing were said: all count, each for one.
                let some = Some(p).filter(|p| !p.steps.is_empty() || !p.by_region.is_empty());
                let term = if is_share {
                    Term::Completed { programme, share: some, per_unit }
                } else {
                    Term::Completed { programme, share, per_unit: some }
                };
                it.put_term(side, place, term);
            }
        })
    };
    let dated = move |is_share: bool, label, writing| Dated {
        form: it.form,
        label,
        writing,
        value: part(is_share),
        on_change: put(is_share),
        by_region: Signal::derive(|| false),
    };
    view! {
        {parameter_field(session, dated(true, session.t(|w| w.goals.term_share), it.writing(session, |_| Unit::Share)))}
        {parameter_field(session, dated(false, session.t(|w| w.goals.term_per_unit), it.writing(session, |_| Unit::Count)))}
    }
    .into_any()
}

/// What a target begins with: 100 % of a ratio; nothing yet of anything else.
fn usual(unit: Unit) -> i64 {
    if unit == Unit::Rate { MILLION } else { 0 }
}

/// Whether a target asks for nothing: it has no number, or must reach nothing at all.
fn says_nothing(target: &Target) -> bool {
    let mut steps = target.value.steps.iter().chain(target.value.by_region.values().flatten());
    match target.sense {
        Sense::AtLeast => steps.all(|step| step.value == 0),
        Sense::AtMost => steps.next().is_none(),
    }
}

/// What it must reach.
fn target(session: Session, it: IndicatorForm) -> AnyView {
    let senses = Signal::derive(move || {
        let w = session.words().goals;
        vec![
            (String::new(), w.no_target.to_owned()),
            ("least".to_owned(), w.target_at_least.to_owned()),
            ("most".to_owned(), w.target_at_most.to_owned()),
        ]
    });
    let sense = it.of(|i| {
        match i.target.as_ref().map(|t| t.sense) {
            None => "",
            Some(Sense::AtLeast) => "least",
            Some(Sense::AtMost) => "most",
        }
        .to_owned()
    });
    let choose = Callback::new(move |chosen: String| {
        let start = session.plan.with_untracked(|p| p.horizon.start());
        it.update(|i| {
            let value = match i.target.take() {
                Some(target) => target.value,
                None => Parameter::constant(start, usual(i.unit()), Basis::default()),
            };
            i.target = match chosen.as_str() {
                "least" => Some(Target { sense: Sense::AtLeast, value }),
                "most" => Some(Target { sense: Sense::AtMost, value }),
                _ => None,
            };
        });
    });
    let has_target =
        Memo::new(move |_| it.draft.with(|i| i.as_ref().is_some_and(|i| i.target.is_some())));
    let value = it.of(|i| i.target.as_ref().map(|t| t.value.clone()).unwrap_or_default());
    let inside = move || {
        has_target.get().then(|| {
            parameter_field(
                session,
                Dated {
                    form: it.form,
                    label: session.t(|w| w.role_target),
                    writing: it.writing(session, Indicator::unit),
                    value,
                    on_change: Callback::new(move |value| {
                        it.update(|i| {
                            if let Some(target) = &mut i.target {
                                target.value = value;
                            }
                        });
                    }),
                    by_region: it.of(|i| i.scope == Scope::PerRegion),
                },
            )
        })
    };
    view! {
        <div class="target">
            {choice_field(session.t(|w| w.role_target), senses, sense, choose)}
            {inside}
        </div>
    }
    .into_any()
}
