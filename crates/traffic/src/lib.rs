//! Work that arrives by itself and waits for something scarce.
//!
//! [`pool`] is a service with a pool of database connections: requests arrive, wait for a connection, run their queries on a server with so
//! many cores, and give the connection back, or forget to. Time is virtual and everything is drawn from a seed: a scenario gives one run, on
//! every machine.

mod agenda;
mod chance;
pub mod pool;
