//! Models that others have explored, and the figures they published. A search that counts otherwise is wrong.
//!
//! TLC's figures ("distinctStates", "totalStates", "stateDepth") are those of the manifests in github.com/tlaplus/Examples, folder
//! `specifications`; the models are written after the modules there.

mod increment;
mod lamport_mutex;
mod paxos_commit;
mod transaction_commit;

use interleave_kernel::explore::{Explorable, Explored, Limits, explore};
use std::ops::ControlFlow;

fn every_order<M: Explorable>(start: &M, symmetry: bool) -> Explored<M::Action> {
    let found = explore(start, &Limits { symmetry, ..Limits::default() }, |_| ControlFlow::Continue(()));
    assert_eq!(found.stopped, None);
    found
}

fn figures<A>(found: &Explored<A>) -> (u64, u64, u32) {
    (found.states, found.transitions, found.depth)
}
