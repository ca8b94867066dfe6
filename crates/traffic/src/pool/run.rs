//! The simulation: events in virtual time, one after the other.

use super::connections::{Asker, Connections, Given, Place};
use super::errand::{Calendar, Errand, Traffic};
use super::server::Server;
use super::tally::{Levels, Tally};
use super::{Figures, Histogram, Micros, Scenario, Slice, Slot, Use, Waiter, Who};
use crate::agenda::{Agenda, Entry};
use std::collections::BTreeMap;

/// Events that a run may have: it ends there.
const MOST_EVENTS: u64 = 1_000_000;
/// Who may wait for a connection at the same time: a run ends there.
const MOST_WAITING: usize = 50_000;

/// Something that happens at its time.
#[derive(Clone, Copy, Debug)]
enum Event {
    Arrival,
    /// The server is done with the work of one connection.
    Served,
    /// The answer is there, and the program has made use of it.
    Held(Place),
    /// Who waits in the queue gives up.
    Timeout(Asker),
    /// A connection takes too long to open.
    Unopened(Place),
    /// Nobody has used a connection for a while.
    Unused(Place),
}

/// What has happened, for whoever tells it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum News {
    Arrived {
        request: u32,
        slow: bool,
    },
    /// The request got an open connection.
    Got {
        request: u32,
        place: Place,
        waited: Micros,
    },
    /// A connection begins to be opened for the request.
    Opens {
        request: u32,
        place: Place,
    },
    /// The request waits in the queue, behind so many.
    Waits {
        request: u32,
        ahead: usize,
    },
    /// A connection is open. Whoever asked for it may have given up.
    Opened {
        request: Option<u32>,
        place: Place,
    },
    /// The server is done with a query; the connection is held for longer.
    Served {
        who: Who,
        place: Place,
    },
    /// A query is over, and so many of the request are to come.
    Answered {
        who: Who,
        place: Place,
        more: u32,
    },
    GivenBack {
        request: u32,
        place: Place,
    },
    Leaked {
        request: u32,
        place: Place,
    },
    GaveUp {
        who: Who,
        waited: Micros,
    },
    /// A connection that had not opened in time is cut off.
    Cut {
        place: Place,
    },
    /// The request is answered.
    Done {
        who: Who,
        took: Micros,
    },
    /// A connection that nobody used is closed.
    Closed {
        place: Place,
    },
}

#[derive(Clone, Debug)]
struct Connection {
    slot: Slot,
    /// The timer that ends its opening or its idleness.
    timer: Option<Entry>,
}

/// Somebody who has asked for a connection and has none yet.
#[derive(Clone, Debug)]
struct Wait {
    request: u32,
    query: usize,
    since: Micros,
    timer: Option<Entry>,
}

/// A request in the house.
#[derive(Clone, Debug)]
struct Request {
    errand: Errand,
    arrived: Micros,
    /// Queries that have been answered or have failed.
    settled: usize,
    /// It has failed, and only waits for what it has begun.
    failed: bool,
    /// The connection of a transaction that asks for others.
    kept: Option<Place>,
}

/// A service at work.
#[derive(Clone, Debug)]
pub struct Run {
    scenario: Scenario,
    traffic: Traffic,
    agenda: Agenda<Event>,
    pool: Connections,
    connections: Vec<Connection>,
    server: Server,
    next_served: Option<Entry>,
    requests: BTreeMap<u32, Request>,
    waits: BTreeMap<Asker, Wait>,
    /// Checked out.
    out: usize,
    askers: u32,
    clock: Micros,
    events: u64,
    tally: Tally,
    news: Vec<News>,
    stopped: Option<String>,
}

/// What a run came to.
#[derive(Clone, Debug)]
pub struct Outcome {
    pub figures: Figures,
    pub slices: Vec<Slice>,
    pub waits: Histogram,
    /// How many there were: what it cost to run.
    pub events: u64,
    /// Why it ended early.
    pub stopped: Option<String>,
}

/// Runs a scenario to its end, without a tape.
pub fn run(scenario: &Scenario) -> Outcome {
    let mut run = Run::new(scenario);
    while run.step() {}
    run.outcome()
}

impl Run {
    pub fn new(scenario: &Scenario) -> Self {
        let scenario = scenario.bounded();
        let calendar = Calendar::new(&scenario);
        Self::with(scenario, Traffic::Drawn(calendar))
    }

