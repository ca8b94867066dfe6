//! From SQL text to a plan: parsing, analysis (names and types) and planning.

pub mod analyse;
pub mod explain;
pub mod grammar;
pub mod logical;
pub mod names;
pub mod parse;
pub mod plan;
pub mod planner;
pub mod rewrite;
pub mod source;
pub mod statement;
pub mod syntax;

pub use analyse::{Command, Environment, Prepared, analyse};
pub use parse::parse;
pub use plan::{Plan, SubPlan};
pub use planner::{Settings, Statistics};
pub use statement::{Parsed, Statement};
