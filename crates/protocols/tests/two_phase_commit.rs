//! The protocol with its logs and timeouts: nothing goes wrong with all safeguards on, and something does with each of them off.

mod searched;

use interleave_kernel::explore::Explored;
use interleave_kernel::{Dice, Machine};
use interleave_protocols::diagram::Status as Up;
use interleave_protocols::play::Subject;
use interleave_protocols::two_phase_commit::*;
use proptest::prelude::*;
use searched::{broken, filmed, lane, last_word, on_disk, seeded, told};

fn every_order(scenario: &Scenario) -> Explored<Action> {
    searched::every_order::<TwoPhaseCommit>(scenario)
}

fn with(participants: u8, faults: &str) -> Scenario {
    Scenario { participants, faults: faults.parse().unwrap(), ..Scenario::default() }
}

/// A scenario without one of the safeguards.
fn without(faults: &str, off: impl Fn(&mut Safeguards)) -> Scenario {
    let mut scenario = with(2, faults);
    off(&mut scenario.safeguards);
    scenario
}

fn violated(found: &Explored<Action>) -> Vec<&str> {
    searched::violated(found).into_iter().map(|(rule, _)| rule).collect()
}

#[test]
fn with_all_safeguards_every_rule_holds_within_the_faults() {
    // Figures of this model; they change when it does, and with them the time a search takes.
    for (participants, faults, states) in [
        (1, "", 12),
        (2, "", 62),
        (3, "", 342),
        (2, "crash=1", 1_947),
        (2, "loss=1", 644),
        (2, "duplicate=1,reorder=1", 596),
        (2, "crash=1,loss=1", 7_043),
        (1, "crash=1,loss=1,delay=1,duplicate=1", 3_647),
        (3, "loss=1", 9_635),
    ] {
        let found = every_order(&with(participants, faults));
        assert_eq!(violated(&found), [""; 0], "{participants} participants, {faults}");
        assert!(found.deadlock.is_none());
        assert_eq!(found.states, states, "{participants} participants, {faults}");
    }
}

#[test]
#[cfg_attr(debug_assertions, ignore = "millions of steps: for optimised builds")]
fn also_with_three_participants_and_more_faults() {
    for scenario in [
        with(3, "crash=1,loss=1"),
        with(2, "crash=2,loss=1"),
        with(2, "crash=1,loss=1,delay=1"),
        with(2, "hold=1,partition=1"),
        with(2, "crash=1,loss=1,duplicate=1"),
        Scenario { votes: vec![Vote::Either; 2], cooperative: true, local_client: true, ..with(2, "crash=1,loss=1") },
    ] {
        let found = every_order(&scenario);
        assert_eq!(violated(&found), [""; 0], "{scenario:?}");
        assert!(found.deadlock.is_none(), "{scenario:?}");
    }
}

#[test]
fn one_no_aborts_it_for_all() {
    let scenario = Scenario { votes: vec![Vote::Yes, Vote::No], ..with(2, "crash=1,loss=1") };
    let found = every_order(&scenario);
    assert_eq!(violated(&found), [""; 0]);
    let rules: Vec<_> = found.verdicts.iter().map(|it| it.rule.as_str()).collect();
    assert!(rules.contains(&"all can abort") && !rules.contains(&"all can commit"), "{rules:?}");
}

/// The coordinator of many articles.
#[test]
fn a_coordinator_without_a_log_forgets_what_it_has_promised() {
    let scenario = Scenario { faults: "crash=1".parse().unwrap(), ..Scenario::naive() };
    let found = every_order(&scenario);
    assert_eq!(violated(&found), [ATOMIC, MONEY]);
    let broken = broken(&found, ATOMIC);
    let told = told::<TwoPhaseCommit>(&scenario, &broken.schedule.actions);
    // Both are asked, prepare, vote and are heard; it decides and tells one, which commits. Then it crashes, and the other one asks.
    assert_eq!(told.len(), 22, "{told:#?}");
    let crash = told.iter().position(|note| note.starts_with("The coordinator crashes.")).unwrap();
    assert!(
        told[..crash].contains(&"The coordinator decides to commit, in memory: it keeps no log.".into()),
        "{told:#?}"
    );
    assert!(told[crash..].iter().any(|note| note.contains("presumed aborted")), "{told:#?}");
    assert_eq!(violated(&every_order(&Scenario::naive())), [""; 0], "without a crash nobody notices");
}

