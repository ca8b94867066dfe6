//! Questions of every kind, in a browser and with a learner's hands.
#![cfg(target_arch = "wasm32")]

use interleave::practice;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{Element, HtmlElement, HtmlSelectElement, HtmlTextAreaElement, InputEvent, InputEventInit};
use web_sys::{KeyboardEvent, KeyboardEventInit};

wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);

/// A question on the page.
struct Page {
    place: Element,
}

impl Page {
    /// A question that is not executed.
    async fn of(kind: &str, fields: &str) -> Self {
        Self::found(kind, fields, "").await
    }

    /// Puts a question's placeholder on the page and mounts it. `found` are further fields, which the build has found.
    async fn found(kind: &str, fields: &str, found: &str) -> Self {
        let json = format!(
            r#"{{"question": {{"id": "{kind}-q", "level": "mid", "section": "guide/x/#y", "source": "https://nodejs.org/api/", "kind": "{kind}", {fields}}}{found}}}"#
        );
        let document = web_sys::window().unwrap().document().unwrap();
        let place = document.create_element("div").unwrap();
        place.set_attribute("data-island", "question").unwrap();
        place.set_attribute("data-app", "practice").unwrap();
        place.set_attribute("data-props", &json).unwrap();
        place.set_text_content(Some("printed"));
        document.body().unwrap().append_child(&place).unwrap();
        practice::mount();
        settle().await;
        Self { place }
    }

    fn find(&self, selector: &str) -> HtmlElement {
        let found = self.place.query_selector(selector).unwrap();
        found.unwrap_or_else(|| panic!("no {selector} in {}", self.place.inner_html())).dyn_into().unwrap()
    }

    fn count(&self, selector: &str) -> u32 {
        self.place.query_selector_all(selector).unwrap().length()
    }

    fn text(&self, selector: &str) -> String {
        self.find(selector).text_content().unwrap_or_default()
    }

    async fn click(&self, selector: &str) {
        self.find(selector).click();
        settle().await;
    }

    async fn press(&self, selector: &str, key: &str, alt: bool) {
        let init = KeyboardEventInit::new();
        init.set_key(key);
        init.set_alt_key(alt);
        init.set_bubbles(true);
        init.set_cancelable(true);
        let event = KeyboardEvent::new_with_keyboard_event_init_dict("keydown", &init).unwrap();
        self.find(selector).dispatch_event(&event).unwrap();
        settle().await;
    }

    async fn write(&self, selector: &str, text: &str) {
        let field = self.find(selector);
        match field.dyn_ref::<HtmlTextAreaElement>() {
            Some(area) => area.set_value(text),
            None => field.unchecked_ref::<web_sys::HtmlInputElement>().set_value(text),
        }
        let init = InputEventInit::new();
        init.set_bubbles(true);
        field.dispatch_event(&InputEvent::new_with_event_init_dict("input", &init).unwrap()).unwrap();
        settle().await;
    }

    async fn check(&self) {
        self.click("button[type=submit]").await;
    }

    fn ready(&self) -> bool {
        !self.find("button[type=submit]").has_attribute("disabled")
    }

    /// What is announced.
    fn status(&self) -> String {
        self.text(".ask-feedback [role=status]")
    }
}

/// Lets everything happen that waits for nothing but its turn.
async fn settle() {
    for _ in 0..6 {
        let _ = JsFuture::from(js_sys::Promise::resolve(&JsValue::NULL)).await;
        yew::scheduler::flush().await;
    }
    gloo::timers::future::TimeoutFuture::new(5).await;
    yew::scheduler::flush().await;
}

const CHOICE: &str = r#""stem": "Look:\n\n```js\nf()\n```\n\nWhy `f` first?", "options": [
    {"text": "Chance.", "reason": "There is none."},
    {"text": "Order.", "right": true, "reason": "It was queued first."}]"#;

#[wasm_bindgen_test]
async fn nothing_is_judged_before_the_reader_asks() {
    let page = Page::of("choice", CHOICE).await;
    assert_eq!(page.text("legend"), "Why f first?");
    assert_eq!(page.count("legend pre, label pre"), 0, "code stands outside of what is read at every option");
    let described = page.find("fieldset").get_attribute("aria-describedby").unwrap();
    let before = described.split(' ').next().unwrap();
    assert!(page.text(&format!("[id='{before}']")).contains("f()"));
    assert!(!page.ready(), "there is nothing to check yet");
    page.click("li:nth-child(1) input").await;
    assert_eq!(page.status(), "");
    assert_eq!(page.count(".reason"), 0);
}

#[wasm_bindgen_test]
async fn a_wrong_answer_is_told_why_and_shown_the_right_one() {
    let page = Page::of("choice", CHOICE).await;
    page.click("li:nth-child(1) input").await;
    page.check().await;
    assert_eq!(page.status(), "Not this one. There is none.");
    assert_eq!(page.text(".wrong .reason"), "There is none.");
    assert_eq!(page.text(".right .reason"), "It was queued first.");
    let focused = web_sys::window().unwrap().document().unwrap().active_element().unwrap();
    assert!(focused.class_list().contains("ask-feedback"), "the focus is where the news is");
    assert_eq!(page.find(".ask-links a").get_attribute("href").as_deref(), Some("guide/x/#y"));
    assert!(page.text(".ask-links").contains("Source: nodejs.org"));
    page.click("button:not([type=submit])").await;
    assert_eq!(page.count(".reason"), 0, "one may answer again");
    assert_eq!(page.count("input:checked"), 0);
}

