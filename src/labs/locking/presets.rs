//! The presets: `content/programs/locking/*.toml`, turned into JSON by the build script.

use crate::labs::PresetInfo;
use interleave_sql::lab::{Isolation, Scenario, Script};
use serde::Deserialize;
use std::sync::LazyLock;

/// A preset as its file says it.
#[derive(Debug, Deserialize)]
pub struct Preset {
    /// Part of links: it *never* changes.
    id: String,
    group: String,
    title: String,
    /// The idea, in one sentence.
    idea: String,
    isolation: Isolation,
    /// Whose statement runs next, a letter each: `ABAB`.
    schedule: String,
    #[serde(default)]
    invariant: String,
    setup: String,
    sessions: Vec<Script>,
}

/// Every preset, in the order of the gallery. The first is what the lab opens with.
pub static PRESETS: LazyLock<Vec<Preset>> = LazyLock::new(|| {
    let text = include_str!(concat!(env!("OUT_DIR"), "/presets-locking.json"));
    // It is part of this very program, and a test reads all of it.
    serde_json::from_str(text).unwrap_or_else(|error| panic!("content/programs/locking: {error}"))
});

impl Preset {
    /// The preset of that name.
    pub fn named(id: &str) -> Option<&'static Self> {
        PRESETS.iter().find(|preset| preset.id == id)
    }

    /// How the picker and the gallery announce it.
    pub fn info(&'static self) -> PresetInfo {
        PresetInfo { group: &self.group, id: &self.id, title: &self.title, idea: &self.idea }
    }

    /// The run it stands for.
    pub fn scenario(&self) -> Scenario {
        Scenario {
            setup: self.setup.clone(),
            sessions: self.sessions.clone(),
            schedule: self.schedule.bytes().map(|letter| letter.wrapping_sub(b'A')).collect(),
            isolation: self.isolation,
            invariant: self.invariant.clone(),
        }
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;

    #[test]
    fn every_file_of_the_index_is_a_run() {
        assert!(!PRESETS.is_empty());
        for preset in PRESETS.iter() {
            let scenario = preset.scenario();
            assert!((1..=4).contains(&scenario.sessions.len()), "{}: one to four sessions", preset.id);
            let sessions = scenario.sessions.len();
            assert!(
                scenario.schedule.iter().all(|&session| usize::from(session) < sessions),
                "{}: the schedule `{}` is made of the letters of its sessions",
                preset.id,
                preset.schedule
            );
            assert!(!preset.title.is_empty() && !preset.idea.is_empty() && !scenario.setup.is_empty(), "{}", preset.id);
            assert!(
                preset.id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-'),
                "{} is part of links",
                preset.id
            );
        }
    }

    #[test]
    fn a_schedule_is_written_in_letters() {
        assert_eq!(Preset::named("deadlock").unwrap().scenario().schedule, [0, 1, 0, 1, 0, 1]);
        assert!(Preset::named("no-such").is_none());
    }
}
