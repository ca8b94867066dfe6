use super::chip::{self, role};
use interleave_node::{Kind, Scene};
use yew::prelude::*;

/// Functions shown on top of the stack; the outermost one is shown below them.
const TOP: usize = 4;

/// The call stack, innermost function first: the way it grows.
pub fn stack(scene: &Scene) -> Html {
    let running = scene.running.map(|id| (id, scene.callback(id)));
    let kind = running.as_ref().map_or(Kind::Script, |(_, callback)| callback.kind);
    let depth = scene.stack.len();
    let moves = running.as_ref().map(|(id, _)| id.0.to_string());
    let frame = |i: usize| {
        let frame = &scene.stack[i];
        let line = frame.line.map(|line| format!("line {line}"));
        html! {
            <li class={classes!("chip", role(kind), (i + 1 == depth).then_some("run"))} data-move={(i == 0).then(|| moves.clone()).flatten()}>
                if i == 0 { { chip::mark(kind) } }
                <span class="chip-name">{ &frame.name }</span>
                <small>{ line }</small>
            </li>
        }
    };
    let body = match (depth, &running) {
        (0, None) => html! { <p class="empty">{ "empty" }</p> },
        // Node runs a callback in which none of the program's functions has begun.
        (0, Some((id, callback))) => html! {
            <ul class="chips stack"><li class={classes!("chip", role(kind), "run")} data-move={id.0.to_string()}>
                { chip::mark(kind) }<span class="chip-name">{ &callback.name }</span><small>{ chip::kind_name(kind) }</small>
            </li></ul>
        },
        _ => {
            let hidden = depth.saturating_sub(TOP + 1);
            html! {
                <ul class="chips stack">
                    { for (hidden + 1..depth).rev().map(frame) }
                    if hidden > 0 { <li class="more">{ format!("+{hidden} more") }</li> }
                    { frame(0) }
                </ul>
            }
        }
    };
    html! { <div role="group" class="panel stack-panel" aria-label="Call stack"><h3 class="cap"><b>{ "Call stack" }</b></h3>{ body }</div> }
}
