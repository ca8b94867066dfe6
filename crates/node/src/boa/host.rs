//! What a process is to the engine's hooks and to the host functions.

use super::Shared;
use super::files::{Files, Mount};
use super::garbage::Growth;
use super::step::Rounds;
use crate::instrument::{self, Instrumented, Source, SyntaxError};
use crate::scene::{Outcome, Stream};
use crate::{Database, ModuleKind, Options, Scenario};
use boa_engine::error::RuntimeLimitError;
use boa_engine::job::NativeAsyncJob;
use boa_engine::object::JsObject;
use boa_engine::object::builtins::JsFunction;
use boa_engine::{Context, JsError, JsNativeError, JsResult, JsString, JsValue, js_string};
use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, VecDeque};
use std::fmt::{self, Write};
use std::path::Path;
use std::rc::Rc;

/// A file that has been prepared for the engine.
pub struct Prepared {
    pub original: String,
    pub instrumented: Rc<Instrumented>,
}

/// File, line and column, both from 1.
pub type Place = (String, u32, u32);

/// Everything host functions need.
pub struct Host {
    pub state: Shared,
    /// The functions js/core/bootstrap.js gave us; `None` while it runs.
    pub core: RefCell<Option<JsObject>>,
    /// Module requests on their way.
    pub loading: RefCell<VecDeque<NativeAsyncJob>>,
    pub main: String,
    pub module: ModuleKind,
    pub memory: usize,
    pub drawn_depth: usize,
    /// The loading queue is being emptied: what is added to it needs nobody else.
    pub pumping: Cell<bool>,
    pub args: Vec<String>,
    /// Texts of npm packages beyond those that are built in.
    pub packages: Rc<BTreeMap<String, String>>,
    /// The database of the scenario.
    pub database: RefCell<Option<Database>>,
    files: RefCell<Files>,
    mount: Option<Rc<dyn Mount>>,
    observing: bool,
    stepping: bool,
    gauge: Option<fn() -> usize>,
    prepared: RefCell<BTreeMap<String, Prepared>>,
    /// What has been drawn of the callback that runs now.
    pub rounds: RefCell<Rounds>,
    growth: Growth,
    random: Cell<u64>,
    /// The value thrown last, and where: file, line, column.
    thrown: RefCell<Option<(JsValue, Place)>>,
}

impl Host {
    /// The host of a process that will load its main module as `module`.
    pub fn new(module: ModuleKind, options: &Options, state: Shared) -> Self {
        let main = options.main.clone().unwrap_or_else(|| {
            let name = if module == ModuleKind::Module { "main.mjs" } else { "main.js" };
            format!("/home/node/{name}")
        });
        Self {
            state,
            core: RefCell::default(),
            loading: RefCell::default(),
            pumping: Cell::new(false),
            files: RefCell::default(),
            mount: options.mount.clone(),
            main,
            module,
            memory: options.budget.memory,
            drawn_depth: 40,
            args: options.args.clone(),
            packages: Rc::clone(&options.packages),
            database: RefCell::default(),
            observing: options.observe,
            stepping: options.steps,
            gauge: options.memory_gauge,
            prepared: RefCell::default(),
            rounds: RefCell::default(),
            growth: Growth::since(options.memory_gauge.map_or(0, |gauge| gauge())),
            random: Cell::new(0),
            thrown: RefCell::default(),
        }
    }

    /// Gives the process its program. *Never* after anything of it has run.
    pub fn load(&self, scenario: &Scenario) {
        *self.files.borrow_mut() = Files::new(scenario, &self.main, self.mount.clone());
        self.random.set(scenario.seed);
        self.database.borrow_mut().clone_from(&scenario.database);
    }

    /// The host of a context.
    pub fn of(context: &Context) -> Rc<Self> {
        Rc::clone(context.get_data::<Rc<Self>>().expect("the context was made with its host"))
    }

    pub fn halted(&self) -> bool {
        self.state.borrow().halt.is_some()
    }

    /// Whether programs say where they are.
    pub fn is_instrumented(&self) -> bool {
        self.stepping
    }

