//! The store as a server that a tester or a shell talks to: whatever can go on goes on at once.

use super::session::WaitOn;
use super::{Micros, SessionId, Store};
use crate::error::SqlError;
use crate::isolation::{Reply, Server};
use crate::locks::Owner;

impl Store {
    /// Lets every session go on that was woken, in order, until none is.
    pub fn settle(&mut self) {
        loop {
            let woken = self.take_woken();
            if woken.is_empty() {
                return;
            }
            for session in woken {
                self.go_on(session);
            }
        }
    }
}

impl Server for Store {
    fn connect(&mut self, name: &str) -> SessionId {
        self.open_session(name)
    }

    fn send(&mut self, session: SessionId, sql: &str) {
        self.start(session, sql);
        self.settle();
    }

    fn is_busy(&self, session: SessionId) -> bool {
        self.session(session).is_busy()
    }

    fn is_blocked(&self, session: SessionId, others: &[SessionId]) -> bool {
        match self.session(session).waiting.map(|waiting| waiting.on) {
            Some(WaitOn::SafeSnapshot) => true,
            Some(WaitOn::Lock(_)) => {
                let named = |owner: Owner| matches!(owner, Owner::Session(session) if others.contains(&session));
                self.locks.blockers(session).into_iter().any(named)
            }
            _ => false,
        }
    }

    fn take_replies(&mut self, session: SessionId) -> Vec<Reply> {
        std::mem::take(&mut self.session_mut(session).replies)
    }

    fn cancel(&mut self, session: SessionId) {
        if self.session(session).is_busy() {
            let error = SqlError::new("57014", "canceling statement due to user request");
            self.session_mut(session).interrupt = Some(error);
            self.go_on(session);
            self.settle();
        }
    }

    fn next_alarm(&self) -> Option<Micros> {
        Store::next_alarm(self)
    }

    fn advance_to(&mut self, time: Micros) {
        while let Some(able) = self.ring_next(time) {
            if let Some(session) = able {
                self.go_on(session);
            }
            self.settle();
        }
    }

    fn now(&self) -> Micros {
        self.clock
    }
}
