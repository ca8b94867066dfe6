//! What is said of each frame of a comparison.

use super::{Doing, Figures, Level, Scene, Standing, Strategy, Sweep, Workload};
use crate::store::Micros;
use interleave_kernel::Note;

/// Before anything happens.
pub fn opening(workload: &Workload) -> Note {
    let what = if workload.transfers { "moves money between two accounts" } else { "adds 1 to an account" };
    Note::new(format!(
        "**{} and {}.** Every transaction {what}. Five ways to do it, each on a database of its own, with the same accounts in the \
         same order and the same think times.",
        count(workload.clients, "client"),
        count(workload.hot, "hot account"),
    ))
}

/// A kind of news.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Deadlock,
    GivenUp,
    Lost,
    Refused,
    Stale,
    Waits,
}

impl Kind {
    const ALL: [Kind; 6] = [Kind::Deadlock, Kind::GivenUp, Kind::Lost, Kind::Refused, Kind::Stale, Kind::Waits];

    /// How much of it there is between two moments of a strategy.
    fn amount(self, before: &Standing, now: &Standing) -> u32 {
        let rise = |figure: fn(&Figures) -> u32| figure(&now.figures).saturating_sub(figure(&before.figures));
        match self {
            Kind::Deadlock => rise(|figures| figures.deadlocks),
            Kind::GivenUp => rise(|figures| figures.given_up),
            Kind::Lost => rise(|figures| figures.lost),
            Kind::Refused => rise(|figures| figures.refused),
            Kind::Stale => rise(|figures| figures.stale),
            Kind::Waits => now.clients.iter().filter(|client| **client == Doing::Waiting).count() as u32,
        }
    }

    /// Whether it comes before everything else.
    fn is_rare(self) -> bool {
        matches!(self, Kind::Deadlock | Kind::GivenUp)
    }

    fn news(self, amount: u32, strategy: Strategy) -> String {
        let title = strategy.title();
        match self {
            Kind::Deadlock => format!("{title}: {} ended.", was(amount, "deadlock")),
            Kind::GivenUp => format!("{title}: {} given up.", was(amount, "transaction")),
            Kind::Lost => format!("{title}: {} lost.", was(amount, "update")),
            Kind::Refused => format!("{title}: {} refused with 40001.", was(amount, "attempt")),
            Kind::Stale => format!("{title}: {} found another version than it had read.", count(amount, "write")),
            Kind::Waits => {
                format!(
                    "{title}: {} for a lock now.",
                    count(amount, "client") + if amount == 1 { " waits" } else { " wait" }
                )
            }
        }
    }

    /// What it means. Said once in a run.
    fn meaning(self) -> &'static str {
        match self {
            Kind::Deadlock => {
                " Transactions waited for each other in a circle. After `deadlock_timeout`, one second, the database ends one of \
                 them with 40P01 and the others go on."
            }
            Kind::GivenUp => " All its attempts had failed.",
            Kind::Lost => " Two clients read the same balance, and the second wrote over what the first had committed.",
            Kind::Refused => {
                " Somebody else changed the row after the transaction had begun. It is tried again from the start."
            }
            Kind::Stale => " Nothing was written. The transaction is tried again with what is there now.",
            Kind::Waits => " Whoever has the row keeps it until its transaction ends.",
        }
    }
}

/// Tells what happens slice by slice: the most telling two things, not always the same ones, each explained when it happens
/// first.
#[derive(Default)]
pub struct Reporter {
    /// What was told, the latest last.
    told: Vec<Kind>,
}

impl Reporter {
    pub fn slice(&mut self, before: &[Standing], now: &[Standing], clock: Micros) -> Note {
        let mut kinds = Kind::ALL;
        kinds.sort_by_key(|kind| (!kind.is_rare(), self.told.iter().rposition(|told| told == kind)));
        let news = kinds.into_iter().filter_map(|kind| {
            let amounts = now.iter().zip(before).map(|(now, before)| (now.strategy, kind.amount(before, now)));
            // The first of those with most: `max_by_key` takes the last.
            let (strategy, amount) = amounts.rev().max_by_key(|(_, amount)| *amount)?;
            (amount > 0).then_some((kind, strategy, amount))
        });
        let news: Vec<_> = news.take(2).collect();
        let mut words = Vec::new();
        let mut explained = false;
        for (kind, strategy, amount) in news {
            let meaning = !explained && !self.told.contains(&kind);
            words.push(kind.news(amount, strategy) + if meaning { kind.meaning() } else { "" });
            explained |= meaning;
            self.told.push(kind);
        }
        if words.is_empty() {
            words.push("Nobody got in anybody's way.".into());
        }
        Note::new(format!("**{}** {}", seconds(clock), words.join(" ")))
    }
}

/// The time is over.
pub fn result(standings: &[Standing]) -> Note {
    let lost: Vec<String> = standings
        .iter()
        .filter(|standing| standing.figures.lost > 0)
        .map(|standing| format!("{}: {} lost.", standing.strategy.title(), was(standing.figures.lost, "update")))
        .collect();
    let lost = if lost.is_empty() { "Nothing was lost anywhere.".into() } else { lost.join(" ") };
    let commits = standings.iter().map(|standing| (standing.strategy, &standing.figures));
    Note::new(format!("**The time is over.** Committed: {}. {lost}", ranking(commits)))
}

