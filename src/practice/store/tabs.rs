//! Other tabs of the same site hear what one has written.

use gloo::events::EventListener;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{BroadcastChannel, MessageEvent};

/// What tabs say to each other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Word {
    /// Rows under these keys are new.
    Written(Vec<String>),
    /// Everything was deleted, or so much is new that it is read as a whole.
    Everything,
}

/// A channel between the tabs that keep the same database.
#[derive(Debug)]
pub(super) struct Tabs {
    channel: BroadcastChannel,
    _listener: EventListener,
}

impl Tabs {
    /// Listens; `None` where the browser has no such channel. Tabs then see each other's answers when they open.
    pub(super) fn join(name: &str, hear: impl Fn(Word) + 'static) -> Option<Self> {
        let channel = BroadcastChannel::new(name).ok()?;
        let _listener = EventListener::new(&channel, "message", move |event| {
            if let Some(event) = event.dyn_ref::<MessageEvent>() {
                hear(understand(&event.data()));
            }
        });
        Some(Self { channel, _listener })
    }

    pub(super) fn tell(&self, word: &Word) {
        let message = match word {
            Word::Written(keys) => keys.iter().map(|key| JsValue::from_str(key)).collect::<js_sys::Array>().into(),
            Word::Everything => JsValue::NULL,
        };
        // It fails when the channel is closed, which is when the page goes.
        let _ = self.channel.post_message(&message);
    }
}

impl Drop for Tabs {
    fn drop(&mut self) {
        self.channel.close();
    }
}

fn understand(message: &JsValue) -> Word {
    match message.dyn_ref::<js_sys::Array>() {
        Some(keys) => Word::Written(keys.iter().filter_map(|key| key.as_string()).collect()),
        None => Word::Everything,
    }
}
