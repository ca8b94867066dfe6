//! The file: one JSON object, a record a line.
//!
//! ```json
//! {"format":"interleave-progress","version":2,
//! "records":[
//! {"id":"1f3a9c02-00b7e441-0","question":"sagas-1","at":1700000000000,"day":19675,"rating":"good","session":"study"}
//! ],
//! "carried":[],
//! "drafts":[]}
//! ```
//!
//! It can be read by anything that reads JSON. The lines are for the day it is damaged: those that are whole are found again.

use super::Progress;
use serde::Serialize;

/// What the member `format` says.
pub const FORMAT: &str = "interleave-progress";
/// The version that is written. Older ones are read, see [`import()`](super::import()).
pub const VERSION: u32 = 2;

impl Progress {
    /// All of it as a file. The same progress is the same bytes, on every device.
    pub fn export(&self) -> String {
        let mut text = format!("{{\"format\":\"{FORMAT}\",\"version\":{VERSION},\n");
        part(&mut text, "records", self.log.values());
        text.push_str(",\n");
        part(&mut text, "carried", self.carried.values());
        text.push_str(",\n");
        part(&mut text, "drafts", self.drafts.values());
        text.push_str("}\n");
        text
    }
}

fn part<'a, T: Serialize + 'a>(text: &mut String, name: &str, rows: impl Iterator<Item = &'a T>) {
    text.push_str(&format!("\"{name}\":["));
    for (at, row) in rows.enumerate() {
        text.push_str(if at == 0 { "\n" } else { ",\n" });
        text.push_str(&serde_json::to_string(row).expect("there is nothing in it that JSON cannot say"));
    }
    text.push_str(if text.ends_with('[') { "]" } else { "\n]" });
}
