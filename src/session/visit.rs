//! Owns visits: a plan that came in is looked at as its sender saw it, in place of the plan on
//! the table.
//!
//! Invariant: what is visited stays as it is and is written nowhere; the plan on the table is not
//! touched, goes on being kept, and comes back. Deliberately absent: what came in and what may
//! become of it (`share`).

use super::{Look, Page, Session};
use leptos::prelude::*;
use shapan_engine::files::SentView;
use shapan_engine::{Document, Plan};

impl Session {
    /// Looks at a plan that came in, as its sender did.
    pub fn visit(self, plan: Plan, view: &SentView) {
        self.end_gesture();
        self.refused.set(None);
        self.held_back.set(0);
        self.wanted_there.set(Look::sent(&plan, view));
        self.visited.set(Some(Document::read_only(plan)));
        self.preferences.update(|p| p.see_unit(view.unit.as_deref()));
    }

    /// Looks at the plan on the table again.
    pub fn end_visit(self) {
        if !self.is_visiting_now() {
            return;
        }
        self.end_gesture();
        self.refused.set(None);
        self.visited.set(None);
        self.preferences.update(|p| p.see_unit(None));
    }

    /// Whether what is shown is only looked at.
    pub fn is_visiting(self) -> bool {
        self.visited.with(Option::is_some)
    }

    /// As [`Session::is_visiting`], where nothing is drawn anew.
    pub fn is_visiting_now(self) -> bool {
        self.visited.with_untracked(Option::is_some)
    }

    /// How often the reader tried to change what is only looked at.
    pub fn held_back(self) -> usize {
        self.held_back.get()
    }

    /// What is looked at, for those it is sent to.
    pub fn view_to_send(self, address: &str) -> SentView {
        let unit = self.preferences.with_untracked(|p| p.unit().key());
        let page = Page::shown_of(address).trim_start_matches('#').to_owned();
        let look = self.look.get_untracked();
        let year = self.plan.with_untracked(|p| p.years().nth(look.year));
        SentView {
            page: (page.len() <= SentView::MOST_PAGE).then(|| page.into()),
            scenario: Some(look.scenario),
            against: Some(look.base),
            year,
            unit: Some(unit.into()),
        }
    }
}

impl Page {
    /// The address of a page with what it says beyond its name, where the page shows the plan; the
    /// overview for any other. The files and plans of a machine are its reader's own.
    pub fn shown_of(hash: &str) -> &str {
        match Self::from_hash(hash) {
            Self::Files | Self::NewPlan => Self::Overview.hash(),
            page if hash.split('?').next() == Some(page.hash()) => hash,
            page => page.hash(),
        }
    }
}

impl Look {
    /// The look a view asks for, as far as the plan has what it names.
    pub fn sent(plan: &Plan, view: &SentView) -> Self {
        let has = |id: &&_| plan.scenarios.iter().any(|s| s.id == **id);
        let mut look = Self::first(plan);
        if let Some(id) = view.scenario.as_ref().filter(has) {
            look.choose(plan, id);
        }
        if let Some(id) = view.against.as_ref().filter(has) {
            look.base = id.clone();
        }
        let year = view.year.and_then(|year| plan.horizon.year_index(year));
        Self { year: year.unwrap_or_default(), ..look }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use shapan_engine::{Year, taian_2012};

    #[test]
    fn a_view_opens_on_what_the_sender_saw_and_names_nothing_the_plan_lacks() {
        let plan = taian_2012().unwrap();
        let view = SentView {
            scenario: Some("raise-again".parse().unwrap()),
            against: Some("status-quo".parse().unwrap()),
            year: Year::new(2013),
            ..SentView::default()
        };
        let look = Look::sent(&plan, &view);
        assert_eq!((look.scenario.as_str(), look.base.as_str()), ("raise-again", "status-quo"));
        assert_eq!(plan.years().nth(look.year), Year::new(2013));

        let hostile = SentView {
            scenario: Some("nowhere".parse().unwrap()),
            against: Some("x".parse().unwrap()),
            year: Year::new(2200),
            ..SentView::default()
        };
        assert_eq!(Look::sent(&plan, &hostile), Look::first(&plan));
    }

    #[test]
    fn a_view_opens_on_a_page_that_shows_the_plan_and_on_the_overview_for_any_other() {
        for page in ["#compare?with=a,b&years=all", "#explore?rows=year", "#what-if", "#data"] {
            assert_eq!(Page::shown_of(page), page);
        }
        for page in ["", "#", "#files", "#new", "#<script>", "#compare2", "explore", "#s=abc"] {
            assert_eq!(Page::shown_of(page), "#overview", "{page}");
        }
    }
}
