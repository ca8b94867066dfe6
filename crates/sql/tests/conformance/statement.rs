//! Random statements over random tables.

use crate::lot::Lot;
use crate::schema::Table;

const LOCKS: [&str; 4] = ["UPDATE", "NO KEY UPDATE", "SHARE", "KEY SHARE"];
const MODES: [&str; 8] = [
    "ACCESS SHARE",
    "ROW SHARE",
    "ROW EXCLUSIVE",
    "SHARE UPDATE EXCLUSIVE",
    "SHARE",
    "SHARE ROW EXCLUSIVE",
    "EXCLUSIVE",
    "ACCESS EXCLUSIVE",
];

/// A statement inside a transaction. `fresh` is a number nobody has inserted yet.
pub fn statement(lot: &mut Lot, tables: &[Table], fresh: &mut usize) -> String {
    let table = &tables[lot.roll(tables.len())];
    match lot.roll(100) {
        0..18 => select(lot, table),
        18..36 => lock_rows(lot, tables, table),
        36..56 => update(lot, tables, table),
        56..64 => delete(lot, tables, table),
        64..80 => insert(lot, table, fresh),
        80..83 => join(lot, tables, table),
        83..90 => savepoint(lot),
        90..93 => advisory(lot),
        93..95 => lock_table(lot, table),
        95..97 => with(lot, table, fresh),
        97..99 => other(lot, table),
        _ => lot.pick(&["SELECT 1 / 0", "SELECT nobody", "INSERT INTO nowhere VALUES (1)"]).to_owned(),
    }
}

/// A condition over one row; `t.` stands before each column.
fn condition(lot: &mut Lot, table: &Table, t: &str) -> String {
    let id = 1 + lot.roll(table.rows + 1);
    let v = 10 * lot.roll(6);
    match lot.roll(12) {
        0..5 => format!("{t}id = {id}"),
        5 => format!("{t}id IN ({id}, {})", 1 + lot.roll(table.rows + 1)),
        6 => format!("{t}v >= {v}"),
        7 => format!("{t}v < {v}"),
        8 => format!("{t}k = {}", 1 + lot.roll(4)),
        9 => format!("{t}s = '{}'", lot.pick(&["x", "y", "z"])),
        10 => format!("{t}id > {id} AND {t}v <> {v}"),
        _ => format!("{t}id BETWEEN {id} AND {}", id + lot.roll(3)),
    }
}

fn where_clause(lot: &mut Lot, tables: &[Table], table: &Table) -> String {
    let other = &tables[lot.roll(tables.len())];
    match lot.roll(14) {
        0 => String::new(),
        1 => format!(" WHERE v = (SELECT max(v) FROM {})", table.name),
        2 => format!(" WHERE EXISTS (SELECT 1 FROM {} o WHERE o.id = {}.k)", other.name, table.name),
        3 => format!(" WHERE k IN (SELECT id FROM {} WHERE v >= 20)", other.name),
        _ => format!(" WHERE {}", condition(lot, table, "")),
    }
}

fn select(lot: &mut Lot, table: &Table) -> String {
    let name = table.name;
    let found = condition(lot, table, "");
    match lot.roll(10) {
        8 => unordered(lot, table, &found),
        9 => format!("SELECT a.id, a.k, b.v FROM {name} a JOIN {name} b ON b.id = a.k WHERE a.v >= 10"),
        0 => format!("SELECT count(*), sum(v) FROM {name}"),
        1 => format!("SELECT count(*), sum(v) FROM {name} WHERE {found}"),
        2 => format!("SELECT s, count(*), max(v) FROM {name} GROUP BY s ORDER BY s"),
        3 => format!("SELECT * FROM {name}"),
        4 => format!("SELECT id, v FROM {name} ORDER BY v, id, k, s LIMIT 2"),
        _ => format!("SELECT id, k, v FROM {name} WHERE {found} ORDER BY id, k, v"),
    }
}

