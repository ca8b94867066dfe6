//! What a sitting is, without a screen.

use interleave_course::Level;
use interleave_course::judge::Given;
use interleave_course::memory::{DAY, MINUTE, Moment, Rating};
use interleave_course::progress::{Progress, Session};
use interleave_course::session::{Candidate, Clock, Exam, Plan, Queue, Wanted, review_order, shuffled, study_order};

const NOW: i64 = 1_790_000_000_000;

fn queue(questions: &[&str]) -> Queue {
    Queue::new(questions.iter().map(ToString::to_string).collect())
}

fn answered(progress: &mut Progress, tab: u32, question: &str, rating: Rating, at: i64) {
    let record = progress.writer(1, tab).record(Moment { at, offset: 0 }, question, rating, Session::Study);
    progress.add(record).unwrap();
}

#[test]
fn a_missed_question_comes_back_until_it_is_recalled() {
    let mut queue = queue(&["a", "b", "c"]);
    assert_eq!((queue.current(), queue.position()), (Some("a"), (1, 3)));
    queue.answered(Rating::Again, Some(1000));
    assert_eq!((queue.current(), queue.position()), (Some("b"), (1, 3)));
    queue.answered(Rating::Good, Some(1000));
    queue.answered(Rating::Easy, None);
    assert_eq!((queue.current(), queue.is_repetition(), queue.position()), (Some("a"), true, (3, 3)));
    queue.answered(Rating::Hard, Some(500));
    assert_eq!(queue.current(), None);
    let summary = queue.summary();
    assert_eq!((summary.questions, summary.right, summary.answers, summary.took), (3, 2, 4, 2500));
    assert_eq!(summary.ratings, [1, 0, 1, 1]);
    assert_eq!(summary.missed, ["a"]);
}

#[test]
fn a_missed_question_is_not_asked_again_at_once() {
    let mut queue = queue(&["a", "b", "c", "d", "e", "f", "g"]);
    queue.answered(Rating::Again, None);
    let order: Vec<String> = std::iter::from_fn(|| {
        let current = queue.current()?.to_string();
        queue.answered(Rating::Good, None);
        Some(current)
    })
    .collect();
    assert_eq!(order, ["b", "c", "d", "e", "a", "f", "g"]);
}

#[test]
fn an_empty_queue_is_over_and_a_skipped_question_is_not_counted() {
    let mut empty = queue(&[]);
    assert_eq!((empty.current(), empty.position()), (None, (0, 0)));
    empty.answered(Rating::Good, None);
    assert_eq!(empty.summary().questions, 0);
    let mut queue = queue(&["a", "b"]);
    queue.skip();
    assert_eq!((queue.current(), queue.position()), (Some("b"), (1, 1)));
}

#[test]
fn what_is_due_is_studied_first_then_what_is_new_then_what_is_known() {
    let mut progress = Progress::default();
    answered(&mut progress, 1, "due late", Rating::Good, NOW - 30 * MINUTE);
    answered(&mut progress, 2, "due early", Rating::Good, NOW - 60 * MINUTE);
    answered(&mut progress, 3, "known", Rating::Easy, NOW - 2 * DAY);
    answered(&mut progress, 4, "known less", Rating::Easy, NOW - 3 * DAY);
    let questions = ["known", "new 1", "due late", "known less", "new 2", "due early"];
    let parameters = &progress.scheduler().parameters;
    let order = study_order(questions, &progress, parameters, NOW);
    assert_eq!(order, ["due early", "due late", "new 1", "new 2", "known less", "known"]);
    assert_eq!(review_order(&progress, |question| question != "due early", NOW), ["due late"]);
}

#[test]
fn a_number_decides_the_order() {
    let one: Vec<u32> = shuffled((0..50).collect(), 7);
    assert_eq!(one, shuffled((0..50).collect(), 7));
    assert_ne!(one, shuffled((0..50).collect(), 8));
    let mut sorted = one;
    sorted.sort_unstable();
    assert_eq!(sorted, (0..50).collect::<Vec<u32>>());
    assert!(shuffled(Vec::<u8>::new(), 1).is_empty());
}

#[test]
fn every_place_is_as_likely_for_everything() {
    let mut first = [0_u32; 4];
    for seed in 0..4000 {
        first[shuffled(vec![0, 1, 2, 3], seed)[0]] += 1;
    }
    assert!(first.iter().all(|count| (900..1100).contains(count)), "{first:?}");
}

