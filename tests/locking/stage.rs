use crate::page::Page;
use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen_test]
async fn before_anything_happened_each_session_offers_its_first_statement() {
    let page = Page::at(1).await;
    assert_eq!(page.texts(".head h3"), ["AAlice", "BBob"]);
    assert!(page.all(".moment").is_empty());
    assert_eq!(page.texts(".next-turn"), ["Alice: Next BEGIN", "Bob: Next BEGIN"]);
    assert_eq!(page.all(".ghost").len(), 7);
}

#[wasm_bindgen_test]
async fn a_statement_stands_in_its_lane_with_what_came_of_it() {
    let page = Page::at(5).await;
    assert_eq!(page.all(".moment").len(), 4);
    let now = page.text(".entry.now");
    assert!(now.contains("Alice: UPDATE accounts SET balance = balance - 10 WHERE id = 1"), "{now}");
    assert!(now.ends_with("UPDATE 1"), "{now}");
    assert_eq!(page.texts(".result td"), ["1", "100", "2", "100"]);
}

#[wasm_bindgen_test]
async fn a_step_beside_a_moment_leads_there() {
    let page = Page::at(5).await;
    page.click(".moment:nth-child(2) .moment-step").await;
    assert_eq!(page.step(), "step 3 of 13");
}

#[wasm_bindgen_test]
async fn a_deadlock_is_two_waits_and_a_circle() {
    let page = Page::at(8).await;
    assert_eq!(page.all(".wait-begins").len(), 2);
    assert_eq!(page.all(".edges .in-cycle").len(), 2);
    assert_eq!(page.text(".cycle-words"), "A circle: Alice → Bob → Alice. Nobody in it can go on.");
    let wait = page.text(".entry.now .wait");
    assert!(wait.starts_with("waits for the row (id)=(1) of accounts, which Alice changed"), "{wait}");
    assert_eq!(page.all(".next-turn[aria-disabled=true]").len(), 2);
    assert_eq!(page.texts(".state"), ["waitsread committedxid 734", "waitsread committedxid 735"]);
}

#[wasm_bindgen_test]
async fn an_error_stands_where_the_wait_ended() {
    let page = Page::at(9).await;
    let error = page.text(".entry.now .error");
    assert!(error.starts_with("ERROR 40P01 deadlock detected"), "{error}");
    assert!(error.contains("Hint: See server log for query details."), "{error}");
    assert_eq!(page.all(".wait-ends").len(), 1);
    assert_eq!(page.text(".state.broken"), "transaction failedread committedxid 734");
}

#[wasm_bindgen_test]
async fn a_version_says_who_sees_it_and_why() {
    let page = Page::at(5).await;
    assert_eq!(page.texts(".seen .sr"), ["Seen by Bob. Why?", "Seen by Alice. Why?", "Seen by Alice and Bob. Why?"]);
    assert_eq!(page.texts(".changed"), ["90"]);
    page.click(".version:nth-child(2) .seen").await;
    assert_eq!(
        page.texts(".reasons li"),
        [
            "AAlice sees it: made by 734, which committed before the statement began",
            "BBob does not see it: made by 734, which has not committed"
        ]
    );
    page.click(".version:nth-child(2) .seen").await;
    assert!(page.find(".reasons").is_none());
}

#[wasm_bindgen_test]
async fn who_waits_stands_first_in_the_lock_table() {
    let page = Page::at(8).await;
    assert_eq!(page.all(".lock-list tbody tr").len(), 7);
    assert_eq!(page.text(".lock-list tbody tr"), "AAlicetransaction 735ShareLockwaits");
}

#[wasm_bindgen_test]
async fn the_last_frame_has_the_verdict() {
    let page = Page::at(13).await;
    let verdict = page.text(".verdict-panel");
    assert!(verdict.starts_with("✓ SerialisableOnly Bob committed."), "{verdict}");
    assert!(verdict.contains("The rule holds: SELECT sum(balance) = 200 FROM accounts"), "{verdict}");
    assert!(verdict.ends_with("1 committed · 1 rolled back · 1 deadlock"), "{verdict}");
}

#[wasm_bindgen_test]
async fn what_was_folded_away_stays_so() {
    let page = Page::at(5).await;
    let versions = page.find(".fold.versions").unwrap();
    versions.remove_attribute("open").unwrap();
    page.press_button("Next step").await;
    assert!(!page.find(".fold.versions").unwrap().has_attribute("open"));
}
