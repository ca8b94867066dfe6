//! What begins a question, an option, and what names the right one.

use super::lines::Line;

/// What begins a question, perhaps.
pub(super) struct Heading {
    /// Without its label.
    pub(super) text: String,
    /// Whether it says that it is a question: `Q1.`, `7.`, `Question 3`.
    pub(super) labelled: bool,
}

/// The heading on this line, if it is one and not one of an answer.
pub(super) fn heading(line: &Line) -> Option<Heading> {
    if line.code {
        return None;
    }
    let mut text = line.trimmed();
    // "1. ### What is…": a heading in a list.
    if let Some((marker, rest)) = text.split_once(' ') {
        let number = marker.strip_suffix('.').is_some_and(|number| number.bytes().all(|byte| byte.is_ascii_digit()));
        if number && rest.trim_start().starts_with("##") {
            text = rest.trim_start();
            let inner = text.trim_start_matches('#').trim();
            return Some(Heading { text: unemphasised(inner).into(), labelled: true });
        }
    }
    let hashes = text.len() - text.trim_start_matches('#').len();
    if !(1..=6).contains(&hashes) || line.indent() > 3 {
        return bold_question(line);
    }
    let inner = &text[hashes..];
    if !inner.starts_with([' ', '\t']) && !inner.is_empty() && !inner.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let inner = unanchored(inner.trim().trim_end_matches('#').trim());
    if answer(inner).is_some() || explanation(inner).is_some() || is_aside(inner) {
        return None;
    }
    let (labelled, text) = unlabelled(inner);
    Some(Heading { text: unemphasised(text).into(), labelled })
}

/// `**Q1.** What…`, and `Q1. What…` at the beginning of a line.
fn bold_question(line: &Line) -> Option<Heading> {
    let text = line.trimmed();
    let plain = text.trim_start_matches('*');
    let stars = text.len() - plain.len();
    let rest = plain.strip_prefix("Question ").or_else(|| plain.strip_prefix('Q'))?;
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let after = rest[digits..].trim_start_matches('*');
    if digits == 0 || line.indent() > 3 || !(after.starts_with(['.', ':', ')']) || stars > 0 && after.is_empty()) {
        return None;
    }
    let after = after.trim_start_matches(['.', ':', ')']).trim();
    let after = after.strip_prefix(&text[..stars]).unwrap_or(after);
    let after = if stars > 0 { after.strip_suffix(&text[..stars]).unwrap_or(after) } else { after };
    Some(Heading { text: after.trim().into(), labelled: true })
}

/// Headings within a question, that end nothing.
fn is_aside(text: &str) -> bool {
    let text = text.trim_matches(['*', '_', ':', ' ']).to_lowercase();
    [
        "answer",
        "solution",
        "explanation",
        "options",
        "choices",
        "hint",
        "hints",
        "code",
        "output",
        "example",
        "reference",
        "references",
        "note",
    ]
    .contains(&text.as_str())
}

/// `<a name=x></a>87. What` as `87. What`.
fn unanchored(text: &str) -> &str {
    let mut text = text;
    while let Some(end) = text.strip_prefix("<a ").and_then(|rest| rest.find("</a>").map(|at| at + 3 + 4)) {
        text = text[end..].trim_start();
    }
    text
}

/// `***What?***` as `What?`.
fn unemphasised(text: &str) -> &str {
    let text = text.trim();
    for mark in ["***", "**", "*", "__", "_"] {
        let inner = text.strip_prefix(mark).and_then(|rest| rest.strip_suffix(mark));
        if let Some(inner) = inner.filter(|inner| !inner.is_empty() && !inner.contains(mark)) {
            return inner.trim();
        }
    }
    text
}

/// `Q1. What?`, `Question 1: What?`, `1) What?`, `Q. What?` as `What?`.
fn unlabelled(text: &str) -> (bool, &str) {
    let inner = text.trim_start_matches('*');
    let word = ["Question", "QUESTION", "question", "Q", "q"].into_iter().find_map(|word| inner.strip_prefix(word));
    let rest = word.unwrap_or(inner);
    let rest = if word.is_some() { rest.trim_start_matches([' ', '#', '-']) } else { rest };
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let after = &rest[digits..];
    let after_mark = after.trim_start_matches('*').trim_start();
    let mark = after_mark.starts_with(['.', ':', ')', '-']) || after_mark.is_empty();
    let labelled = match (word, digits) {
        // "Quick sort" is no label.
        (Some(_), 0) => after.starts_with(['.', ':', ')']),
        (Some(_), _) => mark || after.starts_with(' '),
        (None, 0) => false,
        (None, _) => mark,
    };
    if !labelled {
        return (false, text);
    }
    (true, after_mark.trim_start_matches(['.', ':', ')', '-']).trim_start_matches("**").trim())
}

