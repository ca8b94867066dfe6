//! What a learner plays with: histories fork and none is lost, what a search finds can be shown, two protocols are compared.

use interleave_kernel::Tape;
use interleave_protocols::diagram::{Deed, Diagram, End};
use interleave_protocols::play::{
    Comparison, MOST_HISTORIES, Play, Search, Subject, Verdict, Way, compare, record, search,
};
use interleave_protocols::two_phase_commit::gray_lamport;
use interleave_protocols::{Budget, outbox, saga, two_phase_commit};
use std::ops::ControlFlow;

fn two_phase_commit(faults: &str) -> Subject {
    let faults = faults.parse().unwrap();
    Subject::TwoPhaseCommit(two_phase_commit::Scenario { faults, ..Default::default() })
}

fn play(subject: Subject, histories: Vec<Way>, here: u8) -> Tape<Diagram> {
    record(&Play { subject, histories, here })
}

fn notes(tape: &Tape<Diagram>) -> Vec<String> {
    tape.frames().iter().map(|frame| frame.note.plain()).collect()
}

fn last_word(tape: &Tape<Diagram>) -> String {
    notes(tape).pop().unwrap()
}

/// The offer of that kind at a frame.
fn pick(tape: &Tape<Diagram>, at: usize, deed: Deed) -> u16 {
    tape.scene(at).offers.iter().find(|offer| offer.deed == deed).unwrap().pick
}

#[test]
fn a_calm_history_takes_two_round_trips() {
    let tape = play(two_phase_commit(""), Vec::new(), 0);
    assert_eq!(tape.len(), 22);
    let last = tape.last();
    assert_eq!((last.figures.messages, last.figures.chain), (8, 4));
    assert!(last.arrows.iter().all(|arrow| matches!(arrow.end, End::Arrived(_))));
    assert_eq!(last.histories.len(), 1);
    // With one more participant: three more messages a phase and way, and the same number of round trips.
    let three = Subject::TwoPhaseCommit(two_phase_commit::Scenario { participants: 3, ..Default::default() });
    let figures = play(three, Vec::new(), 0).last().figures;
    assert_eq!((figures.messages, figures.chain), (12, 4));
}

/// Going back and choosing differently starts a branch; both stay.
#[test]
fn a_fork_goes_on_calmly_and_leaves_the_other_history_alone() {
    let calm = play(two_phase_commit(""), vec![Way::Calm], 0);
    let at = notes(&calm).iter().position(|note| note.starts_with("Participant 1 votes yes")).unwrap();
    let fork = Way::Fork { of: 0, at: at as u16, pick: pick(&calm, at, Deed::Crash) };
    let forked = play(two_phase_commit(""), vec![Way::Calm, fork.clone()], 1);
    assert_eq!(notes(&forked)[..=at], notes(&calm)[..=at]);
    assert_eq!(notes(&forked)[at + 1], "The coordinator crashes. What it has in memory is gone; its log stays.");
    assert_eq!(last_word(&forked), "Nothing is left to happen: participant 1 has aborted, participant 2 has aborted.");
    let histories = &forked.last().histories;
    assert_eq!(histories[1].fork, Some((0, at as u16)));
    assert_eq!(
        (histories[0].title.as_str(), histories[1].title.as_str()),
        ("Nothing goes wrong", "Coordinator crashes")
    );
    assert!(!histories[0].here && histories[1].here);
    assert_eq!(usize::from(histories[0].steps), calm.len() - 2, "all frames but the start and the last word");
    let back = play(two_phase_commit(""), vec![Way::Calm, fork], 0);
    assert_eq!(notes(&back), notes(&calm));
}

/// A fork of a fork, and one step that is done twice by hand: what leads to a frame is the same whoever chose it.
#[test]
fn a_fork_can_fork() {
    let calm = play(two_phase_commit(""), vec![Way::Calm], 0);
    let lost = Way::Fork { of: 0, at: 2, pick: pick(&calm, 2, Deed::Lose) };
    let once = play(two_phase_commit(""), vec![Way::Calm, lost.clone()], 1);
    let doubled = Way::Fork { of: 1, at: 3, pick: pick(&once, 3, Deed::Duplicate) };
    let twice = play(two_phase_commit(""), vec![Way::Calm, lost, doubled], 2);
    assert_eq!(notes(&twice)[..=3], notes(&once)[..=3]);
    let arrows = &twice.scene(4).arrows;
    assert_eq!(arrows.iter().filter(|arrow| arrow.twin).count(), 1);
    assert_eq!(arrows.iter().filter(|arrow| matches!(arrow.end, End::Lost(3))).count(), 1);
    assert_eq!(last_word(&twice), "Nothing is left to happen: participant 1 has aborted, participant 2 has aborted.");
}

