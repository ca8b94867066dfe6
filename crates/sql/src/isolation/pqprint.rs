//! Result sets as libpq's `PQprint` aligns them, which is what `isolationtester` uses. Widths count bytes.

use crate::query::plan::OutputColumn;
use std::fmt::Write;

/// The table with its header and its count of rows, and an empty line. Nothing at all when there is no column.
pub fn aligned_pqprint(columns: &[OutputColumn], rows: &[Vec<Option<String>>]) -> String {
    if columns.is_empty() {
        return String::new();
    }
    let cell = |row: &'_ [Option<String>], at: usize| row.get(at).cloned().flatten().unwrap_or_default();
    let layout: Vec<_> = columns
        .iter()
        .enumerate()
        .map(|(at, column)| {
            let cells: Vec<_> = rows.iter().map(|row| cell(row, at)).collect();
            let width = cells.iter().map(String::len).max().unwrap_or(0).max(column.name.len());
            (width, cells.iter().all(|cell| looks_numeric(cell)))
        })
        .collect();
    let line = |cells: &[String]| {
        let padded: Vec<_> = cells
            .iter()
            .zip(&layout)
            .map(|(cell, (width, right))| {
                let blanks = " ".repeat(width - cell.len());
                if *right { format!("{blanks}{cell}") } else { format!("{cell}{blanks}") }
            })
            .collect();
        padded.join("|") + "\n"
    };
    let mut text = line(&columns.iter().map(|column| column.name.to_string()).collect::<Vec<_>>());
    let rule: Vec<_> = layout.iter().map(|(width, _)| "-".repeat(*width)).collect();
    text += &(rule.join("+") + "\n");
    for row in rows {
        text += &line(&(0..columns.len()).map(|at| cell(row, at)).collect::<Vec<_>>());
    }
    let _ = writeln!(text, "({} row{})\n", rows.len(), if rows.len() == 1 { "" } else { "s" }); // a String takes everything
    text
}

/// Columns of such values stand to the right. An empty one says nothing.
fn looks_numeric(value: &str) -> bool {
    let part = |c: char| c.is_ascii_digit() || matches!(c, '.' | 'E' | 'e' | ' ' | '-');
    value.is_empty()
        || value.chars().all(part) && !value.starts_with(['E', 'e']) && value.ends_with(|c: char| c.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::Type;

    fn table(columns: &[&str], rows: &[&[Option<&str>]]) -> String {
        let column = |name: &&str| OutputColumn { name: (*name).into(), ty: Type::Text, typmod: None };
        let row = |row: &&[Option<&str>]| row.iter().map(|value| value.map(str::to_owned)).collect();
        aligned_pqprint(&columns.iter().map(column).collect::<Vec<_>>(), &rows.iter().map(row).collect::<Vec<_>>())
    }

    #[test]
    fn what_looks_like_a_number_stands_to_the_right() {
        let rows: &[&[_]] = &[&[Some("7"), Some("cat"), None], &[Some("-12"), Some("1x"), None]];
        assert_eq!(
            table(&["id", "name", "owner"], rows),
            " id|name|owner\n---+----+-----\n  7|cat |     \n-12|1x  |     \n(2 rows)\n\n"
        );
    }

    #[test]
    fn no_rows_are_a_table_and_no_columns_are_none() {
        assert_eq!(table(&["n"], &[]), "n\n-\n(0 rows)\n\n");
        assert_eq!(table(&[], &[&[]]), "");
    }
}
