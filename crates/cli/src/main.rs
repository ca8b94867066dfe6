//! Every lab without a browser.

mod contention;
mod mount;
mod node;

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
}

fn main() -> ExitCode {
    let result = match Arguments::parse().lab {
        Lab::Node(arguments) => node::run(&arguments),
        Lab::Contention(arguments) => contention::run(&arguments),
    };
    result.unwrap_or_else(|error| {
        eprintln!("interleave: {error:#}");
        ExitCode::from(2)
    })
}
