//! Two-phase commit: all participants of a transaction commit, or none does.

pub mod gray_lamport;
