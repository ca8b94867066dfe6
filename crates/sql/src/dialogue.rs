//! Databases that another model keeps its data in: requests in, answers out, as text.
//!
//! ```
//! use interleave_kernel::{Answer, Request};
//!
//! let say = |session, sql: &str| Request::Statement { session, sql: sql.into() };
//! let script = vec![
//!     say(0, "CREATE TABLE account (balance int)"),
//!     say(0, "BEGIN"),
//!     say(0, "INSERT INTO account VALUES (100)"),
//!     Request::Disconnect { session: 0 },
//!     say(0, "SELECT count(*) FROM account"),
//! ];
//! let answers = interleave_sql::dialogue::answers(&[script]);
//! assert_eq!(answers[0][4], Answer::Rows(vec![vec![Some("0".into())]]), "it had not committed");
//! ```

use crate::isolation::{Reply, Server};
use crate::lab::budget::{FUEL, RESULT_ROWS, STATEMENT_TIME, cut};
use crate::store::{SessionId, Store};
use interleave_kernel::{Answer, Request};
use std::collections::BTreeMap;

/// Requests to all databases together; those after them are refused.
const REQUESTS: usize = 50_000;
/// Bytes of one statement.
const STATEMENT: usize = 10_000;

/// Answers the requests of each script, in order. Every script has a database of its own, with nothing in it. It *never* fails: what goes
/// wrong is an answer.
///
/// Whoever has to wait is answered that it [waits](Answer::Waits), and goes on by itself when it can; so is whatever its session is asked
/// meanwhile. Nobody sleeps, for no time passes but what statements take.
pub fn answers(scripts: &[Vec<Request>]) -> Vec<Vec<Answer>> {
    let mut left = REQUESTS;
    let mut answers = |script: &Vec<Request>| {
        let mut database = Database::default();
        let mut answer = |request| match left.checked_sub(1) {
            Some(fewer) => {
                left = fewer;
                database.answer(request)
            }
            None => refused(format!("more than {REQUESTS} requests are not supported here")),
        };
        script.iter().map(&mut answer).collect()
    };
    scripts.iter().map(&mut answers).collect()
}

/// A database and who is connected to it.
#[derive(Default)]
struct Database {
    store: Store,
    /// By the number that requests call them.
    sessions: BTreeMap<u8, SessionId>,
}

impl Database {
    fn answer(&mut self, request: &Request) -> Answer {
        match request {
            Request::Statement { sql, .. } if sql.len() > STATEMENT => {
                refused(format!("a statement of more than {STATEMENT} bytes is not supported here"))
            }
            Request::Statement { session, sql } => {
                let session = self.session(*session);
                self.run(session, sql)
            }
            Request::Disconnect { session } => {
                let session = self.session(*session);
                self.store.disconnect(session);
                Answer::Gone
            }
        }
    }

    fn session(&mut self, number: u8) -> SessionId {
        let store = &mut self.store;
        *self.sessions.entry(number).or_insert_with(|| store.open_session(&format!("session {number}")))
    }

    fn run(&mut self, session: SessionId, sql: &str) -> Answer {
        if self.store.is_busy(session) {
            return Answer::Waits;
        }
        self.store.take_replies(session); // what came of a statement that waited
        self.store.clock += STATEMENT_TIME;
        self.store.fuel = FUEL;
        self.store.send(session, sql);
        match self.store.is_busy(session) {
            true => Answer::Waits,
            false => answer(&self.store.take_replies(session)),
        }
    }
}

/// What the replies to one string of statements come to: the error, if there is one, or the last result.
fn answer(replies: &[Reply]) -> Answer {
    let answer = |reply: &Reply| match reply {
        Reply::Rows { rows, .. } => {
            let row = |row: &Vec<Option<String>>| row.iter().map(|cell| cell.as_deref().map(cut)).collect();
            Some(Answer::Rows(rows.iter().take(RESULT_ROWS).map(row).collect()))
        }
        Reply::Command(tag) => Some(Answer::Done(tag.clone())),
        Reply::Error { error, .. } => Some(Answer::Failed { code: error.code.into(), message: error.message.clone() }),
        Reply::Empty | Reply::Notice { .. } => None,
    };
    replies.iter().rev().find_map(answer).unwrap_or_else(|| Answer::Done(String::new()))
}

/// Too much was asked. (`program_limit_exceeded`)
fn refused(message: String) -> Answer {
    Answer::Failed { code: "54000".into(), message }
}
