//! A service changes an order in its database and publishes an event to a broker: how to do both, or neither.
//!
//! The two writes have no transaction in common. Whichever is made first, a crash between them leaves it alone: an order that nobody hears of,
//! or an event of an order that does not exist. The *transactional outbox* writes the event into a table of the same database, in the same
//! transaction as the order, and a *relay* takes it from there to the broker: it polls the table, or it reads the database's log. (Richardson,
//! *Microservices Patterns*, 2018, section 3.3; Hohpe, Woolf, *Enterprise Integration Patterns*, 2003, "Guaranteed Delivery" and
//! "Idempotent Receiver") A relay that crashes between publishing and marking publishes again, so events are delivered at least once; a
//! consumer with an *inbox* of the events that it has applied applies each once. (Helland, *Life beyond Distributed Transactions*, CIDR 2007)
//!
//! Each precaution is a [switch](Safeguards). With one of them off, a search finds the order in which it was needed. [`PRESETS`] tells the best known of
//! these stories.

mod broker;
mod consumer;
mod event;
mod machine;
mod picture;
mod presets;
mod relay;
mod rules;
mod scenario;
mod service;
mod stories;

pub use broker::{Broker, Entry};
pub use consumer::{Consumer, ConsumerDisk, ConsumerMemory, Delivery, Handling};
pub use event::{Event, Events};
pub use machine::{Action, BROKER, CONSUMER, Message, Outbox, RELAY, SERVICE};
pub use presets::PRESETS;
pub use relay::{Relay, RelayDisk, RelayMemory};
pub use rules::{APPLIED, DELIVERED, EVENT_MISSING, EVENT_WITHOUT_ORDER, IN_ORDER, ONCE, ORDER_MISSING};
pub use scenario::{MOST, Safeguards, Scenario, Variant};
pub use service::{Record, Request, Row, Service, ServiceDisk, ServiceMemory, Stage, Value};
