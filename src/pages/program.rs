//! Blocks of code: highlighted when the site is built, run in place by an island under them.

use super::islands::run::{ISLAND, RunProps, kind};
use crate::draw::highlight::Language as Colours;
use crate::labs;
use crate::player::link::{self, Link};
use interleave_course::{Code, Language, Output};
use interleave_node::{Database, ModuleKind, Scenario};
use yew::prelude::*;

/// A block of a guide page; `lab` opens its programs.
pub fn block(code: &Code, lab: &str) -> Html {
    if !code.language.is_javascript() {
        return plain(&code.source);
    }
    html! {
        <div class="listing numbered">
            <pre tabindex="0" aria-label={label(&code.language)}><code>{for Colours::JavaScript.lines(&code.source).iter().map(|line| line_of(line))}</code></pre>
            if let Some(reason) = &code.not_run {
                <p class="listing-bar">{"Not run here: "}{reason}</p>
            }
            if let Some(output) = code.output.as_ref().filter(|_| code.runs()) {
                {runner(code, output, lab)}
            }
        </div>
    }
}

/// Text that is only shown.
pub fn plain(source: &str) -> Html {
    html! {
        <div class="listing">
            <pre tabindex="0" aria-label="Text"><code>{for source.lines().map(|line| html! { <span class="code-line">{line}{"\n"}</span> })}</code></pre>
        </div>
    }
}

/// The run a block of code stands for.
pub fn scenario(code: &Code) -> Scenario {
    let module = if code.language == Language::Module { ModuleKind::Module } else { ModuleKind::CommonJs };
    let database = code.needs_a_database().then(Database::default);
    Scenario { module, database, ..Scenario::script(&*code.source) }
}

fn label(language: &Language) -> &'static str {
    if *language == Language::Module { "Program, an ES module" } else { "Program" }
}

fn line_of(tokens: &[crate::draw::highlight::Token]) -> Html {
    let piece = |token: &crate::draw::highlight::Token| {
        let text = token.text.to_string();
        match token.class {
            Some(class) => html! { <span class={class.name()}>{text}</span> },
            None => html! { {text} },
        }
    };
    html! { <span class="code-line">{for tokens.iter().map(piece)}{"\n"}</span> }
}

/// The island under a program. What it prints is known without running it, so it is readable without JavaScript.
fn runner(code: &Code, output: &Output, lab: &str) -> Html {
    let scenario = scenario(code);
    let (lab, source) = match scenario.database {
        Some(_) => labs::with_database(&code.source, ""),
        None => (lab, link::edited(&scenario)),
    };
    let opened = Link { source, step: 1 };
    let props = RunProps { scenario, open: format!("labs/{lab}/{}", link::query(lab, "1", &opened)) };
    html! {
        <div class="runner" data-island={ISLAND} data-props={serde_json::to_string(&props).unwrap_or_default()}>
            <details class="listing-bar"><summary>{"What it prints"}<span class="kind">{kind(props.scenario.module)}</span></summary>{printed(output)}</details>
        </div>
    }
}

fn printed(output: &Output) -> Html {
    html! {
        <>
            <pre><samp>{&output.text}</samp></pre>
            if output.exit != 0 {
                <p>{format!("The process ends with exit code {}.", output.exit)}</p>
            }
        </>
    }
}
