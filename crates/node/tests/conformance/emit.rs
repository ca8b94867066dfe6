//! The text of a tree.

use crate::program::{End, FsCall, Kind, Link, Node, Operand, Start, StreamShape};
use std::collections::BTreeMap;
use std::fmt::Write;

/// The file beside every program that its fs calls read.
pub const DATA: &str = "data.txt";

/// A program's files.
pub struct Files {
    /// `main.js` or `main.mjs`.
    pub main: &'static str,
    pub source: String,
    pub others: BTreeMap<String, String>,
}

/// Writes the program of a tree whose root is [`Kind::Main`].
pub fn emit(main: &Node) -> Files {
    let module = matches!(main.kind, Kind::Main { module: true });
    let mut writer = Writer { root: main, module, others: BTreeMap::new(), imports: String::new() };
    let mut body = String::new();
    writer.statements(&main.children, 0, &mut body);
    let everything = format!("{body}{}", writer.others.values().cloned().collect::<String>());
    let used = Used { text: &everything };
    let mut source = used.requires(module);
    source += &writer.imports;
    source += &used.functions();
    let handlers = [
        ("uncaughtException", "(error, origin) => console.log(origin, error.message)"),
        ("unhandledRejection", "(reason) => console.log('unhandled', String(reason))"),
        ("exit", "(code) => console.log('exit', code)"),
    ];
    for (event, handler) in handlers {
        _ = writeln!(source, "process.on('{event}', {handler});");
    }
    source += &body;
    let prelude = used.requires(module) + &used.functions();
    let mut others: BTreeMap<_, _> =
        writer.others.into_iter().map(|(name, text)| (name, format!("{prelude}{text}"))).collect();
    others.insert(DATA.into(), "some text\n".into());
    Files { main: if module { "main.mjs" } else { "main.js" }, source, others }
}

/// What a program needs at its head.
struct Used<'a> {
    text: &'a str,
}

impl Used<'_> {
    fn requires(&self, module: bool) -> String {
        let mut out = String::new();
        for (names, from, uses) in [
            ("{ EventEmitter }", "node:events", "new EventEmitter"),
            ("fs", "node:fs", "fs."),
            ("{ Readable, Writable, Transform, pipeline, finished }", "node:stream", "stream("),
        ] {
            if self.text.contains(uses) {
                _ = if module {
                    writeln!(out, "import {names} from '{from}';")
                } else {
                    writeln!(out, "const {names} = require('{from}');")
                };
            }
        }
        out
    }

    fn functions(&self) -> String {
        let mut out = String::new();
        for (uses, text) in [
            ("handles[", "const handles = {};"),
            (
                "thenable(",
                "const thenable = (value) => ({ then(resolve) { console.log('then', value); resolve(value); } });",
            ),
            (
                "after(",
                "const after = (n, value) => (n > 0 ? Promise.resolve().then(() => after(n - 1, value)) : value);",
            ),
            ("failing(", "const failing = (n, value) => after(n + 1).then(() => { throw new Error(value); });"),
            (
                "stream(",
                "const stream = (s, id) => { for (const e of ['end', 'finish', 'error', 'close']) s.on(e, () => console.log(id, e)); return s; };",
            ),
        ] {
            let needed = self.text.contains(uses) || uses == "after(" && self.text.contains("failing(");
            if needed {
                _ = writeln!(out, "{text}");
            }
        }
        out
    }
}

struct Writer<'a> {
    root: &'a Node,
    module: bool,
    others: BTreeMap<String, String>,
    imports: String,
}

