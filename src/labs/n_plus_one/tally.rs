//! What it has come to at a moment: sorted once, then looked up.

use interleave_queries::{Nanos, Run, Totals, chain};

/// A run, ready to be counted at any time.
pub struct Tally {
    asked: Vec<Nanos>,
    trips: Vec<Nanos>,
    in_a_row: Vec<Nanos>,
    /// When each answer came, with the rows and bytes that had come by then.
    answers: Vec<(Nanos, u64, u64)>,
}

/// What it has come to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sum {
    pub queries: u32,
    pub in_a_row: u32,
    pub round_trips: u32,
    pub rows: u64,
    pub bytes: u64,
    pub time: Nanos,
}

impl Sum {
    /// Of a whole run.
    pub fn all(totals: &Totals) -> Self {
        let Totals { queries, in_a_row, round_trips, rows, bytes, time, .. } = *totals;
        Self { queries, in_a_row, round_trips, rows, bytes, time }
    }
}

impl Tally {
    /// Of a run.
    pub fn of(run: &Run) -> Self {
        let log = &run.log;
        let asked = sorted(log.queries.iter().map(|query| query.asked).collect());
        let opened = log.connections.iter().filter(|it| it.ready.is_some()).map(|it| it.opened);
        let trips = sorted(log.queries.iter().filter_map(|query| query.sent).chain(opened).collect());
        let mut answers: Vec<_> =
            log.queries.iter().filter_map(|query| Some((query.answered?, query.rows, query.bytes))).collect();
        answers.sort_unstable();
        let (mut rows, mut bytes) = (0, 0);
        for answer in &mut answers {
            rows += answer.1;
            bytes += answer.2;
            *answer = (answer.0, rows, bytes);
        }
        Self { asked, trips, in_a_row: chain(log), answers }
    }

    /// What it has come to by then.
    pub fn at(&self, clock: Nanos) -> Sum {
        let by = |times: &[Nanos]| times.partition_point(|at| *at <= clock) as u32;
        let answers = &self.answers[..self.answers.partition_point(|answer| answer.0 <= clock)];
        let (rows, bytes) = answers.last().map_or((0, 0), |(_, rows, bytes)| (*rows, *bytes));
        let queries = by(&self.asked);
        let began = self.asked.first().copied().unwrap_or(clock);
        // Between the last answer and what comes then, nobody waits.
        let idle = queries as usize == answers.len();
        let until = if idle { answers.last().map_or(began, |answer| answer.0) } else { clock };
        Sum {
            queries,
            in_a_row: by(&self.in_a_row),
            round_trips: by(&self.trips),
            rows,
            bytes,
            time: until.saturating_sub(began),
        }
    }
}

fn sorted(mut times: Vec<Nanos>) -> Vec<Nanos> {
    times.sort_unstable();
    times
}

#[cfg(test)]
mod tests {
    use super::*;
    use interleave_queries::{Connection, DatabaseLog, Outcome, Query};

    #[test]
    fn it_is_counted_as_far_as_it_has_come() {
        let query = |asked, sent, answered, rows| Query {
            asked,
            sent: Some(sent),
            answered: Some(answered),
            rows,
            bytes: 100 * rows,
            ..Query::default()
        };
        let log = DatabaseLog {
            queries: vec![query(10, 30, 50, 3), query(60, 60, 90, 1), query(61, 61, 80, 2)],
            connections: vec![Connection { opened: 10, ready: Some(30), closed: None }],
            ..DatabaseLog::default()
        };
        let run = Run {
            totals: Totals::of(&log),
            log,
            groups: Vec::new(),
            group_of: Vec::new(),
            findings: Vec::new(),
            plans: Vec::new(),
            printed: Vec::new(),
            outcome: Outcome::Exited { code: 0 },
            end: 90,
        };
        let tally = Tally::of(&run);
        let at = |clock| {
            let Sum { queries, in_a_row, round_trips, rows, bytes, time } = tally.at(clock);
            (queries, in_a_row, round_trips, rows, bytes, time)
        };
        assert_eq!(at(0), (0, 0, 0, 0, 0, 0));
        assert_eq!(at(29), (1, 0, 1, 0, 0, 19));
        assert_eq!(at(55), (1, 2, 2, 3, 300, 40));
        assert_eq!(at(85), (3, 3, 4, 5, 500, 75));
        assert_eq!(tally.at(90), Sum::all(&run.totals));
    }
}
