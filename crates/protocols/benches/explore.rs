//! How fast every order is tried on this machine, the best of three runs. Gray and Lamport's two-phase commit with 8 participants (1,745,408
//! states) is tried by our explorer and by Stateright's: the same machine, one thread each.
//!
//! `cargo bench -p interleave-protocols --bench explore`

use interleave_kernel::Machine;
use interleave_kernel::explore::{Limits, explore};
use interleave_protocols::two_phase_commit::gray_lamport::{Action, CONSISTENT, TwoPhase};
use interleave_protocols::two_phase_commit::{Scenario, TwoPhaseCommit};
use stateright::{Checker, Model, Property};
use std::ops::ControlFlow;
use std::time::Instant;

const PARTICIPANTS: u8 = 8;
const STATES: u64 = 1_745_408;

/// Our machine, as Stateright sees it.
struct Ours;

impl Model for Ours {
    type State = TwoPhase;
    type Action = Action;

    fn init_states(&self) -> Vec<TwoPhase> {
        TwoPhase::new(PARTICIPANTS).into_iter().collect()
    }

    fn actions(&self, state: &TwoPhase, actions: &mut Vec<Action>) {
        actions.extend(state.actions());
    }

    fn next_state(&self, state: &TwoPhase, action: Action) -> Option<TwoPhase> {
        let mut next = state.clone();
        next.advance(&action);
        Some(next)
    }

    fn properties(&self) -> Vec<Property<Self>> {
        vec![Property::always(CONSISTENT, |_, state: &TwoPhase| state.violations().is_empty())]
    }
}

/// The best time of three, in seconds.
fn best(mut run: impl FnMut() -> u64, states: u64) -> f64 {
    let times = (0..3).map(|_| {
        let clock = Instant::now();
        assert_eq!(run(), states, "no state is forgotten");
        clock.elapsed().as_secs_f64()
    });
    times.fold(f64::INFINITY, f64::min)
}

fn report(what: &str, seconds: f64, states: u64) {
    println!("{what:<44} {seconds:>6.2} s {:>9.0} states a second", states as f64 / seconds);
}

fn main() {
    // `cargo test` runs benchmarks, too: there is nothing to test here.
    if !std::env::args().any(|arg| arg == "--bench") {
        return;
    }
    let Some(start) = TwoPhase::new(PARTICIPANTS) else { return };
    let ours = || explore(&start, &Limits::default(), |_| ControlFlow::Continue(())).states;
    report("Gray and Lamport's, 8 participants", best(ours, STATES), STATES);
    let theirs = || Ours.checker().spawn_bfs().join().unique_state_count() as u64;
    report("the same by Stateright", best(theirs, STATES), STATES);

    let scenario = Scenario {
        participants: 3,
        faults: interleave_protocols::Budget { crash: 1, loss: 1, ..Default::default() },
        ..Scenario::default()
    };
    let Ok(start) = TwoPhaseCommit::new(&scenario) else { return };
    let protocol = || explore(&start, &Limits::default(), |_| ControlFlow::Continue(())).states;
    report("the protocol, 3 participants, crash and loss", best(protocol, 137_315), 137_315);
}
