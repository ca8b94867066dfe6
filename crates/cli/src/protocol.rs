//! `interleave run LAB`, and how a protocol is chosen on the command line.

use anyhow::{Context, Result, bail};
use interleave_kernel::explore::Explorable;
use interleave_kernel::{Dice, Run, Staged};
use interleave_protocols::Budget;
use interleave_protocols::outbox::{self, Outbox};
use interleave_protocols::saga::choreography::{self, Choreography};
use interleave_protocols::saga::{self, Preset, Saga};
use interleave_protocols::two_phase_commit::{self, TwoPhaseCommit};
use serde::de::DeserializeOwned;
use std::collections::BTreeSet;
use std::fs::File;
use std::io::{self, BufWriter, Read, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// A run is not longer than that: with all faults spent, a protocol comes to an end or goes round.
const STEPS: usize = 2_000;
/// A scenario file is not larger than that, in bytes.
const LARGEST: u64 = 1 << 20;
/// Exit code of a run in which a rule is violated.
const VIOLATED: u8 = 1;

/// The protocols there are, by name.
const LABS: [&str; 4] = ["two-phase-commit", "saga", "choreographed-saga", "outbox"];

/// A protocol and its scenario.
#[derive(clap::Args)]
pub struct Choice {
    /// Which protocol: `two-phase-commit`, `saga`, `choreographed-saga` or `outbox`.
    pub lab: String,
    /// What is set, as JSON: participants or steps, faults, safeguards. All that is left out is as usual.
    pub scenario: Option<PathBuf>,
    /// A story to begin with, by its id, instead of a scenario. Sagas and the outbox have some.
    #[arg(long, value_name = "ID", conflicts_with = "scenario")]
    pub preset: Option<String>,
    /// What may go wrong and how often, instead of what the scenario says: `crash=1,loss=1`. There are crash, loss, duplicate, reorder,
    /// delay, hold and partition.
    #[arg(long, value_name = "FAULTS")]
    pub faults: Option<String>,
    /// How many take part in a two-phase commit, instead of what the scenario says.
    #[arg(long, value_name = "N")]
    pub participants: Option<u64>,
}

/// What is done with a protocol that was chosen, whichever it is.
pub trait Task {
    fn with<M: Staged + Explorable>(self, start: M) -> Result<ExitCode>;
}

impl Choice {
    /// Does a task with the protocol that was chosen, before its first step.
    pub fn start(&self, task: impl Task) -> Result<ExitCode> {
        match self.lab.as_str() {
            "two-phase-commit" => task.with(self.two_phase_commit()?),
            "saga" => {
                let mut scenario: saga::Scenario = self.story(saga::PRESETS)?;
                scenario.faults = self.faults()?.unwrap_or(scenario.faults);
                task.with(Saga::new(&scenario).map_err(anyhow::Error::msg)?)
            }
            "choreographed-saga" => {
                let mut scenario: choreography::Scenario = self.story(choreography::PRESETS)?;
                scenario.faults = self.faults()?.unwrap_or(scenario.faults);
                task.with(Choreography::new(&scenario).map_err(anyhow::Error::msg)?)
            }
            "outbox" => task.with(self.outbox()?),
            lab => bail!("there is no lab {lab:.60} to run or explore; there are {}", LABS.join(", ")),
        }
    }

    fn two_phase_commit(&self) -> Result<TwoPhaseCommit> {
        if self.preset.is_some() {
            bail!("two-phase-commit has no presets: leave out --preset");
        }
        let mut scenario: two_phase_commit::Scenario = self.scenario()?.unwrap_or_default();
        scenario.faults = self.faults()?.unwrap_or(scenario.faults);
        if let Some(participants) = self.participants {
            let wrong = || format!("the protocol takes 1 to 4 participants, not {participants}");
            scenario.participants = u8::try_from(participants).ok().with_context(wrong)?;
        }
        TwoPhaseCommit::new(&scenario).map_err(anyhow::Error::msg)
    }

    fn outbox(&self) -> Result<Outbox> {
        if self.participants.is_some() {
            bail!("the outbox has no participants to count: leave out --participants");
        }
        let mut scenario: outbox::Scenario = match &self.preset {
            None => self.scenario()?.unwrap_or_default(),
            Some(id) => match outbox::PRESETS.iter().find(|preset| preset.id == *id) {
                Some(preset) => (preset.scenario)(),
                None => {
                    let ids: Vec<_> = outbox::PRESETS.iter().map(|preset| preset.id).collect();
                    bail!("there is no preset {id:.60} of outbox; there are {}", ids.join(", "));
                }
            },
        };
        scenario.faults = self.faults()?.unwrap_or(scenario.faults);
        Outbox::new(&scenario).map_err(anyhow::Error::msg)
    }

    /// The scenario of a saga: a preset, a file, or as usual.
    fn story<S: DeserializeOwned + Default>(&self, presets: &[Preset<S>]) -> Result<S> {
        if self.participants.is_some() {
            bail!("a saga has steps and not participants: leave out --participants");
        }
        let Some(id) = &self.preset else { return Ok(self.scenario()?.unwrap_or_default()) };
        match Preset::find(presets, id) {
            Some(preset) => Ok(preset.scenario()),
            None => {
                let ids: Vec<_> = presets.iter().map(|preset| preset.id).collect();
                bail!("there is no preset {id:.60} of {}; there are {}", self.lab, ids.join(", "));
            }
        }
    }

    fn scenario<S: DeserializeOwned>(&self) -> Result<Option<S>> {
        self.scenario.as_deref().map(read).transpose()
    }

    fn faults(&self) -> Result<Option<Budget>> {
        self.faults.as_ref().map(|faults| faults.parse().map_err(anyhow::Error::msg)).transpose()
    }
}

fn read<S: DeserializeOwned>(path: &Path) -> Result<S> {
    let shown = path.display();
    let mut text = String::new();
    let file = File::open(path).with_context(|| format!("cannot read {shown}"))?;
    file.take(LARGEST + 1).read_to_string(&mut text).with_context(|| format!("cannot read {shown}"))?;
    if text.len() as u64 > LARGEST {
        bail!("{shown} is larger than a scenario can be");
    }
    match serde_json::from_str(&text) {
        Ok(scenario) => Ok(scenario),
        Err(error) => bail!("{shown}: {error}"),
    }
}

/// Plays a protocol once and prints what happens and why, a line a step.
///
/// Exits with 1 when a rule is violated on the way.
#[derive(clap::Args)]
pub struct Arguments {
    #[command(flatten)]
    protocol: Choice,
    /// Which order: the same seed gives the same run.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// This order instead: what is picked among what is offered, from 0, as `interleave explore` prints it.
    #[arg(long, value_delimiter = ',', value_name = "PICKS", conflicts_with = "seed")]
    picks: Option<Vec<usize>>,
}

pub fn run(arguments: &Arguments) -> Result<ExitCode> {
    arguments.protocol.start(arguments)
}

impl Task for &Arguments {
    fn with<M: Staged + Explorable>(self, start: M) -> Result<ExitCode> {
        let mut out = BufWriter::new(io::stdout().lock());
        let mut dice = Dice::new(self.seed);
        let choose = |at: usize, offered: usize| match &self.picks {
            Some(picks) => picks.get(at).copied(),
            None => Some(dice.index(offered)),
        };
        let violated = play(&mut out, start, choose)?;
        out.flush()?;
        Ok(if violated { ExitCode::from(VIOLATED) } else { ExitCode::SUCCESS })
    }
}

/// Prints a frame a line, and where a rule is broken first. `choose` is asked which of so many to pick at a step, until it picks none. Returns
/// whether a rule is broken.
fn play<M: Staged>(
    out: &mut impl Write,
    machine: M,
    mut choose: impl FnMut(usize, usize) -> Option<usize>,
) -> Result<bool> {
    let mut run = Run::new(machine);
    let mut violated = BTreeSet::new();
    loop {
        let at = run.tape().len() - 1;
        writeln!(out, "{at:>4}  {}", run.tape().frames()[at].note.plain())?;
        for violation in run.machine().violations() {
            if !violated.contains(&violation.rule) {
                writeln!(out, "      violated: {}. {}", violation.rule, violation.note.plain())?;
                violated.insert(violation.rule);
            }
        }
        let offered = run.actions().len();
        let pick = choose(at, offered).filter(|_| at < STEPS);
        match pick {
            Some(pick) if run.pick(pick) => {}
            Some(pick) if offered > 0 => {
                out.flush()?;
                bail!("{pick} cannot be picked there: only 0 to {} are offered", offered - 1);
            }
            _ => {
                let tape = run.finish();
                let last = tape.frames()[at + 1..].iter().map(|frame| frame.note.plain());
                last.into_iter().try_for_each(|note| writeln!(out, "      {note}"))?;
                if at == STEPS {
                    writeln!(out, "      The recording ends here. It is limited to {STEPS} steps.")?;
                }
                return Ok(!violated.is_empty());
            }
        }
    }
}