#[test]
fn a_wish_that_names_nothing_takes_everything() {
    let candidate = Candidate { id: "q", deck: "sagas", level: Level::Mid, kind: "choice" };
    assert!(Wanted::default().takes(&candidate));
    let level = |level| Wanted { level: Some(level), ..Wanted::default() };
    assert!(level(Level::Mid).takes(&candidate) && !level(Level::Staff).takes(&candidate));
    let deck = |deck: &str| Wanted { decks: vec![deck.into()], ..Wanted::default() };
    assert!(deck("sagas").takes(&candidate) && !deck("orms").takes(&candidate));
    let kind = |kind: &str| Wanted { kinds: vec![kind.into()], ..Wanted::default() };
    assert!(kind("choice").takes(&candidate) && !kind("open").takes(&candidate));
}

#[test]
fn a_clock_can_be_stopped_and_added_to() {
    let mut clock = Clock::new(Some(60_000));
    assert_eq!(clock.left(NOW), Some(60_000));
    clock.start(NOW);
    assert_eq!(clock.left(NOW + 20_000), Some(40_000));
    clock.stop(NOW + 20_000);
    assert_eq!(clock.left(NOW + DAY), Some(40_000));
    clock.start(NOW + DAY);
    assert!(clock.is_over(NOW + DAY + 40_000));
    // Added to what was spent, not to a limit that is long past.
    clock.extend(NOW + DAY + 100_000, 30_000);
    assert_eq!(clock.left(NOW + DAY + 100_000), Some(30_000));
    // A computer's clock that goes back does not give time away.
    assert_eq!(clock.stopped(NOW).spent(NOW), 20_000);
    assert_eq!(Clock::new(None).left(NOW), None);
}

fn candidates() -> Vec<Candidate<'static>> {
    let all = [("a1", "a"), ("a2", "a"), ("a3", "a"), ("a4", "a"), ("b1", "b"), ("c1", "c")];
    let choice = all.map(|(id, deck)| Candidate { id, deck, level: Level::Mid, kind: "choice" });
    let open = Candidate { id: "open", deck: "b", level: Level::Mid, kind: "open" };
    choice.into_iter().chain([open, Candidate { id: "lab", kind: "lab", ..open }]).collect()
}

fn plan(questions: usize, seed: u64) -> Plan {
    Plan { questions, minutes: Some(10), wanted: Wanted::default(), seed }
}

#[test]
fn an_exam_is_drawn_from_as_many_decks_as_possible() {
    for seed in 0..50 {
        let drawn = plan(3, seed).draw(&candidates());
        let decks: std::collections::BTreeSet<&str> = drawn.iter().map(|id| &id[..1]).collect();
        assert_eq!(decks.into_iter().collect::<String>(), "abc", "{drawn:?}");
        assert_eq!(drawn, plan(3, seed).draw(&candidates()));
    }
    // No open questions, and no more than there are.
    assert_eq!(plan(40, 1).draw(&candidates()).len(), 6);
    assert!(plan(3, 1).draw(&[]).is_empty());
}

#[test]
fn an_exam_is_submitted_once_and_not_changed_afterwards() {
    let mut exam = Exam::new(&plan(3, 1), vec!["a".into(), "b".into(), "c".into()], NOW);
    exam.give(Given::Option(1));
    exam.go_to(2);
    exam.flag();
    exam.give(Given::Text("  ".into()));
    assert_eq!((exam.answered(), exam.flagged(), exam.at()), (1, 1, 2));
    exam.go_to(99);
    assert_eq!(exam.at(), 2);
    assert!(exam.submit(NOW + 60_000) && !exam.submit(NOW + 70_000));
    exam.give(Given::Option(0));
    assert_eq!(exam.items()[0].given, Given::Option(1));
    assert_eq!(exam.clock.spent(NOW + DAY), 60_000);
}

#[test]
fn an_exam_that_was_kept_goes_on() {
    let mut exam = Exam::new(&plan(2, 1), vec!["a".into(), "b".into()], NOW);
    exam.give(Given::Options(vec![0, 2]));
    exam.clock.stop(NOW + 1000);
    let back: Exam = serde_json::from_str(&serde_json::to_string(&exam).unwrap()).unwrap();
    assert_eq!(back, exam);
    assert!(back.fits(|_| true) && !back.fits(|id| id == "a"));
}
