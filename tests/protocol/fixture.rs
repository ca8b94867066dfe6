//! Runs made by hand, moment by moment.

use interleave_kernel::Note;
use interleave_protocols::diagram::{
    Arrow, Broken, Deed, Diagram, End, Entry, History, Lane, Moment, Offer, Place, Rule, Status, Tone, Waits,
};

/// A run that is being made.
#[derive(Clone, Default)]
pub struct Run(pub Diagram);

impl Run {
    /// Nothing has happened yet between those.
    pub fn of(lanes: &[&str]) -> Self {
        let lane = |name: &&str| Lane { name: (*name).into(), ..Lane::default() };
        let mut run = Self(Diagram { lanes: lanes.iter().map(lane).collect(), ..Diagram::default() });
        run.moment(None, Deed::Rest, false, "");
        run
    }

    fn moment(&mut self, lane: Option<u8>, deed: Deed, writes: bool, words: &str) {
        self.0.moments.push(Moment { lane, deed, writes, words: words.into() });
    }

    fn row(&self) -> u32 {
        self.0.row()
    }

    pub fn lane(&mut self, lane: u8) -> &mut Lane {
        &mut self.0.lanes[usize::from(lane)]
    }

    /// Something that a process does, in memory only.
    pub fn acts(&mut self, lane: u8, words: &str) {
        self.moment(Some(lane), Deed::Act, false, words);
    }

    /// Something that it writes down.
    pub fn writes(&mut self, lane: u8, words: &str) {
        self.moment(Some(lane), Deed::Act, true, words);
        self.lane(lane).log.push(Entry::plain(words));
    }

    /// A message leaves. Its number is returned.
    pub fn sends(&mut self, from: u8, to: u8, words: &str) -> u32 {
        self.moment(Some(from), Deed::Act, false, "send it");
        self.flies(from, to, words)
    }

    fn flies(&mut self, from: u8, to: u8, words: &str) -> u32 {
        let sent = self.row();
        self.0.arrows.push(Arrow { from, to, words: words.into(), sent, twin: false, end: End::Flying });
        self.0.arrows.len() as u32 - 1
    }

    fn ends(&mut self, arrow: u32, lane: Option<u8>, deed: Deed, end: fn(u32) -> End) {
        self.moment(lane, deed, false, "");
        self.0.arrows[arrow as usize].end = end(self.row());
    }

    pub fn arrives(&mut self, arrow: u32) {
        let to = self.0.arrows[arrow as usize].to;
        let end = if self.lane(to).status == Status::Down { End::Nobody } else { End::Arrived };
        self.ends(arrow, Some(to), Deed::Deliver, end);
    }

    pub fn overtakes(&mut self, arrow: u32) {
        let to = self.0.arrows[arrow as usize].to;
        self.ends(arrow, Some(to), Deed::Overtake, End::Arrived);
    }

    pub fn is_lost(&mut self, arrow: u32) {
        self.ends(arrow, None, Deed::Lose, End::Lost);
    }

    pub fn becomes_two(&mut self, arrow: u32) -> u32 {
        self.moment(None, Deed::Duplicate, false, "");
        let sent = self.row();
        let twin = Arrow { sent, twin: true, ..self.0.arrows[arrow as usize].clone() };
        self.0.arrows.push(twin);
        self.0.arrows.len() as u32 - 1
    }

    pub fn is_held(&mut self, arrow: u32) {
        self.moment(None, Deed::Hold, false, "");
        self.0.arrows[arrow as usize].end = End::Held;
    }

    /// Sent and there in one moment.
    pub fn carries(&mut self, from: u8, to: u8, words: &str) {
        self.moment(Some(from), Deed::Act, false, "");
        let arrow = self.flies(from, to, words);
        self.0.arrows[arrow as usize].end = End::Arrived(self.row());
    }

    pub fn befalls(&mut self, lane: u8, deed: Deed) {
        self.moment(Some(lane), deed, false, "");
        self.lane(lane).status = match deed {
            Deed::Crash => Status::Down,
            Deed::Isolate => Status::CutOff,
            _ => Status::Up,
        };
    }

    pub fn times_out(&mut self, lane: u8) {
        self.moment(Some(lane), Deed::Timeout, false, "");
        self.lane(lane).waits = Waits::No;
    }

    pub fn times_out_and_sends(&mut self, lane: u8, to: u8, words: &str) -> u32 {
        self.times_out(lane);
        self.flies(lane, to, words)
    }

    pub fn waits(&mut self) {
        self.moment(None, Deed::Clock, false, "");
    }

