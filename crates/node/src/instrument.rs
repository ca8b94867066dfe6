//! Prepares a program for stepping without re-printing it.
//!
//! Calls of [`STEP`] are *inserted* into the source text, each on the line of its statement, so that lines stay lines and
//! no `await` is ever added. The same pass works around faults of the engine: Boa loses an exception that is
//! re-thrown by a `catch` which has a `finally` beside it, so the pair is put inside a `try` of its own. Another one is
//! told at `name_for_rest`.

use oxc_allocator::{Allocator, ArenaVec};
use oxc_ast::ast::*;
use oxc_ast_visit::{Visit, walk};
use oxc_ecmascript::BoundNames;
use oxc_parser::{ParseOptions, Parser};
use oxc_span::{GetSpan, SourceType, Span};
use std::collections::BTreeMap;

/// The host function called before each statement, with the statement's line.
pub const STEP: &str = "__step__";
/// The host function called on entry to each function, with the line of its first statement.
pub const ENTER: &str = "__enter__";
/// The host function every thrown value passes through, with the line and column of its `throw`.
pub const THROWN: &str = "__thrown__";
/// Every insertion stands between these, so that `Function.prototype.toString` can take it out again.
pub const OPEN: &str = "/*⟦*/";
pub const CLOSE: &str = "/*⟧*/";

/// What the source text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// A CommonJS module: the text of a function body. `return` is allowed at its top level.
    CommonJs,
    /// An ES module.
    Module,
}

/// The first thing that keeps a program from being compiled. Line and column from 1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SyntaxError {
    pub message: String,
    pub line: u32,
    pub column: u32,
}

/// A program ready to be compiled.
#[derive(Clone, Debug)]
pub struct Instrumented {
    pub text: String,
    /// The classes that have a name, with their text: the engine keeps none.
    pub classes: Vec<(String, String)>,
    /// Where text was inserted: line (from 1), column (UTF-16, from 1) in `text`, and its length in UTF-16 units.
    insertions: Vec<(u32, u32, u32)>,
}

impl Instrumented {
    /// The column in the learner's text of a position in the prepared text; all from 1, in UTF-16 units.
    pub fn original_column(&self, line: u32, column: u32) -> u32 {
        let start = self.insertions.partition_point(|&(at, ..)| at < line);
        let inserted: u32 = self.insertions[start..]
            .iter()
            .take_while(|&&(at, from, _)| at == line && from < column)
            .map(|&(_, from, length)| length.min(column - from))
            .sum();
        column - inserted
    }
}

/// Takes the insertions out of a function's text again.
pub fn without_insertions(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(open) = rest.find(OPEN) {
        out.push_str(&rest[..open]);
        rest = rest[open..].split_once(CLOSE).map_or("", |(_, tail)| tail);
    }
    out + rest
}

/// Parses `source` and inserts what stepping needs; with `steps` off only the
/// work-around, the entries of functions and the places of `throw`.
///
/// # Errors
/// The first syntax error, in the parser's words.
pub fn instrument(source: &str, kind: Source, steps: bool) -> Result<Instrumented, SyntaxError> {
    let allocator = Allocator::default();
    let source_type = match kind {
        Source::CommonJs => SourceType::script(),
        Source::Module => SourceType::mjs(),
    };
    let options = ParseOptions { allow_return_outside_function: kind == Source::CommonJs, ..ParseOptions::default() };
    let parsed = Parser::new(&allocator, source, source_type).with_options(options).parse();
    let lines = Lines::new(source);
    if let Some(error) = parsed.diagnostics.iter().next() {
        let offset = error.labels.first().map_or(0, |label| label.offset());
        let (line, column) = lines.position(source, offset);
        let message = if kind == Source::CommonJs && is_module(source) { MODULE_SYNTAX } else { &*error.message };
        return Err(SyntaxError { message: message.to_owned(), line, column });
    }
    let module_syntax = parsed.program.body.iter().find(|statement| statement.is_module_declaration());
    if let Some(statement) = module_syntax.filter(|_| kind == Source::CommonJs) {
        let (line, column) = lines.position(source, statement.span().start);
        return Err(SyntaxError { message: MODULE_SYNTAX.to_owned(), line, column });
    }
    let mut pass = Pass {
        source,
        lines: &lines,
        steps,
        insertions: Vec::new(),
        classes: Vec::new(),
        entering: false,
        redeclared: None,
    };
    pass.visit_program(&parsed.program);
    if let Some((name, at)) = pass.redeclared {
        let (line, column) = lines.position(source, at);
        return Err(SyntaxError { message: format!("Identifier '{name}' has already been declared"), line, column });
    }
    Ok(Instrumented { classes: pass.classes, ..weave(source, pass.insertions) })
}

