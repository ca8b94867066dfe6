//! A plan as people see it: a tree of plain data, and PostgreSQL's text of it. (`explain.c`; manual, 14.1 "Using EXPLAIN")
//!
//! Times are virtual: what was done, counted and priced. (See the store's `work.rs`.)

use serde::{Deserialize, Serialize};
use std::fmt::Write;

/// What EXPLAIN answers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Explained {
    pub plan: PlanNode,
    /// Nanoseconds.
    pub planning: u64,
    /// Nanoseconds, if it was run.
    pub execution: Option<u64>,
}

/// One node of a plan.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct PlanNode {
    /// `Hash Join`
    pub kind: String,
    /// `InitPlan 1 (returns $0)`: it is no input of the node above, but what an expression there reads.
    pub label: Option<String>,
    /// What it reads, as the query calls it.
    pub relation: Option<String>,
    pub alias: Option<String>,
    pub index: Option<String>,
    /// Costs in units of a page that is read in order.
    pub startup: f64,
    pub total: f64,
    pub rows: f64,
    /// Bytes of a row.
    pub width: u32,
    /// What it turned out to do, if the statement was run.
    pub actual: Option<Actual>,
    /// `Filter`, `(id > 1)` and whatever else is said of it, in order.
    pub details: Vec<(String, String)>,
    /// Its inputs, the outer one first, and the plans of its subqueries.
    pub inputs: Vec<PlanNode>,
}

/// What a node turned out to do.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Actual {
    /// How often it was run. Never, if this is 0.
    pub loops: u64,
    /// Rows of all loops.
    pub rows: u64,
    /// Nanoseconds until the first row and until the last, of all loops, those of its inputs included.
    pub startup: u64,
    pub total: u64,
}

/// What is shown of a plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shown {
    pub costs: bool,
    pub timing: bool,
    pub summary: bool,
}

impl PlanNode {
    /// The node's name and what it reads: `Index Scan using t_pkey on t`.
    pub fn head(&self) -> String {
        let mut head = self.kind.clone();
        if let Some(index) = &self.index {
            let word = if self.relation.is_some() { "using" } else { "on" };
            let _ = write!(head, " {word} {index}"); // a String takes everything
        }
        match (&self.relation, &self.alias) {
            (Some(relation), Some(alias)) if alias != relation => {
                let _ = write!(head, " on {relation} {alias}");
            }
            (Some(name), _) | (None, Some(name)) => {
                let _ = write!(head, " on {name}");
            }
            (None, None) => {}
        }
        head
    }

    /// Says something of the node.
    pub fn detail(&mut self, name: &str, value: impl Into<String>) {
        self.details.push((name.into(), value.into()));
    }
}

/// The lines of PostgreSQL's text format.
pub fn lines(explained: &Explained, shown: Shown) -> Vec<String> {
    let mut lines = Vec::new();
    write_node(&explained.plan, None, shown, &mut lines);
    if shown.summary {
        lines.push(format!("Planning Time: {} ms", millis(explained.planning as f64)));
        if let Some(execution) = explained.execution {
            lines.push(format!("Execution Time: {} ms", millis(execution as f64)));
        }
    }
    lines
}

/// `indent`: blanks before the arrow; none for the topmost node.
fn write_node(node: &PlanNode, indent: Option<usize>, shown: Shown, lines: &mut Vec<String>) {
    let mut line = String::new();
    let mut inside = 2;
    if let Some(mut indent) = indent {
        if let Some(label) = &node.label {
            lines.push(format!("{}{label}", " ".repeat(indent)));
            indent += 2;
        }
        line = format!("{}->  ", " ".repeat(indent));
        inside = indent + 6;
    }
    line += &node.head();
    if shown.costs {
        let PlanNode { startup, total, rows, width, .. } = node;
        let _ = write!(line, "  (cost={startup:.2}..{total:.2} rows={rows:.0} width={width})");
    }
    match node.actual {
        None => {}
        Some(Actual { loops: 0, .. }) => line += " (never executed)",
        Some(Actual { loops, rows, startup, total }) => {
            let each = |sum: u64| sum as f64 / loops as f64;
            let times = format!("time={}..{} ", millis(each(startup)), millis(each(total)));
            let times = if shown.timing { times.as_str() } else { "" };
            let _ = write!(line, " (actual {times}rows={:.0} loops={loops})", each(rows));
        }
    }
    lines.push(line);
    for (name, value) in &node.details {
        lines.push(format!("{}{name}: {value}", " ".repeat(inside)));
    }
    for input in &node.inputs {
        write_node(input, Some(inside), shown, lines);
    }
}

fn millis(nanos: f64) -> String {
    format!("{:.3}", nanos / 1e6)
}

/// PostgreSQL's JSON format.
pub fn json(explained: &Explained, shown: Shown) -> String {
    let mut text = String::from("[\n  {\n    \"Plan\": ");
    json_node(&explained.plan, 4, shown, &mut text);
    if shown.summary {
        let _ = write!(text, ",\n    \"Planning Time\": {}", millis(explained.planning as f64));
        if let Some(execution) = explained.execution {
            let _ = write!(text, ",\n    \"Execution Time\": {}", millis(execution as f64));
        }
    }
    text + "\n  }\n]"
}

fn json_node(node: &PlanNode, indent: usize, shown: Shown, text: &mut String) {
    let quoted = |value: &str| format!("\"{}\"", value.replace('\\', "\\\\").replace('"', "\\\""));
    let mut fields = vec![("Node Type".to_string(), quoted(&node.kind))];
    let words = [
        ("Subplan Name", &node.label),
        ("Relation Name", &node.relation),
        ("Alias", &node.alias),
        ("Index Name", &node.index),
    ];
    fields.extend(words.iter().filter_map(|(name, value)| Some(((*name).to_string(), quoted(value.as_deref()?)))));
    if shown.costs {
        fields.push(("Startup Cost".into(), format!("{:.2}", node.startup)));
        fields.push(("Total Cost".into(), format!("{:.2}", node.total)));
        fields.push(("Plan Rows".into(), format!("{:.0}", node.rows)));
        fields.push(("Plan Width".into(), node.width.to_string()));
    }
    if let Some(Actual { loops, rows, startup, total }) = node.actual {
        let each = |sum: u64| sum as f64 / loops.max(1) as f64;
        if shown.timing {
            fields.push(("Actual Startup Time".into(), millis(each(startup))));
            fields.push(("Actual Total Time".into(), millis(each(total))));
        }
        fields.push(("Actual Rows".into(), format!("{:.0}", each(rows))));
        fields.push(("Actual Loops".into(), loops.to_string()));
    }
    fields.extend(node.details.iter().map(|(name, value)| (name.clone(), quoted(value))));
    let blanks = " ".repeat(indent);
    let lines: Vec<String> = fields.iter().map(|(name, value)| format!("{blanks}  \"{name}\": {value}")).collect();
    *text += "{\n";
    *text += &lines.join(",\n");
    if !node.inputs.is_empty() {
        let _ = write!(text, ",\n{blanks}  \"Plans\": [\n");
        for (at, input) in node.inputs.iter().enumerate() {
            *text += if at > 0 { ",\n" } else { "" };
            let _ = write!(text, "{blanks}    ");
            json_node(input, indent + 4, shown, text);
        }
        let _ = write!(text, "\n{blanks}  ]");
    }
    let _ = write!(text, "\n{blanks}}}");
}
