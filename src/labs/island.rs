//! Where a lab meets its page: an element with `data-lab`, inert and filled with the first frame until the app mounts there.

use super::{Entry, Lab, Mode, Name};
use crate::player::link::{self, Link};
use crate::player::{Opening, Player, PlayerProps, Preview};
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::Element;
use yew::AttrValue;

/// One placeholder and what its attributes and the page's address ask for.
pub struct Place {
    pub element: Element,
    pub name: Name,
    pub preset: Option<String>,
    pub mode: Mode,
    /// The lab's name on its page; it tells several labs in one address apart.
    pub key: String,
    /// What the address says about this very lab.
    pub link: Option<Result<Link, link::Unusable>>,
    pub preview: Option<String>,
}

/// Mounts a lab in every placeholder of the page that is for one of these and has none yet.
pub fn mount_labs(labs: &'static [Entry]) {
    let Some(document) = web_sys::window().and_then(|window| window.document()) else { return };
    let search = document.location().and_then(|location| location.search().ok()).unwrap_or_default();
    for (index, element) in elements("[data-lab]").into_iter().enumerate() {
        let id = element.get_attribute("data-lab");
        let Some(entry) = labs.iter().find(|entry| Some(entry.id) == id.as_deref()) else { continue };
        if element.has_attribute("data-live") {
            continue;
        }
        let key = element.get_attribute("data-key").unwrap_or_else(|| (index + 1).to_string());
        let link = link::parse(&search, entry.id, &key);
        (entry.mount)(Place {
            name: entry.name,
            preset: element.get_attribute("data-preset"),
            mode: Mode::named(&element.get_attribute("data-mode").unwrap_or_default()),
            preview: element.get_attribute("data-preview"),
            key,
            link,
            element,
        });
    }
}

/// Mounts one lab.
pub fn mount<L: Lab>(place: Place) {
    let Place { element, name, preset, mode, key, link, preview } = place;
    let preview = preview.and_then(|data| Preview::<L>::decode(&data));
    let opening = Opening::<L>::find(name, preset.as_deref(), link).with_preview(preview);
    let props = PlayerProps { opening: Rc::new(opening), mode, island: AttrValue::from(key) };
    let _ = element.set_attribute("data-live", "");
    yew::Renderer::<Player<L>>::with_root_and_props(element.clone(), props).render();
    let _ = element.remove_attribute("inert");
}

/// The absolute address of a file that the build names in a `<meta>` of the page. Relative to the page's base, not to its path.
pub fn resource(name: &str) -> Option<String> {
    let document = web_sys::window()?.document()?;
    let meta = document.query_selector(&format!("meta[name=\"{name}\"]")).ok()??;
    let address = meta.get_attribute("content").filter(|content| !content.is_empty())?;
    let base = document.base_uri().ok()??;
    // An anchor resolves an address as the page itself would.
    let anchor = document.create_element("a").ok()?;
    anchor.set_attribute("href", &address).ok()?;
    let resolved = js_sys::Reflect::get(&anchor, &"href".into()).ok()?.as_string();
    resolved.filter(|href| !href.is_empty()).or_else(|| Some(format!("{base}{address}")))
}

fn elements(selector: &str) -> Vec<Element> {
    let document = web_sys::window().and_then(|window| window.document());
    let Some(list) = document.and_then(|document| document.query_selector_all(selector).ok()) else {
        return Vec::new();
    };
    (0..list.length()).filter_map(|i| list.get(i)?.dyn_into().ok()).collect()
}

/// After a fault of ours nothing in this Wasm instance can be trusted, its scheduler least of all: every live lab says so in its
/// own frame and offers a way back. The text of the page stays.
pub fn guard_against_panics() {
    std::panic::set_hook(Box::new(|info| {
        report(&info.to_string());
        for island in elements("[data-live]") {
            let _ = show_fault(&island);
        }
    }));
}

fn report(words: &str) {
    let console = js_sys::Reflect::get(&js_sys::global(), &"console".into());
    let error = console.as_ref().ok().and_then(|c| js_sys::Reflect::get(c, &"error".into()).ok());
    if let (Ok(console), Some(error)) = (console, error.and_then(|error| error.dyn_into::<js_sys::Function>().ok())) {
        let _ = error.call1(&console, &words.into());
    }
}

/// Replaces an island by the news that it has failed, and two ways back. Plain DOM calls: the components are what has just failed.
pub fn show_fault(island: &Element) -> Option<()> {
    let document = island.owner_document()?;
    let make = |name: &str, class: &str, text: &str| {
        let element = document.create_element(name).ok()?;
        element.set_class_name(class);
        element.set_text_content(Some(text));
        Some(element)
    };
    let panel = make("section", "lab lab-fault", "")?;
    panel.set_attribute("role", "alert").ok()?;
    let title = make("strong", "", "This lab has stopped: a fault in Interleave, not in your program.")?;
    let advice =
        make("p", "", "Your program is still in the address bar. Reload the page to try again, or reset the lab.")?;
    let reload = make("a", "lab-button", "Reload")?;
    reload.set_attribute("href", &document.location()?.href().ok()?).ok()?;
    let reset = make("a", "lab-button", "Reset the lab")?;
    reset.set_attribute("href", &document.location()?.pathname().ok()?).ok()?;
    for child in [title, advice, reload, reset] {
        panel.append_child(&child).ok()?;
    }
    island.set_text_content(None);
    island.append_child(&panel).ok()?;
    Some(())
}
