//! JavaScript: the editor (CodeMirror and what we add to it, one file that is fetched when a learner opens it), and
//! every other script without its comments.

use super::hash::ContentHash;
use crate::{child, workspace};
use anyhow::{Context, Result};
use std::fs;
use std::path::Path;
use std::process::Command;

const EDITOR: &str = "src/editor/editor.js";

/// Bundles the editor into `staging` and returns its address, relative to the site.
pub fn editor(staging: &Path, minify: bool) -> Result<String> {
    let bundle = staging.join("editor.js");
    let mut esbuild = esbuild();
    esbuild.args([EDITOR, "--bundle"]);
    if minify {
        esbuild.arg("--minify");
    }
    child::run(esbuild.arg(format!("--outfile={}", bundle.display()))).context("the editor could not be bundled")?;
    let text = fs::read(&bundle).with_context(|| format!("esbuild left no {}", bundle.display()))?;
    let named = format!("editor-{}.js", ContentHash::of(&text));
    fs::rename(&bundle, staging.join(&named)).context("the editor's bundle cannot be renamed")?;
    Ok(named)
}

/// Rewrites a script in place, as small as it can be and still do the same.
pub fn minify(script: &Path) -> Result<()> {
    let mut esbuild = esbuild();
    esbuild.arg(script).args(["--minify", "--allow-overwrite"]).arg(format!("--outfile={}", script.display()));
    child::run(&mut esbuild).with_context(|| format!("{} could not be minified", script.display()))
}

fn esbuild() -> Command {
    // A script, or the program itself: its installer, which set-up does not run, puts that in the place of the script.
    let mut esbuild = child::command(workspace::root().join("node_modules/esbuild/bin/esbuild"));
    esbuild.args(["--format=esm", "--target=es2022"]);
    esbuild.args(["--log-level=warning", "--legal-comments=none"]);
    esbuild
}
