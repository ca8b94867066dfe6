//! libuv's loop and Node's queues, without a line of JavaScript.
//!
//! [`State`] is what host functions change while JavaScript runs; [`run`] is what happens between two calls into it.

pub mod pool;
mod run;
mod tasks;
#[cfg(test)]
mod tests;
pub mod timers;
pub mod watch;
pub mod wire;

use crate::budget::Budget;
use crate::database::Asker;
use crate::recorder::{Recorder, named};
use crate::scene::{CallbackId, Change, Handle, Kind, Nanos, Outcome, Phase, Queue, Stream, Timer};
use interleave_kernel::{Mark, Segment};
use pool::{Event, Pool, Request};
pub use run::run;
use std::collections::{BTreeMap, VecDeque};
use timers::{Millis, TimerId, TimerLists};
use watch::Watch;
use wire::{Arrival, Wire};

/// Nanoseconds in a millisecond.
pub const MILLI: Nanos = 1_000_000;
/// Virtual time a statement takes.
const STEP_COST: Nanos = 100;
/// Steps a callback is worth: it costs the engine more than a statement.
const CALLBACK_STEPS: u64 = 20;
/// `TIMEOUT_MAX` of lib/internal/timers.js: a longer delay becomes 1.
pub const TIMEOUT_MAX: f64 = 2_147_483_647.0;

/// A callback that waits.
pub struct Entry<C> {
    pub id: CallbackId,
    pub callback: C,
}

/// A timer as `setTimeout` made it; it lives until it has run or was cleared.
struct TimerEntry<C> {
    id: CallbackId,
    /// Taken out while it runs.
    callback: Option<C>,
    delay: Millis,
    repeats: bool,
    keeps_alive: bool,
}

/// An immediate, by the number JavaScript knows it by.
struct Immediate<C> {
    number: u32,
    keeps_alive: bool,
    entry: Entry<C>,
}

/// Why the process ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Halt {
    pub outcome: Outcome,
    /// The last note.
    pub note: String,
}

/// Everything that waits, and the clock.
pub struct State<C, J> {
    pub recorder: Recorder,
    pub budget: Budget,
    /// Set when the process ends; nothing runs from then on.
    pub halt: Option<Halt>,
    /// A promise was rejected and nobody handles it yet (`kHasRejectionToWarn`).
    pub rejection_to_warn: bool,
    /// Line of the program that ran last.
    pub line: Option<u32>,
    now: Nanos,
    /// How often the running callback has asked what time it is.
    clock_reads: u64,
    phase: Phase,
    running: Option<CallbackId>,
    ticks: VecDeque<Entry<C>>,
    microtasks: VecDeque<(CallbackId, J)>,
    timers: TimerLists,
    timer_entries: BTreeMap<TimerId, TimerEntry<C>>,
    next_timer: TimerId,
    /// Armed timers by when each is due, for the picture.
    due: Vec<(Nanos, TimerId)>,
    immediates: VecDeque<Immediate<C>>,
    /// Immediates of this check phase that have not run yet.
    outstanding: VecDeque<Immediate<C>>,
    next_immediate: u32,
    pending: VecDeque<Entry<C>>,
    ready: VecDeque<Entry<C>>,
    closing: VecDeque<Entry<C>>,
    pool: Pool<C>,
    /// Network events by when they arrive, then by order.
    network: BTreeMap<(Nanos, u32), Entry<C>>,
    next_event: u32,
    /// Open handles and whether they keep the process alive.
    handles: BTreeMap<u32, bool>,
    next_handle: u32,
    /// The way to a host beyond the program, if there is one.
    wire: Option<Wire<C>>,
    /// What is asked of it.
    pub watch: Option<Box<Watch>>,
}

