//! The schedule as a strip of turns: moved by hand, by key or by button.

use super::session;
use super::turns::{self, Edit};
use interleave_sql::lab::Scenario;
use interleave_sql::lab::scene::Session;
use wasm_bindgen::JsCast;
use web_sys::{DragEvent, Element, HtmlElement};
use yew::prelude::*;

#[derive(PartialEq, Properties)]
pub struct Props {
    pub scenario: Scenario,
    /// How many statements of each session have begun where the learner stands.
    pub begun: Vec<usize>,
    /// How many statements each session has.
    pub statements: Vec<usize>,
    /// The schedule is to be changed so.
    pub onchange: Callback<Edit>,
}

#[derive(Default)]
pub struct Strip {
    list: NodeRef,
    /// The turn that the buttons are about, and that Tab leads to.
    chosen: usize,
    /// The turn that is being dragged.
    dragged: Option<usize>,
    focus: bool,
}

pub enum Msg {
    Choose(usize),
    Edit(Edit),
    Drag(Option<usize>),
}

impl Component for Strip {
    type Message = Msg;
    type Properties = Props;

    fn create(_: &Context<Self>) -> Self {
        Self::default()
    }

    fn changed(&mut self, ctx: &Context<Self>, _: &Props) -> bool {
        self.chosen = self.chosen.min(ctx.props().scenario.schedule.len().saturating_sub(1));
        true
    }

    fn update(&mut self, ctx: &Context<Self>, message: Msg) -> bool {
        let schedule = &ctx.props().scenario.schedule;
        let last = schedule.len().saturating_sub(1);
        match message {
            Msg::Choose(at) => {
                self.chosen = at.min(last);
                self.focus = true;
            }
            Msg::Edit(edit) => {
                self.dragged = None;
                match edit {
                    Edit::Move { to, .. } => self.chosen = to.min(last),
                    Edit::Remove(at) => self.chosen = at.min(last.saturating_sub(1)),
                    Edit::Add(_) => self.chosen = schedule.len(),
                    Edit::Clear => self.chosen = 0,
                }
                self.focus = matches!(edit, Edit::Move { .. } | Edit::Remove(_));
                if edit.apply(schedule) != *schedule {
                    ctx.props().onchange.emit(edit);
                }
            }
            Msg::Drag(at) => self.dragged = at,
        }
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let props = ctx.props();
        let schedule = &props.scenario.schedule;
        let link = ctx.link();
        let nth = turns::statements(schedule);
        let chosen = schedule.get(self.chosen).copied();
        let off = |off: bool| off.then_some("true");
        let at = self.chosen;
        html! {
            <div role="group" class="panel strip" aria-label="Schedule">
                <div class="cap"><h3><b>{ "Schedule" }</b></h3><span>{ "whose statement runs next" }</span></div>
                <ol class="turns" ref={&self.list} aria-label="Turns; the arrows choose one, Alt with an arrow moves it, Delete removes it">
                    { for schedule.iter().zip(nth).enumerate().map(|(i, (&session, nth))| self.turn(ctx, i, session, nth)) }
                    if self.rest(ctx) > 0 {
                        <li class="then">{ if schedule.is_empty() { "they take turns" } else { "then they take turns" } }</li>
                    }
                </ol>
                <div class="strip-tools">
                    if let Some(session) = chosen {
                        <span class="strip-chosen">{ format!("Turn {}: {}", at + 1, session::script_name(&props.scenario, session)) }</span>
                        <button type="button" class="lab-button quiet" title="Earlier (Alt ←)" aria-disabled={off(at == 0)}
                            onclick={link.callback(move |_| Msg::Edit(Edit::Move { from: at, to: at.saturating_sub(1) }))}>{ "← Earlier" }</button>
                        <button type="button" class="lab-button quiet" title="Later (Alt →)" aria-disabled={off(at + 1 == schedule.len())}
                            onclick={link.callback(move |_| Msg::Edit(Edit::Move { from: at, to: at + 1 }))}>{ "Later →" }</button>
                        <button type="button" class="lab-button quiet" title="Remove (Delete)"
                            onclick={link.callback(move |_| Msg::Edit(Edit::Remove(at)))}>{ "Remove" }</button>
                    }
                    <span class="strip-add">
                        { for (0..props.scenario.sessions.len() as Session).map(|session| html! {
                            <button type="button" class="lab-button quiet" onclick={link.callback(move |_| Msg::Edit(Edit::Add(session)))}
                                title={format!("Add a turn for {}", session::script_name(&props.scenario, session))}>
                                <span aria-hidden="true">{ "+" }</span>{ session::mark(session) }
                                <span class="sr">{ format!("Add a turn for {}", session::script_name(&props.scenario, session)) }</span>
                            </button>
                        }) }
                        if !schedule.is_empty() {
                            <button type="button" class="lab-button quiet" onclick={link.callback(|_| Msg::Edit(Edit::Clear))} title="Empty the schedule">{ "Clear" }</button>
                        }
                    </span>
                </div>
            </div>
        }
    }

