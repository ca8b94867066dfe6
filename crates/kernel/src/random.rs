/// Picks from a seed: SplitMix64.
///
/// Small, documented and the same on every machine. (Steele, Lea, Flood, *Fast Splittable Pseudorandom Number Generators*,
/// OOPSLA 2014; the constants are those of its reference implementation.) Not for secrets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dice(u64);

impl Dice {
    /// Dice that fall the same way for the same seed, forever.
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// Any 64 bits.
    pub fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below `bound`, each as likely as any other; 0 when `bound` is 0 or 1.
    ///
    /// The upper half of a product, and another roll where the lower half tells that the ranges are uneven. (Lemire, *Fast
    /// Random Integer Generation in an Interval*, 2019)
    pub fn below(&mut self, bound: u64) -> u64 {
        let uneven = bound.wrapping_neg().checked_rem(bound).unwrap_or(0);
        loop {
            let product = u128::from(self.roll()) * u128::from(bound);
            if product as u64 >= uneven {
                return (product >> 64) as u64;
            }
        }
    }

    /// An index into something of that length; 0 when it is empty.
    pub fn index(&mut self, length: usize) -> usize {
        self.below(length as u64) as usize
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_published_sequence() {
        let mut dice = Dice::new(1_234_567);
        let rolls: Vec<_> = (0..5).map(|_| dice.roll()).collect();
        assert_eq!(
            rolls,
            [
                6_457_827_717_110_365_317,
                3_203_168_211_198_807_973,
                9_817_491_932_198_370_423,
                4_593_380_528_125_082_431,
                16_408_922_859_458_223_821,
            ]
        );
    }

    #[test]
    fn every_face_comes_up_about_as_often() {
        let mut dice = Dice::new(1);
        let mut faces = [0; 6];
        for _ in 0..60_000 {
            faces[dice.index(6)] += 1;
        }
        assert!(faces.iter().all(|&count| (9_700..10_300).contains(&count)), "{faces:?}");
    }

    #[test]
    fn nothing_to_pick_from_is_no_endless_loop() {
        assert_eq!(Dice::new(7).below(0), 0);
        assert_eq!(Dice::new(7).below(1), 0);
    }
}
