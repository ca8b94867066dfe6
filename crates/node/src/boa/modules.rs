//! Texts become functions and modules: Node's builtins, CommonJS files, ES modules.

use super::Callback;
use super::functions::text;
use super::host::{Host, as_path, call_core, halt};
use super::jobs::Job;
use crate::ModuleKind;
use crate::instrument::{Source as Kind, SyntaxError};
use crate::scene::Nanos;
use boa_engine::job::NativeAsyncJob;
use boa_engine::module::{ModuleLoader, ModuleRequest, Referrer, SyntheticModuleInitializer};
use boa_engine::object::JsObject;
use boa_engine::object::builtins::{JsArray, JsFunction, JsPromise};
use boa_engine::property::PropertyKey;
use boa_engine::{
    Context, JsArgs, JsError, JsNativeError, JsNativeErrorKind, JsResult, JsString, JsValue, Module, NativeFunction,
    Script, Source, js_string,
};
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::pin::pin;
use std::rc::Rc;
use std::task::{Poll, Waker};

include!(concat!(env!("OUT_DIR"), "/builtins.rs"));

const WRAPPER: &str = "(function (exports, require, module, __filename, __dirname) { ";
/// Columns by which the wrapper moves the first line of a CommonJS file.
pub const WRAPPER_LENGTH: u32 = WRAPPER.len() as u32;
/// How long the thread pool reads the files behind an `import()`.
const IMPORT_TAKES: Nanos = 240_000;

/// The ES modules of a process by path; a builtin's path is `node:ID`.
#[derive(Default)]
struct Graph(RefCell<BTreeMap<String, Module>>);

/// The function that a builtin's text is the body of.
///
/// # Errors
/// When there is no such builtin, or its text is broken.
pub fn builtin(id: &str, context: &mut Context) -> JsResult<JsFunction> {
    let source = BUILTINS.binary_search_by_key(&id, |&(id, _)| id).map(|at| BUILTINS[at].1);
    let source = source.map_err(|_| JsNativeError::typ().with_message(format!("there is no builtin {id}")))?;
    let text = format!("(function (exports, require, module, process, host) {{{source}\n}})");
    function(&text, &format!("node:{id}"), context)
}

pub fn function(text: &str, path: &str, context: &mut Context) -> JsResult<JsFunction> {
    let script = Script::parse(Source::from_bytes(text).with_path(as_path(path)), None, context)?;
    let value = script.evaluate(context)?;
    value
        .as_callable()
        .and_then(JsFunction::from_object)
        .ok_or_else(|| JsNativeError::typ().with_message("no function").into())
}

/// `host.compileBuiltin(id)`.
pub fn compile_builtin(_: &JsValue, args: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let id = text(args, 0, context)?;
    Ok(builtin(&id, context)?.into())
}

/// `host.builtinIds()`.
pub fn builtin_ids(_: &JsValue, _: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    Ok(JsArray::from_iter(BUILTINS.iter().map(|&(id, _)| js_string!(id).into()), context).into())
}

/// `host.compile(path, source)`: the function of a CommonJS file. The source is read from the tree when it is left out.
pub fn compile(_: &JsValue, args: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let path = text(args, 0, context)?;
    let host = Host::of(context);
    let checked = if args.get_or_undefined(1).is_undefined() {
        host.check(&path)
    } else {
        host.prepare(&path, text(args, 1, context)?, Kind::CommonJs)
    };
    checked.map_err(|error| syntax(&path, &error))?;
    let prepared = host.text(&path).ok_or_else(|| JsNativeError::typ().with_message("the file is gone"))?;
    let compiled = function(&format!("{WRAPPER}{}\n}})", prepared.text), &path, context);
    if path == host.main
        && let Err(error) = &compiled
        && let Some(error) = refused(error, &host, context)
    {
        host.reject(error);
        return Err(halt());
    }
    Ok(compiled?.into())
}

/// What our parser let pass and the engine's does not: its message ends in the place.
fn refused(error: &JsError, host: &Host, context: &mut Context) -> Option<SyntaxError> {
    let native = error.try_native(context).ok().filter(|native| matches!(native.kind(), JsNativeErrorKind::Syntax))?;
    let words = native.message().to_owned();
    let after = |mark: &str| -> Option<u32> {
        let digits = words.rsplit_once(mark)?.1;
        digits[..digits.find(|c: char| !c.is_ascii_digit()).unwrap_or(digits.len())].parse().ok()
    };
    let (line, column) = (after("line ")?, after("col ").unwrap_or(1));
    let prefix = if line == 1 && is_common_js(&host.main, host) { WRAPPER_LENGTH } else { 0 };
    let column = column.saturating_sub(prefix).max(1);
    let column = host.text(&host.main).map_or(column, |text| text.original_column(line, column));
    let message = words.split(" at line ").next().unwrap_or(&words).to_owned();
    Some(SyntaxError { message, line, column })
}

