//! What keeps a question from being asked, and what from being a good one.

use super::{
    Anomalies, Blank, Choice, Event, Gaps, Goal, Kind, Matching, Number, Open, Order, Predict, Question, Short, Slip,
    Tape,
};
use std::collections::BTreeMap;

/// The most characters of a text; what is longer is no question.
const LONGEST: usize = 20_000;

/// Collects sentences.
#[derive(Default)]
struct Faults {
    unaskable: Vec<String>,
    lacking: Vec<String>,
}

impl Faults {
    /// Without this nobody could answer, or nobody could judge the answer.
    fn when(&mut self, wrong: bool, sentence: impl Into<String>) {
        if wrong {
            self.unaskable.push(sentence.into());
        }
    }

    /// It can be asked, but nobody would learn why, or it is not how we ask.
    fn lacks(&mut self, wrong: bool, sentence: impl Into<String>) {
        if wrong {
            self.lacking.push(sentence.into());
        }
    }

    /// A text that has to be there.
    fn said(&mut self, text: &str, what: &str) {
        self.when(text.trim().is_empty(), format!("{what} is missing"));
        self.short(text, what);
    }

    /// A reason, or another text that teaches.
    fn taught(&mut self, text: &str, what: &str) {
        self.lacks(text.trim().is_empty(), format!("{what} is missing"));
        self.short(text, what);
    }

    fn short(&mut self, text: &str, what: &str) {
        self.when(text.len() > LONGEST, format!("{what} is longer than {LONGEST} bytes"));
    }
}

/// Texts that readers would take for the same, found in the order in which they are added.
#[derive(Default)]
struct Seen(BTreeMap<String, usize>);

impl Seen {
    /// Where the same text was before, if anywhere.
    fn before(&mut self, text: &str, at: usize) -> Option<usize> {
        let first = *self.0.entry(folded(text)).or_insert(at);
        (first != at).then_some(first)
    }
}

/// `1`, `1 and 2`, `1, 2 and 4`.
fn list(numbers: &[usize]) -> String {
    match numbers {
        [] => String::new(),
        [one] => one.to_string(),
        [all @ .., last] => {
            let all: Vec<_> = all.iter().map(usize::to_string).collect();
            format!("{} and {last}", all.join(", "))
        }
    }
}

impl Question {
    /// What keeps it out of our own bank, as sentences: all that makes it unaskable, and all that it lacks.
    pub fn faults(&self) -> Vec<String> {
        let mut faults = self.all_faults();
        faults.unaskable.append(&mut faults.lacking);
        faults.unaskable
    }

    /// What keeps it from being asked at all: it has no stem, nothing is right, or the right answer is also a wrong one.
    pub fn unaskable(&self) -> Vec<String> {
        self.all_faults().unaskable
    }

    /// What our own bank asks of a question and one from elsewhere may lack: a reason for every answer, above all.
    pub fn lacking(&self) -> Vec<String> {
        self.all_faults().lacking
    }

    fn all_faults(&self) -> Faults {
        let mut faults = Faults::default();
        let named = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        faults.lacks(
            self.id.is_empty() || !self.id.chars().all(named),
            format!("the question's id “{}” must be lower-case letters, digits and hyphens", self.id),
        );
        faults.said(&self.stem, "the stem");
        // What is to be done, or talked about, may be said in a sentence.
        let may_tell = matches!(self.kind, Kind::Lab(_) | Kind::Open(_));
        let stem = self.stem.trim_end().trim_end_matches(['*', '_']);
        let asks = stem.ends_with('?') || (may_tell && stem.ends_with(['.', '!', ':', '`']));
        let or = if may_tell { ", or ask for something in a sentence" } else { "" };
        faults.lacks(!asks && !stem.is_empty(), format!("the stem must end with a question mark{or}"));
        match &self.kind {
            Kind::Choice(options) => choices(&options.options, false, &mut faults),
            Kind::Several(options) => choices(&options.options, true, &mut faults),
            Kind::TrueFalse(claim) => {
                faults.taught(&claim.because, "because");
                faults.taught(&claim.otherwise, "otherwise (what is wrong with the other answer)");
            }
            Kind::Short(short) => self::short(short, &mut faults),
            Kind::Number(number) => self::number(number, &mut faults),
            Kind::Output(predict) => output(predict, &mut faults),
            Kind::Order(order) => self::order(order, &mut faults),
            Kind::Match(matching) => self::matching(matching, &mut faults),
            Kind::Gap(gaps) => self::gaps(gaps, &mut faults),
            Kind::Anomaly(anomalies) => anomaly(anomalies, &mut faults),
            Kind::Lab(goal) => lab(goal, &mut faults),
            Kind::Open(open) => self::open(open, &mut faults),
        }
        faults
    }
}

