//! Source text with line numbers, the line that runs and the line that is wrong.

use super::highlight::{Class, Language, Token};
use gloo::render::request_animation_frame;
use std::rc::Rc;
use web_sys::HtmlElement;
use yew::prelude::*;

/// A message about a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// From 1.
    pub line: u32,
    pub message: AttrValue,
}

#[derive(Properties, PartialEq)]
pub struct Props {
    pub source: AttrValue,
    #[prop_or_default]
    pub language: Language,
    /// The line that runs, from 1.
    #[prop_or_default]
    pub line: Option<u32>,
    /// The role whose colour marks that line.
    #[prop_or_default]
    pub role: Option<&'static str>,
    #[prop_or_default]
    pub fault: Option<Fault>,
    /// What a screen reader calls it.
    pub label: AttrValue,
}

type Pieces = Rc<[(Option<Class>, Box<str>)]>;

/// The listing. It keeps the marked line in sight.
#[component]
pub fn Listing(props: &Props) -> Html {
    let node = use_node_ref();
    let lines = use_memo((props.source.clone(), props.language), |(source, language)| {
        let line = |tokens: Vec<Token>| tokens.iter().map(|token| (token.class, token.text.into())).collect();
        language.lines(source).into_iter().map(line).collect::<Vec<Pieces>>()
    });
    {
        let node = node.clone();
        let shown = props.fault.as_ref().map(|fault| fault.line).or(props.line);
        use_effect_with(shown, move |&shown| {
            // With the next paint: to ask now where a line is would have the page laid out twice.
            let frame = request_animation_frame(move |_| {
                if let (Some(line), Some(listing)) = (shown, node.cast::<HtmlElement>()) {
                    reveal(&listing, line);
                }
            });
            move || drop(frame)
        });
    }
    html! {
        // It scrolls, so the keyboard must be able to reach it.
        <div class={classes!("code", props.role)} ref={node} role="group" tabindex="0" aria-label={props.label.clone()}>
            { for lines.iter().enumerate().map(|(i, pieces)| {
                let number = i as u32 + 1;
                let fault = props.fault.as_ref().filter(|fault| fault.line == number).map(|fault| fault.message.clone());
                html! { <Line key={i} {number} pieces={pieces.clone()} now={props.line == Some(number)} {fault} /> }
            }) }
        </div>
    }
}

#[derive(Properties)]
struct LineProps {
    number: u32,
    pieces: Pieces,
    now: bool,
    fault: Option<AttrValue>,
}

impl PartialEq for LineProps {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.pieces, &other.pieces)
            && (self.number, self.now, &self.fault) == (other.number, other.now, &other.fault)
    }
}

/// One line: drawn again only when it is marked or no longer is.
#[component]
fn Line(props: &LineProps) -> Html {
    let LineProps { number, pieces, now, fault } = props;
    html! {
        <>
            <div class={classes!("line", now.then_some("now"), fault.as_ref().map(|_| "fault"))} aria-current={now.then_some("step")}>
                <span class="line-number" aria-hidden="true">{ number }</span>
                <span class="line-text">{ for pieces.iter().map(|(class, text)| match class {
                    Some(class) => html! { <span class={class.name()}>{ &**text }</span> },
                    None => html! { { &**text } },
                }) }</span>
                if *now { <span class="sr">{ " (running)" }</span> }
            </div>
            if let Some(message) = fault {
                <div class="line-fault" role="note">{ message }</div>
            }
        </>
    }
}

/// Scrolls the listing, and nothing around it, so that the line is in sight.
fn reveal(listing: &HtmlElement, line: u32) {
    let Some(rows) = listing.query_selector_all(".line").ok().filter(|rows| rows.length() > 0) else { return };
    let Some(row) =
        rows.get(line.saturating_sub(1)).and_then(|row| wasm_bindgen::JsCast::dyn_into::<HtmlElement>(row).ok())
    else {
        return;
    };
    let (top, height) = (row.offset_top() - listing.offset_top(), row.offset_height());
    let (from, view) = (listing.scroll_top(), listing.client_height());
    if top < from || top + height > from + view {
        listing.set_scroll_top(top - view / 3);
    }
}
