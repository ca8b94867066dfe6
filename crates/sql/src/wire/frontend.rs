//! What a client sends, message by message. (Manual, 55.7 "Message Formats")

use crate::error::SqlError;

/// The version of the protocol: 3.0.
const VERSION: u32 = 3 << 16;
/// Codes in the place of a version.
const CANCEL: u32 = (1234 << 16) | 5678;
const SSL: u32 = (1234 << 16) | 5679;
const GSS: u32 = (1234 << 16) | 5680;
/// Bytes of one message. PostgreSQL takes up to a gigabyte.
const LONGEST: usize = 16 << 20;

/// A message of a client.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Message {
    /// The first one: `user`, `database` and settings.
    Startup(Vec<(String, String)>),
    /// A wish for encryption, which is refused.
    Encrypt,
    /// The only one on a connection of its own: the process and its secret.
    Cancel {
        process: u32,
        secret: u32,
    },
    /// A string of statements.
    Query(String),
    Parse {
        name: String,
        text: String,
        types: Vec<u32>,
    },
    /// Values with their formats (0: text, 1: binary), and the formats that the result is wanted in.
    Bind {
        portal: String,
        statement: String,
        formats: Vec<u16>,
        values: Vec<Option<Vec<u8>>>,
        results: Vec<u16>,
    },
    Describe(Target),
    Execute {
        portal: String,
        most: u32,
    },
    Close(Target),
    Sync,
    Flush,
    Terminate,
    /// One that this server has no use for: passwords, `COPY`, function calls.
    Other(u8),
}

/// A prepared statement, or a portal: a statement with values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    Statement(String),
    Portal(String),
}

/// Cuts a stream of bytes into messages.
#[derive(Clone, Debug, Default)]
pub struct Reader {
    bytes: Vec<u8>,
    /// Up to where they have been read.
    at: usize,
    started: bool,
}

impl Reader {
    /// More has arrived.
    pub fn push(&mut self, bytes: &[u8]) {
        self.bytes.drain(..self.at);
        self.at = 0;
        self.bytes.extend(bytes);
    }

    /// Whether a whole message has arrived.
    pub fn is_ready(&self) -> bool {
        self.frame().is_some_and(|(_, length)| length.is_none_or(|length| self.bytes.len() >= self.at + length))
    }

    /// The kind of the next message, and its length with everything, if there is a sensible one.
    fn frame(&self) -> Option<(u8, Option<usize>)> {
        let rest = &self.bytes[self.at..];
        let (kind, head) = if self.started { (*rest.first()?, 1) } else { (0, 0) };
        let length = u32::from_be_bytes(rest.get(head..head + 4)?.try_into().ok()?) as usize;
        Some((kind, (4..=LONGEST).contains(&length).then_some(head + length)))
    }

    /// The next message, if it has arrived.
    ///
    /// # Errors
    /// 08P01: these bytes are no message. Nothing that follows them can be told.
    pub fn take(&mut self) -> Result<Option<Message>, SqlError> {
        let Some((kind, length)) = self.frame() else { return Ok(None) };
        let length = length.ok_or_else(|| protocol("invalid message length"))?;
        let head = if self.started { 5 } else { 4 };
        let Some(body) = self.bytes.get(self.at + head..self.at + length) else { return Ok(None) };
        let mut fields = Fields { rest: body };
        let message = if self.started { message(kind, &mut fields) } else { first(&mut fields) };
        self.at += length;
        if matches!(message, Ok(Message::Startup(_))) {
            self.started = true;
        }
        message.map(Some)
    }
}

fn first(fields: &mut Fields<'_>) -> Result<Message, SqlError> {
    Ok(match fields.long()? {
        SSL | GSS => Message::Encrypt,
        CANCEL => Message::Cancel { process: fields.long()?, secret: fields.long()? },
        VERSION => {
            let mut parameters = Vec::new();
            loop {
                let name = fields.string()?;
                if name.is_empty() {
                    break;
                }
                parameters.push((name, fields.string()?));
                if fields.rest.is_empty() {
                    break;
                }
            }
            Message::Startup(parameters)
        }
        version => {
            let (major, minor) = (version >> 16, version & 0xffff);
            let message = format!("unsupported frontend protocol {major}.{minor}: server supports 3.0 to 3.0");
            return Err(SqlError::new("0A000", message));
        }
    })
}

