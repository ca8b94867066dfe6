//! What only the engine knows of a value: `internalBinding('util')` and `internalBinding('types')` of Node.

use boa_engine::builtins::promise::PromiseState;
use boa_engine::object::builtins::{
    JsArrayBuffer, JsDataView, JsDate, JsGenerator, JsMap, JsMapIterator, JsPromise, JsProxy, JsRegExp, JsSet,
    JsSetIterator, JsSharedArrayBuffer, JsTypedArray, JsWeakMap, JsWeakSet,
};
use boa_engine::{Context, JsArgs, JsBigInt, JsObject, JsResult, JsString, JsSymbol, JsValue, js_string};

/// `host.promiseDetails(promise)`: state (0 pending, 1 fulfilled, 2 rejected) and value.
pub fn promise_details(_: &JsValue, args: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let Some(promise) = args.get_or_undefined(0).as_object().and_then(|object| JsPromise::from_object(object).ok())
    else {
        return Ok(JsValue::undefined());
    };
    let (state, value) = match promise.state() {
        PromiseState::Pending => (0, JsValue::undefined()),
        PromiseState::Fulfilled(value) => (1, value),
        PromiseState::Rejected(reason) => (2, reason),
    };
    let details = boa_engine::object::builtins::JsArray::from_iter([state.into(), value], context);
    Ok(details.into())
}

/// `host.detach(buffer)`: empties an ArrayBuffer, as moving it elsewhere does.
pub fn detach(_: &JsValue, args: &[JsValue], _: &mut Context) -> JsResult<JsValue> {
    if let Some(buffer) =
        args.get_or_undefined(0).as_object().and_then(|object| JsArrayBuffer::from_object(object).ok())
    {
        buffer.detach(&JsValue::undefined())?;
    }
    Ok(JsValue::undefined())
}

/// `host.nameOf(function)`: its own name, if that is a text; nobody's code runs to find it.
pub fn name_of(_: &JsValue, args: &[JsValue], _: &mut Context) -> JsResult<JsValue> {
    let function = args.get_or_undefined(0).as_object().filter(JsObject::is_callable);
    let name = function.and_then(|function| function.borrow().properties().get(&js_string!("name").into()));
    let name =
        name.and_then(|name| name.value().cloned()).filter(|name| name.as_string().is_some_and(|n| !n.is_empty()));
    Ok(name.unwrap_or_else(|| js_string!("(anonymous)").into()))
}

/// `host.isKind(value)`: the name of the internal slots a value has, `""` for none that matter.
pub fn kind(_: &JsValue, args: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let Some(object) = args.get_or_undefined(0).as_object() else { return Ok(js_string!("").into()) };
    macro_rules! first_of {
        ($($name:literal => $kind:ty),* $(,)?) => {
            $(if <$kind>::from_object(object.clone()).is_ok() { return Ok(js_string!($name).into()); })*
        };
    }
    first_of!(
        "Promise" => JsPromise, "Proxy" => JsProxy, "Map" => JsMap, "Set" => JsSet, "Date" => JsDate, "RegExp" => JsRegExp,
        "WeakMap" => JsWeakMap, "WeakSet" => JsWeakSet, "ArrayBuffer" => JsArrayBuffer,
        "SharedArrayBuffer" => JsSharedArrayBuffer, "DataView" => JsDataView, "TypedArray" => JsTypedArray,
        "Generator" => JsGenerator, "MapIterator" => JsMapIterator, "SetIterator" => JsSetIterator,
    );
    if object.is::<boa_engine::builtins::error::Error>() {
        return Ok(js_string!("Error").into());
    }
    if object.is::<JsString>()
        || object.is::<f64>()
        || object.is::<bool>()
        || object.is::<JsBigInt>()
        || object.is::<JsSymbol>()
    {
        return Ok(js_string!("BoxedPrimitive").into());
    }
    if object.is_callable() {
        let kinds = context.intrinsics().constructors();
        let prototypes = [
            ("AsyncFunction", kinds.async_function().prototype()),
            ("GeneratorFunction", kinds.generator_function().prototype()),
            ("AsyncGeneratorFunction", kinds.async_generator_function().prototype()),
        ];
        let own = object.prototype();
        let kind =
            prototypes.into_iter().find(|(_, prototype)| own.as_ref() == Some(prototype)).map_or("", |(kind, _)| kind);
        return Ok(js_string!(kind).into());
    }
    // A module namespace is sealed, has no prototype and says `Module` of itself (ECMA-262, Module Namespace Exotic Objects).
    if object.prototype().is_none() && !object.is_extensible(context)? {
        let tag = object.get(JsSymbol::to_string_tag(), context)?;
        if tag.as_string().is_some_and(|tag| tag == js_string!("Module")) {
            return Ok(js_string!("ModuleNamespace").into());
        }
    }
    Ok(js_string!("").into())
}

/// `host.isClass(value)`: a class of the program. The engine keeps no text of it, but a class's `prototype` cannot be replaced.
pub fn is_class(_: &JsValue, args: &[JsValue], _: &mut Context) -> JsResult<JsValue> {
    let Some(object) = args.get_or_undefined(0).as_object() else { return Ok(false.into()) };
    if !object.is::<boa_engine::builtins::function::OrdinaryFunction>() || !object.is_constructor() {
        return Ok(false.into());
    }
    let prototype = object.borrow().properties().get(&js_string!("prototype").into());
    Ok(prototype.is_some_and(|prototype| prototype.writable() == Some(false)).into())
}
