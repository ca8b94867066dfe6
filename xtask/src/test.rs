//! `cargo xtask test`: everything that can be wrong, in stages, with a summary at the end.

use crate::setup::{self, Browser};
use crate::{child, components, size, trunk, workspace};
use anyhow::{Context, Result, bail};
use std::path::PathBuf;
use std::time::{Duration, Instant};
use std::{env, fs};

/// What a stage has to work with.
struct Machine {
    browser: Browser,
    /// Where this program stands. Asked at the start: Cargo may build it again for the native tests (with what they, too,
    /// need), and from then on the system knows our file as a deleted one, while another stands in its place.
    this: PathBuf,
    /// Whether the pictures of the README are to be taken anew.
    pictures: bool,
}

/// A part of the test run.
struct Stage {
    name: &'static str,
    what: &'static str,
    run: fn(&Machine) -> Result<()>,
}

/// In this order: what is quick to tell comes before what is slow.
const STAGES: &[Stage] = &[
    Stage { name: "native", what: "the crates, the tools and the rules of the house", run: native },
    Stage {
        name: "components",
        what: "Yew components in headless Chromium",
        run: |machine| components::all(&machine.browser, &machine.this),
    },
    Stage { name: "build", what: "the release site, at the root and under a path", run: build },
    Stage { name: "size", what: "nothing is over its budget", run: |_| size::run() },
    Stage { name: "html", what: "every page is valid", run: html },
    Stage { name: "e2e", what: "the site in a real browser", run: e2e },
];

/// Asks the end-to-end tests to keep the pictures they take, for the README.
const UPDATE_SCREENSHOTS: &str = "--update-screenshots";

/// Sets up and runs every stage, or only the named ones. Stops at the first that fails.
pub fn run(args: &[String]) -> Result<()> {
    let (options, names): (Vec<_>, Vec<_>) = args.iter().partition(|arg| arg.starts_with("--"));
    if let Some(unknown) = options.iter().find(|option| **option != UPDATE_SCREENSHOTS) {
        bail!("`cargo xtask test` knows {UPDATE_SCREENSHOTS}, not {unknown}");
    }
    let pictures = !options.is_empty();
    if let Some(unknown) = names.iter().find(|name| STAGES.iter().all(|stage| stage.name != **name)) {
        let known: Vec<_> = STAGES.iter().map(|stage| stage.name).collect();
        bail!("there is no stage called {unknown}; there are {}", known.join(", "));
    }
    let started = Instant::now();
    let this = env::current_exe().context("this program does not know where it is")?;
    let machine = Machine { browser: setup::everything()?, this, pictures };
    let mut done = vec![("set-up", started.elapsed(), "done")];
    let mut failure = None;
    for stage in STAGES.iter().filter(|stage| names.is_empty() || names.iter().any(|name| *name == stage.name)) {
        println!("\ntest    {}: {}", stage.name, stage.what);
        let started = Instant::now();
        let result = (stage.run)(&machine);
        done.push((stage.name, started.elapsed(), if result.is_ok() { "passed" } else { "FAILED" }));
        if let Err(error) = result {
            failure = Some(error.context(format!("the stage \"{}\" failed", stage.name)));
            break;
        }
    }
    println!("\n{:<12}{:>10}", "stage", "time");
    for (name, time, verdict) in &done {
        println!("{name:<12}{:>10}  {verdict}", minutes(*time));
    }
    println!(
        "{:<12}{:>10}  {}",
        "all",
        minutes(started.elapsed()),
        if failure.is_none() { "passed" } else { "FAILED" }
    );
    failure.map_or(Ok(()), Err)
}

fn minutes(time: Duration) -> String {
    format!("{}:{:02}", time.as_secs() / 60, time.as_secs() % 60)
}

fn native(_: &Machine) -> Result<()> {
    child::run(child::cargo().args(["test", "--workspace", "--quiet"]))
}

fn build(_: &Machine) -> Result<()> {
    trunk::release("/", None, &workspace::dist())?;
    trunk::release("/some/sub/path/", None, &workspace::target().join("site-under-a-path"))
}

fn html(_: &Machine) -> Result<()> {
    child::run(child::command("node").args([
        "node_modules/html-validate/bin/html-validate.mjs",
        "--config",
        "e2e/html-validate.json",
        "dist/",
    ]))
}

fn e2e(machine: &Machine) -> Result<()> {
    let mut node = child::command("node");
    // One after the other: they measure how quickly the page answers.
    node.args(["--test", "--test-concurrency=1", "--test-timeout=900000"]).args(scenarios()?);
    node.env("CHROMIUM", &machine.browser.chromium).env("UNDER_A_PATH", workspace::target().join("site-under-a-path"));
    if machine.pictures {
        node.env("UPDATE_SCREENSHOTS", "1");
    }
    child::run(&mut node)
}

/// The files with end-to-end tests.
fn scenarios() -> Result<Vec<String>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(workspace::root().join("e2e"))? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        if name.ends_with(".test.mjs") {
            files.push(format!("e2e/{name}"));
        }
    }
    files.sort();
    Ok(files)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_minutes_and_seconds() {
        assert_eq!(minutes(Duration::from_millis(125_900)), "2:05");
    }
}
