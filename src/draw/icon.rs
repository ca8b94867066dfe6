//! The few pictures that buttons carry. Each is hidden from assistive technology: the button has the name.

use yew::prelude::*;

/// A picture of 16 by 16 units, drawn in the colour of the text around it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Icon {
    First,
    Back,
    Play,
    Pause,
    Forward,
    Last,
    /// Over a whole callback.
    Over,
    /// To the next phase.
    Section,
    Keyboard,
    Settings,
}

impl Icon {
    fn path(self) -> &'static str {
        match self {
            Icon::First => "M3.5 3v10M12.5 3.5 6 8l6.5 4.5z",
            Icon::Back => "M13 8H3.5M7 4 3 8l4 4",
            Icon::Play => "M5 3.2v9.6L13 8z",
            Icon::Pause => "M5.5 3.5v9M10.5 3.5v9",
            Icon::Forward => "M3 8h9.5M9 4l4 4-4 4",
            Icon::Last => "M12.5 3v10M3.5 3.5 10 8l-6.5 4.5z",
            Icon::Over => "M2.5 9.5C3 5.5 6 3.5 8.3 3.8c2.5.3 4.2 2 4.7 4.7M13.8 5.3 13 8.7 9.7 7.7M7 12.5h2",
            Icon::Section => "M2.5 4.5 6 8l-3.5 3.5M7 4.5 10.5 8 7 11.5M13.5 3.5v9",
            Icon::Keyboard => "M1.8 4.5h12.4v7H1.8zM4.3 7h.01M6.8 7h.01M9.3 7h.01M11.8 7h.01M5 9.3h6",
            Icon::Settings => "M2.5 5h6M11.5 5h2M2.5 11h2M7.5 11h6M10 3.5v3M6 9.5v3",
        }
    }

    fn filled(self) -> bool {
        matches!(self, Icon::First | Icon::Play | Icon::Last)
    }
}

/// The picture itself.
pub fn icon(icon: Icon) -> Html {
    html! {
        <svg class="icon" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" focusable="false">
            <path d={icon.path()} fill={if icon.filled() { "currentColor" } else { "none" }} stroke="currentColor"
                stroke-width="1.5" stroke-linejoin="round" stroke-linecap="round" />
        </svg>
    }
}
