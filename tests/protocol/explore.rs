use crate::answers::{show, until};
use crate::hands::{Hands, settle};
use interleave::labs::protocol::explore::{Explore, Props};
use interleave::labs::protocol::subject::{Play, Subject};
use interleave::worker::{self, Engine};
use interleave_protocols::play::{Found, Search};
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen_test::wasm_bindgen_test;
use yew::{AppHandle, Callback};

type Heard<T> = Rc<RefCell<Vec<T>>>;

/// What the panel has told those around it, latest last.
#[derive(Clone, Default)]
struct Told {
    opened: Heard<(Vec<u16>, usize)>,
    changed: Heard<Subject>,
}

fn props(subject: Subject, told: &Told) -> Props {
    let Told { opened, changed } = told.clone();
    Props {
        play: Play { subject, histories: vec![], here: 0 },
        open: Callback::from(move |way| opened.borrow_mut().push(way)),
        change: Callback::from(move |subject| changed.borrow_mut().push(subject)),
    }
}

fn subject(text: &str) -> Subject {
    serde_json::from_str(text).unwrap()
}

fn specification(participants: u8) -> Subject {
    subject(&format!(r#"{{"gray-lamport": {{"participants": {participants}}}}}"#))
}

async fn panel(subject: Subject) -> (Hands, AppHandle<Explore>, Told) {
    let told = Told::default();
    let (hands, app) = show::<Explore>(props(subject, &told)).await;
    (hands, app, told)
}

/// The same after a search that says `words` at last.
async fn searched(participants: u8, words: &str) -> (Hands, AppHandle<Explore>, Told) {
    let (hands, app, told) = panel(specification(participants)).await;
    hands.press_button("Check every order").await;
    until(words, || hands.text("[role=status]").contains(words)).await;
    (hands, app, told)
}

fn texts(hands: &Hands, selector: &str) -> Vec<String> {
    hands.all(selector).iter().map(|element| element.text_content().unwrap_or_default()).collect()
}

#[wasm_bindgen_test]
async fn only_faults_that_can_happen_are_offered() {
    let protocol = subject(r#"{"two-phase-commit": {}}"#);
    assert_eq!(panel(protocol).await.0.all(".stepper").len(), 7);
    let (events, ..) = panel(subject(r#"{"choreographed-saga": {}}"#)).await;
    assert_eq!(texts(&events, ".stepper-name"), ["Crashes", "Duplicates", "Reorders"]);
    let (specification, ..) = panel(specification(3)).await;
    assert!(specification.all(".stepper").is_empty());
    assert!(specification.text(".switch").starts_with("Participants are alike"));
}

#[wasm_bindgen_test]
async fn a_budget_is_changed_one_by_one_within_bounds() {
    let (hands, _, told) = panel(subject(r#"{"saga": {"faults": {"crash": 3}}}"#)).await;
    hands.press_button("Losses: more").await;
    hands.press_button("Losses: fewer").await;
    hands.press_button("Crashes: more").await;
    hands.press_button("Crashes: fewer").await;
    let budgets: Vec<_> = told.changed.borrow().iter().map(|subject| subject.budget().to_string()).collect();
    assert_eq!(budgets, ["crash=3,loss=1", "crash=2"]);
}

#[wasm_bindgen_test]
async fn each_rule_has_a_verdict_and_what_happened_can_be_shown() {
    let (hands, _, told) = searched(3, "288 states, 1\u{202f}146 transitions, depth 11.").await;
    assert_eq!(
        texts(&hands, ".verdicts li > p:first-of-type"),
        [
            "nobody is sad holds",
            "all can dance reachable: after 2 steps",
            "somebody dances broken: after 3 steps, when 2 steps are made over and over",
            "all can sing never: in no order",
            "no deadlock holds",
        ]
    );
    assert_eq!(texts(&hands, ".verdicts .broken .verdict-note"), ["It never comes to that."]);
    hands.press_button("Show the shortest: somebody dances").await;
    hands.press_button("Show the shortest: all can dance").await;
    assert_eq!(*told.opened.borrow(), [(vec![1, 0, 4, 2, 2], 3), (vec![0, 3], 2)]);
}

#[wasm_bindgen_test]
async fn a_search_that_was_cut_says_so() {
    let (hands, ..) = searched(4, "Stopped at 288 states").await;
    assert!(texts(&hands, ".verdicts li").contains(&"○no deadlock undecided".to_owned()));
}

#[wasm_bindgen_test]
async fn a_search_tells_how_far_it_is_and_can_be_stopped() {
    let (hands, ..) = searched(2, "5\u{202f}120 states so far, 77 of them to be looked at, depth 6").await;
    hands.press_button("Stop").await;
    assert_eq!(hands.text("[role=status]"), "Stopped after 5\u{202f}120 states. Nothing is judged.");
    hands.press_button("Check every order").await;
    until("it searches again", || hands.text("[role=status]").contains("so far")).await;
    // Whoever comes next needs the engine.
    hands.press_button("Stop").await;
}

#[wasm_bindgen_test]
async fn whoever_waits_for_a_search_goes_on_playing() {
    let (hands, ..) = searched(2, "states so far").await;
    let question = Search { subject: specification(3), states: 1, symmetry: false };
    let answer = worker::compute::<Found>(Engine::Protocols, "search", &question).await;
    assert_eq!(answer.map(|found| found.progress.states), Ok(288));
    assert!(hands.text("[role=status]").contains("states so far"), "the other one is still at it");
    hands.press_button("Stop").await;
}

#[wasm_bindgen_test]
async fn what_was_found_goes_with_its_subject() {
    let (hands, mut app, told) = searched(3, "288 states").await;
    let history = Play { subject: specification(3), histories: vec![], here: 1 };
    app.update(Props { play: history, ..props(specification(3), &told) });
    settle().await;
    assert_eq!(hands.all(".verdicts").len(), 1, "another history of the same");
    app.update(props(specification(5), &told));
    settle().await;
    assert!(hands.all(".verdicts").is_empty());
    assert_eq!(hands.text("[role=status]"), "Is there an order that breaks a rule?");
}

#[wasm_bindgen_test]
async fn a_refusal_is_told_in_its_words() {
    let (hands, ..) = searched(9, "nine are too many").await;
    assert!(hands.all(".verdicts").is_empty());
    assert!(hands.find(".explore-bar .main").is_some(), "one may ask again");
}
