//! The marks every stage is made of.

pub mod chart;
pub mod code;
pub mod editor;
pub mod highlight;
pub mod icon;
pub mod motion;
pub mod note;
pub mod sql;
pub mod time;
