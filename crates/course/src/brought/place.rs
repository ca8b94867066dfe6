//! Which deck a file is.

use super::is_name;
use std::collections::BTreeSet;

/// What a deck of that file's name is called: the name of the file as it stands in addresses, without what a browser adds to a second download.
#[cfg(feature = "parse")]
pub(super) fn name(file: &str) -> String {
    let base = file.rsplit(['/', '\\']).next().unwrap_or(file);
    let stem = base.rsplit_once('.').map_or(base, |(stem, _)| stem).trim_end();
    let numbered = stem.strip_suffix(')').and_then(|stem| stem.rsplit_once(" ("));
    let stem = match numbered {
        Some((first, number)) if number.bytes().all(|byte| byte.is_ascii_digit()) => first,
        _ => stem,
    };
    let name = crate::formats::identity::name(stem).unwrap_or_else(|| "questions".into());
    // Room for a number.
    name[..name.len().min(super::NAME - 8)].trim_end_matches('-').to_string()
}

/// The name of the deck that a file becomes. Who drops a file again means the same deck, even if a few questions have changed: of the decks
/// of that name it is the one that has most questions in common with it, by their ids within their decks. If none has any, it is
/// another file of the same name, and gets a name of its own.
pub fn place(name: &str, questions: &BTreeSet<String>, decks: &[(String, BTreeSet<String>)]) -> String {
    let same = |deck: &str| deck.strip_prefix(name).is_some_and(|rest| rest.is_empty() || is_number(rest));
    let alike = decks.iter().rev().filter(|(deck, _)| same(deck)).map(|(deck, theirs)| {
        let common = theirs.intersection(questions).count();
        (common, deck)
    });
    // Of two that are as much alike it is the first.
    let best = alike.max_by_key(|(common, _)| *common).filter(|(common, _)| *common > 0);
    if let Some((_, deck)) = best {
        return deck.clone();
    }
    let taken = |name: &str| decks.iter().any(|(deck, _)| deck == name);
    let numbered = (2..).map(|number| format!("{name}-{number}"));
    let mut names = std::iter::once(name.to_string()).chain(numbered);
    names.find(|name| !taken(name)).filter(|name| is_name(name)).unwrap_or_else(|| "questions".into())
}

/// `-2`
fn is_number(rest: &str) -> bool {
    rest.strip_prefix('-').is_some_and(|rest| !rest.is_empty() && rest.bytes().all(|byte| byte.is_ascii_digit()))
}
