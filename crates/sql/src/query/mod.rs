//! From SQL text to a plan: parsing, analysis (names and types) and planning.

pub mod plan;

pub use plan::{Plan, SubPlan};
