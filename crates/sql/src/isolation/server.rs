//! What the tester and the shell need of a store with sessions: send text, take what comes back, let time pass.

use crate::error::SqlError;
use crate::query::plan::OutputColumn;
use crate::store::{Micros, SessionId};

/// Something a session sends back. The order matters: a notice belongs before the result it came before.
#[derive(Clone, Debug, PartialEq)]
pub enum Reply {
    /// A result set, its values as text. `None` is NULL. `tag` is the command's: `SELECT 2`, `INSERT 0 1` with RETURNING.
    Rows { columns: Vec<OutputColumn>, rows: Vec<Vec<Option<String>>>, tag: String },
    /// A command that returns no rows: `BEGIN`, `UPDATE 1`.
    Command(String),
    /// The string held no statement at all. (`EmptyQueryResponse`)
    Empty,
    /// `NOTICE`, `WARNING`, `INFO` and the like.
    Notice { severity: &'static str, message: SqlError },
    /// `ERROR` or `FATAL`. Nothing more comes of the string.
    Error { severity: &'static str, error: SqlError },
}

/// Sessions, and the clock they share.
///
/// Whatever can go on goes on at once: after [`Server::send`], [`Server::cancel`] and [`Server::advance_to`] every session
/// is idle or waits, for a lock, a safe snapshot or an alarm. Sessions that were woken together go on in the order in which
/// they were woken.
pub trait Server {
    /// A new session. The name is for people.
    fn connect(&mut self, name: &str) -> SessionId;

    /// Gives an idle session a string of statements. (A simple query: one implicit transaction.)
    fn send(&mut self, session: SessionId, sql: &str);

    /// Whether its string is not at its end.
    fn is_busy(&self, session: SessionId) -> bool;

    /// Whether it waits for a lock that one of `others` holds or asked for earlier, or for a safe snapshot. A lock of a
    /// prepared transaction does not count. (`pg_isolation_test_session_is_blocked`)
    fn is_blocked(&self, session: SessionId, others: &[SessionId]) -> bool;

    /// What it sent since the last call, in order.
    fn take_replies(&mut self, session: SessionId) -> Vec<Reply>;

    /// `canceling statement due to user request`, if the session is busy.
    fn cancel(&mut self, session: SessionId);

    /// When something happens by itself next: the end of a `pg_sleep`, a deadlock check, a timeout. `None` when nothing
    /// will.
    fn next_alarm(&self) -> Option<Micros>;

    /// Moves the clock to `time`, and does everything that is due until then, in its order.
    fn advance_to(&mut self, time: Micros);

    /// What the clock shows.
    fn now(&self) -> Micros;
}