/// What keeps a program from being a CommonJS module when it would be an ES module as it stands.
const MODULE_SYNTAX: &str =
    "Cannot use import, export or a top-level await outside an ES module. Load the program as an ES module.";

/// Whether `source` parses as an ES module.
fn is_module(source: &str) -> bool {
    let allocator = Allocator::default();
    Parser::new(&allocator, source, SourceType::mjs()).parse().diagnostics.is_empty()
}

/// Text to insert at a byte offset. What closes comes before what opens at the same place.
struct Insertion {
    at: u32,
    opens: bool,
    text: String,
}

fn weave(source: &str, mut insertions: Vec<Insertion>) -> Instrumented {
    // Stable: inner closings were noted before outer ones, outer openings before inner ones.
    insertions.sort_by_key(|insertion| (insertion.at, insertion.opens));
    let mut text = String::with_capacity(source.len() + insertions.len() * 32);
    let mut map = Vec::with_capacity(insertions.len());
    let (mut from, mut line, mut column) = (0, 1, 1);
    for insertion in insertions {
        let until = insertion.at as usize;
        for c in source[from..until].chars() {
            if c == '\n' {
                (line, column) = (line + 1, 1);
            } else {
                column += c.len_utf16() as u32;
            }
        }
        text.push_str(&source[from..until]);
        let inserted = format!("{OPEN}{}{CLOSE}", insertion.text);
        let length = inserted.encode_utf16().count() as u32;
        text.push_str(&inserted);
        map.push((line, column, length));
        column += length;
        from = until;
    }
    text.push_str(&source[from..]);
    Instrumented { text, classes: Vec::new(), insertions: map }
}

/// Byte offsets of line starts.
struct Lines(Vec<u32>);

impl Lines {
    fn new(source: &str) -> Self {
        Self(std::iter::once(0).chain(source.match_indices('\n').map(|(at, _)| at as u32 + 1)).collect())
    }

    fn line(&self, offset: u32) -> u32 {
        self.0.partition_point(|&start| start <= offset) as u32
    }

    fn position(&self, source: &str, offset: u32) -> (u32, u32) {
        let line = self.line(offset);
        let start = self.0[line as usize - 1] as usize;
        let column = source.get(start..offset as usize).map_or(0, |text| text.encode_utf16().count());
        (line, column as u32 + 1)
    }
}

struct Pass<'l> {
    source: &'l str,
    lines: &'l Lines,
    steps: bool,
    insertions: Vec<Insertion>,
    classes: Vec<(String, String)>,
    /// The next statement is the first of a function's body.
    entering: bool,
    /// The first name declared twice, and where: an early error that neither parser reports.
    redeclared: Option<(String, u32)>,
}

impl Pass<'_> {
    fn open(&mut self, at: u32, text: String) {
        self.insertions.push(Insertion { at, opens: true, text });
    }

    fn close(&mut self, at: u32, text: &str) {
        self.insertions.push(Insertion { at, opens: false, text: text.to_owned() });
    }

    fn step(&mut self, at: u32) -> String {
        let name = if std::mem::take(&mut self.entering) { ENTER } else { STEP };
        format!("{name}({})", self.lines.line(at))
    }

    /// In `{ a: { b }, ...rest }` Boa leaves `a` in `rest`: only keys bound to a plain name are kept out of it. So the key
    /// is bound to one as well.
    fn name_for_rest(&mut self, property: &BindingProperty) {
        let nested = !matches!(property.value, BindingPattern::BindingIdentifier(_));
        let Some(key) = property.key.static_name().filter(|_| nested && !property.computed) else { return };
        let name = self.insertions.len();
        self.open(property.span.start, format!("{key:?}:__rest{name}__,"));
    }

    /// A statement that stands where a block may stand: `if (a) b;`.
    fn body<'a>(&mut self, statement: &Statement<'a>, looping: bool) {
        let Span { start, end, .. } = statement.span();
        match statement {
            Statement::BlockStatement(block) if self.steps && looping && block.body.is_empty() => {
                // Without a step in it, an endless empty loop could not be stopped.
                let step = self.step(start);
                self.open(start + 1, format!("{step};"));
            }
            Statement::BlockStatement(_) | Statement::FunctionDeclaration(_) => self.visit_statement(statement),
            _ if self.steps => {
                let step = self.step(start);
                self.open(start, format!("{{{step};"));
                self.visit_statement(statement);
                self.close(end, "}");
            }
            _ => self.visit_statement(statement),
        }
    }
}

