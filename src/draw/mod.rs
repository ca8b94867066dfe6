//! The marks every stage is made of.

pub mod chart;
pub mod code;
pub mod console;
pub mod editor;
pub mod fold;
pub mod highlight;
pub mod icon;
pub mod markdown;
pub mod motion;
pub mod note;
pub mod program;
pub mod sql;
pub mod time;
