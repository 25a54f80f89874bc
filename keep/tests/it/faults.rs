//! Whatever fails, and at whichever call: what was acknowledged last, or the good state before
//! it, can be had back, nothing stops, and whoever saved was told.
use shapan_keep::{Draft, KeepError, Kind, Port, PortError, Reason, RecordId, Removed, Shelf};
use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

const HOUR: u64 = 3_600_000;
/// A record of an app that is newer.
const NEWER: &str = "shapan-record 2 …";

/// What can happen at a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fault {
    Full,
    Blocked,
    Other,
    /// Nothing is answered: no text, no names.
    Null,
    /// Half a text is written, or read.
    Truncated,
    /// A letter of the text is another, as written or as read.
    Flipped,
    /// A letter of a record that was there turns into another.
    Rotten,
    /// Written, and an error all the same.
    DoneAndFailed,
    /// Everything is cleared before the call.
    Cleared,
    /// A newer app goes on with the plan before the call.
    Newer,
    /// Another tab goes on with the plan before the call.
    OtherTab,
    /// An older app's tab writes the plan as plain JSON before the call.
    OlderTab,
    /// The tab dies before the call.
    Dies,
    /// There is no room from here on.
    FullFromNow,
    /// The tab is shut out from here on.
    BlockedFromNow,
}

const FAULTS: [Fault; 15] = [
    Fault::Full,
    Fault::Blocked,
    Fault::Other,
    Fault::Null,
    Fault::Truncated,
    Fault::Flipped,
    Fault::Rotten,
    Fault::DoneAndFailed,
    Fault::Cleared,
    Fault::Newer,
    Fault::OtherTab,
    Fault::OlderTab,
    Fault::Dies,
    Fault::FullFromNow,
    Fault::BlockedFromNow,
];

/// What all tabs of a browser share.
type Disk = Rc<RefCell<BTreeMap<String, String>>>;

/// A tab's way to the disk, with faults at some of its calls.
#[derive(Clone, Debug)]
struct Tab {
    disk: Disk,
    calls: Rc<Cell<usize>>,
    faults: Rc<BTreeMap<usize, Fault>>,
    lasting: Rc<RefCell<Option<PortError>>>,
    befell: Rc<RefCell<Vec<Fault>>>,
}

fn sound(disk: &Disk) -> Tab {
    tab(disk, BTreeMap::new())
}

fn tab(disk: &Disk, faults: BTreeMap<usize, Fault>) -> Tab {
    Tab {
        disk: Rc::clone(disk),
        calls: Rc::default(),
        faults: Rc::new(faults),
        lasting: Rc::default(),
        befell: Rc::default(),
    }
}

/// Another letter somewhere in the middle.
pub fn flipped(text: &str) -> String {
    let middle = text.chars().count() / 2;
    let flip = |(at, c)| if at == middle { if c == 'x' { 'y' } else { 'x' } } else { c };
    text.chars().enumerate().map(flip).collect()
}

/// The first half of it.
pub fn halved(text: &str) -> String {
    text.chars().take(text.chars().count() / 2).collect()
}

impl Tab {
    /// An older app looks at nothing before it writes. Between a look at its record and the
    /// record's removal there is no time for it here, as there is next to none in a browser.
    fn let_older_tab_write(&self, fault: Option<Fault>) {
        if fault == Some(Fault::OlderTab) {
            let (name, text) = ("shapan/plan/1".to_owned(), "the older tab's".to_owned());
            self.disk.borrow_mut().insert(name, text);
            self.befell.borrow_mut().push(Fault::OlderTab);
        }
    }

    /// Counts a call, and does what befalls it before it is carried out.
    fn call(&self, is_writing: bool) -> Result<Option<Fault>, PortError> {
        let at = self.calls.replace(self.calls.get() + 1);
        let fault = self.faults.get(&at).copied();
        self.befell.borrow_mut().extend(fault.filter(|f| *f != Fault::OlderTab));
        match fault {
            Some(Fault::Cleared) => self.disk.borrow_mut().clear(),
            Some(Fault::Newer) => {
                let id = RecordId::parse("shapan/plan/1/900.e.0.9.new").unwrap();
                self.disk.borrow_mut().insert(id.name(), NEWER.to_owned());
            }
            Some(Fault::OtherTab) => {
                let other = Shelf::new(sound(&self.disk), "other".to_owned());
                let draft = draft(1, HOUR, "the other tab's");
                let _ = match other.standing(1, HOUR) {
                    Ok(standing) => other.commit(draft, &standing.id).map(|_| ()),
                    Err(_) => other.take_place(draft).map(|_| ()),
                };
            }
            Some(Fault::Rotten) => {
                let mut disk = self.disk.borrow_mut();
                let newest = disk.keys().filter_map(|name| RecordId::parse(name)).max();
                if let Some(text) = newest.and_then(|id| disk.get_mut(&id.name())) {
                    *text = flipped(text);
                }
            }
            Some(Fault::Dies) => {
                *self.lasting.borrow_mut() = Some(PortError::Other("dead".to_owned()));
            }
            Some(Fault::FullFromNow) => *self.lasting.borrow_mut() = Some(PortError::Full),
            Some(Fault::BlockedFromNow) => *self.lasting.borrow_mut() = Some(PortError::Blocked),
            Some(Fault::Full) => return Err(PortError::Full),
            Some(Fault::Blocked) => return Err(PortError::Blocked),
            Some(Fault::Other) => return Err(PortError::Other(String::new())),
            _ => {}
        }
        match self.lasting.borrow().clone() {
            Some(PortError::Full) if !is_writing => Ok(fault),
            Some(error) => Err(error),
            None => Ok(fault),
        }
    }
}

