//! Every order: how many of them end in which way, at each isolation level. A number leads to the shortest run of its kind.

use super::controls::level_name;
use super::verdict::anomaly;
use super::{Locking, turns};
use crate::draw::time::grouped;
use crate::labs::{Failure, Landing, Turn};
use crate::worker::{self, Engine};
use futures::future::{AbortHandle, abortable};
use interleave_sql::lab::scene::{Census, Ending};
use interleave_sql::lab::{Isolation, Scenario};
use serde::Serialize;
use std::rc::Rc;
use yew::prelude::*;

#[derive(PartialEq, Properties)]
pub struct Props {
    pub scenario: Scenario,
    pub turn: Callback<Turn<Locking>>,
}

/// What the engine is asked.
#[derive(Serialize)]
struct Question<'a> {
    scenario: &'a Scenario,
    isolation: Isolation,
}

#[derive(Default)]
pub struct EveryOrder {
    /// One for each level that has been explored, in the order of [`Isolation::ALL`].
    found: Vec<Census>,
    /// Orders of the level that is being explored, so far.
    so_far: u64,
    /// Ends the exploring that is under way.
    under_way: Option<AbortHandle>,
    failure: Option<Failure>,
    /// The number of the newest exploring: answers of others come too late.
    asked: u32,
}

pub enum Msg {
    Explore,
    Cancel,
    SoFar(u32, u64),
    Found(u32, Result<Census, Failure>),
    Open(Isolation, Vec<u8>),
}

impl Component for EveryOrder {
    type Message = Msg;
    type Properties = Props;

    fn create(_: &Context<Self>) -> Self {
        Self::default()
    }

    fn changed(&mut self, ctx: &Context<Self>, before: &Props) -> bool {
        // The order and the level of the run on stage make no difference: every one of them is explored.
        let asks =
            |scenario: &Scenario| (scenario.setup.clone(), scenario.sessions.clone(), scenario.invariant.clone());
        if asks(&ctx.props().scenario) != asks(&before.scenario) {
            self.stop();
            *self = Self { asked: self.asked, ..Self::default() };
        }
        true
    }

    fn update(&mut self, ctx: &Context<Self>, message: Msg) -> bool {
        match message {
            Msg::Explore => {
                self.stop();
                self.found.clear();
                self.failure = None;
                self.explore(ctx);
            }
            Msg::Cancel => self.stop(),
            Msg::SoFar(asked, orders) if asked == self.asked => self.so_far = orders,
            Msg::Found(asked, result) if asked == self.asked => {
                self.under_way = None;
                match result {
                    Ok(census) => {
                        self.found.push(census);
                        self.explore(ctx);
                    }
                    Err(failure) => self.failure = Some(failure),
                }
            }
            Msg::SoFar(..) | Msg::Found(..) => return false,
            Msg::Open(isolation, schedule) => {
                ctx.props().turn.emit(open(isolation, schedule));
                return false;
            }
        }
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let busy = self.under_way.is_some();
        html! {
            <div class="every-order">
                <div class="every-order-bar">
                    if busy {
                        <button type="button" class="lab-button" onclick={ctx.link().callback(|_| Msg::Cancel)}>{ "Stop" }</button>
                    } else {
                        <button type="button" class="lab-button" onclick={ctx.link().callback(|_| Msg::Explore)}>
                            { if self.found.is_empty() { "Try every order" } else { "Try again" } }
                        </button>
                    }
                    <span role="status">{ self.state() }</span>
                </div>
                if !self.found.is_empty() { { self.table(ctx) } }
            </div>
        }
    }

    fn destroy(&mut self, _: &Context<Self>) {
        self.stop();
    }
}

impl EveryOrder {
    /// Explores the next level, if there is one.
    fn explore(&mut self, ctx: &Context<Self>) {
        let Some(&isolation) = Isolation::ALL.get(self.found.len()) else { return };
        self.asked += 1;
        self.so_far = 0;
        let (asked, link) = (self.asked, ctx.link().clone());
        let question = Question { scenario: &ctx.props().scenario, isolation };
        // A scenario is strings, numbers and switches: its JSON cannot fail.
        let question = serde_json::to_string(&question).unwrap_or_default();
        let progress = link.clone();
        let exploring = async move {
            let answer = worker::ask(Engine::Sql, "census", question, move |bytes| {
                if let Ok(orders) = postcard::from_bytes(&bytes) {
                    progress.send_message(Msg::SoFar(asked, orders));
                }
            });
            answer.await.and_then(|bytes| postcard::from_bytes(&bytes).map_err(|_| Failure::unreadable()))
        };
        // Dropping it tells the worker to stop.
        let (exploring, handle) = abortable(exploring);
        self.under_way = Some(handle);
        wasm_bindgen_futures::spawn_local(async move {
            if let Ok(result) = exploring.await {
                link.send_message(Msg::Found(asked, result));
            }
        });
    }

