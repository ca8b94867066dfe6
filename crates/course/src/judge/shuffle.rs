//! An order that gives nothing away, the same whenever it is asked for.

/// The numbers from 0 to `count`, shuffled by a seed. The seed 0 leaves them as they are.
pub fn shuffled(count: usize, seed: u64) -> Vec<usize> {
    let mut order: Vec<usize> = (0..count).collect();
    if seed == 0 {
        return order;
    }
    // Fisher and Yates' shuffle. The bias of the remainder is below 2⁻⁴⁰ here.
    let mut state = seed;
    for last in (1..count).rev() {
        let other = next(&mut state) % (last as u64 + 1);
        order.swap(last, other as usize);
    }
    order
}

/// A seed of a text, such as a question's id; never 0.
pub fn seed_of(text: &str) -> u64 {
    // FNV-1a.
    let hash = text
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3));
    hash | 1
}

/// SplitMix64 (Steele, Lea, Flood, 2014).
fn next(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mut z = *state;
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_gives_the_same_order() {
        assert_eq!(shuffled(4, 0), [0, 1, 2, 3]);
        assert_eq!(shuffled(6, 7), shuffled(6, 7));
        assert_ne!(shuffled(6, 7), shuffled(6, 8));
        let mut sorted = shuffled(9, 3);
        sorted.sort_unstable();
        assert_eq!(sorted, shuffled(9, 0));
    }

    #[test]
    fn no_position_is_preferred() {
        let mut first = [0; 4];
        (1..=4000).for_each(|seed| first[shuffled(4, seed)[0]] += 1);
        assert!(first.iter().all(|count| (900..1100).contains(count)), "{first:?}");
    }
}
