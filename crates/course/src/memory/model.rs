//! The formulas of FSRS-6, under the names they have in "The Algorithm" (wiki of `fsrs4anki`).

use super::parameters::Parameters;
use super::rating::Rating;
use serde::{Deserialize, Serialize};

/// What is known of one memory.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Memory {
    /// *S*: days until it is recalled with a probability of 0.9; 0.001 to 36,500.
    pub stability: f64,
    /// *D*: 1, easy, to 10, difficult.
    pub difficulty: f64,
}

impl Memory {
    /// What a stability may be, in days. The upper end is that of fsrs-rs and ts-fsrs; py-fsrs has none, and reaches a hundred
    /// years rarely.
    pub const STABILITY: (f64, f64) = (0.001, 36_500.0);
    /// What a difficulty may be.
    pub const DIFFICULTY: (f64, f64) = (1.0, 10.0);

    /// Whether both are in their ranges, as they are in everything that [`Parameters`] make.
    pub fn is_plausible(self) -> bool {
        (Self::STABILITY.0..=Self::STABILITY.1).contains(&self.stability)
            && (Self::DIFFICULTY.0..=Self::DIFFICULTY.1).contains(&self.difficulty)
    }
}

impl Parameters {
    /// *S₀(G)* and *D₀(G)*: what the first answer leaves behind.
    pub fn initial(&self, rating: Rating) -> Memory {
        let stability = match rating {
            Rating::Again => self.w[0],
            Rating::Hard => self.w[1],
            Rating::Good => self.w[2],
            Rating::Easy => self.w[3],
        };
        Memory {
            stability: bound(stability, Memory::STABILITY),
            difficulty: bound(self.d0(rating), Memory::DIFFICULTY),
        }
    }

    /// What another answer leaves behind, `days` whole days after the one before. The same day (0, or a clock that went back)
    /// has a formula of its own: little is forgotten, so little is learnt from recalling it.
    pub fn next(&self, memory: Memory, days: i64, rating: Rating) -> Memory {
        let stability = if days < 1 {
            self.same_day_stability(memory.stability, rating)
        } else if rating == Rating::Again {
            self.stability_after_lapse(memory, self.retrievability(days, memory.stability))
        } else {
            self.stability_after_success(memory, self.retrievability(days, memory.stability), rating)
        };
        Memory {
            stability: bound(stability, Memory::STABILITY),
            difficulty: self.next_difficulty(memory.difficulty, rating),
        }
    }

    /// *R(t, S)*: the probability of recall after `days` whole days, 0 to 1. A power law through 0.9 at *t = S*, whose steepness
    /// is *w₂₀*.
    pub fn retrievability(&self, days: i64, stability: f64) -> f64 {
        let factor = 0.9_f64.powf(1.0 / self.decay()) - 1.0;
        (1.0 + factor * days.max(0) as f64 / stability).powf(self.decay())
    }

    /// *I(r, S)*: days until the probability of recall has fallen to `retention`; not rounded.
    pub fn interval(&self, retention: f64, stability: f64) -> f64 {
        let factor = 0.9_f64.powf(1.0 / self.decay()) - 1.0;
        stability / factor * (retention.powf(1.0 / self.decay()) - 1.0)
    }

    fn decay(&self) -> f64 {
        -self.w[20]
    }

    /// *D₀(G)* before it is bounded, which is how the mean reversion needs it.
    fn d0(&self, rating: Rating) -> f64 {
        self.w[4] - (self.w[5] * (rating.grade() - 1.0)).exp() + 1.0
    }

    fn next_difficulty(&self, difficulty: f64, rating: Rating) -> f64 {
        let delta = -self.w[6] * (rating.grade() - 3.0);
        // Linear damping: the nearer to 10, the smaller the steps.
        let damped = difficulty + (10.0 - difficulty) * delta / 9.0;
        // Mean reversion, so that nothing stays difficult forever ("ease hell").
        let reverted = self.w[7] * self.d0(Rating::Easy) + (1.0 - self.w[7]) * damped;
        bound(reverted, Memory::DIFFICULTY)
    }

    fn stability_after_success(&self, Memory { stability, difficulty }: Memory, recall: f64, rating: Rating) -> f64 {
        let hard_penalty = if rating == Rating::Hard { self.w[15] } else { 1.0 };
        let easy_bonus = if rating == Rating::Easy { self.w[16] } else { 1.0 };
        let increase = self.w[8].exp()
            * (11.0 - difficulty)
            * stability.powf(-self.w[9])
            * (((1.0 - recall) * self.w[10]).exp() - 1.0)
            * hard_penalty
            * easy_bonus;
        stability * (1.0 + increase)
    }

    fn stability_after_lapse(&self, Memory { stability, difficulty }: Memory, recall: f64) -> f64 {
        let forgotten = self.w[11]
            * difficulty.powf(-self.w[12])
            * ((stability + 1.0).powf(self.w[13]) - 1.0)
            * ((1.0 - recall) * self.w[14]).exp();
        // A lapse after days may not leave more than one on the same day would.
        forgotten.min(stability / (self.w[17] * self.w[18]).exp())
    }

    fn same_day_stability(&self, stability: f64, rating: Rating) -> f64 {
        let increase = (self.w[17] * (rating.grade() - 3.0 + self.w[18])).exp() * stability.powf(-self.w[19]);
        // What was recalled is not known less well for it.
        stability * if rating.recalled() { increase.max(1.0) } else { increase }
    }
}

fn bound(value: f64, (least, most): (f64, f64)) -> f64 {
    value.clamp(least, most)
}
