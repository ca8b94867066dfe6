//! A row: what happened in one moment, as words in the lanes and as a line of a list. Which of the two is seen is for the style sheet to say.

use super::mark::pill;
use super::sign::{Sign, sign};
use super::telling::telling;
use crate::draw::note::note;
use interleave_kernel::Note;
use interleave_protocols::diagram::{Deed, End, Moment};
use std::rc::Rc;
use yew::prelude::*;

/// All that a row shows. It is compared with what it was before, so that rows that are past are drawn once.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    pub moment: Moment,
    /// Messages that were sent in it.
    pub sent: Vec<Sent>,
    /// Messages that ended in it.
    pub ended: Vec<Ended>,
    /// Rules that were first broken in it, and how.
    pub broken: Vec<(String, Note)>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Sent {
    pub from: u8,
    pub to: u8,
    pub words: Rc<str>,
    pub twin: bool,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Ended {
    pub from: u8,
    pub to: u8,
    pub words: Rc<str>,
    pub end: End,
    /// It was on its way for so long that its name is out of sight.
    pub long: bool,
}

/// Where a row is, and what it is part of.
pub struct Around<'a> {
    /// The frame that it belongs to.
    pub frame: usize,
    pub now: bool,
    pub names: &'a [String],
    /// `None` in a picture that leads nowhere.
    pub go: Option<&'a Callback<usize>>,
}

/// A row of thousands that a reader may rush through: it has as few elements as it can. The sentence stands once, in the button's name; the list
/// shows the name.
pub fn row(row: &Row, around: &Around) -> Html {
    let telling = telling(row, around.frame == 0, around.names);
    let (frame, sentence) = (around.frame, telling.sentence());
    let name = format!("Step {}: {sentence}", frame + 1);
    html! {
        <li class={classes!("seq-row", around.now.then_some("now"), tone(row))}>
            if let Some(go) = around.go {
                // One stop for Tab; the arrows move within.
                <button type="button" class="seq-step" tabindex={if around.now { "0" } else { "-1" }} aria-current={around.now.then_some("step")} aria-label={name} title={sentence}
                    onclick={go.reform(move |_| frame)}>{ frame + 1 }{ sign(telling.sign) }</button>
            } else {
                <span class="seq-step" role="img" aria-label={name} title={sentence}>{ frame + 1 }{ sign(telling.sign) }</span>
            }
            { labels(row, around) }
            { for row.broken.iter().map(|(rule, how)| html! {
                <div class="seq-broken" title={format!("{rule}: {}", how.plain())}>
                    <p><strong>{ sign(Sign::Bad) }{ "Broken: " }{ rule }{ "." }</strong>{ " " }<span>{ note(how) }</span></p>
                </div>
            }) }
        </li>
    }
}

fn tone(row: &Row) -> Option<&'static str> {
    match row.moment.deed {
        Deed::Clock | Deed::Rest => Some("quiet"),
        deed if deed.fault().is_some() => Some("fault"),
        _ => None,
    }
}

/// Words in the lanes. Who listens has the sentence.
fn labels(row: &Row, around: &Around) -> Html {
    let lanes = around.names.len();
    let moment = &row.moment;
    let timed_out = matches!(moment.deed, Deed::Timeout | Deed::EarlyTimeout);
    html! {
        <>
            { across(row, around.frame == 0, around.names) }
            if let Some(lane) = moment.lane {
                if timed_out { { pill(lane, moment) } }
                { beside(row, lane, lanes) }
            }
            { for groups(&row.sent).into_iter().map(|group| html! {
                <span class={classes!("seq-label", side(group.from, group.right), timed_out.then_some("after-pill"))} aria-hidden="true">{ group.words }</span>
            }) }
            { for row.ended.iter().filter(|ended| ended.long).map(|ended| html! {
                <span class={classes!("seq-label", "arrival", side(ended.to, ended.from > ended.to))} aria-hidden="true">{ &*ended.words }</span>
            }) }
        </>
    }
}

/// What happens everywhere, or to the network.
fn across(row: &Row, first: bool, names: &[String]) -> Html {
    let deed = row.moment.deed;
    let words = match deed {
        Deed::Clock => "nothing happens for a while".into(),
        Deed::Rest if first => "nothing has happened yet".into(),
        Deed::Rest => "nothing more happens".into(),
        Deed::Hold | Deed::Release => telling(row, first, names).sentence(),
        _ => return Html::default(),
    };
    html! { <span class="seq-across" aria-hidden="true"><span>{ sign(Sign::Deed(deed)) }{ words }</span></span> }
}

/// What a process did, beside its lane. A message that it sent says it itself.
fn beside(row: &Row, lane: u8, lanes: usize) -> Html {
    let words = match row.moment.deed {
        Deed::Act if row.sent.is_empty() => &row.moment.words,
        Deed::Crash => "crashes",
        Deed::Restart => "restarts",
        Deed::Isolate => "is cut off",
        Deed::Heal => "is reached again",
        _ => return Html::default(),
    };
    let right = usize::from(lane) * 2 < lanes;
    html! { <span class={classes!("seq-label", "deed", side(lane, right))} aria-hidden="true">{ words }</span> }
}

/// The classes of what stands beside a lane: from the lane to the right edge, or from the left edge to the lane.
fn side(lane: u8, right: bool) -> Classes {
    classes!(if right { "right" } else { "left" }, format!("at-{lane}"))
}

struct Group {
    from: u8,
    right: bool,
    words: String,
}

/// Messages that leave a lane in one moment on the same side share a label.
fn groups(sent: &[Sent]) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for sent in sent.iter().filter(|sent| !sent.twin) {
        let right = sent.to > sent.from;
        match groups.iter_mut().find(|group| (group.from, group.right) == (sent.from, right)) {
            Some(group) if group.words.split(" · ").any(|words| words == &*sent.words) => {}
            Some(group) => group.words = format!("{} · {}", group.words, sent.words),
            None => groups.push(Group { from: sent.from, right, words: sent.words.to_string() }),
        }
    }
    groups
}
