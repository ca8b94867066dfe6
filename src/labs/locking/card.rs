//! A statement in its lane: its text, what it waits for, what came of it.

use super::session;
use super::sql::sql;
use super::timeline::Mark;
use interleave_sql::lab::Scene;
use interleave_sql::lab::scene::{Entry, Failure, Outcome, Progress, Rows, WaitsFor};
use yew::prelude::*;

/// The card of a mark.
pub fn card(scene: &Scene, mark: Mark) -> Html {
    let (Mark::Ran(index) | Mark::Began(index) | Mark::Ended(index)) = mark;
    let Some(entry) = scene.entries.get(index) else { return Html::default() };
    let now = scene.current.contains(&(index as u32));
    // A statement that waited has two cards; the news is in the later one.
    let now = now && (entry.ended.is_none() || !matches!(mark, Mark::Began(_)));
    let failed = matches!(&entry.progress, Progress::Done(Outcome::Error(_))) && !matches!(mark, Mark::Began(_));
    let class = classes!("entry", now.then_some("now"), failed.then_some("failed"), role_of(mark));
    html! {
        <div {class} aria-current={now.then_some("step")} data-move={moves(entry, mark)}>
            { session::mark(entry.session) }
            <span class="sr">{ format!("{}: ", session::name(scene, entry.session)) }</span>
            { match mark {
                Mark::Ran(_) => html! { <>{ with_tag(scene, entry, text(scene, entry, true)) }{ result(entry) }</> },
                Mark::Began(_) => html! { <>{ text(scene, entry, false) }{ wait(scene, entry) }</> },
                Mark::Ended(_) => html! { <>{ with_tag(scene, entry, goes_on(scene, entry)) }{ result(entry) }</> },
            } }
        </div>
    }
}

/// A statement that has run is the one that was offered below its lane.
fn moves(entry: &Entry, mark: Mark) -> String {
    match mark {
        Mark::Ended(_) => format!("end-{}-{}", entry.session, entry.statement),
        _ => format!("statement-{}-{}", entry.session, entry.statement),
    }
}

fn role_of(mark: Mark) -> &'static str {
    match mark {
        Mark::Ran(_) => "ran",
        Mark::Began(_) => "began",
        Mark::Ended(_) => "ended",
    }
}

fn text(scene: &Scene, entry: &Entry, with_fault: bool) -> Html {
    let fault = match &entry.progress {
        Progress::Done(Outcome::Error(failure)) if with_fault => failure.position,
        _ => None,
    };
    statement(scene, entry).map(|text| sql(text, fault)).unwrap_or_default()
}

/// The text of an entry's statement.
pub fn statement<'a>(scene: &'a Scene, entry: &Entry) -> Option<&'a str> {
    let lane = scene.lanes.get(usize::from(entry.session))?;
    Some(&lane.statements.get(entry.statement as usize)?.text)
}

/// Its first words, to call it by: `UPDATE accounts SET …`.
pub fn short(text: &str, most: usize) -> String {
    let code = text.lines().map(|line| line.split("--").next().unwrap_or_default());
    let words = code.flat_map(str::split_whitespace).collect::<Vec<_>>().join(" ");
    if words.chars().count() <= most {
        return words;
    }
    let cut: String = words.chars().take(most).collect();
    format!("{} …", cut.rsplit_once(' ').map_or(cut.as_str(), |(most, _)| most))
}

fn goes_on(scene: &Scene, entry: &Entry) -> Html {
    let text = statement(scene, entry).map(|text| short(text, 24)).unwrap_or_default();
    html! { <span class="goes-on"><span class="sr">{ "has waited; now it goes on: " }</span><span aria-hidden="true">{ "↳ " }</span><code>{ text }</code></span> }
}

/// A text and, on the same line if there is room, what PostgreSQL said to it; nothing when that is the statement's own word.
fn with_tag(scene: &Scene, entry: &Entry, text: Html) -> Html {
    let tag = match &entry.progress {
        Progress::Done(Outcome::Command(tag)) => tag.as_str(),
        _ => "",
    };
    let own = statement(scene, entry).is_some_and(|text| text.trim().to_ascii_uppercase().starts_with(tag));
    html! {
        <div class="said">
            { text }
            if tag.is_empty() {} else if own { <span class="sr">{ format!(", {tag}") }</span> } else { <span class="outcome">{ tag }</span> }
        </div>
    }
}

