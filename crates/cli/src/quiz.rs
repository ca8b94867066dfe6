//! `interleave quiz`

use crate::quiz_files::{self, Guide};
use anyhow::{Context, Result, bail, ensure};
use interleave_answers::{Found, answer_all};
use interleave_course::deck::Place;
use interleave_course::formats::{self, Format, Import};
use interleave_course::lint::{Located, lint};
use interleave_course::{Deck, Problem, Question};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Exit code when a file has errors.
const WRONG: u8 = 1;

/// Files of questions: checked, converted, judged.
#[derive(clap::Args)]
pub struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(clap::Subcommand)]
enum Task {
    /// Reads files and says what is wrong with them, and where.
    Check {
        /// How they are written: interleave, mdbook-quiz, gift or markdown. Each file says so itself otherwise.
        #[arg(long, value_parser = format)]
        format: Option<Format>,
        /// Runs what questions ask about whose answers are executed, and says what is wrong with those, too.
        #[arg(long)]
        run: bool,
        #[arg(required = true)]
        files: Vec<PathBuf>,
    },
    /// Writes the questions of files in another format, to standard output if it is one file.
    Convert {
        /// interleave, mdbook-quiz, gift, anki or qti.
        #[arg(long, value_parser = format)]
        to: Format,
        /// How the files are written, if they do not say so themselves.
        #[arg(long, value_parser = format)]
        from: Option<Format>,
        /// The file, or the folder of a format that has several files, to write to.
        #[arg(long)]
        out: Option<PathBuf>,
        #[arg(required = true)]
        files: Vec<PathBuf>,
    },
    /// Judges all questions of files together: lengths, places, duplicates, reasons, links.
    Lint {
        /// The folder of the guide's pages, for links to its sections.
        #[arg(long)]
        guide: Option<PathBuf>,
        #[arg(long, value_parser = format)]
        format: Option<Format>,
        #[arg(required = true)]
        files: Vec<PathBuf>,
    },
}

fn format(name: &str) -> Result<Format, String> {
    let names = Format::ALL.map(Format::name).join(", ");
    Format::named(name).ok_or_else(|| format!("there is no format “{name}”, but these: {names}"))
}

pub fn run(arguments: &Arguments) -> Result<ExitCode> {
    match &arguments.task {
        Task::Check { format, run, files } => check(files, *format, *run),
        Task::Convert { to, from, out, files } => convert(files, *from, *to, out.as_deref()),
        Task::Lint { guide, format, files } => judge(files, *format, guide.as_deref()),
    }
}

/// A file and what was read from it.
fn read(path: &Path, format: Option<Format>) -> Result<Import> {
    let file = path.display().to_string();
    let text = quiz_files::text(path)?;
    let format = format.or_else(|| formats::detect(&file, &text));
    let format =
        format.with_context(|| format!("{file}: no format of questions looks like this; name one by --format"))?;
    ensure!(format.is_read(), "{file}: files of the format {} are written, but not read", format.name());
    Ok(formats::read(format, &file, &text))
}

/// How many problems there are, printed.
#[derive(Default)]
struct Count {
    questions: usize,
    errors: usize,
    warnings: usize,
}

impl Count {
    fn print(&mut self, problems: &[Problem]) {
        for problem in problems {
            println!("{problem}");
            *(if problem.is_error() { &mut self.errors } else { &mut self.warnings }) += 1;
        }
    }

    fn exit(&self) -> ExitCode {
        println!("questions: {}\nerrors: {}\nwarnings: {}", self.questions, self.errors, self.warnings);
        if self.errors == 0 { ExitCode::SUCCESS } else { ExitCode::from(WRONG) }
    }

    /// A file that is none of questions is one error; the other files are read.
    fn nonsense(&mut self, error: &anyhow::Error) {
        println!("{error:#}");
        self.errors += 1;
    }
}