#[wasm_bindgen_test]
async fn keys_choose_and_check() {
    let page = Page::of("choice", CHOICE).await;
    page.press("fieldset", "2", false).await;
    assert_eq!(page.count("li:nth-child(2) input:checked"), 1);
    page.press("li:nth-child(2) input", "Enter", false).await;
    assert_eq!(page.status(), "Right.");
    assert_eq!(page.count(".wrong .verdict"), 0);
}

#[wasm_bindgen_test]
async fn a_question_that_is_hostile_is_text() {
    let page = Page::of(
        "choice",
        r#""stem": "<img src=x onerror=alert(1)> [x](javascript:alert(1)) Why?", "options": [
            {"text": "<script>alert(1)</script>", "reason": "![x](https://e.org/x.png) <b>b</b>"},
            {"text": "[ok](https://e.org/)", "right": true, "reason": "r"}]"#,
    )
    .await;
    page.click("li:nth-child(1) input").await;
    page.check().await;
    assert_eq!(page.count("img, script, b, a[href^='javascript']"), 0);
    assert!(page.text("legend").contains("<img src=x"));
    assert_eq!(page.count(".quiz-option a[href='https://e.org/']"), 1);
}

#[wasm_bindgen_test]
async fn several_are_ticked() {
    let options = r#""stem": "Which?", "options": [
        {"text": "a", "right": true, "reason": "ra"}, {"text": "b", "reason": "rb"}, {"text": "c", "right": true, "reason": "rc"}]"#;
    let page = Page::of("several", options).await;
    page.press("fieldset", "1", false).await;
    page.press("fieldset", "2", false).await;
    page.press("fieldset", "2", false).await;
    assert_eq!(page.count("input:checked"), 1, "a key ticks and takes the tick away");
    page.check().await;
    assert_eq!(page.status(), "Not quite.");
    assert_eq!(page.text(".overlooked .verdict"), "right, not chosen");
    assert_eq!(page.count(".reason"), 3);
}

#[wasm_bindgen_test]
async fn an_output_is_typed_and_laid_beside_what_is_printed() {
    let page = Page::found(
        "output",
        r#""stem": "What?", "program": "x()", "because": "Ticks first.", "slips": [{"text": "b\na", "reason": "The other way."}]"#,
        r#", "answer": {"Output": {"text": "a\nb\n", "exit": 0}}, "beside": {"replay": "labs/event-loop/?v=1"}"#,
    )
    .await;
    assert!(page.text(".ask-about pre").contains("x()"));
    page.press("textarea", "1", false).await;
    page.write("textarea", "b\na").await;
    assert_eq!(page.text(".ask-count"), "2 lines");
    page.check().await;
    assert_eq!(page.status(), "It prints something else.");
    assert_eq!(page.text(".slip"), "The other way.");
    assert_eq!(page.text(".because"), "Ticks first.");
    assert_eq!((page.count(".missing"), page.count(".extra"), page.count(".same")), (1, 1, 1));
    assert!(page.find("a[href^='labs/event-loop/']").text_content().unwrap().contains("Replay"));
}

#[wasm_bindgen_test]
async fn events_are_moved_by_keys_and_buttons() {
    let page = Page::found(
        "order",
        r#""stem": "Which first?", "program": "x()", "because": "B.", "events": [{"text": "a"}, {"text": "b"}, {"text": "c"}]"#,
        r#", "answer": {"Order": [0, 1, 2]}"#,
    )
    .await;
    let shown =
        |page: &Page| (1..=3).map(|n| page.text(&format!(".ask-event:nth-child({n}) .what"))).collect::<String>();
    assert!(!page.ready());
    // Whatever the order is: bring each to its place.
    for (to, event) in ["a", "b", "c"].into_iter().enumerate() {
        while shown(&page).find(event) != Some(to) {
            let at = shown(&page).find(event).unwrap() + 1;
            page.press(&format!(".ask-event:nth-child({at})"), "ArrowUp", true).await;
        }
    }
    page.click(".ask-event:nth-child(1) button:last-child").await;
    assert_eq!(shown(&page), "bac");
    assert_eq!(page.text("[aria-live=polite]"), "a: place 2 of 3");
    let focused = web_sys::window().unwrap().document().unwrap().active_element().unwrap();
    assert_eq!(focused.get_attribute("aria-label").as_deref(), Some("Move down: a"), "the focus goes along");
    page.click(".ask-event:nth-child(2) button:first-child").await;
    assert_eq!(shown(&page), "abc");
    page.check().await;
    assert_eq!(page.status(), "Right.");
}

