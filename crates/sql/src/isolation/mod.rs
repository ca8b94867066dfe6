//! Schedules on paper: PostgreSQL's isolation-spec format, and what its `isolationtester` prints for a file of it.
//!
//! ```text
//! setup    { CREATE TABLE pets (name text); }
//! teardown { DROP TABLE pets; }
//! session a
//! step a1  { INSERT INTO pets VALUES ('cat'); }
//! session b
//! step b1  { SELECT * FROM pets; }
//! permutation b1 a1 b1
//! ```
//!
//! [`Spec::parse`] reads a file, [`run`] sends its steps to a [`Server`] and prints. Time is the server's own: when
//! the tester would wait, the clock moves to the next thing that is going to happen.

mod report;
mod scanner;
mod server;
mod spec;
mod tester;

#[cfg(test)]
mod tester_tests;

pub use report::report;
pub use server::{Reply, Server};
pub use spec::{Blocker, Permutation, PermutationStep, Session, Spec, SpecError, Step, StepId};
pub use tester::{GaveUp, Stream, TICK, run, transcript};
