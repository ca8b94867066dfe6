//! Connection pools: requests that wait for a connection, a queue one can watch, and what the formulas say of it.

mod course;
mod flow;
mod predict;
mod settings;
mod sizes;
mod slot;
mod stage;
mod waits;

use super::{Failure, Lab, Prediction, PresetInfo, StageContext};
use crate::draw::time::milliseconds;
use crate::worker::{self, Engine};
use interleave_kernel::Mark;
use interleave_traffic::pool::{PRESETS, PoolTape, Preset, Scenario, Scene};
use yew::prelude::*;

/// The lab.
pub struct Pools;

impl Lab for Pools {
    const ID: &'static str = "pool";
    const TITLE: &'static str = "Connection pools";
    const SUMMARY: &'static str = "Requests wait for a connection, hold it and give it back, or forget to: a queue one can watch, and what queueing theory says of it.";
    const ENGINE: Engine = Engine::Traffic;
    const SUBJECT: &'static str = "traffic";
    const UNIT: &'static str = "request";
    const SECTION: &'static str = "part of the run";

    type Scenario = Scenario;
    type Scene = Scene;

    fn presets() -> Vec<PresetInfo> {
        let info = |&Preset { id, title, idea, .. }: &Preset| PresetInfo { group: "", id, title, idea };
        PRESETS.iter().map(info).collect()
    }

    fn preset(id: &str) -> Option<Scenario> {
        Preset::find(id).map(Preset::scenario)
    }

    async fn record(scenario: Scenario) -> Result<PoolTape, Failure> {
        worker::compute(Self::ENGINE, "pool", &scenario).await
    }

    #[cfg(feature = "prerender")]
    fn record_here(scenario: &Scenario) -> PoolTape {
        interleave_traffic::pool::record(scenario)
    }

    /// Just before the close look.
    fn opening_frame(tape: &PoolTape) -> usize {
        tape.frames().iter().position(|frame| frame.mark < Mark::Section).unwrap_or(0).saturating_sub(1)
    }

    fn stage(scene: &Scene, context: &StageContext<Self>) -> Html {
        stage::stage(scene, context)
    }

    fn controls(scenario: &Scenario, change: &Callback<Scenario>) -> Html {
        settings::size(scenario, change)
    }

    fn clock(scene: &Scene) -> Option<String> {
        Some(milliseconds(scene.clock.saturating_mul(1000)))
    }

    fn predict(tape: &PoolTape, at: usize) -> Option<Prediction> {
        predict::predict(tape, at)
    }
}
