//! Wrong words are refused in PostgreSQL's words, at PostgreSQL's place.

mod support;

use interleave_sql::query::parse;

#[test]
fn syntax_errors_are_postgresqls() {
    support::compare("syntax", |statement| match parse(statement) {
        Ok(_) => String::new(),
        Err(error) => support::error(statement, &error),
    });
}
