//! The frame that is the same around every lab: header, stage, note, transport, transcript.

use super::command::{Command, keys};
use super::transcript::Transcript;
use super::{Msg, Player, Status};
use crate::draw::icon::{Icon, icon};
use crate::draw::note::note;
use crate::labs::{Failure, Lab, Mode, StageContext};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlSelectElement};
use yew::prelude::*;

/// What a scenario is called that is no preset.
const OWN: &str = "Your own version";

impl<L: Lab> Player<L> {
    pub(super) fn frame(&self, ctx: &Context<Self>) -> Html {
        let mode = ctx.props().mode;
        let link = ctx.link();
        let near = link.callback(|_: PointerEvent| Msg::Near);
        let transcript = html! {
            <Transcript<L::Scene> tape={self.tape.clone()} at={self.at()} go={self.go_callback.clone()}
                until={self.predicting.then_some(self.at())} />
        };
        html! {
            <section class={classes!("lab", mode.name())} aria-label={format!("{}: {}", L::TITLE, self.name())} tabindex="-1"
                onkeydown={link.batch_callback(|event| key(&event).map(Msg::Command))}
                onfocusin={link.callback(|_: FocusEvent| Msg::Near)}>
                { self.header(ctx) }
                { self.messages(ctx) }
                <div class="lab-body">
                    <div class="lab-main">
                        { self.stage(ctx) }
                        // Whoever reaches for the buttons will press one: the run is recorded by then.
                        <div class="lab-foot" onpointerenter={near}>
                            { self.words(ctx) }
                            { self.transport(ctx) }
                        </div>
                    </div>
                    if mode == Mode::Full {
                        <div role="group" class="lab-transcript beside" aria-label="Transcript">
                            <h3 class="cap">{ "Transcript" }</h3>
                            { transcript }
                        </div>
                    } else {
                        <details class="lab-transcript">
                            <summary>{ "Transcript" }</summary>
                            { transcript }
                        </details>
                    }
                </div>
            </section>
        }
    }

