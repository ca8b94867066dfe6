//! The sessions side by side, time running down: who ran what, who waits, and what each may do next.

use super::Locking;
use super::card::card;
use super::session;
use super::sql::sql;
use super::timeline::{Cell, Mark, Moment, moments};
use super::turns;
use super::verdict::verdict;
use crate::labs::StageContext;
use gloo::render::request_animation_frame;
use interleave_sql::lab::Scene;
use interleave_sql::lab::scene::{Progress, Session, Status};
use std::rc::Rc;
use web_sys::HtmlElement;
use yew::prelude::*;

/// Statements to come that are shown in each lane; the others are counted.
const AHEAD: usize = 6;

pub fn lanes(scene: &Scene, context: &StageContext<Locking>) -> Html {
    let sessions = 0..scene.lanes.len() as Session;
    html! {
        <Scroll at={context.at} statements={scene.entries.len()}>
            <div class="lane-row heads">
                <span></span>
                { for sessions.clone().map(|id| head(scene, id)) }
            </div>
            <ol class="moments" aria-label="Statements, in the order of time">
                { for moments(scene).iter().map(|moment| row(scene, moment, context)) }
            </ol>
            <div class="lane-row upcoming">
                <span></span>
                { for sessions.map(|id| upcoming(scene, id, context)) }
            </div>
            if let Some(found) = &scene.verdict { { verdict(scene, found, context) } }
        </Scroll>
    }
}

#[derive(PartialEq, Properties)]
struct ScrollProps {
    at: usize,
    statements: usize,
    children: Children,
}

/// What the lanes scroll in: what the frame is about is always in sight, and the page around it stays where it is.
#[component]
fn Scroll(props: &ScrollProps) -> Html {
    let node = use_node_ref();
    {
        let node = node.clone();
        use_effect_with((props.at, props.statements), move |_| {
            // With the next paint: to ask now where things are would have the page laid out twice.
            let frame = request_animation_frame(move |_| {
                if let Some(lanes) = node.cast::<HtmlElement>() {
                    reveal(&lanes);
                }
            });
            move || drop(frame)
        });
    }
    html! {
        <div role="group" class="panel lanes-panel" aria-label="Sessions" tabindex="0" ref={node}>{ props.children.clone() }</div>
    }
}

/// Scrolls to the end of what has happened, or back to the card that the frame is about.
fn reveal(lanes: &HtmlElement) {
    let find = |selector| lanes.query_selector(selector).ok().flatten();
    let bounds = lanes.get_bounding_client_rect();
    // The heads stay on top of what scrolls under them, and the foot of the lab may cover the end.
    let top = find(".heads").map_or(0.0, |heads| heads.get_bounding_client_rect().height());
    let foot = lanes.closest(".lab").ok().flatten().and_then(|lab| lab.query_selector(".lab-foot").ok()?);
    let covered = foot.map_or(0.0, |foot| bounds.bottom() - foot.get_bounding_client_rect().top()).max(0.0);
    let room = (bounds.height() - top - covered).max(80.0);
    let Some(now) = find(".verdict-panel").or_else(|| find(".entry.now")).or_else(|| find(".moment.now")) else {
        return lanes.set_scroll_top(0);
    };
    let card = now.get_bounding_client_rect();
    let (from, to) = (card.top() - bounds.top() - top, card.bottom() - bounds.top() - top);
    // Under the card belongs what may happen next, as far as there is room for it.
    let below = find(".upcoming").map_or(0.0, |next| next.get_bounding_client_rect().height().min(40.0)) + 8.0;
    let by = if from < 0.0 || to - from > room {
        from
    } else if to + below > room {
        (to + below - room).min(from)
    } else {
        return;
    };
    lanes.set_scroll_top(lanes.scroll_top() + by.round() as i32);
}

/// Who this is, and how its transaction stands.
fn head(scene: &Scene, id: Session) -> Html {
    let state = scene.sessions.get(usize::from(id)).cloned().unwrap_or_default();
    let (class, words) = match state.status {
        _ if waits(scene, id) => ("blocked", "waits"),
        Status::Idle => ("idle", "no transaction"),
        Status::InTransaction => ("open", "in a transaction"),
        Status::Failed => ("broken", "transaction failed"),
    };
    let number = state.xid.map(|xid| format!("xid {xid}"));
    let snapshot = state.snapshot.as_ref().map(|snapshot| format!("Snapshot {snapshot}"));
    html! {
        <div class={classes!("head", session::role(id))}>
            <h3>{ session::mark(id) }{ session::name(scene, id) }</h3>
            <p class={classes!("state", class)} title={snapshot}>
                { words }
                if state.status != Status::Idle { <span class="level">{ state.isolation.sql().to_lowercase() }</span> }
                if let Some(number) = number { <span>{ number }</span> }
            </p>
        </div>
    }
}

