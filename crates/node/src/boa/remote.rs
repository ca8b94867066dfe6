//! Host functions about the database beyond the program.

use super::bytes::{bytes_in, bytes_out};
use super::functions::{Function, callback, number, with_state};
use super::host::Host;
use boa_engine::object::ObjectInitializer;
use boa_engine::property::Attribute;
use boa_engine::{Context, JsResult, JsValue, js_string};
use interleave_kernel::Segment;

/// `host.database()` and what sockets to it do.
pub const FUNCTIONS: &[(&str, Function)] = &[
    ("database", |_, _, context| {
        let host = Host::of(context);
        let Some(database) = host.database.borrow().clone() else { return Ok(JsValue::undefined()) };
        let mut object = ObjectInitializer::new(context);
        let name = database.name.as_deref().unwrap_or("app");
        for (name, value) in [("host", database.host.as_str()), ("address", database.address()), ("name", name)] {
            object.property(js_string!(name), js_string!(value), Attribute::all());
        }
        object.property(js_string!("port"), database.port, Attribute::all());
        object.property(js_string!("roundTrip"), database.round_trip as f64, Attribute::all());
        Ok(object.build().into())
    }),
    ("openRemote", |_, args, context| {
        let receive = callback(args, 0)?;
        let connection = with_state(context, |state, _| state.open_remote(receive))?;
        Ok(connection.map_or(JsValue::undefined(), JsValue::from))
    }),
    ("sendRemote", |_, args, context| {
        let bytes = bytes_in(args, 1, context)?;
        send(args, Segment::Data(bytes), context)
    }),
    ("endRemote", |_, args, context| send(args, Segment::End, context)),
    ("resetRemote", |_, args, context| send(args, Segment::Reset, context)),
    ("forgetRemote", |_, args, context| {
        with_state(context, |state, _| state.forget_remote(number(args, 0) as u32))?;
        Ok(JsValue::undefined())
    }),
    // What has arrived: bytes, `null` for the end, `false` for a reset; `undefined` if nothing has.
    ("takeRemote", |_, args, context| {
        match with_state(context, |state, _| state.take_remote(number(args, 0) as u32))? {
            Some(Segment::Data(bytes)) => bytes_out(bytes, context),
            Some(Segment::End) => Ok(JsValue::null()),
            Some(Segment::Reset) => Ok(false.into()),
            Some(Segment::Open) | None => Ok(JsValue::undefined()),
        }
    }),
];

fn send(args: &[JsValue], segment: Segment, context: &mut Context) -> JsResult<JsValue> {
    with_state(context, |state, _| state.send_remote(number(args, 0) as u32, segment))?;
    Ok(JsValue::undefined())
}
