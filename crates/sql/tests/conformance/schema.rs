//! Random tables, and rows in them.

use crate::lot::Lot;

/// A table as the generator of statements knows it. Every table has `id`, `k` and `v`, all of them integers, and a text `s`.
pub struct Table {
    pub name: &'static str,
    /// What `ON CONFLICT` can name.
    pub unique: Vec<&'static str>,
    /// The table its `k` refers to.
    pub parent: Option<&'static str>,
    pub rows: usize,
}

const NAMES: [&str; 3] = ["oak", "elm", "fir"];
const ACTIONS: [&str; 5] = ["", " CASCADE", " SET NULL", " SET DEFAULT", " RESTRICT"];

/// One to three tables, and the statements that make and fill them.
pub fn schema(lot: &mut Lot) -> (Vec<Table>, Vec<String>) {
    let count = 1 + lot.roll(3);
    let (mut tables, mut statements): (Vec<Table>, _) = (Vec::new(), Vec::new());
    for &name in &NAMES[..count] {
        let key = lot.pick(&["PRIMARY KEY", "PRIMARY KEY", "PRIMARY KEY", "UNIQUE", "NOT NULL"]);
        let mut unique = if key == "NOT NULL" { vec![] } else { vec!["id"] };
        let parents: Vec<_> =
            tables.iter().filter(|table| table.unique.first() == Some(&"id")).map(|table| table.name).collect();
        let parent = (!parents.is_empty() && lot.luck(70)).then(|| parents[lot.roll(parents.len())]);
        let k = match parent {
            Some(parent) => reference(lot, parent),
            None if lot.luck(25) => {
                unique.push("k");
                "int UNIQUE".to_owned()
            }
            None => "int".to_owned(),
        };
        let v = lot.pick(&["int", "int", "int NOT NULL DEFAULT 0", "int CHECK (v < 60)"]);
        statements.push(format!("CREATE TABLE {name} (id int {key}, k {k}, v {v}, s text)"));
        let rows = 2 + lot.roll(4);
        let same_k = unique.contains(&"k");
        let values: Vec<_> = (1..=rows)
            .map(|id| {
                let k = if same_k { id * 10 } else { 1 + lot.roll(if parent.is_some() { 2 } else { 4 }) };
                format!("({id}, {k}, {}, '{}')", 10 * lot.roll(5), lot.pick(&["x", "y", "z"]))
            })
            .collect();
        statements.push(format!("INSERT INTO {name} VALUES {}", values.join(", ")));
        if lot.luck(25) {
            statements.push(format!("CREATE INDEX ON {name} (v)"));
        }
        if lot.luck(15) {
            statements.push(format!("ANALYZE {name}"));
        }
        tables.push(Table { name, unique, parent, rows });
    }
    (tables, statements)
}

fn reference(lot: &mut Lot, parent: &str) -> String {
    let mut action = |when: &str| match lot.roll(ACTIONS.len()) {
        0 => String::new(),
        index => format!(" ON {when}{}", ACTIONS[index]),
    };
    let (delete, update) = (action("DELETE"), action("UPDATE"));
    let deferred = if lot.luck(20) { " DEFERRABLE INITIALLY DEFERRED" } else { "" };
    format!("int DEFAULT 1 REFERENCES {parent} (id){delete}{update}{deferred}")
}
