//! The list of keys, and what a key that was pressed anywhere on the page is for.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlInputElement, KeyboardEvent};
use yew::prelude::*;

/// Where it is remembered that somebody wants no keys.
const OFF: &str = "interleave-keys-off";

fn storage() -> Option<web_sys::Storage> {
    web_sys::window()?.local_storage().ok()?
}

/// Whether single keys do something. Who dictates, or rests a hand on the keyboard, can switch them off (WCAG 2.1.4).
pub fn are_on() -> bool {
    storage().and_then(|storage| storage.get_item(OFF).ok()?).is_none()
}

fn switch(on: bool) {
    if let Some(storage) = storage() {
        let _ = if on { storage.remove_item(OFF) } else { storage.set_item(OFF, "yes") };
    }
}

/// The list, as `?` shows it, and the switch.
pub fn list(keys: &[(&str, &str)]) -> Html {
    let switched = Callback::from(|event: Event| {
        switch(event.target_dyn_into::<HtmlInputElement>().is_some_and(|input| input.checked()));
    });
    html! {
        <section class="keys-list" aria-label="Keys">
            <label><input type="checkbox" checked={are_on()} onchange={switched} />{" Single keys are on"}</label>
            <dl>
                { for keys.iter().map(|(key, what)| html! {
                    <div><dt><kbd>{ *key }</kbd></dt><dd>{ *what }</dd></div>
                }) }
            </dl>
        </section>
    }
}

/// Whether a key belongs to what has the focus: somebody is typing, or pressing what is pressed with Enter.
pub fn is_taken(event: &KeyboardEvent) -> bool {
    if !are_on() || event.default_prevented() || event.ctrl_key() || event.meta_key() || event.alt_key() {
        return true;
    }
    let Some(element) = event.target().and_then(|target| target.dyn_into::<Element>().ok()) else { return false };
    takes_text(&element) || (event.key() == "Enter" && takes_enter(&element))
}

/// Whether one types there.
pub fn takes_text(element: &Element) -> bool {
    match element.tag_name().as_str() {
        "TEXTAREA" | "SELECT" => true,
        "INPUT" => element
            .dyn_ref::<HtmlInputElement>()
            .is_some_and(|input| !matches!(input.type_().as_str(), "radio" | "checkbox" | "button" | "range")),
        _ => element.has_attribute("contenteditable"),
    }
}

/// Whether Enter does something of its own there.
pub fn takes_enter(element: &Element) -> bool {
    matches!(element.tag_name().as_str(), "BUTTON" | "A" | "SUMMARY" | "IFRAME")
}

/// Presses the option of that number in a place, as a hand would.
pub fn choose(place: &NodeRef, number: u32) {
    const OPTIONS: &str =
        ".sitting-card input[type=radio]:not(:disabled), .sitting-card input[type=checkbox]:not(:disabled)";
    let document = place.cast::<Element>().and_then(|element| element.owner_document());
    let options = document.and_then(|document| document.query_selector_all(OPTIONS).ok());
    let option = options.and_then(|options| options.get(number.checked_sub(1)?));
    if let Some(option) = option.and_then(|option| option.dyn_into::<web_sys::HtmlElement>().ok()) {
        option.click();
        let _ = option.focus();
    }
}
