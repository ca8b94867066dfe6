//! Buffer's methods, where nothing is wrong with their arguments and no other encoding is asked for than UTF-8. For all else, and for what Node
//! says then, there are those of `js/lib/buffer.js`, which these call.

use super::bytes::{Span, bytes_out, span};
use super::functions::{Function, text};
use boa_engine::object::FunctionObjectBuilder;
use boa_engine::object::builtins::JsArray;
use boa_engine::{Context, JsArgs, JsObject, JsResult, JsString, JsValue, NativeFunction, js_string};

/// An integer in memory, by the name of the method that reads or writes it: `readUInt16BE`.
#[derive(Clone, Copy)]
struct Integer {
    /// 1, 2 or 4.
    bytes: usize,
    signed: bool,
    big_endian: bool,
}

impl Integer {
    fn named(name: &str) -> Option<Self> {
        let rest = name.trim_start_matches("read").trim_start_matches("write").to_ascii_lowercase();
        let unsigned = rest.strip_prefix("uint");
        let (bits, big_endian) = match unsigned.or_else(|| rest.strip_prefix("int"))? {
            "8" => (8, false),
            bits => (bits.get(..2)?.parse().ok()?, bits.ends_with("be")),
        };
        matches!(bits, 8 | 16 | 32).then_some(Self { bytes: bits / 8, signed: unsigned.is_none(), big_endian })
    }

    /// It, as the pieces that a closure of the engine's can hold.
    const fn packed(self) -> (usize, bool, bool) {
        (self.bytes, self.signed, self.big_endian)
    }

    const fn unpacked((bytes, signed, big_endian): (usize, bool, bool)) -> Self {
        Self { bytes, signed, big_endian }
    }

    fn read(self, bytes: &[u8]) -> i64 {
        let join = |value: u32, byte: &u8| value << 8 | u32::from(*byte);
        let value = if self.big_endian { bytes.iter().fold(0, join) } else { bytes.iter().rev().fold(0, join) };
        let unused = 32 - 8 * self.bytes as u32;
        if self.signed { i64::from((value << unused) as i32 >> unused) } else { value.into() }
    }

    /// Whether a number is one of these.
    fn holds(self, value: f64) -> bool {
        let size = 2_f64.powi(8 * self.bytes as i32);
        let (low, end) = if self.signed { (-size / 2.0, size / 2.0) } else { (0.0, size) };
        value.fract() == 0.0 && low <= value && value < end
    }

    fn write(self, value: f64, bytes: &mut [u8]) {
        let value = (value as i64).to_le_bytes();
        bytes.copy_from_slice(&value[..self.bytes]);
        if self.big_endian {
            bytes.reverse();
        }
    }

    /// Where in `span` it is that an offset names: nowhere, if it is no whole number or it would not fit.
    fn place(self, span: &Span, offset: &JsValue) -> Option<usize> {
        let offset = if offset.is_undefined() { 0.0 } else { offset.as_number()? };
        let fits = offset.fract() == 0.0 && offset >= 0.0 && offset + self.bytes as f64 <= span.length as f64;
        fits.then_some(span.offset + offset as usize)
    }
}

/// What a method does at once: nothing, if it leaves that to the other one.
type Quick = fn(&JsValue, &[JsValue], &JsObject, &mut Context) -> JsResult<Option<JsValue>>;

/// `host.bufferMethod(name, otherwise, Buffer.prototype)`: Buffer's method of that name, which calls `otherwise` for all that is not plain.
fn buffer_method(_: &JsValue, args: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let (name, otherwise) = (text(args, 0, context)?, args.get_or_undefined(1));
    let (Some(slow), Some(prototype)) = (otherwise.as_object(), args.get_or_undefined(2).as_object()) else {
        return Ok(otherwise.clone());
    };
    let length = slow.get(js_string!("length"), context)?.as_number().unwrap_or(0.0) as usize;
    let method = match (Integer::named(&name), METHODS.iter().find(|(known, _)| *known == name)) {
        (Some(integer), _) => {
            let integer = integer.packed();
            if name.starts_with("read") { reader(integer, slow) } else { writer(integer, slow) }
        }
        (None, Some(&(_, quick))) => quickly(quick, slow, prototype),
        (None, None) => return Ok(otherwise.clone()),
    };
    let function = FunctionObjectBuilder::new(context.realm(), method).name(JsString::from(name)).length(length);
    Ok(function.build().into())
}

fn quickly(quick: Quick, slow: JsObject, prototype: JsObject) -> NativeFunction {
    NativeFunction::from_copy_closure_with_captures(
        move |this, args, (slow, prototype): &(JsObject, JsObject), context| match quick(
            this, args, prototype, context,
        )? {
            Some(value) => Ok(value),
            None => slow.call(this, args, context),
        },
        (slow, prototype),
    )
}

