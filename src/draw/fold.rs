use yew::prelude::*;

/// A part of a stage that can be folded away. The browser keeps whether it is: the element stays the same one.
pub fn fold(title: &'static str, words: &str, class: &'static str, open: bool, content: Html) -> Html {
    html! {
        <details class={classes!("fold", class)} {open}>
            <summary><b>{ title }</b><span>{ words.to_owned() }</span></summary>
            { content }
        </details>
    }
}
