//! Ways to get some rows that might be the best, and which of them are kept. (PostgreSQL's `add_path`)

use super::access::{Path, provides};
use super::cost::Cost;
use crate::expr::Expr;
use crate::query::plan::{JoinKind, Plan, SortKey};
use std::rc::Rc;

/// A way to get rows.
#[derive(Clone, Debug)]
pub struct Candidate {
    pub shape: Rc<Shape>,
    pub cost: Cost,
    pub rows: f64,
    /// Over the flat row.
    pub order: Vec<SortKey>,
}

/// What a candidate is made of. Everything is over the flat row until one is chosen.
#[derive(Clone, Debug)]
pub enum Shape {
    /// A table. Columns of other relations among the conditions are those of the loop's row.
    Scan { relation: usize, path: Path, conditions: Vec<Expr> },
    /// Something that is planned already, with its flat columns.
    Ready { plan: Plan, columns: Vec<usize>, conditions: Vec<Expr> },
    Join {
        kind: JoinKind,
        method: Method,
        left: Rc<Shape>,
        right: Rc<Shape>,
        keys: Vec<(Expr, Expr)>,
        /// All conditions but the keys.
        on: Vec<Expr>,
    },
    /// Conditions above an outer join.
    Filter { input: Rc<Shape>, conditions: Vec<Expr> },
}

#[derive(Clone, Debug)]
pub enum Method {
    /// `lateral`: the right is run for each row of the left.
    Loop {
        lateral: bool,
    },
    Hash,
    /// Sides that do not come in the order of the keys are sorted.
    Merge {
        sort_left: Vec<SortKey>,
        sort_right: Vec<SortKey>,
    },
}

/// How two costs compare when a hundredth does not matter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Compared {
    Better,
    Worse,
    Equal,
    Different,
}

/// Keeps what no other beats. `startup` matters when only some rows are fetched.
pub fn add(kept: &mut Vec<Candidate>, new: Candidate, startup: bool) {
    let mut accepted = true;
    kept.retain(|old| {
        if !accepted {
            return true;
        }
        let order = orders(&new, old);
        match compare(new.cost, old.cost, 1.01, startup) {
            Compared::Equal => match order {
                Compared::Equal => {
                    let better = compare(new.cost, old.cost, 1.000_000_000_1, startup) == Compared::Better;
                    accepted = better;
                    !better
                }
                Compared::Better => false,
                Compared::Worse => {
                    accepted = false;
                    true
                }
                Compared::Different => true,
            },
            Compared::Better => !matches!(order, Compared::Equal | Compared::Better),
            Compared::Worse => {
                accepted = !matches!(order, Compared::Equal | Compared::Worse);
                true
            }
            Compared::Different => true,
        }
    });
    if accepted {
        kept.push(new);
    }
}

/// The cheapest to its end.
pub fn cheapest(kept: &[Candidate]) -> &Candidate {
    let better = |best: &'_ Candidate, other: &'_ Candidate| {
        other.cost.total < best.cost.total
            || (other.cost.total == best.cost.total && other.cost.startup < best.cost.startup)
    };
    let mut best = &kept[0];
    for other in &kept[1..] {
        if better(best, other) {
            best = other;
        }
    }
    best
}

fn compare(new: Cost, old: Cost, fuzz: f64, startup: bool) -> Compared {
    if new.total > old.total * fuzz {
        return if startup && old.startup > new.startup * fuzz { Compared::Different } else { Compared::Worse };
    }
    if old.total > new.total * fuzz {
        return if startup && new.startup > old.startup * fuzz { Compared::Different } else { Compared::Better };
    }
    if new.startup > old.startup * fuzz {
        Compared::Worse
    } else if old.startup > new.startup * fuzz {
        Compared::Better
    } else {
        Compared::Equal
    }
}

fn orders(new: &Candidate, old: &Candidate) -> Compared {
    let constant = |_: &Expr| false;
    match (provides(&new.order, &old.order, &constant), provides(&old.order, &new.order, &constant)) {
        (true, true) => Compared::Equal,
        (true, false) => Compared::Better,
        (false, true) => Compared::Worse,
        (false, false) => Compared::Different,
    }
}
