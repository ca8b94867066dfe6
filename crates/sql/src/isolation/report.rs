//! An error or a notice as libpq words it for a terminal. (`pqBuildErrorMessage3` of `fe-protocol3.c`)

use crate::error::SqlError;
use std::fmt::Write;

/// Characters of a line that are shown around a position at most. Terminals are 80 wide.
const WIDTH: usize = 60;
/// Characters that stay to the right of the position when a line is cut.
const RIGHT: usize = 10;

/// `ERROR:  message`, the line of `sql` with a caret below the place, DETAIL and HINT: each on a line of its own.
pub fn report(severity: &str, error: &SqlError, sql: &str) -> String {
    let mut text = format!("{severity}:  {}\n", error.message);
    if let Some(position) = error.position {
        point_at(&mut text, sql, position as usize);
    }
    for (name, line) in [("DETAIL", &error.detail), ("HINT", &error.hint)] {
        if let Some(line) = line {
            let _ = writeln!(text, "{name}:  {line}"); // writing to a String cannot fail
        }
    }
    text
}

/// `LINE n: …` and the caret. `position` counts characters from 1.
fn point_at(text: &mut String, sql: &str, position: usize) {
    let Some(at) = position.checked_sub(1) else { return };
    let chars: Vec<char> = sql.chars().map(|c| if c == '\t' { ' ' } else { c }).collect();
    if at > chars.len() {
        return;
    }
    let breaks = chars[..at].iter().enumerate().filter(|(_, c)| **c == '\n');
    let (line, start) = breaks.fold((1, 0), |(line, _), (index, _)| (line + 1, index + 1));
    let end = chars[at..].iter().position(|c| matches!(c, '\n' | '\r')).map_or(chars.len(), |length| at + length);

    let (mut from, mut to) = (start, end);
    let (mut cut_left, mut cut_right) = (false, false);
    if to - from > WIDTH {
        if from + WIDTH >= at + RIGHT {
            to = from + WIDTH;
            cut_right = true;
        } else {
            if at + RIGHT < to {
                to = at + RIGHT;
                cut_right = true;
            }
            if to - from > WIDTH {
                from = to - WIDTH;
                cut_left = true;
            }
        }
    }
    let shown: String = chars[from..to].iter().collect();
    let lead = format!("LINE {line}: {}", if cut_left { "..." } else { "" });
    let indent = lead.chars().count() + width(&chars[from..at.min(to)]);
    let _ = writeln!(text, "{lead}{shown}{}\n{:indent$}^", if cut_right { "..." } else { "" }, "");
}

/// Columns on a terminal. East Asian wide characters take two.
fn width(chars: &[char]) -> usize {
    let is_wide = |c: &char| matches!(u32::from(*c), 0x1100..=0x115f | 0x2e80..=0xa4cf | 0xac00..=0xd7a3 | 0xf900..=0xfaff | 0xfe30..=0xfe6f | 0xff00..=0xff60 | 0xffe0..=0xffe6 | 0x20000..=0x3fffd);
    chars.iter().map(|c| if is_wide(c) { 2 } else { 1 }).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_caret_is_below_the_place() {
        let error = SqlError::new("42703", "column \"colour\" does not exist").at(18).hint("Perhaps.");
        assert_eq!(
            report("ERROR", &error, "SELECT 1;\nSELECT colour FROM pets"),
            "ERROR:  column \"colour\" does not exist\nLINE 2: SELECT colour FROM pets\n               ^\nHINT:  Perhaps.\n"
        );
    }

    #[test]
    fn a_long_line_is_cut_around_the_place() {
        let sql = format!("SELECT {}, b, c", "a".repeat(80));
        let error = SqlError::new("42703", "no").at(90);
        assert_eq!(
            report("ERROR", &error, &sql),
            format!("ERROR:  no\nLINE 1: ...{}, b, c\n{:67}^\n", "a".repeat(54), "")
        );
        let error = SqlError::new("42703", "no").at(1);
        assert_eq!(
            report("ERROR", &error, &sql),
            format!("ERROR:  no\nLINE 1: SELECT {}...\n        ^\n", "a".repeat(53))
        );
    }
}
