//! A tape made by hand: two transfers that lock two rows in opposite order.

use interleave_kernel::{Mark, Note};
use interleave_sql::lab::scene::*;
use interleave_sql::lab::{Isolation, LockingTape, Scenario, Script};
use std::rc::Rc;

const ALICE: [&str; 5] = [
    "BEGIN",
    "SELECT * FROM accounts ORDER BY id",
    "UPDATE accounts SET balance = balance - 10 WHERE id = 1",
    "UPDATE accounts SET balance = balance + 10 WHERE id = 2",
    "COMMIT",
];
const BOB: [&str; 4] = [
    "BEGIN",
    "UPDATE accounts SET balance = balance - 20 WHERE id = 2",
    "UPDATE accounts SET balance = balance + 20 WHERE id = 1",
    "COMMIT",
];

/// The scenario of [`tape`].
#[allow(dead_code, reason = "nobody mounts a lab natively")]
pub fn scenario() -> Scenario {
    let script = |name: &str, lines: &[&str]| Script { name: name.into(), sql: format!("{};\n", lines.join(";\n")) };
    Scenario {
        setup: "CREATE TABLE accounts (id int PRIMARY KEY, balance int);\nINSERT INTO accounts VALUES (1, 100), (2, 100);\n"
            .into(),
        sessions: vec![script("Alice", &ALICE), script("Bob", &BOB)],
        schedule: vec![0, 1, 0, 0, 1, 0, 1, 0, 1],
        isolation: Isolation::ReadCommitted,
        invariant: "SELECT sum(balance) = 200 FROM accounts".into(),
    }
}

fn version(ctid: &str, values: [&str; 2], xmin: (u32, Fate), xmax: (u32, Option<Fate>), seen: [bool; 2]) -> Version {
    let why = |visible| match visible {
        true => format!("made by {}, which committed before the statement began", xmin.0),
        false => format!("made by {}, which has not committed", xmin.0),
    };
    Version {
        ctid: ctid.into(),
        values: values.map(|value| Some(value.into())).to_vec(),
        xmin: xmin.0,
        xmax: xmax.0,
        cmin: 0,
        cmax: 0,
        made: xmin.1,
        ended: xmax.1,
        locks: Vec::new(),
        seen: seen.map(|visible| Seen { visible, why: why(visible) }).to_vec(),
    }
}

fn accounts(one: Chain, two: Chain) -> Change {
    Change::Table(
        0,
        Rc::new(Table {
            name: "accounts".into(),
            columns: ["id", "balance"].map(String::from).to_vec(),
            rows: vec![one, two],
            total: 2,
        }),
    )
}

fn lock(session: Session, object: &str, mode: &str, granted: bool) -> Lock {
    Lock { session, object: object.into(), mode: mode.into(), granted }
}

fn state(session: Session, status: Status, xid: Option<u32>, next: u32) -> Change {
    let snapshot = None;
    Change::Session(session, SessionState { status, isolation: Isolation::ReadCommitted, xid, snapshot, next })
}

/// A statement that was done at once.
fn ran(session: Session, statement: u32, at: u32, outcome: Outcome, status: Status) -> Entry {
    Entry {
        session,
        statement,
        began: at,
        ended: Some(at),
        progress: Progress::Done(outcome),
        waited: None,
        status,
        notices: Vec::new(),
    }
}

fn tag(words: &str) -> Outcome {
    Outcome::Command(words.into())
}

fn wait(row: &str, of: &str, blocker: Session) -> WaitsFor {
    WaitsFor {
        what: format!("the row {row} of accounts, which {of} changed and has not committed"),
        blockers: vec![blocker],
    }
}

fn waits(session: Session, statement: u32, at: u32, waits_for: WaitsFor) -> Entry {
    Entry {
        ended: None,
        waited: Some(waits_for.clone()),
        progress: Progress::Waiting(waits_for),
        ..ran(session, statement, at, tag(""), Status::InTransaction)
    }
}

