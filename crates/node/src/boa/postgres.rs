//! Messages of PostgreSQL's protocol for `pg`, whose own reader and writer take a third of a query's time on this engine. They are the same
//! messages, objects of pg's own classes; what is not among the common ones is left to pg. (pg-protocol's parser.js, messages.js, serializer.js;
//! PostgreSQL's manual, "Message Formats")

use super::buffers::buffer;
use super::bytes::{Span, span};
use super::functions::Function;
use boa_engine::object::builtins::JsArray;
use boa_engine::{Context, JsArgs, JsObject, JsResult, JsString, JsValue, js_string};

/// What is left of a message to be read. Nothing comes of one that is shorter than it says.
struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    fn take(&mut self, length: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(taken)
    }

    fn int16(&mut self) -> Option<i16> {
        Some(i16::from_be_bytes(self.take(2)?.try_into().ok()?))
    }

    fn int32(&mut self) -> Option<i32> {
        Some(i32::from_be_bytes(self.take(4)?.try_into().ok()?))
    }

    fn uint32(&mut self) -> Option<u32> {
        Some(u32::from_be_bytes(self.take(4)?.try_into().ok()?))
    }

    /// Up to a zero.
    fn cstring(&mut self) -> Option<JsString> {
        let length = self.0.iter().position(|byte| *byte == 0)?;
        let text = self.take(length)?;
        self.take(1)?;
        Some(string(text))
    }
}

fn string(bytes: &[u8]) -> JsString {
    JsString::from(&*String::from_utf8_lossy(bytes))
}

/// Objects of pg's classes, each like one that pg's own reader has made.
struct Shapes<'a> {
    samples: &'a JsObject,
    context: &'a mut Context,
}

type Property = (JsString, JsValue);

impl Shapes<'_> {
    fn sample(&mut self, name: &JsString) -> JsResult<Option<JsObject>> {
        Ok(self.samples.get(name.clone(), self.context)?.as_object())
    }

    /// An object like the sample of that name, with these properties.
    fn like(&mut self, name: &JsString, properties: impl IntoIterator<Item = Property>) -> JsResult<Option<JsValue>> {
        let Some(prototype) = self.sample(name)?.and_then(|sample| sample.prototype()) else { return Ok(None) };
        let object = JsObject::with_object_proto(self.context.intrinsics());
        object.set_prototype(Some(prototype));
        for (key, value) in properties {
            object.create_data_property_or_throw(key, value, self.context)?;
        }
        Ok(Some(object.into()))
    }

    /// The message, if it is one of the common ones. `length` is what the message says of itself.
    fn message(&mut self, code: u8, length: usize, body: &[u8]) -> JsResult<Option<JsValue>> {
        let body = &mut Reader(body);
        let length = JsValue::from(length);
        match code {
            b'1' => self.constant(js_string!("parseComplete")),
            b'2' => self.constant(js_string!("bindComplete")),
            b'n' => self.constant(js_string!("noData")),
            b'D' => self.data_row(length, body),
            b'T' => self.row_description(length, body),
            b'C' => {
                let (name, Some(text)) = (js_string!("commandComplete"), body.cstring()) else { return Ok(None) };
                self.like(
                    &name.clone(),
                    [
                        (js_string!("length"), length),
                        (js_string!("text"), text.into()),
                        (js_string!("name"), name.into()),
                    ],
                )
            }
            b'Z' => {
                let (name, Some(status)) = (js_string!("readyForQuery"), body.take(1)) else { return Ok(None) };
                self.like(
                    &name.clone(),
                    [
                        (js_string!("length"), length),
                        (js_string!("status"), string(status).into()),
                        (js_string!("name"), name.into()),
                    ],
                )
            }
            _ => Ok(None),
        }
    }

    fn constant(&mut self, name: JsString) -> JsResult<Option<JsValue>> {
        Ok(self.sample(&name)?.map(JsValue::from))
    }

    fn data_row(&mut self, length: JsValue, body: &mut Reader) -> JsResult<Option<JsValue>> {
        let Some(count) = body.int16().filter(|count| *count >= 0) else { return Ok(None) };
        let mut values = Vec::with_capacity(count as usize);
        for _ in 0..count {
            values.push(match body.int32() {
                Some(-1) => JsValue::null(),
                Some(length) if let Some(text) = usize::try_from(length).ok().and_then(|length| body.take(length)) => {
                    string(text).into()
                }
                _ => return Ok(None),
            });
        }
        let fields = JsArray::from_iter(values, self.context);
        let name = js_string!("dataRow");
        self.like(
            &name.clone(),
            [
                (js_string!("length"), length),
                (js_string!("fields"), fields.into()),
                (js_string!("name"), name.into()),
                (js_string!("fieldCount"), count.into()),
            ],
        )
    }

    fn row_description(&mut self, length: JsValue, body: &mut Reader) -> JsResult<Option<JsValue>> {
        let Some(count) = body.int16().filter(|count| *count >= 0) else { return Ok(None) };
        let mut fields = Vec::with_capacity(count as usize);
        for _ in 0..count {
            let Some(properties) = field(body) else { return Ok(None) };
            let Some(field) = self.like(&js_string!("field"), properties)? else { return Ok(None) };
            fields.push(field);
        }
        let fields = JsArray::from_iter(fields, self.context);
        let name = js_string!("rowDescription");
        self.like(
            &name.clone(),
            [
                (js_string!("length"), length),
                (js_string!("fieldCount"), count.into()),
                (js_string!("name"), name.into()),
                (js_string!("fields"), fields.into()),
            ],
        )
    }
}

