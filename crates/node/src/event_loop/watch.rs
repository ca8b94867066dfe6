//! Writes the log of what is asked of the database. Nothing here changes what happens.

use crate::database::{Asker, Checkout, Connection, DatabaseLog, PoolCounts, Query};
use crate::scene::Nanos;
use interleave_kernel::Served;
use std::collections::{BTreeMap, VecDeque};

/// The log, while it is being written.
#[derive(Default)]
pub struct Watch {
    pub log: DatabaseLog,
    texts: BTreeMap<String, u32>,
    /// Queries that were sent and not served, by connection.
    sent: BTreeMap<u32, VecDeque<usize>>,
}

impl Watch {
    /// A query is asked; its number.
    pub fn ask(&mut self, text: &str, parameters: u32, asker: Asker, frame: u32, now: Nanos) -> u32 {
        let known = self.texts.get(text).copied();
        let text = known.unwrap_or_else(|| {
            let index = self.log.texts.len() as u32;
            self.log.texts.push(text.to_owned());
            self.texts.insert(text.to_owned(), index);
            index
        });
        self.log.queries.push(Query { text, parameters, asker, frame, asked: now, ..Query::default() });
        self.log.queries.len() as u32 - 1
    }

    /// A query has a connection, which a check-out got for it or which the program had.
    pub fn assign(&mut self, query: u32, checkout: Option<u32>, now: Nanos) {
        if let Some(query) = self.log.queries.get_mut(query as usize) {
            query.acquired.get_or_insert(now);
            query.checkout = checkout.or(query.checkout);
        }
    }

    /// A query leaves.
    pub fn send(&mut self, number: u32, connection: u32, now: Nanos) {
        if let Some(query) = self.log.queries.get_mut(number as usize) {
            (query.connection, query.sent) = (Some(connection), Some(now));
            self.sent.entry(connection).or_default().push_back(number as usize);
        }
    }

    /// A query fails before it was sent.
    pub fn fail(&mut self, query: u32, error: &str) {
        if let Some(query) = self.log.queries.get_mut(query as usize) {
            query.error.get_or_insert_with(|| error.to_owned());
        }
    }

    /// The server has answered; `arrives` says when that will be here.
    pub fn serve(&mut self, served: Served, arrives: Nanos) {
        let query = self.sent.get_mut(&served.connection).and_then(VecDeque::pop_front);
        if let Some(query) = query.and_then(|number| self.log.queries.get_mut(number)) {
            (query.began, query.ended, query.waited) = (Some(served.began), Some(served.ended), served.waited);
            (query.answered, query.rows, query.bytes) = (Some(arrives), served.rows, served.bytes);
            query.error = served.error;
        }
    }

    /// A connection is opened; they are numbered in that order.
    pub fn open(&mut self, now: Nanos) {
        self.log.connections.push(Connection { opened: now, ..Connection::default() });
    }

    pub fn ready(&mut self, connection: u32, now: Nanos) {
        if let Some(connection) = self.log.connections.get_mut(connection as usize) {
            connection.ready.get_or_insert(now);
        }
    }

    pub fn close(&mut self, connection: u32, now: Nanos) {
        if let Some(connection) = self.log.connections.get_mut(connection as usize) {
            connection.closed.get_or_insert(now);
        }
    }

    /// Somebody asks a pool for a connection; the number of that.
    pub fn check_out(&mut self, pool: u32, asker: Asker, now: Nanos) -> u32 {
        self.log.checkouts.push(Checkout { asker, pool, asked: now, ..Checkout::default() });
        self.log.checkouts.len() as u32 - 1
    }

    pub fn checked_out(&mut self, checkout: u32, connection: Option<u32>, now: Nanos) {
        if let Some(checkout) = self.log.checkouts.get_mut(checkout as usize) {
            (checkout.acquired, checkout.connection) = (Some(now), connection);
        }
    }

    pub fn release(&mut self, checkout: u32, now: Nanos) {
        if let Some(checkout) = self.log.checkouts.get_mut(checkout as usize) {
            checkout.released.get_or_insert(now);
        }
    }

    pub fn give_up(&mut self, checkout: u32, now: Nanos) {
        if let Some(checkout) = self.log.checkouts.get_mut(checkout as usize) {
            checkout.failed.get_or_insert(now);
        }
    }

    pub fn count(&mut self, counts: PoolCounts) {
        let last = self.log.pools.iter().rev().find(|known| known.pool == counts.pool);
        if last.is_none_or(|last| PoolCounts { at: counts.at, ..*last } != counts) {
            self.log.pools.push(counts);
        }
    }
}
