//! Owns the document: a plan, the one way to change it, and the way back.
//!
//! Invariant: every change is a [`Command`] that becomes a [`Diff`] of data; undoing a
//! diff restores exactly what was there. A command that fails changes nothing.
//! Deliberately absent: saving (the page listens for the revision to move).

use crate::edit::{Command, CommandError, carry_out};
use crate::plan::{
    Citation, Indicator, List, Plan, PlanParts, Population, Programme, Region, Resource, Rule,
    Scenario, School, Source, Task,
};
use std::sync::Arc;

/// Which way a diff is applied.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// From before to after.
    Forward,
    /// From after to before.
    Backward,
}

/// What became of one list, from the first place that differs to the last.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Splice<T> {
    at: usize,
    before: Vec<T>,
    after: Vec<T>,
}

impl<T: Clone + PartialEq> Splice<T> {
    fn between(before: &List<T>, after: &List<T>) -> Self {
        if before.is_shared_with(after) {
            return Self { at: 0, before: Vec::new(), after: Vec::new() };
        }
        let at = before.iter().zip(after).take_while(|(b, a)| b == a).count();
        let same_tail = before[at..].iter().rev().zip(after[at..].iter().rev());
        let tail = same_tail.take_while(|(b, a)| b == a).count();
        Self {
            at,
            before: before[at..before.len() - tail].to_vec(),
            after: after[at..after.len() - tail].to_vec(),
        }
    }

    fn is_nothing(&self) -> bool {
        self.before.is_empty() && self.after.is_empty()
    }

    fn apply(&self, list: &mut List<T>, direction: Direction) {
        if self.is_nothing() {
            return; // and stays shared
        }
        let (out, into) = match direction {
            Direction::Forward => (&self.before, &self.after),
            Direction::Backward => (&self.after, &self.before),
        };
        list.splice(self.at..self.at + out.len(), into.iter().cloned());
    }
}

macro_rules! diffs {
    ($($list:ident: $item:ident,)*) => {
        /// What a command did, as data: of each list of the plan what was there and what is.
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub struct Diff {
            /// All that is in no list, before and after.
            head: Option<Box<[PlanParts; 2]>>,
            $($list: Splice<$item>,)*
        }

        impl Diff {
            fn between(before: &PlanParts, after: &PlanParts) -> Self {
                let heads = [before, after].map(head_of);
                Self {
                    head: (heads[0] != heads[1]).then(|| Box::new(heads)),
                    $($list: Splice::between(&before.$list, &after.$list),)*
                }
            }

            fn is_nothing(&self) -> bool {
                self.head.is_none() $(&& self.$list.is_nothing())*
            }

            fn apply(&self, parts: &mut PlanParts, direction: Direction) {
                if let Some([before, after]) = self.head.as_deref() {
                    let head = match direction {
                        Direction::Forward => after,
                        Direction::Backward => before,
                    };
                    let lists = std::mem::replace(parts, head.clone());
                    $(parts.$list = lists.$list;)*
                }
                $(self.$list.apply(&mut parts.$list, direction);)*
            }
        }

        /// The parts with empty lists.
        fn head_of(parts: &PlanParts) -> PlanParts {
            let mut head = parts.clone();
            $(head.$list = List::default();)*
            head
        }
    };
}

diffs! {
    citations: Citation,
    regions: Region,
    populations: Population,
    sources: Source,
    programmes: Programme,
    schools: School,
    resources: Resource,
    indicators: Indicator,
    rules: Rule,
    tasks: Task,
    scenarios: Scenario,
}

fn applied(plan: &Plan, diff: &Diff, direction: Direction) -> PlanParts {
    let mut parts = PlanParts::clone(plan);
    diff.apply(&mut parts, direction);
    parts
}

/// Commands of one gesture (a slider's drag, a word being typed) undo as one step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gesture(pub u64);

#[derive(Clone, Debug)]
struct Entry {
    diff: Diff,
    gesture: Option<Gesture>,
}

