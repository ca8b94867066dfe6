//! What every kind is drawn from.

use super::{choices, gap, goal, matching, open, order, output, schedule, typed};
use crate::draw::markdown;
use interleave_course::bank::Beside;
use interleave_course::judge::{seed_of, shuffled};
use interleave_course::question::Tape;
use interleave_course::{Answer, Given, Kind, Question, Told, Verdict};
use yew::prelude::*;

/// A question as it stands.
pub struct Sheet<'a> {
    /// What the ids of its elements begin with.
    pub id: String,
    pub question: &'a Question,
    pub answer: Option<&'a Answer>,
    /// What the labs have to do with it.
    pub beside: Option<&'a Beside>,
    pub given: &'a Given,
    /// Present when it is judged.
    pub verdict: Option<&'a Verdict>,
    pub on_given: &'a Callback<Given>,
    pub exam: bool,
    pub seed: u64,
}

impl Sheet<'_> {
    /// What the question is about: a program, a schedule. It stands outside of all labels.
    pub fn subject(&self) -> Html {
        match &self.question.kind {
            Kind::Output(predict) => output::program(&predict.program),
            Kind::Order(order) => match &order.of {
                Tape::Program(program) => output::program(program),
                Tape::Lab { .. } => Html::default(),
            },
            Kind::Anomaly(_) => schedule::table(self.beside),
            _ => Html::default(),
        }
    }

    /// Where one answers.
    pub fn body(&self) -> Html {
        match &self.question.kind {
            Kind::Choice(options) => choices::one(self, &options.options),
            Kind::Several(options) => choices::several(self, &options.options),
            Kind::TrueFalse(_) => choices::claim(self),
            Kind::Anomaly(anomalies) => choices::anomaly(self, anomalies),
            Kind::Short(_) => typed::short(self),
            Kind::Number(number) => typed::number(self, number),
            Kind::Output(_) => output::answer(self),
            Kind::Gap(gaps) => gap::gaps(self, gaps),
            Kind::Order(events) => order::order(self, events),
            Kind::Match(matching) => matching::matching(self, matching),
            Kind::Lab(goal) => goal::goal(self, goal),
            Kind::Open(open) => open::open(self, open),
        }
    }

    /// What the button is called.
    pub fn check_name(&self) -> &'static str {
        if matches!(self.question.kind, Kind::Open(_)) { "I have ticked honestly" } else { "Check" }
    }

    pub fn judged(&self) -> bool {
        self.verdict.is_some()
    }

    /// What is told of the part of that number, once it is judged.
    pub fn told(&self, at: usize) -> Option<&Told> {
        self.verdict.and_then(|verdict| verdict.told.get(at))
    }

    /// The order in which so many options are shown.
    pub fn options(&self, count: usize) -> Vec<usize> {
        shuffled(count, self.seed)
    }

    /// An order of things whose written order would give them away.
    pub fn hidden(&self, count: usize) -> Vec<usize> {
        shuffled(count, self.seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ seed_of(&self.question.id))
    }

    /// The text of a typed answer.
    pub fn text(&self) -> String {
        if let Given::Text(text) = self.given { text.clone() } else { String::new() }
    }
}

/// The reason under a part of an answer.
pub fn reason(told: Option<&Told>) -> Html {
    match told {
        Some(told) if !told.reason.trim().is_empty() => {
            html! { <div class="reason">{markdown::markdown(&told.reason)}</div> }
        }
        _ => Html::default(),
    }
}
