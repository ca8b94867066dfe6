//! New orders for queues. (`ExpandConstraints`, `TopoSort` in `deadlock.c`)

use super::{LockManager, LockTag};
use crate::store::SessionId;

/// A session waits for another only because that one is in front of it. To reverse the edge is to put it in front.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct SoftEdge {
    pub waiter: SessionId,
    pub blocker: SessionId,
    pub tag: LockTag,
}

/// A queue as it might be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Order {
    pub tag: LockTag,
    pub sessions: Vec<SessionId>,
}

/// Orders for the queues of all edges in which these are reversed. `None` if they contradict each other.
pub(super) fn expand(locks: &LockManager, reversed: &[SoftEdge]) -> Option<Vec<Order>> {
    let mut orders: Vec<Order> = Vec::new();
    // The edge that was added last is the only one that can fail.
    for edge in reversed.iter().rev() {
        if orders.iter().all(|order| order.tag != edge.tag) {
            let queue = locks.queue_of(edge.tag).iter().map(|waiting| waiting.session).collect();
            orders.push(Order { tag: edge.tag, sessions: sort(queue, edge.tag, reversed)? });
        }
    }
    Some(orders)
}

/// Sorts a queue so that each edge's waiter comes before its blocker, with as little change as possible: from the end, whoever
/// is last and need not be in front of anyone that is still to be placed.
fn sort(queue: Vec<SessionId>, tag: LockTag, reversed: &[SoftEdge]) -> Option<Vec<SessionId>> {
    let place = |session| queue.iter().position(|queued| *queued == session);
    let edges: Vec<(usize, usize)> = reversed
        .iter()
        .filter(|edge| edge.tag == tag)
        .filter_map(|edge| Some((place(edge.waiter)?, place(edge.blocker)?)))
        .collect();
    let mut before = vec![0; queue.len()];
    for (waiter, _) in &edges {
        before[*waiter] += 1;
    }
    let mut left: Vec<usize> = (0..queue.len()).collect();
    let mut sorted = Vec::with_capacity(queue.len());
    while !left.is_empty() {
        let next = left.remove(left.iter().rposition(|place| before[*place] == 0)?);
        sorted.push(queue[next]);
        for (waiter, _) in edges.iter().filter(|(_, blocker)| *blocker == next) {
            before[*waiter] -= 1;
        }
    }
    sorted.reverse();
    Some(sorted)
}
