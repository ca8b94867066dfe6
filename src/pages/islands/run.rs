//! Runs a program of the text in place.

use crate::labs::Failure;
use crate::worker::{self, Engine};
use interleave_node::{ModuleKind, NodeTape, Outcome, Scenario, Stream};
use serde::{Deserialize, Serialize};
use std::rc::Rc;
use yew::prelude::*;

/// The value of `data-island`.
pub const ISLAND: &str = "run";

/// What a program's placeholder carries.
#[derive(Clone, Debug, PartialEq, Properties, Serialize, Deserialize)]
pub struct RunProps {
    pub scenario: Scenario,
    /// Where the program can be edited and stepped through.
    pub open: String,
}

/// What the reader sees under the program.
enum State {
    Waiting,
    Running,
    Done(Rc<NodeTape>),
    Failed(Failure),
}

/// The bar under a program, and what it printed.
#[component]
pub fn Run(props: &RunProps) -> Html {
    let state = use_state(|| State::Waiting);
    let run = {
        let (state, scenario) = (state.clone(), props.scenario.clone());
        Callback::from(move |_: MouseEvent| {
            if matches!(*state, State::Running) {
                return;
            }
            state.set(State::Running);
            let (state, scenario) = (state.clone(), scenario.clone());
            wasm_bindgen_futures::spawn_local(async move { state.set(record(&scenario).await) });
        })
    };
    // Fetching the engine takes longer than the click: whoever points at the button will press it.
    let engine = engine(&props.scenario).0;
    let warm = Callback::from(move |_: PointerEvent| worker::warm(engine));
    let again = matches!(*state, State::Done(_) | State::Failed(_));
    html! {
        <>
            <div class="listing-bar">
                <button type="button" class="button" onclick={run} onpointerenter={warm}
                    aria-disabled={matches!(*state, State::Running).then_some("true")}>
                    {if again { "Run again" } else { "Run" }}
                </button>
                <a href={props.open.clone()}>{"Step through it in the lab"}</a>
                <span class="kind">{if matches!(*state, State::Running) { "running…" } else { kind(props.scenario.module) }}</span>
            </div>
            <div aria-live="polite">{shown(&state)}</div>
        </>
    }
}

/// How Node loads a program, in words.
pub fn kind(module: ModuleKind) -> &'static str {
    match module {
        ModuleKind::CommonJs => "CommonJS",
        ModuleKind::Module => "ES module",
    }
}

/// What runs it, and the task: a program with a database needs both.
fn engine(scenario: &Scenario) -> (Engine, &'static str) {
    if scenario.database.is_some() { (Engine::Queries, "program") } else { (Engine::Node, "record") }
}

async fn record(scenario: &Scenario) -> State {
    let (engine, task) = engine(scenario);
    match worker::compute(engine, task, scenario).await {
        Ok(tape) => State::Done(Rc::new(tape)),
        Err(failure) => State::Failed(failure),
    }
}

fn shown(state: &State) -> Html {
    match state {
        State::Waiting | State::Running => Html::default(),
        State::Failed(failure) => html! {
            <div class="printed"><p class="printed-title">{&failure.title}</p><p class="end">{&failure.advice}</p></div>
        },
        State::Done(tape) => {
            html! { <div class="printed"><p class="printed-title">{"Printed"}</p>{printed(tape)}</div> }
        }
    }
}

fn printed(tape: &NodeTape) -> Html {
    let scene = tape.last();
    let ending = scene.outcome.as_deref().and_then(ending);
    let piece = |print: &interleave_node::Print| {
        let class = (print.stream == Stream::Stderr).then_some("stderr");
        html! { <span {class}>{print.text.clone()}</span> }
    };
    html! {
        <>
            <pre tabindex="0" aria-label="Output"><samp>{for scene.console.iter().map(|print| piece(print))}</samp></pre>
            if let Some(ending) = ending {
                <p class="end">{ending}</p>
            }
        </>
    }
}

/// How it ended, unless it ended well.
fn ending(outcome: &Outcome) -> Option<String> {
    match outcome {
        Outcome::Exited { code: 0 } => None,
        Outcome::Exited { code } | Outcome::Threw { code, .. } => {
            Some(format!("The process ended with exit code {code}."))
        }
        Outcome::Rejected { message, line, .. } => Some(format!("Line {line}: {message}")),
        Outcome::Stopped { message, .. } => Some(message.clone()),
    }
}
