//! Takes the presets of two labs into the library, so that whoever has it needs no folder beside it: `content/programs/locking/*.toml` and
//! `content/programs/event-loop/*.js`, `*.mjs`. (Protocols carry their own.)

use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::{env, fs};

fn main() -> Result<(), String> {
    let variable = |name: &str| env::var(name).map(PathBuf::from).map_err(|error| format!("{name}: {error}"));
    let programs = variable("CARGO_MANIFEST_DIR")?.join("../../content/programs");
    println!("cargo::rerun-if-changed={}", programs.display());
    let mut table = String::new();
    let locking = files(&programs.join("locking"), &["toml"])?;
    // The index says which presets there are in which order; it is none.
    list(&mut table, "LOCKING", locking.iter().filter(|file| !file.ends_with("index.toml")));
    let event_loop = programs.join("event-loop");
    list(&mut table, "EVENT_LOOP", files(&event_loop, &["js", "mjs"])?.iter());
    let printed = files(&event_loop, &["out"])?;
    list(&mut table, "SLOW", printed.iter().filter(|file| file.to_string_lossy().ends_with("-slow.out")));
    let file = variable("OUT_DIR")?.join("presets.rs");
    fs::write(&file, table).map_err(|error| format!("{}: {error}", file.display()))
}

/// The files of a folder with one of these endings, in the order of their names.
fn files(folder: &Path, endings: &[&str]) -> Result<Vec<PathBuf>, String> {
    println!("cargo::rerun-if-changed={}", folder.display());
    let entries = fs::read_dir(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let mut files: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    files.retain(|file| file.extension().is_some_and(|ending| endings.iter().any(|wanted| ending == *wanted)));
    files.sort();
    Ok(files)
}

/// A table of names and texts, in Rust.
fn list<'a>(table: &mut String, name: &str, files: impl Iterator<Item = &'a PathBuf>) {
    let _ = writeln!(table, "pub const {name}: &[(&str, &str)] = &[");
    for file in files {
        let title = file.file_name().unwrap_or_default().to_string_lossy();
        let _ = writeln!(table, "    ({title:?}, include_str!({:?})),", file.display().to_string());
    }
    table.push_str("];\n");
}
