//! The textbook's histories, in its notation: `r1(x0)` reads the version of `x` that was there before (`x2`: the one T2 wrote last),
//! `w1(x)` writes without having looked, `u1(x)` makes the new version of the newest old one, `i1(z)` inserts, `d1(x)` deletes,
//! `p1(x0,y0:x0)` looks for rows, sees `x0` and `y0` and finds `x0` satisfying, `c1` commits, `a1` aborts, `b1` goes back to a savepoint.

use super::history::{Fate, History, PredicateRead, Read, Row, RowId, Transaction, Version, VersionId};
use super::name::{Because, Finding, find};
use super::words::Words;
use crate::lab::scene::Anomaly;
use std::collections::BTreeMap;

struct Reader<'a> {
    history: History,
    rows: BTreeMap<&'a str, RowId>,
    statements: Vec<u32>,
    commits: u32,
    /// Conditions are known when all versions are.
    conditions: Vec<Vec<&'a str>>,
}

fn history(text: &str) -> History {
    let mut reader = Reader {
        history: History::default(),
        rows: BTreeMap::new(),
        statements: Vec::new(),
        commits: 0,
        conditions: Vec::new(),
    };
    text.split_whitespace().for_each(|word| reader.word(word));
    for at in 0..reader.conditions.len() {
        let matching = reader.conditions[at].clone().into_iter().map(|version| reader.version(version)).collect();
        reader.history.predicates[at].matching = matching;
    }
    reader.history
}

impl<'a> Reader<'a> {
    fn word(&mut self, word: &'a str) {
        let tx: usize = word[1..2].parse::<usize>().unwrap() - 1;
        while self.history.transactions.len() <= tx {
            let session = self.history.transactions.len() as u8;
            self.history.transactions.push(Transaction { session, number: 0, fate: Fate::Open });
            self.statements.push(0);
        }
        let statement = self.statements[tx];
        self.statements[tx] += 1;
        let object = word.get(3..word.len().saturating_sub(1)).unwrap_or_default();
        match &word[..1] {
            "c" => {
                self.history.transactions[tx].fate = Fate::Committed(self.commits);
                self.commits += 1;
            }
            "a" => self.history.transactions[tx].fate = Fate::Aborted,
            "b" => {
                let versions = self.history.rows.iter_mut().flat_map(|row| &mut row.versions);
                versions.filter(|version| version.maker == Some(tx)).for_each(|version| version.undone = true);
            }
            "r" => {
                let (row, version) = self.version(object);
                self.history.reads.push(Read { tx, statement, row, version });
            }
            "p" => {
                let (seen, matching) = object.split_once(':').unwrap();
                let seen =
                    seen.split(',').filter(|word| !word.is_empty()).map(|version| self.version(version)).collect();
                self.history.predicates.push(PredicateRead { tx, statement, seen, matching: Vec::new() });
                self.conditions.push(matching.split(',').filter(|word| !word.is_empty()).collect());
            }
            kind => {
                let row = if kind == "i" { self.insert(object) } else { self.row(object) };
                let versions = &mut self.history.rows[row].versions;
                let uses = (kind == "u").then(|| versions.len() - 1);
                versions.push(Version { maker: Some(tx), statement, dead: kind == "d", uses, undone: false });
            }
        }
    }

    fn insert(&mut self, name: &'a str) -> RowId {
        let label = format!("row {name}");
        self.history.rows.push(Row { label, versions: Vec::new() });
        self.rows.insert(name, self.history.rows.len() - 1);
        self.history.rows.len() - 1
    }

    fn row(&mut self, name: &'a str) -> RowId {
        self.rows.get(name).copied().unwrap_or_else(|| {
            let row = self.insert(name);
            let before = Version { maker: None, statement: 0, dead: false, uses: None, undone: false };
            self.history.rows[row].versions.push(before);
            row
        })
    }

    fn version(&mut self, name: &'a str) -> (RowId, VersionId) {
        let row = self.row(&name[..1]);
        let maker = name[1..].parse::<usize>().unwrap().checked_sub(1);
        let version = self.history.rows[row].versions.iter().rposition(|version| version.maker == maker);
        (row, version.unwrap_or_else(|| panic!("{name} was not written")))
    }
}

fn finding(text: &str) -> Finding {
    find(&history(text))
}

#[track_caller]
fn named(text: &str, anomaly: Anomaly) {
    assert_eq!(finding(text).anomaly, Some(anomaly), "{text}");
}

/// The order as numbers of transactions, from 1.
#[track_caller]
fn serial(text: &str, order: &[usize]) {
    let found = finding(text);
    assert_eq!(found.anomaly, None, "{text}: {:?}", found.because);
    assert_eq!(found.serial.iter().map(|tx| tx + 1).collect::<Vec<_>>(), order, "{text}");
}

