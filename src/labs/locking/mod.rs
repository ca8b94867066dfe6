//! Locks and isolation: several sessions of a database, one statement at a time.

mod card;
mod controls;
mod every_order;
mod graph;
mod lanes;
mod locks;
mod predict;
mod presets;
mod reached;
mod scripts;
mod session;
mod sql;
mod stage;
mod strip;
#[cfg(feature = "prerender")]
mod task;
mod timeline;
mod turns;
mod verdict;
mod versions;

pub use presets::{PRESETS, Preset};
#[cfg(feature = "prerender")]
pub use task::{planned, schedule};

use super::{Failure, Lab, Prediction, PresetInfo, Reached, StageContext};
use crate::draw::time::milliseconds;
use crate::worker::{self, Engine};
use interleave_sql::lab::{LockingTape, Scenario, Scene};
use yew::prelude::*;

/// The lab.
pub struct Locking;

impl Lab for Locking {
    const ID: &'static str = "locking";
    const TITLE: &'static str = "Locks and isolation";
    const SUMMARY: &'static str = "Interleave the transactions of several sessions by hand: the row versions, the locks, the waits, and what it cost.";
    const ENGINE: Engine = Engine::Sql;
    const SUBJECT: &'static str = "scenario";
    const UNIT: &'static str = "statement";
    const SECTION: &'static str = "transaction";

    type Scenario = Scenario;
    type Scene = Scene;

    fn presets() -> Vec<PresetInfo> {
        PRESETS.iter().map(Preset::info).collect()
    }

    fn preset(id: &str) -> Option<Scenario> {
        Preset::named(id).map(Preset::scenario)
    }

    async fn record(scenario: Scenario) -> Result<LockingTape, Failure> {
        worker::record(Self::ENGINE, &scenario).await
    }

    #[cfg(feature = "prerender")]
    fn record_here(scenario: &Scenario) -> LockingTape {
        interleave_sql::lab::record(scenario)
    }

    /// A setup that fails has one thing to show: where.
    fn opening_frame(tape: &LockingTape) -> usize {
        if tape.last().stopped.is_some() && tape.last().entries.is_empty() { tape.len().saturating_sub(1) } else { 0 }
    }

    fn stage(scene: &Scene, context: &StageContext<Self>) -> Html {
        stage::stage(scene, context)
    }

    fn controls(scenario: &Scenario, change: &Callback<Scenario>) -> Html {
        controls::controls(scenario, change)
    }

    fn clock(scene: &Scene) -> Option<String> {
        Some(milliseconds(scene.clock.saturating_mul(1000)))
    }

    fn reached(scenario: &Scenario, tape: &LockingTape) -> Reached {
        reached::reached(scenario, tape)
    }

    fn predict(tape: &LockingTape, at: usize) -> Option<Prediction> {
        predict::predict(tape, at)
    }
}
