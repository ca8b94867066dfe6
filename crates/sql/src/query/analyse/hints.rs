//! "Perhaps you meant": columns whose names are near to one that does not exist. (`searchRangeTableForCol`)

use super::Analyser;
use crate::error::SqlError;

/// Names further apart than this are not alike.
const FARTHEST: usize = 3;

impl<'a> Analyser<'a> {
    /// Adds PostgreSQL's hint for a column that was not found.
    pub(super) fn hint_column(&self, error: SqlError, alias: Option<&str>, name: &str) -> SqlError {
        let mut best = FARTHEST + 1;
        let mut found: Vec<(String, String)> = Vec::new();
        for level in self.levels.iter().rev() {
            for table in &level.namespace.tables {
                // A table of another name is as far away as its name is.
                let penalty = alias.map_or(0, |alias| distance(alias, &table.alias));
                if penalty > FARTHEST {
                    continue;
                }
                for column in &table.columns {
                    let apart = distance(name, &column.name);
                    if apart > column.name.chars().count() / 2 {
                        continue;
                    }
                    let total = penalty + apart;
                    if total < best {
                        best = total;
                        found = vec![(table.alias.to_string(), column.name.to_string())];
                    } else if total == best && total <= FARTHEST {
                        found.push((table.alias.to_string(), column.name.to_string()));
                    }
                }
            }
        }
        match found.as_slice() {
            [(table, column)] if best == 0 => error.hint(format!(
                "There is a column named \"{column}\" in table \"{table}\", but it cannot be referenced from this part of the query."
            )),
            [(table, column)] => error.hint(format!("Perhaps you meant to reference the column \"{table}.{column}\".")),
            [(table, column), (other, second)] => error.hint(format!(
                "Perhaps you meant to reference the column \"{table}.{column}\" or the column \"{other}.{second}\"."
            )),
            _ => error,
        }
    }
}

/// How many letters have to be added, taken away or changed. (Levenshtein)
fn distance(left: &str, right: &str) -> usize {
    let right: Vec<char> = right.chars().collect();
    let mut row: Vec<usize> = (0..=right.len()).collect();
    for (i, l) in left.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, r) in right.iter().enumerate() {
            let substituted = diagonal + usize::from(l != *r);
            diagonal = row[j + 1];
            row[j + 1] = substituted.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[right.len()]
}
