//! Ids for questions that came without one.

use crate::question::{Kind, Question, folded};

/// An id made of what is asked and what can be answered: the same for the same question, whoever reads it, and whatever
/// is said of its answers. Not derived from its place in the file: questions that are added before it change nothing.
pub(super) fn of(question: &Question) -> String {
    let mut hash = Fnv::default();
    hash.add(&question.stem);
    match &question.kind {
        Kind::Choice(options) | Kind::Several(options) => {
            options.options.iter().for_each(|option| hash.add(&option.text))
        }
        Kind::Short(short) => short.answers.iter().for_each(|answer| hash.add(answer)),
        Kind::Match(matching) => matching.pairs.iter().for_each(|pair| {
            hash.add(&pair.left);
            hash.add(&pair.right);
        }),
        Kind::Gap(gaps) => hash.add(&gaps.text),
        Kind::Number(number) => hash.add(&number.value.to_string()),
        Kind::TrueFalse(claim) => hash.add(if claim.answer { "true" } else { "false" }),
        _ => {}
    }
    format!("q-{:012x}", hash.0 >> 16)
}

/// A number that depends on a text alone, to take what must be arbitrary and yet always the same.
pub(crate) fn number(text: &str) -> u64 {
    let mut hash = Fnv::default();
    hash.add(text);
    hash.0 >> 16
}

/// A name as ours are: lower-case letters, digits and hyphens. None if nothing of it is left.
pub(crate) fn name(text: &str) -> Option<String> {
    let mut name = String::new();
    for c in text.chars().take(200) {
        if c.is_ascii_alphanumeric() {
            name.push(c.to_ascii_lowercase());
        } else if !name.is_empty() && !name.ends_with('-') {
            name.push('-');
        }
    }
    let name = name.trim_end_matches('-');
    (!name.is_empty()).then(|| name.into())
}

/// Fowler, Noll and Vo's hash 1a, of 64 bits.
struct Fnv(u64);

impl Default for Fnv {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl Fnv {
    fn add(&mut self, text: &str) {
        // What separates texts occurs in none of them.
        for byte in folded(text).bytes().chain([0]) {
            self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
}
