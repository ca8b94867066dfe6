//! Host functions by which `js/lib/internal/watch-packages.js` tells what a program asks of its database.

use super::functions::{Function, number, text, with_state};
use super::host::Host;
use crate::database::{Asker, PoolCounts};
use boa_engine::{Context, JsArgs, JsResult, JsValue};

/// `host.watch…`
pub const FUNCTIONS: &[(&str, Function)] = &[
    ("watchQuery", |_, args, context| {
        let (text, parameters) = (text(args, 0, context)?, number(args, 1) as u32);
        let asker = asker(context);
        with_state(context, |state, _| state.ask_query(&text, parameters, asker)).map(JsValue::from)
    }),
    ("watchAssign", |_, args, context| {
        let checkout = args.get_or_undefined(1).as_number().map(|number| number as u32);
        tell(context, |watch, now| watch.assign(number(args, 0) as u32, checkout, now))
    }),
    ("watchSend", |_, args, context| {
        tell(context, |watch, now| watch.send(number(args, 0) as u32, number(args, 1) as u32, now))
    }),
    ("watchFail", |_, args, context| {
        let error = text(args, 1, context)?;
        tell(context, |watch, _| watch.fail(number(args, 0) as u32, &error))
    }),
    ("watchReady", |_, args, context| tell(context, |watch, now| watch.ready(number(args, 0) as u32, now))),
    ("watchCheckOut", |_, args, context| {
        let asker = asker(context);
        let mut checkout = 0;
        tell(context, |watch, now| checkout = watch.check_out(number(args, 0) as u32, asker, now))?;
        Ok(checkout.into())
    }),
    ("watchCheckedOut", |_, args, context| {
        let connection = args.get_or_undefined(1).as_number().map(|number| number as u32);
        tell(context, |watch, now| watch.checked_out(number(args, 0) as u32, connection, now))
    }),
    ("watchRelease", |_, args, context| tell(context, |watch, now| watch.release(number(args, 0) as u32, now))),
    ("watchGiveUp", |_, args, context| tell(context, |watch, now| watch.give_up(number(args, 0) as u32, now))),
    ("watchPool", |_, args, context| {
        let [pool, total, idle, waiting] = [0, 1, 2, 3].map(|index| number(args, index) as u32);
        tell(context, |watch, at| watch.count(PoolCounts { at, pool, total, idle, waiting }))
    }),
];

fn tell(context: &mut Context, tell: impl FnOnce(&mut crate::event_loop::watch::Watch, u64)) -> JsResult<JsValue> {
    with_state(context, |state, _| {
        let now = state.now();
        if let Some(watch) = state.watch() {
            tell(watch, now);
        }
    })?;
    Ok(JsValue::undefined())
}

/// Where in the program we are, or on whose behalf.
fn asker(context: &Context) -> Asker {
    let host = Host::of(context);
    let own = context.stack_trace().find(|frame| host.is_main(&frame.code_block().path()));
    let function = own.map(|frame| frame.code_block().name().to_std_string_escaped());
    let function = function.filter(|name| !matches!(name.as_str(), "" | "<main>" | "module"));
    Asker { line: host.state.borrow().recorder.asker(), function }
}
