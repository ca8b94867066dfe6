//! The rules that name an anomaly. Each is looked for in turn; the first that is found gives the name.

use super::graph::{Edge, Graph, Installed, Kind};
use super::history::{Fate, History, RowId, Tx};
use crate::lab::scene::{Anomaly, Session};

/// What was found out about a history.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// `None`: the transactions that count are equivalent to `serial`.
    pub anomaly: Option<Anomaly>,
    /// What makes the anomaly, in order.
    pub because: Vec<Because>,
    /// An equivalent serial order; empty when there is none.
    pub serial: Vec<Tx>,
}

/// One reason.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Because {
    /// One transaction has to come before another.
    Before(Edge),
    /// `reader` saw a version that `writer` took back.
    TakenBack(Sight),
    /// `reader` saw a version that `writer` replaced itself before it committed.
    Intermediate(Sight),
    /// The reader put its own version in the place of the writer's without having seen that.
    Overwritten(Sight),
}

/// Two statements that met at a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sight {
    pub reader: Tx,
    pub reader_statement: u32,
    pub writer: Tx,
    pub writer_statement: u32,
    pub row: RowId,
}

impl Because {
    /// The two statements, as (transaction, statement), in the order of the sentence.
    pub fn statements(&self) -> [(Tx, u32); 2] {
        match self {
            Because::Before(edge) => [(edge.from, edge.from_statement), (edge.to, edge.to_statement)],
            Because::TakenBack(sight) | Because::Intermediate(sight) | Because::Overwritten(sight) => {
                [(sight.writer, sight.writer_statement), (sight.reader, sight.reader_statement)]
            }
        }
    }
}

impl Finding {
    fn named(anomaly: Anomaly, because: Vec<Because>) -> Self {
        Self { anomaly: Some(anomaly), because, serial: Vec::new() }
    }

    fn cycle(anomaly: Anomaly, edges: Vec<Edge>) -> Self {
        Self::named(anomaly, edges.into_iter().map(Because::Before).collect())
    }

    /// The statements that make the anomaly: (session, statement), each once.
    pub fn evidence(&self, history: &History) -> Vec<(Session, u32)> {
        let mut evidence = Vec::new();
        for (tx, statement) in self.because.iter().flat_map(Because::statements) {
            let mark = (history.transactions[tx].session, statement);
            if !evidence.contains(&mark) {
                evidence.push(mark);
            }
        }
        evidence
    }
}

/// Names a history.
pub fn find(history: &History) -> Finding {
    let graph = Graph::of(history);
    let unclean = dirty_read(history).or_else(|| intermediate_read(history));
    let serial = graph.serial(|tx| (history.transactions[tx].fate, tx));
    if let (None, Some(serial)) = (&unclean, &serial) {
        return Finding { anomaly: None, because: Vec::new(), serial: serial.clone() };
    }
    let clean = serial.is_some();
    let only = |kinds: &[Kind]| if clean { None } else { graph.cycle(|edge| kinds.contains(&edge.kind)) };
    if let Some(cycle) = only(&[Kind::WriteWrite]) {
        return Finding::cycle(Anomaly::DirtyWrite, cycle);
    }
    if let Some(finding) = unclean {
        return finding;
    }
    if let Some(cycle) = only(&[Kind::WriteWrite, Kind::WriteRead]) {
        return Finding::cycle(Anomaly::CircularInformationFlow, cycle);
    }
    lost_update(history)
        .or_else(|| seen_twice(history, &graph, false))
        .or_else(|| seen_twice(history, &graph, true))
        .unwrap_or_else(|| skew(history, &graph))
}

/// G1a: a version was read that its maker took back, by aborting or by going back to a savepoint.
fn dirty_read(history: &History) -> Option<Finding> {
    sights(history).find_map(|(sight, version)| {
        let version = &history.rows[sight.row].versions[version];
        let taken_back = version.undone || history.transactions[sight.writer].fate == Fate::Aborted;
        taken_back.then(|| Finding::named(Anomaly::DirtyRead, vec![Because::TakenBack(sight)]))
    })
}

/// G1b: a version was read that was not its maker's last one.
fn intermediate_read(history: &History) -> Option<Finding> {
    sights(history).find_map(|(sight, version)| {
        let mut later = history.rows[sight.row].versions[version + 1..].iter();
        let replaced = later.any(|later| later.maker == Some(sight.writer) && !later.undone);
        replaced.then(|| Finding::named(Anomaly::IntermediateRead, vec![Because::Intermediate(sight)]))
    })
}

