//! The service worker: `static/sw.js` with the list of this version's files.

use super::hash::ContentHash;
use crate::workspace;
use anyhow::{Context, Result, ensure};
use serde_json::json;
use std::fs;
use std::path::Path;

/// Writes `sw.js` for the finished site in `staging`.
pub fn service_worker(staging: &Path) -> Result<()> {
    let template = workspace::root().join("static/sw.js");
    let template = fs::read_to_string(&template).context("static/sw.js cannot be read")?;
    let mut version = ContentHash::of(template.as_bytes());
    let (mut core, mut large) = (Vec::new(), Vec::new());
    for file in workspace::files(staging)?.into_iter().filter(|file| kept(file)) {
        version = version.and(file.as_bytes()).and(&fs::read(staging.join(&file))?);
        let list = if is_large(&file) { &mut large } else { &mut core };
        list.push(address(&file));
    }
    let mut worker = template;
    for (name, value) in [
        ("__CORE__", json!(core).to_string()),
        ("__REST__", json!(large).to_string()),
        ("__VERSION__", version.to_string()),
    ] {
        ensure!(worker.contains(name), "static/sw.js has no {name}");
        worker = worker.replace(name, &value);
    }
    fs::write(staging.join("sw.js"), worker)?;
    Ok(())
}

/// Files for other machines, and the loader that only other sites' pages use, are not kept.
fn kept(file: &str) -> bool {
    !matches!(file, "sw.js" | "robots.txt" | "sitemap.xml" | "embed.js") && !file.starts_with('.')
}

/// Every question there is.
const BANK: &str = "practice/bank.json";

/// What is fetched when it is first used; the rest is fetched with the first visit.
fn is_large(file: &str) -> bool {
    file.starts_with("engines/") || file.starts_with("apps/") || file.starts_with("editor-") || file == BANK
}

/// A page's address is that of its folder.
fn address(file: &str) -> String {
    match file.strip_suffix("index.html") {
        Some(folder) if folder.is_empty() || folder.ends_with('/') => folder.to_owned(),
        _ => file.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_are_known_by_their_folder() {
        assert_eq!(["index.html", "labs/index.html", "404.html"].map(address), ["", "labs/", "404.html"]);
    }

    #[test]
    fn the_engines_wait_until_they_are_used() {
        assert!(is_large("engines/node-0123/loader.js") && is_large("editor-0123.js") && !is_large("app-0123_bg.wasm"));
        assert!(!kept("embed.js") && kept("embed/event-loop/index.html"));
    }
}
