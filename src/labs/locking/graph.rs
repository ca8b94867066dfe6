//! Who waits for whom: sessions on a circle, an arrow for each edge. Sessions that wait in a circle are drawn as one.

use super::session;
use interleave_sql::lab::Scene;
use interleave_sql::lab::scene::{Edge, EdgeKind, Session};
use std::f64::consts::{FRAC_PI_2, TAU};
use yew::prelude::*;

const CENTRE: (f64, f64) = (150.0, 76.0);
/// Of the circle that the sessions stand on.
const RADIUS: f64 = 46.0;
/// Of a session.
const NODE: f64 = 15.0;

pub fn graph(scene: &Scene) -> Html {
    if scene.edges.is_empty() {
        return html! { <p class="empty">{ "nobody waits" }</p> };
    }
    let order = around(scene);
    html! {
        <>
            <svg class="wait-graph" viewBox="0 0 300 152" role="img" aria-label={summary(scene)}>
                { for scene.edges.iter().filter_map(|edge| arrow(scene, &order, edge)) }
                { for order.iter().filter_map(|&id| node(scene, &order, id)) }
            </svg>
            if !scene.cycle.is_empty() { <p class="cycle-words">{ cycle(scene) }</p> }
            <ul class="edges">
                { for scene.edges.iter().map(|edge| html! {
                    <li class={kind(scene, edge)}>
                        { session::mark(edge.from) }
                        <span>{ words(scene, edge) }<span class="edge-why">{ &edge.why }</span></span>
                    </li>
                }) }
            </ul>
        </>
    }
}

/// The sessions in the order in which they stand on the circle: a cycle in its own order, so that it is a circle to the eye.
fn around(scene: &Scene) -> Vec<Session> {
    let others = (0..scene.lanes.len() as Session).filter(|id| !scene.cycle.contains(id));
    scene.cycle.iter().copied().chain(others).collect()
}

fn angle(order: &[Session], id: Session) -> Option<f64> {
    let at = order.iter().position(|&other| other == id)?;
    // Two stand side by side, three and more begin at the top.
    let start = if order.len() == 2 { TAU / 2.0 } else { -FRAC_PI_2 };
    Some(start + TAU * at as f64 / order.len() as f64)
}

fn on_circle(radius: f64, angle: f64) -> (f64, f64) {
    (CENTRE.0 + radius * angle.cos(), CENTRE.1 + radius * angle.sin())
}

fn in_cycle(scene: &Scene, edge: &Edge) -> bool {
    let follows = |i: usize| scene.cycle[(i + 1) % scene.cycle.len()] == edge.to;
    edge.kind != EdgeKind::ReadWrite && scene.cycle.iter().position(|&id| id == edge.from).is_some_and(follows)
}

fn kind(scene: &Scene, edge: &Edge) -> &'static str {
    match edge.kind {
        _ if in_cycle(scene, edge) => "edge in-cycle",
        EdgeKind::Waits => "edge lock-edge",
        EdgeKind::Queued => "edge queued",
        EdgeKind::ReadWrite => "edge read-write",
    }
}

