//! The learner's own decks, and removing one.

use super::{Msg, Yours, YoursProps};
use crate::practice::parts::standing::figures;
use crate::practice::store::clock::now;
use crate::practice::store::{Place, Yours as Kept};
use crate::practice::words;
use yew::prelude::*;

/// All of them. `asking` is the name of the one that is about to be removed, `question` the place where that is asked.
pub fn decks(ctx: &Context<Yours>, asking: &Option<String>, question: &NodeRef) -> Html {
    let decks = ctx.props().store.decks();
    if decks.is_empty() {
        return Html::default();
    }
    html! {
        <ul class="decks">
            { for decks.iter().map(|deck| {
                let asked = asking.as_ref() == Some(&deck.name);
                row(ctx, deck, asked.then_some(question))
            }) }
        </ul>
    }
}

fn row(ctx: &Context<Yours>, yours: &Kept, question: Option<&NodeRef>) -> Html {
    let YoursProps { store, on_study, .. } = ctx.props();
    let deck = &yours.deck;
    let name = yours.name.clone();
    let ask = ctx.link().callback(move |_| Msg::Asking(Some(name.clone())));
    let remains = !deck.questions.is_empty();
    let address = format!("practice/study/?deck={}", deck.id);
    // Another page would know nothing of a deck that only this one has.
    let in_memory = matches!(store.place(), Place::Memory(_));
    let (id, on_study) = (deck.id.clone(), on_study.clone());
    let study = Callback::from(move |event: MouseEvent| {
        if in_memory {
            event.prevent_default();
            on_study.emit(id.clone());
        }
    });
    let progress = store.progress();
    let standing = progress.standing(deck.questions.iter().map(|entry| entry.id.as_str()), now());
    html! {
        <li class="deck" key={yours.name.clone()}>
            if remains {
                <a class="deck-title" href={address} onclick={study}>{ &deck.title }</a>
            } else {
                <span class="deck-title">{ &deck.title }</span>
            }
            <p class="deck-about">{ about(yours, remains) }</p>
            if remains {
                { figures(&standing) }
            }
            { match question {
                None => html! {
                    <p class="deck-ways">
                        if remains && !in_memory {
                            <a class="button quiet" href={format!("practice/print/?deck={}", deck.id)} aria-label={format!("Print {}", deck.title)}>{"Print"}</a>
                        }
                        <button type="button" class="button quiet" aria-label={format!("Remove {}…", deck.title)} onclick={ask}>{"Remove…"}</button>
                    </p>
                },
                Some(place) => removing(ctx, yours, place),
            } }
        </li>
    }
}

fn about(yours: &Kept, remains: bool) -> String {
    if !remains {
        return "This deck cannot be read here. It is left as it is.".into();
    }
    let damaged = if yours.damaged { " A part of it cannot be read; drop the file again to repair it." } else { "" };
    format!("{} · {}{}{damaged}", yours.file, words::format(&yours.format), if yours.damaged { "." } else { "" })
}

/// It is asked first.
fn removing(ctx: &Context<Yours>, yours: &Kept, place: &NodeRef) -> Html {
    let name = yours.name.clone();
    let remove = ctx.link().callback(move |_| Msg::Remove(name.clone()));
    html! {
        <div class="deck-removing" ref={place.clone()} tabindex="-1" role="group" aria-label={format!("Remove {}", yours.deck.title)}>
            <p><strong>{"Remove this deck from this device?"}</strong>{" Your answers stay; they count again if you drop the file once more."}</p>
            <p class="files-ways">
                <button type="button" class="button danger" onclick={remove}>{"Remove it"}</button>
                <button type="button" class="button" onclick={ctx.link().callback(|_| Msg::Asking(None))}>{"Keep it"}</button>
            </p>
        </div>
    }
}
