//! Motion that shows identity: what leaves one place is what arrives in the next.
//!
//! Elements with the same `data-move` before and after a change are one thing. Each is moved, in the new picture, from where the
//! old one was (first, last, invert, play). The Web Animations API does it, which a strict content policy allows.

use js_sys::{Array, Object, Reflect};
use std::collections::{BTreeMap, VecDeque};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, HtmlElement};
use yew::NodeRef;

/// How long a thing is on its way, in milliseconds.
const DURATION: f64 = 220.0;

/// More than this are not followed by anyone's eyes.
const MOST: u32 = 60;

/// Left and top of everything with that name, in the order of the page.
type Places = BTreeMap<String, VecDeque<(f64, f64)>>;

/// Where things were before the change that is under way.
#[derive(Default)]
pub struct Motion {
    before: Option<Places>,
}

impl Motion {
    /// Remembers where everything on the stage is. Called before the picture changes.
    pub fn capture(&mut self, stage: &NodeRef) {
        self.before = stage.cast::<HtmlElement>().filter(|_| !calm()).map(|stage| {
            let mut places = Places::new();
            for (name, element) in movers(&stage) {
                let place = element.get_bounding_client_rect();
                places.entry(name).or_default().push_back((place.left(), place.top()));
            }
            places
        });
    }

    /// The next picture has nothing to do with this one.
    pub fn forget(&mut self) {
        self.before = None;
    }

    /// Moves everything to where it is now. `step` is how long this picture is shown, if there is a next one.
    pub fn play(&mut self, stage: &NodeRef, step: Option<u32>) {
        let (Some(mut before), Some(stage)) = (self.before.take(), stage.cast::<HtmlElement>()) else { return };
        let duration = step.map_or(DURATION, |step| DURATION.min(f64::from(step) * 0.6));
        for (name, element) in movers(&stage) {
            let place = element.get_bounding_client_rect();
            let frames = match before.get_mut(&name).map(VecDeque::pop_front) {
                // One more of something that was there: it does not arrive from anywhere.
                Some(None) => continue,
                Some(Some((left, top))) => {
                    let (x, y) = (left - place.left(), top - place.top());
                    // Whole pixels: nobody sees the rest.
                    let (x, y) = (x.round() as i32, y.round() as i32);
                    if x == 0 && y == 0 {
                        continue;
                    }
                    [
                        [("transform", format!("translate({x}px, {y}px)")), ("zIndex", "3".into())],
                        [("transform", "none".into()), ("zIndex", "3".into())],
                    ]
                }
                None => [
                    [("opacity", "0".into()), ("transform", "scale(.92)".into())],
                    [("opacity", "1".into()), ("transform", "none".into())],
                ],
            };
            let _ = animate(&element, &frames, duration);
        }
    }
}

/// Whether the reader asked for no motion.
fn calm() -> bool {
    let query = web_sys::window().and_then(|window| window.match_media("(prefers-reduced-motion: reduce)").ok()?);
    query.is_none_or(|query| query.matches())
}

fn movers(stage: &HtmlElement) -> impl Iterator<Item = (String, Element)> {
    let list = stage.query_selector_all("[data-move]").ok();
    let len = list.as_ref().map_or(0, |list| list.length()).min(MOST);
    (0..len).filter_map(move |i| {
        let element: Element = list.as_ref()?.get(i)?.dyn_into().ok()?;
        Some((element.get_attribute("data-move")?, element))
    })
}

fn animate(element: &Element, frames: &[[(&str, String); 2]; 2], duration: f64) -> Result<(), JsValue> {
    let keyframes = Array::new();
    for frame in frames {
        let keyframe = Object::new();
        for (name, value) in frame {
            Reflect::set(&keyframe, &(*name).into(), &value.into())?;
        }
        keyframes.push(&keyframe);
    }
    let options = Object::new();
    Reflect::set(&options, &"duration".into(), &duration.into())?;
    Reflect::set(&options, &"easing".into(), &"cubic-bezier(.2, .7, .2, 1)".into())?;
    // Looked up by name: the binding takes no easing.
    let animate: js_sys::Function = Reflect::get(element, &"animate".into())?.dyn_into()?;
    animate.call2(element, &keyframes, &options).map(|_| ())
}
