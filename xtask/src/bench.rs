//! `cargo xtask bench`: the figures of the README. The measuring itself is in `e2e/bench.mjs`.

use crate::{child, setup, workspace};
use anyhow::{Result, ensure};

/// Measures the site in `dist/` in headless Chromium, and the recorder, the database and the explorer natively.
pub fn run(args: &[String]) -> Result<()> {
    let browser = setup::everything()?;
    ensure!(workspace::dist().join("index.html").is_file(), "there is no site in dist/ yet: run `cargo xtask build`");
    let mut node = child::command("node");
    node.arg("e2e/bench.mjs").args(args).env("CHROMIUM", browser.chromium);
    child::run(&mut node)
}
