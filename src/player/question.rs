//! What comes next? The real candidates, the verdict, and the note of the frame that answers.

use super::command::Command;
use super::face::{Deed, Face};
use super::{Answer, Asked};
use crate::draw::note::note;
use crate::labs::Choice;
use yew::prelude::*;

impl Face<'_> {
    pub(super) fn question(&self, asked: &Asked) -> Html {
        match asked.answer {
            None => self.open_question(asked),
            Some(answer) => self.verdict(asked, answer),
        }
    }

    fn open_question(&self, asked: &Asked) -> Html {
        let answer = |answer| self.deed.reform(move |_: MouseEvent| Deed::Answer(answer));
        html! {
            <div role="group" class="question" aria-label="Predict">
                <p class="question-words">{ &asked.prediction.question }</p>
                <div class="question-options" role="group" aria-label={asked.prediction.question.clone()}>
                    { for asked.prediction.options.iter().enumerate().map(|(i, choice)| html! {
                        <button type="button" class={classes!("choice", choice.role)} onclick={answer(Answer::Chosen(i))}
                            ref={if i == 0 { self.focus.clone() } else { NodeRef::default() }}>
                            { face(choice) }
                        </button>
                    }) }
                    <button type="button" class="lab-button quiet" onclick={answer(Answer::Shown)}>{ "Show me" }</button>
                </div>
            </div>
        }
    }

    fn verdict(&self, asked: &Asked, answer: Answer) -> Html {
        let Asked { prediction, .. } = asked;
        let command = |command| self.deed.reform(move |_: MouseEvent| Deed::Command(command));
        let right = prediction.options.get(prediction.answer).map_or("", |choice| choice.name.as_str());
        let (class, words) = match answer {
            Answer::Chosen(i) if i == prediction.answer => ("right", "✓ Right: "),
            Answer::Chosen(_) => ("wrong", "✗ Not that one: "),
            Answer::Shown => ("shown", "Next: "),
        };
        html! {
            <div role="group" class={classes!("question", class)} aria-label="Predict">
                <div>
                    <p class="question-words"><span class="verdict">{ words }</span><code>{ right }</code></p>
                    <p>{ note(&prediction.why) }</p>
                </div>
                <div class="question-options">
                    <button type="button" class="lab-button" ref={self.focus}
                        onclick={self.deed.reform(|_| Deed::Ask)}>{ "Next question" }</button>
                    <button type="button" class="lab-button quiet" onclick={command(Command::Predict)}>{ "Stop predicting" }</button>
                </div>
            </div>
        }
    }
}

fn face(choice: &Choice) -> Html {
    html! { <><span class="choice-name">{ &choice.name }</span><small>{ choice.place }</small></> }
}