impl Port for Tab {
    fn names(&self) -> Result<Vec<String>, PortError> {
        let fault = self.call(false)?;
        self.let_older_tab_write(fault);
        match fault {
            Some(Fault::Null) => Ok(Vec::new()),
            _ => Ok(self.disk.borrow().keys().cloned().collect()),
        }
    }

    fn get(&self, name: &str) -> Result<Option<String>, PortError> {
        let fault = self.call(false)?;
        self.let_older_tab_write(fault);
        let text = self.disk.borrow().get(name).cloned();
        Ok(match fault {
            Some(Fault::Null) => None,
            Some(Fault::Truncated) => text.as_deref().map(halved),
            Some(Fault::Flipped) => text.as_deref().map(flipped),
            _ => text,
        })
    }

    fn set(&self, name: &str, text: &str) -> Result<(), PortError> {
        let fault = self.call(true)?;
        self.let_older_tab_write(fault);
        let text = match fault {
            Some(Fault::Null) => return Ok(()),
            Some(Fault::Truncated) => halved(text),
            Some(Fault::Flipped) => flipped(text),
            _ => text.to_owned(),
        };
        self.disk.borrow_mut().insert(name.to_owned(), text);
        match fault {
            Some(Fault::DoneAndFailed) => Err(PortError::Other("done".to_owned())),
            _ => Ok(()),
        }
    }

    fn remove(&self, name: &str) -> Result<(), PortError> {
        match self.call(false)? {
            Some(Fault::Null | Fault::Truncated | Fault::Flipped) => Ok(()),
            fault => {
                self.disk.borrow_mut().remove(name);
                self.let_older_tab_write(fault);
                match fault {
                    Some(Fault::DoneAndFailed) => Err(PortError::Other("done".to_owned())),
                    _ => Ok(()),
                }
            }
        }
    }
}

fn draft(plan: u32, at: u64, body: &str) -> Draft<'_> {
    Draft { plan, lineage: "", at, title: "计划", app: "test", body }
}

/// What somebody does, one thing after another.
#[derive(Clone, Copy, Debug)]
enum Step {
    Open,
    Edit,
    Version,
    Restore,
    Duplicate,
    RemoveAndPutBack,
    Free,
}

/// Somebody at a plan, as the page behaves: what fails is tried again with the next change,
/// and what another tab overtook is kept as a version.
struct Reader {
    shelf: Shelf<Tab>,
    from: Option<RecordId>,
    table: String,
    now: u64,
    /// What was acknowledged as how plan 1 stands, in order.
    acknowledged: Vec<String>,
    /// What was ever tried to be kept.
    tried: BTreeSet<String>,
    /// The last thing that went wrong.
    told: Option<KeepError>,
    /// Taken off the shelf and not back yet.
    removed: Option<Removed>,
}

impl Reader {
    fn new(tab: Tab) -> Self {
        Self {
            shelf: Shelf::new(tab, "mine".to_owned()),
            from: None,
            table: "the first".to_owned(),
            now: HOUR,
            acknowledged: Vec::new(),
            tried: BTreeSet::new(),
            told: None,
            removed: None,
        }
    }

    fn walk(&mut self, steps: &[Step]) {
        for step in steps {
            self.now += HOUR;
            let done = self.take(*step);
            self.told = done.err();
        }
    }

