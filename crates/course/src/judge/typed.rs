//! Words and numbers, typed.

use super::reading;
use super::{Given, Told, Verdict};
use crate::question::{Blank, Gaps, Number, Short, Slip, same};

/// What is said about what was typed: a slip that others have made before is told its own reason.
fn wrong(typed: &str, slips: &[Slip]) -> Told {
    let reason = slips.iter().find(|slip| same(&slip.text, typed)).map(|slip| slip.reason.clone());
    Told { text: typed.trim().into(), right: false, given: true, reason: reason.unwrap_or_default() }
}

fn first(answers: &[String]) -> &str {
    answers.first().map_or("", |answer| answer.trim())
}

fn accepts(answers: &[String], typed: &str) -> bool {
    !typed.trim().is_empty() && answers.iter().any(|answer| same(answer, typed))
}

pub fn short(short: &Short, given: &Given) -> Verdict {
    let typed = if let Given::Text(text) = given { text } else { "" };
    let right = accepts(&short.answers, typed);
    let told = if right || typed.trim().is_empty() { vec![] } else { vec![wrong(typed, &short.slips)] };
    Verdict::whole(right, told, first(&short.answers), &short.because)
}

pub fn number(number: &Number, given: &Given) -> Verdict {
    let typed = if let Given::Text(text) = given { text } else { "" };
    let read = reading::number(typed, &number.unit);
    let right = read.as_ref().is_ok_and(|value| near(*value, number.value, number.tolerance));
    let slip = |value: f64| number.slips.iter().find(|slip| near(value, slip.value, 0.0));
    let reason = match &read {
        Ok(value) => slip(*value).map_or(String::new(), |slip| slip.reason.clone()),
        Err(sentence) => sentence.clone(),
    };
    let told = Told { text: typed.trim().into(), right, given: true, reason };
    let told = if right || typed.trim().is_empty() { vec![] } else { vec![told] };
    Verdict::whole(right, told, reading::written(number.value, &number.unit).trim(), &number.because)
}

/// Whether it is no further away than allowed; what binary fractions lose is not counted.
fn near(value: f64, wanted: f64, tolerance: f64) -> bool {
    (value - wanted).abs() <= tolerance + 1e-9 * wanted.abs().max(1.0)
}

pub fn gaps(gaps: &Gaps, given: &Given) -> Verdict {
    let typed = if let Given::Texts(texts) = given { texts.as_slice() } else { &[] };
    let told = |(at, gap): (usize, &Blank)| {
        let typed = typed.get(at).map_or("", String::as_str);
        let right = accepts(&gap.answers, typed);
        let slip = gap.slips.iter().find(|slip| same(&slip.text, typed));
        let reason = slip.filter(|_| !right).map_or(&gap.because, |slip| &slip.reason).clone();
        Told { text: first(&gap.answers).into(), right, given: !typed.trim().is_empty(), reason }
    };
    let told: Vec<Told> = gaps.gaps.iter().enumerate().map(told).collect();
    let hits = told.iter().filter(|told| told.right).count();
    let answer = gaps.gaps.iter().map(|gap| first(&gap.answers)).collect::<Vec<_>>().join(", ");
    Verdict::parts(hits, gaps.gaps.len(), told, answer, "")
}
