//! What we say of a question and a format of others has no word for, where that format has a place which it ignores.

use crate::question::{Decoy, Open, Slip};
use crate::{Level, Question};
use serde::{Deserialize, Serialize};

/// Written only where it says something.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Extra {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) level: Option<Level>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub(super) why: bool,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(super) section: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(super) source: String,
    /// The question above a text with a gap.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) gap: Option<String>,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(super) unit: String,
    /// One for each option or pair.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) reasons: Vec<String>,
    /// Where the right options stand.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) positions: Vec<usize>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) slips: Vec<Slip>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) decoys: Vec<Decoy>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) open: Option<Open>,
}

impl Extra {
    /// What every question has, as far as it is not what one without a word about it would get.
    pub(super) fn of(question: &Question) -> Self {
        Self {
            level: (question.level != Level::Mid).then_some(question.level),
            why: question.why,
            section: question.section.clone(),
            source: question.source.clone(),
            ..Self::default()
        }
    }

    /// Puts that back.
    pub(super) fn onto(&self, question: &mut Question) {
        question.level = self.level.unwrap_or(question.level);
        question.why |= self.why;
        for (there, here) in [(&mut question.section, &self.section), (&mut question.source, &self.source)] {
            if !here.is_empty() {
                there.clone_from(here);
            }
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}
