//! Engines that know some questions and their answers.

use crate::hands::{Hands, settle};
use interleave_kernel::explore::{Progress, Stopped};
use interleave_protocols::diagram::{Diagram, Figures};
use interleave_protocols::play::{Found, Judgement, Play, Side, Subject, Verdict, Way, record};
use interleave_protocols::two_phase_commit;
use serde::Serialize;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;
use web_sys::Element;
use yew::BaseComponent;

/// What the engine says to a question that has these words in it: first how far it is; then the answer, if it ever comes to one.
pub struct Known {
    pub words: &'static str,
    pub progress: Vec<u8>,
    pub answer: Option<Result<Vec<u8>, &'static str>>,
}

impl Known {
    /// A question that is answered at once.
    pub fn at_once(words: &'static str, answer: &impl Serialize) -> Self {
        let answer = postcard::to_allocvec(answer).expect("it can be written");
        Known { words, progress: Vec::new(), answer: Some(Ok(answer)) }
    }
}

/// What a search of three participants finds.
pub fn found() -> Found {
    let rule = |rule: &str, verdict| Judgement { rule: rule.into(), verdict };
    let broken = Verdict::Broken { way: vec![1, 0, 4, 2, 2], cycle: 2, note: "It never comes to that.".into() };
    Found {
        progress: Progress { states: 288, transitions: 1146, depth: 11, waiting: 0 },
        stopped: None,
        deadlock: None,
        rules: vec![
            rule("nobody is sad", Verdict::Holds),
            rule("all can dance", Verdict::Possible(vec![0, 3])),
            rule("somebody dances", broken),
            rule("all can sing", Verdict::Impossible),
        ],
    }
}

fn sides() -> [Side; 2] {
    let side = |messages, broken| Side {
        diagram: Diagram { figures: Figures { messages, chain: 7, ..Figures::default() }, ..Diagram::default() },
        end: format!("It took {messages}."),
        total: Figures { messages: 200 * messages + 50, ..Figures::default() },
        broken,
        endless: 0,
        runs: 200,
    };
    [side(12, 0), side(8, 31)]
}

fn known() -> Vec<Known> {
    let bytes = |value: &dyn Fn() -> Result<Vec<u8>, postcard::Error>| value().expect("it can be written");
    fn of<T: Serialize>(value: T) -> impl Fn() -> Result<Vec<u8>, postcard::Error> {
        move || postcard::to_allocvec(&value)
    }
    let progress = bytes(&of(Progress { states: 5120, transitions: 9000, depth: 6, waiting: 77 }));
    let cut = Found { stopped: Some(Stopped::States), ..found() };
    let search = |words, answer| Known { words, progress: progress.clone(), answer };
    vec![
        Known::at_once("\"storage\":\"postgres\"", &record(&on_postgres())),
        search("\"participants\":2", None),
        search("\"participants\":3", Some(Ok(bytes(&of(found()))))),
        search("\"participants\":4", Some(Ok(bytes(&of(cut))))),
        search("\"participants\":9", Some(Err("nine are too many"))),
        Known { words: "\"runs\":200", progress: bytes(&of(57_u16)), answer: Some(Ok(bytes(&of(sides())))) },
    ]
}

/// A run that two engines record.
pub fn on_postgres() -> Play {
    let scenario = two_phase_commit::Scenario { storage: two_phase_commit::Storage::Postgres, ..Default::default() };
    Play { subject: Subject::TwoPhaseCommit(scenario), histories: vec![Way::Calm], here: 0 }
}

/// Puts the engine of the protocols where the page looks for it.
pub fn hire_protocols() {
    hire("interleave-engine-protocols", known);
}

/// Puts an engine where the page looks for it.
pub fn hire(name: &str, known: impl FnOnce() -> Vec<Known>) {
    let document = web_sys::window().unwrap().document().unwrap();
    if document.query_selector(&format!("meta[name={name}]")).unwrap().is_some() {
        return;
    }
    let entry = |Known { words, progress, answer }: Known| {
        let answer = match answer {
            None => "null".into(),
            Some(Ok(bytes)) => format!("{{answer: new Uint8Array({bytes:?})}}"),
            Some(Err(words)) => format!("{{error: {words:?}}}"),
        };
        format!("{{words: {words:?}, progress: new Uint8Array({progress:?}), last: {answer}}}")
    };
    let known: Vec<_> = known().into_iter().map(entry).collect();
    let script = format!(
        "const known = [{}];
        self.onmessage = ({{ data: {{ id, input }} }}) => {{
            const {{ progress, last }} = known.find(({{ words }}) => input.includes(words));
            self.postMessage({{ id, progress }});
            if (last) setTimeout(() => self.postMessage({{ id, ...last }}), 20);
        }};
        self.postMessage('ready');",
        known.join(", ")
    );
    let address = js_sys::eval(&format!("URL.createObjectURL(new Blob([{script:?}], {{ type: 'text/javascript' }}))"));
    let meta = document.create_element("meta").unwrap();
    meta.set_attribute("name", name).unwrap();
    meta.set_attribute("content", &address.unwrap().as_string().unwrap()).unwrap();
    document.head().unwrap().append_child(&meta).unwrap();
}

/// A component on a page with that engine, and the hands of a reader.
pub async fn show<C: BaseComponent>(props: C::Properties) -> (Hands, yew::AppHandle<C>) {
    hire_protocols();
    let document = web_sys::window().unwrap().document().unwrap();
    let root: Element = document.create_element("div").unwrap();
    document.body().unwrap().append_child(&root).unwrap();
    let app = yew::Renderer::<C>::with_root_and_props(root.clone(), props).render();
    settle().await;
    (Hands { root }, app)
}

/// Waits until something is so, which a worker's answer makes so.
pub async fn until(what: &str, is_so: impl Fn() -> bool) {
    for _ in 0..200 {
        settle().await;
        if is_so() {
            return;
        }
        let pause = js_sys::Promise::new(&mut |resolve, _| {
            let window = web_sys::window().unwrap();
            window.set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, 10).unwrap();
        });
        JsFuture::from(pause).await.unwrap_or(JsValue::NULL);
    }
    panic!("it never came to that: {what}");
}
