//! Random trees that keep the rules of [`crate::program`].

use crate::program::{End, FsCall, Kind, Link, Node, Operand, Part, SLOT, Start, StreamShape, Work};

/// SplitMix64 (Steele, Lea, Flood, *Fast splittable pseudorandom number generators*, 2014).
pub struct Lot(u64);

impl Lot {
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below `end`.
    fn below(&mut self, end: u32) -> u32 {
        u32::try_from(self.next() % u64::from(end)).expect("smaller than a u32")
    }

    fn one_in(&mut self, n: u32) -> bool {
        self.below(n) == 0
    }

    fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.below(u32::try_from(from.len()).expect("a short list")) as usize]
    }
}

/// The last slot that a timer may take: keeps a program below half a second.
const LAST_SLOT: u32 = 7;
/// Ways to write one millisecond.
const ONE: [&str; 6] = ["0", "1", "undefined", "-1", "0.5", "1.9"];

/// Where a statement stands.
#[derive(Clone, Copy)]
struct Place {
    /// The slot in which it runs; 0 is the main script.
    slot: u32,
    work: Work,
    /// Whether immediates with a quiet body may wait here: beside an fs call, which is then a `readFile`, or beside timers
    /// of one millisecond armed in the poll phase.
    shallow_immediates: bool,
    /// Whether it may run more than once: then it starts no timer and no fs call.
    repeated: bool,
    /// fs calls that may still follow each other, this one included; the flag of [`Generator::io`] says whether it is free.
    depth: u32,
    /// Inside an async function.
    awaits: bool,
    /// In a callback whose errors nobody catches.
    may_throw: bool,
    /// Where an uncaught error would leave ticks behind that race something else.
    calm: bool,
}

struct Generator {
    lot: Lot,
    next_id: u32,
    /// Nodes that may still be made.
    budget: u32,
    /// The first slot that no timer has taken.
    free_slot: u32,
    /// A slot that timers of the same slot may share: (armed in, due in).
    shared: Option<(u32, u32)>,
    /// fs calls that the current callback may still start: one.
    io: u32,
    /// Nodes that can be cleared.
    clearable: Vec<u32>,
}

/// The program of a seed.
pub fn generate(seed: u64) -> Node {
    let mut lot = Lot::new(seed);
    let budget = 6 + lot.below(26);
    let module = lot.one_in(3);
    let mut generator = Generator { lot, next_id: 1, budget, free_slot: 1, shared: None, io: 0, clearable: Vec::new() };
    let work = generator.lot.pick(&[Work::Quiet, Work::Immediates, Work::Immediates, Work::Io, Work::Io, Work::Zero]);
    let place = Place {
        slot: 0,
        work,
        shallow_immediates: false,
        repeated: false,
        depth: 0,
        awaits: module,
        may_throw: !module,
        calm: false,
    };
    let mut main = Node { id: 0, kind: Kind::Main { module }, children: Vec::new() };
    main.children = generator.callback(place, 2, 7);
    main
}

impl Generator {
    fn node(&mut self, kind: Kind, children: Vec<Node>) -> Node {
        let id = self.next_id;
        self.next_id += 1;
        Node { id, kind, children }
    }

    /// The body of a callback that the loop runs: it may start one fs call when its place does I/O.
    fn callback(&mut self, mut place: Place, least: u32, most: u32) -> Vec<Node> {
        let outer = std::mem::replace(&mut self.io, u32::from(place.work == Work::Io));
        if place.work == Work::Io {
            place.shallow_immediates = self.lot.one_in(2);
            if place.depth == 0 {
                place.depth = 1 + self.lot.below(3);
            }
        }
        let body = self.statements(place, least, most);
        self.io = outer;
        body
    }

    fn statements(&mut self, place: Place, least: u32, most: u32) -> Vec<Node> {
        let count = least + self.lot.below(most - least + 1);
        let mut body = Vec::new();
        for _ in 0..count {
            if self.budget == 0 {
                break;
            }
            self.budget -= 1;
            body.extend(self.statement(place));
        }
        let races = place.calm || matches!(place.work, Work::Io | Work::Zero);
        if place.may_throw && !races && self.lot.one_in(14) {
            body.push(self.node(Kind::Throw, Vec::new()));
        }
        body
    }

    /// The body of a callback that runs before the loop goes on.
    fn soon(&mut self, place: Place) -> Vec<Node> {
        self.statements(place, 0, 3)
    }

