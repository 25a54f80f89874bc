//! Owns the table that is looked at before it is taken over: where it came from, what the reader
//! chose, and what the program reads it as.
//!
//! Invariant: what is shown belongs to the last look that was answered, and an answer to what was
//! asked before is dropped; the plan changes in one step, when the reader takes the table over.
//! Deliberately absent: what a table means (the program's affair), and how it is shown.

use super::source::Source;
use super::worker::{Failure, Program};
use crate::clock;
use crate::data::by_hand;
use crate::session::Session;
use js_sys::Uint8Array;
use leptos::prelude::*;
use serde::de::DeserializeOwned;
use shapan_engine::files::write_plan;
use shapan_engine::{Command, CommandError, Plan};
use shapan_sheets::import::sheet::{Encoding, Overview};
use shapan_sheets::import::{
    Change, Choices, Summary, command, forget_layout, keep_layout, not_in_plan,
};
use shapan_sheets::own::Returned;
use shapan_sheets::request::{Opening, Request};
use std::collections::{BTreeSet, VecDeque};
use std::rc::Rc;
use std::sync::Arc;

/// Why nothing was taken over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum NotTaken {
    /// The program gave no changes.
    Program(Failure),
    /// The plan refused them.
    Plan(CommandError),
}

/// What waits to be looked at: as it came, or as far as the reader was with it.
#[derive(Clone, Debug)]
struct Waiting {
    source: Source,
    encoding: Option<Encoding>,
    /// The sheet that was looked at; the first that is shown where none was.
    sheet: Option<usize>,
    choices: Choices,
    turned: BTreeSet<usize>,
}

impl Waiting {
    fn new(source: Source) -> Self {
        let (choices, turned) = (Choices::default(), BTreeSet::new());
        Self { source, encoding: None, sheet: None, choices, turned }
    }
}

/// Tables that came in; by context.
#[derive(Clone, Copy)]
pub struct Tables {
    session: Session,
    program: StoredValue<Option<Rc<Program>>, LocalStorage>,
    /// The plan that the program knows.
    told: StoredValue<Option<Arc<Plan>>>,
    /// Counts what was begun, so that what came before is known.
    begun: StoredValue<u64>,
    /// Counts looks that were asked for.
    asked: StoredValue<u64>,
    look: RwSignal<u64>,
    waiting: RwSignal<VecDeque<Waiting>>,
    /// The sheet to go on with, and what of our own file was ticked otherwise, once it is opened.
    resumed: StoredValue<Option<(Option<usize>, BTreeSet<usize>)>>,
    /// Whether the dialog is open.
    pub(super) is_open: RwSignal<bool>,
    /// What is looked at.
    pub(super) source: RwSignal<Option<Source>>,
    /// What is known of the file.
    pub(super) overview: RwSignal<Option<Overview>>,
    /// What came back, where the app itself exported the file.
    pub(super) own: RwSignal<Option<Arc<Returned>>>,
    /// What of that is ticked otherwise than it was: offers come, conflicts wait.
    pub(super) turned: RwSignal<BTreeSet<usize>>,
    /// How its text is encoded, where the reader says so.
    pub(super) encoding: RwSignal<Option<Encoding>>,
    /// Which sheet.
    pub(super) sheet: RwSignal<usize>,
    /// What the reader corrected and answered.
    pub(super) choices: RwSignal<Choices>,
    /// What the table is read as.
    pub(super) summary: RwSignal<Option<Arc<Summary>>>,
    /// Whether an answer is awaited.
    pub(super) is_reading: RwSignal<bool>,
    /// Why nothing can be read.
    pub(super) failure: RwSignal<Option<Failure>>,
    /// Why nothing was taken over.
    pub(super) not_taken: RwSignal<Option<NotTaken>>,
    /// How many numbers were taken over last.
    pub(super) taken: RwSignal<Option<usize>>,
}

/// A block that a grid was given and cannot place; by context.
#[derive(Clone, Copy)]
pub struct PastedBlock(Tables);

impl PastedBlock {
    /// Opens the preview on a block: text with tabs between columns, as the clipboard has it.
    pub fn open(self, text: String) {
        self.0.add(vec![Source::pasted(text)]);
    }
}

