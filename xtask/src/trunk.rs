//! `serve` and `build`: Trunk compiles the app and the workers, then calls `cargo xtask finish` ([`crate::site`]).

use crate::{child, setup, workspace};
use anyhow::{Result, bail, ensure};
use std::path::Path;
use std::process::Command;

/// What makes the shipped modules smaller and nothing else: no file names and line numbers in panics that nobody sees, no
/// generated `Debug` text. (The engine, after brotli: 976 kB without, 939 kB with.) Both switches are of the compiler that is
/// installed; it only wants to be told that one knows they may change. The post-build hook in Trunk.toml takes the
/// word back, so that nothing native is compiled anew for it.
const SMALLER: [(&str, &str); 2] = [
    ("RUSTC_BOOTSTRAP", "1"),
    ("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS", "-Zlocation-detail=none -Zfmt-debug=shallow"),
];

/// `cargo xtask serve [--port N] [--open]`.
pub fn serve(args: &[String]) -> Result<()> {
    let mut port = "8080".to_owned();
    let mut open = false;
    let mut args = args.iter();
    while let Some(arg) = args.next() {
        match (arg.as_str(), arg.strip_prefix("--port=")) {
            ("--port" | "-p", _) => port = args.next().cloned().unwrap_or_default(),
            (_, Some(given)) => given.clone_into(&mut port),
            ("--open", _) => open = true,
            (other, _) => bail!("`cargo xtask serve` knows --port N and --open, not {other}"),
        }
    }
    ensure!(port.parse::<u16>().is_ok(), "--port takes a number from 0 to 65535");

    setup::site()?;
    println!("serve   building; the first build takes minutes, then http://127.0.0.1:{port}/ follows your edits");
    let mut trunk = trunk("serve");
    trunk.args(["--port", &port]);
    if open {
        trunk.arg("--open");
    }
    child::run(&mut trunk)
}

/// `cargo xtask build [--public-url /some/path/] [--origin https://host]`.
pub fn build(args: &[String]) -> Result<()> {
    let mut public_url = "/".to_owned();
    let mut origin = None;
    let mut args = args.iter();
    while let Some(arg) = args.next() {
        match arg.split_once('=').map_or((arg.as_str(), None), |(name, value)| (name, Some(value.to_owned()))) {
            ("--public-url", value) => public_url = value.or_else(|| args.next().cloned()).unwrap_or_default(),
            ("--origin", value) => origin = value.or_else(|| args.next().cloned()),
            (other, _) => bail!("`cargo xtask build` knows --public-url /path/ and --origin https://host, not {other}"),
        }
    }
    setup::site()?;
    release(&public_url, origin.as_deref(), &workspace::dist())
}

/// Builds the release site into the folder `dist`. Everything it needs has been set up.
///
/// `public_url` is the path under which the site will be served; `origin` is where, for the sitemap, which must
/// hold whole addresses.
pub fn release(public_url: &str, origin: Option<&str>, dist: &Path) -> Result<()> {
    ensure!(
        public_url.starts_with('/') && public_url.ends_with('/'),
        "--public-url is a path that starts and ends with a slash: /, or /some/sub/path/"
    );
    println!("build   the release site for {public_url}, in {}", dist.display());
    let mut trunk = trunk("build");
    trunk.envs(SMALLER);
    trunk.args(["--release", "--public-url", public_url, "--dist"]).arg(dist);
    if let Some(origin) = origin {
        trunk.env(crate::site::ORIGIN, origin);
    }
    child::run(&mut trunk)
}

fn trunk(command: &str) -> Command {
    let mut trunk = child::command("trunk");
    // It would ask the network whether there is a newer Trunk.
    trunk.env("TRUNK_SKIP_VERSION_CHECK", "true").env_remove("NO_COLOR").arg(command);
    trunk
}
