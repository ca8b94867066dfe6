//! The lock table: what is held and what is waited for.

use super::card;
use super::session;
use interleave_sql::lab::Scene;
use interleave_sql::lab::scene::Lock;
use yew::prelude::*;

pub fn locks(scene: &Scene) -> Html {
    if scene.locks.is_empty() {
        return html! { <p class="empty">{ "nothing is locked" }</p> };
    }
    // Who waits comes first: that is what one looks for.
    let (granted, waiting): (Vec<&Lock>, Vec<&Lock>) = scene.locks.iter().partition(|lock| lock.granted);
    html! {
        <div class="lock-list" tabindex="0" role="group" aria-label="Lock table">
            <table>
                <thead><tr><th scope="col">{ "who" }</th><th scope="col">{ "what" }</th><th scope="col">{ "mode" }</th></tr></thead>
                <tbody>{ for waiting.into_iter().chain(granted).map(|lock| row(scene, lock)) }</tbody>
            </table>
        </div>
    }
}

fn row(scene: &Scene, lock: &Lock) -> Html {
    html! {
        <tr class={(!lock.granted).then_some("wanted")}>
            <td>{ session::named_mark(scene, lock.session) }</td>
            <td>{ &lock.object }</td>
            <td>
                { &lock.mode }
                if !lock.granted { <span class="waits-word">{ card::lock() }{ "waits" }</span> }
            </td>
        </tr>
    }
}
