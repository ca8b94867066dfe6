//! The labs. These are the only lists of them.

pub mod contention;
pub mod event_loop;
pub mod island;
mod lab;
pub mod locking;
pub mod outbox;
pub mod pools;
pub mod protocol;
mod registry;
pub mod saga;
pub mod two_phase_commit;

pub use island::mount_labs;
pub use lab::{Choice, Failure, Lab, Landing, Mode, Name, Prediction, PresetInfo, StageContext, Turn, grouped};
pub use registry::Entry;

/// Labs of the app that every page loads.
pub static LABS: &[Entry] =
    &[Entry::of::<event_loop::EventLoop>(), Entry::of::<locking::Locking>(), Entry::of::<contention::Contention>()];

/// Labs of an app of their own (`src/bin/protocols.rs`), which a page loads that has one of them.
pub static PROTOCOLS: &[Entry] = &[
    Entry::named::<protocol::Protocol>(two_phase_commit::NAME).in_app("protocols"),
    Entry::named::<protocol::Protocol>(saga::NAME).in_app("protocols"),
    Entry::named::<protocol::Protocol>(outbox::NAME).in_app("protocols"),
];

/// Labs of databases (`src/bin/databases.rs`): an app of their own, too.
pub static DATABASES: &[Entry] = &[Entry::of::<pools::Pools>().in_app("databases")];

/// Every lab there is.
pub fn all() -> impl Iterator<Item = &'static Entry> {
    LABS.iter().chain(PROTOCOLS).chain(DATABASES)
}

/// The lab of that name.
pub fn lab(id: &str) -> Option<&'static Entry> {
    all().find(|entry| entry.id == id)
}

/// A lab's place on a page with its first frame in it, ready to be mounted. `None` for an unknown lab or preset.
#[cfg(feature = "prerender")]
pub fn placeholder(lab_id: &str, preset: &str, mode: Mode) -> Option<yew::Html> {
    lab(lab_id)?.placeholder(preset, mode)
}

/// The same as HTML text.
#[cfg(feature = "prerender")]
pub fn prerender(lab_id: &str, preset: &str, mode: Mode) -> Option<String> {
    registry::render(placeholder(lab_id, preset, mode)?)
}
