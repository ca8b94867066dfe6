//! A shop of seven tables, of 100 to 100,000 rows, asked the same questions here and of PostgreSQL 15. `cargo xtask record shop` records
//! what PostgreSQL answers; `cargo xtask conformance queries` asks it as many random questions as one likes.

mod generate;
mod live;
mod record;

use generate::Dice;
use interleave_sql::isolation::{Reply, Server};
use interleave_sql::store::{SessionId, Store};
use record::{folder, shape};

/// Random queries of the ordinary test.
const RANDOM: usize = 300;
/// Plans whose shape is PostgreSQL's: this many at least.
const PLANS: usize = 40;
/// Plans whose shape is another one, which no page may teach: which pages everybody sees is known later in PostgreSQL; conditions are not
/// pushed into derived tables; patterns are not made ranges of an index; bitmaps of common values cost more here.
const DIFFERENT: &[&str] = &["a subquery for each row", "a derived table", "a pattern", "common in spite of it"];

/// The shop, filled.
struct Shop {
    store: Store,
    session: SessionId,
}

impl Shop {
    fn open() -> Self {
        let mut store = Store::default();
        let session = store.connect("only");
        let mut shop = Self { store, session };
        for statement in record::read("schema.sql").lines() {
            let answer = shop.ask(statement);
            assert!(!answer.iter().any(|line| line.starts_with("ERROR")), "{statement}\n{answer:?}");
        }
        shop
    }

    /// What a statement answers, as `psql -A -t` shows it.
    fn ask(&mut self, statement: &str) -> Vec<String> {
        self.store.send(self.session, statement);
        let mut lines = Vec::new();
        for reply in self.store.take_replies(self.session) {
            match reply {
                Reply::Rows { rows, .. } => lines.extend(rows.iter().map(|row| {
                    let cells = row.iter().map(|cell| cell.as_deref().unwrap_or("\\N"));
                    cells.collect::<Vec<_>>().join("|")
                })),
                Reply::Error { error, .. } => lines.push(format!("ERROR:  {}", error.message)),
                _ => {}
            }
        }
        lines
    }

    /// The queries whose rows are others than PostgreSQL's.
    fn wrong(&mut self, recorded: &str) -> (usize, Vec<String>) {
        let (mut count, mut wrong) = (0, Vec::new());
        for (query, mut expected) in record::answers(recorded) {
            count += 1;
            let mut found = self.ask(query);
            if !query.contains(" order by ") {
                expected.sort_unstable();
                found.sort_unstable();
            }
            if found != expected {
                wrong.push(format!("{query}\n  PostgreSQL: {expected:?}\n  here:       {found:?}"));
            }
        }
        (count, wrong)
    }
}

#[test]
fn queries_return_postgresqls_rows() {
    let mut shop = Shop::open();
    let (count, wrong) = shop.wrong(&record::read("queries.out"));
    assert!(count >= 400, "{count} queries");
    let (random, others) = shop.wrong(&record::read("random.out"));
    assert_eq!(random, RANDOM);
    let wrong = [wrong, others].concat();
    assert!(wrong.is_empty(), "{} of {} differ\n\n{}", wrong.len(), count + random, wrong.join("\n"));
}

#[test]
fn plans_have_postgresqls_shape() {
    let mut shop = Shop::open();
    let (mut alike, mut different, mut to_the_cent) = (0, Vec::new(), 0);
    for (name, statement, expected) in record::plans(&record::read("plans.out")) {
        if expected.is_empty() {
            shop.ask(&statement);
            continue;
        }
        let found = shop.ask(&format!("explain {statement}"));
        if shape(&found) == shape(&expected) {
            alike += 1;
            to_the_cent += usize::from(found == expected);
        } else {
            different
                .push((name, format!("PostgreSQL:\n  {}\nhere:\n  {}", expected.join("\n  "), found.join("\n  "))));
        }
    }
    println!("{alike} plans have PostgreSQL's shape, {to_the_cent} of them its very text; {} differ", different.len());
    let names: Vec<&str> = different.iter().map(|(name, _)| name.as_str()).collect();
    let told: Vec<String> = different.iter().map(|(name, plans)| format!("-- {name}\n{plans}")).collect();
    assert_eq!(names, DIFFERENT, "\n{}", told.join("\n"));
    assert!(alike >= PLANS, "{alike} are alike");
}

/// `cargo xtask conformance queries` sets how many.
#[test]
fn random_queries_return_postgresqls_rows() {
    let Some(count) = number("CONFORMANCE_QUERIES") else { return };
    let mut dice = Dice::new(number("CONFORMANCE_SEED").unwrap_or(1));
    let script: String = (0..count).map(|_| generate::query(&mut dice) + "\n").collect();
    let recorded = live::answers(&script);
    let (asked, wrong) = Shop::open().wrong(&recorded);
    println!("{asked} random queries, {} differ", wrong.len());
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// `cargo xtask record shop` asks for it.
#[test]
fn what_postgresql_answers_is_recorded() {
    if number("RECORD_SHOP").is_none() {
        return;
    }
    let write = |name: &str, text: String| std::fs::write(folder().join(name), text).expect("it can be written");
    write("queries.out", live::answers(&record::read("queries.sql")));
    let mut dice = Dice::new(1);
    let script: String = (0..RANDOM).map(|_| generate::query(&mut dice) + "\n").collect();
    write("random.out", live::answers(&script));
    write("plans.out", live::answers(&record::explaining(&record::read("plans.sql"))));
}

fn number(variable: &str) -> Option<u64> {
    std::env::var(variable).ok()?.parse().ok()
}