fn reader(integer: (usize, bool, bool), slow: JsObject) -> NativeFunction {
    NativeFunction::from_copy_closure_with_captures(
        move |this, args, slow: &JsObject, context| {
            let integer = Integer::unpacked(integer);
            if let Some(span) = span(this, context)?
                && let Some(at) = integer.place(&span, args.get_or_undefined(0))
                && let Some(value) = span.see(at, integer.bytes, |bytes| integer.read(bytes))
            {
                return Ok(value.into());
            }
            slow.call(this, args, context)
        },
        slow,
    )
}

fn writer(integer: (usize, bool, bool), slow: JsObject) -> NativeFunction {
    NativeFunction::from_copy_closure_with_captures(
        move |this, args, slow: &JsObject, context| {
            let integer = Integer::unpacked(integer);
            if let Some(value) = args.get_or_undefined(0).as_number()
                && integer.holds(value)
                && let Some(span) = span(this, context)?
                && let Some(at) = integer.place(&span, args.get_or_undefined(1))
                && span.change(at, integer.bytes, |bytes| integer.write(value, bytes)).is_some()
            {
                return Ok(JsValue::from(at - span.offset + integer.bytes));
            }
            slow.call(this, args, context)
        },
        slow,
    )
}

/// A new Buffer.
pub fn buffer(bytes: Vec<u8>, prototype: &JsObject, context: &mut Context) -> JsResult<Option<JsValue>> {
    let array = bytes_out(bytes, context)?;
    Ok(Some(as_buffer(array, prototype)))
}

fn as_buffer(array: JsValue, prototype: &JsObject) -> JsValue {
    if let Some(object) = array.as_object() {
        object.set_prototype(Some(prototype.clone()));
    }
    array
}

/// Whether an argument asks for UTF-8, or for nothing else.
fn is_utf8(encoding: &JsValue) -> bool {
    encoding.is_undefined()
        || encoding.as_string().is_some_and(|name| name == js_string!("utf8") || name == js_string!("utf-8"))
}

/// A place among `length` bytes as `subarray` takes it: from the end if it is negative. Nothing for what is no number.
fn place(value: &JsValue, length: usize, otherwise: usize) -> Option<usize> {
    if value.is_undefined() {
        return Some(otherwise);
    }
    let at = value.as_number()?.trunc();
    // What is not a number becomes zero.
    Some(if at < 0.0 { (at + length as f64).max(0.0) as usize } else { (at as usize).min(length) })
}

/// `buffer.subarray(start, end)`: the same memory.
fn subarray(
    this: &JsValue,
    args: &[JsValue],
    prototype: &JsObject,
    context: &mut Context,
) -> JsResult<Option<JsValue>> {
    let Some(span) = span(this, context)? else { return Ok(None) };
    let from = place(args.get_or_undefined(0), span.length, 0);
    let until = place(args.get_or_undefined(1), span.length, span.length);
    let (Some(from), Some(until)) = (from, until) else { return Ok(None) };
    let constructor = context.intrinsics().constructors().typed_uint8_array().constructor();
    let length = until.saturating_sub(from);
    let memory = [JsValue::from(span.buffer), (span.offset + from).into(), length.into()];
    let array = constructor.construct(&memory, None, context)?;
    Ok(Some(as_buffer(array.into(), prototype)))
}