impl<C: Clone, J> State<C, J> {
    pub fn new(recorder: Recorder, budget: Budget) -> Self {
        Self {
            recorder,
            budget,
            halt: None,
            rejection_to_warn: false,
            line: None,
            now: 0,
            clock_reads: 0,
            phase: Phase::Script,
            running: None,
            ticks: VecDeque::new(),
            microtasks: VecDeque::new(),
            timers: TimerLists::default(),
            timer_entries: BTreeMap::new(),
            next_timer: 1,
            due: Vec::new(),
            immediates: VecDeque::new(),
            outstanding: VecDeque::new(),
            next_immediate: 1,
            pending: VecDeque::new(),
            ready: VecDeque::new(),
            closing: VecDeque::new(),
            pool: Pool::default(),
            network: BTreeMap::new(),
            next_event: 0,
            handles: BTreeMap::new(),
            next_handle: 1,
            wire: None,
            watch: None,
        }
    }

    /// Virtual time since the process started.
    pub fn now(&self) -> Nanos {
        self.now
    }

    /// The loop's clock: whole milliseconds, as `uv_now` gives them.
    pub fn now_millis(&self) -> Millis {
        self.now / MILLI
    }

    /// Lets time pass.
    pub fn pass(&mut self, nanos: Nanos) {
        self.now += nanos;
    }

    /// Counts a step against the budgets. False when the process was stopped for it.
    pub fn take_step(&mut self) -> bool {
        self.take_steps(1)
    }

    fn take_steps(&mut self, steps: u64) -> bool {
        self.now += STEP_COST;
        if self.budget.steps < steps {
            let steps = Budget::default().steps;
            let place = self.line.map_or(String::new(), |line| format!(" Last seen on line {line}."));
            self.exhaust(format!("The program took {steps} steps and did not end: an endless loop?{place}"));
        } else {
            self.budget.steps -= steps;
        }
        self.halt.is_none()
    }

    /// A callback begins to run.
    fn begin(&mut self, id: CallbackId) {
        self.running = Some(id);
        self.recorder.resume_asker(id);
        self.clock_reads = 0;
        self.recorder.change(Change::Running(Some(id)));
    }

    /// Whether what runs now is the body of the main file.
    pub fn is_main_script_running(&self) -> bool {
        self.running.is_some_and(|id| self.recorder.kind(id) == Kind::Script)
    }

    /// The callback that runs now.
    pub fn running(&self) -> Option<CallbackId> {
        self.running
    }

    /// The time as a program reads it. Asking takes time, and more each time within one callback, up to a millisecond: so
    /// a busy wait ends soon enough.
    pub fn read_clock(&mut self) -> Nanos {
        self.clock_reads += 1;
        self.now += (self.clock_reads * 1_000).min(MILLI);
        self.now
    }

    /// Ends the process; the first reason counts.
    pub fn stop(&mut self, outcome: Outcome, note: impl Into<String>) {
        if self.halt.is_none() {
            self.halt = Some(Halt { outcome, note: note.into() });
        }
    }

    /// Ends the process because a budget is used up.
    pub fn exhaust(&mut self, message: String) {
        let line = self.line;
        self.stop(Outcome::Stopped { message: message.clone(), line }, format!("**Stopped.** {message}"));
    }

    /// Cuts a frame.
    pub fn frame(&mut self, mark: Mark, note: impl FnOnce() -> String) {
        self.observe_time();
        self.recorder.frame(mark, self.now, note);
        if self.recorder.len() >= self.budget.frames {
            let frames = self.recorder.len();
            self.exhaust(format!(
                "{frames} steps are on the tape, and the program is still running. A program that never ends on its own is cut here."
            ));
        }
    }

    // ---- What programs ask for ----

    /// `process.nextTick`.
    pub fn queue_tick(&mut self, name: &str, line: Option<u32>, callback: C) {
        let id = self.recorder.introduce(Kind::Tick, name, line);
        self.ticks.push_back(Entry { id, callback });
        self.recorder.change(Change::Enqueue(Queue::Ticks, id));
        self.frame(Mark::Step, || {
            format!("**{} waits for its tick.** process.nextTick runs it as soon as the current callback is done, before any promise.", named(id))
        });
    }

