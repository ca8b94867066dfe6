//! A schedule as a table: a column for each session, a row for each statement, in the order in which they run.

use crate::draw::highlight::Language;
use interleave_course::bank::{Beside, Planned};
use yew::prelude::*;

/// The schedule that the question is about.
pub fn table(beside: Option<&Beside>) -> Html {
    beside.and_then(|beside| beside.schedule.as_ref()).map(draw).unwrap_or_default()
}

fn draw(turns: &Planned) -> Html {
    let head = |(at, name): (usize, &String)| html! { <th scope="col" class={format!("session-{}", at % 4 + 1)}>{name.clone()}</th> };
    let row = |(step, (session, statement)): (usize, &(usize, String))| {
        let cell = |at: usize| {
            if at == *session {
                html! { <td class={classes!("turn", format!("session-{}", at % 4 + 1))}><code>{sql(statement)}</code></td> }
            } else {
                html! { <td></td> }
            }
        };
        html! { <tr><th scope="row">{step + 1}</th>{for (0..turns.sessions.len()).map(cell)}</tr> }
    };
    html! {
        <div class="ask-schedule">
            <p class="ask-hint">{"At "}<strong>{turns.isolation.clone()}</strong>{", from top to bottom. Whoever has to wait goes on as soon as it can."}</p>
            <div class="table" tabindex="0" role="group" aria-label="The schedule">
                <table>
                    <thead><tr><th scope="col"><span class="visually-hidden">{"Step"}</span></th>{for turns.sessions.iter().enumerate().map(head)}</tr></thead>
                    <tbody>{for turns.statements.iter().enumerate().map(row)}</tbody>
                </table>
            </div>
            <details>
                <summary>{"The tables before"}</summary>
                {crate::draw::markdown::code(turns.setup.trim(), "sql")}
            </details>
        </div>
    }
}

fn sql(statement: &str) -> Html {
    Language::Sql
        .highlight(statement)
        .iter()
        .map(|token| match token.class {
            Some(class) => html! { <span class={class.name()}>{token.text.to_owned()}</span> },
            None => html! { {token.text.to_owned()} },
        })
        .collect()
}
