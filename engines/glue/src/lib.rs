//! What every engine in a web worker has in common. The other end is `engines/loader.js`.

use serde::Serialize;
use serde::de::DeserializeOwned;
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    /// Of `loader.js`: keeps the words of a fault of ours until the trap arrives that follows it.
    #[wasm_bindgen(js_namespace = globalThis, js_name = interleaveReport)]
    fn report(words: &str);
}

/// To be called once, when the module starts.
pub fn start() {
    std::panic::set_hook(Box::new(|info| report(&info.to_string())));
}

/// A task: JSON in, postcard out. An input that is not what the task takes is refused in a sentence.
pub fn task<I: DeserializeOwned, O: Serialize>(input: &str, work: impl FnOnce(I) -> O) -> Result<Vec<u8>, String> {
    try_task(input, |input| Ok(work(input)))
}

/// The same for work that may find something wrong with its input, and say so in a sentence.
pub fn try_task<I: DeserializeOwned, O: Serialize>(
    input: &str,
    work: impl FnOnce(I) -> Result<O, String>,
) -> Result<Vec<u8>, String> {
    let input = serde_json::from_str(input).map_err(|error| error.to_string())?;
    bytes(&work(input)?)
}

/// Milliseconds between two reports of progress: the page draws no faster.
const PAUSE: f64 = 50.0;

/// A function that tells the page how far a task has come, in postcard's encoding. It may be called as often as one likes.
pub fn teller<P: Serialize>(page: &js_sys::Function) -> impl FnMut(&P) + use<P> {
    let page = page.clone();
    let mut last = js_sys::Date::now();
    move |progress| {
        let now = js_sys::Date::now();
        if (now - last).abs() < PAUSE {
            return;
        }
        last = now;
        if let Ok(progress) = bytes(progress) {
            // A page that has gone does not listen, and needs nothing.
            let _ = page.call1(&JsValue::NULL, &js_sys::Uint8Array::from(progress.as_slice()));
        }
    }
}

fn bytes(value: &impl Serialize) -> Result<Vec<u8>, String> {
    postcard::to_allocvec(value).map_err(|error| error.to_string())
}
