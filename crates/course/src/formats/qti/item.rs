//! A question as an item: its declarations and how it is judged. What is seen of it is in [`body`](super::body).

use super::body;
use super::xml::Xml;
use crate::Question;
use crate::formats::markup::xhtml;
use crate::question::{Kind, Options, folded};
use std::collections::BTreeSet;

/// What is said when an answer has been given, by the identifier of what has been chosen, or of all answers.
pub(super) type Feedback = Vec<(String, String)>;

/// How a response is judged.
#[derive(Clone, Copy, PartialEq)]
enum Judged {
    /// It is the correct one.
    Correct,
    /// It has a score in the mapping.
    Mapped,
    /// It is as near to the correct one as this.
    Near(f64),
    /// Each of so many gaps has its share.
    Gaps(usize),
    /// By somebody else.
    Not,
}

/// The letter of an option.
pub(super) fn letter(at: usize) -> String {
    format!("choice-{}", at + 1)
}

/// The XML of an item; nothing for kinds that have no interaction. `say` is told what is missing from it.
pub(super) fn item(question: &Question, say: impl FnMut(&str)) -> Option<String> {
    let judged = judged(&question.kind, say)?;
    let feedback = feedback(&question.kind);
    let mut xml = Xml::default();
    let title: String = question.stem.lines().next().unwrap_or_default().chars().take(120).collect();
    let title = if title.trim().is_empty() { &question.id } else { &title };
    xml.open(
        "assessmentItem",
        &[
            ("xmlns", "http://www.imsglobal.org/xsd/imsqti_v2p1"),
            ("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance"),
            (
                "xsi:schemaLocation",
                "http://www.imsglobal.org/xsd/imsqti_v2p1 http://www.imsglobal.org/xsd/qti/qtiv2p1/imsqti_v2p1.xsd",
            ),
            ("identifier", &question.id),
            ("title", title),
            ("adaptive", "false"),
            ("timeDependent", "false"),
        ],
    );
    responses(&mut xml, &question.kind);
    xml.open("outcomeDeclaration", &[("identifier", "SCORE"), ("cardinality", "single"), ("baseType", "float")]);
    xml.open("defaultValue", &[]);
    xml.leaf("value", &[], "0");
    xml.close();
    xml.close();
    let several = matches!(question.kind, Kind::Several(_));
    if !feedback.is_empty() {
        let cardinality = if several { "multiple" } else { "single" };
        let attributes = [("identifier", "FEEDBACK"), ("cardinality", cardinality), ("baseType", "identifier")];
        xml.empty("outcomeDeclaration", &attributes);
    }
    body::body(&mut xml, question);
    processing(&mut xml, judged, &question.kind, &feedback);
    for (identifier, text) in &feedback {
        let attributes = [("outcomeIdentifier", "FEEDBACK"), ("identifier", identifier.as_str()), ("showHide", "show")];
        xml.html("modalFeedback", &attributes, &xhtml(text));
    }
    Some(xml.finish())
}

fn judged(kind: &Kind, mut say: impl FnMut(&str)) -> Option<Judged> {
    let mut unjudged = |what: &str| {
        say(&format!("{what} comes from running it; in QTI it is asked and not judged"));
        Judged::Not
    };
    Some(match kind {
        Kind::Choice(_) | Kind::Several(_) | Kind::TrueFalse(_) | Kind::Match(_) => Judged::Correct,
        Kind::Short(_) => Judged::Mapped,
        Kind::Number(number) => Judged::Near(number.tolerance),
        Kind::Gap(gaps) => Judged::Gaps(gaps.gaps.len()),
        Kind::Open(_) => Judged::Not,
        Kind::Output(_) => unjudged("what it prints"),
        Kind::Order(_) => unjudged("the right order"),
        Kind::Anomaly(_) | Kind::Lab(_) => return None,
    })
}

fn feedback(kind: &Kind) -> Feedback {
    let all = |text: &str| vec![("answered".to_string(), text.to_string())];
    let said = match kind {
        Kind::Choice(Options { options }) | Kind::Several(Options { options }) => {
            options.iter().enumerate().map(|(at, option)| (letter(at), option.reason.clone())).collect()
        }
        Kind::TrueFalse(claim) => {
            let (right, wrong) = if claim.answer { ("true", "false") } else { ("false", "true") };
            vec![(right.into(), claim.because.clone()), (wrong.into(), claim.otherwise.clone())]
        }
        Kind::Short(short) => all(&short.because),
        Kind::Number(number) => all(&number.because),
        Kind::Output(predict) => all(&predict.because),
        Kind::Order(order) => all(&order.because),
        Kind::Match(matching) => all(&joined(matching.pairs.iter().map(|pair| &pair.reason))),
        Kind::Gap(gaps) => all(&joined(gaps.gaps.iter().map(|gap| &gap.because))),
        Kind::Open(open) => all(&joined([&open.junior, &open.senior].into_iter())),
        Kind::Anomaly(_) | Kind::Lab(_) => vec![],
    };
    said.into_iter().filter(|(_, text)| !text.trim().is_empty()).collect()
}

fn joined<'a>(texts: impl Iterator<Item = &'a String>) -> String {
    texts.filter(|text| !text.trim().is_empty()).map(String::as_str).collect::<Vec<_>>().join("\n\n")
}

