//! Which protocol is played, and what is set in it: as JSON. The page hands it on to the engine, which knows what it means.

use super::catalogue::CATALOGUE;
use interleave_protocols::{Budget, Fault};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// A protocol with its scenario: `{"saga": {"stock": 2}}`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Subject(Value);

/// See [`interleave_protocols::play::Play`].
pub type Play = interleave_protocols::play::Play<Subject>;

impl Subject {
    /// Which protocol it is: `saga`. Empty for what is none.
    pub fn kind(&self) -> &str {
        self.0.as_object().and_then(|object| object.keys().next()).map_or("", String::as_str)
    }

    /// What is set.
    pub fn scenario(&self) -> &Value {
        self.0.get(self.kind()).unwrap_or(&Value::Null)
    }

    /// The same protocol with something else set.
    pub fn with(&self, change: impl FnOnce(&mut Value)) -> Self {
        let (kind, mut subject) = (self.kind().to_owned(), self.clone());
        if let Some(scenario) = subject.0.get_mut(&kind) {
            change(scenario);
        }
        subject
    }

    /// Whether what is set has its participants ask PostgreSQL.
    pub fn asks_postgres(&self) -> bool {
        self.kind() == "two-phase-commit" && self.scenario().get("storage").is_some_and(|storage| storage == "postgres")
    }

    /// What may go wrong, and how often.
    pub fn budget(&self) -> Budget {
        let faults = self.scenario().get("faults").cloned().unwrap_or_default();
        serde_json::from_value(faults).unwrap_or_default()
    }

    /// The same within another budget, as far as its faults are possible at all.
    pub fn within(&self, faults: Budget) -> Self {
        let possible = self.faults();
        if possible.is_empty() {
            return self.clone();
        }
        let budget = possible.iter().fold(Budget::default(), |budget, &fault| budget.with(fault, faults.left(fault)));
        self.with(|scenario| put(scenario, "/faults", serde_json::to_value(budget).unwrap_or_default()))
    }

    /// What may go wrong at all.
    pub fn faults(&self) -> &'static [Fault] {
        CATALOGUE.faults.iter().find(|(kind, _)| kind == self.kind()).map_or(&[], |(_, faults)| faults)
    }
}

/// Sets a value at a place like `/steps/0/kind`; what leads there is made if it is not there.
pub fn put(root: &mut Value, place: &str, value: Value) {
    let mut here = root;
    for key in place.split('/').skip(1) {
        match key.parse::<usize>() {
            Ok(at) => {
                if !here.is_array() {
                    *here = Value::Array(Vec::new());
                }
                let Value::Array(items) = here else { return };
                if items.len() <= at {
                    items.resize(at + 1, Value::Null);
                }
                here = &mut items[at];
            }
            Err(_) => {
                if !here.is_object() {
                    *here = Value::Object(serde_json::Map::new());
                }
                here = &mut here[key];
            }
        }
    }
    *here = value;
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;

    fn subject(text: &str) -> Subject {
        serde_json::from_str(text).unwrap()
    }

    #[test]
    fn a_budget_is_put_into_any_subject_that_has_one() {
        let saga = subject(r#"{"saga": {"stock": 2}}"#);
        let crash = Budget { crash: 1, loss: 2, ..Budget::default() };
        assert_eq!((saga.kind(), saga.budget()), ("saga", Budget::default()));
        assert_eq!(saga.within(crash).budget(), crash);
        assert_eq!(saga.within(crash).scenario()["stock"], 2);
        let events = subject(r#"{"choreographed-saga": {}}"#).within(crash);
        assert_eq!(events.budget(), Budget { crash: 1, ..Budget::default() }, "a broker loses nothing");
        let specification = subject(r#"{"gray-lamport": {"participants": 3}}"#);
        assert_eq!(specification.within(crash), specification);
    }

    #[test]
    fn nonsense_is_a_subject_that_the_engine_refuses() {
        for text in ["null", "7", "[]", "{}", r#"{"meteor": 1}"#] {
            let subject = subject(text);
            assert_eq!((subject.budget(), subject.faults().len()), (Budget::default(), 0), "{text}");
            subject.within(Budget { crash: 1, ..Budget::default() }).with(|scenario| *scenario = Value::Null);
        }
    }

    #[test]
    fn what_leads_to_a_place_is_made() {
        let mut value = serde_json::json!({"steps": [{"kind": "pivot"}]});
        put(&mut value, "/steps/0/answers/1", "refuse".into());
        put(&mut value, "/stock", 3.into());
        assert_eq!(value, serde_json::json!({"steps": [{"kind": "pivot", "answers": [null, "refuse"]}], "stock": 3}));
    }
}
