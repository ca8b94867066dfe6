use crate::worker::Engine;
use interleave_kernel::{Note, Scene, Tape};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::fmt::Debug;
use std::rc::Rc;
use yew::{Callback, Html};

/// What a lab is to the player, which plays any of them.
///
/// A lab says what can be set, how a run is recorded and how one scene is drawn. It *never* keeps a position:
/// that belongs to the player, and the same scene always gives the same picture.
pub trait Lab: Sized + 'static {
    /// Part of links and of page addresses: it *never* changes.
    const ID: &'static str;
    const TITLE: &'static str;
    /// What one can see here, in one sentence.
    const SUMMARY: &'static str;
    /// What records its runs.
    const ENGINE: Engine;
    /// What the learner edits and runs, in a word: `program`.
    const SUBJECT: &'static str;
    /// What a [`interleave_kernel::Mark::Unit`] begins or ends, in a word: `callback`.
    const UNIT: &'static str;
    /// What a [`interleave_kernel::Mark::Section`] begins, in a word: `phase`.
    const SECTION: &'static str;

    type Scenario: Clone + PartialEq + Debug + Serialize + DeserializeOwned + 'static;
    type Scene: Scene<Change: Clone + Serialize + DeserializeOwned + 'static> + 'static;

    /// What the lab offers to begin with. The first one is opened when nothing else is asked for; there is always one.
    fn presets() -> Vec<PresetInfo>;

    /// The scenario of a preset.
    fn preset(id: &str) -> Option<Self::Scenario>;

    /// Runs a scenario.
    fn record(scenario: Self::Scenario) -> impl Future<Output = Result<Tape<Self::Scene>, Failure>>;

    /// Runs a scenario in this process, for pages that are rendered when the site is built.
    #[cfg(feature = "prerender")]
    fn record_here(scenario: &Self::Scenario) -> Tape<Self::Scene>;

    /// The frame to show when a run has been recorded and nobody asked for another one: the first, unless the news is elsewhere.
    fn opening_frame(_tape: &Tape<Self::Scene>) -> usize {
        0
    }

    /// Finds the frame to show when a setting was changed while frame `at` was on stage: the same step, unless something else is the same.
    fn landing(_before: &Self::Scene, at: usize) -> Landing<Self> {
        Rc::new(move |_: &Tape<Self::Scene>| at)
    }

    /// Draws a scene.
    fn stage(scene: &Self::Scene, context: &StageContext<Self>) -> Html;

    /// The settings in the header. A change is a scenario of its own and is run at once.
    fn controls(scenario: &Self::Scenario, change: &Callback<Self::Scenario>) -> Html;

    /// The reading of the scene's own clock, for the footer.
    fn clock(scene: &Self::Scene) -> Option<String>;

    /// What a run has come to, for a question that asks to bring something about: in which presets' terms, and the names of it. A run
    /// speaks for a preset if nothing of the preset was changed but the order in which things happen.
    fn reached(_scenario: &Self::Scenario, _tape: &Tape<Self::Scene>) -> Reached {
        Reached::default()
    }

    /// Asks what comes next: the first question that can be asked at or after frame `at`.
    fn predict(tape: &Tape<Self::Scene>, at: usize) -> Option<Prediction>;
}

/// What a lab is called. Labs that differ in nothing else are one [`Lab`] with several names: whatever is compiled for a lab is compiled once.
#[derive(Clone, Copy, Debug)]
pub struct Name {
    /// See [`Lab::ID`].
    pub id: &'static str,
    pub title: &'static str,
    pub summary: &'static str,
    /// See [`Lab::presets`].
    pub presets: fn() -> Vec<PresetInfo>,
}

impl Name {
    /// The lab's own.
    pub const fn of<L: Lab>() -> Self {
        Self { id: L::ID, title: L::TITLE, summary: L::SUMMARY, presets: L::presets }
    }
}

