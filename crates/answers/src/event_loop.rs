//! The event-loop lab.

use crate::presets::{EVENT_LOOP, SLOW};
use interleave_node::{ModuleKind, NodeTape, Options, Scenario};

/// What the lab is called.
pub const LAB: &str = "event-loop";

/// Runs a preset, each step a frame.
pub fn record(preset: &str) -> Result<NodeTape, String> {
    let scenario = scenario(preset).ok_or_else(|| format!("the lab {LAB} has no preset “{preset:.60}”"))?;
    Ok(interleave_node::record(&scenario, &Options::default()))
}

/// The program of that name. A preset `NAME-slow` is the program `NAME` on a loop that starts within a millisecond: there is one where the
/// clock decides what is printed.
fn scenario(preset: &str) -> Option<Scenario> {
    let slow_timers = SLOW.iter().any(|(file, _)| file.strip_suffix(".out") == Some(preset));
    let name = if slow_timers { preset.strip_suffix("-slow")? } else { preset };
    EVENT_LOOP.iter().find_map(|(file, text)| {
        let module = match file.strip_prefix(name)? {
            ".js" => ModuleKind::CommonJs,
            ".mjs" => ModuleKind::Module,
            _ => return None,
        };
        Some(Scenario { module, slow_timers, ..Scenario::script(*text) })
    })
}
