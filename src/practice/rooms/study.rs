//! `practice/study/?deck=sagas&level=senior&kind=order`: a deck, or whatever the address asks for.

use super::RoomProps;
use crate::practice::sitting::Sitting;
use crate::practice::store::clock::now;
use crate::practice::words;
use interleave_course::Level;
use interleave_course::progress::Session;
use interleave_course::session::{Wanted, study_order};
use yew::prelude::*;

/// A sitting with what the address asks for.
#[component]
pub fn Study(props: &RoomProps) -> Html {
    let asked = use_memo((), |()| chosen(props));
    let (title, questions) = &*asked;
    let about = props.shelf.deck(&props.parameter("deck")).map(|deck| deck.about.clone());
    html! {
        <>
            <h1>{ title }</h1>
            if let Some(about) = about {
                <p class="lead">{ about }{" "}<a href={format!("practice/print/?deck={}", props.parameter("deck"))}>{"Print it"}</a></p>
            }
            if questions.is_empty() {
                <div class="practice-empty">
                    <p>{"No question of the bank is like that."}</p>
                    <p><a class="button" href="practice/">{"Choose a deck"}</a></p>
                </div>
            } else {
                <Sitting shelf={props.shelf.clone()} store={props.store.clone()} title={title.clone()}
                    questions={questions.clone()} session={Session::Study} />
            }
        </>
    }
}

/// What the address asks for: in words, and the questions in the order in which they are asked.
fn chosen(props: &RoomProps) -> (String, Vec<String>) {
    let (deck, topic, kind) = (props.parameter("deck"), props.parameter("topic"), props.parameter("kind"));
    let level = Level::ALL.into_iter().find(|level| level.name() == props.parameter("level"));
    let mut wanted = wanted(&deck, level, &kind);
    let part: Vec<String> =
        props.shelf.decks().iter().filter(|deck| deck.part == topic).map(|deck| deck.id.clone()).collect();
    if deck.is_empty() && !topic.is_empty() {
        // A part that is not there has no questions, not all of them.
        wanted.decks = if part.is_empty() { vec![topic.clone()] } else { part };
    }
    let title = props.shelf.deck(&deck).map(|deck| deck.title.clone());
    let title =
        title.or_else(|| Some(topic).filter(|topic| !topic.is_empty())).unwrap_or_else(|| "All questions".into());
    let level = level.map(|level| format!("\u{a0}· {}", level.name())).unwrap_or_default();
    let kind = if kind.is_empty() { String::new() } else { format!("\u{a0}· {}", words::kind(&kind).to_lowercase()) };
    let progress = props.store.progress();
    let candidates: Vec<_> = props.shelf.candidates().filter(|candidate| wanted.takes(candidate)).collect();
    let ids = candidates.iter().map(|candidate| candidate.id);
    let questions = study_order(ids, &progress, &progress.scheduler().parameters, now());
    (format!("{title}{level}{kind}"), questions)
}

fn wanted(deck: &str, level: Option<Level>, kind: &str) -> Wanted {
    let one = |text: &str| if text.is_empty() { vec![] } else { vec![text.to_string()] };
    Wanted { decks: one(deck), level, kinds: one(kind) }
}
