//! The rules, and which of them are broken so far.

use super::sign::{Sign, sign};
use super::telling::capital;
use interleave_protocols::diagram::{Deed, Diagram, Rule};
use yew::prelude::*;

/// Every rule. What must never be holds as long as it is not broken; a promise is open until it is kept.
pub fn rules(diagram: &Diagram, go: &Callback<usize>) -> Html {
    if diagram.rules.is_empty() {
        return Html::default();
    }
    let line = |(at, rule): (usize, &Rule)| {
        let broken = diagram.broken.iter().find(|broken| usize::from(broken.rule) == at);
        let kept = diagram.kept.iter().any(|&kept| usize::from(kept) == at);
        let (class, shape, words) = match broken {
            Some(_) => ("broken", Sign::Bad, "broken: "),
            None if rule.promise && !kept => ("open", Sign::Deed(Deed::Act), "still open: "),
            None if rule.promise => ("holds", Sign::Good, "kept: "),
            None => ("holds", Sign::Good, "holds so far: "),
        };
        html! {
            <li {class} title={broken.map(|broken| broken.note.plain())}>
                { sign(shape) }<span><span class="sr">{ words }</span>{ capital(&rule.name) }{ " " }if let Some(broken) = broken { { step(broken.row as usize, go) } }</span>
            </li>
        }
    };
    let words = match diagram.broken.len() {
        0 if diagram.offers.is_empty() => "all held".to_owned(),
        0 => "all hold so far".to_owned(),
        broken => format!("{broken} broken"),
    };
    html! {
        <div role="group" class="seq-rules" aria-label="Rules">
            <div class="cap"><h3>{ "Rules" }</h3><span>{ words }</span></div>
            <ul>{ for diagram.rules.iter().enumerate().map(line) }</ul>
        </div>
    }
}

fn step(frame: usize, go: &Callback<usize>) -> Html {
    html! {
        <button type="button" class="seq-link" onclick={go.reform(move |_| frame)} title={format!("Go to step {}, where it was broken", frame + 1)}>
            { format!("step {}", frame + 1) }
        </button>
    }
}
