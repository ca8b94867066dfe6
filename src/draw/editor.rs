//! The editor of a program: fetched when someone first wants to edit, a plain text field when it cannot be.

use super::code::{Fault, Listing};
use super::highlight::Language;
use crate::labs::island;
use futures::channel::oneshot;
use gloo::events::EventListener;
use js_sys::{Function, Object, Reflect};
use wasm_bindgen::prelude::*;
use web_sys::{Element, HtmlScriptElement, HtmlTextAreaElement};
use yew::prelude::*;

#[wasm_bindgen]
extern "C" {
    /// What `src/editor/editor.js` hands out.
    type Editor;
    #[wasm_bindgen(method)]
    fn text(this: &Editor) -> String;
    #[wasm_bindgen(method, js_name = setText)]
    fn set_text(this: &Editor, text: &str);
    /// Marks the line that runs; 0 marks none.
    #[wasm_bindgen(method)]
    fn mark(this: &Editor, line: u32, role: &str);
    /// Marks the line that is wrong; 0 marks none.
    #[wasm_bindgen(method)]
    fn fault(this: &Editor, line: u32, message: &str);
    #[wasm_bindgen(method)]
    fn focus(this: &Editor);
    #[wasm_bindgen(method)]
    fn close(this: &Editor);
}

#[derive(Properties, PartialEq)]
pub struct Props {
    pub source: AttrValue,
    #[prop_or_default]
    pub language: Language,
    #[prop_or_default]
    pub line: Option<u32>,
    #[prop_or_default]
    pub role: &'static str,
    /// Whether the cursor is put into it as soon as it is there.
    #[prop_or(true)]
    pub takes_focus: bool,
    #[prop_or_default]
    pub fault: Option<Fault>,
    pub label: AttrValue,
    pub onedit: Callback<String>,
    pub onrun: Callback<()>,
}

enum State {
    Arriving,
    Open {
        editor: Editor,
        _on_edit: Closure<dyn Fn(String)>,
        _on_run: Closure<dyn Fn()>,
    },
    /// The bundle did not arrive.
    Plain,
}

pub struct CodeEditor {
    state: State,
    host: NodeRef,
}

pub enum Msg {
    Arrived(Option<Function>),
}

impl Component for CodeEditor {
    type Message = Msg;
    type Properties = Props;

    fn create(ctx: &Context<Self>) -> Self {
        ctx.link().send_future(async { Msg::Arrived(fetch().await) });
        Self { state: State::Arriving, host: NodeRef::default() }
    }

    fn update(&mut self, ctx: &Context<Self>, Msg::Arrived(open): Msg) -> bool {
        self.state = open.and_then(|open| self.open(ctx, &open)).unwrap_or(State::Plain);
        true
    }

    fn changed(&mut self, ctx: &Context<Self>, _: &Props) -> bool {
        self.show(ctx);
        !matches!(self.state, State::Open { .. })
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let props = ctx.props();
        let listing = || {
            html! { <Listing source={props.source.clone()} language={props.language} line={props.line} role={props.role} fault={props.fault.clone()} label={props.label.clone()} /> }
        };
        html! {
            <>
                <div class="editor-host" ref={&self.host} hidden={!matches!(self.state, State::Open { .. })}></div>
                { match self.state {
                    State::Open { .. } => Html::default(),
                    State::Arriving => listing(),
                    State::Plain => self.plain(ctx),
                } }
            </>
        }
    }

    fn destroy(&mut self, _: &Context<Self>) {
        if let State::Open { editor, .. } = &self.state {
            editor.close();
        }
    }
}

impl CodeEditor {
    fn open(&self, ctx: &Context<Self>, open: &Function) -> Option<State> {
        let props = ctx.props();
        let (edit, run) = (props.onedit.clone(), props.onrun.clone());
        let on_edit = Closure::<dyn Fn(String)>::new(move |text| edit.emit(text));
        let on_run = Closure::<dyn Fn()>::new(move || run.emit(()));
        let options = Object::new();
        let fields: [(&str, &JsValue); 5] = [
            ("source", &props.source.as_str().into()),
            ("language", &props.language.name().into()),
            ("label", &props.label.as_str().into()),
            ("onEdit", on_edit.as_ref()),
            ("onRun", on_run.as_ref()),
        ];
        for (name, value) in fields {
            Reflect::set(&options, &name.into(), value).ok()?;
        }
        let host = self.host.cast::<Element>()?;
        let _ = host.remove_attribute("hidden");
        let editor = open.call2(&JsValue::NULL, &host, &options).ok()?.unchecked_into::<Editor>();
        if props.takes_focus {
            editor.focus();
        }
        mark(&editor, props);
        Some(State::Open { editor, _on_edit: on_edit, _on_run: on_run })
    }

    fn show(&self, ctx: &Context<Self>) {
        let State::Open { editor, .. } = &self.state else { return };
        let props = ctx.props();
        if editor.text() != props.source.as_str() {
            editor.set_text(&props.source);
        }
        mark(editor, props);
    }

    /// Good enough to change a line with.
    fn plain(&self, ctx: &Context<Self>) -> Html {
        let props = ctx.props();
        let rows = props.source.lines().count().clamp(6, 24);
        html! {
            <>
                <p class="hint">{ "The editor could not be loaded. This plain one works as well." }</p>
                <textarea class="code" aria-label={props.label.clone()} rows={rows.to_string()} spellcheck="false" value={props.source.clone()}
                    oninput={props.onedit.reform(|event: InputEvent| event.target_unchecked_into::<HtmlTextAreaElement>().value())} />
                if let Some(fault) = &props.fault {
                    <div class="line-fault" role="note">{ format!("line {}: {}", fault.line, fault.message) }</div>
                }
            </>
        }
    }
}

fn mark(editor: &Editor, props: &Props) {
    editor.mark(props.line.unwrap_or(0), props.role);
    match &props.fault {
        Some(fault) => editor.fault(fault.line, &fault.message),
        None => editor.fault(0, ""),
    }
}

/// The function that opens an editor. The bundle is a module script of our own origin, asked for once per page; it leaves the
/// function on the window, because Wasm cannot import what is loaded late.
async fn fetch() -> Option<Function> {
    if let Some(open) = opener() {
        return Some(open);
    }
    let address = island::resource("interleave-editor")?;
    let document = web_sys::window()?.document()?;
    let script: HtmlScriptElement = document.create_element("script").ok()?.dyn_into().ok()?;
    script.set_type("module");
    script.set_src(&address);
    let (sender, arrived) = oneshot::channel();
    let sender = std::rc::Rc::new(std::cell::RefCell::new(Some(sender)));
    let done = move |_: &web_sys::Event| {
        if let Some(sender) = sender.borrow_mut().take() {
            let _ = sender.send(());
        }
    };
    let _listeners = [EventListener::new(&script, "load", done.clone()), EventListener::new(&script, "error", done)];
    document.head()?.append_child(&script).ok()?;
    arrived.await.ok()?;
    opener()
}

fn opener() -> Option<Function> {
    let window = web_sys::window()?;
    Reflect::get(&window, &"interleaveEditor".into()).ok()?.dyn_into().ok()
}
