//! Lamport's mutual exclusion without a shared memory: `specifications/lamport_mutex/LamportMutex.tla`, model `MCLamportMutex.cfg`: three
//! processes, clocks up to six. (Lamport, *Time, Clocks, and the Ordering of Events in a Distributed System*, CACM 21.7, 1978)

use super::{every_order, figures};
use interleave_kernel::explore::{Explorable, Rule};
use interleave_kernel::{Machine, Note, Violation};
use serde::{Deserialize, Serialize};

const N: usize = 3;
const MAX_CLOCK: u8 = 6;

#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Message {
    Request(u8),
    Acknowledge,
    Release,
}

/// By process; `[p][q]` is what `p` knows of `q`, or the link from `p` to `q`.
#[derive(Clone, Default, Hash)]
struct Mutex {
    clock: [u8; N],
    /// The clock of a request; 0 is none.
    request: [[u8; N]; N],
    acknowledged: [[bool; N]; N],
    network: [[Queue; N]; N],
    critical: [bool; N],
}

/// At most three messages (`BoundedNetwork`), the first one first.
#[derive(Clone, Copy, Default, Hash)]
struct Queue([Option<Message>; 3]);

impl Queue {
    fn push(&mut self, message: Message) {
        *self.0.iter_mut().find(|place| place.is_none()).expect("no link ever carries more than three") = Some(message);
    }

    fn pop(&mut self) -> Option<Message> {
        self.0.rotate_left(1);
        self.0[2].take()
    }
}

#[derive(Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
enum Action {
    Request(usize),
    Enter(usize),
    Exit(usize),
    /// The first message to `.0` from `.1`.
    Receive(usize, usize),
}

impl Mutex {
    fn beats(&self, p: usize, q: usize) -> bool {
        let (mine, other) = (self.request[p][p], self.request[p][q]);
        other == 0 || (mine, p) < (other, q)
    }

    fn broadcast(&mut self, p: usize, message: Message) {
        (0..N).filter(|&q| q != p).for_each(|q| self.network[p][q].push(message));
    }

    fn receive(&mut self, p: usize, q: usize) {
        match self.network[q][p].pop() {
            Some(Message::Request(clock)) => {
                self.request[p][q] = clock;
                self.clock[p] = self.clock[p].max(clock) + 1;
                self.network[p][q].push(Message::Acknowledge);
            }
            Some(Message::Acknowledge) => self.acknowledged[p][q] = true,
            Some(Message::Release) => self.request[p][q] = 0,
            None => {}
        }
    }
}

impl Machine for Mutex {
    type Action = Action;

    fn actions(&self) -> Vec<Action> {
        let mut actions = Vec::new();
        for p in 0..N {
            actions.extend((self.request[p][p] == 0).then_some(Action::Request(p)));
            let first = (0..N).all(|q| q == p || self.beats(p, q));
            actions.extend((self.acknowledged[p] == [true; N] && first).then_some(Action::Enter(p)));
            actions.extend(self.critical[p].then_some(Action::Exit(p)));
            let senders = (0..N).filter(|&q| self.network[q][p].0[0].is_some());
            actions.extend(senders.map(|q| Action::Receive(p, q)));
        }
        actions
    }

    fn step(&mut self, action: &Action) -> Note {
        let before = self.clone();
        match *action {
            Action::Request(p) => {
                self.request[p][p] = self.clock[p];
                self.broadcast(p, Message::Request(self.clock[p]));
                self.acknowledged[p] = [false; N];
                self.acknowledged[p][p] = true;
            }
            Action::Enter(p) => self.critical[p] = true,
            Action::Exit(p) => {
                self.critical[p] = false;
                self.broadcast(p, Message::Release);
                self.request[p][p] = 0;
                self.acknowledged[p] = [false; N];
            }
            Action::Receive(p, q) => self.receive(p, q),
        }
        // TLC generates and counts a state beyond its constraint, and takes it in nowhere: so does a step that leads back.
        if self.clock.iter().any(|&clock| clock > MAX_CLOCK) {
            *self = before;
        }
        Note::default()
    }

    fn violations(&self) -> Vec<Violation> {
        let inside = self.critical.iter().filter(|&&inside| inside).count();
        Vec::from_iter((inside > 1).then(|| Violation { rule: "mutual exclusion".into(), note: Note::default() }))
    }
}

impl Explorable for Mutex {
    fn rules(&self) -> Vec<Rule<Self>> {
        vec![Rule::always("mutual exclusion")]
    }
}

#[test]
#[cfg_attr(debug_assertions, ignore = "three million steps: for optimised builds")]
fn the_algorithm_has_the_figures_of_its_manifest() {
    let found = every_order(&Mutex { clock: [1; N], ..Mutex::default() }, false);
    assert_eq!(figures(&found), (724_274, 2_729_079, 61));
    assert!(found.is_fine());
}
