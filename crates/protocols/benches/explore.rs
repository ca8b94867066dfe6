//! How fast every order of two-phase commit is tried on this machine: Gray and Lamport's model with 8 participants, 1,745,408 states.
//! Prints seconds, then new states a second.

use interleave_kernel::explore::{Limits, explore};
use interleave_protocols::two_phase_commit::gray_lamport::TwoPhase;
use std::ops::ControlFlow;
use std::time::Instant;

fn main() {
    // `cargo test` runs benchmarks, too: there is nothing to test here.
    if !std::env::args().any(|arg| arg == "--bench") {
        return;
    }
    let Some(start) = TwoPhase::new(8) else { return };
    for _ in 0..3 {
        let clock = Instant::now();
        let found = explore(&start, &Limits::default(), |_| ControlFlow::Continue(()));
        let seconds = clock.elapsed().as_secs_f64();
        assert_eq!(found.states, 1_745_408, "no state is forgotten");
        println!(
            "{seconds:.2} s, {:.0} states a second, {} transitions",
            found.states as f64 / seconds,
            found.transitions
        );
    }
}
