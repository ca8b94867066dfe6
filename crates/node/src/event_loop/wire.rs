//! The wire to a host beyond the program: what is on its way there and back.

use crate::scene::Nanos;
use interleave_kernel::{Exchange, Packet, Remote, Segment, Served};
use std::collections::{BTreeMap, VecDeque};

/// Most bytes that a socket hands over at once, as libuv reads them.
const CHUNK: usize = 65_536;
/// Nanoseconds that a byte of an answer takes on the wire: 1 Gbit/s.
const BYTE: Nanos = 8;

/// One program's connections to a host.
pub struct Wire<C> {
    host: Box<dyn Remote>,
    /// Time from here to there.
    half: Nanos,
    connections: BTreeMap<u32, Connection<C>>,
    next_connection: u32,
    /// What is on its way to the host, in order.
    outgoing: VecDeque<Packet>,
    /// When the host wants to be asked again.
    due: Option<Nanos>,
    /// Bytes that have arrived here.
    pub received: usize,
    /// What the host has worked on and nobody has noted yet.
    pub served: Vec<Served>,
}

struct Connection<C> {
    /// What the loop calls when something has arrived.
    receive: C,
    /// What has been sent here and was not taken yet, in order.
    inbox: VecDeque<Segment>,
    /// When the last of it arrives: nothing overtakes it.
    last: Nanos,
}

/// Something that arrives here.
pub struct Arrival<C> {
    pub at: Nanos,
    pub receive: C,
}

impl<C: Clone> Wire<C> {
    /// A wire to `host`, which is `half` away.
    pub fn new(host: Box<dyn Remote>, half: Nanos) -> Self {
        Self {
            host,
            half,
            connections: BTreeMap::new(),
            next_connection: 0,
            outgoing: VecDeque::new(),
            due: None,
            received: 0,
            served: Vec::new(),
        }
    }

    /// How long something takes to get there.
    pub fn half(&self) -> Nanos {
        self.half
    }

    /// Opens a connection; its number.
    pub fn open(&mut self, now: Nanos, receive: C) -> u32 {
        let connection = self.next_connection;
        self.next_connection += 1;
        self.connections.insert(connection, Connection { receive, inbox: VecDeque::new(), last: 0 });
        self.send(now, connection, Segment::Open);
        connection
    }

    /// Sends something on a connection.
    pub fn send(&mut self, now: Nanos, connection: u32, carries: Segment) {
        self.outgoing.push_back(Packet { connection, at: now + self.half, carries });
    }

    /// Nobody listens to a connection any more.
    pub fn forget(&mut self, connection: u32) {
        self.connections.remove(&connection);
    }

    /// Takes what has arrived first.
    pub fn take(&mut self, connection: u32) -> Option<Segment> {
        self.connections.get_mut(&connection)?.inbox.pop_front()
    }

    /// When something happens at the host next.
    pub fn next(&self) -> Option<Nanos> {
        self.outgoing.front().map(|packet| packet.at).into_iter().chain(self.due).min()
    }

    /// Lets the host do what it does up to `now`; what will arrive here because of it.
    pub fn advance(&mut self, now: Nanos) -> Vec<Arrival<C>> {
        if self.next().is_none_or(|next| next > now) {
            return Vec::new();
        }
        let there = self.outgoing.partition_point(|packet| packet.at <= now);
        let Exchange { sent, due, served } = self.host.exchange(self.outgoing.drain(..there).collect(), now);
        self.due = due;
        self.served.extend(served);
        let mut arrivals = Vec::new();
        for Packet { connection, at, carries } in sent {
            let Some(connection) = self.connections.get_mut(&connection) else { continue };
            for segment in chunks(carries) {
                let bytes = if let Segment::Data(bytes) = &segment { bytes.len() } else { 0 };
                self.received += bytes;
                connection.last = connection.last.max(at + self.half) + transmission(bytes as u64);
                connection.inbox.push_back(segment);
                arrivals.push(Arrival { at: connection.last, receive: connection.receive.clone() });
            }
        }
        arrivals
    }
}

/// How long bytes of an answer take on the wire, one after the other.
pub fn transmission(bytes: u64) -> Nanos {
    bytes * BYTE
}

/// A segment in the pieces that a socket reads it in.
fn chunks(segment: Segment) -> Vec<Segment> {
    match segment {
        Segment::Data(bytes) if bytes.len() > CHUNK => {
            bytes.chunks(CHUNK).map(|chunk| Segment::Data(chunk.to_vec())).collect()
        }
        segment => vec![segment],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Sends everything back at once, and is never busy.
    struct Echo;

    impl Remote for Echo {
        fn exchange(&mut self, arrived: Vec<Packet>, _until: Nanos) -> Exchange {
            Exchange { sent: arrived, ..Exchange::default() }
        }
    }

    #[test]
    fn half_of_a_round_trip_there_and_half_of_it_back() {
        let mut wire = Wire::new(Box::new(Echo), 500);
        let connection = wire.open(0, ());
        wire.send(100, connection, Segment::Data(vec![7]));
        assert_eq!(wire.next(), Some(500));
        assert!(wire.advance(499).is_empty());
        let at: Vec<_> = wire.advance(600).iter().map(|arrival| arrival.at).collect();
        assert_eq!(at, [1_000, 1_108]);
        assert_eq!(wire.take(connection), Some(Segment::Open));
        assert_eq!(wire.take(connection), Some(Segment::Data(vec![7])));
        assert_eq!((wire.take(connection), wire.next()), (None, None));
    }

    #[test]
    fn a_long_answer_arrives_in_pieces() {
        let mut wire = Wire::new(Box::new(Echo), 0);
        let connection = wire.open(0, ());
        wire.send(0, connection, Segment::Data(vec![0; 100_000]));
        let at: Vec<_> = wire.advance(0).iter().map(|arrival| arrival.at).collect();
        assert_eq!(at, [0, 524_288, 800_000]);
    }
}
