//! Owns which part of the page of data is looked at: what stands after the question mark of the
//! address.
//!
//! Invariant: a place reads back from its own address; any other address is the first part.

use crate::words::Words;
use leptos::ev;
use leptos::prelude::*;

/// The parts of the page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum View {
    /// 人数
    #[default]
    People,
    /// 推算
    Projection,
    /// 收入与财力
    Money,
    /// 地区与人群
    Lists,
    /// 计划与引用
    Settings,
}

impl View {
    /// All, in order.
    pub const ALL: [Self; 5] =
        [Self::People, Self::Projection, Self::Money, Self::Lists, Self::Settings];

    fn key(self) -> &'static str {
        match self {
            Self::People => "people",
            Self::Projection => "projection",
            Self::Money => "money",
            Self::Lists => "lists",
            Self::Settings => "settings",
        }
    }

    /// What it is called.
    pub fn name(self, w: &Words) -> &'static str {
        match self {
            Self::People => w.data.people,
            Self::Projection => w.data.projection,
            Self::Money => w.data.money,
            Self::Lists => w.data.lists,
            Self::Settings => w.data.settings,
        }
    }
}

/// A part, and the thing looked at in it: an id, or nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// The part.
    pub view: View,
    /// The id of the thing.
    pub of: String,
}

impl Place {
    /// Its address.
    pub fn hash(&self) -> String {
        let key = self.view.key();
        if self.of.is_empty() { format!("#data?{key}") } else { format!("#data?{key}={}", self.of) }
    }

    /// The place of an address.
    pub fn of_hash(hash: &str) -> Self {
        let said = hash.split_once('?').map_or("", |(_, said)| said);
        let (key, of) = said.split_once('=').unwrap_or((said, ""));
        let view = View::ALL.into_iter().find(|view| view.key() == key);
        view.map_or_else(Self::default, |view| Self { view, of: of.to_owned() })
    }
}

/// The place the address says, as it moves.
pub fn here() -> Memo<Place> {
    let read = || Place::of_hash(&location().hash().unwrap_or_default());
    let place = RwSignal::new(read());
    let moved = window_event_listener(ev::hashchange, move |_| place.set(read()));
    on_cleanup(move || moved.remove());
    Memo::new(move |_| place.get())
}

/// Goes to a thing of a part.
pub fn go(view: View, of: &str) {
    let _ = location().set_hash(&Place { view, of: of.to_owned() }.hash());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_reads_back_from_its_address_and_any_other_is_the_first() {
        for view in View::ALL {
            for of in ["", "primary-pupils"] {
                let place = Place { view, of: of.to_owned() };
                assert_eq!(Place::of_hash(&place.hash()), place);
            }
        }
        for hash in ["", "#data", "#data?", "#data?nothing=x", "#overview"] {
            assert_eq!(Place::of_hash(hash), Place::default(), "{hash}");
        }
    }
}