fn syntax(path: &str, error: &SyntaxError) -> JsError {
    JsNativeError::syntax().with_message(format!("{} ({path}:{}:{})", error.message, error.line, error.column)).into()
}

/// Whether a resolved path names a builtin or a package of ours, and no file.
fn is_ours(path: &str) -> bool {
    path.starts_with("node:") || path.starts_with("npm:")
}

/// Whether a file was wrapped in a function.
pub fn is_common_js(path: &str, host: &Host) -> bool {
    if path == host.main { host.module == ModuleKind::CommonJs } else { !path.ends_with(".mjs") }
}

/// Why the main module did not start.
pub enum LoadError {
    Syntax(SyntaxError),
    Thrown(JsError),
}

impl From<JsError> for LoadError {
    fn from(error: JsError) -> Self {
        Self::Thrown(error)
    }
}

/// Loads the main ES module with all it imports and queues the microtask that evaluates it. Returns the promise of its end.
///
/// # Errors
/// A syntax error of the main module, or whatever else keeps it from starting.
pub fn load_main(path: &str, host: &Rc<Host>, context: &mut Context) -> Result<JsValue, LoadError> {
    host.check(path).map_err(LoadError::Syntax)?;
    let module = parse(path, host, context)?;
    let loaded = module.load(context);
    pump(context);
    if let boa_engine::builtins::promise::PromiseState::Rejected(reason) = loaded.state() {
        return Err(LoadError::Thrown(JsError::from_opaque(reason)));
    }
    module.link(context)?;
    let (promise, resolvers) = JsPromise::new_pending(context);
    let evaluate = move |context: &mut Context| {
        let evaluated = module.evaluate(context)?;
        resolvers.resolve.call(&JsValue::undefined(), &[evaluated.into()], context)
    };
    host.state.borrow_mut().queue_module_body(Job::Host(Box::new(evaluate)));
    Ok(promise.into())
}

fn parse(path: &str, host: &Rc<Host>, context: &mut Context) -> JsResult<Module> {
    let graph = graph(context);
    if let Some(module) = graph.0.borrow().get(path) {
        return Ok(module.clone());
    }
    host.check(path).map_err(|error| syntax(path, &error))?;
    let prepared = host.text(path).ok_or_else(|| JsNativeError::typ().with_message("the file is gone"))?;
    let module = Module::parse(Source::from_bytes(prepared.text.as_str()).with_path(as_path(path)), None, context);
    if path == host.main
        && let Err(error) = &module
        && let Some(error) = refused(error, host, context)
    {
        host.reject(error);
        return Err(halt());
    }
    let module = module?;
    graph.0.borrow_mut().insert(path.to_owned(), module.clone());
    Ok(module)
}

fn graph(context: &mut Context) -> Rc<Graph> {
    if !context.has_data::<Rc<Graph>>() {
        context.insert_data(Rc::new(Graph::default()));
    }
    Rc::clone(context.get_data::<Rc<Graph>>().expect("just inserted"))
}

/// Finishes every module request on its way.
fn pump(context: &mut Context) {
    let host = Host::of(context);
    host.pumping.set(true);
    loop {
        let Some(job) = host.loading.borrow_mut().pop_front() else { break };
        let context = RefCell::new(&mut *context);
        let mut future = pin!(job.call(&context));
        let mut task = std::task::Context::from_waker(Waker::noop());
        // Loading a module never waits for anything: it is ready at once.
        while future.as_mut().poll(&mut task) == Poll::Pending {}
    }
    host.pumping.set(false);
}

/// An `import()`: the thread pool reads the files, and the loop hands them over.
pub fn request(job: NativeAsyncJob, host: &Rc<Host>, context: &mut Context) {
    host.loading.borrow_mut().push_back(job);
    if host.pumping.get() {
        return;
    }
    let function = NativeFunction::from_fn_ptr(|_, _, context| {
        pump(context);
        Ok(JsValue::undefined())
    });
    let function = function.to_js_function(context.realm());
    let callback = Callback { function: function.into(), this: JsValue::undefined(), args: Vec::new() };
    let line = host.line();
    host.state.borrow_mut().submit("read module files", "import()", line, IMPORT_TAKES, false, callback);
}

/// Finds modules for the engine.
pub struct Loader(pub Rc<Host>);

impl ModuleLoader for Loader {
    async fn load_imported_module(
        self: Rc<Self>,
        referrer: Referrer,
        request: ModuleRequest,
        context: &RefCell<&mut Context>,
    ) -> JsResult<Module> {
        let context = &mut **context.borrow_mut();
        let specifier = request.specifier().to_std_string_lossy();
        let from = referrer.path().map_or_else(|| self.0.main.clone(), |path| path.to_string_lossy().into_owned());
        let core =
            self.0.core.borrow().clone().ok_or_else(|| JsNativeError::typ().with_message("Node is not up yet"))?;
        let args = [js_string!(specifier.as_str()).into(), js_string!(from.as_str()).into()];
        let resolved = call_core(&core, "resolveImport", &args, context)?.to_string(context)?.to_std_string_lossy();
        if resolved.ends_with(".json") || is_ours(&resolved) || is_common_js(&resolved, &self.0) {
            return wrapped(&resolved, &core, &self.0, context);
        }
        parse(&resolved, &self.0, context)
    }

