//! The files that `interleave quiz` reads: of questions, and the guide's pages that questions lead to.

use anyhow::{Context, Result, bail, ensure};
use interleave_course::{Block, Page, Problem};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// No bank of questions is larger: some 50,000 of them.
const LARGEST: u64 = 32 << 20;

/// The text of a file. Whatever else the path leads to is refused in a sentence.
pub fn text(path: &Path) -> Result<String> {
    let file = path.display();
    let about = fs::metadata(path).with_context(|| format!("{file} cannot be read"))?;
    ensure!(!about.is_dir(), "{file} is a folder; name the files in it");
    ensure!(about.is_file(), "{file} is no file");
    let size = about.len();
    ensure!(size <= LARGEST, "{file} has {} MB; no more than {} MB are read", size >> 20, LARGEST >> 20);
    let bytes = fs::read(path).with_context(|| format!("{file} cannot be read"))?;
    ensure!(!bytes.iter().all(u8::is_ascii_whitespace), "{file} is empty");
    ensure!(!bytes.contains(&0), "{file} is no text: it has bytes in it that no text has");
    match String::from_utf8(bytes) {
        Ok(text) => Ok(text),
        Err(error) => {
            let at = error.utf8_error().valid_up_to();
            let before = &error.as_bytes()[..at];
            let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
            bail!("{file} line {line}: byte {} is not UTF-8; save the file in that encoding", at + 1)
        }
    }
}

/// What questions may lead to.
pub struct Guide {
    /// `guide/sagas/`, and `guide/sagas/#what-breaks`.
    pub anchors: BTreeSet<String>,
    /// Pages that cannot be read.
    pub problems: Vec<Problem>,
}

impl Guide {
    /// All pages of a folder.
    pub fn read(folder: &Path) -> Result<Self> {
        let mut guide = Self { anchors: BTreeSet::new(), problems: vec![] };
        let entries = fs::read_dir(folder).with_context(|| format!("{} is no folder of pages", folder.display()))?;
        for entry in entries {
            let path = entry?.path();
            if path.extension().is_none_or(|ending| ending != "md") {
                continue;
            }
            let slug = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            match Page::parse(&slug, &text(&path)?) {
                Err(problems) => guide.problems.extend(problems),
                Ok(page) => {
                    guide.anchors.insert(format!("guide/{slug}/"));
                    for placed in &page.blocks {
                        if let Block::Heading(heading) = &placed.block {
                            guide.anchors.insert(format!("guide/{slug}/#{}", heading.anchor));
                        }
                    }
                }
            }
        }
        Ok(guide)
    }
}
