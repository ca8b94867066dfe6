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
//! | ```` ```question ```` | a question in TOML, see [`Question`] |
//!
//! Anything else is Markdown. Raw HTML is an error: what a page may show is decided here, not in its text. In a code
//! span, `key:→` is a key of the keyboard. A link to `#anchor` stays on the page, `guide/microtasks/#anchor` leads
//! to another one, `lab:event-loop/queues` opens a lab.

mod page;
mod question;

#[cfg(feature = "parse")]
mod check;
#[cfg(feature = "parse")]
mod directive;
#[cfg(feature = "parse")]
mod inline;
#[cfg(feature = "parse")]
mod parse;
#[cfg(feature = "parse")]
mod problem;

pub use page::{Block, Code, Heading, LabRef, Language, Meta, Output, Page, PageLink, Placed};
pub use question::{Choice, Level, Question};

#[cfg(feature = "parse")]
pub use check::{KnownLab, check};
#[cfg(feature = "parse")]
pub use problem::Problem;
