//! The recording of one run.

use super::cure::{choose, cure};
use super::ending::Judgement;
use super::machine::{Locking, NoRun};
use super::scene::{Anomaly, Change, Lane, LockingTape, Status, Stopped, Verdict};
use super::schedule::Schedule;
use super::telling::{list, short};
use super::verdict::Words;
use super::verdict::history::Fate;
use super::{Scenario, budget, script, view};
use crate::store::SessionId;
use interleave_kernel::{Mark, Note, Run};
use std::rc::Rc;

/// Runs a scenario by its schedule, and gives the recording. It *never* fails: what goes wrong is on the tape.
pub fn record(scenario: &Scenario) -> LockingTape {
    let mut machine = match Locking::new(scenario, scenario.isolation) {
        Ok(machine) => machine,
        Err(why) => return no_run(scenario, &why),
    };
    let base = machine.store.clone();
    machine.store.keep_history(true);
    let mut schedule = Schedule::new(&scenario.schedule, machine.lanes.len());
    let mut run = Run::new(machine.observed());
    while let Some(at) = choose(&mut schedule, &run.actions()) {
        run.pick(at);
    }
    let judgement = Judgement::of(run.machine(), &base, &scenario.invariant, true);
    let verdict = verdict(scenario, run.machine(), &judgement);
    let note = closing(run.machine(), &verdict, &judgement);
    let stopped = stuck(run.machine()).or_else(|| judgement.too_much.then(too_much));
    let note = match &stopped {
        Some(stopped) if judgement.too_much => said(stopped),
        _ => note,
    };
    let mut tape = run.finish();
    let mut changes = vec![Change::Current(Vec::new())];
    changes.extend(stopped.map(|stopped| Change::Stopped(Rc::new(stopped))));
    changes.extend((!judgement.too_much).then(|| Change::Verdict(Rc::new(verdict))));
    tape.record(Mark::Section, note, changes);
    tape
}

fn verdict(scenario: &Scenario, machine: &Locking, judgement: &Judgement) -> Verdict {
    let names: Vec<_> = machine.lanes.iter().map(|lane| lane.name.clone()).collect();
    let statement = |session: u8, at: u32| {
        let lane = machine.lanes.get(usize::from(session));
        lane.and_then(|lane| lane.statements.get(at as usize))
            .map_or_else(String::new, |it| short(&it.text, usize::MAX))
    };
    let words = Words { names: &names, statement: &statement };
    let (history, finding) = (&judgement.history, &judgement.finding);
    let mut evidence = finding.evidence(history);
    let entries = machine.journal.as_ref().map(|journal| journal.entries.as_slice()).unwrap_or_default();
    let begun = |&(session, at): &(u8, u32)| entries.iter().position(|it| (it.session, it.statement) == (session, at));
    evidence.sort_by_key(begun);
    let serial = finding.serial.iter().map(|&tx| &history.transactions[tx]).map(|it| (it.session, it.number)).collect();
    let (committed, aborted) = judgement.counts();
    Verdict {
        anomaly: finding.anomaly,
        evidence,
        because: words.sentences(history, finding),
        serial,
        cure: if judgement.is_fine() { None } else { cure(scenario) },
        invariant: judgement.invariant.clone(),
        committed,
        aborted,
        deadlocks: judgement.happened.deadlocks,
    }
}

/// The last word.
fn closing(machine: &Locking, verdict: &Verdict, judgement: &Judgement) -> Note {
    let title = match (verdict.anomaly, verdict.committed) {
        (Some(anomaly), _) => format!("**{}.** {}", name(anomaly), verdict.because.first().map_or("", String::as_str)),
        (None, 0) => "**Nothing was committed.**".to_owned(),
        (None, _) => {
            let names = |tx: &usize| {
                let transaction = &judgement.history.transactions[*tx];
                (transaction.session, matches!(transaction.fate, Fate::Committed(_)))
            };
            let mut order: Vec<u8> =
                judgement.finding.serial.iter().map(names).filter(|it| it.1).map(|it| it.0).collect();
            order.dedup();
            let order: Vec<_> =
                order.iter().map(|&id| machine.lanes[usize::from(id)].name.replace(['*', '`'], "")).collect();
            match order.len() {
                0 | 1 => "**Serialisable.**".to_owned(),
                _ => {
                    format!("**Serialisable.** It comes to the same as one after the other: {}.", order.join(", then "))
                }
            }
        }
    };
    let rule = match &verdict.invariant {
        None => String::new(),
        Some(Ok(true)) => " The rule holds.".to_owned(),
        Some(Ok(false)) => " **The rule is broken.**".to_owned(),
        Some(Err(why)) => format!(" {why}"),
    };
    let open = open_transactions(machine);
    let open = match open.is_empty() {
        true => String::new(),
        false => format!(
            " {}’s transaction is still open.",
            list(&open.iter().map(|&id| machine.lanes[id].name.clone()).collect::<Vec<_>>())
        ),
    };
    Note::new(title + &rule + &open)
}

