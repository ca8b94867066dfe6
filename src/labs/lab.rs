use interleave_kernel::{Note, Scene, Tape};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::fmt::Debug;
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

    /// Draws a scene.
    fn stage(scene: &Self::Scene, context: &StageContext<Self>) -> Html;

    /// The settings in the header. A change is a scenario of its own and is run at once.
    fn controls(scenario: &Self::Scenario, change: &Callback<Self::Scenario>) -> Html;

    /// The reading of the scene's own clock, for the footer.
    fn clock(scene: &Self::Scene) -> Option<String>;

    /// Asks what comes next: the first question that can be asked at or after frame `at`.
    fn predict(tape: &Tape<Self::Scene>, at: usize) -> Option<Prediction>;
}

/// How a preset is announced in the picker.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PresetInfo {
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
}

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

/// Why there is no tape.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// What happened, in a sentence.
    pub title: String,
    /// What one can do about it.
    pub advice: String,
}

impl Failure {
    /// The run did not end within `seconds`.
    pub fn hung(seconds: u32) -> Self {
        Self {
            title: format!("The program was stopped: it did not answer within {seconds} seconds."),
            advice:
                "Something in it takes very long in a single call, which no budget can interrupt: a regular expression \
                     that tries too many ways, or a huge array filled at once."
                    .into(),
        }
    }

    /// The worker ended in the middle of a run; `words` are the browser's.
    pub fn died(words: &str) -> Self {
        let deep = ["stack", "recursion"].iter().any(|word| words.contains(word));
        Self {
            title: if deep {
                "The program was stopped: it is too deeply nested.".into()
            } else {
                "The program was stopped: the simulated Node ended with it.".into()
            },
            advice: if deep {
                "The parser follows brackets inside brackets with its own stack, which is small in a browser. Flatten the program."
                    .into()
            } else {
                format!("A new one takes its place for the next run. The browser said: {}", quoted(words))
            },
        }
    }

    /// The engine answered with an error instead of a tape.
    pub fn refused(words: &str) -> Self {
        match words {
            "too deeply nested" => Self::died("stack"),
            "out of memory" => Self {
                title: "The program was stopped: it used more than 256 MB of memory.".into(),
                advice: "Look for a string or an array that grows in a loop. A new simulated Node takes the place of the old one.".into(),
            },
            _ => Self::died(words),
        }
    }

    /// The engine could not be fetched or started.
    pub fn unreachable(words: &str) -> Self {
        Self {
            title: "The simulated Node could not be loaded.".into(),
            advice: format!(
                "It is fetched when a program first runs. Check the connection and try again. ({})",
                quoted(words)
            ),
        }
    }

    /// The tape that arrived cannot be read: the page and the engine are of different versions.
    pub fn unreadable() -> Self {
        Self {
            title: "The recording could not be read.".into(),
            advice: "The page and its engine are of different versions. Reload the page.".into(),
        }
    }
}

fn quoted(words: &str) -> &str {
    if words.is_empty() { "no reason was given" } else { words }
}
