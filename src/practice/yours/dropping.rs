//! Files that are dragged over the page, and dropped anywhere on it.

use gloo::events::{EventListener, EventListenerOptions};
use wasm_bindgen::JsCast;
use web_sys::{DragEvent, File, FileList};
use yew::Callback;

/// Tells whether files are over the page, and which were dropped. What else is dragged, such as words or links, is left to the browser.
pub fn listen(over: Callback<bool>, files: Callback<Vec<File>>) -> Vec<EventListener> {
    let Some(document) = web_sys::window().and_then(|window| window.document()) else { return vec![] };
    let on = |name: &'static str, act: Box<dyn Fn(&DragEvent)>| {
        EventListener::new_with_options(&document, name, EventListenerOptions::enable_prevent_default(), move |event| {
            if let Some(event) = event.dyn_ref::<DragEvent>().filter(|event| has_files(event)) {
                act(event);
            }
        })
    };
    let (entered, left, dropped) = (over.clone(), over.clone(), over);
    vec![
        // Without this the browser would open the file instead of the page.
        on("dragover", Box::new(move |event| event.prevent_default())),
        on(
            "dragenter",
            Box::new(move |event| {
                event.prevent_default();
                entered.emit(true);
            }),
        ),
        // From one element to the next is no leaving.
        on(
            "dragleave",
            Box::new(move |event| {
                if event.related_target().is_none() {
                    left.emit(false);
                }
            }),
        ),
        on(
            "drop",
            Box::new(move |event| {
                event.prevent_default();
                dropped.emit(false);
                files.emit(self::files(event.data_transfer().and_then(|data| data.files())));
            }),
        ),
    ]
}

fn has_files(event: &DragEvent) -> bool {
    event.data_transfer().is_some_and(|data| data.types().iter().any(|kind| kind == "Files"))
}

/// The files of a list.
pub fn files(list: Option<FileList>) -> Vec<File> {
    list.map(|list| (0..list.length()).filter_map(|at| list.get(at)).collect()).unwrap_or_default()
}
