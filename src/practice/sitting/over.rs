//! What came of a sitting.

use super::asked::title;
use super::{Msg, Sitting};
use crate::draw::markdown::asks;
use crate::practice::store::clock::now;
use crate::practice::words::{count, lasted};
use interleave_course::memory::Rating;
use yew::prelude::*;

impl Sitting {
    pub(super) fn over(&self, ctx: &Context<Self>) -> Html {
        let summary = self.queue.summary();
        let due = ctx.props().store.progress().due(now()).len();
        if summary.questions == 0 {
            return html! {
                <div class="sitting-over" ref={self.over.clone()} tabindex="-1">
                    <h2>{"Nothing was answered"}</h2>
                    <p><a class="button" href="practice/">{"Choose another deck"}</a></p>
                </div>
            };
        }
        let missed = summary.missed.clone();
        let again = ctx.link().callback(move |_| Msg::Again(missed.clone()));
        html! {
            <div class="sitting-over" ref={self.over.clone()} tabindex="-1">
                <h2>{ format!("{} of {} at the first try", summary.right, summary.questions) }</h2>
                <p>
                    { format!("{} in {}. ", count(summary.answers, "answer"), lasted(summary.took)) }
                    { if summary.missed.is_empty() { "You recalled all of it." } else { "What you missed came back until you recalled it." } }
                </p>
                <dl class="practice-figures">
                    { for Rating::ALL.into_iter().zip(summary.ratings).map(|(rating, count)| html! {
                        <div><dt>{ title(rating) }</dt><dd>{ count }</dd></div>
                    }) }
                </dl>
                if !summary.missed.is_empty() {
                    <h3>{"Read these again"}</h3>
                    <ul class="missed">{ for summary.missed.iter().map(|id| self.missed(ctx, id)) }</ul>
                }
                <p class="sitting-ways">
                    if !summary.missed.is_empty() {
                        <button type="button" class="button main" onclick={again}>{ format!("Once more: {}", count(summary.missed.len(), "question")) }</button>
                    }
                    <a class="button" href="practice/">{"All decks"}</a>
                    if due > 0 {
                        <a class="button" href="practice/review/">{ format!("Review {due} that are due") }</a>
                    }
                    <a class="button" href="practice/progress/">{"Progress"}</a>
                </p>
            </div>
        }
    }

    fn missed(&self, ctx: &Context<Self>, id: &str) -> Html {
        let Some(held) = ctx.props().shelf.held(id) else { return Html::default() };
        html! {
            <li>
                { asks(&held.asked.question.stem) }
                if !held.asked.question.section.is_empty() {
                    {" "}<a href={held.asked.question.section.clone()}>{"Read about it"}</a>
                }
            </li>
        }
    }
}