    fn statement(&mut self, place: Place) -> Option<Node> {
        let within = Place { awaits: false, may_throw: true, ..place };
        let handled = Place { awaits: false, may_throw: false, ..place };
        Some(match self.lot.below(36) {
            0..=3 => self.node(Kind::Log, Vec::new()),
            4..=6 => {
                let body = self.soon(within);
                self.node(Kind::Tick, body)
            }
            7..=8 => {
                let body = self.soon(within);
                self.node(Kind::Microtask, body)
            }
            9..=13 => return self.loop_work(place),
            14..=16 => return self.timer(place),
            17..=19 => self.chain(handled),
            20..=22 => {
                let mut body = self.statements(Place { awaits: true, ..handled }, 1, 4);
                let operand = self.operand(place);
                let at = self.lot.below(u32::try_from(body.len()).expect("short") + 1) as usize;
                let point = self.node(Kind::Await(operand), Vec::new());
                body.insert(at, point);
                let end = self.end();
                self.node(Kind::Async { end }, body)
            }
            23..=24 if place.awaits => {
                let operand = self.operand(place);
                self.node(Kind::Await(operand), Vec::new())
            }
            25 if place.awaits => {
                let inner = Place { awaits: true, may_throw: false, ..place };
                let blocks = [0, 1, 2].map(|index| {
                    let mut body = self.statements(inner, 0, 2);
                    if index == 0 && self.lot.one_in(2) || index == 2 && self.lot.one_in(4) {
                        let operand = self.operand(place);
                        body.push(self.node(Kind::Await(operand), Vec::new()));
                    }
                    if index == 0 && self.lot.one_in(2) {
                        body.push(self.node(Kind::Throw, Vec::new()));
                    }
                    self.node(Kind::Block, body)
                });
                self.node(Kind::Try, blocks.into())
            }
            26 => {
                let mut body = Vec::new();
                for _ in 0..1 + self.lot.below(3) {
                    body.extend(self.statements(Place { awaits: true, ..handled }, 0, 1));
                    let operand = self.operand(place);
                    body.push(self.node(Kind::Yield(operand), Vec::new()));
                }
                self.node(Kind::AsyncGenerator, body)
            }
            27..=28 => {
                let method = self.lot.pick(&["all", "allSettled", "race", "any"]);
                let parts = (0..1 + self.lot.below(3))
                    .map(|_| Part { after: self.lot.below(4), fails: self.lot.one_in(4) })
                    .collect();
                self.node(Kind::Combine { method, parts }, Vec::new())
            }
            29..=30 => {
                let listeners = (0..1 + self.lot.below(3))
                    .map(|_| {
                        let how = self.lot.pick(&["on", "once", "prependListener", "async on"]);
                        let body = self.statements(Place { repeated: true, ..handled }, 0, 2);
                        self.node(Kind::Listener(how), body)
                    })
                    .collect();
                let emits = 1 + self.lot.below(2);
                self.node(Kind::Emitter { emits }, listeners)
            }
            31..=33 => {
                let shape = self.stream();
                self.node(Kind::Stream(shape), Vec::new())
            }
            34 if self.lot.one_in(2) => self.node(Kind::Reject, Vec::new()),
            35 if !self.clearable.is_empty() => {
                let target =
                    self.clearable[self.lot.below(u32::try_from(self.clearable.len()).expect("short")) as usize];
                self.node(Kind::Clear { target }, Vec::new())
            }
            34 if place.slot == 0 && place.work == Work::Quiet => {
                let body = self.statements(Place { awaits: false, may_throw: false, ..place }, 1, 3);
                self.node(Kind::File, body)
            }
            _ => self.node(Kind::Log, Vec::new()),
        })
    }

    /// What the place's policy allows to ask of the loop.
    fn loop_work(&mut self, place: Place) -> Option<Node> {
        let quiet = Place { work: Work::Quiet, shallow_immediates: false, awaits: false, calm: true, ..place };
        let (kind, body) = match place.work {
            Work::Immediates => {
                let inner = Place { awaits: false, may_throw: true, ..place };
                (Kind::Immediate, self.callback(inner, 0, 3))
            }
            Work::Io if self.io > 0 && !place.repeated => {
                self.io = 0;
                let any = self.lot.pick(&[
                    FsCall::ReadFile,
                    FsCall::ReadFile,
                    FsCall::Stat,
                    FsCall::Readdir,
                    FsCall::Missing,
                    FsCall::PromisesStat,
                    FsCall::PromisesReadFile,
                ]);
                let call = if place.shallow_immediates { FsCall::ReadFile } else { any };
                let depth = place.depth - 1;
                let last = self.lot.pick(&[Work::Immediates, Work::Quiet, Work::Zero]);
                let work = if depth == 0 { last } else { Work::Io };
                let promise = matches!(call, FsCall::PromisesStat | FsCall::PromisesReadFile);
                let shallow_immediates = work == Work::Zero;
                let inner = Place { work, depth, shallow_immediates, awaits: false, may_throw: !promise, ..place };
                (Kind::Fs(call), self.callback(inner, 0, 4))
            }
            Work::Zero if place.shallow_immediates && !place.repeated && self.lot.one_in(2) => {
                (Kind::Immediate, self.callback(quiet, 0, 2))
            }
            Work::Zero => {
                let written = self.lot.pick(&ONE);
                (Kind::ZeroTimeout { written }, self.callback(quiet, 0, 2))
            }
            _ if place.shallow_immediates => (Kind::Immediate, self.callback(quiet, 0, 2)),
            _ => return None,
        };
        let node = self.node(kind, body);
        if matches!(node.kind, Kind::Immediate | Kind::ZeroTimeout { .. }) {
            self.clearable.push(node.id);
        }
        Some(node)
    }

