//! Plays any tape. It knows no lab: it only visits a [`Tape`] through a [`Cursor`] and shows what the lab draws.

pub mod address;
pub mod command;
mod face;
pub mod link;
mod moves;
mod opening;
mod question;
mod report;
mod speed;
mod transcript;
mod transport;
mod view;
pub mod window;

pub use opening::{Opening, Preview};
pub use speed::Speed;

use crate::draw::motion::Motion;
use crate::labs::{Failure, Lab, Landing, Mode, Name, Prediction, Turn};
use command::Command;
use face::Deed;
use futures::future::AbortHandle;
use gloo::timers::callback::Timeout;
use interleave_kernel::{Cursor, Tape};
use std::collections::VecDeque;
use std::rc::Rc;
use yew::prelude::*;

/// What a player is given once, when it begins.
#[derive(Properties)]
pub struct PlayerProps<L: Lab> {
    pub opening: Rc<Opening<L>>,
    pub mode: Mode,
    /// The lab's name on its page.
    pub island: AttrValue,
}

impl<L: Lab> PartialEq for PlayerProps<L> {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.opening, &other.opening) && self.mode == other.mode && self.island == other.island
    }
}

impl<L: Lab> Clone for PlayerProps<L> {
    fn clone(&self) -> Self {
        Self { opening: self.opening.clone(), mode: self.mode, island: self.island.clone() }
    }
}

/// Where the recording stands.
#[derive(Clone, Debug, PartialEq)]
enum Status {
    /// Nothing was recorded; the page came with the first frame.
    Preview,
    Recording,
    Recorded,
    Failed(Failure),
}

/// A question that was put, and the answer if there was one.
struct Asked {
    prediction: Prediction,
    answer: Option<Answer>,
}

/// What the reader did with a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// Chose the option of that index.
    Chosen(usize),
    /// Preferred to be shown.
    Shown,
}

pub enum Msg<L: Lab> {
    Command(Command),
    /// Shows that frame.
    Go(usize),
    /// The reader is about to use this lab.
    Near,
    /// A run has ended; the number tells it from those that were given up.
    Recorded(u32, Result<Tape<L::Scene>, Failure>),
    /// The scenario was edited; it runs when the reader says so.
    Edit(L::Scenario),
    /// A setting was changed; that runs at once.
    Change(L::Scenario),
    /// The scenario is changed where the reader stands; the picture stays until the new one is there.
    Turn(Turn<L>),
    /// Opens a preset.
    Open(String),
    /// Runs the scenario as it is now.
    Run,
    /// It is time for the next step of a tape that plays.
    Tick,
    Speed(Speed),
    Answer(Answer),
    /// Puts the next question.
    Ask,
    Share,
    /// The link was copied, or could not be and is shown.
    Shared(Result<(), String>),
    /// Closes a message.
    Dismiss,
    /// Back to what the page opened with.
    Reset,
}

/// A lab at work.
pub struct Player<L: Lab> {
    name: Name,
    scenario: L::Scenario,
    /// The preset that the scenario is, if it is one.
    preset: Option<String>,
    /// Whether the scenario was edited since it was recorded.
    stale: bool,
    tape: Rc<Tape<L::Scene>>,
    cursor: Cursor<L::Scene>,
    status: Status,
    /// Number of frames that a recording will have, as far as the page knows.
    expected: usize,
    /// The number of the newest run.
    run: u32,
    /// Gives the newest run up.
    under_way: Option<AbortHandle>,
    /// Which frame to show when the tape is there.
    then: Then<L>,
    /// What the reader asked for meanwhile, in that order.
    meanwhile: Vec<Command>,
    turns: VecDeque<Turn<L>>,
    playing: Option<Timeout>,
    speed: Speed,
    /// Whether every boundary asks what comes next.
    predicting: bool,
    asked: Option<Asked>,
    message: Option<AttrValue>,
    /// A link to be copied by hand.
    by_hand: Option<AttrValue>,
    keys: bool,
    motion: Motion,
    // Made once: a stage that is given the same callback again need not be drawn again.
    go_callback: Callback<usize>,
    edit: Callback<L::Scenario>,
    change: Callback<L::Scenario>,
    run_callback: Callback<()>,
    turn_callback: Callback<Turn<L>>,
    deed: Callback<Deed>,
    stage: NodeRef,
    slider: NodeRef,
    focus: NodeRef,
    wants_focus: bool,
    /// Whether the reader has moved it: from then on its position is worth an address.
    moved: bool,
}

enum Then<L: Lab> {
    /// What the lab thinks best.
    Open,
    Stay(usize),
    /// Where that leads; what is on stage stays there meanwhile.
    Land(Landing<L>),
}

