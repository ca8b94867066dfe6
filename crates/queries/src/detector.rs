//! What is wrong with what a program asks: found in the log and the plans alone, as somebody finds it who reads both.

use crate::groups::Group;
use crate::notes::{count, grouped, millis};
use crate::totals::Totals;
use interleave_kernel::Note;
use interleave_node::{DatabaseLog, Nanos, Query};
use interleave_sql::explain::{Explained, PlanNode};
use serde::{Deserialize, Serialize};

/// What is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Kind {
    /// The same text again and again, for one row after the other.
    NPlusOne,
    /// Rows were read one by one to find a few.
    MissingIndex,
    /// Queries had to wait for a connection.
    SmallPool,
    /// A join of several relations to many.
    Multiplied,
    /// More came than a page shows.
    TooMuch,
}

/// Something that was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    pub kind: Kind,
    /// Index into the groups of the run.
    pub group: u32,
    /// The line of the program, from 1.
    pub line: Option<u32>,
    /// What is wrong.
    pub what: Note,
    /// What to do about it.
    pub fix: Note,
    /// When it could be told.
    pub at: Nanos,
}

/// The same text so often from one line is no coincidence.
const REPEATED: usize = 5;
/// Rows that were read in vain by one statement.
const IN_VAIN: u64 = 1_000;
/// Rows of a join of several relations to many.
const MULTIPLIED: u64 = 100;
/// Bytes of one run that a page hardly needs.
const MUCH: u64 = 150_000;
/// Queries that had to wait for a connection.
const LINE: usize = 10;

/// Everything there is to say, the most important first.
pub fn detect(log: &DatabaseLog, groups: &[Group], plans: &[Option<Explained>], totals: &Totals) -> Vec<Finding> {
    let mut findings: Vec<Finding> =
        groups.iter().enumerate().filter_map(|(number, group)| n_plus_one(log, groups, (number, group))).collect();
    for (number, group) in groups.iter().enumerate() {
        let Some(explained) = plans.get(group.text as usize).and_then(Option::as_ref) else { continue };
        findings.extend(missing_index(log, (number, group), &explained.plan));
        findings.extend(multiplied(log, (number, group), &explained.plan));
    }
    findings.extend(small_pool(log, groups));
    if !findings.iter().any(|finding| finding.kind == Kind::Multiplied) {
        findings.extend(too_much(log, groups, totals));
    }
    findings.sort_by_key(|finding| (finding.kind, finding.group));
    findings
}

fn query<'a>(log: &'a DatabaseLog, group: &Group, at: usize) -> Option<&'a Query> {
    log.queries.get(*group.queries.get(at)? as usize)
}

fn place(line: Option<u32>) -> String {
    line.map_or("The program".into(), |line| format!("Line {line}"))
}

fn n_plus_one(log: &DatabaseLog, groups: &[Group], (number, group): (usize, &Group)) -> Option<Finding> {
    let times = group.queries.len();
    let text = log.texts.get(group.text as usize)?;
    let parameters = query(log, group, 0)?.parameters;
    if times < REPEATED || parameters == 0 || !is_select(text) {
        return None;
    }
    let first = query(log, group, 0)?;
    // The list: what had been answered before the first of them, with as many rows as there are repetitions.
    let list = groups[..number].iter().rev().find(|list| {
        let rows: u64 = list.rows;
        let before = query(log, list, 0).and_then(|query| query.answered).is_some_and(|at| at <= first.asked);
        before && rows > 0 && (rows as usize).abs_diff(times) * 10 <= times
    });
    let each = match list {
        Some(list) => format!(", once for each row that {} asked for", place(list.line).to_lowercase()),
        None => String::new(),
    };
    let what = format!(
        "**N+1: {} ran the same query {} times**{each}: {}",
        place(group.line).to_lowercase(),
        grouped(times as u64),
        Note::code(&short(text))
    );
    let relation = relation(text);
    let column = column(text).unwrap_or("the key");
    let table = relation.unwrap_or("the relation");
    let at_once = if group.at_once > 1 {
        format!(" Up to {} of them are on their way at once, which makes them no fewer.", grouped(group.at_once.into()))
    } else {
        String::from(" Each waits for the round trip of the one before.")
    };
    let fix = format!(
        "Ask once for all: `WHERE {column} = ANY($1)` with every key, `include: {{ {table}: true }}` in the ORM, or a DataLoader where each asks for itself.{at_once}"
    );
    let at = query(log, group, REPEATED - 1)?.asked;
    Some(Finding {
        kind: Kind::NPlusOne,
        group: number as u32,
        line: group.line,
        what: Note::new(what),
        fix: Note::new(fix),
        at,
    })
}