/// Rows that come in the order of a hash table, or of a sort nobody asked for.
fn unordered(lot: &mut Lot, table: &Table, found: &str) -> String {
    let name = table.name;
    let filter = if lot.luck(50) { format!(" WHERE {found}") } else { String::new() };
    match lot.roll(8) {
        0 => format!("SELECT s, count(*) FROM {name}{filter} GROUP BY s"),
        1 => format!("SELECT k, sum(v), min(s) FROM {name}{filter} GROUP BY k"),
        2 => format!("SELECT k, s, count(*) FROM {name}{filter} GROUP BY k, s HAVING count(*) < 3"),
        3 => format!("SELECT DISTINCT v FROM {name}{filter}"),
        4 => format!("SELECT DISTINCT k, s FROM {name}{filter}"),
        5 => format!("SELECT k FROM {name}{filter} UNION SELECT id FROM {name}"),
        6 => format!("SELECT id FROM {name} EXCEPT SELECT k FROM {name}{filter}"),
        _ => format!("SELECT v % 3 AS rest, count(*) FROM {name}{filter} GROUP BY v % 3"),
    }
}

fn wait_policy(lot: &mut Lot) -> &'static str {
    lot.pick(&["", "", "", "", " NOWAIT", " SKIP LOCKED"])
}

fn lock_rows(lot: &mut Lot, tables: &[Table], table: &Table) -> String {
    let (lock, policy) = (LOCKS[lot.roll(4)], wait_policy(lot));
    if lot.luck(15) && tables.len() > 1 {
        let other = tables.iter().find(|other| other.name != table.name).unwrap_or(table);
        let of = lot.pick(&["", " OF a", " OF b"]);
        let (a, b) = (table.name, other.name);
        return format!(
            "SELECT a.id, a.v, b.v AS w FROM {a} a JOIN {b} b ON b.id = a.k ORDER BY a.id, b.id FOR {lock}{of}{policy}"
        );
    }
    let limit = if lot.luck(15) { " LIMIT 1" } else { "" };
    format!(
        "SELECT id, v FROM {}{} ORDER BY id{limit} FOR {lock}{policy}",
        table.name,
        where_clause(lot, tables, table)
    )
}

fn update(lot: &mut Lot, tables: &[Table], table: &Table) -> String {
    let (name, small) = (table.name, 1 + lot.roll(9));
    let set = match lot.roll(12) {
        0..5 => format!("v = {name}.v + {small}"),
        5 => format!("v = {small}"),
        6 => format!("s = {name}.s || '{small}'"),
        7 => format!("k = {}", 1 + lot.roll(4)),
        8 => format!("id = {name}.id + {}", 10 * small),
        9 => format!("v = {name}.v * 2, s = 'w'"),
        10 => format!("k = {name}.k + 1"),
        _ => format!("v = (SELECT count(*) FROM {name})"),
    };
    let returning = if lot.luck(30) { format!(" RETURNING {name}.id, {name}.v") } else { String::new() };
    if lot.luck(12) {
        let other = &tables[lot.roll(tables.len())];
        return format!(
            "UPDATE {name} SET {set} FROM {} o WHERE o.id = {name}.k AND {}{returning}",
            other.name,
            condition(lot, table, &format!("{name}."))
        );
    }
    format!("UPDATE {name} SET {set}{}{returning}", where_clause(lot, tables, table))
}

fn delete(lot: &mut Lot, tables: &[Table], table: &Table) -> String {
    let name = table.name;
    let returning = if lot.luck(30) { format!(" RETURNING {name}.id") } else { String::new() };
    if lot.luck(15) {
        let other = &tables[lot.roll(tables.len())];
        return format!(
            "DELETE FROM {name} USING {} o WHERE o.id = {name}.k AND {}{returning}",
            other.name,
            condition(lot, table, &format!("{name}."))
        );
    }
    format!("DELETE FROM {name} WHERE {}{returning}", condition(lot, table, ""))
}

