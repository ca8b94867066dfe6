//! What Node's C++ layer is to its JavaScript: the object `host` that every builtin sees.

use super::files::{Files, Mount, folder_of};
use super::jobs::{EPOCH, Job};
use super::step::Rounds;
use super::{Callback, Shared, bytes, modules, step, values};
use crate::instrument::{self, Instrumented, Source, SyntaxError};
use crate::scene::{Outcome, Stream};
use crate::{ModuleKind, Options, Scenario};
use boa_engine::error::RuntimeLimitError;
use boa_engine::job::NativeAsyncJob;
use boa_engine::object::builtins::{JsArray, JsFunction};
use boa_engine::object::{JsObject, ObjectInitializer};
use boa_engine::property::{Attribute, PropertyDescriptor};
use boa_engine::{Context, JsArgs, JsError, JsNativeError, JsResult, JsString, JsValue, NativeFunction, js_string};
use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, VecDeque};
use std::fmt::{self, Write};
use std::path::Path;
use std::rc::Rc;

/// A function of the host object.
type Function = fn(&JsValue, &[JsValue], &mut Context) -> JsResult<JsValue>;

/// A file that has been prepared for the engine.
pub struct Prepared {
    pub original: String,
    pub instrumented: Rc<Instrumented>,
}

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
    args: Vec<String>,
    files: RefCell<Files>,
    mount: Option<Rc<dyn Mount>>,
    observing: bool,
    stepping: bool,
    gauge: Option<fn() -> usize>,
    prepared: RefCell<BTreeMap<String, Prepared>>,
    /// What has been drawn of the callback that runs now.
    pub rounds: RefCell<Rounds>,
    random: Cell<u64>,
    /// The value thrown last, and where: file, line, column.
    thrown: RefCell<Option<(JsValue, String, u32, u32)>>,
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
            observing: options.observe,
            stepping: options.steps,
            gauge: options.memory_gauge,
            prepared: RefCell::default(),
            rounds: RefCell::default(),
            random: Cell::new(0),
            thrown: RefCell::default(),
        }
    }

    /// Gives the process its program. *Never* after anything of it has run.
    pub fn load(&self, scenario: &Scenario) {
        *self.files.borrow_mut() = Files::new(scenario, &self.main, self.mount.clone());
        self.random.set(scenario.seed);
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
    pub fn line(&self, _context: &Context) -> Option<u32> {
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
        let Some(used) = self.gauge.map(|gauge| gauge()).filter(|&used| used > self.memory) else { return Ok(()) };
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

/// A string argument.
pub fn text(args: &[JsValue], index: usize, context: &mut Context) -> JsResult<String> {
    Ok(args.get_or_undefined(index).to_string(context)?.to_std_string_lossy())
}

fn number(args: &[JsValue], index: usize) -> f64 {
    args.get_or_undefined(index).as_number().unwrap_or(0.0)
}

fn callback(args: &[JsValue], index: usize) -> JsResult<Callback> {
    let function = args.get_or_undefined(index).as_callable();
    let function = function.ok_or_else(|| JsNativeError::typ().with_message("the host was given no function"))?;
    Ok(Callback { function, this: JsValue::undefined(), args: args.get(index + 1..).unwrap_or_default().to_vec() })
}

/// Runs `f` on the state; when the process was halted by it, no JavaScript goes on.
fn with_state<T>(
    context: &mut Context,
    f: impl FnOnce(&mut crate::event_loop::State<Callback, Job>, Option<u32>) -> T,
) -> JsResult<T> {
    let host = Host::of(context);
    let line = host.line(context);
    let mut state = host.state.borrow_mut();
    let result = f(&mut state, line);
    if state.halt.is_some() { Err(halt()) } else { Ok(result) }
}

const MICRO: f64 = 1_000.0;

/// Every host function that is not about bytes.
const FUNCTIONS: &[(&str, Function)] = &[
    ("now", |_, _, context| {
        let host = Host::of(context);
        let now = host.state.borrow_mut().read_clock();
        Ok((now as f64 / 1e6).into())
    }),
    // The time for Node's own use: asking costs nothing.
    ("clock", |_, _, context| Ok((Host::of(context).state.borrow().now() as f64 / 1e6).into())),
    ("write", |_, args, context| {
        let text = text(args, 1, context)?;
        let stream = if number(args, 0) == 2.0 { Stream::Stderr } else { Stream::Stdout };
        with_state(context, |state, _| state.print(stream, &text))?;
        Ok(JsValue::undefined())
    }),
    ("queueTick", |_, args, context| {
        let (name, callback) = (text(args, 0, context)?, callback(args, 1)?);
        with_state(context, |state, line| state.queue_tick(&name, line, callback))?;
        Ok(JsValue::undefined())
    }),
    ("queueMicrotask", |_, args, context| {
        let (name, callback) = (text(args, 0, context)?, callback(args, 1)?);
        let run = move |context: &mut Context| {
            let host = Host::of(context);
            {
                let mut state = host.state.borrow_mut();
                if let Some(id) = state.running() {
                    state.recorder.rename(id, name, None);
                }
            }
            callback.function.call(&callback.this, &callback.args, context)
        };
        with_state(context, |state, line| state.queue_microtask(line, Job::Host(Box::new(run))))?;
        Ok(JsValue::undefined())
    }),
    ("startTimer", |_, args, context| {
        let (name, callback) = (text(args, 0, context)?, callback(args, 3)?);
        let (delay, repeats) = (number(args, 1), args.get_or_undefined(2).to_boolean());
        with_state(context, |state, line| state.start_timer(&name, line, delay, repeats, callback)).map(JsValue::from)
    }),
    ("clearTimer", |_, args, context| {
        with_state(context, |state, _| state.clear_timer(number(args, 0) as u32)).map(JsValue::from)
    }),
    ("refreshTimer", |_, args, context| {
        with_state(context, |state, _| state.refresh_timer(number(args, 0) as u32))?;
        Ok(JsValue::undefined())
    }),
    ("refTimer", |_, args, context| {
        let on = args.get_or_undefined(1).to_boolean();
        with_state(context, |state, _| state.ref_timer(number(args, 0) as u32, on))?;
        Ok(JsValue::undefined())
    }),
    ("startImmediate", |_, args, context| {
        let (name, callback) = (text(args, 0, context)?, callback(args, 1)?);
        with_state(context, |state, line| state.start_immediate(&name, line, callback)).map(JsValue::from)
    }),
    ("clearImmediate", |_, args, context| {
        with_state(context, |state, _| state.clear_immediate(number(args, 0) as u32))?;
        Ok(JsValue::undefined())
    }),
    ("refImmediate", |_, args, context| {
        let on = args.get_or_undefined(1).to_boolean();
        with_state(context, |state, _| state.ref_immediate(number(args, 0) as u32, on))?;
        Ok(JsValue::undefined())
    }),
    ("pool", |_, args, context| submit(args, context, false)),
    ("poolSlow", |_, args, context| submit(args, context, true)),
    ("network", |_, args, context| {
        let (what, name, callback) = (text(args, 0, context)?, text(args, 1, context)?, callback(args, 3)?);
        let delay = (number(args, 2) * MICRO) as u64;
        with_state(context, |state, line| state.network(&what, &name, line, delay, callback))?;
        Ok(JsValue::undefined())
    }),
    ("pending", |_, args, context| {
        let (name, callback) = (text(args, 0, context)?, callback(args, 1)?);
        with_state(context, |state, line| state.queue_pending(&name, line, callback))?;
        Ok(JsValue::undefined())
    }),
    ("closing", |_, args, context| {
        let (name, callback) = (text(args, 0, context)?, callback(args, 1)?);
        with_state(context, |state, line| state.queue_close(&name, line, callback))?;
        Ok(JsValue::undefined())
    }),
    ("openHandle", |_, args, context| {
        let what = text(args, 0, context)?;
        with_state(context, |state, _| state.open_handle(&what)).map(JsValue::from)
    }),
    ("closeHandle", |_, args, context| {
        with_state(context, |state, _| state.close_handle(number(args, 0) as u32))?;
        Ok(JsValue::undefined())
    }),
    ("refHandle", |_, args, context| {
        let on = args.get_or_undefined(1).to_boolean();
        with_state(context, |state, _| state.ref_handle(number(args, 0) as u32, on))?;
        Ok(JsValue::undefined())
    }),
    ("setRejectionToWarn", |_, args, context| {
        let on = args.get_or_undefined(0).to_boolean();
        with_state(context, |state, _| state.rejection_to_warn = on)?;
        Ok(JsValue::undefined())
    }),
    ("exit", |_, args, context| {
        let code = number(args, 0) as i32;
        let host = Host::of(context);
        let note = format!("**The process ends** with exit code {code}.");
        host.state.borrow_mut().stop(Outcome::Exited { code }, note);
        Err(halt())
    }),
    ("crash", |_, args, context| {
        let code = number(args, 0) as i32;
        let message = text(args, 1, context)?;
        let line = args.get_or_undefined(2).as_number().map(|line| line as u32);
        let host = Host::of(context);
        let quoted = interleave_kernel::Note::code(&message);
        let note = format!("**Nobody handled the error, so the process ends** with exit code {code}: {quoted}");
        host.state.borrow_mut().stop(Outcome::Threw { code, message, line }, note);
        Err(halt())
    }),
    ("random", |_, _, context| {
        let bits = Host::of(context).random_bits() >> 11;
        Ok((bits as f64 / (1u64 << 53) as f64).into())
    }),
    ("memoryUsage", |_, _, context| {
        let host = Host::of(context);
        Ok(host.gauge.map_or(32 << 20, |gauge| gauge()).into())
    }),
    ("files", |_, _, context| {
        let rows = Host::of(context).files.borrow().list();
        let rows: Vec<JsValue> = rows
            .into_iter()
            .map(|(path, is_folder, size)| {
                let kind = if is_folder { js_string!("dir") } else { js_string!("file") };
                let row = [js_string!(path.as_str()).into(), kind.into(), JsValue::from(size as f64)];
                JsArray::from_iter(row, context).into()
            })
            .collect();
        Ok(JsArray::from_iter(rows, context).into())
    }),
    ("readFile", |_, args, context| {
        let path = text(args, 0, context)?;
        match Host::of(context).read(&path) {
            Some(bytes) => bytes::bytes_out(bytes, context),
            None => Ok(JsValue::undefined()),
        }
    }),
    ("sourceLine", |_, args, context| {
        let path = text(args, 0, context)?;
        let line = number(args, 1) as usize;
        let host = Host::of(context);
        let prepared = host.prepared.borrow();
        let text = prepared.get(&path).and_then(|file| file.original.split('\n').nth(line.wrapping_sub(1)));
        Ok(text.map_or(JsValue::undefined(), |text| js_string!(text.trim_end_matches('\r')).into()))
    }),
    ("originalColumn", |_, args, context| {
        let path = text(args, 0, context)?;
        let (line, column) = (number(args, 1) as u32, number(args, 2) as u32);
        let host = Host::of(context);
        let prefix = if line == 1 && modules::is_common_js(&path, &host) { modules::WRAPPER_LENGTH } else { 0 };
        let column = column.saturating_sub(prefix).max(1);
        Ok(host.text(&path).map_or(column, |file| file.original_column(line, column)).into())
    }),
    ("thrownAt", |_, args, context| {
        let host = Host::of(context);
        let thrown = host.thrown.borrow().clone();
        let Some((value, path, line, column)) = thrown else { return Ok(JsValue::undefined()) };
        if !JsValue::same_value(&value, args.get_or_undefined(0)) {
            return Ok(JsValue::undefined());
        }
        let place = [js_string!(path.as_str()).into(), line.into(), column.into()];
        Ok(JsArray::from_iter(place, context).into())
    }),
    ("withoutInsertions", |_, args, context| {
        let source = text(args, 0, context)?;
        Ok(js_string!(instrument::without_insertions(&source).as_str()).into())
    }),
    ("compile", modules::compile),
    ("compileBuiltin", modules::compile_builtin),
    ("builtinIds", modules::builtin_ids),
    ("promiseDetails", values::promise_details),
    ("detach", values::detach),
    ("isKind", values::kind),
    ("isClass", values::is_class),
    ("classText", |_, args, context| {
        let name = text(args, 0, context)?;
        let host = Host::of(context);
        let prepared = host.prepared.borrow();
        let mut classes = prepared.values().flat_map(|file| &file.instrumented.classes);
        let found = classes.find(|(known, _)| *known == name);
        Ok(found.map_or(JsValue::undefined(), |(_, text)| js_string!(text.as_str()).into()))
    }),
    ("lastLine", |_, _, context| {
        let line = Host::of(context).state.borrow().line;
        Ok(line.map_or(JsValue::undefined(), JsValue::from))
    }),
];

fn submit(args: &[JsValue], context: &mut Context, slow: bool) -> JsResult<JsValue> {
    let (what, name, callback) = (text(args, 0, context)?, text(args, 1, context)?, callback(args, 3)?);
    let takes = (number(args, 2) * MICRO) as u64;
    with_state(context, |state, line| state.submit(&what, &name, line, takes, slow, callback))?;
    Ok(JsValue::undefined())
}

/// `__thrown__(line, column, value)`: notes where a value is thrown and gives it back.
fn thrown(_: &JsValue, args: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let host = Host::of(context);
    let path = context.stack_trace().next().map(|frame| frame.code_block().path().to_string());
    let value = args.get_or_undefined(2).clone();
    let place = (value.clone(), path.unwrap_or_default(), number(args, 0) as u32, number(args, 1) as u32);
    *host.thrown.borrow_mut() = Some(place);
    Ok(value)
}

/// Makes the object `host`, and the global functions that instrumented programs call.
///
/// # Errors
/// *Never* but for a fault of ours.
pub fn object(context: &mut Context) -> JsResult<JsObject> {
    for (name, function) in
        [(instrument::STEP, step::step as Function), (instrument::ENTER, step::enter), (instrument::THROWN, thrown)]
    {
        let function = NativeFunction::from_fn_ptr(function).to_js_function(context.realm());
        let hidden =
            PropertyDescriptor::builder().value(function).writable(false).enumerable(false).configurable(false);
        context.global_object().define_property_or_throw(JsString::from(name), hidden, context)?;
    }
    let host = Host::of(context);
    let args = JsArray::from_iter(host.args.iter().map(|arg| js_string!(arg.as_str()).into()), context);
    let mut object = ObjectInitializer::new(context);
    for (name, function) in FUNCTIONS.iter().chain(bytes::FUNCTIONS) {
        object.function(NativeFunction::from_fn_ptr(*function), JsString::from(*name), 0);
    }
    let all = Attribute::all();
    object.property(js_string!("args"), args, all);
    object.property(js_string!("epoch"), EPOCH as f64, all);
    object.property(js_string!("main"), js_string!(host.main.as_str()), all);
    object.property(js_string!("cwd"), js_string!(folder_of(&host.main)), all);
    object.property(js_string!("version"), js_string!(crate::NODE_VERSION), all);
    object.property(js_string!("isModule"), host.module == ModuleKind::Module, all);
    Ok(object.build())
}

/// A path as the engine wants it.
pub fn as_path(path: &str) -> &Path {
    Path::new(path)
}
