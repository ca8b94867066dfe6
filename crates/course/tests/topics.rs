//! What the guide has to teach, and what its sources ask, against what the bank asks: `content/topics.toml`.

use interleave_course::{Question, deck};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// The topics of all pages, in the order of the book.
#[derive(Deserialize)]
struct Topics {
    topic: Vec<Topic>,
}

/// Something that somebody who has read a page can be asked.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Topic {
    /// The page's slug.
    page: String,
    /// What it is, in a few words.
    topic: String,
    /// Questions that ask about it, by their ids.
    questions: Vec<String>,
}

fn content() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../content")
}

/// The names of a folder's files, without their endings.
fn names(folder: &str) -> BTreeSet<String> {
    let files = fs::read_dir(content().join(folder)).unwrap().map(|entry| entry.unwrap().path());
    files.map(|file| file.file_stem().unwrap().to_str().unwrap().to_owned()).collect()
}

/// Every question of the bank, with the deck it stands in.
fn bank() -> Vec<(String, Question)> {
    let read = |name: &String| {
        let text = fs::read_to_string(content().join(format!("quizzes/{name}.toml"))).unwrap();
        let questions = deck::read(name, &text).0.unwrap().questions;
        questions.into_iter().map(|question| (name.clone(), question)).collect::<Vec<_>>()
    };
    names("quizzes").iter().flat_map(read).collect()
}

#[test]
fn every_topic_is_asked_about() {
    let text = fs::read_to_string(content().join("topics.toml")).unwrap();
    let topics = toml::from_str::<Topics>(&text).unwrap().topic;
    let bank: BTreeMap<String, String> = bank().into_iter().map(|(deck, question)| (question.id, deck)).collect();
    let mut of_page: BTreeMap<&str, usize> = BTreeMap::new();
    let mut told = BTreeSet::new();
    for Topic { page, topic, questions } in &topics {
        *of_page.entry(page).or_default() += 1;
        assert!(told.insert((page, topic)), "{page}: “{topic}” stands there twice");
        assert!((1..=3).contains(&questions.len()), "{page}: “{topic}” names {} questions", questions.len());
        for id in questions {
            assert!(bank.contains_key(id), "{page}: “{topic}” is asked by “{id}”, which is no question");
        }
    }
    for page in names("guide") {
        let count = of_page.remove(page.as_str()).unwrap_or_default();
        assert!(count >= 4, "the page {page} has {count} topics");
    }
    assert!(of_page.is_empty(), "no pages: {of_page:?}");
}

#[test]
fn every_question_leads_to_the_guide_and_to_a_source() {
    let bank = bank();
    assert!(bank.len() >= 300, "{}", bank.len());
    for (deck, question) in &bank {
        assert!(question.section.starts_with("guide/"), "{deck}: “{}” belongs to no section", question.id);
        assert!(question.source.starts_with("https://"), "{deck}: “{}” has no source", question.id);
    }
    let decks = names("quizzes");
    let apart: Vec<_> = names("guide").symmetric_difference(&decks).cloned().collect();
    assert_eq!(
        apart,
        ["mock-interviews", "system-design-open"],
        "a page has a deck of its own name, and a deck a page"
    );
}