    /// `HostEnqueuePromiseJob`. What it will run is known only when it runs.
    pub fn queue_microtask(&mut self, line: Option<u32>, job: J) {
        let id = self.recorder.introduce(Kind::Microtask, "promise reaction", line);
        self.microtasks.push_back((id, job));
        self.recorder.change(Change::Enqueue(Queue::Microtasks, id));
        self.frame(Mark::Step, || {
            format!(
                "**{} becomes a microtask.** It runs when the tick queue is empty, before the loop moves on.",
                named(id)
            )
        });
    }

    /// The body of the main ES module: it runs inside a microtask.
    pub fn queue_module_body(&mut self, job: J) {
        let id = self.recorder.introduce(Kind::Script, "module body", None);
        self.microtasks.push_back((id, job));
        self.recorder.change(Change::Enqueue(Queue::Microtasks, id));
        self.frame(Mark::Step, || {
            "**An ES module is loaded asynchronously.** Its body will run inside a microtask: promise jobs it queues go before its ticks.".to_owned()
        });
    }

    /// `setTimeout` and `setInterval`. A delay that is not between 1 and [`TIMEOUT_MAX`] becomes 1.
    pub fn start_timer(&mut self, name: &str, line: Option<u32>, delay: f64, repeats: bool, callback: C) -> TimerId {
        let asked = delay;
        let delay = if (1.0..=TIMEOUT_MAX).contains(&delay) { delay as Millis } else { 1 };
        let number = self.next_timer;
        self.next_timer += 1;
        let kind = if repeats { Kind::Interval } else { Kind::Timer };
        let id = self.recorder.introduce(kind, name, line);
        self.timer_entries
            .insert(number, TimerEntry { id, callback: Some(callback), delay, repeats, keeps_alive: true });
        self.arm(number, self.now_millis());
        self.frame(Mark::Step, || {
            let corrected =
                if asked == delay as f64 { "" } else { " Node makes every delay at least 1 ms and drops fractions." };
            format!("**{} is armed:** due {delay} ms from now, in the timers phase, not earlier.{corrected}", named(id))
        });
        number
    }

    /// `clearTimeout`. True when the timer was still armed.
    pub fn clear_timer(&mut self, number: TimerId) -> bool {
        let Some(entry) = self.timer_entries.remove(&number) else { return false };
        let armed = self.timers.is_armed(number);
        if entry.keeps_alive {
            self.timers.unenroll(number);
        } else {
            self.timers.remove(number);
        }
        if armed {
            self.disarmed(number, entry.id);
            self.frame(Mark::Step, || format!("**{} is cleared.** It will not run.", named(entry.id)));
        }
        armed
    }

    /// `timeout.refresh()`: armed anew, from now.
    pub fn refresh_timer(&mut self, number: TimerId) {
        if let Some(entry) = self.timer_entries.get(&number) {
            let id = entry.id;
            self.disarmed(number, id);
            self.arm(number, self.now_millis());
            self.frame(Mark::Step, || format!("**{} is refreshed:** its delay starts again.", named(id)));
        }
    }

    /// `timeout.ref()` and `timeout.unref()`.
    pub fn ref_timer(&mut self, number: TimerId, keeps_alive: bool) {
        if let Some(entry) = self.timer_entries.get_mut(&number)
            && entry.keeps_alive != keeps_alive
        {
            entry.keeps_alive = keeps_alive;
            let id = entry.id;
            self.recorder.change(Change::KeepAlive(id, keeps_alive));
            self.frame(Mark::Step, || {
                let not = if keeps_alive { "keeps" } else { "no longer keeps" };
                format!("**{} {not} the process alive.**", named(id))
            });
        }
    }

    /// `setImmediate`.
    pub fn start_immediate(&mut self, name: &str, line: Option<u32>, callback: C) -> u32 {
        let number = self.next_immediate;
        self.next_immediate += 1;
        let id = self.recorder.introduce(Kind::Immediate, name, line);
        self.immediates.push_back(Immediate { number, keeps_alive: true, entry: Entry { id, callback } });
        self.recorder.change(Change::Enqueue(Queue::Check, id));
        let in_check = self.phase == Phase::Check;
        self.frame(Mark::Step, || {
            let when = if in_check {
                "This check phase has already taken its list, so it waits for the next turn"
            } else {
                "The check phase runs it, right after poll"
            };
            format!("**{} waits for the check phase.** {when}.", named(id))
        });
        number
    }

