//! Writes every page of the site to stdout, and the files that pages fetch, as JSON that `xtask/src/site/pages.rs` reads.

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
    let written = serde_json::json!({ "pages": site.render(), "files": site.files() });
    match serde_json::to_writer(std::io::stdout().lock(), &written) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("the pages cannot be written: {error}");
            ExitCode::FAILURE
        }
    }
}
