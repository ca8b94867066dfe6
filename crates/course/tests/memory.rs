//! The memory model is FSRS-6: vectors that its authors publish, and random histories that py-fsrs has been asked about
//! (`cargo xtask record memory`, memory/record.py).

use interleave_course::memory::{
    Card, DAY, Judged, LEECH_LAPSES, MINUTE, Memory, Moment, Parameters, Rating, Scheduler, State, due_count, forecast,
    mean_retrievability, usual_time,
};
use interleave_course::question::{Claim, Kind, Level, Question};
use proptest::prelude::*;
use std::path::Path;

use Rating::{Again, Easy, Good, Hard};

/// 2022-11-29, 12:30 UTC, where the tests of py-fsrs begin.
const START: i64 = 1_669_725_000_000;

fn close(ours: f64, theirs: f64) -> bool {
    (ours - theirs).abs() <= 1e-4 * theirs.abs()
}

fn near(ours: Memory, stability: f64, difficulty: f64) {
    assert!(
        close(ours.stability, stability) && close(ours.difficulty, difficulty),
        "{ours:?}: {stability} {difficulty}"
    );
}

fn after(parameters: &Parameters, answers: &[(Rating, i64)]) -> Memory {
    let mut memory = parameters.initial(answers[0].0);
    for (rating, days) in &answers[1..] {
        memory = parameters.next(memory, *days, *rating);
    }
    memory
}

fn parameters(text: &str) -> Parameters {
    let w: Vec<f64> = text.split_whitespace().map(|w| w.parse().unwrap()).collect();
    Parameters::new(w.try_into().unwrap()).unwrap()
}

/// The parameters of fsrs-rs's tests: nineteen of FSRS-5, which it fills with 0 and a decay of 0.5.
fn of_fsrs_rs() -> Parameters {
    parameters(
        "0.6845422 1.6790825 4.7349424 10.042885 7.4410233 0.64219797 1.071918 0.0025195254 1.432437 0.1544 0.8692766 \
         2.0696752 0.0953 0.2975 2.4691248 0.19542035 3.201072 0.18046261 0.121442534 0 0.5",
    )
}

/// py-fsrs, `test_review_card`; ts-fsrs, FSRS-6.test.ts, `ivl_history`.
#[test]
fn each_answered_when_it_is_due() {
    let (scheduler, mut card, mut at) = (Scheduler::default(), Card::new(START), START);
    let mut days = vec![];
    for rating in [Good, Good, Good, Good, Good, Good, Again, Again, Good, Good, Good, Good, Good] {
        card = scheduler.review(&card, rating, at);
        days.push((card.due - at) / DAY);
        at = card.due;
    }
    assert_eq!(days, [0, 2, 11, 46, 163, 498, 0, 0, 2, 4, 7, 12, 21]);
    assert_eq!(card.lapses, 1, "the second “again” came while it was relearnt");
}

/// py-fsrs, `test_memo_state`; fsrs-rs, `test_memory_state`; ts-fsrs, "memory state", with and without what happens on the same day.
#[test]
fn six_answers() {
    let answers = [(Again, 0), (Good, 0), (Good, 1), (Good, 3), (Good, 8), (Good, 21)];
    near(after(&Parameters::DEFAULT, &answers), 53.62691, 6.3574867);
    let frozen = parameters(
        "0.212 1.2931 2.3065 8.2956 6.4133 0.8334 3.0194 0.001 1.8722 0.1666 0.796 1.4835 0.0614 0.2629 1.6483 0.6014 1.8729 \
         0 0 0 0.1542",
    );
    near(after(&frozen, &answers), 53.335106, 6.3574867);

    let (scheduler, mut card, mut at) = (Scheduler::default(), Card::new(START), START);
    for (rating, days) in answers {
        at += days * DAY;
        card = scheduler.review(&card, rating, at);
    }
    near(card.memory.unwrap(), 53.62691, 6.3574867);
}

