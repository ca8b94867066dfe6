//! The direct serialization graph: which transaction has to come before which, and why. (Adya, section 3.2)

use super::history::{History, Row, RowId, Tx, VersionId};

/// `from` has to come before `to` in every serial order that explains the run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Edge {
    pub from: Tx,
    pub to: Tx,
    pub kind: Kind,
    /// Which rows satisfy a condition is what makes it; the row below is the one that does or does not.
    pub predicate: bool,
    pub row: RowId,
    pub from_statement: u32,
    pub to_statement: u32,
}

/// Why one comes before the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// `to` read what `from` installed. (Directly read-depends)
    WriteRead,
    /// `to` put its version in the place of the one that `from` had installed. (Directly write-depends)
    WriteWrite,
    /// `to` put its version in the place of the one that `from` had read. (Directly anti-depends)
    ReadWrite,
}

/// The transactions that count, and every edge between them, sorted.
#[derive(Clone, Debug, Default)]
pub struct Graph {
    pub nodes: Vec<Tx>,
    pub edges: Vec<Edge>,
}

/// A row's installed versions: what committed transactions left, in the order in which they follow each other.
pub struct Installed<'a> {
    row: &'a Row,
    pub order: Vec<VersionId>,
}

impl<'a> Installed<'a> {
    pub fn of(history: &History, row: &'a Row) -> Self {
        let last = |at: VersionId| {
            let maker = row.versions[at].maker;
            !row.versions[at + 1..].iter().any(|later| later.maker == maker && !later.undone)
        };
        let kept = |&at: &VersionId| {
            let version = &row.versions[at];
            !version.undone && version.maker.is_none_or(|maker| history.counts(maker) && last(at))
        };
        Self { row, order: (0..row.versions.len()).filter(kept).collect() }
    }

    /// Where a version stands in the order. An intermediate version stands where its maker's last one does; one that was
    /// taken back stands nowhere.
    pub fn place(&self, version: VersionId) -> Option<usize> {
        let maker = self.row.versions[version].maker;
        let same = |&installed: &VersionId| match maker {
            Some(_) => self.row.versions[installed].maker == maker,
            None => installed == version,
        };
        self.order.iter().position(same)
    }

    pub fn maker(&self, place: usize) -> Option<Tx> {
        self.row.versions[self.order[place]].maker
    }

    /// Whether the row was deleted there.
    fn is_dead(&self, place: usize) -> bool {
        self.row.versions[self.order[place]].dead
    }

    pub fn statement(&self, place: usize) -> u32 {
        self.row.versions[self.order[place]].statement
    }
}

impl Graph {
    pub fn of(history: &History) -> Self {
        let installed: Vec<_> = history.rows.iter().map(|row| Installed::of(history, row)).collect();
        let nodes = (0..history.transactions.len()).filter(|&tx| history.counts(tx)).collect();
        let mut graph = Self { nodes, edges: Vec::new() };
        for (row, installed) in installed.iter().enumerate() {
            for place in 1..installed.order.len() {
                if let (Some(from), Some(to)) = (installed.maker(place - 1), installed.maker(place)) {
                    let (before, after) = (installed.statement(place - 1), installed.statement(place));
                    graph.add((from, before), (to, after), Kind::WriteWrite, false, row);
                }
            }
            for (at, version) in history.rows[row].versions.iter().enumerate() {
                // A write that is made of the version it replaces has read it.
                if let (Some(maker), Some(used), true) = (version.maker, version.uses, installed.place(at).is_some()) {
                    graph.read((maker, version.statement), row, installed, used);
                }
            }
        }
        for read in history.reads.iter().filter(|read| history.counts(read.tx)) {
            graph.read((read.tx, read.statement), read.row, &installed[read.row], read.version);
        }
        for found in history.found.iter().filter(|read| history.counts(read.tx)) {
            graph.found((found.tx, found.statement), found.row, &installed[found.row], found.version);
        }
        for read in history.predicates.iter().filter(|read| history.counts(read.tx)) {
            let reader = (read.tx, read.statement);
            for (row, installed) in installed.iter().enumerate() {
                let matches = |place: usize| read.matching.contains(&(row, installed.order[place]));
                let changes = |&place: &usize| matches(place) != (place > 0 && matches(place - 1));
                let seen = read.seen.iter().find(|seen| seen.0 == row).and_then(|seen| installed.place(seen.1));
                let later = seen.map_or(0, |seen| seen + 1);
                if let Some(place) = (0..later).rev().find(changes) {
                    graph.write_read(reader, row, installed, place, true);
                }
                if let Some(place) = (later..installed.order.len()).find(changes) {
                    graph.read_write(reader, row, installed, place, true);
                }
            }
        }
        graph.edges.sort_unstable();
        graph.edges.dedup();
        graph
    }

