//! A lab of a protocol: whatever it is about, it is recorded, drawn, forked and asked about the same way.

use super::catalogue::{CATALOGUE, offer, offer_of};
use super::subject::Play;
use super::{panels, predict, reached, storage, variant};
use crate::labs::{Failure, Lab, Prediction, PresetInfo, Reached, StageContext};
use crate::worker::Engine;
use interleave_kernel::Tape;
use interleave_protocols::diagram::Diagram;
use interleave_protocols::play::Way;
use yew::prelude::*;

/// How the presets of a lab are announced.
pub fn announced(lab: &str) -> Vec<PresetInfo> {
    let presets = offer(lab).presets.iter();
    presets.map(|it| PresetInfo { group: &it.group, id: &it.id, title: &it.title, idea: &it.idea }).collect()
}

/// The lab of any protocol. Which one, is said by the subject of its play.
pub struct Protocol;

impl Lab for Protocol {
    // Each lab has a name of its own; this is the first.
    const ID: &'static str = crate::labs::two_phase_commit::NAME.id;
    const TITLE: &'static str = crate::labs::two_phase_commit::NAME.title;
    const SUMMARY: &'static str = crate::labs::two_phase_commit::NAME.summary;
    const ENGINE: Engine = Engine::Protocols;
    const SUBJECT: &'static str = "run";
    const UNIT: &'static str = "delivery";
    const SECTION: &'static str = "fault";

    type Scenario = Play;
    type Scene = Diagram;

    fn presets() -> Vec<PresetInfo> {
        announced(Self::ID)
    }

    fn preset(id: &str) -> Option<Play> {
        let preset = CATALOGUE.labs.iter().flat_map(|lab| &lab.presets).find(|preset| preset.id == id)?;
        Some(Play { subject: preset.subject.clone(), histories: vec![Way::Story(id.into())], here: 0 })
    }

    async fn record(scenario: Play) -> Result<Tape<Diagram>, Failure> {
        storage::record(&scenario).await
    }

    #[cfg(feature = "prerender")]
    fn record_here(scenario: &Play) -> Tape<Diagram> {
        storage::record_here(scenario)
    }

    fn stage(scene: &Diagram, context: &StageContext<Self>) -> Html {
        panels::stage(scene, context)
    }

    fn controls(scenario: &Play, change: &Callback<Play>) -> Html {
        variant::controls(&offer_of(&scenario.subject).variants, scenario, change)
    }

    fn clock(scene: &Diagram) -> Option<String> {
        Some(match scene.figures.messages {
            1 => "1 message".into(),
            many => format!("{many} messages"),
        })
    }

    fn reached(scenario: &Play, tape: &Tape<Diagram>) -> Reached {
        reached::reached(scenario, tape)
    }

    fn predict(tape: &Tape<Diagram>, at: usize) -> Option<Prediction> {
        predict::predict(tape, at)
    }
}
