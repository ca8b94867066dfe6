//! What transactions read and wrote, in the order in which it happened: the raw material of a verdict.
//!
//! A store keeps a history when it is asked to. The vocabulary is Adya's (*Weak Consistency*, 1999, chapter 3): reads of versions,
//! reads of predicates, writes that put a version in another one's place, begins and ends. A history is a list that copies of a
//! store share up to where they part, so that keeping one makes a copy no dearer.

use crate::expr::{Call, Expr};
use crate::query::plan::Oid;
use crate::store::access::KeyRange;
use crate::store::{SessionId, Tid, Xid};
use crate::value::Value;
use std::rc::Rc;

/// Events beyond this number are not kept: a verdict about such a run would be of no use to anybody.
const LIMIT: u32 = 100_000;

/// One thing that happened.
#[derive(Clone, Debug)]
pub enum Event {
    /// A transaction begins: by BEGIN, or a statement on its own.
    Begin,
    /// A snapshot is taken: it sees what has committed by now. Once a statement at READ COMMITTED, once a transaction above.
    Snapshot,
    /// A scan came to its end: it has found the rows that satisfy a predicate. One that is given up before (`LIMIT`, `EXISTS`) is not
    /// told.
    Scan(Rc<Predicate>),
    /// A scan hands up a version: it was visible and satisfied the scan's conditions.
    Read {
        table: Oid,
        tid: Tid,
    },
    /// ON CONFLICT DO NOTHING finds that a row is there, whatever is in it.
    Exists {
        table: Oid,
        tid: Tid,
    },
    /// A row that was read is passed over: `SKIP LOCKED`.
    Skip {
        table: Oid,
        tid: Tid,
    },
    /// A row that was read turned out to have changed, and its newest version is taken instead: `to`, or none when it is gone
    /// or does not satisfy the conditions any more. (READ COMMITTED's re-check)
    Recheck {
        table: Oid,
        from: Tid,
        to: Option<Tid>,
    },
    /// INSERT (no `old`), DELETE (no `new`) or UPDATE. `xid` is that of the subtransaction.
    Write {
        table: Oid,
        xid: Xid,
        old: Option<Tid>,
        new: Option<(Tid, Rc<[Value]>)>,
        uses: Uses,
    },
    /// The writes of these subtransactions are undone: `ROLLBACK TO`.
    Undo(Vec<Xid>),
    /// The session's transaction ends.
    Commit,
    Abort,
    /// The session's transaction leaves it under a name, and ends later.
    Prepare(Rc<str>),
    CommitPrepared(Rc<str>),
    RollbackPrepared(Rc<str>),
}

/// What of the row it replaces goes into a new version.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Uses {
    /// The new values are made of the old ones (`SET v = v + 1`), which were not only needed to find the row.
    pub values: bool,
    /// The columns that are given a value, a bit each; the last bit stands for all from there on. The others stay as they are.
    pub assigned: u64,
}

impl Uses {
    /// A row that is inserted or deleted: nothing of an old one goes into it.
    pub const NOTHING: Uses = Uses { values: false, assigned: u64::MAX };

    /// Of an UPDATE's assignments, over rows that begin with the old one, which has so many columns.
    pub fn of(assignments: &[(usize, Expr)], width: usize) -> Self {
        Self {
            values: assignments.iter().any(|(_, expr)| reads_row(expr, width)),
            assigned: assignments.iter().fold(0, |all, (column, _)| all | Self::bit(*column)),
        }
    }

    /// Whether a column is given a value.
    pub fn assigns(self, column: usize) -> bool {
        self.assigned & Self::bit(column) != 0
    }

    fn bit(column: usize) -> u64 {
        1 << column.min(63)
    }
}

/// Which rows a scan asks for.
#[derive(Clone, Debug)]
pub struct Predicate {
    pub table: Oid,
    /// Over a row of the table, with everything from outside the scan filled in; `None` is every row.
    pub filter: Option<Expr>,
    /// The index and the keys that were looked for in it.
    pub range: Option<(Oid, KeyRange)>,
    /// The conditions hold something that cannot be evaluated on its own: a subquery, a volatile function.
    pub opaque: bool,
}

