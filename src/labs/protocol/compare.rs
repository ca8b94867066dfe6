//! Two protocols under the same faults: what each costs, and what becomes of it.

use super::catalogue::Named;
use super::picture::Picture;
use super::stepper::Stepper;
use super::subject::Subject;
use super::{budget, figures};
use crate::labs::Failure;
use crate::worker::{Asking, Engine, Number};
use interleave_protocols::diagram::{Diagram, Figures};
use interleave_protocols::play::{Comparison, Side};
use interleave_protocols::{Budget, Fault};
use std::rc::Rc;
use web_sys::HtmlSelectElement;
use yew::prelude::*;

/// How many runs are averaged.
const RUNS: u16 = 200;

#[derive(PartialEq, Properties)]
pub struct Props {
    /// What there is to choose from. At least two; the first two are those that one begins with.
    pub sides: &'static [Named],
}

/// The panel.
pub struct Compare {
    /// Indices among the variants.
    sides: [usize; 2],
    faults: Budget,
    seed: u64,
    asking: Asking,
    /// Runs of both sides that are over.
    so_far: u16,
    failure: Option<Failure>,
    found: Option<Found>,
}

impl Default for Compare {
    fn default() -> Self {
        let faults = Budget { crash: 1, loss: 1, ..Budget::default() };
        Self { sides: [0, 1], faults, seed: 1, asking: Asking::default(), so_far: 0, failure: None, found: None }
    }
}

/// An answer, and to what.
struct Found {
    titles: [&'static str; 2],
    seed: u64,
    sides: Box<[Side; 2]>,
    pictures: [Rc<Diagram>; 2],
}

pub enum Msg {
    Compare,
    Stop,
    Side(usize, usize),
    Faults(Budget),
    Seed(u64),
    SoFar(Number, u16),
    Found(Number, Result<Box<[Side; 2]>, Failure>),
}

impl Component for Compare {
    type Message = Msg;
    type Properties = Props;

    fn create(_: &Context<Self>) -> Self {
        Self::default()
    }

    fn changed(&mut self, ctx: &Context<Self>, before: &Props) -> bool {
        if ctx.props() != before {
            *self = Self::default();
        }
        true
    }

    fn update(&mut self, ctx: &Context<Self>, message: Msg) -> bool {
        match message {
            Msg::Compare => return self.compare(ctx),
            Msg::Stop => self.asking.stop(),
            Msg::Side(side, variant) => self.sides[side] = variant,
            Msg::Faults(faults) => self.faults = faults,
            Msg::Seed(seed) => self.seed = seed,
            Msg::SoFar(number, so_far) if self.asking.is_newest(number) => {
                self.so_far = so_far;
                return true;
            }
            Msg::Found(number, found) if self.asking.is_answered(number) => {
                match found {
                    Ok(sides) => {
                        let titles = self.chosen(ctx).map(|side| side.title.as_str());
                        let pictures = sides.each_ref().map(|side| Rc::new(side.diagram.clone()));
                        self.found = Some(Found { titles, seed: self.seed, sides, pictures });
                    }
                    Err(failure) => self.failure = Some(failure),
                }
                return true;
            }
            Msg::SoFar(..) | Msg::Found(..) => return false,
        }
        // Whoever looks at a comparison and changes something wants to see what becomes of it.
        if (self.found.is_some() || self.asking.is_busy()) && !matches!(message, Msg::Stop) {
            self.compare(ctx);
        }
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let kinds = shared(&self.subjects(ctx));
        let link = ctx.link();
        html! {
            <div class="compare">
                <div class="compare-sides">
                    { self.choice(ctx, 0, "One side") }
                    <span aria-hidden="true">{ "against" }</span>
                    { self.choice(ctx, 1, "The other side") }
                </div>
                { budget::steppers(&kinds, self.faults, &link.callback(Msg::Faults)) }
                <div class="explore-bar">
                    <Stepper name="Seed" what="Picks each step of the run that is shown; the other runs have the seeds after it" value={self.seed}
                        words={("previous", "next")} change={link.callback(Msg::Seed)} />
                    if self.asking.is_busy() {
                        <button type="button" class="lab-button" onclick={link.callback(|_| Msg::Stop)}>{ "Stop" }</button>
                    } else {
                        <button type="button" class="lab-button main" onclick={link.callback(|_| Msg::Compare)}>{ "Compare" }</button>
                    }
                    <p role="status">{ self.state() }</p>
                </div>
                if let Some(found) = &self.found { { self.result(found) } }
            </div>
        }
    }
}

impl Compare {
    fn chosen(&self, ctx: &Context<Self>) -> [&'static Named; 2] {
        let all = ctx.props().sides;
        self.sides.map(|side| &all[side.min(all.len() - 1)])
    }

