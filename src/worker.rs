//! The simulated Node, in a worker of its own: started when a program first runs, replaced when it hangs or dies.
//!
//! One worker serves every lab of the page, one run after the other. The page never waits for it: it asks and is called back.

use crate::labs::Failure;
use futures::channel::oneshot;
use gloo::events::EventListener;
use gloo::timers::callback::Timeout;
use std::cell::RefCell;
use std::collections::VecDeque;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{ErrorEvent, MessageEvent, WorkerOptions, WorkerType};

/// A run that takes longer than this, in milliseconds, is stopped. The engine's own budgets end a program much sooner; this
/// is for what they cannot interrupt, such as one call of a regular expression that never returns.
pub const PATIENCE: u32 = 8_000;

/// How long the engine may take to arrive, in milliseconds: it is fetched over the learner's network.
const ARRIVAL: u32 = 60_000;

type Answer = Result<Vec<u8>, Failure>;

struct Run {
    id: u32,
    scenario: String,
    answer: oneshot::Sender<Answer>,
}

/// What the worker is doing.
enum State {
    /// It is being fetched and has not said that it is ready.
    Arriving,
    Idle,
    Busy(Run),
}

struct Engine {
    worker: web_sys::Worker,
    state: State,
    /// Ends the wait for whatever the state waits for.
    watchdog: Option<Timeout>,
    _listeners: [EventListener; 3],
}

#[derive(Default)]
struct Desk {
    engine: Option<Engine>,
    queue: VecDeque<Run>,
    runs: u32,
}

thread_local! {
    static DESK: RefCell<Desk> = RefCell::default();
}

/// Has the worker fetched and started, so that the first run need not wait for it.
pub fn warm() {
    DESK.with_borrow_mut(Desk::hire);
}

/// Runs a scenario, given as JSON, and answers with its tape in postcard's encoding.
pub async fn record(scenario: String) -> Answer {
    let (sender, answer) = oneshot::channel();
    DESK.with_borrow_mut(|desk| {
        desk.runs += 1;
        let id = desk.runs;
        desk.queue.push_back(Run { id, scenario, answer: sender });
        desk.hire();
        desk.hand_out();
    });
    answer.await.unwrap_or_else(|_| Err(Failure::unreachable("the page closed the engine")))
}

impl Desk {
    /// Starts a worker if there is none. A page that cannot have one fails every run that waits.
    fn hire(&mut self) {
        if self.engine.is_some() {
            return;
        }
        match start() {
            Ok(engine) => self.engine = Some(engine),
            Err(error) => self.fail_all(&Failure::unreachable(&words(&error))),
        }
    }

    /// Gives the next run to the worker, if it is free.
    fn hand_out(&mut self) {
        // A run whose lab has stopped waiting is not worth a second of anyone's processor.
        self.queue.retain(|run| !run.answer.is_canceled());
        let Some(engine) = self.engine.as_mut().filter(|engine| matches!(engine.state, State::Idle)) else { return };
        let Some(run) = self.queue.pop_front() else { return };
        let message = Request { id: run.id, scenario: &run.scenario };
        let sent = message.to_js().and_then(|message| engine.worker.post_message(&message));
        if let Err(error) = sent {
            let _ = run.answer.send(Err(Failure::unreachable(&words(&error))));
            return;
        }
        engine.state = State::Busy(run);
        engine.watchdog = Some(Timeout::new(PATIENCE, || dismiss(Failure::hung(PATIENCE / 1000))));
    }

    fn fail_all(&mut self, failure: &Failure) {
        for run in self.queue.drain(..) {
            let _ = run.answer.send(Err(failure.clone()));
        }
    }
}

struct Request<'a> {
    id: u32,
    scenario: &'a str,
}

impl Request<'_> {
    fn to_js(&self) -> Result<JsValue, JsValue> {
        let message = js_sys::Object::new();
        js_sys::Reflect::set(&message, &"id".into(), &self.id.into())?;
        js_sys::Reflect::set(&message, &"scenario".into(), &self.scenario.into())?;
        Ok(message.into())
    }
}

