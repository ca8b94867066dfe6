//! Random schedules: a schema, transactions of two to four sessions, and orders in which nobody is asked to go on while
//! they wait, unless nobody else is left.

use crate::case::{Case, Script};
use crate::lot::Lot;
use crate::schema::schema;
use crate::statement::statement;
use interleave_sql::isolation::Server;
use interleave_sql::store::{SessionId, Store};

/// Orders of one case: the schema and the sessions are paid for once.
const ORDERS: usize = 8;
const LEVELS: [&str; 3] = ["READ COMMITTED", "REPEATABLE READ", "SERIALIZABLE"];

/// The case of a seed.
pub fn generate(seed: u64) -> Case {
    let mut lot = Lot::new(seed);
    let (tables, setup) = schema(&mut lot);
    let mut patience = [300, 600, 900, 1200];
    lot.shuffle(&mut patience);
    // Most cases have one level: that is where rules meet.
    let level = lot.luck(70).then(|| LEVELS[lot.roll(3)]);
    let mut fresh = 40;
    let count = 2 + [0, 0, 1, 1, 2][lot.roll(5)];
    let sessions = (0..count)
        .map(|session| {
            let mut steps = vec![begin(&mut lot, level)];
            let length = 1 + lot.roll(if count == 4 { 3 } else { 5 });
            steps.extend((0..length).map(|_| statement(&mut lot, &tables, &mut fresh)));
            steps.push(if lot.luck(15) { "ROLLBACK" } else { "COMMIT" }.to_owned());
            if lot.luck(10) {
                // Without a transaction block: each statement is one.
                steps.remove(0);
                steps.pop();
            }
            Script { patience: patience[session], steps }
        })
        .collect();
    let tables = tables.iter().map(|table| table.name.to_owned()).collect();
    let mut case = Case { setup, tables, sessions, orders: Vec::new() };
    for _ in 0..ORDERS {
        let order = order(&mut lot, &case);
        if !case.orders.contains(&order) {
            case.orders.push(order);
        }
    }
    case
}

fn begin(lot: &mut Lot, level: Option<&str>) -> String {
    let level = level.unwrap_or(LEVELS[lot.roll(3)]);
    let more = if lot.luck(6) { " READ ONLY" } else { "" };
    format!("BEGIN ISOLATION LEVEL {level}{more}")
}

/// A random order of all steps, found by running them here.
fn order(lot: &mut Lot, case: &Case) -> Vec<usize> {
    let mut store = Store::for_schedules();
    let control = store.connect("control");
    case.setup.iter().for_each(|statement| store.send(control, statement));
    let ids: Vec<SessionId> = case.sessions.iter().map(|_| store.connect("")).collect();
    let mut rest: Vec<_> = case.sessions.iter().map(|session| session.steps.iter()).collect();
    let (mut order, mut last) = (Vec::new(), 0);
    loop {
        let left: Vec<_> = (0..ids.len()).filter(|&session| rest[session].len() > 0).collect();
        if left.is_empty() {
            return order;
        }
        let free: Vec<_> = left.iter().copied().filter(|&session| !store.is_busy(ids[session])).collect();
        // Somebody who waits is only asked to go on when nobody else can: time must end the wait.
        let session = match free.contains(&last) && lot.luck(40) {
            true => last,
            false if free.is_empty() => left[lot.roll(left.len())],
            false => free[lot.roll(free.len())],
        };
        while store.is_busy(ids[session]) {
            let Some(alarm) = store.next_alarm() else { return order };
            store.advance_to(alarm);
        }
        if let Some(step) = rest[session].next() {
            store.send(ids[session], step);
            order.push(session);
        }
        last = session;
    }
}
