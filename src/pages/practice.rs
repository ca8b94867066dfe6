//! The practice room before the app runs: what each page is for, and every deck by name.

use super::shell::{Part, page};
use super::site::Draft;
use crate::draw::note::note;
use interleave_course::Deck;
use interleave_kernel::Note;
use yew::prelude::*;

/// A deck and the name of its file, which is its id.
pub type NamedDeck = (String, Deck);

/// A page of the room.
struct Room {
    /// The last part of its address; empty for the first page.
    name: &'static str,
    title: &'static str,
    description: &'static str,
    /// What one reads without JavaScript.
    lead: &'static str,
}

const ROOMS: [Room; 7] = [
    Room {
        name: "",
        title: "Practice",
        description: "Questions about Node.js and distributed data whose answers have been executed, reviews that come back in time, and interviews that push back.",
        lead: "Questions whose answers have been executed, reviews that come back when you are about to forget, an exam, and an interview that pushes back. What you answer is kept on this device and nowhere else.",
    },
    Room {
        name: "study",
        title: "Study",
        description: "A deck of questions, one at a time, each answer with its reason.",
        lead: "One question at a time. Each answer has its reason, the section of the guide that teaches it, and the lab in which it can be replayed.",
    },
    Room {
        name: "review",
        title: "Review",
        description: "The questions that you are about to forget, and how many will come back on the next days.",
        lead: "Every question comes back when the probability that you recall it has fallen to nine in ten, as the memory model FSRS-6 has it.",
    },
    Room {
        name: "exam",
        title: "Exam",
        description: "Some questions against a clock that can be stopped, submitted once, with a review afterwards.",
        lead: "Choose how many questions, from which topics, and how much time. Nothing is judged before you hand it in; afterwards every answer has its reason.",
    },
    Room {
        name: "interview",
        title: "Mock interview",
        description: "A staged technical interview: questions, time to answer, a rubric to tick honestly, follow-ups, and a verdict.",
        lead: "An interviewer describes a system that is in trouble and asks. You answer aloud or in writing, tick honestly what you said, and are asked further.",
    },
    Room {
        name: "progress",
        title: "Progress",
        description: "What you know by topic, what comes back when, and your answers as a file.",
        lead: "What you know by topic, what comes back on which day, and everything that you have answered as one file to take with you.",
    },
    Room {
        name: "print",
        title: "Print a deck",
        description: "Any deck as a sheet of paper, with or without answers.",
        lead: "Any deck as a sheet of paper, with or without its answers.",
    },
];

/// Addresses of the room's pages.
pub fn addresses() -> impl Iterator<Item = String> {
    ROOMS.iter().map(Room::path)
}

/// Every page of the room.
pub fn drafts(decks: &[NamedDeck]) -> Vec<Draft> {
    ROOMS.iter().map(|room| room.draft(decks)).collect()
}

impl Room {
    fn path(&self) -> String {
        if self.name.is_empty() { "practice/".into() } else { format!("practice/{}/", self.name) }
    }

    fn draft(&self, decks: &[NamedDeck]) -> Draft {
        let path = self.path();
        let room = if self.name.is_empty() { "index" } else { self.name };
        let main = html! {
            <div class={classes!("practice", format!("practice-{room}"))}>
                { ways(self.name) }
                // The first page's heading stands above its island, those of the others say what is asked and stand in it.
                if self.name.is_empty() {
                    <h1>{ self.title }</h1>
                    <p class="lead">{ self.lead }</p>
                }
                <div data-practice={room} data-app="practice">
                    if !self.name.is_empty() {
                        <h1>{ self.title }</h1>
                        <p class="lead">{ self.lead }</p>
                    }
                    <noscript>
                        <p class="noscript">{"Practising needs JavaScript: answers are judged and kept in your browser. The guide can be read without."}</p>
                    </noscript>
                    if self.name.is_empty() {
                        { list(decks) }
                    }
                </div>
            </div>
        };
        Draft {
            body: page(Part::Practice, &path, main),
            path,
            title: if self.name.is_empty() {
                "Practice · Interleave".into()
            } else {
                format!("{} · Practice · Interleave", self.title)
            },
            description: self.description.into(),
            embed: false,
        }
    }
}

/// The ways from one page of the room to the others.
fn ways(current: &str) -> Html {
    html! {
        <nav class="practice-ways" aria-label="Practice">
            <ul>
                { for ROOMS.iter().filter(|room| !matches!(room.name, "study" | "print")).map(|room| {
                    let here = room.name == current || (room.name.is_empty() && current == "study");
                    let title = if room.name.is_empty() { "Decks" } else { room.title };
                    html! { <li><a href={room.path()} aria-current={here.then_some("page")}>{ title }</a></li> }
                }) }
            </ul>
        </nav>
    }
}

/// The decks, part by part.
fn list(decks: &[NamedDeck]) -> Html {
    let mut parts: Vec<&str> = vec![];
    for (_, deck) in decks {
        if !parts.contains(&&*deck.part) {
            parts.push(&deck.part);
        }
    }
    html! {
        <>
            <h2 id="decks">{"Decks"}</h2>
            { for parts.into_iter().map(|part| html! {
                <section class="deck-part">
                    <h3>{ part }</h3>
                    <ul class="decks">{ for decks.iter().filter(|(_, deck)| deck.part == part).map(row) }</ul>
                </section>
            }) }
        </>
    }
}

fn row((id, deck): &NamedDeck) -> Html {
    html! {
        <li class="deck">
            <a class="deck-title" href={format!("practice/study/?deck={id}")}>{ &deck.title }</a>
            <p class="deck-about">{ note(&Note::new(&deck.about)) }</p>
            <p class="deck-figures"><span>{ format!("{} questions", deck.questions.len()) }</span></p>
        </li>
    }
}
