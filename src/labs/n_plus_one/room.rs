//! The stage: the program on one side, what it asks on the other, and what belongs to neither beneath.

use super::compare::Compare;
use super::details::Details;
use super::findings::findings;
use super::listing::listing;
use super::log::Log;
use super::question::Panel;
use super::reading::{Read, Reading, Same};
use super::sweep::Sweep;
use super::totals::totals;
use super::waterfall::Waterfall;
use super::{NPlusOne, settings};
use crate::draw::fold::fold;
use crate::labs::{Mode, StageContext, Turn};
use interleave_queries::{Nanos, Scenario, Scene};
use std::rc::Rc;
use yew::prelude::*;

/// One scene of a run.
pub fn stage(scene: &Scene, context: &StageContext<NPlusOne>) -> Html {
    let run = scene.run.clone().map(Same);
    let Scene { clock, about, found, over, .. } = *scene;
    let moment = Moment { clock, about, found, over };
    html! {
        <div class={classes!("queries", context.stale.then_some("stale"))}>
            <Room {run} {moment} scenario={context.scenario.clone()} stale={context.stale} go={context.go.clone()}
                edit={context.edit.clone()} start={context.run.clone()} />
            { fold("The database", "what is in it, and its indexes", "database", false, settings::panel(context)) }
            <Panels scenario={context.scenario.clone()} turn={context.turn.clone()} roomy={context.mode == Mode::Full} />
        </div>
    }
}

/// A scene without its run.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Moment {
    pub clock: Nanos,
    pub about: Option<u32>,
    pub found: u32,
    pub over: bool,
}

#[derive(PartialEq, Properties)]
pub struct Props {
    pub run: Option<Same>,
    pub moment: Moment,
    pub scenario: Scenario,
    /// The program was edited and has not run yet.
    pub stale: bool,
    pub go: Callback<usize>,
    pub edit: Callback<Scenario>,
    pub start: Callback<()>,
}

/// What belongs to one frame. A group of queries that the reader has picked stays picked in the next one.
#[component]
fn Room(props: &Props) -> Html {
    let reading = use_memo(props.run.clone(), |run| run.as_ref().map(|run| Read(Rc::new(Reading::of(&run.0)))));
    let picked = use_state(|| None::<usize>);
    {
        // Groups of another run are other groups.
        let picked = picked.setter();
        use_effect_with(props.run.clone(), move |_| picked.set(None));
    }
    let pick = {
        let picked = picked.clone();
        Callback::from(move |group: usize| picked.set((*picked != Some(group)).then_some(group)))
    };
    let picked = *picked;
    let show = {
        let (pick, go) = (pick.clone(), props.go.clone());
        Callback::from(move |(group, frame): (usize, usize)| {
            if picked != Some(group) {
                pick.emit(group);
            }
            go.emit(frame);
        })
    };
    let read = (*reading).clone();
    let moment = &props.moment;
    html! {
        <>
            <div class="queries-front">
                { listing(props, read.as_ref()) }
                <div class="queries-asked">
                    if let Some(read) = &read {
                        { beside(moment, read, picked, &pick, &show) }
                    } else {
                        <p class="empty">{ "what the program asks of its database" }</p>
                    }
                </div>
            </div>
            if let Some(read) = read {
                <Log {read} clock={moment.clock} about={moment.about} {show} />
            }
        </>
    }
}

fn beside(
    moment: &Moment,
    read: &Read,
    picked: Option<usize>,
    pick: &Callback<usize>,
    show: &Callback<(usize, usize)>,
) -> Html {
    let about = moment.about.and_then(|query| read.run.group_of.get(query as usize)).map(|group| *group as usize);
    let picked = picked.filter(|group| *group < read.run.groups.len());
    let shown = picked.or(about).or_else(|| read.largest());
    html! {
        <>
            { totals(read, moment) }
            <Waterfall read={read.clone()} clock={moment.clock} over={moment.over} {about} {picked} {pick} />
            { findings(read, moment, show) }
            if let Some(group) = shown {
                <Details read={read.clone()} {group} clock={moment.clock} />
            }
        </>
    }
}

#[derive(PartialEq, Properties)]
struct PanelProps {
    scenario: Scenario,
    turn: Callback<Turn<NPlusOne>>,
    /// There is room for all of them.
    roomy: bool,
}

/// What belongs to the scenario and not to a frame of it: it is not drawn again while the reader goes from frame to frame.
#[component]
fn Panels(props: &PanelProps) -> Html {
    let PanelProps { scenario, turn, roomy } = props;
    html! {
        <>
            { fold("Compare", "six ways to write the product catalogue", "comparison", *roomy, html! {
                <Panel<Compare> scenario={scenario.clone()} turn={turn.clone()} />
            }) }
            { fold("Sweep", "more products, and a longer way to the database", "sweep", *roomy, html! {
                <Panel<Sweep> scenario={scenario.clone()} turn={turn.clone()} />
            }) }
        </>
    }
}
