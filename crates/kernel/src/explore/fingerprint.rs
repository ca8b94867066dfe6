//! A state, as 64 bits.
//!
//! A search remembers fingerprints and not states: eight bytes each, however large the machine. Two states of one fingerprint
//! are taken for one, and what follows from the second is missed; with *n* states that happens with a chance of about *n*²/2⁶⁵,
//! which is 10⁻⁷ for two million and 3 · 10⁻⁶ for ten million. So "no rule is violated" is true but for that chance, as it is in
//! TLC (Yu, Manolios, Lamport, *Model Checking TLA+ Specifications*, 1999), whereas a violation is always real: its schedule is
//! made of steps that were made.

use foldhash::quality::FixedState;
use std::hash::{BuildHasher, Hash};

/// The fingerprint of a state, or of an action. The same in every run on one platform; *never* to be kept or sent, as platforms differ.
///
/// The "quality" variant of foldhash: all 64 bits of it are good. In Wasm, where it does without a product of 128 bits, too: of two million
/// states the upper halves collided 472 times and the lower ones 468, where chance has 466.
pub fn fingerprint(state: &impl Hash) -> u64 {
    FixedState::default().hash_one(state)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn each_half_of_a_fingerprint_is_as_good_as_chance() {
        // States of a protocol differ in few bits of many small fields; 200,000 of them.
        let states = || (0_u32..200_000).map(|n| std::array::from_fn::<u8, 9, _>(|at| (n >> (2 * at)) as u8 & 3));
        let collisions = |half: fn(u64) -> u32| {
            let distinct: BTreeSet<_> = states().map(|state| half(fingerprint(&state))).collect();
            200_000 - distinct.len()
        };
        // 32 bits chosen by chance collide n²/2³³ = 4.7 times: more than 15 has a chance below one in ten thousand.
        assert!(collisions(|it| it as u32) <= 15);
        assert!(collisions(|it| (it >> 32) as u32) <= 15);
    }
}
