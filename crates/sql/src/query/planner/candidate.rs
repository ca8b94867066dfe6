//! Ways to get some rows that might be the best, and which of them are kept. (PostgreSQL's `add_path`)

use super::access::{Path, provides};
use super::cost::Cost;
use super::join_cost::Side;
use super::notes::Called;
use crate::expr::Expr;
use crate::query::plan::{Again, AggStrategy, JoinKind, Plan, SortKey};
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
    Ready { plan: Plan, columns: Vec<usize>, conditions: Vec<Expr>, called: Called },
    Join {
        kind: JoinKind,
        method: Method,
        left: Rc<Shape>,
        right: Rc<Shape>,
        keys: Vec<(Expr, Expr)>,
        /// All conditions but the keys.
        on: Vec<Expr>,
        /// What the left and the right are thought to cost and to return, each time they are run.
        sides: [Side; 2],
        /// It was thought of the other way round. (`JOIN_RIGHT`)
        reversed: bool,
    },
    /// Conditions above an outer join.
    Filter { input: Rc<Shape>, conditions: Vec<Expr> },
    /// Of rows with equal keys one.
    Unique { input: Rc<Shape>, keys: Vec<Expr>, strategy: AggStrategy, below: Side },
}

#[derive(Clone, Debug)]
pub enum Method {
    /// `lateral`: the right is run for each row of the left.
    Loop {
        lateral: bool,
        again: Again,
    },
    Hash,
    /// Sides that do not come in the order of the keys are sorted.
    Merge {
        sort_left: Vec<SortKey>,
        sort_right: Vec<SortKey>,
    },
}

/// What does not matter when costs are compared.
const FUZZ: f64 = 1.01;

/// How two costs compare when a hundredth does not matter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Compared {
    Better,
    Worse,
    Equal,
    Different,
}

/// Keeps what no other beats, the cheapest first. `startup` matters when only some rows are fetched.
pub fn add(kept: &mut Vec<Candidate>, new: Candidate, startup: bool) {
    let (mut place, mut at) = (0, 0);
    while let Some(old) = kept.get(at) {
        let costs = compare(new.cost, old.cost, FUZZ, startup);
        let order = orders(&new, old);
        let (fewer, more) = (new.rows <= old.rows, new.rows >= old.rows);
        let (beats, is_beaten) = match (costs, order) {
            (Compared::Different, _) | (_, Compared::Different) => (false, false),
            (Compared::Equal, Compared::Equal) => {
                let better = compare(new.cost, old.cost, 1.000_000_000_1, startup) == Compared::Better;
                let better = if fewer && more { better } else { fewer };
                (better, !better)
            }
            (Compared::Equal, Compared::Better) => (fewer, false),
            (Compared::Equal, Compared::Worse) => (false, more),
            (Compared::Better, _) => (order != Compared::Worse && fewer, false),
            (Compared::Worse, _) => (false, order != Compared::Better && more),
        };
        if is_beaten {
            return;
        }
        if beats {
            kept.remove(at);
            continue;
        }
        at += 1;
        if new.cost.total >= old.cost.total {
            place = at;
        }
    }
    kept.insert(place, new);
}

/// Whether a way that needs a row of another relation is no better than one of those that do not.
pub fn is_beaten(new: &Path, kept: &[Candidate], startup: bool) -> bool {
    kept.iter().any(|old| {
        new.rows >= old.rows && matches!(compare(new.cost, old.cost, FUZZ, startup), Compared::Equal | Compared::Worse)
    })
}

/// The cheapest to its end.
pub fn cheapest(kept: &[Candidate]) -> &Candidate {
    first_by(kept, |cost| (cost.total, cost.startup))
}

/// The cheapest to its first row.
pub fn quickest(kept: &[Candidate]) -> &Candidate {
    first_by(kept, |cost| (cost.startup, cost.total))
}

/// The least by some costs; of equals one in a better order. (`set_cheapest`)
fn first_by(kept: &[Candidate], costs: impl Fn(Cost) -> (f64, f64)) -> &Candidate {
    let mut best = &kept[0];
    for other in &kept[1..] {
        let (new, old) = (costs(other.cost), costs(best.cost));
        if new < old || (new == old && orders(other, best) == Compared::Better) {
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
