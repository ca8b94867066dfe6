//! The ORM of `crates/node/packages/orm` does what its tests say, in real Node on real PostgreSQL.

use interleave_postgres::{Cluster, Programs};
use std::path::Path;
use std::process::Command;

#[test]
fn its_own_tests_pass_on_real_postgresql() {
    let programs = Programs::find().unwrap_or_else(|why| panic!("{why}"));
    let cluster = Cluster::start(&programs, Path::new(env!("CARGO_TARGET_TMPDIR"))).expect("a private server starts");
    let package = Path::new(env!("CARGO_MANIFEST_DIR")).join("../crates/node/packages/orm");
    let files = ["read", "relations", "write"].map(|name| format!("test/{name}.test.js"));
    let output = Command::new("node")
        .arg("--test")
        .args(files)
        .current_dir(package)
        .envs(cluster.environment("postgres"))
        .output()
        .expect("Node.js is installed");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
}
