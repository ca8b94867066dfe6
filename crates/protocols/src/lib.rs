//! Protocols between processes that crash and messages that get lost, as [machines](interleave_kernel::Machine): each can be recorded,
//! driven by hand, replayed, and tried in every order.
//!
//! Protocols are made of a few parts. A [`Process`] has a durable half, which survives a crash, and a volatile one, which does not. A
//! [`Network`] carries what processes send each other, a link for each direction, and may do it badly. A [`Timer`] goes off when nothing else
//! happens, or too early. A [`Database`] keeps rows, and locks those that a transaction has changed. Whatever goes wrong is an action with
//! a name, which a learner can make happen and a search may make happen as often as a [`Budget`] allows.

pub mod camera;
pub mod catalogue;
pub mod database;
pub mod diagram;
pub mod faults;
mod menu;
pub mod network;
pub mod outbox;
pub mod play;
pub mod preset;
pub mod process;
pub mod protocol;
pub mod saga;
pub mod timer;
pub mod two_phase_commit;

pub use camera::Camera;
pub use database::Database;
pub use faults::{Budget, Fault};
pub use network::Network;
pub use preset::Preset;
pub use process::{Process, ProcessId, Processes};
pub use protocol::Protocol;
pub use timer::Timer;
