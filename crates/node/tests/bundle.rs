//! The bundler of Node's JavaScript part has tests of its own, written in JavaScript: this runs them.

use std::path::Path;
use std::process::Command;

#[test]
fn the_bundle_is_what_the_engine_and_the_loader_expect() {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("js/bundle.test.mjs");
    let run = Command::new("node").arg("--test").arg(tests).output();
    let run = run.expect("Node.js 20 or newer is on PATH: the build needed it");
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stdout));
}
