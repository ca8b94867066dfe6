use crate::fixture;
use interleave::labs::Lab;
use interleave::labs::locking::Locking;

fn question(at: usize) -> (usize, usize, String, Vec<String>, usize) {
    let asked = Locking::predict(&fixture::tape(), at).expect("there is a question");
    let options = asked.options.iter().map(|choice| choice.name.clone()).collect();
    (asked.asked_at, asked.answered_at, asked.question, options, asked.answer)
}

#[test]
fn a_statement_that_others_have_to_do_with_is_asked_about() {
    let fates = ["It is done at once", "It waits", "It fails"].map(String::from).to_vec();
    let (asked, answered, words, options, answer) = question(5);
    assert_eq!((asked, answered, answer), (5, 6, 1));
    assert_eq!(words, "Alice runs UPDATE accounts SET balance = balance + 10 WHERE id = 2. What happens?");
    assert_eq!(options, fates);
    assert_eq!(question(3).4, 0);
}

#[test]
fn what_everyone_knows_is_not_asked() {
    // Neither BEGIN nor a SELECT with only one possible result.
    assert_eq!(question(0).1, 4);
}

#[test]
fn after_the_last_statement_there_is_nothing_to_ask() {
    assert_eq!(Locking::predict(&fixture::tape(), 11), None);
}
