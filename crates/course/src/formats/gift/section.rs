//! What stands between braces.

use super::Markup;

/// Answers, as they are written.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Section {
    pub(super) answers: Answers,
    /// What is said after any answer.
    pub(super) general: String,
}

/// By the kind of question that they make.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Answers {
    Essay,
    TrueFalse { right: bool, wrong_feedback: String, right_feedback: String },
    Choice { single: bool, options: Vec<Answer> },
    Short(Vec<Answer>),
    Number { numbers: Vec<Numeric>, otherwise: Option<String> },
    Match(Vec<(String, String)>),
}

#[derive(Clone, Debug, PartialEq)]
pub(super) struct Answer {
    pub(super) text: String,
    /// In hundred-thousandths: what one writes as 33.33333 %.
    pub(super) weight: i64,
    pub(super) feedback: String,
}

#[derive(Clone, Debug, PartialEq)]
pub(super) struct Numeric {
    pub(super) value: f64,
    pub(super) tolerance: f64,
    pub(super) weight: i64,
    pub(super) feedback: String,
}

/// Full credit.
pub(super) const FULL: i64 = 10_000_000;

impl Section {
    /// Parses what is between the braces.
    pub(super) fn parse(text: &str, markup: Markup) -> Result<Self, String> {
        let text = text.trim();
        let (text, general) = match rfind_str(text, "####") {
            Some(at) => (text[..at].trim(), read(&text[at + 4..], markup)),
            None => (text, String::new()),
        };
        let answers = match text.strip_prefix('#') {
            _ if text.is_empty() => Answers::Essay,
            Some(numbers) => self::numbers(numbers, markup)?,
            None => match true_false(text, markup) {
                Some(answer) => answer,
                None if find(text, '~').is_some() => choice(text, markup),
                None if find(text, '=').is_some() && text.contains("->") => pairs(text, markup)?,
                None => Answers::Short(split(text, &['=']).into_iter().map(|(_, text)| short(text, markup)).collect()),
            },
        };
        Ok(Self { answers, general })
    }
}

fn true_false(text: &str, markup: Markup) -> Option<Answers> {
    let (word, rest) = text.split_at(find(text, '#').unwrap_or(text.len()));
    let right = match word.trim().to_ascii_uppercase().as_str() {
        "T" | "TRUE" => true,
        "F" | "FALSE" => false,
        _ => return None,
    };
    let rest = rest.strip_prefix('#').unwrap_or(rest);
    let (wrong, other) = rest.split_at(find(rest, '#').unwrap_or(rest.len()));
    let other = other.strip_prefix('#').unwrap_or(other);
    Some(Answers::TrueFalse { right, wrong_feedback: read(wrong, markup), right_feedback: read(other, markup) })
}

fn choice(text: &str, markup: Markup) -> Answers {
    let parts = split(text, &['=', '~']);
    let single = parts.iter().any(|(mark, _)| *mark == Some('='));
    let options = parts.into_iter().map(|(mark, text)| {
        let (weight, text) = match mark {
            Some('=') => (FULL, text),
            _ => weight(text).unwrap_or((0, text)),
        };
        let (text, feedback) = feedback(text, markup);
        Answer { text, weight, feedback }
    });
    Answers::Choice { single, options: options.collect() }
}

fn short(text: &str, markup: Markup) -> Answer {
    let (weight, text) = weight(text).unwrap_or((FULL, text));
    // What is typed is no Markdown.
    let (text, more) = text.split_at(find(text, '#').unwrap_or(text.len()));
    let feedback = read(more.strip_prefix('#').unwrap_or(more), markup);
    Answer { text: typed(text), weight, feedback }
}

fn typed(text: &str) -> String {
    unescaped(Markup::of(text, Markup::Plain).1).trim().into()
}

fn numbers(text: &str, markup: Markup) -> Result<Answers, String> {
    let (text, otherwise) = match find(text, '~') {
        Some(at) => (&text[..at], Some(feedback(&text[at + 1..], markup).1)),
        None => (text, None),
    };
    let mut numbers = vec![];
    for (_, text) in split(text, &['=']) {
        let (weight, text) = weight(text).unwrap_or((FULL, text));
        let (text, more) = text.split_at(find(text, '#').unwrap_or(text.len()));
        let feedback = read(more.strip_prefix('#').unwrap_or(more), markup);
        let (value, tolerance) = range(text.trim()).ok_or_else(|| format!("“{}” is no number", text.trim()))?;
        numbers.push(Numeric { value, tolerance, weight, feedback });
    }
    if numbers.is_empty() {
        Err("it asks for a number and says none".into())
    } else {
        Ok(Answers::Number { numbers, otherwise })
    }
}