fn missing_index(log: &DatabaseLog, (number, group): (usize, &Group), plan: &PlanNode) -> Option<Finding> {
    let scan = worst_scan(plan)?;
    let removed = removed(scan)?;
    let actual = scan.actual?;
    if removed < IN_VAIN || removed < actual.rows * 5 {
        return None;
    }
    let table = scan.relation.as_deref()?;
    let filter = scan.details.iter().find(|(name, _)| name == "Filter").map(|(_, value)| value.as_str())?;
    let column = filtered_column(filter)?;
    let what = format!(
        "**{} reads {} rows of `{table}` to find {}**: no index leads to them, so PostgreSQL looks at all of them (`Seq Scan`).",
        place(group.line),
        grouped(removed + actual.rows),
        grouped(actual.rows),
    );
    let why =
        if column.ends_with("_id") { " PostgreSQL makes none for a column that refers to another table." } else { "" };
    let fix = format!("`CREATE INDEX ON {table} ({column})`.{why}");
    let at = query(log, group, 0)?.answered?;
    Some(Finding {
        kind: Kind::MissingIndex,
        group: number as u32,
        line: group.line,
        what: Note::new(what),
        fix: Note::new(fix),
        at,
    })
}

/// The sequential scan that threw most rows away.
fn worst_scan(node: &PlanNode) -> Option<&PlanNode> {
    let own = (node.kind.ends_with("Seq Scan")).then_some(node);
    own.into_iter().chain(node.inputs.iter().filter_map(worst_scan)).max_by_key(|scan| removed(scan))
}

fn removed(scan: &PlanNode) -> Option<u64> {
    let (_, value) = scan.details.iter().find(|(name, _)| name == "Rows Removed by Filter")?;
    let each: u64 = value.parse().ok()?;
    Some(each * scan.actual?.loops.max(1))
}

/// `(product_id = ANY ($1))`: the column that is compared.
fn filtered_column(filter: &str) -> Option<&str> {
    let name = filter.trim_start_matches('(');
    let end = name.find(|c: char| !c.is_alphanumeric() && c != '_')?;
    (end > 0).then(|| &name[..end])
}

fn multiplied(log: &DatabaseLog, (number, group): (usize, &Group), plan: &PlanNode) -> Option<Finding> {
    let rows = plan.actual?.rows;
    let parent = shared_key(log.texts.get(group.text as usize)?)?;
    if rows < MULTIPLIED {
        return None;
    }
    let what = format!(
        "**{}: the join answers with {}.** More than one relation to many hangs on `{parent}`, so each row of the one meets each row of the other.",
        place(group.line),
        count(rows, "row", "rows"),
    );
    let fix =
        "One query for each relation, with all keys in a list (`IN`, `= ANY`). Joins are best for relations to one.";
    let at = query(log, group, 0)?.answered?;
    Some(Finding {
        kind: Kind::Multiplied,
        group: number as u32,
        line: group.line,
        what: Note::new(what),
        fix: Note::new(fix),
        at,
    })
}

/// `products.id`, if several joins compare something with it.
fn shared_key(text: &str) -> Option<String> {
    const ENDS: [&str; 9] =
        [" left ", " inner ", " right ", " full ", " cross ", " join ", " where ", " order ", " group "];
    let text = text.replace('"', "").split_whitespace().collect::<Vec<_>>().join(" ").to_ascii_lowercase();
    let mut seen: Vec<String> = Vec::new();
    for condition in text.split(" on ").skip(1) {
        let end = ENDS.iter().filter_map(|word| condition.find(word)).min().unwrap_or(condition.len());
        let mut names: Vec<&str> = condition[..end]
            .split(|c: char| !c.is_alphanumeric() && c != '_' && c != '.')
            .filter(|name| name.contains('.'))
            .collect();
        names.sort_unstable();
        names.dedup();
        if let Some(name) = names.iter().find(|name| seen.iter().any(|known| known == *name)) {
            return Some((*name).to_owned());
        }
        seen.extend(names.into_iter().map(str::to_owned));
    }
    None
}

fn small_pool(log: &DatabaseLog, groups: &[Group]) -> Option<Finding> {
    // Whoever got a connection that somebody else had, or none.
    let wait = |query: &Query| query.acquired.or(query.answered).map(|acquired| acquired.saturating_sub(query.asked));
    let opening = log.connections.iter().filter_map(|it| Some(it.ready? - it.opened)).max().unwrap_or(0);
    let waited: Vec<(usize, Nanos)> = (log.queries.iter().enumerate())
        .filter_map(|(number, query)| Some((number, wait(query)?)))
        .filter(|(_, wait)| *wait > opening + log.round_trip)
        .collect();
    let (longest, time) = waited.iter().copied().max_by_key(|(_, wait)| *wait)?;
    if waited.len() < LINE {
        return None;
    }
    let group = groups.iter().position(|group| group.queries.contains(&(longest as u32)))?;
    let size = log.pools.iter().map(|counts| counts.total).max().unwrap_or(0);
    let what = format!(
        "**{} waited for one of {}**, the last of them {}.",
        count(waited.len() as u64, "query", "queries"),
        count(size.into(), "connection", "connections"),
        millis(time)
    );
    let fix =
        "Ask less often. A larger pool moves the line into the database, and takes connections from everybody else.";
    let line = groups[group].line;
    let at = log.queries.get(waited[LINE - 1].0).and_then(|query| query.acquired)?;
    Some(Finding { kind: Kind::SmallPool, group: group as u32, line, what: Note::new(what), fix: Note::new(fix), at })
}

