//! What a program asked of its database, and when: data for whoever draws or lists it.
//!
//! It stands on the tape once, with the first frame. A frame shows as much of it as its clock says: all times are virtual ones since the
//! process started, so ten thousand queries cost no frame anything.

use crate::scene::Nanos;
use serde::{Deserialize, Serialize};

/// Everything a program asked of its database.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DatabaseLog {
    /// Time to the server and back.
    pub round_trip: Nanos,
    /// Every text that was sent, once.
    pub texts: Vec<String>,
    /// In the order in which they were asked.
    pub queries: Vec<Query>,
    /// By the number that queries and check-outs call them.
    pub connections: Vec<Connection>,
    /// Who asked a pool for a connection, in order.
    pub checkouts: Vec<Checkout>,
    /// How many connections pools had, whenever that changed.
    pub pools: Vec<PoolCounts>,
}

/// Where in the program something was asked: also if a package asked on its behalf.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asker {
    /// From 1.
    pub line: Option<u32>,
    /// The innermost function of the program, if it was on the stack.
    pub function: Option<String>,
}

/// One query, from the call to the answer. Times that are missing were not reached.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Query {
    /// Index into [`DatabaseLog::texts`].
    pub text: u32,
    pub parameters: u32,
    pub asker: Asker,
    /// The frame after which it was asked.
    pub frame: u32,
    pub asked: Nanos,
    /// Index into [`DatabaseLog::checkouts`], for one that a pool found a connection for.
    pub checkout: Option<u32>,
    /// When it had a connection: later than `asked` if it waited for a pool.
    pub acquired: Option<Nanos>,
    pub connection: Option<u32>,
    /// When it left: later than `acquired` if the connection was busy with another one.
    pub sent: Option<Nanos>,
    /// When the server took it up, and when its answer left there.
    pub began: Option<Nanos>,
    pub ended: Option<Nanos>,
    /// How much of that it waited for somebody's lock, or slept.
    pub waited: Nanos,
    /// When the answer had arrived.
    pub answered: Option<Nanos>,
    /// Rows that came back, or that were changed.
    pub rows: u64,
    /// Bytes of the answer.
    pub bytes: u64,
    /// The code of the error that it ended in; its message, if it has no code.
    pub error: Option<String>,
}

/// One connection.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Connection {
    pub opened: Nanos,
    /// When it could be used.
    pub ready: Option<Nanos>,
    pub closed: Option<Nanos>,
}

/// Somebody asks a pool for a connection and gives it back, or not.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Checkout {
    pub asker: Asker,
    pub pool: u32,
    pub asked: Nanos,
    pub acquired: Option<Nanos>,
    pub connection: Option<u32>,
    pub released: Option<Nanos>,
    /// When patience ended, or the pool had no connection to give.
    pub failed: Option<Nanos>,
}

/// What a pool counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PoolCounts {
    pub at: Nanos,
    pub pool: u32,
    pub total: u32,
    pub idle: u32,
    pub waiting: u32,
}
