//! What a fresh machine lacks. Every step says what it does in a line, and does nothing when it is already done.

use crate::{child, workspace};
use anyhow::{Context, Result, bail};
use interleave_postgres::{PACKAGES, Programs};
use serde_json::Value;
use std::fs;
use std::path::PathBuf;

/// Trunk 0.22 needs a newer Rust than this workspace asks for.
const TRUNK: &str = "0.21.14";
/// What the npm packages ask for.
const NODE_MAJOR: u32 = 20;

/// A browser and its driver, for tests and measurements.
pub struct Browser {
    pub chromium: PathBuf,
    pub chromedriver: PathBuf,
}

/// What `serve` and `build` need.
pub fn site() -> Result<()> {
    wasm_target()?;
    node()?;
    npm_packages()?;
    cargo_tool("wasm-bindgen", "wasm-bindgen-cli", &locked_version("wasm-bindgen")?)?;
    cargo_tool("trunk", "trunk", TRUNK)
}

/// What `test` and `bench` need.
pub fn everything() -> Result<Browser> {
    site()?;
    browser()
}

fn say(step: &str, state: impl std::fmt::Display) {
    println!("set-up  {step:<14} {state}");
}

fn wasm_target() -> Result<()> {
    const TARGET: &str = "wasm32-unknown-unknown";
    let installed = || {
        let folder = child::output(child::command("rustc").args(["--print", "target-libdir", "--target", TARGET]));
        folder.is_ok_and(|folder| PathBuf::from(folder.trim()).is_dir())
    };
    if !installed() {
        say("wasm target", "rustup target add wasm32-unknown-unknown");
        if child::find("rustup").is_none() {
            bail!(
                "Rust's {TARGET} target is missing and rustup is not on the PATH: install Rust from https://rustup.rs"
            );
        }
        child::run(child::command("rustup").args(["target", "add", TARGET]))
            .context("the wasm32 target could not be added: is there a network?")?;
    }
    say("wasm target", "there");
    Ok(())
}

fn node() -> Result<()> {
    let sentence = format!("install Node.js {NODE_MAJOR} or newer with npm, from https://nodejs.org");
    let Some(version) = child::find("node").and_then(|node| child::version(&node)) else {
        bail!("Node.js is not on the PATH: {sentence}");
    };
    let major = version.trim_start_matches('v').split('.').next().and_then(|major| major.parse::<u32>().ok());
    if major.is_none_or(|major| major < NODE_MAJOR) {
        bail!("Node.js is too old ({version}): {sentence}");
    }
    if child::find("npm").is_none() {
        bail!("npm is not on the PATH: {sentence}");
    }
    say("node", version);
    Ok(())
}

