//! The labs of protocols: their presets, a run, and a search.

use interleave_kernel::{Dice, Note, Tape};
use interleave_protocols::diagram::Diagram;
use interleave_protocols::play::{Play, Search, Subject, Task, Verdict, Way};
use interleave_protocols::saga::choreography;
use interleave_protocols::{Budget, Camera, Fault, Preset, Protocol, outbox, play, saga, two_phase_commit};
use std::ops::ControlFlow;

/// What the labs are called.
pub const LABS: [&str; 4] = ["two-phase-commit", "saga", "choreographed-saga", "outbox"];

/// The run of a preset is not longer than that, as on the command line.
const STEPS: usize = 2_000;
/// The seed of the run of a preset, as on the command line.
const SEED: u64 = 1;
/// A search looks at so many states and no more.
const STATES: u32 = 2_000_000;

/// What is set in a lab's preset.
pub fn preset(lab: &str, preset: &str) -> Result<Subject, String> {
    match lab {
        "two-phase-commit" => scenario(lab, two_phase_commit::PRESETS, preset).map(Subject::TwoPhaseCommit),
        "saga" => scenario(lab, saga::PRESETS, preset).map(Subject::Saga),
        "choreographed-saga" => scenario(lab, choreography::PRESETS, preset).map(Subject::ChoreographedSaga),
        "outbox" => scenario(lab, outbox::PRESETS, preset).map(Subject::Outbox),
        _ => Err(format!("there is no lab “{lab:.60}” for that")),
    }
}

fn scenario<S>(lab: &str, presets: &[Preset<S>], id: &str) -> Result<S, String> {
    let found = Preset::find(presets, id).map(Preset::scenario);
    found.ok_or_else(|| format!("the lab {lab} has no preset “{id:.60}”"))
}

/// Plays a protocol as `interleave run` does: a seed picks each step among all that may happen.
pub fn record(subject: &Subject) -> Result<Tape<Diagram>, String> {
    subject.with(Once)
}

struct Once;

impl Task for Once {
    type Output = Result<Tape<Diagram>, String>;

    fn with<M: Protocol>(self, scenario: &M::Scenario) -> Self::Output {
        let mut camera = Camera::new(M::begin(scenario)?, Vec::new());
        let mut dice = Dice::new(SEED);
        for _ in 0..STEPS {
            let offered = camera.offers().len();
            if offered == 0 {
                return Ok(camera.finish());
            }
            camera.take(dice.index(offered) as u16);
        }
        Ok(camera.stop(Note::new(format!("The recording ends here. It is limited to {STEPS} steps."))))
    }
}

/// The rules that are broken on a tape, by name.
pub fn broken(tape: &Tape<Diagram>) -> Vec<&str> {
    let scene = tape.last();
    let rule = |at: u8| scene.rules.get(usize::from(at)).map(|rule| rule.name.as_str());
    scene.broken.iter().filter_map(|broken| rule(broken.rule)).collect()
}

/// The same with other faults, as they are written: `crash=1,loss=1`; empty for its own.
pub fn with_faults(subject: &Subject, faults: &str) -> Result<Subject, String> {
    let mut other = subject.clone();
    if faults.trim().is_empty() {
        return Ok(other);
    }
    let budget: Budget = faults.parse()?;
    let unknown = |fault: &Fault| budget.allows(*fault) && !subject.faults().contains(fault);
    if let Some(fault) = Fault::ALL.into_iter().find(unknown) {
        return Err(format!("there is no fault {} in this lab", fault.name()));
    }
    // A protocol in which nothing can go wrong has no such faults, and that has been said.
    other.budget_mut().into_iter().for_each(|its| *its = budget);
    Ok(other)
}

/// A shortest way to break a rule, as picks by hand. Or why there is none.
pub fn way(subject: &Subject, rule: &str) -> Result<Vec<u16>, String> {
    let search = Search { subject: subject.clone(), states: STATES, symmetry: false };
    let found = play::search(&search, |_| ControlFlow::Continue(()))?;
    let Some(judged) = found.rules.iter().find(|judged| judged.rule == rule) else {
        let rules: Vec<_> = found.rules.iter().map(|judged| judged.rule.as_str()).collect();
        return Err(format!("there is no rule “{rule:.120}”; there are: {}", rules.join("; ")));
    };
    match &judged.verdict {
        Verdict::Broken { way, cycle, .. } => {
            // The lab sees that it goes round when a state comes again, with all that it keeps in mind: that may take a second round.
            let round = &way[way.len() - usize::from(*cycle)..];
            let ways = [way.clone(), [way, round].concat()];
            let shown = ways.into_iter().find(|way| broken(&replay(subject, way)).contains(&rule));
            shown.ok_or_else(|| "the way that was found does not lead there; this is a fault of Interleave".into())
        }
        Verdict::Holds => Err(format!("no order breaks “{rule}”")),
        Verdict::Possible(_) | Verdict::Impossible => {
            Err(format!("“{rule}” says what must be possible: no single run can break it"))
        }
        Verdict::Undecided => Err(format!("{STATES} states do not suffice to tell whether “{rule}” can be broken")),
    }
}

/// The tape that the lab shows of a way.
fn replay(subject: &Subject, way: &[u16]) -> Tape<Diagram> {
    history(subject, Way::Picks(way.to_vec()))
}

/// The tape that the lab opens with for whoever is to bring something about: it runs on by itself, and nothing goes wrong.
pub fn calm(subject: &Subject) -> Tape<Diagram> {
    history(subject, Way::Calm)
}

fn history(subject: &Subject, way: Way) -> Tape<Diagram> {
    play::record(&Play { subject: subject.clone(), histories: vec![way], here: 0 })
}
