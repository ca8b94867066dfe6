//! What came of an exam: the figure, each topic, each question with its reasons.

use super::{Msg, Room};
use crate::draw::markdown::asks;
use crate::practice::ask::Ask;
use crate::practice::parts::bars::bar;
use crate::practice::shelf::{Held, Shelf};
use crate::practice::words::{lasted, percent};
use interleave_course::judge::{Verdict, judge};
use interleave_course::session::{Exam, Item};
use std::collections::BTreeMap;
use yew::prelude::*;

/// Each question with its verdict.
pub(super) fn verdicts<'a>(shelf: &'a Shelf, exam: &'a Exam) -> impl Iterator<Item = (&'a Item, &'a Held, Verdict)> {
    exam.items().iter().filter_map(|item| {
        let held = shelf.held(&item.question)?;
        Some((item, held, judge(&held.asked.question, held.asked.answer.as_deref(), &item.given)))
    })
}

pub(super) fn view(ctx: &Context<Room>, exam: &Exam) -> Html {
    let shelf = &ctx.props().shelf;
    let all: Vec<_> = verdicts(shelf, exam).collect();
    let right = all.iter().filter(|(_, _, verdict)| verdict.right).count();
    let mut topics: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for (_, held, verdict) in &all {
        let topic = topics.entry(&shelf.deck_of(held).part).or_default();
        topic.0 += usize::from(verdict.right);
        topic.1 += 1;
    }
    let share = right as f64 / all.len().max(1) as f64;
    html! {
        <section class="marked">
            <h1>{ format!("{right} of {} right", all.len()) }</h1>
            <p class="lead">{ format!("{} in {}. Every answer is saved; what was wrong comes back for review.", percent(share), lasted(exam.clock.spent(0).unsigned_abs())) }</p>
            <h2>{"By part"}</h2>
            <ul class="outcome-stages">
                { for topics.iter().map(|(title, (right, of))| html! {
                    <li><span>{ *title }</span>{ bar(*right as f64 / *of as f64, "role-ok") }<span class="outcome-share">{ format!("{right} of {of}") }</span></li>
                }) }
            </ul>
            <h2>{"Question by question"}</h2>
            { for all.iter().enumerate().map(|(at, (item, held, verdict))| question(exam, at, item, held, verdict)) }
            <p class="files-ways">
                <button type="button" class="button main" onclick={ctx.link().callback(|_| Msg::Another)}>{"Another exam"}</button>
                <a class="button" href="practice/progress/">{"Progress"}</a>
            </p>
        </section>
    }
}

fn question(exam: &Exam, at: usize, item: &Item, held: &Held, verdict: &Verdict) -> Html {
    let (class, words) = match (verdict.right, item.is_answered()) {
        (true, _) => ("right", "right"),
        (false, true) => ("wrong", "not right"),
        (false, false) => ("wrong", "left open"),
    };
    html! {
        <details class={classes!("marked-question", class)}>
            <summary>
                <span>{ format!("{}. ", at + 1) }{ asks(&held.asked.question.stem) }</span>
                <span class="marked-verdict">{ words }</span>
            </summary>
            <Ask asked={held.asked.clone()} given={item.given.clone()} judged=true exam=true
                seed={exam.seed.wrapping_add(at as u64)} on_given={Callback::noop()} on_check={Callback::noop()} />
        </details>
    }
}
