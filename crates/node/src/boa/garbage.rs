//! When the engine's garbage is collected.
//!
//! Boa's collector counts the bytes of its cells and knows nothing of what hangs on them. It begins with one megabyte, takes half as
//! much again whenever most of that turns out to be in use, and has no setting for it (boa_gc 0.22, `GcConfig`). So it collects a
//! small heap again and again while a program runs, and lets a program that throws large buffers away run out of memory.

use boa_gc::{Gc, force_collect};
use std::cell::Cell;

/// Bytes of cells beyond which a heap that was made roomy is collected.
const ROOMY: usize = 16 << 20;
/// Bytes by which memory may grow before the garbage in it is looked for.
const GROWTH: usize = 24 << 20;

thread_local!(static IS_ROOMY: Cell<bool> = const { Cell::new(false) });

/// Collects now, while nobody waits, and lets a program make some megabytes before it is done again.
pub fn tidy() {
    /// What the collector counts as in use while it learns how much that can be.
    const BALLAST: usize = 64 << 10;
    if !IS_ROOMY.replace(true) {
        drop((0..ROOMY / BALLAST).map(|_| Gc::new([0_u8; BALLAST])).collect::<Vec<_>>());
    }
    force_collect();
}

/// Sees to it that a program is not stopped for its garbage.
pub struct Growth {
    /// Bytes that were in use after garbage was collected for that.
    seen: Cell<usize>,
}

impl Growth {
    /// From a time at which so many bytes are in use.
    pub fn since(used: usize) -> Self {
        Self { seen: Cell::new(used) }
    }

    /// Bytes in use; where they have become many more, after collecting.
    pub fn measured(&self, gauge: fn() -> usize) -> usize {
        let used = gauge();
        if used <= self.seen.get().saturating_add(GROWTH) {
            return used;
        }
        force_collect();
        self.seen.set(gauge());
        self.seen.get()
    }
}