fn too_much(log: &DatabaseLog, groups: &[Group], totals: &Totals) -> Option<Finding> {
    if totals.bytes < MUCH {
        return None;
    }
    let (number, largest) = groups.iter().enumerate().max_by_key(|(_, group)| group.bytes)?;
    let text = log.texts.get(largest.text as usize)?;
    let what = format!(
        "**{} and {} kB come for this one answer**, most of them from {} with {}.",
        count(totals.rows, "row", "rows"),
        grouped(totals.bytes / 1000),
        place(largest.line).to_lowercase(),
        Note::code(&short(text)),
    );
    let fix = "Name the fields that are shown (`select`), take a page at a time (`take`), and include a relation where it is shown, not by default.";
    let at = query(log, largest, 0)?.answered?;
    Some(Finding {
        kind: Kind::TooMuch,
        group: number as u32,
        line: largest.line,
        what: Note::new(what),
        fix: Note::new(fix),
        at,
    })
}

fn is_select(text: &str) -> bool {
    text.trim_start().get(..6).is_some_and(|word| word.eq_ignore_ascii_case("select"))
}

/// A text as it is named in a sentence: `SELECT … FROM skus WHERE product_id = $1`.
pub fn short(text: &str) -> String {
    let words = text.replace('"', "").split_whitespace().collect::<Vec<_>>().join(" ");
    let lower = words.to_ascii_lowercase();
    let cut = match (lower.starts_with("select "), lower.find(" from ")) {
        (true, Some(from)) if words.is_char_boundary(from) => format!("SELECT …{}", &words[from..]),
        _ => words,
    };
    let cut = listed(&unqualified(&cut));
    if cut.chars().count() > 90 { cut.chars().take(88).chain(" …".chars()).collect() } else { cut }
}

/// `($1, $2, $3, $4)` is `($1, …, $4)`.
fn listed(text: &str) -> String {
    let Some((before, list)) = text.split_once("($1, $2, ") else { return text.to_owned() };
    match list.split_once(')') {
        Some((list, after)) if list.starts_with("$3") => {
            format!("{before}($1, …, {}){after}", list.rsplit(", ").next().unwrap_or_default())
        }
        _ => text.to_owned(),
    }
}

/// `skus.product_id` is `product_id`, where there is one table.
fn unqualified(text: &str) -> String {
    let Some(table) = relation(text) else { return text.to_owned() };
    if text.to_ascii_lowercase().contains(" join ") { text.to_owned() } else { text.replace(&format!("{table}."), "") }
}

/// The table after FROM.
fn relation(text: &str) -> Option<&str> {
    let from = text.to_ascii_lowercase().find("from ")? + "from ".len();
    let name = text.get(from..)?.trim_start().trim_start_matches('"');
    let end = name.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(name.len());
    (end > 0).then(|| &name[..end])
}

/// The column that is compared with `$1`.
fn column(text: &str) -> Option<&str> {
    let before = text.split("= $1").next().filter(|before| before.len() < text.len())?.trim_end().trim_end_matches('"');
    let begin = before.rfind(|c: char| !c.is_alphanumeric() && c != '_').map_or(0, |at| at + 1);
    Some(&before[begin..]).filter(|name| !name.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_named_by_what_it_reads_and_how_it_finds_it() {
        let text = r#"SELECT "skus"."id", "skus"."code" FROM "skus" WHERE "skus"."product_id" = $1"#;
        assert_eq!(short(text), "SELECT … FROM skus WHERE product_id = $1");
        assert_eq!((relation(text), column(text)), (Some("skus"), Some("product_id")));
        assert_eq!(short("UPDATE t\n  SET a = 1"), "UPDATE t SET a = 1");
        assert_eq!((relation("select 1"), column("select 1")), (None, None));
    }

    #[test]
    fn a_long_list_is_named_by_its_ends() {
        assert_eq!(short("SELECT a FROM t WHERE b IN ($1, $2, $3, $4)"), "SELECT … FROM t WHERE b IN ($1, …, $4)");
        assert_eq!(short("SELECT a FROM t WHERE b IN ($1, $2)"), "SELECT … FROM t WHERE b IN ($1, $2)");
    }

    #[test]
    fn joins_that_hang_on_the_same_key_are_found() {
        let two = r#"SELECT 1 FROM "products" LEFT JOIN "skus" AS t1 ON t1."product_id" = "products"."id" LEFT JOIN images t2 ON t2.product_id = products.id WHERE a.b = products.id"#;
        assert_eq!(shared_key(two).as_deref(), Some("products.id"));
        let chain = "SELECT 1 FROM items i JOIN orders o ON o.id = i.order_id JOIN users u ON u.id = o.user_id";
        assert_eq!(shared_key(chain), None);
    }

    #[test]
    fn the_column_of_a_filter_is_found() {
        assert_eq!(filtered_column("(product_id = ANY ($1))"), Some("product_id"));
        assert_eq!(filtered_column("((a > 1) AND (b = 2))"), Some("a"));
        assert_eq!(filtered_column("($1)"), None);
    }
}
