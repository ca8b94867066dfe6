//! A group of queries: its text, where the time of the current one went, and the plan.

use super::phases::phases;
use super::plan::Plan;
use super::reading::Read;
use super::telling::{bytes, count, place};
use crate::draw::highlight::Language;
use interleave_queries::{Group, Nanos, Query};
use yew::prelude::*;

#[derive(PartialEq, Properties)]
pub struct Props {
    pub read: Read,
    pub group: usize,
    pub clock: Nanos,
}

/// The panel.
#[component]
pub fn Details(props: &Props) -> Html {
    let Props { read, group: number, clock } = props;
    let Some(group) = read.run.groups.get(*number) else { return Html::default() };
    let asked = group.queries.partition_point(|query| asked_at(read, *query) <= *clock);
    let current = asked.checked_sub(1).and_then(|at| read.run.log.queries.get(group.queries[at] as usize));
    let answered = group.queries.first().and_then(|query| read.run.log.queries.get(*query as usize)?.answered);
    let plan = read.run.plans.get(group.text as usize).is_some_and(Option::is_some);
    html! {
        <div role="group" class="panel query-details" aria-label="Query">
            <div class="cap"><h3><b>{ "Query" }</b></h3><span>{ words(group, asked, current) }</span></div>
            <Text read={read.clone()} text={group.text} />
            if let Some(query) = current {
                { phases(query, *clock) }
            } else {
                <p class="empty">{ "not asked yet" }</p>
            }
            if plan && answered.is_some_and(|answered| answered <= *clock) {
                <Plan read={read.clone()} text={group.text} many={group.queries.len() > 1} />
            }
        </div>
    }
}

fn asked_at(read: &Read, query: u32) -> Nanos {
    read.run.log.queries.get(query as usize).map_or(Nanos::MAX, |query| query.asked)
}

/// `line 9, catalogue() · the 3rd of 100 · 1 parameter · 300 rows, 24 kB in all`
fn words(group: &Group, asked: usize, current: Option<&Query>) -> String {
    let mut words = place(group.line);
    if let Some(function) = &group.function {
        words += &format!(" in {function}");
    }
    let all = group.queries.len();
    if all > 1 {
        words += &format!(" · number {} of {all}", asked.max(1));
    }
    if let Some(query) = current {
        words += &format!(" · {}", count(query.parameters.into(), "parameter", "parameters"));
    }
    if all > 1 {
        words += &format!(" · {}, {} in all", count(group.rows, "row", "rows"), bytes(group.bytes));
    }
    words
}

#[derive(PartialEq, Properties)]
struct TextProps {
    read: Read,
    text: u32,
}

/// The statement, as it was sent.
#[component]
fn Text(props: &TextProps) -> Html {
    let Some(text) = props.read.run.log.texts.get(props.text as usize) else { return Html::default() };
    let pieces = Language::Sql.highlight(text);
    html! {
        <pre class="query-text" tabindex="0" role="group" aria-label="Text of the query"><code class="sql">{ for pieces.into_iter().map(|token| {
            let text = token.text.to_owned();
            match token.class {
                Some(class) => html! { <span class={class.name()}>{ text }</span> },
                None => html! { { text } },
            }
        }) }</code></pre>
    }
}
