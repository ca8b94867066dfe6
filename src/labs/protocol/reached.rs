//! What a run has come to: a question may have asked for it.

use super::catalogue::CATALOGUE;
use super::subject::Play;
use crate::labs::Reached;
use interleave_kernel::Tape;
use interleave_protocols::diagram::Diagram;

/// The rules that the history on the tape breaks, what went wrong in it, and the presets whose subject it has.
pub fn reached(play: &Play, tape: &Tape<Diagram>) -> Reached {
    let scene = tape.last();
    let rule = |at: u8| scene.rules.get(usize::from(at)).map(|rule| rule.name.clone());
    let presets = CATALOGUE.labs.iter().flat_map(|lab| &lab.presets);
    Reached {
        presets: presets.filter(|preset| preset.subject == play.subject).map(|preset| preset.id.clone()).collect(),
        faults: scene.moments.iter().filter_map(|moment| Some(moment.deed.fault()?.name())).collect(),
        goals: scene.broken.iter().filter_map(|broken| rule(broken.rule)).collect(),
    }
}