impl<'a> Visit<'a> for Pass<'_> {
    fn visit_statements(&mut self, statements: &ArenaVec<'a, Statement<'a>>) {
        if self.redeclared.is_none() {
            self.redeclared = redeclared(statements);
        }
        for statement in statements {
            if (self.steps || self.entering) && !is_declaration(statement) {
                let step = self.step(statement.span().start);
                self.open(statement.span().start, format!("{step};"));
            }
            self.visit_statement(statement);
        }
    }

    fn visit_function_body(&mut self, body: &FunctionBody<'a>) {
        self.entering = true;
        walk::walk_function_body(self, body);
        self.entering = false;
    }

    fn visit_arrow_function_expression(&mut self, arrow: &ArrowFunctionExpression<'a>) {
        let ArrowFunctionBody::FunctionBody(_) = &arrow.body else {
            let Span { start, end, .. } = arrow.body.span();
            self.entering = true;
            let step = self.step(start);
            self.visit_formal_parameters(&arrow.params);
            self.open(start, format!("({step},"));
            self.visit_arrow_function_body(&arrow.body);
            self.close(end, ")");
            return;
        };
        walk::walk_arrow_function_expression(self, arrow);
    }

    fn visit_if_statement(&mut self, statement: &IfStatement<'a>) {
        self.visit_expression(&statement.test);
        self.body(&statement.consequent, false);
        if let Some(alternate) = &statement.alternate {
            self.body(alternate, false);
        }
    }

    fn visit_while_statement(&mut self, statement: &WhileStatement<'a>) {
        self.visit_expression(&statement.test);
        self.body(&statement.body, true);
    }

    fn visit_do_while_statement(&mut self, statement: &DoWhileStatement<'a>) {
        self.body(&statement.body, true);
        self.visit_expression(&statement.test);
    }

    fn visit_for_statement(&mut self, statement: &ForStatement<'a>) {
        if let Some(init) = &statement.init {
            self.visit_for_statement_init(init);
        }
        if let Some(test) = &statement.test {
            self.visit_expression(test);
        }
        if let Some(update) = &statement.update {
            self.visit_expression(update);
        }
        self.body(&statement.body, true);
    }

    fn visit_for_in_statement(&mut self, statement: &ForInStatement<'a>) {
        self.visit_for_statement_left(&statement.left);
        self.visit_expression(&statement.right);
        self.body(&statement.body, true);
    }

    fn visit_for_of_statement(&mut self, statement: &ForOfStatement<'a>) {
        self.visit_for_statement_left(&statement.left);
        self.visit_expression(&statement.right);
        self.body(&statement.body, true);
    }

    fn visit_object_pattern(&mut self, pattern: &ObjectPattern<'a>) {
        if pattern.rest.is_some() {
            for property in &pattern.properties {
                self.name_for_rest(property);
            }
        }
        walk::walk_object_pattern(self, pattern);
    }

    fn visit_class(&mut self, class: &Class<'a>) {
        if let Some(name) = &class.id {
            self.classes.push((name.name.to_string(), class.span.source_text(self.source).to_owned()));
        }
        walk::walk_class(self, class);
    }

    fn visit_throw_statement(&mut self, statement: &ThrowStatement<'a>) {
        let (line, column) = self.lines.position(self.source, statement.span.start);
        let Span { start, end, .. } = statement.argument.span();
        self.open(start, format!("{THROWN}({line},{column},"));
        self.visit_expression(&statement.argument);
        self.close(end, ")");
    }

    fn visit_try_statement(&mut self, statement: &TryStatement<'a>) {
        let shielded = statement.handler.as_ref().filter(|_| statement.finalizer.is_some()).map(|h| h.span.end);
        if shielded.is_some() {
            self.open(statement.span.start, "try{".to_owned());
        }
        self.visit_block_statement(&statement.block);
        if let Some(handler) = &statement.handler {
            self.visit_catch_clause(handler);
        }
        if let Some(end) = shielded {
            self.close(end, "}");
        }
        if let Some(finalizer) = &statement.finalizer {
            self.visit_block_statement(finalizer);
        }
    }
}

/// A name that `let`, `const` or `class` declares in a list of statements which declares it once more
/// (ECMA-262, *Block, Static Semantics: Early Errors*).
fn redeclared(statements: &[Statement]) -> Option<(String, u32)> {
    let mut names: BTreeMap<String, bool> = BTreeMap::new();
    let mut found = None;
    let mut declare = |name: &str, at: u32, lexical: bool| {
        let before = names.insert(name.to_owned(), lexical);
        if before.is_some_and(|before| before || lexical) {
            found.get_or_insert((name.to_owned(), at));
        }
    };
    for statement in statements {
        let declaration = match statement {
            Statement::ExportDeclaration(export) => Some(&export.declaration),
            other => other.as_declaration(),
        };
        match declaration {
            Some(Declaration::VariableDeclaration(variables)) => {
                let lexical = variables.kind != VariableDeclarationKind::Var;
                variables.bound_names(&mut |name| declare(&name.name, name.span.start, lexical));
            }
            Some(Declaration::ClassDeclaration(class)) => {
                class.bound_names(&mut |name| declare(&name.name, name.span.start, true));
            }
            Some(Declaration::FunctionDeclaration(function)) => {
                function.bound_names(&mut |name| declare(&name.name, name.span.start, false));
            }
            _ => {}
        }
    }
    found
}