/// ts-fsrs, "first repeat"; fsrs-rs, `next_states` of a new card.
#[test]
fn the_first_answer() {
    for (rating, stability, difficulty, state, wait) in [
        (Again, 0.212, 6.4133, State::Learning(0), MINUTE),
        (Hard, 1.2931, 5.11217071, State::Learning(0), 330_000),
        (Good, 2.3065, 2.11810397, State::Learning(1), 10 * MINUTE),
        (Easy, 8.2956, 1.0, State::Review, 8 * DAY),
    ] {
        let card = Scheduler::default().review(&Card::new(START), rating, START);
        near(card.memory.unwrap(), stability, difficulty);
        assert_eq!((card.state, card.due - START), (state, wait));
    }
}

/// fsrs-rs, `test_next_states`, `test_current_retrievability`, `test_next_interval` at the retention where it is the stability.
#[test]
fn what_each_rating_would_lead_to() {
    let parameters = of_fsrs_rs();
    let memory = after(&parameters, &[(Again, 0), (Good, 1), (Good, 3), (Good, 8)]);
    for (rating, stability, difficulty) in [
        (Again, 2.9691455, 8.000659),
        (Hard, 17.091452, 7.6913934),
        (Good, 31.722992, 7.382128),
        (Easy, 71.7502, 7.0728626),
    ] {
        near(parameters.next(memory, 21, rating), stability, difficulty);
    }
    assert!(close(parameters.interval(0.9, 121.01552), 121.01551));

    let mut w = "0.212 1.2931 2.3065 8.2956 6.4133 0.8334 3.0194 0.001 1.8722 0.1666 0.796 1.4835 0.0614 0.2629 1.6483 0.6014 1.8729 \
         0.5425 0.0912 0.0658"
        .to_string();
    w.push_str(" 0.2");
    let steep = self::parameters(&w);
    for (days, recall) in [(0, 1.0), (1, 0.9), (2, 0.84028935), (3, 0.7985001)] {
        assert!(close(steep.retrievability(days, 1.0), recall));
    }
}

/// ts-fsrs, "get retrievability": after "easy", on the day it is due.
#[test]
fn how_likely_it_is_to_be_recalled() {
    let (parameters, scheduler) = (Parameters::DEFAULT, Scheduler::default());
    assert_eq!(Card::new(START).retrievability(&parameters, START), None);
    let card = scheduler.review(&Card::new(START), Easy, START);
    assert!(close(card.retrievability(&parameters, card.due).unwrap(), 0.9024733));
    let cards = [card, scheduler.review(&Card::new(START), Again, card.due), Card::new(START)];
    assert!(close(mean_retrievability(&cards, &parameters, card.due).unwrap(), (1.0 + 0.9024733) / 2.0));
    assert_eq!(mean_retrievability(&[], &parameters, START), None);
}

/// py-fsrs: `test_repeated_correct_reviews`, `test_stability_lower_bound`, `test_maximum_interval`, and a "hard" on the same day.
#[test]
fn bounds() {
    let scheduler = Scheduler::default();
    let (mut easy, mut again) = (Card::new(START), Card::new(START));
    for turn in 0..1000 {
        easy = scheduler.review(&easy, Easy, START + turn);
        again = scheduler.review(&again, Again, again.due + DAY);
        assert!(again.memory.unwrap().is_plausible() && easy.memory.unwrap().is_plausible());
    }
    assert_eq!(easy.memory.unwrap().difficulty, 1.0);

    let shortly = Scheduler { longest: 100, ..Scheduler::default() };
    let (mut card, mut at) = (Card::new(START), START);
    for rating in [Easy, Good, Easy, Good, Easy, Easy, Easy] {
        card = shortly.review(&card, rating, at);
        assert!(card.due - at <= 100 * DAY);
        at = card.due;
    }
    assert_eq!(card.due - card.reviewed.unwrap(), 100 * DAY);

    let at_once = Scheduler { learning: vec![], ..Scheduler::default() };
    let card = at_once.review(&Card::new(START), Good, START);
    assert_eq!(at_once.review(&card, Hard, START + MINUTE).memory.unwrap().stability, card.memory.unwrap().stability);
}