    /// Parses a file and prepares it, once.
    ///
    /// # Errors
    /// Where it is not JavaScript.
    pub fn check(&self, path: &str) -> Result<(), SyntaxError> {
        if self.prepared.borrow().contains_key(path) {
            return Ok(());
        }
        let original = self
            .files
            .borrow()
            .read(path)
            .map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
            .unwrap_or_default();
        let kind = if path == self.main && self.module == ModuleKind::Module || path.ends_with(".mjs") {
            Source::Module
        } else {
            Source::CommonJs
        };
        self.prepare(path, original, kind)
    }

    /// Prepares a text as the file `path`.
    ///
    /// # Errors
    /// Where it is not JavaScript.
    pub fn prepare(&self, path: &str, original: String, kind: Source) -> Result<(), SyntaxError> {
        // A `#!` line is a comment; the engine's parser does not know it inside a function.
        let source = original.strip_prefix("#!").map_or_else(|| original.clone(), |line| format!("//{line}"));
        let instrumented = instrument::instrument(&source, kind, self.stepping)?;
        let prepared = Prepared { original, instrumented: Rc::new(instrumented) };
        self.prepared.borrow_mut().insert(path.to_owned(), prepared);
        Ok(())
    }

    /// A prepared file's text.
    pub fn text(&self, path: &str) -> Option<Rc<Instrumented>> {
        self.prepared.borrow().get(path).map(|prepared| Rc::clone(&prepared.instrumented))
    }

    /// A file of the process's tree.
    pub fn read(&self, path: &str) -> Option<Vec<u8>> {
        self.files.borrow().read(path)
    }

    /// Every file and folder of the process's tree.
    pub fn list(&self) -> Vec<(String, bool, u64)> {
        self.files.borrow().list()
    }

    /// Bytes in use, where somebody can tell.
    pub fn memory_in_use(&self) -> Option<usize> {
        self.gauge.map(|gauge| gauge())
    }

    /// A line of the main file, without its indentation, cut where it is long.
    pub fn source_line(&self, line: u32) -> String {
        const SHOWN: usize = 72;
        let prepared = self.prepared.borrow();
        let text =
            prepared.get(&self.main).and_then(|file| file.original.lines().nth(line as usize - 1)).unwrap_or("").trim();
        match text.char_indices().nth(SHOWN) {
            Some((end, _)) => format!("{}…", &text[..end]),
            None => text.to_owned(),
        }
    }

    /// A line of a prepared file, as the learner wrote it.
    pub fn original_line(&self, path: &str, line: usize) -> Option<String> {
        let prepared = self.prepared.borrow();
        let text = prepared.get(path)?.original.split('\n').nth(line.wrapping_sub(1))?;
        Some(text.trim_end_matches('\r').to_owned())
    }

    /// The text of a class of the program, by its name.
    pub fn class_text(&self, name: &str) -> Option<String> {
        let prepared = self.prepared.borrow();
        let mut classes = prepared.values().flat_map(|file| &file.instrumented.classes);
        classes.find(|(known, _)| known == name).map(|(_, text)| text.clone())
    }

    /// Whether `await` stands on a line of the main file.
    pub fn line_awaits(&self, line: u32) -> bool {
        let prepared = self.prepared.borrow();
        let text =
            prepared.get(&self.main).and_then(|file| file.original.lines().nth((line as usize).saturating_sub(1)));
        text.is_some_and(|text| text.contains("await"))
    }

    /// Whether a source path of the engine, as it is displayed, is the main file's.
    pub fn is_main(&self, path: &impl fmt::Display) -> bool {
        let mut rest = Unequal { rest: &self.main };
        write!(rest, "{path}").is_ok() && rest.rest.is_empty()
    }

    /// Whether the innermost function is one of the main file's.
    pub fn is_in_main(&self, context: &Context) -> bool {
        context.stack_trace().next().is_some_and(|frame| self.is_main(frame.code_block().path()))
    }

    /// Whether the innermost function is one of Node's own.
    pub fn is_in_node(&self, context: &Context) -> bool {
        context.stack_trace().next().is_some_and(|frame| frame.code_block().path().to_string().starts_with("node:"))
    }

    /// Whether anybody watches.
    pub fn is_observed(&self) -> bool {
        self.observing
    }

    /// The line of the main file that ran last.
    pub fn line(&self) -> Option<u32> {
        self.state.borrow().line
    }

    /// How a function is shown.
    pub fn shown_name(&self, name: &str) -> String {
        match name {
            "" => "(anonymous)".to_owned(),
            "<main>" | "module" => "main script".to_owned(),
            name => name.to_owned(),
        }
    }

