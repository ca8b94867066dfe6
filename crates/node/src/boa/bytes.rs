//! Bytes in and out of the engine, and the host functions that are about nothing else.

use super::functions::{Function, number, text};
use super::host::Host;
use crate::bindings::{self, ScryptError, UrlParts};
use boa_engine::object::ObjectInitializer;
use boa_engine::object::builtins::{JsArray, JsArrayBuffer, JsDataView, JsTypedArray, JsUint8Array};
use boa_engine::property::Attribute;
use boa_engine::{Context, JsArgs, JsNativeError, JsResult, JsString, JsValue, js_string};

/// A new `Uint8Array`.
///
/// # Errors
/// When there is no memory for it.
pub fn bytes_out(bytes: Vec<u8>, context: &mut Context) -> JsResult<JsValue> {
    let buffer =
        JsArrayBuffer::from_byte_block(boa_engine::object::builtins::AlignedVec::from_iter(0, bytes), context)?;
    Ok(JsUint8Array::from_array_buffer(buffer, context)?.into())
}

/// The bytes a typed array, a view or a buffer shows; of a string, its UTF-8.
pub fn bytes_in(args: &[JsValue], index: usize, context: &mut Context) -> JsResult<Vec<u8>> {
    look(args, index, context, <[u8]>::to_vec)
}

/// Looks at the bytes a typed array, a view or a buffer shows, or at a string's UTF-8, without copying them.
fn look<T>(args: &[JsValue], index: usize, context: &mut Context, see: impl FnOnce(&[u8]) -> T) -> JsResult<T> {
    let value = args.get_or_undefined(index);
    let Some(object) = value.as_object() else {
        return Ok(see(text(args, index, context)?.as_bytes()));
    };
    if let Some(Span { buffer, offset, length }) = span(value, context)? {
        return Ok(see(buffer
            .data()
            .as_deref()
            .and_then(|data| data.get(offset..offset + length))
            .unwrap_or_default()));
    }
    let (buffer, offset, length) = if let Ok(view) = JsDataView::from_object(object.clone()) {
        (view.buffer(context)?, view.byte_offset(context)? as usize, view.byte_length(context)? as usize)
    } else {
        let buffer = JsArrayBuffer::from_object(object)?;
        let length = buffer.byte_length();
        (buffer.into(), 0, length)
    };
    let buffer = buffer.as_object().map(JsArrayBuffer::from_object).transpose()?;
    let buffer = buffer.ok_or_else(|| JsNativeError::typ().with_message("shared memory is not supported here"))?;
    let data = buffer.data();
    Ok(see(data.as_deref().and_then(|data| data.get(offset..offset + length)).unwrap_or_default()))
}

/// The part of a buffer that a typed array shows.
pub struct Span {
    pub buffer: JsArrayBuffer,
    /// From the buffer's beginning, in bytes.
    pub offset: usize,
    /// In bytes.
    pub length: usize,
}

/// What a typed array shows; nothing for what is none, and for one whose memory is shared or gone.
pub fn span(value: &JsValue, context: &mut Context) -> JsResult<Option<Span>> {
    let Some(array) = value.as_object().and_then(|object| JsTypedArray::from_object(object).ok()) else {
        return Ok(None);
    };
    let buffer = array.buffer(context)?.as_object().and_then(|buffer| JsArrayBuffer::from_object(buffer).ok());
    let Some(buffer) = buffer else { return Ok(None) };
    Ok(Some(Span { buffer, offset: array.byte_offset(context)?, length: array.byte_length(context)? }))
}

fn optional(bytes: Option<Vec<u8>>, context: &mut Context) -> JsResult<JsValue> {
    bytes.map_or(Ok(JsValue::undefined()), |bytes| bytes_out(bytes, context))
}

fn url_parts(parts: Option<UrlParts>, context: &mut Context) -> JsResult<JsValue> {
    let Some(parts) = parts else { return Ok(JsValue::undefined()) };
    let mut object = ObjectInitializer::new(context);
    for (name, value) in [
        ("href", parts.href),
        ("origin", parts.origin),
        ("protocol", parts.protocol),
        ("username", parts.username),
        ("password", parts.password),
        ("host", parts.host),
        ("hostname", parts.hostname),
        ("port", parts.port),
        ("pathname", parts.pathname),
        ("search", parts.search),
        ("hash", parts.hash),
    ] {
        object.property(JsString::from(name), JsString::from(value.as_str()), Attribute::all());
    }
    Ok(object.build().into())
}

/// The most that `inflate` unpacks to.
const INFLATED_AT_MOST: u64 = 64 << 20;

