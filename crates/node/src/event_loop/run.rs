//! One process, from the main script to `exit`: `uv_run` in `UV_RUN_DEFAULT` (libuv src/unix/core.c) around Node's own
//! processing of timers and immediates (lib/internal/timers.js, src/env.cc).

use super::timers::Next;
use super::{CALLBACK_STEPS, Entry, MILLI, State};
use crate::engine::Engine;
use crate::recorder::named;
use crate::scene::{CallbackId, Change, Kind, Outcome, Phase, Queue};
use interleave_kernel::Mark;
use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::Rc;

/// What engine and loop share.
pub type Shared<E> = Rc<RefCell<State<<E as Engine>::Callback, <E as Engine>::Job>>>;

/// Virtual time a turn of the loop takes by itself.
const TURN_COST: u64 = 1_000;
/// How often libuv serves what the poll phase put on the pending queue, right after poll.
const PENDING_ROUNDS: usize = 8;

/// Runs a process to its end. [`State::halt`] says how it ended.
///
/// `slow_timers` decides the race in the main script: without it a millisecond has passed when the loop starts, so a
/// timer of 1 ms is due in the first timers phase.
pub fn run<E: Engine>(engine: &mut E, state: &Shared<E>, slow_timers: bool) {
    let mut driver = Driver { engine, state: Rc::clone(state) };
    driver.main_script();
    if !slow_timers {
        driver.state.borrow_mut().pass(MILLI);
    }
    driver.uv_run();
    while !driver.halted() {
        driver.enter(Phase::Exit);
        driver.before_exit();
        if driver.halted() || !driver.state.borrow().is_alive() {
            break;
        }
        driver.uv_run();
    }
    if !driver.halted() {
        let result = driver.engine.exit();
        driver.settle(result);
    }
    if !driver.halted() {
        driver.engine.end();
    }
}

/// The engine and what it shares with the loop.
pub(super) struct Driver<'e, E: Engine> {
    pub(super) engine: &'e mut E,
    pub(super) state: Shared<E>,
}

