//! A page with one lab on it, and a reader's hands.

use crate::fixture;
use interleave::labs::event_loop::EventLoop;
use interleave::labs::island::{Place, mount};
use interleave::labs::{Failure, Lab, Mode, Prediction, PresetInfo, StageContext};
use interleave::player::link;
use interleave_node::{NodeTape, Scenario, Scene};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Element, HtmlElement, HtmlInputElement, InputEvent, InputEventInit, KeyboardEvent, KeyboardEventInit, Node,
};
use yew::{Callback, Html};

/// The event-loop lab over a tape that is there at once; a program that says LONG has a long one, FAIL none.
pub struct Handmade;

impl Lab for Handmade {
    const ID: &'static str = "event-loop";
    const TITLE: &'static str = EventLoop::TITLE;
    const SUMMARY: &'static str = EventLoop::SUMMARY;
    type Scenario = Scenario;
    type Scene = Scene;

    fn presets() -> Vec<PresetInfo> {
        let preset = |id, title| PresetInfo { id, title, idea: "" };
        vec![preset("first", "First"), preset("second", "Second"), preset("fails", "Fails")]
    }

    fn preset(id: &str) -> Option<Scenario> {
        match id {
            "first" => Some(Scenario::script(fixture::PROGRAM)),
            "second" => Some(Scenario::script("again()")),
            "long" => Some(Scenario::script("LONG")),
            "fails" => Some(Scenario::script("FAIL")),
            _ => None,
        }
    }

    async fn record(scenario: Scenario) -> Result<NodeTape, Failure> {
        match scenario.program.as_str() {
            "FAIL" => Err(Failure::hung(8)),
            "LONG" => Ok(fixture::long(10_000)),
            _ => Ok(fixture::tape()),
        }
    }

    fn stage(scene: &Scene, context: &StageContext<Self>) -> Html {
        let context = StageContext::<EventLoop> {
            scenario: context.scenario,
            at: context.at,
            mode: context.mode,
            stale: context.stale,
            go: context.go.clone(),
            edit: context.edit.clone(),
            run: context.run.clone(),
        };
        EventLoop::stage(scene, &context)
    }

    fn controls(scenario: &Scenario, change: &Callback<Scenario>) -> Html {
        EventLoop::controls(scenario, change)
    }

    fn clock(scene: &Scene) -> Option<String> {
        EventLoop::clock(scene)
    }

    fn predict(tape: &NodeTape, at: usize) -> Option<Prediction> {
        EventLoop::predict(tape, at)
    }
}

/// A mounted lab.
pub struct Page {
    pub root: Element,
}

impl Page {
    /// The lab as a page without a link opens it.
    pub async fn open() -> Self {
        Self::of("1", "").await
    }

    /// The lab as that query string opens it.
    pub async fn follow(query: &str) -> Self {
        Self::of("1", query).await
    }

    /// The lab that its page calls `key`, as that query string opens it.
    pub async fn of(key: &str, query: &str) -> Self {
        let document = web_sys::window().unwrap().document().unwrap();
        let root = document.create_element("div").unwrap();
        document.body().unwrap().append_child(&root).unwrap();
        mount::<Handmade>(Place {
            element: root.clone(),
            preset: Some("first".into()),
            mode: Mode::Full,
            key: key.into(),
            link: link::parse(query, Handmade::ID, key),
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

    /// The picture as it is now.
    pub fn picture(&self) -> Node {
        self.find(".event-loop").unwrap().clone_node_with_deep(true).unwrap()
    }
}

/// Lets everything happen that waits for nothing but its turn.
pub async fn settle() {
    for _ in 0..6 {
        let _ = JsFuture::from(js_sys::Promise::resolve(&JsValue::NULL)).await;
        yew::scheduler::flush().await;
    }
}
