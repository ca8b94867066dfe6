//! What a guide page says a program with a database prints is what it prints in real Node on real PostgreSQL.

mod real;

use interleave_course::Page;
use real::{Program, Real, root};
use std::fs;
use std::path::Path;

#[test]
fn the_guide_says_what_node_prints_with_postgresql() {
    let real = Real::start("guide");
    let mut wrong = String::new();
    let programs = programs(&root().join("content/guide"));
    for (name, source, says) in &programs {
        let ran = real.run(&Program { source, module: false, schema: "", needs_a_database: true });
        if (&says.text, Some(says.exit)) != (&ran.stdout, ran.exit) {
            wrong += &format!("\n{name} says {says:?}\nit prints {:?}\n{}{}", ran.exit, ran.stdout, ran.stderr);
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
    assert!(!programs.is_empty());
}

/// The programs of the guide that use `pg`: where they stand, their text, what they print and their exit code.
fn programs(guide: &Path) -> Vec<(String, String, Said)> {
    let mut programs = vec![];
    for entry in fs::read_dir(guide).expect("there is a guide") {
        let path = entry.expect("a readable entry").path();
        let slug = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let text = fs::read_to_string(&path).expect("a page is text");
        let page = Page::parse(&slug, &text).unwrap_or_else(|problems| panic!("{problems:?}"));
        for (line, code) in page.code().filter(|(_, code)| code.runs() && code.needs_a_database()) {
            let output = code.output.as_ref().unwrap_or_else(|| panic!("{} line {line}: no output", page.file()));
            let said = Said { text: output.text.clone(), exit: output.exit };
            programs.push((format!("{} line {line}", page.file()), code.source.to_string(), said));
        }
    }
    programs
}

/// What a page says of a program.
#[derive(Debug)]
struct Said {
    text: String,
    exit: i32,
}