/// py-fsrs, `test_one_card_multiple_schedulers`: steps that a scheduler no longer has.
#[test]
fn schedulers_with_other_steps() {
    let with = |learning: &[i64], relearning: &[i64]| Scheduler {
        learning: learning.to_vec(),
        relearning: relearning.to_vec(),
        ..Scheduler::default()
    };
    let card = with(&[MINUTE, 10 * MINUTE], &[]).review(&Card::new(START), Good, START);
    assert_eq!(card.state, State::Learning(1));
    let card = with(&[MINUTE], &[]).review(&card, Again, START);
    assert_eq!(card.state, State::Learning(0));
    let card = with(&[], &[]).review(&card, Hard, START);
    assert_eq!(card.state, State::Review);
    let card = with(&[], &[MINUTE, 10 * MINUTE]).review(&card, Again, START);
    let card = with(&[], &[MINUTE, 10 * MINUTE]).review(&card, Good, START);
    assert_eq!(card.state, State::Relearning(1));
    assert_eq!(with(&[], &[MINUTE]).review(&card, Good, START).state, State::Review);
    let card = with(&[], &[MINUTE]).review(&card, Again, START);
    assert_eq!(card.state, State::Relearning(0));
    assert_eq!(with(&[], &[MINUTE]).review(&card, Hard, START).due - START, MINUTE * 3 / 2);
    assert_eq!(with(&[], &[]).review(&card, Hard, START).state, State::Review);
}

/// py-fsrs, `test_scheduler_parameter_validation`.
#[test]
fn parameters_have_bounds() {
    let mut w = [1.0; 21];
    w[6] = 100.0;
    let error = Parameters::new(w).unwrap_err();
    assert_eq!(error.index, 6);
    assert_eq!(error.to_string(), "parameter w6 is 100: it is between 0.001 and 4");
    w[6] = f64::NAN;
    assert!(Parameters::new(w).is_err());
}

fn seconds(text: &str) -> Vec<i64> {
    text.split(',').filter(|step| *step != "-").map(|step| step.parse::<i64>().unwrap() * 1000).collect()
}

fn state(text: &str) -> State {
    let step = text[1..].parse();
    match &text[..1] {
        "L" => State::Learning(step.unwrap()),
        "R" => State::Relearning(step.unwrap()),
        _ => State::Review,
    }
}

/// Each history of the record, or of another one that the variable `MEMORY` names: `record.py 6000 FILE` writes more of them.
#[test]
fn random_histories_are_scheduled_as_by_py_fsrs() {
    let kept = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/memory/fsrs.txt");
    let file = std::env::var_os("MEMORY").map_or(kept, Into::into);
    let text = std::fs::read_to_string(file).unwrap();
    let (mut scheduler, mut histories, mut answers) = (Scheduler::default(), 0, 0);
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        if let Some(set) = line.strip_prefix("scheduler ") {
            let [retention, learning, relearning, longest, w] =
                set.splitn(5, ' ').collect::<Vec<_>>().try_into().unwrap();
            scheduler = Scheduler {
                parameters: parameters(w),
                retention: retention.parse().unwrap(),
                learning: seconds(learning),
                relearning: seconds(relearning),
                longest: longest.parse().unwrap(),
            };
            continue;
        }
        let (mut card, mut at) = (Card::new(START), START);
        for word in line.split(' ') {
            let [waited, rating, expected, stability, difficulty, interval] =
                word.split(':').collect::<Vec<_>>().try_into().unwrap();
            at += waited.parse::<i64>().unwrap() * 1000;
            card = scheduler.review(&card, Rating::ALL[rating.parse::<usize>().unwrap() - 1], at);
            near(card.memory.unwrap(), stability.parse().unwrap(), difficulty.parse().unwrap());
            assert_eq!((card.state, (card.due - at) / 1000), (state(expected), interval.parse().unwrap()), "{line}");
            answers += 1;
        }
        histories += 1;
    }
    assert!(histories >= 300 && answers >= 2500, "{histories} histories, {answers} answers");
}

