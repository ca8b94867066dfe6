//! The engines there are, and what a reader is told when one of them fails.

use crate::labs::Failure;

/// Something that computes in a worker of its own. Each is fetched when it is first used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// The simulated Node.
    Node,
    /// The relational store.
    Sql,
    /// The protocols between processes that crash and messages that get lost.
    Protocols,
    /// Pools and queues in virtual time.
    Traffic,
    /// The simulated Node with a database beyond it.
    Queries,
    /// Files of questions.
    Questions,
    /// The protocols in a second worker, for searches and comparisons: whoever waits for one goes on playing.
    Explorer,
}

impl Engine {
    pub(super) const ALL: [Engine; 7] = [
        Engine::Node,
        Engine::Sql,
        Engine::Protocols,
        Engine::Traffic,
        Engine::Queries,
        Engine::Questions,
        Engine::Explorer,
    ];

    /// Part of file names: the folder below `engines/`, the `<meta>` of the page, the worker's own name.
    pub(super) fn name(self) -> &'static str {
        match self {
            Engine::Node => "node",
            Engine::Sql => "sql",
            Engine::Protocols | Engine::Explorer => "protocols",
            Engine::Traffic => "traffic",
            Engine::Queries => "queries",
            Engine::Questions => "questions",
        }
    }

    /// What it is called in a sentence.
    pub fn title(self) -> &'static str {
        match self {
            Engine::Node => "the simulated Node",
            Engine::Sql => "the database",
            Engine::Protocols | Engine::Explorer => "the protocols",
            Engine::Traffic => "the simulation",
            Engine::Queries => "the simulated Node with its database",
            Engine::Questions => "the reader of files",
        }
    }

    /// What was stopped, when something was.
    fn work(self) -> &'static str {
        match self {
            Engine::Node | Engine::Queries => "The program",
            Engine::Sql | Engine::Protocols | Engine::Traffic => "The run",
            Engine::Explorer => "The calculation",
            Engine::Questions => "The reading",
        }
    }

    /// It was silent for `seconds`.
    pub(super) fn hung(self, seconds: u32) -> Failure {
        let advice = match self {
            Engine::Node => {
                "Something in it takes very long in a single call, which no budget can interrupt: a regular expression \
                 that tries too many ways, or a huge array filled at once."
            }
            Engine::Sql => {
                "A statement in it takes very long: a join of large tables without a condition, or a series of very \
                 many rows. Make the tables smaller, or take a statement away."
            }
            Engine::Protocols | Engine::Explorer => {
                "There are too many orders in which it can happen. Allow fewer faults, or take fewer participants, \
                 steps or events."
            }
            Engine::Queries => {
                "Something in it takes very long in a single call, which no budget can interrupt, or its queries read very many rows. \
                 Make the tables smaller, or ask less."
            }
            Engine::Traffic => "Too much happens in it. Let fewer requests arrive, or watch for a shorter time.",
            Engine::Questions => "Divide the file into smaller ones, if it is a file of questions.",
        };
        Failure {
            title: format!("{} was stopped: it did not answer within {seconds} seconds.", self.work()),
            advice: advice.into(),
        }
    }

    /// The worker ended in the middle of a task; `words` are the browser's.
    pub(super) fn died(self, words: &str) -> Failure {
        if ["stack", "recursion"].iter().any(|word| words.contains(word)) {
            return self.too_deep();
        }
        Failure {
            title: format!("{} was stopped: {} ended with it.", self.work(), self.title()),
            advice: format!("A new one takes its place for the next run. The browser said: {}", quoted(words)),
        }
    }

    fn too_deep(self) -> Failure {
        let what = match self {
            Engine::Node | Engine::Queries => "Flatten the program.",
            Engine::Sql => "Flatten the statement.",
            Engine::Protocols | Engine::Traffic | Engine::Explorer => "Open the lab again with one of its presets.",
            Engine::Questions => "Flatten what is in the file.",
        };
        Failure {
            title: format!("{} was stopped: it is too deeply nested.", self.work()),
            advice: format!(
                "The parser follows brackets inside brackets with its own stack, which is small in a browser. {what}"
            ),
        }
    }

    /// The engine could not read the task.
    pub(super) fn declined(self, words: &str) -> Failure {
        Failure {
            title: format!("{} could not begin.", self.work()),
            advice: format!("{} refused the task: {}", capital(self.title()), quoted(words)),
        }
    }

    /// The engine ended in the middle of a task, and could say in what way.
    pub(super) fn ended(self, words: &str) -> Failure {
        match words {
            "too deeply nested" => self.too_deep(),
            "out of memory" => Failure {
                title: format!("{} was stopped: it used more than 256 MB of memory.", self.work()),
                advice: match self {
                    Engine::Node => {
                        "Look for a string or an array that grows in a loop. A new simulated Node takes the place of the old one."
                    }
                    Engine::Queries => {
                        "Look for an array that grows in a loop, or make the tables smaller. A new simulated Node takes the place of the old one."
                    }
                    Engine::Sql => {
                        "Look for a statement that makes very many rows. A new database takes the place of the old one."
                    }
                    Engine::Protocols | Engine::Explorer => {
                        "Allow fewer faults, or take fewer participants, steps or events. The next run gets a memory of its own."
                    }
                    Engine::Traffic => {
                        "Let fewer requests arrive, or watch for a shorter time. The next run gets a memory of its own."
                    }
                    Engine::Questions => "Divide the file into smaller ones.",
                }
                .into(),
            },
            _ => self.died(words),
        }
    }

    /// The engine could not be fetched or started.
    pub(super) fn unreachable(self, words: &str) -> Failure {
        Failure {
            title: format!("{} could not be loaded.", capital(self.title())),
            advice: format!(
                "It is fetched when it is first needed. Check the connection and try again. ({})",
                quoted(words)
            ),
        }
    }
}

fn capital(words: &str) -> String {
    format!("{}{}", words[..1].to_uppercase(), &words[1..])
}

fn quoted(words: &str) -> &str {
    if words.is_empty() { "no reason was given" } else { words }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_engine_speaks_of_itself() {
        assert_eq!(Engine::Node.unreachable("").title, "The simulated Node could not be loaded.");
        assert_eq!(Engine::Sql.unreachable("").title, "The database could not be loaded.");
        assert_eq!(Engine::Protocols.unreachable("").title, "The protocols could not be loaded.");
        assert_eq!(Engine::Sql.hung(8).title, "The run was stopped: it did not answer within 8 seconds.");
        assert_eq!(Engine::Node.died("x").title, "The program was stopped: the simulated Node ended with it.");
    }

    #[test]
    fn a_stack_that_ran_out_is_told_as_what_the_reader_can_change() {
        let failures = [Engine::Sql.died("too much recursion"), Engine::Sql.ended("too deeply nested")];
        assert!(failures.iter().all(|failure| failure.advice.ends_with("Flatten the statement.")));
    }
}