fn field(body: &mut Reader) -> Option<[Property; 7]> {
    Some([
        (js_string!("name"), body.cstring()?.into()),
        (js_string!("tableID"), body.uint32()?.into()),
        (js_string!("columnID"), body.int16()?.into()),
        (js_string!("dataTypeID"), body.uint32()?.into()),
        (js_string!("dataTypeSize"), body.int16()?.into()),
        (js_string!("dataTypeModifier"), body.int32()?.into()),
        (js_string!("format"), if body.int16()? == 0 { js_string!("text") } else { js_string!("binary") }.into()),
    ])
}

/// `host.readMessages(bytes, samples)`: the whole messages there are in `bytes`, and last how many bytes they take. What is left to pg is
/// the two places between which it stands.
fn read(_: &JsValue, args: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let (span, samples) = (span(args.get_or_undefined(0), context)?, args.get_or_undefined(1).as_object());
    let (Some(Span { buffer, offset, length }), Some(samples)) = (span, samples) else {
        return Ok(JsValue::undefined());
    };
    let bytes =
        buffer.data().and_then(|data| data.get(offset..offset + length).map(<[u8]>::to_vec)).unwrap_or_default();
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(&[code, a, b, c, d]) = bytes.get(at..at + 5) {
        let length = u32::from_be_bytes([a, b, c, d]) as usize;
        let end = (at + 1).saturating_add(length);
        let Some(body) = bytes.get(at + 5..end) else { break };
        let message = Shapes { samples: &samples, context }.message(code, length, body)?;
        found.push(match message {
            Some(message) => message,
            None => JsArray::from_iter([JsValue::from(at), end.into()], context).into(),
        });
        at = end;
    }
    found.push(at.into());
    Ok(JsArray::from_iter(found, context).into())
}

/// A message to the server: its code, its length, what it says. A Buffer, if the last argument is Buffer's prototype.
fn packed(code: u8, body: &[u8], args: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let length = (body.len() as u32 + 4).to_be_bytes();
    let Some(prototype) = args.last().and_then(JsValue::as_object) else { return Ok(JsValue::undefined()) };
    Ok(buffer([&[code], &length[..], body].concat(), &prototype, context)?.unwrap_or_default())
}

fn cstring(value: &JsValue, body: &mut Vec<u8>) {
    if let Some(text) = value.as_string() {
        body.extend_from_slice(text.to_std_string_lossy().as_bytes());
    }
    body.push(0);
}

/// `host.` functions for `js/lib/internal/quick-pg.js`.
pub const FUNCTIONS: &[(&str, Function)] = &[
    ("readMessages", read),
    // Parse of the unnamed statement, no types given (its text, Buffer.prototype).
    ("parseMessage", |_, args, context| {
        let mut body = vec![0];
        cstring(args.get_or_undefined(0), &mut body);
        body.extend_from_slice(&[0, 0]);
        packed(b'P', &body, args, context)
    }),
    // Bind, everything as text (portal, statement, an array of texts and nulls, Buffer.prototype).
    ("bindMessage", |_, args, context| {
        let mut body = Vec::new();
        cstring(args.get_or_undefined(0), &mut body);
        cstring(args.get_or_undefined(1), &mut body);
        let values = args.get_or_undefined(2).as_object().and_then(|values| JsArray::from_object(values).ok());
        let count = values.as_ref().map_or(Ok(0), |values| values.length(context))? as u16;
        body.extend_from_slice(&count.to_be_bytes());
        body.resize(body.len() + 2 * usize::from(count), 0);
        body.extend_from_slice(&count.to_be_bytes());
        for index in 0..count {
            let value = values.as_ref().map_or(Ok(JsValue::null()), |values| values.at(i64::from(index), context))?;
            match value.as_string() {
                Some(text) => {
                    let text = text.to_std_string_lossy();
                    body.extend_from_slice(&(text.len() as u32).to_be_bytes());
                    body.extend_from_slice(text.as_bytes());
                }
                None => body.extend_from_slice(&(-1_i32).to_be_bytes()),
            }
        }
        body.extend_from_slice(&[0, 1, 0, 0]);
        packed(b'B', &body, args, context)
    }),
];