impl Writer<'_> {
    fn statements(&mut self, nodes: &[Node], depth: usize, out: &mut String) {
        for node in nodes {
            self.statement(node, depth, out);
        }
    }

    /// `{ … }` around statements, with the line `first` at their head.
    fn body(&mut self, first: &str, nodes: &[Node], last: &str, depth: usize) -> String {
        let indent = "  ".repeat(depth + 1);
        let mut text = String::from("{\n");
        if !first.is_empty() {
            _ = writeln!(text, "{indent}{first}");
        }
        self.statements(nodes, depth + 1, &mut text);
        if !last.is_empty() {
            _ = writeln!(text, "{indent}{last}");
        }
        text + &"  ".repeat(depth) + "}"
    }

    fn statement(&mut self, node: &Node, depth: usize, out: &mut String) {
        let text = self.text(node, depth);
        if !text.is_empty() {
            _ = writeln!(out, "{}{text}", "  ".repeat(depth));
        }
    }

    fn text(&mut self, node: &Node, depth: usize) -> String {
        let id = node.id;
        let log = format!("console.log({id});");
        match &node.kind {
            Kind::Main { .. } | Kind::Link { .. } | Kind::Block | Kind::Listener(_) => String::new(),
            Kind::File => {
                let mut text = format!("{log}\n");
                self.statements(&node.children, 0, &mut text);
                let name = if self.module { format!("f{id}.mjs") } else { format!("f{id}.js") };
                self.others.insert(name.clone(), text);
                if self.module {
                    _ = writeln!(self.imports, "import './{name}';");
                    return String::new();
                }
                format!("require('./{name}');")
            }
            Kind::Log => log,
            Kind::Tick => format!("process.nextTick(() => {});", self.body(&log, &node.children, "", depth)),
            Kind::Microtask => format!("queueMicrotask(() => {});", self.body(&log, &node.children, "", depth)),
            Kind::Immediate => {
                format!("handles[{id}] = setImmediate(() => {});", self.body(&log, &node.children, "", depth))
            }
            Kind::Timeout { ms, unref } => {
                let unref = if *unref { ".unref()" } else { "" };
                let body = self.body(&log, &node.children, "", depth);
                format!("handles[{id}] = setTimeout(() => {body}, {ms}){unref};")
            }
            Kind::ZeroTimeout { written } => {
                format!("handles[{id}] = setTimeout(() => {}, {written});", self.body(&log, &node.children, "", depth))
            }
            Kind::Interval { ms, rounds } => {
                let first = format!("console.log({id}, n{id}); if (++n{id} === {rounds}) clearInterval(i{id});");
                let body = self.body(&first, &node.children, "", depth);
                format!("let n{id} = 0; const i{id} = setInterval(() => {body}, {ms});")
            }
            Kind::Clear { target } => {
                let clear =
                    if is_immediate(self.root, *target) == Some(true) { "clearImmediate" } else { "clearTimeout" };
                format!("{clear}(handles[{target}]);")
            }
            Kind::Fs(call) => self.fs(*call, node, depth),
            Kind::Chain(start) => self.chain(*start, node, depth),
            Kind::Async { end } => {
                let end = ending(*end, id, "return");
                let body = self.body(&log, &node.children, &end, depth);
                format!("(async () => {body})().then((v) => console.log({id}, 'value', v));")
            }
            Kind::Await(operand) => format!("console.log({id}, await {});", operand_text(*operand, id)),
            Kind::Try => {
                let [tried, caught, finally] = [0, 1, 2].map(|index| match node.children.get(index) {
                    Some(block) => self.body("", &block.children, "", depth),
                    None => "{}".into(),
                });
                let caught = caught.replacen('{', &format!("{{ console.log({id}, 'caught', String(error));"), 1);
                format!("try {tried} catch (error) {caught} finally {finally}")
            }
            Kind::AsyncGenerator => {
                let body = self.body(&log, &node.children, "", depth);
                format!(
                    "(async () => {{ for await (const v of (async function* () {body})()) console.log({id}, v); }})();"
                )
            }
            Kind::Yield(operand) => format!("yield {};", operand_text(*operand, id)),
            Kind::Combine { method, parts } => {
                let parts: Vec<_> = parts
                    .iter()
                    .enumerate()
                    .map(|(index, part)| {
                        let make = if part.fails { "failing" } else { "after" };
                        format!("{make}({}, '{id}{}')", part.after, ["a", "b", "c"][index])
                    })
                    .collect();
                format!(
                    "Promise.{method}([{}]).then((v) => console.log({id}, v.length ?? v), (e) => console.log({id}, e.message));",
                    parts.join(", ")
                )
            }
            Kind::Emitter { emits } => {
                let mut text = format!("const e{id} = new EventEmitter();");
                for listener in &node.children {
                    let Kind::Listener(how) = &listener.kind else { continue };
                    let first = format!("console.log({});", listener.id);
                    let body = self.body(&first, &listener.children, "", depth);
                    let (prefix, method) = how.strip_prefix("async ").map_or(("", *how), |method| ("async ", method));
                    _ = write!(text, " e{id}.{method}('x', {prefix}() => {body});");
                }
                text + &format!(" console.log({id}, e{id}.emit('x'));").repeat(*emits as usize)
            }
            Kind::Stream(shape) => stream(*shape, id),
            Kind::Reject => format!("Promise.reject(new Error({id}));"),
            Kind::Throw => format!("throw new Error({id});"),
        }
    }

    fn fs(&mut self, call: FsCall, node: &Node, depth: usize) -> String {
        let id = node.id;
        let first = match call {
            FsCall::ReadFile => format!("console.log({id}, error, text);"),
            FsCall::Readdir => format!("console.log({id}, error, names.includes('{DATA}'));"),
            FsCall::Stat => format!("console.log({id}, error, stats.size);"),
            FsCall::Missing => format!("console.log({id}, error.code);"),
            FsCall::PromisesStat => format!("console.log({id}, stats.isFile());"),
            FsCall::PromisesReadFile => format!("console.log({id}, text);"),
        };
        let body = self.body(&first, &node.children, "", depth);
        match call {
            FsCall::ReadFile => format!("fs.readFile('{DATA}', 'utf8', (error, text) => {body});"),
            FsCall::Readdir => format!("fs.readdir('.', (error, names) => {body});"),
            FsCall::Stat => format!("fs.stat('{DATA}', (error, stats) => {body});"),
            FsCall::Missing => format!("fs.stat('missing', (error) => {body});"),
            FsCall::PromisesStat => format!("fs.promises.stat('{DATA}').then((stats) => {body});"),
            FsCall::PromisesReadFile => format!("fs.promises.readFile('{DATA}', 'utf8').then((text) => {body});"),
        }
    }

    fn chain(&mut self, start: Start, node: &Node, depth: usize) -> String {
        let id = node.id;
        let mut text = match start {
            Start::Resolved => format!("Promise.resolve({id})"),
            Start::Rejected => format!("Promise.reject(new Error({id}))"),
            Start::Executor => format!("new Promise((resolve) => {{ console.log({id}, 'executor'); resolve({id}); }})"),
            Start::ResolvedWithPromise => format!("new Promise((resolve) => resolve(Promise.resolve({id})))"),
            Start::Thenable => format!("Promise.resolve(thenable({id}))"),
            Start::ByTick => format!("new Promise((resolve) => process.nextTick(resolve, {id}))"),
        };
        for link in &node.children {
            let Kind::Link { how, end } = link.kind else { continue };
            let argument = if how == Link::Finally { "" } else { "v" };
            let first = if how == Link::Finally {
                format!("console.log({});", link.id)
            } else {
                format!("console.log({}, String(v));", link.id)
            };
            let body = self.body(&first, &link.children, &ending(end, link.id, "return"), depth);
            let method = match how {
                Link::Then | Link::ThenBoth => "then",
                Link::Catch => "catch",
                Link::Finally => "finally",
            };
            _ = write!(text, "\n{}.{method}(({argument}) => {body}", "  ".repeat(depth + 1));
            if how == Link::ThenBoth {
                _ = write!(text, ", (e) => console.log({}, 'second', String(e))", link.id);
            }
            text.push(')');
        }
        text + ";"
    }
}

