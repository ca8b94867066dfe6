//! What there is to begin with, to choose from and to compare: made by the build script, of `crates/protocols`.

use super::subject::Subject;
use interleave_protocols::Fault;
use serde::Deserialize;
use std::sync::LazyLock;

/// See [`interleave_protocols::catalogue::Catalogue`].
#[derive(Debug, Deserialize)]
pub struct Catalogue {
    pub labs: Vec<Offer>,
    pub faults: Vec<(String, Vec<Fault>)>,
}

/// What one lab offers.
#[derive(Debug, Deserialize)]
pub struct Offer {
    lab: String,
    pub presets: Vec<Told>,
    pub variants: Vec<Named>,
    pub sides: Vec<Named>,
}

impl Offer {
    /// The lab that offers it.
    pub fn lab(&self) -> &str {
        &self.lab
    }
}

/// A preset.
#[derive(Debug, Deserialize)]
pub struct Told {
    pub group: String,
    pub id: String,
    pub title: String,
    pub idea: String,
    pub subject: Subject,
}

/// A protocol that can be chosen.
#[derive(Debug, PartialEq, Deserialize)]
pub struct Named {
    pub title: String,
    pub subject: Subject,
}

/// Everything there is.
pub static CATALOGUE: LazyLock<Catalogue> = LazyLock::new(|| {
    let text = include_str!(concat!(env!("OUT_DIR"), "/protocols.json"));
    // It is part of this very program, and a test reads all of it.
    serde_json::from_str(text).unwrap_or_else(|error| panic!("protocols.json: {error}"))
});

/// What a lab offers.
pub fn offer(lab: &str) -> &'static Offer {
    CATALOGUE.labs.iter().find(|offer| offer.lab == lab).unwrap_or_else(|| panic!("{lab} is in the catalogue"))
}

/// What the lab offers that is about this subject: the first one, if it is about none.
pub fn offer_of(subject: &Subject) -> &'static Offer {
    let about = |offer: &&Offer| offer.variants.iter().any(|it| it.subject.kind() == subject.kind());
    CATALOGUE.labs.iter().find(about).unwrap_or_else(|| &CATALOGUE.labs[0])
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;
    use crate::labs::protocol::settings::form;

    #[test]
    fn everything_that_is_offered_has_a_form() {
        for offer in &CATALOGUE.labs {
            let all = offer.presets.iter().map(|it| &it.subject);
            for subject in all.chain(offer.variants.iter().chain(&offer.sides).map(|it| &it.subject)) {
                assert!(form(subject.kind()).is_some_and(|form| !form.groups.is_empty()), "{}", subject.kind());
            }
        }
        assert_eq!(CATALOGUE.faults.iter().map(|(_, faults)| faults.len()).collect::<Vec<_>>(), [7, 0, 7, 3, 7]);
    }
}
