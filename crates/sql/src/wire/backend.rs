//! What the server sends, message by message. (Manual, 55.7 "Message Formats", 55.8 "Error and Notice Message Fields")

use super::types;
use crate::error::SqlError;
use crate::query::plan::OutputColumn;
use crate::value::Type;

/// Messages in the order in which they were written.
#[derive(Clone, Debug, Default)]
pub struct Writer {
    pub bytes: Vec<u8>,
}

impl Writer {
    /// A message: its kind, its length, its fields.
    fn message(&mut self, kind: u8, fields: impl FnOnce(&mut Vec<u8>)) {
        self.bytes.push(kind);
        let start = self.bytes.len();
        self.bytes.extend([0; 4]);
        fields(&mut self.bytes);
        let length = (self.bytes.len() - start) as u32;
        self.bytes[start..start + 4].copy_from_slice(&length.to_be_bytes());
    }

    pub fn authentication_ok(&mut self) {
        self.message(b'R', |out| out.extend([0; 4]));
    }

    pub fn parameter_status(&mut self, name: &str, value: &str) {
        self.message(b'S', |out| {
            string(out, name);
            string(out, value);
        });
    }

    pub fn backend_key_data(&mut self, process: u32, secret: u32) {
        self.message(b'K', |out| {
            out.extend(process.to_be_bytes());
            out.extend(secret.to_be_bytes());
        });
    }

    /// `I`: idle; `T`: in a transaction block; `E`: in one that failed.
    pub fn ready_for_query(&mut self, status: u8) {
        self.message(b'Z', |out| out.push(status));
    }

    pub fn row_description(&mut self, columns: &[OutputColumn]) {
        self.message(b'T', |out| {
            out.extend((columns.len() as u16).to_be_bytes());
            for column in columns {
                let (oid, length) = types::describe(column.ty);
                string(out, &column.name);
                let (table, number) = column.origin.unwrap_or_default();
                out.extend(table.to_be_bytes());
                out.extend(number.to_be_bytes());
                out.extend(oid.to_be_bytes());
                out.extend(length.to_be_bytes());
                out.extend(types::modifier(column.typmod).to_be_bytes());
                out.extend([0; 2]); // as text
            }
        });
    }

    pub fn data_row(&mut self, row: &[Option<String>]) {
        self.message(b'D', |out| {
            out.extend((row.len() as u16).to_be_bytes());
            for value in row {
                match value {
                    None => out.extend((-1_i32).to_be_bytes()),
                    Some(text) => {
                        out.extend((text.len() as u32).to_be_bytes());
                        out.extend(text.as_bytes());
                    }
                }
            }
        });
    }

    pub fn command_complete(&mut self, tag: &str) {
        self.message(b'C', |out| string(out, tag));
    }

    pub fn parameter_description(&mut self, types: &[Type]) {
        self.message(b't', |out| {
            out.extend((types.len() as u16).to_be_bytes());
            types.iter().for_each(|ty| out.extend(types::describe(*ty).0.to_be_bytes()));
        });
    }

    /// An error; the transaction it belongs to has failed.
    pub fn error_response(&mut self, severity: &str, error: &SqlError) {
        self.message(b'E', |out| report(out, severity, error));
    }

    pub fn notice_response(&mut self, severity: &str, notice: &SqlError) {
        self.message(b'N', |out| report(out, severity, notice));
    }

    pub fn empty_query_response(&mut self) {
        self.message(b'I', |_| {});
    }

    pub fn parse_complete(&mut self) {
        self.message(b'1', |_| {});
    }

    pub fn bind_complete(&mut self) {
        self.message(b'2', |_| {});
    }

    pub fn close_complete(&mut self) {
        self.message(b'3', |_| {});
    }

    pub fn no_data(&mut self) {
        self.message(b'n', |_| {});
    }

    pub fn portal_suspended(&mut self) {
        self.message(b's', |_| {});
    }
}

fn string(out: &mut Vec<u8>, text: &str) {
    // A zero byte would end it early; no text of the store's has one.
    out.extend(text.bytes().filter(|byte| *byte != 0));
    out.push(0);
}

/// The fields of an error, in PostgreSQL's order. (`send_message_to_frontend`) Which line of its source raised it is left out.
fn report(out: &mut Vec<u8>, severity: &str, error: &SqlError) {
    let about = error.about.as_deref();
    let position = error.position.map(|position| position.to_string());
    let fields = [
        (b'S', Some(severity)),
        (b'V', Some(severity)),
        (b'C', Some(error.code)),
        (b'M', Some(error.message.as_str())),
        (b'D', error.detail.as_deref()),
        (b'H', error.hint.as_deref()),
        (b'P', position.as_deref()),
        (b'W', about.and_then(|about| about.context.as_deref())),
        (b's', about.and_then(|about| about.table.as_ref()).map(|_| "public")),
        (b't', about.and_then(|about| about.table.as_deref())),
        (b'c', about.and_then(|about| about.column.as_deref())),
        (b'n', about.and_then(|about| about.constraint.as_deref())),
    ];
    for (kind, text) in fields {
        if let Some(text) = text {
            out.push(kind);
            string(out, text);
        }
    }
    out.push(0);
}
