//! A lab alone, for a frame inside someone else's page.

use super::shell::needs_javascript;
use super::site::Draft;
use crate::labs::{Entry, Mode};
use yew::prelude::*;

pub fn draft(entry: &Entry) -> Draft {
    let first = entry.presets().first().map(|preset| preset.id);
    Draft {
        path: format!("embed/{}/", entry.id),
        title: format!("{} · Interleave", entry.title),
        description: entry.summary.into(),
        body: html! {
            <main class="embed-page">
                <h1 class="visually-hidden">{entry.title}</h1>
                {needs_javascript()}
                {first.and_then(|preset| entry.placeholder(preset, Mode::Embed))}
            </main>
        },
        embed: true,
    }
}
