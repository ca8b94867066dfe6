//! A program: a listing to follow, an editor once someone wants to change it.

use super::code::{Fault, Listing};
use super::editor::CodeEditor;
use yew::prelude::*;

#[derive(PartialEq, Properties)]
pub struct Props {
    pub source: AttrValue,
    /// What it is: `CommonJS`, `ES module`.
    pub module: &'static str,
    pub line: Option<u32>,
    pub role: &'static str,
    pub fault: Option<Fault>,
    /// It was edited and has not run yet.
    pub stale: bool,
    pub onedit: Callback<String>,
    pub onrun: Callback<()>,
}

/// The program: a listing to follow, an editor once someone wants to change it.
#[component]
pub fn Program(props: &Props) -> Html {
    let editing = use_state(|| false);
    let edit = {
        let editing = editing.clone();
        Callback::from(move |_: MouseEvent| editing.set(true))
    };
    let close = {
        let editing = editing.clone();
        Callback::from(move |_: MouseEvent| editing.set(false))
    };
    let (source, fault) = (props.source.clone(), props.fault.clone());
    html! {
        <div role="group" class="panel program" aria-label="Program">
            <div class="cap">
                <h3><b>{ "Program" }</b></h3>
                <span>{ props.module }{ " · Node 20" }</span>
                <span class="program-actions">
                    if props.stale {
                        <button type="button" class="lab-button main" title="Run (Ctrl or ⌘ Enter)" onclick={props.onrun.reform(|_| ())}>{ "Run" }</button>
                    }
                    if *editing {
                        <button type="button" class="lab-button quiet" onclick={close}>{ "Close the editor" }</button>
                    } else {
                        <button type="button" class="lab-button quiet" onclick={edit.clone()}>{ "Edit" }</button>
                    }
                </span>
            </div>
            if *editing {
                <CodeEditor {source} line={props.line} role={props.role} {fault} label="Text of the program" onedit={&props.onedit} onrun={&props.onrun} />
                <p class="hint"><kbd>{ "Ctrl Enter" }</kbd>{ " runs. " }<kbd>{ "Tab" }</kbd>{ " indents; " }<kbd>{ "Esc" }</kbd>{ " then " }<kbd>{ "Tab" }</kbd>{ " leaves the editor." }</p>
            } else {
                // A click opens the editor as well; the button beside it is the same for the keyboard.
                <div class="program-listing" onclick={edit}>
                    <Listing {source} line={props.line} role={props.role} {fault} label="Text of the program" />
                </div>
            }
        </div>
    }
}
