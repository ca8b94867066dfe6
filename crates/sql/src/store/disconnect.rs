//! The end of a connection. (`ShutdownPostgres` in `postinit.c`, `ProcKill` in `proc.c`)

use super::session::Session;
use super::{SessionId, Store};
use std::rc::Rc;

impl Store {
    /// The connection of a session is gone, whatever it was busy with. What it had not committed is undone and what it held is given
    /// back; a transaction that it had prepared stays, for any session to end. Whoever goes on with the number is a new connection.
    pub fn disconnect(&mut self, me: SessionId) {
        self.session_mut(me).running = None;
        self.rollback(me);
        self.locks.cancel_wait(me);
        self.locks.release_session(me);
        let session = self.session(me);
        let (name, transactions) = (Rc::clone(&session.name), session.transactions);
        let new = Session::new(me, &name, Rc::clone(&self.defaults));
        *self.session_mut(me) = Session { transactions, ..new };
        self.see_all(); // its temporary tables are gone
        self.settle();
    }
}