fn choices(options: &[Choice], several: bool, faults: &mut Faults) {
    let right = options.iter().filter(|option| option.right).count();
    let count = options.len();
    faults.when(count < 2, format!("a question has two to eight options, this one has {count}"));
    faults.lacks(count > 8, format!("a question has two to eight options, this one has {count}"));
    if several {
        faults.when(right == 0, "at least one option is right, here none is");
        faults.lacks(right > 0 && right == count, "at least one option is wrong, here none is");
    } else {
        faults.when(right != 1, format!("exactly one option is right, here it is {right}"));
    }
    let (mut seen, mut silent) = (Seen::default(), vec![]);
    for (at, option) in options.iter().enumerate() {
        faults.when(option.text.trim().is_empty(), format!("option {} has no text", at + 1));
        faults.short(&option.text, &format!("option {}", at + 1));
        faults.short(&option.reason, &format!("the reason of option {}", at + 1));
        if option.reason.trim().is_empty() {
            silent.push(at + 1);
        }
        if let Some(before) = seen.before(&option.text, at) {
            let places = format!("options {} and {}", before + 1, at + 1);
            let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
            if options[before].right == option.right {
                faults.lacks(true, format!("{places}: the same text twice"));
            } else {
                // Where capitals matter, an option may be wrong because of them. Ours are told apart by more than that.
                let clash = format!("{places}: the right answer is also listed as a distractor");
                let same = words(&options[before].text) == words(&option.text);
                faults.when(same, clash.clone());
                faults.lacks(!same, format!("{clash}, but for its capitals"));
            }
        }
    }
    let (s, do_not) = if silent.len() == 1 { ("", "does not") } else { ("s", "do not") };
    faults.lacks(!silent.is_empty(), format!("option{s} {} {do_not} say why", list(&silent)));
}

/// Whether two answers are the same to whoever reads them.
pub fn same(one: &str, other: &str) -> bool {
    folded(one) == folded(other)
}

/// An answer without blanks around it, single blanks within, and capitals.
pub fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

fn accepted(answers: &[String], slips: &[Slip], what: &str, faults: &mut Faults) {
    faults.when(answers.is_empty(), format!("{what} accepts no answer"));
    faults.when(answers.iter().any(|answer| answer.trim().is_empty()), format!("{what} accepts an empty answer"));
    slipped(slips, what, faults);
    let mut seen = Seen::default();
    for answer in answers {
        seen.before(answer, 0);
    }
    for slip in slips {
        let clash = seen.0.contains_key(&folded(&slip.text));
        faults.when(clash, format!("“{}” of {what}: the right answer is also listed as a slip", slip.text.trim()));
    }
}

fn slipped(slips: &[Slip], what: &str, faults: &mut Faults) {
    for slip in slips {
        faults.when(slip.text.trim().is_empty(), format!("a slip of {what} has no text"));
        faults.lacks(slip.reason.trim().is_empty(), format!("a slip of {what} does not say why it is wrong"));
    }
}

fn short(short: &Short, faults: &mut Faults) {
    accepted(&short.answers, &short.slips, "the question", faults);
    faults.taught(&short.because, "because");
}

fn number(number: &Number, faults: &mut Faults) {
    faults.when(!number.value.is_finite(), "the value is not a number");
    faults.when(!number.tolerance.is_finite() || number.tolerance < 0.0, "the tolerance is not a distance");
    faults.taught(&number.because, "because");
    for slip in &number.slips {
        faults.when(
            (slip.value - number.value).abs() <= number.tolerance,
            format!("{} is accepted, and is a slip, too", slip.value),
        );
        faults.lacks(slip.reason.trim().is_empty(), "a slip does not say why it is wrong");
    }
}

fn output(predict: &Predict, faults: &mut Faults) {
    faults.said(&predict.program.program, "the program");
    faults.taught(&predict.because, "because");
    slipped(&predict.slips, "the question", faults);
}

