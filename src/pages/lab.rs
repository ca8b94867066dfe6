//! A lab with a page of its own.

use super::shell::{Part, needs_javascript, page};
use super::site::Draft;
use crate::labs::{Entry, Mode};
use yew::prelude::*;

pub fn draft(entry: &Entry) -> Draft {
    let path = format!("labs/{}/", entry.id);
    let first = entry.presets().first().map(|preset| preset.id);
    let main = html! {
        <div class="lab-page">
            <div class="lab-head">
                <h1>{entry.title}</h1>
                <p class="lead">{entry.summary}{" "}<a href="labs/">{"All labs"}</a></p>
            </div>
            {needs_javascript()}
            {first.and_then(|preset| entry.placeholder(preset, Mode::Full))}
        </div>
    };
    Draft {
        title: format!("{} · Interleave", entry.title),
        description: entry.summary.into(),
        body: page(Part::Labs, &path, main),
        path,
        embed: false,
    }
}