#[test]
fn what_is_due_and_when() {
    // 23:30 in Berlin: half an hour later is tomorrow.
    let now = Moment { at: START + 10 * 60 * MINUTE, offset: 60 };
    assert_eq!(now.day(), 19325);
    let due = |at: i64| Card { state: State::Review, due: at, ..Card::new(START) };
    let cards = [
        due(now.at - 400 * DAY),
        due(now.at),
        due(now.at + 10 * MINUTE),
        due(now.at + 40 * MINUTE),
        due(now.at + 3 * DAY),
        due(now.at + 300 * DAY),
        due(i64::MAX),
        Card::new(START),
    ];
    assert_eq!(due_count(&cards, now.at), 2);
    assert_eq!(forecast(&cards, now, 5), [3, 1, 0, 1, 0]);
    assert!(forecast(&cards, now, 0).is_empty());
}

#[test]
fn a_leech_has_lapsed_eight_times() {
    let (scheduler, mut card) = (Scheduler::default(), Card::new(START));
    card = scheduler.review(&card, Easy, START);
    for lapse in 1..=LEECH_LAPSES {
        assert!(!card.is_leech());
        card = scheduler.review(&card, Again, card.due);
        assert_eq!(card.lapses, lapse);
        card = scheduler.review(&card, Good, card.due);
    }
    assert!(card.is_leech());
}

#[test]
fn the_rating_of_what_a_machine_has_judged() {
    let right = Judged { right: true, tries: 1, hints: 0, sure: false, took: Some(10_000), usual: 10_000 };
    assert_eq!(right.rating(), Good);
    assert_eq!(Judged { right: false, sure: true, took: Some(1), ..right }.rating(), Again);
    assert_eq!(Judged { tries: 2, ..right }.rating(), Hard);
    assert_eq!(Judged { hints: 1, sure: true, took: Some(1), ..right }.rating(), Hard);
    assert_eq!(Judged { took: Some(30_001), sure: true, ..right }.rating(), Hard);
    assert_eq!(Judged { took: Some(5_000), sure: true, ..right }.rating(), Easy);
    assert_eq!(Judged { took: Some(5_000), ..right }.rating(), Good);
    assert_eq!(Judged { took: None, sure: true, ..right }.rating(), Good);
    assert_eq!(Judged { took: Some(0), usual: 0, sure: true, ..right }.rating(), Easy);

    let claim = Claim { answer: true, because: String::new(), otherwise: String::new() };
    let question = |stem: String| Question {
        id: "q".to_string(),
        level: Level::Junior,
        why: false,
        section: String::new(),
        source: String::new(),
        stem,
        kind: Kind::TrueFalse(claim.clone()),
        kept: std::collections::BTreeMap::new(),
    };
    assert_eq!(usual_time(&question("word ".repeat(40))), 15_000);
    assert_eq!(usual_time(&question("word ".repeat(1_000_000))), 600_000);
}

proptest! {
    /// Whatever is answered whenever, the card is a plausible one and comes back later than it was answered.
    #[test]
    fn cards_stay_plausible(answers in proptest::collection::vec((0_usize..4, any::<i64>()), 1..60)) {
        let (scheduler, mut card) = (Scheduler::default(), Card::new(0));
        for (rating, at) in answers {
            card = scheduler.review(&card, Rating::ALL[rating], at);
            prop_assert!(card.memory.unwrap().is_plausible());
            prop_assert!(card.due > at || at > i64::MAX - 40_000 * DAY);
            let recall = card.retrievability(&scheduler.parameters, at.saturating_add(DAY)).unwrap();
            prop_assert!((0.0..=1.0).contains(&recall));
        }
    }
}
