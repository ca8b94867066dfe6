//! The labs. This is the only list of them.

pub mod contention;
pub mod event_loop;
pub mod island;
mod lab;
pub mod locking;
mod registry;

pub use island::mount_labs;
pub use lab::{Choice, Failure, Lab, Landing, Mode, Prediction, PresetInfo, StageContext, Turn, grouped};
pub use registry::Entry;

/// Every lab there is.
pub static LABS: &[Entry] =
    &[Entry::of::<event_loop::EventLoop>(), Entry::of::<locking::Locking>(), Entry::of::<contention::Contention>()];

/// The lab of that name.
pub fn lab(id: &str) -> Option<&'static Entry> {
    LABS.iter().find(|entry| entry.id == id)
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
