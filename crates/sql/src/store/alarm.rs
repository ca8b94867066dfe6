//! What happens by itself when time passes: sleeps end, deadlocks are looked for, patience runs out.
//! (`CheckDeadLockAlert` in `proc.c`, `timeout.c`)

use super::session::WaitOn;
use super::{Micros, SessionId, Store};
use crate::error::SqlError;
use crate::locks::DeadlockCheck;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Alarm {
    Sleep,
    Deadlock,
    LockTimeout,
    StatementTimeout,
}

impl Store {
    /// Every alarm that is set, with its session.
    fn alarms(&self) -> impl Iterator<Item = (Micros, Micros, SessionId, Alarm)> + '_ {
        self.sessions.iter().filter(|session| session.is_busy()).flat_map(|session| {
            let settings = &session.settings;
            let waiting = session.waiting;
            let on_lock = waiting.filter(|waiting| matches!(waiting.on, WaitOn::Lock(_)));
            let since = waiting.map_or(0, |it| it.since);
            let patience = settings.time("deadlock_timeout").unwrap_or(1_000_000);
            let deadlock =
                on_lock.filter(|waiting| !waiting.checked).map(|waiting| (waiting.since + patience, Alarm::Deadlock));
            let lock = on_lock
                .zip(settings.time("lock_timeout"))
                .map(|(waiting, time)| (waiting.since + time, Alarm::LockTimeout));
            let statement = settings
                .time("statement_timeout")
                .map(|time| (session.statement_began + time, Alarm::StatementTimeout));
            let sleep = session.sleeps_until.map(|until| (until, Alarm::Sleep));
            let statement = statement.filter(|_| waiting.is_some());
            let all = [sleep, deadlock, lock, statement].into_iter().flatten();
            all.map(move |(due, alarm)| (due, since, session.id, alarm))
        })
    }

    /// When something happens by itself next.
    pub fn next_alarm(&self) -> Option<Micros> {
        self.alarms().map(|(due, ..)| due.max(self.clock)).min()
    }

    /// Moves the clock to the next alarm and lets it go off, if one is due by `until`; the session that can go on because of it has
    /// not gone on yet, nor has anybody it let pass. `None`: nothing more is due, and the clock shows `until`.
    pub fn ring_next(&mut self, until: Micros) -> Option<Option<SessionId>> {
        let Some((due, _, session, alarm)) = self.alarms().min().filter(|(due, ..)| *due <= until) else {
            self.clock = self.clock.max(until);
            return None;
        };
        self.clock = self.clock.max(due);
        Some(self.ring(session, alarm).then_some(session))
    }

    /// An alarm goes off. Whether the session can go on.
    fn ring(&mut self, me: SessionId, alarm: Alarm) -> bool {
        let cancelled = |why| {
            Some(SqlError::new(
                if why == "lock" { "55P03" } else { "57014" },
                format!("canceling statement due to {why} timeout"),
            ))
        };
        match alarm {
            Alarm::Sleep => {}
            Alarm::LockTimeout => self.session_mut(me).interrupt = cancelled("lock"),
            Alarm::StatementTimeout => self.session_mut(me).interrupt = cancelled("statement"),
            Alarm::Deadlock => {
                if let Some(waiting) = &mut self.session_mut(me).waiting {
                    waiting.checked = true;
                }
                match self.locks.check_deadlock(me) {
                    DeadlockCheck::Hard(edges) => self.session_mut(me).interrupt = Some(self.deadlock_error(&edges)),
                    DeadlockCheck::None | DeadlockCheck::Rearranged => return false,
                }
            }
        }
        true
    }

    /// Sessions that were woken, in order: a lock was granted, a snapshot was decided on. They have not gone on yet.
    pub fn take_woken(&mut self) -> Vec<SessionId> {
        let mut woken = self.locks.take_woken();
        woken.extend(self.ssi.take_decided());
        woken.retain(|session| self.session(*session).is_busy());
        woken
    }
}
