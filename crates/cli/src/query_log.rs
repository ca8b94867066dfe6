//! `interleave node --log`: what a program asked of its database, a line each.

use interleave_node::{DatabaseLog, Query};
use std::io::{self, Write};

/// Writes the log: when each query was asked, what it waited for, how long it took, who asked it and what came of it.
pub fn write(log: &DatabaseLog, mut out: impl Write) -> io::Result<()> {
    writeln!(out, "     asked  waits for   execution     answer  conn   rows     bytes  line  query")?;
    for query in &log.queries {
        let millis = |time: u64| format!("{:.3}", time as f64 / 1e6);
        let span = |from: Option<u64>, until: Option<u64>| {
            from.zip(until).map_or("-".into(), |(from, until)| millis(until.saturating_sub(from)))
        };
        let connection = query.connection.map_or("-".into(), |connection| (connection + 1).to_string());
        let line = query.asker.line.map_or("-".into(), |line| line.to_string());
        writeln!(
            out,
            "{:>10} {:>10} {:>11} {:>10} {:>5} {:>6} {:>9} {:>5}  {}",
            millis(query.asked),
            span(Some(query.asked), query.sent),
            span(query.began, query.ended),
            span(Some(query.asked), query.answered),
            connection,
            query.rows,
            query.bytes,
            line,
            text(log, query)
        )?;
    }
    let answered = log.queries.iter().filter(|query| query.answered.is_some()).count();
    let (rows, bytes) =
        log.queries.iter().fold((0, 0), |(rows, bytes), query| (rows + query.rows, bytes + query.bytes));
    writeln!(
        out,
        "{} queries, {answered} answered, {rows} rows, {bytes} bytes, {} connections",
        log.queries.len(),
        log.connections.len()
    )
}

/// The text on one line, with what went wrong.
fn text(log: &DatabaseLog, query: &Query) -> String {
    let text = log.texts.get(query.text as usize).map_or("", String::as_str);
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let parameters = match query.parameters {
        0 => String::new(),
        1 => "  (1 parameter)".into(),
        many => format!("  ({many} parameters)"),
    };
    let error = query.error.as_ref().map_or(String::new(), |error| format!("  ERROR {error}"));
    words + &parameters + &error
}
