//! The files of the shop: statements, each a line, and what PostgreSQL answered.

use std::path::PathBuf;

pub fn folder() -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/shop"))
}

pub fn read(name: &str) -> String {
    std::fs::read_to_string(folder().join(name)).expect("it is there")
}

/// Each statement with the lines after it: a statement is a line that ends with a semicolon.
pub fn answers(recorded: &str) -> Vec<(&str, Vec<String>)> {
    let mut found: Vec<(&str, Vec<String>)> = Vec::new();
    for line in recorded.lines().filter(|line| !line.starts_with("--")) {
        if line.ends_with(';') {
            found.push((line, Vec::new()));
        } else if let Some((_, lines)) = found.last_mut() {
            lines.push(line.to_string());
        }
    }
    found
}

/// The statements of a script with EXPLAIN before those that read or change rows.
pub fn explaining(script: &str) -> String {
    let explained = |line: &str| ["select", "update", "delete", "insert"].iter().any(|word| line.starts_with(word));
    let lines =
        script.lines().map(|line| if explained(line) { format!("explain {line}\n") } else { format!("{line}\n") });
    lines.collect()
}

/// The name, the statement and the plan of each case.
pub fn plans(recorded: &str) -> Vec<(String, String, Vec<String>)> {
    let mut found: Vec<(String, String, Vec<String>)> = Vec::new();
    let mut name = "";
    for line in recorded.lines() {
        if let Some(title) = line.strip_prefix("-- ") {
            name = title;
        } else if line.ends_with(';') {
            let statement = line.strip_prefix("explain ").unwrap_or(line);
            found.push((name.into(), statement.into(), Vec::new()));
        } else if let Some((_, _, lines)) = found.last_mut() {
            lines.push(line.to_string());
        }
    }
    found
}

/// What reads, joins, sorts and groups, in which order, by which index: a plan without costs and conditions.
pub fn shape(plan: &[String]) -> Vec<String> {
    let is_node = |(at, line): &(usize, &String)| *at == 0 || line.contains("->  ") || line.contains("Plan ");
    let nodes = plan.iter().enumerate().filter(is_node);
    nodes.map(|(_, line)| line.split("  (cost=").next().unwrap_or(line).to_string()).collect()
}
