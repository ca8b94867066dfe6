//! What a lab tells at a preset, frame by frame.

use crate::{event_loop, locking, protocol};
use interleave_kernel::{Note, Scene, Tape};

/// The notes of all frames of a lab's tape at one of its presets: of the event loop and of locking as the preset has it, of a protocol as
/// `interleave run LAB --preset ID` plays it, with seed 1.
///
/// # Errors
/// A sentence that says what there is instead of such a lab or preset.
pub fn notes(lab: &str, preset: &str) -> Result<Vec<Note>, String> {
    match lab {
        event_loop::LAB => Ok(of(&event_loop::record(preset)?)),
        locking::LAB => Ok(of(&locking::record(&locking::preset(preset)?))),
        _ if protocol::LABS.contains(&lab) => Ok(of(&protocol::record(&protocol::preset(lab, preset)?)?)),
        _ => Err(format!(
            "there is no lab “{lab:.60}” to see what happens first in; there are {}, {} and {}",
            event_loop::LAB,
            locking::LAB,
            protocol::LABS.join(", ")
        )),
    }
}

fn of<S: Scene>(tape: &Tape<S>) -> Vec<Note> {
    tape.frames().iter().map(|frame| frame.note.clone()).collect()
}
