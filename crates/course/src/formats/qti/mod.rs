//! IMS QTI 2.1: a package, that is an item for each question and a manifest that lists them.
//!
//! Items follow the information model of QTI 2.1 (IMS, 2012): declarations, the body with one interaction, how the response is
//! judged, and modal feedback for the reasons. A package is a zip of these files; making the zip is left to others.

mod body;
mod item;
mod xml;

use super::LeftOut;
use super::identity;
use crate::Deck;
use std::collections::BTreeSet;
use xml::Xml;

/// Writes a deck: `imsmanifest.xml`, and `items/….xml`.
pub(super) fn write(deck: &Deck, left_out: &mut LeftOut) -> Vec<(String, String)> {
    let (mut items, mut names) = (vec![], BTreeSet::new());
    for (at, question) in deck.questions.iter().enumerate() {
        let Some(text) = item::item(question, |message| left_out.say(at, question, message)) else {
            left_out.say(at, question, "QTI has nothing like a lab; it is left out");
            continue;
        };
        let mut name = identity::name(&question.id).unwrap_or_else(|| format!("question-{}", at + 1));
        if !names.insert(name.clone()) {
            name = format!("{name}-{}", at + 1);
            names.insert(name.clone());
        }
        items.push((format!("items/{name}.xml"), text));
    }
    let mut files = vec![("imsmanifest.xml".to_string(), manifest(deck, &items))];
    files.append(&mut items);
    files
}

/// Lists the items.
fn manifest(deck: &Deck, items: &[(String, String)]) -> String {
    let mut xml = Xml::default();
    let name = identity::name(&deck.title).unwrap_or_else(|| "questions".into());
    xml.open(
        "manifest",
        &[
            ("xmlns", "http://www.imsglobal.org/xsd/imscp_v1p1"),
            ("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance"),
            (
                "xsi:schemaLocation",
                "http://www.imsglobal.org/xsd/imscp_v1p1 \
             http://www.imsglobal.org/xsd/qti/qtiv2p1/qtiv2p1_imscpv1p2_v1p0.xsd",
            ),
            ("identifier", &format!("manifest-{name}")),
        ],
    );
    xml.open("metadata", &[]);
    xml.leaf("schema", &[], "QTIv2.1 Package");
    xml.leaf("schemaversion", &[], "1.0.0");
    xml.close();
    xml.empty("organizations", &[]);
    xml.open("resources", &[]);
    for (at, (file, _)) in items.iter().enumerate() {
        let identifier = format!("item-{}", at + 1);
        xml.open("resource", &[("identifier", &identifier), ("type", "imsqti_item_xmlv2p1"), ("href", file)]);
        xml.empty("file", &[("href", file)]);
        xml.close();
    }
    xml.finish()
}