    /// The same with requests that are given: when each arrives, and what its one query costs the server.
    pub fn planned(scenario: &Scenario, requests: &[(Micros, Micros)]) -> Self {
        let planned = requests
            .iter()
            .map(|&(at, work)| (at, Errand { slow: false, leaks: false, queries: vec![work] }))
            .collect();
        Self::with(scenario.bounded(), Traffic::Planned(planned))
    }

    fn with(scenario: Scenario, mut traffic: Traffic) -> Self {
        let mut agenda = Agenda::default();
        if let Some(first) = traffic.next() {
            agenda.put(first, Event::Arrival);
        }
        let max = scenario.max as usize;
        Self {
            traffic,
            agenda,
            pool: Connections::new(max),
            connections: vec![Connection { slot: Slot::Closed, timer: None }; max],
            server: Server::new(scenario.cores as usize, scenario.overhead),
            next_served: None,
            requests: BTreeMap::new(),
            waits: BTreeMap::new(),
            out: 0,
            askers: 0,
            clock: 0,
            events: 0,
            tally: Tally::new(scenario.max, scenario.cores, scenario.duration),
            news: Vec::new(),
            stopped: None,
            scenario,
        }
    }

    /// One event. False when there is none before the watch ends, or the run is cut short.
    pub fn step(&mut self) -> bool {
        self.news.clear();
        let duration = self.scenario.duration;
        if self.stopped.is_some() {
            return false;
        }
        let Some((now, event)) = self.agenda.take(duration) else {
            self.tally.pass(duration, self.levels());
            self.clock = duration;
            return false;
        };
        self.tally.pass(now, self.levels());
        self.clock = now;
        self.events += 1;
        self.happen(event);
        if self.events >= MOST_EVENTS {
            self.stopped = Some("a run has a million events at most".into());
        }
        if self.waits.len() > MOST_WAITING {
            self.stopped = Some(format!("more than {MOST_WAITING} wait for a connection"));
        }
        true
    }

    fn happen(&mut self, event: Event) {
        match event {
            Event::Arrival => self.arrive(),
            Event::Served => self.served(),
            Event::Held(place) => self.answered(place),
            Event::Timeout(asker) => {
                if let Some(place) = self.pool.give_up(asker) {
                    self.set(place, Slot::Opening(None));
                }
                self.give_up(asker);
            }
            Event::Unopened(place) => {
                self.connections[place].timer = None;
                self.server.drop_work(self.clock, place);
                self.news.push(News::Cut { place });
                self.set(place, Slot::Closed);
                let whose = self.pool.opening_for(place);
                let next = self.pool.close(place);
                self.hand_over(next);
                if let Some(asker) = whose {
                    self.give_up(asker);
                }
                self.plan();
            }
            Event::Unused(place) => {
                self.connections[place].timer = None;
                self.set(place, Slot::Closed);
                self.news.push(News::Closed { place });
                let next = self.pool.close(place);
                self.hand_over(next);
            }
        }
    }

    // ---- requests ----

    /// Requests arrive: one, or a burst.
    fn arrive(&mut self) {
        loop {
            let arrived = self.tally.figures.arrived;
            if u64::from(arrived) >= Scenario::MOST_REQUESTS {
                self.stopped = Some(format!("a run has {} requests at most", Scenario::MOST_REQUESTS));
                return;
            }
            self.enter(arrived + 1);
            match self.traffic.next() {
                Some(next) if next == self.clock => {}
                Some(next) => {
                    self.agenda.put(next, Event::Arrival);
                    return;
                }
                None => return,
            }
        }
    }

    /// A request, numbered from 1, enters the house.
    fn enter(&mut self, request: u32) {
        self.tally.figures.arrived = request;
        let errand = self.traffic.errand(&self.scenario, request - 1);
        let queries = errand.queries.len();
        self.news.push(News::Arrived { request, slow: errand.slow });
        let arrived = self.clock;
        self.requests.insert(request, Request { errand, arrived, settled: 0, failed: false, kept: None });
        let at_once = if self.scenario.using == Use::Together { queries } else { 1 };
        (0..at_once).for_each(|query| self.ask(request, query));
    }

    /// A request is over when everything it has begun is.
    fn end(&mut self, number: u32, place: Option<Place>) {
        let Some(request) = self.requests.remove(&number) else { return };
        if !request.failed {
            let took = self.clock - request.arrived;
            self.tally.done(request.errand.slow, took);
            let who = Who { request: number, slow: request.errand.slow, query: 0 };
            self.news.push(News::Done { who, took });
        }
        match place {
            Some(place) if request.errand.leaks => {
                let queries = request.errand.queries.len() as u32;
                self.set(place, Slot::Leaked(Who { request: number, slow: request.errand.slow, query: queries }));
                self.tally.figures.leaked += 1;
                self.news.push(News::Leaked { request: number, place });
            }
            Some(place) => self.give_back(number, place),
            None => {}
        }
    }

