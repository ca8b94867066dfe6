//! What the diagram scrolls in: the row of the frame is always in sight, and the page around it stays where it is.

use gloo::render::request_animation_frame;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};
use yew::prelude::*;

/// How much stays in sight above the current row: so many pixels, and no more than that share of the room.
const BEFORE: f64 = 260.0;
const SHARE: f64 = 0.45;

#[derive(PartialEq, Properties)]
pub struct Props {
    pub at: usize,
    pub children: Children,
}

#[component]
pub fn Scroll(props: &Props) -> Html {
    let node = use_node_ref();
    let chose = use_mut_ref(|| false);
    {
        let (node, chose) = (node.clone(), chose.clone());
        use_effect_with(props.at, move |_| {
            // With the next paint: to ask now where things are would have the page laid out twice.
            let frame = request_animation_frame(move |_| {
                if let Some(sheet) = node.cast::<HtmlElement>() {
                    if chose.replace(false) {
                        follow(&sheet);
                    }
                    reveal(&sheet);
                }
            });
            move || drop(frame)
        });
    }
    // What is chosen is gone when it has happened, and the focus with it.
    let onclick = Callback::from(move |event: MouseEvent| {
        let offer = event.target_dyn_into::<Element>().and_then(|target| target.closest(".seq-offer").ok()?);
        *chose.borrow_mut() |= offer.is_some();
    });
    html! {
        <div role="group" class="seq-scroll" aria-label="Diagram" tabindex="0" ref={node} {onclick}>{ props.children.clone() }</div>
    }
}

/// Gives the focus, if it is lost, to what happens next, or to the diagram.
fn follow(sheet: &HtmlElement) {
    let lost = sheet
        .owner_document()
        .and_then(|document| document.active_element())
        .is_none_or(|element| element.tag_name() == "BODY");
    if lost {
        let offer =
            [".seq-offer.next", ".seq-offer"].into_iter().find_map(|offer| sheet.query_selector(offer).ok().flatten());
        let place = offer.and_then(|offer| offer.dyn_into::<HtmlElement>().ok());
        let _ = place.as_ref().unwrap_or(sheet).focus();
    }
}

/// Scrolls so that the current row is in sight, some rows before it, and of what may happen next as much as there is room for.
pub fn reveal(sheet: &Element) {
    let find = |selector| sheet.query_selector(selector).ok().flatten();
    let height = |element: Option<Element>| element.map_or(0.0, |element| element.get_bounding_client_rect().height());
    // As a list the rows scroll by themselves.
    if let Some(rows) = find(".seq-window").filter(|rows| rows.scroll_height() > rows.client_height()) {
        rows.set_scroll_top(rows.scroll_height());
    }
    let Some(now) = find(".seq-row.now") else { return sheet.set_scroll_top(0) };
    let (bounds, now) = (sheet.get_bounding_client_rect(), now.get_bounding_client_rect());
    let heads = height(find(".seq-heads"));
    // The foot of the lab may cover the end.
    let foot = sheet.closest(".lab").ok().flatten().and_then(|lab| lab.query_selector(".lab-foot").ok()?);
    let covered = foot.map_or(0.0, |foot| bounds.bottom() - foot.get_bounding_client_rect().top()).max(0.0);
    let room = (bounds.height() - covered).max(120.0);
    let from = now.top() - bounds.top();
    let end = now.bottom() - bounds.top() + height(find(".seq-next, .seq-over"));
    let by = (end - room).min(from - heads - BEFORE.min(room * SHARE));
    sheet.set_scroll_top(sheet.scroll_top() + by.round() as i32);
}
