//! Reads a file, or what is left of it.
//!
//! A file is text that somebody may have edited, cut off, made with a newer Interleave or with something else altogether. What
//! cannot be a progress is refused with a sentence ([`Fault`]); of what can, each row is looked at by itself, the good ones are kept
//! and the others counted.
//!
//! ```text
//! sheet.rs    the file as rows of JSON, each with its place     migrate.rs  rows of older versions become rows of this one
//! salvage.rs  rows of a file that ends or breaks somewhere      v1.rs       the first version
//! ```

mod migrate;
mod salvage;
mod sheet;
mod v1;

use super::carried::Carried;
use super::record::Record;
use super::{FORMAT, Progress, VERSION, limits};
use migrate::Head;
use serde::de::DeserializeOwned;
use sheet::Sheet;
use std::fmt;

/// How many faults are told; more are only counted.
const TOLD: usize = 20;

/// What is wrong, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// From 1.
    pub line: usize,
    pub message: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}", self.line, self.message)
    }
}

/// What a file had.
#[derive(Clone, Debug, PartialEq)]
pub struct Imported {
    pub progress: Progress,
    /// The version of the file.
    pub version: u32,
    /// How many of its rows (records, totals, drafts) were good, and how many were left out.
    pub kept: usize,
    pub dropped: usize,
    /// Why rows were left out, of the first twenty; and where the file is damaged.
    pub faults: Vec<Fault>,
}

/// Reads a file of any version up to [`VERSION`]. `now` is the time in milliseconds since 1970: what was written more than two days
/// later was not written yet. An error says why it is no progress at all.
pub fn import(bytes: &[u8], now: i64) -> Result<Imported, Fault> {
    let refuse = |message: String| Fault { line: 1, message };
    if bytes.len() > limits::FILE {
        return Err(refuse(format!(
            "the file has {} bytes, and {} are the most that are read",
            bytes.len(),
            limits::FILE
        )));
    }
    // Bytes that are no UTF-8 damage the row they are in, which says so when its names are looked at.
    let text = String::from_utf8_lossy(bytes);
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    let mut sheet = Sheet::read(text);
    let version = match sheet.version() {
        Ok(version) => version,
        Err(message) => {
            let broken = sheet.broken.as_ref();
            let (line, why) =
                broken.map_or((1, String::new()), |broken| (line(text, broken.at), format!(" ({})", broken.why)));
            return Err(Fault { line, message: format!("{message}{why}") });
        }
    };
    if sheet.broken.is_some() && version == VERSION {
        salvage::find(text, &mut sheet);
    }
    let mut found = Found::new(version, now);
    for row in &sheet.rows {
        if let Err(why) = found.row(&sheet.head, sheet.part(row), &row.name, row.text) {
            // Lines are counted for those that are told.
            let line = if found.tells() { line(text, row.at) } else { 0 };
            found.drop(line, format!("{}: {why}", sheet.title(row)));
        }
    }
    found.imported.dropped += sheet.dropped;
    if sheet.too_many {
        found.tell(
            line(text, text.len()),
            format!("the file has more than {} rows; the rest was not read", limits::ROWS),
        );
    }
    if let Some(broken) = &sheet.broken {
        found.tell(line(text, broken.at), format!("the file is damaged here: {}", broken.why));
    }
    Ok(found.finish())
}

/// Good rows, and what is to be said of the others.
pub(super) struct Found {
    until: i64,
    records: Vec<Record>,
    carried: Vec<Carried>,
    imported: Imported,
}

impl Found {
    pub(super) fn new(version: u32, now: i64) -> Self {
        let imported = Imported { progress: Progress::default(), version, kept: 0, dropped: 0, faults: vec![] };
        Self { until: now.saturating_add(limits::AHEAD), records: vec![], carried: vec![], imported }
    }

    /// Takes a row of a part, if it is good.
    pub(super) fn row(&mut self, head: &Head, part: &str, name: &str, text: &str) -> Result<(), String> {
        let (part, text) = migrate::row(self.imported.version, head, part, name, text)?;
        match &*part {
            "records" => {
                let record = parse(&text)?;
                limits::record(&record, self.until)?;
                self.records.push(record);
            }
            "carried" => {
                let carried = parse(&text)?;
                limits::carried(&carried, self.until)?;
                self.carried.push(carried);
            }
            "drafts" => {
                let draft = parse(&text)?;
                limits::draft(&draft, self.until)?;
                self.imported.progress.keep_draft(draft);
            }
            _ => return Err(unknown(&part, VERSION)),
        }
        self.imported.kept += 1;
        Ok(())
    }

    /// Counts a row that is left out.
    pub(super) fn drop(&mut self, line: usize, message: String) {
        self.imported.dropped += 1;
        if self.tells() {
            self.tell(line, message);
        }
    }

    fn tells(&self) -> bool {
        self.imported.faults.len() < TOLD
    }

    fn tell(&mut self, line: usize, message: String) {
        // In the order of the file: where it is damaged is known only after its rows.
        let at = self.imported.faults.partition_point(|fault| fault.line <= line);
        self.imported.faults.insert(at, Fault { line, message });
    }

    pub(super) fn finish(mut self) -> Imported {
        self.imported.progress.extend(self.records);
        self.imported.progress.carry(self.carried);
        self.imported
    }
}

/// That there is no part of that name, which may be long.
fn unknown(part: &str, version: u32) -> String {
    let part: String = part.chars().take(40).collect();
    format!("“{part}” is not known to version {version} of “{FORMAT}”")
}

fn parse<T: DeserializeOwned>(text: &str) -> Result<T, String> {
    serde_json::from_str(text).map_err(|error| without_place(&error))
}

/// What serde_json says, without the place: it counts from the beginning of a row.
fn without_place(error: &serde_json::Error) -> String {
    let mut message = error.to_string();
    if let Some(end) = message.rfind(" at line ") {
        message.truncate(end);
    }
    // It repeats what it did not expect, however long it is.
    if let Some((end, _)) = message.char_indices().nth(160) {
        message.truncate(end);
        message.push('…');
    }
    message
}

/// The line that a byte is in, from 1.
fn line(text: &str, at: usize) -> usize {
    text.as_bytes()[..at.min(text.len())].iter().filter(|byte| **byte == b'\n').count() + 1
}
