//! Where questions meet their pages: elements with `data-app="practice"`.

use super::ask::in_place;
use crate::pages::islands::mount_one;
use wasm_bindgen::JsCast;
use web_sys::Element;

/// Mounts every island of this app that is not mounted yet.
pub fn mount() {
    let Some(document) = web_sys::window().and_then(|window| window.document()) else { return };
    let Ok(places) = document.query_selector_all("[data-app=practice]:not([data-live])") else { return };
    for place in (0..places.length()).filter_map(|i| places.get(i)?.dyn_into::<Element>().ok()) {
        if place.get_attribute("data-island").as_deref() == Some(in_place::ISLAND) {
            mount_one::<in_place::InPlace>(&place);
        }
    }
}
