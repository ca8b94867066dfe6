//! Something to be brought about in a lab, as a file says it.

use interleave_course::formats::{self, Format};
use interleave_course::question::{Goal, Kind};
use interleave_course::{Deck, Question, deck};

fn question(kind: &str, fields: &str) -> Result<Question, String> {
    let text = format!("id = 'q'\nlevel = 'mid'\nstem = 'Can you?'\nbecause = 'So.'\nkind = '{kind}'\n{fields}\n");
    deck::question(toml::from_str(&text).unwrap())
}

/// What is wrong with a goal that has these fields beside those that all goals have.
fn faults(fields: &str) -> Vec<String> {
    question("lab", &format!("lab = 'locking'\npreset = 'p'\ngoal = 'deadlock'\n{fields}")).unwrap().faults()
}

#[test]
fn an_order_to_open_with_is_letters() {
    assert_eq!(faults(""), Vec::<String>::new());
    assert_eq!(faults("schedule = ''"), Vec::<String>::new());
    assert_eq!(faults("schedule = 'AaAA bBBB'\nfaults = ' '"), Vec::<String>::new());
    assert_eq!(faults("faults = 'crash=1'"), Vec::<String>::new());
    let odd = |odd: &str| [format!("the schedule is a letter for each statement, A, B and so on; “{odd}” is none")];
    assert_eq!(faults("schedule = 'AB1'"), odd("1"));
    assert_eq!(faults("schedule = 'A,B'"), odd(","));
    assert_eq!(faults("schedule = 'AÄ'"), odd("Ä"));
    assert_eq!(faults("schedule = 'A\u{a0}B'"), odd("\u{a0}"));
    assert_eq!(faults(&format!("schedule = '{}'", "A".repeat(20_001))), ["the schedule is longer than 20000 bytes"]);
    assert_eq!(
        faults("schedule = 'AB'\nfaults = 'crash=1'"),
        ["a lab opens in an order of statements or knows faults, and never both"]
    );
}

#[test]
fn an_anomaly_has_such_an_order_too() {
    let options = "[[options]]\ntext = 'none'\nreason = 'R'\n[[options]]\ntext = 'deadlock'\nreason = 'R'";
    let faults = |schedule: &str| {
        question("anomaly", &format!("preset = 'p'\nschedule = '{schedule}'\n{options}")).unwrap().faults()
    };
    assert_eq!(faults("ABBA"), Vec::<String>::new());
    assert_eq!(faults("AB-A"), ["the schedule is a letter for each statement, A, B and so on; “-” is none"]);
}

#[test]
fn what_a_goal_has_no_field_for_is_said() {
    let wrong = |fields: &str| question("lab", &format!("lab = 'l'\npreset = 'p'\ngoal = 'g'\n{fields}")).unwrap_err();
    assert_eq!(wrong("isolation = 'serializable'"), "a question of the kind “lab” has no field “isolation”");
    assert_eq!(wrong("Schedule = 'AB'"), "a question of the kind “lab” has no field “Schedule”");
    assert!(wrong("schedule = 3").contains("expected a string"), "{}", wrong("schedule = 3"));
    assert!(wrong("schedule = ['A', 'B']").contains("expected a string"));
}

#[test]
fn our_own_format_keeps_how_a_lab_opens() {
    let goal = |schedule: &str, faults: &str| {
        let fields = format!("lab = 'l'\npreset = 'p'\ngoal = 'g'\nschedule = '{schedule}'\nfaults = '{faults}'");
        question("lab", &fields).unwrap()
    };
    let mut questions = vec![goal("AABB", ""), goal("", "crash=1,loss=2"), goal("", "")];
    for (at, question) in questions.iter_mut().enumerate() {
        question.id = format!("the-{at}-th");
    }
    let deck = Deck { title: "T".into(), part: "P".into(), about: "A".into(), imported: false, questions };
    let written = formats::write(Format::Interleave, &deck);
    assert_eq!(written.problems, []);
    let import = formats::read(Format::Interleave, "deck", written.text());
    assert_eq!(import.errors(), 0, "{:?}", import.problems);
    assert_eq!(import.deck(), deck);
    let old = question("lab", "lab = 'l'\npreset = 'p'\ngoal = 'g'").unwrap();
    let Kind::Lab(Goal { schedule, faults, .. }) = old.kind else { unreachable!() };
    assert_eq!((schedule.as_str(), faults.as_str()), ("", ""), "files that were written before say neither");
}
