//! Decks of the learner's own: kept, replaced, removed, and left alone where they cannot be read.

use super::store::saved;
use interleave::practice::store::idb::{Change, Database};
use interleave::practice::store::{LAYOUT, Store, unpacked};
use interleave_course::brought::PART;
use wasm_bindgen_test::wasm_bindgen_test;

const HEAD: &str = r#"{"interleave-deck":1,"title":"Rust","file":"rust.gift","format":"gift","questions":2}"#;

fn question(id: &str) -> String {
    format!(
        r#"{{"id":"{id}","level":"mid","why":false,"section":"","source":"","stem":"Who?","kind":"short","answers":["me"],"because":"","slips":[]}}"#
    )
}

fn text() -> String {
    format!("{HEAD}\n[{}]\n[{}]", question("a"), question("b"))
}

async fn empty(name: &'static str) -> Store {
    let store = Store::open_named(name).await;
    store.delete_everything();
    saved(&store).await;
    store
}

fn names(store: &Store) -> Vec<String> {
    store.decks().iter().map(|deck| deck.name.clone()).collect()
}

#[wasm_bindgen_test]
async fn a_deck_is_there_when_the_store_is_opened_again_until_it_is_removed() {
    let store = empty("test-decks").await;
    store.keep_deck(unpacked("rust", &text()).await, text());
    saved(&store).await;
    let again = Store::open_named("test-decks").await;
    let decks = again.decks();
    let [deck] = &decks[..] else { panic!("one deck") };
    assert_eq!((&*deck.name, &*deck.file, &*deck.format, deck.damaged), ("rust", "rust.gift", "gift", false));
    assert_eq!((&*deck.deck.id, &*deck.deck.title, &*deck.deck.part), ("yours/rust", "Rust", PART));
    let ids: Vec<&str> = deck.deck.questions.iter().map(|entry| entry.id.as_str()).collect();
    assert_eq!(ids, ["yours/rust/a", "yours/rust/b"]);
    assert_eq!(deck.questions().collect::<Vec<_>>(), ["a", "b"]);
    again.remove_deck("rust");
    assert!(again.decks().is_empty());
    saved(&again).await;
    assert!(Store::open_named("test-decks").await.decks().is_empty());
}

#[wasm_bindgen_test]
async fn a_newer_one_takes_the_place_of_an_older_one() {
    let store = empty("test-decks-again").await;
    store.keep_deck(unpacked("rust", &text()).await, text());
    let newer = text().replace("\"title\":\"Rust\"", "\"title\":\"Newer\"");
    store.keep_deck(unpacked("rust", &newer).await, newer);
    saved(&store).await;
    let again = Store::open_named("test-decks-again").await;
    assert_eq!(again.decks().iter().map(|deck| deck.deck.title.clone()).collect::<Vec<_>>(), ["Newer"]);
}

#[wasm_bindgen_test]
async fn rows_that_cannot_be_read_are_shown_and_left_as_they_are() {
    let store = empty("test-decks-damaged").await;
    let database = Database::open("test-decks-damaged", LAYOUT, &[]).await.unwrap();
    let put = |key: &str, text: String| Change::Put { store: "decks", key: key.into(), text };
    let rows = [
        put("decks/half", text().replacen("\"kind\":\"short\"", "\"kind\":\"riddle\"", 1)),
        put("decks/no-deck", "{".into()),
        put("decks/<b>", text()),
        put("elsewhere", text()),
    ];
    database.change(&rows).await.unwrap();
    let again = Store::open_named("test-decks-damaged").await;
    assert_eq!(names(&again), ["<b>", "half", "no-deck"]);
    let decks = again.decks();
    assert!(decks.iter().all(|deck| deck.damaged));
    assert_eq!(decks.iter().map(|deck| deck.deck.questions.len()).collect::<Vec<_>>(), [0, 1, 0]);
    again.remove_deck("no-deck");
    saved(&again).await;
    assert_eq!(database.all("decks").await.unwrap().len(), 3);
    drop(store);
}

#[wasm_bindgen_test]
async fn a_database_of_the_layout_before_keeps_all_it_has() {
    let name = "test-decks-older";
    let older = Database::open(name, 2, &["records", "carried", "drafts", "device"]).await.unwrap();
    older.change(&[Change::Put { store: "device", key: "id".into(), text: "0000002a".into() }]).await.unwrap();
    older.close();
    let store = Store::open_named(name).await;
    let database = Database::open(name, LAYOUT, &[]).await.unwrap();
    assert_eq!(database.all("device").await.unwrap(), [("id".to_string(), "0000002a".to_string())]);
    store.keep_deck(unpacked("rust", &text()).await, text());
    saved(&store).await;
    assert_eq!(database.all("decks").await.unwrap().len(), 1);
}
