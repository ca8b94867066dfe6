//! Answers as text.

use super::Markup;
use super::section::{Answer, Answers, FULL, Numeric, Section};
use crate::question::{Blank, Kind, Options, Short};
use std::fmt::Write;

impl Section {
    /// What our questions say between braces; nothing for kinds that GIFT does not know.
    pub(super) fn of(kind: &Kind) -> Option<Self> {
        let mut general = String::new();
        let answers = match kind {
            Kind::Choice(options) => choice(options, true),
            Kind::Several(options) => choice(options, false),
            Kind::TrueFalse(claim) => Answers::TrueFalse {
                right: claim.answer,
                wrong_feedback: claim.otherwise.clone(),
                right_feedback: claim.because.clone(),
            },
            Kind::Short(short) => Answers::Short(typed(short)),
            Kind::Gap(gaps) => {
                let [Blank { answers, because, slips }] = &gaps.gaps[..] else { return None };
                let short = Short { answers: answers.clone(), because: because.clone(), slips: slips.clone() };
                Answers::Short(typed(&short))
            }
            Kind::Number(number) => {
                let best = Numeric {
                    value: number.value,
                    tolerance: number.tolerance,
                    weight: FULL,
                    feedback: number.because.clone(),
                };
                let slip =
                    |value, feedback: &String| Numeric { value, tolerance: 0.0, weight: 0, feedback: feedback.clone() };
                let slips = number.slips.iter().map(|other| slip(other.value, &other.reason));
                Answers::Number { numbers: [best].into_iter().chain(slips).collect(), otherwise: None }
            }
            Kind::Match(matching) => {
                let pairs = matching.pairs.iter().map(|pair| (pair.left.clone(), pair.right.clone()));
                let decoys = matching.decoys.iter().map(|decoy| (String::new(), decoy.text.clone()));
                Answers::Match(pairs.chain(decoys).collect())
            }
            Kind::Open(open) => {
                general.clone_from(&open.senior);
                Answers::Essay
            }
            _ => return None,
        };
        Some(Self { answers, general })
    }

    /// As it is written.
    pub(super) fn text(&self) -> String {
        let mut out = String::new();
        match &self.answers {
            Answers::Essay => {}
            Answers::TrueFalse { right, wrong_feedback, right_feedback } => {
                out += if *right { "TRUE" } else { "FALSE" };
                if !wrong_feedback.is_empty() || !right_feedback.is_empty() {
                    let _ = write!(out, "#{}", marked(wrong_feedback));
                    out += &said(right_feedback);
                }
            }
            Answers::Choice { single, options } => {
                for option in options {
                    let sign = if *single && option.weight == FULL { "=".into() } else { wrong(option) };
                    let _ = write!(out, "\n\t{sign}{}{}", marked(&option.text), said(&option.feedback));
                }
            }
            Answers::Short(answers) => {
                for answer in answers {
                    let weight = weight(answer.weight, FULL, &answer.text);
                    let _ = write!(out, "\n\t={weight}{}{}", plain(&answer.text), said(&answer.feedback));
                }
            }
            Answers::Number { numbers, otherwise } => {
                out.push('#');
                for Numeric { value, tolerance, weight, feedback } in numbers {
                    let weight = self::weight(*weight, FULL, "");
                    let _ = write!(out, "\n\t={weight}{value}:{tolerance}{}", said(feedback));
                }
                if let Some(feedback) = otherwise {
                    let _ = write!(out, "\n\t~{}", said(feedback));
                }
            }
            Answers::Match(sides) => {
                for (left, right) in sides {
                    let _ = write!(out, "\n\t={} -> {}", marked(left), marked(right));
                }
            }
        }
        if !self.general.is_empty() {
            let _ = write!(out, "\n\t####{}", marked(&self.general));
        }
        if out.starts_with('\n') || out.contains("\n\t") {
            out.push('\n');
        }
        out
    }
}

/// Who ticks everything must not get everything: what is wrong costs as much as there is.
fn choice(options: &Options, single: bool) -> Answers {
    let right = options.options.iter().filter(|option| option.right).count().max(1) as i64;
    let weight = |is_right: bool| match (single, is_right) {
        (true, true) => FULL,
        (true, false) => 0,
        (false, true) => (FULL + right / 2) / right,
        (false, false) => -FULL,
    };
    let options = options.options.iter().map(|option| Answer {
        text: option.text.clone(),
        weight: weight(option.right),
        feedback: option.reason.clone(),
    });
    Answers::Choice { single, options: options.collect() }
}

fn typed(short: &Short) -> Vec<Answer> {
    let right = short.answers.iter().enumerate().map(|(at, text)| Answer {
        text: text.clone(),
        weight: FULL,
        feedback: if at == 0 { short.because.clone() } else { String::new() },
    });
    let slips =
        short.slips.iter().map(|slip| Answer { text: slip.text.clone(), weight: 0, feedback: slip.reason.clone() });
    right.chain(slips).collect()
}

fn wrong(option: &Answer) -> String {
    format!("~{}", weight(option.weight, 0, &option.text))
}

/// `%50%`; nothing where it goes without saying. "50% of them%" would be a weight, so that one says its own.
fn weight(weight: i64, usual: i64, text: &str) -> String {
    if weight == usual && !text.starts_with('%') { String::new() } else { format!("%{}%", weight as f64 / 100_000.0) }
}

fn said(reason: &str) -> String {
    if reason.is_empty() { String::new() } else { format!("#{}", marked(reason)) }
}

/// What begins like the name of a format does so as text.
fn marked(text: &str) -> String {
    format!("{}{}", if names_format(text) { "[markdown]" } else { "" }, escaped(text))
}

/// What is typed has no format; whoever expects one to be typed gets it as text.
fn plain(text: &str) -> String {
    format!("{}{}", if names_format(text) { "[plain]" } else { "" }, escaped(text))
}

fn names_format(text: &str) -> bool {
    Markup::of(text, Markup::Moodle).1 != text.trim_start()
}

/// On one line, with a backslash before all that means something.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match c {
            '~' | '=' | '#' | '{' | '}' | ':' | '\\' => out.extend(['\\', c]),
            '\n' => out += "\\n",
            '\r' => {}
            c => out.push(c),
        }
    }
    out
}