#[wasm_bindgen_test]
async fn pairs_are_chosen_from_lists() {
    let page = Page::of(
        "match",
        r#""stem": "What belongs?", "pairs": [{"left": "l1", "right": "r1", "reason": "R1"}, {"left": "l2", "right": "r2", "reason": "R2"}],
           "decoys": [{"text": "r3", "reason": "R3"}]"#,
    )
    .await;
    for (row, value) in [(1, "0"), (2, "2")] {
        let select: HtmlSelectElement = page.find(&format!(".ask-pair:nth-child({row}) select")).unchecked_into();
        select.set_value(value);
        let init = web_sys::EventInit::new();
        init.set_bubbles(true);
        select.dispatch_event(&web_sys::Event::new_with_event_init_dict("change", &init).unwrap()).unwrap();
        settle().await;
    }
    page.check().await;
    assert_eq!(page.status(), "1 of 2 right.");
    assert!(page.text(".ask-pair.wrong .belongs").contains("r2"));
    assert!(page.text(".ask-decoy").contains("R3"));
}

#[wasm_bindgen_test]
async fn gaps_are_filled_in_the_text() {
    let page = Page::of(
        "gap",
        r#""stem": "What is missing?", "text": "First {1}, then **{2}**.", "gaps": [
            {"answers": ["BEGIN"], "because": "B1"}, {"answers": ["COMMIT"], "because": "B2"}]"#,
    )
    .await;
    assert_eq!(page.count(".gap"), 2);
    page.write("input[aria-label='Gap 1 of 2']", "begin").await;
    assert!(!page.ready());
    page.write("input[aria-label='Gap 2 of 2']", "rollback").await;
    page.check().await;
    assert_eq!(page.status(), "1 of 2 right.");
    assert_eq!(page.text(".ask-parts .wrong code"), "COMMIT");
}

#[wasm_bindgen_test]
async fn an_anomaly_has_its_schedule_beside_it() {
    let page = Page::found(
        "anomaly",
        r#""stem": "What goes wrong?", "preset": "lost-update", "because": "B.", "options": [
            {"text": "none", "reason": "R0"}, {"text": "lost update", "reason": "R1"}]"#,
        r#", "answer": {"Option": 1}, "beside": {"replay": "labs/locking/?v=1", "schedule": {"isolation": "READ COMMITTED", "setup": "",
            "sessions": ["Alice", "Bob"], "statements": [[0, "BEGIN"], [1, "BEGIN"], [0, "COMMIT"]]}}"#,
    )
    .await;
    assert_eq!(page.count(".ask-schedule tbody tr"), 3);
    assert_eq!(page.text(".ask-schedule thead th:nth-child(2)"), "Alice");
    assert_eq!(page.text(".quiz-option:first-child label > span"), "nothing goes wrong");
    page.press("fieldset", "2", false).await;
    page.check().await;
    assert_eq!(page.status(), "Right.");
    assert!(page.find("a[href^='labs/locking/']").text_content().unwrap().contains("Replay"));
}

#[wasm_bindgen_test]
async fn a_goal_is_reached_when_the_lab_says_so() {
    let page = Page::found(
        "lab",
        r#""stem": "Can you?", "lab": "locking", "preset": "lost-update", "goal": "none", "because": "B.""#,
        r#", "beside": {"task": "embed/locking/?v=1&lab=locking&preset=lost-update&at=1"}"#,
    )
    .await;
    assert!(
        page.find("iframe")
            .get_attribute("src")
            .unwrap()
            .starts_with("embed/locking/?v=1&lab=locking&preset=lost-update")
    );
    assert!(!page.ready(), "nobody's word is taken for it");
    // A message that does not come from the frame is not heard.
    let message = js_sys::JSON::parse(
        r#"{"interleave": 1, "type": "reached", "presets": ["lost-update"], "goals": ["none"], "faults": []}"#,
    )
    .unwrap();
    web_sys::window().unwrap().post_message(&message, "*").unwrap();
    settle().await;
    assert!(!page.ready());
    assert_eq!(page.text(".ask-reached"), "Not reached yet.");
}

#[wasm_bindgen_test]
async fn an_open_question_is_compared_with_its_rubric() {
    let page = Page::of(
        "open",
        r#""stem": "How?", "good": [{"text": "g1", "follow_up": "What about g1?"}, {"text": "g2"}],
           "red_flags": [{"text": "x", "reason": "R"}], "junior": "J", "senior": "S""#,
    )
    .await;
    page.write("textarea", "my answer").await;
    page.click(".quiz-bar button").await;
    page.click(".quiz-options li:nth-child(2) input").await;
    assert_eq!(page.count("details"), 0, "the model answers come after the ticks");
    page.check().await;
    assert_eq!(page.status(), "1 of 2 points.");
    assert!(page.text(".reason").contains("What about g1?"));
    assert_eq!(page.count("details"), 2);
}

#[wasm_bindgen_test]
async fn a_placeholder_that_cannot_be_read_stays_as_it_was_printed() {
    let page = Page::of("riddle", r#""stem": "?""#).await;
    assert_eq!(page.place.text_content().as_deref(), Some("printed"));
}
