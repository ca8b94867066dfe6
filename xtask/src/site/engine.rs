//! The workers: Trunk never hashes their files, so each one's folder is named after what is in it.

use super::hash::ContentHash;
use crate::workspace;
use anyhow::{Context, Result, ensure};
use std::fs;
use std::path::Path;

const FOLDER: &str = "engines";

/// An engine as the app finds it.
pub struct Engine {
    /// `node`
    pub name: String,
    /// Its start file, relative to the site.
    pub address: String,
}

/// Renames the folder of every engine that Trunk left, in the order of their names.
pub fn name_by_content(staging: &Path) -> Result<Vec<Engine>> {
    let engines = staging.join(FOLDER);
    let folders = fs::read_dir(&engines).context("Trunk left no engines")?;
    let mut names: Vec<_> =
        folders.map(|folder| Ok(folder?.file_name().to_string_lossy().into_owned())).collect::<std::io::Result<_>>()?;
    names.sort();
    ensure!(!names.is_empty(), "Trunk left no engines");
    names.into_iter().map(|name| rename(&engines, name)).collect()
}

fn rename(engines: &Path, name: String) -> Result<Engine> {
    let folder = engines.join(&name);
    let mut hash = ContentHash::new();
    for file in workspace::files(&folder)? {
        hash = hash.and(file.as_bytes()).and(&fs::read(folder.join(&file))?);
    }
    let named = format!("{name}-{hash}");
    fs::rename(&folder, engines.join(&named)).with_context(|| format!("cannot rename {FOLDER}/{name}"))?;
    Ok(Engine { name, address: format!("{FOLDER}/{named}/loader.js") })
}