/// A plan with its history.
#[derive(Clone, Debug)]
pub struct Document {
    plan: Arc<Plan>,
    past: Vec<Entry>,
    future: Vec<Entry>,
    revision: u64,
    is_read_only: bool,
}

impl Document {
    /// Steps that can be undone; older ones are let go.
    pub const MOST_STEPS: usize = 500;

    /// A document with no history.
    pub fn new(plan: Plan) -> Self {
        Self {
            plan: Arc::new(plan),
            past: Vec::new(),
            future: Vec::new(),
            revision: 0,
            is_read_only: false,
        }
    }

    /// A document that is only looked at: it stays as it is.
    pub fn read_only(plan: Plan) -> Self {
        Self { is_read_only: true, ..Self::new(plan) }
    }

    /// Whether it is only looked at.
    pub fn is_read_only(&self) -> bool {
        self.is_read_only
    }

    /// The plan as it stands.
    pub fn plan(&self) -> &Arc<Plan> {
        &self.plan
    }

    /// Moves whenever the plan does.
    pub fn revision(&self) -> u64 {
        self.revision
    }

    /// Whether there is a step to undo.
    pub fn can_undo(&self) -> bool {
        !self.past.is_empty()
    }

    /// Whether there is a step to redo.
    pub fn can_redo(&self) -> bool {
        !self.future.is_empty()
    }

    /// Carries out a command; commands of one gesture become one step.
    ///
    /// # Errors
    /// [`CommandError`]; the plan is then as it was.
    pub fn dispatch(
        &mut self,
        command: Command,
        gesture: Option<Gesture>,
    ) -> Result<(), CommandError> {
        if self.is_read_only {
            return Err(CommandError::ReadOnly);
        }
        let mut parts = PlanParts::clone(&self.plan);
        carry_out(command, &mut parts)?;
        let diff = Diff::between(&self.plan, &parts);
        if diff.is_nothing() {
            return Ok(());
        }
        let changed = self.plan.next(parts)?;
        self.future.clear();
        let continued =
            self.past.last().filter(|last| gesture.is_some() && last.gesture == gesture);
        if let Some(last) = continued {
            let start = applied(&self.plan, &last.diff, Direction::Backward);
            let diff = Diff::between(&start, &changed);
            self.past.pop();
            if !diff.is_nothing() {
                self.past.push(Entry { diff, gesture });
            }
        } else {
            self.past.push(Entry { diff, gesture });
        }
        self.go_to(changed);
        Ok(())
    }

    /// Goes on from another state of the plan, as one step: an older one, or one that came
    /// about elsewhere. What is adopted here need not be there. One only looked at stays.
    pub fn go_on_from(&mut self, plan: Plan) {
        if self.is_read_only {
            return;
        }
        let diff = Diff::between(&self.plan, &plan);
        if !diff.is_nothing() {
            self.future.clear();
            self.past.push(Entry { diff, gesture: None });
            self.go_to(plan);
        }
    }

    fn go_to(&mut self, plan: Plan) {
        if self.past.len() > Self::MOST_STEPS {
            self.past.remove(0);
        }
        self.set_plan(plan);
    }

    /// Takes the last step back; `false` where there is none.
    pub fn undo(&mut self) -> bool {
        self.step(Direction::Backward)
    }

    /// Does the last undone step again; `false` where there is none.
    pub fn redo(&mut self) -> bool {
        self.step(Direction::Forward)
    }

    fn step(&mut self, direction: Direction) -> bool {
        let (from, to) = match direction {
            Direction::Backward => (&mut self.past, &mut self.future),
            Direction::Forward => (&mut self.future, &mut self.past),
        };
        let Some(mut entry) = from.pop() else { return false };
        let changed = applied(&self.plan, &entry.diff, direction);
        let Ok(plan) = self.plan.next(changed) else { return false };
        entry.gesture = None; // what was undone is not continued
        to.push(entry);
        self.set_plan(plan);
        true
    }

    fn set_plan(&mut self, plan: Plan) {
        self.plan = Arc::new(plan);
        self.revision += 1;
    }
}
