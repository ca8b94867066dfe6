//! A page with one lab on it, and a reader's hands.

use interleave::labs::island::{Place, mount};
use interleave::labs::{Lab, Mode, Name};
use interleave::player::link;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Element, HtmlElement, HtmlInputElement, InputEvent, InputEventInit, KeyboardEvent, KeyboardEventInit};

/// A mounted lab.
pub struct Hands {
    pub root: Element,
}

impl Hands {
    /// The lab that its page calls `key`, at a preset, as that query string opens it.
    pub async fn on<L: Lab>(preset: &str, key: &str, query: &str) -> Self {
        let document = web_sys::window().unwrap().document().unwrap();
        let root = document.create_element("div").unwrap();
        document.body().unwrap().append_child(&root).unwrap();
        mount::<L>(Place {
            name: Name::of::<L>(),
            element: root.clone(),
            preset: Some(preset.into()),
            mode: Mode::Full,
            key: key.into(),
            link: link::parse(query, L::ID, key),
            preview: None,
        });
        settle().await;
        Self { root }
    }

    pub fn find(&self, selector: &str) -> Option<HtmlElement> {
        self.root.query_selector(selector).unwrap().map(|element| element.dyn_into().unwrap())
    }

    pub fn all(&self, selector: &str) -> Vec<HtmlElement> {
        let list = self.root.query_selector_all(selector).unwrap();
        (0..list.length()).map(|i| list.get(i).unwrap().dyn_into().unwrap()).collect()
    }

    /// The text of the only element that matches.
    pub fn text(&self, selector: &str) -> String {
        self.find(selector).unwrap_or_else(|| panic!("no {selector}")).text_content().unwrap()
    }

    pub async fn click(&self, selector: &str) {
        self.find(selector).unwrap_or_else(|| panic!("no {selector}")).click();
        settle().await;
    }

    /// Presses a button by its name.
    pub async fn press_button(&self, name: &str) {
        let buttons = self.all("button");
        let named = |button: &&HtmlElement| {
            button.get_attribute("aria-label").as_deref() == Some(name)
                || button.text_content().as_deref() == Some(name)
        };
        buttons.iter().find(named).unwrap_or_else(|| panic!("no button {name}")).click();
        settle().await;
    }

    /// Presses a key while the lab has the focus.
    pub async fn key(&self, key: &str) {
        self.key_with(key, false).await;
    }

    pub async fn key_with(&self, key: &str, shift: bool) {
        let options = KeyboardEventInit::new();
        options.set_key(key);
        options.set_shift_key(shift);
        options.set_bubbles(true);
        options.set_cancelable(true);
        let event = KeyboardEvent::new_with_keyboard_event_init_dict("keydown", &options).unwrap();
        self.find(".lab").unwrap().dispatch_event(&event).unwrap();
        settle().await;
    }

    /// Drags the slider to a step.
    pub async fn drag_to(&self, step: usize) {
        let slider: HtmlInputElement = self.find(".transport-slider").unwrap().unchecked_into();
        slider.set_value(&step.to_string());
        let options = InputEventInit::new();
        options.set_bubbles(true);
        let event = InputEvent::new_with_event_init_dict("input", &options).unwrap();
        slider.dispatch_event(&event).unwrap();
        settle().await;
    }

    /// `step 3 of 21`.
    pub fn step(&self) -> String {
        self.text(".transport-step")
    }
}

/// Lets everything happen that waits for nothing but its turn.
pub async fn settle() {
    for _ in 0..6 {
        let _ = JsFuture::from(js_sys::Promise::resolve(&JsValue::NULL)).await;
        yew::scheduler::flush().await;
    }
}
