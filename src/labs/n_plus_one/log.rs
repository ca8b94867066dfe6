//! The SQL log: every query that has been asked, fifty at a time.

use super::phases::times;
use super::reading::Read;
use super::telling::{asks, place};
use crate::draw::chart::number;
use crate::draw::time::{grouped, milliseconds};
use interleave_queries::Nanos;
use web_sys::HtmlDetailsElement;
use yew::prelude::*;

/// Rows of a page.
const PAGE: usize = 50;

#[derive(PartialEq, Properties)]
pub struct Props {
    pub read: Read,
    pub clock: Nanos,
    pub about: Option<u32>,
    /// Is given a group and a frame.
    pub show: Callback<(usize, usize)>,
}

/// The fold. What is folded away is not drawn.
#[component]
pub fn Log(props: &Props) -> Html {
    let open = use_state(|| false);
    // A page that the reader turned to, and the clock at that time: it follows the run again when that goes on.
    let turned = use_state(|| None::<(usize, Nanos)>);
    let toggle = {
        let open = open.clone();
        Callback::from(move |event: Event| open.set(event.target_unchecked_into::<HtmlDetailsElement>().open()))
    };
    let asked = props.read.asked_by(props.clock);
    html! {
        <details class="fold sql-log" ontoggle={toggle}>
            <summary><b>{ "SQL log" }</b><span>{ format!("{} so far", grouped(asked as u64)) }</span></summary>
            if *open && asked > 0 { { page(props, asked, &turned) } }
        </details>
    }
}

/// The page that has the current query, or the last one.
fn page(props: &Props, asked: usize, turned: &UseStateHandle<Option<(usize, Nanos)>>) -> Html {
    let last = (asked - 1) / PAGE;
    let follows = props.about.map_or(last, |query| query as usize / PAGE).min(last);
    let page = turned.filter(|(_, clock)| *clock == props.clock).map_or(follows, |(page, _)| page.min(last));
    let turn = |to: Option<usize>, name: &'static str| {
        let (turned, clock) = (turned.clone(), props.clock);
        let onclick = Callback::from(move |_: MouseEvent| {
            if let Some(to) = to {
                turned.set(Some((to, clock)));
            }
        });
        html! { <button type="button" class="lab-button" aria-disabled={to.is_none().to_string()} {onclick}>{ name }</button> }
    };
    let rows = page * PAGE..((page + 1) * PAGE).min(asked);
    html! {
        <>
            <div class="table-room" tabindex="0" role="group" aria-label="Queries in order">
                <table class="levels sql-rows">
                    <thead><tr>
                        { for ["Number", "Asked", "Line", "Query", "Rows", "Waited, ms", "On the way, ms", "At work, ms"].map(|name| html! { <th scope="col">{ name }</th> }) }
                    </tr></thead>
                    <tbody>
                        { for rows.clone().map(|number| html! {
                            <Entry key={number} read={props.read.clone()} {number} answered={answered(props, number)}
                                now={props.about == Some(number as u32)} show={props.show.clone()} />
                        }) }
                    </tbody>
                </table>
            </div>
            if last > 0 {
                <div class="log-pages">
                    { turn(page.checked_sub(1), "Earlier") }
                    <span>{ format!("{} to {} of {}", grouped(rows.start as u64 + 1), grouped(rows.end as u64), grouped(asked as u64)) }</span>
                    { turn((page < last).then_some(page + 1), "Later") }
                </div>
            }
        </>
    }
}

fn answered(props: &Props, number: usize) -> bool {
    props.read.run.log.queries[number].answered.is_some_and(|at| at <= props.clock)
}

#[derive(PartialEq, Properties)]
struct EntryProps {
    read: Read,
    number: usize,
    answered: bool,
    now: bool,
    show: Callback<(usize, usize)>,
}

/// One query. Its number leads to it.
#[component]
fn Entry(props: &EntryProps) -> Html {
    let EntryProps { read, number, answered, now, show } = props;
    let (Some(query), Some(group)) = (read.run.log.queries.get(*number), read.run.group_of.get(*number)) else {
        return Html::default();
    };
    let group = *group as usize;
    let frame = read.asked[*number];
    let ms = |nanos: Nanos| number_of(nanos);
    let times = times(query).filter(|_| *answered);
    let part = |at: usize| times.map_or_else(|| "–".to_owned(), |times| ms(times[at]));
    let rows = match &query.error {
        Some(error) if *answered => error.clone(),
        _ if *answered => grouped(query.rows),
        _ => "–".into(),
    };
    let text = read.run.groups.get(group).map(|group| asks(&read.run, group)).unwrap_or_default();
    html! {
        <tr class={now.then_some("now")} aria-current={now.then_some("step")}>
            <th scope="row">
                <button type="button" class="lab-button quiet" onclick={show.reform(move |_| (group, frame))}>{ grouped(*number as u64 + 1) }</button>
            </th>
            <td>{ milliseconds(query.asked / 1_000 * 1_000) }</td>
            <td>{ place(query.asker.line).trim_start_matches("line ").to_owned() }</td>
            <td class="sql-text"><code>{ text }</code></td>
            <td>{ rows }</td>
            <td>{ part(0) }</td>
            <td>{ part(1) }</td>
            <td>{ times.map_or_else(|| "–".to_owned(), |times| ms(times[2] + times[3])) }</td>
        </tr>
    }
}

fn number_of(nanos: Nanos) -> String {
    number(nanos as f64 / 1e6)
}
