//! Something to be brought about: the lab stands below, and says itself whether it is.

use super::sheet::Sheet;
use gloo::events::EventListener;
use interleave_course::Given;
use interleave_course::question::Goal;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{HtmlElement, HtmlIFrameElement, MessageEvent};
use yew::prelude::*;

/// The lab, and what is to be reached in it.
pub fn goal(sheet: &Sheet, goal: &Goal) -> Html {
    let reached = *sheet.given == Given::Reached(true);
    let Some(address) = sheet.beside.and_then(|beside| beside.task.clone()) else {
        return html! { <p class="ask-hint">{"The lab of this question is not part of this site."}</p> };
    };
    html! {
        <>
            <p class="ask-hint">
                {"The lab says itself when you are there. Change the order in which things happen and nothing else, until "}
                <strong>{wanted(&goal.goal)}</strong>
                if !goal.faults.trim().is_empty() {
                    {", and nothing goes wrong on the way but "}<strong>{may_fail(&goal.faults)}</strong>
                }
                {"."}
            </p>
            <Frame {address} goal={Goal { because: String::new(), ..goal.clone() }} {reached}
                on_reached={sheet.on_given.reform(Given::Reached)} />
        </>
    }
}

/// What has to be the case, in words. Rules are called by what they promise; here each is to be broken.
fn wanted(goal: &str) -> String {
    match goal {
        "none" => "a run goes well: no deadlock, no anomaly, the rule holds".into(),
        "deadlock" => "there is a deadlock".into(),
        "broken" => "the rule does not hold at the end".into(),
        anomaly if ANOMALIES.contains(&anomaly) => format!("a run has the anomaly “{anomaly}”"),
        rule => format!("a run breaks the rule “{rule}”"),
    }
}

/// The faults of a budget such as `crash=1,loss=2`, each with the number of times that it may happen.
fn budget(faults: &str) -> impl Iterator<Item = (&str, usize)> {
    faults.split(',').filter(|fault| !fault.trim().is_empty()).map(|fault| {
        let (name, most) = fault.split_once('=').unwrap_or((fault, "1"));
        (name.trim(), most.trim().parse().unwrap_or(1))
    })
}

/// Whether no more than that went wrong. A goal that says nothing of it allows everything.
fn within(allowed: &str, happened: &[String]) -> bool {
    let most = |name: &str| budget(allowed).find(|(fault, _)| *fault == name).map_or(0, |(_, most)| most);
    let count = |name: &str| happened.iter().filter(|other| *other == name).count();
    allowed.trim().is_empty() || happened.iter().all(|name| count(name) <= most(name))
}

/// What may go wrong, in words.
fn may_fail(faults: &str) -> String {
    let words = |(fault, most): (&str, usize)| {
        let (one, several) = match fault {
            "crash" => ("one crash", "crashes"),
            "loss" => ("one lost message", "lost messages"),
            "duplicate" => ("one message that comes twice", "messages that come twice"),
            "reorder" => ("one message that overtakes another", "messages that overtake others"),
            "delay" => ("one timer that goes off early", "timers that go off early"),
            "hold" => ("one link that is held up", "links that are held up"),
            _ => ("one process that is cut off", "processes that are cut off"),
        };
        if most == 1 { one.to_owned() } else { format!("{most} {several}") }
    };
    budget(faults).map(words).collect::<Vec<_>>().join(" and ")
}

/// What a run may be called after.
const ANOMALIES: [&str; 10] = [
    "dirty write",
    "dirty read",
    "intermediate read",
    "circular information flow",
    "non-repeatable read",
    "phantom",
    "lost update",
    "read skew",
    "write skew",
    "read-only anomaly",
];

#[derive(Properties, PartialEq)]
struct FrameProps {
    address: String,
    goal: Goal,
    /// What is known so far. What was reached stays reached.
    reached: bool,
    on_reached: Callback<bool>,
}

/// The lab in a frame. It is of this site, and posts what its runs come to (`src/player/report.rs`).
#[component]
fn Frame(props: &FrameProps) -> Html {
    let frame = use_node_ref();
    let latest = use_mut_ref(|| (props.reached, props.on_reached.clone()));
    latest.replace((props.reached, props.on_reached.clone()));
    {
        let frame = frame.clone();
        use_effect_with(props.goal.clone(), move |goal| {
            let goal = goal.clone();
            let listener = web_sys::window().map(|window| {
                EventListener::new(&window, "message", move |event| {
                    let Some(event) = event.dyn_ref::<MessageEvent>() else { return };
                    let Some(frame) = frame.cast::<HtmlIFrameElement>() else { return };
                    match heard(&frame, event) {
                        Some(Heard::Height(height)) => tall(&frame, height),
                        Some(Heard::Reached { presets, goals, faults }) => {
                            let there = presets.contains(&goal.preset) && goals.contains(&goal.goal);
                            let there = there && within(&goal.faults, &faults);
                            let (before, tell) = latest.borrow().clone();
                            if there && !before {
                                tell.emit(true);
                            }
                        }
                        None => {}
                    }
                })
            });
            move || drop(listener)
        });
    }
    html! {
        <>
            <iframe class="ask-lab" ref={frame} src={props.address.clone()} title="The lab" loading="lazy"></iframe>
            <p class={classes!("ask-reached", props.reached.then_some("right"))} role="status">
                if props.reached {
                    <strong>{"Reached."}</strong>{" Check it to read why."}
                } else {
                    {"Not reached yet."}
                }
            </p>
        </>
    }
}

enum Heard {
    Height(f64),
    Reached { presets: Vec<String>, goals: Vec<String>, faults: Vec<String> },
}

/// A message of that very frame, in the protocol of `static/embed-page.js`.
fn heard(frame: &HtmlIFrameElement, event: &MessageEvent) -> Option<Heard> {
    let window = frame.content_window()?;
    let source = js_sys::Reflect::get(event, &"source".into()).ok()?;
    let get = |name: &str| js_sys::Reflect::get(&event.data(), &JsValue::from_str(name)).ok();
    if !js_sys::Object::is(&source, &window) || !event.data().is_object() || get("interleave")?.as_f64() != Some(1.0) {
        return None;
    }
    let texts = |name: &str| -> Option<Vec<String>> {
        let list: js_sys::Array = get(name)?.dyn_into().ok()?;
        Some(list.iter().filter_map(|text| text.as_string()).collect())
    };
    match get("type")?.as_string()?.as_str() {
        "height" => get("height")?.as_f64().map(Heard::Height),
        "reached" => {
            Some(Heard::Reached { presets: texts("presets")?, goals: texts("goals")?, faults: texts("faults")? })
        }
        _ => None,
    }
}

/// The frame is as high as the lab in it.
fn tall(frame: &HtmlIFrameElement, height: f64) {
    let frame: &HtmlElement = frame;
    let _ = frame.style().set_property("height", &format!("{}px", height.clamp(200.0, 4_000.0)));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_may_go_wrong_counts() {
        let happened = |faults: &[&str]| faults.iter().map(|&fault| fault.to_owned()).collect::<Vec<_>>();
        assert!(within("", &happened(&["crash", "loss"])));
        assert!(within("crash=1", &happened(&["crash"])));
        assert!(!within("crash=1", &happened(&["crash", "crash"])));
        assert!(!within("crash=1,loss=2", &happened(&["crash", "duplicate"])));
        assert_eq!(may_fail("crash=1, loss=2"), "one crash and 2 lost messages");
    }
}