    fn read(&mut self, reader: (Tx, u32), row: RowId, installed: &Installed<'_>, version: VersionId) {
        let Some(place) = installed.place(version) else { return };
        self.write_read(reader, row, installed, place, false);
        if place + 1 < installed.order.len() {
            self.read_write(reader, row, installed, place + 1, false);
        }
    }

    /// That a row was there depends on who put it there and on who takes it away, not on those who change it.
    fn found(&mut self, reader: (Tx, u32), row: RowId, installed: &Installed<'_>, version: VersionId) {
        let Some(place) = installed.place(version) else { return };
        if let Some(first) = (0..=place).rev().take_while(|&place| !installed.is_dead(place)).last() {
            self.write_read(reader, row, installed, first, true);
        }
        if let Some(end) = (place + 1..installed.order.len()).find(|&place| installed.is_dead(place)) {
            self.read_write(reader, row, installed, end, true);
        }
    }

    fn write_read(&mut self, reader: (Tx, u32), row: RowId, installed: &Installed<'_>, place: usize, predicate: bool) {
        if let Some(maker) = installed.maker(place) {
            self.add((maker, installed.statement(place)), reader, Kind::WriteRead, predicate, row);
        }
    }

    fn read_write(&mut self, reader: (Tx, u32), row: RowId, installed: &Installed<'_>, place: usize, predicate: bool) {
        if let Some(maker) = installed.maker(place) {
            self.add(reader, (maker, installed.statement(place)), Kind::ReadWrite, predicate, row);
        }
    }

    fn add(&mut self, from: (Tx, u32), to: (Tx, u32), kind: Kind, predicate: bool, row: RowId) {
        if from.0 != to.0 {
            let (from_statement, to_statement) = (from.1, to.1);
            self.edges.push(Edge { from: from.0, to: to.0, kind, predicate, row, from_statement, to_statement });
        }
    }

    /// The transactions in an order that every edge agrees with, `first` deciding where the edges leave a choice. `None`: there is
    /// a cycle.
    pub fn serial<K: Ord>(&self, first: impl Fn(Tx) -> K) -> Option<Vec<Tx>> {
        let mut left = self.nodes.clone();
        left.sort_by_key(|&tx| first(tx));
        let mut order = Vec::with_capacity(left.len());
        while !left.is_empty() {
            let free = |&tx: &Tx| !self.edges.iter().any(|edge| edge.to == tx && left.contains(&edge.from));
            let at = left.iter().position(free)?;
            order.push(left.remove(at));
        }
        Some(order)
    }

    /// The shortest cycle made of edges that `may` allows; of those the one with the fewest read-write edges, then the one
    /// that begins with the first transaction. Its edges in order.
    pub fn cycle(&self, may: impl Fn(&Edge) -> bool) -> Option<Vec<Edge>> {
        let edges: Vec<_> = self.edges.iter().filter(|edge| may(edge)).collect();
        let mut best: Option<((usize, usize), Vec<Edge>)> = None;
        for &start in &self.nodes {
            let Some(cycle) = shortest(&edges, start) else { continue };
            let weight = (cycle.len(), cycle.iter().filter(|edge| edge.kind == Kind::ReadWrite).count());
            if best.as_ref().is_none_or(|(known, _)| weight < *known) {
                best = Some((weight, cycle));
            }
        }
        best.map(|(_, cycle)| cycle)
    }
}

/// The shortest way from a transaction back to itself, with the fewest read-write edges. (Bellman and Ford, a round an edge of the way.)
fn shortest(edges: &[&Edge], start: Tx) -> Option<Vec<Edge>> {
    // Ways of the length of the round, by where they lead: how many read-write edges, and the way.
    let mut ways: Vec<(Tx, usize, Vec<Edge>)> = vec![(start, 0, Vec::new())];
    let mut visited = vec![start];
    while !ways.is_empty() {
        let mut next: Vec<(Tx, usize, Vec<Edge>)> = Vec::new();
        for (at, weight, way) in &ways {
            for &&edge in edges.iter().filter(|edge| edge.from == *at) {
                let weight = weight + usize::from(edge.kind == Kind::ReadWrite);
                if visited.contains(&edge.to) && edge.to != start {
                    continue;
                }
                let known = next.iter_mut().find(|known| known.0 == edge.to);
                if known.as_ref().is_some_and(|known| known.1 <= weight) {
                    continue;
                }
                let mut way = way.clone();
                way.push(edge);
                match known {
                    Some(known) => *known = (edge.to, weight, way),
                    None => next.push((edge.to, weight, way)),
                }
            }
        }
        if let Some(at) = next.iter().position(|way| way.0 == start) {
            return Some(next.swap_remove(at).2);
        }
        visited.extend(next.iter().map(|way| way.0));
        ways = next;
    }
    None
}
