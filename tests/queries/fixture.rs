//! A tape made by hand: one query for a list, then one for each thing on it, one after the other.

use interleave_kernel::{Mark, Note};
use interleave_queries::*;
use std::rc::Rc;

pub const PROGRAM: &str = "const { pool } = require('./shop')\nconst all = await pool.query('SELECT id FROM things')\nfor (const thing of all.rows) {\n  await pool.query('SELECT name FROM parts WHERE thing_id = $1', [thing.id])\n}\n";

const MS: Nanos = 1_000_000;

/// A list of so many things.
pub fn tape(things: u32) -> QueryTape {
    let query = |text: u32, line: u32, asked: Nanos, rows: u64| Query {
        text,
        parameters: text,
        asker: Asker { line: Some(line), function: None },
        asked,
        acquired: Some(asked),
        connection: Some(0),
        sent: Some(asked),
        began: Some(asked + MS / 2),
        ended: Some(asked + MS / 2 + 100_000),
        answered: Some(asked + MS + 100_000),
        rows,
        bytes: 50 * rows,
        ..Query::default()
    };
    let mut queries = vec![query(0, 2, 3 * MS, things.into())];
    queries.extend((0..things).map(|n| query(1, 4, (5 + 2 * Nanos::from(n)) * MS, 3)));
    let log = DatabaseLog {
        round_trip: MS,
        texts: vec!["SELECT id FROM things".into(), "SELECT name FROM parts WHERE thing_id = $1".into()],
        queries,
        connections: vec![Connection { opened: MS, ready: Some(2 * MS), closed: None }],
        ..DatabaseLog::default()
    };
    let groups = groups(&log);
    let group_of = (0..=things).map(|n| u32::from(n > 0)).collect();
    let (totals, plans) = (Totals::of(&log), vec![None, None]);
    let findings = detect(&log, &groups, &plans, &totals);
    let end = log.queries.last().and_then(|query| query.answered).unwrap_or(0);
    let print = Print { stream: Stream::Stdout, text: format!("{things} things\n"), frame: 0, at: end };
    let outcome = Outcome::Exited { code: 0 };
    let run =
        Rc::new(Run { log, groups, group_of, findings, totals, plans, printed: vec![Rc::new(print)], outcome, end });
    film(&run)
}

fn film(run: &Rc<Run>) -> QueryTape {
    let mut tape = QueryTape::default();
    tape.record(Mark::Section, Note::new("It starts."), vec![Change::Run(Rc::clone(run))]);
    for (at, event) in events(run) {
        let about = match event {
            Event::Asked(query) | Event::Answered(query) | Event::Left(query) => Some(query as u32),
            _ => None,
        };
        let mut changes = vec![Change::Clock(at), Change::About(about)];
        if matches!(event, Event::Found(_)) {
            changes.push(Change::Found);
        }
        tape.record(Mark::Step, Note::new(format!("{event:?}")), changes);
    }
    tape.record(Mark::Section, Note::new("It is over."), vec![Change::About(None), Change::Over]);
    tape
}
