//! Every schedule of `crates/sql/schedules` prints what real PostgreSQL 15 printed through its own isolationtester.
//! `cargo xtask record schedules` records what it printed.

use interleave_sql::isolation::transcript;
use interleave_sql::store::Store;
use std::fs;
use std::path::Path;
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

/// Differences that are shown in full; more would bury them.
const SHOWN: usize = 12;
/// Most schedules take milliseconds.
const PATIENCE: Duration = Duration::from_secs(20);
const STACK: usize = 64 << 20;
/// Lines around a difference.
const CONTEXT: usize = 4;

#[test]
fn schedules_print_what_postgresql_prints() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("schedules");
    let filter = std::env::var("SCHEDULE").unwrap_or_default();
    let mut names: Vec<_> = fs::read_dir(&folder)
        .expect("the schedules are a folder")
        .filter_map(|entry| entry.expect("it can be listed").file_name().into_string().ok())
        .filter_map(|name| name.strip_suffix(".spec").map(str::to_owned))
        .filter(|name| name.contains(&filter))
        .collect();
    names.sort();
    assert!(!filter.is_empty() || names.len() >= 120, "there are schedules");

    let mut different = Vec::new();
    for name in &names {
        let read = |ending: &str| fs::read_to_string(folder.join(format!("{name}.{ending}")));
        let expected =
            read("out").unwrap_or_else(|_| panic!("{name}.out is missing: cargo xtask record schedules {name}"));
        let spec = read("spec").expect("it was listed");
        let here = within_reason(spec);
        if here != expected {
            different.push(format!("{name}\n{}", first_difference(&expected, &here)));
        }
    }
    assert!(
        different.is_empty(),
        "{} of {} schedules differ. - PostgreSQL, + here\n\n{}",
        different.len(),
        names.len(),
        different[..different.len().min(SHOWN)].join("\n")
    );
}

/// What the tester prints here. A panic or an endless loop is an output nobody expects.
fn within_reason(spec: String) -> String {
    let (sender, receiver) = mpsc::channel();
    let work = move || drop(sender.send(transcript(&spec, &mut Store::for_schedules())));
    thread::Builder::new().stack_size(STACK).spawn(work).expect("there is room for a thread");
    match receiver.recv_timeout(PATIENCE) {
        Ok(text) => text,
        Err(mpsc::RecvTimeoutError::Timeout) => "it does not end\n".to_owned(),
        Err(mpsc::RecvTimeoutError::Disconnected) => "a panic\n".to_owned(),
    }
}

/// The first lines that differ, with what comes before them and the permutation they are in.
fn first_difference(expected: &str, here: &str) -> String {
    let (expected, here): (Vec<_>, Vec<_>) = (expected.lines().collect(), here.lines().collect());
    let same = expected.iter().zip(&here).take_while(|(left, right)| left == right).count();
    let permutation = expected[..same].iter().rposition(|line| line.starts_with("starting permutation:"));
    let from = same.saturating_sub(CONTEXT);
    let mut text = String::new();
    if let Some(line) = permutation.filter(|line| *line < from) {
        text += &format!("    {}\n    …\n", expected[line]);
    }
    let mut say = |sign: &str, lines: &[&str]| lines.iter().for_each(|line| text += &format!("  {sign} {line}\n"));
    say(" ", &expected[from..same]);
    say("-", &expected[same..expected.len().min(same + CONTEXT)]);
    say("+", &here[same..here.len().min(same + CONTEXT)]);
    text
}
