//! Words that begin with a backslash.

use super::describe;
use super::shell::{Next, Shell};
use interleave_sql::isolation::Server;

const HELP: &str = "\
\\session [NAME]   go to another session, or a new one; without a name: who is there
\\cancel           give up what this session waits for
\\wait [SECONDS]   let time pass: alarms, timeouts and deadlock checks go off
\\d [NAME]         what there is, or one table
\\dt \\di \\dv \\ds   tables, indexes, views, sequences
\\r                forget the statement that is being typed
\\q                quit
";

/// Runs a command; the backslash is gone.
pub fn run(shell: &mut Shell, command: &str) -> (String, Next) {
    let mut words = command.split_whitespace();
    let (name, argument) = (words.next().unwrap_or_default(), words.next().map(|word| word.trim_end_matches(';')));
    let shown = match (name, argument) {
        ("q" | "quit", _) => return (String::new(), Next::Quit),
        ("?" | "help", _) => HELP.to_owned(),
        ("session" | "c", Some(name)) => {
            shell.input.clear();
            shell.switch(name);
            shell.news()
        }
        ("session" | "c", None) => sessions(shell),
        ("cancel", _) => {
            let id = shell.sessions[shell.current].id;
            shell.store.cancel(id);
            shell.news()
        }
        ("wait", seconds) => match seconds.unwrap_or("1").parse::<f64>() {
            Ok(seconds) if (0.0..=1e6).contains(&seconds) => shell.pass((seconds * 1e6) as u64),
            _ => "\\wait takes seconds, up to a million\n".to_owned(),
        },
        ("d", Some(name)) => describe::relation(&shell.store.catalog, name),
        ("d" | "dt" | "di" | "dv" | "ds", _) => describe::list(&shell.store.catalog, name.chars().nth(1)),
        ("r" | "reset", _) => {
            shell.input.clear();
            "Query buffer reset (cleared).\n".to_owned()
        }
        _ => format!("invalid command \\{name}\nTry \\? for help.\n"),
    };
    (shown, Next::Line)
}

fn sessions(shell: &Shell) -> String {
    let lines = shell.sessions.iter().enumerate().map(|(index, session)| {
        let state = shell.waits_for(index).unwrap_or_else(|| {
            match shell.store.session(session.id).block() {
                (true, true) => "is in a transaction that failed",
                (true, false) => "is in a transaction",
                _ => "is idle",
            }
            .to_owned()
        });
        let mark = if index == shell.current { '*' } else { ' ' };
        format!("{mark} {} {state}\n", session.name)
    });
    lines.collect()
}
