//! A timer of a process.

use serde::{Deserialize, Serialize};

/// Whether a process waits for something, and not forever. It belongs into a process's volatile half: a crash stops it.
///
/// Models have no clock. Time passes when nothing else happens: then every timer that runs is *due*, and goes off sooner or later, whatever
/// else begins to happen. To go off before it is due is to be [delayed](crate::Fault::Delay): what it waits for is still on its way.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Timer {
    #[default]
    Stopped,
    Running,
    Due,
}

impl Timer {
    pub fn start(&mut self) {
        *self = Timer::Running;
    }

    pub fn stop(&mut self) {
        *self = Timer::Stopped;
    }

    /// As long as it takes.
    pub fn time_passes(&mut self) {
        if *self == Timer::Running {
            *self = Timer::Due;
        }
    }
}
