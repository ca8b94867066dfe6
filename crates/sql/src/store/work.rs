//! What statements do, counted in the terms of PostgreSQL's costs, and what that takes in virtual time. Equal statements on equal data
//! take equal time, on every machine. (Manual, 20.7.2 "Planner Cost Constants")

use super::Micros;
use crate::error::SqlError;
use serde::{Deserialize, Serialize};
use std::ops::{AddAssign, Sub};

/// Work that was done. What the planner foresees as a cost, counted as it happens.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Work {
    /// Statements that were begun.
    pub statements: u64,
    /// Tables and indexes that were planned with.
    pub relations: u64,
    /// Pages that were read in their order. (`seq_page_cost`)
    pub pages: u64,
    /// Pages that were read wherever they lie, those of indexes among them. (`random_page_cost`)
    pub jumps: u64,
    /// Rows that were looked at, kept or handed up. (`cpu_tuple_cost`)
    pub rows: u64,
    /// Entries of indexes that were looked at. (`cpu_index_tuple_cost`)
    pub entries: u64,
    /// Operators and functions that were called, comparisons of a sort among them. (`cpu_operator_cost`)
    pub operators: u64,
    /// Versions of rows and entries of indexes that were written.
    pub writes: u64,
    /// Commits that had to reach the disk.
    pub flushes: u64,
}

/// What one of each takes, in nanoseconds: those of a server of some years ago that has all pages in memory, where a scan of 100,000 narrow
/// rows takes some ten milliseconds and a search for one row by its key some tens of microseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pace {
    /// Parsing, planning and starting it: PostgreSQL's costs know nothing of this.
    pub statement: u64,
    pub relation: u64,
    pub page: u64,
    pub jump: u64,
    pub row: u64,
    pub entry: u64,
    pub operator: u64,
    pub write: u64,
    pub flush: u64,
}

impl Default for Pace {
    fn default() -> Self {
        Self {
            statement: 40_000,
            relation: 20_000,
            page: 500,
            jump: 1_000,
            row: 50,
            entry: 25,
            operator: 15,
            write: 1_000,
            flush: 200_000,
        }
    }
}

/// What one string of statements may return and take at most. There is no end to it unless somebody sets one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bounds {
    /// Rows of a result, and bytes of their text.
    pub rows: u64,
    pub bytes: u64,
    /// Virtual time, waits aside.
    pub time: Micros,
}

impl Default for Bounds {
    fn default() -> Self {
        Self { rows: u64::MAX, bytes: u64::MAX, time: u64::MAX }
    }
}

impl Bounds {
    /// A result of so many rows and bytes. 54000 if it is too large.
    pub fn check_result(&self, rows: u64, bytes: u64) -> Result<(), SqlError> {
        if rows > self.rows {
            let hint =
                format!("A result has {} rows at most here. Add a LIMIT, or ask for a page at a time.", self.rows);
            return Err(SqlError::new("54000", "this statement returns more rows than are supported here").hint(hint));
        }
        if bytes > self.bytes {
            let hint = format!("A result has {} bytes at most here. Add a LIMIT, or select fewer columns.", self.bytes);
            return Err(SqlError::new("54000", "this statement returns more bytes than are supported here").hint(hint));
        }
        Ok(())
    }

    /// A statement that has taken so long. 57014 if that is too long.
    pub fn check_time(&self, taken: Micros) -> Result<(), SqlError> {
        if taken <= self.time {
            return Ok(());
        }
        let hint = format!("A statement takes {} ms of virtual time at most here.", self.time / 1_000);
        Err(SqlError::new("57014", "canceling statement because it takes too long").hint(hint))
    }
}

impl Pace {
    /// What some work takes, in nanoseconds.
    pub fn nanos(&self, work: &Work) -> u64 {
        let parts = [
            (work.statements, self.statement),
            (work.relations, self.relation),
            (work.pages, self.page),
            (work.jumps, self.jump),
            (work.rows, self.row),
            (work.entries, self.entry),
            (work.operators, self.operator),
            (work.writes, self.write),
            (work.flushes, self.flush),
        ];
        parts.iter().fold(0, |sum, (count, each)| sum.saturating_add(count.saturating_mul(*each)))
    }

    /// The same in microseconds, of which whatever was done takes one at least.
    pub fn micros(&self, work: &Work) -> Micros {
        self.nanos(work).div_ceil(1_000)
    }
}

impl Sub for Work {
    type Output = Self;

    fn sub(self, before: Self) -> Self {
        Self {
            statements: self.statements - before.statements,
            relations: self.relations - before.relations,
            pages: self.pages - before.pages,
            jumps: self.jumps - before.jumps,
            rows: self.rows - before.rows,
            entries: self.entries - before.entries,
            operators: self.operators - before.operators,
            writes: self.writes - before.writes,
            flushes: self.flushes - before.flushes,
        }
    }
}

impl AddAssign for Work {
    fn add_assign(&mut self, more: Self) {
        self.statements += more.statements;
        self.relations += more.relations;
        self.pages += more.pages;
        self.jumps += more.jumps;
        self.rows += more.rows;
        self.entries += more.entries;
        self.operators += more.operators;
        self.writes += more.writes;
        self.flushes += more.flushes;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_too_much_is_said() {
        let bounds = Bounds { rows: 2, bytes: 10, time: 5_000 };
        assert_eq!(bounds.check_result(2, 10), Ok(()));
        let error = bounds.check_result(3, 0).expect_err("three are too many");
        assert_eq!(
            error.hint.as_deref(),
            Some("A result has 2 rows at most here. Add a LIMIT, or ask for a page at a time.")
        );
        assert_eq!(bounds.check_result(1, 11).expect_err("eleven are too many").code, "54000");
        assert_eq!(bounds.check_time(5_000), Ok(()));
        assert_eq!(bounds.check_time(5_001).expect_err("it is too long").code, "57014");
    }

    #[test]
    fn a_scan_of_a_hundred_thousand_rows_takes_ten_milliseconds() {
        let work = Work { statements: 1, pages: 637, rows: 100_000, operators: 200_000, ..Work::default() };
        assert_eq!(Pace::default().micros(&work), 8_359);
    }
}
