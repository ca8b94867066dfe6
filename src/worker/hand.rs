//! One worker and the messages between it and the page. The other end is `engines/loader.js`.

use super::{Engine, Input};
use gloo::events::EventListener;
use std::rc::Rc;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{ErrorEvent, MessageEvent, WorkerOptions, WorkerType};

/// What a worker says.
pub(super) enum Word {
    /// It has fetched its module and takes tasks.
    Ready,
    /// How far a task has come.
    Progress { id: u32, bytes: Vec<u8> },
    /// A task is done, or was refused in the engine's words. A worker that is worn out must not be given another.
    Done { id: u32, result: Result<Vec<u8>, String>, worn_out: bool },
    /// It will say nothing more. The browser's words.
    Died(String),
}

/// A worker. It ends when this is dropped.
pub(super) struct Hand {
    worker: web_sys::Worker,
    _listeners: [EventListener; 3],
}

impl Drop for Hand {
    fn drop(&mut self) {
        self.worker.terminate();
    }
}

impl Hand {
    /// Starts a worker. On failure, the browser's words.
    pub(super) fn hire(engine: Engine, hear: impl Fn(Word) + 'static) -> Result<Self, String> {
        let name = engine.name();
        let address = crate::labs::island::resource(&format!("interleave-engine-{name}"));
        let address = address.ok_or("this page names no such engine")?;
        let options = WorkerOptions::new();
        options.set_type(WorkerType::Module);
        // The start file is the same for every engine: it finds its module by this name.
        options.set_name(name);
        let worker = web_sys::Worker::new_with_options(&address, &options).map_err(|error| words(&error))?;
        let hear = Rc::new(hear);
        let (error, unreadable) = (hear.clone(), hear.clone());
        let _listeners = [
            EventListener::new(&worker, "message", move |event| {
                if let Some(word) = event.dyn_ref::<MessageEvent>().and_then(|event| understand(&event.data())) {
                    hear(word);
                }
            }),
            EventListener::new(&worker, "error", move |event| {
                error(Word::Died(event.dyn_ref::<ErrorEvent>().map(ErrorEvent::message).unwrap_or_default()));
            }),
            EventListener::new(&worker, "messageerror", move |_| {
                unreadable(Word::Died("its answer could not be read".into()));
            }),
        ];
        Ok(Self { worker, _listeners })
    }

    /// Gives it a task. On failure, the browser's words.
    pub(super) fn give(&self, id: u32, task: &str, input: &Input) -> Result<(), String> {
        let message = js_sys::Object::new();
        let Input { text, file } = input;
        let file = file.as_ref().map_or(JsValue::UNDEFINED, |file| file.into());
        let fields = [("id", id.into()), ("task", task.into()), ("input", text.into()), ("file", file)];
        let sent = fields
            .into_iter()
            .try_for_each(|(name, value)| js_sys::Reflect::set(&message, &name.into(), &value).map(drop));
        sent.and_then(|()| self.worker.post_message(&message)).map_err(|error| words(&error))
    }
}

/// A message of the worker. `None`: nothing that this version knows.
fn understand(data: &JsValue) -> Option<Word> {
    if data.as_string().as_deref() == Some("ready") {
        return Some(Word::Ready);
    }
    let field = |name: &str| js_sys::Reflect::get(data, &name.into()).unwrap_or(JsValue::UNDEFINED);
    let bytes = |name: &str| field(name).dyn_into::<js_sys::Uint8Array>().ok().map(|bytes| bytes.to_vec());
    let id = field("id").as_f64()? as u32;
    if let Some(bytes) = bytes("progress") {
        return Some(Word::Progress { id, bytes });
    }
    let result = bytes("answer").ok_or_else(|| field("error").as_string().unwrap_or_default());
    Some(Word::Done { id, result, worn_out: field("dead").is_truthy() })
}

fn words(error: &JsValue) -> String {
    error
        .dyn_ref::<js_sys::Error>()
        .map(|error| String::from(error.message()))
        .or_else(|| error.as_string())
        .unwrap_or_default()
}
