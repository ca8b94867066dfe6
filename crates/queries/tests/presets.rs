//! What every preset comes to, in exact numbers.

use interleave_kernel::Mark;
use interleave_queries::{Kind, Outcome, PRESETS, Preset, Run, Scenario, Shop, Totals, VARIANTS, record, run};
use interleave_sql::explain::PlanNode;

fn preset(id: &str) -> Run {
    run(&Preset::find(id).unwrap().scenario())
}

/// Queries, ways there and back, those of them one after the other, rows.
fn figures(run: &Run) -> (u32, u32, u32, u64) {
    let Totals { queries, round_trips, in_a_row, rows, .. } = run.totals;
    (queries, round_trips, in_a_row, rows)
}

fn found(run: &Run) -> Vec<(Kind, Option<u32>)> {
    run.findings.iter().map(|finding| (finding.kind, finding.line)).collect()
}

#[test]
fn every_preset_ends_well_and_prints_one_line() {
    for preset in PRESETS {
        let run = run(&preset.scenario());
        assert_eq!(run.outcome, Outcome::Exited { code: 0 }, "{}", preset.id);
        assert_eq!(run.printed.len(), 1, "{}", preset.id);
        assert_eq!(run.totals.failed, 0, "{}", preset.id);
    }
}

#[test]
fn the_catalogue_costs_what_the_guide_says() {
    let expected = [
        ("catalogue-lazy", (201, 202, 202, 800)),
        ("catalogue-join", (1, 2, 2, 1_200)),
        ("catalogue-in", (3, 4, 4, 800)),
        ("catalogue-dataloader", (3, 4, 4, 800)),
        ("catalogue-projection", (3, 4, 4, 800)),
    ];
    for (id, figures_of_it) in expected {
        assert_eq!(figures(&preset(id)), figures_of_it, "{id}");
    }
    assert!(VARIANTS.iter().all(|id| Preset::find(id).is_some()));
}

#[test]
fn a_projection_leaves_most_bytes_where_they_are_and_over_eager_brings_more() {
    let [eager, projected, all] =
        ["catalogue-in", "catalogue-projection", "catalogue-over-eager"].map(|id| preset(id).totals);
    assert!(projected.bytes * 2 < eager.bytes, "{} and {}", projected.bytes, eager.bytes);
    assert!(all.rows > 2 * eager.rows && all.queries == 6, "{all:?}");
}

#[test]
fn the_detector_names_the_line() {
    let n_plus_one = |lines: &[u32]| lines.iter().map(|line| (Kind::NPlusOne, Some(*line))).collect::<Vec<_>>();
    assert_eq!(found(&preset("catalogue-lazy")), n_plus_one(&[9, 10]));
    assert_eq!(found(&preset("loop-of-queries")), n_plus_one(&[7]));
    assert_eq!(found(&preset("orders-three-levels")), n_plus_one(&[8, 9, 10]));
    assert_eq!(found(&preset("held-in-a-transaction")), n_plus_one(&[10]));
    assert_eq!(found(&preset("catalogue-join")), [(Kind::Multiplied, Some(6))]);
    let at_once = found(&preset("catalogue-all-at-once"));
    assert_eq!(at_once[..2], n_plus_one(&[6, 6]));
    assert_eq!(at_once[2].0, Kind::SmallPool);
    let slow = found(&preset("missing-index"));
    assert_eq!(slow, [5, 7, 8].map(|line| (Kind::MissingIndex, Some(line))));
    for fine in ["catalogue-in", "catalogue-dataloader", "catalogue-projection"] {
        assert_eq!(found(&preset(fine)), [], "{fine}");
    }
}

#[test]
fn what_is_found_says_how_often_and_what_to_do() {
    let run = preset("catalogue-lazy");
    let finding = &run.findings[0];
    assert_eq!(
        finding.what.plain(),
        "N+1: line 9 ran the same query 100 times, once for each row that line 6 asked for: SELECT … FROM skus WHERE product_id = $1"
    );
    assert!(finding.fix.plain().starts_with("Ask once for all: WHERE product_id = ANY($1)"));
    let fixes: Vec<String> = preset("missing-index").findings.iter().map(|finding| finding.fix.plain()).collect();
    assert!(fixes[1].starts_with("CREATE INDEX ON skus (product_id)."), "{fixes:?}");
}

#[test]
fn an_index_changes_the_plan_and_the_time() {
    let without = Preset::find("missing-index").unwrap().scenario();
    let sql = "CREATE INDEX ON skus (product_id); CREATE INDEX ON images (product_id); ANALYZE;".to_owned();
    let with = Scenario { shop: Shop { sql, ..without.shop.clone() }, ..without.clone() };
    let kinds = |scenario: &Scenario| -> Vec<Vec<String>> {
        let run = run(scenario);
        run.plans.iter().flatten().map(|explained| nodes(&explained.plan)).collect()
    };
    assert!(kinds(&without).iter().all(|plan| plan.contains(&"Seq Scan".to_owned())));
    let indexed = kinds(&with);
    assert!(indexed[1..].iter().all(|plan| plan.iter().any(|kind| kind.contains("Index"))), "{indexed:?}");
    assert!(run(&with).totals.time * 3 < run(&without).totals.time);
}

fn nodes(node: &PlanNode) -> Vec<String> {
    std::iter::once(node.kind.clone()).chain(node.inputs.iter().flat_map(nodes)).collect()
}

#[test]
fn every_text_that_selects_has_a_plan_with_what_it_did() {
    let run = preset("catalogue-lazy");
    assert_eq!(run.plans.len(), 3);
    for plan in &run.plans {
        let explained = plan.as_ref().unwrap();
        assert!(explained.execution.is_some() && explained.plan.actual.is_some());
    }
}

#[test]
fn the_round_trip_is_what_n_plus_one_costs() {
    let near = Scenario { round_trip: 0, ..Preset::find("catalogue-lazy").unwrap().scenario() };
    let far = Scenario { round_trip: 10_000, ..near.clone() };
    let (near, far) = (run(&near).totals, run(&far).totals);
    // 201 queries, and two for the connection: one to open it and one to log in.
    // The server counts in microseconds.
    assert!((far.time - near.time).abs_diff(203 * 10_000_000) < 5_000, "{}", far.time - near.time);
    assert_eq!(near.working, far.working);
}

#[test]
fn a_tape_tells_everything_in_the_order_of_time() {
    let tape = record(&Preset::find("catalogue-lazy").unwrap().scenario());
    let clocks: Vec<u64> = (0..tape.len()).map(|at| tape.scene(at).clock).collect();
    assert!(clocks.is_sorted());
    let sections = tape.frames().iter().filter(|frame| frame.mark == Mark::Section).count();
    assert_eq!(sections, 4, "the beginning, two findings, the end");
    let last = tape.last();
    assert!(last.over && last.found == 2);
    let before = tape.frames().iter().position(|frame| frame.note.plain().starts_with("N+1: line 9")).unwrap();
    let asked = last.run.as_ref().unwrap().groups[1].queries.iter();
    let asked = asked.filter(|query| last.run.as_ref().unwrap().log.queries[**query as usize].asked <= clocks[before]);
    assert_eq!(asked.count(), 5, "five times is no coincidence");
}

#[test]
fn the_same_scenario_gives_the_same_tape() {
    let scenario = Preset::find("catalogue-all-at-once").unwrap().scenario();
    let bytes = || postcard::to_allocvec(&record(&scenario)).unwrap();
    assert_eq!(bytes(), bytes());
}
