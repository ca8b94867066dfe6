use super::chip::{self, Chip};
use crate::draw::time::milliseconds;
use interleave_node::{Kind, Nanos, Scene, Work};
use yew::prelude::*;

/// Waiting requests shown; the rest is counted.
const MOST: usize = 4;

/// libuv's four threads and the requests that wait for one.
pub fn pool(scene: &Scene) -> Html {
    let used = scene.cast.iter().any(|callback| callback.kind == Kind::PoolWork);
    if !used {
        return html! {
            <div role="group" class="panel pool unused" aria-label="Thread pool">
                <h3 class="cap"><b>{ "Thread pool" }</b><span>{ "four idle threads: this program gives them nothing to do" }</span></h3>
            </div>
        };
    }
    let hidden = scene.waiting.len().saturating_sub(MOST);
    html! {
        <div role="group" class="panel pool" aria-label="Thread pool">
            <h3 class="cap"><b>{ "Thread pool" }</b><span>{ "four threads beside the loop" }</span></h3>
            <ul class="threads">
                { for scene.threads.iter().enumerate().map(|(i, slot)| thread(scene, i + 1, slot.as_ref())) }
            </ul>
            <div class="waiting">
                <h4 class="cap">{ "waiting for a thread" }</h4>
                if scene.waiting.is_empty() {
                    <p class="empty">{ "nobody" }</p>
                } else {
                    <ul class="chips">
                        { for scene.waiting.iter().take(MOST).map(|work| Chip { name: work.what.clone(), ..Chip::new(scene, work.callback) }.item()) }
                        if hidden > 0 { <li class="more">{ format!("+{hidden} more") }</li> }
                    </ul>
                }
            </div>
        </div>
    }
}

fn thread(scene: &Scene, number: usize, work: Option<&Work>) -> Html {
    let Some(work) = work else {
        return html! { <li class="thread"><span class="thread-number">{ number }</span><span class="empty">{ "idle" }</span></li> };
    };
    let kind = scene.callback(work.callback).kind;
    html! {
        <li class="thread busy role-pool">
            <span class="thread-number">{ number }</span>
            <div class="chip role-pool" data-move={work.callback.0.to_string()}>
                { chip::mark(kind) }
                <span class="chip-name">{ &work.what }</span>
                <small>{ format!("done at {}", milliseconds(work.until)) }</small>
            </div>
            <svg class="progress" viewBox="0 0 100 2" preserveAspectRatio="none" aria-hidden="true">
                <rect width="100" height="2" class="progress-all" /><rect width={done(scene.clock, work).to_string()} height="2" class="progress-done" />
            </svg>
        </li>
    }
}

/// How much of a request is done, in percent.
fn done(now: Nanos, work: &Work) -> u64 {
    let (all, so_far) = (work.until.saturating_sub(work.from), now.saturating_sub(work.from));
    so_far.saturating_mul(100).checked_div(all).map_or(100, |percent| percent.min(100))
}