const METHODS: &[(&str, Quick)] = &[
    ("from", |_, args, prototype, context| {
        let value = args.get_or_undefined(0);
        if let Some(text) = value.as_string() {
            let bytes = is_utf8(args.get_or_undefined(1)).then(|| text.to_std_string_lossy().into_bytes());
            return bytes.map_or(Ok(None), |bytes| buffer(bytes, prototype, context));
        }
        // Another Buffer or a plain array of bytes. Of what else there is, one has to ask what it is first.
        let plain = context.intrinsics().constructors().typed_uint8_array().prototype();
        if value.as_object().and_then(|object| object.prototype()).is_none_or(|own| own != *prototype && own != plain) {
            return Ok(None);
        }
        let Some(span) = span(value, context)? else { return Ok(None) };
        let bytes = span.see(span.offset, span.length, <[u8]>::to_vec).unwrap_or_default();
        buffer(bytes, prototype, context)
    }),
    ("concat", |_, args, prototype, context| {
        let list = args.get_or_undefined(0).as_object().and_then(|list| JsArray::from_object(list).ok());
        let (Some(list), true) = (list, args.get_or_undefined(1).is_undefined()) else { return Ok(None) };
        let mut joined = Vec::new();
        for index in 0..list.length(context)? {
            let item = list.at(index as i64, context)?;
            let Some(span) = span(&item, context)? else { return Ok(None) };
            if joined.try_reserve(span.length).is_err() {
                return Ok(None);
            }
            span.see(span.offset, span.length, |bytes| joined.extend_from_slice(bytes));
        }
        buffer(joined, prototype, context)
    }),
    ("byteLength", |_, args, _, _| {
        let text = args.get_or_undefined(0).as_string().filter(|_| is_utf8(args.get_or_undefined(1)));
        Ok(text.map(|text| text.to_std_string_lossy().len().into()))
    }),
    ("subarray", subarray),
    ("slice", subarray),
    ("toString", |this, args, _, context| {
        if !is_utf8(args.get_or_undefined(0)) {
            return Ok(None);
        }
        let Some(span) = span(this, context)? else { return Ok(None) };
        // Not as `subarray` has it: a negative place is the beginning.
        let at = |index, otherwise| match args.get_or_undefined(index) {
            value if value.is_undefined() => Some(otherwise),
            value => value.as_number().map(|at| (at.max(0.0) as usize).min(span.length)),
        };
        let (Some(from), Some(until)) = (at(1, 0), at(2, span.length)) else { return Ok(None) };
        let length = until.saturating_sub(from);
        let text = span.see(span.offset + from, length, |bytes| JsString::from(&*String::from_utf8_lossy(bytes)));
        Ok(text.map(JsValue::from))
    }),
    // buffer.write(text, offset?, length?, encoding?)
    ("write", |this, args, _, context| {
        let Some(text) = args.get_or_undefined(0).as_string() else { return Ok(None) };
        let (offset, length, encoding) = match args {
            [_] => (None, None, None),
            [_, offset] => (Some(offset), None, None),
            [_, offset, encoding] if encoding.is_string() => (Some(offset), None, Some(encoding)),
            [_, offset, length, rest @ ..] => (Some(offset), Some(length), rest.first()),
            [] => return Ok(None),
        };
        let whole = |value: Option<&JsValue>| match value {
            None => Some(None),
            Some(value) if value.is_undefined() => Some(None),
            Some(value) => value
                .as_number()
                .filter(|value| value.fract() == 0.0 && *value >= 0.0)
                .map(|value| Some(value as usize)),
        };
        let (Some(offset), Some(length)) = (whole(offset), whole(length)) else { return Ok(None) };
        if encoding.is_some_and(|encoding| !is_utf8(encoding)) {
            return Ok(None);
        }
        let Some(span) = span(this, context)? else { return Ok(None) };
        let offset = offset.unwrap_or(0);
        let Some(room) = span.length.checked_sub(offset) else { return Ok(None) };
        let text = text.to_std_string_lossy();
        // Never a part of a character.
        let fits = text.floor_char_boundary(length.unwrap_or(room).min(room));
        let written = span.change(span.offset + offset, fits, |bytes| bytes.copy_from_slice(&text.as_bytes()[..fits]));
        Ok(written.map(|()| fits.into()))
    }),
];

/// The host's functions for Buffer.
pub const FUNCTIONS: &[(&str, Function)] = &[("bufferMethod", buffer_method)];

impl Span {
    /// Looks at `length` bytes of the memory from `at` on.
    fn see<T>(&self, at: usize, length: usize, see: impl FnOnce(&[u8]) -> T) -> Option<T> {
        self.buffer.data()?.get(at..at + length).map(see)
    }

    /// Changes them.
    fn change<T>(&self, at: usize, length: usize, change: impl FnOnce(&mut [u8]) -> T) -> Option<T> {
        self.buffer.data_mut()?.get_mut(at..at + length).map(change)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_says_which_integer_it_is() {
        let named = |name| Integer::named(name).map(Integer::packed);
        assert_eq!(named("readUInt16BE"), Some((2, false, true)));
        assert_eq!(named("readInt32LE"), Some((4, true, false)));
        assert_eq!(named("writeUint8"), Some((1, false, false)));
        assert_eq!(named("readBigInt64LE"), None);
        assert_eq!(named("readUIntBE"), None);
        assert_eq!(named("writeDoubleBE"), None);
    }

    #[test]
    fn an_integer_is_read_as_it_was_written() {
        let bytes = |name: &str, value: f64| {
            let integer = Integer::named(name).unwrap();
            let mut bytes = vec![0; integer.bytes];
            assert!(integer.holds(value), "{name} {value}");
            integer.write(value, &mut bytes);
            assert_eq!(integer.read(&bytes) as f64, value, "{name}");
            bytes
        };
        assert_eq!(bytes("writeInt16BE", -2.0), [0xff, 0xfe]);
        assert_eq!(bytes("writeInt32LE", -2_147_483_648.0), [0, 0, 0, 0x80]);
        assert_eq!(bytes("writeUInt32BE", 4_294_967_295.0), [0xff; 4]);
        assert_eq!(bytes("writeUInt16LE", 258.0), [2, 1]);
        assert!(!Integer::named("writeInt8").unwrap().holds(128.0));
        assert!(!Integer::named("writeUInt8").unwrap().holds(-1.0));
        assert!(!Integer::named("writeUInt8").unwrap().holds(1.5));
        assert!(!Integer::named("writeUInt8").unwrap().holds(f64::NAN));
    }
}
