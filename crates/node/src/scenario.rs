use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Everything that decides a run. The same scenario gives the same tape, on every machine, forever.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Scenario {
    /// The source of the main module.
    pub program: String,
    /// How Node loads it.
    pub module: ModuleKind,
    /// Who wins the race between `setTimeout(…, 0)` and `setImmediate` in the main script. In real Node it depends on
    /// whether a millisecond passed before the loop started; here it is a switch. `false`: the timer is due.
    pub slow_timers: bool,
    /// Seeds `Math.random` and everything else that real Node draws by lot.
    pub seed: u64,
    /// Other files of the program's folder, by their path relative to it.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub files: BTreeMap<String, String>,
}

/// How Node loads the main module.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ModuleKind {
    /// `require`, `module.exports`; the body runs as a plain call.
    #[default]
    CommonJs,
    /// `import`, top-level `await`; the body runs inside a microtask.
    Module,
}

impl Default for Scenario {
    fn default() -> Self {
        Self {
            program: String::new(),
            module: ModuleKind::CommonJs,
            slow_timers: false,
            seed: 1,
            files: BTreeMap::new(),
        }
    }
}

impl Scenario {
    /// A CommonJS program with default settings.
    pub fn script(program: impl Into<String>) -> Self {
        Self { program: program.into(), ..Self::default() }
    }
}