    pub fn rests(&mut self) {
        self.moment(None, Deed::Rest, false, "");
    }

    /// What must never be, and at the end a promise.
    pub fn rules(&mut self, names: &[&str]) {
        let rule = |(at, name): (usize, &&str)| Rule { name: (*name).into(), promise: at + 1 == names.len() };
        self.0.rules = names.iter().enumerate().map(rule).collect();
    }

    /// That rule is broken by what happened last.
    pub fn breaks(&mut self, rule: u8, how: &str) {
        let row = self.row();
        self.0.broken.push(Broken { rule, row, note: Note::new(how) });
    }

    /// Offers that, by itself next if it is the first.
    pub fn offers(&mut self, deed: Deed, place: Place, words: &str) {
        let pick = self.0.offers.len() as u16;
        self.0.offers.push(Offer { pick, deed, place, words: words.into(), next: pick == 0 });
    }

    /// What the network may do to every message, and what may befall every process.
    pub fn offers_faults(&mut self) {
        for at in 0..self.0.arrows.len() as u32 {
            if self.0.arrows[at as usize].end.is_open() {
                for deed in [Deed::Deliver, Deed::Lose, Deed::Duplicate] {
                    self.offers(deed, Place::Arrow(at), "");
                }
            }
        }
        for lane in 0..self.0.lanes.len() as u8 {
            match self.lane(lane).status {
                Status::Down => self.offers(Deed::Restart, Place::Lane(lane), ""),
                _ => self.offers(Deed::Crash, Place::Lane(lane), ""),
            }
        }
    }
}

/// An order: the answer to a charge is lost, and the card is charged twice.
pub fn charged_twice() -> Diagram {
    let mut run = Run::of(&["Orchestrator", "Stock", "Payments", "Shipping", "Notices"]);
    run.rules(&["No order is charged twice", "Stock is never oversold", "Every saga ends"]);
    run.writes(0, "start order A");
    let m = run.sends(0, 1, "reserve A");
    run.arrives(m);
    run.writes(1, "reserve 1 lamp");
    let m = run.sends(1, 0, "reserved");
    run.arrives(m);
    run.writes(0, "A: stock reserved");
    let m = run.sends(0, 2, "charge A");
    run.arrives(m);
    run.writes(2, "charge the card");
    let m = run.sends(2, 0, "charged");
    run.is_lost(m);
    run.waits();
    let m = run.times_out_and_sends(0, 2, "charge A");
    let twin = run.becomes_two(m);
    run.arrives(m);
    run.writes(2, "charge the card");
    run.breaks(0, "**The card was charged twice.** Payments had already charged order A; without a key it cannot know that this is the same charge.");
    let again = run.sends(2, 0, "charged");
    run.lane(1).rows = vec![Entry::toned("order A: 1 lamp reserved", Tone::Locked)];
    run.lane(2).rows = vec![Entry::toned("order A: €40", Tone::Good), Entry::toned("order A: €40", Tone::Bad)];
    run.lane(0).memory = vec![Entry::plain("attempt 2 of 3"), Entry::plain("waits for Payments")];
    run.lane(0).waits = Waits::Running;
    run.lane(2).memory = vec![Entry::plain("to answer: charged")];
    run.offers(Deed::Deliver, Place::Arrow(again), "");
    run.offers(Deed::Lose, Place::Arrow(again), "");
    run.offers(Deed::Duplicate, Place::Arrow(again), "");
    run.offers(Deed::Hold, Place::Link(2, 0), "");
    run.offers(Deed::Deliver, Place::Arrow(twin), "");
    run.offers(Deed::Lose, Place::Arrow(twin), "");
    for lane in 0..5 {
        run.offers(Deed::Crash, Place::Lane(lane), "");
    }
    run.offers(Deed::EarlyTimeout, Place::Lane(0), "");
    run.0.histories = histories();
    run.0
}

fn histories() -> Vec<History> {
    let history = |fork, steps, title: &str, broken, here| History { fork, steps, title: title.into(), broken, here };
    vec![
        history(None, 34, "The reply is lost after the charge", true, false),
        history(Some((0, 12)), 26, "Delivered instead of lost", false, false),
        history(Some((0, 14)), 40, "“charge A” doubled", true, true),
        history(Some((2, 20)), 44, "Payments crashes", false, false),
    ]
}

