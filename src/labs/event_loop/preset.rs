use interleave_node::{ModuleKind, Scenario};

/// A program that shows one idea.
#[derive(Clone, Copy, Debug)]
pub struct Preset {
    /// Part of links: it *never* changes.
    pub id: &'static str,
    pub title: &'static str,
    /// The idea, in one sentence.
    pub idea: &'static str,
    /// The source of the main module, from `content/programs/`.
    pub program: &'static str,
    pub module: ModuleKind,
    /// See [`Scenario::slow_timers`].
    pub slow_timers: bool,
}

impl Preset {
    /// The run this preset stands for.
    pub fn scenario(&self) -> Scenario {
        Scenario { module: self.module, slow_timers: self.slow_timers, ..Scenario::script(self.program) }
    }
}
