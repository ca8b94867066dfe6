//! What the guide says about optimistic and pessimistic locking under contention, on the workloads of the lab's presets.

#![cfg(feature = "engine")]

use interleave_sql::workload::{Figures, Strategy, Workload, record};

/// Each strategy's figures at the end, in the order of [`Strategy::ALL`].
fn compare(workload: &Workload) -> [Figures; 5] {
    let tape = record(workload, |_| {});
    let figures: Vec<Figures> = tape.last().standings.iter().map(|standing| standing.figures.clone()).collect();
    assert_eq!(tape.last().stopped, None);
    assert_eq!(Strategy::ALL.len(), figures.len());
    figures.try_into().expect("five strategies")
}

#[test]
fn on_one_hot_row_only_the_atomic_update_keeps_its_pace() {
    let [none, atomic, lock, version, serializable] = compare(&Workload { hot: 1, heat: 100, ..Workload::default() });
    assert!(none.lost * 2 > none.commits, "{none:?}");
    assert_eq!([atomic.lost, lock.lost, version.lost, serializable.lost], [0; 4]);
    assert!(atomic.commits >= none.commits && atomic.commits > 2 * lock.commits, "{atomic:?} {lock:?}");
    assert!(lock.commits > version.commits, "{lock:?} {version:?}");
    assert!(version.retries > version.commits && serializable.retries > serializable.commits, "{version:?}");
}

#[test]
fn where_nobody_meets_a_lock_and_a_version_cost_next_to_nothing() {
    let [_, atomic, lock, version, serializable] =
        compare(&Workload { rows: 200, hot: 64, heat: 50, ..Workload::default() });
    let close = |figures: &Figures| figures.commits * 100 >= atomic.commits * 98;
    assert!(close(&lock) && close(&version), "{lock:?} {version:?}");
    assert!(serializable.retries > 4 * version.retries, "false alarms: {serializable:?} {version:?}");
}

#[test]
fn long_thinking_makes_all_of_them_alike() {
    let [none, others @ ..] =
        compare(&Workload { think: 1_000_000, hot: 2, duration: 20_000_000, ..Workload::default() });
    assert!(others.iter().all(|figures| figures.commits * 100 >= none.commits * 98), "{others:?}");
}

#[test]
fn a_slow_call_inside_leaves_only_the_atomic_update_its_pace() {
    let [_, atomic, waiting @ ..] = compare(&Workload { work: 200_000, duration: 8_000_000, ..Workload::default() });
    assert!(waiting.iter().all(|figures| figures.commits * 2 < atomic.commits), "{waiting:?}");
}

#[test]
fn transfers_deadlock_unless_they_are_in_order() {
    let transfers = Workload { transfers: true, hot: 4, heat: 100, ..Workload::default() };
    let ordered = compare(&Workload { ordered: true, ..transfers.clone() });
    let [_, _, lock, ..] = compare(&transfers);
    assert!(lock.deadlocks > 0 && lock.commits * 10 < ordered[2].commits, "{lock:?} {:?}", ordered[2]);
    assert!(ordered.iter().all(|figures| figures.deadlocks == 0), "{ordered:?}");
}