    /// What is open: the preset's title.
    fn name(&self) -> &'static str {
        let presets = L::presets();
        presets.iter().find(|preset| Some(preset.id) == self.preset.as_deref()).map_or(OWN, |preset| preset.title)
    }

    fn header(&self, ctx: &Context<Self>) -> Html {
        let link = ctx.link();
        let presets = L::presets();
        let open = link.callback(|event: Event| Msg::Open(event.target_unchecked_into::<HtmlSelectElement>().value()));
        let idea = presets.iter().find(|preset| Some(preset.id) == self.preset.as_deref()).map(|preset| preset.idea);
        html! {
            <header class="lab-header">
                <h2 class="lab-title">{ L::TITLE }</h2>
                <select class="pill" aria-label="Preset" title={idea} onchange={open}>
                    if self.preset.is_none() {
                        <option value="" selected=true>{ OWN }</option>
                    }
                    { for presets.iter().map(|preset| html! {
                        <option value={preset.id} selected={Some(preset.id) == self.preset.as_deref()}>{ preset.title }</option>
                    }) }
                </select>
                { L::controls(&self.scenario, &self.change) }
                <div class="lab-actions">
                    <button type="button" class="lab-button quiet" aria-pressed={self.predicting.to_string()}
                        onclick={link.callback(|_| Msg::Command(Command::Predict))}>{ "Predict" }</button>
                    <button type="button" class="lab-button quiet" onclick={link.callback(|_| Msg::Share)}>{ "Share" }</button>
                    <button type="button" class="lab-button quiet" aria-label="Keys" aria-expanded={self.keys.to_string()} title="Keys (?)"
                        onclick={link.callback(|_| Msg::Command(Command::Keys))}>{ icon(Icon::Keyboard) }</button>
                </div>
            </header>
        }
    }

    /// What the reader has to be told that is not about the run. The region is always there, or it would not be announced.
    fn messages(&self, ctx: &Context<Self>) -> Html {
        let dismiss = ctx.link().callback(|_: MouseEvent| Msg::Dismiss);
        let close = html! { <button type="button" class="lab-button quiet" aria-label="Close the message" onclick={dismiss}>{ "×" }</button> };
        html! {
            <>
                <div class="lab-messages" role="status">
                    if let Some(message) = &self.message {
                        <p class="lab-message">{ message }{ close.clone() }</p>
                    }
                    if let Some(address) = &self.by_hand {
                        <p class="lab-message">
                            <label>{ "Copy this link: " }<input readonly=true value={address} size="40" /></label>{ close }
                        </p>
                    }
                </div>
                if self.keys {
                    <div role="group" class="lab-keys" aria-label="Keys">
                        <dl>{ for keys(L::UNIT, L::SECTION).iter().map(|(keys, what)| html! {
                            <div><dt>{ for keys.iter().map(|key| html! { <kbd>{ key }</kbd> }) }</dt><dd>{ what }</dd></div>
                        }) }</dl>
                    </div>
                }
            </>
        }
    }

    fn stage(&self, ctx: &Context<Self>) -> Html {
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
        let busy = self.status == Status::Recording;
        html! {
            <div class={classes!("lab-stage", self.stale.then_some("stale"))} ref={&self.stage} aria-busy={busy.then_some("true")}>
                { L::stage(self.cursor.scene(), &context) }
            </div>
        }
    }

    /// The note of the frame, or what stands in its place: a question, a failure, the wait for a run. The region around it
    /// is always the same one, or a change would not be announced.
    fn words(&self, ctx: &Context<Self>) -> Html {
        let too_fast = self.playing.is_some() && self.speed.outruns_speech();
        let words = match (&self.status, &self.asked) {
            (Status::Failed(failure), _) => self.failure(ctx, failure),
            (_, Some(asked)) => self.question(ctx, asked),
            _ => html! { <div class="note">{ self.note() }</div> },
        };
        html! { <div class="words" aria-live={if too_fast { "off" } else { "polite" }} aria-atomic="true">{ words }</div> }
    }

    fn note(&self) -> Html {
        if self.stale {
            let edited = format!("The {} was edited.", L::SUBJECT);
            return html! { <><strong>{ edited }</strong>{ " Run it to see what it does now." }</> };
        }
        if self.status == Status::Recording && self.expected <= 1 {
            let running = format!("Running the {}", L::SUBJECT);
            return html! { <><strong>{ running }</strong>{ format!(" in {}.", L::ENGINE.title()) }</> };
        }
        self.tape.frames().get(self.at()).map(|frame| note(&frame.note)).unwrap_or_default()
    }

    fn failure(&self, ctx: &Context<Self>, failure: &Failure) -> Html {
        let link = ctx.link();
        html! {
            <div class="note failed" role="alert">
                <p><strong>{ &failure.title }</strong>{ " " }{ &failure.advice }</p>
                <div class="question-options">
                    <button type="button" class="lab-button" onclick={link.callback(|_| Msg::Run)}>{ "Run again" }</button>
                    <button type="button" class="lab-button" onclick={link.callback(|_| Msg::Reset)}>{ "Reset the lab" }</button>
                </div>
            </div>
        }
    }
}

/// The command of a key, unless the element that has the focus needs the key itself.
fn key(event: &KeyboardEvent) -> Option<Command> {
    if event.default_prevented() || event.ctrl_key() || event.meta_key() || event.alt_key() {
        return None;
    }
    let pressed = event.key();
    let command = Command::of_key(&pressed, event.shift_key())?;
    let target = event.target()?.dyn_into::<Element>().ok()?;
    // The editor's keys arrive here as its host's: what is inside a shadow root stays there.
    let own = match target.tag_name().as_str() {
        _ if target.class_list().contains("editor-host") => true,
        "TEXTAREA" | "SELECT" => true,
        "INPUT" => match target.get_attribute("type").as_deref() {
            Some("range") => !matches!(pressed.as_str(), " " | "[" | "]" | "p" | "P" | "?"),
            Some("checkbox" | "radio") => pressed == " ",
            _ => true,
        },
        "BUTTON" | "SUMMARY" | "A" => pressed == " ",
        _ => false,
    };
    if own {
        return None;
    }
    event.prevent_default();
    Some(command)
}
