//! The practice room: what a learner does with the bank, and what is kept of it.
//!
//! ```text
//! ask/      a question on a page          bank.rs   the bank, fetched once     shelf.rs  the bank, found by id
//! store/    what is kept in the browser   sitting/  one question after another  rooms/    the pages
//! island.rs  a question of a guide page  yours/   decks from the learner's own files
//! ```
//!
//! What comes next in a sitting, an exam or an interview is decided in `crates/course`; here it is shown.

pub mod ask;
pub mod bank;
mod island;
pub mod parts;
pub mod rooms;
pub mod shelf;
pub mod sitting;
pub mod store;
pub mod words;
mod yours;

/// Brings the practice room of a page to life, and the questions of a guide's page.
pub fn mount() {
    rooms::mount();
    island::mount();
}
