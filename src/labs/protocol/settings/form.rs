//! Forms as data: which places of a scenario can be set, and to what.

use serde::Deserialize;
use serde_json::Value;
use std::sync::LazyLock;

/// What can be set of one kind of subject.
#[derive(Debug, Deserialize)]
pub struct Form {
    /// The kind: its name in JSON.
    pub subject: String,
    pub groups: Vec<Group>,
}

/// Settings under one heading.
#[derive(Debug, Deserialize)]
pub struct Group {
    /// `{n}` is the number of the item.
    pub title: String,
    /// Where a list is: then there is a group for each of its items, and places are within the item.
    pub each: Option<String>,
    /// The most items of that list.
    #[serde(default)]
    pub most: usize,
    /// A new item.
    #[serde(default)]
    pub item: Value,
    pub fields: Vec<Field>,
}

/// One thing that can be set.
#[derive(Debug, Deserialize)]
pub struct Field {
    /// `{n}` is the number of the field, where there are several.
    pub label: String,
    /// Where it is: `/safeguards/inbox`.
    pub place: String,
    /// What is set where nothing is said.
    #[serde(default)]
    pub usual: Value,
    #[serde(flatten)]
    pub kind: Kind,
    /// Where a number is: then there are so many fields, for the items of the list at `place`.
    pub count: Option<String>,
    /// It is asked only while another place holds that.
    pub when: Option<(String, Value)>,
    /// Lists that are cut to the number that is set.
    #[serde(default)]
    pub trims: Vec<String>,
}

/// How it is set.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// On or off.
    Switch(bool),
    /// One of these: what is said, and what is set. An empty text stands for nothing.
    Options(Vec<(String, Value)>),
    /// A number from the one to the other.
    Range(u8, u8),
    /// A text of at most so many characters.
    Text(usize),
    /// Each of the numbers from 1 to that at the place is in a list or not.
    Members(String),
}

static FORMS: LazyLock<Vec<Form>> = LazyLock::new(|| {
    let text = include_str!(concat!(env!("OUT_DIR"), "/forms.json"));
    // It is part of this very program, and a test reads all of it.
    serde_json::from_str(text).unwrap_or_else(|error| panic!("forms: {error}"))
});

/// The form of a kind of subject.
pub fn form(kind: &str) -> Option<&'static Form> {
    FORMS.iter().find(|form| form.subject == kind)
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;
    use crate::labs::protocol::catalogue::CATALOGUE;
    use crate::labs::protocol::subject::put;
    use interleave_protocols::play::Subject;

    /// Every place of a form is one that the engine knows, and takes what can be set there.
    #[test]
    fn what_a_form_sets_is_a_scenario() {
        for (kind, _) in &CATALOGUE.faults {
            let form = form(kind).unwrap();
            let usual =
                CATALOGUE.labs.iter().flat_map(|lab| &lab.variants).find(|it| it.subject.kind() == kind).unwrap();
            for group in &form.groups {
                for field in &group.fields {
                    let values: Vec<Value> = match &field.kind {
                        Kind::Switch(_) => vec![true.into(), false.into()],
                        Kind::Options(options) => options
                            .iter()
                            .map(|(_, value)| if value == "" { Value::Null } else { value.clone() })
                            .collect(),
                        Kind::Range(least, most) => vec![(*least).into(), (*most).into()],
                        Kind::Text(_) => vec!["a name".into()],
                        Kind::Members(_) => vec![vec![1].into()],
                    };
                    for value in values {
                        let item = if field.count.is_some() { "/0" } else { "" };
                        let list = group.each.as_ref().map_or(String::new(), |each| format!("{each}/0"));
                        let place = format!("{list}{}{item}", field.place);
                        let set = usual.subject.with(|scenario| put(scenario, &place, value.clone()));
                        let read = serde_json::to_value(&set).and_then(serde_json::from_value::<Subject>);
                        assert!(read.is_ok(), "{kind} {place} {value}: {read:?}");
                    }
                }
            }
        }
    }

    /// Whatever can be switched off has a switch.
    #[test]
    fn every_safeguard_has_a_switch() {
        for lab in &CATALOGUE.labs {
            for variant in &lab.variants {
                let Some(safeguards) = variant.subject.scenario().get("safeguards").and_then(Value::as_object) else {
                    continue;
                };
                let fields: Vec<_> =
                    form(variant.subject.kind()).unwrap().groups.iter().flat_map(|it| &it.fields).collect();
                for name in safeguards.keys() {
                    let place = format!("/safeguards/{name}");
                    assert!(fields.iter().any(|field| field.place == place), "{}: {name}", variant.title);
                }
            }
        }
    }
}
