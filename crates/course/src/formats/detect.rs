//! Which format a file has.

use super::Format;

/// By its name where that says it; by its first lines that are typical of one format otherwise.
pub(super) fn detect(file: &str, text: &str) -> Option<Format> {
    let ending = file.rsplit_once('.').map_or(String::new(), |(_, ending)| ending.to_ascii_lowercase());
    match ending.as_str() {
        "gift" => Some(Format::Gift),
        "md" | "markdown" | "mdx" => Some(Format::Markdown),
        "toml" => Some(toml(text).unwrap_or(Format::Interleave)),
        _ => toml(text).or_else(|| marks(text)),
    }
}

/// Whose tables they are, if there are any.
fn toml(text: &str) -> Option<Format> {
    text.lines().find_map(|line| {
        let line: String = line.split('#').next().unwrap_or_default().split_whitespace().collect();
        match line.as_str() {
            "[[questions]]" => Some(Format::MdbookQuiz),
            "[[question]]" => Some(Format::Interleave),
            _ if line.starts_with("questions=[") => Some(Format::MdbookQuiz),
            _ => None,
        }
    })
}

/// Markdown has headings; GIFT has titles between colons, or answers between braces.
fn marks(text: &str) -> Option<Format> {
    let mut heading = false;
    for line in text.lines().map(str::trim_start) {
        if line.starts_with("::") || line.starts_with("$CATEGORY:") || line.starts_with("//") {
            return Some(Format::Gift);
        }
        heading |= line.starts_with("# ") || line.starts_with("##");
        if heading && (line.starts_with("- [") || line.starts_with("<details") || line.starts_with("- A")) {
            return Some(Format::Markdown);
        }
        let answers = line.split_once('{').map(|(_, answers)| answers.trim_start());
        if !heading && answers.is_some_and(|answers| answers.is_empty() || answers.starts_with(GIFT_ANSWERS)) {
            return Some(Format::Gift);
        }
    }
    heading.then_some(Format::Markdown)
}

/// How answers begin in GIFT.
const GIFT_ANSWERS: [char; 6] = ['=', '~', '#', 'T', 'F', '}'];
