//! The event-loop lab on a page of its own.

use crate::fixture;
use crate::hands::Hands;
use interleave::labs::event_loop::EventLoop;
use interleave::labs::{Failure, Lab, Prediction, PresetInfo, StageContext};
use interleave::worker::Engine;
use interleave_node::{NodeTape, Scenario, Scene};
use std::ops::Deref;
use web_sys::Node;
use yew::{Callback, Html};

/// The event-loop lab over a tape that is there at once; a program that says LONG has a long one, FAIL none.
pub struct Handmade;

impl Lab for Handmade {
    const ID: &'static str = "event-loop";
    const TITLE: &'static str = EventLoop::TITLE;
    const SUMMARY: &'static str = EventLoop::SUMMARY;
    const ENGINE: Engine = EventLoop::ENGINE;
    const SUBJECT: &'static str = EventLoop::SUBJECT;
    const UNIT: &'static str = EventLoop::UNIT;
    const SECTION: &'static str = EventLoop::SECTION;
    type Scenario = Scenario;
    type Scene = Scene;

    fn presets() -> Vec<PresetInfo> {
        let preset = |id, title| PresetInfo { group: "", id, title, idea: "" };
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
            "FAIL" => Err(Failure { title: "The program was stopped.".into(), advice: "It did not answer.".into() }),
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
            turn: context.turn.clone(),
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
pub struct Page(Hands);

impl Deref for Page {
    type Target = Hands;

    fn deref(&self) -> &Hands {
        &self.0
    }
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
        Self(Hands::on::<Handmade>("first", key, query).await)
    }

    /// The picture as it is now.
    pub fn picture(&self) -> Node {
        self.find(".event-loop").unwrap().clone_node_with_deep(true).unwrap()
    }
}
