//! `EventEmitter.prototype.emit`, for events that somebody hears or nobody. What is rare, errors above all, is left to that of
//! `js/lib/events.js`, which this calls.

use super::functions::Function;
use boa_engine::object::FunctionObjectBuilder;
use boa_engine::object::builtins::JsArray;
use boa_engine::{Context, JsArgs, JsObject, JsResult, JsValue, NativeFunction, js_string};

/// `host.quickEmit(otherwise, returned)`: the method. `otherwise` is called for all that is not plain, `returned` with the emitter, the result,
/// the event and its arguments where a listener returned something.
pub const FUNCTIONS: &[(&str, Function)] = &[("quickEmit", |_, args, context| {
    let slow = args.get_or_undefined(0);
    let (Some(otherwise), Some(returned)) = (slow.as_object(), args.get_or_undefined(1).as_object()) else {
        return Ok(slow.clone());
    };
    let method = NativeFunction::from_copy_closure_with_captures(
        |this, args, (otherwise, returned): &(JsObject, JsObject), context| match emit(this, args, returned, context)? {
            Some(heard) => Ok(heard.into()),
            None => otherwise.call(this, args, context),
        },
        (otherwise, returned),
    );
    Ok(FunctionObjectBuilder::new(context.realm(), method).name(js_string!("emit")).length(1).build().into())
})];

/// Whether somebody heard it. `None`: it is not plain, and nobody was called.
fn emit(this: &JsValue, args: &[JsValue], returned: &JsObject, context: &mut Context) -> JsResult<Option<bool>> {
    let (Some(emitter), Some((event, args))) = (this.as_object(), args.split_first()) else { return Ok(None) };
    if event.as_string().is_some_and(|event| event == js_string!("error")) {
        return Ok(None);
    }
    let Some(events) = emitter.get(js_string!("_events"), context)?.as_object() else { return Ok(None) };
    let present = events.get(event.to_property_key(context)?, context)?;
    if present.is_undefined() {
        return Ok(Some(false));
    }
    let Some(present) = present.as_object() else { return Ok(None) };
    let call = |listener: &JsValue, context: &mut Context| -> JsResult<()> {
        let Some(function) = listener.as_object() else { return Ok(()) };
        let result = function.call(this, args, context)?;
        if !result.is_undefined() {
            let args = JsArray::from_iter(args.iter().cloned(), context);
            returned.call(&JsValue::undefined(), &[this.clone(), result, event.clone(), args.into()], context)?;
        }
        Ok(())
    };
    if present.is_callable() {
        call(&present.into(), context)?;
        return Ok(Some(true));
    }
    let Ok(list) = JsArray::from_object(present) else { return Ok(None) };
    // All of them first: listeners that are added or removed meanwhile count from the next time on.
    let count = list.length(context)? as i64;
    let listeners = (0..count).map(|at| list.at(at, context)).collect::<JsResult<Vec<_>>>()?;
    for listener in &listeners {
        call(listener, context)?;
    }
    Ok(Some(true))
}
