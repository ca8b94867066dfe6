//! `interleave run LAB`, and how a protocol is chosen on the command line.

use crate::{pool, queries};
use anyhow::{Context, Result, bail};
use interleave_kernel::{Dice, Note, Tape};
use interleave_protocols::diagram::{Deed, Diagram};
use interleave_protocols::faults::Setting;
use interleave_protocols::outbox::{self, Outbox};
use interleave_protocols::saga::choreography::{self, Choreography};
use interleave_protocols::saga::{self, Saga};
use interleave_protocols::two_phase_commit::{self, TwoPhaseCommit};
use interleave_protocols::{Budget, Camera, Preset, Protocol};
use serde::de::DeserializeOwned;
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
    /// Which protocol: `two-phase-commit`, `saga`, `choreographed-saga` or `outbox`. Or `pool`, which can be run and not explored.
    pub lab: String,
    /// What is set, as JSON: participants or steps, faults, safeguards. All that is left out is as usual.
    pub scenario: Option<PathBuf>,
    /// A preset to begin with, by its id, instead of a scenario.
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
    fn with<M: Protocol>(self, start: M) -> Result<ExitCode>;
}

impl Choice {
    /// Does a task with the protocol that was chosen, before its first step.
    pub fn start(&self, task: impl Task) -> Result<ExitCode> {
        if self.lab != "two-phase-commit" && self.participants.is_some() {
            bail!("{:.60} has no participants to count: leave out --participants", self.lab);
        }
        match self.lab.as_str() {
            "two-phase-commit" => {
                let mut scenario = self.chosen(two_phase_commit::PRESETS)?;
                if let Some(participants) = self.participants {
                    let wrong = || format!("the protocol takes 1 to 4 participants, not {participants}");
                    scenario.participants = u8::try_from(participants).ok().with_context(wrong)?;
                }
                begin::<TwoPhaseCommit>(scenario, task)
            }
            "saga" => begin::<Saga>(self.chosen(saga::PRESETS)?, task),
            "choreographed-saga" => begin::<Choreography>(self.chosen(choreography::PRESETS)?, task),
            "outbox" => begin::<Outbox>(self.chosen(outbox::PRESETS)?, task),
            lab => bail!("there is no lab {lab:.60} to run or explore; there are {}", LABS.join(", ")),
        }
    }

    /// The scenario that was asked for: a preset, a file, or as usual.
    fn chosen<S: Setting + DeserializeOwned + Default>(&self, presets: &[Preset<S>]) -> Result<S> {
        let mut scenario = match &self.preset {
            None => self.scenario()?.unwrap_or_default(),
            Some(id) => match Preset::find(presets, id) {
                Some(preset) => preset.scenario(),
                None => {
                    let ids: Vec<_> = presets.iter().map(|preset| preset.id).collect();
                    bail!("there is no preset {id:.60} of {}; there are {}", self.lab, ids.join(", "));
                }
            },
        };
        if let (Some(faults), Some(budget)) = (self.faults()?, scenario.budget()) {
            *budget = faults;
        }
        Ok(scenario)
    }

    fn scenario<S: DeserializeOwned>(&self) -> Result<Option<S>> {
        self.scenario.as_deref().map(read).transpose()
    }

    fn faults(&self) -> Result<Option<Budget>> {
        self.faults.as_ref().map(|faults| faults.parse().map_err(anyhow::Error::msg)).transpose()
    }
}

fn begin<M: Protocol>(scenario: M::Scenario, task: impl Task) -> Result<ExitCode> {
    task.with(M::begin(&scenario).map_err(anyhow::Error::msg)?)
}

/// A scenario in a file, as JSON.
pub fn read<S: DeserializeOwned>(path: &Path) -> Result<S> {
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

/// Plays a protocol once and prints what happens and why, a line a step. Of `pool`, the figures and what was predicted of them as well.
///
/// Exits with 1 when a rule is violated on the way.
#[derive(clap::Args)]
pub struct Arguments {
    #[command(flatten)]
    protocol: Choice,
    /// Which order: the same seed gives the same run. 1, if nothing is said; of `pool`, what the scenario says.
    #[arg(long)]
    seed: Option<u64>,
    /// This order instead: what is picked among what is offered, from 0, as `interleave explore` prints it.
    #[arg(long, value_delimiter = ',', value_name = "PICKS", conflicts_with = "seed")]
    picks: Option<Vec<usize>>,
}

pub fn run(arguments: &Arguments) -> Result<ExitCode> {
    let Choice { lab, scenario, preset, .. } = &arguments.protocol;
    if lab == pool::LAB {
        return pool::run(scenario.as_deref(), preset.as_deref(), arguments.seed);
    }
    if lab == queries::LAB {
        return queries::run(scenario.as_deref(), preset.as_deref(), arguments.seed);
    }
    arguments.protocol.start(arguments)
}

impl Task for &Arguments {
    fn with<M: Protocol>(self, start: M) -> Result<ExitCode> {
        let mut out = BufWriter::new(io::stdout().lock());
        let mut dice = Dice::new(self.seed.unwrap_or(1));
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
fn play<M: Protocol>(
    out: &mut impl Write,
    machine: M,
    mut choose: impl FnMut(usize, usize) -> Option<usize>,
) -> Result<bool> {
    let mut camera = Camera::new(machine, Vec::new());
    let mut steps = 0;
    let cut = loop {
        let offered = camera.offers().len();
        if offered == 0 {
            break None;
        }
        if steps == STEPS {
            break Some(format!("The recording ends here. It is limited to {STEPS} steps."));
        }
        let Some(pick) = choose(steps, offered) else { break None };
        if !u16::try_from(pick).is_ok_and(|pick| camera.take(pick)) {
            print(out, &camera.finish())?;
            out.flush()?;
            bail!("{pick} cannot be picked there: only 0 to {} are offered", offered - 1);
        }
        steps += 1;
    };
    let tape = match cut {
        Some(why) => camera.stop(Note::new(why)),
        None => camera.finish(),
    };
    print(out, &tape)?;
    Ok(!tape.last().broken.is_empty())
}

fn print(out: &mut impl Write, tape: &Tape<Diagram>) -> Result<()> {
    let last = tape.last();
    for (at, frame) in tape.frames().iter().enumerate() {
        // The last word belongs to no step.
        let rests = at > 0 && last.moments.get(at).is_some_and(|moment| moment.deed == Deed::Rest);
        let number = if rests { String::new() } else { at.to_string() };
        writeln!(out, "{number:>4}  {}", frame.note.plain())?;
        for broken in last.broken.iter().filter(|broken| broken.row as usize == at) {
            let rule = last.rules.get(usize::from(broken.rule)).map_or("", |rule| rule.name.as_str());
            writeln!(out, "      violated: {rule}. {}", broken.note.plain())?;
        }
    }
    Ok(())
}
