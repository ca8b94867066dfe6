//! How each topic stands.

use crate::practice::parts::bars::bar;
use crate::practice::shelf::Shelf;
use crate::practice::store::Store;
use crate::practice::store::clock::now;
use crate::practice::words::percent;
use yew::prelude::*;

/// A row for each topic of which something was answered; the others are named below.
pub fn table(shelf: &Shelf, store: &Store) -> Html {
    let progress = store.progress();
    let at = now();
    let rows =
        shelf.decks().iter().map(|deck| (deck, progress.standing(deck.questions.iter().map(String::as_str), at)));
    let (seen, new): (Vec<_>, Vec<_>) = rows.partition(|(_, standing)| standing.seen > 0);
    let share = |share: Option<f64>| share.map_or_else(|| "–".to_string(), percent);
    html! {
        <section aria-labelledby="topics">
            <h2 id="topics">{"By topic"}</h2>
            <div class="topics-scroll" tabindex="0" role="group" aria-labelledby="topics">
                <table class="topics">
                    <thead>
                        <tr><th scope="col">{"Topic"}</th><th scope="col">{"Seen"}</th><th scope="col">{"Right"}</th>
                            <th scope="col">{"Recall now"}</th><th scope="col">{"Due"}</th><th scope="col">{"Known for weeks"}</th></tr>
                    </thead>
                    <tbody>
                        { for seen.iter().map(|(deck, standing)| html! {
                            <tr>
                                <th scope="row"><a href={format!("practice/study/?deck={}", deck.id)}>{ &deck.title }</a></th>
                                <td>{ format!("{} of {}", standing.seen, standing.questions) }</td>
                                <td>{ share(standing.share_right()) }</td>
                                <td>{ share(standing.retention) }</td>
                                <td>{ standing.due }</td>
                                <td class="topics-known">{ bar(standing.mastery(), "role-ok") }<span>{ percent(standing.mastery()) }</span></td>
                            </tr>
                        }) }
                    </tbody>
                </table>
            </div>
            if !new.is_empty() {
                <details class="topics-new">
                    <summary>{ format!("{} topics not begun", new.len()) }</summary>
                    <ul>{ for new.iter().map(|(deck, _)| html! { <li><a href={format!("practice/study/?deck={}", deck.id)}>{ &deck.title }</a></li> }) }</ul>
                </details>
            }
        </section>
    }
}
