//! Waiting for what a request or a transaction comes to.

use futures::channel::oneshot;
use gloo::events::EventListener;
use std::cell::RefCell;
use std::rc::Rc;
use web_sys::EventTarget;

/// The name of an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Event(pub &'static str);

/// The first of some events that happens to a target.
pub(super) async fn first<const N: usize>(target: &EventTarget, names: [&'static str; N]) -> Event {
    let (tell, told) = oneshot::channel();
    let tell = Rc::new(RefCell::new(Some(tell)));
    let _listeners = names.map(|name| {
        let tell = tell.clone();
        EventListener::once(target, name, move |_| {
            if let Some(tell) = tell.take() {
                let _ = tell.send(Event(name));
            }
        })
    });
    // The sender lives as long as its listeners, which live as long as this.
    told.await.unwrap_or(Event("never"))
}

/// Whether a transaction was completed.
pub(super) async fn done(transaction: &EventTarget) -> bool {
    first(transaction, ["complete", "abort"]).await == Event("complete")
}
