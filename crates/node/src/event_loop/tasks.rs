//! Between two callbacks: all ticks, then all microtasks, again until both are empty
//! (lib/internal/process/task_queues.js, src/api/callback.cc).

use super::run::Driver;
use crate::engine::Engine;
use crate::recorder::named;
use crate::scene::{CallbackId, Change, Queue};
use interleave_kernel::Mark;

impl<E: Engine> Driver<'_, E> {
    /// What `InternalCallbackScope::Close` does after a callback that did not throw.
    pub(super) fn close_scope(&mut self) {
        if let Err(error) = self.run_next_ticks() {
            self.uncaught(error);
        }
    }

    /// Node's `runNextTicks`.
    ///
    /// # Errors
    /// What a tick throws. The ticks after it stay where they are.
    pub(super) fn run_next_ticks(&mut self) -> Result<(), E::Error> {
        if self.state.borrow().ticks.is_empty() {
            self.run_microtasks();
        }
        let idle = {
            let state = self.state.borrow();
            state.ticks.is_empty() && !state.rejection_to_warn
        };
        if idle || self.halted() { Ok(()) } else { self.process_ticks_and_rejections() }
    }

    fn process_ticks_and_rejections(&mut self) -> Result<(), E::Error> {
        loop {
            let mut first = true;
            loop {
                if self.halted() {
                    return Ok(());
                }
                let Some(tick) = self.state.borrow_mut().ticks.pop_front() else { break };
                self.begin_task(Queue::Ticks, tick.id, |name| {
                    let why = if first { "The callback is done, so the tick queue runs" } else { "Another tick waits" };
                    format!("**{why}.** {name} goes before every promise and every phase.")
                });
                first = false;
                let result = self.engine.call(&tick.callback);
                self.end_callback();
                result?;
            }
            self.run_microtasks();
            if self.halted() {
                return Ok(());
            }
            // Ticks that microtasks queued go first: a rejection may still find its handler in one.
            let ticks = !self.state.borrow().ticks.is_empty();
            let more = ticks || self.engine.process_rejections()?;
            if self.halted() || !more {
                break;
            }
        }
        self.state.borrow_mut().rejection_to_warn = false;
        Ok(())
    }

    /// Runs promise jobs until there are none, those included that they queue.
    pub(super) fn run_microtasks(&mut self) {
        let mut first = true;
        loop {
            if self.halted() {
                return;
            }
            let Some((id, job)) = self.state.borrow_mut().microtasks.pop_front() else { return };
            self.begin_task(Queue::Microtasks, id, |name| {
                let why =
                    if first { "The tick queue is empty, so the microtasks run" } else { "Another microtask waits" };
                format!("**{why}.** {name} goes before the loop moves on.")
            });
            first = false;
            let result = self.engine.run_job(job);
            self.end_callback();
            if let Err(error) = result {
                self.uncaught(error);
            }
        }
    }

    fn begin_task(&mut self, queue: Queue, id: CallbackId, note: impl FnOnce(String) -> String) {
        self.state.borrow_mut().recorder.change(Change::Dequeue(queue, id));
        self.begin_callback(id, Mark::Unit, || note(named(id)));
    }
}