/// An event and whose it is.
#[derive(Clone, Debug)]
pub struct Entry {
    pub session: SessionId,
    /// The number of the session's statement, as [`History::statement`] announced it.
    pub statement: u32,
    pub event: Event,
}

/// Everything that has happened, shared with every copy.
#[derive(Clone, Debug, Default)]
pub struct History {
    last: Option<Rc<Link>>,
    length: u32,
    /// The statement each session is at.
    statements: Vec<u32>,
}

#[derive(Debug)]
struct Link {
    entry: Entry,
    before: Option<Rc<Link>>,
}

impl History {
    /// The session goes on with its statement of that number: what it does from here on belongs to it.
    pub fn statement(&mut self, session: SessionId, number: u32) {
        let at = usize::from(session.0);
        if self.statements.len() <= at {
            self.statements.resize(at + 1, 0);
        }
        self.statements[at] = number;
    }

    /// Something happened.
    pub fn note(&mut self, session: SessionId, event: Event) {
        if self.length < LIMIT {
            let statement = self.statements.get(usize::from(session.0)).copied().unwrap_or(0);
            let entry = Entry { session, statement, event };
            self.last = Some(Rc::new(Link { entry, before: self.last.take() }));
        }
        self.length = self.length.saturating_add(1);
    }

    /// A scan came to its end. `filter` is what it checks on each row, `range` what it looks for in an index; `fill` gives the value of a
    /// column of an enclosing query (level from 1) or, at level 0, of a parameter.
    pub fn scan(
        &mut self,
        session: SessionId,
        table: Oid,
        filter: Option<&Expr>,
        range: Option<(Oid, &KeyRange)>,
        fill: impl Fn(u16, usize) -> Option<Value>,
    ) {
        let filled = filter.map(|filter| filled(filter, &fill));
        let opaque = matches!(filled, Some(None));
        let range = range.map(|(index, range)| (index, range.clone()));
        self.note(session, Event::Scan(Rc::new(Predicate { table, filter: filled.flatten(), range, opaque })));
    }

    /// How many events there were.
    pub fn len(&self) -> usize {
        self.length as usize
    }

    /// Whether nothing has happened.
    pub fn is_empty(&self) -> bool {
        self.length == 0
    }

    /// Everything in order. `None` when there was too much to keep.
    pub fn entries(&self) -> Option<Vec<&Entry>> {
        (self.length <= LIMIT).then(|| self.since(0))
    }
}

impl History {
    /// What happened after so many events, in order.
    pub fn since(&self, from: usize) -> Vec<&Entry> {
        let kept = self.length.min(LIMIT) as usize;
        let mut entries = Vec::new();
        let mut link = self.last.as_deref();
        while let Some(Link { entry, before }) = link.filter(|_| entries.len() < kept.saturating_sub(from)) {
            entries.push(entry);
            link = before.as_deref();
        }
        entries.reverse();
        entries
    }
}

impl Drop for Link {
    /// One link after the other: dropping them inside one another would take a deep stack.
    fn drop(&mut self) {
        let mut before = self.before.take();
        while let Some(mut link) = before.and_then(Rc::into_inner) {
            before = link.before.take();
        }
    }
}

/// Whether an expression over a row reads one of its first `width` columns, itself or in a subquery.
fn reads_row(expr: &Expr, width: usize) -> bool {
    let one = |expr: &Expr| reads_row(expr, width);
    match expr {
        Expr::Column(column) => *column < width,
        Expr::Const(_) | Expr::Outer { .. } | Expr::Param(_) => false,
        Expr::Cast { expr, .. } | Expr::Not(expr) | Expr::IsNull(expr) | Expr::IsBool { expr, .. } => one(expr),
        Expr::Call { args: list, .. }
        | Expr::And(list)
        | Expr::Or(list)
        | Expr::Array(list)
        | Expr::Row(list)
        | Expr::Coalesce(list)
        | Expr::Extreme { list, .. } => list.iter().any(one),
        Expr::IsDistinct { left, right, .. } | Expr::Any { left, right, .. } | Expr::NullIf { left, right, .. } => {
            one(left) || one(right)
        }
        Expr::Case { whens, otherwise } => {
            whens.iter().any(|(when, then)| one(when) || one(then)) || otherwise.as_deref().is_some_and(one)
        }
        Expr::Exists(plan) | Expr::Scalar(plan) => plan.correlated,
        Expr::AnySub { left, plan, .. } => plan.correlated || one(left),
    }
}

