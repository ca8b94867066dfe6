//! What may happen next, each where it would happen: under the lane, beside the message.

use super::offers::{Column, Letter, Offers};
use super::sign::{Sign, sign};
use super::telling::{capital, message, name};
use interleave_protocols::diagram::{Deed, Diagram, End, Offer, Place};
use yew::prelude::*;

/// Messages that are shown at a lane; the others are folded away.
const SHOWN: usize = 5;

/// What is needed to offer something.
struct Desk<'a> {
    diagram: &'a Diagram,
    names: &'a [String],
    choose: &'a Callback<u16>,
    /// The scenario was edited: what is offered belongs to the old one.
    stale: bool,
}

/// The foot of the diagram.
pub fn foot(diagram: &Diagram, names: &[String], choose: &Callback<u16>, stale: bool) -> Html {
    let offers = Offers::of(diagram);
    if offers.is_empty() {
        // The last row may have said it.
        let said = diagram.row() > 0 && diagram.moments.last().is_some_and(|last| last.deed == Deed::Rest);
        return if said { Html::default() } else { over() };
    }
    let desk = Desk { diagram, names, choose, stale };
    desk.foot(&offers)
}

fn over() -> Html {
    html! { <p class="seq-over">{ "Nothing more can happen." }</p> }
}

impl Desk<'_> {
    fn foot(&self, offers: &Offers) -> Html {
        html! {
            <div class="seq-next" role="group" aria-label="What may happen next">
                if !offers.everywhere.is_empty() {
                    <div class="seq-everywhere">{ for offers.everywhere.iter().map(|offer| self.button(offer, "wide")) }</div>
                }
                <span class="seq-gutter"></span>
                { for (0..).zip(&offers.columns).map(|(lane, column)| self.column(lane, column)) }
            </div>
        }
    }

    fn column(&self, lane: u8, column: &Column) -> Html {
        let who = name(self.names, lane).to_owned();
        let (shown, folded) = column.letters.split_at(column.letters.len().min(SHOWN));
        let class = classes!("seq-offers", column.is_empty().then_some("none"));
        html! {
            <div {class} role="group" aria-label={who.clone()}>
                <p class="seq-whose" aria-hidden="true">{ who }</p>
                { for column.acts.iter().map(|offer| self.button(offer, "wide")) }
                { for shown.iter().map(|letter| self.letter(letter)) }
                if !folded.is_empty() {
                    <details class="seq-more">
                        <summary>{ format!("{} more on the way", folded.len()) }</summary>
                        { for folded.iter().map(|letter| self.letter(letter)) }
                    </details>
                }
                if !column.befalls.is_empty() {
                    <div class="seq-befalls">{ for column.befalls.iter().map(|offer| self.button(offer, "")) }</div>
                }
            </div>
        }
    }

    /// A message on its way, and what may become of it.
    fn letter(&self, letter: &Letter) -> Html {
        let arrow = letter.arrow;
        let held = arrow.end == End::Held;
        let from = name(self.names, arrow.from).to_owned();
        let words = message(self.names, arrow.from, arrow.to, &arrow.words);
        let next = letter.offers.iter().any(|offer| offer.next);
        let class = classes!("seq-letter", held.then_some("held"), next.then_some("next"));
        html! {
            <div {class} key={letter.at} data-move={format!("message-{}", letter.at)} title={words.clone()} role="group" aria-label={words}>
                <p class="seq-words">
                    <code>{ &*arrow.words }</code>
                    if arrow.twin { <span class="seq-twin" title="The network doubled it">{ sign(Sign::Deed(Deed::Duplicate)) }<span class="sr">{ ", a twin" }</span></span> }
                </p>
                <p class="seq-sender">
                    { "from " }{ from }
                    if held { <span class="seq-held-up">{ sign(Sign::Deed(Deed::Hold)) }{ "held up" }</span> }
                    else if letter.behind { <span>{ ", behind another" }</span> }
                </p>
                if !letter.offers.is_empty() {
                    <div class="seq-fates">{ for letter.offers.iter().map(|offer| self.button(offer, "")) }</div>
                }
            </div>
        }
    }

    /// Something that may happen. Faults show their sign, and their name to whoever points at them or listens.
    fn button(&self, offer: &Offer, class: &'static str) -> Html {
        let kind = if offer.deed.fault().is_some() { "fault" } else { "step" };
        let next = offer.next.then_some("next");
        let act = (offer.deed == Deed::Act).then_some("act");
        let class = classes!("seq-offer", kind, class, next, act);
        let (short, rest) = (short(offer), self.rest(offer));
        let title =
            if offer.next { format!("{short}{rest}: happens next by itself") } else { format!("{short}{rest}") };
        html! {
            <button type="button" key={format!("{:?}{:?}{}", offer.deed, offer.place, offer.words)} {class} {title}
                aria-disabled={self.stale.then_some("true")} onclick={self.pick(offer.pick)}>
                if offer.deed != Deed::Act { { sign(Sign::Deed(offer.deed)) } }
                <span class="seq-short">{ short }</span><span class="sr">{ rest }</span>
                if offer.next { <span class="seq-by-itself">{ "next" }</span> }
            </button>
        }
    }

    fn pick(&self, pick: u16) -> Callback<MouseEvent> {
        if self.stale { Callback::noop() } else { self.choose.reform(move |_| pick) }
    }

    /// What everything around says to whoever sees it: where it would happen.
    fn rest(&self, offer: &Offer) -> String {
        let name = |lane| name(self.names, lane);
        match offer.place {
            Place::Everywhere => String::new(),
            Place::Lane(lane) => match offer.deed {
                Deed::Act | Deed::Timeout | Deed::EarlyTimeout => format!(", {}", name(lane)),
                _ => format!(" {}", name(lane)),
            },
            Place::Link(from, to) => format!(" the link from {} to {}", name(from), name(to)),
            Place::Arrow(at) => match self.diagram.arrows.get(at as usize) {
                Some(arrow) => {
                    let with = if offer.deed == Deed::Overtake { "with " } else { "" };
                    format!(" {with}“{}” from {} to {}", arrow.words, name(arrow.from), name(arrow.to))
                }
                None => " a message".into(),
            },
        }
    }
}

/// A word or two.
fn short(offer: &Offer) -> String {
    let about = |what: &str| if offer.words.is_empty() { what.to_owned() } else { format!("{what}: {}", offer.words) };
    match offer.deed {
        Deed::Act => capital(&offer.words),
        Deed::Rest => "Nothing".into(),
        Deed::Deliver => "Deliver".into(),
        Deed::Overtake => "Overtake".into(),
        Deed::Lose => "Lose".into(),
        Deed::Duplicate => "Double".into(),
        Deed::Hold => "Hold".into(),
        Deed::Release => "Release".into(),
        Deed::Isolate => "Cut off".into(),
        Deed::Heal => "Heal".into(),
        Deed::Clock => "Nothing happens for a while".into(),
        Deed::Timeout => about("Time out"),
        Deed::EarlyTimeout => about("Time out now"),
        Deed::Crash => "Crash".into(),
        Deed::Restart => "Restart".into(),
    }
}
