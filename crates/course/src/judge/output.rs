//! What a program prints, line by line.

use super::difference::lines;
use super::{Given, Told, Verdict};
use crate::question::{Answer, Predict, same};

pub fn output(predict: &Predict, answer: Option<&Answer>, given: &Given) -> Verdict {
    let typed = if let Given::Text(text) = given { text } else { "" };
    let Some(Answer::Output { text: printed, .. }) = answer else {
        return Verdict::whole(false, vec![], "", &predict.because);
    };
    let (wanted, typed_lines) = (lines(printed), lines(typed));
    let right = wanted == typed_lines;
    let mut told = vec![];
    if !right && !typed_lines.is_empty() {
        // The words of a slip are compared as words: whoever made it may have put them on other lines.
        let slip = predict.slips.iter().find(|slip| lines(&slip.text) == typed_lines);
        let slip = slip.or_else(|| predict.slips.iter().find(|slip| same(&slip.text, typed)));
        let reason = slip.map_or_else(|| first_difference(&wanted, &typed_lines), |slip| slip.reason.clone());
        told.push(Told { text: typed_lines.join("\n"), right: false, given: true, reason });
    }
    let mut verdict = Verdict::whole(right, told, &wanted.join("\n"), &predict.because);
    let of = wanted.len().max(typed_lines.len());
    if !right && of > 0 {
        let hits = wanted.iter().zip(&typed_lines).filter(|(one, other)| one == other).count();
        verdict.share = hits as f64 / of as f64;
    }
    verdict
}

/// Where what was typed leaves what is printed.
fn first_difference(wanted: &[&str], typed: &[&str]) -> String {
    let same = wanted.iter().zip(typed).take_while(|(one, other)| one == other).count();
    let at = same + 1;
    match (wanted.get(same), typed.get(same)) {
        (Some(one), Some(other)) if one.trim() == other.trim() => {
            format!("Line {at} is the first that differs: in the blanks before it.")
        }
        (Some(_), Some(_)) => format!("Line {at} is the first that differs."),
        (Some(_), None) => format!("Right so far, but something more is printed: line {at}."),
        (None, _) => format!("Right so far, but nothing more is printed after line {same}."),
    }
}
