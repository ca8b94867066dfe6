//! The tests of the components in headless Chromium, each file of them by `wasm-bindgen-test-runner`.
//!
//! A browser can die of something that is not ours (a renderer that stopped answering, on a machine that is short of
//! something). That is no verdict on the tests, so the file is run again; a test that fails is *never* run twice.

use crate::child;
use crate::setup::Browser;
use anyhow::{Context, Result, bail};
use std::io::{self, Write};
use std::path::Path;
use std::process::Command;

/// What Cargo calls with each test file, and with what follows `--`.
pub const RUNNER: &str = "run-component-tests";

/// How often a file is given to a browser that dies.
const BROWSERS: usize = 3;

/// Runs them all, each file by `this` program (where it stands in the target folder).
pub fn all(browser: &Browser, this: &Path) -> Result<()> {
    let mut cargo = child::cargo();
    cargo.args(["test", "--target", "wasm32-unknown-unknown", "--package", "interleave"]);
    cargo.arg("--config").arg(format!("target.wasm32-unknown-unknown.runner=[{this:?}, {RUNNER:?}]"));
    cargo.env("CHROMEDRIVER", &browser.chromedriver).env("WASM_BINDGEN_TEST_ONLY_WEB", "1");
    child::run(&mut cargo)
}

/// Runs one file of them, until a browser has lived to say what came of it.
pub fn file(args: &[String]) -> Result<()> {
    for browser in 1..=BROWSERS {
        // Not in the workspace's root: Cargo has set the folder in which the browser's options lie.
        let mut runner =
            Command::new(child::find("wasm-bindgen-test-runner").context("run `cargo xtask setup` first")?);
        let output = runner.args(args).output().context("cannot start wasm-bindgen-test-runner")?;
        io::stdout().write_all(&output.stdout)?;
        io::stderr().write_all(&output.stderr)?;
        if output.status.success() {
            return Ok(());
        }
        let verdict = |text: &[u8]| String::from_utf8_lossy(text).lines().any(|line| line.starts_with("test result:"));
        if verdict(&output.stdout) || verdict(&output.stderr) {
            bail!("a test failed");
        }
        println!("the browser died before it could say what came of the tests ({browser} of {BROWSERS})");
    }
    bail!("no browser lived to the end of the tests")
}
