//! How much a scenario may be. A script cannot run forever: it has no loops, and only so many statements.

/// Columns of sessions.
pub const SESSIONS: usize = 4;
/// Bytes of SQL: the setup, the scripts and the invariant together.
pub const BYTES: usize = 1_000_000;
/// Statements of all sessions together.
pub const STATEMENTS: usize = 400;
/// Statements of the setup; those after them are not run.
pub const SETUP: usize = 2_000;
/// Rows of a table that a frame shows.
pub const TABLE_ROWS: usize = 40;
/// Tables that a frame shows.
pub const TABLES: usize = 12;
/// Versions of a row that a frame shows: the newest.
pub const VERSIONS: usize = 12;
/// Lines of the lock table that a frame shows.
pub const LOCKS: usize = 120;
/// Rows of a result that are kept.
pub const RESULT_ROWS: usize = 20;
/// Characters of a cell that are kept.
pub const CELL: usize = 200;
/// Microseconds of virtual time that a statement takes to be sent: who waits longer has waited since earlier.
pub const STATEMENT_TIME: u64 = 1_000;
/// Rows that a statement may look at.
pub const FUEL: u64 = 3_000_000;

/// A cell, or its beginning.
pub fn cut(cell: &str) -> String {
    match cell.char_indices().nth(CELL) {
        Some((end, _)) => format!("{}…", &cell[..end]),
        None => cell.to_owned(),
    }
}
