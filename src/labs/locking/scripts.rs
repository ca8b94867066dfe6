//! What the learner writes: each session's script, the setup, and the rule that must hold in the end.

use super::session;
use super::turns;
use crate::draw::code::Fault;
use crate::draw::editor::CodeEditor;
use crate::draw::highlight::Language;
use interleave_sql::lab::scene::{Session, Stopped};
use interleave_sql::lab::{Scenario, Script};
use std::rc::Rc;
use web_sys::{HtmlDetailsElement, HtmlInputElement};
use yew::prelude::*;

/// More sessions than this are no picture any more.
const MOST: usize = 4;

/// The names that new sessions get.
const NAMES: [&str; MOST] = ["Alice", "Bob", "Carol", "Dave"];

#[derive(PartialEq, Properties)]
pub struct Props {
    pub scenario: Scenario,
    /// It was edited and has not run yet.
    pub stale: bool,
    pub stopped: Option<Rc<Stopped>>,
    pub onedit: Callback<Scenario>,
    pub onrun: Callback<()>,
}

/// Folded away until someone wants to write: then the editor is fetched.
#[component]
pub fn Scripts(props: &Props) -> Html {
    let open = use_state(|| false);
    let toggle = {
        let open = open.clone();
        Callback::from(move |event: Event| open.set(event.target_unchecked_into::<HtmlDetailsElement>().open()))
    };
    let edit = {
        let (onedit, scenario) = (props.onedit.clone(), props.scenario.clone());
        move |change: &dyn Fn(&mut Scenario)| {
            let mut scenario = scenario.clone();
            change(&mut scenario);
            onedit.emit(scenario);
        }
    };
    let add = {
        let edit = edit.clone();
        Callback::from(move |_: MouseEvent| {
            edit(&|scenario| {
                let free = NAMES.iter().find(|name| scenario.sessions.iter().all(|script| script.name != **name));
                let name = free.copied().unwrap_or("Eve").to_owned();
                scenario.sessions.push(Script { name, sql: "BEGIN;\nCOMMIT;\n".into() });
            });
        })
    };
    let rule = {
        let edit = edit.clone();
        Callback::from(move |event: InputEvent| {
            let text = event.target_unchecked_into::<HtmlInputElement>().value();
            edit(&|scenario| scenario.invariant.clone_from(&text));
        })
    };
    let scenario = &props.scenario;
    html! {
        <details class="fold scripts" ontoggle={toggle}>
            <summary>
                <b>{ "Scripts" }</b><span>{ "each session, the setup, the rule" }</span>
                if props.stale { <span class="edited">{ "edited" }</span> }
            </summary>
            if *open {
                <div class="script-grid">
                    { for (0..scenario.sessions.len()).map(|index| script(props, index as Session)) }
                </div>
                <div class="script-grid below">
                    { setup(props) }
                    <div class="script rule-script">
                        <label><span class="cap"><b>{ "Rule" }</b><span>{ "a query that is true in the end" }</span></span>
                            <input type="text" spellcheck="false" autocomplete="off" value={scenario.invariant.clone()} oninput={rule}
                                placeholder="SELECT sum(balance) = 200 FROM accounts" />
                        </label>
                        <div class="script-actions">
                            <button type="button" class="lab-button main" title="Run (Ctrl or ⌘ Enter)" onclick={props.onrun.reform(|_| ())}>{ "Run" }</button>
                            if scenario.sessions.len() < MOST {
                                <button type="button" class="lab-button" onclick={add}>{ "Add a session" }</button>
                            }
                        </div>
                    </div>
                </div>
            }
        </details>
    }
}

fn script(props: &Props, id: Session) -> Html {
    let index = usize::from(id);
    let scenario = &props.scenario;
    let change = |write: fn(&mut Script, String)| {
        let (onedit, scenario) = (props.onedit.clone(), scenario.clone());
        move |text: String| {
            let mut scenario = scenario.clone();
            if let Some(script) = scenario.sessions.get_mut(index) {
                write(script, text);
            }
            onedit.emit(scenario);
        }
    };
    let rename = change(|script, text| script.name = text);
    let rewrite = change(|script, text| script.sql = text);
    let remove = {
        let (onedit, scenario) = (props.onedit.clone(), scenario.clone());
        Callback::from(move |_: MouseEvent| onedit.emit(turns::without_session(&scenario, id)))
    };
    let Script { name, sql } = &scenario.sessions[index];
    html! {
        <div class={classes!("script", session::role(id))} key={index}>
            <div class="script-head">
                { session::mark(id) }
                <input type="text" class="script-name" aria-label={format!("Name of session {}", session::letter(id))} maxlength="24"
                    autocomplete="off" value={name.clone()}
                    oninput={Callback::from(move |event: InputEvent| rename(event.target_unchecked_into::<HtmlInputElement>().value()))} />
                if scenario.sessions.len() > 1 {
                    <button type="button" class="lab-button quiet" onclick={remove}
                        aria-label={format!("Remove {}", session::script_name(scenario, id))}>{ "Remove" }</button>
                }
            </div>
            <CodeEditor source={sql.clone()} language={Language::Sql} takes_focus={false} fault={fault(props, Some(id))}
                label={format!("Script of {}", session::script_name(scenario, id))}
                onedit={Callback::from(rewrite)} onrun={props.onrun.clone()} />
        </div>
    }
}

fn setup(props: &Props) -> Html {
    let rewrite = {
        let (onedit, scenario) = (props.onedit.clone(), props.scenario.clone());
        Callback::from(move |setup: String| onedit.emit(Scenario { setup, ..scenario.clone() }))
    };
    html! {
        <div class="script">
            <div class="script-head cap"><h3><b>{ "Setup" }</b></h3><span>{ "has committed before the sessions begin" }</span></div>
            <CodeEditor source={props.scenario.setup.clone()} language={Language::Sql} takes_focus={false} fault={fault(props, None)}
                label="Setup" onedit={rewrite} onrun={props.onrun.clone()} />
        </div>
    }
}

/// The line that stopped the run, if it is in this script; `None` is the setup.
fn fault(props: &Props, script: Option<Session>) -> Option<Fault> {
    let stopped = props.stopped.as_ref().filter(|stopped| !props.stale && stopped.session == script)?;
    Some(Fault { line: stopped.line?, message: stopped.title.clone().into() })
}
