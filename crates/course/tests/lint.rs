//! What a bank shows that no question of it shows.

use interleave_course::deck::Place;
use interleave_course::formats::{self, Format, Import};
use interleave_course::lint::{Located, lint};
use interleave_course::question::{Choice, Kind, Options};
use interleave_course::{Level, Problem, Question};
use std::collections::{BTreeMap, BTreeSet};

/// A good question whose right option stands at `at`; all options are of one length.
fn question(id: &str, at: usize) -> Question {
    let option = |place: usize| Choice {
        text: format!("option {place}"),
        right: place == at,
        reason: format!("Because of {place}."),
    };
    Question {
        id: id.into(),
        level: Level::Mid,
        why: true,
        section: "guide/sagas/#what-breaks".into(),
        source: "https://example.org/".into(),
        stem: format!("Why {id}?"),
        kind: Kind::Choice(Options { options: (0..4).map(option).collect() }),
        kept: BTreeMap::new(),
    }
}

fn bank(count: usize) -> Vec<Question> {
    (0..count).map(|n| question(&format!("q-{n}"), n % 4)).collect()
}

fn options(question: &mut Question) -> &mut Vec<Choice> {
    match &mut question.kind {
        Kind::Choice(options) => &mut options.options,
        _ => panic!("no options"),
    }
}

fn findings(bank: &[Question]) -> Vec<String> {
    let located = |(at, question)| {
        let place = Place { number: at as u32 + 1, line: at as u32 * 10 + 1 };
        Located { file: "bank.toml", place, question }
    };
    let located: Vec<Located> = bank.iter().enumerate().map(located).collect();
    let anchors = BTreeSet::from(["guide/sagas/#what-breaks".to_string()]);
    lint(&located, Some(&anchors)).iter().map(Problem::to_string).collect()
}

#[test]
fn a_good_bank_has_no_findings() {
    assert_eq!(findings(&bank(80)), Vec::<String>::new());
    assert_eq!(findings(&[]), Vec::<String>::new());
}

#[test]
fn what_a_question_shows() {
    let mut bank = bank(8);
    bank[1].id = "q-0".into();
    bank[2].stem = bank[0].stem.to_uppercase();
    bank[3].stem = "Explain it.".into();
    bank[4].section = "guide/nowhere/".into();
    bank[5].source = "http://example.org".into();
    options(&mut bank[6])[0].text = "None of the above!".into();
    options(&mut bank[7])[1].reason.clear();
    assert_eq!(
        findings(&bank)[..7],
        [
            "bank.toml line 11, question 2: bank.toml line 1, question 1 has the id “q-0”, too",
            "bank.toml line 21, question 3: bank.toml line 1, question 1 asks the same",
            "bank.toml line 31, question 4: the stem must end with a question mark",
            "bank.toml line 41, question 5: the guide has no section “guide/nowhere/”",
            "bank.toml line 51, question 6: the source “http://example.org” is no https address",
            "bank.toml line 61, question 7: option 1 says “none of the above”: it is about the others, and says nothing itself",
            "bank.toml line 71, question 8: option 2 does not say why",
        ]
    );
}

#[test]
fn the_longest_option_gives_nothing_away() {
    let mut bank = bank(80);
    // One in ten more than chance says.
    for question in bank.iter_mut().take(16) {
        options(question).iter_mut().find(|option| option.right).unwrap().text += " and more";
    }
    let found = findings(&bank);
    assert_eq!(
        found[0],
        "bank.toml line 1: always choosing the longest option scores 15.0 points above chance; 5 are allowed"
    );
    assert_eq!(
        found[1..],
        ["bank.toml line 1: warning: always choosing the shortest option scores 5.0 points below chance; \
                             5 are allowed"][..0]
    );
}

#[test]
fn the_right_option_stands_everywhere() {
    let mut bank = bank(80);
    for question in bank.iter_mut().take(16) {
        let options = options(question);
        let at = options.iter().position(|option| option.right).unwrap();
        options.swap(0, at);
    }
    assert_eq!(
        findings(&bank),
        ["bank.toml line 1: of 80 questions with 4 options, option 1 is right in 40.0 %; 25.0 % would be fair"]
    );
    // Of few questions nobody can tell.
    let few: Vec<Question> = (0..39).map(|n| question(&format!("q-{n}"), 0)).collect();
    assert_eq!(findings(&few), Vec::<String>::new());
}

#[test]
fn half_of_them_ask_why() {
    let mut bank = bank(4);
    bank.iter_mut().take(3).for_each(|question| question.why = false);
    assert_eq!(findings(&bank), ["bank.toml line 1: at least half of the questions ask why; here 1 of 4"]);
}

#[test]
fn ten_thousand_questions_are_judged() {
    let bank = bank(10_000);
    assert_eq!(findings(&bank), Vec::<String>::new());
    let text = "Who?{=a ~b}\n\n".repeat(10_000);
    let Import { questions, places, .. } = formats::read(Format::Gift, "file", &text);
    let located: Vec<Located> =
        questions.iter().zip(places).map(|(question, place)| Located { file: "file", place, question }).collect();
    assert!(lint(&located, None).len() > 10_000);
}
