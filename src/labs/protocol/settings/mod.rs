//! What can be set of a protocol: a form, made of what `forms/*.toml` say of it.

mod field;
mod form;

pub use form::{Form, form};

use super::subject::Subject;
use yew::prelude::*;

#[derive(PartialEq, Properties)]
pub struct Props {
    pub subject: Subject,
    /// Something was set. It runs at once.
    pub change: Callback<Subject>,
}

/// The panel. What makes no sense together is said by the run.
#[component]
pub fn Settings(props: &Props) -> Html {
    let Some(form) = form(props.subject.kind()) else { return Html::default() };
    html! {
        <div class="protocol-settings">
            { for form.groups.iter().flat_map(|group| group.view(&props.subject, &props.change)) }
        </div>
    }
}