/// The run of [`scenario`]: 13 frames. In frame 7 each waits for the other; in frame 8 Alice is the victim; frame 12 has the verdict.
pub fn tape() -> LockingTape {
    use Change::{Begin, Clock, Current, Cycle, Edges, Lanes, Locks, Ready};
    use Fate::{Aborted, Committed, Running};
    use Status::{Failed, Idle, InTransaction};
    let lane = |name: &str, lines: &[&str]| Lane {
        name: name.into(),
        statements: (1..).zip(lines).map(|(line, text)| Statement { text: (*text).into(), line }).collect(),
    };
    let mut tape = LockingTape::default();
    let mut add = |mark, note: &str, changes| tape.record(mark, Note::new(note), changes);
    let (both, alice, bob) = ([true, true], Running(Some(0)), Running(Some(1)));
    let first = |id: &str, place: &str| version(place, [id, "100"], (731, Committed), (0, None), both);
    let replaced = |id: &str, place: &str, by: u32, who: Fate, seen| {
        version(place, [id, "100"], (731, Committed), (by, Some(who)), seen)
    };

    add(
        Mark::Section,
        "**The tables are ready.** The setup has committed.",
        vec![
            Lanes(Rc::new(vec![lane("Alice", &ALICE), lane("Bob", &BOB)])),
            accounts(vec![first("1", "(0,1)")], vec![first("2", "(0,2)")]),
            Ready(vec![0, 1]),
        ],
    );
    add(
        Mark::Section,
        "**Alice begins a transaction.** It has no number until it writes.",
        vec![
            Begin(Rc::new(ran(0, 0, 1, tag("BEGIN"), InTransaction))),
            Current(vec![0]),
            state(0, InTransaction, None, 1),
        ],
    );
    add(
        Mark::Section,
        "**Bob begins a transaction.**",
        vec![
            Begin(Rc::new(ran(1, 0, 2, tag("BEGIN"), InTransaction))),
            Current(vec![1]),
            state(1, InTransaction, None, 1),
        ],
    );
    let rows = Rows {
        columns: ["id", "balance"].map(String::from).to_vec(),
        rows: vec![vec![Some("1".into()), Some("100".into())], vec![Some("2".into()), Some("100".into())]],
        total: 2,
    };
    add(
        Mark::Unit,
        "**Alice reads both accounts.** A reader waits for nobody.",
        vec![
            Begin(Rc::new(ran(0, 1, 3, Outcome::Rows(rows), InTransaction))),
            Current(vec![2]),
            state(0, InTransaction, None, 2),
            Locks(vec![lock(0, "accounts", "AccessShareLock", true)]),
        ],
    );
    add(
        Mark::Unit,
        "**Alice writes a new version of row 1.** Until she commits, only she sees it.",
        vec![
            Begin(Rc::new(ran(0, 2, 4, tag("UPDATE 1"), InTransaction))),
            Current(vec![3]),
            state(0, InTransaction, Some(734), 3),
            accounts(
                vec![
                    replaced("1", "(0,1)", 734, alice, [false, true]),
                    version("(0,3)", ["1", "90"], (734, alice), (0, None), [true, false]),
                ],
                vec![first("2", "(0,2)")],
            ),
            Locks(vec![
                lock(0, "accounts", "AccessShareLock", true),
                lock(0, "accounts", "RowExclusiveLock", true),
                lock(0, "transaction 734", "ExclusiveLock", true),
            ]),
        ],
    );
    let both_wrote = || {
        accounts(
            vec![
                replaced("1", "(0,1)", 734, alice, [false, true]),
                version("(0,3)", ["1", "90"], (734, alice), (0, None), [true, false]),
            ],
            vec![
                replaced("2", "(0,2)", 735, bob, [true, false]),
                version("(0,4)", ["2", "80"], (735, bob), (0, None), [false, true]),
            ],
        )
    };
    let held = || {
        vec![
            lock(0, "accounts", "AccessShareLock", true),
            lock(0, "accounts", "RowExclusiveLock", true),
            lock(0, "transaction 734", "ExclusiveLock", true),
            lock(1, "accounts", "RowExclusiveLock", true),
            lock(1, "transaction 735", "ExclusiveLock", true),
        ]
    };
    add(
        Mark::Unit,
        "**Bob writes a new version of row 2.**",
        vec![
            Begin(Rc::new(ran(1, 1, 5, tag("UPDATE 1"), InTransaction))),
            Current(vec![4]),
            state(1, InTransaction, Some(735), 2),
            both_wrote(),
            Locks(held()),
        ],
    );
    let (alice_waits, bob_waits) = (wait("(id)=(2)", "Bob", 1), wait("(id)=(1)", "Alice", 0));
    let edge =
        |from, to, of: &str| Edge { from, to, kind: EdgeKind::Waits, why: format!("ShareLock on transaction {of}") };
    let wanted = |more: &[Lock]| held().into_iter().chain(more.iter().cloned()).collect::<Vec<_>>();
    let (alice_wants, bob_wants) =
        (lock(0, "transaction 735", "ShareLock", false), lock(1, "transaction 734", "ShareLock", false));
    add(
        Mark::Unit,
        "**Alice has to wait.** Bob has changed row 2 and not committed: she waits for his transaction to end.",
        vec![
            Begin(Rc::new(waits(0, 3, 6, alice_waits.clone()))),
            Current(vec![5]),
            state(0, InTransaction, Some(734), 4),
            Locks(wanted(std::slice::from_ref(&alice_wants))),
            Edges(vec![edge(0, 1, "735")]),
            Ready(vec![1]),
        ],
    );
    add(
        Mark::Unit,
        "**Bob has to wait, too.** Now each waits for the other.",
        vec![
            Begin(Rc::new(waits(1, 2, 7, bob_waits.clone()))),
            Current(vec![6]),
            state(1, InTransaction, Some(735), 3),
            Locks(wanted(&[alice_wants, bob_wants.clone()])),
            Edges(vec![edge(0, 1, "735"), edge(1, 0, "734")]),
            Cycle(vec![0, 1]),
            Ready(vec![]),
        ],
    );
    let failure = Failure {
        code: "40P01".into(),
        message: "deadlock detected".into(),
        detail: Some("Process 1 waits for ShareLock on transaction 735; blocked by process 2.\nProcess 2 waits for ShareLock on transaction 734; blocked by process 1.".into()),
        hint: Some("See server log for query details.".into()),
        position: None,
    };
    let victim = Entry { began: 6, waited: Some(alice_waits), ..ran(0, 3, 8, Outcome::Error(failure), Failed) };
    let gone = || {
        accounts(
            vec![
                replaced("1", "(0,1)", 734, Aborted, [true, false]),
                version("(0,3)", ["1", "90"], (734, Aborted), (0, None), [false, false]),
                version("(0,5)", ["1", "120"], (735, bob), (0, None), [false, true]),
            ],
            vec![
                replaced("2", "(0,2)", 735, bob, [true, false]),
                version("(0,4)", ["2", "80"], (735, bob), (0, None), [false, true]),
            ],
        )
    };
    add(
        Mark::Unit,
        "**After a second Alice looks for a circle, and finds one.** Her transaction fails so that Bob's can go on.",
        vec![
            Change::Entry(5, Rc::new(victim)),
            Current(vec![5]),
            state(0, Failed, Some(734), 4),
            Locks(vec![
                lock(1, "accounts", "RowExclusiveLock", true),
                lock(1, "transaction 735", "ExclusiveLock", true),
            ]),
            Edges(vec![]),
            Cycle(vec![]),
            Clock(1_000_000),
            Ready(vec![0]),
        ],
    );
    let freed = Entry { began: 7, waited: Some(bob_waits), ..ran(1, 2, 9, tag("UPDATE 1"), InTransaction) };
    add(
        Mark::Step,
        "**Bob goes on.** The transaction he waited for has ended.",
        vec![Change::Entry(6, Rc::new(freed)), Current(vec![6]), gone(), Ready(vec![0, 1])],
    );
    add(
        Mark::Section,
        "**Alice's COMMIT is a ROLLBACK:** her transaction had failed.",
        vec![
            Begin(Rc::new(ran(0, 4, 10, tag("ROLLBACK"), Idle))),
            Current(vec![7]),
            state(0, Idle, None, 5),
            Ready(vec![1]),
        ],
    );
    add(
        Mark::Section,
        "**Bob commits.** Everyone sees his versions from now on.",
        vec![
            Begin(Rc::new(ran(1, 3, 11, tag("COMMIT"), Idle))),
            Current(vec![8]),
            state(1, Idle, None, 4),
            Locks(vec![]),
            accounts(
                vec![
                    replaced("1", "(0,1)", 735, Committed, [false, false]),
                    version("(0,3)", ["1", "90"], (734, Aborted), (0, None), [false, false]),
                    version("(0,5)", ["1", "120"], (735, Committed), (0, None), both),
                ],
                vec![
                    replaced("2", "(0,2)", 735, Committed, [false, false]),
                    version("(0,4)", ["2", "80"], (735, Committed), (0, None), both),
                ],
            ),
            Ready(vec![]),
        ],
    );
    let verdict = interleave_sql::lab::scene::Verdict {
        anomaly: None,
        evidence: vec![],
        because: vec![],
        serial: vec![(1, 0)],
        cure: Some("locking the rows in the same order".into()),
        invariant: Some(Ok(true)),
        committed: 1,
        aborted: 1,
        deadlocks: 1,
    };
    add(
        Mark::Step,
        "**The run is over.** One transaction committed, one was the victim of a deadlock.",
        vec![Change::Verdict(Rc::new(verdict)), Current(vec![])],
    );
    tape
}
