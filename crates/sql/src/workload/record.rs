//! All strategies on one workload as a tape: forty slices of time, then level by level of contention.

use super::run::Run;
use super::{Change, Figures, Level, Scene, Standing, Strategy, Sweep, Workload, WorkloadTape};
use crate::isolation::Server;
use crate::store::{Micros, Store};
use interleave_kernel::{Mark, Note};

/// Slices of the time that is watched: frames of the tape.
const SLICES: u64 = 40;

/// Statements that one run may be expected to need at most, so that all of them together stay within seconds.
const EXPECTED: u64 = 12_000;

/// Runs every strategy on a workload. `alive` is called now and then with how much is done, from 0 to 100.
pub fn record(workload: &Workload, mut alive: impl FnMut(u32)) -> WorkloadTape {
    let mut open = Store::default;
    let workload = affordable(workload);
    let levels = workload.levels();
    let rounds = levels.len() as u32 + 1;
    let mut tape = WorkloadTape::default();
    let mut runs = start(&workload, &mut open);
    tape.record(Mark::Section, opening(&workload), vec![slice(0, &mut runs)]);
    for number in 1..=SLICES {
        let clock = Micros::from(workload.duration) * number / SLICES;
        if let Some(why) = run_until(&mut runs, clock) {
            let note = Note::new(format!("**The run was stopped.** {}", sentence(&why)));
            tape.record(Mark::Section, note, vec![Change::Stopped(why)]);
            return tape;
        }
        let before = tape.last().standings.clone();
        let change = slice(clock, &mut runs);
        let Change::Slice { standings, .. } = &change else { continue };
        let note = if number == SLICES { result(standings) } else { news(&before, standings, clock) };
        let mark = if number == SLICES { Mark::Section } else { Mark::Step };
        tape.record(mark, note, vec![change]);
    }
    alive(100 / rounds);

    let done = tape.last().standings.clone();
    for (round, &level) in levels.iter().enumerate() {
        let at_level = affordable(&workload.at_level(level));
        let figures = if at_level == workload {
            Some(done.iter().map(|standing| (standing.strategy, standing.figures.clone())).collect())
        } else {
            let mut runs = start(&at_level, &mut open);
            match run_until(&mut runs, at_level.duration.into()) {
                Some(_) => None,
                None => Some(runs.iter_mut().map(|run| (run.strategy(), run.figures())).collect::<Vec<_>>()),
            }
        };
        alive((round as u32 + 2) * 100 / rounds);
        // A level that is too much for the budget is left out: half of it would not be comparable.
        let Some(figures) = figures else { continue };
        let note = at(&workload, level, &figures);
        let mark = if round == 0 { Mark::Section } else { Mark::Unit };
        tape.record(mark, note, vec![Change::Level(Level { level, clock: at_level.duration, figures })]);
    }
    if let Some(note) = verdict(&workload, tape.last()) {
        tape.record(Mark::Section, note, Vec::new());
    }
    tape
}

/// The same workload, watched no longer than what can be run in seconds.
fn affordable(workload: &Workload) -> Workload {
    let workload = workload.bounded();
    // Without the think time: when everybody tries again and again, nobody thinks.
    let cycle = u64::from(workload.work) + 5 * u64::from(workload.latency) + u64::from(workload.think) / 4;
    let longest = EXPECTED * cycle / (5 * u64::from(workload.clients));
    let duration = u64::from(workload.duration).min(longest.max(1_000)) as u32;
    Workload { duration, ..workload }
}

fn start<S: Server>(workload: &Workload, open: &mut impl FnMut() -> S) -> Vec<Run<S>> {
    Strategy::ALL.into_iter().map(|strategy| Run::new(open(), workload, strategy)).collect()
}

/// Lets every run reach that time. Why one could not, if so.
fn run_until<S: Server>(runs: &mut [Run<S>], clock: Micros) -> Option<String> {
    runs.iter_mut().find_map(|run| {
        run.run_until(clock);
        run.stopped().map(|why| format!("{}: {why}", run.strategy().title()))
    })
}

fn slice<S: Server>(clock: Micros, runs: &mut [Run<S>]) -> Change {
    let standing =
        |run: &mut Run<S>| Standing { strategy: run.strategy(), figures: run.figures(), clients: run.doing() };
    Change::Slice { clock, standings: runs.iter_mut().map(standing).collect() }
}

fn opening(workload: &Workload) -> Note {
    let what = if workload.transfers { "moves money between two accounts" } else { "adds 1 to an account" };
    Note::new(format!(
        "**{} and {}.** Every transaction {what}. Five ways to do it, each on a database of its own, with the same accounts in the \
         same order and the same think times.",
        count(workload.clients, "client"),
        count(workload.hot, "hot account"),
    ))
}

