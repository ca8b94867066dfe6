//! A tape made by hand: a script with a timer, a promise and a tick, then a request of the thread pool.

use interleave_kernel::{Mark, Note};
use interleave_node::{Callback, CallbackId, Change, Kind, NodeTape, Print, Queue, StackFrame, Stream, Timer, Work};
use std::rc::Rc;

#[cfg(target_arch = "wasm32")]
pub const PROGRAM: &str = "const fs = require('fs')
setTimeout(function late() { console.log('timeout') }, 0)
Promise.resolve().then(function settled() {
  console.log('promise')
})
process.nextTick(function tick() { console.log('tick') })
fs.stat('notes.txt', function found() { console.log('found') })
";

pub const SCRIPT: CallbackId = CallbackId(0);
pub const LATE: CallbackId = CallbackId(1);
pub const SETTLED: CallbackId = CallbackId(2);
pub const TICK: CallbackId = CallbackId(3);
pub const FOUND: CallbackId = CallbackId(4);

/// The tape of [`PROGRAM`]: 21 frames.
pub fn tape() -> NodeTape {
    use Change::*;
    let cast = [
        (Kind::Script, "main script", None),
        (Kind::Timer, "late", Some(2)),
        (Kind::Microtask, "settled", Some(3)),
        (Kind::Tick, "tick", Some(6)),
        (Kind::PoolWork, "found", Some(7)),
    ];
    let cast = cast.map(|(kind, name, line)| Callback { kind, name: name.into(), line }).to_vec();
    let mut tape = NodeTape::default();
    let on = |name: &str, line| Stack { keep: 0, push: vec![StackFrame { name: name.into(), line: Some(line) }] };
    let off = || Stack { keep: 0, push: Vec::new() };
    let mut add = |mark, note: &str, changes| tape.record(mark, Note::new(note), changes);
    let timer = Timer { callback: LATE, due: 1_000_000, delay: 1, repeats: false, keeps_alive: true };
    let work = |from, until| Work { callback: FOUND, what: "stat notes.txt".into(), from, until };

    add(
        Mark::Section,
        "**The main script starts.**",
        vec![Cast(Rc::new(cast)), Running(Some(SCRIPT)), on("main script", 1)],
    );
    add(Mark::Step, "**Line 2.** A timer is set.", vec![on("main script", 2), Clock(20_000)]);
    add(
        Mark::Step,
        "**`late` waits for its time.** It is due in 1 ms.",
        vec![Arm { index: 0, timer }, on("main script", 3)],
    );
    add(
        Mark::Step,
        "**`settled` joins the microtasks.**",
        vec![Enqueue(Queue::Microtasks, SETTLED), on("main script", 6), Clock(60_000)],
    );
    add(Mark::Step, "**`tick` joins the tick queue.**", vec![Enqueue(Queue::Ticks, TICK), on("main script", 7)]);
    add(Mark::Step, "**A thread takes the request.**", vec![Start(0, work(80_000, 2_000_000)), Clock(80_000)]);
    add(Mark::Unit, "**The main script is done.** Nothing else has run yet.", vec![Running(None), off()]);
    add(
        Mark::Unit,
        "**The stack is empty, so the ticks run.** `tick` came from line 6.",
        vec![Dequeue(Queue::Ticks, TICK), Running(Some(TICK)), on("tick", 6)],
    );
    add(Mark::Step, "**It prints `tick`.**", vec![print("tick\n", 8)]);
    add(Mark::Unit, "**`tick` returns.**", vec![Running(None), off()]);
    add(
        Mark::Unit,
        "**The tick queue is empty, so the microtasks run.**",
        vec![Dequeue(Queue::Microtasks, SETTLED), Running(Some(SETTLED)), on("settled", 4)],
    );
    add(Mark::Step, "**It prints `promise`.**", vec![print("promise\n", 11)]);
    add(Mark::Unit, "**`settled` returns.**", vec![Running(None), off(), Clock(1_100_000)]);
    add(Mark::Section, "**The timers phase begins.**", vec![Phase(interleave_node::Phase::Timers)]);
    add(
        Mark::Unit,
        "**`late` is due, so it runs.**",
        vec![Disarm(LATE), Running(Some(LATE)), on("late", 2), print("timeout\n", 14)],
    );
    add(Mark::Unit, "**`late` returns.**", vec![Running(None), off()]);
    add(
        Mark::Section,
        "**The poll phase waits for the thread pool.**",
        vec![Turn, Phase(interleave_node::Phase::Poll)],
    );
    add(
        Mark::Step,
        "**The file was found.** Its callback waits in poll.",
        vec![Finish(0), Enqueue(Queue::Poll, FOUND), Clock(2_000_000)],
    );
    add(
        Mark::Unit,
        "**`found` runs.**",
        vec![Dequeue(Queue::Poll, FOUND), Running(Some(FOUND)), on("found", 7), print("found\n", 18)],
    );
    add(Mark::Unit, "**`found` returns.**", vec![Running(None), off()]);
    add(
        Mark::Section,
        "**The process ends with exit code 0.**",
        vec![Phase(interleave_node::Phase::Exit), Outcome(Rc::new(interleave_node::Outcome::Exited { code: 0 }))],
    );
    tape
}

fn print(text: &str, frame: u32) -> Change {
    Change::Print(Rc::new(Print { stream: Stream::Stdout, text: text.into(), frame, at: 0 }))
}

/// A tape of that many frames, in which every frame queues a tick and prints a line.
#[cfg(target_arch = "wasm32")]
pub fn long(frames: u32) -> NodeTape {
    let mut tape = NodeTape::default();
    for frame in 0..frames {
        let note = Note::new(format!("**Frame {frame}.**"));
        tape.record(Mark::Step, note, vec![Change::Enqueue(Queue::Ticks, CallbackId(frame)), print("again\n", frame)]);
    }
    tape
}