impl<E: Engine> Driver<'_, E> {
    pub(super) fn halted(&self) -> bool {
        self.state.borrow().halt.is_some()
    }

    fn main_script(&mut self) {
        let id = self.state.borrow_mut().recorder.introduce(Kind::Script, "main script", None);
        self.begin_callback(id, Mark::Section, || {
            "**The main script runs.** The loop does not start before it has returned.".to_owned()
        });
        let result = self.engine.start();
        self.end_callback();
        let threw = result.is_err();
        self.settle(result);
        // `StartExecution` closes its scope after an error, too: what the script queued does not wait for the loop.
        if threw && !self.halted() {
            self.close_scope();
        }
    }

    fn before_exit(&mut self) {
        let mut state = self.state.borrow_mut();
        state.frame(Mark::Section, || {
            "**Nothing is left to wait for.** The process emits beforeExit; a listener may give the loop new work."
                .to_owned()
        });
        drop(state);
        let result = self.engine.before_exit();
        self.settle(result);
    }

    /// After a call into JavaScript: an error goes to whoever takes it; otherwise the scope closes.
    fn settle(&mut self, result: Result<(), E::Error>) {
        match result {
            _ if self.halted() => {}
            Ok(()) => self.close_scope(),
            Err(error) => self.uncaught(error),
        }
    }

    pub(super) fn uncaught(&mut self, error: E::Error) {
        if !self.halted() {
            self.engine.uncaught(error);
        }
    }

    // ---- uv_run ----

    fn uv_run(&mut self) {
        if self.halted() || !self.state.borrow().is_alive() {
            return;
        }
        self.timers_phase();
        loop {
            if self.halted() || !self.state.borrow().is_alive() {
                return;
            }
            {
                let mut state = self.state.borrow_mut();
                state.recorder.change(Change::Turn);
                state.pass(TURN_COST);
                if state.now() > state.budget.time {
                    let hours = state.budget.time / (3_600 * 1_000 * MILLI);
                    state.exhaust(format!("The program's clock passed {hours} hours."));
                    return;
                }
            }
            self.pending_phase();
            self.enter(Phase::Prepare);
            self.poll_phase();
            for _ in 0..PENDING_ROUNDS {
                if self.state.borrow().pending.is_empty() {
                    break;
                }
                self.pending_phase();
            }
            self.check_phase();
            self.close_phase();
            self.timers_phase();
        }
    }

    fn enter(&mut self, phase: Phase) {
        let mut state = self.state.borrow_mut();
        if state.phase != phase {
            state.phase = phase;
            state.recorder.change(Change::Phase(phase));
        }
    }

    /// Enters a phase that has something to do.
    fn section(&mut self, phase: Phase, note: impl FnOnce() -> String) {
        self.enter(phase);
        self.state.borrow_mut().frame(Mark::Section, note);
    }

    fn timers_phase(&mut self) {
        if self.halted() {
            return;
        }
        self.enter(Phase::Timers);
        let now = self.state.borrow().now_millis();
        if self.state.borrow().timers.expired(now).is_none() {
            return;
        }
        self.section(Phase::Timers, || {
            format!("**Timers.** The loop's clock says {now} ms; every timer due by then runs, list by list.")
        });
        // RunTimers calls again after an error that was handled; the scope closes once.
        while let Err(error) = self.process_timers(now) {
            self.uncaught(error);
            if self.halted() {
                return;
            }
        }
        if !self.halted() {
            self.close_scope();
        }
    }

    /// Node's `processTimers`.
    fn process_timers(&mut self, now: u64) -> Result<(), E::Error> {
        let mut ran_a_list = false;
        loop {
            if ran_a_list {
                self.run_next_ticks()?;
            }
            if self.halted() {
                return Ok(());
            }
            // A tick may have cleared or armed timers: the first list is looked up after it.
            let Some(list) = self.state.borrow().timers.expired(now) else { return Ok(()) };
            ran_a_list = true;
            self.list_on_timeout(list, now)?;
        }
    }

    /// Node's `listOnTimeout`.
    fn list_on_timeout(&mut self, list: u64, now: u64) -> Result<(), E::Error> {
        let mut ran_a_timer = false;
        loop {
            let next = self.state.borrow_mut().timers.look(list, now);
            let Next::Due(number) = next else { return Ok(()) };
            if ran_a_timer {
                self.run_next_ticks()?;
                if self.halted() {
                    return Ok(());
                }
            }
            ran_a_timer = true;
            let Some((callback, id)) = self.take_timer(number) else { continue };
            self.begin_callback(id, Mark::Unit, || {
                format!("**{} is due, so it runs.** Timers promise not to be early; how late they are depends on what ran before.", named(id))
            });
            let start = self.state.borrow().now_millis();
            let result = self.engine.call(&callback);
            self.end_callback();
            self.put_back_timer(number, callback, start);
            result?;
        }
    }

    /// Takes a due timer from its list; `None` when a tick cleared it meanwhile.
    fn take_timer(&mut self, number: u32) -> Option<(E::Callback, CallbackId)> {
        let mut state = self.state.borrow_mut();
        state.timers.remove(number);
        let id = state.timer_entries.get(&number)?.id;
        state.disarmed(number, id);
        let callback = state.timer_entries.get_mut(&number)?.callback.take()?;
        Some((callback, id))
    }

    /// After its callback: an interval is armed again, counted from the start of the callback.
    fn put_back_timer(&mut self, number: u32, callback: E::Callback, start: u64) {
        let mut state = self.state.borrow_mut();
        let Some(entry) = state.timer_entries.get_mut(&number) else { return };
        entry.callback = Some(callback);
        let (repeats, id) = (entry.repeats, entry.id);
        if repeats {
            state.arm(number, start);
            state.frame(Mark::Step, || format!("**{} is armed again,** counted from when it began to run.", named(id)));
        }
    }

    fn pending_phase(&mut self) {
        if self.halted() || self.state.borrow().pending.is_empty() {
            return;
        }
        self.section(Phase::Pending, || {
            "**Pending.** Answers the system gave at once, put off to this turn.".to_owned()
        });
        let batch = std::mem::take(&mut self.state.borrow_mut().pending);
        self.run_batch(Queue::Pending, batch, "its answer was put off to this phase");
    }

    fn poll_phase(&mut self) {
        if self.halted() {
            return;
        }
        self.enter(Phase::Poll);
        self.state.borrow_mut().observe_time();
        if self.state.borrow().ready.is_empty() && self.may_sleep() && !self.sleep() {
            return;
        }
        let batch = std::mem::take(&mut self.state.borrow_mut().ready);
        if !batch.is_empty() {
            self.section(Phase::Poll, || {
                "**Poll.** What the system has finished is handed to its callbacks.".to_owned()
            });
        }
        self.run_batch(Queue::Poll, batch, "what it waited for is done");
    }

    /// `uv__backend_timeout` is not zero: nothing else of this turn has work.
    fn may_sleep(&self) -> bool {
        let state = self.state.borrow();
        state.is_alive()
            && state.pending.is_empty()
            && state.closing.is_empty()
            && !state.immediates.iter().any(|immediate| immediate.keeps_alive)
    }

    /// Lets time pass until something happens. False when nothing ever will.
    fn sleep(&mut self) -> bool {
        let mut state = self.state.borrow_mut();
        let timer = state.timers.next_expiry().map(|due| due * MILLI);
        let Some(until) = state.next_event(timer) else {
            let message = "The process waits here for ever: something is open, and nothing will happen to it any more.";
            state.stop(Outcome::Stopped { message: message.to_owned(), line: None }, format!("**Stopped.** {message}"));
            return false;
        };
        if until > state.now {
            let what = if Some(until) == timer { "a timer is due" } else { "the system has an answer" };
            state.frame(Mark::Section, || {
                #[expect(clippy::cast_precision_loss, reason = "a time for people to read")]
                let millis = until as f64 / MILLI as f64;
                format!("**Poll waits.** Nothing is ready and no immediate waits, so the loop sleeps here until {millis:.2} ms, when {what}.")
            });
            state.now = until;
        }
        state.observe_time();
        true
    }

    fn run_batch(&mut self, queue: Queue, batch: VecDeque<Entry<E::Callback>>, why: &str) {
        for entry in batch {
            if self.halted() {
                return;
            }
            let id = entry.id;
            self.state.borrow_mut().recorder.change(Change::Dequeue(queue, id));
            self.begin_callback(id, Mark::Unit, || format!("**{} runs:** {why}.", named(id)));
            let result = self.engine.call(&entry.callback);
            self.end_callback();
            self.settle(result);
        }
    }

    /// `CheckImmediate`: calls Node's `processImmediate` again for what an error left over.
    fn check_phase(&mut self) {
        if self.halted() || self.state.borrow().immediates.is_empty() {
            return;
        }
        self.section(Phase::Check, || {
            "**Check.** Every immediate that waits now runs; those they add wait for the next turn.".to_owned()
        });
        // Node's own immediates have a scope that closes before the first of ours runs: ticks that an error left behind.
        self.close_scope();
        loop {
            if self.halted() {
                return;
            }
            {
                let mut state = self.state.borrow_mut();
                if state.outstanding.is_empty() {
                    state.outstanding = std::mem::take(&mut state.immediates);
                }
            }
            match self.process_immediates() {
                Ok(()) => break,
                Err(error) => self.uncaught(error),
            }
        }
        if !self.halted() {
            self.close_scope();
        }
    }

    fn process_immediates(&mut self) -> Result<(), E::Error> {
        let mut ran_one = false;
        loop {
            if self.halted() || self.state.borrow().outstanding.is_empty() {
                return Ok(());
            }
            if ran_one {
                self.run_next_ticks()?;
                if self.halted() {
                    return Ok(());
                }
            }
            ran_one = true;
            // A tick may have cleared it.
            let Some(immediate) = self.state.borrow_mut().outstanding.pop_front() else { return Ok(()) };
            let id = immediate.entry.id;
            self.state.borrow_mut().recorder.change(Change::Dequeue(Queue::Check, id));
            self.begin_callback(id, Mark::Unit, || format!("**{} runs:** it waited for the check phase.", named(id)));
            let result = self.engine.call(&immediate.entry.callback);
            self.end_callback();
            result?;
        }
    }

    fn close_phase(&mut self) {
        if self.halted() || self.state.borrow().closing.is_empty() {
            return;
        }
        self.section(Phase::Close, || "**Close.** Handles that were destroyed say so, last of the turn.".to_owned());
        let batch = std::mem::take(&mut self.state.borrow_mut().closing);
        self.run_batch(Queue::Close, batch, "its handle is closed");
    }

    // ---- Callbacks ----

    pub(super) fn begin_callback(&mut self, id: CallbackId, mark: Mark, note: impl FnOnce() -> String) {
        let mut state = self.state.borrow_mut();
        state.begin(id);
        state.frame(mark, note);
        state.take_steps(CALLBACK_STEPS);
    }

    pub(super) fn end_callback(&mut self) {
        let mut state = self.state.borrow_mut();
        state.running = None;
        state.recorder.stack(Vec::new());
        state.recorder.change(Change::Running(None));
    }
}
