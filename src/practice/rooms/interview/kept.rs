//! The conversation that was begun on this device.

use crate::practice::store::Store;
use crate::practice::store::clock::now;
use interleave_course::catalogue::Catalogue;
use interleave_course::interview::{Conversation, Interview};
use interleave_course::progress::{Draft, Session};
use std::rc::Rc;

/// What is kept.
pub enum Kept {
    Begun {
        interview: Rc<Interview>,
        conversation: Conversation,
    },
    /// It was begun with another version of the site, or is damaged.
    Strange,
}

/// The one that was saved last and not closed.
pub fn find(store: &Store, bank: &Catalogue) -> Option<Kept> {
    let draft = store.begun(Session::Interview)?;
    let kept = draft.state::<Conversation>().ok().and_then(|conversation| {
        let interview = bank.interviews().iter().find(|interview| interview.id == conversation.interview)?;
        conversation.fits(interview).then(|| Kept::Begun { interview: Rc::new(interview.clone()), conversation })
    });
    Some(kept.unwrap_or(Kept::Strange))
}

/// Keeps it. Each has a name of its own: no other one is written over.
pub fn save(store: &Store, conversation: &Conversation) {
    let mut kept = conversation.clone();
    kept.clock = kept.clock.stopped(now());
    if let Ok(draft) = Draft::new(Session::Interview, &name(conversation), now(), &kept) {
        store.save_draft(draft);
    }
}

fn name(conversation: &Conversation) -> String {
    format!("{}-{}", conversation.interview, conversation.begun)
}
