//! Finds the answers of questions by running what they ask about.
//!
//! Four [kinds](interleave_course::Kind) of questions carry no answer: what a program prints, what happens first, which anomaly a schedule
//! has, and what is to be brought about in a lab. [`answer`] runs the program in the simulated Node, with the store beside it if it asks a
//! database, or the lab at its preset. Whoever writes such a question cannot be wrong about its answer, but the question may be: its
//! program does not end, an event never happens, the goal is reached already. That is said in sentences.
//!
//! ```
//! use interleave_answers::{Answer, answer};
//! use interleave_course::Question;
//! # let toml = r#"
//! id = "a-tick-first"
//! level = "junior"
//! stem = "What does it print?"
//! kind = "output"
//! program = "Promise.resolve().then(() => console.log('promise')); process.nextTick(() => console.log('tick'));"
//! because = "The queue of ticks is emptied first."
//! # "#;
//! # let question: Question = interleave_course::deck::question(toml::from_str(toml).unwrap()).unwrap();
//! assert_eq!(answer(&question), Ok(Some(Answer::Output { text: "tick\npromise\n".into(), exit: 0 })));
//! ```
//!
//! ```text
//! find.rs       one question, or many side by side
//! program.rs    a program's run;  output.rs  what does it print?
//! tape.rs       what a lab tells at a preset, frame by frame;  order.rs  what happens first?
//! event_loop.rs, locking.rs, protocol.rs  the labs, and how each is run;  presets.rs  files of the first two
//! anomaly.rs    which anomaly is it?;  goal.rs  is it to be reached, and how?
//! ```

mod anomaly;
mod event_loop;
mod find;
mod goal;
mod locking;
mod order;
mod output;
mod presets;
mod program;
mod protocol;
mod tape;

pub use interleave_course::{Answer, Way};

pub use find::{Found, answer, answer_all};
pub use program::{MemoryGauge, Ran, run};
pub use tape::notes;
