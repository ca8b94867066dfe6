//! Two-phase commit with its rows in PostgreSQL: at every frame, the store says what the model's own database says.

use interleave_kernel::{Answer, Dice, Note, Request, Tape};
use interleave_protocols::database::Transaction;
use interleave_protocols::diagram::{Diagram, Entry, Tone};
use interleave_protocols::play::{Play, Subject, Way, record};
use interleave_protocols::two_phase_commit::storage::{scripts, with_answers};
use interleave_protocols::two_phase_commit::{PRESETS, Row, Safeguards, Scenario, Storage, TwoPhaseCommit, Vote};
use interleave_protocols::{Camera, Database};
use interleave_sql::dialogue;
use std::collections::BTreeSet;

const SEEDS: u64 = 200;
/// A run in which participants ask for ever is cut there.
const STEPS: usize = 250;

/// A run that a seed picks, and what the machine's own databases are at each frame of it.
struct Played {
    tape: Tape<Diagram>,
    rows: Vec<Vec<Vec<Entry>>>,
}

fn played(scenario: &Scenario, seed: u64) -> Played {
    let mut camera = Camera::new(TwoPhaseCommit::new(scenario).unwrap(), Vec::new());
    let mut dice = Dice::new(seed);
    let mut rows = vec![modelled(camera.machine())];
    while !camera.offers().is_empty() && rows.len() <= STEPS {
        // One step in eight is a fault, as long as there is one: when all are alike, everybody crashes before anything is committed.
        let (steps, faults): (Vec<_>, Vec<_>) = camera.offers().iter().partition(|it| it.deed.fault().is_none());
        let among = if steps.is_empty() || !faults.is_empty() && dice.index(8) == 0 { faults } else { steps };
        let pick = among[dice.index(among.len())].pick;
        assert!(camera.take(pick));
        rows.push(modelled(camera.machine()));
    }
    Played { tape: camera.finish(), rows }
}

/// What is on a machine's disks, as the store's answers are shown.
fn modelled(machine: &TwoPhaseCommit) -> Vec<Vec<Entry>> {
    let rows = |database: &Database<Row, i32>| {
        let balance = Entry::plain(format!("balance {}", database.read(&Row).unwrap()));
        let in_doubt = Entry::toned("pg_prepared_xacts: transfer", Tone::Locked);
        [balance].into_iter().chain(database.is_prepared(Transaction(1)).then_some(in_doubt)).collect()
    };
    machine.participants().iter().map(|it| rows(&it.durable.database)).collect()
}

fn notes(tape: &Tape<Diagram>) -> Vec<&Note> {
    tape.frames().iter().map(|frame| &frame.note).collect()
}

/// Answers that are no failure: `COMMIT` commits, and does not find that there is nothing left to commit.
fn tag(request: &Request, answer: &Answer) -> Option<String> {
    let Request::Statement { sql, .. } = request else { return (*answer == Answer::Gone).then(|| "(gone)".into()) };
    match answer {
        Answer::Rows(_) => sql.starts_with("SELECT").then(|| "SELECT".into()),
        Answer::Done(tag) => {
            let verb = tag.trim_end_matches(|c: char| c.is_ascii_digit() || c == ' ');
            (sql.starts_with(verb) && !tag.ends_with(" 0")).then(|| verb.to_owned())
        }
        Answer::Failed { .. } | Answer::Waits | Answer::Gone => None,
    }
}

/// Plays a scenario in both ways and compares every frame. Returns the kinds of answers there were.
fn agree(name: &str, scenario: &Scenario, seeds: u64) -> BTreeSet<String> {
    let own = Scenario { storage: Storage::Model, ..scenario.clone() };
    let postgres = Scenario { storage: Storage::Postgres, ..scenario.clone() };
    let mut tags = BTreeSet::new();
    for seed in 0..seeds {
        let modelled = played(&own, seed);
        let tape = played(&postgres, seed).tape;
        assert_eq!(notes(&tape), notes(&modelled.tape), "{name}, seed {seed}: the protocol is another one");
        let scripts = scripts(&tape);
        let answers = dialogue::answers(&scripts);
        for (request, answer) in scripts.iter().flatten().zip(answers.iter().flatten()) {
            let tag = tag(request, answer);
            tags.insert(tag.unwrap_or_else(|| panic!("{name}, seed {seed}: {request:?} is answered with {answer:?}")));
        }
        let tape = with_answers(tape, answers);
        for at in 0..tape.len() {
            let expected = &modelled.rows[at.min(modelled.rows.len() - 1)];
            let shown: Vec<_> = tape.scene(at).lanes.split_off(1).into_iter().map(|lane| lane.rows).collect();
            assert_eq!(shown, *expected, "{name}, seed {seed}, frame {at}: {}", tape.frames()[at].note.plain());
        }
    }
    tags
}

