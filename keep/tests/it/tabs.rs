//! Several tabs at one shelf, whatever fails and wherever one comes in between: no plan is ever
//! written over another, and what was acknowledged is there.

use crate::faults::{flipped, halved};
use shapan_keep::{
    Base, Choice, Documents, KeepError, Next, OpenPlan, Port, PortError, RecordId, Saved, Shelf,
    Standing,
};
use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet};
use std::rc::{Rc, Weak};

const MINUTE: u64 = 60_000;
const APP: &str = "test";

/// A plan: which one, its title, and what was entered. Each entry has a name of its own but
/// "shared", which everybody changes.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Sheet {
    which: String,
    entries: BTreeMap<String, String>,
}

#[derive(Clone, Copy, Debug)]
struct Sheets;

impl Documents for Sheets {
    type Document = Sheet;

    fn title(&self, sheet: &Sheet) -> String {
        sheet.entries.get("title").cloned().unwrap_or_default()
    }

    fn body(&self, sheet: &Sheet) -> String {
        let lines = sheet.entries.iter().map(|(name, value)| format!("\n{name}={value}"));
        format!("{}{}", sheet.which, lines.collect::<String>())
    }

    fn read(&self, body: &str) -> Option<Sheet> {
        let mut lines = body.lines();
        let which = lines.next()?.to_owned();
        let entry = |line: &str| line.split_once('=').map(|(a, b)| (a.to_owned(), b.to_owned()));
        Some(Sheet { which, entries: lines.map(entry).collect::<Option<_>>()? })
    }

    fn merge(&self, base: &Sheet, ours: &Sheet, theirs: &Sheet) -> (Sheet, usize) {
        let (mut together, mut conflicts) = (ours.clone(), 0);
        assert_eq!(ours.which, theirs.which, "two plans are put together");
        for (name, value) in &theirs.entries {
            let [b, o] = [base, ours].map(|side| side.entries.get(name));
            if o == b {
                together.entries.insert(name.clone(), value.clone());
            } else if o != Some(value) && b != Some(value) {
                conflicts += 1;
            }
        }
        (together, conflicts)
    }
}

/// What can happen at a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fault {
    Full,
    Blocked,
    Other,
    /// No text, no names.
    Null,
    Truncated,
    Flipped,
    DoneAndFailed,
    /// The tab dies, and starts anew with its next step.
    Dies,
    /// Another tab does its next step in between.
    Between,
}

const FAULTS: [Fault; 9] = [
    Fault::Full,
    Fault::Blocked,
    Fault::Other,
    Fault::Null,
    Fault::Truncated,
    Fault::Flipped,
    Fault::DoneAndFailed,
    Fault::Dies,
    Fault::Between,
];

/// What somebody does in a tab.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    Edit,
    EditShared,
    Retitle,
    /// Another plan is added, and on the table.
    Add,
    /// Another plan of the shelf comes on the table.
    Switch,
    /// The tab hears that something was written.
    Hear,
    Save,
    Choose(Choice),
    Reload,
    /// A plan is copied beside the others.
    Copy,
}

const STEPS: [Step; 17] = [
    Step::Copy,
    Step::Edit,
    Step::Edit,
    Step::Edit,
    Step::EditShared,
    Step::Retitle,
    Step::Add,
    Step::Add,
    Step::Switch,
    Step::Hear,
    Step::Hear,
    Step::Save,
    Step::Choose(Choice::Merge),
    Step::Choose(Choice::Ours),
    Step::Choose(Choice::Theirs),
    Step::Choose(Choice::Copy),
    Step::Reload,
];

/// A browser with its tabs.
struct World {
    disk: RefCell<BTreeMap<String, String>>,
    tabs: Vec<RefCell<Option<Tab>>>,
    /// What each tab will do, the next last.
    steps: RefCell<Vec<Vec<Step>>>,
    now: Cell<u64>,
    names: Cell<u64>,
    calls: Cell<usize>,
    faults: BTreeMap<usize, Fault>,
    befell: RefCell<BTreeSet<&'static str>>,
    /// What was acknowledged as saved.
    acknowledged: RefCell<Vec<Sheet>>,
}

/// A tab's way to the disk.
#[derive(Clone)]
struct Door {
    world: Weak<World>,
    tab: usize,
    is_dead: Rc<Cell<bool>>,
}

struct Tab {
    open: OpenPlan<Door, Sheets>,
    table: Sheet,
    is_dead: Rc<Cell<bool>>,
}