impl<L: Lab> Component for Player<L> {
    type Message = Msg<L>;
    type Properties = PlayerProps<L>;

    fn create(ctx: &Context<Self>) -> Self {
        let opening = &ctx.props().opening;
        let (first, len) = match &opening.preview {
            Some(preview) => (preview.first.clone(), preview.len),
            None => {
                let unknown = Preview::<L>::unknown();
                (unknown.first, unknown.len)
            }
        };
        Self {
            name: opening.name,
            scenario: opening.scenario.clone(),
            preset: opening.preset.clone(),
            stale: false,
            cursor: Cursor::new(&first, 0),
            tape: Rc::new(first),
            status: Status::Preview,
            expected: len,
            run: 0,
            under_way: None,
            then: if opening.at == 0 { Then::Open } else { Then::Stay(opening.at) },
            meanwhile: Vec::new(),
            turns: VecDeque::new(),
            playing: None,
            speed: Speed::default(),
            predicting: false,
            asked: None,
            message: opening.message.map(AttrValue::Static),
            by_hand: None,
            keys: false,
            motion: Motion::default(),
            go_callback: ctx.link().callback(Msg::Go),
            edit: ctx.link().callback(Msg::Edit),
            change: ctx.link().callback(Msg::Change),
            run_callback: ctx.link().callback(|()| Msg::Run),
            turn_callback: ctx.link().callback(Msg::Turn),
            deed: ctx.link().callback(Msg::from),
            stage: NodeRef::default(),
            slider: NodeRef::default(),
            focus: NodeRef::default(),
            wants_focus: false,
            moved: false,
        }
    }

    fn update(&mut self, ctx: &Context<Self>, message: Msg<L>) -> bool {
        match message {
            Msg::Command(command) => self.obey(ctx, command),
            Msg::Go(at) => {
                self.pause();
                match self.status {
                    Status::Recorded => self.go(ctx, at),
                    Status::Recording => self.then = Then::Stay(at),
                    Status::Preview | Status::Failed(_) => self.record(ctx, Then::Stay(at)),
                }
            }
            Msg::Near => {
                if !matches!(self.status, Status::Preview) {
                    return false;
                }
                self.record(ctx, Then::Open);
            }
            Msg::Recorded(run, result) => {
                if run != self.run {
                    return false;
                }
                self.receive(ctx, result);
            }
            Msg::Edit(scenario) => {
                if scenario == self.scenario {
                    return false;
                }
                self.pause();
                self.asked = None;
                self.scenario = scenario;
                self.preset = None;
                self.stale = true;
                self.claim_address(ctx);
            }
            Msg::Change(scenario) => {
                self.scenario = scenario;
                self.preset = self.preset_of_scenario();
                self.record(ctx, Then::Open);
            }
            Msg::Turn(turn) => self.turn(ctx, turn),
            Msg::Open(id) => {
                let Some(scenario) = L::preset(&id) else { return false };
                self.scenario = scenario;
                self.preset = Some(id);
                self.message = None;
                self.record(ctx, Then::Open);
            }
            Msg::Run => self.record(ctx, Then::Open),
            Msg::Tick => self.tick(ctx),
            Msg::Speed(speed) => {
                self.speed = speed;
                if self.playing.is_some() {
                    self.play_on(ctx);
                }
            }
            Msg::Answer(answer) => self.answer(ctx, answer),
            Msg::Ask => self.ask_next(ctx),
            Msg::Share => self.share(ctx),
            Msg::Shared(Ok(())) => {
                self.by_hand = None;
                self.message = Some("The link to this step is copied.".into());
            }
            Msg::Shared(Err(link)) => self.by_hand = Some(link.into()),
            Msg::Dismiss => {
                self.message = None;
                self.by_hand = None;
            }
            Msg::Reset => {
                let opening = Opening::<L>::find(self.name, ctx.props().opening.home.as_deref(), None);
                self.scenario = opening.scenario;
                self.preset = opening.preset;
                self.message = None;
                self.record(ctx, Then::Open);
            }
        }
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        self.face(ctx).frame()
    }

    fn rendered(&mut self, ctx: &Context<Self>, first_render: bool) {
        if first_render && ctx.props().opening.wanted {
            let at = ctx.props().opening.at;
            self.record(ctx, if at == 0 { Then::Open } else { Then::Stay(at) });
        }
        self.motion.play(&self.stage, self.playing.as_ref().map(|_| self.speed.interval()));
        self.show_progress();
        if std::mem::take(&mut self.wants_focus)
            && let Some(element) = self.focus.cast::<web_sys::HtmlElement>()
        {
            let _ = element.focus();
        }
    }
}
