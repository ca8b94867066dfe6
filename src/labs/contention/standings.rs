//! The strategies side by side at one moment: rows that can be compared at a glance.

use super::clients::{clients, legend};
use super::figures::{count, mean, ms, rate};
use super::way;
use crate::draw::chart::{growth, marker, number};
use crate::draw::time::milliseconds;
use interleave_sql::workload::{Figures, Scene, Standing, Workload};
use yew::prelude::*;

/// Slices of a whole run, which the width of a picture stands for.
const SLICES: usize = 40;

/// What is counted: a name, and what it means.
const FIGURES: [(&str, &str); 5] = [
    ("Commits", "Transactions that committed, and how many that is a second"),
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
                // The names of the columns for those who see columns; every figure carries its name as well.
                <div class="standing standing-names" aria-hidden="true">
                    <span>{ "Strategy" }</span><span>{ "Clients" }</span><span>{ "So far" }</span>
                    <div class="figures">{ for FIGURES.iter().map(|(name, what)| html! { <span title={*what}>{ *name }</span> }) }</div>
                </div>
                <ol class="standings" aria-label={format!("Side by side at {time}")}>
                    { for scene.standings.iter().enumerate().map(|(at, standing)| row(scene, at, standing)) }
                </ol>
                { legend() }
            }
        </div>
    }
}

fn row(scene: &Scene, at: usize, standing: &Standing) -> Html {
    let Standing { strategy, figures, clients: doing } = standing;
    let per_second = format!("{}/s", number(rate(figures, scene.clock)));
    let given_up = (figures.given_up > 0).then(|| format!("{} given up", figures.given_up));
    let lost = match figures.lost {
        0 => html! { "–" },
        lost => html! { <span class="bad">{ format!("✗ {}", number(f64::from(lost))) }</span> },
    };
    let values = [
        html! { <><b>{ number(f64::from(figures.commits)) }</b><small>{ per_second }</small></> },
        html! { <>{ count(figures.retries) }if let Some(words) = given_up { <small>{ words }</small> }</> },
        waits(figures),
        html! { { count(figures.deadlocks) } },
        lost,
    ];
    html! {
        <li class={classes!("standing", way::role(*strategy))}>
            <h4 class="way">{ marker(way::marker(*strategy)) }<span>{ strategy.title() }</span><code>{ way::sql(*strategy) }</code></h4>
            <div class="clients-now">{ clients(doing) }</div>
            <div class="so-far">{ growth(&scene.commits, at, SLICES) }</div>
            <dl class="figures">
                { for FIGURES.iter().zip(values).map(|((name, _), value)| html! { <div><dt>{ *name }</dt><dd>{ value }</dd></div> }) }
            </dl>
        </li>
    }
}

/// The mean, and what 95 of a hundred stay within where that says more.
fn waits(figures: &Figures) -> Html {
    let mean = mean(figures.wait, figures.wait_95);
    let within = (figures.wait_95 >= 50).then(|| format!("95 %: {} ms", number(ms(figures.wait_95))));
    html! { <>{ mean }if let Some(within) = within { <small>{ within }</small> }</> }
}

fn clock(micros: u64) -> String {
    milliseconds(micros.saturating_mul(1000))
}
