//! How much a program may use before it is stopped.

use crate::scene::Nanos;

/// Limits of one run. When one is reached the tape ends with a note that says which and where.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Budget {
    /// Statements, function entries and callbacks.
    pub steps: u64,
    /// Frames on the tape.
    pub frames: usize,
    /// Virtual time, in nanoseconds.
    pub time: Nanos,
    /// Bytes of output.
    pub output: usize,
    /// Bytes that a database sends.
    pub received: usize,
    /// Queries.
    pub queries: usize,
    /// Bytes of memory, as the host measures them.
    pub memory: usize,
    /// Functions on the call stack; one more throws Node's `RangeError`.
    pub depth: usize,
}

impl Default for Budget {
    fn default() -> Self {
        Self {
            steps: 3_000_000,
            frames: 20_000,
            time: 24 * 3_600 * 1_000_000_000,
            output: 4_000_000,
            received: 64 << 20,
            queries: 20_000,
            memory: 160 << 20,
            depth: 8_000,
        }
    }
}
