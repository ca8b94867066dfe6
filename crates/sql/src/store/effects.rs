//! Functions that need the session or the store. (`lockfuncs.c`, `misc.c`, `sequence.c`)

use super::session::DATABASE;
use super::xact::Xacts;
use super::{SessionId, Store};
use crate::catalog::Relation;
use crate::error::{Run, SqlError, Stop};
use crate::expr::Effect;
use crate::locks::{Hold, LockMode, LockTag};
use crate::value::Value;
use std::rc::Rc;

/// 2026-01-01 00:00 UTC, in microseconds since 2000-01-01: what the clock shows when a store is made.
const EPOCH: i64 = 820_540_800_000_000;

impl Store {
    /// Runs a function that is not pure, unless it was run for the row at hand already.
    pub fn effect(&mut self, me: SessionId, effect: Effect, args: &[Value], site: u32) -> Run<Value> {
        let session = self.session(me);
        if let Some((_, answer)) = session.answers.iter().find(|(known, _)| *known == site) {
            return Ok(answer.clone());
        }
        let answer = self.perform(me, effect, args)?;
        // Only what waits makes a row be evaluated again.
        self.session_mut(me).answers.push((site, answer.clone()));
        Ok(answer)
    }

    fn perform(&mut self, me: SessionId, effect: Effect, args: &[Value]) -> Run<Value> {
        use Effect::*;
        let text = |value: &str| Value::Text(value.into());
        Ok(match effect {
            PgSleep => return self.sleep(me, args),
            Now | LocalTimestamp => Value::Timestamp(EPOCH + self.transaction(me).began as i64),
            StatementTimestamp => Value::Timestamp(EPOCH + self.session(me).statement_began as i64),
            ClockTimestamp => Value::Timestamp(EPOCH + self.clock as i64),
            CurrentDate => {
                let style = self.session(me).settings.style;
                let now = Value::Timestamp(EPOCH + self.transaction(me).began as i64);
                use crate::value::Type::{Date, TimestampTz};
                crate::value::cast::cast(&now, TimestampTz, Date, None, true, &style)?
            }
            Random => Value::Float(self.random()),
            BackendPid => Value::Int(self.session(me).pid() as i32),
            TerminateBackend => {
                let pid = if let Value::Int(pid) = args[0] { pid } else { 0 };
                let known = self.sessions.iter_mut().find(|session| session.connected && session.pid() as i32 == pid);
                let found = known.is_some();
                known.into_iter().for_each(|session| session.terminated = true);
                if !found {
                    self.warn(me, "01000", &format!("PID {pid} is not a PostgreSQL backend process"));
                }
                Value::Bool(found)
            }
            CurrentXid => Value::BigInt(i64::from(self.assign_top_xid(me))),
            CurrentXidIfAssigned => {
                self.transaction(me).levels[0].xid.map_or(Value::Null, |xid| Value::BigInt(i64::from(xid.0)))
            }
            CurrentSetting => match self.show(me, string(&args[0])) {
                Err(Stop::Error(error)) if error.code == "42704" && args.get(1).is_some_and(Value::is_true) => {
                    Value::Null
                }
                value => text(&value?),
            },
            SetConfig => {
                let local = args.get(2).is_some_and(Value::is_true);
                self.set(me, string(&args[0]), Some(string(&args[1])), local)?;
                text(&self.show(me, string(&args[0]))?)
            }
            CurrentUser => text(&self.session(me).user),
            CurrentDatabase => text(&self.session(me).database),
            CurrentSchema => text("public"),
            Version => text("PostgreSQL 15.18 (Interleave)"),
            NextVal => return self.next_value(me, string(&args[0])),
            CurrVal => {
                let oid = self.sequence(string(&args[0]))?.oid;
                let Some(value) = self.session(me).sequences.get(&oid) else {
                    let message =
                        format!("currval of sequence \"{}\" is not yet defined in this session", string(&args[0]));
                    return Err(SqlError::new("55000", message).into());
                };
                Value::BigInt(*value)
            }
            LastVal => {
                let session = self.session(me);
                let value = session.last_sequence.and_then(|oid| session.sequences.get(&oid));
                let Some(value) = value else {
                    return Err(SqlError::new("55000", "lastval is not yet defined in this session").into());
                };
                Value::BigInt(*value)
            }
            SetVal => {
                let sequence = self.sequence(string(&args[0]))?;
                let value = integer(&args[1]);
                let called = args.get(2).is_none_or(Value::is_true);
                self.sequences.insert(sequence.storage, (value, called));
                if called {
                    self.session_mut(me).sequences.insert(sequence.oid, value);
                }
                Value::BigInt(value)
            }
            AdvisoryLock | AdvisoryLockShared | AdvisoryXactLock | AdvisoryXactLockShared => {
                let shared = matches!(effect, AdvisoryLockShared | AdvisoryXactLockShared);
                let session = matches!(effect, AdvisoryLock | AdvisoryLockShared);
                self.acquire(me, advisory(args), advisory_mode(shared), self.advisory_hold(me, session))?;
                Value::Void
            }
            TryAdvisoryLock | TryAdvisoryLockShared | TryAdvisoryXactLock | TryAdvisoryXactLockShared => {
                let shared = matches!(effect, TryAdvisoryLockShared | TryAdvisoryXactLockShared);
                let session = matches!(effect, TryAdvisoryLock | TryAdvisoryLockShared);
                let hold = self.advisory_hold(me, session);
                Value::Bool(self.locks.try_acquire(me, advisory(args), advisory_mode(shared), hold))
            }
            AdvisoryUnlock | AdvisoryUnlockShared => {
                let mode = advisory_mode(effect == AdvisoryUnlockShared);
                let held = self.locks.release(me, advisory(args), mode, Hold::Session);
                if !held {
                    let message = format!("you don't own a lock of type {}", mode.name());
                    self.warn(me, "01000", &message);
                }
                Value::Bool(held)
            }
            AdvisoryUnlockAll => {
                self.locks.release_session(me);
                Value::Void
            }
            BlockingPids => {
                let pid = integer(&args[0]);
                let session = self.sessions.iter().find(|session| i64::from(session.pid()) == pid).map(|it| it.id);
                let blockers = session.map(|session| self.locks.blockers(session)).unwrap_or_default();
                let pid = |owner| match owner {
                    crate::locks::Owner::Session(session) => Value::Int(self.session(session).pid() as i32),
                    crate::locks::Owner::Prepared(_) => Value::Int(0),
                };
                Value::Array(blockers.into_iter().map(pid).collect())
            }
            CurrentSnapshot => {
                let snapshot = self.statement_snapshot(me)?;
                text(&top_level(&self.xacts, &snapshot))
            }
        })
    }