    /// `clearImmediate`.
    pub fn clear_immediate(&mut self, number: u32) {
        let found = [&mut self.immediates, &mut self.outstanding].into_iter().find_map(|list| {
            let at = list.iter().position(|immediate| immediate.number == number)?;
            list.remove(at)
        });
        if let Some(Immediate { entry, .. }) = found {
            self.recorder.change(Change::Dequeue(Queue::Check, entry.id));
            self.frame(Mark::Step, || format!("**{} is cleared.** It will not run.", named(entry.id)));
        }
    }

    /// `immediate.ref()` and `immediate.unref()`.
    pub fn ref_immediate(&mut self, number: u32, keeps_alive: bool) {
        for list in [&mut self.immediates, &mut self.outstanding] {
            list.iter_mut().filter(|i| i.number == number).for_each(|i| i.keeps_alive = keeps_alive);
        }
    }

    /// A request for the thread pool that takes `takes` nanoseconds of a thread.
    pub fn submit(&mut self, what: &str, name: &str, line: Option<u32>, takes: Nanos, slow: bool, callback: C) {
        self.observe_time(); // what was done before this request is done
        let id = self.recorder.introduce(Kind::PoolWork, name, line);
        let work = crate::scene::Work { callback: id, what: what.to_owned(), from: 0, until: 0 };
        self.recorder.change(Change::Wait(work));
        self.pool.clock(self.now);
        self.pool.submit(Request { id, what: what.to_owned(), takes, slow, callback });
        let what = what.to_owned();
        self.frame(Mark::Step, || {
            format!(
                "**The thread pool gets work:** {what}. JavaScript goes on; {} is called in a later poll phase.",
                named(id)
            )
        });
    }

    /// Something arrives from the network after `delay` nanoseconds.
    pub fn network(&mut self, what: &str, name: &str, line: Option<u32>, delay: Nanos, callback: C) {
        let id = self.recorder.introduce(Kind::Network, name, line);
        let sequence = self.next_event;
        self.next_event += 1;
        self.network.insert((self.now + delay, sequence), Entry { id, callback });
        let what = what.to_owned();
        self.frame(Mark::Step, || {
            format!("**The system works on it:** {what}. No thread waits; poll hears of it when it is ready.")
        });
    }

    // ---- The host beyond the program ----

    /// There is a host beyond the program.
    pub fn attach(&mut self, wire: Wire<C>) {
        let mut watch = Box::<Watch>::default();
        watch.log.round_trip = 2 * wire.half();
        self.watch = Some(watch);
        self.wire = Some(wire);
    }

    /// The wire to it. Without the feature `remote` there is *never* one, and nothing of it is compiled.
    fn wire(&mut self) -> Option<&mut Wire<C>> {
        self.wire.as_mut().filter(|_| cfg!(feature = "remote"))
    }

    /// Who notes what is asked of it.
    pub fn watch(&mut self) -> Option<&mut Watch> {
        self.watch.as_deref_mut().filter(|_| cfg!(feature = "remote"))
    }

    /// Opens a connection to the host. `receive` is called in the poll phase for each segment that arrives.
    pub fn open_remote(&mut self, receive: C) -> Option<u32> {
        let now = self.now;
        if let Some(watch) = self.watch() {
            watch.open(now);
        }
        self.wire().map(|wire| wire.open(now, receive))
    }

