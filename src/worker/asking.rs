//! A question that takes a while and can be called off. Only the newest one counts. Where its engine has a
//! worker of its own, the run on the stage goes on meanwhile.

use super::Engine;
use crate::labs::Failure;
use futures::future::{AbortHandle, abortable};
use serde::Serialize;
use serde::de::DeserializeOwned;

/// The question that is under way, if there is one. It is called off when this is dropped.
#[derive(Default)]
pub struct Asking {
    under_way: Option<AbortHandle>,
    newest: Number,
}

/// Tells questions apart: what comes of one that was called off may come too late.
pub type Number = u32;

impl Asking {
    /// Asks, and calls off what was asked before. Both functions are called with the number of this question.
    pub fn ask<P: DeserializeOwned, T: DeserializeOwned>(
        &mut self,
        engine: Engine,
        task: &'static str,
        question: &impl Serialize,
        progress: impl Fn(Number, P) + 'static,
        answer: impl FnOnce(Number, Result<T, Failure>) + 'static,
    ) {
        self.stop();
        let number = self.newest;
        // Questions are strings, numbers and switches: their JSON cannot fail.
        let question = serde_json::to_string(question).unwrap_or_default();
        let asking = async move {
            let bytes = super::ask(engine, task, question, move |bytes| {
                if let Ok(so_far) = postcard::from_bytes(&bytes) {
                    progress(number, so_far);
                }
            });
            bytes.await.and_then(|bytes| postcard::from_bytes(&bytes).map_err(|_| Failure::unreadable()))
        };
        // Dropping it tells the worker to stop.
        let (asking, handle) = abortable(asking);
        self.under_way = Some(handle);
        wasm_bindgen_futures::spawn_local(async move {
            if let Ok(result) = asking.await {
                answer(number, result);
            }
        });
    }

    /// Calls off what is under way.
    pub fn stop(&mut self) {
        if let Some(handle) = self.under_way.take() {
            handle.abort();
        }
        self.newest = self.newest.wrapping_add(1);
    }

    /// Whether an answer is waited for.
    pub fn is_busy(&self) -> bool {
        self.under_way.is_some()
    }

    /// Whether that question is still waited for.
    pub fn is_newest(&self, number: Number) -> bool {
        self.is_busy() && number == self.newest
    }

    /// The answer to that question has come. False when nobody waits for it any more.
    pub fn is_answered(&mut self, number: Number) -> bool {
        let answered = self.is_newest(number);
        if answered {
            self.under_way = None;
        }
        answered
    }
}

impl Drop for Asking {
    fn drop(&mut self) {
        self.stop();
    }
}