fn waits(scene: &Scene, id: Session) -> bool {
    let last = scene.entries.iter().rev().find(|entry| entry.session == id);
    last.is_some_and(|entry| matches!(entry.progress, Progress::Waiting(_)))
}

fn row(scene: &Scene, moment: &Moment, context: &StageContext<Locking>) -> Html {
    let frame = moment.frame as usize;
    let now = frame == context.at;
    html! {
        <li key={frame} class={classes!("lane-row", "moment", now.then_some("now"))}>
            <button type="button" class="moment-step" onclick={context.go.reform(move |_| frame)} title={format!("Go to step {}", frame + 1)}>
                <span class="sr">{ "Step " }</span>{ frame + 1 }
            </button>
            { for moment.cells.iter().enumerate().map(|(id, cell)| lane(scene, id as Session, cell)) }
        </li>
    }
}

fn lane(scene: &Scene, id: Session, cell: &Cell) -> Html {
    html! {
        <div class={classes!("cell", session::role(id), cell.mark.is_none().then_some("blank"))}>
            <span class={rail(cell)} aria-hidden="true"></span>
            if let Some(mark) = cell.mark { { card(scene, mark) } }
        </div>
    }
}

/// The line beside a lane: solid while a transaction is open, broken when it has failed, hatched while a statement waits.
fn rail(cell: &Cell) -> Classes {
    let line = |status, name: &'static str| (status != Status::Idle).then_some(name);
    let failed = cell.below == Status::Failed || (cell.above == Status::Failed && cell.mark.is_none());
    let hatch = match cell.mark {
        Some(Mark::Began(_)) => Some("wait-begins"),
        Some(Mark::Ended(_)) => Some("wait-ends"),
        _ => cell.waits.then_some("wait-goes-on"),
    };
    classes!("rail", line(cell.above, "above"), line(cell.below, "below"), failed.then_some("broken"), hatch)
}

/// What a session would run next, offered where it would happen, and what it has planned after that.
fn upcoming(scene: &Scene, id: Session, context: &StageContext<Locking>) -> Html {
    let state = scene.sessions.get(usize::from(id)).cloned().unwrap_or_default();
    let lane = &scene.lanes[usize::from(id)];
    let ahead = lane.statements.get(state.next as usize..).unwrap_or_default();
    let ready = scene.ready.contains(&id) && !context.stale;
    let name = session::name(scene, id);
    let Some(first) = ahead.first() else {
        let words = if waits(scene, id) { "nothing after this" } else { "done" };
        return html! { <div class={classes!("cell", "ahead", session::role(id))}><span class="rail"></span><p class="finished">{ words }</p></div> };
    };
    let step = context.turn.reform(move |_: MouseEvent| {
        let turn: crate::labs::Turn<Locking> = Rc::new(move |scenario, scene| {
            let begun = scene.entries.len();
            let landing: crate::labs::Landing<Locking> = Rc::new(move |tape| turns::frame_of(tape, begun));
            Some((turns::next(scenario, scene, id)?, landing))
        });
        turn
    });
    let why_not = match () {
        () if context.stale => "The scenario was edited: run it first.".to_owned(),
        () if waits(scene, id) => format!("{name} waits."),
        () => format!("{name} cannot run now."),
    };
    html! {
        <div class={classes!("cell", "ahead", session::role(id))}>
            <span class="rail"></span>
            <div class="ahead-list">
                <button type="button" class="next-turn" aria-disabled={(!ready).then_some("true")} data-move={format!("statement-{id}-{}", state.next)}
                    title={if ready { "Run this statement now".to_owned() } else { why_not }} onclick={step}>
                    <span class="sr">{ format!("{name}: ") }</span><span class="next-word">{ "Next " }</span>{ sql(&first.text, None) }
                </button>
                { for (state.next + 1..).zip(&ahead[1..]).take(AHEAD - 1).map(|(index, statement)| html! {
                    <p class="ghost" data-move={format!("statement-{id}-{index}")}>{ sql(&statement.text, None) }</p>
                }) }
                if ahead.len() > AHEAD { <p class="ghost">{ format!("and {} more", ahead.len() - AHEAD) }</p> }
            </div>
        </div>
    }
}
