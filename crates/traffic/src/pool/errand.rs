//! What a request will ask for, drawn before it is known how the service fares.

use super::{Arrivals, Distribution, Micros, Scenario};
use crate::chance::{exponential, log_normal, times};
use interleave_kernel::Dice;
use std::collections::VecDeque;

/// A request as it is meant. It depends on the seed and on its number alone, so that pools of different sizes are given the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Errand {
    pub slow: bool,
    /// It will never give back its (last) connection.
    pub leaks: bool,
    /// What each of its queries costs the server.
    pub queries: Vec<Micros>,
}

impl Errand {
    /// The `number`-th request, from 0.
    pub fn draw(scenario: &Scenario, number: u32) -> Self {
        let salt = Dice::new(u64::from(scenario.seed)).roll();
        let mut dice = Dice::new(salt ^ u64::from(number));
        let slow = dice.below(1000) < u64::from(scenario.slow);
        let leaks = scenario.leak > 0 && dice.below(u64::from(scenario.leak)) == 0;
        let mean = Micros::from(if slow { scenario.slow_service } else { scenario.service });
        let mut query = || {
            let factor = match scenario.distribution {
                Distribution::Exponential => exponential(&mut dice),
                Distribution::Fixed => 1.0,
                Distribution::LogNormal => log_normal(&mut dice),
            };
            times(mean, factor).max(1)
        };
        let queries = (0..scenario.queries).map(|_| query()).collect();
        Self { slow, leaks, queries }
    }
}

/// The requests of a run, one after the other.
#[derive(Clone, Debug)]
pub enum Traffic {
    /// As the scenario says.
    Drawn(Calendar),
    /// These, at these times.
    Planned(VecDeque<(Micros, Errand)>),
}

impl Traffic {
    /// When the next request arrives.
    pub fn next(&mut self) -> Option<Micros> {
        match self {
            Traffic::Drawn(calendar) => Some(calendar.next()),
            Traffic::Planned(requests) => requests.front().map(|(at, _)| *at),
        }
    }

    /// What the one asks for that has just arrived: the `number`-th, from 0.
    pub fn errand(&mut self, scenario: &Scenario, number: u32) -> Errand {
        match self {
            Traffic::Planned(requests) if !requests.is_empty() => requests.pop_front().map(|(_, errand)| errand),
            _ => None,
        }
        .unwrap_or_else(|| Errand::draw(scenario, number))
    }
}

/// When requests arrive.
#[derive(Clone, Debug)]
pub struct Calendar {
    arrivals: Arrivals,
    rate: u64,
    burst: u64,
    drawn: u64,
    /// Of the last one, in microseconds: fractions are kept, or a rate would not be met.
    clock: f64,
    dice: Dice,
}

impl Calendar {
    pub fn new(scenario: &Scenario) -> Self {
        let mut dice = Dice::new(u64::from(scenario.seed));
        // Other dice than the errands': a change of one does not change the other.
        dice.roll();
        let dice = Dice::new(dice.roll());
        let (rate, burst) = (u64::from(scenario.rate), u64::from(scenario.burst));
        Self { arrivals: scenario.arrivals, rate, burst, drawn: 0, clock: 0.0, dice }
    }

    /// When the next request arrives.
    pub fn next(&mut self) -> Micros {
        self.drawn += 1;
        match self.arrivals {
            Arrivals::Poisson => {
                self.clock += exponential(&mut self.dice) * 1e6 / self.rate as f64;
                libm::round(self.clock) as Micros
            }
            Arrivals::Uniform => self.drawn * 1_000_000 / self.rate,
            // The first after half the time between two.
            Arrivals::Bursts => ((self.drawn - 1) / self.burst * 2 + 1) * self.burst * 500_000 / self.rate,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_is_the_same_whatever_the_pool_is() {
        let scenario = Scenario { slow: 100, leak: 50, queries: 3, ..Scenario::default() };
        let larger = Scenario { max: 99, rate: 500, ..scenario.clone() };
        let errands: Vec<_> = (0..500).map(|number| Errand::draw(&scenario, number)).collect();
        assert!(errands.iter().zip(0..).all(|(errand, number)| *errand == Errand::draw(&larger, number)));
        let count = |is: fn(&Errand) -> bool| errands.iter().filter(|errand| is(errand)).count();
        assert_eq!((count(|errand| errand.slow), count(|errand| errand.leaks)), (47, 8));
    }

    #[test]
    fn requests_arrive_as_often_as_they_are_said_to() {
        let last = |arrivals| {
            let mut calendar = Calendar::new(&Scenario { rate: 300, arrivals, burst: 30, ..Scenario::default() });
            (0..30_000).map(|_| calendar.next()).last()
        };
        assert_eq!(last(Arrivals::Uniform), Some(100_000_000));
        assert_eq!(last(Arrivals::Bursts), Some(99_950_000));
        let poisson = last(Arrivals::Poisson).unwrap_or_default();
        assert!((99_000_000..101_000_000).contains(&poisson), "{poisson}");
    }
}