#[test]
fn dirty_write() {
    named("w1(x) w2(x) w2(y) w1(y) c1 c2", Anomaly::DirtyWrite); // Adya, G0
    named("w1(x) w2(x) w2(y) c2 w1(y) c1", Anomaly::DirtyWrite); // Hermitage, G0
    serial("w1(x) w2(x) w1(y) w2(y) c1 c2", &[1, 2]); // both in one direction
}

#[test]
fn dirty_read() {
    named("w1(x) r2(x1) c2 a1", Anomaly::DirtyRead); // G1a
    named("w1(x) r2(x1) a1 c2", Anomaly::DirtyRead);
    named("w1(x) r2(x1) b1 w1(y) c1 c2", Anomaly::DirtyRead); // taken back to a savepoint
    serial("w1(x) r2(x1) a1 a2", &[]); // whoever read it did not commit either
    serial("w1(x) r2(x0) a1 c2", &[2]);
}

#[test]
fn intermediate_read() {
    named("w1(x) r2(x1) w1(x) c1 c2", Anomaly::IntermediateRead); // G1b
    serial("w1(x) w1(x) r2(x1) c1 c2", &[1, 2]);
    serial("w1(x) r1(x1) w1(x) c1", &[1]); // its own
}

#[test]
fn circular_information_flow() {
    named("w1(x) w2(y) r1(y2) r2(x1) c1 c2", Anomaly::CircularInformationFlow); // Hermitage, G1c
    named("w1(x) r2(x1) w2(y) w1(y) c1 c2", Anomaly::CircularInformationFlow); // one read, one overwritten
}

#[test]
fn lost_update() {
    named("r1(x0) r2(x0) w1(x) c1 w2(x) c2", Anomaly::LostUpdate); // Hermitage, P4
    named("r1(x0) w2(x) c2 w1(x) c1", Anomaly::LostUpdate); // Berenson, H4
    named("r1(x0) w2(x) c2 w3(x) c3 w1(x) c1", Anomaly::LostUpdate); // through a third
    named("r1(x0) w2(x) c2 d1(x) c1", Anomaly::LostUpdate);
    named("r1(x0) w2(x) w2(x) c2 w1(x) w1(x) c1", Anomaly::LostUpdate);
}

#[test]
fn no_update_is_lost_when_the_newest_version_was_read() {
    serial("u1(x) c1 u2(x) c2", &[1, 2]); // SET v = v + 1, the second after its re-check
    serial("r1(x0) u1(x) c1 r2(x1) u2(x) c2", &[1, 2]);
    // It looked at the old version, and then worked on the new one: it saw the row twice, and lost nothing.
    named("r1(x0) u2(x) c2 u1(x) c1", Anomaly::NonRepeatableRead);
    named("r1(x0) w2(x) c2 r1(x2) w1(x) c1", Anomaly::NonRepeatableRead);
    // With a lock from the beginning the second read waits.
    serial("r1(x0) w1(x) c1 r2(x1) w2(x) c2", &[1, 2]);
}

#[test]
fn blind_writes_lose_nothing_that_anybody_relied_on() {
    serial("w1(x) c1 w2(x) c2", &[1, 2]);
    serial("r1(y0) w2(x) c2 w1(x) c1", &[2, 1]);
}

#[test]
fn non_repeatable_read() {
    named("r1(x0) w2(x) c2 r1(x2) c1", Anomaly::NonRepeatableRead); // Berenson, A2
    named("r1(x0) p1(x0:x0) d2(x) c2 p1(x2:x0) c1", Anomaly::NonRepeatableRead); // it is gone
    named("r1(x0) w2(x) c2 w3(x) c3 r1(x3) c1", Anomaly::NonRepeatableRead);
    serial("r1(x0) w2(x) c2 r1(x0) c1", &[1, 2]); // a snapshot
    named("r1(x0) w2(x) c2 r1(x2)", Anomaly::NonRepeatableRead); // never ended, and nothing to take back
    serial("w1(y) r1(x0) w2(x) c2 r1(x2)", &[2]); // never ended, with something to take back
    serial("r1(x0) w2(x) c2 r1(x2) a1", &[2]);
}

#[test]
fn phantom() {
    named("p1(x0:x0,z2) r1(x0) i2(z) c2 p1(x0,z2:x0,z2) r1(x0) r1(z2) c1", Anomaly::Phantom); // Berenson, A3
    named("p1(x0:x2) w2(x) c2 p1(x2:x2) r1(x2) c1", Anomaly::Phantom); // a change makes it satisfy the condition
    named("p1(x0:x0,z2) r1(x0) i2(z) w2(s) c2 r1(s2) c1", Anomaly::Phantom); // Adya, H-phantom
    serial("p1(x0:x0,z2) r1(x0) i2(z) c2 p1(x0:x0,z2) r1(x0) c1", &[1, 2]); // a snapshot
    serial("p1(x0:x0) r1(x0) i2(z) c2 p1(x0,z2:x0) r1(x0) c1", &[2, 1]); // the new row is none of those it asked for
}

