//! The statements of a transaction, by strategy.

use super::Strategy;

/// What a client does next in its transaction. Numbers are those of the errand's accounts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    Begin,
    Read(usize),
    /// In the application: takes time, and no statement.
    Work,
    Write(usize),
    Commit,
}

/// What was read of an account.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Seen {
    pub balance: i64,
    pub version: i64,
}

/// What prepares the table. Every account counts its changes, whoever makes them and however: the count tells what was lost, and
/// is the version that optimistic locking checks.
pub fn setup(rows: u32) -> [String; 2] {
    [
        "CREATE TABLE accounts (id int PRIMARY KEY, balance int NOT NULL, version int NOT NULL)".into(),
        format!("INSERT INTO accounts SELECT n, 100, 0 FROM generate_series(1, {rows}) AS n"),
    ]
}

/// How many changes the table has counted.
pub const COUNT: &str = "SELECT sum(version) FROM accounts";

/// A transaction that changes so many accounts.
pub fn program(strategy: Strategy, accounts: usize) -> Vec<Step> {
    let mut steps = vec![Step::Begin];
    // The atomic update needs nothing that was read: its work is done before a row is touched, so that nobody waits for it.
    if strategy != Strategy::Atomic {
        steps.extend((0..accounts).map(Step::Read));
    }
    steps.push(Step::Work);
    steps.extend((0..accounts).map(Step::Write));
    steps.push(Step::Commit);
    steps
}

pub fn begin(strategy: Strategy) -> &'static str {
    match strategy {
        Strategy::Serializable => "BEGIN ISOLATION LEVEL SERIALIZABLE",
        _ => "BEGIN",
    }
}

pub fn read(strategy: Strategy, id: u32) -> String {
    let lock = if strategy == Strategy::ForUpdate { " FOR UPDATE" } else { "" };
    format!("SELECT balance, version FROM accounts WHERE id = {id}{lock}")
}

/// Adds `amount` to an account of which `seen` was read.
pub fn write(strategy: Strategy, id: u32, amount: i64, seen: Seen) -> String {
    if strategy == Strategy::Atomic {
        return format!("UPDATE accounts SET balance = balance + {amount}, version = version + 1 WHERE id = {id}");
    }
    let (balance, version) = (seen.balance + amount, seen.version + 1);
    let unchanged = match strategy {
        Strategy::Version => format!(" AND version = {}", seen.version),
        _ => String::new(),
    };
    format!("UPDATE accounts SET balance = {balance}, version = {version} WHERE id = {id}{unchanged}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_strategy_in_sql() {
        let seen = Seen { balance: 100, version: 7 };
        let statements: Vec<String> = Strategy::ALL.into_iter().map(|strategy| write(strategy, 3, -1, seen)).collect();
        assert_eq!(
            statements,
            [
                "UPDATE accounts SET balance = 99, version = 8 WHERE id = 3",
                "UPDATE accounts SET balance = balance + -1, version = version + 1 WHERE id = 3",
                "UPDATE accounts SET balance = 99, version = 8 WHERE id = 3",
                "UPDATE accounts SET balance = 99, version = 8 WHERE id = 3 AND version = 7",
                "UPDATE accounts SET balance = 99, version = 8 WHERE id = 3",
            ]
        );
        assert_eq!(read(Strategy::ForUpdate, 3), "SELECT balance, version FROM accounts WHERE id = 3 FOR UPDATE");
        assert_eq!(program(Strategy::Atomic, 1), [Step::Begin, Step::Work, Step::Write(0), Step::Commit]);
        assert_eq!(
            program(Strategy::Version, 2),
            [Step::Begin, Step::Read(0), Step::Read(1), Step::Work, Step::Write(0), Step::Write(1), Step::Commit]
        );
    }
}
