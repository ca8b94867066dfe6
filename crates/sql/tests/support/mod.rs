//! Files of statements beside what `psql` printed for them, each run by itself. `tests/psql/record.sh` records them anew.

use interleave_sql::error::SqlError;

/// Runs `tests/psql/<name>.sql` and compares with the `.out` beside it.
pub fn compare(name: &str, mut run: impl FnMut(&str) -> String) {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/psql/");
    let script = std::fs::read_to_string(format!("{folder}{name}.sql")).expect("the statements");
    let recorded = std::fs::read_to_string(format!("{folder}{name}.out")).expect("what psql printed");
    let mut expected = recorded.as_str();
    let mut wrong = Vec::new();
    for (number, statement) in statements(&script).into_iter().enumerate() {
        let text = statement.trim();
        let start = expected.find(text).unwrap_or_else(|| panic!("{text} is not in the record, or not in its turn"));
        expected = &expected[start + text.len()..];
        let following = statements(&script).get(number + 1).map(|next| next.trim().to_string());
        let end = following.and_then(|next| expected.find(&format!("\n{next}"))).unwrap_or(expected.len());
        let (real, ours) = (expected[..end].trim_matches('\n'), run(text.trim_end_matches(';')));
        if real != ours.trim_matches('\n') {
            wrong.push(format!("{text}\n--- PostgreSQL\n{real}\n--- here\n{ours}"));
        }
    }
    assert!(wrong.is_empty(), "{} differ\n\n{}", wrong.len(), wrong.join("\n\n"));
}

/// Statements end with a semicolon at the end of a line.
fn statements(script: &str) -> Vec<String> {
    let mut statements = vec![String::new()];
    for line in script.lines().filter(|line| !line.is_empty() && !line.starts_with("--")) {
        let current = statements.last_mut().expect("one at least");
        current.push_str(line);
        current.push('\n');
        if line.ends_with(';') {
            statements.push(String::new());
        }
    }
    statements.retain(|statement| !statement.is_empty());
    statements
}

/// An error as psql shows it, verbosely.
pub fn error(statement: &str, error: &SqlError) -> String {
    let mut text = format!("ERROR:  {}: {}\n", error.code, error.message);
    if let Some(position) = error.position {
        let before: Vec<char> = statement.chars().take(position as usize - 1).collect();
        let line = before.iter().filter(|c| **c == '\n').count();
        let column = before.iter().rev().take_while(|c| **c != '\n').count();
        let label = format!("LINE {}: ", line + 1);
        let words = statement.lines().nth(line).unwrap_or("");
        text.push_str(&format!("{label}{words}\n{}^\n", " ".repeat(label.len() + column)));
    }
    if let Some(detail) = &error.detail {
        text.push_str(&format!("DETAIL:  {detail}\n"));
    }
    if let Some(hint) = &error.hint {
        text.push_str(&format!("HINT:  {hint}\n"));
    }
    text
}
