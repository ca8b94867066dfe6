//! The editor: CodeMirror and what we add to it, one file that is fetched when a learner opens the editor.

use super::hash::ContentHash;
use crate::child;
use anyhow::{Context, Result};
use std::fs;
use std::path::Path;

const ENTRY: &str = "src/editor/editor.js";

/// Bundles the editor into `staging` and returns its address, relative to the site.
pub fn editor(staging: &Path, minify: bool) -> Result<String> {
    let bundle = staging.join("editor.js");
    let mut esbuild = child::command("node");
    esbuild.args(["node_modules/esbuild/bin/esbuild", ENTRY, "--bundle", "--format=esm", "--target=es2022"]);
    esbuild.args(["--log-level=warning", "--legal-comments=none"]);
    if minify {
        esbuild.arg("--minify");
    }
    child::run(esbuild.arg(format!("--outfile={}", bundle.display()))).context("the editor could not be bundled")?;
    let named = format!("editor-{}.js", ContentHash::of(&fs::read(&bundle)?));
    fs::rename(&bundle, staging.join(&named))?;
    Ok(named)
}
