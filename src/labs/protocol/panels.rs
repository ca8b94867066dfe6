//! The stage of a protocol: the diagram, and the panels that stand beside it.

use super::catalogue::offer_of;
use super::compare::Compare;
use super::explore::Explore;
use super::lab::Protocol;
use super::settings::Settings;
use super::subject::Play;
use super::{Stage, turns};
use crate::draw::fold::fold;
use crate::labs::{Mode, StageContext, Turn};
use interleave_protocols::diagram::Diagram;
use interleave_protocols::play::Way;
use yew::prelude::*;

/// One frame of a run.
pub fn stage(scene: &Diagram, context: &StageContext<Protocol>) -> Html {
    let choose =
        {
            // What happens next anyway is no choice: it is the next frame.
            let (next, at, go) = (scene.next().map(|offer| offer.pick), context.at, context.go.clone());
            let turn = context.turn.clone();
            Callback::from(move |pick: u16| {
                if Some(pick) == next { go.emit(at + 1) } else { turn.emit(turns::choose::<Protocol>(pick)) }
            })
        };
    let walk = context.turn.reform(turns::walk::<Protocol>);
    let (at, mode, stale, go) = (context.at, context.mode, context.stale, &context.go);
    let below =
        html! { <Panels play={context.scenario.clone()} turn={context.turn.clone()} roomy={mode == Mode::Full} /> };
    Stage { diagram: scene, at, mode, stale, go, choose: &choose, walk: &walk, panels: Html::default(), below }.view()
}

#[derive(PartialEq, Properties)]
struct Props {
    play: Play,
    turn: Callback<Turn<Protocol>>,
    /// There is room for all of them.
    roomy: bool,
}

/// What belongs to the scenario and not to a frame of it: it is not drawn again while the reader goes from frame to frame.
#[component]
fn Panels(props: &Props) -> Html {
    let Props { play, turn, roomy } = props;
    let set = turn.reform(turns::set::<Protocol>);
    let open = turn.reform(|(picks, row): (Vec<u16>, usize)| turns::open::<Protocol>(Way::Picks(picks), row));
    html! {
        <>
            { fold("Check every order", "within a budget of faults", "explore", true, html! {
                <Explore play={play.clone()} {open} change={set.clone()} />
            }) }
            { fold("What is set", "and which precautions are taken", "settings", false, html! {
                <Settings subject={play.subject.clone()} change={set} />
            }) }
            { fold("Histories of chance", "a seed picks each step", "chance", false, chance(play, turn)) }
            if *roomy {
                { fold("Compare", "two protocols, the same faults", "compare", false, html! { <Compare sides={offer_of(&play.subject).sides.as_slice()} /> }) }
            }
        </>
    }
}

/// Random orders, and a way back to one history.
fn chance(play: &Play, turn: &Callback<Turn<Protocol>>) -> Html {
    let seeds = play.histories.iter().filter_map(|way| if let Way::Seed(seed) = way { Some(*seed) } else { None });
    let next = seeds.max().map_or(1, |seed| seed.wrapping_add(1));
    let another = turn.reform(move |_: MouseEvent| turns::open::<Protocol>(Way::Seed(next), 0));
    let calm = turn.reform(|_: MouseEvent| turns::open::<Protocol>(Way::Calm, 0));
    let afresh = turn.reform(|_: MouseEvent| turns::afresh::<Protocol>());
    html! {
        <div class="chance">
            <button type="button" class="lab-button" onclick={another}>{ format!("Seed {next}") }</button>
            <button type="button" class="lab-button" onclick={calm}>{ "Nothing goes wrong" }</button>
            <button type="button" class="lab-button" onclick={afresh} disabled={play.histories.len() < 2}>
                { "Forget all but the first" }
            </button>
        </div>
    }
}