    fn sleep(&mut self, me: SessionId, args: &[Value]) -> Run<Value> {
        let clock = self.clock;
        let session = self.session_mut(me);
        match session.sleeps_until {
            Some(until) if until <= clock => {
                session.sleeps_until = None;
                Ok(Value::Void)
            }
            Some(_) => Err(Stop::Wait),
            None => {
                let seconds = if let Value::Float(seconds) = args[0] { seconds.max(0.0) } else { 0.0 };
                let micros = (seconds * 1e6).min(1e15) as u64;
                if micros == 0 {
                    return Ok(Value::Void);
                }
                session.sleeps_until = Some(clock + micros);
                Err(Stop::Wait)
            }
        }
    }

    /// Of the whole transaction.
    fn assign_top_xid(&mut self, me: SessionId) -> u32 {
        self.assign_xid(me);
        self.transaction(me).levels[0].xid.map_or(0, |xid| xid.0)
    }

    /// From 0 up to 1, by a seed: SplitMix64.
    fn random(&mut self) -> f64 {
        self.seed = self.seed.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.seed;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((z ^ (z >> 31)) >> 11) as f64 / (1u64 << 53) as f64
    }

    fn advisory_hold(&self, me: SessionId, session: bool) -> Hold {
        if session { Hold::Session } else { Hold::Transaction { level: self.level(me) } }
    }

    fn sequence(&self, name: &str) -> Result<Rc<crate::catalog::Sequence>, SqlError> {
        let plain = name.strip_prefix("public.").unwrap_or(name);
        let folded = match plain.strip_prefix('"').and_then(|it| it.strip_suffix('"')) {
            Some(quoted) => quoted.replace("\"\"", "\""),
            None => plain.to_lowercase(),
        };
        match self.catalog.lookup(&folded) {
            Some(Relation::Sequence(sequence)) => Ok(Rc::clone(sequence)),
            Some(_) => Err(SqlError::new("42809", format!("\"{folded}\" is not a sequence"))),
            None => Err(SqlError::new("42P01", format!("relation \"{folded}\" does not exist"))),
        }
    }

    /// The next number. It is gone even if the transaction is rolled back.
    fn next_value(&mut self, me: SessionId, name: &str) -> Run<Value> {
        let sequence = self.sequence(name)?;
        self.lock_relation(me, sequence.oid, LockMode::RowExclusive)?;
        let next = match self.sequences.get(&sequence.storage) {
            None => sequence.start,
            Some((value, false)) => *value,
            Some((value, true)) => match value.checked_add(sequence.increment) {
                Some(next) if (sequence.min..=sequence.max).contains(&next) => next,
                _ if sequence.cycle && sequence.increment > 0 => sequence.min,
                _ if sequence.cycle => sequence.max,
                _ => {
                    let (what, limit) =
                        if sequence.increment > 0 { ("maximum", sequence.max) } else { ("minimum", sequence.min) };
                    let message = format!("nextval: reached {what} value of sequence \"{}\" ({limit})", sequence.name);
                    return Err(SqlError::new("2200H", message).into());
                }
            },
        };
        self.sequences.insert(sequence.storage, (next, true));
        let session = self.session_mut(me);
        session.sequences.insert(sequence.oid, next);
        session.last_sequence = Some(sequence.oid);
        Ok(Value::BigInt(next))
    }
}

/// `pg_current_snapshot()` names top-level transactions alone.
fn top_level(xacts: &Xacts, snapshot: &super::xact::Snapshot) -> String {
    let running = snapshot.running.iter().copied().filter(|xid| xacts.top(*xid) == *xid).collect();
    super::xact::Snapshot { running: Rc::new(running), ..*snapshot }.to_string()
}

fn string(value: &Value) -> &str {
    match value {
        Value::Text(text) => text,
        _ => "",
    }
}

fn integer(value: &Value) -> i64 {
    match value {
        Value::Int(value) => i64::from(*value),
        Value::BigInt(value) => *value,
        _ => 0,
    }
}

fn advisory(args: &[Value]) -> LockTag {
    match args {
        [one] => LockTag::Advisory { key: integer(one), two: false },
        [high, low, ..] => LockTag::Advisory { key: (integer(high) << 32) | (integer(low) & 0xFFFF_FFFF), two: true },
        [] => LockTag::Advisory { key: i64::from(DATABASE), two: false },
    }
}

fn advisory_mode(shared: bool) -> LockMode {
    if shared { LockMode::Share } else { LockMode::Exclusive }
}