#[test]
fn read_skew() {
    named("r1(x0) w2(x) w2(y) c2 r1(y2) c1", Anomaly::ReadSkew); // Berenson, A5A; Hermitage, G-single
    named("r1(x0) w2(x) c2 r3(x2) w3(y) c3 r1(y3) c1", Anomaly::ReadSkew); // through a third
    serial("r1(x0) w2(x) w2(y) c2 r1(y0) c1", &[1, 2]);
    // Another's change seen neither before nor after, but overwritten.
    named("r1(x0) w2(x) w2(y) c2 w1(y) c1", Anomaly::Other);
}

#[test]
fn write_skew() {
    named("r1(x0) r1(y0) r2(x0) r2(y0) w1(x) w2(y) c1 c2", Anomaly::WriteSkew); // Hermitage, G2-item
    named("p1(x0:x0,z1,u2) p2(x0:x0,z1,u2) i1(z) i2(u) c1 c2", Anomaly::WriteSkew); // Hermitage, G2
    named("r1(x0) r2(y0) r3(z0) w1(y) w2(z) w3(x) c1 c2 c3", Anomaly::WriteSkew); // three in a circle
    serial("r1(x0) r1(y0) w1(x) c1 r2(x1) r2(y0) w2(y) c2", &[1, 2]);
    serial("r1(x0) r1(y0) r2(x0) r2(y0) w1(x) w2(y) c1 a2", &[1]);
}

#[test]
fn read_only_anomaly() {
    // Fekete, O'Neil, O'Neil, 2004: savings y and checking x. T2 withdraws, T1 deposits, T3 reads a state that never was.
    let text = "r2(x0) r2(y0) r1(y0) w1(y) c1 r3(x0) r3(y1) c3 w2(x) c2";
    named(text, Anomaly::ReadOnlyAnomaly);
    // Without the one who only reads the others are in order.
    serial("r2(x0) r2(y0) r1(y0) w1(y) c1 w2(x) c2", &[2, 1]);
    // The same circle, its third a writer, too: plain write skew.
    named("r2(x0) r2(y0) r1(y0) w1(y) c1 r3(x0) r3(y1) w3(v) c3 w2(x) c2", Anomaly::WriteSkew);
}

#[test]
fn the_worst_name_wins() {
    named("w1(x) r2(x1) c2 a1 r3(y0) r4(y0) w3(y) c3 w4(y) c4", Anomaly::DirtyRead);
    named("r1(x0) w2(x) c2 r1(x2) r3(y0) r4(y0) w3(y) c3 w4(y) c4 c1", Anomaly::LostUpdate);
}

#[test]
fn a_serial_order_need_not_be_that_of_the_commits() {
    serial("r1(x0) w2(x) c2 c1", &[1, 2]);
    serial("w1(x) c1 w2(y) c2 w3(z) c3", &[1, 2, 3]);
    serial("", &[]);
}

#[test]
fn evidence_and_reasons() {
    let history = history("r1(x0) r2(x0) w1(x) c1 w2(x) c2");
    let found = find(&history);
    assert_eq!(found.evidence(&history), [(1, 0), (0, 1), (1, 1)]);
    assert!(matches!(found.because[..], [Because::Before(_), Because::Overwritten(_)]));
    let names = ["Alice".to_owned(), "Bob".to_owned()];
    let statement = |session, at| format!("S{session}.{at}");
    let words = Words { names: &names, statement: &statement };
    assert_eq!(
        words.sentences(&history, &found),
        [
            "Bob’s “S1.0” saw row x as it was before Alice’s “S0.1”. So Bob comes before Alice.",
            "Bob’s “S1.1” then put its own version of row x in the place of Alice’s “S0.1”, which Bob never read: that change is lost.",
        ]
    );
}

#[test]
fn a_circle_is_told_edge_by_edge() {
    let history = history("r1(x0) r1(y0) r2(x0) r2(y0) w1(x) w2(y) c1 c2");
    let names = ["Alice".to_owned(), "Bob".to_owned()];
    let words = Words { names: &names, statement: &|_, at| format!("S{at}") };
    assert_eq!(
        words.sentences(&history, &find(&history)),
        [
            "Alice’s “S1” saw row y as it was before Bob’s “S2”. So Alice comes before Bob.",
            "Bob’s “S0” saw row x as it was before Alice’s “S2”. So Bob comes before Alice.",
            "Each would have to come before the other: no serial order does that.",
        ]
    );
}