/// Lets the door and grids find the preview.
pub fn provide_tables() {
    let session = expect_context::<Session>();
    let tables = Tables {
        session,
        program: StoredValue::new_local(None),
        told: StoredValue::new(None),
        begun: StoredValue::new(0),
        asked: StoredValue::new(0),
        look: RwSignal::new(0),
        waiting: RwSignal::new(VecDeque::new()),
        resumed: StoredValue::new(None),
        is_open: RwSignal::new(false),
        source: RwSignal::new(None),
        overview: RwSignal::new(None),
        own: RwSignal::new(None),
        turned: RwSignal::new(BTreeSet::new()),
        encoding: RwSignal::new(None),
        sheet: RwSignal::new(0),
        choices: RwSignal::new(Choices::default()),
        summary: RwSignal::new(None),
        is_reading: RwSignal::new(false),
        failure: RwSignal::new(None),
        not_taken: RwSignal::new(None),
        taken: RwSignal::new(None),
    };
    provide_context(tables);
    provide_context(PastedBlock(tables));
    // What changes is told against the plan as it stands.
    Effect::new(move |_| {
        let plan = session.plan.get();
        let is_known = tables
            .told
            .with_value(|told| told.as_ref().is_none_or(|told| Arc::ptr_eq(told, &plan)));
        if tables.is_open.get() && !is_known {
            tables.look_again();
        }
    });
}

impl Tables {
    /// Looks at what came in, one after the other; behind what is looked at already. What is in
    /// work out of sight waits behind it, as far as it was.
    pub fn add(self, sources: Vec<Source>) {
        if sources.is_empty() {
            return;
        }
        let is_in_sight = self.is_open.get_untracked();
        let in_work = self.suspended().filter(|_| !is_in_sight);
        self.waiting.update(|waiting| {
            waiting.extend(sources.into_iter().map(Waiting::new));
            waiting.extend(in_work);
        });
        if !is_in_sight || self.source.with_untracked(Option::is_none) {
            self.next();
        }
    }

    /// What is looked at, to be gone on with; nothing where it is done with or cannot be read.
    fn suspended(self) -> Option<Waiting> {
        let is_done =
            self.taken.get_untracked().is_some() || self.failure.with_untracked(Option::is_some);
        let source = self.source.get_untracked().filter(|_| !is_done)?;
        let is_opened = self.overview.with_untracked(Option::is_some);
        Some(Waiting {
            source,
            encoding: self.encoding.get_untracked(),
            sheet: is_opened.then(|| self.sheet.get_untracked()),
            choices: self.choices.get_untracked(),
            turned: self.turned.get_untracked(),
        })
    }

    /// What was not finished and is not in sight.
    pub fn in_work(self) -> Option<String> {
        if self.is_open.get() {
            return None;
        }
        let name = self.source.with(|source| source.as_ref().map(|s| s.name.clone()))?;
        Some(name.unwrap_or_else(|| self.session.words().tables.pasted.to_owned()))
    }

    /// Goes on with what was not finished.
    pub fn show(self) {
        self.is_open.set(true);
    }

    /// Whether anything would be lost with what is looked at.
    pub(super) fn has_choices(self) -> bool {
        self.choices.with_untracked(|choices| *choices != Choices::default())
            || self.turned.with_untracked(|turned| !turned.is_empty())
    }

    /// How many more wait.
    pub(super) fn more(self) -> usize {
        self.waiting.with(VecDeque::len)
    }

    /// The number of the look that is shown.
    pub(super) fn look(self) -> u64 {
        self.look.get()
    }

    /// Is done with what is looked at, and goes on to the next, if there is one.
    pub(super) fn next(self) {
        self.clear();
        match self.waiting.try_update(VecDeque::pop_front).flatten() {
            Some(Waiting { source, encoding, sheet, choices, turned }) => {
                self.source.set(Some(source));
                self.encoding.set(encoding);
                self.choices.set(choices);
                self.resumed.set_value(Some((sheet, turned)));
                self.is_open.set(true);
                self.begin();
            }
            None => self.is_open.set(false),
        }
    }

    /// Out of sight; what is being read stays, what is done with makes room for what waits.
    pub(super) fn hide(self) {
        if self.failure.with_untracked(Option::is_some) || self.taken.get_untracked().is_some() {
            self.next();
        } else {
            self.is_open.set(false);
        }
    }

