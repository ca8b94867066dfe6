//! The locking lab on a page of its own.

use crate::fixture;
use crate::hands::Hands;
use interleave::labs::locking::Locking;
use interleave::labs::{Failure, Lab, Prediction, PresetInfo, StageContext};
use interleave::worker::Engine;
use interleave_sql::lab::{LockingTape, Scenario, Scene};
use std::cell::RefCell;
use std::ops::Deref;
use yew::{Callback, Html};

thread_local! {
    /// What was asked to be recorded, latest last.
    static ASKED: RefCell<Vec<Scenario>> = const { RefCell::new(Vec::new()) };
}

/// The locking lab over a tape that is there at once, whatever the scenario.
pub struct Handmade;

impl Lab for Handmade {
    const ID: &'static str = "locking";
    const TITLE: &'static str = Locking::TITLE;
    const SUMMARY: &'static str = Locking::SUMMARY;
    const ENGINE: Engine = Locking::ENGINE;
    const SUBJECT: &'static str = Locking::SUBJECT;
    const UNIT: &'static str = Locking::UNIT;
    const SECTION: &'static str = Locking::SECTION;
    type Scenario = Scenario;
    type Scene = Scene;

    fn presets() -> Vec<PresetInfo> {
        vec![PresetInfo { group: "", id: "first", title: "First", idea: "" }]
    }

    fn preset(id: &str) -> Option<Scenario> {
        (id == "first").then(fixture::scenario)
    }

    async fn record(scenario: Scenario) -> Result<LockingTape, Failure> {
        ASKED.with_borrow_mut(|asked| asked.push(scenario));
        Ok(fixture::tape())
    }

    fn stage(scene: &Scene, context: &StageContext<Self>) -> Html {
        let context = StageContext::<Locking> {
            scenario: context.scenario,
            at: context.at,
            mode: context.mode,
            stale: context.stale,
            go: context.go.clone(),
            edit: context.edit.clone(),
            run: context.run.clone(),
            turn: context.turn.clone(),
        };
        Locking::stage(scene, &context)
    }

    fn controls(scenario: &Scenario, change: &Callback<Scenario>) -> Html {
        Locking::controls(scenario, change)
    }

    fn clock(scene: &Scene) -> Option<String> {
        Locking::clock(scene)
    }

    fn predict(tape: &LockingTape, at: usize) -> Option<Prediction> {
        Locking::predict(tape, at)
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
        Self(Hands::on::<Handmade>("first", "1", &format!("?v=1&lab=locking&at={step}")).await)
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
