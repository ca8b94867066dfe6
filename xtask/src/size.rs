//! `cargo xtask size`: what a reader downloads, and what it may at most be.

use crate::{child, workspace};
use anyhow::{Context, Result, bail, ensure};

/// A part of the site that is fetched together.
struct Part {
    name: &'static str,
    /// Whether a file of `dist/` belongs to it.
    holds: fn(&str) -> bool,
    /// The most it may be, in bytes after brotli; the promise that the README makes.
    budget: Option<u64>,
}

/// The first part that holds a file has it.
const PARTS: &[Part] = &[
    Part { name: "app (Wasm and glue)", holds: is_app, budget: Some(260_000) },
    Part {
        name: "app of the labs of protocols",
        holds: |file| file.starts_with("apps/protocols-"),
        budget: Some(260_000),
    },
    Part {
        name: "app of the labs of databases",
        holds: |file| file.starts_with("apps/databases-"),
        budget: Some(260_000),
    },
    Part { name: "app of the practice room", holds: |file| file.starts_with("apps/practice-"), budget: Some(390_000) },
    Part { name: "JavaScript engine", holds: |file| file.starts_with("engines/node-"), budget: Some(950_000) },
    Part { name: "SQL store", holds: |file| file.starts_with("engines/sql-"), budget: Some(550_000) },
    Part { name: "protocols", holds: |file| file.starts_with("engines/protocols-"), budget: Some(260_000) },
    Part { name: "pools and queues", holds: |file| file.starts_with("engines/traffic-"), budget: Some(80_000) },
    Part { name: "Node with a database", holds: |file| file.starts_with("engines/queries-"), budget: Some(2_200_000) },
    Part { name: "reader of files", holds: |file| file.starts_with("engines/questions-"), budget: Some(220_000) },
    Part { name: "embed loader", holds: |file| file == "embed.js", budget: Some(5_000) },
    Part { name: "editor", holds: |file| file.starts_with("editor-"), budget: None },
    Part { name: "style sheets", holds: |file| file.ends_with(".css"), budget: None },
    Part { name: "pages", holds: |file| file.ends_with(".html"), budget: None },
    Part { name: "the rest", holds: |_| true, budget: None },
];

fn is_app(file: &str) -> bool {
    !file.contains('/') && file.starts_with("app-") && (file.ends_with(".js") || file.ends_with(".wasm"))
}

#[derive(Clone, Copy, Default)]
struct Size {
    raw: u64,
    gzip: u64,
    brotli: u64,
}

impl Size {
    fn plus(self, other: Self) -> Self {
        Self { raw: self.raw + other.raw, gzip: self.gzip + other.gzip, brotli: self.brotli + other.brotli }
    }
}

/// Prints the table. Fails when a part is over its budget.
pub fn run() -> Result<()> {
    let dist = workspace::dist();
    ensure!(dist.join("index.html").is_file(), "there is no site in dist/ yet: run `cargo xtask build`");
    let files = workspace::files(&dist)?;
    let sizes = measure(&files)?;

    println!("{:<44}{:>12}{:>12}{:>12}{:>12}", "bytes", "raw", "gzip", "brotli", "budget");
    let (mut total, mut over) = (Size::default(), Vec::new());
    for (index, part) in PARTS.iter().enumerate() {
        let mine = |file: &str| PARTS.iter().position(|part| (part.holds)(file)) == Some(index);
        let members: Vec<_> = files.iter().zip(&sizes).filter(|(file, _)| mine(file)).collect();
        let sum = members.iter().fold(Size::default(), |sum, (_, size)| sum.plus(**size));
        total = total.plus(sum);
        row(part.name, sum, &part.budget.map(|budget| budget.to_string()).unwrap_or_default());
        if members.len() > 1 {
            members.iter().for_each(|(file, size)| row(&format!("  {file}"), **size, ""));
        }
        if let Some(budget) = part.budget {
            ensure!(!members.is_empty(), "dist/ has no file of the part \"{}\"", part.name);
            if sum.brotli > budget {
                over.push(format!("{} is {} bytes over its budget", part.name, sum.brotli - budget));
            }
        }
    }
    row("all", total, "");
    if !over.is_empty() {
        bail!("{}", over.join("; "));
    }
    Ok(())
}

fn row(name: &str, size: Size, budget: &str) {
    println!("{name:<44}{:>12}{:>12}{:>12}{budget:>12}", size.raw, size.gzip, size.brotli);
}

fn measure(files: &[String]) -> Result<Vec<Size>> {
    let dist = workspace::dist();
    let mut node = child::command("node");
    node.arg("xtask/src/compressed_sizes.mjs").args(files.iter().map(|file| dist.join(file)));
    let sizes: Vec<[u64; 3]> =
        serde_json::from_str(&child::output(&mut node)?).context("sizes are three numbers each")?;
    ensure!(sizes.len() == files.len(), "every file has a size");
    Ok(sizes.into_iter().map(|[raw, gzip, brotli]| Size { raw, gzip, brotli }).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_is_in_the_part_it_is_fetched_with() {
        let part = |file: &str| PARTS.iter().find(|part| (part.holds)(file)).unwrap().name;
        assert_eq!(part("app-0123456789abcdef_bg.wasm"), "app (Wasm and glue)");
        assert_eq!(part("app-0123456789abcdef.js"), "app (Wasm and glue)");
        assert_eq!(part("engines/node-0123/loader.js"), "JavaScript engine");
        assert_eq!(part("engines/sql-0123/sql-engine_bg.wasm"), "SQL store");
        assert_eq!(part("engines/protocols-0123/protocols-engine.js"), "protocols");
        assert_eq!(part("engines/traffic-0123/traffic-engine_bg.wasm"), "pools and queues");
        assert_eq!(part("engines/questions-0123/questions-engine_bg.wasm"), "reader of files");
        assert_eq!(part("apps/databases-0123/databases-app_bg.wasm"), "app of the labs of databases");
        assert_eq!(part("apps/practice-0123/practice-app_bg.wasm"), "app of the practice room");
        assert_eq!(part("embed.js"), "embed loader");
        assert_eq!(part("embed/event-loop/index.html"), "pages");
    }
}
