//! The tables as chains of row versions, each marked with the sessions that see it. Why they do or do not is folded behind the marks.

use super::card::{lock, value};
use super::session;
use interleave_sql::lab::Scene;
use interleave_sql::lab::scene::{Fate, Session, Table, Version};
use std::rc::Rc;
use yew::prelude::*;

#[derive(PartialEq, Properties)]
pub struct Props {
    pub table: Rc<Table>,
    /// What the sessions are called.
    pub names: Vec<String>,
}

/// One table.
#[component]
pub fn Chains(props: &Props) -> Html {
    // The version whose reasons are open: the row's place and the version's.
    let open = use_state(|| None::<(usize, usize)>);
    let table = &props.table;
    let rows = table.total as usize;
    let hidden = rows.saturating_sub(table.rows.len());
    html! {
        <div class="chains" tabindex="0" role="group" aria-label={format!("Row versions of {}", table.name)}>
            <table>
                <caption>{ &table.name }<span>{ format!("{rows} row{}", if rows == 1 { "" } else { "s" }) }</span></caption>
                <thead><tr>
                    { for table.columns.iter().map(|column| html! { <th scope="col">{ column }</th> }) }
                    <th scope="col" class="system">{ "seen by" }</th>
                    <th scope="col" class="system" title="The transaction that made it">{ "xmin" }</th>
                    <th scope="col" class="system" title="The transaction that deleted, replaced or locked it">{ "xmax" }</th>
                    <th scope="col" class="system" title="Where it lies: block and place in it">{ "ctid" }</th>
                </tr></thead>
                { for table.rows.iter().enumerate().map(|(row, chain)| html! {
                    <tbody class="chain">
                        { for chain.iter().enumerate().map(|(at, version)| {
                            let before = at.checked_sub(1).and_then(|before| chain.get(before));
                            let shown = *open == Some((row, at));
                            let toggle = {
                                let open = open.clone();
                                Callback::from(move |_: MouseEvent| open.set((!shown).then_some((row, at))))
                            };
                            html! {
                                <>
                                    { line(version, before, &props.names, shown, toggle) }
                                    if shown { { reasons(version, &props.names, table.columns.len() + 4) } }
                                </>
                            }
                        }) }
                    </tbody>
                }) }
            </table>
            if rows == 0 { <p class="empty">{ "no rows" }</p> }
            if hidden > 0 { <p class="hint">{ format!("and {hidden} more rows") }</p> }
        </div>
    }
}

fn line(
    version: &Version,
    before: Option<&Version>,
    names: &[String],
    shown: bool,
    toggle: Callback<MouseEvent>,
) -> Html {
    let seen: Vec<Session> =
        (0..).zip(&version.seen).filter(|(_, seen)| seen.visible).map(|(session, _)| session).collect();
    let heard = match seen.as_slice() {
        [] => "nobody".to_owned(),
        some => session::list(&some.iter().map(|&id| name(names, id)).collect::<Vec<_>>()),
    };
    let gone = version.made == Fate::Aborted || version.ended == Some(Fate::Committed);
    let cell = |(column, text): (usize, &Option<String>)| {
        let changed = before.is_some_and(|before| before.values.get(column) != Some(text));
        html! { <td class={changed.then_some("changed")}>if changed { <b>{ value(text) }</b> } else { { value(text) } }</td> }
    };
    html! {
        <tr class={classes!("version", gone.then_some("gone"), seen.is_empty().then_some("unseen"))}>
            { for version.values.iter().enumerate().map(cell) }
            <td>
                <button type="button" class="seen" aria-expanded={shown.to_string()} onclick={toggle} title={why(version, names)}>
                    <span class="sr">{ format!("Seen by {heard}. Why?") }</span>
                    if seen.is_empty() {
                        <span class="nobody" aria-hidden="true">{ "nobody" }</span>
                    }
                    { for seen.iter().map(|&id| session::mark(id)) }
                </button>
            </td>
            <td class="system">{ transaction(version.xmin, Some(version.made), names) }</td>
            <td class="system">
                { transaction(version.xmax, version.ended, names) }
                { for version.locks.iter().map(|(session, strength)| html! {
                    <span class="row-lock" title={format!("{}: {strength}", name(names, *session))}>
                        { lock() }{ session::mark(*session) }<span class="sr">{ format!("locked by {}, {strength}", name(names, *session)) }</span>
                    </span>
                }) }
            </td>
            <td class="system">{ &version.ctid }</td>
        </tr>
    }
}

/// A transaction's number and what became of it. Committed is the rule and goes without saying.
fn transaction(number: u32, fate: Option<Fate>, names: &[String]) -> Html {
    if number == 0 {
        return html! { <><span aria-hidden="true">{ "·" }</span><span class="sr">{ "nobody" }</span></> };
    }
    match fate {
        None | Some(Fate::Committed) => html! { {number} },
        Some(Fate::Running(session)) => {
            let words =
                session.map_or("a prepared transaction".to_owned(), |id| format!("{}, still running", name(names, id)));
            html! {
                <span class="running" title={words.clone()}>{ number }{ session.map(session::mark) }<span class="sr">{ words }</span></span>
            }
        }
        Some(Fate::Aborted) => html! {
            <span class="aborted" title="rolled back"><s>{ number }</s><span aria-hidden="true">{ " ✕" }</span><span class="sr">{ " rolled back" }</span></span>
        },
    }
}

fn name(names: &[String], id: Session) -> String {
    names.get(usize::from(id)).cloned().unwrap_or_else(|| session::letter(id).to_string())
}

/// Every session's reason in a few lines, for whoever points at the marks.
fn why(version: &Version, names: &[String]) -> String {
    let lines = (0..).zip(&version.seen).map(|(id, seen)| {
        format!("{} {}: {}", name(names, id), if seen.visible { "sees it" } else { "does not see it" }, seen.why)
    });
    lines.collect::<Vec<_>>().join("\n")
}

fn reasons(version: &Version, names: &[String], columns: usize) -> Html {
    html! {
        <tr class="reasons"><td colspan={columns.to_string()}>
            <ul>
                { for (0..).zip(&version.seen).map(|(id, seen)| html! {
                    <li>
                        { session::mark(id) }
                        <span><b>{ name(names, id) }{ if seen.visible { " sees it: " } else { " does not see it: " } }</b>{ &seen.why }</span>
                    </li>
                }) }
            </ul>
        </td></tr>
    }
}

/// All tables.
pub fn versions(scene: &Scene) -> Html {
    let names: Vec<String> = (0..scene.lanes.len() as Session).map(|id| session::name(scene, id)).collect();
    if scene.tables.is_empty() {
        return html! { <p class="empty">{ "no tables" }</p> };
    }
    html! { <>{ for scene.tables.iter().map(|table| html! { <Chains key={table.name.clone()} table={table.clone()} names={names.clone()} /> }) }</> }
}
