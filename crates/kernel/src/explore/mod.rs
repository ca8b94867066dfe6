//! Drivers that try every order.

mod orders;

pub use orders::{Class, Orders, Search, orders};
