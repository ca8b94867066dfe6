//! Films a protocol: makes steps of it, and of each a frame of a sequence diagram.

mod clock;

use crate::diagram::{Arrow, Broken, Change, Deed, Diagram, End, History, Lane, Moment, Offer, Rule, Status, Waits};
use crate::network::{Link, Step};
use crate::protocol::{Flight, Place, Protocol};
use crate::{diagram, protocol};
use clock::Clock;
use interleave_kernel::{Mark, Note, Tape};
use std::collections::BTreeMap;

/// A protocol under a camera.
pub struct Camera<M: Protocol> {
    machine: M,
    tape: Tape<Diagram>,
    /// Arrows on their way, by link, in the order in which they will arrive.
    on_link: BTreeMap<Link, Vec<u32>>,
    clock: Clock,
    picks: Vec<u16>,
    /// What is recorded as the next frame when it is known what comes after it.
    taken: Taken,
}

/// A frame that has everything but the word which of its offers comes next.
struct Taken {
    mark: Mark,
    note: Note,
    changes: Vec<Change>,
    offers: Vec<Offer>,
}

impl<M: Protocol> Camera<M> {
    /// The protocol before its first step. `histories` are shown beside it.
    pub fn new(machine: M, histories: Vec<History>) -> Self {
        let asked = machine.rules();
        let asked = asked.iter().filter(|rule| rule.is_always() || rule.promise().is_some());
        let rules = asked.map(|rule| Rule { name: rule.name.into(), promise: !rule.is_always() }).collect();
        let lanes = machine.lanes();
        let clock = Clock::new(&lanes);
        let mut changes = vec![Change::Opening { rules, histories }, Change::Moment(rest())];
        changes.extend((0..).zip(lanes).map(|(at, lane)| Change::Lane(at, lane)));
        let note = machine.opening();
        let taken = Taken { mark: Mark::Section, note, changes, offers: Vec::new() };
        let mut camera =
            Self { machine, tape: Tape::default(), on_link: BTreeMap::new(), clock, picks: Vec::new(), taken };
        camera.taken.offers = camera.offer();
        camera
    }

    pub fn machine(&self) -> &M {
        &self.machine
    }

    /// Nothing happens any more, unless something goes wrong.
    pub fn is_over(&self) -> bool {
        self.taken.offers.iter().all(|offer| offer.deed.fault().is_some())
    }

    /// What may happen next.
    pub fn offers(&self) -> &[Offer] {
        &self.taken.offers
    }

    /// The picks so far.
    pub fn picks(&self) -> &[u16] {
        &self.picks
    }

    /// Makes what is offered by that number happen. False, and nothing happens, when nothing is.
    pub fn take(&mut self, pick: u16) -> bool {
        let mut actions = self.machine.actions();
        if usize::from(pick) >= actions.len() {
            return false;
        }
        self.keep(Some(pick));
        self.picks.push(pick);
        let action = actions.swap_remove(pick.into());
        let happening = self.machine.happening(&action);
        let strokes = self.machine.strokes(&action);
        let note = self.machine.step(&action);

        let row = self.tape.len() as u32;
        let mut arrows = self.tape.last().arrows.len() as u32;
        let mut changes = Vec::new();
        for stroke in strokes {
            let end = if stroke.lost { End::Lost(row) } else { End::Arrived(row) };
            let protocol::Stroke { from, to, words, .. } = stroke;
            self.clock.carry(from, (!stroke.lost).then_some(to));
            changes.push(Change::Sent(Arrow { from, to, words: words.into(), sent: row, twin: false, end }));
            arrows += 1;
        }
        if let Place::Network(step) = happening.place {
            self.carry(step, row, &mut arrows, &mut changes);
        }
        let lane = self.lane(happening.place);
        self.clock.happens(happening.deed, lane);
        self.see_flights(row, &mut arrows, &mut changes);
        let writes = self.see_lanes(&mut changes);
        let words = match happening.place {
            Place::Network(Step::Hold(link) | Step::Release(link)) => self.link(link),
            _ if happening.deed == Deed::Act => happening.words,
            _ => String::new(),
        };
        changes.push(Change::Moment(Moment { lane, deed: happening.deed, writes, words: words.into() }));
        let broken = self.see_rules(row, &mut changes);
        self.see_promises(&mut changes);
        changes.push(Change::Figures(self.clock.figures(self.machine.disagrees(), lane)));

        let mark = match happening.deed {
            deed if broken || deed.fault().is_some() => Mark::Section,
            Deed::Deliver => Mark::Unit,
            _ => Mark::Step,
        };
        self.taken = Taken { mark, note, changes, offers: Vec::new() };
        self.taken.offers = self.offer();
        true
    }

