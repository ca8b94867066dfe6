//! The workers: Trunk never hashes their files, so the folder is named after what is in it.

use super::hash::ContentHash;
use crate::workspace;
use anyhow::{Context, Result};
use std::fs;
use std::path::Path;

const FOLDER: &str = "engines/node";

/// Renames the folder of the Node engine and returns its loader's address, relative to the site.
pub fn name_by_content(staging: &Path) -> Result<String> {
    let folder = staging.join(FOLDER);
    let mut hash = ContentHash::new();
    for file in workspace::files(&folder)? {
        hash = hash.and(file.as_bytes()).and(&fs::read(folder.join(&file))?);
    }
    let named = format!("{FOLDER}-{hash}");
    fs::rename(&folder, staging.join(&named)).with_context(|| format!("cannot rename {FOLDER}"))?;
    Ok(format!("{named}/loader.js"))
}