/// Whether the node `id` is an immediate; `None` when it was removed.
fn is_immediate(node: &Node, id: u32) -> Option<bool> {
    if node.id == id {
        return Some(node.kind == Kind::Immediate);
    }
    node.children.iter().find_map(|child| is_immediate(child, id))
}

fn ending(end: End, id: u32, give: &str) -> String {
    match end {
        End::Value => format!("{give} {id};"),
        End::Promise => format!("{give} Promise.resolve({id});"),
        End::Thenable => format!("{give} thenable({id});"),
        End::AsyncFunction => format!("{give} (async () => {id})();"),
        End::Rejected => format!("{give} Promise.reject(new Error('rejected {id}'));"),
        End::Throw => format!("throw new Error('thrown {id}');"),
    }
}

fn operand_text(operand: Operand, id: u32) -> String {
    match operand {
        Operand::Value => format!("'v{id}'"),
        Operand::Promise => format!("Promise.resolve('v{id}')"),
        Operand::Thenable => format!("thenable({id})"),
        Operand::AsyncFunction => format!("(async () => 'v{id}')()"),
        Operand::AsyncFunctionOfPromise => format!("(async () => Promise.resolve('v{id}'))()"),
        Operand::Tick => "new Promise((resolve) => process.nextTick(resolve))".into(),
        Operand::Microtask => "new Promise((resolve) => queueMicrotask(resolve))".into(),
        Operand::Chain(n) => format!("after({n}, 'v{id}')"),
        Operand::Immediate => "new Promise((resolve) => setImmediate(resolve))".into(),
    }
}

