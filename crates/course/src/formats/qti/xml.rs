//! XML that is well-formed because nothing else can be said.

use crate::formats::markup::escape;

/// A document that is being written.
pub(super) struct Xml {
    out: String,
    open: Vec<String>,
}

impl Default for Xml {
    fn default() -> Self {
        Self { out: "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n".into(), open: vec![] }
    }
}

impl Xml {
    fn tag(&mut self, name: &str, attributes: &[(&str, &str)], end: &str) {
        self.out.push('<');
        self.out += name;
        for (name, value) in attributes {
            self.out += &format!(" {name}=\"");
            escape(&value.replace(['\n', '\t'], " "), &mut self.out);
            self.out.push('"');
        }
        self.out += end;
    }

    fn indent(&mut self) {
        self.out += &"  ".repeat(self.open.len());
    }

    /// Opens an element.
    pub(super) fn open(&mut self, name: &str, attributes: &[(&str, &str)]) {
        self.indent();
        self.tag(name, attributes, ">\n");
        self.open.push(name.into());
    }

    /// Closes the one that was opened last.
    pub(super) fn close(&mut self) {
        if let Some(name) = self.open.pop() {
            self.indent();
            self.out += &format!("</{name}>\n");
        }
    }

    /// An element without content.
    pub(super) fn empty(&mut self, name: &str, attributes: &[(&str, &str)]) {
        self.indent();
        self.tag(name, attributes, "/>\n");
    }

    /// An element with text in it.
    pub(super) fn leaf(&mut self, name: &str, attributes: &[(&str, &str)], text: &str) {
        self.indent();
        self.tag(name, attributes, ">");
        escape(text, &mut self.out);
        self.out += &format!("</{name}>\n");
    }

    /// An element with XHTML in it, which is well-formed already. It is not indented: there may be code in it.
    pub(super) fn html(&mut self, name: &str, attributes: &[(&str, &str)], xhtml: &str) {
        self.indent();
        self.tag(name, attributes, ">");
        self.out += xhtml;
        self.out += &format!("</{name}>\n");
    }

    /// Closes all that is open.
    pub(super) fn finish(mut self) -> String {
        while !self.open.is_empty() {
            self.close();
        }
        self.out
    }
}