impl Door {
    fn call(&self) -> Result<(Rc<World>, Option<Fault>), PortError> {
        let dead = || PortError::Other("dead".to_owned());
        let world = self.world.upgrade().ok_or_else(dead)?;
        let at = world.calls.replace(world.calls.get() + 1);
        if self.is_dead.get() {
            return Err(dead());
        }
        let fault = world.faults.get(&at).copied();
        match fault {
            Some(Fault::Full) => {
                world.befell.borrow_mut().insert("full");
                return Err(PortError::Full);
            }
            Some(Fault::Blocked) => return Err(PortError::Blocked),
            Some(Fault::Other) => return Err(PortError::Other(String::new())),
            Some(Fault::Dies) => {
                self.is_dead.set(true);
                return Err(dead());
            }
            Some(Fault::Between) => {
                for tab in (0..world.tabs.len()).filter(|tab| *tab != self.tab) {
                    world.step(tab);
                }
            }
            _ => {}
        }
        Ok((world, fault))
    }
}

impl Port for Door {
    fn names(&self) -> Result<Vec<String>, PortError> {
        let (world, fault) = self.call()?;
        let names = world.disk.borrow().keys().cloned().collect();
        Ok(if fault == Some(Fault::Null) { Vec::new() } else { names })
    }

    fn get(&self, name: &str) -> Result<Option<String>, PortError> {
        let (world, fault) = self.call()?;
        let text = world.disk.borrow().get(name).cloned();
        Ok(match fault {
            Some(Fault::Null) => None,
            Some(Fault::Truncated) => text.as_deref().map(halved),
            Some(Fault::Flipped) => text.as_deref().map(flipped),
            _ => text,
        })
    }

    fn set(&self, name: &str, text: &str) -> Result<(), PortError> {
        let (world, fault) = self.call()?;
        let text = match fault {
            Some(Fault::Null) => return Ok(()),
            Some(Fault::Truncated) => halved(text),
            Some(Fault::Flipped) => flipped(text),
            _ => text.to_owned(),
        };
        world.disk.borrow_mut().insert(name.to_owned(), text);
        match fault {
            Some(Fault::DoneAndFailed) => Err(PortError::Other("done".to_owned())),
            _ => Ok(()),
        }
    }

    fn remove(&self, name: &str) -> Result<(), PortError> {
        let (world, fault) = self.call()?;
        if !matches!(fault, Some(Fault::Null | Fault::Truncated | Fault::Flipped)) {
            world.disk.borrow_mut().remove(name);
        }
        match fault {
            Some(Fault::DoneAndFailed) => Err(PortError::Other("done".to_owned())),
            _ => Ok(()),
        }
    }
}

impl World {
    fn new(tabs: usize, steps: Vec<Vec<Step>>, faults: BTreeMap<usize, Fault>) -> Rc<Self> {
        Rc::new(Self {
            disk: RefCell::default(),
            tabs: (0..tabs).map(|_| RefCell::new(None)).collect(),
            steps: RefCell::new(steps),
            now: Cell::new(MINUTE),
            names: Cell::new(0),
            calls: Cell::new(0),
            faults,
            befell: RefCell::default(),
            acknowledged: RefCell::default(),
        })
    }

    fn now(&self) -> u64 {
        self.now.set(self.now.get() + MINUTE / 7);
        self.now.get()
    }

    /// A name nobody had.
    fn name(&self) -> String {
        self.names.set(self.names.get() + 1);
        format!("n{}", self.names.get())
    }

    fn fresh(&self) -> Sheet {
        Sheet { which: self.name(), entries: BTreeMap::new() }
    }

    /// A tab starts: on the newest plan that can be opened, else on a sample that has no place yet.
    fn start(self: &Rc<Self>, tab: usize) -> Tab {
        let is_dead = Rc::new(Cell::new(false));
        let door = Door { world: Rc::downgrade(self), tab, is_dead: Rc::clone(&is_dead) };
        let name = format!("t{tab}x{}", self.name());
        let mut open = OpenPlan::new(Shelf::new(door, name), Sheets, APP);
        let plans = open.shelf().plans().unwrap_or_default();
        let newest = plans.iter().max_by_key(|entry| entry.at).map(|entry| entry.plan);
        let found = newest.and_then(|plan| opened(&open, plan, self.now()).ok());
        let table = found.as_ref().map_or_else(|| self.fresh(), |base| base.document.clone());
        let _ = open.put(found);
        Tab { open, table, is_dead }
    }

