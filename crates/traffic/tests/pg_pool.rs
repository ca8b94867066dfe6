//! The model's pool against the real one: what pg-pool did with 120 random series of requests (`pg-pool/record.mjs` records them) is what the model does.

use interleave_traffic::pool::{News, Run, Scenario};
use serde::Deserialize;

/// A series of requests and what became of it. Times are in milliseconds.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Case {
    max: u32,
    connection_timeout_millis: u32,
    idle_timeout_millis: u32,
    opening: u32,
    requests: Vec<Request>,
    log: Vec<String>,
}

#[derive(Deserialize)]
struct Request {
    at: u64,
    hold: u64,
}

/// The same on the model: a server with a core for everybody, so that nothing but the pool makes anybody wait.
fn play(case: &Case) -> Vec<String> {
    let scenario = Scenario {
        max: case.max,
        acquire_timeout: case.connection_timeout_millis * 1000,
        idle_timeout: case.idle_timeout_millis * 1000,
        opening: case.opening * 1000,
        cores: 100,
        duration: 20_000_000 - 1,
        ..Scenario::default()
    };
    let requests: Vec<_> = case.requests.iter().map(|request| (request.at * 1000, request.hold * 1000)).collect();
    let mut run = Run::planned(&scenario, &requests);
    let mut log = Vec::new();
    while run.step() {
        let now = run.clock() / 1000;
        log.extend(run.news().iter().filter_map(|news| match news {
            News::Opens { .. } => Some(format!("{now} opens")),
            News::Got { request, .. } => Some(format!("{now} got {}", request - 1)),
            News::GaveUp { who, .. } => Some(format!("{now} gives up {}", who.request - 1)),
            News::Cut { .. } => Some(format!("{now} cut")),
            News::Closed { .. } => Some(format!("{now} closes")),
            _ => None,
        }));
    }
    log
}

#[test]
fn the_model_does_what_pg_pool_does() {
    let cases: Vec<Case> =
        serde_json::from_str(include_str!("pg-pool/cases.json")).expect("cases are recorded as JSON");
    assert_eq!(cases.len(), 120);
    let lines = |word: &str| cases.iter().flat_map(|case| &case.log).filter(|line| line.contains(word)).count();
    // They are not about nothing.
    assert!(["opens", "got", "gives up", "cut", "closes"].into_iter().all(|word| lines(word) > 50));
    for (number, case) in cases.iter().enumerate() {
        assert_eq!(play(case), case.log, "case {number}: max {}, {:?}", case.max, case.requests.len());
    }
}
