//! Anki's text files: a card on a line, its sides between tabs.
//!
//! The headers are those of Anki's manual, "Importing, Text Files". Cards are basic ones: a question in front, the answer
//! and its reasons on the back; options are on the front. Texts are HTML, as Anki's fields are.

use super::LeftOut;
use super::markup::{escape, xhtml};
use crate::question::{Choice, Kind};
use crate::{Deck, Question};
use std::fmt::Write;

/// Writes a deck.
pub(super) fn write(deck: &Deck, left_out: &mut LeftOut) -> String {
    let mut out = String::from("#separator:tab\n#html:true\n#notetype:Basic\n");
    let name = deck.title.replace(['\n', '\t', '"'], " ");
    let _ = writeln!(out, "#deck:{}", name.trim());
    out += "#columns:Front\tBack\tTags\n#tags column:3\n";
    for (at, question) in deck.questions.iter().enumerate() {
        match back(&question.kind) {
            Some(back) => {
                let _ = writeln!(out, "{}\t{}\t{}", field(&front(question)), field(&back), tags(question));
            }
            None => left_out.say(at, question, "its answer comes from running it, which a card cannot; it is left out"),
        }
    }
    out
}

/// One line, in quotes. Line breaks of code are `<br>`; others are blanks, which is what they mean.
fn field(html: &str) -> String {
    let mut line = String::with_capacity(html.len() + 2);
    for part in html.trim().split_inclusive("</pre>") {
        let (text, code) = part.split_at(part.find("<pre>").unwrap_or(part.len()));
        line += &text.replace(['\n', '\t'], " ");
        line += &code.replace('\t', "    ").replace("\n</code>", "</code>").replace('\n', "<br>");
    }
    format!("\"{}\"", line.replace('"', "\"\""))
}

/// Tags have no blanks in them.
fn tags(question: &Question) -> String {
    let why = if question.why { " why" } else { "" };
    format!("interleave {}{why} id::{}", question.level.name(), question.id)
}

fn front(question: &Question) -> String {
    let mut front = html(&question.stem);
    match &question.kind {
        Kind::Choice(options) | Kind::Several(options) => {
            front += &items("ol type=\"A\"", options.options.iter().map(|option| html(&option.text)));
        }
        Kind::Match(matching) => {
            front += &items("ul", matching.pairs.iter().map(|pair| html(&pair.left)));
            let mut right: Vec<&str> = matching.pairs.iter().map(|pair| pair.right.as_str()).collect();
            right.extend(matching.decoys.iter().map(|decoy| decoy.text.as_str()));
            // In an order that says nothing of what belongs to what.
            right.sort_unstable();
            front += &items("ul", right.into_iter().map(html));
        }
        Kind::Gap(gaps) => front += &html(&gaps.text),
        _ => {}
    }
    front
}

/// What is right, and why; nothing if nobody knows before it is run.
fn back(kind: &Kind) -> Option<String> {
    Some(match kind {
        Kind::Choice(options) | Kind::Several(options) => {
            let reason = |(at, option): (usize, &Choice)| {
                let letter = char::from(b'A' + (at % 26) as u8);
                let mark = if option.right { "✓" } else { "✗" };
                format!("<p>{mark} {letter}</p>{}", html(&option.reason))
            };
            let right = options.options.iter().filter(|option| option.right).map(|option| html(&option.text));
            let reasons: String = options.options.iter().enumerate().map(reason).collect();
            format!("{}<hr>{reasons}", right.collect::<String>())
        }
        Kind::TrueFalse(claim) => {
            let answer = if claim.answer { "true" } else { "false" };
            format!("<p><b>{answer}</b></p>{}{}", html(&claim.because), html(&claim.otherwise))
        }
        Kind::Short(short) => format!("{}{}", texts(&short.answers), html(&short.because)),
        Kind::Number(number) => {
            let about = if number.tolerance > 0.0 { format!(" ± {}", number.tolerance) } else { String::new() };
            let mut unit = String::new();
            escape(&number.unit, &mut unit);
            format!("<p><b>{}{about} {unit}</b></p>{}", number.value, html(&number.because))
        }
        Kind::Match(matching) => items(
            "ul",
            matching
                .pairs
                .iter()
                .map(|pair| format!("{}{}{}", html(&pair.left), html(&pair.right), html(&pair.reason))),
        ),
        Kind::Gap(gaps) => {
            items("ol", gaps.gaps.iter().map(|gap| format!("{}{}", texts(&gap.answers), html(&gap.because))))
        }
        Kind::Open(open) => {
            let good = items("ul", open.good.iter().map(|point| html(&point.text)));
            format!("{good}{}{}", html(&open.junior), html(&open.senior))
        }
        Kind::Output(_) | Kind::Order(_) | Kind::Anomaly(_) | Kind::Lab(_) => return None,
    })
}

fn texts(answers: &[String]) -> String {
    let mut text = String::new();
    escape(&answers.join(" / "), &mut text);
    format!("<p><b>{text}</b></p>")
}

fn items(list: &str, items: impl Iterator<Item = String>) -> String {
    let name = list.split(' ').next().unwrap_or(list);
    let items: String = items.map(|item| format!("<li>{item}</li>")).collect();
    if items.is_empty() { items } else { format!("<{list}>{items}</{name}>") }
}

/// Line breaks outside of code mean nothing in HTML, and Anki keeps none.
fn html(markdown: &str) -> String {
    xhtml(markdown).trim().to_string()
}
