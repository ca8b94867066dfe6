use serde::{Deserialize, Serialize};

/// Virtual time in nanoseconds since the program started.
pub type Nanos = u64;

/// A host on the network beyond a program: a server that another model is.
///
/// Neither model depends on the other: whoever runs the program knows bytes, connections and when they arrive. All that crosses is plain
/// data in one call, so the two may as well be modules that hand each other bytes.
///
/// Time passes for a host only in [`Remote::exchange`], and *never* backwards.
pub trait Remote {
    /// Everything that happens at the host up to the time `until`: what arrives there, in the order in which it does, and what happens by
    /// itself. The answer is what it sends, and when it wants to be asked again.
    fn exchange(&mut self, arrived: Vec<Packet>, until: Nanos) -> Exchange;
}

/// Something on the wire.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Packet {
    /// Numbers the connections that a program opens, from 0.
    pub connection: u32,
    /// On its way to a host: when it arrives there. From it: when it leaves.
    pub at: Nanos,
    pub carries: Segment,
}

/// What a packet does to its connection. (TCP, without what makes it reliable)
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Segment {
    /// The connection is made.
    Open,
    Data(Vec<u8>),
    /// This side will send nothing more.
    End,
    /// The connection is gone, whatever was on its way.
    Reset,
}

/// What a host does in a stretch of time.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Exchange {
    /// What leaves it, in order for each connection. It may leave later than the time that was asked about: nothing will stop it.
    pub sent: Vec<Packet>,
    /// When something happens by itself next, so that it has to be asked again; `None` if nothing does.
    pub due: Option<Nanos>,
    /// What it has worked on, for whoever watches.
    pub served: Vec<Served>,
}

/// One request that a host has answered.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Served {
    pub connection: u32,
    /// When it was taken up, and when its answer left.
    pub began: Nanos,
    pub ended: Nanos,
    /// How much of that it waited for somebody else.
    pub waited: Nanos,
    /// Rows of the answer, or rows that were changed if it has none.
    pub rows: u64,
    /// Bytes of the answer.
    pub bytes: u64,
    /// The code of the error it ended in.
    pub error: Option<String>,
}
