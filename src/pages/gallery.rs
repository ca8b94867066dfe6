//! Every preset of every lab as a card.

use super::shell::{Part, page};
use super::site::Draft;
use crate::draw::note::note;
use crate::labs::{self, Entry, PresetInfo, grouped};
use interleave_kernel::Note;
use yew::prelude::*;

pub fn draft() -> Draft {
    let main = html! {
        <div class="gallery">
            <h1>{"Labs"}</h1>
            <p class="lead">{"Short programs and schedules, one idea each. Open one, change it, and watch what changes."}</p>
            {for labs::all().map(lab)}
        </div>
    };
    Draft {
        path: "labs/".into(),
        title: "Labs · Interleave".into(),
        description: "Short Node.js programs, one idea each, to step through in the browser.".into(),
        body: page(Part::Labs, "labs/", main),
        embed: false,
    }
}

fn lab(entry: &Entry) -> Html {
    html! {
        <section aria-labelledby={format!("lab-{}", entry.id)}>
            <h2 id={format!("lab-{}", entry.id)}><a href={format!("labs/{}/", entry.id)}>{entry.title}</a></h2>
            <p class="lead">{entry.summary}</p>
            {for grouped(&entry.presets()).map(|(title, presets)| html! {
                <>
                    if !title.is_empty() {
                        <h3 class="cards-title">{title}</h3>
                    }
                    <ul class="cards">{for presets.iter().map(|preset| card(entry, preset, !title.is_empty()))}</ul>
                </>
            })}
        </section>
    }
}

/// `deep`: there is a heading between the lab's and the card's.
fn card(entry: &Entry, preset: &PresetInfo, deep: bool) -> Html {
    let link = html! { <a href={format!("labs/{}/?preset={}", entry.id, preset.id)}>{preset.title}</a> };
    html! {
        <li class="card">
            if deep {
                <h4>{link}</h4>
            } else {
                <h3>{link}</h3>
            }
            <p>{note(&Note::new(preset.idea))}</p>
        </li>
    }
}
