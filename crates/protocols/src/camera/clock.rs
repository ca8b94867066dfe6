//! How much time a run takes, though its machine has no clock: see [`Figures`].

use crate::diagram::{Deed, Figures, Lane};

/// What time it is for each process, by cause and effect. (After Lamport, *Time, Clocks, and the Ordering of Events in a Distributed System*,
/// 1978.)
pub struct Clock {
    lanes: Vec<Process>,
    /// Of each message: when it was sent, and how many it took to get there.
    sent: Vec<Time>,
    messages: u32,
    /// Of locks that were let go.
    locked: u32,
    /// Since when processes disagree.
    disagree: Option<u32>,
    disagreed: u32,
}

#[derive(Clone, Copy, Default)]
struct Time {
    now: u32,
    chain: u32,
}

#[derive(Clone, Copy, Default)]
struct Process {
    time: Time,
    locked: Option<u32>,
}

impl Clock {
    pub fn new(lanes: &[Lane]) -> Self {
        let process = |lane: &Lane| Process { time: Time::default(), locked: lane.locked.then_some(0) };
        Self {
            lanes: lanes.iter().map(process).collect(),
            sent: Vec::new(),
            messages: 0,
            locked: 0,
            disagree: None,
            disagreed: 0,
        }
    }

    fn now(&self) -> u32 {
        self.lanes.iter().map(|lane| lane.time.now).max().unwrap_or_default()
    }

    /// A process sends a message: the next one.
    pub fn sends(&mut self, from: u8) {
        self.messages += 1;
        self.sent.push(self.lanes[usize::from(from)].time);
    }

    /// The network makes the next message of another one.
    pub fn sent(&mut self, of: u32) {
        self.sent.push(self.sent.get(of as usize).copied().unwrap_or_default());
    }

    /// A message arrives.
    pub fn arrives(&mut self, message: u32, to: u8) {
        let Some(&sent) = self.sent.get(message as usize) else { return };
        let time = &mut self.lanes[usize::from(to)].time;
        *time = Time { now: time.now.max(sent.now + 1), chain: time.chain.max(sent.chain + 1) };
    }

    /// A message is sent, and arrives or is lost, in one moment.
    pub fn carry(&mut self, from: u8, to: Option<u8>) {
        self.sends(from);
        if let Some(to) = to {
            self.arrives(self.sent.len() as u32 - 1, to);
        }
    }

    /// Something happens that takes time.
    pub fn happens(&mut self, deed: Deed, lane: Option<u8>) {
        let now = self.now();
        match (deed, lane) {
            (Deed::Clock, _) => self.lanes.iter_mut().for_each(|lane| lane.time.now = now + Figures::PATIENCE),
            (Deed::EarlyTimeout, Some(lane)) => self.lanes[usize::from(lane)].time.now += Figures::PATIENCE,
            // It was down while the others went on.
            (Deed::Restart, Some(lane)) => self.lanes[usize::from(lane)].time.now = now,
            _ => {}
        }
    }

    /// Whether a process holds a lock now.
    pub fn locks(&mut self, lane: usize, locked: bool) {
        let process = &mut self.lanes[lane];
        match (process.locked, locked) {
            (None, true) => process.locked = Some(process.time.now),
            (Some(since), false) => {
                self.locked += process.time.now.saturating_sub(since);
                process.locked = None;
            }
            _ => {}
        }
    }

    /// All that was counted so far. `at` is where the last thing happened.
    pub fn figures(&mut self, disagrees: bool, at: Option<u8>) -> Figures {
        let now = self.now();
        let here = at.map_or(now, |lane| self.lanes[usize::from(lane)].time.now);
        match (self.disagree, disagrees) {
            (None, true) => self.disagree = Some(here),
            (Some(since), false) => {
                self.disagreed += here.saturating_sub(since);
                self.disagree = None;
            }
            _ => {}
        }
        let open = |process: &Process| process.locked.map_or(0, |since| process.time.now.saturating_sub(since));
        Figures {
            messages: self.messages,
            chain: self.lanes.iter().map(|lane| lane.time.chain).max().unwrap_or_default(),
            now,
            locked: self.locked + self.lanes.iter().map(open).sum::<u32>(),
            inconsistent: self.disagreed + self.disagree.map_or(0, |since| now.saturating_sub(since)),
        }
    }
}