/// What happened in a slice that is worth a sentence.
fn news(before: &[Standing], now: &[Standing], clock: Micros) -> Note {
    let time = Note::new(format!("**{}:** ", seconds(clock)));
    let of = |standings: &[Standing], strategy: Strategy| {
        standings.iter().find(|standing| standing.strategy == strategy).map(|s| s.figures.clone()).unwrap_or_default()
    };
    let risen = |figure: fn(&Figures) -> u32| {
        let rises = now.iter().map(|standing| {
            let strategy = standing.strategy;
            (strategy, figure(&standing.figures).saturating_sub(figure(&of(before, strategy))))
        });
        // The first of those that rose most: `max_by_key` would take the last.
        rises.rev().max_by_key(|(_, rise)| *rise).filter(|(_, rise)| *rise > 0)
    };
    let words = if let Some((strategy, rise)) = risen(|figures| figures.deadlocks) {
        format!(
            "{} of {} in a circle of waits, and the database ends one of each circle with 40P01. The others had to wait for its \
             `deadlock_timeout` of a second.",
            count(rise, "transaction"),
            quoted(strategy),
        )
    } else if let Some((strategy, rise)) = risen(|figures| figures.lost) {
        format!(
            "{} lost with {}: two clients read the same row, and the second wrote over what the first had committed.",
            was(rise, "update"),
            quoted(strategy),
        )
    } else if let Some((strategy, rise)) = risen(|figures| figures.given_up) {
        format!("{} of {} given up after all attempts.", was(rise, "transaction"), quoted(strategy))
    } else if let Some((strategy, rise)) = risen(|figures| figures.refused) {
        format!(
            "the database refuses {} of {} with 40001; they are tried again.",
            count(rise, "attempt"),
            quoted(strategy)
        )
    } else if let Some((strategy, rise)) = risen(|figures| figures.stale) {
        format!(
            "{} of {} found another version than it had read, and is tried again.",
            count(rise, "attempt"),
            quoted(strategy)
        )
    } else {
        "nobody got in anybody's way.".into()
    };
    let time = time.markup();
    Note::new(format!("{time}{}{}", words[..1].to_uppercase(), &words[1..]))
}

fn result(standings: &[Standing]) -> Note {
    let figures: Vec<_> = standings.iter().map(|standing| (standing.strategy, &standing.figures)).collect();
    let most = best(&figures);
    let (strategy, commits) = most.map_or((Strategy::None, 0), |(strategy, figures)| (strategy, figures.commits));
    let lost = figures
        .iter()
        .filter(|(_, figures)| figures.lost > 0)
        .map(|(strategy, figures)| format!("{} lost {}.", strategy.title(), count(figures.lost, "update")));
    let lost: Vec<_> = lost.collect();
    Note::new(format!(
        "**The time is over.** {} committed most of those that lost nothing: {commits}. {} Next: the same at every level of \
         contention.",
        strategy.title(),
        if lost.is_empty() { "Nothing was lost anywhere.".into() } else { lost.join(" ") },
    ))
}

fn at(workload: &Workload, level: u32, figures: &[(Strategy, Figures)]) -> Note {
    let what = match workload.sweep {
        Sweep::HotRows => count(level, "hot account"),
        Sweep::Clients => count(level, "client"),
    };
    let figures: Vec<_> = figures.iter().map(|(strategy, figures)| (*strategy, figures)).collect();
    let best = best(&figures).map_or(Strategy::None, |(strategy, _)| strategy);
    let retries = figures.iter().rev().max_by_key(|(_, figures)| figures.retries);
    let retries = match retries.filter(|(_, figures)| figures.retries > 0) {
        Some((strategy, figures)) => format!("{} tried again most often: {} times.", strategy.title(), figures.retries),
        None => "Nobody had to try again.".into(),
    };
    Note::new(format!("**{what}:** {} committed most of those that lost nothing. {retries}", best.title()))
}

/// What the comparison comes to.
fn verdict(workload: &Workload, scene: &Scene) -> Option<Note> {
    let (first, last) = (scene.levels.first()?, scene.levels.last()?);
    let figures = |level: &Level, strategy: Strategy| {
        level.figures.iter().find(|(other, _)| *other == strategy).map(|(_, figures)| figures.clone())
    };
    let share = |strategy: Strategy| {
        let rate = |level: &Level| {
            let commits = figures(level, strategy).map_or(0, |figures| figures.commits);
            f64::from(commits) / f64::from(level.clock.max(1))
        };
        let (low, high) = (rate(first), rate(last));
        (low > 0.0).then(|| (high / low * 100.0).round() as u32)
    };
    let (little, much) = match workload.sweep {
        Sweep::HotRows => (count(first.level, "hot account"), count(last.level, "hot account")),
        Sweep::Clients => (count(first.level, "client"), count(last.level, "client")),
    };
    let safe = Strategy::ALL.into_iter().filter(|strategy| {
        scene.levels.iter().all(|level| figures(level, *strategy).is_some_and(|figures| figures.lost == 0))
    });
    let parts: Vec<_> =
        safe.filter_map(|strategy| Some(format!("{} {} %", strategy.title(), share(strategy)?))).collect();
    if parts.is_empty() {
        return None;
    }
    Some(Note::new(format!(
        "**From {little} to {much}**, commits a second become: {}. Among those that lose nothing, waiting is \
         cheap while locks are held briefly; trying again is cheap while it is rare.",
        parts.join(", "),
    )))
}

/// The one that committed most of those that lost nothing.
fn best<'a>(figures: &[(Strategy, &'a Figures)]) -> Option<(Strategy, &'a Figures)> {
    let safe = figures.iter().filter(|(_, figures)| figures.lost == 0);
    safe.rev().max_by_key(|(_, figures)| figures.commits).copied()
}

fn quoted(strategy: Strategy) -> String {
    format!("“{}”", strategy.title())
}

fn count(number: u32, what: &str) -> String {
    format!("{number} {what}{}", if number == 1 { "" } else { "s" })
}

fn was(number: u32, what: &str) -> String {
    format!("{} {}", count(number, what), if number == 1 { "was" } else { "were" })
}

fn seconds(time: Micros) -> String {
    format!("{}.{:02} s", time / 1_000_000, time % 1_000_000 / 10_000)
}

fn sentence(why: &str) -> String {
    format!("{why}.")
}
