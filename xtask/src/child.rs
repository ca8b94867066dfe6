//! Child processes: run, watched, and reported in words.

use crate::workspace;
use anyhow::{Context, Result, bail};
use std::env;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// A command in the workspace's root, with the project's own tools first on its PATH and nothing to read from.
pub fn command(program: impl Into<OsString>) -> Command {
    let mut command = Command::new(program.into());
    command.current_dir(workspace::root()).env("PATH", path()).stdin(Stdio::null());
    command
}

/// Cargo itself, the one that runs us.
pub fn cargo() -> Command {
    command(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

/// Where `cargo xtask setup` puts the tools that the machine does not have at the right version.
pub fn tools() -> PathBuf {
    workspace::target().join("tools")
}

fn path() -> OsString {
    let inherited = env::var_os("PATH").unwrap_or_default();
    let own = [tools().join("bin")];
    env::join_paths(own.into_iter().chain(env::split_paths(&inherited))).unwrap_or(inherited)
}

/// The first file of that name on the PATH.
pub fn find(name: &str) -> Option<PathBuf> {
    env::split_paths(&path()).map(|folder| folder.join(name)).find(|file| file.is_file())
}

/// Runs it to its end, its output going where ours goes. An error says which program failed, and how.
pub fn run(command: &mut Command) -> Result<()> {
    let name = describe(command);
    let status = command.status().with_context(|| format!("cannot start `{name}`"))?;
    if !status.success() {
        bail!("`{name}` failed ({status})");
    }
    Ok(())
}

/// What it writes to stdout. Stderr goes where ours goes.
pub fn output(command: &mut Command) -> Result<String> {
    let name = describe(command);
    let output = command.stderr(Stdio::inherit()).output().with_context(|| format!("cannot start `{name}`"))?;
    if !output.status.success() {
        bail!("`{name}` failed ({})", output.status);
    }
    String::from_utf8(output.stdout).with_context(|| format!("`{name}` wrote something that is not text"))
}

/// What `program --version` says, if there is such a program.
pub fn version(program: &Path) -> Option<String> {
    let output = command(program).arg("--version").stderr(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

fn describe(command: &Command) -> String {
    let program = Path::new(command.get_program()).file_name().unwrap_or(command.get_program());
    let mut words = vec![program.to_string_lossy().into_owned()];
    words.extend(command.get_args().take(6).map(|arg| arg.to_string_lossy().into_owned()));
    words.join(" ")
}
