//! One frame of a running Node: what waits where, what runs, and what was printed.

use crate::database::DatabaseLog;
use interleave_kernel::Tape;
use serde::{Deserialize, Serialize};
use std::rc::Rc;

/// The recording of one program.
pub type NodeTape = Tape<Scene>;

/// Virtual time in nanoseconds since the process started.
pub type Nanos = u64;

/// Identifies a callback through its whole life: the one that leaves one queue is the one that arrives in the next.
/// An index into [`Scene::cast`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct CallbackId(pub u32);

/// What made Node hold on to a callback. It decides the callback's colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Kind {
    /// The main script itself, or the body of an ES module.
    Script,
    /// `process.nextTick`.
    Tick,
    /// A promise reaction, the rest of an async function after an `await`, or `queueMicrotask`.
    Microtask,
    /// `setTimeout`.
    Timer,
    /// `setInterval`.
    Interval,
    /// `setImmediate`.
    Immediate,
    /// A completed request of the thread pool.
    PoolWork,
    /// A socket or server that became ready.
    Network,
    /// An error of the last turn, delivered in the pending phase.
    Pending,
    /// `close` of a handle, delivered in the close phase.
    Close,
}

/// A callback as it is introduced to the reader.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Callback {
    pub kind: Kind,
    /// The function's name; what it is, in a word or two, when it has none (`await in load`, `fs.readFile`).
    pub name: String,
    /// The line of the program that handed it to Node, from 1.
    pub line: Option<u32>,
}

/// Where the loop is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Phase {
    /// The main script runs; the loop has not started.
    #[default]
    Script,
    Timers,
    Pending,
    /// Idle and prepare: libuv's own, nothing of the program runs there.
    Prepare,
    Poll,
    Check,
    Close,
    /// The loop has nothing left: `beforeExit` and `exit` are emitted.
    Exit,
}

/// A function on the call stack.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StackFrame {
    /// Function name; `main script` for the module body, `(anonymous)` for a function without a name.
    pub name: String,
    /// The line of the program it has reached, from 1. `None` inside Node itself.
    pub line: Option<u32>,
}

/// An armed timer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Timer {
    pub callback: CallbackId,
    /// When it is due.
    pub due: Nanos,
    /// The delay asked for, in milliseconds, after Node's correction (at least 1).
    pub delay: u64,
    /// Whether it is re-armed after it ran.
    pub repeats: bool,
    /// Whether it keeps the process alive (`unref` turns it off).
    pub keeps_alive: bool,
}

/// A request on the thread pool, or waiting for a free thread.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Work {
    pub callback: CallbackId,
    /// The request in the program's terms: `open notes.txt`, `pbkdf2`.
    pub what: String,
    /// When a thread took it and when it will be done; zero while it waits.
    pub from: Nanos,
    pub until: Nanos,
}

/// Something the poll phase waits for that is not pool work: a listening server, an open socket.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Handle {
    pub id: u32,
    /// `server :3000`, `socket :3000`.
    pub what: String,
    pub keeps_alive: bool,
}

/// Where printed text went.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Stream {
    Stdout,
    Stderr,
}

/// Text the program wrote.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Print {
    pub stream: Stream,
    /// As written: with its line end, when it has one.
    pub text: String,
    /// The frame that wrote it.
    pub frame: u32,
    /// When.
    pub at: Nanos,
}

/// How a run ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Outcome {
    /// The process ended by itself or by `process.exit`.
    Exited { code: i32 },
    /// An error that nobody handled ended the process. `line` is where it came from, when that is in the main file.
    Threw { code: i32, message: String, line: Option<u32> },
    /// The program cannot be compiled. `line` and `column` from 1.
    Rejected { message: String, line: u32, column: u32 },
    /// A budget was used up; the message says which, where and why.
    Stopped { message: String, line: Option<u32> },
}

/// The queues of callbacks that are nothing but an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Queue {
    /// `process.nextTick`.
    Ticks,
    Microtasks,
    /// Deferred errors.
    Pending,
    /// I/O that is done and whose callback waits for the poll phase.
    Poll,
    /// `setImmediate`.
    Check,
    Close,
}

/// Everything one can see in one frame.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Scene {
    /// Everyone who appears in this run, by [`CallbackId`]. Known from the first frame on.
    pub cast: Rc<Vec<Callback>>,
    pub clock: Nanos,
    pub phase: Phase,
    /// Turns of the loop begun; 0 before the loop starts.
    pub turn: u32,
    /// Callback whose code runs now.
    pub running: Option<CallbackId>,
    /// Functions of the program that are running, outermost first.
    pub stack: Vec<StackFrame>,
    pub ticks: Vec<CallbackId>,
    pub microtasks: Vec<CallbackId>,
    /// Armed timers in the order in which they will run.
    pub timers: Vec<Timer>,
    pub pending: Vec<CallbackId>,
    pub poll: Vec<CallbackId>,
    pub check: Vec<CallbackId>,
    pub close: Vec<CallbackId>,
    /// libuv's four threads.
    pub threads: [Option<Work>; 4],
    /// Requests that wait for a thread, first come first.
    pub waiting: Vec<Work>,
    pub handles: Vec<Handle>,
    pub console: Vec<Rc<Print>>,
    /// Set in the last frame.
    pub outcome: Option<Rc<Outcome>>,
    /// What the program asks of its database in the whole run. A frame is at its clock: what is later has not happened yet.
    pub database: Option<Rc<DatabaseLog>>,
}