    fn timer(&mut self, place: Place) -> Option<Node> {
        if place.repeated {
            return None;
        }
        let quiet = |slot| Place {
            slot,
            work: Work::Quiet,
            shallow_immediates: false,
            repeated: false,
            depth: 0,
            awaits: false,
            may_throw: true,
            calm: false,
        };
        if let Some((from, due)) = self.shared
            && from == place.slot
            && self.lot.one_in(2)
        {
            let body = self.callback(Place { calm: true, ..quiet(due) }, 0, 3);
            return Some(self.timeout((due - from) * SLOT, false, body));
        }
        let due = self.free_slot.max(place.slot + 1);
        if due > LAST_SLOT {
            return None;
        }
        let delay = due - place.slot;
        if delay <= 2 && due + delay <= LAST_SLOT && self.lot.one_in(5) {
            self.free_slot = due + delay + 1;
            let body = self.callback(Place { repeated: true, ..quiet(due) }, 0, 2);
            let node = self.node(Kind::Interval { ms: delay * SLOT, rounds: 2 }, body);
            return Some(node);
        }
        self.free_slot = due + 1;
        if self.lot.one_in(3) {
            self.shared = Some((place.slot, due));
            let body = self.callback(Place { calm: true, ..quiet(due) }, 0, 3);
            return Some(self.timeout(delay * SLOT, false, body));
        }
        let work = self.lot.pick(&[Work::Quiet, Work::Immediates, Work::Io, Work::Zero]);
        let body = self.callback(Place { work, ..quiet(due) }, 1, 4);
        let unref = self.lot.one_in(8);
        Some(self.timeout(delay * SLOT, unref, body))
    }

    fn timeout(&mut self, ms: u32, unref: bool, body: Vec<Node>) -> Node {
        let node = self.node(Kind::Timeout { ms, unref }, body);
        self.clearable.push(node.id);
        node
    }

    fn chain(&mut self, place: Place) -> Node {
        let start = self.lot.pick(&[
            Start::Resolved,
            Start::Resolved,
            Start::Rejected,
            Start::Executor,
            Start::ResolvedWithPromise,
            Start::Thenable,
            Start::ByTick,
        ]);
        let links = (0..1 + self.lot.below(4))
            .map(|_| {
                let how = self.lot.pick(&[Link::Then, Link::Then, Link::ThenBoth, Link::Catch, Link::Finally]);
                let end = self.end();
                let body = self.statements(place, 0, 2);
                self.node(Kind::Link { how, end }, body)
            })
            .collect();
        self.node(Kind::Chain(start), links)
    }

    fn end(&mut self) -> End {
        self.lot.pick(&[
            End::Value,
            End::Value,
            End::Value,
            End::Promise,
            End::Thenable,
            End::AsyncFunction,
            End::Rejected,
            End::Throw,
        ])
    }

    fn operand(&mut self, place: Place) -> Operand {
        if place.work == Work::Immediates && self.lot.one_in(4) {
            return Operand::Immediate;
        }
        match self.lot.below(8) {
            0 => Operand::Value,
            1 => Operand::Promise,
            2 => Operand::Thenable,
            3 => Operand::AsyncFunction,
            4 => Operand::AsyncFunctionOfPromise,
            5 => Operand::Tick,
            6 => Operand::Microtask,
            _ => Operand::Chain(1 + self.lot.below(4)),
        }
    }

    fn stream(&mut self) -> StreamShape {
        let chunks = 1 + self.lot.below(3);
        match self.lot.below(8) {
            0 => StreamShape::ReadableFrom { chunks },
            1 => StreamShape::ForAwait { chunks, stop_at: self.lot.below(4) },
            2 => StreamShape::Readable { chunks },
            3 => StreamShape::Writable { chunks, ticks: self.lot.one_in(2), high_water_mark: 1 + self.lot.below(4) },
            4 => StreamShape::Transform { chunks, ticks: self.lot.one_in(2) },
            5 => StreamShape::Pipeline { chunks, fail_at: self.lot.below(5) },
            6 => StreamShape::Destroy { with_error: self.lot.one_in(2) },
            _ => StreamShape::Finished { chunks },
        }
    }
}
