//! Packages from npm, as they are published: each is one CommonJS text that `js/bundle.mjs` made of it and is loaded when it is asked for.
//!
//! With the feature `packages` their texts are in this library. Without it they come from outside (`Options::packages`): a page fetches
//! the few that a program asks for.

use super::functions::text;
use super::host::Host;
use super::modules::function;
use boa_engine::object::builtins::JsArray;
use boa_engine::{Context, JsNativeError, JsResult, JsValue, js_string};

#[cfg(feature = "packages")]
include!(concat!(env!("OUT_DIR"), "/packages.rs"));

#[cfg(not(feature = "packages"))]
const PACKAGES: &[(&str, &str)] = &[];

/// `host.compilePackage(name)`: the function that the package's text is the body of.
pub fn compile(_: &JsValue, args: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let name = text(args, 0, context)?;
    let given = Host::of(context).packages.get(&name).cloned();
    let built_in = || PACKAGES.iter().find(|&&(id, _)| id == name).map(|&(_, source)| source.to_owned());
    let source = given.or_else(built_in);
    let source = source.ok_or_else(|| JsNativeError::typ().with_message(format!("there is no package {name}")))?;
    let text = format!("(function (exports, require, module, process) {{{source}\n}})");
    // The path says to whoever looks at stacks that this is not the program's.
    Ok(function(&text, &format!("node:npm/{name}"), context)?.into())
}

/// `host.packageIds()`, in order.
pub fn ids(_: &JsValue, _: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let host = Host::of(context);
    let mut names: Vec<&str> =
        PACKAGES.iter().map(|&(id, _)| id).chain(host.packages.keys().map(String::as_str)).collect();
    names.sort_unstable();
    names.dedup();
    let names: Vec<JsValue> = names.into_iter().map(|name| js_string!(name).into()).collect();
    Ok(JsArray::from_iter(names, context).into())
}
