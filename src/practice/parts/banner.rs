//! What a learner has to know about where their answers are kept. Nothing, as long as all is well.

use super::watched::use_store_changes;
use crate::practice::store::{Place, Saving, Store};
use crate::practice::words::count;
use yew::prelude::*;

#[derive(PartialEq, Properties)]
pub struct BannerProps {
    pub store: Store,
}

/// A note when answers are kept in this page alone, when saving has failed, and when something on this device is damaged.
#[component]
pub fn Banner(props: &BannerProps) -> Html {
    use_store_changes(&props.store);
    let store = props.store.clone();
    let again = Callback::from(move |_: MouseEvent| store.try_again());
    let damaged = props.store.damaged();
    html! {
        <div class="practice-notes" role="status">
            if let Place::Memory(why) = props.store.place() {
                <p class="practice-note">
                    <strong>{"Your answers are kept only until you leave this page"}</strong>{format!(": {}. ", without_stop(&why))}
                    <a href="practice/progress/#export">{"Export them"}</a>{" to keep them."}
                </p>
            }
            if let Saving::Failed(why) = props.store.saving() {
                <p class="practice-note">
                    <strong>{"Your last answers could not be saved"}</strong>{format!(": {}. ", without_stop(&why))}
                    <button type="button" class="button" onclick={again}>{"Try again"}</button>
                </p>
            }
            if damaged > 0 {
                <p class="practice-note">
                    <strong>{ count(damaged, "saved answer") }{" cannot be read"}</strong>
                    {". They are left as they are, and everything else works. "}
                    <a href="practice/progress/">{"See your progress"}</a>{"."}
                </p>
            }
        </div>
    }
}

fn without_stop(text: &str) -> &str {
    text.trim_end_matches('.')
}
