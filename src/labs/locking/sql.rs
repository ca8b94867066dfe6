//! A statement's text in its colours, with the place where it is wrong.

use crate::draw::highlight::{Class, Language};
use yew::prelude::*;

/// A statement; `position` is the character, from 1, at which PostgreSQL's error points.
pub fn sql(text: &str, position: Option<u32>) -> Html {
    let fault = position.and_then(|position| word_at(text, position));
    let piece = |(class, piece, wrong): (Option<Class>, &str, bool)| {
        let class = classes!(class.map(Class::name), wrong.then_some("at-fault"));
        if class.is_empty() {
            html! { {piece} }
        } else {
            html! { <span {class}>{ piece }</span> }
        }
    };
    html! { <code class="sql">{ for pieces(text, fault).into_iter().map(piece) }</code> }
}

/// The bytes of the word, or the one sign, at a character counted from 1. `None`: the text has no such character.
fn word_at(text: &str, position: u32) -> Option<std::ops::Range<usize>> {
    let index = usize::try_from(position).ok()?.checked_sub(1)?;
    let (start, first) = text.char_indices().nth(index)?;
    let word = |c: char| c.is_alphanumeric() || c == '_';
    let length =
        if word(first) { text[start..].find(|c| !word(c)).unwrap_or(text.len() - start) } else { first.len_utf8() };
    Some(start..start + length)
}

/// The pieces of one colour that are wrong or not.
fn pieces(text: &str, fault: Option<std::ops::Range<usize>>) -> Vec<(Option<Class>, &str, bool)> {
    let fault = fault.unwrap_or(0..0);
    let (mut pieces, mut start) = (Vec::new(), 0);
    for token in Language::Sql.highlight(text) {
        let end = start + token.text.len();
        let cuts = [start, fault.start.clamp(start, end), fault.end.clamp(start, end), end];
        for cut in cuts.windows(2).filter(|cut| cut[0] < cut[1]) {
            pieces.push((token.class, &text[cut[0]..cut[1]], fault.contains(&cut[0])));
        }
        start = end;
    }
    pieces
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;

    #[test]
    fn the_word_at_a_position_is_marked() {
        let wrong = |text, position| {
            let pieces = pieces(text, word_at(text, position));
            pieces.into_iter().filter(|piece| piece.2).map(|piece| piece.1).collect::<String>()
        };
        assert_eq!(wrong("SELECT balnce FROM t", 8), "balnce");
        assert_eq!(wrong("SELEC 1", 1), "SELEC");
        assert_eq!(wrong("é + (1", 5), "(");
        assert_eq!(wrong("SELECT 1", 9), "");
        assert_eq!(wrong("SELECT 'ab", 8), "'");
    }
}
