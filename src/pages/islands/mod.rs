//! The parts of a page, besides its labs, that come to life in the browser.
//!
//! Questions are an app of their own (`src/practice`). A placeholder is `<div data-island="name" data-props="{…}">` with what is readable without JavaScript inside.

pub mod run;

use serde::de::DeserializeOwned;
use wasm_bindgen::JsCast;
use web_sys::Element;
use yew::BaseComponent;

/// Mounts every island of the page that is of the app of every page, and is not mounted yet.
pub fn mount() {
    let Some(document) = web_sys::window().and_then(|window| window.document()) else { return };
    let Ok(places) = document.query_selector_all("[data-island]:not([data-live])") else { return };
    for place in (0..places.length()).filter_map(|i| places.get(i)?.dyn_into::<Element>().ok()) {
        if place.get_attribute("data-island").as_deref() == Some(run::ISLAND) {
            mount_one::<run::Run>(&place);
        }
    }
}

/// Mounts a component in its place, with what the place carries. One that cannot be read stays as it was printed.
pub fn mount_one<C>(place: &Element)
where
    C: BaseComponent,
    C::Properties: DeserializeOwned,
{
    let props = place.get_attribute("data-props").and_then(|json| serde_json::from_str(&json).ok());
    if let Some(props) = props {
        let _ = place.set_attribute("data-live", "");
        yew::Renderer::<C>::with_root_and_props(place.clone(), props).render();
    }
}