#[test]
fn what_is_offered_next_is_what_happens_next() {
    let tape = play(two_phase_commit("crash=1,loss=1"), vec![Way::Seed(7)], 0);
    for at in 0..tape.len() - 2 {
        let (now, then) = (tape.scene(at), tape.scene(at + 1));
        assert_eq!(now.next().unwrap().deed, then.moments[at + 1].deed, "{at}");
    }
    assert_eq!(notes(&tape), notes(&play(two_phase_commit("crash=1,loss=1"), vec![Way::Seed(7)], 0)));
}

#[test]
fn what_makes_no_sense_is_said() {
    let says = |histories: Vec<Way>, here: u8, word: &str| {
        let tape = play(two_phase_commit(""), histories, here);
        assert_eq!((tape.len(), last_word(&tape)), (1, format!("This cannot be run: {word}.")));
    };
    says(vec![Way::Calm], 3, "there is no history 4: there are 1");
    says(vec![Way::Fork { of: 0, at: 0, pick: 0 }], 0, "history 1 forks from one that comes after it");
    says(vec![Way::Calm; MOST_HISTORIES + 1], 0, "there are 41 histories, and at most 40 can be kept");
    let many = two_phase_commit::Scenario { participants: 9, ..Default::default() };
    let tape = play(Subject::TwoPhaseCommit(many), Vec::new(), 0);
    assert_eq!(last_word(&tape), "This cannot be run: the protocol takes 1 to 4 participants, not 9.");
    let none = Subject::GrayLamport(gray_lamport::Scenario { participants: 0 });
    assert_eq!(
        last_word(&play(none, Vec::new(), 0)),
        "This cannot be run: the specification takes 1 to 8 participants, not 0."
    );
    let tape = play(two_phase_commit(""), vec![Way::Picks(vec![0, 9_999])], 0);
    let last = last_word(&tape);
    assert!(last.starts_with("The recording ends here. The link asks for choice 10000, but only "), "{last}");
    let fork = Way::Fork { of: 0, at: 60_000, pick: 9_999 };
    let tape = play(two_phase_commit(""), vec![Way::Calm, fork], 1);
    assert!(last_word(&tape).contains("asks for choice 10000"), "{}", last_word(&tape));
    for text in [r#"{"subject": {"saga": {}}, "histories": ["calm"], "elsewhere": 1}"#, r#"{"subject": "nothing"}"#] {
        assert!(serde_json::from_str::<Play>(text).is_err());
    }
}

#[test]
fn a_play_is_plain_data() {
    let text = r#"{"subject":{"outbox":{"events":1}},"histories":["calm",{"seed":7},{"picks":[0,1]},{"fork":{"of":0,"at":3,"pick":5}},{"story":"x"}],"here":2}"#;
    let play: Play = serde_json::from_str(text).unwrap();
    assert_eq!(play.histories[3], Way::Fork { of: 0, at: 3, pick: 5 });
    assert_eq!(serde_json::from_str::<Play>(&serde_json::to_string(&play).unwrap()).unwrap(), play);
}

/// A shortest schedule, found within a small budget, is shown among all that may happen by hand.
#[test]
fn what_a_search_finds_is_shown_step_by_step() {
    let naive =
        two_phase_commit::Scenario { faults: "crash=1".parse().unwrap(), ..two_phase_commit::Scenario::naive() };
    let subject = Subject::TwoPhaseCommit(naive);
    let question = Search { subject: subject.clone(), states: 100_000, symmetry: false };
    let mut told = 0;
    let found = search(&question, |progress| {
        told = progress.states;
        ControlFlow::Continue(())
    });
    let found = found.unwrap();
    assert_eq!((found.progress.states, found.progress.transitions, found.stopped), (1_508, 3_827, None));
    assert!(told > 0);
    let Verdict::Broken { way, cycle: 0, .. } = &found.rules[0].verdict else { panic!("{:?}", found.rules[0]) };
    assert_eq!((found.rules[0].rule.as_str(), way.len()), (two_phase_commit::ATOMIC, 22));
    let tape = play(subject, vec![Way::Calm, Way::Picks(way.clone())], 1);
    let last = tape.last();
    assert_eq!(last.broken[0].row, 22, "it ends where the rule is broken");
    assert_eq!(tape.len(), 24, "and with a last word, for nothing is left to happen");
    assert_eq!(last.histories[1].title, "Breaks “no participant commits while another aborts”");
    assert!(last.histories[1].broken);
}

