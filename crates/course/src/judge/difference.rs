//! Which lines of two texts differ.

/// A line of two texts laid beside each other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Line {
    /// In both.
    Same(String),
    /// Of the first text alone: it is printed, and was not typed.
    Missing(String),
    /// Of the second text alone: it was typed, and is not printed.
    Extra(String),
}

/// More lines than this are not laid beside each other: that takes the product of both numbers.
const MOST: usize = 400;

/// The lines of a text without blanks at their ends, and without empty lines at its end.
pub fn lines(text: &str) -> Vec<&str> {
    let mut lines: Vec<&str> = text.lines().map(str::trim_end).collect();
    while lines.last().is_some_and(|line| line.is_empty()) {
        lines.pop();
    }
    lines
}

/// What is printed and what was typed, laid beside each other so that as many lines as possible are the same.
pub fn difference(printed: &str, typed: &str) -> Vec<Line> {
    let (one, other) = (lines(printed), lines(typed));
    let (one, other) = (&one[..one.len().min(MOST)], &other[..other.len().min(MOST)]);
    // longest[i][j]: how many lines one[i..] and other[j..] can have in common.
    let mut longest = vec![vec![0u16; other.len() + 1]; one.len() + 1];
    for i in (0..one.len()).rev() {
        for j in (0..other.len()).rev() {
            longest[i][j] =
                if one[i] == other[j] { longest[i + 1][j + 1] + 1 } else { longest[i + 1][j].max(longest[i][j + 1]) };
        }
    }
    let (mut i, mut j, mut laid) = (0, 0, vec![]);
    while i < one.len() || j < other.len() {
        if i < one.len() && j < other.len() && one[i] == other[j] {
            laid.push(Line::Same(one[i].into()));
            (i, j) = (i + 1, j + 1);
        } else if j < other.len() && (i == one.len() || longest[i][j + 1] >= longest[i + 1][j]) {
            laid.push(Line::Extra(other[j].into()));
            j += 1;
        } else {
            laid.push(Line::Missing(one[i].into()));
            i += 1;
        }
    }
    laid
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_laid_beside_each_other() {
        let laid = difference("tick\npromise\ntimer\n", "promise\ntick\ntimer");
        let same = |line: &str| Line::Same(line.into());
        assert_eq!(laid, [Line::Extra("promise".into()), same("tick"), Line::Missing("promise".into()), same("timer")]);
        assert_eq!(difference("a \n\n", "a\n \n"), [same("a")]);
        assert_eq!(difference("", ""), []);
    }
}
