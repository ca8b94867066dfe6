//! A choreographed saga: nobody tells the services what to do. Each publishes what has happened to it, and does its part when it hears of
//! what concerns it. (Richardson, *Microservices Patterns*, 2018, section 4.2.1)
//!
//! Events go through a broker that delivers *at least once*: an event stays in a consumer's queue until that acknowledges it. So a crash at
//! the wrong time delivers it twice, an event that cannot be handled comes back for ever, and services that answer each other's events may
//! go round in circles. Nobody knows the state of the order but the order service, and that only by what it has heard.

mod machine;
mod picture;
mod presets;
mod rules;
mod scenario;
mod service;
mod stories;

pub use machine::{Action, Choreography, Delivery};
pub use presets::PRESETS;
pub use rules::ENDS;
pub use scenario::{Answers, ROUNDS, Safeguards, Scenario, TRIES};
pub use service::{Disk, Event, Kind, Memory, Service, Status};