/// How a preset is announced in the picker.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PresetInfo {
    /// The heading it stands under; presets of one heading follow each other. Empty in a lab that has few.
    pub group: &'static str,
    pub id: &'static str,
    pub title: &'static str,
    /// The idea, in one sentence.
    pub idea: &'static str,
}

/// How much room a lab has, and what surrounds it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mode {
    /// A page of its own: the transcript is open beside the stage.
    #[default]
    Full,
    /// Beside text: the transcript opens on demand.
    Compact,
    /// Alone in a frame inside someone else's page.
    Embed,
}

impl Mode {
    /// The value of `data-mode`.
    pub fn name(self) -> &'static str {
        match self {
            Mode::Full => "full",
            Mode::Compact => "compact",
            Mode::Embed => "embed",
        }
    }

    /// The mode of that name; [`Mode::Full`] for any other.
    pub fn named(name: &str) -> Self {
        [Mode::Compact, Mode::Embed].into_iter().find(|mode| mode.name() == name).unwrap_or_default()
    }
}

/// What a stage may know besides its scene, and whom it tells when the learner touches it.
pub struct StageContext<'a, L: Lab> {
    pub scenario: &'a L::Scenario,
    /// The frame the scene belongs to.
    pub at: usize,
    pub mode: Mode,
    /// The scenario has been edited since the tape was recorded: the scene belongs to the old one.
    pub stale: bool,
    /// Shows frame *k*.
    pub go: Callback<usize>,
    /// The scenario was edited; it runs when the learner says so.
    pub edit: Callback<L::Scenario>,
    /// Runs what was edited.
    pub run: Callback<()>,
    /// Changes the scenario at the place where the learner stands, and runs it at once.
    pub turn: Callback<Turn<L>>,
}

/// A change that depends on where the learner stands: it is given the scenario and the scene as they are when its time has
/// come, and answers with the new scenario and the frame of its tape to show. `None` changes nothing.
pub type Turn<L> = Rc<dyn Fn(&<L as Lab>::Scenario, &<L as Lab>::Scene) -> Option<(<L as Lab>::Scenario, Landing<L>)>>;

/// Finds the frame to show on the tape of a changed scenario. What is on stage stays there until then.
pub type Landing<L> = Rc<dyn Fn(&Tape<<L as Lab>::Scene>) -> usize>;

/// A question about what comes next. Everything in it is read from the tape.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Prediction {
    /// The frame one should look at while thinking.
    pub asked_at: usize,
    /// The frame that answers.
    pub answered_at: usize,
    pub question: String,
    /// At least two, in an order that gives nothing away.
    pub options: Vec<Choice>,
    /// Index of the right one.
    pub answer: usize,
    /// Why it is the right one.
    pub why: Note,
}

/// One possible answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    pub name: String,
    /// Where it waits.
    pub place: &'static str,
    /// The style sheet's role of it.
    pub role: &'static str,
}

/// See [`Lab::reached`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reached {
    /// Ids of the presets whose order alone was changed.
    pub presets: Vec<String>,
    /// What the run has come to: `deadlock`, the name of a rule that was broken.
    pub goals: Vec<String>,
    /// What went wrong on the way, each time that it did: `crash`.
    pub faults: Vec<&'static str>,
}

/// Why there is no tape.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// What happened, in a sentence.
    pub title: String,
    /// What one can do about it.
    pub advice: String,
}

impl Failure {
    /// The tape that arrived cannot be read: the page and the engine are of different versions.
    pub fn unreadable() -> Self {
        Self {
            title: "The recording could not be read.".into(),
            advice: "The page and its engine are of different versions. Reload the page.".into(),
        }
    }
}

/// Presets that follow each other under one heading.
pub fn grouped(presets: &[PresetInfo]) -> impl Iterator<Item = (&'static str, &[PresetInfo])> {
    presets.chunk_by(|one, other| one.group == other.group).map(|group| (group[0].group, group))
}
