//! Turns the presets that are written as TOML into JSON, so that the app carries no TOML parser.
//!
//! `content/programs/<lab>/index.toml` names the presets of a lab in the order of the gallery; each is a file beside it.
//! They become `$OUT_DIR/presets-<lab>.json`, a list; the lab says what is in an item.

use std::path::{Path, PathBuf};
use std::{env, fs};

fn main() -> Result<(), String> {
    let root = PathBuf::from(env::var("CARGO_MANIFEST_DIR").map_err(|error| error.to_string())?);
    let out = PathBuf::from(env::var("OUT_DIR").map_err(|error| error.to_string())?);
    let programs = root.join("content/programs");
    println!("cargo::rerun-if-changed={}", programs.display());
    let labs = fs::read_dir(&programs).map_err(|error| format!("{}: {error}", programs.display()))?;
    for lab in labs {
        let folder = lab.map_err(|error| error.to_string())?.path();
        if let (true, Some(name)) = (folder.join("index.toml").is_file(), folder.file_name()) {
            let json = serde_json::to_string(&presets(&folder)?).map_err(|error| error.to_string())?;
            let file = out.join(format!("presets-{}.json", name.to_string_lossy()));
            fs::write(&file, json).map_err(|error| format!("{}: {error}", file.display()))?;
        }
    }
    Ok(())
}

/// The presets of one lab, each with the name of its file as `id`.
fn presets(folder: &Path) -> Result<Vec<toml::Table>, String> {
    let index = read(&folder.join("index.toml"))?;
    let names = index.get("presets").and_then(toml::Value::as_array);
    let names = names.ok_or_else(|| format!("{}: index.toml has no list `presets`", folder.display()))?;
    let mut presets = Vec::new();
    for name in names {
        let id = name.as_str().ok_or_else(|| format!("{}: {name:?} is no name", folder.display()))?;
        let mut preset = read(&folder.join(format!("{id}.toml")))?;
        preset.insert("id".into(), id.into());
        presets.push(preset);
    }
    Ok(presets)
}

fn read(file: &Path) -> Result<toml::Table, String> {
    println!("cargo::rerun-if-changed={}", file.display());
    let text = fs::read_to_string(file).map_err(|error| format!("{}: {error}", file.display()))?;
    toml::from_str(&text).map_err(|error| format!("{}: {error}", file.display()))
}
