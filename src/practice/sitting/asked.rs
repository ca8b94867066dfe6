//! The question, and what stands below it.

use super::{Msg, Phase, Sitting};
use crate::practice::ask::Ask;
use crate::practice::parts::keys;
use crate::practice::shelf::Held;
use crate::practice::store::clock::now;
use crate::practice::store::{Place, Saving};
use crate::practice::words;
use interleave_course::memory::{Card, Rating};
use web_sys::HtmlInputElement;
use yew::prelude::*;

/// What the keys do.
const KEYS: [(&str, &str); 4] = [
    ("1–9", "choose an answer; with an open question, 1 to 4 say how well you knew it"),
    ("Enter", "check, then go on"),
    ("Tab", "move between answers and buttons"),
    ("?", "show or hide this list"),
];

impl Sitting {
    pub(super) fn asked(&self, ctx: &Context<Self>, held: &Held) -> Html {
        let (at, of) = self.queue.position();
        let deck = ctx.props().shelf.deck_of(held);
        let judged = matches!(self.phase, Phase::Judged { .. });
        let repeated = self.queue.is_repetition();
        let done = self.queue.done();
        html! {
            <>
                <header class="sitting-head">
                    <p class="sitting-at"><strong>{ format!("{at} of {of}") }</strong>{ if repeated { " · once more" } else { "" } }</p>
                    <p class="sitting-where">
                        <a href={format!("practice/study/?deck={}", deck.id)}>{ &deck.title }</a>
                        { format!(" · {}", held.asked.question.level.name()) }
                    </p>
                    <button type="button" class="button quiet" aria-expanded={self.keys.to_string()}
                        onclick={ctx.link().callback(|_| Msg::Keys)}>{"Keys"}</button>
                    <progress class="sitting-progress" max={of.to_string()} value={done.to_string()} aria-label="Questions done" />
                </header>
                if self.keys {
                    { keys::list(&KEYS) }
                }
                <div class="sitting-card" ref={self.card.clone()} tabindex="-1" role="group" aria-label={format!("Question {at} of {of}")}>
                    <Ask key={format!("{}-{}", held.asked.question.id, self.seed)} asked={held.asked.clone()}
                        {judged} seed={self.seed} on_given={ctx.link().callback(Msg::Given)} on_check={ctx.link().callback(|()| Msg::Check)} />
                </div>
                { match &self.phase {
                    Phase::Asking => self.asking(ctx),
                    Phase::Judged { rated: None, .. } => rating(ctx, held),
                    Phase::Judged { rated: Some(rating), .. } => self.going_on(ctx, held, *rating),
                } }
            </>
        }
    }

    /// While it is asked.
    fn asking(&self, ctx: &Context<Self>) -> Html {
        let sure = ctx.link().callback(|event: Event| {
            Msg::Sure(event.target_dyn_into::<HtmlInputElement>().is_some_and(|input| input.checked()))
        });
        html! {
            <div class="sitting-foot">
                <label class="sitting-sure"><input type="checkbox" checked={self.sure} onchange={sure} />{"I am sure of it"}</label>
                <button type="button" class="button quiet" onclick={ctx.link().callback(|_| Msg::Skip)}>{"Not now"}</button>
            </div>
        }
    }

    /// After it was rated: when it comes back, and on.
    fn going_on(&self, ctx: &Context<Self>, held: &Held, rating: Rating) -> Html {
        let store = &ctx.props().store;
        let wait = store.progress().studied(&held.asked.question.id).map(|studied| studied.card.due - now());
        let saved = match (store.place(), store.saving()) {
            (Place::Memory(_), _) => "Kept until you leave this page.",
            (Place::Database, Saving::Saved) => "Saved on this device.",
            (Place::Database, Saving::Under) => "Saving…",
            (Place::Database, Saving::Failed(_)) => "Not saved yet.",
        };
        html! {
            <div class="sitting-foot">
                <button type="button" class="button main" onclick={ctx.link().callback(|_| Msg::Next)}>{"Next"}</button>
                <p class="sitting-rated">
                    <strong>{ title(rating) }</strong>
                    if let Some(wait) = wait {
                        { format!(": comes back {}. ", words::until(wait)) }
                    }
                    <span role="status">{ saved }</span>
                </p>
            </div>
        }
    }
}

/// How well did you know it? Asked where no machine can say.
fn rating(ctx: &Context<Sitting>, held: &Held) -> Html {
    let store = &ctx.props().store;
    let progress = store.progress();
    let at = now();
    let card = progress.studied(&held.asked.question.id).map_or_else(|| Card::new(at), |studied| studied.card);
    let button = |rating: Rating| {
        let wait = progress.scheduler().review(&card, rating, at).due - at;
        html! {
            <button type="button" class={classes!("button", "rate", rating.name())} onclick={ctx.link().callback(move |_| Msg::Rate(rating))}>
                <span>{ title(rating) }</span><span class="rate-wait">{ words::short(wait) }</span>
            </button>
        }
    };
    html! {
        <fieldset class="sitting-foot rates">
            <legend>{"How well did you know it?"}</legend>
            { for Rating::ALL.into_iter().map(button) }
        </fieldset>
    }
}

pub(super) fn title(rating: Rating) -> &'static str {
    match rating {
        Rating::Again => "Again",
        Rating::Hard => "Hard",
        Rating::Good => "Good",
        Rating::Easy => "Easy",
    }
}
