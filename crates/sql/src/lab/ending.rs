//! How a run ended: the invariant, who committed, and by what name it goes.

use super::chronicle::chronicle;
use super::machine::{Happened, Locking, outcome};
use super::scene::{Ending, Outcome};
use super::verdict::history::{Fate, History};
use super::verdict::{Finding, find};
use crate::store::Store;

/// A finished run, judged.
#[derive(Clone, Debug)]
pub struct Judgement {
    pub history: History,
    pub finding: Finding,
    /// `None`: there is no rule.
    pub invariant: Option<Result<bool, String>>,
    pub happened: Happened,
    /// Sessions that wait for somebody who will never go on.
    pub stuck: bool,
    /// So much was read and written that nobody kept it.
    pub too_much: bool,
}

impl Judgement {
    /// Judges a machine that offers nothing any more. `base` is its store before the first statement.
    pub fn of(machine: &Locking, base: &Store, invariant: &str, named: bool) -> Self {
        let history = chronicle(&machine.store, base, machine.lanes.len(), named);
        let too_much = history.is_none();
        let history = history.unwrap_or_default();
        let finding = find(&history);
        Self {
            finding,
            history,
            invariant: holds(machine, invariant),
            happened: machine.happened,
            stuck: machine.waiting().next().is_some(),
            too_much,
        }
    }

    /// Transactions that committed, and that did not.
    pub fn counts(&self) -> (u32, u32) {
        let fates = self.history.transactions.iter().map(|transaction| transaction.fate);
        fates.fold((0, 0), |(committed, aborted), fate| match fate {
            Fate::Committed(_) => (committed + 1, aborted),
            Fate::Aborted => (committed, aborted + 1),
            Fate::Open => (committed, aborted),
        })
    }

    /// Whether nothing is wrong with it.
    pub fn is_fine(&self) -> bool {
        self.finding.anomaly.is_none() && !matches!(self.invariant, Some(Ok(false) | Err(_)))
    }

    /// Every way in which it ended.
    pub fn endings(&self) -> Vec<Ending> {
        let all = self.history.transactions.iter().all(|transaction| matches!(transaction.fate, Fate::Committed(_)));
        let flags = [
            (all && !self.happened.failed && !self.stuck, Ending::Committed),
            (self.happened.waited, Ending::Waited),
            (self.happened.failed, Ending::Aborted),
            (self.happened.deadlocks > 0, Ending::Deadlocked),
            (matches!(self.invariant, Some(Ok(false) | Err(_))), Ending::InvariantBroken),
        ];
        let anomaly = self.finding.anomaly.map(Ending::Anomaly);
        flags.into_iter().filter(|(is, _)| *is).map(|(_, ending)| ending).chain(anomaly).collect()
    }
}

/// Asks whether the invariant holds now: a query that returns one true.
pub fn holds(machine: &Locking, invariant: &str) -> Option<Result<bool, String>> {
    if invariant.trim().is_empty() {
        return None;
    }
    let mut store = machine.store.clone();
    store.history = None;
    store.fuel = super::budget::FUEL;
    let asker = machine.housekeeper();
    store.start(asker, invariant);
    if store.session(asker).is_busy() {
        return Some(Err(
            "The rule cannot be asked: it would have to wait for a transaction that is still open.".into()
        ));
    }
    let replies = std::mem::take(&mut store.session_mut(asker).replies);
    Some(match outcome(&replies) {
        Some(Outcome::Rows(rows)) => match (rows.total, rows.rows.first().map(Vec::as_slice)) {
            (1, Some([Some(truth)])) if truth == "t" => Ok(true),
            (1, Some([Some(truth)])) if truth == "f" => Ok(false),
            (1, Some([Some(other)])) => Err(format!("The rule returned {other}, and should return true or false.")),
            (1, Some([None])) => Err("The rule returned null, and should return true or false.".into()),
            (1, Some(row)) => Err(format!("The rule returned {} columns, and should return one.", row.len())),
            (total, _) => Err(format!("The rule returned {total} rows, and should return one.")),
        },
        Some(Outcome::Error(failure)) => Err(format!("The rule fails: {}", failure.message)),
        _ => Err("The rule is no query.".into()),
    })
}