/// What goes round for ever is shown going round once, and said to.
#[test]
fn a_round_is_shown_as_one() {
    let stuck = two_phase_commit::Scenario {
        coordinator_returns: false,
        faults: "crash=1".parse().unwrap(),
        ..Default::default()
    };
    let subject = Subject::TwoPhaseCommit(stuck);
    let found =
        search(&Search { subject: subject.clone(), states: 100_000, symmetry: false }, |_| ControlFlow::Continue(()));
    let found = found.unwrap();
    let learns = found.rules.iter().find(|it| it.rule == two_phase_commit::LEARNS).unwrap();
    let Verdict::Broken { way, cycle, .. } = &learns.verdict else { panic!("{learns:?}") };
    assert!(*cycle > 0);
    let tape = play(subject, vec![Way::Picks(way.clone())], 0);
    assert_eq!(last_word(&tape), format!("From here on it goes round: the last {cycle} steps repeat for ever."));
    let last = tape.last();
    assert!(last.broken.iter().any(|it| last.rules[usize::from(it.rule)].name == two_phase_commit::LEARNS));
}

#[test]
fn a_search_ends_when_it_is_told_to() {
    let subject = Subject::Saga(saga::Scenario { faults: "crash=1,loss=1".parse().unwrap(), ..Default::default() });
    let few = search(&Search { subject: subject.clone(), states: 100, symmetry: false }, |_| ControlFlow::Continue(()));
    assert_eq!(few.unwrap().stopped, Some(interleave_kernel::explore::Stopped::States));
    let cancelled = search(&Search { subject, states: 100_000, symmetry: false }, |_| ControlFlow::Break(()));
    assert_eq!(cancelled.unwrap().stopped, Some(interleave_kernel::explore::Stopped::Cancelled));
    let none = Subject::GrayLamport(gray_lamport::Scenario { participants: 99 });
    let wrong = search(&Search { subject: none, states: 1, symmetry: false }, |_| ControlFlow::Continue(()));
    assert_eq!(wrong.unwrap_err(), "the specification takes 1 to 8 participants, not 99");
}

/// Participants are alike: the specification with eight has fewer states by far when who is who makes no difference.
#[test]
fn symmetry_is_asked_for() {
    let subject = Subject::GrayLamport(gray_lamport::Scenario { participants: 4 });
    let states = |symmetry| {
        let found =
            search(&Search { subject: subject.clone(), states: 100_000, symmetry }, |_| ControlFlow::Continue(()));
        found.unwrap().progress.states
    };
    assert_eq!(states(false), 1_568);
    assert!(states(true) < 200);
}

/// Without faults, what each protocol costs is a matter of counting.
#[test]
fn two_phase_commit_locks_and_a_saga_is_inconsistent() {
    let four = two_phase_commit::Scenario { participants: 4, ..Default::default() };
    let sides = [Subject::TwoPhaseCommit(four), Subject::Saga(saga::Scenario::default())];
    let comparison = Comparison { sides, faults: Budget::default(), seed: 1, runs: 20 };
    let mut done = Vec::new();
    let [commit, orders] = compare(&comparison, |runs| done.push(runs)).unwrap();
    assert_eq!(done, (1..=40).collect::<Vec<_>>());
    for side in [&commit, &orders] {
        assert_eq!((side.broken, side.endless, side.runs), (0, 0, 20));
    }
    // Ask, vote, tell, acknowledge: to and from four, in whatever order. A saga asks one after the other, and has its lock lifted.
    assert_eq!((commit.total.messages, orders.total.messages), (20 * 16, 20 * 10));
    assert_eq!(orders.total.chain, 20 * 10);
    assert!((20 * 4..20 * 10).contains(&commit.total.chain), "{:?}", commit.total);
    assert!(commit.total.locked > orders.total.locked, "{:?} {:?}", commit.total, orders.total);
    assert_eq!(orders.end, "Nothing is left to happen: saga 1 is completed.");
    assert_eq!(commit.diagram.lanes.len(), 5);
}

/// The same faults on both sides: what a dual write loses, an outbox does not.
#[test]
fn an_outbox_keeps_what_a_dual_write_loses() {
    let variant = |variant| Subject::Outbox(outbox::Scenario { variant, ..Default::default() });
    let sides = [variant(outbox::Variant::DatabaseFirst), variant(outbox::Variant::PollingRelay)];
    let comparison = Comparison { sides, faults: "crash=2,loss=1".parse().unwrap(), seed: 1, runs: 200 };
    let [dual, outbox] = compare(&comparison, |_| ()).unwrap();
    assert_eq!((outbox.broken, outbox.endless), (0, 0));
    assert!(dual.broken > 20, "{}", dual.broken);
    let again = compare(&comparison, |_| ()).unwrap();
    assert_eq!([dual, outbox], again);
    let none = Comparison { runs: 0, ..comparison };
    assert_eq!(compare(&none, |_| ()).unwrap_err(), "a comparison takes 1 to 1000 runs, not 0");
}
