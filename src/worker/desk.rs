//! Where tasks for one engine wait, and who watches that each comes to an end.

use super::hand::{Hand, Word};
use super::{Answer, Engine, Input};
use crate::labs::Failure;
use futures::channel::oneshot;
use gloo::timers::callback::Timeout;
use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::Rc;

/// A task of which nothing is heard for longer than this, in milliseconds, is stopped. The engines' own budgets end what a learner
/// writes much sooner; this is for what they cannot interrupt, such as one call of a regular expression that never returns.
const PATIENCE: u32 = 8_000;

/// How long an engine may take to arrive, in milliseconds: it is fetched over the learner's network.
const ARRIVAL: u32 = 60_000;

/// How long a task may go on that nobody waits for any more, in milliseconds. Most are over by then, and a new worker takes about
/// as long to start.
const GRACE: u32 = 200;

/// Hears how far a task has come.
pub(super) type Progress = Rc<dyn Fn(Vec<u8>)>;

struct Task {
    id: u32,
    name: &'static str,
    input: Input,
    answer: oneshot::Sender<Answer>,
    progress: Progress,
}

/// What the worker is doing.
enum State {
    /// It is being fetched and has not said that it is ready.
    Arriving,
    Idle,
    Busy(Task),
}

struct Employed {
    hand: Hand,
    state: State,
    /// Ends the wait for whatever the state waits for.
    watchdog: Option<Timeout>,
}

/// One engine's tasks and its worker, if it has been fetched.
pub(super) struct Desk {
    engine: Engine,
    employed: Option<Employed>,
    queue: VecDeque<Task>,
    tasks: u32,
}

thread_local! {
    static DESKS: RefCell<[Desk; Engine::ALL.len()]> = RefCell::new(Engine::ALL.map(Desk::new));
}

/// Does something at an engine's desk. Nothing in there may call back out.
pub(super) fn with<R>(engine: Engine, work: impl FnOnce(&mut Desk) -> R) -> R {
    DESKS.with_borrow_mut(|desks| work(&mut desks[engine as usize]))
}

/// Cancels a task when nobody waits for it any more.
struct Wait {
    engine: Engine,
    id: u32,
}

impl Drop for Wait {
    fn drop(&mut self) {
        // A queued task is dropped when its turn comes: its answer has nowhere to go.
        let _ = DESKS.try_with(|desks| {
            if let Ok(mut desks) = desks.try_borrow_mut() {
                desks[self.engine as usize].give_up(self.id);
            }
        });
    }
}

/// Queues a task and waits for its answer.
pub(super) async fn queue(engine: Engine, name: &'static str, input: Input, progress: Progress) -> Answer {
    let (sender, answer) = oneshot::channel();
    let id = with(engine, |desk| {
        desk.tasks += 1;
        desk.queue.push_back(Task { id: desk.tasks, name, input, answer: sender, progress });
        desk.hire();
        desk.hand_out();
        desk.tasks
    });
    let _wait = Wait { engine, id };
    answer.await.unwrap_or_else(|_| Err(engine.unreachable("the page closed the engine")))
}

impl Desk {
    fn new(engine: Engine) -> Self {
        Self { engine, employed: None, queue: VecDeque::new(), tasks: 0 }
    }

    /// Starts a worker if there is none. A page that cannot have one fails every task that waits.
    pub(super) fn hire(&mut self) {
        if self.employed.is_some() {
            return;
        }
        let engine = self.engine;
        match Hand::hire(engine, move |word| hear(engine, word)) {
            Ok(hand) => {
                let late = Timeout::new(ARRIVAL, move || {
                    dismiss(engine, engine.unreachable("it did not arrive within a minute"))
                });
                self.employed = Some(Employed { hand, state: State::Arriving, watchdog: Some(late) });
            }
            Err(words) => self.fail_all(&engine.unreachable(&words)),
        }
    }