/// What it waits for, or waited for.
fn wait(scene: &Scene, entry: &Entry) -> Html {
    let (words, wait) = match &entry.progress {
        Progress::Waiting(wait) => ("waits for ", Some(wait)),
        Progress::Done(_) => ("waited for ", entry.waited.as_ref()),
    };
    let Some(WaitsFor { what, blockers }) = wait else {
        return html! { <p class="wait">{ lock() }<span>{ "waited" }</span></p> };
    };
    // What it was about is news while it waits; afterwards, for whom is enough.
    let short = entry.ended.is_some() && !blockers.is_empty();
    html! {
        <p class="wait" title={short.then(|| format!("waited for {what}"))}>
            { lock() }
            <span>
                { words }
                if !short { { what } }
                if !blockers.is_empty() {
                    { " " }{ for blockers.iter().enumerate().map(|(i, &blocker)| html! {
                        <>if i > 0 { { ", " } }<span class="blocker">{ session::mark(blocker) }if short || !what.contains(&session::name(scene, blocker)) { { session::name(scene, blocker) } }</span></>
                    }) }
                }
            </span>
        </p>
    }
}

/// A lock: the shape of everything that waits or holds.
pub fn lock() -> Html {
    html! {
        <svg class="lock" viewBox="0 0 12 12" width="12" height="12" aria-hidden="true">
            <path d="M2 5.5h8v5.5H2zM3.8 5.5V3.7a2.2 2.2 0 0 1 4.4 0v1.8" fill="none" stroke="currentColor" stroke-width="1.4" stroke-linejoin="round" />
        </svg>
    }
}

fn result(entry: &Entry) -> Html {
    let outcome = match &entry.progress {
        Progress::Waiting(_) => return Html::default(),
        Progress::Done(outcome) => outcome,
    };
    html! {
        <>
            { for entry.notices.iter().map(|notice| html! { <p class="notice">{ notice }</p> }) }
            { match outcome {
                // It stands beside the statement.
                Outcome::Command(_) => Html::default(),
                Outcome::Rows(rows) => result_set(rows),
                Outcome::Error(failure) => error(failure),
            } }
        </>
    }
}

fn result_set(rows: &Rows) -> Html {
    match (rows.columns.as_slice(), rows.rows.as_slice()) {
        (_, []) if rows.total == 0 => html! { <p class="outcome">{ "→ no rows" }</p> },
        ([column], [row]) if rows.total == 1 => html! {
            <p class="value"><span aria-hidden="true">{ "→ " }</span><span class="sr">{ format!("{column}: ") }</span>{ for row.iter().map(value) }</p>
        },
        _ => {
            let more = rows.total as usize - rows.rows.len().min(rows.total as usize);
            html! {
                <div class="result">
                    <table>
                        <thead><tr>{ for rows.columns.iter().map(|column| html! { <th scope="col">{ column }</th> }) }</tr></thead>
                        <tbody>{ for rows.rows.iter().map(|row| html! { <tr>{ for row.iter().map(|cell| html! { <td>{ value(cell) }</td> }) }</tr> }) }</tbody>
                    </table>
                    if more > 0 { <p class="outcome">{ format!("and {more} more") }</p> }
                </div>
            }
        }
    }
}

/// A value as text; NULL is told from the text `NULL`.
pub fn value(value: &Option<String>) -> Html {
    match value {
        Some(text) => html! { {text} },
        None => html! { <span class="null">{ "NULL" }</span> },
    }
}

fn error(failure: &Failure) -> Html {
    html! {
        <div class="error">
            <p><b>{ "ERROR" }</b>{ " " }<code>{ &failure.code }</code>{ " " }{ &failure.message }</p>
            if let Some(detail) = &failure.detail { <p class="more-words">{ detail }</p> }
            if let Some(hint) = &failure.hint { <p class="more-words">{ "Hint: " }{ hint }</p> }
        </div>
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;

    #[test]
    fn a_statement_is_called_by_its_first_words() {
        assert_eq!(short("-- first\nUPDATE t\n  SET a = 1", 40), "UPDATE t SET a = 1");
        assert_eq!(short("UPDATE accounts SET balance = 70", 16), "UPDATE accounts …");
        assert_eq!(short("", 10), "");
    }
}
