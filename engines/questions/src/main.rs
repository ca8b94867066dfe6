//! Files of questions in a web worker. Nothing is decided here: bytes in, a deck and its problems out.

#[cfg(target_arch = "wasm32")]
mod tasks {
    use interleave_course::brought;
    use interleave_engine_glue::task;
    use wasm_bindgen::prelude::*;

    /// Reads a file of that name; the answer is a [`brought::Reading`].
    #[wasm_bindgen]
    pub fn read(name: &str, _page: &js_sys::Function, file: &[u8]) -> Result<Vec<u8>, String> {
        task(name, |name: String| brought::read(&name, file))
    }
}

fn main() {
    #[cfg(target_arch = "wasm32")]
    interleave_engine_glue::start();
}
