//! What Trunk builds besides the app of every page, the workers and the apps of some pages: it never hashes their files, so each one's folder is
//! named after what is in it.

use super::hash::ContentHash;
use crate::workspace;
use anyhow::{Context, Result, ensure};
use std::fs;
use std::path::Path;

/// An engine as the app finds it, or an app as `boot.js` does.
pub struct Engine {
    /// `node`
    pub name: String,
    /// Its start file, relative to the site.
    pub address: String,
}

/// Where the workers are, and the apps of some pages.
#[derive(Clone, Copy)]
pub enum Folder {
    Engines,
    Apps,
}

impl Folder {
    fn name(self) -> &'static str {
        match self {
            Folder::Engines => "engines",
            Folder::Apps => "apps",
        }
    }

    /// The file with which one of that name starts.
    fn start(self, name: &str) -> String {
        match self {
            Folder::Engines => "loader.js".into(),
            Folder::Apps => format!("{name}-app.js"),
        }
    }
}

/// Renames the folder of everything that Trunk left there, in the order of their names.
pub fn name_by_content(staging: &Path, folder: Folder) -> Result<Vec<Engine>> {
    let engines = staging.join(folder.name());
    let folders = fs::read_dir(&engines).with_context(|| format!("Trunk left no {}", folder.name()))?;
    let mut names: Vec<_> =
        folders.map(|folder| Ok(folder?.file_name().to_string_lossy().into_owned())).collect::<std::io::Result<_>>()?;
    names.sort();
    ensure!(!names.is_empty(), "Trunk left no {}", folder.name());
    names.into_iter().map(|name| rename(&engines, folder, name)).collect()
}

fn rename(engines: &Path, place: Folder, name: String) -> Result<Engine> {
    let folder = engines.join(&name);
    let mut hash = ContentHash::new();
    for file in workspace::files(&folder)? {
        hash = hash.and(file.as_bytes()).and(&fs::read(folder.join(&file))?);
    }
    let named = format!("{name}-{hash}");
    fs::rename(&folder, engines.join(&named)).with_context(|| format!("cannot rename {}/{name}", place.name()))?;
    let address = format!("{}/{named}/{}", place.name(), place.start(&name));
    Ok(Engine { name, address })
}
