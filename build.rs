//! Turns what is written as TOML into JSON, so that the app carries no TOML parser; and what the labs of protocols offer, so that it carries none
//! of the scenarios' types.
//!
//! `content/programs/<lab>/index.toml` names the presets of a lab, in groups and in the order of the gallery; each is a file beside it.
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
            write(&out, &format!("presets-{}", name.to_string_lossy()), &presets(&folder)?)?;
        }
    }
    write(&out, "protocols", &interleave_protocols::catalogue::catalogue())?;
    write(&out, "forms", &forms(&root.join("src/labs/protocol/forms"))?)
}

fn write(out: &Path, name: &str, value: &impl serde::Serialize) -> Result<(), String> {
    let json = serde_json::to_string(value).map_err(|error| error.to_string())?;
    let file = out.join(format!("{name}.json"));
    fs::write(&file, json).map_err(|error| format!("{}: {error}", file.display()))
}

/// The forms in a folder, in the order of their names.
fn forms(folder: &Path) -> Result<Vec<toml::Table>, String> {
    println!("cargo::rerun-if-changed={}", folder.display());
    let files = fs::read_dir(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let mut files: Vec<_> = files.filter_map(|file| Some(file.ok()?.path())).collect();
    files.sort();
    files.iter().map(|file| read(file)).collect()
}

/// The presets of one lab, each with the name of its file as `id` and the title of its group as `group`.
fn presets(folder: &Path) -> Result<Vec<toml::Table>, String> {
    let index = read(&folder.join("index.toml"))?;
    let wrong = |what: &str| format!("{}: index.toml has {what}", folder.display());
    let groups = index.get("groups").and_then(toml::Value::as_array).ok_or_else(|| wrong("no `groups`"))?;
    let mut presets = Vec::new();
    for group in groups {
        let title = group.get("title").ok_or_else(|| wrong("a group without a title"))?;
        let names =
            group.get("presets").and_then(toml::Value::as_array).ok_or_else(|| wrong("a group without presets"))?;
        for name in names {
            let id = name.as_str().ok_or_else(|| wrong(&format!("{name:?}, which is no name")))?;
            let mut preset = read(&folder.join(format!("{id}.toml")))?;
            // What it must come to is for the tests of its crate.
            preset.remove("expect");
            preset.insert("id".into(), id.into());
            preset.insert("group".into(), title.clone());
            presets.push(preset);
        }
    }
    Ok(presets)
}

fn read(file: &Path) -> Result<toml::Table, String> {
    println!("cargo::rerun-if-changed={}", file.display());
    let text = fs::read_to_string(file).map_err(|error| format!("{}: {error}", file.display()))?;
    toml::from_str(&text).map_err(|error| format!("{}: {error}", file.display()))
}
