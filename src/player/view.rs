//! The frame that is the same around every lab: header, stage, note, transport, transcript.

use super::Status;
use super::command::{Command, keys};
use super::face::{Deed, Face};
use crate::draw::icon::{Icon, icon};
use crate::draw::note::note;
use crate::labs::{Failure, Mode, PresetInfo, grouped};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlSelectElement};
use yew::prelude::*;

/// What a scenario is called that is no preset.
const OWN: &str = "Your own version";

impl Face<'_> {
    pub(super) fn frame(&self) -> Html {
        let mode = self.mode;
        let near = self.deed.reform(|_: PointerEvent| Deed::Near);
        let pressed = {
            let deed = self.deed.clone();
            Callback::from(move |event: KeyboardEvent| {
                if let Some(command) = key(&event) {
                    deed.emit(Deed::Command(command));
                }
            })
        };
        let transcript = self.transcript.clone();
        html! {
            <section class={classes!("lab", mode.name())} aria-label={format!("{}: {}", self.title, self.name())} tabindex="-1"
                onkeydown={pressed} onfocusin={self.deed.reform(|_: FocusEvent| Deed::Near)}>
                { self.header() }
                { self.messages() }
                <div class="lab-body">
                    <div class="lab-main">
                        { self.stage() }
                        // Whoever reaches for the buttons will press one: the run is recorded by then.
                        <div class="lab-foot" onpointerenter={near}>
                            { self.words() }
                            { self.transport() }
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
        self.open_preset().map_or(OWN, |preset| preset.title)
    }

    fn open_preset(&self) -> Option<&PresetInfo> {
        self.presets.iter().find(|preset| Some(preset.id) == self.preset)
    }

    fn header(&self) -> Html {
        let deed = self.deed;
        let open = deed.reform(|event: Event| Deed::Open(event.target_unchecked_into::<HtmlSelectElement>().value()));
        let idea = self.open_preset().map(|preset| preset.idea);
        html! {
            <header class="lab-header">
                <h2 class="lab-title">{ self.title }</h2>
                <select class="pill" aria-label="Preset" title={idea} onchange={open}>
                    if self.preset.is_none() {
                        <option value="" selected=true>{ OWN }</option>
                    }
                    { for grouped(&self.presets).map(|(title, presets)| {
                        let options = presets.iter().map(|preset| html! {
                            <option value={preset.id} selected={Some(preset.id) == self.preset}>{ preset.title }</option>
                        });
                        if title.is_empty() {
                            html! { <>{ for options }</> }
                        } else {
                            html! { <optgroup label={title}>{ for options }</optgroup> }
                        }
                    }) }
                </select>
                { self.controls.clone() }
                <div class="lab-actions">
                    <button type="button" class="lab-button quiet" aria-pressed={self.predicting.to_string()}
                        onclick={deed.reform(|_| Deed::Command(Command::Predict))}>{ "Predict" }</button>
                    <button type="button" class="lab-button quiet" onclick={deed.reform(|_| Deed::Share)}>{ "Share" }</button>
                    <button type="button" class="lab-button quiet" aria-label="Keys" aria-expanded={self.keys.to_string()} title="Keys (?)"
                        onclick={deed.reform(|_| Deed::Command(Command::Keys))}>{ icon(Icon::Keyboard) }</button>
                </div>
            </header>
        }
    }

    /// What the reader has to be told that is not about the run. The region is always there, or it would not be announced.
    fn messages(&self) -> Html {
        let dismiss = self.deed.reform(|_: MouseEvent| Deed::Dismiss);
        let close = html! { <button type="button" class="lab-button quiet" aria-label="Close the message" onclick={dismiss}>{ "×" }</button> };
        html! {
            <>
                <div class="lab-messages" role="status">
                    if let Some(message) = self.message {
                        <p class="lab-message">{ message }{ close.clone() }</p>
                    }
                    if let Some(address) = self.by_hand {
                        <p class="lab-message">
                            <label>{ "Copy this link: " }<input readonly=true value={address} size="40" /></label>{ close }
                        </p>
                    }
                </div>
                if self.keys {
                    <div role="group" class="lab-keys" aria-label="Keys">
                        <dl>{ for keys(self.unit, self.section).iter().map(|(keys, what)| html! {
                            <div><dt>{ for keys.iter().map(|key| html! { <kbd>{ key }</kbd> }) }</dt><dd>{ what }</dd></div>
                        }) }</dl>
                    </div>
                }
            </>
        }
    }

    fn stage(&self) -> Html {
        let busy = *self.status == Status::Recording;
        html! {
            <div class={classes!("lab-stage", self.stale.then_some("stale"))} ref={self.stage} aria-busy={busy.then_some("true")}>
                { self.picture.clone() }
            </div>
        }
    }

    /// The note of the frame, or what stands in its place: a question, a failure, the wait for a run. The region around it
    /// is always the same one, or a change would not be announced.
    fn words(&self) -> Html {
        let too_fast = self.playing && self.speed.outruns_speech();
        let words = match (self.status, self.asked) {
            (Status::Failed(failure), _) => self.failure(failure),
            (_, Some(asked)) => self.question(asked),
            _ => html! { <div class="note">{ self.note() }</div> },
        };
        html! { <div class="words" aria-live={if too_fast { "off" } else { "polite" }} aria-atomic="true">{ words }</div> }
    }

    fn note(&self) -> Html {
        if self.stale {
            let edited = format!("The {} was edited.", self.subject);
            return html! { <><strong>{ edited }</strong>{ " Run it to see what it does now." }</> };
        }
        if *self.status == Status::Recording && self.expected <= 1 {
            let running = format!("Running the {}", self.subject);
            return html! { <><strong>{ running }</strong>{ format!(" in {}.", self.engine) }</> };
        }
        self.words.map(note).unwrap_or_default()
    }

    fn failure(&self, failure: &Failure) -> Html {
        html! {
            <div class="note failed" role="alert">
                <p><strong>{ &failure.title }</strong>{ " " }{ &failure.advice }</p>
                <div class="question-options">
                    <button type="button" class="lab-button" onclick={self.deed.reform(|_| Deed::Run)}>{ "Run again" }</button>
                    <button type="button" class="lab-button" onclick={self.deed.reform(|_| Deed::Reset)}>{ "Reset the lab" }</button>
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