fn message(kind: u8, fields: &mut Fields<'_>) -> Result<Message, SqlError> {
    Ok(match kind {
        b'Q' => Message::Query(fields.string()?),
        b'P' => {
            let (name, text) = (fields.string()?, fields.string()?);
            let types = (0..fields.short()?).map(|_| fields.long()).collect::<Result<_, _>>()?;
            Message::Parse { name, text, types }
        }
        b'B' => {
            let (portal, statement) = (fields.string()?, fields.string()?);
            let formats = fields.shorts()?;
            let values = (0..fields.short()?).map(|_| fields.value()).collect::<Result<_, _>>()?;
            Message::Bind { portal, statement, formats, values, results: fields.shorts()? }
        }
        b'D' => Message::Describe(fields.target()?),
        b'E' => Message::Execute { portal: fields.string()?, most: fields.long()? },
        b'C' => Message::Close(fields.target()?),
        b'S' => Message::Sync,
        b'H' => Message::Flush,
        b'X' => Message::Terminate,
        other => Message::Other(other),
    })
}

/// The fields of one message, first to last.
struct Fields<'a> {
    rest: &'a [u8],
}

impl<'a> Fields<'a> {
    fn bytes(&mut self, count: usize) -> Result<&'a [u8], SqlError> {
        let (bytes, rest) =
            self.rest.split_at_checked(count).ok_or_else(|| protocol("insufficient data left in message"))?;
        self.rest = rest;
        Ok(bytes)
    }

    fn byte(&mut self) -> Result<u8, SqlError> {
        Ok(self.bytes(1)?[0])
    }

    fn short(&mut self) -> Result<u16, SqlError> {
        let bytes = self.bytes(2)?;
        Ok(u16::from_be_bytes([bytes[0], bytes[1]]))
    }

    fn shorts(&mut self) -> Result<Vec<u16>, SqlError> {
        (0..self.short()?).map(|_| self.short()).collect()
    }

    fn long(&mut self) -> Result<u32, SqlError> {
        let bytes = self.bytes(4)?;
        Ok(u32::from_be_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]))
    }

    /// A text that ends in a zero byte.
    fn string(&mut self) -> Result<String, SqlError> {
        let end = self.rest.iter().position(|byte| *byte == 0).ok_or_else(|| protocol("invalid string in message"))?;
        let text = self.bytes(end)?;
        self.bytes(1)?;
        let text = std::str::from_utf8(text).map_err(|_| not_utf8(text))?;
        Ok(text.to_owned())
    }

    /// A value with its length; one of −1 is NULL.
    fn value(&mut self) -> Result<Option<Vec<u8>>, SqlError> {
        match self.long()? {
            u32::MAX => Ok(None),
            length => Ok(Some(self.bytes(length as usize)?.to_vec())),
        }
    }

    fn target(&mut self) -> Result<Target, SqlError> {
        match self.byte()? {
            b'S' => Ok(Target::Statement(self.string()?)),
            b'P' => Ok(Target::Portal(self.string()?)),
            other => Err(protocol(&format!("invalid DESCRIBE message subtype {other}"))),
        }
    }
}

/// 08P01
pub fn protocol(message: &str) -> SqlError {
    SqlError::new("08P01", message)
}

/// 22021
pub fn not_utf8(bytes: &[u8]) -> SqlError {
    let first = std::str::from_utf8(bytes).map_or_else(|error| error.valid_up_to(), |_| 0);
    let shown = bytes.get(first).copied().unwrap_or_default();
    SqlError::new("22021", format!("invalid byte sequence for encoding \"UTF8\": 0x{shown:02x}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reader(bytes: &[u8]) -> Reader {
        let mut reader = Reader { started: true, ..Reader::default() };
        reader.push(bytes);
        reader
    }

    #[test]
    fn a_message_is_read_when_all_of_it_has_arrived() {
        let mut reader = reader(b"Q\0\0\0\x0dselect");
        assert!(!reader.is_ready());
        assert_eq!(reader.take(), Ok(None));
        reader.push(b" 1\0S\0\0\0\x04");
        assert_eq!(reader.take(), Ok(Some(Message::Query("select 1".into()))));
        assert_eq!(reader.take(), Ok(Some(Message::Sync)));
        assert_eq!(reader.take(), Ok(None));
    }

    #[test]
    fn values_may_be_null() {
        let mut reader = reader(b"B\0\0\0\x19\0s\0\0\0\0\x02\xff\xff\xff\xff\0\0\0\x0242\0\x01\0\0");
        let values = vec![None, Some(b"42".to_vec())];
        let bind =
            Message::Bind { portal: "".into(), statement: "s".into(), formats: vec![], values, results: vec![0] };
        assert_eq!(reader.take(), Ok(Some(bind)));
    }

    #[test]
    fn what_is_no_message_is_an_error_and_never_a_panic() {
        for bytes in
            [&b"Q\0\0\0\x01xxxx"[..], b"Q\xff\xff\xff\xff", b"Q\0\0\0\x05x", b"B\0\0\0\x06\0\0", b"D\0\0\0\x05Z"]
        {
            assert_eq!(reader(bytes).take().map_err(|error| error.code), Err("08P01"), "{bytes:?}");
        }
        assert_eq!(reader(b"Q\0\0\0\x06\xff\0").take().map_err(|error| error.code), Err("22021"));
    }
}
