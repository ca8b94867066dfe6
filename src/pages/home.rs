//! The home page: what this is in five seconds, and a lab to touch.

use super::program::plain;
use super::shell::{Part, needs_javascript, page};
use super::site::Draft;
use crate::labs::{LABS, Mode};
use yew::prelude::*;

pub fn draft() -> Draft {
    let lab = &LABS[0];
    let address = format!("labs/{}/", lab.id);
    let first = lab.presets().first().map(|preset| preset.id);
    let main = html! {
        <>
            <div class="hero">
                <h1>{"See the order your Node.js code runs in"}</h1>
                <p>
                    {"Paste a program. Interleave runs it on a simulated Node 20 and draws every queue it passes through. \
                      Step forwards, step back, and read why each thing happened when it did."}
                </p>
            </div>
            <section class="home-lab" aria-label="A lab to try">
                {needs_javascript()}
                {first.and_then(|preset| lab.placeholder(preset, Mode::Full))}
            </section>
            <ul class="doors">
                <li>
                    <h2>{"Study"}</h2>
                    <p>{"A guide whose every claim runs beside it. What a page says is printed, Node 20 has printed."}</p>
                    <p class="go"><a href="guide/">{"Read the guide"}</a></p>
                </li>
                <li>
                    <h2>{"Practise"}</h2>
                    <p>{"Say what runs next before you look. Predict stops a lab between two callbacks, asks, and then tells you why."}</p>
                    <p class="go"><a href="labs/">{"Pick a program to predict"}</a></p>
                </li>
                <li>
                    <h2>{"Embed"}</h2>
                    <p>{"Two tags put a lab into your own documentation. SITE is where this site is served."}</p>
                    {plain(&embed(lab.id, first.unwrap_or_default()))}
                    <p class="go"><a href={format!("embed/{}/", lab.id)}>{"See a lab alone"}</a>{" or "}<a href={address}>{"open it whole"}</a></p>
                </li>
            </ul>
        </>
    };
    Draft {
        path: String::new(),
        title: "Interleave: see the order your Node.js code runs in".into(),
        description:
            "Run JavaScript on a simulated Node.js event loop, step through it forwards and backwards, and see \
                      why each callback runs when it does."
                .into(),
        body: page(Part::Home, "", main),
        embed: false,
    }
}

/// How a lab gets into someone else's page.
fn embed(lab: &str, preset: &str) -> String {
    format!(
        "<script async\n  src=\"https://SITE/embed.js\"></script>\n\
         <interleave-lab lab=\"{lab}\"\n  preset=\"{preset}\"></interleave-lab>\n"
    )
}