fn check(files: &[PathBuf], format: Option<Format>, run: bool) -> Result<ExitCode> {
    let (mut count, mut executed) = (Count::default(), 0);
    for path in files {
        match read(path, format) {
            Err(error) => count.nonsense(&error),
            Ok(import) => {
                let mut problems = import.problems;
                if run {
                    executed += import.questions.iter().filter(|question| question.kind.is_executed()).count();
                    problems.extend(faults(&path.display().to_string(), &import.questions, &import.places));
                    problems.sort_by_key(|problem| problem.line);
                }
                count.questions += import.questions.len();
                count.print(&problems);
            }
        }
    }
    if run {
        println!("executed: {executed}");
    }
    Ok(count.exit())
}

/// What is found to be wrong with questions by running what they ask about.
fn faults<'a>(file: &'a str, questions: &[Question], places: &'a [Place]) -> impl Iterator<Item = Problem> + use<'a> {
    let found = answer_all(questions, Some(|| crate::MEMORY.current_usage()));
    let faults = move |(place, found): (&Place, Found)| {
        let place = *place;
        found.err().unwrap_or_default().into_iter().map(move |fault| place.problem(file, fault))
    };
    places.iter().zip(found).flat_map(faults)
}

fn convert(files: &[PathBuf], from: Option<Format>, to: Format, out: Option<&Path>) -> Result<ExitCode> {
    ensure!(to.is_written(), "files of the format {} are read, but not written", to.name());
    let (mut all, mut errors) = (None::<Deck>, 0);
    for path in files {
        let import = read(path, from)?;
        // What is written goes to standard output: what is to be said goes elsewhere.
        import.problems.iter().for_each(|problem| eprintln!("{problem}"));
        errors += import.errors();
        let deck = import.deck();
        match &mut all {
            None => all = Some(deck),
            Some(all) => {
                all.imported |= deck.imported;
                all.questions.extend(deck.questions);
            }
        }
    }
    let deck = all.context("there is no file")?;
    let written = formats::write(to, &deck);
    written.problems.iter().for_each(|problem| eprintln!("{problem}"));
    match (out, &written.files[..]) {
        (None, [(_, text)]) => print!("{text}"),
        (None, _) => bail!("the format {} is several files: name a folder by --out", to.name()),
        (Some(out), files) => save(out, files, to)?,
    }
    Ok(if errors == 0 { ExitCode::SUCCESS } else { ExitCode::from(WRONG) })
}

/// One file under the name that was asked for, or several in a folder.
fn save(out: &Path, files: &[(String, String)], format: Format) -> Result<()> {
    let several = format == Format::Qti || out.is_dir();
    for (name, text) in files {
        let path = if several { out.join(name) } else { out.to_path_buf() };
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
        }
        fs::write(&path, text).with_context(|| format!("cannot write {}", path.display()))?;
        eprintln!("{}", path.display());
    }
    Ok(())
}

fn judge(files: &[PathBuf], format: Option<Format>, guide: Option<&Path>) -> Result<ExitCode> {
    let mut count = Count::default();
    let mut imports = vec![];
    for path in files {
        match read(path, format) {
            Err(error) => count.nonsense(&error),
            Ok(import) => {
                // What a question of others lacks is said once, as what a bank lacks.
                let errors: Vec<_> = import.problems.iter().filter(|problem| problem.is_error()).cloned().collect();
                count.print(&errors);
                imports.push((path.display().to_string(), import));
            }
        }
    }
    let located = imports.iter().flat_map(|(file, import)| {
        let questions = import.questions.iter().zip(&import.places);
        questions.map(|(question, &place)| Located { file, place, question })
    });
    let bank: Vec<Located> = located.collect();
    count.questions = bank.len();
    let guide = guide.map(Guide::read).transpose()?;
    if let Some(guide) = &guide {
        count.print(&guide.problems);
    }
    count.print(&lint(&bank, guide.as_ref().map(|guide| &guide.anchors)));
    Ok(count.exit())
}