    /// Sends something to the host.
    pub fn send_remote(&mut self, connection: u32, segment: Segment) {
        let bytes = if let Segment::Data(bytes) = &segment { Some(bytes.len()) } else { None };
        let now = self.now;
        let Some(wire) = self.wire() else { return };
        wire.send(now, connection, segment);
        let half = wire.half();
        if let Some(bytes) = bytes {
            self.frame(Mark::Step, || {
                #[expect(clippy::cast_precision_loss, reason = "a time for people to read")]
                let millis = half as f64 / MILLI as f64;
                format!("**{bytes} bytes leave for the database.** They arrive there in {millis} ms; no thread waits for the answer.")
            });
        }
    }

    /// Takes what has arrived first on a connection to the host.
    pub fn take_remote(&mut self, connection: u32) -> Option<Segment> {
        self.wire()?.take(connection)
    }

    /// Nobody listens to a connection to the host any more.
    pub fn forget_remote(&mut self, connection: u32) {
        let now = self.now;
        if let Some(wire) = self.wire() {
            wire.forget(connection);
        }
        if let Some(watch) = self.watch() {
            watch.close(connection, now);
        }
    }

    /// A query is asked; its number in the log.
    pub fn ask_query(&mut self, text: &str, parameters: u32, asker: Asker) -> u32 {
        let (frame, now) = (self.recorder.len() as u32, self.now);
        let Some(watch) = self.watch() else { return 0 };
        let number = watch.ask(text, parameters, asker, frame, now);
        if number as usize >= self.budget.queries {
            let limit = self.budget.queries;
            self.exhaust(format!(
                "The program has asked its database {limit} times. That is where this simulation stops it."
            ));
        }
        number
    }

    /// Lets the host do what it does up to a time, and puts what it sends on its way here.
    fn advance_remote(&mut self, until: Nanos) {
        let Some(wire) = self.wire() else { return };
        let arrivals = wire.advance(until);
        let (received, half) = (wire.received, wire.half());
        let all_served = std::mem::take(&mut wire.served);
        for served in all_served {
            let arrives = served.ended + half + wire::transmission(served.bytes);
            if let Some(watch) = self.watch() {
                watch.serve(served, arrives);
            }
        }
        // What arrives is nobody's: who goes on because of it says so.
        let asker = self.recorder.asker();
        self.recorder.set_asker(None);
        for Arrival { at, receive } in arrivals {
            let id = self.recorder.introduce(Kind::Network, "client socket", None);
            let sequence = self.next_event;
            self.next_event += 1;
            self.network.insert((at, sequence), Entry { id, callback: receive });
        }
        self.recorder.set_asker(asker);
        if received > self.budget.received {
            let limit = Budget::default().received >> 20;
            self.exhaust(format!(
                "The database has sent more than {limit} MB. Ask it for fewer rows, or for fewer columns of them."
            ));
        }
    }

    /// An error of this turn that is reported in the next pending phase.
    pub fn queue_pending(&mut self, name: &str, line: Option<u32>, callback: C) {
        let id = self.recorder.introduce(Kind::Pending, name, line);
        self.pending.push_back(Entry { id, callback });
        self.recorder.change(Change::Enqueue(Queue::Pending, id));
        self.frame(Mark::Step, || format!("**{} waits for the pending phase.** The system answered at once; the answer is reported in a turn of the loop.", named(id)));
    }

    /// A handle's `close` event.
    pub fn queue_close(&mut self, name: &str, line: Option<u32>, callback: C) {
        let id = self.recorder.introduce(Kind::Close, name, line);
        self.closing.push_back(Entry { id, callback });
        self.recorder.change(Change::Enqueue(Queue::Close, id));
        self.frame(Mark::Step, || format!("**{} waits for the close phase,** the last of this turn.", named(id)));
    }

    /// Opens a handle that keeps the process alive.
    pub fn open_handle(&mut self, what: &str) -> u32 {
        let id = self.next_handle;
        self.next_handle += 1;
        self.handles.insert(id, true);
        self.recorder.change(Change::Open(Handle { id, what: what.to_owned(), keeps_alive: true }));
        id
    }

    /// Closes a handle.
    pub fn close_handle(&mut self, id: u32) {
        if self.handles.remove(&id).is_some() {
            self.recorder.change(Change::Shut(id));
        }
    }