    fn stop(&mut self) {
        if let Some(handle) = self.under_way.take() {
            handle.abort();
        }
        self.asked += 1;
    }

    /// Where the exploring stands, in words.
    fn state(&self) -> String {
        if let Some(failure) = &self.failure {
            return format!("{} {}", failure.title, failure.advice);
        }
        if self.under_way.is_some() {
            let level = Isolation::ALL.get(self.found.len()).map_or("", |&level| level_name(level));
            return match self.so_far {
                0 => format!("{level} …"),
                orders => format!("{level}: {} orders …", grouped(orders)),
            };
        }
        match self.found.first() {
            None => "Which of them lose something, and which wait or fail?".into(),
            Some(_) if self.found.len() < Isolation::ALL.len() => "Stopped.".into(),
            Some(census) => match self.found.iter().find_map(|census| census.cut) {
                Some(cut) => format!("Cut short after {} orders: the numbers are lower bounds.", grouped(cut)),
                None => format!(
                    "{} orders at each level. A number opens the shortest run of its kind.",
                    grouped(census.orders)
                ),
            },
        }
    }

    fn table(&self, ctx: &Context<Self>) -> Html {
        let mut endings: Vec<Ending> =
            self.found.iter().flat_map(|census| census.rows.iter().map(|row| row.ending)).collect();
        endings.sort_unstable();
        endings.dedup();
        let now = ctx.props().scenario.isolation;
        html! {
            <div class="census" tabindex="0" role="group" aria-label="Every order: the numbers">
                <table>
                    <thead><tr>
                        <th scope="col">{ "ends so" }</th>
                        { for self.found.iter().map(|census| html! {
                            <th scope="col" class={(census.isolation == now).then_some("here")}>{ level_name(census.isolation) }</th>
                        }) }
                    </tr></thead>
                    <tbody>
                        { for endings.iter().map(|&ending| html! {
                            <tr class={is_bad(ending).then_some("bad")}>
                                <th scope="row">{ name(ending) }</th>
                                { for self.found.iter().map(|census| html! { <td>{ number(ctx, census, ending) }</td> }) }
                            </tr>
                        }) }
                        <tr class="total">
                            <th scope="row">{ "all orders" }</th>
                            { for self.found.iter().map(|census| html! { <td>{ grouped(census.orders) }</td> }) }
                        </tr>
                    </tbody>
                </table>
            </div>
        }
    }
}

fn number(ctx: &Context<EveryOrder>, census: &Census, ending: Ending) -> Html {
    let Some(row) = census.rows.iter().find(|row| row.ending == ending && row.orders > 0) else {
        return html! { <span class="zero">{ "0" }</span> };
    };
    let (isolation, example) = (census.isolation, row.example.clone());
    let label = format!(
        "{} of {} orders at {}: {}. Open the shortest",
        grouped(row.orders),
        grouped(census.orders),
        level_name(isolation),
        name(ending)
    );
    html! {
        <button type="button" class="count" aria-label={label} title="Open the shortest run of this kind"
            onclick={ctx.link().callback(move |_| Msg::Open(isolation, example.clone()))}>{ grouped(row.orders) }</button>
    }
}

/// Opens a run that the exploring found, at its end: there is the verdict. The way to it is one key away.
fn open(isolation: Isolation, schedule: Vec<u8>) -> Turn<Locking> {
    Rc::new(move |scenario, _| {
        let landing: Landing<Locking> = Rc::new(|tape| turns::frame_of(tape, usize::MAX));
        Some((Scenario { isolation, schedule: schedule.clone(), ..scenario.clone() }, landing))
    })
}

fn is_bad(ending: Ending) -> bool {
    matches!(ending, Ending::InvariantBroken | Ending::Anomaly(_))
}

fn name(ending: Ending) -> String {
    match ending {
        Ending::Committed => "all commit".into(),
        Ending::Waited => "somebody waits".into(),
        Ending::Aborted => "somebody fails".into(),
        Ending::Deadlocked => "deadlock".into(),
        Ending::InvariantBroken => "the rule is broken".into(),
        Ending::Anomaly(kind) => anomaly(kind).to_lowercase(),
    }
}
