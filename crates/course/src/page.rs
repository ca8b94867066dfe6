//! A guide page as data: what it is about, and its blocks in reading order.

use serde::{Deserialize, Serialize};

/// A parsed guide page.
#[derive(Clone, Debug, PartialEq)]
pub struct Page {
    /// Last part of its address: `guide/<slug>/`. The file's name without `.md`.
    pub slug: String,
    pub meta: Meta,
    pub blocks: Vec<Placed>,
    /// Every link of the page, for checking.
    pub links: Vec<PageLink>,
}

/// The front matter.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Meta {
    pub title: String,
    /// The part of the book it belongs to: `The Node runtime`.
    pub part: String,
    /// Its place in the book, from 1; the pages are read in this order.
    pub number: u32,
    /// One sentence for the index, search engines and link previews.
    pub summary: String,
    /// The lab that opens the page's programs for editing.
    pub lab: String,
}

/// A block and the line of the file on which it starts, from 1.
#[derive(Clone, Debug, PartialEq)]
pub struct Placed {
    pub line: u32,
    pub block: Block,
}

/// One piece of a page.
#[derive(Clone, Debug, PartialEq)]
pub enum Block {
    /// Prose as HTML of our own making: the page's text cannot bring tags along.
    Html(String),
    Heading(Heading),
    Lab(LabRef),
    Code(Code),
    Quiz(Vec<Listed>),
}

/// A question of the bank that a page asks, and the line on which it names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    pub line: u32,
    pub id: String,
}

/// A heading of level 2 or 3; level 1 is the page's title.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heading {
    pub level: u8,
    /// The text as HTML (it may hold code spans).
    pub html: String,
    /// The text alone.
    pub text: String,
    /// Its name in addresses, made from the text: `guide/microtasks/#what-breaks`.
    pub anchor: String,
}

/// A lab opened at a preset.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LabRef {
    pub lab: String,
    pub preset: String,
    /// A line under the lab, in plain text; may be empty.
    pub caption: String,
}

/// A block of code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Code {
    pub language: Language,
    pub source: String,
    /// What it prints when it runs; present for every program that runs.
    pub output: Option<Output>,
    /// Why a JavaScript block does not run in place.
    pub not_run: Option<String>,
}

impl Code {
    /// Whether it is a program that runs in place.
    pub fn runs(&self) -> bool {
        self.language.is_javascript() && self.not_run.is_none()
    }

    /// Whether it is a program that needs a database.
    pub fn needs_a_database(&self) -> bool {
        asks_a_database(&self.source)
    }
}

/// Whether a program uses `pg`.
pub(crate) fn asks_a_database(source: &str) -> bool {
    let words = ["require('pg')", "require(\"pg\")", "from 'pg'", "from \"pg\""];
    words.iter().any(|words| source.contains(words))
}

/// What a block of code is written in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Language {
    /// A CommonJS program.
    Script,
    /// An ES module.
    Module,
    /// Anything else, by the name on its fence; empty when it has none.
    Other(String),
}

impl Language {
    /// Whether Node could run it.
    pub fn is_javascript(&self) -> bool {
        matches!(self, Self::Script | Self::Module)
    }
}

/// What a program prints, as real Node printed it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Output {
    /// Standard output, every line with its line end.
    pub text: String,
    /// The exit code of the process.
    pub exit: i32,
}

/// A link found on a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageLink {
    pub line: u32,
    /// As written in the Markdown.
    pub target: String,
}

impl Page {
    /// Its address below the site's root, with the trailing slash.
    pub fn path(&self) -> String {
        format!("guide/{}/", self.slug)
    }

    /// The name errors call it by.
    pub fn file(&self) -> String {
        format!("guide/{}.md", self.slug)
    }

    /// The headings in order.
    pub fn headings(&self) -> impl Iterator<Item = (u32, &Heading)> {
        self.blocks.iter().filter_map(|placed| match &placed.block {
            Block::Heading(heading) => Some((placed.line, heading)),
            _ => None,
        })
    }

    /// The questions that it asks, in order.
    pub fn listed(&self) -> impl Iterator<Item = &Listed> {
        self.blocks.iter().flat_map(|placed| match &placed.block {
            Block::Quiz(listed) => listed.as_slice(),
            _ => &[],
        })
    }

    /// The blocks of code in order.
    pub fn code(&self) -> impl Iterator<Item = (u32, &Code)> {
        self.blocks.iter().filter_map(|placed| match &placed.block {
            Block::Code(code) => Some((placed.line, code)),
            _ => None,
        })
    }

    /// The labs in order.
    pub fn labs(&self) -> impl Iterator<Item = (u32, &LabRef)> {
        self.blocks.iter().filter_map(|placed| match &placed.block {
            Block::Lab(lab) => Some((placed.line, lab)),
            _ => None,
        })
    }
}
