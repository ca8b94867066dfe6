use super::EventLoop;
use super::chip::{Chip, role};
use super::lane::{Lane, Props as LaneProps};
use super::pool::pool;
use super::stack::stack;
use crate::draw::code::Fault;
use crate::draw::console::{Console, Props as ConsoleProps};
use crate::draw::program::Program;
use crate::draw::time::milliseconds;
use crate::labs::StageContext;
use interleave_node::{CallbackId, Kind, ModuleKind, Outcome, Phase, Scenario, Scene, Timer};
use yew::prelude::*;

/// One scene of a running Node.
pub fn stage(scene: &Scene, context: &StageContext<EventLoop>) -> Html {
    html! {
        <div class="event-loop">
            <div class="front">
                { program(scene, context) }
                { stack(scene) }
                <Console ..{ConsoleProps::of(&scene.console, |_, print| print.frame as usize, scene.outcome.clone(), &context.go)} />
            </div>
            { between(scene) }
            { the_loop(scene) }
            { pool(scene) }
        </div>
    }
}

fn program(scene: &Scene, context: &StageContext<EventLoop>) -> Html {
    let scenario = context.scenario;
    let onedit = {
        let (edit, scenario) = (context.edit.clone(), scenario.clone());
        Callback::from(move |program| edit.emit(Scenario { program, ..scenario.clone() }))
    };
    let (line, fault) = if context.stale { (None, None) } else { (scene.line(), fault(scene)) };
    html! {
        <Program source={scenario.program.clone()} stale={context.stale} {line} {fault}
            role={scene.running.map_or("role-script", |id| role(scene.callback(id).kind))}
            module={match scenario.module { ModuleKind::CommonJs => "CommonJS", ModuleKind::Module => "ES module" }}
            {onedit} onrun={context.run.clone()} />
    }
}

/// The line that ended the run, if a line did.
fn fault(scene: &Scene) -> Option<Fault> {
    match scene.outcome.as_deref()? {
        Outcome::Rejected { message, line, .. } => Some(Fault { line: *line, message: message.clone().into() }),
        Outcome::Stopped { message, line } | Outcome::Threw { message, line, .. } => {
            Some(Fault { line: (*line)?, message: message.clone().into() })
        }
        Outcome::Exited { .. } => None,
    }
}

/// The callback that runs, if it came from a place of that role.
fn running(scene: &Scene, from: &str) -> Option<Chip> {
    let chip = Chip::new(scene, scene.running?);
    (chip.kind != Kind::Script && role(chip.kind) == from).then_some(chip)
}

fn queue(scene: &Scene, title: &'static str, role: &'static str, ids: &[CallbackId]) -> LaneProps {
    LaneProps::of(title, role, ids, |&id| Chip::new(scene, id)).running(running(scene, role))
}

fn between(scene: &Scene) -> Html {
    let lane = |title, role, ids: &[CallbackId]| {
        let on = running(scene, role).is_some();
        html! { <Lane ..{queue(scene, title, role, ids).on(on, "running")} /> }
    };
    html! {
        <div role="group" class="panel between" aria-label="Between callbacks">
            <h3 class="cap"><b>{ "Between callbacks" }</b><span>{ "emptied before the loop moves on" }</span></h3>
            <div class="lanes">
                { lane("process.nextTick", "role-tick", &scene.ticks) }
                { lane("Microtasks", "role-microtask", &scene.microtasks) }
            </div>
        </div>
    }
}

fn the_loop(scene: &Scene) -> Html {
    let phase = |props: LaneProps, phase: Phase| {
        html! { <Lane ..{props.on(scene.phase == phase, "current phase")} /> }
    };
    let plain = |title, role, ids: &[CallbackId], is| phase(queue(scene, title, role, ids), is);
    let timers = LaneProps::of("Timers", "role-timers", &scene.timers, |timer| timer_chip(scene, timer))
        .running(running(scene, "role-timers"));
    let mut poll = queue(scene, "Poll", "role-poll", &scene.poll);
    poll.waits_for = scene.handles.iter().take(4).map(|handle| handle.what.clone()).collect();
    poll.empty = "nothing to wait for";
    if scene.threads.iter().any(Option::is_some) {
        poll.waits_for.push("the thread pool".into());
    }
    html! {
        <div role="group" class="panel the-loop" aria-label="The loop">
            <h3 class="cap"><b>{ "The loop" }</b><span>{ where_it_is(scene) }</span></h3>
            <div class="lanes phases">
                { phase(timers, Phase::Timers) }
                { plain("Pending", "role-pending", &scene.pending, Phase::Pending) }
                { phase(poll, Phase::Poll) }
                { plain("Check", "role-check", &scene.check, Phase::Check) }
                { plain("Close", "role-close", &scene.close, Phase::Close) }
            </div>
            <svg class="return" viewBox="0 0 800 16" preserveAspectRatio="none" aria-hidden="true">
                <path d="M791 1v8q0 5-4 5H13q-4 0-4-5V3" vector-effect="non-scaling-stroke" />
            </svg>
            <svg class="return-head" viewBox="0 0 12 8" aria-hidden="true"><path d="M2 7l4-5 4 5" /></svg>
        </div>
    }
}

fn timer_chip(scene: &Scene, timer: &Timer) -> Chip {
    let mut detail = format!("due {}", milliseconds(timer.due));
    if timer.repeats {
        detail += &format!(", every {} ms", timer.delay);
    }
    if !timer.keeps_alive {
        detail += ", unref";
    }
    Chip { idle: !timer.keeps_alive, ..Chip::new(scene, timer.callback).detail(detail) }
}

fn where_it_is(scene: &Scene) -> String {
    let turn = scene.turn;
    match scene.phase {
        Phase::Script => "has not begun: the main script runs first".into(),
        Phase::Prepare => format!("turn {turn}: idle and prepare, libuv's own"),
        Phase::Exit => {
            format!("over after {turn} turn{}: nothing is left to wait for", if turn == 1 { "" } else { "s" })
        }
        _ if turn == 0 => "the timers, once before its first turn".into(),
        _ => format!("turn {turn}"),
    }
}