fn stream(shape: StreamShape, id: u32) -> String {
    let list = |chunks: u32| {
        let names: Vec<_> = (0..chunks).map(|n| format!("'{id}.{n}'")).collect();
        format!("[{}]", names.join(", "))
    };
    let data = "on('data', (v) => console.log(String(v)))";
    match shape {
        StreamShape::ReadableFrom { chunks } => format!("stream(Readable.from({}), {id}).{data};", list(chunks)),
        StreamShape::ForAwait { chunks, stop_at } => format!(
            "(async () => {{ let n = 0; for await (const v of stream(Readable.from({}), {id})) {{ console.log(v); if (++n === {stop_at}) break; }} console.log({id}, 'done'); }})();",
            list(chunks)
        ),
        StreamShape::Readable { chunks } => format!(
            "{{ const parts = {}; stream(new Readable({{ read() {{ this.push(parts.shift() ?? null); }} }}), {id}).{data}; }}",
            list(chunks)
        ),
        StreamShape::Writable { chunks, ticks, high_water_mark } => {
            let done = if ticks { "process.nextTick(done)" } else { "done()" };
            format!(
                "{{ const w = stream(new Writable({{ objectMode: true, highWaterMark: {high_water_mark}, write(v, e, done) {{ console.log('write', v); {done}; }} }}), {id}); w.on('drain', () => console.log({id}, 'drain')); for (const v of {}) console.log(w.write(v, () => console.log('written', v))); w.end(() => console.log({id}, 'ended')); }}",
                list(chunks)
            )
        }
        StreamShape::Transform { chunks, ticks } => {
            let done = if ticks { "process.nextTick(done, null, v + '!')" } else { "done(null, v + '!')" };
            format!(
                "stream(Readable.from({}), {id}).pipe(stream(new Transform({{ objectMode: true, transform(v, e, done) {{ {done}; }} }}), '{id}t')).{data};",
                list(chunks)
            )
        }
        StreamShape::Pipeline { chunks, fail_at } => format!(
            "{{ let n = 0; pipeline(stream(Readable.from({}), {id}), stream(new Transform({{ objectMode: true, transform(v, e, done) {{ done(n++ === {fail_at} ? new Error('bad') : null, v); }} }}), '{id}t'), stream(new Writable({{ objectMode: true, write(v, e, done) {{ console.log(v); done(); }} }}), '{id}w'), (error) => console.log({id}, String(error))); }}",
            list(chunks)
        ),
        StreamShape::Destroy { with_error } => format!(
            "stream(new Readable({{ read() {{}} }}), {id}).destroy({});",
            if with_error { "new Error('destroyed')" } else { "" }
        ),
        StreamShape::Finished { chunks } => format!(
            "{{ const s = stream(Readable.from({}), {id}); finished(s, (error) => console.log({id}, 'finished', String(error))); s.resume(); }}",
            list(chunks)
        ),
    }
}
