//! Results as tables of characters: as isolationtester prints them, and as psql does.

/// The rows of a result as text: `None` is null, which both print as nothing.
pub type Cells = [Vec<Option<String>>];

/// What libpq's `PQprint` writes for isolationtester (header, aligned, separator `|`): columns padded, those that look like numbers to the
/// right, `(2 rows)` and an empty line. Nothing at all for a result without columns. (`fe-print.c`)
pub fn aligned_pqprint(names: &[&str], rows: &Cells) -> String {
    if names.is_empty() {
        return String::new();
    }
    // Widths are counted in bytes there, and padding is made with them.
    let widths = widths(names, rows, str::len);
    let numbers: Vec<bool> =
        (0..names.len()).map(|column| rows.iter().filter_map(|row| cell(row, column)).all(looks_like_number)).collect();
    let line = |cells: &mut dyn Iterator<Item = &str>| {
        let padded: Vec<String> = cells
            .zip(widths.iter().zip(&numbers))
            .map(|(text, (&width, &right))| {
                let blanks = " ".repeat(width.saturating_sub(text.len()));
                if right { blanks + text } else { text.to_string() + &blanks }
            })
            .collect();
        padded.join("|") + "\n"
    };
    let mut table = line(&mut names.iter().copied());
    table += &widths.iter().map(|&width| "-".repeat(width)).collect::<Vec<_>>().join("+");
    table.push('\n');
    for row in rows {
        table += &line(&mut (0..names.len()).map(|column| cell(row, column).unwrap_or("")));
    }
    table + &count(rows.len()) + "\n"
}

/// A cell that is neither null nor empty: the only ones that say anything about a column.
fn cell(row: &[Option<String>], column: usize) -> Option<&str> {
    row.get(column)?.as_deref().filter(|text| !text.is_empty())
}

/// Digits, points, blanks, dashes and an `e` not at the front; a digit at the end. (`do_field`)
fn looks_like_number(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'E' | b'e' | b' ' | b'-'))
        && !text.starts_with(['E', 'e'])
        && text.ends_with(|c: char| c.is_ascii_digit())
}

/// What psql writes in its aligned format with its border of 1. `right` tells which columns go to the right: those whose type's
/// `psql_right` says so.
pub fn aligned_psql(names: &[&str], right: &[bool], rows: &Cells) -> String {
    if names.is_empty() {
        return format!("--\n{}\n", count(rows.len()));
    }
    let widths = widths(names, rows, |text| text.split('\n').map(display_width).max().unwrap_or(0));
    let mut table = header(names, &widths);
    table += &widths.iter().map(|&width| "-".repeat(width + 2)).collect::<Vec<_>>().join("+");
    table.push('\n');
    for row in rows {
        record(&mut table, row, right, &widths);
    }
    table + &count(rows.len()) + "\n"
}

/// Names in the middle of their columns.
fn header(names: &[&str], widths: &[usize]) -> String {
    let height = names.iter().map(|name| name.split('\n').count()).max().unwrap_or(1);
    let mut text = String::new();
    for line in 0..height {
        for (column, name) in names.iter().enumerate() {
            let lines: Vec<&str> = name.split('\n').collect();
            let part = lines.get(line).copied().unwrap_or("");
            let blanks = widths[column] - display_width(part);
            let more = if line + 1 < lines.len() { '+' } else { ' ' };
            text += if column > 0 { "|" } else { "" };
            text += &format!(" {}{part}{}", " ".repeat(blanks / 2), " ".repeat(blanks - blanks / 2));
            text.push(more);
        }
        text.push('\n');
    }
    text
}

/// One row; a text of several lines takes several.
fn record(table: &mut String, row: &[Option<String>], right: &[bool], widths: &[usize]) {
    let cells: Vec<Vec<&str>> = (0..widths.len())
        .map(|column| row.get(column).and_then(|cell| cell.as_deref()).unwrap_or("").split('\n').collect())
        .collect();
    let height = cells.iter().map(Vec::len).max().unwrap_or(1);
    for line in 0..height {
        for (column, lines) in cells.iter().enumerate() {
            let part = lines.get(line).copied().unwrap_or("");
            let blanks = " ".repeat(widths[column].saturating_sub(display_width(part)));
            let more = line + 1 < lines.len();
            let last = column + 1 == widths.len();
            *table += if column > 0 { "| " } else { " " };
            if right.get(column).copied().unwrap_or(false) {
                *table += &(blanks + part);
            } else {
                *table += part;
                // Nothing follows the last column but the mark of a line that goes on.
                if !last || more {
                    *table += &blanks;
                }
            }
            if more {
                table.push('+');
            } else if !last {
                table.push(' ');
            }
        }
        table.push('\n');
    }
}

fn widths(names: &[&str], rows: &Cells, measure: impl Fn(&str) -> usize) -> Vec<usize> {
    let column_width = |(column, name): (usize, &&str)| {
        let cells = rows.iter().filter_map(|row| cell(row, column)).map(&measure).max().unwrap_or(0);
        cells.max(measure(name))
    };
    names.iter().enumerate().map(column_width).collect()
}

fn count(rows: usize) -> String {
    format!("({rows} row{})\n", if rows == 1 { "" } else { "s" })
}

/// Columns of a terminal a text takes: two for the wide characters of East Asia and pictures, none for accents that join.
fn display_width(text: &str) -> usize {
    let width = |c: char| match u32::from(c) {
        0x0300..=0x036F | 0x200B..=0x200F | 0xFE00..=0xFE0F => 0,
        0x1100..=0x115F | 0x2E80..=0x303E | 0x3041..=0xA4CF | 0xAC00..=0xD7A3 | 0xF900..=0xFAFF => 2,
        0xFE30..=0xFE6F | 0xFF00..=0xFF60 | 0xFFE0..=0xFFE6 | 0x1F300..=0x1F64F | 0x1F900..=0x1F9FF => 2,
        0x20000..=0x3FFFD => 2,
        _ => 1,
    };
    text.chars().map(width).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(rows: &[&[Option<&str>]]) -> Vec<Vec<Option<String>>> {
        rows.iter().map(|row| row.iter().map(|cell| cell.map(str::to_string)).collect()).collect()
    }

    #[test]
    fn isolationtester_puts_what_looks_like_numbers_to_the_right() {
        let table = rows(&[&[Some("1"), Some("a")], &[Some("-20"), None]]);
        let printed = "   n|word\n----+----\n   1|a   \n -20|    \n(2 rows)\n\n";
        assert_eq!(aligned_pqprint(&["   n", "word"], &table), printed);
    }

    #[test]
    fn isolationtester_counts_bytes_and_takes_an_empty_column_for_numbers() {
        let table = rows(&[&[Some("é"), None]]);
        assert_eq!(aligned_pqprint(&["ab", "void"], &table), "ab|void\n--+----\né|    \n(1 row)\n\n");
    }

    #[test]
    fn isolationtester_prints_nothing_of_a_result_without_columns() {
        assert_eq!(aligned_pqprint(&[], &rows(&[&[]])), "");
    }

    #[test]
    fn psql_puts_names_in_the_middle_and_marks_lines_that_go_on() {
        let table = rows(&[&[Some("1"), Some("two\nlines")], &[Some("-20"), Some("é")]]);
        let printed = "  n  | word  \n-----+-------\n   1 | two  +\n     | lines\n -20 | é\n(2 rows)\n\n";
        assert_eq!(aligned_psql(&["n", "word"], &[true, false], &table), printed);
    }
}
