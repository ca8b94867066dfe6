//! The real Node.

use crate::emit::Files;
use interleave_node::golden::Golden;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};

/// Why there is no Node 20 to compare with; `None` when there is one.
pub fn missing() -> Option<String> {
    match Command::new("node").arg("--version").output() {
        Ok(output) if output.stdout.starts_with(b"v20.") => None,
        Ok(output) => Some(format!("`node` is {}, not Node 20", String::from_utf8_lossy(&output.stdout).trim())),
        Err(error) => Some(format!("`node` does not start: {error}")),
    }
}

/// A folder of its own that goes when it is dropped.
struct Folder(PathBuf);

impl Folder {
    fn new() -> Self {
        static NEXT: AtomicUsize = AtomicUsize::new(0);
        let name = format!("conformance-{}-{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
        let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        fs::create_dir_all(&path).expect("a folder for the program");
        Self(path)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        _ = fs::remove_dir_all(&self.0); // a leftover in the target folder harms nobody
    }
}

/// Runs a program in real Node; what it did, normalised.
pub fn run(files: &Files) -> Golden {
    let folder = Folder::new();
    let others = files.others.iter().map(|(name, text)| (name.as_str(), text));
    for (name, text) in others.chain([(files.main, &files.source)]) {
        fs::write(folder.0.join(name), text).expect("the program is written");
    }
    let output = Command::new("node")
        .arg(files.main)
        .current_dir(&folder.0)
        .env_remove("NODE_OPTIONS")
        .stdin(Stdio::null())
        .output()
        .expect("Node starts");
    let golden = Golden {
        exit: output.status.code().unwrap_or(-1),
        stdout: String::from_utf8_lossy(&output.stdout).into_owned(),
        stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
    };
    golden.normalised(&folder.0.to_string_lossy())
}
