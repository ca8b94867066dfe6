//! Rows of a file that is damaged somewhere. Our files have a row a line, so lines that are whole are good again after the damage.

use super::sheet::Sheet;
use serde_json::value::RawValue;

/// Looks for rows after the last one that was read.
pub(super) fn find<'a>(text: &'a str, sheet: &mut Sheet<'a>) {
    let mut at = sheet.end();
    let mut part = sheet.parts.last().cloned().unwrap_or_default();
    let mut number = sheet.rows.len();
    for line in text[at..].split_inclusive('\n') {
        let begin = at + line.find('{').unwrap_or(0);
        at += line.len();
        let row = line.trim().trim_matches(',');
        if let Some(name) =
            ["records", "carried", "drafts"].iter().find(|name| row.starts_with(&format!("\"{name}\":[")))
        {
            part = (*name).to_string();
        }
        // The first line of a file looks like a row, too.
        if !row.starts_with('{') || row.starts_with("{\"format\":") {
            continue;
        }
        number += 1;
        match serde_json::from_str::<&RawValue>(row) {
            Ok(raw) if !part.is_empty() => {
                let part = sheet.part_index(&part);
                sheet.push(part, format!("{number} (found again)"), begin, raw.get());
            }
            _ => sheet.dropped += 1,
        }
    }
}
