//! When a question comes back: FSRS-6, a model of how long one remembers, and the cards that it schedules.
//!
//! A memory has a *stability* (days until it is recalled with a probability of 0.9), a *difficulty* (1 to 10) and, at a time, a
//! *retrievability* (the probability of recall): the DSR model. See Ye, Su, Cao, *A Stochastic Shortest Path Algorithm for
//! Optimizing Spaced Repetition Scheduling*, KDD 2022, and "The Algorithm" in the wiki of `fsrs4anki`. The rules are those of
//! py-fsrs 6 (`fsrs/scheduler.py`), whose states and intervals `tests/memory/` holds ours to.
//!
//! ```text
//! parameters.rs  w0 to w20 and their bounds       card.rs       what is kept of a question: state, memory, when it is due
//! model.rs       the formulas                     scheduler.rs  one answer: a card and a rating make the next card
//! rating.rs      again, hard, good, easy          judged.rs     the rating of an answer that a machine has judged
//! moment.rs      a time and the learner's day     forecast.rs   what is due, today and later; how much is remembered
//! ```
//!
//! Nothing here knows what time it is: it is told.

mod card;
mod forecast;
mod judged;
mod model;
mod moment;
mod parameters;
mod rating;
mod scheduler;

pub use card::{Card, LEECH_LAPSES, MATURE_DAYS, State};
pub use forecast::{due_count, forecast, mean_retrievability};
pub use judged::{Judged, QUICK, SLOW, usual_time};
pub use model::Memory;
pub use moment::{DAY, MINUTE, Moment, day_of};
pub use parameters::{OutOfBounds, Parameters};
pub use rating::Rating;
pub use scheduler::Scheduler;