    /// `ref()` and `unref()` of a handle.
    pub fn ref_handle(&mut self, id: u32, keeps_alive: bool) {
        if let Some(alive) = self.handles.get_mut(&id) {
            *alive = keeps_alive;
        }
    }

    /// Text for stdout or stderr.
    pub fn print(&mut self, stream: Stream, text: &str) {
        if self.budget.output < text.len() {
            let limit = Budget::default().output / 1_000_000;
            return self.exhaust(format!("The program wrote more than {limit} MB of output."));
        }
        self.budget.output -= text.len();
        let now = self.now();
        self.recorder.print(stream, text, now);
        let where_to = if stream == Stream::Stdout { "prints" } else { "writes to stderr" };
        let shown: String = text.trim_end().chars().take(80).collect();
        self.frame(Mark::Step, || format!("**It {where_to}** {}", interleave_kernel::Note::code(&shown)));
    }

    // ---- What the loop asks ----

    /// `uv__loop_alive`.
    fn is_alive(&self) -> bool {
        self.due.iter().any(|(_, number)| self.timer_entries.get(number).is_some_and(|timer| timer.keeps_alive))
            || self.immediates.iter().any(|immediate| immediate.keeps_alive)
            || !self.pending.is_empty()
            || !self.ready.is_empty()
            || !self.closing.is_empty()
            || !self.pool.is_idle()
            || !self.network.is_empty()
            || self.handles.values().any(|&alive| alive)
    }

    /// When something happens next, if `timer` is when the next timer is due. What happens at the host before that comes about here, for
    /// what it sends may be what happens next.
    fn next_event(&mut self, timer: Option<Nanos>) -> Option<Nanos> {
        loop {
            let outside = [self.pool.next_done(), self.network.first_key_value().map(|(&(at, _), _)| at)];
            let next = timer.into_iter().chain(outside.into_iter().flatten()).min();
            let remote = self.wire().and_then(|wire| wire.next());
            match remote.filter(|&remote| next.is_none_or(|next| remote < next)) {
                Some(remote) if self.halt.is_none() && remote <= self.budget.time => self.advance_remote(remote),
                Some(remote) => return Some(remote),
                None => return next,
            }
        }
    }

    /// Puts a timer on the lists, counting its delay from `start`.
    fn arm(&mut self, number: TimerId, start: Millis) {
        let entry = &self.timer_entries[&number];
        self.timers.insert(number, entry.delay, start);
        let due = (start + entry.delay) * MILLI;
        let index = self.due.partition_point(|&(other, _)| other <= due);
        self.due.insert(index, (due, number));
        let timer = Timer {
            callback: entry.id,
            due,
            delay: entry.delay,
            repeats: entry.repeats,
            keeps_alive: entry.keeps_alive,
        };
        self.recorder.change(Change::Arm { index: index as u32, timer });
    }

    /// Takes a timer out of the picture's due order.
    fn disarmed(&mut self, number: TimerId, id: CallbackId) {
        if let Some(at) = self.due.iter().position(|&(_, other)| other == number) {
            self.due.remove(at);
            self.recorder.change(Change::Disarm(id));
        }
    }

    /// Everything outside of JavaScript that happened up to now: threads that finished, data that arrived.
    fn observe_time(&mut self) {
        while let Some(event) = self.pool.advance(self.now) {
            match event {
                Event::Started { thread, work } => self.recorder.change(Change::Start(thread, work)),
                Event::Done { thread, id, callback } => {
                    self.recorder.change(Change::Finish(thread));
                    self.recorder.change(Change::Enqueue(Queue::Poll, id));
                    self.ready.push_back(Entry { id, callback });
                }
            }
        }
        self.advance_remote(self.now);
        while let Some(entry) = self.network.first_entry().filter(|entry| entry.key().0 <= self.now) {
            let arrived = entry.remove();
            self.recorder.change(Change::Enqueue(Queue::Poll, arrived.id));
            self.ready.push_back(arrived);
        }
    }
}
