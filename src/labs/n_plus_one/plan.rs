//! The plan of a statement: a tree, with the time that each node took for itself; or PostgreSQL's text of it.

use super::reading::Read;
use super::telling::share;
use crate::draw::time::{grouped, milliseconds};
use interleave_sql::explain::{Explained, PlanNode, Shown, lines};
use yew::prelude::*;

#[derive(PartialEq, Properties)]
pub struct Props {
    pub read: Read,
    pub text: u32,
    /// It was run more than once.
    pub many: bool,
}

/// The plan of the slowest run.
#[component]
pub fn Plan(props: &Props) -> Html {
    let as_text = use_state(|| false);
    let Some(explained) = props.read.run.plans.get(props.text as usize).and_then(Option::as_ref) else {
        return Html::default();
    };
    let toggle = {
        let as_text = as_text.clone();
        Callback::from(move |_: MouseEvent| as_text.set(!*as_text))
    };
    let took = explained.execution.map(|time| format!("{} at work", milliseconds(time)));
    let slowest = if props.many { "of the slowest of them" } else { "" };
    html! {
        <div role="group" class="plan" aria-label="Plan">
            <div class="cap">
                <h4><b>{ "Plan" }</b></h4>
                <span>{ [slowest.to_owned(), took.unwrap_or_default()].iter().filter(|words| !words.is_empty()).cloned().collect::<Vec<_>>().join(", ") }</span>
                <button type="button" class="lab-button quiet" aria-pressed={as_text.to_string()} onclick={toggle}>{ "PostgreSQL’s text" }</button>
            </div>
            if *as_text {
                <pre class="query-text" tabindex="0" role="group" aria-label="The plan as PostgreSQL prints it">{ text(explained) }</pre>
            } else {
                <ul class="plan-tree">{ node(&explained.plan, all(&explained.plan)) }</ul>
            }
        </div>
    }
}

fn text(explained: &Explained) -> String {
    lines(explained, Shown { costs: true, timing: true, summary: true }).join("\n")
}

/// Of all nodes together.
fn all(plan: &PlanNode) -> u64 {
    plan.actual.map_or(0, |actual| actual.total).max(1)
}

/// What a node took for itself.
fn own(plan: &PlanNode) -> u64 {
    let inputs: u64 = plan.inputs.iter().filter_map(|input| Some(input.actual?.total)).sum();
    plan.actual.map_or(0, |actual| actual.total).saturating_sub(inputs)
}

fn node(plan: &PlanNode, whole: u64) -> Html {
    let scans_all = plan.kind.ends_with("Seq Scan");
    let (inputs, own) = (all(plan), own(plan));
    let time = share(own, whole);
    let inside = share(inputs, whole).max(time);
    html! {
        <li>
            <div class="plan-node">
                <p class="plan-head">
                    if let Some(label) = &plan.label { <small>{ label }</small>{ " " } }
                    <strong class={scans_all.then_some("scans-all")}>{ &plan.kind }</strong>
                    { what(plan) }
                </p>
                <svg class="plan-bar" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true" focusable="false">
                    <rect class="plan-all" x="0" y="0" width="100" height="6" />
                    <rect class="plan-inside" x="0" y="0" width={format!("{inside:.1}")} height="6" />
                    <rect class="plan-own" x="0" y="0" width={format!("{time:.1}")} height="6" />
                </svg>
                <p class="plan-figures">
                    { rows(plan) }
                    <span>{ format!("{}, {time:.0} %", milliseconds(own / 100 * 100)) }</span>
                </p>
                if !plan.details.is_empty() {
                    <dl class="plan-details">
                        { for plan.details.iter().map(|(name, value)| html! { <div><dt>{ name }</dt><dd><code>{ value }</code></dd></div> }) }
                    </dl>
                }
            </div>
            if !plan.inputs.is_empty() {
                <ul>{ for plan.inputs.iter().map(|input| node(input, whole)) }</ul>
            }
        </li>
    }
}

/// ` on skus`, ` using skus_product_id_idx on skus`
fn what(plan: &PlanNode) -> String {
    plan.head().strip_prefix(&plan.kind).unwrap_or_default().to_owned()
}

fn rows(plan: &PlanNode) -> Html {
    let guess = grouped(plan.rows.round().max(0.0) as u64);
    let Some(actual) = plan.actual else { return html! { <span>{ format!("{guess} rows expected") }</span> } };
    if actual.loops == 0 {
        return html! { <span>{ "never run" }</span> };
    }
    let each = actual.rows as f64 / actual.loops as f64;
    let times = if actual.loops > 1 { format!(", {} times", grouped(actual.loops)) } else { String::new() };
    // An order of magnitude beside it: plans are chosen by such guesses.
    let wrong = each.max(1.0) / plan.rows.max(1.0);
    let wrong = !(0.1..=10.0).contains(&wrong);
    html! {
        <span class={wrong.then_some("bad")}>
            { format!("{guess} rows expected → {} came{times}", grouped(each.round() as u64)) }
        </span>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use interleave_sql::explain::Actual;

    #[test]
    fn a_nodes_own_time_is_what_its_inputs_leave() {
        let timed = |total, inputs| PlanNode {
            actual: Some(Actual { loops: 1, rows: 1, startup: 0, total }),
            inputs,
            ..PlanNode::default()
        };
        let plan = timed(100, vec![timed(30, Vec::new()), timed(50, Vec::new())]);
        assert_eq!((own(&plan), all(&plan)), (20, 100));
        assert_eq!(own(&plan.inputs[0]), 30);
        assert_eq!(own(&PlanNode::default()), 0);
    }
}
