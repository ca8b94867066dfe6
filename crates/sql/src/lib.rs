//! A relational store that behaves like PostgreSQL 15, one statement at a time.

#[cfg(feature = "engine")]
pub mod catalog;
#[cfg(feature = "engine")]
pub mod dialogue;
#[cfg(feature = "engine")]
pub mod error;
#[cfg(feature = "engine")]
pub mod exec;
pub mod explain;
#[cfg(feature = "engine")]
pub mod expr;
#[cfg(feature = "engine")]
pub mod history;
#[cfg(feature = "engine")]
pub mod isolation;
#[cfg(feature = "engine")]
pub mod locks;
pub mod psql;
#[cfg(feature = "engine")]
pub mod query;
#[cfg(feature = "engine")]
pub mod ssi;
#[cfg(feature = "engine")]
pub mod store;
#[cfg(feature = "engine")]
pub mod value;

pub mod lab;
#[cfg(feature = "engine")]
pub mod wire;
pub mod workload;