/// What can be different between two frames.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Change {
    /// Introduces everyone; the first change of a tape.
    Cast(Rc<Vec<Callback>>),
    Clock(Nanos),
    Phase(Phase),
    /// The loop begins another turn.
    Turn,
    /// A callback begins to run, or nothing does.
    Running(Option<CallbackId>),
    /// Keeps the outermost `keep` functions of the stack and puts `push` on top.
    Stack {
        keep: u32,
        push: Vec<StackFrame>,
    },
    Enqueue(Queue, CallbackId),
    Dequeue(Queue, CallbackId),
    /// Arms a timer at `index` of the due order.
    Arm {
        index: u32,
        timer: Timer,
    },
    Disarm(CallbackId),
    /// `ref` and `unref` of a timer.
    KeepAlive(CallbackId, bool),
    /// A request joins those that wait for a thread.
    Wait(Work),
    /// A thread (0 to 3) takes a request, which leaves the waiting line.
    Start(u8, Work),
    /// A thread is done with its request.
    Finish(u8),
    Open(Handle),
    Shut(u32),
    Print(Rc<Print>),
    Outcome(Rc<Outcome>),
    /// Introduces everything that was asked of a database; with the cast, if there was one.
    Database(Rc<DatabaseLog>),
}

impl Outcome {
    /// The exit code of a process that ended; `None` for one that was stopped.
    pub fn code(&self) -> Option<i32> {
        match self {
            Self::Exited { code } | Self::Threw { code, .. } => Some(*code),
            Self::Rejected { .. } => Some(1),
            Self::Stopped { .. } => None,
        }
    }
}

impl Scene {
    /// Who a callback is. Total: an unknown one is introduced as itself.
    pub fn callback(&self, id: CallbackId) -> Callback {
        self.cast.get(id.0 as usize).cloned().unwrap_or_else(|| Callback {
            kind: Kind::Script,
            name: format!("callback {}", id.0),
            line: None,
        })
    }

    /// The line of the program that runs now, from 1.
    pub fn line(&self) -> Option<u32> {
        self.stack.iter().rev().find_map(|frame| frame.line)
    }

    /// A queue's callbacks, first to run first.
    pub fn queue(&self, queue: Queue) -> &[CallbackId] {
        match queue {
            Queue::Ticks => &self.ticks,
            Queue::Microtasks => &self.microtasks,
            Queue::Pending => &self.pending,
            Queue::Poll => &self.poll,
            Queue::Check => &self.check,
            Queue::Close => &self.close,
        }
    }

    fn queue_mut(&mut self, queue: Queue) -> &mut Vec<CallbackId> {
        match queue {
            Queue::Ticks => &mut self.ticks,
            Queue::Microtasks => &mut self.microtasks,
            Queue::Pending => &mut self.pending,
            Queue::Poll => &mut self.poll,
            Queue::Check => &mut self.check,
            Queue::Close => &mut self.close,
        }
    }
}

impl interleave_kernel::Scene for Scene {
    type Change = Change;

    fn apply(&mut self, change: &Change) {
        match change.clone() {
            Change::Cast(cast) => self.cast = cast,
            Change::Clock(now) => self.clock = now,
            Change::Phase(phase) => self.phase = phase,
            Change::Turn => self.turn += 1,
            Change::Running(callback) => self.running = callback,
            Change::Stack { keep, push } => {
                self.stack.truncate(keep as usize);
                self.stack.extend(push);
            }
            Change::Enqueue(queue, id) => self.queue_mut(queue).push(id),
            Change::Dequeue(queue, id) => remove_first(self.queue_mut(queue), |&other| other == id),
            Change::Arm { index, timer } => {
                let index = (index as usize).min(self.timers.len());
                self.timers.insert(index, timer);
            }
            Change::Disarm(id) => remove_first(&mut self.timers, |timer| timer.callback == id),
            Change::KeepAlive(id, on) => {
                self.timers.iter_mut().filter(|timer| timer.callback == id).for_each(|timer| timer.keeps_alive = on);
            }
            Change::Wait(work) => self.waiting.push(work),
            Change::Start(thread, work) => {
                remove_first(&mut self.waiting, |other| other.callback == work.callback);
                if let Some(slot) = self.threads.get_mut(thread as usize) {
                    *slot = Some(work);
                }
            }
            Change::Finish(thread) => {
                if let Some(slot) = self.threads.get_mut(thread as usize) {
                    *slot = None;
                }
            }
            Change::Open(handle) => self.handles.push(handle),
            Change::Shut(id) => remove_first(&mut self.handles, |handle| handle.id == id),
            Change::Print(print) => self.console.push(print),
            Change::Outcome(outcome) => self.outcome = Some(outcome),
            Change::Database(log) => self.database = Some(log),
        }
    }
}

fn remove_first<T>(list: &mut Vec<T>, is: impl Fn(&T) -> bool) {
    if let Some(at) = list.iter().position(is) {
        list.remove(at);
    }
}
