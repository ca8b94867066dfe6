//! A question of an exam, and the answer sheet.

use super::{Msg, Room};
use crate::practice::ask::Ask;
use crate::practice::parts::timer::Timer;
use crate::practice::words::count;
use interleave_course::session::{Exam, Item};
use yew::prelude::*;

impl Room {
    pub(super) fn paper(&self, ctx: &Context<Self>, exam: &Exam) -> Html {
        if self.paused {
            return html! {
                <>
                    <h1>{"Exam"}</h1>
                    <div class="practice-empty">
                        <p>{"Paused. The clock stands and the questions are out of sight. It is kept on this device: you may close the page."}</p>
                        <p><button type="button" class="button main" onclick={ctx.link().callback(|_| Msg::Unpause)}>{"Go on"}</button></p>
                    </div>
                </>
            };
        }
        let (at, of) = (exam.at(), exam.items().len());
        let held = exam.current().and_then(|item| Some((item, ctx.props().shelf.held(&item.question)?)));
        html! {
            <>
                <header class="sitting-head">
                    <h1>{ format!("Question {} of {of}", at + 1) }</h1>
                    <Timer clock={exam.clock} step={5} on_extend={ctx.link().callback(Msg::Extend)}
                        on_pause={ctx.link().callback(|()| Msg::Pause)} on_over={ctx.link().callback(|()| Msg::Over)} />
                </header>
                if let Some((item, held)) = held {
                    <div class="sitting-card" role="group" aria-label={format!("Question {} of {of}", at + 1)}>
                        <Ask key={format!("{at}-{}", item.question)} asked={held.asked.clone()} given={item.given.clone()}
                            judged=false exam=true seed={exam.seed.wrapping_add(at as u64)}
                            on_given={ctx.link().callback(Msg::Given)} on_check={Callback::noop()} />
                    </div>
                    <div class="sitting-foot">
                        <button type="button" class="button" disabled={at == 0} onclick={ctx.link().callback(move |_| Msg::GoTo(at.saturating_sub(1)))}>{"Back"}</button>
                        <button type="button" class="button main" disabled={at + 1 == of} onclick={ctx.link().callback(move |_| Msg::GoTo(at + 1))}>{"Next"}</button>
                        <button type="button" class="button quiet" aria-pressed={item.flagged.to_string()} onclick={ctx.link().callback(|_| Msg::Flag)}>{ if item.flagged { "⚑ Flagged" } else { "⚐ Flag" } }</button>
                    </div>
                }
                { sheet(ctx, exam) }
                { self.submitting(ctx, exam) }
            </>
        }
    }

    /// Submitting asks once when something is open.
    fn submitting(&self, ctx: &Context<Self>, exam: &Exam) -> Html {
        let open = exam.items().len() - exam.answered();
        if !self.asking {
            let ask = if open > 0 || exam.flagged() > 0 { || Msg::Asking(true) } else { || Msg::Submit };
            return html! {
                <p class="exam-submit"><button type="button" class="button" onclick={ctx.link().callback(move |_| ask())}>{"Submit the exam"}</button></p>
            };
        }
        html! {
            <div class="practice-note" role="alert">
                <p><strong>{"Submit now?"}</strong>{ format!(" {} not answered, {} flagged. It is judged once.", count(open, "question"), exam.flagged()) }</p>
                <p class="files-ways">
                    <button type="button" class="button main" onclick={ctx.link().callback(|_| Msg::Submit)}>{"Submit"}</button>
                    <button type="button" class="button" onclick={ctx.link().callback(|_| Msg::Asking(false))}>{"Not yet"}</button>
                </p>
            </div>
        }
    }
}

/// A place for each question: open, answered, flagged.
fn sheet(ctx: &Context<Room>, exam: &Exam) -> Html {
    let place = |(at, item): (usize, &Item)| {
        let (answered, flagged) = (item.is_answered(), item.flagged);
        let mut words = format!("Question {}: {}", at + 1, if answered { "answered" } else { "open" });
        if flagged {
            words.push_str(", flagged");
        }
        html! {
            <li>
                <button type="button" class={classes!("sheet-place", answered.then_some("answered"), flagged.then_some("flagged"))}
                    aria-current={(at == exam.at()).then_some("step")} aria-label={words} onclick={ctx.link().callback(move |_| Msg::GoTo(at))}>
                    { at + 1 }
                    if flagged { <span class="place-flag" aria-hidden="true">{"⚑"}</span> }
                </button>
            </li>
        }
    };
    html! {
        <nav class="sheet" aria-label="Answer sheet">
            <p>{ format!("{} of {} answered, {} flagged", exam.answered(), exam.items().len(), exam.flagged()) }</p>
            <ol>{ for exam.items().iter().enumerate().map(place) }</ol>
        </nav>
    }
}
