//! Every preset of every lab as a card.

use super::shell::{Part, page};
use super::site::Draft;
use crate::draw::note::note;
use crate::labs::{Entry, LABS, PresetInfo};
use interleave_kernel::Note;
use yew::prelude::*;

pub fn draft() -> Draft {
    let main = html! {
        <div class="gallery">
            <h1>{"Labs"}</h1>
            <p class="lead">{"Short programs and schedules, one idea each. Open one, change it, and watch what changes."}</p>
            {for LABS.iter().map(lab)}
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
            <ul class="cards">{for entry.presets().iter().map(|preset| card(entry, preset))}</ul>
        </section>
    }
}

fn card(entry: &Entry, preset: &PresetInfo) -> Html {
    html! {
        <li class="card">
            <h3><a href={format!("labs/{}/?preset={}", entry.id, preset.id)}>{preset.title}</a></h3>
            <p>{note(&Note::new(preset.idea))}</p>
        </li>
    }
}
