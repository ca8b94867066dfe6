//! A program's run.

use interleave_course::question::Program;
use interleave_kernel::Remote;
use interleave_node::{Connect, Database, ModuleKind, Options, Outcome, Scenario, Stream, record};
use interleave_sql::wire::{Server, Settings};
use std::rc::Rc;

/// Tells how many bytes of memory the process uses.
pub type MemoryGauge = fn() -> usize;

/// What became of a program that ended by itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ran {
    /// What it wrote to stdout.
    pub text: String,
    /// Its exit code: 0, what it asked for, or that of an error which nobody handled.
    pub exit: i32,
}

/// Runs a program in the simulated Node as `interleave node FILE` does, with a database beside it if it needs one.
///
/// `memory` tells how many bytes the process uses, where that can be told.
///
/// # Errors
/// A sentence that says why it did not end by itself: it is no program, or something stopped it.
pub fn run(program: &Program, memory: Option<MemoryGauge>) -> Result<Ran, String> {
    let database = || Database { schema: program.schema.clone(), ..Database::default() };
    let scenario = Scenario {
        module: if program.module { ModuleKind::Module } else { ModuleKind::CommonJs },
        database: program.needs_a_database().then(database),
        ..Scenario::script(&*program.program)
    };
    // Each step is looked at, as in the lab in which a learner replays it: what a lab would cut short is no question.
    let connect: Rc<Connect> = Rc::new(connect);
    let tape = record(&scenario, &Options { connect: Some(connect), memory_gauge: memory, ..Options::default() });
    let scene = tape.last();
    let stdout = scene.console.iter().filter(|print| print.stream == Stream::Stdout);
    let text: String = stdout.map(|print| print.text.as_str()).collect();
    match scene.outcome.as_deref() {
        Some(Outcome::Exited { code } | Outcome::Threw { code, .. }) => Ok(Ran { text, exit: *code }),
        Some(Outcome::Rejected { message, line, .. }) => {
            Err(format!("the program cannot be compiled: line {line}: {message}"))
        }
        Some(Outcome::Stopped { message, .. }) => Err(format!("the program does not end by itself: {message}")),
        None => Err("the program does not end by itself".into()),
    }
}

/// The store as the server that a program connects to.
fn connect(database: &Database) -> Result<Box<dyn Remote>, String> {
    let settings = Settings {
        connection_cost: database.connection_cost * 1_000,
        max_connections: database.max_connections as usize,
        ..Settings::default()
    };
    Ok(Box::new(Server::start(&database.schema, settings)?))
}
