//! What holds of every run, whatever is set.

use interleave_traffic::pool::{Arrivals, Distribution, PRESETS, Scenario, Use, record, run};
use proptest::prelude::*;

/// L = λW for those who wait, to rounding: over a time that begins with nobody there, with what is waited beyond its end left out. (Little, *A Proof for
/// the Queuing Formula: L = λW*, 1961; *Little's Law as Viewed on Its 50th Anniversary*, 2011, §3)
fn little(scenario: &Scenario) {
    let figures = run(scenario).figures;
    let lambda = f64::from(figures.asked) / figures.clock as f64;
    let product = lambda * figures.wait;
    assert!(
        (figures.waiting - product).abs() <= 1e-9 * product.max(1.0),
        "{} and {product}: {scenario:?}",
        figures.waiting
    );
}

fn scenarios() -> impl Strategy<Value = Scenario> {
    let load = (
        1_u32..400,
        0_u32..3,
        1_u32..60,
        1_u32..12,
        prop::sample::select(vec![0, 5_000, 300_000]),
        prop::sample::select(vec![0, 200_000]),
    );
    let work =
        (prop::sample::select(vec![0, 3_000, 30_000]), 100_u32..80_000, 0_u32..3, prop::sample::select(vec![0, 2_000]));
    let shape = (0_u32..100, 1_u32..6, 0_u32..4, prop::sample::select(vec![0, 7]), 1_u32..8, 0_u32..200, any::<u32>());
    (load, work, shape).prop_map(|(load, work, shape)| {
        let (rate, arrivals, burst, max, acquire_timeout, idle_timeout) = load;
        let (opening, service, distribution, held) = work;
        let (slow, queries, using, leak, cores, overhead, seed) = shape;
        Scenario {
            rate,
            arrivals: [Arrivals::Poisson, Arrivals::Uniform, Arrivals::Bursts][arrivals as usize],
            burst,
            max,
            acquire_timeout,
            idle_timeout,
            opening,
            service,
            distribution: [Distribution::Exponential, Distribution::Fixed, Distribution::LogNormal]
                [distribution as usize],
            held,
            slow,
            slow_service: 400_000,
            queries,
            using: [Use::Again, Use::Hold, Use::Nested, Use::Together][using as usize],
            leak,
            cores,
            overhead,
            duration: 4_000_000,
            watch: 1_000_000,
            seed,
        }
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn littles_law_holds_of_every_run(scenario in scenarios()) {
        little(&scenario);
    }

    #[test]
    fn everybody_is_accounted_for(scenario in scenarios()) {
        let outcome = run(&scenario);
        let figures = &outcome.figures;
        prop_assert!(figures.done + figures.failed <= figures.arrived);
        prop_assert_eq!(figures.waits.count + figures.left, figures.asked);
        prop_assert!(figures.leaked <= figures.opened);
        prop_assert!((0.0..=1.0 + 1e-9).contains(&figures.utilisation) && (0.0..=1.0 + 1e-9).contains(&figures.cores));
        let counted: u32 = outcome.waits.bins.iter().sum();
        prop_assert_eq!(outcome.waits.none + counted + outcome.waits.longer, figures.waits.count);
        prop_assert_eq!(outcome.slices.iter().map(|slice| slice.done).sum::<u32>(), figures.done);
        if scenario.acquire_timeout > 0 {
            prop_assert!(figures.waits.longest <= scenario.acquire_timeout);
        } else {
            prop_assert_eq!(figures.failed, 0);
        }
    }

    #[test]
    fn a_tape_ends_where_a_run_without_a_tape_does(scenario in scenarios()) {
        let tape = record(&scenario);
        let results = tape.last().results.as_ref().expect("a run has results");
        prop_assert_eq!(&results.figures, &run(&scenario).figures);
        prop_assert!(tape.len() < 1_000);
    }
}

#[test]
fn littles_law_holds_of_every_preset() {
    PRESETS.iter().for_each(|preset| little(&preset.scenario()));
}

#[test]
fn a_scenario_gives_one_run() {
    for preset in PRESETS {
        let scenario = Scenario { duration: 10_000_000, watch: 0, ..preset.scenario() };
        let bytes = |scenario: &Scenario| postcard::to_allocvec(&record(scenario)).expect("a tape is plain data");
        assert_eq!(bytes(&scenario), bytes(&scenario), "{}", preset.id);
    }
}

#[test]
fn what_a_link_can_say_is_brought_into_bounds() {
    let wild = Scenario {
        rate: u32::MAX,
        burst: 0,
        max: 0,
        acquire_timeout: u32::MAX,
        idle_timeout: u32::MAX,
        opening: u32::MAX,
        service: 0,
        held: u32::MAX,
        slow: u32::MAX,
        slow_service: u32::MAX,
        queries: u32::MAX,
        leak: u32::MAX,
        cores: 0,
        overhead: u32::MAX,
        duration: u64::MAX,
        watch: u64::MAX,
        ..Scenario::default()
    };
    for using in [Use::Again, Use::Hold, Use::Nested, Use::Together] {
        let outcome = run(&Scenario { using, ..wild.clone() });
        assert!(outcome.stopped.is_some(), "{using:?}");
        let outcome = run(&Scenario { using, max: u32::MAX, service: 1, held: 0, opening: 0, ..wild.clone() });
        assert!(outcome.stopped.is_some(), "{using:?}");
    }
}
