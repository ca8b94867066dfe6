//! Who waits for whom, and for what, in words.

use super::names::{object, relation, row_name};
use crate::lab::scene::{Edge, EdgeKind, Lane, Session, WaitsFor};
use crate::locks::{DeadlockCheck, LockTag, Owner, Waiting};
use crate::query::plan::Oid;
use crate::ssi::Fate;
use crate::store::session::WaitOn;
use crate::store::{SessionId, Store, Tid, Xid};

/// What a session waits for; `None` if it does not wait.
pub fn waits_for(store: &Store, lanes: &[Lane], id: SessionId) -> Option<WaitsFor> {
    let session = store.session(id);
    let waiting = session.waiting.filter(|_| session.is_busy())?;
    let blockers = match waiting.on {
        WaitOn::SafeSnapshot => writers(store, id),
        WaitOn::Lock(_) | WaitOn::Sleep => blockers(store, id),
    };
    let what = match waiting.on {
        WaitOn::Sleep => match session.sleeps_until {
            Some(until) => format!("a pause of {}", duration(until.saturating_sub(store.clock))),
            None => "a pause".to_owned(),
        },
        WaitOn::SafeSnapshot => "a snapshot that no running transaction can make part of an anomaly".to_owned(),
        WaitOn::Lock(lock) => {
            let whose = |xid: Xid| owner(store, lanes, xid);
            match lock.tag {
                LockTag::Transaction(xid) => match row_at_hand(store, id) {
                    Some((table, tid)) => {
                        format!("{}, {}", row_name(store, table, tid), hold(store, lanes, table, tid, xid))
                    }
                    None => format!(
                        "the end of transaction {} ({}), on which it depends whether its row may be written",
                        xid.0,
                        whose(xid)
                    ),
                },
                LockTag::Tuple(table, tid) => {
                    let first = blockers.first().and_then(|&first| lanes.get(usize::from(first)));
                    let first = first.map_or("somebody else", |lane| lane.name.as_str());
                    format!("its turn at {}: {first} was there before", row_name(store, table, tid))
                }
                LockTag::Relation(oid) => {
                    let against = obstacle(store, lanes, &lock, blockers.first().copied());
                    format!("the table {} in {}, and {against}", relation(store, oid), lock.mode.name())
                }
                LockTag::Advisory { .. } => format!("the {} lock", object(store, lock.tag)),
                LockTag::SpeculativeToken(xid, _) => format!("the row that {} is about to insert", whose(xid)),
            }
        }
    };
    Some(WaitsFor { what, blockers })
}

/// Sessions that stand in another one's way, in the order in which they came.
fn blockers(store: &Store, id: SessionId) -> Vec<Session> {
    let owners = store.locks.blockers(id).into_iter();
    owners
        .filter_map(|owner| match owner {
            Owner::Session(session) => Some(session.0 as Session),
            Owner::Prepared(_) => None,
        })
        .collect()
}

/// What the first of those in its way has done: it holds a lock, or asked for one before.
fn obstacle(store: &Store, lanes: &[Lane], wanted: &Waiting, blocker: Option<Session>) -> String {
    let Some(blocker) = blocker else { return "it is not free".to_owned() };
    let name = lanes.get(usize::from(blocker)).map_or("somebody else", |lane| lane.name.as_str());
    let owner = Owner::Session(SessionId(u16::from(blocker)));
    let rows = store.locks.rows().into_iter().filter(|row| row.tag == wanted.tag && row.owner == owner);
    let mut against: Vec<_> = rows.filter(|row| wanted.mode.conflicts().contains(row.mode)).collect();
    against.sort_by_key(|row| (!row.granted, std::cmp::Reverse(row.mode)));
    match against.first() {
        Some(row) if row.granted => format!("{name} holds it in {}", row.mode.name()),
        Some(row) => format!("{name} asked for {} before", row.mode.name()),
        None => format!("{name} was there before"),
    }
}