    fn take(&mut self, step: Step) -> Result<(), KeepError> {
        match step {
            Step::Open => match self.shelf.standing(1, self.now) {
                Ok(standing) => {
                    self.table = standing.body;
                    self.from = Some(standing.id);
                    Ok(())
                }
                Err(KeepError::Gone) => self.save(),
                Err(error) => Err(error),
            },
            Step::Edit => {
                self.table = format!("{} hours on", self.now / HOUR);
                self.save()
            }
            Step::Version => {
                let draft = draft(1, self.now, &self.table);
                self.shelf.keep_version(draft, "报局务会", Reason::Named).map(|_| ())
            }
            Step::Restore => {
                let states = self.shelf.states(1)?;
                let oldest = states.last().ok_or(KeepError::Gone)?;
                let old = self.shelf.read(oldest)?.body;
                let draft = draft(1, self.now, &self.table);
                self.shelf.keep_version(draft, "", Reason::BeforeRestoring)?;
                self.table = old;
                self.save()
            }
            Step::Duplicate => self.shelf.take_place(draft(0, self.now, &self.table)).map(|_| ()),
            Step::RemoveAndPutBack => {
                let (removed, done) = self.shelf.remove_plan(1);
                if !removed.is_empty() {
                    let back = self.shelf.put_back(&removed);
                    self.removed = back.is_err().then_some(removed);
                    back?;
                }
                done
            }
            Step::Free => self.shelf.free(None),
        }
    }

    fn save(&mut self) -> Result<(), KeepError> {
        self.tried.insert(self.table.clone());
        let committed = match &self.from {
            Some(from) => self.shelf.commit(draft(1, self.now, &self.table), from),
            // It is gone; where it stands after all, this plan goes on from there.
            None => match self.shelf.standing(1, self.now) {
                Err(KeepError::Gone) => {
                    return self.shelf.take_place(draft(0, self.now, &self.table)).map(
                        |(id, _)| {
                            if id.plan == 1 {
                                self.from = Some(id);
                                self.acknowledged.push(self.table.clone());
                            }
                        },
                    );
                }
                Ok(_) => Err(KeepError::Moved),
                Err(error) => Err(error),
            },
        };
        match committed {
            Ok(id) => {
                self.from = Some(id);
                self.acknowledged.push(self.table.clone());
                Ok(())
            }
            Err(KeepError::Moved) => {
                // Ours is kept beside theirs, and then theirs is gone on from.
                let draft = draft(1, self.now, &self.table);
                self.shelf.keep_version(draft, "", Reason::OtherTab)?;
                self.from = Some(self.shelf.standing(1, self.now)?.id);
                Err(KeepError::Moved)
            }
            Err(error) => Err(error),
        }
    }
}

/// Every body that can be read from the disk, states and what was set aside.
fn readable(disk: &Disk) -> BTreeSet<String> {
    let shelf = Shelf::new(sound(disk), "check".to_owned());
    let names: Vec<String> = disk.borrow().keys().cloned().collect();
    let ids = names.iter().filter_map(|name| RecordId::parse(name));
    let states = ids.filter_map(|id| shelf.read(&id).ok()).map(|record| record.body);
    let aside = shelf.aside().unwrap().into_iter().map(|(_, text)| text);
    states.chain(aside).collect()
}

/// What must hold after a walk in which these things happened.
fn check(disk: &Disk, reader: &Reader, walk: &str) {
    let happened = |fault: Fault| reader.shelf.port().befell.borrow().contains(&fault);
    // As a backup it may have made room for something newer.
    let may_let_go =
        || happened(Fault::Full) || happened(Fault::FullFromNow) || walk.contains("Free");
    let readable = readable(disk);
    let shelf = Shelf::new(sound(disk), "later".to_owned());
    let standing = shelf.standing(1, reader.now + HOUR);
    if reader.removed.is_some() {
        return; // it is in the reader's hands, who was told that it is not back
    }
    let is_newer =
        |(name, text): (&String, &String)| name.starts_with("shapan/plan/1/") && text == NEWER;
    if disk.borrow().iter().any(is_newer) {
        assert_eq!(standing, Err(KeepError::Newer), "{walk}");
        let kept = reader.tried.iter().any(|body| readable.contains(body));
        let is_kept = kept || reader.acknowledged.is_empty() || happened(Fault::Cleared);
        assert!(is_kept, "{walk}");
        return;
    }
    if happened(Fault::OtherTab) && !happened(Fault::Cleared) && !happened(Fault::Rotten) {
        let theirs = readable.contains("the other tab's");
        let let_go = may_let_go();
        assert!(theirs || let_go, "{walk}: the other tab's is written over");
    }
    // Plain JSON has no seal that would show a misreading, and one name for all states: what
    // is put back goes over it.
    let is_safe = ![Fault::Truncated, Fault::Flipped, Fault::Cleared, Fault::Rotten]
        .into_iter()
        .any(happened)
        && !walk.contains("RemoveAndPutBack");
    if happened(Fault::OlderTab) && is_safe {
        let let_go = may_let_go();
        assert!(readable.contains("the older tab's") || let_go, "{walk}: the older tab's is lost");
    }
    let Some(last) = reader.acknowledged.last() else { return };
    let standing = match standing {
        Ok(standing) => standing.body,
        Err(_) if happened(Fault::Cleared) => return,
        Err(error) => panic!("{walk}: nothing stands: {error}, of {:?}", disk.borrow().keys()),
    };
    let from_others = ["the other tab's", "the older tab's"].contains(&standing.as_str());
    let since = reader.acknowledged.iter().rposition(|body| *body == standing);
    if standing == *last || from_others {
        assert!(readable.contains(last) || from_others, "{walk}");
    } else if reader.tried.contains(&standing) && since.is_none() {
        // Written, and not acknowledged: newer than what was, and whoever saved was told.
    } else {
        let rotten = happened(Fault::Rotten) || happened(Fault::Cleared);
        assert!(rotten, "{walk}: {standing:?} stands, {last:?} was acknowledged");
    }
}

