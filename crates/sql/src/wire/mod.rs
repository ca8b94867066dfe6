//! PostgreSQL's wire protocol: the store as a server on the network. (Manual, chapter 55 "Frontend/Backend Protocol")
//!
//! ```
//! use interleave_kernel::{Packet, Remote, Segment};
//! use interleave_sql::wire::{Server, Settings};
//!
//! let schema = "CREATE TABLE pets (name text); INSERT INTO pets VALUES ('cat')";
//! let mut server = Server::start(schema, Settings::default()).unwrap();
//! let mut startup = vec![0, 0, 0, 17, 0, 3, 0, 0];
//! startup.extend(b"user\0ada\0");
//! let packets = [Segment::Open, Segment::Data(startup)];
//! let packets = packets.into_iter().map(|carries| Packet { connection: 0, at: 0, carries }).collect();
//! let answer = server.exchange(packets, 0).sent;
//! assert_eq!(answer[0].at, 5_000_000, "a new process takes 5 ms");
//! let Segment::Data(bytes) = &answer[0].carries else { panic!() };
//! assert_eq!(bytes[..9], *b"R\0\0\0\x08\0\0\0\0", "AuthenticationOk");
//! assert_eq!(bytes[bytes.len() - 6..], *b"Z\0\0\0\x05I", "ReadyForQuery, idle");
//! ```
//!
//! [`frontend`] reads what clients send, [`backend`] writes what they are sent, [`process`] is the server's process behind one
//! connection, and [`Server`] lets all of them run beside each other in virtual time.

pub mod backend;
pub mod frontend;
mod process;
mod server;
mod types;

pub use server::{Server, Settings};
