//! What Node's C++ layer is to its JavaScript: the object `host` that every builtin sees.

use super::files::folder_of;
use super::host::{Host, halt};
use super::jobs::{EPOCH, Job};
use super::{Callback, buffers, bytes, emitter, modules, packages, postgres, remote, step, values, watch};
use crate::ModuleKind;
use crate::event_loop::State;
use crate::instrument;
use crate::scene::{Outcome, Stream};
use boa_engine::object::builtins::JsArray;
use boa_engine::object::{JsObject, ObjectInitializer};
use boa_engine::property::{Attribute, PropertyDescriptor};
use boa_engine::{Context, JsArgs, JsNativeError, JsResult, JsString, JsValue, NativeFunction, js_string};

/// A function of the host object.
pub type Function = fn(&JsValue, &[JsValue], &mut Context) -> JsResult<JsValue>;

/// A string argument.
pub fn text(args: &[JsValue], index: usize, context: &mut Context) -> JsResult<String> {
    Ok(args.get_or_undefined(index).to_string(context)?.to_std_string_lossy())
}

/// A number argument; zero for what is none.
pub fn number(args: &[JsValue], index: usize) -> f64 {
    args.get_or_undefined(index).as_number().unwrap_or(0.0)
}

pub(super) fn callback(args: &[JsValue], index: usize) -> JsResult<Callback> {
    let function = args.get_or_undefined(index).as_callable();
    let function = function.ok_or_else(|| JsNativeError::typ().with_message("the host was given no function"))?;
    Ok(Callback { function, this: JsValue::undefined(), args: args.get(index + 1..).unwrap_or_default().to_vec() })
}

/// Runs `f` on the state; when the process was halted by it, no JavaScript goes on.
pub(super) fn with_state<T>(
    context: &mut Context,
    f: impl FnOnce(&mut State<Callback, Job>, Option<u32>) -> T,
) -> JsResult<T> {
    let host = Host::of(context);
    let line = host.line();
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
        Ok(host.memory_in_use().unwrap_or(32 << 20).into())
    }),
    ("files", |_, _, context| {
        let rows = Host::of(context).list();
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
        let line = Host::of(context).original_line(&path, number(args, 1) as usize);
        Ok(line.map_or(JsValue::undefined(), |line| js_string!(line.as_str()).into()))
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
        let thrown = Host::of(context).thrown_at(args.get_or_undefined(0));
        let Some((path, line, column)) = thrown else { return Ok(JsValue::undefined()) };
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
    ("compilePackage", packages::compile),
    ("packageIds", packages::ids),
    ("promiseDetails", values::promise_details),
    ("detach", values::detach),
    ("isKind", values::kind),
    ("nameOf", values::name_of),
    ("isClass", values::is_class),
    ("classText", |_, args, context| {
        let name = text(args, 0, context)?;
        let found = Host::of(context).class_text(&name);
        Ok(found.map_or(JsValue::undefined(), |text| js_string!(text.as_str()).into()))
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
    host.note_thrown(&value, (path.unwrap_or_default(), number(args, 0) as u32, number(args, 1) as u32));
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
    let outside: &[&[(&str, Function)]] = if cfg!(feature = "remote") {
        &[remote::FUNCTIONS, watch::FUNCTIONS, postgres::FUNCTIONS, buffers::FUNCTIONS, emitter::FUNCTIONS]
    } else {
        &[]
    };
    for (name, function) in FUNCTIONS.iter().chain(bytes::FUNCTIONS).chain(outside.iter().copied().flatten()) {
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
