//! A session as the stage shows it: the same letter, colour and shape wherever it is.

use interleave_sql::lab::scene::Session;
use interleave_sql::lab::{Scenario, Scene};
use yew::prelude::*;

/// The style sheet's role of a session.
pub fn role(session: Session) -> &'static str {
    ["session-1", "session-2", "session-3", "session-4"][usize::from(session) % 4]
}

/// Its column as a letter: `A` from the left.
pub fn letter(session: Session) -> char {
    char::from(b'A' + session % 26)
}

/// The letter in its shape. Whoever reads it aloud says the name, which is always beside it or behind it.
pub fn mark(session: Session) -> Html {
    html! { <span class={classes!("who", role(session))} aria-hidden="true">{ letter(session) }</span> }
}

/// The mark with the name for those who listen.
pub fn named_mark(scene: &Scene, session: Session) -> Html {
    html! { <>{ mark(session) }<span class="sr">{ name(scene, session) }</span></> }
}

/// What the learner called it.
pub fn name(scene: &Scene, session: Session) -> String {
    match scene.lanes.get(usize::from(session)) {
        Some(lane) if !lane.name.trim().is_empty() => lane.name.clone(),
        _ => format!("session {}", letter(session)),
    }
}

/// Its name in a scenario that may not have run yet.
pub fn script_name(scenario: &Scenario, session: Session) -> String {
    match scenario.sessions.get(usize::from(session)) {
        Some(script) if !script.name.trim().is_empty() => script.name.clone(),
        _ => format!("session {}", letter(session)),
    }
}

/// `Alice`, `Alice and Bob`, `Alice, Bob and Carol`.
pub fn list(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [one] => one.clone(),
        [most @ .., last] => format!("{} and {last}", most.join(", ")),
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;

    #[test]
    fn names_are_listed_as_one_says_them() {
        let names = ["Alice", "Bob", "Carol"].map(String::from);
        assert_eq!(list(&names), "Alice, Bob and Carol");
        assert_eq!(list(&names[..2]), "Alice and Bob");
        assert_eq!(list(&names[..1]), "Alice");
    }

    #[test]
    fn a_link_may_name_any_session() {
        assert_eq!(letter(255), 'V');
        assert_eq!(name(&Scene::default(), 1), "session B");
    }
}
