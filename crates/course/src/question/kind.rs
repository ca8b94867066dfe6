//! The ways of asking.

use serde::{Deserialize, Serialize};

/// How a question is answered. In a file, `kind = "choice"` and the fields of that kind beside those that all questions have.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Kind {
    /// One of the options is right.
    Choice(Options),
    /// One or more of the options are right, and at least one is not.
    Several(Options),
    /// A sentence is true or false.
    TrueFalse(Claim),
    /// A word or a few, typed.
    Short(Short),
    /// A number, typed.
    Number(Number),
    /// What a program prints. Its answer comes from running it.
    Output(Predict),
    /// Events, to be put in the order in which they happen. The answer comes from running what they happen in.
    Order(Order),
    /// Each on the left belongs to one on the right.
    Match(Matching),
    /// A text with gaps.
    Gap(Gaps),
    /// What goes wrong in a schedule of the locking lab. The answer is the lab's verdict.
    Anomaly(Anomalies),
    /// Something to be brought about in a lab.
    Lab(Goal),
    /// Answered aloud or in writing, and judged by oneself with a rubric.
    Open(Open),
}

impl Kind {
    /// The name it has in files.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Choice(_) => "choice",
            Self::Several(_) => "several",
            Self::TrueFalse(_) => "true-false",
            Self::Short(_) => "short",
            Self::Number(_) => "number",
            Self::Output(_) => "output",
            Self::Order(_) => "order",
            Self::Match(_) => "match",
            Self::Gap(_) => "gap",
            Self::Anomaly(_) => "anomaly",
            Self::Lab(_) => "lab",
            Self::Open(_) => "open",
        }
    }

    /// Whether its answer is found by running something.
    pub fn is_executed(&self) -> bool {
        matches!(self, Self::Output(_) | Self::Order(_) | Self::Anomaly(_) | Self::Lab(_))
    }
}

/// Answers to choose from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Options {
    pub options: Vec<Choice>,
}

/// One answer of several.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    pub text: String,
    #[serde(default)]
    pub right: bool,
    /// Why it is right, or what is wrong with it.
    pub reason: String,
}

/// Whether the sentence in the stem is true.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claim {
    pub answer: bool,
    /// Why it is so.
    pub because: String,
    /// What somebody who says the opposite has overlooked.
    pub otherwise: String,
}

/// A typed answer, compared without blanks around it and without regard to capitals.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Short {
    /// All that is accepted; the first is the one that is shown.
    pub answers: Vec<String>,
    pub because: String,
    /// Answers that many would give, each with what is wrong with it.
    #[serde(default)]
    pub slips: Vec<Slip>,
}

/// A wrong answer, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Slip {
    pub text: String,
    pub reason: String,
}

/// A typed number.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Number {
    pub value: f64,
    /// How far from it an answer may be, both ways; not negative.
    #[serde(default)]
    pub tolerance: f64,
    /// What it counts: `ms`, `connections`. May be empty.
    #[serde(default)]
    pub unit: String,
    pub because: String,
    #[serde(default)]
    pub slips: Vec<NumberSlip>,
}

/// A wrong number, and why.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct NumberSlip {
    pub value: f64,
    pub reason: String,
}

/// A program that Node runs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Program {
    pub program: String,
    /// Whether it is an ES module; CommonJS otherwise.
    #[serde(default)]
    pub module: bool,
    /// SQL that sets up the database it asks; empty for a program that asks none.
    #[serde(default)]
    pub schema: String,
}

impl Program {
    /// Whether it needs a database: it brings tables, or asks for `pg`.
    pub fn needs_a_database(&self) -> bool {
        !self.schema.trim().is_empty() || crate::page::asks_a_database(&self.program)
    }
}

/// What does it print?
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Predict {
    #[serde(flatten)]
    pub program: Program,
    pub because: String,
    /// Outputs that many would expect.
    #[serde(default)]
    pub slips: Vec<Slip>,
}

/// What happens first?
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Order {
    #[serde(flatten)]
    pub of: Tape,
    /// In any order: the run says which one is right.
    pub events: Vec<Event>,
    pub because: String,
}

/// What is run to see what happens first: a program, or a lab at one of its presets.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Tape {
    Program(Program),
    Lab { lab: String, preset: String },
}

/// Something that happens once in a run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// What the learner reads. Of a program, the line that it prints.
    pub text: String,
    /// Words by which the first frame of the lab's tape is found that tells of it; empty for a program's line.
    #[serde(default)]
    pub found: String,
}

/// What belongs together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Matching {
    pub pairs: Vec<Pair>,
    /// More to choose from on the right, that belongs to nothing on the left.
    #[serde(default)]
    pub decoys: Vec<Decoy>,
}

/// Two that belong together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pair {
    pub left: String,
    pub right: String,
    pub reason: String,
}

/// One on the right that belongs to nothing, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decoy {
    pub text: String,
    pub reason: String,
}

/// A text in which `{1}`, `{2}` and so on are to be filled.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Gaps {
    pub text: String,
    /// In the order of their numbers.
    pub gaps: Vec<Blank>,
}

/// What belongs into one gap.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Blank {
    /// All that is accepted; the first is the one that is shown.
    pub answers: Vec<String>,
    pub because: String,
    #[serde(default)]
    pub slips: Vec<Slip>,
}

/// Which anomaly is it?
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Anomalies {
    /// A preset of the locking lab.
    pub preset: String,
    /// The level at which it runs, instead of the preset's: `read committed`, `repeatable read`, `serializable`. Empty for the preset's.
    #[serde(default)]
    pub isolation: String,
    /// Whose statement runs next, a letter each, instead of the preset's. Empty for the preset's.
    #[serde(default)]
    pub schedule: String,
    /// Names of anomalies, `none`, or `deadlock`; one of them is the lab's verdict.
    pub options: Vec<Slip>,
    pub because: String,
}

/// What is to be reached in a lab.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Goal {
    pub lab: String,
    pub preset: String,
    /// In the locking lab the name of an anomaly, `deadlock`, `broken` (the invariant) or `none`; elsewhere the rule that is to be broken.
    pub goal: String,
    /// In the locking lab the order in which it opens, a letter for each statement: presets open with what they show, and whoever is to
    /// bring just that about begins where nothing has gone wrong. Empty for the preset's.
    #[serde(default)]
    pub schedule: String,
    /// In the labs of protocols what may go wrong on the way, `crash=1,loss=1`, where that is not what the preset allows. Empty for the
    /// preset's.
    #[serde(default)]
    pub faults: String,
    pub because: String,
}

/// An open question's rubric.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Open {
    /// What is good to hear; a point that is missing leads to its follow-up.
    pub good: Vec<Point>,
    /// What would speak against the candidate.
    pub red_flags: Vec<Warning>,
    /// What a good answer of somebody junior sounds like.
    pub junior: String,
    /// And of somebody senior.
    pub senior: String,
}

/// Something that is good to hear.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Point {
    pub text: String,
    /// What the interviewer asks when it did not come; empty when nothing.
    #[serde(default)]
    pub follow_up: String,
}

/// Something that is not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Warning {
    pub text: String,
    pub reason: String,
}
