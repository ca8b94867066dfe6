//! The header's choice among the protocols that a lab is about.

use super::catalogue::Named;
use super::subject::{Play, Subject};
use interleave_protocols::play::Way;
use web_sys::HtmlSelectElement;
use yew::prelude::*;

/// The choice.
pub fn controls(variants: &'static [Named], play: &Play, change: &Callback<Play>) -> Html {
    let here = variants.iter().position(|variant| alike(&variant.subject, &play.subject));
    let budget = play.subject.budget();
    let pick = change.reform(move |event: Event| {
        let index = event.target_unchecked_into::<HtmlSelectElement>().selected_index();
        let variant = &variants[usize::try_from(index).unwrap_or_default().min(variants.len() - 1)];
        Play { subject: variant.subject.within(budget), histories: vec![Way::Calm], here: 0 }
    });
    html! {
        <select class="pill" aria-label="Protocol" title="Which protocol runs" onchange={pick}>
            { for variants.iter().enumerate().map(|(at, variant)| html! {
                <option selected={here == Some(at)}>{ &variant.title }</option>
            }) }
        </select>
    }
}

/// Whether both are the same protocol in the same variant, whatever else is set.
fn alike(one: &Subject, other: &Subject) -> bool {
    let same = |place: &str| one.scenario().pointer(place) == other.scenario().pointer(place);
    one.kind() == other.kind() && same("/variant") && same("/safeguards/coordinator_log")
}