    /// Messages on their way, oldest first: by link. What is not in the state of the machine.
    pub fn order(&self) -> Vec<Link> {
        let mut arrows: Vec<_> =
            self.on_link.iter().flat_map(|(link, arrows)| arrows.iter().map(move |&arrow| (arrow, *link))).collect();
        arrows.sort_unstable();
        arrows.into_iter().map(|(_, link)| link).collect()
    }

    /// The tape. A run that is over ends with the machine's last word, one that is not just ends.
    pub fn finish(mut self) -> Tape<Diagram> {
        self.keep(None);
        if self.is_over() {
            let unkept = self.unkept("Nothing is left to happen, and it has not come to that.");
            let note = self.machine.closing();
            return self.last_word(note, unkept);
        }
        self.tape
    }

    /// The tape of a run whose last so many steps repeat for ever.
    pub fn round(mut self, steps: usize) -> Tape<Diagram> {
        self.keep(None);
        let unkept = self.unkept("It goes round for ever, and never comes to that.");
        let note = format!("**From here on it goes round:** the last {steps} steps repeat for ever.");
        self.last_word(Note::new(note), unkept)
    }

    /// The tape, cut short here for a reason.
    pub fn stop(mut self, why: Note) -> Tape<Diagram> {
        self.keep(None);
        self.last_word(why, Vec::new())
    }

    fn last_word(mut self, note: Note, mut changes: Vec<Change>) -> Tape<Diagram> {
        changes.push(Change::Moment(rest()));
        changes.push(Change::Offers(Vec::new()));
        self.tape.record(Mark::Section, note, changes);
        self.tape
    }

    /// Records the frame that was taken; `next` is what comes after it.
    fn keep(&mut self, next: Option<u16>) {
        let mut offers = self.taken.offers.clone();
        offers.iter_mut().for_each(|offer| offer.next = Some(offer.pick) == next);
        let mut changes = std::mem::take(&mut self.taken.changes);
        changes.push(Change::Offers(offers));
        self.tape.record(self.taken.mark, std::mem::take(&mut self.taken.note), changes);
    }

    fn lane(&self, place: Place) -> Option<u8> {
        match place {
            Place::Everywhere => None,
            Place::Process(process) => Some(self.machine.lane_of(process)),
            Place::Network(Step::Deliver(link) | Step::Overtake(link, _)) => Some(self.machine.lane_of(link.to)),
            Place::Network(Step::Isolate(process) | Step::Heal(process)) => Some(self.machine.lane_of(process)),
            Place::Network(_) => None,
        }
    }

    /// A link in words.
    fn link(&self, link: Link) -> String {
        let lanes = &self.tape.last().lanes;
        let name =
            |process| lanes.get(usize::from(self.machine.lane_of(process))).map_or("?", |lane| lane.name.as_str());
        format!("{} → {}", name(link.from), name(link.to))
    }

    /// What becomes of the message that a step of the network is about.
    fn carry(&mut self, step: Step, row: u32, arrows: &mut u32, changes: &mut Vec<Change>) {
        let (link, nth) = match step {
            Step::Deliver(link) => (link, 0),
            Step::Overtake(link, nth) | Step::Lose(link, nth) | Step::Duplicate(link, nth) => (link, nth),
            Step::Hold(_) | Step::Release(_) | Step::Isolate(_) | Step::Heal(_) => return,
        };
        let on_link = self.on_link.entry(link).or_default();
        if usize::from(nth) >= on_link.len() {
            return;
        }
        if let Step::Duplicate(..) = step {
            let of = on_link[usize::from(nth)];
            on_link.insert(usize::from(nth) + 1, *arrows);
            self.clock.sent(of);
            if let Some(arrow) = self.tape.last().arrows.get(of as usize) {
                changes.push(Change::Sent(Arrow { sent: row, twin: true, ..arrow.clone() }));
                *arrows += 1;
            }
            return;
        }
        let arrow = on_link.remove(nth.into());
        let to = self.machine.lane_of(link.to);
        let was_up = self.tape.last().lanes.get(usize::from(to)).is_some_and(|lane| lane.status != Status::Down);
        let end = match step {
            Step::Lose(..) => End::Lost(row),
            _ if was_up => End::Arrived(row),
            _ => End::Nobody(row),
        };
        if let End::Arrived(_) = end {
            self.clock.arrives(arrow, to);
        }
        changes.push(Change::Ended(arrow, end));
    }

