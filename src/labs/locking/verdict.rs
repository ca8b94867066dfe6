//! What a finished run is called, and by what it came to that.

use super::Locking;
use super::card::{short, statement};
use super::session;
use crate::labs::StageContext;
use interleave_sql::lab::Scene;
use interleave_sql::lab::scene::{Anomaly, Session, Verdict};
use yew::prelude::*;

/// An anomaly's name.
pub fn anomaly(anomaly: Anomaly) -> &'static str {
    match anomaly {
        Anomaly::DirtyWrite => "Dirty write",
        Anomaly::DirtyRead => "Dirty read",
        Anomaly::IntermediateRead => "Intermediate read",
        Anomaly::CircularInformationFlow => "Circular information flow",
        Anomaly::NonRepeatableRead => "Non-repeatable read",
        Anomaly::Phantom => "Phantom",
        Anomaly::LostUpdate => "Lost update",
        Anomaly::ReadSkew => "Read skew",
        Anomaly::WriteSkew => "Write skew",
        Anomaly::ReadOnlyAnomaly => "Read-only anomaly",
        Anomaly::Other => "Not serialisable",
    }
}

pub fn verdict(scene: &Scene, verdict: &Verdict, context: &StageContext<Locking>) -> Html {
    let broken = matches!(verdict.invariant, Some(Ok(false) | Err(_)));
    let bad = verdict.anomaly.is_some() || broken;
    let title = match (verdict.anomaly, verdict.committed) {
        (Some(name), _) => anomaly(name).to_owned(),
        (None, 0) => "Nothing was committed".into(),
        (None, _) if broken => "Serialisable, yet the rule is broken".into(),
        (None, _) => "Serialisable".into(),
    };
    html! {
        <section class={classes!("verdict-panel", if bad { "bad" } else { "good" })} aria-label="Verdict">
            <h3><span aria-hidden="true">{ if bad { "✕ " } else { "✓ " } }</span>{ title }</h3>
            if verdict.anomaly.is_none() && !verdict.serial.is_empty() {
                <p>{ serial(scene, &verdict.serial) }</p>
            }
            { rule(verdict, &context.scenario.invariant) }
            if let Some(cure) = &verdict.cure {
                <p class="cure">{ "Prevented by " }<b>{ cure }</b>{ "." }</p>
            }
            if !verdict.because.is_empty() {
                <ul class="because">{ for verdict.because.iter().map(|why| html! { <li>{ why }</li> }) }</ul>
            }
            if !verdict.evidence.is_empty() {
                <p class="evidence"><span>{ "Made by" }</span>{ for verdict.evidence.iter().filter_map(|&made_by| evidence(scene, made_by, context)) }</p>
            }
            <p class="counts">{ counts(verdict) }</p>
        </section>
    }
}

/// The order that explains the run: `The same as Alice, then Bob.` A session with several transactions is named with their numbers.
fn serial(scene: &Scene, order: &[(Session, u32)]) -> String {
    let several = |id: Session| order.iter().filter(|other| other.0 == id).count() > 1;
    let names: Vec<String> = order
        .iter()
        .map(|&(id, nth)| match several(id) {
            true => format!("{} ({})", session::name(scene, id), nth + 1),
            false => session::name(scene, id),
        })
        .collect();
    match names.as_slice() {
        [one] => format!("Only {one} committed."),
        names => format!("The same as one after the other: {}.", names.join(", then ")),
    }
}

fn evidence(scene: &Scene, (id, index): (Session, u32), context: &StageContext<Locking>) -> Option<Html> {
    let entry = scene.entries.iter().find(|entry| entry.session == id && entry.statement == index)?;
    let frame = entry.ended.unwrap_or(entry.began) as usize;
    let text = short(statement(scene, entry)?, 44);
    Some(html! {
        <button type="button" class="lab-button" onclick={context.go.reform(move |_| frame)} title={format!("Go to step {}", frame + 1)}>
            { session::named_mark(scene, id) }<code>{ text }</code>
        </button>
    })
}

fn rule(verdict: &Verdict, invariant: &str) -> Html {
    let (class, sign, words) = match &verdict.invariant {
        None => return Html::default(),
        Some(Ok(true)) => ("holds", "✓", "The rule holds: ".to_owned()),
        Some(Ok(false)) => ("breaks", "✕", "The rule is broken: ".to_owned()),
        Some(Err(words)) => ("breaks", "✕", format!("The rule could not be checked ({words}): ")),
    };
    html! { <p class={classes!("rule", class)}><span aria-hidden="true">{ sign }{ " " }</span>{ words }<code>{ invariant }</code></p> }
}

fn counts(verdict: &Verdict) -> String {
    let mut words = vec![format!("{} committed", verdict.committed), format!("{} rolled back", verdict.aborted)];
    if verdict.deadlocks > 0 {
        words.push(format!("{} deadlock{}", verdict.deadlocks, if verdict.deadlocks == 1 { "" } else { "s" }));
    }
    words.join(" · ")
}
