//! Bundles the JavaScript part of Node (`js/`) into one module text per builtin and writes the table of them.
//!
//! `bundle.mjs` does the work with esbuild, from the packages that `package-lock.json` fixes.

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

fn main() {
    println!("cargo::rerun-if-changed=js");
    println!("cargo::rerun-if-changed=packages");
    println!("cargo::rerun-if-changed=../../package-lock.json");
    if env::var_os("CARGO_FEATURE_ENGINE").is_none() {
        return;
    }
    if let Err(why) = bundle() {
        println!("cargo::error={}", why.replace('\n', " "));
    }
}

fn bundle() -> Result<(), String> {
    let here = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").ok_or("Cargo did not say where the package is")?);
    let out = PathBuf::from(env::var_os("OUT_DIR").ok_or("Cargo did not say where to write")?);
    let root = here.join("../..");
    if !root.join("node_modules/esbuild").is_dir() {
        let npm = if cfg!(windows) { "npm.cmd" } else { "npm" };
        run(Command::new(npm).args(["ci", "--no-audit", "--no-fund"]).current_dir(&root))?;
    }
    run(Command::new("node").arg(here.join("js/bundle.mjs")).arg(&out).current_dir(&root))?;
    expect(&out.join("builtins.rs"))
}

/// Runs a tool of Node's; the error is a sentence that says what to install or what the tool said.
fn run(command: &mut Command) -> Result<(), String> {
    let name = command.get_program().to_string_lossy().into_owned();
    match command.output() {
        Ok(done) if done.status.success() => Ok(()),
        Ok(done) => Err(format!("`{name}` failed: {}", String::from_utf8_lossy(&done.stderr))),
        Err(error) => Err(format!(
            "`{name}` cannot be started ({error}). Install Node.js 20 or newer with npm (https://nodejs.org), then build again."
        )),
    }
}

fn expect(file: &Path) -> Result<(), String> {
    file.is_file().then_some(()).ok_or_else(|| format!("js/bundle.mjs ended without writing {}", file.display()))
}
