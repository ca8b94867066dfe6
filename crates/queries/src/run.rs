//! A program is run on the simulated Node against the store.

use crate::detector::detect;
use crate::groups::groups;
use crate::scenario::Scenario;
use crate::scene::Run;
use crate::totals::Totals;
use interleave_kernel::{Exchange, Nanos, Packet, Remote};
use interleave_node::{Budget, Connect, Database, ModuleKind, NodeTape, Options, Outcome, Simulator};
use interleave_sql::store::Store;
use interleave_sql::wire::{Server, Settings};
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

/// Runs scenarios one after the other. It keeps what the next one can use: a database that was set up, and a Node that waits.
pub struct Runner {
    simulator: Simulator,
    desk: Rc<Desk>,
}

/// Where a run finds its server, and leaves it.
#[derive(Default)]
struct Desk {
    /// Databases that were set up, by the text that did it; the last used first.
    databases: RefCell<Vec<(String, Store)>>,
    server: RefCell<Option<Rc<RefCell<Server>>>>,
    /// Told whenever time passes for the server.
    pulse: RefCell<Option<Box<dyn FnMut()>>>,
}

/// Databases that are kept.
const KEPT: usize = 3;

/// Queries of one run: more are not drawn.
const MOST_QUERIES: usize = 12_000;

struct Shared {
    server: Rc<RefCell<Server>>,
    desk: Rc<Desk>,
}

impl Remote for Shared {
    fn exchange(&mut self, arrived: Vec<Packet>, until: Nanos) -> Exchange {
        if let Some(pulse) = &mut *self.desk.pulse.borrow_mut() {
            pulse();
        }
        self.server.borrow_mut().exchange(arrived, until)
    }
}

impl Desk {
    fn connect(self: &Rc<Self>, database: &Database) -> Result<Box<dyn Remote>, String> {
        let store = self.database(&database.schema)?;
        let settings = Settings {
            connection_cost: database.connection_cost * 1_000,
            max_connections: database.max_connections as usize,
            log_plans: true,
            ..Settings::default()
        };
        let server = Rc::new(RefCell::new(Server::with(store, settings)));
        *self.server.borrow_mut() = Some(Rc::clone(&server));
        Ok(Box::new(Shared { server, desk: Rc::clone(self) }))
    }

    fn database(&self, schema: &str) -> Result<Store, String> {
        let mut databases = self.databases.borrow_mut();
        match databases.iter().position(|(text, _)| text == schema) {
            Some(at) => databases[..=at].rotate_right(1),
            None => {
                let store = Server::set_up(schema, Settings::default().seed)?;
                databases.insert(0, (schema.to_owned(), store));
                databases.truncate(KEPT);
            }
        }
        Ok(databases[0].1.clone())
    }
}

impl Runner {
    /// `memory_gauge`: bytes of memory in use, where the host can tell.
    pub fn new(memory_gauge: Option<fn() -> usize>) -> Self {
        Self::limited(memory_gauge, MOST_QUERIES)
    }

    /// The same; a program that asks more than so many queries is stopped.
    pub fn limited(memory_gauge: Option<fn() -> usize>, queries: usize) -> Self {
        let desk = Rc::new(Desk::default());
        let connect: Rc<Connect> = {
            let desk = Rc::clone(&desk);
            Rc::new(move |database: &Database| desk.connect(database))
        };
        let options = Options {
            observe: false,
            connect: Some(connect),
            memory_gauge,
            budget: Budget { queries, ..Budget::default() },
            likely: &["pg", "@interleave/orm", "dataloader"],
            ..Options::default()
        };
        Self { simulator: Simulator::new(options), desk }
    }

    /// Brings up a Node for the next run, while nobody waits, and a database: the last one, or the shop as it is at first.
    pub fn prepare(&mut self) {
        self.simulator.prepare(ModuleKind::CommonJs);
        if self.desk.databases.borrow().is_empty() {
            // It is the same as what a run sets up, so whatever is wrong with it is told then.
            let _ = self.desk.database(&Scenario::default().shop.schema());
        }
    }

    /// Has somebody told that a run is alive, whenever time passes for its server.
    pub fn on_pulse(&mut self, pulse: impl FnMut() + 'static) {
        *self.desk.pulse.borrow_mut() = Some(Box::new(pulse));
    }

    /// Runs a scenario. It *never* fails: what goes wrong is in the outcome.
    pub fn run(&mut self, scenario: &Scenario) -> Run {
        let scenario = scenario.bounded();
        if scenario.program.len() > Scenario::LONGEST {
            let message = format!("The program is longer than {} bytes.", Scenario::LONGEST);
            return self.finish(Default::default(), Vec::new(), Outcome::Stopped { message, line: None }, 0);
        }
        let files = BTreeMap::from([("shop.js".to_owned(), scenario.module())]);
        let node = interleave_node::Scenario {
            program: scenario.program.clone(),
            seed: scenario.seed.into(),
            files,
            database: Some(Database {
                schema: scenario.shop.schema(),
                round_trip: scenario.round_trip.into(),
                ..Database::default()
            }),
            ..interleave_node::Scenario::default()
        };
        let tape = self.simulator.record(&node);
        let scene = tape.last();
        let log = scene.database.as_deref().cloned().unwrap_or_default();
        let outcome = scene.outcome.as_deref().cloned().unwrap_or(Outcome::Exited { code: 0 });
        self.finish(log, scene.console.clone(), outcome, scene.clock)
    }

    /// Runs a program of a page, which makes its tables by itself; the answer is what Node's own lab shows of it.
    pub fn program(&mut self, scenario: &interleave_node::Scenario) -> NodeTape {
        let tape = self.simulator.record(scenario);
        self.desk.server.take();
        tape
    }

    fn finish(
        &mut self,
        log: interleave_node::DatabaseLog,
        printed: Vec<Rc<interleave_node::Print>>,
        outcome: Outcome,
        end: Nanos,
    ) -> Run {
        let server = self.desk.server.take();
        let server = server.as_ref().map(|server| server.borrow());
        let plan_log = server.as_ref().and_then(|server| server.store().plan_log.as_deref());
        let plan = |text: &String| plan_log.and_then(|plans| plans.plan(text)).cloned();
        let plans: Vec<_> = log.texts.iter().map(plan).collect();
        let groups = groups(&log);
        let mut group_of = vec![0; log.queries.len()];
        for (number, group) in groups.iter().enumerate() {
            group.queries.iter().for_each(|query| group_of[*query as usize] = number as u32);
        }
        let totals = Totals::of(&log);
        let findings = detect(&log, &groups, &plans, &totals);
        Run { log, groups, group_of, findings, totals, plans, printed, outcome, end }
    }
}

/// Runs one scenario. See [`Runner::run`].
pub fn run(scenario: &Scenario) -> Run {
    Runner::new(None).run(scenario)
}
