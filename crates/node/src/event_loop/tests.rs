//! The loop without JavaScript: an engine whose callbacks are Rust closures.

use super::run::{Shared, run};
use super::{MILLI, State};
use crate::budget::Budget;
use crate::engine::Engine;
use crate::recorder::Recorder;
use crate::scene::{Outcome, Stream};
use std::cell::RefCell;
use std::rc::Rc;

type Loop = State<Action, Action>;

/// A function of such a program.
#[derive(Clone)]
struct Action(Rc<dyn Fn(&mut Loop) -> Thrown>);

type Thrown = Result<(), &'static str>;

/// An engine for which a program is a closure.
struct Closures {
    state: Shared<Self>,
    main: Action,
    /// Whether somebody listens for `uncaughtException`.
    forgiving: bool,
}

impl Closures {
    fn perform(&mut self, action: &Action) -> Result<(), &'static str> {
        (action.0)(&mut self.state.borrow_mut())
    }
}

impl Engine for Closures {
    type Callback = Action;
    type Job = Action;
    type Error = &'static str;

    fn start(&mut self) -> Result<(), &'static str> {
        self.perform(&self.main.clone())
    }
    fn call(&mut self, callback: &Action) -> Result<(), &'static str> {
        self.perform(callback)
    }
    fn run_job(&mut self, job: Action) -> Result<(), &'static str> {
        self.perform(&job)
    }
    fn process_rejections(&mut self) -> Result<bool, &'static str> {
        Ok(false)
    }
    fn uncaught(&mut self, error: &'static str) {
        let mut state = self.state.borrow_mut();
        state.print(Stream::Stderr, error);
        if self.forgiving {
            state.start_immediate("left over", None, print("noop"));
        } else {
            state.stop(Outcome::Exited { code: 1 }, "");
        }
    }
    fn before_exit(&mut self) -> Result<(), &'static str> {
        Ok(())
    }
    fn exit(&mut self) -> Result<(), &'static str> {
        Ok(())
    }
    fn end(&mut self) {
        self.state.borrow_mut().stop(Outcome::Exited { code: 0 }, "");
    }
}

fn act(action: impl Fn(&mut Loop) + 'static) -> Action {
    Action(Rc::new(move |state| {
        action(state);
        Ok(())
    }))
}

fn print(text: &'static str) -> Action {
    act(move |state| state.print(Stream::Stdout, text))
}

fn throw(text: &'static str) -> Action {
    Action(Rc::new(move |_| Err(text)))
}

/// Runs a program: what it printed, in order, and when it ended.
fn run_with(forgiving: bool, main: impl Fn(&mut Loop) + 'static) -> (Vec<String>, u64) {
    let state = Rc::new(RefCell::new(State::new(Recorder::new(true), Budget::default())));
    let mut engine = Closures { state: Rc::clone(&state), main: act(main), forgiving };
    run(&mut engine, &state, false);
    let mut state = state.borrow_mut();
    let now = state.now();
    let tape = std::mem::replace(&mut state.recorder, Recorder::new(false)).finish(
        Outcome::Exited { code: 0 },
        now,
        String::new(),
    );
    (tape.last().console.iter().map(|print| print.text.clone()).collect(), now)
}

fn printed(main: impl Fn(&mut Loop) + 'static) -> Vec<String> {
    run_with(true, main).0
}

#[test]
fn the_phases_of_a_turn_come_in_libuvs_order() {
    let order = printed(|state| {
        state.queue_close("", None, print("close"));
        state.start_immediate("", None, print("check"));
        state.submit("", "", None, 1, false, print("poll"));
        state.queue_pending("", None, print("pending"));
        state.start_timer("", None, 1.0, false, print("timer"));
        state.queue_microtask(None, print("microtask"));
        state.queue_tick("", None, print("tick"));
    });
    assert_eq!(order, ["tick", "microtask", "timer", "pending", "poll", "check", "close"]);
}

