//! Optimistic or pessimistic: five ways to change a row that others change, too, on one workload.

mod clients;
mod curves;
mod figures;
mod predict;
mod presets;
mod settings;
mod stage;
mod standings;
mod way;

use super::{Failure, Lab, Prediction, PresetInfo, StageContext};
use crate::draw::time::milliseconds;
use crate::worker::{self, Engine};
use interleave_sql::workload::{Scene, Workload, WorkloadTape};
use presets::PRESETS;
use yew::prelude::*;

/// The lab.
pub struct Contention;

impl Lab for Contention {
    const ID: &'static str = "contention";
    const TITLE: &'static str = "Optimistic or pessimistic";
    const SUMMARY: &'static str = "The same clients and the same rows, five ways to change them: what each commits, waits for, tries again and loses.";
    const ENGINE: Engine = Engine::Sql;
    const SUBJECT: &'static str = "workload";
    const UNIT: &'static str = "level of contention";
    const SECTION: &'static str = "part of the comparison";

    type Scenario = Workload;
    type Scene = Scene;

    fn presets() -> Vec<PresetInfo> {
        PRESETS.iter().map(|preset| preset.info).collect()
    }

    fn preset(id: &str) -> Option<Workload> {
        PRESETS.iter().find(|preset| preset.info.id == id).map(|preset| (preset.workload)())
    }

    async fn record(workload: Workload) -> Result<WorkloadTape, Failure> {
        worker::compute(Self::ENGINE, "contention", &workload).await
    }

    #[cfg(feature = "prerender")]
    fn record_here(workload: &Workload) -> WorkloadTape {
        interleave_sql::workload::record(workload, |_| {})
    }

    fn stage(scene: &Scene, context: &StageContext<Self>) -> Html {
        stage::stage(scene, context)
    }

    fn controls(workload: &Workload, change: &Callback<Workload>) -> Html {
        settings::sweep(workload, change)
    }

    fn clock(scene: &Scene) -> Option<String> {
        Some(milliseconds(scene.clock.saturating_mul(1000)))
    }

    fn predict(tape: &WorkloadTape, at: usize) -> Option<Prediction> {
        predict::predict(tape, at)
    }
}
