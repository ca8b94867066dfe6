//! One question, or many side by side.

use crate::program::MemoryGauge;
use crate::{Answer, anomaly, goal, order, output};
use interleave_course::{Kind, Question};
use std::num::NonZero;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Mutex;
use std::thread;

/// The answer; none of a question that is not executed. Or what is wrong with the question, in sentences.
pub type Found = Result<Option<Answer>, Vec<String>>;

/// The engine's parser is recursive: deeply nested programs need room.
const STACK: usize = 256 << 20;

/// Finds the answer of a question by running what it asks about. `None` for kinds that are not executed.
///
/// A program that nests deeply needs more stack than a thread usually has: [`answer_all`] sees to that.
///
/// # Errors
/// Sentences that say what is wrong with the question.
pub fn answer(question: &Question) -> Found {
    with(question, None)
}

fn with(question: &Question, memory: Option<MemoryGauge>) -> Found {
    match &question.kind {
        Kind::Output(predict) => output::answer(predict, memory).map(Some),
        Kind::Order(order) => order::answer(order, memory).map(Some),
        Kind::Anomaly(anomalies) => anomaly::answer(anomalies).map(Some),
        Kind::Lab(goal) => goal::answer(goal).map(Some),
        Kind::Choice(_)
        | Kind::Several(_)
        | Kind::TrueFalse(_)
        | Kind::Short(_)
        | Kind::Number(_)
        | Kind::Match(_)
        | Kind::Gap(_)
        | Kind::Open(_) => Ok(None),
    }
}

/// Finds the answers of questions, in their order, as many at a time as the machine has processors.
///
/// `memory` tells how many bytes the whole process uses, where that can be told: a program that takes too many is stopped.
pub fn answer_all(questions: &[Question], memory: Option<MemoryGauge>) -> Vec<Found> {
    let next = Mutex::new(questions.iter().enumerate());
    let found = Mutex::new(vec![Ok(None); questions.len()]);
    let work = || {
        while let Some((at, question)) = lock(&next).next() {
            let answer = catch_unwind(AssertUnwindSafe(|| with(question, memory)));
            let failed = |_| Err(vec!["the simulation failed; this is a fault of Interleave".to_owned()]);
            lock(&found)[at] = answer.unwrap_or_else(failed);
        }
    };
    let workers = thread::available_parallelism().map_or(1, NonZero::get).min(questions.len());
    thread::scope(|scope| {
        for _ in 0..workers {
            thread::Builder::new().stack_size(STACK).spawn_scoped(scope, work).expect("there is room for a thread");
        }
    });
    found.into_inner().unwrap_or_else(|poisoned| poisoned.into_inner())
}

/// Nobody panics while holding a lock; and what is in it would be good all the same.
fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
}