    /// The next step of a tab, unless it is in the middle of one.
    fn step(self: &Rc<Self>, tab: usize) {
        let Ok(mut place) = self.tabs[tab].try_borrow_mut() else { return };
        let Some(step) = self.steps.borrow_mut()[tab].pop() else { return };
        if place.as_ref().is_none_or(|tab| tab.is_dead.get()) || step == Step::Reload {
            *place = Some(self.start(tab));
        }
        if let Some(tab) = place.as_mut() {
            self.take(tab, step);
        }
    }

    fn take(&self, tab: &mut Tab, step: Step) {
        let value = self.name();
        match step {
            Step::Edit => _ = tab.table.entries.insert(self.name(), value),
            Step::EditShared => _ = tab.table.entries.insert("shared".to_owned(), value),
            Step::Retitle => _ = tab.table.entries.insert("title".to_owned(), value),
            Step::Add => {
                if self.save(tab).is_err() || tab.open.put(None).is_err() {
                    return;
                }
                tab.table = self.fresh();
            }
            Step::Switch => {
                if self.save(tab).is_err() {
                    return;
                }
                let plans = tab.open.shelf().plans().unwrap_or_default();
                let other = plans.iter().find(|entry| Some(entry.plan) != tab.open.number());
                let found = other.and_then(|e| opened(&tab.open, e.plan, self.now()).ok());
                if let Some(base) = found
                    && tab.open.put(Some(base.clone())).is_ok()
                {
                    tab.table = base.document;
                }
                return;
            }
            Step::Hear => {
                let next = tab.open.catch_up(&tab.table, self.now());
                go_on(tab, next);
                return;
            }
            Step::Choose(choice) => {
                let next = tab.open.choose(choice, &tab.table, self.now());
                go_on(tab, next);
            }
            Step::Copy => {
                let mut copy = tab.table.clone();
                copy.which = self.name();
                if tab.open.put_beside(&copy, self.now()).is_ok() {
                    self.acknowledged.borrow_mut().push(copy);
                }
                return;
            }
            Step::Save | Step::Reload => {}
        }
        let _ = self.save(tab);
    }

    fn save(&self, tab: &mut Tab) -> Result<(), KeepError> {
        let Saved { next, written } = tab.open.save(&tab.table, self.now());
        let is_asked = next == Next::Ask;
        go_on(tab, Ok(next));
        if is_asked {
            return Err(KeepError::Moved);
        }
        written?;
        self.acknowledged.borrow_mut().push(tab.table.clone());
        Ok(())
    }
}

fn go_on(tab: &mut Tab, next: Result<Next<Sheet>, KeepError>) {
    if let Ok(Next::GoOn(table)) = next {
        tab.table = table;
    }
}

fn opened(open: &OpenPlan<Door, Sheets>, plan: u32, now: u64) -> Result<Base<Sheet>, KeepError> {
    let Standing { id, about, body, .. } = open.shelf().standing(plan, now)?;
    let document = Sheets.read(&body).ok_or(KeepError::Newer)?;
    Ok(Base { id, lineage: about.lineage, document })
}

/// What must hold once all is done.
fn check(world: &Rc<World>, walk: &str) {
    let is_dead = Rc::default();
    let door = Door { world: Rc::downgrade(world), tab: usize::MAX, is_dead };
    let shelf = Shelf::new(door, "check".to_owned());
    let names: Vec<String> = world.disk.borrow().keys().cloned().collect();
    let ids: Vec<RecordId> = names.iter().filter_map(|name| RecordId::parse(name)).collect();
    let bodies = ids.iter().filter_map(|id| shelf.read(id).ok()).map(|record| record.body);
    let all: Vec<Sheet> = bodies.filter_map(|body| Sheets.read(&body)).collect();
    let plans: BTreeSet<u32> = ids.iter().map(|id| id.plan).collect();
    let stands: Vec<String> = plans
        .iter()
        .filter_map(|plan| shelf.standing(*plan, world.now()).ok())
        .filter_map(|standing| Sheets.read(&standing.body))
        .map(|sheet| sheet.which)
        .collect();
    for sheet in world.acknowledged.borrow().iter() {
        assert!(stands.contains(&sheet.which), "{walk}: {} was written over", sheet.which);
        let own = all.iter().filter(|other| other.which == sheet.which);
        for name in sheet.entries.keys() {
            let is_there = own.clone().any(|other| other.entries.contains_key(name));
            assert!(is_there, "{walk}: {name} of {} is lost", sheet.which);
        }
    }
}

