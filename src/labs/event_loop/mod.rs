//! The event loop of Node.js: what waits where, what runs, and why.

mod chip;
mod controls;
mod lane;
mod pool;
mod predict;
mod preset;
mod presets;
mod stack;
mod stage;

pub use preset::Preset;
pub use presets::PRESETS;

use super::{Failure, Lab, Prediction, PresetInfo, StageContext};
use crate::draw::time::milliseconds;
use crate::worker::{self, Engine};
use interleave_node::{NodeTape, Outcome, Scenario, Scene};
use yew::prelude::*;

/// The lab.
pub struct EventLoop;

impl Lab for EventLoop {
    const ID: &'static str = "event-loop";
    const TITLE: &'static str = "Event loop";
    const SUMMARY: &'static str =
        "Run JavaScript on a simulated Node.js, step by step, and see every queue of its event loop.";
    const ENGINE: Engine = Engine::Node;
    const SUBJECT: &'static str = "program";
    const UNIT: &'static str = "callback";
    const SECTION: &'static str = "phase";

    type Scenario = Scenario;
    type Scene = Scene;

    fn presets() -> Vec<PresetInfo> {
        PRESETS
            .iter()
            .map(|preset| PresetInfo { group: "", id: preset.id, title: preset.title, idea: preset.idea })
            .collect()
    }

    fn preset(id: &str) -> Option<Scenario> {
        PRESETS.iter().find(|preset| preset.id == id).map(Preset::scenario)
    }

    async fn record(scenario: Scenario) -> Result<NodeTape, Failure> {
        worker::record(Self::ENGINE, &scenario).await
    }

    #[cfg(feature = "prerender")]
    fn record_here(scenario: &Scenario) -> NodeTape {
        interleave_node::record(scenario, &interleave_node::Options::default())
    }

    /// A program that cannot be compiled has one thing to show: where.
    fn opening_frame(tape: &NodeTape) -> usize {
        match tape.last().outcome.as_deref() {
            Some(Outcome::Rejected { .. }) => tape.len().saturating_sub(1),
            _ => 0,
        }
    }

    fn stage(scene: &Scene, context: &StageContext<Self>) -> Html {
        stage::stage(scene, context)
    }

    fn controls(scenario: &Scenario, change: &Callback<Scenario>) -> Html {
        controls::controls(scenario, change)
    }

    fn clock(scene: &Scene) -> Option<String> {
        Some(milliseconds(scene.clock))
    }

    fn predict(tape: &NodeTape, at: usize) -> Option<Prediction> {
        predict::predict(tape, at)
    }
}
