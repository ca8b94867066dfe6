//! The formulas against published figures, and the simulation against the formulas.

use interleave_traffic::pool::{MMc, Scenario, run};

fn close(value: f64, expected: f64, within: f64) {
    assert!((value - expected).abs() <= within, "{value} instead of {expected}");
}

/// The worked example of T. Anderson's *Erlang C* page (mitan.co.uk), which R. Dodier's *Expected Waiting Time Formulas in Maxima* computes again to
/// four digits: 360 calls in half an hour, 4 minutes each, 55 agents.
#[test]
fn a_call_centre() {
    let calls = MMc { arrivals: 0.2, service: 240.0, servers: 55 };
    close(calls.offered(), 48.0, 1e-9);
    close(calls.waiting_probability(), 0.2387, 5e-5);
    close(calls.mean_wait().unwrap(), 8.184, 5e-4);
    close(1.0 - calls.longer_than(15.0), 0.8459, 5e-5);
}

/// Adan and Resing, *Queueing Systems* (2015), Table 5.1: 90 % of each server in use, mean service of 1.
#[test]
fn larger_pools_wait_less_at_the_same_utilisation() {
    for (servers, waiting, wait) in
        [(1, 0.90, 9.00), (2, 0.85, 4.26), (5, 0.76, 1.53), (10, 0.67, 0.67), (20, 0.55, 0.28)]
    {
        let queue = MMc { arrivals: 0.9 * f64::from(servers), service: 1.0, servers };
        close(queue.waiting_probability(), waiting, 0.005);
        close(queue.mean_wait().unwrap(), wait, 0.0055);
    }
}

/// With few servers the formula can be worked out by hand: M/M/1 waits with probability ρ, and C(2, 1) = 1/3, C(3, 2) = 4/9.
#[test]
fn few_servers_can_be_checked_by_hand() {
    for (servers, offered, expected) in [(1, 0.3, 0.3), (2, 1.0, 1.0 / 3.0), (3, 2.0, 4.0 / 9.0)] {
        close(MMc { arrivals: offered, service: 1.0, servers }.waiting_probability(), expected, 1e-12);
    }
    // M/M/1 at 80 %: mean wait ρ/(μ − λ) = 4, and ln(0.8 / 0.05) / 0.2 for 95 of a hundred.
    let queue = MMc { arrivals: 0.8, service: 1.0, servers: 1 };
    close(queue.mean_wait().unwrap(), 4.0, 1e-12);
    close(queue.mean_queue().unwrap(), 3.2, 1e-12);
    close(queue.within(0.95).unwrap(), 16.0_f64.ln() / 0.2, 1e-12);
    assert_eq!(queue.within(0.1), Some(0.0));
}

#[test]
fn a_queue_that_grows_without_end_has_no_mean() {
    let queue = MMc { arrivals: 5.0, service: 1.0, servers: 5 };
    assert_eq!((queue.mean_wait(), queue.within(0.5), queue.waiting_probability()), (None, None, 1.0));
    assert!(MMc { arrivals: 4.999, ..queue }.mean_wait().is_some());
}

/// Means over so many runs of about 100,000 requests each.
fn simulated(rate: u32, service: u32, max: u32) -> (f64, f64, f64) {
    const RUNS: u32 = 12;
    let (mut wait, mut none, mut count) = (0.0, 0.0, 0.0);
    for seed in 1..=RUNS {
        let duration = 99_000 * 1_000_000 / u64::from(rate);
        let scenario = Scenario { rate, service, max, cores: max, duration, seed, ..Scenario::default() };
        let outcome = run(&scenario);
        assert_eq!(outcome.stopped, None);
        wait += outcome.figures.waits.mean / f64::from(RUNS);
        none += f64::from(outcome.waits.none);
        count += f64::from(outcome.figures.waits.count);
    }
    (wait, 1.0 - none / count, count)
}

#[test]
fn the_simulated_wait_is_within_five_percent_of_the_formula() {
    // Requests a second, service in microseconds, connections.
    let cases = [
        (100, 5_000, 1),
        (100, 16_000, 2),
        (100, 40_000, 5),
        (100, 80_000, 10),
        (1_000, 16_000, 20),
        (2_000, 21_000, 50),
    ];
    for (rate, service, max) in cases {
        let formula = MMc { arrivals: f64::from(rate) / 1e6, service: f64::from(service), servers: max };
        let (wait, waiting, count) = simulated(rate, service, max);
        let (expected, erlang) = (formula.mean_wait().unwrap(), formula.waiting_probability());
        println!(
            "{rate}/s × {service} µs on {max}: {wait:.0} µs, formula {expected:.0} µs ({:+.1} %); {waiting:.4} wait, Erlang C {erlang:.4}; of {count}",
            100.0 * (wait / expected - 1.0)
        );
        assert!((wait / expected - 1.0).abs() < 0.05, "{rate}/s × {service} µs on {max}: {wait} instead of {expected}");
        assert!(
            (waiting / erlang - 1.0).abs() < 0.05,
            "{rate}/s × {service} µs on {max}: {waiting} instead of {erlang}"
        );
    }
}
