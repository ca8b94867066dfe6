//! What is seen of an item.

use super::item::{gap_name, letter};
use super::xml::Xml;
use crate::Question;
use crate::formats::markup::{fenced, xhtml};
use crate::question::{Kind, Matching, Open, Options, Order, Tape};

/// The stem, and an interaction below it.
pub(super) fn body(xml: &mut Xml, question: &Question) {
    xml.open("itemBody", &[]);
    if !matches!(question.kind, Kind::Gap(_)) || !question.stem.is_empty() {
        xml.html("div", &[], &xhtml(&question.stem));
    }
    match &question.kind {
        Kind::Choice(Options { options }) | Kind::Several(Options { options }) => {
            let single = matches!(question.kind, Kind::Choice(_));
            let texts = options.iter().enumerate().map(|(at, option)| (letter(at), xhtml(&option.text)));
            choices(xml, "choiceInteraction", if single { "1" } else { "0" }, texts);
        }
        Kind::TrueFalse(_) => {
            let texts = ["true", "false"].map(|word| (word.to_string(), format!("<p>{word}</p>")));
            choices(xml, "choiceInteraction", "1", texts.into_iter());
        }
        Kind::Short(_) => entry(xml, ""),
        Kind::Number(number) => entry(xml, &number.unit),
        Kind::Match(matching) => self::matching(xml, matching),
        Kind::Gap(gaps) => {
            let mut text = xhtml(&gaps.text);
            for at in 0..gaps.gaps.len() {
                let field = format!("<textEntryInteraction responseIdentifier=\"{}\"/>", gap_name(at));
                text = text.replacen(&format!("{{{}}}", at + 1), &field, 1);
            }
            xml.html("div", &[], &text);
        }
        Kind::Output(predict) => {
            code(xml, &predict.program.program);
            xml.empty("extendedTextInteraction", &[("responseIdentifier", "RESPONSE")]);
        }
        Kind::Order(order) => events(xml, order),
        Kind::Open(open) => {
            xml.empty("extendedTextInteraction", &[("responseIdentifier", "RESPONSE"), ("expectedLines", "12")]);
            rubric(xml, open);
        }
        Kind::Anomaly(_) | Kind::Lab(_) => {}
    }
    xml.close();
}

fn choices(xml: &mut Xml, interaction: &str, most: &str, texts: impl Iterator<Item = (String, String)>) {
    let most = [("responseIdentifier", "RESPONSE"), ("shuffle", "false"), ("maxChoices", most)];
    xml.open(interaction, if interaction == "choiceInteraction" { &most } else { &most[..2] });
    for (identifier, text) in texts {
        xml.html("simpleChoice", &[("identifier", &identifier)], &text);
    }
    xml.close();
}

fn entry(xml: &mut Xml, unit: &str) {
    let mut after = String::new();
    crate::formats::markup::escape(unit, &mut after);
    xml.html("p", &[], &format!("<textEntryInteraction responseIdentifier=\"RESPONSE\"/> {after}"));
}

fn code(xml: &mut Xml, program: &str) {
    xml.html("div", &[], &xhtml(&fenced("js", program)));
}

fn events(xml: &mut Xml, order: &Order) {
    if let Tape::Program(program) = &order.of {
        code(xml, &program.program);
    }
    let texts = order.events.iter().enumerate().map(|(at, event)| (letter(at), xhtml(&event.text)));
    choices(xml, "orderInteraction", "", texts);
}

fn matching(xml: &mut Xml, matching: &Matching) {
    let (pairs, decoys) = (&matching.pairs, &matching.decoys);
    let most = pairs.len().to_string();
    xml.open(
        "matchInteraction",
        &[("responseIdentifier", "RESPONSE"), ("shuffle", "true"), ("maxAssociations", most.as_str())],
    );
    let left = pairs.iter().map(|pair| &pair.left).collect::<Vec<_>>();
    let right = pairs.iter().map(|pair| &pair.right).chain(decoys.iter().map(|decoy| &decoy.text)).collect::<Vec<_>>();
    for (side, texts) in [("left", left), ("right", right)] {
        xml.open("simpleMatchSet", &[]);
        for (at, text) in texts.into_iter().enumerate() {
            let attributes = [("identifier", format!("{side}-{}", at + 1)), ("matchMax", "1".into())];
            let attributes = attributes.each_ref().map(|(name, value)| (*name, value.as_str()));
            xml.html("simpleAssociableChoice", &attributes, &xhtml(text));
        }
        xml.close();
    }
    xml.close();
}

/// For whoever judges the answer.
fn rubric(xml: &mut Xml, open: &Open) {
    let points = open.good.iter().map(|point| ("Good to hear", &point.text));
    let flags = open.red_flags.iter().map(|flag| ("Red flag", &flag.text));
    let items: String =
        points.chain(flags).map(|(what, text)| format!("<li><p>{what}:</p>{}</li>", xhtml(text))).collect();
    if !items.is_empty() {
        xml.html("rubricBlock", &[("view", "scorer")], &format!("<ul>{items}</ul>"));
    }
}
