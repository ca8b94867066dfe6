//! Judges a whole bank: what no question shows by itself.
//!
//! Whoever knows nothing must not profit from how questions are written. Always choosing the longest option has to score
//! within five points of chance, and no place may be the right one more often than others.

use crate::deck::Place;
use crate::question::{Choice, Kind, folded};
use crate::{Problem, Question};
use std::collections::{BTreeMap, BTreeSet};

/// A question, and where it stands.
#[derive(Clone, Copy, Debug)]
pub struct Located<'a> {
    pub file: &'a str,
    pub place: Place,
    pub question: &'a Question,
}

impl Located<'_> {
    fn error(&self, message: impl Into<String>) -> Problem {
        self.place.problem(self.file, message.into())
    }
}

/// How far a figure may be from chance, in points of a hundred.
const POINTS: f64 = 5.0;

/// With fewer questions than this the places of right options say nothing.
const ENOUGH: usize = 40;

/// Findings about a bank, in the order of its questions; those about all of it come last, at the first question.
///
/// `anchors` are the sections of the guide, as questions name them (`guide/sagas/#what-breaks`, and `guide/sagas/`). Without
/// them nobody knows whether a section exists.
pub fn lint(bank: &[Located], anchors: Option<&BTreeSet<String>>) -> Vec<Problem> {
    let mut problems = vec![];
    let (mut ids, mut asked) = (BTreeMap::new(), BTreeMap::new());
    for located in bank {
        let question = located.question;
        problems.extend(question.faults().into_iter().map(|fault| located.error(fault)));
        problems.extend(written(question, anchors).into_iter().map(|message| located.error(message)));
        if let Some(first) = again(&mut ids, question.id.clone(), located) {
            problems.push(located.error(format!("{first} has the id “{}”, too", question.id)));
        }
        if let Some(first) = again(&mut asked, asks(question), located) {
            problems.push(located.error(format!("{first} asks the same")));
        }
    }
    if let Some(first) = bank.first() {
        let about_all = whole(bank);
        problems.extend(about_all.into_iter().map(|problem| Problem { file: first.file.into(), ..problem }));
    }
    problems
}

/// Where this was before, if it was.
fn again<'a>(seen: &mut BTreeMap<String, &'a Located<'a>>, what: String, located: &'a Located<'a>) -> Option<String> {
    match seen.get(&what) {
        Some(first) => Some(format!("{} line {}, question {}", first.file, first.place.line, first.place.number)),
        None => {
            seen.insert(what, located);
            None
        }
    }
}

/// What is asked, with the code that it is asked about.
fn asks(question: &Question) -> String {
    let about = match &question.kind {
        Kind::Output(predict) => format!("{}\n{}", predict.program.program, predict.program.schema),
        Kind::Order(order) => format!("{:?}", order.of),
        Kind::Gap(gaps) => gaps.text.clone(),
        Kind::Anomaly(anomalies) => format!("{}\n{}\n{}", anomalies.preset, anomalies.isolation, anomalies.schedule),
        Kind::Lab(goal) => {
            format!("{}\n{}\n{}\n{}\n{}", goal.lab, goal.preset, goal.goal, goal.schedule, goal.faults)
        }
        _ => String::new(),
    };
    folded(&format!("{}\n{about}", question.stem))
}

/// What is wrong with how one question is written, though it can be asked.
fn written(question: &Question, anchors: Option<&BTreeSet<String>>) -> Vec<String> {
    let mut wrong = vec![];
    for (at, option) in question.options().iter().enumerate() {
        if let Some(words) = all_or_none(&option.text) {
            wrong.push(format!("option {} says “{words}”: it is about the others, and says nothing itself", at + 1));
        }
    }
    let section = &question.section;
    if !section.is_empty() && anchors.is_some_and(|anchors| !anchors.contains(section)) {
        wrong.push(format!("the guide has no section “{section}”"));
    }
    let source = question.source.trim();
    let scheme = source.split_once("://").map(|(scheme, _)| scheme).filter(|scheme| !scheme.contains(' '));
    if scheme.is_some_and(|scheme| scheme != "https") {
        wrong.push(format!("the source “{source}” is no https address"));
    }
    wrong
}

/// `All of the above`, in the ways in which it is said.
fn all_or_none(text: &str) -> Option<&'static str> {
    let words: String = text.to_lowercase().chars().map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect();
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    ["all of the above", "none of the above", "all of these", "none of these", "all the above", "both of the above"]
        .into_iter()
        .find(|phrase| words == *phrase || words.starts_with(phrase))
}

/// What all questions together show.
fn whole(bank: &[Located]) -> Vec<Problem> {
    let mut found = vec![];
    let why = bank.iter().filter(|located| located.question.why).count();
    if why * 2 < bank.len() {
        found.push(Problem::error(
            "",
            1,
            format!("at least half of the questions ask why; here {why} of {}", bank.len()),
        ));
    }
    let choices: Vec<&[Choice]> = bank
        .iter()
        .filter(|located| matches!(located.question.kind, Kind::Choice(_)))
        .map(|located| located.question.options())
        .filter(|options| options.len() > 1 && options.iter().filter(|option| option.right).count() == 1)
        .collect();
    let longest = gain(&choices, true);
    if longest.abs() > POINTS {
        found.push(Problem::error("", 1, scored("longest", longest)));
    }
    let shortest = gain(&choices, false);
    if shortest.abs() > POINTS {
        found.push(Problem::warning("", 1, scored("shortest", shortest)));
    }
    found.extend(places(&choices));
    found
}

fn scored(which: &str, gain: f64) -> String {
    let side = if gain > 0.0 { "above" } else { "below" };
    format!("always choosing the {which} option scores {:.1} points {side} chance; {POINTS} are allowed", gain.abs())
}

/// By how many points always choosing the longest (or the shortest) option is better than chance. Who finds several of the
/// same length chooses among them by chance.
fn gain(questions: &[&[Choice]], longest: bool) -> f64 {
    if questions.is_empty() {
        return 0.0;
    }
    let length = |option: &Choice| option.text.trim().chars().count();
    let gains = questions.iter().map(|options| {
        let lengths = options.iter().map(length);
        let chosen = if longest { lengths.max() } else { lengths.min() };
        let candidates: Vec<_> = options.iter().filter(|option| Some(length(option)) == chosen).collect();
        let right = candidates.iter().filter(|option| option.right).count();
        right as f64 / candidates.len() as f64 - 1.0 / options.len() as f64
    });
    gains.sum::<f64>() / questions.len() as f64 * 100.0
}

/// Whether the right option stands in every place as often as in others, for each number of options.
fn places(questions: &[&[Choice]]) -> Vec<Problem> {
    let mut counts: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for options in questions {
        let counts = counts.entry(options.len()).or_insert_with(|| vec![0; options.len()]);
        if let Some(at) = options.iter().position(|option| option.right) {
            counts[at] += 1;
        }
    }
    let mut found = vec![];
    for (options, counts) in counts {
        let all: usize = counts.iter().sum();
        if all < ENOUGH {
            continue;
        }
        let fair = 100.0 / options as f64;
        for (at, count) in counts.iter().enumerate() {
            let share = *count as f64 / all as f64 * 100.0;
            if (share - fair).abs() > POINTS {
                let message = format!(
                    "of {all} questions with {options} options, option {} is right in {share:.1} %; {fair:.1} % would be fair",
                    at + 1
                );
                found.push(Problem::error("", 1, message));
            }
        }
    }
    found
}
