//! What a search found, in lines that a person can read and a program can find.

use interleave_kernel::explore::{Explorable, Explored, Schedule, Stopped, Verdict};
use std::io::{self, Write};

/// `states: 288`, …; then a line a rule, and below one that is violated its shortest schedule.
pub fn explored<M: Explorable>(out: &mut impl Write, start: &M, found: &Explored<M::Action>) -> io::Result<()> {
    writeln!(out, "states: {}", found.states)?;
    writeln!(out, "transitions: {}", found.transitions)?;
    writeln!(out, "depth: {}", found.depth)?;
    if let Some(stopped) = found.stopped {
        writeln!(out, "stopped at {} states: {}", found.states, reason(stopped))?;
    }
    match &found.deadlock {
        None if found.stopped.is_some() => writeln!(out, "deadlock: none so far")?,
        None => writeln!(out, "deadlock: none")?,
        Some(schedule) => {
            writeln!(out, "deadlock: {}", steps(schedule))?;
            follow(out, start.clone(), schedule, 1)?;
        }
    }
    for judged in &found.verdicts {
        let rule = &judged.rule;
        match &judged.verdict {
            Verdict::Holds => writeln!(out, "holds: {rule}")?,
            Verdict::Reached(schedule) => writeln!(out, "holds: {rule} ({})", steps(schedule))?,
            Verdict::Undecided => writeln!(out, "undecided: {rule}")?,
            Verdict::Unreached => writeln!(out, "violated: {rule}\n      In no order.")?,
            Verdict::Broken(broken) => {
                writeln!(out, "violated: {rule} ({})", steps(&broken.schedule))?;
                let machine = follow(out, start.clone(), &broken.schedule, 1)?;
                if !broken.cycle.actions.is_empty() {
                    writeln!(out, "      And then over and over:")?;
                    follow(out, machine, &broken.cycle, broken.schedule.actions.len() + 1)?;
                }
                writeln!(out, "      {}", broken.note.plain())?;
                let picks = broken.schedule.picks.iter().chain(&broken.cycle.picks).map(u32::to_string);
                writeln!(out, "      picks: {}", picks.collect::<Vec<_>>().join(","))?;
            }
        }
    }
    Ok(())
}

fn reason(stopped: Stopped) -> &'static str {
    match stopped {
        Stopped::States => "as many as it may look at (--states)",
        Stopped::Depth => "as deep as it may go (--depth)",
        Stopped::Memory => "more would take more memory than it may (--memory)",
        Stopped::Actions => "a state offers too many actions",
        Stopped::Cancelled => "it was told to",
    }
}

fn steps<A>(schedule: &Schedule<A>) -> String {
    match schedule.actions.len() {
        1 => "1 step".into(),
        steps => format!("{steps} steps"),
    }
}

/// Makes the steps and prints what each says. Returns the machine after them.
fn follow<M: Explorable>(
    out: &mut impl Write,
    mut machine: M,
    schedule: &Schedule<M::Action>,
    first: usize,
) -> io::Result<M> {
    for (at, action) in (first..).zip(&schedule.actions) {
        writeln!(out, "  {at:>3}  {}", machine.step(action).plain())?;
    }
    Ok(machine)
}
