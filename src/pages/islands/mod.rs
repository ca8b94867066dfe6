//! The parts of a page, besides its labs, that come to life in the browser.
//!
//! A placeholder is `<div data-island="name" data-props="{…}">` with what is readable without JavaScript inside.

pub mod question;
pub mod run;

use serde::de::DeserializeOwned;
use wasm_bindgen::JsCast;
use web_sys::Element;
use yew::BaseComponent;

/// Mounts every island of the page that is not mounted yet. One that cannot be read stays as it was printed.
pub fn mount() {
    let Some(document) = web_sys::window().and_then(|window| window.document()) else { return };
    let Ok(places) = document.query_selector_all("[data-island]:not([data-live])") else { return };
    for place in (0..places.length()).filter_map(|i| places.get(i)?.dyn_into::<Element>().ok()) {
        match place.get_attribute("data-island").as_deref() {
            Some(run::ISLAND) => mount_one::<run::Run>(&place),
            Some(question::ISLAND) => mount_one::<question::Ask>(&place),
            _ => {}
        }
    }
}

fn mount_one<C>(place: &Element)
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
