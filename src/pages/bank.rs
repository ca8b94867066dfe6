//! The bank as the build reads it: files of questions and interviews, and the answers that are found by running what questions ask about.

use super::found::Found;
use super::site::files;
use crate::labs::replay;
use interleave_course::bank::{Asked, BankDeck};
use interleave_course::deck::{self, Deck, Place};
use interleave_course::interview::{self, Interview};
use interleave_course::{Bank, Page, Problem, Question};
use std::collections::BTreeSet;
use std::path::Path;
use std::rc::Rc;

/// The files of the bank, read and checked, before anything is run.
pub struct Read {
    pub decks: Vec<(String, Deck)>,
    /// Where each question of each deck stands.
    places: Vec<Vec<Place>>,
    interviews: Vec<Interview>,
}

impl Read {
    /// Reads what is in the folder `content`. What is wrong is added to the problems.
    pub fn from(content: &Path, problems: &mut Vec<Problem>) -> Result<Self, Vec<Problem>> {
        let mut read = Self { decks: vec![], places: vec![], interviews: vec![] };
        for (id, text) in files(&content.join("quizzes"), "toml")? {
            let (deck, places, found) = deck::read_with_places(&file("quizzes", &id), &text);
            problems.extend(found);
            if let Some(deck) = deck {
                read.decks.push((id, deck));
                read.places.push(places);
            }
        }
        for (id, text) in files(&content.join("interviews"), "toml")? {
            match interview::read(&file("interviews", &id), &id, &text) {
                Ok(interview) => read.interviews.push(interview),
                Err(found) => problems.extend(found),
            }
        }
        Ok(read)
    }

    /// Every question.
    pub fn questions(&self) -> Vec<&Question> {
        self.decks.iter().flat_map(|(_, deck)| &deck.questions).collect()
    }

    /// What is wrong with ids and with links into the guide. `addresses` are the site's other addresses.
    pub fn check(&self, pages: &[Page], addresses: &BTreeSet<String>) -> Vec<Problem> {
        let headings =
            |page: &Page| page.headings().map(|(_, it)| format!("{}#{}", page.path(), it.anchor)).collect::<Vec<_>>();
        let mut known: BTreeSet<String> = pages.iter().flat_map(headings).collect();
        known.extend(pages.iter().map(Page::path));
        let (mut problems, mut ids) = (vec![], BTreeSet::new());
        for ((id, deck), places) in self.decks.iter().zip(&self.places) {
            for (question, place) in deck.questions.iter().zip(places) {
                let mut wrong = |message: String| problems.push(place.problem(&file("quizzes", id), message));
                if !ids.insert(&question.id) {
                    wrong(format!("another deck has a question “{}”, too", question.id));
                }
                if !question.section.is_empty() && !known.contains(&question.section) {
                    wrong(format!("the guide has no section “{}”", question.section));
                }
            }
        }
        for interview in &self.interviews {
            for stage in &interview.stages {
                for point in stage.good.iter().filter(|point| !point.study.is_empty()) {
                    if !known.contains(&point.study) && !addresses.contains(&point.study) {
                        let message = format!("stage “{}”: “{}” leads nowhere", stage.id, point.study);
                        problems.push(Problem::error(file("interviews", &interview.id), 1, message));
                    }
                }
            }
        }
        problems
    }

    /// Runs what is to be run. On failure, what is wrong with questions whose answer cannot be found.
    pub fn answered(&self) -> Result<Bank, Vec<Problem>> {
        let executed: Vec<Question> =
            self.questions().into_iter().filter(|question| question.kind.is_executed()).cloned().collect();
        let mut found = Found::kept();
        let mut problems = vec![];
        let answers = found.answers(executed);
        let mut decks = vec![];
        for ((id, deck), places) in self.decks.iter().zip(&self.places) {
            let mut questions = vec![];
            for (question, place) in deck.questions.iter().zip(places) {
                let answer = match answers.get(&question.id) {
                    Some(Ok(answer)) => answer.clone().map(Rc::new),
                    Some(Err(faults)) => {
                        problems.extend(faults.iter().map(|fault| place.problem(&file("quizzes", id), fault)));
                        None
                    }
                    None => None,
                };
                let beside = replay::beside(question, answer.as_deref()).map(Rc::new);
                questions.push(Asked { question: Rc::new(question.clone()), answer, beside, deck: id.clone() });
            }
            let Deck { title, part, about, .. } = deck.clone();
            decks.push(BankDeck { id: id.clone(), title, part, about, questions });
        }
        if problems.is_empty() { Ok(Bank { decks, interviews: self.interviews.clone() }) } else { Err(problems) }
    }
}

fn file(folder: &str, id: &str) -> String {
    format!("{folder}/{id}.toml")
}