#[test]
fn each_safeguard_is_needed() {
    let cases: [(&str, Scenario, &[&str]); 9] = [
        ("coordinator_log", without("crash=1", |it| it.coordinator_log = false), &[ATOMIC, MONEY]),
        ("wait_for_all_votes", without("", |it| it.wait_for_all_votes = false), &[PREPARED]),
        (
            "remember_until_acknowledged",
            without("loss=1", |it| it.remember_until_acknowledged = false),
            &[ATOMIC, MONEY],
        ),
        ("repeat_decision", without("loss=1", |it| it.repeat_decision = false), &[COORDINATOR_ENDS]),
        ("log_before_vote", without("crash=1", |it| it.log_before_vote = false), &[ATOMIC, PREPARED, MONEY]),
        ("log_before_acknowledge", without("crash=1", |it| it.log_before_acknowledge = false), &[ATOMIC, MONEY]),
        ("inquire", without("loss=1,crash=1", |it| it.inquire = false), &[LEARNS]),
        ("wait_in_doubt", without("crash=1", |it| it.wait_in_doubt = false), &[ATOMIC, MONEY]),
        ("keep_locks", Scenario { local_client: true, ..without("", |it| it.keep_locks = false) }, &[MONEY, LOCKED]),
    ];
    for (name, scenario, rules) in cases {
        let found = every_order(&scenario);
        assert_eq!(violated(&found), rules, "without {name}");
        let on = Scenario { safeguards: Safeguards::default(), ..scenario };
        assert_eq!(violated(&every_order(&on)), [""; 0], "with {name}");
    }
}

/// Gray's *blocking*: prepared participants cannot know, and hold their locks.
#[test]
fn a_coordinator_that_never_returns_leaves_participants_in_doubt_forever() {
    let scenario = Scenario { coordinator_returns: false, ..with(2, "crash=1") };
    let found = every_order(&scenario);
    assert_eq!(violated(&found), [LEARNS, LEARNABLE]);
    let stuck = broken(&found, LEARNS);
    assert!(stuck.schedule.actions.contains(&Action::Crash(interleave_protocols::ProcessId(0))));
    assert!(stuck.cycle.actions.contains(&Action::Clock), "they ask for ever: {:?}", stuck.cycle);

    // Cooperative termination helps those that somebody can tell, and nobody if all are in doubt.
    let found = every_order(&Scenario { cooperative: true, ..scenario.clone() });
    assert_eq!(violated(&found), [LEARNS]);

    // Who needs the row waits as long.
    let waiting = Scenario { local_client: true, cooperative: true, ..scenario };
    let mut machine = TwoPhaseCommit::new(&waiting).unwrap();
    let stuck = broken(&every_order(&waiting), LEARNS);
    stuck.schedule.actions.iter().chain(&stuck.cycle.actions).for_each(|action| machine.advance(action));
    assert_eq!(machine.stages().collect::<Vec<_>>(), [Stage::InDoubt, Stage::InDoubt]);
    assert!(!machine.actions().contains(&Action::Withdraw));
}

/// What each preset must come to.
#[test]
fn presets_come_to_what_they_say() {
    let expected: [(&str, u64, &[usize]); 13] = [
        ("all-vote-yes", 62, &[]),
        ("one-votes-no", 49, &[]),
        ("dies-after-prepare", 1_947, &[]),
        ("coordinator-never-returns", 1_363, &[8, 8]),
        ("cooperative", 18_149, &[11]),
        ("commit-is-lost", 644, &[]),
        ("participant-dies-in-doubt", 1_947, &[]),
        ("prepare-transaction", 1_947, &[]), // as many as with the model's own rows
        ("naive", 1_508, &[22, 22]),
        ("impatient", 866, &[15, 15]),
        ("vote-before-log", 1_241, &[15, 14, 15]),
        ("locks-let-go", 117, &[18, 3]),
        ("forgets-too-soon", 624, &[23, 23]),
    ];
    assert_eq!(PRESETS.iter().map(|it| it.id).collect::<Vec<_>>(), expected.map(|(id, ..)| id), "ids never change");
    for (preset, (id, states, steps)) in PRESETS.iter().zip(expected) {
        let found = every_order(&preset.scenario());
        let rules: Vec<_> = preset.breaks.iter().copied().zip(steps.iter().copied()).collect();
        assert_eq!((searched::violated(&found), found.states), (rules, states), "{id}");
        assert!(preset.idea.ends_with('.') && !preset.title.ends_with('.'), "{id}");
        let text = serde_json::to_string(&preset.scenario()).unwrap();
        assert_eq!(serde_json::from_str::<Scenario>(&text).unwrap(), preset.scenario(), "{id}");
    }
}

/// What the explorer finds opens in the player, like any other tape.
#[test]
fn a_schedule_is_a_tape() {
    let scenario = Scenario { faults: "crash=1".parse().unwrap(), ..Scenario::naive() };
    let broken = broken(&every_order(&scenario), ATOMIC);
    let tape = filmed::<TwoPhaseCommit>(&scenario, &broken.schedule.picks);
    let told = told::<TwoPhaseCommit>(&scenario, &broken.schedule.actions);
    assert_eq!(tape.frames()[1..=22].iter().map(|frame| frame.note.plain()).collect::<Vec<_>>(), told);
    let logs =
        |at| ["Participant 1", "Participant 2"].map(|name| lane(&tape, at, name).log.last().map(|it| it.text.clone()));
    assert_eq!(logs(0), [None, None]);
    assert_eq!(logs(22), [Some("committed".into()), Some("aborted".into())]);
    let crash = 1 + told.iter().position(|note| note.starts_with("The coordinator crashes.")).unwrap();
    let coordinator = |at| lane(&tape, at, "Coordinator");
    assert_eq!([crash - 1, crash, 22].map(|at| coordinator(at).status), [Up::Up, Up::Down, Up::Up]);
    assert_eq!(on_disk(&coordinator(22)), [""; 0]);
}