/// An option.
pub(super) struct Label<'a> {
    /// Whether a checkbox is ticked, if it has one.
    pub(super) ticked: Option<bool>,
    pub(super) text: &'a str,
}

/// The option that begins on this line. `next` is the place of the option that would come next: whatever else begins with a
/// letter is none.
pub(super) fn option<'a>(line: &Line<'a>, next: usize) -> Option<Label<'a>> {
    if line.code || line.indent() > 8 {
        return None;
    }
    let text = line.trimmed();
    let bullet = text.strip_prefix(['-', '*', '+', '•']).filter(|rest| !rest.starts_with(['-', '*', '+']));
    let in_list = bullet.map(str::trim_start);
    if let Some((ticked, rest)) = in_list.and_then(checkbox) {
        let text = lettered(rest, next, true).unwrap_or(rest);
        return Some(Label { ticked: Some(ticked), text });
    }
    // "1. [x] text": a numbered list with checkboxes.
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let numbered = text[digits..].strip_prefix(['.', ')']).filter(|_| (1..3).contains(&digits));
    if let Some((ticked, text)) = numbered.and_then(|rest| checkbox(rest.trim_start())) {
        return Some(Label { ticked: Some(ticked), text });
    }
    let text = lettered(in_list.unwrap_or(text), next, bullet.is_some())?;
    Some(Label { ticked: None, text })
}

fn checkbox(text: &str) -> Option<(bool, &str)> {
    let inner = text.strip_prefix('[').or_else(|| text.strip_prefix("\\["))?;
    let (mark, rest) = inner.split_once(']')?;
    let ticked = match mark.trim().trim_end_matches('\\') {
        "" => false,
        "x" | "X" | "✓" | "✔" | "✅" | "*" => true,
        _ => return None,
    };
    // "[](link)" is a link.
    (!rest.starts_with('(')).then(|| (ticked, rest.trim()))
}

/// The text of `A: text`, `B) text`, `(c) text`, `**D.** text`, and of numbers in lists, if it is the next one's turn.
fn lettered(text: &str, next: usize, in_list: bool) -> Option<&str> {
    let stars = text.len() - text.trim_start_matches('*').len();
    let plain = text[stars..].strip_prefix('(').unwrap_or(&text[stars..]);
    let open = plain.len() < text.len() - stars;
    let ticks = !open && plain.starts_with('`') && plain[1..].starts_with(|c: char| c.is_ascii_uppercase());
    let plain = if ticks { &plain[1..] } else { plain };
    let first = plain.chars().next()?;
    let (place, length) = match first {
        'A'..='Z' => (first as usize - 'A' as usize, 1),
        'a'..='z' => (first as usize - 'a' as usize, 1),
        '1'..='9' if in_list => {
            let digits = plain.bytes().take_while(u8::is_ascii_digit).count();
            (plain[..digits].parse::<usize>().ok()?.checked_sub(1)?, digits)
        }
        _ => return None,
    };
    if place != next {
        return None;
    }
    let mut rest = &plain[length..];
    if ticks {
        // "`A: code`" is an option of code; "`A` is better" is none.
        let inner = rest.strip_prefix([':', ')', '.'])?.strip_suffix('`')?;
        return (!inner.contains('`')).then(|| inner.trim());
    }
    let starred = rest.trim_start_matches('*');
    let closed = stars > 0 && starred.len() < rest.len();
    rest = starred;
    let after = rest.strip_prefix([')', ':', '.', '：', '、']);
    let text = match after {
        // "A.b" and "A:b" are no labels outside of a list.
        Some(after) if in_list || open || after.is_empty() || after.starts_with([' ', '\t', '*']) => after,
        _ if closed => rest,
        _ => return None,
    };
    // "**A)** text": the stars close behind the mark.
    let text = if stars > 0 && !closed { text.strip_prefix(&"**"[..stars.min(2)]).unwrap_or(text) } else { text };
    Some(text.trim())
}