/// Every read of another's version by a transaction that counts, and the version.
fn sights(history: &History) -> impl Iterator<Item = (Sight, usize)> {
    history.reads.iter().filter(|read| history.counts(read.tx)).filter_map(|read| {
        let version = &history.rows[read.row].versions[read.version];
        let writer = version.maker.filter(|&maker| maker != read.tx)?;
        let sight = Sight {
            reader: read.tx,
            reader_statement: read.statement,
            writer,
            writer_statement: version.statement,
            row: read.row,
        };
        Some((sight, read.version))
    })
}

/// P4: a transaction read a row, another changed it, and the first put its own version in the place of that without having read
/// it. A write that is made of the version it replaces (`SET v = v + 1`) *has* read it; a blind write by somebody who never read
/// the row loses nothing that it knew of.
fn lost_update(history: &History) -> Option<Finding> {
    for (at, row) in history.rows.iter().enumerate() {
        let installed = Installed::of(history, row);
        for place in 1..installed.order.len() {
            let (Some(writer), Some(overwritten)) = (installed.maker(place), installed.maker(place - 1)) else {
                continue;
            };
            let writes = || row.versions.iter().filter(|version| version.maker == Some(writer) && !version.undone);
            let reads = history.reads.iter().filter(|read| read.tx == writer && read.row == at);
            let used = writes().filter_map(|version| Some((version.statement, version.uses?)));
            // The newest version it knew when it wrote. What it reads afterwards is its own.
            let known = reads.map(|read| (read.statement, read.version)).chain(used);
            let known = known.filter_map(|(statement, version)| Some((installed.place(version)?, statement)));
            let Some((newest, statement)) = known.filter(|known| known.0 < place).max() else { continue };
            if newest + 1 == place {
                continue;
            }
            let read = Edge {
                from: writer,
                to: installed.maker(newest + 1).unwrap_or(overwritten),
                kind: Kind::ReadWrite,
                predicate: false,
                row: at,
                from_statement: statement,
                to_statement: installed.statement(newest + 1),
            };
            let lost = Sight {
                reader: writer,
                reader_statement: writes().next().map_or(0, |version| version.statement),
                writer: overwritten,
                writer_statement: installed.statement(place - 1),
                row: at,
            };
            let because = vec![Because::Before(read), Because::Overwritten(lost)];
            return Some(Finding::named(Anomaly::LostUpdate, because));
        }
    }
    None
}

/// A2, and A3 with `predicate`: a transaction saw a row, or asked for rows, before another's change and saw the same row after it.
fn seen_twice(history: &History, graph: &Graph, predicate: bool) -> Option<Finding> {
    let before = graph.edges.iter().filter(|edge| edge.kind == Kind::ReadWrite && edge.predicate == predicate);
    for &before in before {
        let installed = Installed::of(history, &history.rows[before.row]);
        let place = |tx: Tx| (0..installed.order.len()).find(|&place| installed.maker(place) == Some(tx));
        let after = graph.edges.iter().find(|after| {
            after.kind == Kind::WriteRead
                && (after.to, after.row) == (before.from, before.row)
                && place(after.from) >= place(before.to)
        });
        if let Some(&after) = after {
            let name = if predicate { Anomaly::Phantom } else { Anomaly::NonRepeatableRead };
            return Some(Finding::cycle(name, vec![before, after]));
        }
    }
    None
}

/// Whatever cycle is left.
fn skew(history: &History, graph: &Graph) -> Finding {
    let Some(mut cycle) = graph.cycle(|_| true) else {
        return Finding { anomaly: None, because: Vec::new(), serial: graph.nodes.clone() };
    };
    let anti = |cycle: &[Edge]| cycle.iter().filter(|edge| edge.kind == Kind::ReadWrite).count();
    if anti(&cycle) == 1 {
        // Told from the one who saw only half.
        let at = cycle.iter().position(|edge| edge.kind == Kind::ReadWrite).unwrap_or(0);
        cycle.rotate_left(at);
        let name = match (cycle[0].predicate, cycle.last().map(|edge| edge.kind)) {
            (true, _) => Anomaly::Phantom,
            (false, Some(Kind::WriteRead)) => Anomaly::ReadSkew,
            _ => Anomaly::Other,
        };
        return Finding::cycle(name, cycle);
    }
    if cycle.iter().all(|edge| history.writes(edge.from)) {
        return Finding::cycle(Anomaly::WriteSkew, cycle);
    }
    match graph.cycle(|edge| history.writes(edge.from) && history.writes(edge.to)) {
        Some(cycle) => Finding::cycle(Anomaly::WriteSkew, cycle),
        None => Finding::cycle(Anomaly::ReadOnlyAnomaly, cycle),
    }
}