/// The address of the worker's start file, as the build wrote it into the page.
fn address() -> Result<String, JsValue> {
    crate::labs::island::resource("interleave-node-engine").ok_or_else(|| "this page names no engine".into())
}

fn start() -> Result<Engine, JsValue> {
    let options = WorkerOptions::new();
    options.set_type(WorkerType::Module);
    let worker = web_sys::Worker::new_with_options(&address()?, &options)?;
    let listeners = [
        EventListener::new(&worker, "message", |event| {
            if let Some(event) = event.dyn_ref::<MessageEvent>() {
                receive(event.data());
            }
        }),
        EventListener::new(&worker, "error", |event| {
            let words = event.dyn_ref::<ErrorEvent>().map(ErrorEvent::message).unwrap_or_default();
            dismiss_dead(&words);
        }),
        EventListener::new(&worker, "messageerror", |_| dismiss_dead("its answer could not be read")),
    ];
    let watchdog = Timeout::new(ARRIVAL, || dismiss(Failure::unreachable("it did not arrive within a minute")));
    Ok(Engine { worker, state: State::Arriving, watchdog: Some(watchdog), _listeners: listeners })
}

/// A message of the worker: the word `ready`, or the answer to a run.
fn receive(data: JsValue) {
    let field = |name: &str| js_sys::Reflect::get(&data, &name.into()).unwrap_or(JsValue::UNDEFINED);
    if data.as_string().as_deref() == Some("ready") {
        return DESK.with_borrow_mut(|desk| {
            if let Some(engine) = &mut desk.engine {
                engine.state = State::Idle;
                engine.watchdog = None;
            }
            desk.hand_out();
        });
    }
    let dead = field("dead").is_truthy();
    let answer = match field("tape").dyn_into::<js_sys::Uint8Array>() {
        Ok(tape) => Ok(tape.to_vec()),
        Err(_) => Err(Failure::refused(&field("error").as_string().unwrap_or_default())),
    };
    let run = DESK.with_borrow_mut(|desk| {
        let engine = desk.engine.as_mut()?;
        if !matches!(&engine.state, State::Busy(run) if field("id").as_f64() == Some(f64::from(run.id))) {
            return None;
        }
        engine.watchdog = None;
        match std::mem::replace(&mut engine.state, State::Idle) {
            State::Busy(run) => Some(run),
            _ => None,
        }
    });
    if let Some(run) = run {
        let _ = run.answer.send(answer);
    }
    DESK.with_borrow_mut(|desk| {
        if dead {
            desk.engine.take().inspect(|engine| engine.worker.terminate());
            // The reader is likely to run something again: the next one arrives meanwhile.
            desk.hire();
        }
        desk.hand_out();
    });
}

/// The worker reported an error nobody caught: it died while it ran a program, or it never came to be.
fn dismiss_dead(words: &str) {
    let arriving = DESK.with_borrow(|desk| desk.engine.as_ref().is_none_or(|e| matches!(e.state, State::Arriving)));
    dismiss(if arriving { Failure::unreachable(words) } else { Failure::died(words) });
}

/// Ends the worker and fails the run it was busy with; a worker that never arrived fails all of them. The next run gets a new one.
fn dismiss(failure: Failure) {
    DESK.with_borrow_mut(|desk| {
        let Some(engine) = desk.engine.take() else { return };
        engine.worker.terminate();
        match engine.state {
            State::Busy(run) => {
                let _ = run.answer.send(Err(failure));
            }
            State::Arriving => desk.fail_all(&failure),
            State::Idle => {}
        }
        if !desk.queue.is_empty() {
            desk.hire();
        }
    });
}

fn words(error: &JsValue) -> String {
    error
        .dyn_ref::<js_sys::Error>()
        .map(|error| String::from(error.message()))
        .or_else(|| error.as_string())
        .unwrap_or_default()
}
