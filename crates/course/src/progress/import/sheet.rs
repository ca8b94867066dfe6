//! A file as rows: what stands in the lists and maps of its one object, unread, each with its place.
//!
//! Nothing is built of a row before it is looked at by itself, so a list of a million lists costs no more than its text.

use super::super::{FORMAT, VERSION, limits};
use super::without_place;
use serde::de::{DeserializeSeed, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::Value;
use serde_json::value::RawValue;
use std::collections::BTreeMap;
use std::fmt;

/// A row, and where it stands.
pub(super) struct Row<'a> {
    /// Which of [`Sheet::parts`] it is in.
    part: usize,
    /// Its key in a map, its number in a list, from 1.
    pub name: String,
    /// The byte at which it begins.
    pub at: usize,
    /// JSON.
    pub text: &'a str,
}

/// Where a file stops being JSON.
pub(super) struct Broken {
    pub at: usize,
    pub why: String,
}

/// A file.
#[derive(Default)]
pub(super) struct Sheet<'a> {
    /// Members that are neither a list nor a map: `format`, `version`.
    pub head: BTreeMap<String, Value>,
    /// The names of those that are.
    pub parts: Vec<String>,
    pub rows: Vec<Row<'a>>,
    /// Rows that could be told from their surroundings and not be read.
    pub dropped: usize,
    pub too_many: bool,
    pub broken: Option<Broken>,
}

impl<'a> Sheet<'a> {
    /// Reads as far as it is JSON.
    pub(super) fn read(text: &'a str) -> Self {
        let mut sheet = Self::default();
        let mut reader = serde_json::Deserializer::from_str(text);
        let result = Document { text, sheet: &mut sheet }.deserialize(&mut reader).and_then(|()| reader.end());
        if let Err(error) = result {
            let before = text.split_inclusive('\n').take(error.line().saturating_sub(1)).map(str::len).sum::<usize>();
            let at = (before + error.column().saturating_sub(1)).min(text.len());
            sheet.broken = Some(Broken { at, why: without_place(&error) });
        }
        sheet
    }

    /// The file's version, if it is one of ours; otherwise why it is not.
    pub(super) fn version(&self) -> Result<u32, String> {
        if self.head.get("format").and_then(Value::as_str) != Some(FORMAT) {
            return Err(format!("this is no progress of Interleave: its “format” is not “{FORMAT}”"));
        }
        let version = self.head.get("version").ok_or("this progress does not say which version it is")?;
        match version.as_u64().and_then(|version| u32::try_from(version).ok()) {
            Some(version @ 1..=VERSION) => Ok(version),
            Some(version) if version > VERSION => Err(format!(
                "this progress was written by a newer Interleave (version {version}, and {VERSION} is the newest that is read here): \
                 reload the page to get it"
            )),
            _ => Err("this progress has a version that there never was".to_string()),
        }
    }

    /// The name of the part that a row is in.
    pub(super) fn part(&self, row: &Row) -> &str {
        &self.parts[row.part]
    }

    /// What a row is called in sentences.
    pub(super) fn title(&self, row: &Row) -> String {
        let short = |text: &str| text.chars().take(40).collect::<String>();
        format!("{} {}", short(self.part(row)), short(&row.name))
    }

    /// The part of that name.
    pub(super) fn part_index(&mut self, name: &str) -> usize {
        self.parts.iter().position(|part| part == name).unwrap_or_else(|| {
            self.parts.push(name.to_string());
            self.parts.len() - 1
        })
    }

    /// Adds a row, up to the limit.
    pub(super) fn push(&mut self, part: usize, name: String, at: usize, text: &'a str) {
        if self.rows.len() < limits::ROWS {
            self.rows.push(Row { part, name, at, text });
        } else {
            self.dropped += 1;
            self.too_many = true;
        }
    }

    /// The byte after the last row that was read.
    pub(super) fn end(&self) -> usize {
        self.rows.last().map_or(0, |row| row.at + row.text.len())
    }
}

/// Reads the object.
struct Document<'s, 'a> {
    text: &'a str,
    sheet: &'s mut Sheet<'a>,
}

impl<'a> DeserializeSeed<'a> for Document<'_, 'a> {
    type Value = ();

    fn deserialize<D: serde::Deserializer<'a>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'a> Visitor<'a> for Document<'_, 'a> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'a>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(name) = map.next_key::<String>()? {
            map.next_value_seed(Member { name, text: self.text, sheet: &mut *self.sheet })?;
        }
        Ok(())
    }
}

/// Reads one member of it.
struct Member<'s, 'a> {
    name: String,
    text: &'a str,
    sheet: &'s mut Sheet<'a>,
}

impl<'a> Member<'_, 'a> {
    fn row(&mut self, part: usize, name: String, raw: &'a RawValue) {
        // It was borrowed from the text, so the distance is its place.
        let at = raw.get().as_ptr() as usize - self.text.as_ptr() as usize;
        self.sheet.push(part, name, at, raw.get());
    }

    fn head(self, value: Value) {
        // What is said first counts, as in a file whose end is damaged.
        if self.sheet.head.len() < 16 {
            self.sheet.head.entry(self.name).or_insert(value);
        }
    }
}

impl<'a> DeserializeSeed<'a> for Member<'_, 'a> {
    type Value = ();

    fn deserialize<D: serde::Deserializer<'a>>(self, deserializer: D) -> Result<(), D::Error> {
        // No file has that many parts: what comes after them is foreign.
        if self.sheet.parts.len() >= 16 {
            self.sheet.dropped += 1;
            return deserializer.deserialize_ignored_any(IgnoredAny).map(|_| ());
        }
        deserializer.deserialize_any(self)
    }
}

impl<'a> Visitor<'a> for Member<'_, 'a> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a member")
    }

    fn visit_seq<A: SeqAccess<'a>>(mut self, mut list: A) -> Result<(), A::Error> {
        let part = self.sheet.part_index(&self.name);
        let mut number = 0;
        while let Some(raw) = list.next_element::<&RawValue>()? {
            number += 1;
            self.row(part, number.to_string(), raw);
        }
        Ok(())
    }

    fn visit_map<A: MapAccess<'a>>(mut self, mut map: A) -> Result<(), A::Error> {
        let part = self.sheet.part_index(&self.name);
        while let Some(name) = map.next_key::<String>()? {
            let raw = map.next_value::<&RawValue>()?;
            self.row(part, name, raw);
        }
        Ok(())
    }

    fn visit_bool<E>(self, value: bool) -> Result<(), E> {
        self.head(value.into());
        Ok(())
    }

    fn visit_i64<E>(self, value: i64) -> Result<(), E> {
        self.head(value.into());
        Ok(())
    }

    fn visit_u64<E>(self, value: u64) -> Result<(), E> {
        self.head(value.into());
        Ok(())
    }

    fn visit_f64<E>(self, value: f64) -> Result<(), E> {
        self.head(value.into());
        Ok(())
    }

    fn visit_str<E>(self, value: &str) -> Result<(), E> {
        self.head(value.into());
        Ok(())
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        self.head(Value::Null);
        Ok(())
    }
}