/// Walks with these faults; how many calls it took.
fn walk(steps: &[Step], faults: BTreeMap<usize, Fault>) -> usize {
    let disk = Disk::default();
    // There is a plan already, in the way of an older app.
    disk.borrow_mut().insert("shapan/plan/1".to_owned(), "the first".to_owned());
    let walk = format!("{steps:?} with {faults:?}");
    let mut reader = Reader::new(tab(&disk, faults));
    reader.walk(steps);
    check(&disk, &reader, &walk);
    reader.shelf.port().calls.get()
}

use Step::{Duplicate, Edit, Free, Open, RemoveAndPutBack, Restore, Version};

const WALKS: [&[Step]; 6] = [
    &[Open, Edit, Edit, Open, Edit],
    &[Open, Edit, Version, Edit, Restore, Edit, Open],
    &[Open, Edit, Edit, Edit, Edit, Edit, Edit, Open, Edit],
    &[Open, Edit, Duplicate, Edit, RemoveAndPutBack, Open, Edit],
    &[Edit, Open, Edit, Free, Edit, Open, Version, Open, Edit],
    &[Open, Edit, Version, Restore, Restore, Duplicate, Edit, Open, Free, Edit],
];

#[test]
fn every_failure_at_every_call_of_every_walk_leaves_a_good_state() {
    let mut schedules = 0;
    for steps in WALKS {
        let calls = walk(steps, BTreeMap::new());
        for at in 0..calls {
            for fault in FAULTS {
                walk(steps, BTreeMap::from([(at, fault)]));
                schedules += 1;
            }
        }
    }
    assert!(schedules > 3_000, "{schedules}");
}

#[test]
fn two_failures_anywhere_leave_a_good_state() {
    let mut schedules = 0;
    let mut draw = 1_u64;
    let mut next = |below: usize| {
        draw = draw.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(draw >> 33).unwrap() % below
    };
    for steps in WALKS {
        let calls = walk(steps, BTreeMap::new());
        for _ in 0..2_000 {
            let faults = [(); 2].map(|()| (next(calls), FAULTS[next(FAULTS.len())]));
            walk(steps, BTreeMap::from(faults));
            schedules += 1;
        }
    }
    assert_eq!(schedules, 12_000);
}

#[test]
fn where_nothing_fails_everything_is_as_it_was_left() {
    let disk = Disk::default();
    let mut reader = Reader::new(sound(&disk));
    reader.walk(&[Open, Edit, Version, Edit, Duplicate]);
    assert_eq!(reader.told, None);
    let shelf = Shelf::new(sound(&disk), "later".to_owned());
    let standing = shelf.standing(1, reader.now).unwrap();
    assert_eq!((standing.body, standing.damaged), (reader.table.clone(), vec![]));
    let kinds: Vec<Kind> = shelf.states(1).unwrap().iter().map(|id| id.kind).collect();
    assert_eq!(kinds, [Kind::Edit, Kind::Version, Kind::Edit, Kind::Edit]);
    let plans = shelf.plans().unwrap();
    assert_eq!(
        plans.iter().map(|e| (e.plan, e.title.as_str())).collect::<Vec<_>>(),
        [(1, "计划"), (2, "计划")]
    );
}

#[test]
fn what_stood_before_another_tab_or_title_came_is_not_thinned() {
    // A plan was overwritten by another tab's, and the state before it was thinned away a few
    // saves later.
    let disk = Disk::default();
    let [mine, other] = ["mine", "other"].map(|tab| Shelf::new(sound(&disk), tab.to_owned()));
    let at = |n: u64| HOUR + n;
    let mut last = mine.take_place(draft(0, at(0), "mine 0")).unwrap().0;
    for n in 1..40 {
        let shelf = if n < 10 { &mine } else { &other };
        let body = format!("state {n}");
        let title = if n < 25 { "计划" } else { "另一个名字" };
        let draft = Draft { title, ..draft(last.plan, at(n), &body) };
        last = shelf.commit(draft, &last).unwrap();
    }
    let readable = readable(&disk);
    for kept in ["state 9", "state 24", "state 39"] {
        assert!(readable.contains(kept), "{kept}: {readable:?}");
    }
    assert!(readable.len() < 10, "{readable:?}");
}
