//! Choosing an interview.

use super::kept::Kept;
use super::{Msg, Room};
use crate::practice::parts::text;
use interleave_course::Level;
use interleave_course::catalogue::Catalogue;
use interleave_course::interview::{Interview, Length, Turn};
use std::rc::Rc;
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

/// What was chosen.
pub struct Setup {
    /// Empty: any.
    role: String,
    pub(super) level: Level,
    pub(super) length: Length,
    /// The interview's id; empty: the first that suits.
    interview: String,
}

/// Something that is chosen.
pub enum Choice {
    Role(String),
    Level(Level),
    Length(Length),
    Interview(String),
}

impl Default for Setup {
    fn default() -> Self {
        Self { role: String::new(), level: Level::Mid, length: Length::Whole, interview: String::new() }
    }
}

const ROLES: [&str; 4] = ["backend", "data", "platform", "lead"];

impl Setup {
    pub(super) fn choose(&mut self, choice: Choice) {
        match choice {
            Choice::Role(role) => self.role = role,
            Choice::Level(level) => self.level = level,
            Choice::Length(length) => self.length = length,
            Choice::Interview(id) => self.interview = id,
        }
    }

    /// The role in words.
    pub(super) fn role(&self) -> String {
        if self.role.is_empty() { "any role".into() } else { self.role.clone() }
    }

    /// The interviews that suit.
    fn suiting<'a>(&self, bank: &'a Catalogue) -> Vec<&'a Interview> {
        let role = |interview: &Interview| {
            self.role.is_empty() || interview.roles.iter().any(|role| role_name(role) == self.role)
        };
        let suits = |interview: &&Interview| role(interview) && interview.levels.contains(&self.level);
        bank.interviews().iter().filter(suits).collect()
    }

    /// The one that was chosen, or the first that suits.
    pub(super) fn chosen(&self, bank: &Catalogue) -> Option<(String, Rc<Interview>)> {
        let suiting = self.suiting(bank);
        let chosen = suiting.iter().find(|interview| interview.id == self.interview).or(suiting.first())?;
        Some((chosen.id.clone(), Rc::new((*chosen).clone())))
    }

    pub(super) fn view(&self, ctx: &Context<Room>, kept: Option<Kept>) -> Html {
        let bank = ctx.props().shelf.bank();
        let suiting = self.suiting(bank);
        let chosen = self.chosen(bank).map(|(id, _)| id).unwrap_or_default();
        let begin = ctx.link().callback(|event: SubmitEvent| {
            event.prevent_default();
            Msg::Begin
        });
        html! {
            <>
                <h1>{"Mock interview"}</h1>
                <p class="lead">{"An interviewer describes a system that is in trouble and asks. You answer aloud or in writing, tick honestly what you said, and are asked further. It takes honesty, not speed: every clock can be extended, paused or hidden."}</p>
                { kept.map(|kept| begun(ctx, &kept)).unwrap_or_default() }
                <form class="setup" onsubmit={begin}>
                    <div class="setup-row">
                        { select(ctx, "Role", &self.role, &[("", "any")].into_iter().chain(ROLES.map(|role| (role, role))).collect::<Vec<_>>(), |role| Some(Choice::Role(role))) }
                        { select(ctx, "Level", self.level.name(), &Level::ALL.map(|level| (level.name(), level.name())), |name| Level::ALL.into_iter().find(|level| level.name() == name).map(Choice::Level)) }
                        { select(ctx, "Length", if self.length == Length::Short { "short" } else { "whole" }, &[("short", "short: 3 questions"), ("whole", "whole")],
                            |name| Some(Choice::Length(if name == "short" { Length::Short } else { Length::Whole }))) }
                    </div>
                    if suiting.is_empty() {
                        <p class="practice-empty" role="status">{"No interview is for that role and level. Choose another one."}</p>
                    } else {
                        <fieldset class="scenarios">
                            <legend>{"Scenario"}</legend>
                            { for suiting.iter().map(|interview| scenario(ctx, interview, self, interview.id == chosen)) }
                        </fieldset>
                        <p><button type="submit" class="button main">{"Begin"}</button></p>
                    }
                </form>
            </>
        }
    }
}

/// A role as files name it.
fn role_name(role: &impl AsRef<str>) -> &str {
    role.as_ref()
}

/// The one that was begun, if there is one.
fn begun(ctx: &Context<Room>, kept: &Kept) -> Html {
    match kept {
        Kept::Begun { interview, conversation } => {
            let (at, of) = conversation.position();
            let over = conversation.turn == Turn::Over;
            html! {
                <div class="practice-note kept">
                    <p><strong>{ &interview.title }</strong>{ if over { ": finished".to_string() } else { format!(": begun, at question {at} of {of}") } }</p>
                    <p class="files-ways">
                        <button type="button" class="button main" onclick={ctx.link().callback(|_| Msg::Resume)}>{ if over { "See the verdict" } else { "Go on" } }</button>
                        <button type="button" class="button" onclick={ctx.link().callback(|_| Msg::GiveUp)}>{ if over { "Put it away" } else { "Give it up" } }</button>
                    </p>
                </div>
            }
        }
        Kept::Strange => html! {
            <div class="practice-note kept">
                <p>{"An interview was begun here with another version of this site. It cannot go on; it stays in your export until you give it up."}</p>
                <p><button type="button" class="button" onclick={ctx.link().callback(|_| Msg::GiveUp)}>{"Give it up"}</button></p>
            </div>
        },
    }
}

fn select(
    ctx: &Context<Room>,
    label: &'static str,
    current: &str,
    options: &[(&'static str, &'static str)],
    choice: fn(String) -> Option<Choice>,
) -> Html {
    let changed = ctx.link().batch_callback(move |event: Event| {
        let value = event.target_dyn_into::<HtmlSelectElement>().map(|select| select.value());
        value.and_then(choice).map(Msg::Choose)
    });
    html! {
        <label>{ label }{" "}
            <select onchange={changed}>
                { for options.iter().map(|(value, words)| html! { <option value={*value} selected={*value == current}>{ *words }</option> }) }
            </select>
        </label>
    }
}

fn scenario(ctx: &Context<Room>, interview: &Interview, setup: &Setup, checked: bool) -> Html {
    let id = interview.id.clone();
    let changed = ctx.link().batch_callback(move |event: Event| {
        let input = event.target_dyn_into::<HtmlInputElement>();
        input.is_some_and(|input| input.checked()).then(|| Msg::Choose(Choice::Interview(id.clone())))
    });
    let stages = interview.stages.iter().filter(|stage| stage.from <= setup.level).take(setup.length.stages());
    let (count, minutes) = stages.fold((0, 0), |(count, minutes), stage| (count + 1, minutes + stage.minutes));
    html! {
        <label class="scenario">
            <input type="radio" name="scenario" {checked} onchange={changed} />
            <span>
                <strong>{ &interview.title }</strong>
                <span class="scenario-about">{ text(&interview.about) }</span>
                <span class="scenario-figures">{ format!("{count} questions, about {minutes} minutes and the follow-ups") }</span>
            </span>
        </label>
    }
}