    fn fail(&mut self, number: u32) {
        let Some(request) = self.requests.get_mut(&number) else { return };
        request.settled += 1;
        if !request.failed {
            request.failed = true;
            self.tally.failed();
        }
        let (kept, begun) = (request.kept.take(), self.scenario.using == Use::Together);
        if !begun || request.settled == request.errand.queries.len() {
            self.end(number, kept);
        }
    }

    // ---- connections ----

    fn ask(&mut self, request: u32, query: usize) {
        let asker = self.askers;
        self.askers += 1;
        self.tally.figures.asked += 1;
        let given = self.pool.ask(asker);
        let timeout = Micros::from(self.scenario.acquire_timeout);
        let timed = given == Given::Wait && timeout > 0;
        let timer = timed.then(|| self.agenda.put(self.clock + timeout, Event::Timeout(asker)));
        self.waits.insert(asker, Wait { request, query, since: self.clock, timer });
        if given == Given::Wait {
            self.news.push(News::Waits { request, ahead: self.pool.queue().len() - 1 });
        }
        self.hand_over(Some((asker, given)));
    }

    /// Somebody is given something.
    fn hand_over(&mut self, what: Option<(Asker, Given)>) {
        match what {
            Some((asker, Given::Open(place))) => self.grant(asker, place),
            Some((asker, Given::New(place))) => self.open(asker, place),
            Some((_, Given::Wait)) | None => {}
        }
    }

    fn open(&mut self, asker: Asker, place: Place) {
        let Some((request, query)) = self.waits.get(&asker).map(|wait| (wait.request, wait.query)) else { return };
        self.tally.figures.opened += 1;
        self.set(place, Slot::Opening(Some(self.who(request, query))));
        self.news.push(News::Opens { request, place });
        let work = Micros::from(self.scenario.opening);
        if work == 0 {
            self.opened(place);
            return;
        }
        let timeout = Micros::from(self.scenario.acquire_timeout);
        self.connections[place].timer =
            (timeout > 0).then(|| self.agenda.put(self.clock + timeout, Event::Unopened(place)));
        self.server.begin(self.clock, place, work);
        self.plan();
    }

    fn opened(&mut self, place: Place) {
        self.cancel_timer(place);
        let asker = self.pool.opened(place);
        let request = asker.and_then(|asker| Some(self.waits.get(&asker)?.request));
        if self.scenario.opening > 0 {
            self.news.push(News::Opened { request, place });
        }
        match asker {
            Some(asker) => self.grant(asker, place),
            None => {
                // Whoever it was opened for has given up: it is given back at once.
                self.out += 1;
                self.pass_on(place);
            }
        }
    }

    /// Somebody has a connection, and runs their query on it.
    fn grant(&mut self, asker: Asker, place: Place) {
        self.cancel_timer(place);
        let Some(Wait { request, query, since, timer }) = self.waits.remove(&asker) else { return };
        if let Some(timer) = timer {
            self.agenda.cancel(timer);
        }
        let Some(errand) = self.requests.get(&request).map(|request| &request.errand) else { return };
        let (slow, work) = (errand.slow, errand.queries[query]);
        let waited = self.clock - since;
        self.tally.wait(slow, waited);
        self.out += 1;
        self.news.push(News::Got { request, place, waited });
        self.begin(self.who(request, query), place, work);
    }

    fn begin(&mut self, who: Who, place: Place, work: Micros) {
        self.set(place, Slot::Running(who));
        self.server.begin(self.clock, place, work);
        self.plan();
    }

    /// `client.release()`.
    fn give_back(&mut self, request: u32, place: Place) {
        self.news.push(News::GivenBack { request, place });
        self.pass_on(place);
    }

    /// A connection that is free goes to the first who waits, or lies idle.
    fn pass_on(&mut self, place: Place) {
        self.out -= 1;
        self.set(place, Slot::Idle);
        let next = self.pool.give_back(place);
        if next.is_none() && self.scenario.idle_timeout > 0 {
            let timeout = Micros::from(self.scenario.idle_timeout);
            self.connections[place].timer = Some(self.agenda.put(self.clock + timeout, Event::Unused(place)));
        }
        self.hand_over(next);
    }

