//! What came of a conversation. The rule is told in [`super::conversation`].

use super::conversation::{Compared, Conversation, Heard};
use super::{Interview, RedFlag, Stage, When};
use crate::Level;

/// What an interviewer would write down at the end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Band {
    No,
    NotYet,
    Yes,
    StrongYes,
}

impl Band {
    /// In words.
    pub const fn name(self) -> &'static str {
        match self {
            Self::No => "no",
            Self::NotYet => "not yet",
            Self::Yes => "yes",
            Self::StrongYes => "strong yes",
        }
    }
}

/// A verdict and what it rests on.
#[derive(Clone, Debug, PartialEq)]
pub struct Verdict<'a> {
    pub band: Band,
    /// Of what could be had, 0 to 1, before the level is considered.
    pub share: f64,
    /// Why the band is lower than the share alone would give; nothing if it is not.
    pub bounds: Vec<&'static str>,
    /// Each stage that was asked, and its own share.
    pub stages: Vec<(&'a Stage, f64)>,
    pub red_flags: Vec<&'a RedFlag>,
    /// What was missing, the weightiest first.
    pub missing: Vec<&'a super::Point>,
}

/// Four to a weight of 1, so that a quarter of a point is a number.
#[derive(Clone, Copy, Default)]
struct Sum {
    got: u32,
    of: u32,
    flags: u32,
}

impl Sum {
    fn share(self) -> f64 {
        if self.of == 0 { 0.0 } else { f64::from(self.got.saturating_sub(4 * self.flags)) / f64::from(self.of) }
    }
}

/// What the level forgives.
fn allowance(level: Level) -> f64 {
    match level {
        Level::Junior => 0.2,
        Level::Mid => 0.1,
        Level::Senior => 0.0,
        Level::Staff => -0.05,
    }
}

impl Conversation {
    /// What has come of it so far.
    pub fn verdict<'a>(&'a self, interview: &'a Interview) -> Verdict<'a> {
        let (mut total, mut stages, mut red_flags, mut missing) = (Sum::default(), vec![], vec![], vec![]);
        for (stage, heard) in self.stages(interview) {
            let sum = sum(stage, heard);
            total = Sum { got: total.got + sum.got, of: total.of + sum.of, flags: total.flags + sum.flags };
            stages.push((stage, sum.share()));
            red_flags.extend(heard.red_flags.iter().filter_map(|flag| stage.red_flags.get(*flag)));
            missing.extend(stage.good.iter().filter(|point| !heard.good.contains(&point.id)));
        }
        missing.sort_by_key(|point| std::cmp::Reverse(point.weight));
        let share = total.share();
        // A hair of slack, so that 0.6 is reached by what adds up to 0.6.
        let level = share + allowance(self.level) + 1e-9;
        let mut band = match level {
            _ if total.of == 0 => Band::No,
            0.8.. => Band::StrongYes,
            0.6.. => Band::Yes,
            0.4.. => Band::NotYet,
            _ => Band::No,
        };
        let mut bounds = vec![];
        let mut bound = |wrong: bool, most: Band, why: &'static str| {
            if wrong && band > most {
                band = most;
                bounds.push(why);
            }
        };
        bound(red_flags.iter().any(|flag| flag.weight >= 2), Band::Yes, "a heavy red flag was raised");
        bound(
            stages.iter().any(|(_, share)| *share < 0.25),
            Band::Yes,
            "one stage had less than a quarter of what is good to hear",
        );
        bound(total.flags >= 4, Band::NotYet, "there were too many red flags");
        Verdict { band, share, bounds, stages, red_flags, missing }
    }
}

fn sum(stage: &Stage, heard: &Heard) -> Sum {
    let mut sum = Sum::default();
    for point in &stage.good {
        let weight = point.weight;
        sum.of += 4 * weight;
        if heard.good.contains(&point.id) {
            sum.got += 4 * weight;
        }
    }
    for followed in &heard.follow_ups {
        let (Some(follow), Some(compared)) = (stage.follow.get(followed.index), followed.compared) else { continue };
        let deeper = follow.when == When::Heard;
        let weight = stage.good.iter().find(|point| point.id == follow.point).map_or(0, |point| point.weight);
        let full = if deeper { 4 } else { 2 * weight };
        sum.of += if deeper { 4 } else { 0 };
        sum.got += match compared {
            Compared::All => full,
            Compared::Part => full / 2,
            Compared::Nothing => 0,
        };
    }
    let flags = heard.red_flags.iter().filter_map(|flag| stage.red_flags.get(*flag));
    sum.flags = flags.map(|flag| flag.weight).sum();
    sum
}