/// What `decodeUtf8` answers of some bytes: their text, each broken sequence as one U+FFFD; whether nothing in it is broken but for the end;
/// how many bytes at the end are the beginning of a sequence, which are one U+FFFD in the text. (Unicode, 3.9, "U+FFFD Substitution of Maximal Subparts")
fn decode(bytes: &[u8]) -> (String, bool, usize) {
    let mut chunks = bytes.utf8_chunks().peekable();
    let (mut whole, mut left) = (true, 0);
    let mut text = String::with_capacity(bytes.len());
    while let Some(chunk) = chunks.next() {
        text.push_str(chunk.valid());
        let broken = chunk.invalid();
        if broken.is_empty() {
            continue;
        }
        text.push('\u{fffd}');
        let begins = chunks.peek().is_none() && std::str::from_utf8(broken).is_err_and(|e| e.error_len().is_none());
        if begins { left = broken.len() } else { whole = false }
    }
    (text, whole, left)
}

/// `host.digest` and the rest of what works on bytes.
pub const FUNCTIONS: &[(&str, Function)] = &[
    ("digest", |_, args, context| {
        let (algorithm, data) = (text(args, 0, context)?, bytes_in(args, 1, context)?);
        optional(bindings::digest(&algorithm, &data), context)
    }),
    ("hmac", |_, args, context| {
        let algorithm = text(args, 0, context)?;
        let (key, data) = (bytes_in(args, 1, context)?, bytes_in(args, 2, context)?);
        optional(bindings::hmac(&algorithm, &key, &data), context)
    }),
    ("pbkdf2", |_, args, context| {
        let (password, salt) = (bytes_in(args, 0, context)?, bytes_in(args, 1, context)?);
        let (iterations, length) = (number(args, 2) as u32, number(args, 3) as usize);
        let algorithm = text(args, 4, context)?;
        optional(bindings::pbkdf2(&algorithm, &password, &salt, iterations, length), context)
    }),
    ("scrypt", |_, args, context| {
        let (password, salt) = (bytes_in(args, 0, context)?, bytes_in(args, 1, context)?);
        let cost = (number(args, 3) as u32, number(args, 4) as u32, number(args, 5) as u32);
        let limit = if args.get_or_undefined(6).is_undefined() { 32 << 20 } else { number(args, 6) as u64 };
        match bindings::scrypt(&password, &salt, number(args, 2) as usize, cost, limit) {
            Ok(key) => bytes_out(key, context),
            Err(ScryptError::Parameters) => Ok(js_string!("parameters").into()),
            Err(ScryptError::Memory) => Ok(js_string!("memory").into()),
        }
    }),
    ("randomBytes", |_, args, context| {
        let host = Host::of(context);
        let length = number(args, 0) as usize;
        let bytes = std::iter::repeat_with(|| host.random_bits().to_le_bytes()).flatten().take(length).collect();
        bytes_out(bytes, context)
    }),
    ("encodeUtf8", |_, args, context| bytes_out(text(args, 0, context)?.into_bytes(), context)),
    ("textOfUtf8", |_, args, context| {
        let text = look(args, 0, context, |bytes| {
            let bound = |index| (number(args, index).max(0.0) as usize).min(bytes.len());
            JsString::from(&*String::from_utf8_lossy(bytes.get(bound(1)..bound(2)).unwrap_or_default()))
        });
        Ok(text?.into())
    }),
    ("decodeUtf8", |_, args, context| {
        let (text, whole, left) = look(args, 0, context, decode)?;
        let answer: [JsValue; 3] = [JsString::from(text).into(), whole.into(), left.into()];
        Ok(JsArray::from_iter(answer, context).into())
    }),
    ("deflate", |_, args, context| {
        let (format, data) = (text(args, 0, context)?, bytes_in(args, 1, context)?);
        let level = args.get_or_undefined(2).as_number().filter(|&level| level >= 0.0).unwrap_or(6.0);
        optional(bindings::deflate(&format, &data, level as u32), context)
    }),
    ("inflate", |_, args, context| {
        let (format, data) = (text(args, 0, context)?, bytes_in(args, 1, context)?);
        optional(bindings::inflate(&format, &data, INFLATED_AT_MOST), context)
    }),
    ("parseUrl", |_, args, context| {
        let input = text(args, 0, context)?;
        let base = if args.get_or_undefined(1).is_undefined() { None } else { Some(text(args, 1, context)?) };
        url_parts(bindings::parse_url(&input, base.as_deref()), context)
    }),
    ("setUrl", |_, args, context| {
        let (href, part, value) = (text(args, 0, context)?, text(args, 1, context)?, text(args, 2, context)?);
        url_parts(bindings::set_url(&href, &part, &value), context)
    }),
];
