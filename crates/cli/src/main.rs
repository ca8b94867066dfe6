//! Every lab without a browser.

mod chosen;
mod contention;
mod explore;
mod isolation;
mod locking;
mod mount;
mod node;
mod pool;
mod protocol;
mod queries;
mod query_log;
mod quiz;
mod quiz_files;
mod sql;

use clap::{Parser, Subcommand};
use std::process::ExitCode;

/// Counts what is allocated, so that a program that takes too much is stopped with a message.
#[global_allocator]
static MEMORY: peak_alloc::PeakAlloc = peak_alloc::PeakAlloc;

/// Interleave's labs on the command line.
#[derive(Parser)]
#[command(name = "interleave", version)]
struct Arguments {
    #[command(subcommand)]
    lab: Lab,
}

#[derive(Subcommand)]
enum Lab {
    /// Runs a JavaScript program on the simulated Node 20.
    Node(node::Arguments),
    /// Compares five ways to change a row that others change, too.
    Contention(contention::Arguments),
    /// Interleaves the transactions of several sessions: locks, versions, anomalies.
    Locking(locking::Arguments),
    /// Runs a schedule file as PostgreSQL's isolationtester does.
    Isolation(isolation::Arguments),
    /// A small psql with several sessions.
    Sql(sql::Arguments),
    /// Tries every order of a protocol and judges its rules.
    Explore(explore::Arguments),
    /// Plays a protocol once, in an order that a seed picks.
    Run(protocol::Arguments),
    /// Files of questions: checked, converted, judged.
    Quiz(quiz::Arguments),
}

fn main() -> ExitCode {
    let result = match Arguments::parse().lab {
        Lab::Node(arguments) => node::run(&arguments),
        Lab::Contention(arguments) => contention::run(&arguments),
        Lab::Locking(arguments) => locking::run(&arguments),
        Lab::Isolation(arguments) => isolation::run(&arguments),
        Lab::Sql(arguments) => sql::run(&arguments),
        Lab::Explore(arguments) => explore::run(&arguments),
        Lab::Run(arguments) => protocol::run(&arguments),
        Lab::Quiz(arguments) => quiz::run(&arguments),
    };
    result.unwrap_or_else(|error| {
        eprintln!("interleave: {error:#}");
        ExitCode::from(2)
    })
}