/// Walks with these faults; how many calls it took.
fn walk(steps: &[Vec<Step>], faults: BTreeMap<usize, Fault>) -> usize {
    let walk = format!("{steps:?} with {faults:?}");
    let world = World::new(steps.len(), steps.to_vec(), faults);
    for _ in 0..steps.iter().map(Vec::len).max().unwrap_or_default() {
        (0..steps.len()).for_each(|tab| world.step(tab));
    }
    let calls = world.calls.get();
    // What still fails then is no matter of the walk.
    let quiet = World::new(0, Vec::new(), BTreeMap::new());
    quiet.disk.replace(world.disk.borrow().clone());
    quiet.acknowledged.replace(world.acknowledged.borrow().clone());
    quiet.now.set(world.now.get());
    check(&quiet, &walk);
    calls
}

struct Draw(u64);

impl Draw {
    fn below(&mut self, below: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % below
    }

    fn steps(&mut self) -> Vec<Vec<Step>> {
        let tabs = 2 + self.below(2);
        (0..tabs).map(|_| (0..6).map(|_| STEPS[self.below(STEPS.len())]).collect()).collect()
    }
}

#[test]
fn no_plan_is_written_over_another_and_nothing_acknowledged_is_lost() {
    let mut draw = Draw(1);
    for _ in 0..20_000 {
        let steps = draw.steps();
        let calls = 60 * steps.len();
        let faults = (0..=draw.below(4)).map(|_| (draw.below(calls), FAULTS[draw.below(9)]));
        walk(&steps, faults.collect());
    }
}

#[test]
fn wherever_another_tab_comes_in_between_both_plans_are_there() {
    use Step::{Add, Edit, Hear, Save};
    for steps in [
        // Two tabs press "add" in the same moment.
        vec![vec![Edit, Add], vec![Edit, Add]],
        vec![vec![Save, Edit], vec![Save, Edit]],
        vec![vec![Hear, Edit, Edit], vec![Edit, Hear, Edit], vec![Edit, Add]],
    ] {
        let calls = walk(&steps, BTreeMap::new());
        for at in 0..calls {
            walk(&steps, BTreeMap::from([(at, Fault::Between)]));
            for then in at + 1..calls {
                walk(&steps, BTreeMap::from([(at, Fault::Between), (then, Fault::Between)]));
            }
        }
    }
}

#[test]
fn two_tabs_that_cannot_see_each_other_yet_part_ways_once_they_can() {
    // A browser may show a tab what another wrote only a moment later: both took number 1, each
    // saw itself alone, and one plan was buried under the other.
    let alone = ["a", "b"].map(|name| (name, World::new(0, Vec::new(), BTreeMap::new())));
    let shared = World::new(0, Vec::new(), BTreeMap::new());
    let opened_in = |world: &Rc<World>, name: &str| {
        let is_dead = Rc::default();
        let door = Door { world: Rc::downgrade(world), tab: usize::MAX, is_dead };
        OpenPlan::new(Shelf::new(door, name.to_owned()), Sheets, APP)
    };
    let sheet = |name: &str| Sheet { which: name.to_owned(), entries: BTreeMap::new() };
    let bases = alone.each_ref().map(|(name, world)| {
        let mut open = opened_in(world, name);
        assert_eq!(open.save(&sheet(name), MINUTE).written, Ok(()));
        assert_eq!(open.number(), Some(1));
        shared.disk.borrow_mut().extend(world.disk.borrow().clone());
        open.base().cloned()
    });
    // From here on they see the same.
    for ((name, _), base) in alone.iter().zip(bases) {
        let mut open = opened_in(&shared, name);
        open.put(base).unwrap();
        assert_eq!(open.catch_up(&sheet(name), MINUTE), Ok(Next::Stay));
        assert_eq!(open.save(&sheet(name), MINUTE).written, Ok(()));
    }
    let open = opened_in(&shared, "later");
    let plans = open.shelf().plans().unwrap();
    let stands = |plan| opened(&open, plan, MINUTE).unwrap().document.which;
    let names: BTreeSet<String> = plans.iter().map(|entry| stands(entry.plan)).collect();
    assert_eq!(names, ["a".to_owned(), "b".to_owned()].into());
    assert_eq!(shared.disk.borrow().len(), 2, "nothing is left behind in the other's place");
}
