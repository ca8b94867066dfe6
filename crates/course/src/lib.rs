//! Guide pages, directives and question banks: parsing and checking, no screen.
//!
//! A page is TOML front matter between two lines `+++`, then Markdown. Some fenced blocks are more than text:
//!
//! | fence | meaning |
//! |---|---|
//! | ```` ```js ```` , ```` ```mjs ```` | a program that runs in place: CommonJS or an ES module |
//! | ```` ```js no-run reason="…" ```` | JavaScript that cannot run here, and why |
//! | ```` ```output ```` , ```` ```output exit=1 ```` | what the program above it prints to stdout, and its exit code |
//! | ```` ```lab event-loop/queues ```` | a lab, opened at a preset; the body is its caption |
//! | ```` ```quiz ```` | questions of the bank, by their ids, one a line |
//!
//! Anything else is Markdown. Raw HTML is an error: what a page may show is decided here, not in its text. In a code
//! span, `key:→` is a key of the keyboard. A link to `#anchor` stays on the page, `guide/microtasks/#anchor` leads
//! to another one, `lab:event-loop/queues` opens a lab.

pub mod bank;
pub mod brought;
pub mod catalogue;
pub mod interview;
pub mod judge;
pub mod memory;
mod page;
mod problem;
pub mod progress;
pub mod question;
pub mod session;

#[cfg(feature = "parse")]
mod check;
#[cfg(feature = "parse")]
pub mod deck;
#[cfg(feature = "parse")]
mod directive;
#[cfg(feature = "parse")]
pub mod formats;
#[cfg(feature = "parse")]
mod inline;
#[cfg(feature = "parse")]
pub mod lint;
#[cfg(feature = "parse")]
mod parse;

pub use bank::Bank;
pub use judge::{Given, Told, Verdict, judge};
pub use page::{Block, Code, Heading, LabRef, Language, Listed, Meta, Output, Page, PageLink, Placed};
pub use problem::{Problem, Severity};
pub use question::{Answer, Choice, Kind, Level, Question, Way};

#[cfg(feature = "parse")]
pub use check::{KnownLab, check};
#[cfg(feature = "parse")]
pub use deck::Deck;