/// The expression with constants in place of everything from outside; `None` when it cannot be evaluated on its own.
fn filled(expr: &Expr, fill: &impl Fn(u16, usize) -> Option<Value>) -> Option<Expr> {
    let one = |expr: &Expr| filled(expr, fill).map(Box::new);
    let all = |exprs: &[Expr]| exprs.iter().map(|expr| filled(expr, fill)).collect::<Option<Vec<_>>>();
    Some(match expr {
        Expr::Const(_) | Expr::Column(_) => expr.clone(),
        Expr::Outer { level, column } => Expr::Const(fill(*level, *column)?),
        Expr::Param(index) => Expr::Const(fill(0, *index)?),
        Expr::Cast { expr, from, to, typmod, explicit } => {
            Expr::Cast { expr: one(expr)?, from: *from, to: *to, typmod: *typmod, explicit: *explicit }
        }
        Expr::Call { function, args, site } => match function.call {
            Call::Pure(_) | Call::Styled(_) => Expr::Call { function, args: all(args)?, site: *site },
            Call::Effect(_) => return None,
        },
        Expr::And(exprs) => Expr::And(all(exprs)?),
        Expr::Or(exprs) => Expr::Or(all(exprs)?),
        Expr::Not(expr) => Expr::Not(one(expr)?),
        Expr::IsNull(expr) => Expr::IsNull(one(expr)?),
        Expr::IsBool { expr, value } => Expr::IsBool { expr: one(expr)?, value: *value },
        Expr::IsDistinct { equal, left, right } => Expr::IsDistinct { equal, left: one(left)?, right: one(right)? },
        Expr::Case { whens, otherwise } => {
            let whens = whens.iter().map(|(when, then)| Some((filled(when, fill)?, filled(then, fill)?)));
            let otherwise = match otherwise {
                Some(otherwise) => Some(one(otherwise)?),
                None => None,
            };
            Expr::Case { whens: whens.collect::<Option<_>>()?, otherwise }
        }
        Expr::Any { op, left, right, all } => Expr::Any { op, left: one(left)?, right: one(right)?, all: *all },
        Expr::Array(exprs) => Expr::Array(all(exprs)?),
        Expr::Row(exprs) => Expr::Row(all(exprs)?),
        Expr::Coalesce(exprs) => Expr::Coalesce(all(exprs)?),
        Expr::NullIf { equal, left, right } => Expr::NullIf { equal, left: one(left)?, right: one(right)? },
        Expr::Extreme { less, list, greatest } => Expr::Extreme { less, list: all(list)?, greatest: *greatest },
        Expr::Exists(_) | Expr::Scalar(_) | Expr::AnySub { .. } => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn copies_share_what_happened_before_they_parted() {
        let mut history = History::default();
        let (a, b) = (SessionId(0), SessionId(1));
        history.statement(b, 3);
        history.note(a, Event::Begin);
        let mut copy = history.clone();
        history.note(b, Event::Commit);
        copy.note(a, Event::Abort);
        let seen = |history: &History| -> Vec<_> {
            history.entries().unwrap().iter().map(|e| (e.session.0, e.statement, format!("{:?}", e.event))).collect()
        };
        assert_eq!(seen(&history), [(0, 0, "Begin".to_owned()), (1, 3, "Commit".to_owned())]);
        assert_eq!(seen(&copy), [(0, 0, "Begin".to_owned()), (0, 0, "Abort".to_owned())]);
    }

    #[test]
    fn too_much_is_told_and_a_long_history_is_dropped_without_a_deep_stack() {
        let mut history = History::default();
        for _ in 0..LIMIT {
            history.note(SessionId(0), Event::Snapshot);
        }
        assert_eq!(history.entries().map(|entries| entries.len()), Some(LIMIT as usize));
        history.note(SessionId(0), Event::Snapshot);
        assert!(history.entries().is_none());
    }
}
