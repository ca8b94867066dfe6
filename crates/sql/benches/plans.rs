//! Large tables: how long it takes to fill them and to join 100,000 rows. `cargo xtask bench`; a page runs about four times as long, for its
//! engine is built for size.

use interleave_sql::isolation::{Reply, Server};
use interleave_sql::store::{SessionId, Store};
use std::time::Instant;

fn main() {
    // `cargo test` runs benchmarks, too: there is nothing to test here.
    if !std::env::args().any(|arg| arg == "--bench") {
        return;
    }
    let mut store = Store::default();
    let session = store.connect("only");
    let schema = include_str!("../tests/shop/schema.sql");
    let began = Instant::now();
    schema.lines().for_each(|statement| ask(&mut store, session, statement));
    println!("{:8.1} ms  the shop is filled: 146,600 rows", began.elapsed().as_secs_f64() * 1e3);
    let questions = [
        "select count(*) from items",
        "select count(*) from items where price > 500",
        "select count(*), sum(i.price) from items i join orders o on o.id = i.order_id",
        "select o.status, count(*) from items i join orders o on o.id = i.order_id group by o.status",
        "select u.country, sum(i.price) from items i join orders o on o.id = i.order_id join users u on u.id = o.user_id group by u.country",
        "select id from items order by price desc, id limit 10",
        "select order_id, count(*) from items group by order_id having count(*) > 5",
    ];
    for question in questions {
        let began = Instant::now();
        ask(&mut store, session, question);
        let virtual_time = store.took(session) as f64 / 1e3;
        println!("{:8.1} ms  ({virtual_time:.1} ms virtual)  {question}", began.elapsed().as_secs_f64() * 1e3);
    }
}

fn ask(store: &mut Store, session: SessionId, statement: &str) {
    store.send(session, statement);
    for reply in store.take_replies(session) {
        if let Reply::Error { error, .. } = reply {
            panic!("{statement}: {}", error.message);
        }
    }
}