fn npm_packages() -> Result<()> {
    if !packages_match() {
        say("npm packages", "npm ci");
        child::run(child::command("npm").args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"]))
            .context("the npm packages could not be installed: is there a network?")?;
    }
    say("npm packages", "as package-lock.json says");
    Ok(())
}

/// Whether `node_modules` holds what the lockfile lists. npm leaves a copy of what it installed there.
fn packages_match() -> bool {
    let read =
        |path: &str| -> Option<Value> { serde_json::from_slice(&fs::read(workspace::root().join(path)).ok()?).ok() };
    let (Some(wanted), Some(installed)) = (read("package-lock.json"), read("node_modules/.package-lock.json")) else {
        return false;
    };
    let (Some(wanted), Some(installed)) = (wanted["packages"].as_object(), installed["packages"].as_object()) else {
        return false;
    };
    wanted.iter().filter(|(path, _)| !path.is_empty()).all(|(path, package)| match installed.get(path) {
        Some(there) => there["version"] == package["version"] && there["integrity"] == package["integrity"],
        // Builds for other platforms are in the lockfile, and never installed.
        None => package["optional"] == true,
    })
}

/// The version of a crate in `Cargo.lock`.
fn locked_version(name: &str) -> Result<String> {
    let lock = fs::read_to_string(workspace::root().join("Cargo.lock")).context("Cargo.lock cannot be read")?;
    find_locked(&lock, name).with_context(|| format!("{name} is not in Cargo.lock"))
}

fn find_locked(lock: &str, name: &str) -> Option<String> {
    let (_, after) = lock.split_once(&format!("name = \"{name}\"\nversion = \""))?;
    after.split_once('"').map(|(version, _)| version.to_owned())
}

/// A program from crates.io at exactly `version`: the machine's own, or one that only this project sees.
fn cargo_tool(program: &str, package: &str, version: &str) -> Result<()> {
    let there = || {
        let says = child::find(program).and_then(|found| child::version(&found));
        says.is_some_and(|says| says.split_whitespace().any(|word| word == version))
    };
    if !there() {
        say(program, format!("installing {version} into target/tools: a few minutes, once"));
        let install = |locked: bool| {
            let mut cargo = child::cargo();
            cargo.args(["install", "--quiet", "--root"]).arg(child::tools());
            cargo.args([package, "--version", &format!("={version}")]);
            if locked {
                cargo.arg("--locked");
            }
            // These programs wait for files: building them fast matters more than running them fast.
            cargo.envs([
                ("CARGO_PROFILE_RELEASE_LTO", "off"),
                ("CARGO_PROFILE_RELEASE_OPT_LEVEL", "0"),
                ("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16"),
            ]);
            // Our own target folder is locked by whoever builds in it.
            cargo.env_remove("CARGO_TARGET_DIR");
            child::run(&mut cargo)
        };
        // A release's own lockfile can name a version that an index mirror does not have yet.
        install(true).or_else(|_| install(false)).with_context(|| {
            format!(
                "{program} {version} could not be installed: `cargo install {package} --version {version}` shows why"
            )
        })?;
    }
    if !there() {
        bail!("{program} {version} was installed, yet is not what `{program} --version` finds");
    }
    say(program, version);
    Ok(())
}

/// The Chromium and driver named by `CHROMIUM` and `CHROMEDRIVER`, those on the PATH, or new ones from apt.
pub fn browser() -> Result<Browser> {
    let look = || -> Result<Option<Browser>> {
        let chromium = program("CHROMIUM", &["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"])?;
        let chromedriver = program("CHROMEDRIVER", &["chromedriver"])?;
        Ok(chromium.zip(chromedriver).map(|(chromium, chromedriver)| Browser { chromium, chromedriver }))
    };
    let browser = match look()? {
        Some(browser) => browser,
        None => {
            apt_install("chromium", &["chromium", "chromium-driver"]).context(
                "install Chromium and ChromeDriver (Debian and Ubuntu: `apt-get install chromium chromium-driver`), \
                 or name them in CHROMIUM and CHROMEDRIVER",
            )?;
            look()?.context("apt installed Chromium, yet `chromium` and `chromedriver` are not on the PATH")?
        }
    };
    say("chromium", browser.chromium.display());
    say("chromedriver", browser.chromedriver.display());
    Ok(browser)
}

fn program(variable: &str, names: &[&str]) -> Result<Option<PathBuf>> {
    match std::env::var_os(variable).filter(|value| !value.is_empty()) {
        Some(path) if PathBuf::from(&path).is_file() => Ok(Some(path.into())),
        Some(path) => bail!("{variable} is set to {}, and there is no such file", PathBuf::from(path).display()),
        None => Ok(names.iter().find_map(|name| child::find(name))),
    }
}

/// The PostgreSQL on this machine, or a new one from apt.
pub fn postgres() -> Result<Programs> {
    let programs = Programs::find().or_else(|why| {
        apt_install("postgresql", &PACKAGES).context(why)?;
        Programs::find().map_err(anyhow::Error::msg)
    })?;
    say("postgresql", "15, with isolationtester");
    Ok(programs)
}

fn apt_install(step: &str, packages: &[&str]) -> Result<()> {
    let root = child::find("id")
        .is_some_and(|id| child::output(child::command(id).arg("-u")).is_ok_and(|id| id.trim() == "0"));
    if !root || child::find("apt-get").is_none() {
        bail!("{step} is missing, and only root can install it with apt-get");
    }
    say(step, format!("apt-get install {}", packages.join(" ")));
    let apt = |args: &[&str]| child::run(child::command("apt-get").args(args).env("DEBIAN_FRONTEND", "noninteractive"));
    apt(&["update", "-qq"])?;
    apt(&[&["install", "-y", "-qq", "--no-install-recommends"], packages].concat())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_locked_version_is_that_of_the_very_crate() {
        let lock = "[[package]]\nname = \"wasm-bindgen-backend\"\nversion = \"9.9.9\"\n\n[[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.130\"\n";
        assert_eq!(find_locked(lock, "wasm-bindgen").as_deref(), Some("0.2.130"));
        assert_eq!(find_locked(lock, "wasm"), None);
    }
}
