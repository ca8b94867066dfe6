//! Protocols between processes that crash and messages that get lost, as [machines](interleave_kernel::Machine): each can be recorded,
//! driven by hand, replayed, and tried in every order.

pub mod two_phase_commit;