fn order(order: &Order, faults: &mut Faults) {
    let lab = match &order.of {
        Tape::Program(program) => {
            faults.said(&program.program, "the program");
            false
        }
        Tape::Lab { .. } => true,
    };
    let count = order.events.len();
    faults.when(!(3..=8).contains(&count), format!("three to eight events are put in order, here {count}"));
    let mut seen = Seen::default();
    for (at, Event { text, found }) in order.events.iter().enumerate() {
        faults.when(text.trim().is_empty(), format!("event {} has no text", at + 1));
        faults
            .when(lab && found.trim().is_empty(), format!("event {} does not say by which words it is found", at + 1));
        faults.when(seen.before(text, at).is_some(), format!("event {} is there twice", at + 1));
    }
    faults.taught(&order.because, "because");
}

fn matching(matching: &Matching, faults: &mut Faults) {
    let count = matching.pairs.len();
    faults.when(count < 2, format!("two to eight pairs are matched, here {count}"));
    faults.lacks(count > 8, format!("two to eight pairs are matched, here {count}"));
    let (mut left, mut right) = (Seen::default(), Seen::default());
    for (at, pair) in matching.pairs.iter().enumerate() {
        let empty = pair.left.trim().is_empty() || pair.right.trim().is_empty();
        faults.when(empty, format!("pair {} lacks a side", at + 1));
        faults.lacks(pair.reason.trim().is_empty(), format!("pair {} does not say why", at + 1));
        let twice = [left.before(&pair.left, at), right.before(&pair.right, at)];
        faults.when(twice.iter().any(Option::is_some), format!("pair {} has a side of another pair", at + 1));
    }
    for decoy in &matching.decoys {
        faults.lacks(decoy.reason.trim().is_empty(), "a decoy does not say why it belongs to nothing");
        let clash = right.0.contains_key(&folded(&decoy.text));
        faults.when(clash, format!("“{}” is the right side of a pair and a decoy, too", decoy.text.trim()));
    }
}

fn gaps(gaps: &Gaps, faults: &mut Faults) {
    faults.said(&gaps.text, "the text");
    faults.when(gaps.gaps.is_empty(), "there is no gap to fill");
    for (at, Blank { answers, because, slips }) in gaps.gaps.iter().enumerate() {
        let mark = format!("{{{}}}", at + 1);
        // Of a text that is no text anyway nobody wants to know which marks it lacks.
        let marked = gaps.text.len() > LONGEST || gaps.text.matches(&mark).count() == 1;
        faults.when(!marked, format!("the text has {mark} exactly once"));
        accepted(answers, slips, &format!("gap {mark}"), faults);
        faults.taught(because, &format!("because of gap {mark}"));
    }
    let more = format!("{{{}}}", gaps.gaps.len() + 1);
    faults.when(gaps.text.contains(&more), format!("the text has {more}, but no such gap is described"));
}

fn anomaly(anomalies: &Anomalies, faults: &mut Faults) {
    let count = anomalies.options.len();
    faults.when(!(2..=8).contains(&count), format!("a question has two to eight options, this one has {count}"));
    slipped(&anomalies.options, "the question", faults);
    faults.said(&anomalies.preset, "the preset");
    lettered(&anomalies.schedule, faults);
    faults.taught(&anomalies.because, "because");
}

fn lab(goal: &Goal, faults: &mut Faults) {
    faults.said(&goal.lab, "the lab");
    faults.said(&goal.preset, "the preset");
    faults.said(&goal.goal, "the goal");
    lettered(&goal.schedule, faults);
    let both = !goal.schedule.trim().is_empty() && !goal.faults.trim().is_empty();
    faults.when(both, "a lab opens in an order of statements or knows faults, and never both");
    faults.taught(&goal.because, "because");
}

/// Whose statement runs next: how many sessions there are only the lab knows.
fn lettered(schedule: &str, faults: &mut Faults) {
    faults.short(schedule, "the schedule");
    if let Some(odd) = schedule.chars().find(|c| !c.is_ascii_alphabetic() && !c.is_ascii_whitespace()) {
        faults.when(true, format!("the schedule is a letter for each statement, A, B and so on; “{odd}” is none"));
    }
}

/// Whoever has no rubric can still say what he thinks of his answer: that is no reason not to ask.
fn open(open: &Open, faults: &mut Faults) {
    faults.lacks(open.good.is_empty(), "the rubric has nothing that is good to hear");
    faults.when(open.good.iter().any(|point| point.text.trim().is_empty()), "a point of the rubric has no text");
    for flag in &open.red_flags {
        faults.lacks(
            flag.text.trim().is_empty() || flag.reason.trim().is_empty(),
            "a red flag lacks its text or its reason",
        );
    }
    faults.taught(&open.junior, "the answer of somebody junior");
    faults.taught(&open.senior, "the answer of somebody senior");
}
