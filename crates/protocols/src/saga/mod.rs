//! A saga: an order that takes several local transactions, each at a service with a database of its own. Either all are done, or those that
//! were done are *compensated*, last first. (Garcia-Molina, Salem, *Sagas*, SIGMOD 1987)
//!
//! [`Saga`] is *orchestrated*: one process tells the services what to do, keeps a saga log and goes on from there after a crash.
//! [`choreography`] is the same order without anybody in charge. (Richardson, *Microservices Patterns*, 2018, chapter 4) A saga is not isolated: what it has done so far is seen by others. Where that
//! would do harm there is a *semantic lock*, a mark that says that what it stands on is not final. (Frank, Zahle, *Semantic ACID Properties
//! in Multidatabases Using Remote Procedure Calls and Update Propagations*, Software: Practice and Experience 28.1, 1998)
//!
//! Each precaution is a [switch](Safeguards). With one of them off, a search finds the order in which it was needed.

pub mod choreography;
mod machine;
mod orchestrator;
mod picture;
mod presets;
mod rules;
mod scenario;
mod service;
mod stories;

pub use machine::{Action, Body, Message, Saga};
pub use orchestrator::{End, Orchestrator, OrchestratorMemory, Phase, Progress, Record};
pub use presets::PRESETS;
pub use rules::{CHARGED, DIRTY, ENDS, PAID, STOCK, UNDONE};
pub use scenario::{
    Answer, Compensation, Effect, Kind, LONGEST_NAME, MOST_ATTEMPTS, MOST_SAGAS, MOST_STEPS, MOST_STOCK, Safeguards,
    Scenario, Step,
};
pub use service::{Entry, Service, ServiceDisk, ServiceMemory, State};