fn arrow(scene: &Scene, order: &[Session], edge: &Edge) -> Option<Html> {
    let (from, to) = (angle(order, edge.from)?, angle(order, edge.to)?);
    if edge.from == edge.to {
        return None;
    }
    // The part of the circle that a node covers, as an angle, with a little air.
    let covered = (NODE + 4.0) / RADIUS;
    let turn = (to - from).rem_euclid(TAU);
    let neighbours = turn < TAU * 1.01 / order.len() as f64 || order.len() == 2;
    let (path, tip, towards) = if neighbours {
        // Along the circle, clockwise.
        let (begin, end) = (from + covered, to - covered);
        let (start, tip) = (on_circle(RADIUS, begin), on_circle(RADIUS, end));
        let large = i32::from((end - begin).rem_euclid(TAU) > TAU / 2.0);
        let path = format!("M{} A{RADIUS} {RADIUS} 0 {large} 1 {}", point(start), point(tip));
        // Where the end of an arc points to, seen from a little before it.
        (path, tip, end + FRAC_PI_2 - 0.12)
    } else {
        // Across, bent a little inwards so that two ways between the same sessions are two lines.
        let (a, b) = (on_circle(RADIUS, from), on_circle(RADIUS, to));
        let (dx, dy) = (b.0 - a.0, b.1 - a.1);
        let length = dx.hypot(dy).max(1.0);
        let (ux, uy) = (dx / length, dy / length);
        let middle = ((a.0 + b.0) / 2.0 - uy * 10.0, (a.1 + b.1) / 2.0 + ux * 10.0);
        let gap = NODE + 4.0;
        let start = (a.0 + ux * gap - uy * 3.0, a.1 + uy * gap + ux * 3.0);
        let tip = (b.0 - ux * gap - uy * 3.0, b.1 - uy * gap + ux * 3.0);
        let towards = (tip.1 - middle.1).atan2(tip.0 - middle.0);
        (format!("M{} Q{} {}", point(start), point(middle), point(tip)), tip, towards)
    };
    Some(html! {
        <g class={kind(scene, edge)}>
            <path class="edge-line" d={path} fill="none" />
            <path class="edge-head" d={head(tip, towards)} />
        </g>
    })
}

/// An arrow's head with its point at `tip`.
fn head(tip: (f64, f64), towards: f64) -> String {
    let corner = |turn: f64| {
        let angle = towards + TAU / 2.0 + turn;
        (tip.0 + 9.0 * angle.cos(), tip.1 + 9.0 * angle.sin())
    };
    format!("M{} L{} L{} Z", point(tip), point(corner(0.45)), point(corner(-0.45)))
}

fn point((x, y): (f64, f64)) -> String {
    // Tenths of a pixel: the same text on every machine.
    let tenths = |value: f64| (value * 10.0).round() / 10.0;
    format!("{} {}", tenths(x), tenths(y))
}

fn node(scene: &Scene, order: &[Session], id: Session) -> Option<Html> {
    let angle = angle(order, id)?;
    let (x, y) = on_circle(RADIUS, angle);
    let side = angle.cos();
    let (dx, dy, anchor) = match () {
        () if side > 0.3 => (NODE + 7.0, 4.0, "start"),
        () if side < -0.3 => (-NODE - 7.0, 4.0, "end"),
        // Above and below there is no room: beside it.
        () => (NODE + 7.0, if angle.sin() < 0.0 { -6.0 } else { 14.0 }, "start"),
    };
    let text = |value: f64| ((value * 10.0).round() / 10.0).to_string();
    Some(html! {
        <g class={classes!("node", session::role(id))}>
            <circle cx={text(x)} cy={text(y)} r={NODE.to_string()} />
            <text class="node-letter" x={text(x)} y={text(y + 4.5)} text-anchor="middle">{ session::letter(id) }</text>
            <text class="node-name" x={text(x + dx)} y={text(y + dy)} text-anchor={anchor}>{ session::name(scene, id) }</text>
        </g>
    })
}

fn words(scene: &Scene, edge: &Edge) -> String {
    let (from, to) = (session::name(scene, edge.from), session::name(scene, edge.to));
    match edge.kind {
        EdgeKind::Waits => format!("{from} waits for {to}"),
        EdgeKind::Queued => format!("{from} queues behind {to}"),
        EdgeKind::ReadWrite => format!("{from} read what {to} wrote over"),
    }
}

fn cycle(scene: &Scene) -> String {
    let mut names: Vec<String> = scene.cycle.iter().map(|&id| session::name(scene, id)).collect();
    names.extend(names.first().cloned());
    format!("A circle: {}. Nobody in it can go on.", names.join(" → "))
}

fn summary(scene: &Scene) -> String {
    let edges: Vec<String> = scene.edges.iter().map(|edge| words(scene, edge)).collect();
    let cycle = if scene.cycle.is_empty() { String::new() } else { format!(" {}", cycle(scene)) };
    format!("{}.{cycle}", edges.join("; "))
}
