//! Who waits, who has a connection, and what the server is at.

use super::slot::{chip, slot};
use crate::draw::chart::number;
use interleave_traffic::pool::{Scenario, Scene, Slot, Waiter};
use yew::prelude::*;

/// Places from this many on are drawn small.
const MANY: usize = 40;

/// The panels from left to right: the queue, the pool, the server; below them what becomes of the requests.
pub fn flow(scene: &Scene, scenario: &Scenario) -> Html {
    let several = scenario.queries > 1;
    html! {
        <div class="pool-flow">
            { queue(scene, several) }
            { pool(scene, several) }
            { server(scene, scenario) }
            { ends(scene, several) }
        </div>
    }
}

fn queue(scene: &Scene, several: bool) -> Html {
    let words = match scene.queue.first() {
        None => "nobody waits".to_owned(),
        Some(first) => {
            let longest = number(scene.clock.saturating_sub(first.since) as f64 / 1000.0);
            format!("{} waiting, the first for {longest} ms", scene.waiting)
        }
    };
    let beyond = (scene.waiting as usize).saturating_sub(scene.queue.len());
    let item = |waiter: &Waiter| {
        let wait = format!(" waits {} ms", number(scene.clock.saturating_sub(waiter.since) as f64 / 1000.0));
        html! { <li>{ chip(&waiter.who, &scene.about, several) }<span class="sr">{ wait }</span></li> }
    };
    html! {
        <div role="group" class="panel pool-queue" aria-label="Queue">
            <h3 class="cap"><b>{ "Queue" }</b><span>{ words }</span></h3>
            if scene.queue.is_empty() {
                <p class="empty">{ "empty" }</p>
            } else {
                <ol class="requests" aria-label="Who waits, the first to be served first">
                    { for scene.queue.iter().map(item) }
                    if beyond > 0 { <li class="beyond">{ format!("and {} more", number(beyond as f64)) }</li> }
                </ol>
            }
        </div>
    }
}

fn pool(scene: &Scene, several: bool) -> Html {
    let count = |is: fn(&Slot) -> bool| scene.slots.iter().filter(|slot| is(slot)).count();
    let (closed, idle, leaked) = (
        count(|slot| matches!(slot, Slot::Closed | Slot::Opening(_))),
        count(|slot| matches!(slot, Slot::Idle)),
        count(|slot| matches!(slot, Slot::Leaked(_))),
    );
    let out = scene.slots.len() - closed - idle;
    let mut words = format!("{out} of {} checked out", scene.slots.len());
    if leaked > 0 {
        words += &format!(", {leaked} leaked");
    }
    let many = (scene.slots.len() >= MANY).then_some("many");
    // Many are scrolled, which takes a keyboard's focus.
    let focus = many.map(|_| "0");
    html! {
        <div role="group" class="panel pool-connections" aria-label="Pool">
            <h3 class="cap"><b>{ "Pool" }</b><span>{ words }</span></h3>
            <ol class={classes!("connections", many)} tabindex={focus} aria-label="Connections">
                { for scene.slots.iter().enumerate().map(|(place, at)| slot(place, at, &scene.about, several)) }
            </ol>
        </div>
    }
}

fn server(scene: &Scene, scenario: &Scenario) -> Html {
    const ROW: usize = 8;
    let scenario = scenario.bounded();
    let (active, cores) = (scene.active as usize, scenario.cores as usize);
    let words = if active > cores {
        format!("{active} active connections share {cores} cores: each runs at {} % of a core", scene.pace / 10)
    } else {
        format!("{active} of {cores} cores at work")
    };
    let rows = cores.div_ceil(ROW);
    let width = 14 * cores.min(ROW);
    html! {
        <div role="group" class="panel pool-server" aria-label="Server">
            <h3 class="cap"><b>{ "Server" }</b><span>{ format!("{cores} cores") }</span></h3>
            <svg class={classes!("cores", (active > cores).then_some("shared"))} viewBox={format!("0 0 {width} {}", 14 * rows)}
                width={width.to_string()} height={(14 * rows).to_string()} aria-hidden="true" focusable="false">
                { for (0..cores).map(|core| html! {
                    <rect class={if core < active { "core busy" } else { "core" }} x={(14 * (core % ROW) + 1).to_string()}
                        y={(14 * (core / ROW) + 1).to_string()} width="11" height="11" rx="2.5" />
                }) }
            </svg>
            <p class="pool-pace">{ words }</p>
        </div>
    }
}

/// What has become of the requests so far.
fn ends(scene: &Scene, several: bool) -> Html {
    let counts = &scene.counts;
    let leaving = |answered: bool| {
        let gone = scene.leaving.iter().filter(move |(_, how)| *how == answered);
        gone.map(|(who, _)| chip(who, &scene.about, several && who.query > 0)).collect::<Html>()
    };
    let figure = |name: &'static str, value: u32, class: Option<&'static str>, who: Html| {
        html! { <div {class}><dt>{ name }</dt><dd>{ number(value.into()) }{ who }</dd></div> }
    };
    html! {
        <dl class="pool-ends" aria-label="So far">
            { figure("Arrived", counts.arrived, None, Html::default()) }
            { figure("Answered", counts.done, Some("good"), leaving(true)) }
            { figure("Failed", counts.failed, (counts.failed > 0).then_some("bad"), leaving(false)) }
            { figure("Connections opened", counts.opened, None, Html::default()) }
            { figure("Connections leaked", counts.leaked, (counts.leaked > 0).then_some("bad"), Html::default()) }
        </dl>
    }
}
