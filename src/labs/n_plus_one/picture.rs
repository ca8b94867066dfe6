//! What the waterfall draws of a run: paths, made once and the same in every frame.

use super::spans::{Scale, Span, bars, path};
use super::telling::asks;
use interleave_queries::{Group, Nanos, Query, Run, waits};
use std::rc::Rc;
use yew::AttrValue;

/// Everything that is drawn against the clock.
pub struct Picture {
    pub scale: Scale,
    /// One for each group.
    pub rows: Vec<Rc<Strip>>,
    /// One for each connection.
    pub lanes: Vec<Rc<Lane>>,
    /// Which phases there are to be told apart.
    pub present: [bool; 5],
}

/// A row of bars, by what a query is at.
#[derive(Debug, PartialEq)]
pub struct Strip {
    pub text: AttrValue,
    pub line: Option<u32>,
    pub count: usize,
    pub at_once: u32,
    pub marks: [AttrValue; 5],
}

/// What a query is at, in the order in which it is drawn: the style sheet's name, and in words.
pub const MARKS: [(&str, &str); 5] = [
    ("at-pool", "waits for a connection"),
    ("at-way", "on the way"),
    ("at-work", "at work"),
    ("at-lock", "waits for a lock"),
    ("at-fault", "fails"),
];

/// Where each mark is between the edges of a row that is 16 units high.
pub const HEIGHTS: [(f64, f64); 5] = [(4.0, 12.0), (7.0, 9.0), (2.0, 14.0), (4.0, 12.0), (1.0, 15.0)];

/// A connection.
#[derive(Debug, PartialEq)]
pub struct Lane {
    pub opening: AttrValue,
    pub open: AttrValue,
    pub busy: AttrValue,
    pub queries: usize,
}

impl Picture {
    /// Of a run that goes on until `end`.
    pub fn of(run: &Run, end: Nanos) -> Self {
        let scale = Scale { end: end.max(1) };
        let rows: Vec<_> = run.groups.iter().map(|group| Rc::new(strip(run, group, scale))).collect();
        let present = [0, 1, 2, 3, 4].map(|mark| rows.iter().any(|row| !row.marks[mark].is_empty()));
        let lanes = (0..run.log.connections.len()).map(|number| Rc::new(lane(run, number, scale))).collect();
        Self { scale, rows, lanes, present }
    }
}

/// When a query waited, travelled, worked, waited for a lock and failed.
fn parts(query: &Query, end: Nanos) -> [Option<Span>; 5] {
    let ended = query.answered.unwrap_or(end);
    let left = query.sent.unwrap_or(ended);
    let waited = waits(query, left).then_some((query.asked, left));
    let travels = query.sent.map(|sent| (sent, ended));
    let began = query.began.map(|began| began.min(ended));
    let lock = began.filter(|_| query.waited > 0).map(|began| (began, (began + query.waited).min(ended)));
    let works = began.map(|began| (lock.map_or(began, |lock| lock.1), query.ended.unwrap_or(ended).min(ended)));
    let fails = (query.error.is_some() || query.answered.is_none()).then_some((ended, ended));
    [waited, travels, works.filter(|(from, until)| from <= until), lock, fails]
}

fn strip(run: &Run, group: &Group, scale: Scale) -> Strip {
    let mut spans: [Vec<Span>; 5] = Default::default();
    for query in group.queries.iter().filter_map(|number| run.log.queries.get(*number as usize)) {
        for (spans, part) in spans.iter_mut().zip(parts(query, scale.end)) {
            spans.extend(part);
        }
    }
    let mut heights = HEIGHTS.into_iter();
    let marks = spans.map(|spans| {
        let (top, bottom) = heights.next().unwrap_or_default();
        path(&bars(scale, spans), top, bottom).into()
    });
    let text = asks(run, group).into();
    Strip { text, line: group.line, count: group.queries.len(), at_once: group.at_once, marks }
}

fn lane(run: &Run, number: usize, scale: Scale) -> Lane {
    let connection = &run.log.connections[number];
    let ready = connection.ready.unwrap_or(scale.end);
    let mine = run.log.queries.iter().filter(|query| query.connection == Some(number as u32));
    let busy: Vec<Span> = mine.filter_map(|query| Some((query.sent?, query.answered.unwrap_or(scale.end)))).collect();
    let queries = busy.len();
    let drawn = |spans, top, bottom| AttrValue::from(path(&bars(scale, spans), top, bottom));
    let until = connection.closed.unwrap_or(scale.end).min(scale.end);
    Lane {
        opening: drawn(vec![(connection.opened, ready)], 2.0, 8.0),
        open: if ready < until { drawn(vec![(ready, until)], 4.5, 5.5) } else { AttrValue::default() },
        busy: drawn(busy, 2.0, 8.0),
        queries,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_parts_of_a_query_follow_each_other() {
        let query = Query {
            asked: 0,
            sent: Some(100_000),
            began: Some(600_000),
            ended: Some(900_000),
            waited: 200_000,
            answered: Some(1_400_000),
            ..Query::default()
        };
        let whole = parts(&query, 2_000_000);
        assert_eq!(whole[..2], [Some((0, 100_000)), Some((100_000, 1_400_000))]);
        assert_eq!(whole[2..], [Some((800_000, 900_000)), Some((600_000, 800_000)), None]);
        // Asked, and never answered.
        let lost = parts(&Query { asked: 100_000, ..Query::default() }, 2_000_000);
        assert_eq!(lost, [Some((100_000, 2_000_000)), None, None, None, Some((2_000_000, 2_000_000))]);
    }
}