    /// Gives the next task to the worker, if it is free.
    fn hand_out(&mut self) {
        // A task whose asker has stopped waiting is not worth a second of anyone's processor.
        self.queue.retain(|task| !task.answer.is_canceled());
        let Some(employed) = self.employed.as_mut().filter(|employed| matches!(employed.state, State::Idle)) else {
            return;
        };
        let Some(task) = self.queue.pop_front() else { return };
        if let Err(words) = employed.hand.give(task.id, task.name, &task.input) {
            let _ = task.answer.send(Err(self.engine.unreachable(&words)));
            return;
        }
        employed.state = State::Busy(task);
        self.watch();
    }

    /// Starts to wait for the next sign of life.
    fn watch(&mut self) {
        let engine = self.engine;
        if let Some(employed) = &mut self.employed {
            employed.watchdog = Some(Timeout::new(PATIENCE, move || dismiss(engine, engine.hung(PATIENCE / 1000))));
        }
    }

    /// The task that the worker is at, if it is that one.
    fn current(&self, id: u32) -> Option<&Task> {
        match &self.employed.as_ref()?.state {
            State::Busy(task) if task.id == id => Some(task),
            _ => None,
        }
    }

    /// Nobody waits for that task any more. If the worker is at it, it ends soon: by itself, or with the worker.
    fn give_up(&mut self, id: u32) {
        if self.current(id).is_none() {
            return;
        }
        let engine = self.engine;
        if let Some(employed) = &mut self.employed {
            employed.watchdog = Some(Timeout::new(GRACE, move || with(engine, |desk| desk.replace(id))));
        }
    }

    /// Ends the worker together with that task. The next worker arrives meanwhile.
    fn replace(&mut self, id: u32) {
        if self.current(id).is_some() {
            self.employed = None;
            self.hire();
        }
    }

    /// The worker has arrived.
    fn ready(&mut self) {
        if let Some(employed) = &mut self.employed {
            employed.state = State::Idle;
            employed.watchdog = None;
        }
        self.hand_out();
    }

    /// The task is done: the worker is free.
    fn done(&mut self, id: u32) -> Option<Task> {
        self.current(id)?;
        let employed = self.employed.as_mut()?;
        employed.watchdog = None;
        match std::mem::replace(&mut employed.state, State::Idle) {
            State::Busy(task) => Some(task),
            _ => None,
        }
    }

    fn fail_all(&mut self, failure: &Failure) {
        for task in self.queue.drain(..) {
            let _ = task.answer.send(Err(failure.clone()));
        }
    }
}

/// A word of the worker.
fn hear(engine: Engine, word: Word) {
    match word {
        Word::Ready => with(engine, Desk::ready),
        Word::Progress { id, bytes } => {
            let progress = with(engine, |desk| {
                let progress =
                    desk.current(id).filter(|task| !task.answer.is_canceled()).map(|task| task.progress.clone());
                if progress.is_some() {
                    desk.watch();
                }
                progress
            });
            if let Some(progress) = progress {
                progress(bytes);
            }
        }
        Word::Done { id, result, worn_out } => {
            if let Some(task) = with(engine, |desk| desk.done(id)) {
                // An engine that is still fit has read the task and said no.
                let failure = |words: String| if worn_out { engine.ended(&words) } else { engine.declined(&words) };
                let _ = task.answer.send(result.map_err(failure));
            }
            with(engine, |desk| {
                if worn_out {
                    desk.employed = None;
                    // The reader is likely to run something again: the next one arrives meanwhile.
                    desk.hire();
                }
                desk.hand_out();
            });
        }
        Word::Died(words) => {
            // It died while it was at a task, or it never came to be.
            let arriving = with(engine, |desk| {
                desk.employed.as_ref().is_none_or(|employed| matches!(employed.state, State::Arriving))
            });
            dismiss(engine, if arriving { engine.unreachable(&words) } else { engine.died(&words) });
        }
    }
}

/// Ends the worker and fails the task it was at; a worker that never arrived fails all of them. The next task gets a new one.
fn dismiss(engine: Engine, failure: Failure) {
    with(engine, |desk| {
        let Some(Employed { state, .. }) = desk.employed.take() else { return };
        match state {
            State::Busy(task) => {
                let _ = task.answer.send(Err(failure));
            }
            State::Arriving => desk.fail_all(&failure),
            State::Idle => {}
        }
        if !desk.queue.is_empty() {
            desk.hire();
        }
    });
}