    fn clear(self) {
        self.begun.update_value(|begun| *begun += 1);
        self.asked.update_value(|asked| *asked += 1);
        self.resumed.set_value(None);
        self.program.set_value(None);
        self.told.set_value(None);
        self.source.set(None);
        self.overview.set(None);
        self.own.set(None);
        self.turned.set(BTreeSet::new());
        self.encoding.set(None);
        self.sheet.set(0);
        self.choices.set(Choices::default());
        self.summary.set(None);
        self.is_reading.set(false);
        self.failure.set(None);
        self.not_taken.set(None);
        self.taken.set(None);
    }

    /// Reads the file with another encoding.
    pub(super) fn encode(self, encoding: Encoding) {
        self.encoding.set(Some(encoding));
        self.choices.set(Choices::default());
        self.begin();
    }

    /// Reads another sheet; what was chosen was about the one before.
    pub(super) fn choose_sheet(self, sheet: usize) {
        self.sheet.set(sheet);
        self.choices.set(Choices::default());
        self.look_again();
    }

    /// Takes what the reader corrects or answers.
    pub(super) fn choose(self, change: impl FnOnce(&mut Choices)) {
        self.choices.update(change);
        self.look_again();
    }

    /// Opens what is looked at; the program is started anew, which ends what it was at.
    fn begin(self) {
        let Some(source) = self.source.get_untracked() else { return };
        self.begun.update_value(|begun| *begun += 1);
        let begun = self.begun.get_value();
        self.asked.update_value(|asked| *asked += 1);
        self.told.set_value(None);
        self.summary.set(None);
        self.own.set(None);
        self.turned.set(BTreeSet::new());
        self.failure.set(None);
        let started = source.bytes.map_err(Failure::Refused);
        let started = started.and_then(|bytes| Ok((bytes, Rc::new(Program::start()?))));
        let (bytes, program) = match started {
            Ok(started) => started,
            Err(failure) => return self.failure.set(Some(failure)),
        };
        self.program.set_value(Some(Rc::clone(&program)));
        self.is_reading.set(true);
        let request = Request::Open { encoding: self.encoding.get_untracked() };
        let plan = self.session.plan.get_untracked();
        self.told.set_value(Some(Arc::clone(&plan)));
        leptos::task::spawn_local(async move {
            let opened = async {
                tell(&program, &plan).await?;
                program.ask(&request, Uint8Array::from(bytes.as_slice())).await
            };
            let answer = opened.await;
            if self.begun.try_get_value() != Some(begun) {
                return;
            }
            let resumed = self.resumed.try_update_value(Option::take).flatten();
            let resumed = resumed.unwrap_or_default();
            match answer.and_then(|answer| parsed::<Opening>(&answer)) {
                Ok(Opening::Tables(overview)) => {
                    self.sheet.set(resumed.0.unwrap_or(overview.first));
                    self.overview.set(Some(overview));
                    self.look_again();
                }
                Ok(Opening::Own(own)) => {
                    self.is_reading.set(false);
                    self.turned.set(resumed.1);
                    self.own.set(Some(Arc::from(own)));
                }
                Err(failure) => {
                    self.is_reading.set(false);
                    self.failure.set(Some(failure));
                }
            }
        });
    }

    /// Reads the sheet as it is now to be read.
    fn look_again(self) {
        let Some(program) = self.program.get_value() else { return };
        if self.overview.with_untracked(Option::is_none) {
            return self.begin(); // what differs in our own file is told when it is opened
        }
        self.asked.update_value(|asked| *asked += 1);
        let asked = self.asked.get_value();
        self.is_reading.set(true);
        self.not_taken.set(None);
        let choices = Box::new(self.choices.get_untracked());
        let request = Request::Look { sheet: self.sheet.get_untracked(), choices };
        let plan = self.session.plan.get_untracked();
        let is_known =
            self.told.with_value(|told| told.as_ref().is_some_and(|told| Arc::ptr_eq(told, &plan)));
        self.told.set_value(Some(Arc::clone(&plan)));
        leptos::task::spawn_local(async move {
            let looked = async {
                if !is_known {
                    tell(&program, &plan).await?;
                }
                // The program shows rows and changes of what it was asked last: a later look must
                // not be answered before this one.
                if self.asked.try_get_value() != Some(asked) {
                    return Err(Failure::Missing); // told to nobody, see below
                }
                let answer = program.ask(&request, Uint8Array::new_with_length(0)).await?;
                parsed::<Summary>(&answer)
            };
            let looked = looked.await;
            if self.asked.try_get_value() != Some(asked) {
                return;
            }
            self.is_reading.set(false);
            match looked {
                Ok(summary) => {
                    self.failure.set(None);
                    self.look.set(asked);
                    self.summary.set(Some(Arc::new(summary)));
                }
                Err(failure) => {
                    self.summary.set(None);
                    self.failure.set(Some(failure));
                }
            }
        });
    }