#[test]
fn a_run_that_is_over_says_how_it_ended() {
    let tape = seeded(Subject::TwoPhaseCommit(with(2, "")), 1);
    assert_eq!(
        last_word(&tape),
        "Nothing is left to happen: participant 1 has committed, participant 2 has committed."
    );
}

#[test]
fn scenarios_that_make_no_sense_are_refused() {
    let refused = |scenario: Scenario| TwoPhaseCommit::new(&scenario).map(drop).unwrap_err();
    assert_eq!(refused(with(0, "")), "the protocol takes 1 to 4 participants, not 0");
    assert_eq!(refused(with(99, "")), "the protocol takes 1 to 4 participants, not 99");
    let votes = Scenario { votes: vec![Vote::No; 3], ..with(2, "") };
    assert_eq!(refused(votes), "there are 3 votes and only 2 participants");
    let mut faults = with(2, "");
    faults.faults.loss = 200;
    assert_eq!(refused(faults), "loss takes a number from 0 to 9");
    let mut unlocked = Scenario { storage: Storage::Postgres, ..with(2, "") };
    unlocked.safeguards.keep_locks = false;
    assert_eq!(
        refused(unlocked),
        "PostgreSQL keeps the locks of a transaction that has prepared, and a participant cannot let go of them"
    );
}

#[test]
fn a_scenario_is_plain_data() {
    let scenario: Scenario =
        serde_json::from_str(r#"{"votes": ["either"], "safeguards": {"keep_locks": false}}"#).unwrap();
    assert_eq!((scenario.participants, scenario.vote(0), scenario.vote(1)), (2, Vote::Either, Vote::Yes));
    assert!(!scenario.safeguards.keep_locks && scenario.safeguards.coordinator_log);
    let text = serde_json::to_string(&scenario).unwrap();
    assert_eq!(serde_json::from_str::<Scenario>(&text).unwrap(), scenario);
    let wrong = serde_json::from_str::<Scenario>(r#"{"safeguard": {}}"#).unwrap_err().to_string();
    assert!(wrong.contains("unknown field `safeguard`"), "{wrong}");
    assert!(!text.contains("storage"), "links that were made before there was a choice stay the same");
    let postgres: Scenario = serde_json::from_str(r#"{"storage": "postgres"}"#).unwrap();
    assert_eq!(postgres, Scenario { storage: Storage::Postgres, ..Scenario::default() });
    assert_eq!(serde_json::from_str::<Scenario>(&serde_json::to_string(&postgres).unwrap()).unwrap(), postgres);
}

prop_compose! {
    fn scenarios()(
        participants in 1_u8..=4,
        votes in prop::collection::vec(prop::sample::select(vec![Vote::Yes, Vote::No, Vote::Either]), 0..2),
        faults in prop::array::uniform7(0_u8..4),
        switches: [bool; 13],
    ) -> Scenario {
        let [crash, loss, duplicate, reorder, delay, hold, partition] = faults;
        let [a, b, c, d, e, f, g, h, i, cooperative, coordinator_returns, local_client, postgres] = switches;
        Scenario {
            participants,
            votes: votes.into_iter().take(participants.into()).collect(),
            faults: interleave_protocols::Budget { crash, loss, duplicate, reorder, delay, hold, partition },
            safeguards: Safeguards {
                coordinator_log: a, wait_for_all_votes: b, remember_until_acknowledged: c, repeat_decision: d, log_before_vote: e,
                log_before_acknowledge: f, inquire: g, wait_in_doubt: h, keep_locks: i,
            },
            cooperative, coordinator_returns, local_client,
            storage: if postgres && i { Storage::Postgres } else { Storage::Model },
        }
    }
}

proptest! {
    /// Whatever is switched off and goes wrong: no assertion of the model fails, a step without its note does what the step does, and what
    /// is offered depends on nothing but the state.
    #[test]
    fn any_scenario_can_be_played(scenario in scenarios(), seed: u64) {
        let mut machine = TwoPhaseCommit::new(&scenario).unwrap();
        let mut quiet = machine.clone();
        let mut dice = Dice::new(seed);
        for _ in 0..300 {
            let actions = machine.actions();
            prop_assert_eq!(&actions, &quiet.actions());
            if actions.is_empty() {
                break;
            }
            let action = actions[dice.index(actions.len())];
            prop_assert!(!machine.step(&action).plain().is_empty());
            quiet.advance(&action);
            prop_assert_eq!(machine.violations(), quiet.violations());
        }
    }
}
