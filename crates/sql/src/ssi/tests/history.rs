//! Random transactions over a few rows: what commits could have run one after the other.

use super::*;
use proptest::prelude::*;
use std::collections::BTreeSet;

const SESSIONS: u16 = 4;
const ROWS: usize = 4;

/// A version of a row: who wrote it, and when that committed.
#[derive(Clone, Copy, Debug)]
struct Version {
    writer: usize,
    committed: u32,
}

/// A running transaction: its place in the history, its snapshot and what it has done.
#[derive(Clone, Debug)]
struct Running {
    transaction: usize,
    xid: Xid,
    snapshot: u32,
    read_only: bool,
    /// The row, and the version that was seen.
    reads: Vec<(usize, Version)>,
    writes: BTreeSet<usize>,
}

#[derive(Default)]
struct World {
    ssi: Ssi,
    running: Vec<Option<Running>>,
    versions: Vec<Vec<Version>>,
    begun: usize,
    clock: u32,
    reads: Vec<(usize, usize, Version)>,
    committed: Vec<usize>,
}

impl World {
    fn step(&mut self, number: u16, action: u8, row: usize) -> Result<(), SqlError> {
        let who = usize::from(number);
        let Some(mut me) = self.running[who].take() else {
            let read_only = action == 3;
            // Every transaction has a number from its beginning; snapshots are as old as the oldest that runs.
            let xid = |transaction: usize| Xid(3 + transaction as u32);
            let running = self.running.iter().flatten().map(|other| other.xid);
            let xmin = running.min().unwrap_or(xid(self.begun));
            self.ssi.begin(session(number), xmin, read_only, false);
            self.ssi.register_xid(session(number), xid(self.begun));
            self.running[who] = Some(Running {
                transaction: self.begun,
                xid: xid(self.begun),
                snapshot: self.clock,
                read_only,
                reads: Vec::new(),
                writes: BTreeSet::new(),
            });
            self.begun += 1;
            return Ok(());
        };
        let result = self.act(number, &mut me, action, row);
        match result {
            Ok(true) => self.running[who] = Some(me),
            Ok(false) => {}
            Err(_) => self.ssi.abort(session(number)),
        }
        result.map(|_| ())
    }

    /// Whether the transaction goes on.
    fn act(&mut self, number: u16, me: &mut Running, action: u8, row: usize) -> Result<bool, SqlError> {
        let tid = tid(row as u16 + 1);
        match action {
            0..=2 => {
                if me.writes.contains(&row) {
                    return Ok(true);
                }
                let unseen = self.versions[row].iter().filter(|version| version.committed > me.snapshot);
                let unseen: Vec<_> = unseen.map(|version| Xid(3 + version.writer as u32)).collect();
                let writing = self.running.iter().flatten().filter(|other| other.writes.contains(&row));
                for writer in writing.map(|other| other.xid).chain(unseen).collect::<Vec<_>>() {
                    self.ssi.conflict_out(session(number), writer, true)?;
                }
                self.ssi.lock_tuple(session(number), TABLE, tid, false);
                let seen = self.versions[row].iter().rfind(|version| version.committed <= me.snapshot);
                me.reads.push((row, *seen.expect("there is a first version")));
            }
            3..=4 if me.read_only => {}
            3..=4 => {
                // Snapshot isolation: the first one to write wins. Nobody waits here.
                let lost = self.versions[row].iter().any(|version| version.committed > me.snapshot);
                if lost || self.running.iter().flatten().any(|other| other.writes.contains(&row)) {
                    return Err(SqlError::new("40001", "could not serialize access due to concurrent update"));
                }
                self.ssi.conflict_in(session(number), TABLE, Some(tid), Some(0), false)?;
                me.writes.insert(row);
            }
            5 => {
                self.ssi.pre_commit(session(number))?;
                self.clock += 1;
                for row in &me.writes {
                    self.versions[*row].push(Version { writer: me.transaction, committed: self.clock });
                }
                let transaction = me.transaction;
                self.reads.extend(me.reads.iter().map(|(row, version)| (transaction, *row, *version)));
                self.committed.push(transaction);
                self.ssi.commit(session(number), Xid(3 + self.begun as u32));
                return Ok(false);
            }
            _ => {
                self.ssi.abort(session(number));
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Who must come before whom.
    fn order(&self) -> BTreeSet<(usize, usize)> {
        let mut edges = BTreeSet::new();
        for versions in &self.versions {
            edges.extend(versions.windows(2).map(|pair| (pair[0].writer, pair[1].writer)));
        }
        for (reader, row, seen) in &self.reads {
            edges.insert((seen.writer, *reader));
            let later = self.versions[*row].iter().filter(|version| version.committed > seen.committed);
            edges.extend(later.map(|version| (*reader, version.writer)));
        }
        edges.retain(|(before, after)| before != after);
        edges
    }
}

/// Takes away whoever nobody has to come before, again and again; a cycle is left.
fn has_cycle(mut edges: BTreeSet<(usize, usize)>) -> bool {
    loop {
        let targets: BTreeSet<_> = edges.iter().map(|edge| edge.1).collect();
        let before = edges.len();
        edges.retain(|edge| targets.contains(&edge.0));
        if edges.is_empty() || edges.len() == before {
            return !edges.is_empty();
        }
    }
}

fn run(actions: &[(u16, u8, usize)]) -> World {
    let first = Version { writer: usize::MAX, committed: 0 };
    let mut world =
        World { running: vec![None; usize::from(SESSIONS)], versions: vec![vec![first]; ROWS], ..World::default() };
    for (number, action, row) in actions {
        let _ = world.step(*number, *action, *row);
    }
    for number in 0..SESSIONS {
        if world.running[usize::from(number)].is_some() {
            let _ = world.step(number, 5, 0);
        }
    }
    world
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_commits_could_have_run_one_after_the_other(
        actions in prop::collection::vec((0..SESSIONS, 0..7_u8, 0..ROWS), 10..80)
    ) {
        let world = run(&actions);
        prop_assert!(!has_cycle(world.order()), "{:?}", world.order());
        prop_assert_eq!(world.ssi, Ssi::default(), "nothing is remembered when nobody runs");
    }
}

#[test]
fn the_history_test_would_notice_write_skew() {
    assert!(has_cycle(BTreeSet::from([(0, 1), (1, 0), (1, 2)])));
    assert!(!has_cycle(BTreeSet::from([(0, 1), (0, 2), (1, 2)])));
}
