//! What the labs of protocols have in common: one sequence diagram for all of them, what stands beside it, and how it is played with.

mod budget;
pub mod catalogue;
mod chunk;
pub mod compare;
pub mod explore;
mod figures;
mod foot;
mod geometry;
mod heads;
mod histories;
mod lab;
mod life;
mod mark;
mod offers;
mod panels;
mod picture;
mod predict;
mod reached;
mod row;
mod rules;
mod scroll;
mod sequence;
pub mod settings;
mod side;
pub mod sign;
mod slots;
mod stage;
mod stepper;
mod storage;
mod stroke;
pub mod subject;
#[cfg(feature = "prerender")]
mod task;
mod telling;
mod turns;
mod variant;
mod verdicts;
mod window;

pub use lab::{Protocol, announced};
pub use picture::{Picture, Props as PictureProps};
pub use stage::Stage;
#[cfg(feature = "prerender")]
pub use task::play;
