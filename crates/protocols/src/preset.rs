//! Stories to begin with.

/// A scenario with a story. What has to happen in it is [`Protocol::story`](crate::Protocol::story).
#[derive(Clone, Copy, Debug)]
pub struct Preset<S> {
    /// Links name it: it *never* changes.
    pub id: &'static str,
    pub title: &'static str,
    /// What it shows, in one sentence.
    pub idea: &'static str,
    /// What is set in it.
    pub make: fn() -> S,
    /// The rules that some order breaks within its budget of faults, in the order of
    /// [`rules`](interleave_kernel::explore::Explorable::rules). Empty where every order is fine.
    pub breaks: &'static [&'static str],
}

impl<S> Preset<S> {
    /// What is set in it.
    pub fn scenario(&self) -> S {
        (self.make)()
    }

    /// The preset of that id, among some.
    pub fn find<'a>(presets: &'a [Self], id: &str) -> Option<&'a Self> {
        presets.iter().find(|preset| preset.id == id)
    }
}
