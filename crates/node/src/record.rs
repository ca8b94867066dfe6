use crate::Scenario;
use crate::boa::{BoaEngine, Mount};
use crate::budget::Budget;
use crate::event_loop::{Halt, State, run};
use crate::recorder::Recorder;
use crate::scene::{NodeTape, Outcome};
use std::cell::RefCell;
use std::rc::Rc;

/// How a scenario is run: nothing in here changes what the program does, unless a budget ends it.
#[derive(Clone)]
pub struct Options {
    /// Whether every step becomes a frame. Off, the tape holds one frame with all output.
    pub observe: bool,
    /// Whether statements announce themselves. Off, the learner's text runs as it is: loops without end are stopped by the
    /// engine's own limit alone, synchronous code takes no time, and the place of an error of the engine itself is a guess.
    pub steps: bool,
    pub budget: Budget,
    /// Absolute path of the main module, `/home/node/main.js` by default.
    pub main: Option<String>,
    /// What follows the program's name on the command line.
    pub args: Vec<String>,
    /// Files of the real machine that the program may read.
    pub mount: Option<Rc<dyn Mount>>,
    /// Bytes of memory in use, where the host can tell.
    pub memory_gauge: Option<fn() -> usize>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            observe: true,
            steps: true,
            budget: Budget::default(),
            main: None,
            args: Vec::new(),
            mount: None,
            memory_gauge: None,
        }
    }
}

/// Runs a scenario to its end and gives the recording. It *never* fails: what goes wrong is on the tape.
pub fn record(scenario: &Scenario, options: &Options) -> NodeTape {
    let state = Rc::new(RefCell::new(State::new(Recorder::new(options.observe), options.budget)));
    match BoaEngine::new(scenario, options, Rc::clone(&state)) {
        Ok(mut engine) => run(&mut engine, &state, scenario.slow_timers),
        Err(message) => state.borrow_mut().exhaust(format!("The simulated Node did not start: {message}")),
    }
    let mut state = state.borrow_mut();
    let now = state.now();
    let fallback = Halt { outcome: Outcome::Exited { code: 0 }, note: "**The process ends.**".to_owned() };
    let Halt { outcome, note } = state.halt.take().unwrap_or(fallback);
    std::mem::replace(&mut state.recorder, Recorder::new(false)).finish(outcome, now, note)
}
