//! The labs. These are the only lists of them.

mod choices;
pub mod contention;
pub mod event_loop;
pub mod island;
mod lab;
pub mod locking;
pub mod n_plus_one;
pub mod outbox;
pub mod pools;
pub mod protocol;
mod registry;
#[cfg(feature = "prerender")]
pub mod replay;
pub mod saga;
pub mod two_phase_commit;

pub use island::mount_labs;
pub use lab::{
    Choice, Failure, Lab, Landing, Mode, Name, Prediction, PresetInfo, Reached, StageContext, Turn, grouped,
};
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
pub static DATABASES: &[Entry] =
    &[Entry::of::<pools::Pools>().in_app("databases"), Entry::of::<n_plus_one::NPlusOne>().in_app("databases")];

/// What opens a lab: its id, and what it is opened with.
#[cfg(feature = "prerender")]
pub type Opened = (&'static str, crate::player::link::Source);

/// The lab that steps through a program which needs a database, and what it is opened with. `schema` sets the tables up.
#[cfg(feature = "prerender")]
pub fn with_database(program: &str, schema: &str) -> Opened {
    (n_plus_one::NPlusOne::ID, crate::player::link::edited(&n_plus_one::by_itself(program, schema)))
}

/// The lab that steps through any other program.
#[cfg(feature = "prerender")]
pub fn without_database(program: &str, module: bool) -> Opened {
    let module = if module { interleave_node::ModuleKind::Module } else { interleave_node::ModuleKind::CommonJs };
    let scenario = interleave_node::Scenario { module, ..interleave_node::Scenario::script(program) };
    (event_loop::EventLoop::ID, crate::player::link::edited(&scenario))
}

/// The lab of schedules, at a preset of it that runs at another level or in another order; empty for the preset's own.
#[cfg(feature = "prerender")]
pub fn with_schedule(preset: &str, isolation: &str, schedule: &str) -> Option<Opened> {
    let scenario = locking::schedule(preset, isolation, schedule)?;
    Some((locking::Locking::ID, crate::player::link::edited(&scenario)))
}

/// The lab of a protocol at a preset: calmly, for somebody who is to bring something about, or by picks.
#[cfg(feature = "prerender")]
pub fn with_picks(preset: &str, picks: Option<&[u16]>) -> Option<Opened> {
    let (lab, play) = protocol::play(preset, picks)?;
    Some((lab, crate::player::link::edited(&play)))
}

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

/// The statements of a schedule, in the order in which they are to run.
#[cfg(feature = "prerender")]
pub fn planned(preset: &str, isolation: &str, schedule: &str) -> Option<interleave_course::bank::Planned> {
    locking::schedule(preset, isolation, schedule).map(|scenario| locking::planned(&scenario))
}
