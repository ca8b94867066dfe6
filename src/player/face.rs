//! A player without its lab: all that the frame around a stage shows, as plain values. Written apart from [`super::Player`], so that
//! it is compiled once and not for every lab.

use super::command::Command;
use super::transcript::Transcript;
use super::{Answer, Asked, Msg, Player, Speed, Status};
use crate::labs::{Lab, Mode, PresetInfo, StageContext};
use interleave_kernel::Note;
use yew::prelude::*;

/// What a reader does with the frame around a lab.
#[derive(Clone, Debug)]
pub enum Deed {
    Command(Command),
    Go(usize),
    Near,
    Open(String),
    Run,
    Reset,
    Speed(Speed),
    Answer(Answer),
    Ask,
    Share,
    Dismiss,
}

impl<L: Lab> From<Deed> for Msg<L> {
    fn from(deed: Deed) -> Self {
        match deed {
            Deed::Command(command) => Msg::Command(command),
            Deed::Go(at) => Msg::Go(at),
            Deed::Near => Msg::Near,
            Deed::Open(preset) => Msg::Open(preset),
            Deed::Run => Msg::Run,
            Deed::Reset => Msg::Reset,
            Deed::Speed(speed) => Msg::Speed(speed),
            Deed::Answer(answer) => Msg::Answer(answer),
            Deed::Ask => Msg::Ask,
            Deed::Share => Msg::Share,
            Deed::Dismiss => Msg::Dismiss,
        }
    }
}

/// All that the frame shows.
pub(super) struct Face<'a> {
    pub title: &'static str,
    pub subject: &'static str,
    /// Where it runs, in a sentence.
    pub engine: &'static str,
    pub unit: &'static str,
    pub section: &'static str,
    pub mode: Mode,
    pub presets: Vec<PresetInfo>,
    pub preset: Option<&'a str>,
    pub controls: Html,
    pub picture: Html,
    pub transcript: Html,
    pub clock: Option<String>,
    /// The note of the frame.
    pub words: Option<&'a Note>,
    pub at: usize,
    pub len: usize,
    pub expected: usize,
    pub status: &'a Status,
    pub stale: bool,
    pub playing: bool,
    pub predicting: bool,
    pub keys: bool,
    pub speed: Speed,
    pub asked: Option<&'a Asked>,
    pub message: Option<&'a AttrValue>,
    pub by_hand: Option<&'a AttrValue>,
    pub stage: &'a NodeRef,
    pub slider: &'a NodeRef,
    pub focus: &'a NodeRef,
    pub deed: &'a Callback<Deed>,
}

impl<L: Lab> Player<L> {
    pub(super) fn face(&self, ctx: &Context<Self>) -> Face<'_> {
        Face {
            title: self.name.title,
            subject: L::SUBJECT,
            engine: L::ENGINE.title(),
            unit: L::UNIT,
            section: L::SECTION,
            mode: ctx.props().mode,
            presets: (self.name.presets)(),
            preset: self.preset.as_deref(),
            controls: L::controls(&self.scenario, &self.change),
            picture: self.picture(ctx),
            transcript: self.transcript(),
            clock: L::clock(self.cursor.scene()),
            words: self.tape.frames().get(self.at()).map(|frame| &frame.note),
            at: self.at(),
            len: self.len(),
            expected: self.expected,
            status: &self.status,
            stale: self.stale,
            playing: self.playing.is_some(),
            predicting: self.predicting,
            keys: self.keys,
            speed: self.speed,
            asked: self.asked.as_ref(),
            message: self.message.as_ref(),
            by_hand: self.by_hand.as_ref(),
            stage: &self.stage,
            slider: &self.slider,
            focus: &self.focus,
            deed: &self.deed,
        }
    }

    fn picture(&self, ctx: &Context<Self>) -> Html {
        let context = StageContext {
            scenario: &self.scenario,
            at: self.at(),
            mode: ctx.props().mode,
            stale: self.stale,
            go: self.go_callback.clone(),
            edit: self.edit.clone(),
            run: self.run_callback.clone(),
            turn: self.turn_callback.clone(),
        };
        L::stage(self.cursor.scene(), &context)
    }

    fn transcript(&self) -> Html {
        html! {
            <Transcript<L::Scene> tape={self.tape.clone()} at={self.at()} go={self.go_callback.clone()}
                until={self.predicting.then_some(self.at())} />
        }
    }
}
