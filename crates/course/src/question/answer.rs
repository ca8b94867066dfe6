//! What is found.

use serde::{Deserialize, Serialize};

/// The answer of a question that is executed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Answer {
    /// What the program writes to stdout, to the byte, and the code with which it exits.
    Output { text: String, exit: i32 },
    /// The question's events in the order in which they happen, by their indices: the first one happens first.
    Order(Vec<usize>),
    /// The index of the option that is right.
    Option(usize),
    /// The goal can be reached, and this is a way there.
    Reach(Way),
}

/// A way to a goal: of all that lead there, one of the shortest.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Way {
    /// In the locking lab: whose statement runs next, a letter each, as the lab's link and `interleave locking --schedule` take it.
    Schedule(String),
    /// In a lab of a protocol: what is picked among all that may happen by hand, from 0, as `Way::Picks` of `interleave_protocols::play`
    /// takes it. If the goal is that something never comes, the last steps are those that go on for ever.
    Picks(Vec<u16>),
}