/// An anomaly's name, as a headline.
pub fn name(anomaly: Anomaly) -> &'static str {
    match anomaly {
        Anomaly::DirtyWrite => "Dirty write",
        Anomaly::DirtyRead => "Dirty read",
        Anomaly::IntermediateRead => "Intermediate read",
        Anomaly::CircularInformationFlow => "Circular information flow",
        Anomaly::NonRepeatableRead => "Non-repeatable read",
        Anomaly::Phantom => "Phantom",
        Anomaly::LostUpdate => "Lost update",
        Anomaly::ReadSkew => "Read skew",
        Anomaly::WriteSkew => "Write skew",
        Anomaly::ReadOnlyAnomaly => "Read-only anomaly",
        Anomaly::Other => "Not serialisable",
    }
}

/// Sessions whose transaction never ended, though they are at the end of their script.
fn open_transactions(machine: &Locking) -> Vec<usize> {
    let open = |&id: &usize| {
        let session = machine.store.session(SessionId(id as u16));
        session.block().0 && !session.is_busy()
    };
    (0..machine.lanes.len()).filter(open).collect()
}

/// Why somebody still waits when nothing can happen any more.
fn stuck(machine: &Locking) -> Option<Stopped> {
    let waits = machine.waiting().next()?;
    let name = |id: u8| machine.lanes[usize::from(id)].name.clone();
    let waits_for = view::waits_for(&machine.store, &machine.lanes, SessionId(u16::from(waits)))?;
    let holder = waits_for.blockers.iter().copied().find(|&id| machine.waiting().all(|waiting| waiting != id));
    let advice = match holder {
        Some(holder) => {
            let state = view::session(&machine.store, SessionId(u16::from(holder)), 0);
            let held = view::locks(&machine.store, machine.lanes.len() as u16).into_iter();
            let held = held.filter(|lock| lock.session == holder && lock.granted && lock.mode != "SIReadLock");
            let held: Vec<_> = held.map(|lock| format!("{} on {}", lock.mode, lock.object)).take(4).collect();
            let open = if state.status == Status::Idle { "" } else { " without COMMIT or ROLLBACK" };
            format!(
                "The script of {} ends{open}, and it still holds {}. End its transaction.",
                name(holder),
                list(&held)
            )
        }
        None => "Nobody who is left can let it go on.".to_owned(),
    };
    let lane = &machine.lanes[usize::from(waits)];
    let at = machine.next[usize::from(waits)].saturating_sub(1) as usize;
    Some(Stopped {
        title: format!("{} still waits for {}.", name(waits), waits_for.what),
        advice,
        session: Some(waits),
        line: lane.statements.get(at).map(|statement| statement.line),
    })
}

fn too_much() -> Stopped {
    Stopped {
        title: "There is no verdict.".to_owned(),
        advice: "The statements read and wrote too many rows to be compared with each other. A smaller table shows the same.".to_owned(),
        session: None,
        line: None,
    }
}

fn said(stopped: &Stopped) -> Note {
    Note::new(format!("**{}** {}", stopped.title.replace(['*', '`'], ""), stopped.advice))
}

/// A tape of one frame that says why there is no run.
fn no_run(scenario: &Scenario, why: &NoRun) -> LockingTape {
    let stopped = match why {
        NoRun::Setup(line, failure) => Stopped {
            title: format!("The setup fails: {}", failure.message),
            advice: match (&failure.detail, &failure.hint) {
                (Some(text), _) | (None, Some(text)) => text.clone(),
                (None, None) => "Every statement of the setup has to succeed before the sessions begin.".to_owned(),
            },
            session: None,
            line: Some(*line),
        },
        NoRun::SetupWaits(line) => Stopped {
            title: "The setup waits for ever.".to_owned(),
            advice: "It runs alone: nobody can give it what it waits for.".to_owned(),
            session: None,
            line: Some(*line),
        },
        NoRun::Sessions => Stopped {
            title: format!("There are {} sessions.", scenario.sessions.len()),
            advice: format!("One to {} can be interleaved.", budget::SESSIONS),
            session: None,
            line: None,
        },
        NoRun::Long(bytes) => Stopped {
            title: format!("There are {} kB of SQL.", bytes / 1000),
            advice: format!(
                "Setup, scripts and rule may have {} kB together. A shorter setup fills a table with generate_series.",
                budget::BYTES / 1000
            ),
            session: None,
            line: None,
        },
        NoRun::Statements(count) => Stopped {
            title: format!("There are {count} statements."),
            advice: format!("The scripts may have {} together, the setup {}.", budget::STATEMENTS, budget::SETUP),
            session: None,
            line: None,
        },
    };
    let lane = |it: &super::Script| Lane { name: it.name.clone(), statements: script::statements(&it.sql) };
    let lanes: Vec<_> = match why {
        NoRun::Long(_) | NoRun::Sessions => Vec::new(),
        _ => scenario.sessions.iter().map(lane).collect(),
    };
    let mut tape = LockingTape::default();
    let note = said(&stopped);
    tape.record(Mark::Section, note, vec![Change::Lanes(Rc::new(lanes)), Change::Stopped(Rc::new(stopped))]);
    tape
}
