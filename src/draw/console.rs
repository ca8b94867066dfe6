//! What a program wrote, as a list that leads to the steps that did.

use gloo::render::request_animation_frame;
use interleave_node::{Outcome, Print, Stream};
use std::rc::Rc;
use web_sys::HtmlElement;
use yew::prelude::*;

/// Lines shown; earlier ones are counted.
const MOST: usize = 100;

#[derive(Clone, PartialEq, Properties)]
pub struct Props {
    /// Each with the frame that it leads to.
    pub prints: Vec<(usize, Rc<Print>)>,
    /// How many came before those.
    pub earlier: usize,
    pub outcome: Option<Rc<Outcome>>,
    pub go: Callback<usize>,
}

impl Props {
    /// The last of all lines that were printed; `frame` says where each was.
    pub fn of(
        all: &[Rc<Print>],
        frame: impl Fn(usize, &Print) -> usize,
        outcome: Option<Rc<Outcome>>,
        go: &Callback<usize>,
    ) -> Self {
        let earlier = all.len().saturating_sub(MOST);
        let prints = all.iter().enumerate().skip(earlier);
        let prints = prints.map(|(number, print)| (frame(number, print), Rc::clone(print))).collect();
        Self { prints, earlier, outcome, go: go.clone() }
    }
}

/// What the program printed. Each line leads to the step that printed it.
#[component]
pub fn Console(props: &Props) -> Html {
    let node = use_node_ref();
    {
        let node = node.clone();
        use_effect_with((props.earlier + props.prints.len(), props.outcome.is_some()), move |_| {
            // With the next paint: to ask now how long the list is would have the page laid out twice.
            let frame = request_animation_frame(move |_| {
                if let Some(list) = node.cast::<HtmlElement>() {
                    list.set_scroll_top(list.scroll_height());
                }
            });
            move || drop(frame)
        });
    }
    let line = |(frame, print): &(usize, Rc<Print>)| {
        let (frame, error) = (*frame, print.stream == Stream::Stderr);
        let text = print.text.strip_suffix('\n').unwrap_or(&print.text).to_owned();
        html! {
            <li class={error.then_some("stderr")}>
                <button type="button" onclick={props.go.reform(move |_| frame)} title={format!("Printed in step {}", frame + 1)}>
                    if error { <span class="sr">{ "stderr: " }</span> }
                    { if text.is_empty() { "\u{a0}".to_owned() } else { text } }
                </button>
            </li>
        }
    };
    html! {
        <div role="group" class="panel console-panel" aria-label="Console">
            <h3 class="cap"><b>{ "Console" }</b></h3>
            <ol class="console" ref={node} tabindex="0" aria-label="Printed lines">
                if props.earlier > 0 { <li class="more">{ format!("{} earlier lines", props.earlier) }</li> }
                { for props.prints.iter().map(line) }
                if let Some(outcome) = &props.outcome {
                    <li class="ending">{ ending(outcome) }</li>
                } else {
                    <li class="caret" aria-hidden="true"></li>
                }
            </ol>
        </div>
    }
}

fn ending(outcome: &Outcome) -> String {
    match outcome {
        Outcome::Exited { code } | Outcome::Threw { code, .. } => format!("exit code {code}"),
        Outcome::Rejected { line, .. } => format!("not started: an error on line {line}"),
        Outcome::Stopped { .. } => "stopped".into(),
    }
}
