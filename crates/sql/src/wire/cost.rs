//! How long the server's processor works on a message. Waiting for locks and sleeping is not in it: that is the store's.
//!
//! These are figures of a small machine with its data in memory, in nanoseconds; they decide how long pictures are, *never* what a
//! statement does.

use interleave_kernel::Nanos;

/// What was done for a message.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Work {
    /// Texts that were parsed, analysed and planned.
    pub planned: u64,
    /// Statements that were run.
    pub executed: u64,
    /// Rows that were looked at.
    pub looked_at: u64,
    /// Rows that were sent.
    pub returned: u64,
    /// Rows that were inserted, updated or deleted.
    pub changed: u64,
    /// Commits of transactions that had changed something: each waits for the disk.
    pub flushed: u64,
}

const PLAN: Nanos = 50_000;
const EXECUTE: Nanos = 20_000;
const LOOK: Nanos = 100;
const RETURN: Nanos = 500;
const CHANGE: Nanos = 5_000;
const FLUSH: Nanos = 300_000;

/// The time it takes.
pub fn time(work: Work) -> Nanos {
    work.planned * PLAN
        + work.executed * EXECUTE
        + work.looked_at * LOOK
        + work.returned * RETURN
        + work.changed * CHANGE
        + work.flushed * FLUSH
}
