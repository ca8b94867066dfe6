//! Node's timer lists (lib/internal/timers.js): one list per duration, the lists by expiry.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// Milliseconds of the loop's clock.
pub type Millis = u64;
/// Identifies a timer; in order of creation.
pub type TimerId = u32;

type ListId = u64;

/// All timers of one duration, in the order in which they were armed.
#[derive(Debug)]
struct List {
    duration: Millis,
    /// When to look at this list again: not before its first timer is due.
    expiry: Millis,
    /// The timers and when each was armed.
    timers: VecDeque<(TimerId, Millis)>,
}

/// Every armed timer.
#[derive(Debug, Default)]
pub struct TimerLists {
    lists: BTreeMap<ListId, List>,
    by_duration: BTreeMap<Millis, ListId>,
    /// Node's priority queue: lists by expiry, then by the number they were given when it was last changed.
    queue: BTreeSet<(Millis, ListId)>,
    /// The list in which an armed timer is.
    home: BTreeMap<TimerId, ListId>,
    next_list: ListId,
}

/// What a list that has expired offers.
#[derive(Debug, PartialEq, Eq)]
pub enum Next {
    /// A list that has expired but whose first timer is not due; it was put back with a later expiry.
    PutBack,
    /// A list that has expired and is empty; it was removed.
    Emptied,
    /// A timer that is due; it is still in its list.
    Due(TimerId),
}

impl TimerLists {
    /// Arms a timer at `start` for `duration` milliseconds (Node's `insert`).
    pub fn insert(&mut self, id: TimerId, duration: Millis, start: Millis) {
        self.remove(id);
        let list = *self.by_duration.entry(duration).or_insert_with(|| {
            let list = self.next_list;
            self.next_list += 1;
            let expiry = start + duration;
            self.lists.insert(list, List { duration, expiry, timers: VecDeque::new() });
            self.queue.insert((expiry, list));
            list
        });
        self.lists.get_mut(&list).expect("a list of this duration exists").timers.push_back((id, start));
        self.home.insert(id, list);
    }

    /// Takes a timer out, wherever it is. Its list stays, to be found empty later.
    pub fn remove(&mut self, id: TimerId) {
        if let Some(list) = self.home.remove(&id)
            && let Some(list) = self.lists.get_mut(&list)
        {
            list.timers.retain(|&(other, _)| other != id);
        }
    }

    /// Takes a timer out and, as `clearTimeout` does for a timer that keeps the process alive, its list when it is empty.
    pub fn unenroll(&mut self, id: TimerId) {
        let list = self.home.get(&id).copied();
        self.remove(id);
        if let Some(list) = list
            && self.lists.get(&list).is_some_and(|list| list.timers.is_empty())
        {
            self.drop_list(list);
        }
    }

    /// When the first list expires.
    pub fn next_expiry(&self) -> Option<Millis> {
        self.queue.first().map(|&(expiry, _)| expiry)
    }

    /// The list that `processTimers` would run at `now`.
    pub fn expired(&self, now: Millis) -> Option<u64> {
        self.queue.first().filter(|&&(expiry, _)| expiry <= now).map(|&(_, list)| list)
    }

    /// One look at a list, as the loop of `listOnTimeout` does; the timer stays in its list.
    pub fn look(&mut self, list: u64, now: Millis) -> Next {
        let Some(entry) = self.lists.get_mut(&list) else { return Next::Emptied };
        let Some(&(id, start)) = entry.timers.front() else {
            self.drop_list(list);
            return Next::Emptied;
        };
        if now.saturating_sub(start) >= entry.duration {
            return Next::Due(id);
        }
        // Too early: the list is numbered anew, behind those that already expire at that time.
        self.queue.remove(&(entry.expiry, list));
        entry.expiry = (start + entry.duration).max(now + 1);
        let renumbered = self.next_list;
        self.next_list += 1;
        let entry = self.lists.remove(&list).expect("it was just there");
        self.queue.insert((entry.expiry, renumbered));
        for (id, _) in &entry.timers {
            self.home.insert(*id, renumbered);
        }
        self.by_duration.insert(entry.duration, renumbered);
        self.lists.insert(renumbered, entry);
        Next::PutBack
    }

    /// Whether a timer is armed.
    pub fn is_armed(&self, id: TimerId) -> bool {
        self.home.contains_key(&id)
    }

    fn drop_list(&mut self, list: ListId) {
        if let Some(entry) = self.lists.remove(&list) {
            self.queue.remove(&(entry.expiry, list));
            self.by_duration.remove(&entry.duration);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Runs everything due at `now` and says which timers, in order.
    fn run(lists: &mut TimerLists, now: Millis) -> Vec<TimerId> {
        let mut ran = Vec::new();
        while let Some(list) = lists.expired(now) {
            while let Next::Due(id) = lists.look(list, now) {
                lists.remove(id);
                ran.push(id);
            }
        }
        ran
    }

    #[test]
    fn a_list_runs_whole_before_the_next_one() {
        let mut lists = TimerLists::default();
        lists.insert(1, 10, 0);
        lists.insert(2, 12, 0);
        lists.insert(3, 10, 5); // due at 15, but in the list that expires first
        assert_eq!(run(&mut lists, 20), [1, 3, 2]);
    }

    #[test]
    fn a_list_that_is_too_early_is_put_back_behind_its_equals() {
        let mut lists = TimerLists::default();
        lists.insert(1, 10, 0);
        lists.insert(2, 10, 5); // due at 15
        lists.insert(3, 15, 0); // due at 15, its list older than the renumbered one
        assert_eq!(run(&mut lists, 10), [1]);
        assert_eq!(lists.next_expiry(), Some(15));
        assert_eq!(run(&mut lists, 15), [3, 2]);
        assert_eq!(lists.next_expiry(), None);
    }

    #[test]
    fn a_cleared_timer_takes_its_empty_list_with_it() {
        let mut lists = TimerLists::default();
        lists.insert(1, 10, 0);
        lists.unenroll(1);
        assert_eq!(lists.next_expiry(), None);
        lists.insert(2, 10, 3);
        assert_eq!(lists.next_expiry(), Some(13));
    }
}
