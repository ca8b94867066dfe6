//! What is drawn from the seed: times, and the rows of a transaction.

use super::{Draw, Workload};
use crate::store::Micros;
use interleave_kernel::Dice;

/// What a client means to do in one transaction. It depends on the seed, the client and the number alone: every strategy is
/// given the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Errand {
    /// Before it begins.
    pub think: Micros,
    /// In the application, inside the transaction.
    pub work: Micros,
    /// The accounts it changes, by number from 1, each with what is added to its balance. One, or two different ones.
    pub accounts: Vec<(u32, i64)>,
    /// Draws whatever belongs to this transaction and depends on how it goes: latencies, backoff.
    pub dice: Dice,
}

impl Errand {
    /// The `number`-th transaction of a client, both from 0.
    pub fn draw(workload: &Workload, client: u32, number: u32) -> Self {
        let mut seeds = Dice::new(u64::from(workload.seed));
        let salt = seeds.roll();
        let mut dice = Dice::new(salt ^ (u64::from(client) << 32 | u64::from(number)));
        let think = time(&mut dice, workload.think, workload.draw);
        let work = time(&mut dice, workload.work, workload.draw);
        let first = account(&mut dice, workload);
        let mut accounts = vec![(first, 1)];
        if workload.transfers {
            let mut second = account(&mut dice, workload);
            if second == first {
                // One hot row leaves nothing else that is hot.
                second = dice.below(u64::from(workload.rows) - 1) as u32 + 1;
                second += u32::from(second >= first);
            }
            accounts = vec![(first, -1), (second, 1)];
            if workload.ordered {
                accounts.sort_unstable();
            }
        }
        Self { think, work, accounts, dice }
    }

    /// How long the next statement takes to be run and answered.
    pub fn latency(&mut self, workload: &Workload) -> Micros {
        time(&mut self.dice, workload.latency, workload.draw).max(1)
    }

    /// How long to stay away after `failures` attempts: exponential backoff with full jitter.
    pub fn backoff(&mut self, workload: &Workload, failures: u32) -> Micros {
        const DOUBLINGS: u32 = 6;
        let most = Micros::from(workload.backoff) << failures.saturating_sub(1).min(DOUBLINGS);
        self.dice.below(most + 1)
    }
}

/// The number of an account, from 1.
fn account(dice: &mut Dice, workload: &Workload) -> u32 {
    let cold = workload.rows - workload.hot;
    let hot = cold == 0 || dice.below(100) < u64::from(workload.heat);
    let (from, count) = if hot { (1, workload.hot) } else { (workload.hot + 1, cold) };
    from + dice.below(u64::from(count)) as u32
}

fn time(dice: &mut Dice, mean: u32, draw: Draw) -> Micros {
    match draw {
        Draw::Uniform => dice.below(2 * u64::from(mean) + 1),
        Draw::Exponential => exponential(dice, mean),
    }
}

/// An exponentially distributed time by comparing random numbers alone: floating-point logarithms differ from machine to
/// machine in the last digit. (von Neumann, *Various Techniques Used in Connection with Random Digits*, 1951)
fn exponential(dice: &mut Dice, mean: u32) -> Micros {
    let mut whole = 0;
    loop {
        let first = dice.roll() >> 32;
        let mut last = first;
        let mut falling = 1_u32;
        loop {
            let next = dice.roll() >> 32;
            if next >= last {
                break;
            }
            last = next;
            falling += 1;
        }
        if falling % 2 == 1 {
            return whole * Micros::from(mean) + ((Micros::from(mean) * first) >> 32);
        }
        whole += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mean(draw: Draw) -> (u64, f64) {
        let mut dice = Dice::new(7);
        let times: Vec<u64> = (0..20_000).map(|_| time(&mut dice, 1_000, draw)).collect();
        let above = times.iter().filter(|&&time| time > 1_000).count() as f64 / times.len() as f64;
        (times.iter().sum::<u64>() / times.len() as u64, above)
    }

    #[test]
    fn times_have_the_mean_and_the_shape_they_are_asked_for() {
        let (exponential, above) = mean(Draw::Exponential);
        assert!((980..1_020).contains(&exponential), "{exponential}");
        assert!((0.355..0.38).contains(&above), "one in e is longer than the mean: {above}");
        let (uniform, above) = mean(Draw::Uniform);
        assert!((980..1_020).contains(&uniform), "{uniform}");
        assert!((0.49..0.51).contains(&above), "{above}");
    }

    #[test]
    fn a_transaction_is_drawn_once_for_every_strategy() {
        let workload = Workload { transfers: true, ..Workload::default() };
        assert_eq!(Errand::draw(&workload, 3, 9), Errand::draw(&workload, 3, 9));
        assert_ne!(Errand::draw(&workload, 3, 9), Errand::draw(&workload, 3, 10));
    }

    #[test]
    fn rows_are_hot_as_often_as_they_are_said_to_be() {
        let workload = Workload { rows: 50, hot: 2, heat: 70, transfers: true, ..Workload::default() };
        let picked: Vec<u32> = (0..5_000).map(|n| Errand::draw(&workload, 0, n).accounts[0].0).collect();
        let hot = picked.iter().filter(|&&account| account <= 2).count();
        assert!((3_400..3_600).contains(&hot), "{hot}");
        assert!(picked.iter().all(|account| (1..=50).contains(account)));
    }

    #[test]
    fn a_transfer_has_two_accounts_and_takes_them_in_order_if_told_to() {
        for ordered in [false, true] {
            let workload = Workload { rows: 2, hot: 1, transfers: true, ordered, ..Workload::default() };
            for number in 0..200 {
                let accounts = Errand::draw(&workload, 0, number).accounts;
                assert!(accounts.len() == 2 && accounts[0].0 != accounts[1].0);
                assert!(!ordered || accounts[0].0 < accounts[1].0);
                assert_eq!(accounts.iter().map(|account| account.1).sum::<i64>(), 0);
            }
        }
    }
}
