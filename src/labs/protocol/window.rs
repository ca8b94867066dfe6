//! The part of a run that is drawn: its latest rows, in chunks that stay as they are while the run goes on.

use super::geometry::{Scale, Sheet};
use super::life::{Life, live};
use super::row::{Ended, Row, Sent};
use super::stroke::{Stroke, line, stroke};
use interleave_protocols::diagram::{Diagram, End, Moment};
use std::rc::Rc;

/// Rows of a chunk.
pub const CHUNK: u32 = 10;
/// Whole chunks that are drawn above the one that is being filled.
const ABOVE: u32 = 19;
/// As many while the reader rushes through the run: enough to fill what is in sight.
pub const RUSHING: usize = 1;
/// A message that was on its way for so many rows is named again where it arrives.
const LONG: u32 = 3;

/// Everything that is drawn of a run.
#[derive(Clone, Debug, PartialEq)]
pub struct Window {
    /// In order; never empty.
    pub chunks: Vec<Rc<Chunk>>,
    /// Messages on their way, measured from the upper edge of the very first row.
    pub flying: Vec<Stroke>,
}

/// Some rows, and what is drawn behind them. Whatever has not changed in it is not drawn again.
#[derive(Clone, Debug, PartialEq)]
pub struct Chunk {
    /// The number of its first row.
    pub first: u32,
    /// Its upper edge.
    pub top: f64,
    pub rows: Vec<Row>,
    /// How each process stood before.
    pub lives: Vec<Life>,
    /// Messages that have ended and whose arrows cross it, measured from its upper edge.
    pub strokes: Vec<Stroke>,
}

impl Window {
    /// The window onto a frame.
    pub fn of(diagram: &Diagram, scale: Scale) -> Self {
        let now = diagram.row();
        let len = diagram.moments.len() as u32;
        let first = (now / CHUNK).saturating_sub(ABOVE) * CHUNK;
        let sheet = Sheet::new(diagram.lanes.len(), scale, diagram.broken.iter().map(|broken| broken.row).collect());
        let mut lives = vec![Life::default(); diagram.lanes.len()];
        live(&mut lives, &diagram.moments[..first as usize]);
        let mut rows = rows(diagram, first).into_iter();
        let strokes = strokes(diagram, &sheet, first);
        let mut chunks = Vec::new();
        let mut from = first;
        while from < len {
            let to = (from + CHUNK).min(len);
            let (top, bottom) = (sheet.top(from), sheet.top(to));
            let crosses = |stroke: &&Stroke| stroke.line.to.1 > top - 12.0 && stroke.line.from.1 < bottom + 12.0;
            chunks.push(Rc::new(Chunk {
                first: from,
                top,
                rows: rows.by_ref().take(CHUNK as usize).collect(),
                lives: lives.clone(),
                strokes: strokes
                    .iter()
                    .filter(crosses)
                    .map(|stroke| Stroke { line: stroke.line.below(top), ..*stroke })
                    .collect(),
            }));
            live(&mut lives, &diagram.moments[from as usize..to as usize]);
            from = to;
        }
        Self { chunks, flying: flying(diagram, &sheet) }
    }
}

fn rows(diagram: &Diagram, first: u32) -> Vec<Row> {
    let row = |moment: &_| Row { moment: Clone::clone(moment), sent: vec![], ended: vec![], broken: vec![] };
    let mut rows: Vec<Row> = diagram.moments[first as usize..].iter().map(row).collect();
    let place = |row: u32| row.checked_sub(first).map(|row| row as usize);
    for arrow in &diagram.arrows {
        let (from, to, words, twin) = (arrow.from, arrow.to, &arrow.words, arrow.twin);
        if let Some(row) = place(arrow.sent).and_then(|row| rows.get_mut(row)) {
            row.sent.push(Sent { from, to, words: words.clone(), twin });
        }
        let Some(end) = arrow.end.row() else { continue };
        if let Some(row) = place(end).and_then(|row| rows.get_mut(row)) {
            let long = !matches!(arrow.end, End::Lost(_)) && end - arrow.sent >= LONG;
            row.ended.push(Ended { from, to, words: words.clone(), end: arrow.end, long });
        }
    }
    for broken in &diagram.broken {
        if let Some(row) = place(broken.row).and_then(|row| rows.get_mut(row)) {
            let rule = diagram.rules.get(usize::from(broken.rule)).map(|rule| rule.name.clone()).unwrap_or_default();
            row.broken.push((rule, broken.note.clone()));
        }
    }
    rows
}

/// Arrows that have ended, from row `first` on.
fn strokes(diagram: &Diagram, sheet: &Sheet, first: u32) -> Vec<Stroke> {
    let broke = |row: u32| diagram.broken.iter().any(|broken| broken.row == row);
    let ended = diagram.arrows.iter().enumerate().filter_map(|(at, arrow)| Some((at, arrow, arrow.end.row()?)));
    ended
        .filter(|(_, _, row)| *row >= first)
        .filter_map(|(at, arrow, row)| {
            let line = line(&diagram.arrows, at, sheet, diagram.row())?;
            let marked = marks(diagram.moments.get(row as usize), arrow.to);
            Some(stroke(line, arrow, broke(row), marked, sheet))
        })
        .collect()
}

/// Whether the moment leaves a mark on that lane, which an arrow's head must not be hidden by.
fn marks(moment: Option<&Moment>, lane: u8) -> bool {
    moment.is_some_and(|moment| moment.lane == Some(lane) && moment.writes)
}

fn flying(diagram: &Diagram, sheet: &Sheet) -> Vec<Stroke> {
    let open = diagram.arrows.iter().enumerate().filter(|(_, arrow)| arrow.end.is_open());
    open.filter_map(|(at, arrow)| {
        let line = line(&diagram.arrows, at, sheet, diagram.row())?;
        Some(stroke(line, arrow, false, false, sheet))
    })
    .collect()
}
