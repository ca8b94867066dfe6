//! A small number with a button on either side.

use yew::prelude::*;

#[derive(PartialEq, Properties)]
pub struct Props {
    /// What is counted, as it stands beside the number: `Crashes`.
    pub name: AttrValue,
    /// What it means, in a sentence.
    #[prop_or_default]
    pub what: AttrValue,
    pub value: u64,
    #[prop_or_default]
    pub least: u64,
    #[prop_or(u64::MAX)]
    pub most: u64,
    /// What the buttons are called: `fewer` and `more`.
    #[prop_or(("fewer", "more"))]
    pub words: (&'static str, &'static str),
    pub change: Callback<u64>,
}

/// The number, its name and its buttons. A button that leads nowhere keeps the focus and does nothing.
#[component]
pub fn Stepper(props: &Props) -> Html {
    let Props { name, what, value, least, most, words: (fewer, more), change } = props;
    let button = |sign: &'static str, word: &str, to: Option<u64>| {
        let to = to.filter(|to| (*least..=*most).contains(to));
        let change = change.clone();
        let onclick = Callback::from(move |_: MouseEvent| to.into_iter().for_each(|to| change.emit(to)));
        html! {
            <button type="button" aria-label={format!("{name}: {word}")} aria-disabled={to.is_none().then_some("true")} {onclick}>
                <span aria-hidden="true">{ sign }</span>
            </button>
        }
    };
    html! {
        <div class="stepper" role="group" aria-label={name.clone()} title={(!what.is_empty()).then(|| what.clone())}>
            <span class="stepper-name">{ name }</span>
            { button("−", fewer, value.checked_sub(1)) }
            <output aria-live="polite">{ value.to_string() }</output>
            { button("+", more, value.checked_add(1)) }
        </div>
    }
}
