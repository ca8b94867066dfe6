//! Processes, and what a crash leaves of them.

use serde::{Deserialize, Serialize};

/// A process, by number from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct ProcessId(pub u8);

/// A set of processes with numbers below 16.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Processes(u16);

impl Processes {
    pub fn contains(self, process: ProcessId) -> bool {
        self.0 & 1 << process.0 != 0
    }

    pub fn insert(&mut self, process: ProcessId) {
        self.0 |= 1 << process.0;
    }

    pub fn remove(&mut self, process: ProcessId) {
        self.0 &= !(1 << process.0);
    }

    pub fn len(self) -> usize {
        self.0.count_ones() as usize
    }

    pub fn is_empty(self) -> bool {
        self.0 == 0
    }
}

/// A process: what it has written to disk, and what it has in memory while it is up.
///
/// ```
/// use interleave_protocols::Process;
///
/// // A counter that is saved now and then.
/// let mut counter = Process::new(0, 0);
/// *counter.memory_mut().unwrap() = 7;
/// counter.durable = 7;
/// *counter.memory_mut().unwrap() = 9;
/// counter.crash();
/// assert_eq!(counter.memory(), None);
/// counter.restart(|&saved| saved);
/// assert_eq!(counter.memory(), Some(&7));
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Process<D, V> {
    /// Survives a crash. Whoever writes it has *forced* it to disk: there is no way to lose a write once it is made.
    pub durable: D,
    /// Gone with a crash. `None` while the process is down.
    memory: Option<V>,
}

impl<D, V> Process<D, V> {
    /// A process that is up.
    pub fn new(durable: D, memory: V) -> Self {
        Self { durable, memory: Some(memory) }
    }

    pub fn is_up(&self) -> bool {
        self.memory.is_some()
    }

    pub fn memory(&self) -> Option<&V> {
        self.memory.as_ref()
    }

    pub fn memory_mut(&mut self) -> Option<&mut V> {
        self.memory.as_mut()
    }

    /// Both halves of a process that is up, to work on.
    pub fn halves(&mut self) -> Option<(&mut D, &mut V)> {
        Some((&mut self.durable, self.memory.as_mut()?))
    }

    /// It stops, and its memory is gone.
    pub fn crash(&mut self) {
        self.memory = None;
    }

    /// It starts again, from what it finds on disk.
    pub fn restart(&mut self, recover: impl FnOnce(&D) -> V) {
        self.memory = Some(recover(&self.durable));
    }
}
