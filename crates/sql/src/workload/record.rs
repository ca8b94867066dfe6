//! All strategies on one workload as a tape: forty slices of time, then level by level of contention.

use super::notes::{self, Reporter};
use super::run::Run;
use super::{Change, Level, Standing, Strategy, Workload, WorkloadTape};
use crate::store::{Micros, Store};
use interleave_kernel::Mark;

/// Slices of the time that is watched: frames of the tape.
const SLICES: u64 = 40;

/// Runs every strategy on a workload. `alive` is called now and then with how much is done, from 0 to 100.
pub fn record(workload: &Workload, mut alive: impl FnMut(u32)) -> WorkloadTape {
    let workload = workload.bounded();
    let levels = workload.levels();
    let rounds = levels.len() as u32 + 1;
    let mut tape = WorkloadTape::default();
    let mut runs = start(&workload);
    let mut reporter = Reporter::default();
    tape.record(Mark::Section, notes::opening(&workload), vec![slice(0, standings(&mut runs))]);
    for number in 1..=SLICES {
        let clock = Micros::from(workload.duration) * number / SLICES;
        if let Some(why) = run_until(&mut runs, clock) {
            tape.record(Mark::Section, notes::stopped(&why), vec![Change::Stopped(why)]);
            return tape;
        }
        let now = standings(&mut runs);
        let (mark, note) = match number {
            SLICES => (Mark::Section, notes::result(&now)),
            _ => (Mark::Step, reporter.slice(&tape.last().standings, &now, clock)),
        };
        tape.record(mark, note, vec![slice(clock, now)]);
    }
    alive(100 / rounds);

    let own = tape.last().standings.iter().map(|standing| (standing.strategy, standing.figures.clone())).collect();
    let own = Level { level: 0, clock: workload.duration, figures: own };
    for (round, number) in levels.into_iter().enumerate() {
        let at_level = workload.at_level(number).bounded();
        let level = if at_level == workload {
            Some(Level { level: number, ..own.clone() })
        } else {
            run_level(number, &at_level)
        };
        alive((round as u32 + 2) * 100 / rounds);
        // A level that is too much for the budget is left out: half of it would not be comparable.
        let Some(level) = level else { continue };
        let mark = if tape.last().levels.is_empty() { Mark::Section } else { Mark::Unit };
        tape.record(mark, notes::level(&workload, &level), vec![Change::Level(level)]);
    }
    if let Some(note) = notes::verdict(&workload, tape.last()) {
        tape.record(Mark::Section, note, Vec::new());
    }
    tape
}

fn start(workload: &Workload) -> Vec<Run<Store>> {
    Strategy::ALL.into_iter().map(|strategy| Run::new(Store::default(), workload, strategy)).collect()
}

/// Lets every run reach that time. Why one could not, if so.
fn run_until(runs: &mut [Run<Store>], clock: Micros) -> Option<String> {
    runs.iter_mut().find_map(|run| {
        run.run_until(clock);
        run.stopped().map(|why| format!("{}: {why}", run.strategy().title()))
    })
}

fn run_level(level: u32, workload: &Workload) -> Option<Level> {
    let mut runs = start(workload);
    if run_until(&mut runs, workload.duration.into()).is_some() {
        return None;
    }
    let figures = runs.iter_mut().map(|run| (run.strategy(), run.figures())).collect();
    Some(Level { level, clock: workload.duration, figures })
}

fn standings(runs: &mut [Run<Store>]) -> Vec<Standing> {
    let standing =
        |run: &mut Run<Store>| Standing { strategy: run.strategy(), figures: run.figures(), clients: run.doing() };
    runs.iter_mut().map(standing).collect()
}

fn slice(clock: Micros, standings: Vec<Standing>) -> Change {
    Change::Slice { clock, standings }
}
