use crate::boa::{BoaEngine, Callback, Job, Mount};
use crate::budget::Budget;
use crate::event_loop::wire::Wire;
use crate::event_loop::{Halt, State, run};
use crate::recorder::Recorder;
use crate::scene::{NodeTape, Outcome};
use crate::{Database, ModuleKind, Scenario};
use interleave_kernel::Remote;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

/// Starts the server that a scenario asks for. The error is a sentence: its schema cannot be set up.
pub type Connect = dyn Fn(&Database) -> Result<Box<dyn Remote>, String>;

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
    /// Where a database comes from.
    pub connect: Option<Rc<Connect>>,
    /// Texts of npm packages beyond those that are built in, by name.
    pub packages: Rc<BTreeMap<String, String>>,
    /// Packages that a program will probably ask for: [`Simulator::prepare`] has them compiled.
    pub likely: &'static [&'static str],
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
            connect: None,
            packages: Rc::default(),
            likely: &[],
        }
    }
}

/// Runs a scenario to its end and gives the recording. It *never* fails: what goes wrong is on the tape.
pub fn record(scenario: &Scenario, options: &Options) -> NodeTape {
    Simulator::new(options.clone()).record(scenario)
}

/// Runs scenarios one after the other, and can bring Node up before it knows which.
pub struct Simulator {
    options: Options,
    spare: Option<(ModuleKind, Process)>,
}

/// A Node that waits for its program.
struct Process {
    state: Rc<RefCell<State<Callback, Job>>>,
    /// The engine, or why there is none.
    engine: Result<BoaEngine, String>,
}

impl Process {
    fn start(module: ModuleKind, options: &Options) -> Self {
        let state = Rc::new(RefCell::new(State::new(Recorder::new(options.observe), options.budget)));
        let engine = BoaEngine::new(module, options, Rc::clone(&state));
        Self { state, engine }
    }
}

impl Simulator {
    pub fn new(options: Options) -> Self {
        Self { options, spare: None }
    }

    /// Brings up a Node for the next scenario of this kind, so that it starts at once. It changes nothing on its tape.
    pub fn prepare(&mut self, module: ModuleKind) {
        if self.spare.as_ref().is_none_or(|&(kind, _)| kind != module) {
            let mut process = Process::start(module, &self.options);
            if let Ok(engine) = &mut process.engine {
                engine.preload(self.options.likely);
            }
            self.spare = Some((module, process));
        }
    }

    /// Runs a scenario to its end and gives the recording. It *never* fails: what goes wrong is on the tape.
    pub fn record(&mut self, scenario: &Scenario) -> NodeTape {
        let spare = self.spare.take_if(|(kind, _)| *kind == scenario.module);
        let process = spare.map_or_else(|| Process::start(scenario.module, &self.options), |(_, process)| process);
        let Process { state, engine } = process;
        match engine {
            Ok(mut engine) => match attach(scenario, &self.options, &state) {
                Ok(()) => {
                    engine.load(scenario);
                    run(&mut engine, &state, scenario.slow_timers);
                }
                Err(message) => state.borrow_mut().exhaust(message),
            },
            Err(message) => state.borrow_mut().exhaust(format!("The simulated Node did not start: {message}")),
        }
        let mut state = state.borrow_mut();
        let now = state.now();
        state.recorder.database = state.watch.take().map(|watch| Rc::new(watch.log));
        let fallback = Halt { outcome: Outcome::Exited { code: 0 }, note: "**The process ends.**".to_owned() };
        let Halt { outcome, note } = state.halt.take().unwrap_or(fallback);
        std::mem::replace(&mut state.recorder, Recorder::new(false)).finish(outcome, now, note)
    }
}

/// Starts the scenario's database, and lays the wire to it.
fn attach(scenario: &Scenario, options: &Options, state: &RefCell<State<Callback, Job>>) -> Result<(), String> {
    let Some(database) = &scenario.database else { return Ok(()) };
    if !cfg!(feature = "remote") {
        return Err("This program needs a database, and there is none here.".to_owned());
    }
    let connect = options.connect.as_ref().ok_or("This program needs a database, and there is none here.")?;
    let host = connect(database)?;
    state.borrow_mut().attach(Wire::new(host, database.round_trip * 1_000 / 2));
    Ok(())
}
