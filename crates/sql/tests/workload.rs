//! Workloads on the store: what each way to change a row costs, and what it loses.

use interleave_sql::workload::{Figures, Strategy, Sweep, Workload, WorkloadTape, record};

/// A workload that is over quickly.
fn small() -> Workload {
    Workload {
        clients: 6,
        rows: 16,
        hot: 2,
        heat: 100,
        think: 20_000,
        work: 10_000,
        duration: 1_000_000,
        ..Workload::default()
    }
}

fn figures(tape: &WorkloadTape, strategy: Strategy) -> Figures {
    let standings = &tape.last().standings;
    standings.iter().find(|standing| standing.strategy == strategy).map(|standing| standing.figures.clone()).unwrap()
}

#[test]
fn one_workload_gives_one_tape() {
    let workload = Workload { transfers: true, ..small() };
    let bytes = |workload| postcard::to_allocvec(&record(workload, |_| {})).unwrap();
    assert_eq!(bytes(&workload), bytes(&workload));
    assert_ne!(bytes(&workload), bytes(&Workload { seed: 2, ..workload.clone() }));
}

#[test]
fn the_tape_is_forty_slices_a_frame_for_each_level_and_a_verdict() {
    let tape = record(&small(), |_| {});
    // The start; 16, 8, 4, 2 and 1 hot accounts.
    assert_eq!(tape.len(), 1 + 40 + 5 + 1);
    assert!(tape.last().commits.iter().all(|series| series.len() == 41));
    let levels: Vec<u32> = tape.last().levels.iter().map(|level| level.level).collect();
    assert_eq!(levels, [16, 8, 4, 2, 1]);
}

#[test]
fn only_unprotected_updates_are_lost() {
    for workload in [small(), Workload { transfers: true, ..small() }, Workload { sweep: Sweep::Clients, ..small() }] {
        let tape = record(&workload, |_| {});
        assert!(figures(&tape, Strategy::None).lost > 0);
        for level in &tape.last().levels {
            for (strategy, figures) in &level.figures {
                assert!(*strategy == Strategy::None || figures.lost == 0, "{strategy:?} at {}", level.level);
            }
        }
    }
}

#[test]
fn each_strategy_pays_in_its_own_coin() {
    let tape = record(&small(), |_| {});
    let [none, atomic, for_update, version, serializable] = Strategy::ALL.map(|strategy| figures(&tape, strategy));
    assert_eq!((none.retries, atomic.retries, for_update.retries), (0, 0, 0));
    assert!(for_update.wait > 10 * atomic.wait);
    assert!(version.stale > 0 && version.refused == 0);
    assert!(serializable.refused > 0 && serializable.stale == 0);
    assert!(atomic.commits > for_update.commits && for_update.commits > version.commits);
    // An attempt that failed was tried again, given up, or is about to be.
    assert!(version.stale - version.retries <= 6 + version.given_up);
}

#[test]
fn transfers_deadlock_and_in_order_they_do_not() {
    let deadlocks = |ordered| {
        let workload = Workload { transfers: true, ordered, hot: 3, duration: 2_000_000, ..small() };
        let tape = record(&workload, |_| {});
        Strategy::ALL.map(|strategy| figures(&tape, strategy).deadlocks).iter().sum::<u32>()
    };
    assert!(deadlocks(false) > 0);
    assert_eq!(deadlocks(true), 0);
}

#[test]
fn a_client_alone_meets_nobody() {
    let workload = Workload { clients: 1, ..small() };
    let tape = record(&workload, |_| {});
    for strategy in Strategy::ALL {
        let figures = figures(&tape, strategy);
        assert!(figures.commits > 10);
        assert_eq!((figures.retries, figures.wait, figures.deadlocks, figures.lost), (0, 0, 0, 0), "{strategy:?}");
    }
}

#[test]
fn whoever_may_not_try_again_gives_up() {
    let workload = Workload { attempts: 1, ..small() };
    let version = figures(&record(&workload, |_| {}), Strategy::Version);
    assert_eq!(version.retries, 0);
    assert!(version.given_up > 0 && version.stale - version.given_up <= 6);
}
