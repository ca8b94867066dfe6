//! The strategies side by side at one moment: a table whose rows can be compared at a glance.

use super::clients::{clients, legend};
use super::figures::{count, mean_and_95, rate};
use super::way;
use crate::draw::chart::{growth, marker, number};
use crate::draw::time::milliseconds;
use interleave_sql::workload::{Scene, Standing, Workload};
use yew::prelude::*;

/// Slices of a whole run, which the width of a picture stands for.
const SLICES: usize = 40;

const COLUMNS: [(&str, &str); 7] = [
    ("Clients", "What each client is at now"),
    ("Commits", "Transactions that committed, and how many that is a second"),
    ("So far", "Commits over time; the others behind"),
    ("Again", "Attempts that were made again"),
    ("Waits", "What a transaction waits for locks: the mean, and what 95 of a hundred stay within"),
    ("Deadlocks", "Attempts that the database ended with 40P01"),
    ("Lost", "Changes that committed and are not in the table"),
];

/// The panel.
pub fn standings(scene: &Scene, workload: &Workload) -> Html {
    let head = html! {
        <h3 class="cap"><b>{ "Side by side" }</b><span>{ "the same transactions, a database each" }</span></h3>
    };
    if let Some(why) = &scene.stopped {
        return html! {
            <div role="group" class="panel side-by-side" aria-label="Side by side">
                { head }
                <p class="empty">{ format!("The run was stopped: {why}") }</p>
            </div>
        };
    }
    let time = format!("{} of {}", clock(scene.clock), clock(workload.bounded().duration.into()));
    html! {
        <div role="group" class="panel side-by-side" aria-label="Side by side">
            { head }
            if scene.standings.is_empty() {
                <p class="empty">{ "nothing has run yet" }</p>
            } else {
                // With roles: laid out as a grid on small screens, it is still a table.
                <table class="standings" role="table" aria-label={format!("Side by side at {time}")}>
                    <thead role="rowgroup">
                        <tr role="row">
                            <th role="columnheader" scope="col">{ "Strategy" }</th>
                            { for COLUMNS.iter().map(|(name, what)| html! { <th role="columnheader" scope="col" title={*what}>{ *name }</th> }) }
                        </tr>
                    </thead>
                    <tbody role="rowgroup">
                        { for scene.standings.iter().enumerate().map(|(at, standing)| row(scene, at, standing)) }
                    </tbody>
                </table>
                { legend() }
            }
        </div>
    }
}

fn row(scene: &Scene, at: usize, standing: &Standing) -> Html {
    let Standing { strategy, figures, clients: doing } = standing;
    let cell = |column: usize, class: &'static str, content: Html| {
        html! { <td role="cell" class={class} data-label={COLUMNS[column].0}>{ content }</td> }
    };
    let given_up = (figures.given_up > 0).then(|| format!("{} given up", figures.given_up));
    html! {
        <tr role="row" class={way::role(*strategy)}>
            <th role="rowheader" scope="row">
                <span class="way">{ marker(way::marker(*strategy)) }{ strategy.title() }</span>
                <code>{ way::sql(*strategy) }</code>
            </th>
            { cell(0, "clients-now", clients(doing)) }
            { cell(1, "figure commits", html! {
                <><b>{ number(f64::from(figures.commits)) }</b><small>{ format!("{}/s", number(rate(figures, scene.clock))) }</small></>
            }) }
            { cell(2, "so-far", growth(&scene.commits, at, SLICES)) }
            { cell(3, "figure", html! { <>{ count(figures.retries) }if let Some(words) = given_up { <small>{ words }</small> }</> }) }
            { cell(4, "figure", html! { { mean_and_95(figures.wait, figures.wait_95) } }) }
            { cell(5, "figure", html! { { count(figures.deadlocks) } }) }
            { cell(6, if figures.lost > 0 { "figure bad" } else { "figure" }, html! {
                if figures.lost > 0 { { format!("✗ {}", number(f64::from(figures.lost))) } } else { { "–" } }
            }) }
        </tr>
    }
}

fn clock(micros: u64) -> String {
    milliseconds(micros.saturating_mul(1000))
}
