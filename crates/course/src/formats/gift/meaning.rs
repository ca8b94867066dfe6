//! What answers mean, in our model.

use super::Markup;
use super::section::{Answer, Answers, FULL, Numeric, Section};
use crate::formats::extra::Extra;
use crate::question::{
    Blank, Choice, Claim, Decoy, Gaps, Kind, Matching, Number, NumberSlip, Open, Options, Pair, Short, Slip,
};

/// What stands around the answers.
pub(super) struct Stem<'a> {
    pub(super) before: &'a str,
    pub(super) after: &'a str,
    pub(super) markup: Markup,
}

/// The question above a text with a gap that has none of its own.
pub(super) const FILL: &str = "What belongs in the gap?";

impl Section {
    /// The stem and the kind of question. `warnings` are for what our model cannot say.
    pub(super) fn meaning(
        &self,
        stem: Stem,
        extra: &Extra,
        warnings: &mut Vec<String>,
    ) -> Result<(String, Kind), String> {
        let general = &self.general;
        let whole = stem.whole();
        let kind = match &self.answers {
            Answers::Essay => Kind::Open(extra.open.clone().unwrap_or_else(|| open(general))),
            Answers::TrueFalse { right, wrong_feedback, right_feedback } => Kind::TrueFalse(Claim {
                answer: *right,
                because: both(right_feedback, general),
                otherwise: wrong_feedback.clone(),
            }),
            Answers::Choice { single, options } => choice(*single, options, general, warnings),
            Answers::Number { numbers, otherwise } => {
                if otherwise.is_some() {
                    warnings.push("what it says of any other number is not shown".into());
                }
                Kind::Number(number(numbers, general, &extra.unit, warnings)?)
            }
            Answers::Match(pairs) => Kind::Match(matching(pairs, extra)),
            Answers::Short(answers) => {
                let short = short(answers, general, warnings);
                if let Some(text) = stem.gap(extra) {
                    let Short { answers, because, slips } = short;
                    let gaps = vec![Blank { answers, because, slips }];
                    let stem = extra.gap.clone().filter(|stem| !stem.is_empty()).unwrap_or_else(|| FILL.into());
                    return Ok((stem, Kind::Gap(Gaps { text, gaps })));
                }
                Kind::Short(short)
            }
        };
        Ok((whole, kind))
    }
}

impl Stem<'_> {
    /// With a blank for the answers, unless they stand at its end.
    fn whole(&self) -> String {
        let (before, after) = (self.before.trim_end(), self.after.trim());
        let sentence = before.ends_with(['?', '.', '!', ':']);
        let ends = after.is_empty() || (sentence && after.chars().all(|c| c.is_ascii_punctuation()));
        let text = if ends { before.into() } else { format!("{}{BLANK}{}", self.before, self.after) };
        self.markup.read(&text)
    }

    /// The text with a gap, if the answers stand within it.
    fn gap(&self, extra: &Extra) -> Option<String> {
        let ends = self.after.trim().is_empty();
        if (ends && extra.gap.is_none()) || self.before.trim().ends_with('?') && extra.gap.is_none() {
            return None;
        }
        // The gap is put in when the text is Markdown already.
        let text = self.markup.read(&format!("{}{GAP}{}", self.before, self.after));
        let unique = text.matches(GAP).count() == 1 && !text.contains("{1}") && !text.contains("{2}");
        unique.then(|| text.replacen(GAP, "{1}", 1))
    }
}

/// A character for private use, that no text has.
const GAP: char = '\u{e000}';

/// What Moodle shows in place of the answers.
const BLANK: &str = "_____";

/// What is said of the right answer, and what is said in any case.
fn both(reason: &str, general: &str) -> String {
    match (reason.is_empty(), general.is_empty()) {
        (true, _) => general.into(),
        (_, true) => reason.into(),
        _ => format!("{reason}\n\n{general}"),
    }
}

/// What a teacher says after an essay is what should have been in it.
fn open(general: &str) -> Open {
    Open { good: vec![], red_flags: vec![], junior: String::new(), senior: general.into() }
}

fn choice(single: bool, answers: &[Answer], general: &str, warnings: &mut Vec<String>) -> Kind {
    let full = answers.iter().filter(|answer| answer.weight == FULL).count();
    let several = !single || full > 1;
    if single && full > 1 {
        warnings.push(format!("{full} answers are right, each by itself; here all of them have to be chosen"));
    }
    if single && answers.iter().any(|answer| answer.weight > 0 && answer.weight < FULL) {
        warnings.push("an answer that is partly right counts as wrong".into());
    }
    let mut options: Vec<Choice> = answers
        .iter()
        .map(|answer| Choice {
            text: answer.text.clone(),
            right: if single { answer.weight == FULL } else { answer.weight > 0 },
            reason: answer.feedback.clone(),
        })
        .collect();
    if let Some(right) = options.iter_mut().find(|option| option.right) {
        right.reason = both(&right.reason, general);
    }
    if several { Kind::Several(Options { options }) } else { Kind::Choice(Options { options }) }
}

fn short(answers: &[Answer], general: &str, warnings: &mut Vec<String>) -> Short {
    let (mut right, mut because, mut slips) = (vec![], String::new(), vec![]);
    for answer in answers {
        // What is nearly right is not wrong; what is hardly right is.
        let accepted = answer.weight * 2 >= FULL;
        if answer.weight > 0 && answer.weight < FULL {
            let how = if accepted { "right" } else { "wrong" };
            warnings.push(format!("“{}” is partly right; here it counts as {how}", answer.text));
        }
        let any = answer.text.contains('*');
        if any {
            warnings.push(format!("“{}”: a * stands for any text in Moodle, and for itself here", answer.text));
        }
        if accepted {
            right.push(answer.text.clone());
            if because.is_empty() {
                because.clone_from(&answer.feedback);
            }
        } else if answer.text != "*" {
            slips.push(Slip { text: answer.text.clone(), reason: answer.feedback.clone() });
        }
    }
    Short { answers: right, because: both(&because, general), slips }
}

fn number(numbers: &[Numeric], general: &str, unit: &str, warnings: &mut Vec<String>) -> Result<Number, String> {
    let best = numbers.iter().find(|number| number.weight == FULL);
    let Some(best) = best else { return Err("no number is fully right".into()) };
    let mut slips = vec![];
    for other in numbers.iter().filter(|other| !std::ptr::eq(*other, best)) {
        if other.weight > 0 || other.tolerance > 0.0 {
            warnings.push(format!("{} is accepted, too, or in part; here only {} is", other.value, best.value));
        } else {
            slips.push(NumberSlip { value: other.value, reason: other.feedback.clone() });
        }
    }
    Ok(Number {
        value: best.value,
        tolerance: best.tolerance,
        unit: unit.into(),
        because: both(&best.feedback, general),
        slips,
    })
}

/// What belongs to nothing belongs to nothing on the left.
fn matching(sides: &[(String, String)], extra: &Extra) -> Matching {
    let (mut pairs, mut decoys) = (vec![], vec![]);
    let (mut reasons, mut more) = (extra.reasons.iter(), extra.decoys.iter());
    for (left, right) in sides {
        if left.is_empty() {
            let reason = more.next().map_or(String::new(), |decoy| decoy.reason.clone());
            decoys.push(Decoy { text: right.clone(), reason });
        } else {
            let reason = reasons.next().cloned().unwrap_or_default();
            pairs.push(Pair { left: left.clone(), right: right.clone(), reason });
        }
    }
    Matching { pairs, decoys }
}