/// A level of contention was run.
pub fn level(workload: &Workload, level: &Level) -> Note {
    let figures = || level.figures.iter().map(|(strategy, figures)| (*strategy, figures));
    let of = |strategy: Strategy| figures().find(|(other, _)| *other == strategy).map(|(_, figures)| figures);
    let lost = of(Strategy::None).map_or(0, |figures| figures.lost);
    let lost = if lost == 0 {
        "Nothing was lost.".into()
    } else {
        format!("Without protection, {} lost.", was(lost, "update"))
    };
    let deadlocks: u32 = figures().map(|(_, figures)| figures.deadlocks).sum();
    let deadlocks = if deadlocks == 0 { String::new() } else { format!(" {} in all.", count(deadlocks, "deadlock")) };
    let name = name(workload, level.level);
    Note::new(format!("**{name}.** Committed: {}. {lost}{deadlocks}", ranking(figures())))
}

/// What the comparison comes to: how much of the pace is left at the last level.
pub fn verdict(workload: &Workload, scene: &Scene) -> Option<Note> {
    let (first, last) = (scene.levels.first()?, scene.levels.last()?);
    let of = |level: &Level, strategy: Strategy| {
        level.figures.iter().find(|(other, _)| *other == strategy).map(|(_, figures)| figures.clone())
    };
    let pace = |level: &Level, strategy: Strategy| {
        of(level, strategy).map_or(0.0, |figures| f64::from(figures.commits) * 1e6 / f64::from(level.clock.max(1)))
    };
    let safe = |strategy: &Strategy| {
        scene.levels.iter().all(|level| of(level, *strategy).is_some_and(|figures| figures.lost == 0))
    };
    let parts: Vec<String> = Strategy::ALL
        .into_iter()
        .filter(safe)
        .map(|strategy| format!("{} {:.0} → {:.0}", strategy.title(), pace(first, strategy), pace(last, strategy)))
        .collect();
    if parts.is_empty() || first.level == last.level {
        return None;
    }
    Some(Note::new(format!(
        "**From {} to {}**, commits a second of those that lose nothing: {}. Waiting costs little while locks are held briefly; \
         trying again costs little while it is rare.",
        name(workload, first.level),
        name(workload, last.level),
        parts.join(", "),
    )))
}

/// The run was cut short.
pub fn stopped(why: &str) -> Note {
    Note::new(format!("**The run was stopped.** {why}."))
}

/// Strategies and their commits, most first.
fn ranking<'a>(figures: impl Iterator<Item = (Strategy, &'a Figures)>) -> String {
    let mut ranked: Vec<_> = figures.map(|(strategy, figures)| (strategy, figures.commits)).collect();
    ranked.sort_by_key(|(_, commits)| std::cmp::Reverse(*commits));
    let names: Vec<String> =
        ranked.iter().map(|(strategy, commits)| format!("{} {commits}", strategy.title())).collect();
    names.join(", ")
}

fn name(workload: &Workload, level: u32) -> String {
    match workload.sweep {
        Sweep::HotRows => count(level, "hot account"),
        Sweep::Clients => count(level, "client"),
    }
}

fn count(number: u32, what: &str) -> String {
    format!("{number} {what}{}", if number == 1 { "" } else { "s" })
}

fn was(number: u32, what: &str) -> String {
    format!("{} {}", count(number, what), if number == 1 { "was" } else { "were" })
}

fn seconds(time: Micros) -> String {
    format!("{}.{:02} s.", time / 1_000_000, time % 1_000_000 / 10_000)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn standing(strategy: Strategy, figures: Figures) -> Standing {
        Standing { strategy, figures, clients: Vec::new() }
    }

    #[test]
    fn a_kind_of_news_is_explained_once() {
        let before = [standing(Strategy::None, Figures::default())];
        let after = |lost| [standing(Strategy::None, Figures { lost, ..Figures::default() })];
        let mut reporter = Reporter::default();
        assert_eq!(
            reporter.slice(&before, &after(1), 1_250_000).plain(),
            "1.25 s. No protection: 1 update was lost. Two clients read the same balance, and the second wrote over what the \
             first had committed."
        );
        assert_eq!(
            reporter.slice(&after(1), &after(3), 1_300_000).plain(),
            "1.30 s. No protection: 2 updates were lost."
        );
        assert_eq!(reporter.slice(&after(3), &after(3), 1_400_000).plain(), "1.40 s. Nobody got in anybody's way.");
    }

    #[test]
    fn the_end_ranks_by_commits() {
        let commits = |commits| Figures { commits, ..Figures::default() };
        let note = result(&[standing(Strategy::ForUpdate, commits(7)), standing(Strategy::Atomic, commits(9))]);
        assert_eq!(
            note.plain(),
            "The time is over. Committed: Atomic update 9, FOR UPDATE 7. Nothing was lost anywhere."
        );
    }
}
