//! The engines, each in a worker of its own: started when it is first used, replaced when it hangs or dies.
//!
//! One worker of a kind serves the whole page, one task after the other. The page never waits for it: it asks and is called back.
//! A task that nobody waits for any more is cancelled: one that queues is dropped, and one that does not end in a moment is
//! ended *with its worker*. The engines compute in one go, and a worker that computes hears nothing; slices would make every
//! one of them a machine that can be put aside, to save the tenth of a second in which the next worker starts.

mod asking;
mod desk;
mod engine;
mod hand;

pub use asking::{Asking, Number};
pub use engine::Engine;

use crate::labs::Failure;
use gloo::timers::future::TimeoutFuture;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::rc::Rc;

/// What a task came to: bytes that the engine wrote (postcard, for everything there is so far).
pub type Answer = Result<Vec<u8>, Failure>;

/// What an engine is given.
pub struct Input {
    /// JSON, as far as the two have agreed on nothing else.
    pub text: String,
    /// A learner's file, which the worker reads: the page never has its bytes.
    pub file: Option<web_sys::File>,
}

/// An answer of so many bytes takes some hundredths of a second to read.
const LONG: usize = 200_000;

/// Has an engine fetched and started, so that the first task need not wait for it.
pub fn warm(engine: Engine) {
    desk::with(engine, desk::Desk::hire);
}

/// Has an engine do a task: a function that its module exports, called with a text. While it is at it, it may report how far it
/// has come, in whatever encoding the two have agreed on.
///
/// Dropping the future cancels the task.
pub async fn ask(engine: Engine, task: &'static str, input: String, on_progress: impl Fn(Vec<u8>) + 'static) -> Answer {
    desk::queue(engine, task, Input { text: input, file: None }, Rc::new(on_progress)).await
}

/// Has an engine read a file: the task is given its name and its bytes, and its answer is a `T` in postcard's encoding.
///
/// Dropping the future cancels the task.
pub async fn read<T: DeserializeOwned>(engine: Engine, task: &'static str, file: web_sys::File) -> Result<T, Failure> {
    let text = serde_json::to_string(&file.name()).unwrap_or_default();
    let bytes = desk::queue(engine, task, Input { text, file: Some(file) }, Rc::new(|_| {})).await?;
    decoded(&bytes).await
}

/// Has an engine do a task whose input is JSON and whose answer is a `T` in postcard's encoding.
///
/// Dropping the future cancels the task.
pub async fn compute<T: DeserializeOwned>(
    engine: Engine,
    task: &'static str,
    input: &impl Serialize,
) -> Result<T, Failure> {
    // A scenario is strings, numbers and switches: its JSON cannot fail.
    let input = serde_json::to_string(input).unwrap_or_default();
    let bytes = ask(engine, task, input, |_| {}).await?;
    decoded(&bytes).await
}

async fn decoded<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Failure> {
    let answer = postcard::from_bytes(bytes).map_err(|_| Failure::unreadable());
    if bytes.len() > LONG {
        // To read it took a while, and to draw it will: who clicks meanwhile is heard in between.
        TimeoutFuture::new(0).await;
    }
    answer
}

/// Runs a scenario and answers with its tape. See [`compute`].
pub async fn record<T: DeserializeOwned>(engine: Engine, scenario: &impl Serialize) -> Result<T, Failure> {
    compute(engine, "record", scenario).await
}