    fn subjects(&self, ctx: &Context<Self>) -> [Subject; 2] {
        self.chosen(ctx).map(|side| side.subject.clone())
    }

    fn compare(&mut self, ctx: &Context<Self>) -> bool {
        let sides = self.subjects(ctx);
        // What cannot happen to both is not allowed to either.
        let faults = shared(&sides)
            .into_iter()
            .fold(Budget::default(), |budget, fault| budget.with(fault, self.faults.left(fault)));
        let comparison = Comparison { sides, faults, seed: self.seed, runs: RUNS };
        (self.so_far, self.failure) = (0, None);
        let (progress, answer) = (ctx.link().clone(), ctx.link().clone());
        self.asking.ask(
            Engine::Explorer,
            "compare",
            &comparison,
            move |number, so_far| progress.send_message(Msg::SoFar(number, so_far)),
            move |number, found| answer.send_message(Msg::Found(number, found)),
        );
        true
    }

    /// Where the comparison stands, in words.
    fn state(&self) -> String {
        match &self.failure {
            Some(failure) => format!("{} {}", failure.title, failure.advice),
            None if self.asking.is_busy() => match self.so_far {
                0 => "Running …".into(),
                runs => format!("{runs} of {} runs …", 2 * RUNS),
            },
            None if self.found.is_none() => "What does each cost, and what becomes of it?".into(),
            None => String::new(),
        }
    }

    fn choice(&self, ctx: &Context<Self>, side: usize, name: &'static str) -> Html {
        let pick = ctx.link().batch_callback(move |event: Event| {
            let index = event.target_unchecked_into::<HtmlSelectElement>().selected_index();
            usize::try_from(index).ok().map(|variant| Msg::Side(side, variant))
        });
        html! {
            <select class="pill" aria-label={name} onchange={pick}>
                { for ctx.props().sides.iter().enumerate().map(|(at, named)| html! {
                    <option selected={at == self.sides[side]}>{ &named.title }</option>
                }) }
            </select>
        }
    }

    fn result(&self, found: &Found) -> Html {
        html! {
            <div class={classes!("compared", self.asking.is_busy().then_some("old"))} aria-busy={self.asking.is_busy().to_string()}>
                { figures::table(&found.sides, found.titles, found.seed) }
                <p class="hint">
                    { format!("Time is counted in hops. A message takes one hop, and who waits until a timer goes off has waited {}.", Figures::PATIENCE) }
                </p>
                { pictures(found) }
            </div>
        }
    }
}

/// What can go wrong on both sides. What cannot happen to one of them would be no comparison.
fn shared(sides: &[Subject; 2]) -> Vec<Fault> {
    let [one, other] = sides.each_ref().map(Subject::faults);
    one.iter().filter(|fault| other.contains(fault)).copied().collect()
}

/// How both runs of the seed went, side by side.
fn pictures(found: &Found) -> Html {
    html! {
        <div class="compare-pictures">
            { for found.pictures.iter().zip(found.titles).map(|(diagram, title)| html! {
                <figure key={title}>
                    <figcaption>{ title }</figcaption>
                    <div class="compare-scroll" role="group" aria-label={title} tabindex="0"><Picture diagram={Rc::clone(diagram)} /></div>
                </figure>
            }) }
        </div>
    }
}
