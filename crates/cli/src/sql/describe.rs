//! `\d`: what there is in the database.

use interleave_sql::catalog::{Catalog, ForeignKey, Index, ReferentialAction, Relation, Table};
use interleave_sql::psql::aligned_psql;
use std::fmt::Write;

/// All relations of a kind (`t`, `i`, `v`, `s`), or all but indexes.
pub fn list(catalog: &Catalog, kind: Option<char>) -> String {
    let mut rows = Vec::new();
    for (name, oid) in &catalog.names {
        let (letter, what) = match catalog.relations.get(oid) {
            Some(Relation::Table(_)) => ('t', "table"),
            Some(Relation::View(_)) => ('v', "view"),
            Some(Relation::Sequence(_)) => ('s', "sequence"),
            Some(Relation::Index(_)) => ('i', "index"),
            None => continue,
        };
        if kind.map_or(letter != 'i', |kind| kind == letter) {
            rows.push(["public", name, what].map(|cell| Some(cell.to_owned())).to_vec());
        }
    }
    match rows.is_empty() {
        true => "Did not find any relations.\n".to_owned(),
        false => titled("List of relations", &["Schema", "Name", "Type"], &rows),
    }
}

/// One relation: its columns, and what must hold in it.
pub fn relation(catalog: &Catalog, name: &str) -> String {
    match catalog.lookup(name) {
        Some(Relation::Table(table)) => describe_table(catalog, table),
        Some(Relation::View(view)) => {
            let rows: Vec<_> = view.columns.iter().map(|column| vec![Some(column.to_string())]).collect();
            titled(&format!("View \"public.{name}\""), &["Column"], &rows)
        }
        Some(Relation::Index(index)) => format!("{}\n", describe_index(index).trim_start()),
        Some(Relation::Sequence(sequence)) => {
            let cells = [sequence.start, sequence.min, sequence.max, sequence.increment].map(|n| Some(n.to_string()));
            titled(
                &format!("Sequence \"public.{name}\""),
                &["Start", "Minimum", "Maximum", "Increment"],
                &[cells.to_vec()],
            )
        }
        None => format!("Did not find any relation named \"{name}\".\n"),
    }
}

fn describe_table(catalog: &Catalog, table: &Table) -> String {
    let columns = table.columns.iter().filter(|column| !column.dropped);
    let rows: Vec<_> = columns
        .map(|column| {
            let nullable = if column.not_null { "not null" } else { "" };
            vec![Some(column.name.to_string()), Some(column.ty.name_with(column.typmod)), Some(nullable.to_owned())]
        })
        .collect();
    let mut text = titled(&format!("Table \"public.{}\"", table.name), &["Column", "Type", "Nullable"], &rows);
    text.truncate(text.rfind('(').unwrap_or(text.len())); // psql counts no columns
    let indexes: Vec<_> = table.indexes.iter().map(|&oid| describe_index(catalog.index(oid))).collect();
    let checks: Vec<_> = table.checks.iter().map(|check| format!("    \"{}\" CHECK", check.name)).collect();
    let made: Vec<_> = table.foreign_keys.iter().map(|key| format!("    {}", reference(catalog, key))).collect();
    let met: Vec<_> = table
        .referenced_by
        .iter()
        .map(|key| format!("    TABLE \"{}\" CONSTRAINT {}", catalog.table(key.from).name, reference(catalog, key)))
        .collect();
    for (title, lines) in
        [("Indexes", indexes), ("Check constraints", checks), ("Foreign-key constraints", made), ("Referenced by", met)]
    {
        if !lines.is_empty() {
            let _ = writeln!(text, "{title}:\n{}", lines.join("\n")); // a String takes everything
        }
    }
    text.push('\n');
    text
}

fn describe_index(index: &Index) -> String {
    let kind = match (index.primary, index.unique, index.constraint) {
        (true, ..) => "PRIMARY KEY, ",
        (_, true, true) => "UNIQUE CONSTRAINT, ",
        (_, true, false) => "UNIQUE, ",
        _ => "",
    };
    let keys: Vec<_> = index.keys.iter().map(|key| &*key.text).collect();
    let partial = if index.predicate.is_some() { " WHERE …" } else { "" };
    format!("    \"{}\" {kind}btree ({}){partial}", index.name, keys.join(", "))
}

fn reference(catalog: &Catalog, key: &ForeignKey) -> String {
    let names = |table: &Table, columns: &[usize]| {
        let names: Vec<_> =
            columns.iter().filter_map(|&at| table.columns.get(at)).map(|column| &*column.name).collect();
        names.join(", ")
    };
    let (from, to) = (catalog.table(key.from), catalog.table(key.to));
    let action = |when: &str, action| {
        let words = match action {
            ReferentialAction::NoAction => return String::new(),
            ReferentialAction::Restrict => "RESTRICT",
            ReferentialAction::Cascade => "CASCADE",
            ReferentialAction::SetNull => "SET NULL",
            ReferentialAction::SetDefault => "SET DEFAULT",
        };
        format!(" ON {when} {words}")
    };
    let deferrable = match (key.deferrable, key.initially_deferred) {
        (false, _) => "",
        (true, false) => " DEFERRABLE",
        (true, true) => " DEFERRABLE INITIALLY DEFERRED",
    };
    format!(
        "\"{}\" FOREIGN KEY ({}) REFERENCES {}({}){}{}{deferrable}",
        key.name,
        names(from, &key.from_columns),
        to.name,
        names(to, &key.to_columns),
        action("UPDATE", key.on_update),
        action("DELETE", key.on_delete),
    )
}

/// A table below its title, which stands in the middle.
fn titled(title: &str, names: &[&str], rows: &[Vec<Option<String>>]) -> String {
    let table = aligned_psql(names, &vec![false; names.len()], rows);
    let width = table.lines().next().map_or(0, |line| line.chars().count());
    format!("{:blanks$}{title}\n{table}", "", blanks = width.saturating_sub(title.chars().count()) / 2)
}
