//! Choosing an exam.

use super::{Msg, Room};
use crate::practice::words::{clock, count};
use interleave_course::Level;
use interleave_course::brought::PART;
use interleave_course::session::{Exam, Plan, Wanted};
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

/// What was chosen.
pub struct Setup {
    questions: usize,
    /// Nothing: no limit.
    minutes: Option<u32>,
    level: Option<Level>,
    /// Parts of the book; none: all.
    parts: Vec<String>,
    /// Decks of those parts.
    decks: Vec<String>,
}

/// Something that is chosen.
pub enum Choice {
    Questions(usize),
    Minutes(Option<u32>),
    Level(Option<Level>),
    /// A part and the ids of its decks.
    Part(String, Vec<String>, bool),
}

impl Default for Setup {
    fn default() -> Self {
        Self { questions: 20, minutes: Some(30), level: None, parts: vec![], decks: vec![] }
    }
}

impl Setup {
    pub(super) fn choose(&mut self, choice: Choice) {
        match choice {
            Choice::Questions(questions) => self.questions = questions,
            Choice::Minutes(minutes) => self.minutes = minutes,
            Choice::Level(level) => self.level = level,
            Choice::Part(part, decks, chosen) => {
                self.parts.retain(|other| *other != part);
                self.decks.retain(|other| !decks.contains(other));
                if chosen {
                    self.parts.push(part);
                    self.decks.extend(decks);
                }
            }
        }
    }

    pub(super) fn plan(&self, seed: u64) -> Plan {
        let wanted = Wanted { decks: self.decks.clone(), level: self.level, kinds: vec![] };
        Plan { questions: self.questions, minutes: self.minutes, wanted, seed }
    }

    pub(super) fn view(&self, ctx: &Context<Room>, kept: Option<Result<Exam, ()>>) -> Html {
        let shelf = &ctx.props().shelf;
        let wanted = self.plan(0).wanted;
        let there = shelf.candidates().filter(|one| one.is_judged_alone() && wanted.takes(one)).count();
        let begin = ctx.link().callback(|event: SubmitEvent| {
            event.prevent_default();
            Msg::Begin
        });
        let level = |name: String| Choice::Level(Level::ALL.into_iter().find(|level| level.name() == name));
        let levels: Vec<(String, String)> = [("".into(), "all".into())]
            .into_iter()
            .chain(Level::ALL.map(|level| (level.name().into(), level.name().into())))
            .collect();
        let numbers = [10, 20, 30, 50].map(|number: usize| (number.to_string(), number.to_string()));
        let times = [
            ("0", "no limit"),
            ("10", "10 minutes"),
            ("20", "20 minutes"),
            ("30", "30 minutes"),
            ("45", "45 minutes"),
            ("60", "60 minutes"),
            ("90", "90 minutes"),
        ]
        .map(|(value, words)| (value.to_string(), words.to_string()));
        let minutes = |value: String| Choice::Minutes(value.parse().ok().filter(|minutes| *minutes > 0));
        html! {
            <>
                <h1>{"Exam"}</h1>
                <p class="lead">{"Nothing is judged before you submit. The clock is silent, can be stopped and extended, and ends nothing by itself. Open questions and tasks in a lab are left out: no machine judges them from an answer alone."}</p>
                { kept.map(|kept| begun(ctx, kept)).unwrap_or_default() }
                <form class="setup" onsubmit={begin}>
                    <div class="setup-row">
                        { select(ctx, "Questions", &self.questions.to_string(), &numbers, |value| Choice::Questions(value.parse().unwrap_or(20))) }
                        { select(ctx, "Time", &self.minutes.unwrap_or(0).to_string(), &times, minutes) }
                        { select(ctx, "Level", self.level.map_or("", Level::name), &levels, level) }
                    </div>
                    <fieldset class="parts">
                        <legend>{"Topics (none ticked: all)"}</legend>
                        { for shelf.parts().into_iter().filter(|(part, _)| *part != PART).map(|(part, decks)| {
                            let ids: Vec<String> = decks.iter().map(|deck| deck.id.clone()).collect();
                            self.part(ctx, part.to_string(), ids)
                        }) }
                        // One's own are as many topics as they are decks.
                        { for shelf.decks().iter().filter(|deck| deck.is_yours()).map(|deck| {
                            self.part(ctx, format!("{PART}: {}", deck.title), vec![deck.id.clone()])
                        }) }
                    </fieldset>
                    <p class="practice-count" role="status">
                        { if there == 0 { "No question is like that.".to_string() } else { format!("{} to draw from", count(there, "question")) } }
                    </p>
                    <p><button type="submit" class="button main" disabled={there == 0}>{ format!("Begin with {}", count(there.min(self.questions), "question")) }</button></p>
                </form>
            </>
        }
    }

    fn part(&self, ctx: &Context<Room>, part: String, ids: Vec<String>) -> Html {
        let checked = self.parts.contains(&part);
        let name = part.clone();
        let changed = ctx.link().callback(move |event: Event| {
            let chosen = event.target_dyn_into::<HtmlInputElement>().is_some_and(|input| input.checked());
            Msg::Choose(Choice::Part(name.clone(), ids.clone(), chosen))
        });
        html! { <label class="tick"><input type="checkbox" {checked} onchange={changed} /><span>{ part }</span></label> }
    }
}

/// The exam that was begun, if there is one.
fn begun(ctx: &Context<Room>, kept: Result<Exam, ()>) -> Html {
    let (words, resume) = match &kept {
        Err(()) => {
            ("An exam was begun here with another version of the questions, and cannot go on.".to_string(), None)
        }
        Ok(exam) if exam.is_submitted() => ("Your last exam is submitted.".to_string(), Some("See the review")),
        Ok(exam) => {
            let left = exam.clock.left(exam.begun).map(|left| format!(", {} left", clock(left))).unwrap_or_default();
            (
                format!("An exam is not finished: {} of {} answered{left}.", exam.answered(), exam.items().len()),
                Some("Go on"),
            )
        }
    };
    html! {
        <div class="practice-note kept">
            <p>{ words }</p>
            <p class="files-ways">
                if let Some(resume) = resume {
                    <button type="button" class="button main" onclick={ctx.link().callback(|_| Msg::Resume)}>{ resume }</button>
                }
                <button type="button" class="button" onclick={ctx.link().callback(|_| Msg::GiveUp)}>{"Put it away"}</button>
            </p>
        </div>
    }
}

fn select(
    ctx: &Context<Room>,
    label: &'static str,
    current: &str,
    options: &[(String, String)],
    choice: impl Fn(String) -> Choice + 'static,
) -> Html {
    let changed = ctx.link().batch_callback(move |event: Event| {
        event.target_dyn_into::<HtmlSelectElement>().map(|select| Msg::Choose(choice(select.value())))
    });
    html! {
        <label>{ label }{" "}
            <select onchange={changed}>
                { for options.iter().map(|(value, words)| html! { <option value={value.clone()} selected={value == current}>{ words }</option> }) }
            </select>
        </label>
    }
}
