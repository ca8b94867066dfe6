//! What does it print?

use crate::Answer;
use crate::program::{MemoryGauge, Ran, run};
use interleave_course::question::Predict;

/// Runs the program, and makes sure that what is told to be wrong is.
pub fn answer(predict: &Predict, memory: Option<MemoryGauge>) -> Result<Answer, Vec<String>> {
    let Ran { text, exit } = run(&predict.program, memory).map_err(|why| vec![why])?;
    if text.trim().is_empty() {
        return Err(vec![format!("the program prints nothing to stdout, and exits with {exit}")]);
    }
    let slips = predict.slips.iter().enumerate().filter(|(_, slip)| lines(&slip.text) == lines(&text));
    let faults: Vec<_> = slips
        .map(|(at, _)| format!("slip {} is what the program prints: it is right, and not a slip", at + 1))
        .collect();
    if faults.is_empty() { Ok(Answer::Output { text, exit }) } else { Err(faults) }
}

/// What somebody who types an output could see of it: lines without the blanks at their ends, and none that are empty before or after them.
fn lines(text: &str) -> Vec<&str> {
    let lines: Vec<_> = text.lines().map(str::trim_end).collect();
    let first = lines.iter().position(|line| !line.is_empty()).unwrap_or(lines.len());
    let last = lines.iter().rposition(|line| !line.is_empty()).map_or(first, |last| last + 1);
    lines[first..last].to_vec()
}