/// Declarations that do nothing where they stand.
fn is_declaration(statement: &Statement) -> bool {
    match statement {
        Statement::FunctionDeclaration(_)
        | Statement::EmptyStatement(_)
        | Statement::ImportDeclaration(_)
        | Statement::ExportAllDeclaration(_) => true,
        Statement::ExportNamedDeclaration(_) => true,
        Statement::ExportDeclaration(export) => {
            !matches!(export.declaration, Declaration::VariableDeclaration(_) | Declaration::ClassDeclaration(_))
        }
        Statement::ExportDefaultDeclaration(export) => {
            matches!(export.declaration, ExportDefaultDeclarationKind::FunctionDeclaration(_))
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn prepared(source: &str) -> String {
        instrument(source, Source::CommonJs, true).unwrap().text.replace(OPEN, "").replace(CLOSE, "")
    }

    #[test]
    fn statements_keep_their_lines_and_their_text() {
        let source = "let a = 1\nif (a) a = 2; else if (b) a = 3\nfor (;;);\nwhile (x) {}\n";
        let text = instrument(source, Source::CommonJs, true).unwrap().text;
        assert_eq!(without_insertions(&text), source);
        assert_eq!(text.lines().count(), source.lines().count());
        assert_eq!(
            prepared(source),
            "__step__(1);let a = 1\n\
             __step__(2);if (a) {__step__(2);a = 2;} else {__step__(2);if (b) {__step__(2);a = 3}}\n\
             __step__(3);for (;;){__step__(3);;}\n\
             __step__(4);while (x) {__step__(4);}\n"
        );
    }

    #[test]
    fn functions_announce_their_entry() {
        assert_eq!(
            prepared("f(() => g(x => x), function () { 'use strict'; return 1 })"),
            "__step__(1);f(() => (__enter__(1),g(x => (__enter__(1),x))), function () { 'use strict'; __enter__(1);return 1 })"
        );
    }

    #[test]
    fn a_catch_with_a_finally_gets_a_try_of_its_own() {
        let text = instrument("try { a } catch { b } finally { c }", Source::CommonJs, false).unwrap().text;
        let bare = text.replace(OPEN, "").replace(CLOSE, "");
        assert_eq!(bare, "try{try { a } catch { b }} finally { c }");
    }

    #[test]
    fn classes_keep_their_text() {
        let prepared = instrument("f(class A { b() { c } })", Source::CommonJs, true).unwrap();
        assert_eq!(prepared.classes, [("A".to_owned(), "class A { b() { c } }".to_owned())]);
    }

    #[test]
    fn rest_leaves_out_what_a_nested_pattern_took() {
        let text = instrument("let { a: { b }, c, ...d } = e", Source::CommonJs, false).unwrap().text;
        let bare = text.replace(OPEN, "").replace(CLOSE, "");
        assert_eq!(bare, "let { \"a\":__rest0__,a: { b }, c, ...d } = e");
    }

    #[test]
    fn columns_lead_back_to_the_learners_text() {
        let source = "a(); b();";
        let prepared = instrument(source, Source::CommonJs, true).unwrap();
        let at = prepared.text.encode_utf16().collect::<Vec<_>>();
        let column = at.iter().position(|&c| c == u16::from(b'b')).unwrap() as u32 + 1;
        assert_eq!(prepared.original_column(1, column), 6);
    }

    #[test]
    fn a_module_that_is_loaded_as_a_script_is_told_so() {
        let message = |source| instrument(source, Source::CommonJs, true).map(|_| ()).map_err(|error| error.message);
        for source in
            ["import fs from 'fs'", "await 1", "export const a = 1", "for await (const x of y) {}", "export default 1"]
        {
            assert_eq!(message(source), Err(MODULE_SYNTAX.to_owned()), "{source}");
        }
        assert_ne!(message("import fs from 'fs'; let = }"), Err(MODULE_SYNTAX.to_owned()));
    }

    #[test]
    fn a_name_is_declared_once() {
        let error =
            |source| instrument(source, Source::CommonJs, true).map(|_| ()).map_err(|error| (error.line, error.column));
        assert_eq!(error("let a = 1;\nlet { b: [a] } = {};"), Err((2, 11)));
        assert_eq!(error("function f() { var a; const a = 1 }"), Err((1, 29)));
        assert_eq!(error("class A {} function A() {}"), Err((1, 21)));
        assert_eq!(error("var a; var a; function a() {} { let a; }"), Ok(()));
    }

    #[test]
    fn an_error_has_a_place() {
        let error = instrument("let a = 1;\nlet b = ;", Source::CommonJs, true).unwrap_err();
        assert_eq!((error.line, error.column), (2, 9));
    }
}
