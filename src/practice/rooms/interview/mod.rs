//! `practice/interview/`: a conversation that pushes back.
//!
//! ```text
//! mod.rs    which conversation, and what changes it    talk.rs     what is asked, and the answer
//! setup.rs  choosing one                               rubric.rs   ticking, comparing
//! kept.rs   the one that was begun                     outcome.rs  the verdict
//! ```
//!
//! What comes next is decided in `crates/course/src/interview/conversation.rs`.

mod kept;
mod outcome;
mod rubric;
mod setup;
mod talk;

use super::RoomProps;
use crate::practice::parts::download::{download, today};
use crate::practice::store::Watch;
use crate::practice::store::clock::now;
use gloo::events::EventListener;
use gloo::timers::callback::Timeout;
use interleave_course::interview::{Compared, Conversation, Interview, Turn};
use interleave_course::memory::MINUTE;
use interleave_course::progress::Session;
use setup::Setup;
use std::rc::Rc;
use web_sys::HtmlElement;
use yew::prelude::*;

/// How long after the last key what is typed is kept, in milliseconds.
const REST: u32 = 400;

/// What happens.
pub enum Msg {
    Choose(setup::Choice),
    Begin,
    /// On with the one that was begun.
    Resume,
    /// The one that was begun is given up.
    GiveUp,
    GoOn,
    Say(String),
    Aloud(bool),
    Tick(String, bool),
    Flag(usize, bool),
    Compare(Compared),
    Extend(i64),
    Pause,
    Unpause,
    End,
    Export,
    /// Another one.
    Another,
    Keep,
    StoreChanged,
}

/// The room.
pub struct Room {
    setup: Setup,
    talk: Option<Talk>,
    /// Told after a download.
    told: String,
    place: NodeRef,
    focus: bool,
    rest: Option<Timeout>,
    _watch: Watch,
    _leave: Option<EventListener>,
}

/// A conversation that is on.
pub(super) struct Talk {
    pub(super) interview: Rc<Interview>,
    pub(super) conversation: Conversation,
    pub(super) paused: bool,
    pub(super) aloud: bool,
}

impl Component for Room {
    type Message = Msg;
    type Properties = RoomProps;

    fn create(ctx: &Context<Self>) -> Self {
        let watch = ctx.props().store.watch(ctx.link().callback(|()| Msg::StoreChanged));
        let keep = ctx.link().callback(|()| Msg::Keep);
        let window = web_sys::window();
        let leave = window.map(|window| EventListener::new(&window, "pagehide", move |_| keep.emit(())));
        Self {
            setup: Setup::default(),
            talk: None,
            told: String::new(),
            place: NodeRef::default(),
            focus: false,
            rest: None,
            _watch: watch,
            _leave: leave,
        }
    }

    fn update(&mut self, ctx: &Context<Self>, msg: Msg) -> bool {
        match msg {
            Msg::Choose(choice) => self.setup.choose(choice),
            Msg::Begin => self.begin(ctx),
            Msg::Resume => self.resume(ctx),
            Msg::GiveUp => ctx.props().store.close(Session::Interview),
            Msg::Another => {
                ctx.props().store.close(Session::Interview);
                self.talk = None;
                self.told = String::new();
                self.focus = true;
            }
            Msg::Export => self.export(),
            Msg::Keep => {
                self.keep(ctx);
                return false;
            }
            Msg::StoreChanged => return self.talk.is_none(),
            msg => return self.talk(ctx, msg),
        }
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        html! {
            <div class="interview" ref={self.place.clone()} tabindex="-1">
                { match &self.talk {
                    None => self.setup.view(ctx, kept::find(&ctx.props().store, ctx.props().shelf.bank())),
                    Some(talk) if talk.conversation.turn == Turn::Over => outcome::view(ctx, talk, &self.told),
                    Some(talk) => talk.view(ctx),
                } }
            </div>
        }
    }

    fn rendered(&mut self, _: &Context<Self>, _: bool) {
        if std::mem::take(&mut self.focus)
            && let Some(place) = self.place.cast::<HtmlElement>()
        {
            let _ = place.focus();
        }
    }
}

impl Room {
    fn begin(&mut self, ctx: &Context<Self>) {
        let Some((id, interview)) = self.setup.chosen(ctx.props().shelf.bank()) else { return };
        ctx.props().store.close(Session::Interview);
        let (role, level, length) = (self.setup.role(), self.setup.level, self.setup.length);
        let conversation = Conversation::new(&interview, &id, &role, level, length, now());
        self.talk = Some(Talk { interview, conversation, paused: false, aloud: false });
        self.focus = true;
        self.keep(ctx);
    }

    fn resume(&mut self, ctx: &Context<Self>) {
        let props = ctx.props();
        if let Some(kept::Kept::Begun { interview, mut conversation }) = kept::find(&props.store, props.shelf.bank()) {
            if matches!(conversation.turn, Turn::Asked | Turn::FollowUp) {
                conversation.clock.start(now());
            }
            self.talk = Some(Talk { interview, conversation, paused: false, aloud: false });
            self.focus = true;
        }
    }

    /// What happens in a conversation.
    fn talk(&mut self, ctx: &Context<Self>, msg: Msg) -> bool {
        let Some(Talk { interview, conversation, paused, aloud }) = &mut self.talk else { return false };
        match msg {
            Msg::Say(text) => {
                conversation.say(&text);
                let keep = ctx.link().callback(|()| Msg::Keep);
                self.rest = Some(Timeout::new(REST, move || keep.emit(())));
                return true;
            }
            Msg::Aloud(yes) => *aloud = yes,
            Msg::Tick(point, ticked) => conversation.tick(&point, ticked),
            Msg::Flag(flag, ticked) => conversation.flag(flag, ticked),
            Msg::Extend(minutes) => conversation.clock.extend(now(), minutes * MINUTE),
            Msg::Pause => {
                conversation.clock.stop(now());
                *paused = true;
                self.focus = true;
            }
            Msg::Unpause => {
                if matches!(conversation.turn, Turn::Asked | Turn::FollowUp) {
                    conversation.clock.start(now());
                }
                *paused = false;
                self.focus = true;
            }
            Msg::GoOn => {
                conversation.go_on(interview, now());
                self.focus = true;
            }
            Msg::Compare(compared) => {
                conversation.compare(interview, compared, now());
                self.focus = true;
            }
            Msg::End => {
                conversation.end(now());
                *paused = false;
                self.focus = true;
            }
            _ => {}
        }
        self.keep(ctx);
        true
    }

    /// Saves it as it is, with its clock stopped.
    fn keep(&mut self, ctx: &Context<Self>) {
        self.rest = None;
        if let Some(talk) = &self.talk {
            kept::save(&ctx.props().store, &talk.conversation);
        }
    }

    fn export(&mut self) {
        let Some(talk) = &self.talk else { return };
        let name = format!("interview-{}-{}.md", talk.conversation.interview, today());
        let site = crate::player::address::absolute(Some(""), "").unwrap_or_default();
        let text = talk.conversation.minutes(&talk.interview, &site);
        self.told = match download(&name, "text/markdown", &text) {
            Ok(()) => format!("{name} is in your downloads."),
            Err(_) => "The browser refused to save a file.".into(),
        };
    }
}