    fn init_import_meta(self: Rc<Self>, meta: &JsObject, module: &Module, context: &mut Context) {
        let path = module.path().map(|path| path.to_string_lossy().into_owned()).unwrap_or_default();
        let Some(core) = self.0.core.borrow().clone() else { return };
        // Defines properties of a fresh object: it cannot fail.
        let _ = call_core(&core, "initImportMeta", &[meta.clone().into(), js_string!(path.as_str()).into()], context);
    }
}

/// A builtin, a CommonJS file or JSON as an ES module: `module.exports` is the default export, its names are exports too.
fn wrapped(path: &str, core: &JsObject, host: &Rc<Host>, context: &mut Context) -> JsResult<Module> {
    let graph = graph(context);
    if let Some(module) = graph.0.borrow().get(path) {
        return Ok(module.clone());
    }
    let mut names = match is_ours(path) {
        true => {
            let exports = call_core(core, "requireAbsolute", &[js_string!(path).into()], context)?;
            own_names(&exports, context)?
        }
        false => host.read(path).map(|bytes| exported_names(&String::from_utf8_lossy(&bytes))).unwrap_or_default(),
    };
    names.retain(|name| name != "default");
    let mut exports: Vec<JsString> = names.iter().map(|name| js_string!(name.as_str())).collect();
    exports.push(js_string!("default"));
    let initialise = SyntheticModuleInitializer::from_copy_closure_with_captures(
        |module, (path, names): &(String, Vec<String>), context| {
            let host = Host::of(context);
            let core =
                host.core.borrow().clone().ok_or_else(|| JsNativeError::typ().with_message("Node is not up yet"))?;
            let exports = call_core(&core, "requireAbsolute", &[js_string!(path.as_str()).into()], context)?;
            for name in names {
                let value = match exports.as_object() {
                    Some(object) => object.get(js_string!(name.as_str()), context)?,
                    None => JsValue::undefined(),
                };
                module.set_export(&js_string!(name.as_str()), value)?;
            }
            module.set_export(&js_string!("default"), exports)
        },
        (path.to_owned(), names),
    );
    let module = Module::synthetic(&exports, initialise, Some(as_path(path).to_path_buf()), None, context);
    graph.0.borrow_mut().insert(path.to_owned(), module.clone());
    Ok(module)
}

fn own_names(value: &JsValue, context: &mut Context) -> JsResult<Vec<String>> {
    let Some(object) = value.as_object() else { return Ok(Vec::new()) };
    let keys = object.own_property_keys(context)?;
    Ok(keys
        .into_iter()
        .filter_map(|key| match key {
            PropertyKey::String(name) => Some(name.to_std_string_lossy()),
            PropertyKey::Index(index) => Some(index.get().to_string()),
            PropertyKey::Symbol(_) => None,
        })
        .collect())
}

/// The names a CommonJS file seems to export, found in its text before it runs, as Node does (cjs-module-lexer).
fn exported_names(source: &str) -> Vec<String> {
    let mut names = Vec::new();
    let mut add = |name: &str| {
        let valid = name.chars().all(|c| c == '_' || c == '$' || c.is_alphanumeric());
        if valid && !name.is_empty() && !names.iter().any(|known| known == name) {
            names.push(name.to_owned());
        }
    };
    let identifier = |text: &str| {
        let end = text.find(|c: char| c != '_' && c != '$' && !c.is_alphanumeric()).unwrap_or(text.len());
        text[..end].to_owned()
    };
    for (at, found) in source.match_indices("exports.") {
        let rest = &source[at + found.len()..];
        let name = identifier(rest);
        let assigned = rest[name.len()..].trim_start();
        if assigned.starts_with('=') && !assigned.starts_with("==") {
            add(&name);
        }
    }
    for (at, found) in source.match_indices("module.exports") {
        let rest = source[at + found.len()..].trim_start();
        let Some(object) = rest.strip_prefix('=').map(str::trim_start).and_then(|rest| rest.strip_prefix('{')) else {
            continue;
        };
        let body = object.split('}').next().unwrap_or("");
        for entry in body.split(',') {
            add(&identifier(entry.trim()));
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use super::exported_names;

    #[test]
    fn names_are_found_without_running_the_file() {
        let source = "exports.a = 1; module.exports.b = 2; exports.c == 3; module.exports = { d, e: 4 };";
        assert_eq!(exported_names(source), ["a", "b", "d", "e"]);
    }
}
