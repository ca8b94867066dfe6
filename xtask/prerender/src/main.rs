//! Writes every page of the site to stdout, as a JSON array of what `xtask/src/site/pages.rs` reads.

use interleave::pages::Site;
use std::path::Path;
use std::process::ExitCode;

fn main() -> ExitCode {
    let content = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../content");
    let site = match Site::load(&content) {
        Ok(site) => site,
        Err(problems) => {
            for problem in &problems {
                eprintln!("content/{problem}");
            }
            return ExitCode::FAILURE;
        }
    };
    match serde_json::to_writer(std::io::stdout().lock(), &site.render()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("the pages cannot be written: {error}");
            ExitCode::FAILURE
        }
    }
}