    fn give_up(&mut self, asker: Asker) {
        let Some(Wait { request, query, since, timer }) = self.waits.remove(&asker) else { return };
        if let Some(timer) = timer {
            self.agenda.cancel(timer);
        }
        let waited = self.clock - since;
        let who = self.who(request, query);
        self.tally.wait(who.slow, waited);
        self.news.push(News::GaveUp { who, waited });
        self.fail(request);
    }

    // ---- queries ----

    fn served(&mut self) {
        self.next_served = None;
        let Some(place) = self.server.finish(self.clock) else { return };
        self.plan();
        match self.connections[place].slot {
            Slot::Opening(_) => self.opened(place),
            Slot::Running(who) if self.scenario.held > 0 => {
                self.set(place, Slot::Holding(who));
                self.news.push(News::Served { who, place });
                self.agenda.put(self.clock + Micros::from(self.scenario.held), Event::Held(place));
            }
            _ => self.answered(place),
        }
    }

    /// A query is over, whatever it was held for.
    fn answered(&mut self, place: Place) {
        let (Slot::Running(who) | Slot::Holding(who)) = self.connections[place].slot else { return };
        let number = who.request;
        let Some(request) = self.requests.get_mut(&number) else { return };
        request.settled += 1;
        let (settled, queries) = (request.settled, request.errand.queries.len());
        self.news.push(News::Answered { who, place, more: (queries - settled) as u32 });
        let kept = request.kept;
        match self.scenario.using {
            _ if settled == queries => {
                if let Some(kept) = kept.filter(|kept| *kept != place) {
                    self.give_back(number, place);
                    self.end(number, Some(kept));
                } else {
                    self.end(number, Some(place));
                }
            }
            Use::Hold => {
                let work = request.errand.queries[settled];
                self.begin(self.who(number, settled), place, work);
            }
            Use::Together => self.give_back(number, place),
            Use::Again => {
                self.give_back(number, place);
                self.ask(number, settled);
            }
            Use::Nested => {
                if kept.is_none() {
                    request.kept = Some(place);
                    self.set(place, Slot::Keeping(who));
                } else {
                    self.give_back(number, place);
                }
                self.ask(number, settled);
            }
        }
    }

    /// Puts down when the server will be done with the next query, which changes whenever one begins or ends.
    fn plan(&mut self) {
        if let Some(entry) = self.next_served.take() {
            self.agenda.cancel(entry);
        }
        self.next_served = self.server.next().map(|time| self.agenda.put(time, Event::Served));
    }

    // ---- what can be seen ----

    fn set(&mut self, place: Place, slot: Slot) {
        self.connections[place].slot = slot;
    }

    /// A request in the house, at one of its queries, from 0.
    fn who(&self, request: u32, query: usize) -> Who {
        Who { request, slow: self.requests.get(&request).is_some_and(|it| it.errand.slow), query: query as u32 + 1 }
    }

    fn cancel_timer(&mut self, place: Place) {
        if let Some(timer) = self.connections[place].timer.take() {
            self.agenda.cancel(timer);
        }
    }

    fn levels(&self) -> Levels {
        Levels { waiting: self.waits.len(), out: self.out, busy: self.server.busy() }
    }

    /// Virtual time.
    pub fn clock(&self) -> Micros {
        self.clock
    }

    /// What the last step did.
    pub fn news(&self) -> &[News] {
        &self.news
    }

    pub fn scenario(&self) -> &Scenario {
        &self.scenario
    }

    /// What every connection is at.
    pub fn slots(&self) -> impl Iterator<Item = Slot> {
        self.connections.iter().map(|connection| connection.slot)
    }

    /// Those who wait in the queue, the first to be served first.
    pub fn queue(&self) -> impl ExactSizeIterator<Item = Waiter> {
        self.pool.queue().iter().map(|asker| match self.waits.get(asker) {
            Some(wait) => Waiter { who: self.who(wait.request, wait.query), since: wait.since },
            None => Waiter { who: Who::default(), since: self.clock },
        })
    }

    pub fn server(&self) -> &Server {
        &self.server
    }

    /// What is counted so far.
    pub fn tally(&self) -> &Tally {
        &self.tally
    }

    pub fn outcome(&self) -> Outcome {
        let figures = self.tally.figures(self.waits.values().map(|wait| self.clock - wait.since));
        let waits = self.tally.histogram(figures.waits.within_99);
        Outcome {
            figures,
            slices: self.tally.slices.clone(),
            waits,
            events: self.events,
            stopped: self.stopped.clone(),
        }
    }
}
