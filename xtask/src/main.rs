//! Set-up, serve, build, test, measure: `cargo xtask <command>`.
//!
//! It is compiled before anything else can happen, so it stays small: whatever needs the JavaScript engine or the page's
//! components runs as a child process.

mod bench;
mod child;
mod components;
mod conformance;
mod database;
mod record;
mod schedules;
mod setup;
mod site;
mod size;
mod test;
mod trunk;
mod workspace;

use anyhow::{Result, bail};
use std::process::ExitCode;

const HELP: &str = "\
cargo xtask <command>

  setup                       install what the other commands need
  serve [--port N] [--open]   set up, build, and serve the site while you edit it
  build [--public-url /p/]    the release site, in dist/
  test [STAGE …]              set up and run every test, or only the named stages
  size                        raw, gzip and brotli size of everything shipped; fails over budget
  bench [PART …]              the figures of the README, measured in headless Chromium, or only those parts of them
  record [FILTER …]           record the golden programs again from the real Node
  record database [FILTER …]  record the golden programs with a database again, from real Node, pg and PostgreSQL
  record schedules [FILTER …] record the golden schedules again from the real PostgreSQL
  record pools                record again what the real pg-pool does
  record memory               record again what the real py-fsrs does
  conformance [--programs N] [--seed S]
                              compare random programs with the real Node
  conformance schedules [--count N] [--seed S]
                              compare random schedules with the real PostgreSQL
  conformance queries [--count N] [--seed S]
                              compare random queries over a shop with the real PostgreSQL
  finish                      what Trunk calls after each build: render the pages
";

fn main() -> ExitCode {
    match command(&std::env::args().skip(1).collect::<Vec<_>>()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("\nerror: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn command(args: &[String]) -> Result<()> {
    let Some((name, rest)) = args.split_first() else {
        print!("{HELP}");
        return Ok(());
    };
    match name.as_str() {
        "setup" => setup::everything().map(drop),
        "serve" => trunk::serve(rest),
        "build" => trunk::build(rest),
        "test" => test::run(rest),
        "size" => size::run(),
        "bench" => bench::run(rest),
        "record" => record::run(rest),
        "conformance" => conformance::run(rest),
        "finish" => site::finish(),
        components::RUNNER => components::file(rest),
        "help" | "--help" | "-h" => {
            print!("{HELP}");
            Ok(())
        }
        other => bail!("there is no `cargo xtask {other}`\n\n{HELP}"),
    }
}