    /// Messages that were sent, held up or let go.
    fn see_flights(&mut self, row: u32, arrows: &mut u32, changes: &mut Vec<Change>) {
        let flights = self.machine.flights();
        for on_link in self.on_link.iter_mut() {
            let count = flights.iter().filter(|flight| flight.link == *on_link.0).count();
            // What is gone without having been carried has become of no use.
            while on_link.1.len() > count {
                changes.push(Change::Ended(on_link.1.remove(0), End::Arrived(row)));
            }
        }
        let mut nth: BTreeMap<Link, usize> = BTreeMap::new();
        for Flight { link, words, held } in flights {
            let nth = nth.entry(link).or_default();
            let on_link = self.on_link.entry(link).or_default();
            let end = if held { End::Held } else { End::Flying };
            match on_link.get(*nth) {
                Some(&arrow) => {
                    let shown = self.tape.last().arrows.get(arrow as usize).map(|arrow| arrow.end);
                    changes.extend((shown.is_some_and(|it| it != end)).then_some(Change::Ended(arrow, end)));
                }
                None => {
                    let (from, to) = (self.machine.lane_of(link.from), self.machine.lane_of(link.to));
                    on_link.push(*arrows);
                    *arrows += 1;
                    self.clock.sends(from);
                    changes.push(Change::Sent(Arrow { from, to, words: words.into(), sent: row, twin: false, end }));
                }
            }
            *nth += 1;
        }
    }

    /// What has changed beside the lanes. Returns whether something was written to disk.
    fn see_lanes(&mut self, changes: &mut Vec<Change>) -> bool {
        let mut writes = false;
        for (at, mut lane) in self.machine.lanes().into_iter().enumerate() {
            let shown: &Lane = &self.tape.last().lanes[at];
            if lane.status == Status::Down {
                // What it had in mind is shown as lost.
                lane.memory.clone_from(&shown.memory);
                lane.waits = Waits::No;
            }
            writes |= lane.status != Status::Down && (lane.log != shown.log || lane.rows != shown.rows);
            self.clock.locks(at, lane.locked);
            if lane != *shown {
                changes.push(Change::Lane(at as u8, lane));
            }
        }
        writes
    }

    /// Rules that are broken for the first time. Returns whether one is.
    fn see_rules(&mut self, row: u32, changes: &mut Vec<Change>) -> bool {
        let shown = self.tape.last();
        let before = changes.len();
        for violation in self.machine.violations() {
            let rule = shown.rules.iter().position(|rule| rule.name == violation.rule);
            let Some(rule) = rule.and_then(|rule| u8::try_from(rule).ok()) else { continue };
            if shown.broken.iter().all(|broken| broken.rule != rule) {
                changes.push(Change::Broken(Broken { rule, row, note: violation.note }));
            }
        }
        changes.len() > before
    }

    /// Promises that are kept by now.
    fn see_promises(&self, changes: &mut Vec<Change>) {
        let shown = self.tape.last();
        for rule in self.machine.rules() {
            let Some(promise) = rule.promise() else { continue };
            let Some(at) = shown.rules.iter().position(|it| it.name == rule.name) else { continue };
            if !shown.kept.contains(&(at as u8)) && promise(&self.machine) {
                changes.push(Change::Kept(at as u8));
            }
        }
    }

    /// Promises that are not kept, and will not be any more.
    fn unkept(&self, how: &str) -> Vec<Change> {
        let shown = self.tape.last();
        let rules = (0_u8..).zip(&shown.rules).filter(|(at, rule)| rule.promise && !shown.kept.contains(at));
        let row = self.tape.len() as u32;
        rules.map(|(rule, _)| Change::Broken(Broken { rule, row, note: Note::new(how) })).collect()
    }

    fn offer(&self) -> Vec<Offer> {
        let offer = |(pick, action): (usize, M::Action)| {
            let protocol::Happening { deed, place, words } = self.machine.happening(&action);
            let link =
                |link: Link| diagram::Place::Link(self.machine.lane_of(link.from), self.machine.lane_of(link.to));
            let arrow = |on: Link, nth: u8| match self.on_link.get(&on).and_then(|arrows| arrows.get(usize::from(nth)))
            {
                Some(&arrow) => diagram::Place::Arrow(arrow),
                None => link(on),
            };
            let place = match place {
                Place::Everywhere => diagram::Place::Everywhere,
                Place::Process(process) => diagram::Place::Lane(self.machine.lane_of(process)),
                Place::Network(step) => match step {
                    Step::Deliver(on) => arrow(on, 0),
                    Step::Overtake(on, nth) | Step::Lose(on, nth) | Step::Duplicate(on, nth) => arrow(on, nth),
                    Step::Hold(on) | Step::Release(on) => link(on),
                    Step::Isolate(process) | Step::Heal(process) => diagram::Place::Lane(self.machine.lane_of(process)),
                },
            };
            Offer { pick: pick as u16, deed, place, words, next: false }
        };
        self.machine.actions().into_iter().enumerate().map(offer).collect()
    }
}

fn rest() -> Moment {
    Moment { lane: None, deed: Deed::Rest, writes: false, words: "".into() }
}
