//! The footer: where one is on the tape, and every way to be elsewhere.

use super::command::Command;
use super::face::{Deed, Face};
use super::{Player, Speed, Status};
use crate::draw::icon::{Icon, icon};
use crate::draw::time::grouped;
use crate::labs::Lab;
use web_sys::{HtmlElement, HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

impl Face<'_> {
    pub(super) fn transport(&self) -> Html {
        let playing = self.playing;
        let (play, play_icon) = if playing { ("Pause", Icon::Pause) } else { ("Play", Icon::Play) };
        let (first, last) = (self.at == 0, self.at + 1 >= self.len);
        let (step, len) = (self.at + 1, self.len);
        let note = self.words.map(interleave_kernel::Note::plain).unwrap_or_default();
        html! {
            <footer class="transport">
                <div class="transport-buttons" role="group" aria-label="Move through the run">
                    { self.button(Command::First, Icon::First, "First step", "Home", first) }
                    { self.button(Command::Back, Icon::Back, "Step back", "←", first) }
                    { self.button(Command::Play, play_icon, play, "Space", false) }
                    { self.button(Command::Forward, Icon::Forward, "Next step", "→", last) }
                    { self.button(Command::Over, Icon::Over, &format!("Over this {}", self.unit), "Shift →", last) }
                    { self.button(Command::Section, Icon::Section, &format!("Next {}", self.section), "]", last) }
                    { self.button(Command::Last, Icon::Last, "Last step", "End", last) }
                </div>
                <input class="transport-slider" type="range" min="1" max={len.to_string()} value={step.to_string()} ref={self.slider}
                    aria-label="Step" aria-valuetext={format!("Step {step} of {len}: {note}")}
                    oninput={self.deed.reform(|event: InputEvent| {
                        // A range has a number between its ends.
                        let step: usize = event.target_unchecked_into::<HtmlInputElement>().value().parse().unwrap_or(1);
                        Deed::Go(step.saturating_sub(1))
                    })} />
                <span class="transport-step">
                    if len > 1 || *self.status == Status::Recorded {
                        { format!("step {} of {}", grouped(step as u64), grouped(len as u64)) }
                    } else {
                        { "not run yet" }
                    }
                </span>
                <select class="pill" aria-label="Speed" onchange={self.deed.reform(|event: Event| {
                    let index = event.target_unchecked_into::<HtmlSelectElement>().selected_index();
                    Deed::Speed(Speed::nth(usize::try_from(index).unwrap_or_default()))
                })}>
                    { for Speed::all().map(|speed| html! {
                        <option selected={speed == self.speed} value={speed.index().to_string()}>{ speed.name() }</option>
                    }) }
                </select>
                if let Some(clock) = &self.clock {
                    <span class="transport-clock" title="The program's own clock"><span class="sr">{ "Virtual time " }</span>{ clock }</span>
                }
            </footer>
        }
    }

    /// A button that has nowhere to lead stays focusable: a disabled one would drop the focus of the key that brought us here.
    fn button(&self, command: Command, picture: Icon, name: &str, key: &str, off: bool) -> Html {
        let ready = *self.status == Status::Recorded && !self.stale;
        html! {
            <button type="button" class={classes!("transport-button", (command == Command::Play).then_some("main"))}
                aria-label={name.to_owned()} title={format!("{name} ({key})")} aria-disabled={(off && ready).then_some("true")}
                onclick={self.deed.reform(move |_| Deed::Command(command))}>
                { icon(picture) }
            </button>
        }
    }
}

impl<L: Lab> Player<L> {
    /// Fills the slider's track up to its thumb. Set on the node: a strict content policy forbids style attributes.
    pub(super) fn show_progress(&self) {
        let Some(slider) = self.slider.cast::<HtmlElement>() else { return };
        let tenths = self.at() * 1000 / (self.len().max(2) - 1);
        let _ = slider.style().set_property("--done", &format!("calc({tenths}% / 10)"));
    }
}
