//! Every question of the bank that is executed can be asked.

use interleave_answers::answer_all;
use interleave_course::deck::Place;
use interleave_course::{Problem, Question, deck};
use std::fs;
use std::path::{Path, PathBuf};

/// The files of a folder of `content/` in the order of their names, each with its text. None where there is no such folder.
fn files(folder: &str) -> Vec<(String, String)> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../content").join(folder);
    let entries = fs::read_dir(path).into_iter().flatten();
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.expect("it can be listed").path()).collect();
    files.sort();
    let named = |path: PathBuf| {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        (format!("{folder}/{name}"), fs::read_to_string(&path).expect("it is text"))
    };
    files.into_iter().map(named).collect()
}

/// A question and where it stands.
struct Asked {
    file: String,
    place: Place,
    question: Question,
}

fn asked() -> Vec<Asked> {
    let mut asked = vec![];
    for (file, text) in files("quizzes").into_iter().filter(|(file, _)| file.ends_with(".toml")) {
        let (deck, places, problems) = deck::read_with_places(&file, &text);
        assert!(problems.is_empty(), "{}", told(&problems));
        let questions = deck.expect("it has no problems").questions;
        let here = questions.into_iter().zip(places);
        asked.extend(here.map(|(question, place)| Asked { file: file.clone(), place, question }));
    }
    asked.retain(|asked| asked.question.kind.is_executed());
    asked
}

fn told(problems: &[Problem]) -> String {
    problems.iter().map(|problem| format!("\n{problem}")).collect()
}

#[test]
fn the_bank_can_be_executed() {
    let asked = asked();
    assert!(asked.len() >= 80, "only {} are executed", asked.len());
    let questions: Vec<_> = asked.iter().map(|asked| asked.question.clone()).collect();
    let mut wrong = vec![];
    for (Asked { file, place, question }, found) in asked.iter().zip(answer_all(&questions, None)) {
        match found {
            Ok(answer) => assert!(answer.is_some(), "{} is executed", question.id),
            Err(faults) => wrong.extend(faults.into_iter().map(|fault| place.problem(file, fault))),
        }
    }
    assert!(wrong.is_empty(), "{}", told(&wrong));
}
