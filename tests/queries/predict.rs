use crate::fixture::{self, PROGRAM};
use interleave::labs::Lab;
use interleave::labs::n_plus_one::NPlusOne;

#[test]
fn what_a_line_will_ask_is_asked_once_it_has_asked() {
    assert!(PROGRAM.contains("for ("));
    let tape = fixture::tape(20);
    let first = NPlusOne::predict(&tape, 0).unwrap();
    assert!(first.question.starts_with("Line 4 has asked for the first time"), "{}", first.question);
    let names: Vec<_> = first.options.iter().map(|option| option.name.as_str()).collect();
    assert_eq!(names, ["once", "20 times", "40 times"]);
    assert_eq!(first.answer, 1);
    // By then it had asked once, and five times when that was found.
    let scene = tape.scene(first.asked_at);
    assert_eq!((scene.about, scene.found), (Some(1), 0));
    assert_eq!(tape.scene(first.answered_at).found, 1);
}

#[test]
fn the_last_question_is_about_the_whole_run() {
    let tape = fixture::tape(20);
    let first = NPlusOne::predict(&tape, 0).unwrap();
    let last = NPlusOne::predict(&tape, first.answered_at).unwrap();
    assert_eq!((last.asked_at, last.answered_at), (tape.len() - 2, tape.len() - 1));
    assert_eq!(last.options[last.answer].name, "22", "each of 21 queries, and the connection");
    assert_eq!(NPlusOne::predict(&tape, tape.len() - 1), None);
}
