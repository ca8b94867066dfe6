//! A question, however it is answered: asked, and, when its owner says so, judged.
//!
//! ```text
//! sheet.rs     what every kind is drawn from
//! choices.rs   one, several, true or false;  schedule.rs  an anomaly, with the schedule beside it
//! typed.rs     a word, a number;  output.rs  what a program prints;  gap.rs  gaps in a text
//! order.rs     events;  matching.rs  pairs
//! goal.rs      something to be done in a lab;  open.rs  an answer of one's own, and the rubric
//! feedback.rs  the verdict and where to read on;  keys.rs  the keyboard
//! in_place.rs  a question of a guide page;  printed.rs  what can be read of it without JavaScript
//! ```

mod choices;
mod feedback;
mod gap;
mod goal;
pub mod in_place;
mod keys;
mod matching;
mod open;
mod order;
mod output;
#[cfg(feature = "prerender")]
pub mod printed;
mod schedule;
mod sheet;
mod typed;

use crate::draw::markdown;
use interleave_course::bank::Asked;
use interleave_course::{Given, Kind, judge};
use sheet::Sheet;
use web_sys::HtmlElement;
use yew::prelude::*;

/// A question and what its owner does with it.
#[derive(Clone, PartialEq, Properties)]
pub struct AskProps {
    pub asked: Asked,
    /// What is given to begin with. It is kept here from then on; another value replaces what is here.
    #[prop_or_default]
    pub given: Given,
    /// Whether the verdict is shown, and the reasons.
    #[prop_or_default]
    pub judged: bool,
    /// Every change.
    #[prop_or_default]
    pub on_given: Callback<Given>,
    /// Enter, or the button.
    #[prop_or_default]
    pub on_check: Callback<()>,
    /// Nothing is judged here: no button.
    #[prop_or_default]
    pub exam: bool,
    /// Shuffles options, sides and events. 0 leaves options as they are written.
    #[prop_or_default]
    pub seed: u64,
}

/// The question.
#[component]
pub fn Ask(props: &AskProps) -> Html {
    let feedback = use_node_ref();
    let props = &use_given(props);
    use_focus(&feedback, props.judged);

    let Asked { question, answer, .. } = &props.asked;
    let verdict = props.judged.then(|| judge(question, answer.as_deref(), &props.given));
    let sheet = Sheet {
        id: format!("ask-{}", question.id),
        question,
        answer: answer.as_deref(),
        beside: props.asked.beside.as_deref(),
        given: &props.given,
        verdict: verdict.as_ref(),
        on_given: &props.on_given,
        exam: props.exam,
        seed: props.seed,
    };
    let ready = props.given.answers(question);
    let check = {
        let (on_check, able) = (props.on_check.clone(), ready && !props.judged && !props.exam);
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            if able {
                on_check.emit(());
            }
        })
    };
    let pressed = {
        let props = props.clone();
        Callback::from(move |event: KeyboardEvent| keys::pressed(&event, &props))
    };
    let stem = markdown::stem(&question.stem);
    let about = format!("{}-about", sheet.id);
    let before = format!("{}-before", sheet.id);
    let described = stem.has_more.then(|| format!("{before} {about}"));
    let comparing = matches!(question.kind, Kind::Open(_)) && !ready;
    html! {
        <form class={classes!("ask", props.judged.then_some("judged"))} data-kind={question.kind.name()} onsubmit={check} onkeydown={pressed} novalidate=true>
            <div class="ask-before" id={before}>{stem.before}</div>
            <fieldset aria-describedby={described}>
                <legend class="stem">{stem.asks}</legend>
                <div class="ask-about" id={about}>{stem.after}{sheet.subject()}</div>
                {sheet.body()}
            </fieldset>
            if !props.exam && !props.judged && !comparing {
                <div class="quiz-bar">
                    <button type="submit" class="button main" disabled={!ready}>{sheet.check_name()}</button>
                    {keys::hint(&question.kind)}
                </div>
            }
            <div class="ask-feedback" ref={feedback} tabindex="-1">
                <div role="status">{verdict.as_ref().map(|verdict| feedback::verdict(question, verdict, &props.given))}</div>
                {verdict.as_ref().map(|verdict| feedback::reading(&sheet, verdict))}
            </div>
        </form>
    }
}

/// Keeps what is given, and tells the owner of every change. The same properties, with what is given now.
#[hook]
fn use_given(props: &AskProps) -> AskProps {
    let given = use_state_eq(|| props.given.clone());
    {
        let given = given.clone();
        use_effect_with(props.given.clone(), move |new| given.set(new.clone()));
    }
    let on_given = {
        let (given, tell) = (given.clone(), props.on_given.clone());
        Callback::from(move |new: Given| {
            given.set(new.clone());
            tell.emit(new);
        })
    };
    AskProps { given: (*given).clone(), on_given, ..props.clone() }
}

/// Moves the focus to the feedback when it comes; what was judged before it was shown leaves the focus where it is.
#[hook]
fn use_focus(feedback: &NodeRef, judged: bool) {
    let before = use_mut_ref(|| judged);
    let feedback = feedback.clone();
    use_effect_with(judged, move |&judged| {
        let newly = judged && !before.replace(judged);
        if let (true, Some(feedback)) = (newly, feedback.cast::<HtmlElement>()) {
            let _ = feedback.focus();
        }
    });
}
