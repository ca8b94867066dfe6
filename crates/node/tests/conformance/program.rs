//! The tree a random program is made of.
//!
//! A program is free of races by construction, so that real Node prints one thing only. The rules:
//!
//! - Time passes in **slots** of [`SLOT`] ms. Work started in a slot (ticks, microtasks, immediates, fs calls) is long
//!   over when the next one begins. A slot belongs to one timer, or to timers armed in the same slot with the same delay.
//! - Each slot has one [`Work`] policy for what it may ask of the loop, because immediates, completed fs calls and due
//!   timers race each other:
//!   - `Quiet`: nothing. Timers that share a slot are quiet, since a millisecond may pass between them.
//!   - `Immediates`: immediates, nested as one likes, and nothing else.
//!   - `Io`: one fs call in flight, the next one only from its callback. An immediate may wait beside a `readFile`, which
//!     takes several turns, never beside another call. The last callback is free to queue immediates.
//!   - `Zero`: timers of one millisecond, whose callbacks are quiet. Beside them immediates one turn deep, in the callback
//!     of an fs call alone: the check phase comes next. In a timer's callback the same pass may reach the new timer.
//! - A callback that may run more than once (of an interval, of an emitter) starts no timer and no fs call. A timer that
//!   shares its slot is never unreferenced.
//! - An uncaught error leaves ticks behind for whatever runs next: it is thrown only where that is certain.
//! - Nothing reads a clock, prints a random value, or attaches a handler to a rejection already reported.

/// Milliseconds between two slots.
pub const SLOT: u32 = 40;

/// A node of the tree; `id` labels its output and never changes, so that a shrunk program is still readable.
#[derive(Clone, Debug)]
pub struct Node {
    pub id: u32,
    pub kind: Kind,
    pub children: Vec<Node>,
}

/// What a slot may ask of the loop.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Work {
    Quiet,
    Immediates,
    Io,
    Zero,
}

/// What a node prints or starts. Children are statements of the callback's body unless said otherwise.
#[derive(Clone, Debug, PartialEq)]
pub enum Kind {
    /// The main module. `module`: an ES module.
    Main {
        module: bool,
    },
    /// Another file, loaded by `require` or a static `import`.
    File,
    Log,
    Tick,
    Microtask,
    Immediate,
    /// A timer of `ms` milliseconds, which may be written in other ways that mean the same.
    Timeout {
        ms: u32,
        unref: bool,
    },
    /// A timer that counts as one millisecond, by what it is written as.
    ZeroTimeout {
        written: &'static str,
    },
    /// An interval that clears itself in its round number `rounds`.
    Interval {
        ms: u32,
        rounds: u32,
    },
    /// Cancels the timer or immediate of a node.
    Clear {
        target: u32,
    },
    /// An fs call and its callback.
    Fs(FsCall),
    /// A promise chain; children are its [`Kind::Link`]s.
    Chain(Start),
    Link {
        how: Link,
        end: End,
    },
    /// An async function, called at once.
    Async {
        end: End,
    },
    /// A place in an async body.
    Await(Operand),
    /// `try`, `catch` and `finally` of an async body; children are the three [`Kind::Block`]s.
    Try,
    Block,
    /// An async generator consumed by `for await`; children that are [`Kind::Yield`] hand out values.
    AsyncGenerator,
    Yield(Operand),
    /// A combinator over promises that settle after so many microtasks.
    Combine {
        method: &'static str,
        parts: Vec<Part>,
    },
    /// An emitter; children are its [`Kind::Listener`]s; the event is emitted `emits` times.
    Emitter {
        emits: u32,
    },
    Listener(&'static str),
    Stream(StreamShape),
    /// A rejection that nobody handles.
    Reject,
    /// An error that nobody catches, as the last statement of a callback.
    Throw,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FsCall {
    ReadFile,
    Stat,
    Readdir,
    Missing,
    PromisesStat,
    PromisesReadFile,
}

/// What a chain begins with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Start {
    Resolved,
    Rejected,
    Executor,
    ResolvedWithPromise,
    Thenable,
    ByTick,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Link {
    Then,
    ThenBoth,
    Catch,
    Finally,
}

/// How a callback that makes a promise ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    Value,
    Promise,
    Thenable,
    AsyncFunction,
    Rejected,
    Throw,
}

/// What is awaited or yielded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operand {
    Value,
    Promise,
    Thenable,
    AsyncFunction,
    AsyncFunctionOfPromise,
    Tick,
    Microtask,
    Chain(u32),
    /// In a slot of immediates only.
    Immediate,
}

/// One promise of a combinator.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part {
    pub after: u32,
    pub fails: bool,
}

/// Streams that need nothing but ticks and microtasks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StreamShape {
    ReadableFrom { chunks: u32 },
    ForAwait { chunks: u32, stop_at: u32 },
    Readable { chunks: u32 },
    Writable { chunks: u32, ticks: bool, high_water_mark: u32 },
    Transform { chunks: u32, ticks: bool },
    Pipeline { chunks: u32, fail_at: u32 },
    Destroy { with_error: bool },
    Finished { chunks: u32 },
}

impl Node {
    /// Nodes of the whole tree.
    pub fn size(&self) -> usize {
        1 + self.children.iter().map(Self::size).sum::<usize>()
    }
}
