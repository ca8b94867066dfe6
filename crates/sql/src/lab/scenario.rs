//! Everything a learner can set in the locking lab.

use serde::{Deserialize, Serialize};

/// A transaction isolation level. (Manual, 13.2)
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Isolation {
    #[default]
    ReadCommitted,
    RepeatableRead,
    Serializable,
}

impl Isolation {
    pub const ALL: [Isolation; 3] = [Isolation::ReadCommitted, Isolation::RepeatableRead, Isolation::Serializable];

    /// As SQL spells it.
    pub fn sql(self) -> &'static str {
        match self {
            Isolation::ReadCommitted => "READ COMMITTED",
            Isolation::RepeatableRead => "REPEATABLE READ",
            Isolation::Serializable => "SERIALIZABLE",
        }
    }
}

/// One session's statements.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Script {
    /// `Alice`, `worker 1`.
    pub name: String,
    /// SQL, a statement after the other, `;` between them. Comments are shown with the statement that follows.
    pub sql: String,
}

/// A run of the locking lab.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Scenario {
    /// SQL that prepares the tables. It has committed before the sessions begin.
    pub setup: String,
    /// One to four.
    pub sessions: Vec<Script>,
    /// Whose statement runs next, by index of the session, one entry a statement. A session that waits is passed over and its turn is
    /// kept for when it can run. When the list ends, the sessions that have statements left take turns.
    pub schedule: Vec<u8>,
    /// The level of transactions that do not name one (`default_transaction_isolation`).
    pub isolation: Isolation,
    /// A query that must return true when all has ended. Empty: no rule.
    pub invariant: String,
}
