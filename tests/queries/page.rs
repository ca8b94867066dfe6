//! The lab of N+1 queries on a page of its own.

use crate::fixture;
use crate::hands::Hands;
use interleave::labs::n_plus_one::NPlusOne;
use interleave::labs::{Failure, Lab, Prediction, PresetInfo, StageContext};
use interleave::worker::Engine;
use interleave_queries::{QueryTape, Scenario, Scene};
use std::cell::RefCell;
use std::ops::Deref;
use yew::{Callback, Html};

thread_local! {
    /// What was asked to be recorded, latest last.
    static ASKED: RefCell<Vec<Scenario>> = const { RefCell::new(Vec::new()) };
}

/// The lab over a tape that is there at once, with as many things as the scenario has products.
pub struct Handmade;

impl Lab for Handmade {
    const ID: &'static str = "n-plus-one";
    const TITLE: &'static str = NPlusOne::TITLE;
    const SUMMARY: &'static str = NPlusOne::SUMMARY;
    const ENGINE: Engine = NPlusOne::ENGINE;
    const SUBJECT: &'static str = NPlusOne::SUBJECT;
    const UNIT: &'static str = NPlusOne::UNIT;
    const SECTION: &'static str = NPlusOne::SECTION;
    type Scenario = Scenario;
    type Scene = Scene;

    fn presets() -> Vec<PresetInfo> {
        vec![PresetInfo { group: "", id: "first", title: "First", idea: "" }]
    }

    fn preset(id: &str) -> Option<Scenario> {
        (id == "first").then(|| Scenario { program: fixture::PROGRAM.into(), ..Scenario::default() })
    }

    async fn record(scenario: Scenario) -> Result<QueryTape, Failure> {
        let things = scenario.shop.products;
        ASKED.with_borrow_mut(|asked| asked.push(scenario));
        Ok(fixture::tape(things))
    }

    fn opening_frame(tape: &QueryTape) -> usize {
        NPlusOne::opening_frame(tape)
    }

    fn stage(scene: &Scene, context: &StageContext<Self>) -> Html {
        let context = StageContext::<NPlusOne> {
            scenario: context.scenario,
            at: context.at,
            mode: context.mode,
            stale: context.stale,
            go: context.go.clone(),
            edit: context.edit.clone(),
            run: context.run.clone(),
            turn: context.turn.clone(),
        };
        NPlusOne::stage(scene, &context)
    }

    fn controls(scenario: &Scenario, change: &Callback<Scenario>) -> Html {
        NPlusOne::controls(scenario, change)
    }

    fn clock(scene: &Scene) -> Option<String> {
        NPlusOne::clock(scene)
    }

    fn predict(tape: &QueryTape, at: usize) -> Option<Prediction> {
        NPlusOne::predict(tape, at)
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
    /// The lab at that step of its tape.
    pub async fn at(step: usize) -> Self {
        Self(Hands::on::<Handmade>("first", "1", &format!("?v=1&lab=n-plus-one&at={step}")).await)
    }

    /// What was recorded last.
    pub fn recorded(&self) -> Scenario {
        ASKED.with_borrow(|asked| asked.last().cloned()).expect("something was recorded")
    }

    /// The texts of everything that matches.
    pub fn texts(&self, selector: &str) -> Vec<String> {
        self.all(selector).iter().map(|element| element.text_content().unwrap_or_default()).collect()
    }
}
