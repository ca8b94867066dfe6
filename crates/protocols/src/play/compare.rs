//! Runs two protocols under the same faults and counts what it costs.

use super::drive::{Driver, Ending, tape};
use super::{Comparison, Side, Subject, Task};
use crate::Budget;
use crate::camera::Camera;
use crate::diagram::Figures;
use crate::faults::{Fault, Setting};
use crate::protocol::Protocol;
use interleave_kernel::Dice;

/// The most runs that are averaged.
const MOST_RUNS: u16 = 1_000;

/// Runs both sides. `progress` is told how many runs of both are done. An error says what is wrong.
pub fn compare(comparison: &Comparison, mut progress: impl FnMut(u16)) -> Result<[Side; 2], String> {
    let Comparison { sides, faults, seed, runs } = comparison;
    if !(1..=MOST_RUNS).contains(runs) {
        return Err(format!("a comparison takes 1 to {MOST_RUNS} runs, not {runs}"));
    }
    let mut side = |subject: &Subject, done: u16| {
        // What cannot happen to a side does not.
        let budget = Fault::ALL.into_iter().filter(|fault| subject.faults().contains(fault));
        let budget = budget.fold(Budget::default(), |budget, fault| budget.with(fault, faults.left(fault)));
        let told = |run: u16| progress(done + run);
        subject.with(Runs { budget, seed: *seed, runs: *runs, told })
    };
    Ok([side(&sides[0], 0)?, side(&sides[1], *runs)?])
}

struct Runs<P> {
    budget: Budget,
    seed: u64,
    runs: u16,
    told: P,
}

impl<P: FnMut(u16)> Task for Runs<P> {
    type Output = Result<Side, String>;

    fn with<M: Protocol>(mut self, scenario: &M::Scenario) -> Self::Output {
        let start = M::begin(&scenario.by_hand())?;
        let mut shown = None;
        let (mut total, mut broken, mut endless) = (Figures::default(), 0, 0);
        for run in 0..self.runs {
            let mut camera = Camera::new(start.clone(), Vec::new());
            let seed = self.seed.wrapping_add(run.into());
            let ending = Driver::Seed(Dice::new(seed), self.budget).drive(&mut camera);
            endless += u16::from(ending != Ending::Over);
            let tape = tape(camera, ending);
            broken += u16::from(!tape.last().broken.is_empty());
            total = total.and(&tape.last().figures);
            shown.get_or_insert(tape);
            (self.told)(run + 1);
        }
        let shown = shown.ok_or("there are no runs")?;
        let end = shown.frames().last().map(|frame| frame.note.plain()).unwrap_or_default();
        Ok(Side { diagram: shown.last().clone(), end, total, broken, endless, runs: self.runs })
    }
}
