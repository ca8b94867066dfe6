//! What a player does: records, moves, plays, asks, shares.

use super::command::Command;
use super::link::{self, Link, Source};
use super::{Answer, Asked, Msg, Player, Preview, Status, Then, address};
use crate::labs::{Lab, Mode, Turn};
use futures::future::abortable;
use gloo::timers::callback::Timeout;
use interleave_kernel::{Cursor, Tape};
use std::rc::Rc;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;
use yew::prelude::*;

impl<L: Lab> Player<L> {
    /// Number of frames, as far as it is known.
    pub(super) fn len(&self) -> usize {
        if self.status == Status::Recorded { self.tape.len() } else { self.expected.max(self.tape.len()) }
    }

    pub(super) fn at(&self) -> usize {
        self.cursor.at()
    }

    /// Has the scenario run. What is on stage stays there until the new tape comes, unless it shows another scenario.
    pub(super) fn record(&mut self, ctx: &Context<Self>, then: Then<L>) {
        self.pause();
        self.asked = None;
        self.motion.forget();
        if !matches!((&self.status, &then), (Status::Preview, _) | (_, Then::Land(_))) {
            let unknown = Preview::<L>::unknown();
            self.show(unknown.first);
            self.expected = unknown.len;
        }
        self.stale = false;
        self.status = Status::Recording;
        self.then = then;
        self.meanwhile.clear();
        self.turns.clear();
        self.run += 1;
        let (run, scenario) = (self.run, self.scenario.clone());
        // Dropping it tells the engine that nobody waits for the run before any more.
        let (recording, handle) = abortable(L::record(scenario));
        if let Some(before) = self.under_way.replace(handle) {
            before.abort();
        }
        ctx.link().send_future_batch(async move { recording.await.ok().map(|result| Msg::Recorded(run, result)) });
    }

    pub(super) fn receive(&mut self, ctx: &Context<Self>, result: Result<Tape<L::Scene>, crate::labs::Failure>) {
        match result {
            Err(failure) => {
                if matches!(self.then, Then::Land(_)) {
                    self.show(Preview::<L>::unknown().first);
                }
                self.turns.clear();
                self.status = Status::Failed(failure);
            }
            Ok(tape) => {
                let at = match &self.then {
                    Then::Open => L::opening_frame(&tape),
                    Then::Stay(at) => *at,
                    Then::Land(find) => {
                        self.motion.capture(&self.stage);
                        find(&tape)
                    }
                };
                if ctx.props().mode == Mode::Embed {
                    super::report::reached(&L::reached(&self.scenario, &tape));
                }
                self.show(tape);
                self.status = Status::Recorded;
                self.go(ctx, at);
                if let Some(turn) = self.turns.pop_front() {
                    let later = std::mem::take(&mut self.turns);
                    self.turn(ctx, turn);
                    self.turns.extend(later);
                }
                for command in std::mem::take(&mut self.meanwhile) {
                    self.obey(ctx, command);
                }
            }
        }
    }

    /// Applies a change where the reader stands, as soon as the tape is there that it looks at.
    pub(super) fn turn(&mut self, ctx: &Context<Self>, turn: Turn<L>) {
        match self.status {
            Status::Recorded if !self.stale => {
                if let Some((scenario, landing)) = turn(&self.scenario, self.cursor.scene()) {
                    self.scenario = scenario;
                    self.preset = self.preset_of_scenario();
                    self.record(ctx, Then::Land(landing));
                }
            }
            Status::Recording => self.turns.push_back(turn),
            _ => {
                self.record(ctx, Then::Open);
                self.turns.push_back(turn);
            }
        }
    }

    fn show(&mut self, tape: Tape<L::Scene>) {
        self.cursor = Cursor::new(&tape, 0);
        self.tape = Rc::new(tape);
    }

    pub(super) fn obey(&mut self, ctx: &Context<Self>, command: Command) {
        if command == Command::Keys {
            self.keys = !self.keys;
            return;
        }
        if self.stale || !matches!(self.status, Status::Recorded) {
            // Nothing to move on yet: the command is obeyed when there is. The first step of a fresh edit is its first frame.
            let edited = std::mem::take(&mut self.stale);
            if self.status != Status::Recording || edited {
                self.record(ctx, Then::Open);
            }
            if !edited || command == Command::Play {
                self.meanwhile.push(command);
            }
            return;
        }
        match command {
            Command::Play if self.playing.is_some() => self.pause(),
            Command::Play => {
                if self.at() + 1 >= self.len() {
                    self.go(ctx, 0);
                }
                self.play_on(ctx);
            }
            Command::Predict if self.predicting => self.stop_asking(),
            Command::Predict => {
                self.pause();
                self.ask_next(ctx);
            }
            _ => {
                self.pause();
                let Some(target) = command.target(&self.tape, self.at()) else { return };
                if !(self.predicting && command.advances() && self.ask(ctx, target)) {
                    self.go(ctx, target);
                }
            }
        }
    }

