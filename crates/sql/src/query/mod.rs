//! From SQL text to a plan: parsing, analysis (names and types) and planning.

pub mod grammar;
pub mod parse;
pub mod plan;
pub mod rewrite;
pub mod source;
pub mod statement;

pub use parse::parse;
pub use plan::{Plan, SubPlan};
pub use statement::{Parsed, Statement};

// Until `analyse` and `planner` are in the tree, which replace it.
mod stand_in;
pub use stand_in::*;
