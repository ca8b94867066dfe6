//! What a page says a program prints is what it prints: in real Node, and in the simulation the reader sees.

use interleave_course::{Language, Page};
use interleave_node::{Connect, Database, ModuleKind, Options, Outcome, Scenario, Stream, record};
use interleave_sql::wire::{Server, Settings};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::rc::Rc;

/// A program and what its page or its file says about it.
struct Program {
    name: String,
    scenario: Scenario,
    output: String,
    exit: i32,
}

fn content() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../content")
}

/// The files of a folder in the order of their names.
fn files(folder: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(content().join(folder)).unwrap();
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
}

/// Every program of the guide that runs in place, and by itself.
fn of_the_guide() -> Vec<Program> {
    let mut programs = vec![];
    for path in files("guide") {
        let slug = path.file_stem().unwrap().to_str().unwrap();
        let page =
            Page::parse(slug, &fs::read_to_string(&path).unwrap()).unwrap_or_else(|problems| panic!("{problems:?}"));
        for (line, code) in page.code().filter(|(_, code)| code.runs()) {
            let output = code.output.as_ref().unwrap_or_else(|| panic!("{} line {line}: no output", page.file()));
            let module = if code.language == Language::Module { ModuleKind::Module } else { ModuleKind::CommonJs };
            programs.push(Program {
                name: format!("guide/{slug}.md line {line}"),
                scenario: Scenario {
                    module,
                    database: code.needs_a_database().then(Database::default),
                    ..Scenario::script(&*code.source)
                },
                output: output.text.clone(),
                exit: output.exit,
            });
        }
    }
    assert!(!programs.is_empty());
    programs
}

/// Every preset of the event-loop lab. Beside `NAME.js` or `NAME.mjs` stands `NAME.out`, and where the clock decides,
/// `NAME-slow.out` for a loop that starts within a millisecond.
fn of_the_lab() -> Vec<Program> {
    let mut programs = vec![];
    for path in files("programs/event-loop") {
        let extension = path.extension().and_then(|extension| extension.to_str());
        let module = match extension {
            Some("js") => ModuleKind::CommonJs,
            Some("mjs") => ModuleKind::Module,
            _ => continue,
        };
        let stem = path.file_stem().unwrap().to_str().unwrap();
        for (name, slow_timers) in [(stem.to_string(), false), (format!("{stem}-slow"), true)] {
            let golden = path.with_file_name(format!("{name}.out"));
            if slow_timers && !golden.exists() {
                continue;
            }
            programs.push(Program {
                exit: i32::from(stem == "unhandled-rejection"),
                scenario: Scenario { module, slow_timers, ..Scenario::script(fs::read_to_string(&path).unwrap()) },
                output: fs::read_to_string(&golden).unwrap_or_else(|_| panic!("{name}.out is missing")),
                name,
            });
        }
    }
    assert!(programs.len() >= 14);
    programs
}

/// What the simulation writes to stdout, and its exit code.
fn simulate(scenario: &Scenario, observe: bool) -> (String, i32) {
    let connect: Rc<Connect> =
        Rc::new(|database: &Database| Ok(Box::new(Server::start(&database.schema, Settings::default())?)));
    let tape = record(scenario, &Options { observe, connect: Some(connect), ..Options::default() });
    let scene = tape.last();
    let text =
        scene.console.iter().filter(|print| print.stream == Stream::Stdout).map(|print| print.text.as_str()).collect();
    match scene.outcome.as_deref() {
        Some(Outcome::Exited { code } | Outcome::Threw { code, .. }) => (text, *code),
        other => panic!("it did not exit: {other:?}, having printed {text}"),
    }
}

/// What real Node writes to stdout, and its exit code.
fn run(program: &Program) -> (String, i32) {
    let extension = if program.scenario.module == ModuleKind::Module { "mjs" } else { "js" };
    let name: String = program.name.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
    let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}.{extension}"));
    fs::write(&file, &program.scenario.program).unwrap();
    let done = Command::new("node").arg(&file).output().expect("Node.js 20 is installed: nodejs.org");
    (String::from_utf8(done.stdout).unwrap(), done.status.code().unwrap_or(-1))
}

/// The same. On a busy machine a program that waits is late now and then: it is believed when it has done so often.
fn run_patiently(program: &Program) -> (String, i32) {
    const OFTEN: usize = 5;
    let as_said = |ran: &(String, i32)| (&ran.0, ran.1) == (&program.output, program.exit);
    let mut ran = run(program);
    for _ in 1..OFTEN {
        if as_said(&ran) {
            break;
        }
        ran = run(program);
    }
    ran
}

/// Everyone's disagreements at once, so that an author sees all of them.
fn agree(programs: &[Program], ask: impl Fn(&Program) -> (String, i32)) {
    let mut wrong = String::new();
    for program in programs {
        let (output, exit) = ask(program);
        if (&output, exit) != (&program.output, program.exit) {
            let Program { name, output: said, exit: code, .. } = program;
            wrong += &format!("\n{name} says (exit {code}):\n{said}\nit prints (exit {exit}):\n{output}");
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

/// The guide tells the reader to take the limit away.
#[test]
fn a_program_that_starves_the_loop_for_ever_is_stopped() {
    let source = fs::read_to_string(content().join("programs/event-loop/tick-starvation.js")).unwrap();
    let endless = source.replace("ticks < 20", "ticks < 1e9");
    assert_ne!(source, endless);
    let tape = record(&Scenario::script(endless), &Options { observe: false, ..Options::default() });
    assert!(matches!(tape.last().outcome.as_deref(), Some(Outcome::Stopped { .. })), "{:?}", tape.last().outcome);
}

#[test]
fn the_guide_says_what_node_prints() {
    // Those with a database are run by xtask's test of the guide, which has a real one.
    let alone: Vec<Program> =
        of_the_guide().into_iter().filter(|program| program.scenario.database.is_none()).collect();
    agree(&alone, run_patiently);
}

#[test]
fn the_guide_says_what_the_simulation_prints() {
    agree(&of_the_guide(), |program| simulate(&program.scenario, true));
    agree(&of_the_guide(), |program| simulate(&program.scenario, false));
}

#[test]
fn the_presets_print_what_node_prints() {
    // The race of a timer and an immediate in the main script is decided by the clock, so it is not asked.
    let certain: Vec<Program> =
        of_the_lab().into_iter().filter(|program| !program.name.starts_with("timeout-or-immediate")).collect();
    agree(&certain, run);
}

#[test]
fn the_presets_print_the_same_in_the_simulation() {
    agree(&of_the_lab(), |program| simulate(&program.scenario, true));
    agree(&of_the_lab(), |program| simulate(&program.scenario, false));
}