fn faulty(scenario: Scenario) -> Scenario {
    Scenario { faults: "crash=2,loss=2".parse().unwrap(), ..scenario }
}

#[test]
fn the_store_says_what_the_model_says_in_every_preset() {
    let mut tags = BTreeSet::new();
    for preset in PRESETS {
        let scenario = faulty(preset.scenario());
        if scenario.safeguards.keep_locks {
            tags.append(&mut agree(preset.id, &scenario, SEEDS));
        } else {
            // What cannot happen on PostgreSQL is refused instead of being played.
            let wrong = Scenario { storage: Storage::Postgres, ..scenario }.check().unwrap_err();
            assert!(wrong.starts_with("PostgreSQL keeps the locks"), "{wrong}");
            assert_eq!(preset.id, "locks-let-go");
        }
    }
    // Nothing was agreed on because it never happened.
    let all = [
        "(gone)",
        "BEGIN",
        "COMMIT",
        "COMMIT PREPARED",
        "CREATE TABLE",
        "INSERT",
        "PREPARE TRANSACTION",
        "ROLLBACK",
        "ROLLBACK PREPARED",
        "SELECT",
        "UPDATE",
    ];
    assert_eq!(tags.iter().map(String::as_str).collect::<Vec<_>>(), all);
}

#[test]
fn also_without_each_precaution_and_with_somebody_else_at_the_row() {
    let off: [fn(&mut Safeguards) -> &mut bool; 8] = [
        |it| &mut it.coordinator_log,
        |it| &mut it.wait_for_all_votes,
        |it| &mut it.remember_until_acknowledged,
        |it| &mut it.repeat_decision,
        |it| &mut it.log_before_vote,
        |it| &mut it.log_before_acknowledge,
        |it| &mut it.inquire,
        |it| &mut it.wait_in_doubt,
    ];
    for (number, off) in off.into_iter().enumerate() {
        let mut scenario = Scenario {
            participants: 3,
            votes: vec![Vote::Yes, Vote::Either],
            cooperative: true,
            local_client: true,
            ..Scenario::default()
        };
        *off(&mut scenario.safeguards) = false;
        agree(&format!("precaution {number}"), &faulty(scenario), 50);
    }
}

/// What a learner sees of the preset: the transaction is there while nobody is.
#[test]
fn the_prepared_transaction_outlives_the_participant() {
    let preset = PRESETS.iter().find(|it| it.id == "prepare-transaction").unwrap();
    let subject = Subject::TwoPhaseCommit(preset.scenario());
    let tape = record(&Play { subject, histories: vec![Way::Story(preset.id.into())], here: 0 });
    let answers = dialogue::answers(&scripts(&tape));
    let tape = with_answers(tape, answers);
    let note = |words: &str| tape.frames().iter().position(|it| it.note.plain().starts_with(words)).unwrap();
    let rows = |at: usize| tape.scene(at).lanes[2].rows.iter().map(|row| row.text.clone()).collect::<Vec<_>>();
    let in_doubt = ["balance 100", "pg_prepared_xacts: transfer"];
    assert_eq!(rows(0), ["balance 100"], "what is not committed is nobody's business");
    for words in ["Participant 2 prepares", "Participant 2 crashes", "Participant 2 is back"] {
        assert_eq!(rows(note(words)), in_doubt, "{words}");
    }
    assert_eq!(rows(note("Participant 2 commits")), ["balance 110"]);
    assert_eq!(tape.last().lanes[1].rows, [Entry::plain("balance 90")]);
}
