//! Turns what happens into frames.

use crate::database::DatabaseLog;
use crate::scene::{Callback, CallbackId, Change, Kind, Nanos, NodeTape, Outcome, Print, StackFrame, Stream};
use interleave_kernel::{Frame, Mark, Note};
use std::rc::Rc;

/// Writes the tape. Changes gather until a frame with their note is cut.
pub struct Recorder {
    /// Off: only what was printed and how it ended is kept, in one frame.
    observing: bool,
    frames: Vec<Frame<Change>>,
    gathered: Vec<Change>,
    cast: Vec<Callback>,
    /// The line of the program that what runs now is on behalf of, also inside Node and packages; and that of everybody in the cast.
    asker: Option<u32>,
    askers: Vec<Option<u32>>,
    /// What was asked of a database, if there is one.
    pub database: Option<Rc<DatabaseLog>>,
    clock: Nanos,
    stack: Vec<StackFrame>,
}

/// A callback's name inside a note. Microtasks are named only when they run, so notes refer to them by number until the tape
/// is finished.
pub fn named(id: CallbackId) -> String {
    format!("\u{E000}{}\u{E001}", id.0)
}

impl Recorder {
    pub fn new(observing: bool) -> Self {
        Self {
            observing,
            frames: Vec::new(),
            gathered: Vec::new(),
            cast: Vec::new(),
            asker: None,
            askers: Vec::new(),
            database: None,
            clock: 0,
            stack: Vec::new(),
        }
    }

    /// Frames cut so far.
    pub fn len(&self) -> usize {
        self.frames.len()
    }

    /// Adds somebody to the cast.
    pub fn introduce(&mut self, kind: Kind, name: impl Into<String>, line: Option<u32>) -> CallbackId {
        let id = CallbackId(self.cast.len() as u32);
        self.cast.push(Callback { kind, name: name.into(), line });
        self.askers.push(self.asker);
        id
    }

    /// The line of the program that what runs now is on behalf of.
    pub fn asker(&self) -> Option<u32> {
        self.asker
    }

    /// What runs now is on behalf of a line of the program, or of nobody.
    pub fn set_asker(&mut self, line: Option<u32>) {
        self.asker = line;
    }

    /// A callback runs on behalf of whoever made it.
    pub fn resume_asker(&mut self, id: CallbackId) {
        self.asker = self.askers[id.0 as usize];
    }

    /// What somebody is.
    pub fn kind(&self, id: CallbackId) -> Kind {
        self.cast[id.0 as usize].kind
    }

    /// Corrects what is known of somebody.
    pub fn rename(&mut self, id: CallbackId, name: impl Into<String>, line: Option<u32>) {
        let callback = &mut self.cast[id.0 as usize];
        callback.name = name.into();
        if line.is_some() {
            callback.line = line;
        }
    }

    /// Something changed; it shows in the next frame.
    pub fn change(&mut self, change: Change) {
        if self.observing || matches!(change, Change::Print(_) | Change::Outcome(_)) {
            self.gathered.push(change);
        }
    }

    /// The stack is now `stack`; only the difference is kept.
    pub fn stack(&mut self, stack: Vec<StackFrame>) {
        let keep = self.stack.iter().zip(&stack).take_while(|(old, new)| old == new).count();
        if keep == self.stack.len() && keep == stack.len() {
            return;
        }
        self.change(Change::Stack { keep: keep as u32, push: stack[keep..].to_vec() });
        self.stack = stack;
    }

    /// Text was written; a note of its own says so.
    pub fn print(&mut self, stream: Stream, text: &str, at: Nanos) {
        let frame = self.frames.len() as u32;
        self.change(Change::Print(Rc::new(Print { stream, text: text.to_owned(), frame, at })));
    }

    /// Cuts a frame: everything gathered, at this time, with this note.
    pub fn frame(&mut self, mark: Mark, now: Nanos, note: impl FnOnce() -> String) {
        if !self.observing {
            return;
        }
        if now != self.clock {
            self.clock = now;
            self.gathered.push(Change::Clock(now));
        }
        let changes = std::mem::take(&mut self.gathered);
        self.frames.push(Frame { mark, note: Note::new(note()), changes });
    }

    /// The tape, with everyone introduced in its first frame.
    pub fn finish(mut self, outcome: Outcome, now: Nanos, note: String) -> NodeTape {
        self.change(Change::Outcome(Rc::new(outcome)));
        self.observing = true; // the last frame is always there
        self.frame(Mark::Section, now, || note);
        let cast = self.cast;
        for frame in &mut self.frames {
            if frame.note.markup().contains('\u{E000}') {
                frame.note = Note::new(with_names(frame.note.markup(), &cast));
            }
        }
        if let Some(log) = self.database {
            self.frames[0].changes.insert(0, Change::Database(log));
        }
        self.frames[0].changes.insert(0, Change::Cast(Rc::new(cast)));
        NodeTape::from(self.frames)
    }
}

fn with_names(note: &str, cast: &[Callback]) -> String {
    let mut out = String::with_capacity(note.len());
    for (i, piece) in note.split('\u{E000}').enumerate() {
        match piece.split_once('\u{E001}') {
            Some((id, tail)) if i > 0 => {
                let name = id.parse::<usize>().ok().and_then(|id| cast.get(id)).map_or("?", |c| c.name.as_str());
                out += &Note::code(name);
                out += tail;
            }
            _ => out += piece,
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_learnt_late_is_known_from_the_first_frame_on() {
        let mut recorder = Recorder::new(true);
        let id = recorder.introduce(Kind::Microtask, "reaction", Some(3));
        recorder.frame(Mark::Unit, 5, || format!("{} waits.", named(id)));
        recorder.rename(id, "settled", None);
        let tape = recorder.finish(Outcome::Exited { code: 0 }, 5, "Done.".into());
        assert_eq!(tape.frames()[0].note.plain(), "settled waits.");
        assert_eq!(tape.scene(0).callback(id).name, "settled");
        assert_eq!(tape.scene(0).callback(id).line, Some(3));
    }

    #[test]
    fn unobserved_only_output_is_kept() {
        let mut recorder = Recorder::new(false);
        recorder.change(Change::Turn);
        recorder.print(Stream::Stdout, "hello\n", 0);
        recorder.frame(Mark::Unit, 5, String::new);
        let tape = recorder.finish(Outcome::Exited { code: 0 }, 5, String::new());
        assert_eq!(tape.len(), 1);
        assert_eq!(tape.last().turn, 0);
        assert_eq!(tape.last().console[0].text, "hello\n");
    }
}
