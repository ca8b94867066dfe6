//! What may go wrong, and how often.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// A kind of thing that goes wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Fault {
    /// A process stops and loses its memory.
    Crash,
    /// A message is lost on its way.
    Loss,
    /// A message arrives twice.
    Duplicate,
    /// A message overtakes another one on the same link.
    Reorder,
    /// A timer goes off while what it waits for is still on its way, or being worked on.
    Delay,
    /// A link carries nothing for a while.
    Hold,
    /// A process is cut off from all others for a while.
    Partition,
}

impl Fault {
    pub const ALL: [Fault; 7] =
        [Fault::Crash, Fault::Loss, Fault::Duplicate, Fault::Reorder, Fault::Delay, Fault::Hold, Fault::Partition];

    /// As it is written in a budget.
    pub fn name(self) -> &'static str {
        match self {
            Fault::Crash => "crash",
            Fault::Loss => "loss",
            Fault::Duplicate => "duplicate",
            Fault::Reorder => "reorder",
            Fault::Delay => "delay",
            Fault::Hold => "hold",
            Fault::Partition => "partition",
        }
    }
}

/// How many faults of each kind may still happen: "at most one crash, at most one loss".
///
/// ```
/// use interleave_protocols::{Budget, Fault};
///
/// let mut budget: Budget = "crash=1,loss=2".parse().unwrap();
/// assert!(budget.allows(Fault::Crash));
/// budget.spend(Fault::Crash);
/// assert!(!budget.allows(Fault::Crash));
/// assert_eq!(budget.to_string(), "loss=2");
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Budget {
    pub crash: u8,
    pub loss: u8,
    pub duplicate: u8,
    pub reorder: u8,
    pub delay: u8,
    pub hold: u8,
    pub partition: u8,
}

impl Budget {
    /// The most of a kind that a budget may say.
    pub const MOST: u8 = 9;

    /// So many of each of these.
    pub fn of(faults: &[Fault], count: u8) -> Self {
        let mut budget = Self::default();
        faults.iter().for_each(|&fault| *budget.slot(fault) = count);
        budget
    }

    /// The same, but so many of that kind may happen; [`Budget::MOST`] at the most.
    pub fn with(mut self, fault: Fault, most: u8) -> Self {
        *self.slot(fault) = most.min(Self::MOST);
        self
    }

    /// Whether another fault of that kind may happen.
    pub fn allows(&self, fault: Fault) -> bool {
        self.left(fault) > 0
    }

    /// One of that kind has happened.
    pub fn spend(&mut self, fault: Fault) {
        let left = self.slot(fault);
        assert!(*left > 0, "a fault happens only if the budget allows it");
        *left -= 1;
    }

    /// How many of that kind may still happen.
    pub fn left(mut self, fault: Fault) -> u8 {
        *self.slot(fault)
    }

    fn slot(&mut self, fault: Fault) -> &mut u8 {
        match fault {
            Fault::Crash => &mut self.crash,
            Fault::Loss => &mut self.loss,
            Fault::Duplicate => &mut self.duplicate,
            Fault::Reorder => &mut self.reorder,
            Fault::Delay => &mut self.delay,
            Fault::Hold => &mut self.hold,
            Fault::Partition => &mut self.partition,
        }
    }
}

/// `crash=1,loss=1`
impl fmt::Display for Budget {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let some = Fault::ALL.into_iter().filter(|&fault| self.allows(fault));
        let words: Vec<_> = some.map(|fault| format!("{}={}", fault.name(), self.left(fault))).collect();
        f.write_str(&words.join(","))
    }
}

impl FromStr for Budget {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let mut budget = Self::default();
        for word in text.split(',').map(str::trim).filter(|word| !word.is_empty()) {
            let (name, count) = word.split_once('=').unwrap_or((word, "1"));
            let Some(fault) = Fault::ALL.into_iter().find(|fault| fault.name() == name.trim()) else {
                let names: Vec<_> = Fault::ALL.into_iter().map(Fault::name).collect();
                return Err(format!("there is no fault {name:.40}; there are {}", names.join(", ")));
            };
            match count.trim().parse() {
                Ok(count) if count <= Self::MOST => *budget.slot(fault) = count,
                _ => return Err(format!("{} takes a number from 0 to {}, not {count:.40}", fault.name(), Self::MOST)),
            }
        }
        Ok(budget)
    }
}

/// What can be set of a protocol, as far as faults are concerned.
pub trait Setting: Clone {
    /// What may go wrong at all.
    const FAULTS: &'static [Fault] = &Fault::ALL;

    /// What may go wrong, and how often. `None` where nothing can.
    fn budget(&mut self) -> Option<&mut Budget>;

    /// The same with as many faults of each kind as there can be: what may happen by hand.
    fn by_hand(&self) -> Self {
        let mut setting = self.clone();
        if let Some(budget) = setting.budget() {
            *budget = Budget::of(Self::FAULTS, Budget::MOST);
        }
        setting
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_budget_is_read_and_written() {
        let budget: Budget = " crash = 2, loss ,delay=0".parse().unwrap();
        assert_eq!(budget, Budget { crash: 2, loss: 1, ..Budget::default() });
        assert_eq!(budget.to_string(), "crash=2,loss=1");
        assert_eq!("".parse(), Ok(Budget::default()));
        assert_eq!(budget.with(Fault::Loss, 0).with(Fault::Hold, 99).to_string(), "crash=2,hold=9");
    }

    #[test]
    fn what_is_wrong_with_a_budget_is_said() {
        let wrong = |text: &str| text.parse::<Budget>().unwrap_err();
        assert_eq!(
            wrong("meteor=1"),
            "there is no fault meteor; there are crash, loss, duplicate, reorder, delay, hold, partition"
        );
        assert_eq!(wrong("crash=10"), "crash takes a number from 0 to 9, not 10");
        assert_eq!(wrong("crash=-1"), "crash takes a number from 0 to 9, not -1");
        assert_eq!(wrong("loss=one"), "loss takes a number from 0 to 9, not one");
    }
}