    /// The innermost function of the engine's stack.
    pub fn innermost_function(&self, context: &Context) -> Option<String> {
        let frame = context.stack_trace().next()?;
        Some(self.shown_name(&frame.code_block().name().to_std_string_escaped())).filter(|name| name != "(anonymous)")
    }

    /// A function's own name.
    pub fn function_name(&self, function: &JsFunction, context: &mut Context) -> String {
        let name = function.get(js_string!("name"), context).ok().and_then(|name| name.as_string());
        name.map(|name| name.to_std_string_escaped()).unwrap_or_default()
    }

    /// Looked at before every step: a string that doubles needs only thirty.
    ///
    /// # Errors
    /// When the memory budget is used up.
    pub fn check_memory(&self) -> JsResult<()> {
        let used = self.gauge.map_or(0, |gauge| self.growth.measured(gauge));
        if used <= self.memory {
            return Ok(());
        }
        let mut state = self.state.borrow_mut();
        let place = state.line.map_or(String::new(), |line| format!(" near line {line}"));
        state.exhaust(format!(
            "The program holds {} MB of memory{place}. It is stopped before it takes the page with it.",
            used >> 20
        ));
        Err(halt())
    }

    /// Ends a process whose main module cannot be compiled, with Node's words for it.
    pub fn reject(&self, error: SyntaxError) {
        let SyntaxError { message, line, column } = error;
        let note = format!("**The program cannot be compiled.** Line {line}: {message}");
        self.print_syntax_error(&message, line, column);
        self.state.borrow_mut().stop(Outcome::Rejected { message, line, column }, note);
    }

    /// Notes that `value` is thrown at a place: file, line, column.
    pub fn note_thrown(&self, value: &JsValue, place: Place) {
        *self.thrown.borrow_mut() = Some((value.clone(), place));
    }

    /// Where `value` was thrown, if nothing else was thrown since.
    pub fn thrown_at(&self, value: &JsValue) -> Option<Place> {
        let thrown = self.thrown.borrow();
        thrown.as_ref().filter(|(thrown, _)| JsValue::same_value(thrown, value)).map(|(_, place)| place.clone())
    }

    /// Forgets where a value was thrown last.
    pub fn forget_thrown(&self) {
        *self.thrown.borrow_mut() = None;
    }

    /// Writes what Node writes when a program cannot be compiled.
    pub fn print_syntax_error(&self, message: &str, line: u32, column: u32) {
        let source = self
            .files
            .borrow()
            .read(&self.main)
            .map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
            .unwrap_or_default();
        let source = source.lines().nth(line as usize - 1).unwrap_or("");
        let caret = " ".repeat(column as usize - 1) + "^";
        let place = if self.module == ModuleKind::Module { format!("file://{}", self.main) } else { self.main.clone() };
        let text = format!(
            "{place}:{line}\n{source}\n{caret}\n\nSyntaxError: {message}\n\nNode.js v{}\n",
            crate::NODE_VERSION
        );
        self.state.borrow_mut().print(Stream::Stderr, &text);
    }

    /// SplitMix64 (Steele, Lea & Flood 2014): 64 bits, the same for the same seed.
    pub fn random_bits(&self) -> u64 {
        let state = self.random.get().wrapping_add(0x9E37_79B9_7F4A_7C15);
        self.random.set(state);
        let mut z = state;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }
}

/// Compares what is written to it with a text, without keeping it.
struct Unequal<'a> {
    rest: &'a str,
}

impl fmt::Write for Unequal<'_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.rest = self.rest.strip_prefix(text).ok_or(fmt::Error)?;
        Ok(())
    }
}

/// The error that no program can catch: the process is over.
pub fn halt() -> JsError {
    RuntimeLimitError::LoopIteration.into()
}

/// Calls one of the functions of js/core/bootstrap.js.
///
/// # Errors
/// What it throws.
pub fn call_core(core: &JsObject, name: &str, args: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let function = core.get(JsString::from(name), context)?;
    let function =
        function.as_callable().ok_or_else(|| JsNativeError::typ().with_message(format!("core has no {name}")))?;
    function.call(&JsValue::undefined(), args, context)
}

/// A path as the engine wants it.
pub fn as_path(path: &str) -> &Path {
    Path::new(path)
}
