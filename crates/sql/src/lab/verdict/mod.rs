//! What a run is called: the name of its anomaly, if no serial order explains it, and the statements that make it.
//!
//! | name | what is found | level that rules it out (Adya) |
//! |---|---|---|
//! | dirty write | a cycle of overwritten versions (G0) | PL-1 |
//! | dirty read | a version was read that was taken back (G1a) | PL-2 |
//! | intermediate read | a version was read that its maker replaced itself (G1b) | PL-2 |
//! | circular information flow | a cycle of read and overwritten versions (G1c) | PL-2 |
//! | lost update | a row was read, changed by another, and overwritten without having been read again (P4) | cursor stability, PL-2+ |
//! | non-repeatable read | a row was seen before and after another's change (A2; G-single on one row) | PL-2.99 |
//! | phantom | a condition was asked before and after another changed which rows satisfy it (A3), or a single anti-dependency by a condition closes a cycle | PL-3 |
//! | read skew | one transaction seen half: a cycle with one anti-dependency (A5A; G-single) | PL-2+ |
//! | write skew | a cycle with two anti-dependencies or more (A5B; G2-item, G2) | PL-3 |
//! | read-only anomaly | the same, but without those that only read the others are in order (Fekete, O'Neil, O'Neil, 2004) | PL-3 |
//!
//! The first of the table that is found is the name; what is left is a cycle without one. P, A: Berenson and others, *A Critique of
//! ANSI SQL Isolation Levels*, 1995. G, PL: Adya, 1999. Hermitage (Kleppmann, 2014) uses the same letters.

pub mod graph;
pub mod history;
mod name;
#[cfg(test)]
mod textbook;
mod words;

pub use history::History;
pub use name::{Because, Finding, find};
pub use words::{Words, capital};
