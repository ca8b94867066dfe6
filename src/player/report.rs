//! Tells a page of this site that has a lab in a frame what a run has come to: a question may have asked for it.

use crate::labs::Reached;
use serde::Serialize;

/// The version of the messages between a frame and its page, as in `static/embed-page.js`.
const VERSION: u32 = 1;

#[derive(Serialize)]
struct Message<'a> {
    interleave: u32,
    r#type: &'static str,
    presets: &'a [String],
    goals: &'a [String],
    faults: &'a [&'static str],
}

/// Posts it to the page around, if that is of this site: what a learner does is nobody else's business.
pub fn reached(reached: &Reached) {
    let Some(window) = web_sys::window() else { return };
    let (Ok(Some(parent)), Ok(origin)) = (window.parent(), window.location().origin()) else { return };
    if reached.presets.is_empty() || js_sys::Object::is(&parent, &window) {
        return;
    }
    let Reached { presets, goals, faults } = reached;
    let message = Message { interleave: VERSION, r#type: "reached", presets, goals, faults };
    if let Ok(json) = serde_json::to_string(&message)
        && let Ok(message) = js_sys::JSON::parse(&json)
    {
        let _ = parent.post_message(&message, &origin);
    }
}