#[test]
fn what_poll_puts_on_the_pending_queue_runs_before_check() {
    let order = printed(|state| {
        state.start_immediate("", None, print("check"));
        state.submit("", "", None, 1, false, act(|state| state.queue_pending("", None, print("pending"))));
    });
    assert_eq!(order, ["pending", "check"]);
}

#[test]
fn ticks_and_microtasks_alternate_until_both_are_empty() {
    let order = printed(|state| {
        state.queue_microtask(
            None,
            act(|state| {
                state.print(Stream::Stdout, "microtask");
                state.queue_tick("", None, print("tick of the microtask"));
                state.queue_microtask(None, print("microtask of the microtask"));
            }),
        );
        state.queue_tick("", None, print("tick"));
    });
    assert_eq!(order, ["tick", "microtask", "microtask of the microtask", "tick of the microtask"]);
}

#[test]
fn a_timer_made_in_a_timer_waits_for_the_next_pass() {
    let order = printed(|state| {
        let nested = act(|state| {
            state.print(Stream::Stdout, "outer");
            state.start_immediate("", None, print("immediate"));
            state.start_timer("", None, 0.0, false, print("inner"));
        });
        state.start_timer("", None, 1.0, false, nested);
    });
    assert_eq!(order, ["outer", "immediate", "inner"]);
}

#[test]
fn an_error_that_was_handled_skips_the_ticks_of_its_timer_only_until_the_next() {
    // After the error RunTimers begins anew: the second timer runs before the tick of the first.
    let order = printed(|state| {
        state.start_timer(
            "",
            None,
            1.0,
            false,
            Action(Rc::new(|state| {
                state.queue_tick("", None, print("tick"));
                Err("thrown")
            })),
        );
        state.start_timer("", None, 1.0, false, print("second"));
    });
    assert_eq!(order, ["thrown", "second", "tick", "noop"]);
}

#[test]
fn an_error_nobody_takes_ends_the_process() {
    let (order, _) = run_with(false, |state| {
        state.queue_tick("", None, throw("thrown"));
        state.queue_tick("", None, print("never"));
        state.start_timer("", None, 1.0, false, print("never"));
    });
    assert_eq!(order, ["thrown"]);
}

#[test]
fn immediates_of_immediates_wait_a_turn() {
    let order = printed(|state| {
        state.start_immediate(
            "",
            None,
            act(|state| {
                state.start_immediate("", None, print("next turn"));
                state.queue_close("", None, print("close"));
            }),
        );
        state.start_immediate("", None, print("this turn"));
    });
    assert_eq!(order, ["this turn", "close", "next turn"]);
}

#[test]
fn what_keeps_nobody_alive_does_not_run() {
    let (order, now) = run_with(true, |state| {
        let timer = state.start_timer("", None, 60_000.0, false, print("never"));
        state.ref_timer(timer, false);
        let immediate = state.start_immediate("", None, print("never"));
        state.ref_immediate(immediate, false);
    });
    assert!(order.is_empty(), "{order:?}");
    assert!(now < 2 * MILLI, "{now} ns");
}

#[test]
fn a_handle_without_an_event_is_waited_for_in_vain() {
    let state = Rc::new(RefCell::new(State::new(Recorder::new(true), Budget::default())));
    let main = act(|state| {
        state.open_handle("server :3000");
    });
    run(&mut Closures { state: Rc::clone(&state), main, forgiving: false }, &state, false);
    let halt = state.borrow().halt.clone();
    assert!(
        matches!(halt.map(|halt| halt.outcome), Some(Outcome::Stopped { message, .. }) if message.contains("for ever"))
    );
}

#[test]
fn poll_sleeps_until_the_first_thing_happens() {
    let (_, now) = run_with(true, |state| {
        state.start_timer("", None, 500.0, false, print("timer"));
        state.submit("", "", None, 20 * MILLI, false, print("pool"));
    });
    assert_eq!(now / MILLI, 500);
}
