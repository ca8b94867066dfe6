//! The pages of the practice room. Each is a placeholder `<div data-practice="study">` with text that can be read without the app;
//! the app fetches the bank, opens the store, and puts the room in its place.

mod exam;
mod index;
mod interview;
mod print;
mod progress;
mod review;
mod study;

use super::bank::bank;
use super::parts::banner::Banner;
use super::parts::watched::use_store_changes;
use super::shelf::Shelf;
use super::store::Store;
use crate::labs::Failure;
use interleave_course::catalogue::Catalogue;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::{Element, UrlSearchParams};
use yew::prelude::*;

/// What every room is given.
#[derive(Clone, PartialEq, Properties)]
pub struct RoomProps {
    pub shelf: Shelf,
    pub store: Store,
    /// The part of the address after `?`, with it.
    #[prop_or_default]
    pub query: AttrValue,
}

impl RoomProps {
    /// A parameter of the address; empty if it is not there.
    pub fn parameter(&self, name: &str) -> String {
        UrlSearchParams::new_with_str(&self.query).ok().and_then(|query| query.get(name)).unwrap_or_default()
    }
}

/// Brings every room of the page to life.
pub fn mount() {
    let Some(document) = web_sys::window().and_then(|window| window.document()) else { return };
    let Ok(places) = document.query_selector_all("[data-practice]:not([data-live])") else { return };
    if places.length() > 0 {
        // The browser opens the database while the page is drawn.
        spawn_local(async {
            Store::open().await;
        });
    }
    for place in (0..places.length()).filter_map(|at| places.get(at)?.dyn_into::<Element>().ok()) {
        let name = place.get_attribute("data-practice").unwrap_or_default();
        let query = document.location().and_then(|location| location.search().ok()).unwrap_or_default();
        let _ = place.set_attribute("data-live", "");
        let door = DoorProps { room: name.into(), query: query.into() };
        yew::Renderer::<Door>::with_root_and_props(place, door).render();
    }
}

/// Which room, and how it was asked for.
#[derive(Clone, PartialEq, Properties)]
pub struct DoorProps {
    pub room: AttrValue,
    pub query: AttrValue,
}

/// What is behind the door.
#[derive(Clone)]
enum Behind {
    Loading,
    Failed(Failure),
    Open(Rc<Catalogue>, Store),
}

/// Waits for the bank and the store, and says so.
#[component]
pub fn Door(props: &DoorProps) -> Html {
    let behind = use_state(|| Behind::Loading);
    let attempt = use_state(|| 0_u32);
    {
        let behind = behind.clone();
        use_effect_with(*attempt, move |_| {
            spawn_local(async move {
                let (bank, store) = futures::join!(bank(), Store::open());
                behind.set(match bank {
                    Ok(bank) => Behind::Open(bank, store),
                    Err(failure) => Behind::Failed(failure),
                });
            });
        });
    }
    let again = {
        let (behind, attempt) = (behind.clone(), attempt.clone());
        Callback::from(move |_: MouseEvent| {
            behind.set(Behind::Loading);
            attempt.set(*attempt + 1);
        })
    };
    match &*behind {
        Behind::Loading => html! {
            <>
                { heading(&props.room) }
                <p class="practice-loading" role="status">{"Fetching the questions…"}</p>
            </>
        },
        Behind::Failed(failure) => html! {
            <>
                { heading(&props.room) }
                <div class="practice-failed" role="alert">
                    <p><strong>{ &failure.title }</strong></p>
                    <p>{ &failure.advice }</p>
                    <button type="button" class="button" onclick={again}>{"Try again"}</button>
                </div>
            </>
        },
        Behind::Open(bank, store) => html! {
            <>
                <Banner store={store.clone()} />
                <Inside bank={Same(bank.clone())} store={store.clone()} door={props.clone()} />
            </>
        },
    }
}

#[derive(Clone, PartialEq, Properties)]
struct InsideProps {
    bank: Same<Catalogue>,
    store: Store,
    door: DoorProps,
}

/// Something large that is equal to itself alone.
struct Same<T>(Rc<T>);

impl<T> Clone for Same<T> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

impl<T> PartialEq for Same<T> {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

/// The room, with a shelf that follows the learner's own decks.
#[component]
fn Inside(props: &InsideProps) -> Html {
    use_store_changes(&props.store);
    let InsideProps { bank, store, door } = props;
    // Every answer is a change of the store, and almost none is one of the decks.
    let shelf = use_memo(Same(store.decks()), |decks| Shelf::with(bank.0.clone(), &decks.0));
    inside(&door.room, RoomProps { shelf: (*shelf).clone(), store: store.clone(), query: door.query.clone() })
}

/// What stands where the room will have its own heading, which says what is asked. That of the list of decks stands outside.
fn heading(name: &str) -> Html {
    let words = match name {
        "study" => "Study",
        "review" => "Review",
        "exam" => "Exam",
        "print" => "Print a deck",
        "interview" => "Mock interview",
        "progress" => "Progress",
        _ => return Html::default(),
    };
    html! { <h1>{ words }</h1> }
}

fn inside(name: &str, room: RoomProps) -> Html {
    match name {
        "study" => html! { <study::Study ..room /> },
        "review" => html! { <review::Review ..room /> },
        "exam" => html! { <exam::Room ..room /> },
        "print" => html! { <print::Print ..room /> },
        "interview" => html! { <interview::Room ..room /> },
        "progress" => html! { <progress::Progress ..room /> },
        _ => html! { <index::Index ..room /> },
    }
}
