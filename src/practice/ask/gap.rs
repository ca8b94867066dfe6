//! A text with gaps.

use super::sheet::{Sheet, reason};
use crate::draw::markdown::phrases;
use interleave_course::Given;
use interleave_course::question::Gaps;
use web_sys::HtmlInputElement;
use yew::prelude::*;

/// The text with a field for each gap, and, once it is judged, what belongs there and why.
pub fn gaps(sheet: &Sheet, gaps: &Gaps) -> Html {
    let fenced = fenced(&gaps.text);
    let text = fenced.unwrap_or(&gaps.text);
    let pieces = pieces(text, gaps.gaps.len());
    let piece = |piece: &Piece| match piece {
        Piece::Text(text) if fenced.is_some() => html! { {text} },
        Piece::Text(text) => words(text),
        Piece::Gap(at) => field(sheet, gaps, *at),
    };
    let drawn: Html = pieces.iter().map(piece).collect();
    html! {
        <>
            if fenced.is_some() {
                <pre class="ask-gaps code">{drawn}</pre>
            } else {
                <p class="ask-gaps">{drawn}</p>
            }
            if sheet.judged() {
                <ol class="ask-parts">{for gaps.gaps.iter().enumerate().map(|(at, _)| part(sheet, at))}</ol>
            }
        </>
    }
}

enum Piece<'a> {
    Text(&'a str),
    Gap(usize),
}

/// The text around `{1}`, `{2}` …
fn pieces(text: &str, count: usize) -> Vec<Piece<'_>> {
    let (mut pieces, mut rest) = (vec![], text);
    loop {
        let next = (0..count).filter_map(|at| rest.find(&format!("{{{}}}", at + 1)).map(|place| (place, at))).min();
        let Some((place, at)) = next else { break };
        pieces.push(Piece::Text(&rest[..place]));
        pieces.push(Piece::Gap(at));
        rest = &rest[place + format!("{{{}}}", at + 1).len()..];
    }
    pieces.push(Piece::Text(rest));
    pieces
}

/// The inside of a text that is one fenced block.
fn fenced(text: &str) -> Option<&str> {
    let inside = text.trim().strip_prefix("```")?.strip_suffix("```")?;
    inside.split_once('\n').map(|(_, inside)| inside)
}

/// Markdown of a piece, with the blanks at its ends that separate it from the gaps.
fn words(text: &str) -> Html {
    let blank = |there: bool| if there { " " } else { "" };
    let (before, after) = (text.starts_with(char::is_whitespace), text.ends_with(char::is_whitespace));
    html! { <>{blank(before)}{phrases(text.trim())}{blank(after && !text.trim().is_empty())}</> }
}

fn field(sheet: &Sheet, gaps: &Gaps, at: usize) -> Html {
    let count = gaps.gaps.len();
    let mut texts = if let Given::Texts(texts) = sheet.given { texts.clone() } else { vec![] };
    texts.resize(count, String::new());
    let value = texts[at].clone();
    let typed = sheet.on_given.reform(move |event: InputEvent| {
        let input: HtmlInputElement = event.target_unchecked_into();
        let mut texts = texts.clone();
        texts[at] = input.value();
        Given::Texts(texts)
    });
    let width = gaps.gaps[at].answers.iter().map(|answer| answer.chars().count()).max().unwrap_or(8);
    // Longer answers must not be told by longer fields, but by a little.
    let size = if width > 14 { "24" } else { "12" };
    let mark = sheet.told(at).map(|told| if told.right { "right" } else { "wrong" });
    html! {
        <input type="text" class={classes!("gap", mark)} {value} {size} oninput={typed} readonly={sheet.judged()}
            aria-label={format!("Gap {} of {count}", at + 1)} autocomplete="off" autocapitalize="off" spellcheck="false" />
    }
}

fn part(sheet: &Sheet, at: usize) -> Html {
    let Some(told) = sheet.told(at) else { return Html::default() };
    html! {
        <li class={if told.right { "right" } else { "wrong" }}>
            <p><code>{told.text.clone()}</code>{" "}<span class="verdict">{if told.right { "right" } else { "belongs here" }}</span></p>
            {reason(Some(told))}
        </li>
    }
}