    /// What the program says of a look; nothing where another was asked for by then.
    pub(super) async fn ask<T: DeserializeOwned>(
        self,
        request: &Request,
        look: u64,
    ) -> Option<Result<T, Failure>> {
        let program = self.program.try_get_value().flatten()?;
        let answer = program.ask(request, Uint8Array::new_with_length(0)).await;
        let is_current = self.asked.try_get_value() == Some(look);
        is_current.then(|| answer.and_then(|answer| parsed(&answer)))
    }

    /// Takes over all that changes, as one step.
    pub(super) fn take(self) {
        let look = self.look.get_untracked();
        self.is_reading.set(true);
        leptos::task::spawn_local(async move {
            let answer = self.ask::<Vec<Change>>(&Request::Take, look).await;
            let Some(answer) = answer else { return };
            self.is_reading.set(false);
            match answer {
                Ok(changes) => self.finish(&changes, self.remembered()),
                Err(failure) => self.not_taken.set(Some(NotTaken::Program(failure))),
            }
        });
    }

    /// What was chosen for the layout, above what was remembered of it, as a command of its own.
    fn remembered(self) -> Option<Command> {
        let summary = self.summary.get_untracked()?;
        let choices = self.choices.get_untracked();
        self.session.plan.with_untracked(|plan| keep_layout(plan, &summary, &choices))
    }

    /// Forgets what was chosen for the layout; the sheet is read anew, for the plan is another.
    pub(super) fn forget(self) {
        let fingerprint =
            self.summary.with_untracked(|summary| summary.as_ref()?.fingerprint.clone());
        if let Some(fingerprint) = fingerprint {
            self.session.dispatch(forget_layout(&fingerprint));
        }
    }

    /// Carries out changes, and what is to be remembered, as one step, and is done with what they
    /// came from.
    pub(super) fn finish(self, changes: &[Change], remembered: Option<Command>) {
        match self.carry_out(changes, remembered) {
            Ok(count) => {
                self.begun.update_value(|begun| *begun += 1);
                self.program.set_value(None);
                self.summary.set(None);
                self.own.set(None);
                self.turned.set(BTreeSet::new());
                self.choices.set(Choices::default());
                self.taken.set(Some(count));
            }
            Err(why) => self.not_taken.set(Some(NotTaken::Plan(why))),
        }
    }

    fn carry_out(
        self,
        changes: &[Change],
        remembered: Option<Command>,
    ) -> Result<usize, CommandError> {
        let lang = self.session.preferences.with_untracked(|p| p.lang);
        let plan = self.session.plan.get_untracked();
        if let Some(missing) = not_in_plan(&plan, changes) {
            return Err(missing);
        }
        let Some(command) = command(&plan, changes, lang, &by_hand) else { return Ok(0) };
        let command = match remembered {
            Some(remembered) => Command::Together(vec![command, remembered]),
            None => command,
        };
        self.session.try_dispatch(command).map(|()| changes.len())
    }
}

/// Tells the program the plan as it stands.
async fn tell(program: &Program, plan: &Plan) -> Result<(), Failure> {
    let text = write_plan(plan, &clock::stamp());
    program.ask(&Request::Plan, Uint8Array::from(text.as_bytes())).await.map(drop)
}

fn parsed<T: DeserializeOwned>(answer: &Uint8Array) -> Result<T, Failure> {
    serde_json::from_slice(&answer.to_vec()).map_err(|_| Failure::Crashed)
}
