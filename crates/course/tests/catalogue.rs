//! The bank as a file: decks first, then a question a line.

use interleave_course::bank::{Asked, Bank, BankDeck};
use interleave_course::catalogue::Catalogue;
use interleave_course::{Answer, Question};
use std::rc::Rc;

fn asked(id: &str, kind: &str) -> Asked {
    let json = format!(r#"{{"id": "{id}", "level": "mid", "stem": "a\nline?", "because": "", {kind}}}"#);
    let question: Question = serde_json::from_str(&json).unwrap();
    let answer = question.kind.is_executed().then(|| Rc::new(Answer::Output { text: "1\n".into(), exit: 0 }));
    Asked { question: Rc::new(question), answer, beside: None, deck: "d".into() }
}

fn bank() -> Bank {
    let deck = |id: &str, questions| BankDeck {
        id: id.into(),
        title: "T".into(),
        part: "P".into(),
        about: "A".into(),
        questions,
    };
    let truth = r#""kind": "true-false", "answer": true, "otherwise": "no""#;
    let output = r#""kind": "output", "program": "console.log(1)""#;
    let decks =
        vec![deck("d", vec![asked("one", truth), asked("two", output)]), deck("e", vec![asked("three", truth)])];
    Bank { decks, interviews: vec![] }
}

#[test]
fn every_question_is_found_by_its_number() {
    let bank = bank();
    let catalogue = Catalogue::read(bank.written()).unwrap();
    let listed: Vec<_> = catalogue.decks().iter().flat_map(|deck| &deck.questions).collect();
    assert_eq!(
        listed.iter().map(|entry| (&*entry.id, &*entry.kind)).collect::<Vec<_>>(),
        [("one", "true-false"), ("two", "output"), ("three", "true-false")]
    );
    let read: Vec<Asked> = (0..3).map(|number| catalogue.asked(number).unwrap()).collect();
    assert_eq!(read, bank.questions().cloned().collect::<Vec<_>>());
    assert_eq!(catalogue.asked(3), None);
    assert_eq!(catalogue.interviews(), []);
}

#[test]
fn the_file_is_json() {
    let json: serde_json::Value = serde_json::from_str(&bank().written()).unwrap();
    assert_eq!(json.as_array().unwrap().len(), 5);
}

#[test]
fn a_damaged_file_is_refused_and_a_damaged_question_is_missing() {
    let whole = bank().written();
    let cut = whole.lines().take(4).collect::<Vec<_>>().join("\n");
    assert_eq!(Catalogue::read(cut).unwrap_err(), "there are 1 questions of 3");
    assert!(Catalogue::read(String::new()).is_err());
    assert!(Catalogue::read("<!doctype html>\n<p>not found".into()).is_err());
    let damaged =
        Catalogue::read(whole.replacen(r#""id":"two","level":"mid","why""#, r#""id":2,"level":"mid","why""#, 1));
    let damaged = damaged.unwrap();
    assert_eq!([0, 1, 2].map(|number| damaged.asked(number).is_some()), [true, false, true]);
}
