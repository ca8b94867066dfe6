//! A question of a guide page: asked, judged and asked again in place. It counts: what a machine can judge is kept with all other answers.

use super::Ask;
use crate::practice::sitting::said;
use crate::practice::store::{Answered, Store};
use interleave_course::bank::Asked;
use interleave_course::memory::{Judged, usual_time};
use interleave_course::progress::Session;
use interleave_course::{Given, Kind, judge};
use serde::Deserialize;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

/// The value of `data-island`.
pub const ISLAND: &str = "question";

/// What a question's placeholder carries: the question, and the answer that was found for it.
#[derive(Clone, PartialEq, Properties, Deserialize)]
#[serde(transparent)]
pub struct InPlaceProps {
    pub asked: Asked,
}

/// The question. Nothing is judged before the reader says so.
#[component]
pub fn InPlace(props: &InPlaceProps) -> Html {
    let given = use_state(Given::default);
    let judged = use_state(|| false);
    let tries = use_mut_ref(|| 0_u32);
    let on_given = {
        let given = given.clone();
        Callback::from(move |new: Given| given.set(new))
    };
    let on_check = {
        let (judged, given, asked) = (judged.clone(), given.clone(), props.asked.clone());
        Callback::from(move |()| {
            *tries.borrow_mut() += 1;
            keep(&asked, &given, *tries.borrow());
            judged.set(true);
        })
    };
    let again = {
        let (given, judged) = (given.clone(), judged.clone());
        Callback::from(move |_: MouseEvent| {
            given.set(Given::None);
            judged.set(false);
        })
    };
    html! {
        <>
            <Ask asked={props.asked.clone()} given={(*given).clone()} judged={*judged} {on_given} {on_check} />
            if *judged {
                <div class="quiz-bar"><button type="button" class="button" onclick={again}>{"Answer again"}</button></div>
            }
        </>
    }
}

/// Keeps an answer. How well an open question was known is asked in the practice room only. Nobody measures how long somebody reads.
fn keep(asked: &Asked, given: &Given, tries: u32) {
    let question = &asked.question;
    if matches!(question.kind, Kind::Open(_)) {
        return;
    }
    let right = judge(question, asked.answer.as_deref(), given).right;
    let judged = Judged { right, tries, hints: 0, sure: false, took: None, usual: usual_time(question) };
    let answered = Answered {
        question: question.id.clone(),
        rating: judged.rating(),
        right: Some(right),
        said: said(question, given),
        took: None,
        session: Session::Guide,
    };
    spawn_local(async move { Store::open().await.answer(vec![answered]) });
}