/// A declaration with the values that are right, and with scores of texts that are typed.
fn declare(xml: &mut Xml, identifier: &str, of: (&str, &str), correct: &[String], mapped: &[String]) {
    let (cardinality, base) = of;
    let attributes = [("identifier", identifier), ("cardinality", cardinality), ("baseType", base)];
    if correct.is_empty() {
        return xml.empty("responseDeclaration", &attributes);
    }
    xml.open("responseDeclaration", &attributes);
    xml.open("correctResponse", &[]);
    correct.iter().for_each(|value| xml.leaf("value", &[], value));
    xml.close();
    if !mapped.is_empty() {
        xml.open("mapping", &[("defaultValue", "0")]);
        // Capitals do not matter, so one key stands for all that differ in them.
        let mut seen = BTreeSet::new();
        for text in mapped.iter().filter(|text| seen.insert(folded(text))) {
            xml.empty("mapEntry", &[("mapKey", text.as_str()), ("mappedValue", "1"), ("caseSensitive", "false")]);
        }
        xml.close();
    }
    xml.close();
}

fn responses(xml: &mut Xml, kind: &Kind) {
    let first = |answers: &[String]| answers.iter().take(1).cloned().collect::<Vec<_>>();
    match kind {
        Kind::Choice(Options { options }) | Kind::Several(Options { options }) => {
            let right = (0..options.len()).filter(|at| options[*at].right).map(letter).collect::<Vec<_>>();
            let cardinality = if matches!(kind, Kind::Several(_)) { "multiple" } else { "single" };
            declare(xml, "RESPONSE", (cardinality, "identifier"), &right, &[]);
        }
        Kind::TrueFalse(claim) => declare(xml, "RESPONSE", ("single", "identifier"), &[claim.answer.to_string()], &[]),
        Kind::Short(short) => declare(xml, "RESPONSE", ("single", "string"), &first(&short.answers), &short.answers),
        Kind::Number(number) => declare(xml, "RESPONSE", ("single", "float"), &[number.value.to_string()], &[]),
        Kind::Order(_) => declare(xml, "RESPONSE", ("ordered", "identifier"), &[], &[]),
        Kind::Match(matching) => {
            let pairs: Vec<_> = (1..=matching.pairs.len()).map(|at| format!("left-{at} right-{at}")).collect();
            declare(xml, "RESPONSE", ("multiple", "directedPair"), &pairs, &[]);
        }
        Kind::Gap(gaps) => {
            for (at, gap) in gaps.gaps.iter().enumerate() {
                declare(xml, &gap_name(at), ("single", "string"), &first(&gap.answers), &gap.answers);
            }
        }
        _ => declare(xml, "RESPONSE", ("single", "string"), &[], &[]),
    }
}

/// What the response in a gap is called.
pub(super) fn gap_name(at: usize) -> String {
    format!("RESPONSE_{}", at + 1)
}

const TEMPLATES: &str = "http://www.imsglobal.org/question/qti_v2p1/rptemplates";

/// By one of the standard templates where there is nothing to be said, and in words otherwise.
fn processing(xml: &mut Xml, judged: Judged, kind: &Kind, feedback: &Feedback) {
    let template = match judged {
        Judged::Correct if feedback.is_empty() => "match_correct",
        Judged::Mapped if feedback.is_empty() => "map_response",
        _ => "",
    };
    if !template.is_empty() {
        return xml.empty("responseProcessing", &[("template", &format!("{TEMPLATES}/{template}"))]);
    }
    if judged == Judged::Not && feedback.is_empty() {
        return;
    }
    xml.open("responseProcessing", &[]);
    match judged {
        Judged::Correct => condition(xml, "match", &[]),
        Judged::Near(tolerance) => {
            let tolerances = format!("{tolerance} {tolerance}");
            let mode = [("toleranceMode", "absolute"), ("tolerance", tolerances.as_str())];
            condition(xml, "equal", if tolerance > 0.0 { &mode } else { &[("toleranceMode", "exact")] });
        }
        Judged::Mapped => {
            xml.open("setOutcomeValue", &[("identifier", "SCORE")]);
            xml.empty("mapResponse", &[("identifier", "RESPONSE")]);
            xml.close();
        }
        Judged::Gaps(count) => {
            xml.open("setOutcomeValue", &[("identifier", "SCORE")]);
            xml.open("divide", &[]);
            xml.open("sum", &[]);
            (0..count).for_each(|at| xml.empty("mapResponse", &[("identifier", &gap_name(at))]));
            xml.close();
            xml.leaf("baseValue", &[("baseType", "float")], &count.to_string());
            xml.close();
            xml.close();
        }
        Judged::Not => {}
    }
    if !feedback.is_empty() {
        xml.open("setOutcomeValue", &[("identifier", "FEEDBACK")]);
        match kind {
            Kind::Choice(_) | Kind::Several(_) | Kind::TrueFalse(_) => {
                xml.empty("variable", &[("identifier", "RESPONSE")]);
            }
            _ => xml.leaf("baseValue", &[("baseType", "identifier")], "answered"),
        }
        xml.close();
    }
    xml.close();
}

/// One point if the response compares with the correct one, and none otherwise.
fn condition(xml: &mut Xml, comparison: &str, attributes: &[(&str, &str)]) {
    xml.open("responseCondition", &[]);
    for (branch, score) in [("responseIf", "1"), ("responseElse", "0")] {
        xml.open(branch, &[]);
        if branch == "responseIf" {
            xml.open(comparison, attributes);
            xml.empty("variable", &[("identifier", "RESPONSE")]);
            xml.empty("correct", &[("identifier", "RESPONSE")]);
            xml.close();
        }
        xml.open("setOutcomeValue", &[("identifier", "SCORE")]);
        xml.leaf("baseValue", &[("baseType", "float")], score);
        xml.close();
        xml.close();
    }
    xml.close();
}
