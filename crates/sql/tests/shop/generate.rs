//! Random queries over the shop: joins along its keys, filters, groups, orders. A seed gives the same queries for ever.

/// A table, what is compared in it (with some constants), and what it refers to.
struct Table {
    name: &'static str,
    columns: &'static [(&'static str, &'static [&'static str])],
    refers: &'static [(&'static str, &'static str)],
}

const TABLES: &[Table] = &[
    Table {
        name: "categories",
        columns: &[("id", &["3", "50", "99"]), ("parent_id", &["1", "5"])],
        refers: &[("parent_id", "categories")],
    },
    Table {
        name: "users",
        columns: &[
            ("id", &["7", "120", "9990"]),
            ("country", &["'de'", "'us'", "'xx'"]),
            ("age", &["18", "40", "77"]),
            ("name", &["'User 5'", "'User 9'"]),
        ],
        refers: &[],
    },
    Table {
        name: "products",
        columns: &[
            ("id", &["4", "500", "990"]),
            ("category_id", &["2", "70"]),
            ("price", &["5", "499.5", "990"]),
            ("description", &["'A fine thing, number 5'"]),
        ],
        refers: &[("category_id", "categories")],
    },
    Table {
        name: "skus",
        columns: &[
            ("id", &["9", "1500", "2990"]),
            ("product_id", &["3", "700"]),
            ("color", &["'red'", "'blue'"]),
            ("stock", &["10", "50", "95"]),
        ],
        refers: &[("product_id", "products")],
    },
    Table {
        name: "images",
        columns: &[("id", &["8", "2400"]), ("product_id", &["14", "800"]), ("position", &["0", "3"])],
        refers: &[("product_id", "products")],
    },
    Table {
        name: "orders",
        columns: &[
            ("id", &["6", "400", "29950"]),
            ("user_id", &["11", "5000", "9980"]),
            ("status", &["'new'", "'paid'", "'cancelled'"]),
            ("total", &["3.5", "600", "1240"]),
        ],
        refers: &[("user_id", "users")],
    },
    Table {
        name: "items",
        columns: &[
            ("id", &["5", "300", "99900"]),
            ("order_id", &["20", "29900"]),
            ("sku_id", &["2", "1000"]),
            ("quantity", &["1", "4"]),
            ("price", &["10", "990.2"]),
        ],
        refers: &[("order_id", "orders"), ("sku_id", "skus")],
    },
];

/// A sequence of choices. (splitmix64)
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn below(&mut self, count: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % count as u64) as usize
    }

    fn of<'l, T>(&mut self, list: &'l [T]) -> &'l T {
        &list[self.below(list.len())]
    }

    fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }
}

fn table(name: &str) -> &'static Table {
    TABLES.iter().find(|table| table.name == name).expect("it is a table of the shop")
}

/// One query. It returns few rows, and they come in an order that is told wherever there is a limit.
pub fn query(dice: &mut Dice) -> String {
    let mut from: Vec<(&Table, String)> = vec![(dice.of(TABLES), "a".into())];
    let mut text = format!("{} a", from[0].0.name);
    for alias in ["b", "c", "d"].iter().take(dice.below(4)) {
        // Another table along a key, in either direction.
        let known = dice.below(from.len());
        let (near, near_alias) = (from[known].0, from[known].1.clone());
        let mut keys: Vec<(&Table, String)> = Vec::new();
        for (column, to) in near.refers {
            keys.push((table(to), format!("{alias}.id = {near_alias}.{column}")));
        }
        for far in TABLES {
            for (column, _) in far.refers.iter().filter(|(_, to)| *to == near.name) {
                keys.push((far, format!("{alias}.{column} = {near_alias}.id")));
            }
        }
        let (far, on) = dice.of(&keys).clone();
        let extra = if dice.chance(15) { format!(" and {}", condition(dice, far, alias)) } else { String::new() };
        let kind = if dice.chance(30) { "left join" } else { "join" };
        text += &format!(" {kind} {} {alias} on {on}{extra}", far.name);
        from.push((far, (*alias).into()));
    }
    let mut filters = Vec::new();
    for (table, alias) in &from {
        if dice.chance(70) {
            filters.push(condition(dice, table, alias));
        }
    }
    if dice.chance(20) {
        filters.push(subquery(dice, from[0].0));
    }
    // What joins much has to begin with little.
    if from.len() > 1 && !filters.iter().any(|filter| filter.contains(".id ")) {
        filters.push(format!("{}.id between 40 and 90", from[0].1));
    }
    let filter = if filters.is_empty() { String::new() } else { format!(" where {}", filters.join(" and ")) };
    let ids: Vec<String> = from.iter().map(|(_, alias)| format!("{alias}.id")).collect();
    if dice.chance(45) {
        let at = dice.below(from.len());
        let (column, _) = dice.of(from[at].0.columns);
        let key = format!("{}.{column}", from[at].1);
        let counted = dice.of(&ids).clone();
        return match dice.below(4) {
            0 => format!("select count(*), count({key}), min({key}), max({key}) from {text}{filter};"),
            1 => format!("select {key}, count(*) from {text}{filter} group by {key} order by {key} limit 12;"),
            2 => format!(
                "select {key}, sum({counted}) from {text}{filter} group by {key} having count(*) > 1 order by 2, 1 limit 9;"
            ),
            _ => format!("select distinct {key} from {text}{filter} order by 1 limit 15;"),
        };
    }
    let mut order = ids.clone();
    if dice.chance(50) {
        let (column, _) = dice.of(from[0].0.columns);
        order.insert(0, format!("a.{column}{}", if dice.chance(50) { " desc" } else { "" }));
    }
    let (column, _) = dice.of(from[from.len() - 1].0.columns);
    let shown = format!("{}, {}.{column}", ids.join(", "), from[from.len() - 1].1);
    format!("select {shown} from {text}{filter} order by {} limit {};", order.join(", "), 1 + dice.below(12))
}

fn condition(dice: &mut Dice, table: &Table, alias: &str) -> String {
    let (column, values) = dice.of(table.columns);
    let name = format!("{alias}.{column}");
    let value = dice.of(values);
    match dice.below(8) {
        0 => format!("{name} is not null"),
        1 => format!("{name} in ({}, {value})", dice.of(values)),
        2 => format!("({name} < {value} or {name} = {})", dice.of(values)),
        3 => format!("{name} > {value}"),
        4 => format!("{name} <= {value}"),
        5 => format!("not {name} = {value}"),
        6 => format!("{name} between {} and {value}", values[0]),
        _ => format!("{name} = {value}"),
    }
}

fn subquery(dice: &mut Dice, outer: &Table) -> String {
    let inner: Vec<(&Table, &str)> = TABLES
        .iter()
        .flat_map(|far| far.refers.iter().filter(|(_, to)| *to == outer.name).map(move |(column, _)| (far, *column)))
        .collect();
    if inner.is_empty() {
        return condition(dice, outer, "a");
    }
    let (far, column) = *dice.of(&inner);
    let filter = condition(dice, far, "s");
    let not = if dice.chance(40) { "not " } else { "" };
    if dice.chance(50) {
        format!("{not}exists (select 1 from {} s where s.{column} = a.id and {filter})", far.name)
    } else {
        format!("a.id {not}in (select s.{column} from {} s where s.{column} is not null and {filter})", far.name)
    }
}