    /// Shows a frame and says so in the address.
    pub(super) fn go(&mut self, ctx: &Context<Self>, at: usize) {
        let from = self.at();
        let at = at.min(self.tape.len().saturating_sub(1));
        if from.abs_diff(at) == 1 || self.asked.is_some() {
            self.motion.capture(&self.stage);
        }
        self.cursor.seek(&self.tape, at);
        // A question and its verdict belong to their place on the tape.
        self.asked = self.asked.take().filter(|asked| match asked.answer {
            None => asked.prediction.asked_at == at,
            Some(_) => asked.prediction.answered_at == at,
        });
        self.claim_address(ctx);
    }

    pub(super) fn pause(&mut self) {
        self.playing = None;
    }

    pub(super) fn play_on(&mut self, ctx: &Context<Self>) {
        let link = ctx.link().clone();
        self.playing = Some(Timeout::new(self.speed.interval(), move || link.send_message(Msg::Tick)));
    }

    pub(super) fn tick(&mut self, ctx: &Context<Self>) {
        let next = self.at() + 1;
        if self.predicting && self.ask(ctx, next) {
            return self.pause();
        }
        self.go(ctx, next);
        if next + 1 < self.len() { self.play_on(ctx) } else { self.pause() }
    }

    /// Puts the next question there is; from then on every boundary asks.
    pub(super) fn ask_next(&mut self, ctx: &Context<Self>) {
        self.asked = None;
        self.predicting = self.ask(ctx, usize::MAX);
        if !self.predicting {
            self.message = Some("After this step there is nothing left to predict. Go back and ask again.".into());
        }
    }

    /// Puts the next question if it belongs before frame `until`, and goes to where one should look while thinking.
    fn ask(&mut self, ctx: &Context<Self>, until: usize) -> bool {
        let Some(prediction) = L::predict(&self.tape, self.at()).filter(|next| next.asked_at <= until) else {
            return false;
        };
        self.go(ctx, prediction.asked_at);
        self.asked = Some(Asked { prediction, answer: None });
        self.wants_focus = true;
        true
    }

    pub(super) fn answer(&mut self, ctx: &Context<Self>, answer: Answer) {
        let Some(asked) = self.asked.as_mut().filter(|asked| asked.answer.is_none()) else { return };
        asked.answer = Some(answer);
        let at = asked.prediction.answered_at;
        self.go(ctx, at);
        self.wants_focus = true;
    }

    fn stop_asking(&mut self) {
        self.predicting = false;
        self.asked = None;
    }

    /// The preset that the scenario is, if it is one: a setting changed and changed back is no edit.
    pub(super) fn preset_of_scenario(&self) -> Option<String> {
        let presets = (self.name.presets)();
        let same = presets.iter().find(|preset| L::preset(preset.id).as_ref() == Some(&self.scenario));
        same.map(|preset| preset.id.to_owned())
    }

    fn query(&self, ctx: &Context<Self>) -> String {
        let source = match &self.preset {
            Some(id) => Source::Preset(id.clone()),
            None => link::edited(&self.scenario),
        };
        let step = if self.stale { 1 } else { self.at() + 1 };
        link::query(self.name.id, &ctx.props().island, &Link { source, step })
    }

    /// The lab last touched owns the address. One that only came to rest where its page opened it leaves the address alone.
    pub(super) fn claim_address(&mut self, ctx: &Context<Self>) {
        let opening = &ctx.props().opening;
        let untouched =
            self.at() == 0 && self.preset == opening.preset && !opening.wanted && self.run <= 1 && !self.moved;
        if untouched {
            return;
        }
        self.moved = true;
        address::claim(self.query(ctx));
    }

    pub(super) fn share(&mut self, ctx: &Context<Self>) {
        // An embed is shared as the lab's own page: its frame has no address bar.
        let page = (ctx.props().mode == Mode::Embed).then(|| format!("labs/{}/", self.name.id));
        let query = self.query(ctx);
        address::claim(query.clone());
        address::settle();
        let Some(link) = address::absolute(page.as_deref(), &query) else { return };
        ctx.link().send_future(async move {
            Msg::Shared(match copy(&link).await {
                Ok(()) => Ok(()),
                Err(_) => Err(link),
            })
        });
    }
}

/// Puts text on the clipboard. Browsers offer none to pages without encryption and to frames without permission.
async fn copy(text: &str) -> Result<(), JsValue> {
    let window = web_sys::window().ok_or(JsValue::UNDEFINED)?;
    let clipboard = window.navigator().clipboard();
    if AsRef::<JsValue>::as_ref(&clipboard).is_undefined() {
        return Err(JsValue::UNDEFINED);
    }
    JsFuture::from(clipboard.write_text(text)).await.map(|_| ())
}
