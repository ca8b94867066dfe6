//! Something that was begun and not finished: an exam, an interview, a deck.

use super::record::Session;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

/// What has to be known to go on with something. Its state is whatever serialises, opaque here, and kept as JSON to the byte.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    pub kind: Session,
    /// Which one of that kind.
    pub name: String,
    /// When it was saved, in milliseconds since 1970: of two the later one is kept.
    pub saved: i64,
    /// JSON without blanks. Nothing when it was finished or given up, which has to be kept too: another device may still have the
    /// older state.
    state: Option<String>,
}

impl Draft {
    /// A draft with a state; or why the state is none that JSON can say. A state that is `null` closes the draft.
    pub fn new(kind: Session, name: &str, saved: i64, state: &impl Serialize) -> Result<Self, String> {
        let state = serde_json::to_string(state).map_err(|error| error.to_string())?;
        Ok(Self { kind, name: name.to_string(), saved, state: Some(state).filter(|state| state != "null") })
    }

    /// Says that something is finished, or given up.
    pub fn closed(kind: Session, name: &str, saved: i64) -> Self {
        Self { kind, name: name.to_string(), saved, state: None }
    }

    /// Whether there is something to go on with.
    pub fn is_open(&self) -> bool {
        self.state.is_some()
    }

    /// Its state; or why it is none of that type, as after an update that changed the type.
    pub fn state<T: DeserializeOwned>(&self) -> Result<T, String> {
        serde_json::from_str(self.text()).map_err(|error| error.to_string())
    }

    /// Its state as JSON.
    pub fn text(&self) -> &str {
        self.state.as_deref().unwrap_or("null")
    }

    /// A total order, so that of two the same one is kept whoever comes first. What is closed wins over what was saved at the same time.
    pub(super) fn rank(&self) -> impl Ord + '_ {
        (self.saved, self.state.is_none(), &self.state)
    }
}

/// How a draft is written.
#[derive(Serialize, Deserialize)]
struct Written<T> {
    kind: Session,
    name: String,
    saved: i64,
    #[serde(default = "none")]
    state: Option<T>,
}

fn none<T>() -> Option<T> {
    None
}

impl Serialize for Draft {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let raw = |text| serde_json::from_str::<&RawValue>(text).map_err(serde::ser::Error::custom);
        let state = self.state.as_deref().map(raw).transpose()?;
        Written { kind: self.kind, name: self.name.clone(), saved: self.saved, state }.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Draft {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let Written { kind, name, saved, state } = Written::<Box<RawValue>>::deserialize(deserializer)?;
        let state = state.map(|state| without_blanks(state.get())).filter(|state| state != "null");
        Ok(Self { kind, name, saved, state })
    }
}

/// The same JSON without blanks between its tokens. Only blanks outside of strings go; a number stays as it was written.
fn without_blanks(json: &str) -> String {
    let (mut inside, mut escaped) = (false, false);
    let kept = json.chars().filter(|&char| {
        let blank = !inside && char.is_ascii_whitespace();
        if inside && escaped {
            escaped = false;
        } else if inside && char == '\\' {
            escaped = true;
        } else if char == '"' {
            inside = !inside;
        }
        !blank
    });
    kept.collect()
}
