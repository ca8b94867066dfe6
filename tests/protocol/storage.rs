//! A run on PostgreSQL is recorded by two engines, one after the other.

use crate::answers::{Known, hire, hire_protocols, on_postgres};
use interleave::labs::Lab;
use interleave::labs::protocol::Protocol;
use interleave_kernel::{Answer, Request, Tape};
use interleave_protocols::diagram::Diagram;
use interleave_protocols::play::record;
use interleave_protocols::two_phase_commit::storage::scripts;
use wasm_bindgen_test::wasm_bindgen_test;

/// A store in which everybody has seven.
fn answers() -> Vec<Vec<Answer>> {
    let answer = |request: &Request| match request {
        Request::Statement { sql, .. } if sql.contains("balance FROM") => Answer::Rows(vec![vec![Some("7".into())]]),
        Request::Statement { .. } => Answer::Done(String::new()),
        Request::Disconnect { .. } => Answer::Gone,
    };
    let scripts = scripts(&record(&on_postgres()));
    scripts.iter().map(|script| script.iter().map(answer).collect()).collect()
}

#[wasm_bindgen_test]
async fn the_store_is_asked_for_the_rows() {
    hire_protocols();
    hire("interleave-engine-sql", || vec![Known::at_once("PREPARE TRANSACTION 'transfer'", &answers())]);
    let play = serde_json::to_value(on_postgres()).and_then(serde_json::from_value);
    let tape: Tape<Diagram> = Protocol::record(play.unwrap()).await.unwrap();
    assert_eq!(tape.len(), record(&on_postgres()).len());
    for at in [0, tape.len() - 1] {
        for lane in &tape.scene(at).lanes[1..] {
            let rows: Vec<_> = lane.rows.iter().map(|row| row.text.as_str()).collect();
            assert_eq!(rows, ["balance 7"], "{} at {at}", lane.name);
        }
    }
}
