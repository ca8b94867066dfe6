//! One frame: a moment of the run. All of it stands on the tape once; a frame is no more than a time.

use crate::detector::Finding;
use crate::groups::Group;
use crate::totals::Totals;
use interleave_kernel::Tape;
use interleave_node::{DatabaseLog, Nanos, Outcome, Print};
use interleave_sql::explain::Explained;
use serde::{Deserialize, Serialize};
use std::rc::Rc;

/// The recording of a run.
pub type QueryTape = Tape<Scene>;

/// A whole run, and what is made of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Run {
    pub log: DatabaseLog,
    pub groups: Vec<Group>,
    /// The group of each query.
    pub group_of: Vec<u32>,
    pub findings: Vec<Finding>,
    pub totals: Totals,
    /// For each text of the log the plan of its slowest run, if it has one.
    pub plans: Vec<Option<Explained>>,
    pub printed: Vec<Rc<Print>>,
    pub outcome: Outcome,
    /// When it was over.
    pub end: Nanos,
}

/// Everything one can see in one frame.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Scene {
    /// The same in every frame.
    pub run: Option<Rc<Run>>,
    /// What is later has not happened yet.
    pub clock: Nanos,
    /// The query that this frame is about.
    pub about: Option<u32>,
    /// How many of the findings have been made.
    pub found: u32,
    /// The run is over, and its totals may be read.
    pub over: bool,
}

/// What can be different between two frames.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Change {
    /// The first change of a tape.
    Run(Rc<Run>),
    Clock(Nanos),
    About(Option<u32>),
    Found,
    Over,
}

impl interleave_kernel::Scene for Scene {
    type Change = Change;

    fn apply(&mut self, change: &Change) {
        match change {
            Change::Run(run) => self.run = Some(Rc::clone(run)),
            Change::Clock(clock) => self.clock = *clock,
            Change::About(query) => self.about = *query,
            Change::Found => self.found += 1,
            Change::Over => self.over = true,
        }
    }
}