/// What a line says is right: what comes after `Answer:`, as far as it is on it.
pub(super) fn answer(text: &str) -> Option<&str> {
    let text = text.trim().trim_start_matches(['#', '>', '*', '_', '-', ' ', '`', '✅', '☑', '✔']).trim_start();
    let text = text.strip_prefix("<b>").or_else(|| text.strip_prefix("<strong>")).unwrap_or(text);
    let lower = text[..floor(text, 60)].to_lowercase();
    let lead = ANSWER.iter().find(|lead| lower.starts_with(**lead))?;
    let rest = text.get(lead.len()..)?.trim_start_matches("</b>").trim_start_matches("</strong>");
    let marked = rest.trim_start_matches(['*', '_', ' ']);
    let after = marked.strip_prefix(':').or_else(|| marked.strip_prefix('：')).or_else(|| {
        let said = lower.starts_with("the correct") || lower.starts_with("the right") || lower.starts_with("correct");
        marked.strip_prefix("is").filter(|_| said).map(|rest| rest.trim_start_matches(':'))
    });
    // "#### Answer D" has no colon, and needs none.
    let alone = || letters(rest).filter(|found| found.rest.trim_matches(['*', '_', ' ']).is_empty()).map(|_| rest);
    let rest = after.or_else(alone);
    rest.map(str::trim)
}

fn floor(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}

/// How lines begin that name the answer. The longer ones first.
const ANSWER: [&str; 21] = [
    "the correct answer",
    "the right answer",
    "correct answers",
    "correct answer",
    "correct option",
    "right answer",
    "answer key",
    "answer(s)",
    "answers",
    "answer",
    "solution",
    "correct",
    "réponse",
    "respuesta",
    "resposta",
    "antwort",
    "risposta",
    "cevap",
    "ответ",
    "відповідь",
    "ans",
];

/// What comes after `Explanation:`.
pub(super) fn explanation(text: &str) -> Option<&str> {
    let text = text.trim().trim_start_matches(['#', '>', '*', '_', ' ']);
    let lower = text[..floor(text, 20)].to_ascii_lowercase();
    let lead = ["explanation", "explanations", "rationale", "reason"]
        .into_iter()
        .rev()
        .find(|lead| lower.starts_with(lead))?;
    let rest = text.get(lead.len()..)?.trim_start_matches(['*', '_', ' ']);
    let rest = rest.strip_prefix(':').or_else(|| rest.is_empty().then_some(rest))?;
    Some(rest.trim_start_matches(['*', '_', ':']).trim())
}

/// Which options an answer names.
pub(super) struct Letters<'a> {
    pub(super) places: Vec<usize>,
    /// What is said after them.
    pub(super) rest: &'a str,
}

/// `B`, `B)`, `**B**`, `A, C`, `A and C`, `2`.
pub(super) fn letters(text: &str) -> Option<Letters<'_>> {
    let (mut places, mut rest) = (vec![], text.trim_start_matches("Option ").trim_start_matches("option "));
    while let Some((place, after)) = letter(rest) {
        places.push(place);
        rest = after.trim_start_matches(['*', '_', '`', ')', ']', '"']);
        let next = rest.trim_start();
        let joined = JOINTS.iter().find_map(|joint| next.strip_prefix(joint)).map(str::trim_start);
        match joined.map(|more| more.strip_prefix("and ").unwrap_or(more)) {
            Some(more) if letter(more).is_some() => rest = more,
            _ => break,
        }
    }
    (!places.is_empty()).then_some(Letters { places, rest })
}

/// What joins letters.
const JOINTS: [&str; 9] = [",", "&", "and ", "und ", "et ", "y ", "+", "/", ";"];

/// One letter or number, and what comes after it.
fn letter(text: &str) -> Option<(usize, &str)> {
    let inner = text.trim_start_matches(['*', '_', '`', '(', '[', ' ', '"']);
    let first = inner.chars().next()?;
    let place = match first {
        'A'..='Z' => first as usize - 'A' as usize,
        'a'..='z' => first as usize - 'a' as usize,
        '1'..='9' => first as usize - '1' as usize,
        _ => return None,
    };
    let after = &inner[1..];
    // "Because" is no letter, and neither is the A of "A closure".
    let word = after.starts_with(|c: char| c.is_alphanumeric() || c == '\'' || c == '’');
    let article = matches!(first, 'A' | 'a') && after.trim_start_matches(' ').starts_with(|c: char| c.is_lowercase());
    let article = article && !JOINTS.iter().any(|joint| after.trim_start().starts_with(joint));
    (!word && !article).then_some((place, after))
}