/// Two-phase commit: the coordinator crashes when it has told one participant, and the others are left in doubt.
pub fn in_doubt() -> Diagram {
    let mut run = Run::of(&["Coordinator", "Participant 1", "Participant 2", "Participant 3"]);
    run.rules(&["Nobody commits what another aborts", "Everyone decides in the end"]);
    let asks: Vec<u32> = (1..4).map(|to| run.sends(0, to, "prepare")).collect();
    run.arrives(asks[1]);
    run.writes(2, "prepare");
    run.lane(2).locked = true;
    run.arrives(asks[0]);
    let b = run.sends(2, 0, "yes");
    run.writes(1, "prepare");
    run.lane(1).locked = true;
    run.arrives(b);
    run.arrives(asks[2]);
    let a = run.sends(1, 0, "yes");
    run.writes(3, "prepare");
    run.lane(3).locked = true;
    let c = run.sends(3, 0, "yes");
    run.arrives(c);
    run.arrives(a);
    run.writes(0, "commit");
    let told = run.sends(0, 1, "commit");
    let lost = run.sends(0, 2, "commit");
    run.befalls(0, Deed::Crash);
    run.lane(0).memory = vec![Entry::plain("committing; told 1 and 2")];
    run.is_lost(lost);
    run.arrives(told);
    run.writes(1, "commit");
    run.lane(1).locked = false;
    run.lane(1).rows = vec![Entry::toned("balance 120 (committed)", Tone::Good)];
    run.lane(2).rows = vec![Entry::toned("balance 90 (prepared)", Tone::Locked)];
    run.lane(3).rows = vec![Entry::toned("balance 90 (prepared)", Tone::Locked)];
    let ack = run.sends(1, 0, "committed");
    run.arrives(ack);
    run.befalls(3, Deed::Isolate);
    run.waits();
    let ask = run.times_out_and_sends(2, 0, "how did it end?");
    let held = run.times_out_and_sends(3, 0, "how did it end?");
    run.is_held(held);
    run.lane(2).waits = Waits::Running;
    run.lane(3).waits = Waits::Due;
    run.offers(Deed::Restart, Place::Lane(0), "");
    run.offers(Deed::Deliver, Place::Arrow(ask), "");
    run.offers(Deed::Lose, Place::Arrow(ask), "");
    run.offers(Deed::Release, Place::Link(3, 0), "");
    run.offers(Deed::Act, Place::Lane(1), "let a client withdraw");
    run.offers(Deed::Crash, Place::Lane(1), "");
    run.offers(Deed::Isolate, Place::Lane(1), "");
    run.offers(Deed::Crash, Place::Lane(2), "");
    run.offers(Deed::Isolate, Place::Lane(2), "");
    run.offers(Deed::Crash, Place::Lane(3), "");
    run.offers(Deed::Heal, Place::Lane(3), "");
    run.offers(Deed::EarlyTimeout, Place::Lane(2), "");
    run.0.histories = histories()[..1].to_vec();
    run.0.histories[0].here = true;
    run.0
}

/// A service, its relay, a broker and a consumer that is out for a while.
pub fn outbox() -> Diagram {
    let mut run = Run::of(&["Service", "Relay", "Broker", "Consumer"]);
    run.rules(&["Every order is announced", "Nothing is announced twice"]);
    run.writes(0, "order 1 and its event");
    run.carries(1, 0, "read the outbox");
    let m = run.sends(1, 2, "order 1 placed");
    run.arrives(m);
    run.befalls(3, Deed::Crash);
    let to = run.sends(2, 3, "order 1 placed");
    run.arrives(to);
    run.befalls(3, Deed::Restart);
    run.waits();
    run.times_out(2);
    let again = run.sends(2, 3, "order 1 placed");
    run.arrives(again);
    run.writes(3, "order 1");
    let ok = run.sends(3, 2, "ack");
    run.arrives(ok);
    run.rests();
    run.0
}

/// A run of that many messages, some of which are still on their way.
pub fn long(messages: u32) -> Diagram {
    let mut run = Run::of(&["Orchestrator", "Stock", "Payments", "Shipping", "Notices"]);
    run.rules(&["Every saga ends"]);
    for n in 0..messages {
        let (from, to) = if n % 2 == 0 { (0, (n / 2 % 4 + 1) as u8) } else { ((n / 2 % 4 + 1) as u8, 0) };
        let sent = run.sends(from, to, &format!("message {n}"));
        match n {
            n if n + 6 > messages => {}
            n if n % 50 == 49 => run.is_lost(sent),
            _ => run.arrives(sent),
        }
        run.writes(to, &format!("write {n} down"));
        let log = &mut run.lane(to).log;
        let old = log.len().saturating_sub(6);
        log.drain(..old);
    }
    run.offers_faults();
    run.0
}