fn insert(lot: &mut Lot, table: &Table, fresh: &mut usize) -> String {
    let name = table.name;
    let id = match lot.roll(10) {
        0..3 => 1 + lot.roll(table.rows),
        3..6 => {
            *fresh += 1;
            *fresh
        }
        _ => table.rows + 1 + lot.roll(2),
    };
    let conflict = match (table.unique.is_empty(), lot.roll(10)) {
        (_, 0) => " ON CONFLICT DO NOTHING".to_owned(),
        (false, 1) => format!(" ON CONFLICT ({}) DO NOTHING", table.unique[lot.roll(table.unique.len())]),
        (false, 2..5) => {
            let target = table.unique[lot.roll(table.unique.len())];
            let filter = if lot.luck(25) { format!(" WHERE {name}.v < 30") } else { String::new() };
            format!(" ON CONFLICT ({target}) DO UPDATE SET v = {name}.v + excluded.v{filter}")
        }
        _ => String::new(),
    };
    let returning = if lot.luck(30) { " RETURNING id, v" } else { "" };
    let k = 1 + lot.roll(if table.parent.is_some() { 3 } else { 5 });
    if lot.luck(10) {
        return format!(
            "INSERT INTO {name} SELECT id + {}, {k}, v, s FROM {name} WHERE {}{conflict}{returning}",
            table.rows + 5,
            condition(lot, table, "")
        );
    }
    format!("INSERT INTO {name} VALUES ({id}, {k}, {}, 'n'){conflict}{returning}", 10 * lot.roll(7))
}

fn join(lot: &mut Lot, tables: &[Table], table: &Table) -> String {
    let other = &tables[lot.roll(tables.len())];
    let kind = lot.pick(&["JOIN", "LEFT JOIN"]);
    format!(
        "SELECT a.id, a.k, b.v FROM {} a {kind} {} b ON b.id = a.k ORDER BY a.id, a.k, b.id, b.v",
        table.name, other.name
    )
}

fn savepoint(lot: &mut Lot) -> String {
    let name = lot.pick(&["p", "q"]);
    format!("{} {name}", lot.pick(&["SAVEPOINT", "SAVEPOINT", "ROLLBACK TO", "ROLLBACK TO", "RELEASE"]))
}

fn advisory(lot: &mut Lot) -> String {
    let function = lot.pick(&[
        "pg_advisory_xact_lock",
        "pg_advisory_xact_lock",
        "pg_advisory_xact_lock_shared",
        "pg_try_advisory_xact_lock",
        "pg_advisory_lock",
        "pg_advisory_unlock",
    ]);
    format!("SELECT {function}({}) AS a", 1 + lot.roll(2))
}

fn lock_table(lot: &mut Lot, table: &Table) -> String {
    let policy = if lot.luck(40) { " NOWAIT" } else { "" };
    format!("LOCK TABLE {} IN {} MODE{policy}", table.name, MODES[lot.roll(8)])
}

fn with(lot: &mut Lot, table: &Table, fresh: &mut usize) -> String {
    let name = table.name;
    let found = condition(lot, table, "");
    *fresh += 1;
    match lot.roll(3) {
        0 => format!(
            "WITH gone AS (DELETE FROM {name} WHERE {found} RETURNING *) INSERT INTO {name} SELECT id + 20, k, v, s FROM gone"
        ),
        1 => format!(
            "WITH up AS (UPDATE {name} SET v = v + 1 WHERE {found} RETURNING id, v) SELECT count(*), sum(v) FROM up"
        ),
        _ => format!(
            "WITH new AS (INSERT INTO {name} VALUES ({fresh}, 1, 1, 'c') RETURNING id) SELECT (SELECT count(*) FROM {name}) AS before, count(*) AS new FROM new"
        ),
    }
}

fn other(lot: &mut Lot, table: &Table) -> String {
    let name = table.name;
    match lot.roll(7) {
        0 => format!("ALTER TABLE {name} ADD COLUMN extra int DEFAULT 7"),
        1 => format!("CREATE INDEX ON {name} (k)"),
        2 => format!("TRUNCATE {name} CASCADE"),
        3 => "SET CONSTRAINTS ALL IMMEDIATE".to_owned(),
        4 => "SET CONSTRAINTS ALL DEFERRED".to_owned(),
        5 => "SHOW transaction_isolation".to_owned(),
        _ => "SET LOCAL lock_timeout = 150".to_owned(),
    }
}
