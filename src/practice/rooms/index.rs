//! `practice/`: what is due, what was begun, the learner's own decks, and every deck of the bank.

use super::RoomProps;
use super::study::Study;
use crate::practice::parts::standing::figures;
use crate::practice::parts::watched::use_store_changes;
use crate::practice::shelf::Deck;
use crate::practice::store::clock::now;
use crate::practice::words::{self, KINDS, count};
use crate::practice::yours::Yours;
use interleave_course::Level;
use interleave_course::brought::PART;
use interleave_course::progress::{Session, Standing};
use interleave_course::session::{Candidate, Wanted};
use web_sys::HtmlSelectElement;
use yew::prelude::*;

/// The decks, and how they stand.
#[component]
pub fn Index(props: &RoomProps) -> Html {
    use_store_changes(&props.store);
    let level = use_state(|| None::<Level>);
    let kind = use_state(String::new);
    let wanted = Wanted {
        decks: vec![],
        level: *level,
        kinds: Some((*kind).clone()).filter(|kind| !kind.is_empty()).into_iter().collect(),
    };
    let studying = use_state(|| None::<String>);
    let on_study = {
        let studying = studying.clone();
        Callback::from(move |deck| studying.set(Some(deck)))
    };
    if let Some(deck) = &*studying {
        let studying = studying.clone();
        let back = Callback::from(move |_: MouseEvent| studying.set(None));
        let room = RoomProps { query: format!("?deck={deck}").into(), ..props.clone() };
        return html! {
            <>
                <p><button type="button" class="button quiet" onclick={back}>{"← All decks"}</button></p>
                <Study ..room />
            </>
        };
    }
    let bank = || props.shelf.decks().iter().filter(|deck| !deck.is_yours());
    let candidates: Vec<Candidate<'_>> =
        bank().flat_map(|deck| props.shelf.candidates_of(deck)).filter(|candidate| wanted.takes(candidate)).collect();
    let of = |deck: &Deck| -> Vec<&str> {
        candidates.iter().filter(|candidate| candidate.deck == deck.id).map(|candidate| candidate.id).collect()
    };
    let query = query(*level, &kind);
    let parts: Vec<_> = props.shelf.parts().into_iter().filter(|(part, _)| *part != PART).collect();
    html! {
        <>
            { today(props) }
            <Yours shelf={props.shelf.clone()} store={props.store.clone()} {on_study} />
            <h2 id="decks">{"Decks"}</h2>
            { filters(&level, &kind) }
            <p class="practice-count" role="status">{ format!("{} in {}", count(candidates.len(), "question"), count(bank().filter(|deck| !of(deck).is_empty()).count(), "deck")) }</p>
            { for parts.iter().map(|(part, decks)| {
                let decks: Vec<(&Deck, Vec<&str>)> = decks.iter().map(|deck| (*deck, of(deck))).filter(|(_, ids)| !ids.is_empty()).collect();
                part_of(props, part, &decks, &query)
            }) }
            if candidates.is_empty() {
                <div class="practice-empty"><p>{"No question is like that. Choose another level or kind."}</p></div>
            }
        </>
    }
}

/// What waits: reviews, and what was begun.
fn today(props: &RoomProps) -> Html {
    let progress = props.store.progress();
    let due = progress.due(now()).into_iter().filter(|id| props.shelf.has(id)).count();
    let begun = progress.drafts().filter_map(|draft| match draft.kind {
        Session::Exam => Some(("practice/exam/", "Go on with your exam")),
        Session::Interview => Some(("practice/interview/", "Go on with your interview")),
        _ => None,
    });
    html! {
        <ul class="practice-today">
            <li>
                <strong>{ if due == 0 { "Nothing is due".to_string() } else { format!("{} due", count(due, "question")) } }</strong>
                <a class={classes!("button", (due > 0).then_some("main"))} href="practice/review/">{"Review"}</a>
            </li>
            { for begun.map(|(address, words)| html! { <li><strong>{"Not finished"}</strong><a class="button" href={address}>{ words }</a></li> }) }
        </ul>
    }
}

fn filters(level: &UseStateHandle<Option<Level>>, kind: &UseStateHandle<String>) -> Html {
    let value =
        |event: &Event| event.target_dyn_into::<HtmlSelectElement>().map(|select| select.value()).unwrap_or_default();
    let on_level = {
        let level = level.clone();
        Callback::from(move |event: Event| {
            let name = value(&event);
            level.set(Level::ALL.into_iter().find(|level| level.name() == name));
        })
    };
    let on_kind = {
        let kind = kind.clone();
        Callback::from(move |event: Event| kind.set(value(&event)))
    };
    html! {
        <form class="filters" aria-label="Filter">
            <label>{"Level "}
                <select onchange={on_level}>
                    <option value="" selected={level.is_none()}>{"all"}</option>
                    { for Level::ALL.into_iter().map(|one| html! { <option value={one.name()} selected={**level == Some(one)}>{ one.name() }</option> }) }
                </select>
            </label>
            <label>{"Kind "}
                <select onchange={on_kind}>
                    <option value="" selected={kind.is_empty()}>{"all"}</option>
                    { for KINDS.into_iter().map(|one| html! { <option value={one} selected={**kind == one}>{ words::kind(one) }</option> }) }
                </select>
            </label>
        </form>
    }
}

/// What the filters add to a deck's address.
fn query(level: Option<Level>, kind: &str) -> String {
    let level = level.map(|level| format!("&level={}", level.name())).unwrap_or_default();
    let kind = if kind.is_empty() { String::new() } else { format!("&kind={kind}") };
    level + &kind
}

fn part_of(props: &RoomProps, part: &str, decks: &[(&Deck, Vec<&str>)], query: &str) -> Html {
    if decks.is_empty() {
        return Html::default();
    }
    let progress = props.store.progress();
    let all: Vec<&str> = decks.iter().flat_map(|(_, ids)| ids.iter().copied()).collect();
    let standing = progress.standing(all, now());
    let topic = js_sys::encode_uri_component(part);
    html! {
        <section class="deck-part">
            <h3>{ part }<a class="deck-all" href={format!("practice/study/?topic={topic}{query}")}>{ format!("Study all {}", standing.questions) }</a></h3>
            <ul class="decks">
                { for decks.iter().map(|(deck, ids)| row(deck, &progress.standing(ids.iter().copied(), now()), query)) }
            </ul>
        </section>
    }
}

/// A deck: what it is about, and how it stands.
fn row(deck: &Deck, standing: &Standing, query: &str) -> Html {
    html! {
        <li class="deck">
            <a class="deck-title" href={format!("practice/study/?deck={}{query}", deck.id)}>{ &deck.title }</a>
            <p class="deck-about">{ &deck.about }</p>
            { figures(standing) }
        </li>
    }
}