/// Sessions whose transactions may yet write something that makes a snapshot unsafe. (`pg_safe_snapshot_blocking_pids`)
fn writers(store: &Store, id: SessionId) -> Vec<Session> {
    let running = store.ssi.transactions().into_iter().filter(|it| it.fate == Fate::Active && !it.read_only);
    running.filter(|it| it.session != id).map(|it| it.session.0 as Session).collect()
}

/// The row a session has taken its place in line for.
fn row_at_hand(store: &Store, id: SessionId) -> Option<(Oid, Tid)> {
    store.locks.held_by(id).into_iter().find_map(|(tag, _)| match tag {
        LockTag::Tuple(table, tid) => Some((table, tid)),
        _ => None,
    })
}

/// What a transaction has done with a row that another one waits for.
fn hold(store: &Store, lanes: &[Lane], table: Oid, tid: Tid, xid: Xid) -> String {
    let version = super::names::table(store, table).and_then(|table| store.heap(table).version(tid));
    let changed =
        version.is_some_and(|version| version.xmax.changer().is_some_and(|changer| store.xacts.top(changer) == xid));
    let name = owner(store, lanes, xid);
    if changed {
        format!("which {name} changed in transaction {} and has not committed", xid.0)
    } else {
        format!("which {name} has locked in transaction {}", xid.0)
    }
}

/// Who runs a transaction.
fn owner(store: &Store, lanes: &[Lane], xid: Xid) -> String {
    match store.xacts.owner(xid) {
        Some(Owner::Session(session)) => {
            lanes.get(usize::from(session.0)).map_or_else(|| "the setup".to_owned(), |lane| lane.name.clone())
        }
        _ => "a prepared transaction".to_owned(),
    }
}

/// Who waits for whom, and who read what whom wrote over.
pub fn edges(store: &Store, sessions: u16) -> Vec<Edge> {
    let mut edges = Vec::new();
    for id in (0..sessions).map(SessionId) {
        let Some(waiting) = store.locks.waiting(id) else { continue };
        let why = format!("{} on {}", waiting.mode.name(), object(store, waiting.tag));
        for to in blockers(store, id).into_iter().filter(|to| u16::from(*to) < sessions) {
            let other = Owner::Session(SessionId(u16::from(to)));
            let holds = store.locks.rows().into_iter().any(|row| {
                row.tag == waiting.tag
                    && row.owner == other
                    && row.granted
                    && waiting.mode.conflicts().contains(row.mode)
            });
            let kind = if holds { EdgeKind::Waits } else { EdgeKind::Queued };
            edges.push(Edge { from: id.0 as Session, to, kind, why: why.clone() });
        }
    }
    let transactions = store.ssi.transactions();
    let session =
        |id| transactions.iter().find(|transaction| transaction.id == id).map(|transaction| transaction.session);
    for conflict in store.ssi.conflicts() {
        let (Some(from), Some(to)) = (session(conflict.reader), session(conflict.writer)) else { continue };
        if from != to && from.0 < sessions && to.0 < sessions {
            let why = "read what the other one wrote over".to_owned();
            edges.push(Edge { from: from.0 as Session, to: to.0 as Session, kind: EdgeKind::ReadWrite, why });
        }
    }
    edges.sort();
    edges.dedup();
    edges
}

/// Sessions that wait in a circle, in its order: each waits for the next one.
pub fn cycle(store: &Store, sessions: u16) -> Vec<Session> {
    for id in (0..sessions).map(SessionId).filter(|id| store.locks.waiting(*id).is_some()) {
        // Looking may rearrange queues: that is done to a copy.
        if let DeadlockCheck::Hard(edges) = store.locks.clone().check_deadlock(id) {
            return edges.iter().map(|edge| edge.waiter.0 as Session).collect();
        }
    }
    Vec::new()
}

/// Virtual time in words.
pub fn duration(micros: u64) -> String {
    match micros {
        0..1_000_000 => format!("{} ms", micros / 1000),
        _ if micros.is_multiple_of(1_000_000) => format!("{} s", micros / 1_000_000),
        _ => format!("{}.{} s", micros / 1_000_000, micros % 1_000_000 / 100_000),
    }
}