/// `3`, `3:0.5`, `2.5..3.5`.
fn range(text: &str) -> Option<(f64, f64)> {
    let number = |text: &str| text.trim().parse::<f64>().ok().filter(|number| number.is_finite());
    if let Some((least, most)) = text.split_once("..") {
        let (least, most) = (number(least)?, number(most)?);
        let value = f64::midpoint(least, most);
        // Rounding must not shut out the ends.
        return Some((value, (most - value).max(value - least)));
    }
    match text.split_once(':') {
        Some((value, tolerance)) => Some((number(value)?, number(tolerance)?)),
        None => Some((number(text)?, 0.0)),
    }
}

fn pairs(text: &str, markup: Markup) -> Result<Answers, String> {
    let mut pairs = vec![];
    for (_, pair) in split(text, &['=']) {
        let Some((left, right)) = pair.split_once("->") else {
            return Err(format!("“{}” lacks a -> to what belongs to it", unescaped(pair).trim()));
        };
        pairs.push((read(left, markup), read(right, markup)));
    }
    Ok(Answers::Match(pairs))
}

/// The parts that begin with one of `marks`; the first one may begin without.
fn split<'a>(text: &'a str, marks: &[char]) -> Vec<(Option<char>, &'a str)> {
    let (mut parts, mut mark, mut start) = (vec![], None, 0);
    let mut ends: Vec<usize> = unescaped_places(text, |c| marks.contains(&c)).collect();
    ends.push(text.len());
    for end in ends {
        let part = text[start..end].trim();
        if !part.is_empty() || mark.is_some() {
            parts.push((mark, part));
        }
        mark = text[end..].chars().next();
        start = (end + 1).min(text.len());
    }
    parts
}

/// `%50%text`.
fn weight(text: &str) -> Option<(i64, &str)> {
    let (number, rest) = text.strip_prefix('%')?.split_once('%')?;
    let digits = number.strip_prefix('-').unwrap_or(number);
    let written =
        !digits.is_empty() && digits.len() < 20 && digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    let number: f64 = number.parse().ok().filter(|_| written)?;
    // No weight is more than all.
    Some(((number.clamp(-100.0, 100.0) * 100_000.0).round() as i64, rest.trim()))
}

/// An answer, and what is said about it.
fn feedback(text: &str, markup: Markup) -> (String, String) {
    let (text, more) = text.split_at(find(text, '#').unwrap_or(text.len()));
    (read(text, markup), read(more.strip_prefix('#').unwrap_or(more), markup))
}

fn read(text: &str, inherited: Markup) -> String {
    let (markup, text) = Markup::of(text, inherited);
    markup.read(&unescaped(text))
}

/// Characters that a backslash makes into text.
const ESCAPED: [char; 7] = ['~', '=', '#', '{', '}', ':', '\\'];

/// The text that is meant.
pub(super) fn unescaped(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut characters = text.chars().peekable();
    while let Some(c) = characters.next() {
        match characters.peek() {
            Some(next) if c == '\\' && ESCAPED.contains(next) => plain.extend(characters.next()),
            Some('n') if c == '\\' => {
                characters.next();
                plain.push('\n');
            }
            _ => plain.push(c),
        }
    }
    plain
}

/// Where a character stands that no backslash makes into text.
pub(super) fn find(text: &str, c: char) -> Option<usize> {
    unescaped_places(text, |other| other == c).next()
}

pub(super) fn find_str(text: &str, what: &str) -> Option<usize> {
    let first = what.chars().next()?;
    unescaped_places(text, |c| c == first).find(|at| text[*at..].starts_with(what))
}

fn rfind_str(text: &str, what: &str) -> Option<usize> {
    let first = what.chars().next()?;
    unescaped_places(text, |c| c == first).filter(|at| text[*at..].starts_with(what)).last()
}

fn unescaped_places(text: &str, wanted: impl Fn(char) -> bool) -> impl Iterator<Item = usize> {
    let mut escaped = false;
    text.char_indices().filter_map(move |(at, c)| {
        let found = !escaped && wanted(c);
        escaped = !escaped && c == '\\';
        found.then_some(at)
    })
}
