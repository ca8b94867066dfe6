//! The database server: cores that active connections share.
//!
//! With no more active connections than cores, each has a core of its own. With *n* active ones on *c* cores each gets an equal share (processor
//! sharing, Kleinrock, *Queueing Systems II*, §4.4), of less than there was: the whole is worth *c* / (1 + κ (*n* − *c*)) cores. The term κ
//! (*n* − *c*) is what switching between processes, caches that are shared by more and spin locks cost. It grows with the connections that are too
//! many, as the coherency term of Gunther's universal scalability law does (*Guerrilla Capacity Planning*, 2007, §4) with all of them. Real servers
//! have a knee of that shape; κ is a setting, not a measurement.

use super::Micros;
use std::collections::BTreeMap;

/// Work in progress, on cores that it shares.
#[derive(Clone, Debug)]
pub struct Server {
    cores: usize,
    /// κ, in thousandths.
    overhead: u32,
    /// How much each that is active has been given since the server was idle: all are given the same.
    given: f64,
    clock: Micros,
    /// What is done when `given` has come to so much, and then in the order of beginning. (The bits of numbers that are not negative are in
    /// their order.)
    jobs: BTreeMap<(u64, u64), usize>,
    begun: u64,
}

impl Server {
    pub fn new(cores: usize, overhead: u32) -> Self {
        Self { cores, overhead, given: 0.0, clock: 0, jobs: BTreeMap::new(), begun: 0 }
    }

    /// Connections that have work here.
    pub fn active(&self) -> usize {
        self.jobs.len()
    }

    /// Cores at work.
    pub fn busy(&self) -> usize {
        self.active().min(self.cores)
    }

    /// How fast an active connection is served: 1 is a core of its own.
    pub fn pace(&self) -> f64 {
        let too_many = self.active().saturating_sub(self.cores) as f64;
        let cores = self.busy() as f64 / (1.0 + f64::from(self.overhead) / 1000.0 * too_many);
        cores / self.active().max(1) as f64
    }

    /// A connection begins to have work that takes so long on a core of its own.
    pub fn begin(&mut self, now: Micros, connection: usize, work: Micros) {
        self.pass(now);
        if self.jobs.is_empty() {
            self.given = 0.0;
        }
        self.jobs.insert(((self.given + work as f64).to_bits(), self.begun), connection);
        self.begun += 1;
    }

    /// When the next one is done, if nothing begins or ends before.
    pub fn next(&self) -> Option<Micros> {
        let ((done, _), _) = self.jobs.first_key_value()?;
        let left = (f64::from_bits(*done) - self.given).max(0.0);
        Some(self.clock + libm::ceil(left / self.pace()) as Micros)
    }

    /// The next one is done: its time has come.
    pub fn finish(&mut self, now: Micros) -> Option<usize> {
        self.pass(now);
        let ((done, _), connection) = self.jobs.pop_first()?;
        self.given = self.given.max(f64::from_bits(done));
        Some(connection)
    }

    /// A connection is closed in the middle of its work.
    pub fn drop_work(&mut self, now: Micros, connection: usize) {
        self.pass(now);
        self.jobs.retain(|_, other| *other != connection);
    }

    fn pass(&mut self, now: Micros) {
        self.given += (now - self.clock) as f64 * self.pace();
        self.clock = now;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_has_a_core_of_its_own_while_there_are_enough() {
        let mut server = Server::new(2, 500);
        server.begin(0, 7, 10);
        server.begin(4, 8, 10);
        assert_eq!(server.next(), Some(10));
        assert_eq!(server.finish(10), Some(7));
        assert_eq!(server.next(), Some(14));
        assert_eq!(server.finish(14), Some(8));
        assert_eq!((server.next(), server.active()), (None, 0));
    }

    #[test]
    fn more_than_the_cores_share_them() {
        let mut server = Server::new(1, 0);
        server.begin(0, 1, 10);
        server.begin(0, 2, 10);
        // Half a core each: the first is done after 20, and so is the second.
        assert_eq!((server.pace(), server.next()), (0.5, Some(20)));
        assert_eq!(server.finish(20), Some(1));
        assert_eq!(server.next(), Some(20));
        assert_eq!(server.finish(20), Some(2));
    }

    #[test]
    fn those_who_are_too_many_cost_something() {
        let mut server = Server::new(4, 50);
        (0..24).for_each(|connection| server.begin(0, connection, 1_000));
        // 4 cores are worth 4 / (1 + 0.05 × 20) = 2, for 24.
        assert_eq!(server.pace(), 2.0 / 24.0);
        assert_eq!(server.next(), Some(12_000));
    }

    #[test]
    fn who_comes_late_slows_down_who_is_there() {
        let mut server = Server::new(1, 0);
        server.begin(0, 1, 10);
        server.begin(5, 2, 2);
        // 5 are left of the first, 2 of the second: half a core each until 9, then the first alone.
        assert_eq!((server.next(), server.finish(9)), (Some(9), Some(2)));
        assert_eq!(server.next(), Some(12));
        server.drop_work(10, 1);
        assert_eq!(server.next(), None);
    }
}
