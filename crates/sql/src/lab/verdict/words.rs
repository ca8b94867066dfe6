//! Reasons as sentences that name sessions, statements and rows.

use super::graph::{Edge, Kind};
use super::history::{History, Tx};
use super::name::{Because, Finding, Sight};

/// What sessions and statements are called.
pub struct Words<'a> {
    /// By session.
    pub names: &'a [String],
    /// A statement's SQL, by session and index.
    pub statement: &'a dyn Fn(u8, u32) -> String,
}

/// More characters of a statement than this are not quoted.
const QUOTED: usize = 60;

impl Words<'_> {
    /// A sentence a reason, and one that draws the conclusion.
    pub fn sentences(&self, history: &History, finding: &Finding) -> Vec<String> {
        let sentence = |because| capital(&self.sentence(history, because));
        let mut sentences: Vec<_> = finding.because.iter().map(sentence).collect();
        let cycle = finding.because.iter().all(|because| matches!(because, Because::Before(_)));
        if cycle && finding.because.len() == 2 {
            sentences.push("Each would have to come before the other: no serial order does that.".to_owned());
        } else if cycle && !sentences.is_empty() {
            sentences.push("That goes round in a circle: no serial order does that.".to_owned());
        }
        sentences
    }

    /// A transaction by its session, and by number where the session has several.
    pub fn transaction(&self, history: &History, tx: Tx) -> String {
        let transaction = &history.transactions[tx];
        let name = self.name(transaction.session);
        let several = history.transactions.iter().filter(|other| other.session == transaction.session).count() > 1;
        if several { format!("{name}’s {} transaction", ordinal(transaction.number + 1)) } else { name }
    }

    fn sentence(&self, history: &History, because: &Because) -> String {
        match because {
            Because::Before(edge) => self.before(history, edge),
            Because::TakenBack(sight) => {
                let (reader, writer, row) = self.met(history, sight);
                format!("{reader} saw {row} as {writer} had written it, and that was taken back: it never existed.")
            }
            Because::Intermediate(sight) => {
                let (reader, writer, row) = self.met(history, sight);
                format!("{reader} saw {row} as {writer} had written it, and that was replaced before it was committed.")
            }
            Because::Overwritten(sight) => {
                let (reader, writer, row) = self.met(history, sight);
                let by = self.transaction(history, sight.reader);
                format!(
                    "{reader} then put its own version of {row} in the place of {writer}, which {by} never read: that change is lost."
                )
            }
        }
    }

    /// The reader's statement, the writer's, and the row.
    fn met(&self, history: &History, sight: &Sight) -> (String, String, String) {
        (
            self.whose(history, sight.reader, sight.reader_statement),
            self.whose(history, sight.writer, sight.writer_statement),
            history.rows[sight.row].label.clone(),
        )
    }

    fn before(&self, history: &History, edge: &Edge) -> String {
        let (from, to) = (self.transaction(history, edge.from), self.transaction(history, edge.to));
        let first = self.whose(history, edge.from, edge.from_statement);
        let second = self.whose(history, edge.to, edge.to_statement);
        let row = &history.rows[edge.row].label;
        let what = match (edge.kind, edge.predicate) {
            (Kind::WriteWrite, _) => format!("{second} replaced {row} as {first} had left it"),
            (Kind::WriteRead, false) => format!("{second} saw {row} as {first} had left it"),
            (Kind::WriteRead, true) => format!("{second} found what it was looking for changed by {first}: {row}"),
            (Kind::ReadWrite, false) => format!("{first} saw {row} as it was before {second}"),
            (Kind::ReadWrite, true) => {
                format!("{first} was looking for rows, and {second} changed later which ones there are: {row}")
            }
        };
        format!("{what}. So {from} comes before {to}.")
    }

    fn whose(&self, history: &History, tx: Tx, statement: u32) -> String {
        let session = history.transactions[tx].session;
        let text = (self.statement)(session, statement);
        let mut words = text.split_whitespace().collect::<Vec<_>>().join(" ");
        if words.chars().count() > QUOTED {
            words = words.chars().take(QUOTED).chain(['…']).collect();
        }
        format!("{}’s “{words}”", self.name(session))
    }

    fn name(&self, session: u8) -> String {
        self.names.get(usize::from(session)).cloned().unwrap_or_else(|| format!("session {}", session + 1))
    }
}

/// As it begins a sentence.
pub fn capital(words: &str) -> String {
    let mut characters = words.chars();
    characters.next().map_or_else(String::new, |first| first.to_uppercase().chain(characters).collect())
}

fn ordinal(number: u32) -> String {
    match number {
        1 => "first".to_owned(),
        2 => "second".to_owned(),
        3 => "third".to_owned(),
        _ => match (number % 10, number % 100) {
            (1, n) if n != 11 => format!("{number}st"),
            (2, n) if n != 12 => format!("{number}nd"),
            (3, n) if n != 13 => format!("{number}rd"),
            _ => format!("{number}th"),
        },
    }
}
