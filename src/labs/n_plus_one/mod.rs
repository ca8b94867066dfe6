//! N+1 queries: what a program asks of its database, when, for how long, and what is wrong with it.

mod compare;
mod details;
mod findings;
mod listing;
mod log;
mod phases;
mod picture;
mod plan;
mod predict;
mod question;
mod reading;
mod room;
mod row;
mod settings;
mod spans;
mod sweep;
mod tally;
mod telling;
mod totals;
mod waterfall;

use super::{Failure, Lab, Landing, Prediction, PresetInfo, StageContext};
use crate::draw::time::milliseconds;
use crate::worker::{self, Engine};
use interleave_queries::{PRESETS, Preset, QueryTape, Scenario, Scene};
use std::rc::Rc;
use yew::prelude::*;

/// The lab.
pub struct NPlusOne;

impl Lab for NPlusOne {
    const ID: &'static str = "n-plus-one";
    const TITLE: &'static str = "N+1 queries";
    const SUMMARY: &'static str = "Run a program with pg or an ORM against a PostgreSQL in your browser: see every query it asks, from which line, and what it waits for.";
    const ENGINE: Engine = Engine::Queries;
    const SUBJECT: &'static str = "program";
    const UNIT: &'static str = "query";
    const SECTION: &'static str = "finding";

    type Scenario = Scenario;
    type Scene = Scene;

    fn presets() -> Vec<PresetInfo> {
        let info = |&Preset { group, id, title, idea, .. }: &Preset| PresetInfo { group, id, title, idea };
        PRESETS.iter().map(info).collect()
    }

    fn preset(id: &str) -> Option<Scenario> {
        Preset::find(id).map(Preset::scenario)
    }

    async fn record(scenario: Scenario) -> Result<QueryTape, Failure> {
        worker::record(Self::ENGINE, &scenario).await
    }

    #[cfg(feature = "prerender")]
    fn record_here(scenario: &Scenario) -> QueryTape {
        interleave_queries::record(scenario)
    }

    /// The last one: the picture is a whole then.
    fn opening_frame(tape: &QueryTape) -> usize {
        tape.len().saturating_sub(1)
    }

    /// Whoever looked at the whole looks at the whole again.
    fn landing(before: &Scene, at: usize) -> Landing<Self> {
        let over = before.over;
        Rc::new(move |tape: &QueryTape| if over { tape.len().saturating_sub(1) } else { at })
    }

    fn stage(scene: &Scene, context: &StageContext<Self>) -> Html {
        room::stage(scene, context)
    }

    fn controls(scenario: &Scenario, change: &Callback<Scenario>) -> Html {
        settings::header(scenario, change)
    }

    fn clock(scene: &Scene) -> Option<String> {
        Some(milliseconds(scene.clock))
    }

    fn predict(tape: &QueryTape, at: usize) -> Option<Prediction> {
        predict::predict(tape, at)
    }
}

/// A program that makes its tables by itself.
pub fn by_itself(program: &str, schema: &str) -> Scenario {
    let shop = interleave_queries::Shop { empty: true, sql: schema.to_owned(), ..Default::default() };
    Scenario { program: program.to_owned(), shop, ..Scenario::default() }
}
