//! Answers that were found, kept from one build to the next: to find those of the whole bank takes some ten seconds.

use interleave_answers::answer_all;
use interleave_course::{Answer, Question};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

/// What came of each question, by its id: see [`interleave_answers::Found`].
pub type Answers = BTreeMap<String, interleave_answers::Found>;

/// The answers that an earlier run of this very program has found.
#[derive(Default, Serialize, Deserialize)]
pub struct Found {
    /// Which program found them: with other code there may be other answers.
    made_by: String,
    /// By the question's whole text.
    answers: BTreeMap<String, Option<Answer>>,
    #[serde(skip)]
    file: Option<PathBuf>,
}

impl Found {
    /// What is kept for this program. Nothing, if that cannot be told or read.
    pub fn kept() -> Self {
        let Some((file, made_by)) = program() else { return Self::default() };
        let text = fs::read_to_string(&file).unwrap_or_default();
        let kept = serde_json::from_str(&text).ok().filter(|kept: &Self| kept.made_by == made_by);
        Self { file: Some(file), made_by, answers: kept.map(|kept| kept.answers).unwrap_or_default() }
    }

    /// The answers of these questions. Those that are not kept are found, and kept.
    pub fn answers(&mut self, questions: Vec<Question>) -> Answers {
        let texts: Vec<String> =
            questions.iter().map(|question| serde_json::to_string(question).unwrap_or_default()).collect();
        let (mut answers, mut before) = (Answers::new(), std::mem::take(&mut self.answers));
        let mut wanted = vec![];
        for (question, text) in questions.into_iter().zip(texts) {
            match before.remove(&text) {
                Some(answer) => {
                    answers.insert(question.id, Ok(answer.clone()));
                    self.answers.insert(text, answer);
                }
                None => wanted.push((question, text)),
            }
        }
        let (questions, texts): (Vec<Question>, Vec<String>) = wanted.into_iter().unzip();
        let found = answer_all(&questions, None);
        for ((question, text), found) in questions.into_iter().zip(texts).zip(found) {
            if let Ok(answer) = &found {
                self.answers.insert(text, answer.clone());
            }
            answers.insert(question.id, found);
        }
        self.keep();
        answers
    }

    /// A build that cannot keep them finds them again.
    fn keep(&self) {
        let Some(file) = &self.file else { return };
        let folder = file.parent().unwrap_or(Path::new("."));
        // Two builds may keep theirs at once.
        let part = file.with_extension(format!("{}.part", std::process::id()));
        let written = fs::create_dir_all(folder)
            .and_then(|()| fs::write(&part, serde_json::to_vec(self).unwrap_or_default()))
            .and_then(|()| fs::rename(&part, file));
        if written.is_err() {
            let _ = fs::remove_file(&part);
        }
    }
}

/// This program's file of answers, and what tells it from the program that it was before it was changed.
fn program() -> Option<(PathBuf, String)> {
    let program = std::env::current_exe().ok()?;
    let about = fs::metadata(&program).ok()?;
    let changed = about.modified().ok()?.duration_since(UNIX_EPOCH).ok()?;
    let name = program.file_name()?.to_string_lossy().into_owned();
    let target = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/answers");
    Some((target.join(format!("{name}.json")), format!("{} {}", about.len(), changed.as_nanos())))
}
