//! The specification of two-phase commit, held to published figures.

use interleave_kernel::explore::{Explored, Limits, Verdict, explore};
use interleave_kernel::{Machine, Note};
use interleave_protocols::two_phase_commit::gray_lamport::{Action, CONSISTENT, MOST, Rm, RmState, TwoPhase};
use std::ops::ControlFlow;

fn every_order(participants: u8, symmetry: bool) -> Explored<Action> {
    let limits = Limits { symmetry, ..Limits::default() };
    explore(&TwoPhase::new(participants).unwrap(), &limits, |_| ControlFlow::Continue(()))
}

/// Distinct states: before a decision a participant works, has aborted, or is prepared and heard or not, 4 ways; after an abort the prepared
/// ones may also have aborted, 6 ways; after a commit all were heard, and each is prepared or has committed, 2 ways.
fn states(participants: u32) -> u64 {
    2_u64.pow(participants) + 4_u64.pow(participants) + 6_u64.pow(participants)
}

/// With three participants: `specifications/transaction_commit/manifest.json` of github.com/tlaplus/Examples gives `TwoPhase.cfg` 288
/// distinct states, 1,146 states generated and depth 11. Stateright's `examples/2pc.rs` asserts 288 and, with five, 8,832. The
/// module `TwoPhase.tla` says 50,816 with six.
#[test]
fn states_transitions_and_depth_are_those_published() {
    let found = every_order(3, false);
    assert_eq!((found.states, found.transitions, found.depth), (288, 1_146, 11));
    assert_eq!((found.deadlock, found.stopped), (None, None));
    assert_eq!((states(5), states(6)), (8_832, 50_816));
    for participants in 1..=6 {
        let found = every_order(participants, false);
        assert_eq!(found.states, states(participants.into()), "{participants} participants");
        assert_eq!(
            found.depth,
            3 * u32::from(participants) + 2,
            "each prepares, is heard and is told; and one decision"
        );
    }
}

/// Slow without optimisation: `cargo test --release -p interleave-protocols`.
#[test]
#[cfg_attr(debug_assertions, ignore = "18 million steps: for optimised builds")]
fn also_with_seven_and_eight_participants() {
    assert_eq!(every_order(7, false).states, 296_448);
    let found = every_order(8, false);
    assert_eq!((found.states, found.transitions, found.depth), (1_745_408, 18_507_778, 26));
}

/// Participants are alike: C(N+3,3) + C(N+5,5) + N + 1 states are left. Stateright's own test has 665 with five, as its representative
/// sorts participants by their state alone.
#[test]
fn symmetry_leaves_the_published_quotient() {
    for (participants, states) in [(1, 12), (2, 34), (3, 80), (4, 166), (5, 314), (6, 553)] {
        let found = every_order(participants, true);
        assert_eq!(
            (found.states, found.depth),
            (states, 3 * u32::from(participants) + 2),
            "{participants} participants"
        );
        assert!(found.is_fine());
    }
}

#[test]
fn the_rules_hold_and_not_for_want_of_anything_happening() {
    let found = every_order(3, false);
    assert_eq!(found.verdicts[0].rule, CONSISTENT);
    assert_eq!(found.verdicts[0].verdict, Verdict::Holds);
    for (at, steps) in [(1, 10), (2, 3)] {
        let Verdict::Reached(schedule) = &found.verdicts[at].verdict else { panic!("{:?}", found.verdicts[at]) };
        assert_eq!(schedule.actions.len(), steps);
    }
}

/// A coordinator that does not wait for all: the machine with a message that was never sent.
#[test]
fn the_rule_is_broken_by_a_commit_that_not_all_have_prepared() {
    let mut machine = TwoPhase::new(2).unwrap();
    machine.advance(&Action::RmPrepare(Rm(0)));
    machine.advance(&Action::RmChooseToAbort(Rm(1)));
    assert!(machine.violations().is_empty());
    machine.advance(&Action::RmRcvCommitMsg(Rm(0)));
    let violations = machine.violations();
    assert_eq!(violations[0].rule, CONSISTENT);
    assert_eq!((machine.state(Rm(0)), machine.state(Rm(1))), (RmState::Committed, RmState::Aborted));
}

#[test]
fn a_step_is_told_in_a_sentence() {
    let mut machine = TwoPhase::new(2).unwrap();
    let note = machine.step(&Action::RmPrepare(Rm(1)));
    assert_eq!(note, Note::new("**Participant 2 prepares** and says so. From here on it may not decide alone."));
}

#[test]
fn there_is_no_transaction_without_participants_or_with_too_many() {
    assert!(TwoPhase::new(0).is_none());
    assert!(TwoPhase::new(MOST + 1).is_none());
}
