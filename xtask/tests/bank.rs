//! What a question's program prints in the simulation, from which its answer comes, is what it prints in real Node on real PostgreSQL.

mod real;

use interleave_course::question::{self, Order, Predict, Tape};
use interleave_course::{Kind, Question, deck};
use real::{Real, root};
use std::fs;
use std::path::PathBuf;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

/// Servers that programs run beside at the same time, one program after the other each.
const SERVERS: usize = 2;
/// The engine's parser is recursive: deeply nested programs need room.
const STACK: usize = 256 << 20;

#[test]
fn the_programs_of_questions_print_what_they_print_in_node() {
    let questions = questions();
    let (next, wrong) = (AtomicUsize::new(0), Mutex::new(String::new()));
    let work = &|server: usize| {
        let real = Real::start(&format!("bank-{server}"));
        while let Some(question) = questions.get(next.fetch_add(1, Ordering::Relaxed)) {
            if let Some(difference) = program(question).and_then(|program| difference(&real, program)) {
                *wrong.lock().expect("nobody panics here") += &format!("\n{}: {difference}", question.id);
            }
        }
    };
    thread::scope(|scope| {
        let start = |server| thread::Builder::new().stack_size(STACK).spawn_scoped(scope, move || work(server));
        (0..SERVERS).for_each(|server| drop(start(server).expect("there is room for a thread")));
    });
    let wrong = wrong.into_inner().expect("nobody panicked");
    assert!(wrong.is_empty(), "{wrong}");
}

/// How the two disagree about a program.
fn difference(real: &Real, program: &question::Program) -> Option<String> {
    let ran = real.run(&real::Program {
        source: &program.program,
        module: program.module,
        schema: &program.schema,
        needs_a_database: program.needs_a_database(),
    });
    let simulated = interleave_answers::run(program, None);
    let agree = simulated.as_ref().is_ok_and(|it| (&it.text, Some(it.exit)) == (&ran.stdout, ran.exit));
    (!agree).then(|| format!("Node: {ran:#?}\nSimulation: {simulated:#?}\n"))
}

/// The program whose output a question is about.
fn program(question: &Question) -> Option<&question::Program> {
    match &question.kind {
        Kind::Output(Predict { program, .. }) | Kind::Order(Order { of: Tape::Program(program), .. }) => Some(program),
        _ => None,
    }
}

/// The questions of `content/quizzes/`, file after file.
fn questions() -> Vec<Question> {
    let entries = fs::read_dir(root().join("content/quizzes")).into_iter().flatten();
    let mut files: Vec<_> = entries.map(|entry| entry.expect("a readable entry").path()).collect();
    files.retain(|file| file.extension().is_some_and(|ending| ending == "toml"));
    files.sort();
    let read = |file: &PathBuf| {
        let text = fs::read_to_string(file).expect("a file of questions is text");
        let (deck, problems) = deck::read(&file.display().to_string(), &text);
        assert!(problems.is_empty(), "{problems:?}");
        deck.expect("it has no problems").questions
    };
    files.iter().flat_map(read).collect()
}
