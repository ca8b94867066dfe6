use crate::fixture;
use crate::page::{Heard, Page};
use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen_test]
async fn what_a_crash_takes_is_told_from_what_stays() {
    let page = Page::of(fixture::in_doubt()).await;
    let coordinator = ".seq-process:nth-of-type(1)";
    assert_eq!(page.texts(&format!("{coordinator} li")), ["on disk: commit", "lost: committing; told 1 and 2"]);
    assert!(page.find(&format!("{coordinator}.down .memory")).is_some());
    assert_eq!(page.texts(".seq-process .locked"), ["on disk: not final: balance 90 (prepared)"; 2]);
}

#[wasm_bindgen_test]
async fn a_rule_is_broken_or_holds_and_a_promise_is_open() {
    let page = Page::of(fixture::charged_twice()).await;
    assert_eq!(
        page.texts(".seq-rules li"),
        [
            "broken: No order is charged twice step 18",
            "holds so far: Stock is never oversold ",
            "still open: Every saga ends "
        ]
    );
    page.click(".seq-rules .seq-link").await;
    assert_eq!(page.heard(), [Heard::Go(17)]);
}

#[wasm_bindgen_test]
async fn a_promise_that_is_kept_has_been() {
    let mut diagram = fixture::in_doubt();
    diagram.kept = vec![1];
    let page = Page::of(diagram).await;
    assert_eq!(page.texts(".seq-rules li")[1], "kept: Everyone decides in the end ");
}

#[wasm_bindgen_test]
async fn histories_are_a_tree_to_walk_in() {
    let page = Page::of(fixture::charged_twice()).await;
    assert_eq!(page.texts(".seq-history")[1], "Delivered instead of lost, 26 steps, no rule is broken");
    assert_eq!(page.texts(".seq-history.here"), ["“charge A” doubled, 40 steps, a rule is broken"]);
    assert_eq!((page.count(".seq-ends.broken"), page.count(".seq-ends"), page.count(".seq-forks")), (2, 4, 3));
    page.click("li:nth-child(4) .seq-history").await;
    assert_eq!(page.heard(), [Heard::Walk(3)]);
}

#[wasm_bindgen_test]
async fn what_the_lab_has_besides_stands_last() {
    let page = Page::of(fixture::outbox()).await;
    assert_eq!(page.text(".seq-side > :last-child"), "panels");
    assert_eq!(page.text(".seq-body > :last-child"), "below");
}
