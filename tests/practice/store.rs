//! Rows that are written, read again, damaged, and shared by tabs.

use gloo::timers::future::TimeoutFuture;
use interleave::practice::store::idb::{Change, Database, Refused};
use interleave::practice::store::{Answered, LAYOUT, Place, Saving, Store};
use interleave_course::memory::Rating;
use interleave_course::progress::{Draft, Progress, Session};
use wasm_bindgen_test::wasm_bindgen_test;

fn answered(question: &str) -> Answered {
    Answered {
        question: question.into(),
        rating: Rating::Good,
        right: Some(true),
        said: "that".into(),
        took: Some(900),
        session: Session::Study,
    }
}

/// Waits until something is so: the disk, or another tab, takes its time.
async fn until(what: &str, so: impl Fn() -> bool) {
    for _ in 0..200 {
        if so() {
            return;
        }
        TimeoutFuture::new(10).await;
    }
    panic!("never: {what}");
}

pub async fn saved(store: &Store) {
    until("saved", || store.saving() == Saving::Saved).await;
}

fn count(store: &Store) -> usize {
    store.progress().records().count()
}

#[wasm_bindgen_test]
async fn an_answer_is_there_when_the_store_is_opened_again() {
    let store = Store::open_named("test-again").await;
    store.delete_everything();
    saved(&store).await;
    store.answer(vec![answered("a"), answered("b")]);
    assert_eq!(count(&store), 2, "it counts at once");
    saved(&store).await;
    let again = Store::open_named("test-again").await;
    assert_eq!(again.place(), Place::Database);
    assert_eq!(*again.progress(), *store.progress());
    let ids: Vec<u32> = again.progress().records().map(|record| record.id.device).collect();
    again.answer(vec![answered("c")]);
    assert!(again.progress().records().all(|record| ids.contains(&record.id.device)), "it is the same device");
}

#[wasm_bindgen_test]
async fn tabs_hear_of_each_other_and_lose_nothing() {
    let one = Store::open_named("test-tabs").await;
    one.delete_everything();
    saved(&one).await;
    let other = Store::open_named("test-tabs").await;
    for _ in 0..20 {
        one.answer(vec![answered("a")]);
        other.answer(vec![answered("a")]);
    }
    until("both have all", || count(&one) == 40 && count(&other) == 40).await;
    let third = Store::open_named("test-tabs").await;
    assert_eq!(count(&third), 40);
    other.delete_everything();
    until("all are empty", || count(&one) == 0 && count(&third) == 0).await;
}

#[wasm_bindgen_test]
async fn what_is_damaged_is_never_written_over() {
    let store = Store::open_named("test-damaged").await;
    store.delete_everything();
    store.answer(vec![answered("a")]);
    let draft = |at| Draft::new(Session::Exam, "exam-1", at, &at).unwrap();
    store.save_draft(draft(1_790_000_000_000));
    saved(&store).await;
    let database = Database::open("test-damaged", LAYOUT, &[]).await.unwrap();
    let damage = Change::Put { store: "drafts", key: "drafts/exam/exam-1".into(), text: "{\"kind\":".into() };
    database.change(&[damage]).await.unwrap();
    let again = Store::open_named("test-damaged").await;
    assert_eq!((again.damaged(), count(&again)), (1, 1));
    again.save_draft(draft(1_790_000_000_001));
    again.merge(store.progress().clone());
    saved(&again).await;
    let rows = database.all("drafts").await.unwrap();
    assert_eq!(rows, [("drafts/exam/exam-1".to_string(), "{\"kind\":".to_string())]);
    // What is shown goes on in this tab, all the same.
    assert!(again.progress().draft(Session::Exam, "exam-1").is_some());
}

#[wasm_bindgen_test]
async fn what_a_file_had_is_saved_and_what_was_there_stays() {
    let (store, file) = (Store::open_named("test-merge").await, Store::open_named("test-merge-file").await);
    store.delete_everything();
    file.delete_everything();
    store.answer(vec![answered("mine")]);
    file.answer(vec![answered("theirs"), answered("theirs")]);
    let other: Progress = file.progress().clone();
    assert_eq!(store.merge(other.clone()).new, 2);
    assert_eq!(store.merge(other).new, 0);
    saved(&store).await;
    assert_eq!(count(&Store::open_named("test-merge").await), 3);
}

#[wasm_bindgen_test]
async fn a_newer_database_is_left_alone() {
    let newer = Database::open("test-newer", LAYOUT + 1, &["records"]).await.unwrap();
    assert_eq!(Database::open("test-newer", LAYOUT, &[]).await.unwrap_err(), Refused::Newer);
    let store = Store::open_named("test-newer").await;
    assert!(matches!(store.place(), Place::Memory(_)));
    store.answer(vec![answered("a")]);
    assert_eq!(count(&store), 1);
    assert!(newer.all("records").await.unwrap().is_empty());
}

#[wasm_bindgen_test]
async fn who_watches_is_told_until_they_go() {
    let store = Store::open_named("test-watch").await;
    let told = std::rc::Rc::new(std::cell::Cell::new(0));
    let counter = told.clone();
    let watch = store.watch(yew::Callback::from(move |()| counter.set(counter.get() + 1)));
    store.answer(vec![answered("a")]);
    saved(&store).await;
    let before = told.get();
    assert!(before > 0);
    drop(watch);
    store.answer(vec![answered("a")]);
    saved(&store).await;
    assert_eq!(told.get(), before);
}
