use super::every_order::EveryOrder;
use super::graph::graph;
use super::lanes::lanes;
use super::locks::locks;
use super::scripts::Scripts;
use super::strip::Strip;
use super::turns::Edit;
use super::versions::versions;
use super::{Locking, session};
use crate::draw::fold::fold;
use crate::labs::{Landing, StageContext, Turn};
use interleave_sql::lab::scene::Stopped;
use interleave_sql::lab::{Scenario, Scene};
use std::rc::Rc;
use yew::prelude::*;

/// One scene of several sessions at work.
pub fn stage(scene: &Scene, context: &StageContext<Locking>) -> Html {
    let count = match scene.lanes.len() {
        0 | 1 => "lanes-1",
        2 => "lanes-2",
        3 => "lanes-3",
        _ => "lanes-4",
    };
    let waiting = scene.edges.len();
    html! {
        <div class={classes!("locking", count)}>
            <Scripts scenario={context.scenario.clone()} stale={context.stale} stopped={scene.stopped.clone()}
                onedit={context.edit.clone()} onrun={context.run.clone()} />
            <div class="locking-main">
                { strip(scene, context) }
                if let Some(stopped) = &scene.stopped { { stop(context.scenario, stopped) } }
                if scene.lanes.is_empty() && scene.stopped.is_none() {
                    <p class="empty lanes-empty">{ "Nothing has run yet. Press play, or step with the arrow keys." }</p>
                } else if !scene.lanes.is_empty() {
                    { lanes(scene, context) }
                }
            </div>
            <div class="locking-side">
                { fold("Row versions", "who sees which", "versions", true, versions(scene)) }
                { fold("Who waits for whom", &counted(waiting, "edge"), "who-waits", true, graph(scene)) }
                { fold("Locks", &counted(scene.locks.len(), "lock"), "locks", false, locks(scene)) }
                { fold("Every order", "at each isolation level", "orders", true, html! {
                    <EveryOrder scenario={context.scenario.clone()} turn={context.turn.clone()} />
                }) }
            </div>
        </div>
    }
}

fn counted(count: usize, what: &str) -> String {
    match count {
        0 => "none".into(),
        1 => format!("1 {what}"),
        _ => format!("{count} {what}s"),
    }
}

fn strip(scene: &Scene, context: &StageContext<Locking>) -> Html {
    let sessions = context.scenario.sessions.len();
    let begun = |id: usize| scene.entries.iter().filter(|entry| usize::from(entry.session) == id).count();
    let at = context.at;
    let onchange = context.turn.reform(move |edit: Edit| {
        let turn: Turn<Locking> = Rc::new(move |scenario, _| {
            let landing: Landing<Locking> = Rc::new(move |_| at);
            Some((Scenario { schedule: edit.apply(&scenario.schedule), ..scenario.clone() }, landing))
        });
        turn
    });
    html! {
        <Strip scenario={context.scenario.clone()} begun={(0..sessions).map(begun).collect::<Vec<_>>()}
            statements={scene.lanes.iter().map(|lane| lane.statements.len()).collect::<Vec<_>>()} {onchange} />
    }
}

/// Why the run is not whole.
fn stop(scenario: &Scenario, stopped: &Stopped) -> Html {
    let place = match (stopped.session, stopped.line) {
        (Some(id), Some(line)) => format!("{}, line {line}", session::script_name(scenario, id)),
        (Some(id), None) => session::script_name(scenario, id),
        (None, Some(line)) => format!("Setup, line {line}"),
        (None, None) => String::new(),
    };
    html! {
        <section class="stopped" aria-label="Stopped">
            <h3>{ &stopped.title }</h3>
            <p>{ &stopped.advice }</p>
            if !place.is_empty() { <p class="place">{ place }</p> }
        </section>
    }
}