    fn rendered(&mut self, _: &Context<Self>, _: bool) {
        if std::mem::take(&mut self.focus)
            && let Some(list) = self.list.cast::<Element>()
            && let Ok(Some(turn)) = list.query_selector("[tabindex='0']")
            && let Some(turn) = turn.dyn_ref::<HtmlElement>()
        {
            let _ = turn.focus();
        }
    }
}

impl Strip {
    /// Statements that the schedule says nothing about.
    fn rest(&self, ctx: &Context<Self>) -> usize {
        let schedule = &ctx.props().scenario.schedule;
        let planned = |session: usize| schedule.iter().filter(|&&turn| usize::from(turn) == session).count();
        let statements = ctx.props().statements.iter().enumerate();
        statements.map(|(session, &count)| count.saturating_sub(planned(session))).sum()
    }

    fn turn(&self, ctx: &Context<Self>, at: usize, session: Session, nth: usize) -> Html {
        let props = ctx.props();
        let link = ctx.link();
        let name = session::script_name(&props.scenario, session);
        let of = |counts: &[usize]| counts.get(usize::from(session)).copied().unwrap_or_default();
        let begun = nth < of(&props.begun);
        // Before the first run nobody knows how many statements there are.
        let empty = !props.statements.is_empty() && nth >= of(&props.statements);
        let state = if begun {
            ", has run"
        } else if empty {
            ", which there is not"
        } else {
            ""
        };
        let dragged = self.dragged;
        html! {
            <li class={classes!((self.dragged == Some(at)).then_some("dragged"))}
                ondragover={Callback::from(move |event: DragEvent| if dragged.is_some() { event.prevent_default() })}
                ondrop={link.batch_callback(move |event: DragEvent| {
                    event.prevent_default();
                    dragged.map(|from| Msg::Edit(Edit::Move { from, to: at }))
                })}>
                <button type="button" draggable="true" tabindex={if at == self.chosen { "0" } else { "-1" }}
                    class={classes!("turn", session::role(session), begun.then_some("begun"), empty.then_some("empty-turn"))}
                    aria-pressed={(at == self.chosen).to_string()}
                    onclick={link.callback(move |_| Msg::Choose(at))}
                    onkeydown={link.batch_callback(move |event: KeyboardEvent| key(&event, at))}
                    ondragstart={link.callback(move |event: DragEvent| {
                        // Firefox drags nothing that carries nothing.
                        if let Some(data) = event.data_transfer() {
                            let _ = data.set_data("text/plain", &(at + 1).to_string());
                        }
                        Msg::Drag(Some(at))
                    })}
                    ondragend={link.callback(|_| Msg::Drag(None))}>
                    <span class="sr">{ format!("Turn {}, {name}, statement ", at + 1) }</span>
                    { session::mark(session) }<small>{ nth + 1 }</small>
                    <span class="sr">{ state }</span>
                </button>
            </li>
        }
    }
}

/// What a key does to the turn at `at`. Keys of the strip are not the player's.
fn key(event: &KeyboardEvent, at: usize) -> Option<Msg> {
    if event.ctrl_key() || event.meta_key() || event.shift_key() {
        return None;
    }
    let message = match (event.key().as_str(), event.alt_key()) {
        ("ArrowLeft", true) => Msg::Edit(Edit::Move { from: at, to: at.saturating_sub(1) }),
        ("ArrowRight", true) => Msg::Edit(Edit::Move { from: at, to: at + 1 }),
        ("ArrowLeft", false) => Msg::Choose(at.saturating_sub(1)),
        ("ArrowRight", false) => Msg::Choose(at + 1),
        ("Home", false) => Msg::Choose(0),
        ("End", false) => Msg::Choose(usize::MAX),
        ("Delete" | "Backspace", false) => Msg::Edit(Edit::Remove(at)),
        _ => return None,
    };
    event.prevent_default();
    Some(message)
}
