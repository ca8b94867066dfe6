//! What has been read of a file so far.

use super::{Import, identity};
use crate::deck::Place;
use crate::{Problem, Question};
use std::collections::BTreeMap;

/// Collects questions and problems; keeps out what cannot be asked, and gives ids.
pub(crate) struct Gathering {
    file: String,
    pub(crate) import: Import,
    /// Ids, each with the first question that has it and how often it came again.
    ids: BTreeMap<String, (u32, u32)>,
    /// Whether they are read to be asked and for nothing else: what our own bank demands is neither demanded nor missed, and
    /// nothing is kept for writing them again.
    pub(crate) practised: bool,
}

impl Gathering {
    /// `imported` says that what our own bank demands is not demanded here.
    pub(crate) fn new(file: &str, imported: bool) -> Self {
        let base = file.rsplit(['/', '\\']).next().unwrap_or(file);
        let title = base.rsplit_once('.').map_or(base, |(stem, _)| stem).to_string();
        let import = Import { title, imported, ..Import::default() };
        Self { file: file.into(), import, ids: BTreeMap::new(), practised: false }
    }

    /// Something that is left out because of it. `number` is which question it is about, from 1.
    pub(crate) fn error(&mut self, line: u32, number: Option<u32>, message: impl Into<String>) {
        let problem = Problem::error(&self.file, line, message);
        self.import.problems.push(Problem { question: number, ..problem });
    }

    /// Something that is not as it should be.
    pub(crate) fn warning(&mut self, line: u32, number: Option<u32>, message: impl Into<String>) {
        let problem = Problem::warning(&self.file, line, message);
        self.import.problems.push(Problem { question: number, ..problem });
    }

    /// A question; left out, with errors, if it cannot be asked.
    pub(crate) fn question(&mut self, line: u32, number: u32, mut question: Question) {
        let mut errors = question.unaskable();
        let mut lacking = vec![];
        if self.import.imported || self.practised {
            if errors.is_empty() {
                lacking.extend(self.own_id(&mut question));
            }
            if !self.practised {
                lacking.append(&mut question.lacking());
            }
        } else {
            errors.append(&mut question.lacking());
            if self.ids.contains_key(&question.id) {
                errors.push(format!("there is another question “{}”", question.id));
            }
        }
        let good = errors.is_empty();
        errors.into_iter().for_each(|error| self.error(line, Some(number), error));
        if good {
            lacking.into_iter().for_each(|lack| self.warning(line, Some(number), lack));
            self.ids.entry(question.id.clone()).or_insert((number, 1));
            self.import.questions.push(question);
            self.import.places.push(Place { number, line });
        }
    }

    /// Gives it an id that no other question of the file has, and says so if it had one that another has.
    fn own_id(&mut self, question: &mut Question) -> Option<String> {
        let given = identity::name(&question.id);
        let named = given.is_some();
        let id = given.unwrap_or_else(|| identity::of(question));
        let Some((first, count)) = self.ids.get_mut(&id) else {
            question.id = id;
            return None;
        };
        let first = *first;
        let mut next = *count;
        let free = loop {
            next += 1;
            let candidate = format!("{id}-{next}");
            if !self.ids.contains_key(&candidate) {
                break candidate;
            }
        };
        self.ids.insert(id.clone(), (first, next));
        question.id = free;
        Some(if named {
            format!("question {first} has the id “{id}”, too; this one is “{}” now", question.id)
        } else {
            format!("it is the same as question {first}")
        })
    }

    /// Done. A file without any question is no good file.
    pub(crate) fn finish(mut self) -> Import {
        if self.import.questions.is_empty() && self.import.problems.iter().all(|problem| !problem.is_error()) {
            self.error(1, None, "there is no question in this file");
        }
        self.import.problems.sort_by_key(|problem| problem.line);
        self.import
    }
}
