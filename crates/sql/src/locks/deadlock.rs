//! Finding deadlocks. (`deadlock.c` and the lock manager's `README`)
//!
//! A session waits for those who hold what excludes its request (a *hard* edge), and for those in front of it in the queue
//! whose request excludes its own (a *soft* edge). A cycle with a soft edge can be broken by changing the order of a queue.

use super::reorder::{Order, SoftEdge, expand};
use super::{DeadlockCheck, DeadlockEdge, LockManager, Owner};
use crate::store::SessionId;

/// How many edges are reversed at the same time before the search gives up. (PostgreSQL's limit is its number of backends.)
const MOST_CONSTRAINTS: usize = 100;

impl LockManager {
    /// Looks for a deadlock that a session is part of, when its `deadlock_timeout` has passed, and rearranges queues if that
    /// helps: whoever can be served then is woken. After [`DeadlockCheck::Hard`] the session is still queued:
    /// [`LockManager::cancel_wait`] takes it out.
    pub fn check_deadlock(&mut self, session: SessionId) -> DeadlockCheck {
        if self.waiting(session).is_none() {
            return DeadlockCheck::None;
        }
        let mut search = Search::new(self);
        if !search.solve(session) {
            // Once more for the report, with the queues as they are.
            search.orders.clear();
            search.find_cycle(session);
            let mut cycle = search.cycle;
            cycle.reverse();
            return DeadlockCheck::Hard(cycle);
        }
        let orders = search.orders;
        for Order { tag, sessions } in &orders {
            let range = self.queue_range(*tag);
            let place = |session: SessionId| sessions.iter().position(|ordered| *ordered == session);
            self.queue[range].sort_by_key(|waiting| place(waiting.session));
            self.hand_on(*tag);
        }
        if orders.is_empty() { DeadlockCheck::None } else { DeadlockCheck::Rearranged }
    }
}

/// A search for orders of the queues in which nobody waits forever.
struct Search<'a> {
    locks: &'a LockManager,
    /// Edges that are to be reversed.
    constraints: Vec<SoftEdge>,
    /// Queues as they would be then.
    orders: Vec<Order>,
    /// Whom the walk has met; the first is where it began.
    visited: Vec<Owner>,
    /// The cycle that was found last, its end first.
    cycle: Vec<DeadlockEdge>,
}

impl<'a> Search<'a> {
    fn new(locks: &'a LockManager) -> Self {
        Self { locks, constraints: Vec::new(), orders: Vec::new(), visited: Vec::new(), cycle: Vec::new() }
    }

    /// Tries to reverse one soft edge after the other, and others beside it. `false` if nothing helps.
    /// (`DeadLockCheckRecurse`)
    fn solve(&mut self, start: SessionId) -> bool {
        let Some(edges) = self.test(start) else { return false };
        if edges.is_empty() {
            return true;
        }
        if self.constraints.len() >= MOST_CONSTRAINTS {
            return false;
        }
        for edge in edges {
            self.constraints.push(edge);
            if self.solve(start) {
                return true;
            }
            self.constraints.pop();
        }
        false
    }

    /// The soft edges of a cycle that is left with the present constraints; none if no cycle is left. `None` if they cannot
    /// be met, or leave a cycle without soft edges. (`TestConfiguration`)
    fn test(&mut self, start: SessionId) -> Option<Vec<SoftEdge>> {
        self.orders = expand(self.locks, &self.constraints)?;
        let mut found = Vec::new();
        // The session that asked comes last: its own soft cycle is to be dealt with first, and the last one counts.
        let ends: Vec<_> = self.constraints.iter().flat_map(|edge| [edge.waiter, edge.blocker]).collect();
        for session in ends.into_iter().chain([start]) {
            if let Some(soft) = self.find_cycle(session) {
                if soft.is_empty() {
                    return None;
                }
                found = soft;
            }
        }
        Some(found)
    }

    /// Whether a session is part of a cycle, and that cycle's soft edges, the last one first. (`FindLockCycle`)
    fn find_cycle(&mut self, start: SessionId) -> Option<Vec<SoftEdge>> {
        self.visited.clear();
        self.cycle.clear();
        let mut soft = Vec::new();
        self.walk(start.into(), &mut soft).then_some(soft)
    }

    fn walk(&mut self, owner: Owner, soft: &mut Vec<SoftEdge>) -> bool {
        if let Some(met) = self.visited.iter().position(|visited| *visited == owner) {
            return met == 0;
        }
        self.visited.push(owner);
        let locks = self.locks;
        let Owner::Session(session) = owner else { return false };
        let Some(waiting) = locks.waiting(session) else { return false };
        let (tag, mode) = (waiting.tag, waiting.mode);
        let edge = |blocker| DeadlockEdge { waiter: session, tag, mode, blocker };

        // Hard edges first: who blocks in both ways is not got rid of by reordering.
        for member in locks.members_of(tag) {
            if member.owner != owner && member.held.meets(mode.conflicts()) && self.walk(member.owner, soft) {
                self.cycle.push(edge(member.owner));
                return true;
            }
        }
        for place in 0..locks.queue_of(tag).len() {
            let ordered = self.orders.iter().find(|order| order.tag == tag).map(|order| order.sessions[place]);
            let ahead = ordered.unwrap_or(locks.queue_of(tag)[place].session);
            if ahead == session {
                break;
            }
            let excludes = locks.waiting(ahead).is_some_and(|request| mode.conflicts().contains(request.mode));
            if excludes && self.walk(ahead.into(), soft) {
                self.cycle.push(edge(ahead.into()));
                soft.push(SoftEdge { waiter: session, blocker: ahead, tag });
                return true;
            }
        }
        false
    }
}
