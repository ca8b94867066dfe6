use super::chip::Chip;
use yew::prelude::*;

/// More than this are counted, not shown.
const MOST: usize = 6;

#[derive(Clone, PartialEq, Properties)]
pub struct Props {
    pub title: &'static str,
    pub role: &'static str,
    /// Something of this lane runs, or the loop is in this phase.
    pub on: bool,
    /// What that means here: `running`, `current phase`.
    #[prop_or_default]
    pub state: &'static str,
    pub chips: Vec<Chip>,
    /// How many callbacks follow those in `chips`.
    #[prop_or_default]
    pub more: usize,
    /// What else is waited for here, by name.
    #[prop_or_default]
    pub waits_for: Vec<String>,
    #[prop_or("empty")]
    pub empty: &'static str,
}

impl Props {
    /// A lane of that many callbacks, of which only those are made that are shown.
    pub fn of<T>(title: &'static str, role: &'static str, items: &[T], chip: impl Fn(&T) -> Chip) -> Self {
        let shown = if items.len() > MOST { MOST - 1 } else { items.len() };
        Self {
            title,
            role,
            on: false,
            state: "",
            chips: items[..shown].iter().map(chip).collect(),
            more: items.len() - shown,
            waits_for: Vec::new(),
            empty: "empty",
        }
    }

    /// Marks it as the place where something happens now.
    pub fn on(self, on: bool, state: &'static str) -> Self {
        Self { on, state: if on { state } else { "" }, ..self }
    }

    /// Shows the callback that has just left for the stack in front.
    pub fn running(mut self, chip: Option<Chip>) -> Self {
        if let Some(chip) = chip {
            self.chips.insert(0, chip.ghost());
        }
        self
    }
}

/// A queue with its name. Drawn again only when something in it is different.
pub struct Lane;

impl Component for Lane {
    type Message = ();
    type Properties = Props;

    fn create(_: &Context<Self>) -> Self {
        Self
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let Props { title, role, on, state, chips, more, waits_for, empty } = ctx.props();
        html! {
            <div role="group" class={classes!("lane", *role, on.then_some("on"))} aria-label={*title}>
                <h4 class="cap"><b>{ *title }</b>if !state.is_empty() { <span>{ " " }{ *state }</span> }</h4>
                if chips.is_empty() && waits_for.is_empty() {
                    <p class="empty">{ *empty }</p>
                } else {
                    <ul class="chips">
                        { for chips.iter().map(Chip::item) }
                        if *more > 0 { <li class="more">{ format!("+{more} more") }</li> }
                        { for waits_for.iter().map(|what| html! { <li class="waits">{ "waits for " }<span>{ what }</span></li> }) }
                    </ul>
                }
            </div>
        }
    }
}
