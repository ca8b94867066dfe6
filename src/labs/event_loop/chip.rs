use interleave_node::{Callback, CallbackId, Kind, Scene};
use yew::prelude::*;

/// A callback as the stage shows it: the same name, colour and shape wherever it is.
#[derive(Clone, Debug, PartialEq)]
pub struct Chip {
    pub id: CallbackId,
    pub name: String,
    /// Where it comes from or when it is due.
    pub detail: String,
    pub kind: Kind,
    /// It has left this place and runs: a shadow of itself.
    pub ghost: bool,
    /// Waits without keeping the process alive.
    pub idle: bool,
}

impl Chip {
    pub fn new(scene: &Scene, id: CallbackId) -> Self {
        let Callback { kind, name, line } = scene.callback(id);
        let detail = line.map_or_else(String::new, |line| format!("line {line}"));
        Self { id, name, detail, kind, ghost: false, idle: false }
    }

    pub fn detail(self, detail: String) -> Self {
        Self { detail, ..self }
    }

    pub fn ghost(self) -> Self {
        Self { ghost: true, ..self }
    }

    /// As an item of a list.
    pub fn item(&self) -> Html {
        // A shadow does not move: the callback itself does, to the stack.
        let moves = (!self.ghost).then(|| self.id.0.to_string());
        html! {
            <li class={classes!("chip", role(self.kind), self.ghost.then_some("ghost"), self.idle.then_some("idle"))}
                data-move={moves} title={format!("{} ({})", self.name, kind_name(self.kind))}>
                { mark(self.kind) }
                <span class="chip-name">{ &self.name }</span>
                <span class="sr">{ format!(", {}, ", kind_name(self.kind)) }</span>
                <small>{ &self.detail }</small>
                if self.ghost { <span class="sr">{ ", runs now" }</span> }
            </li>
        }
    }
}

/// The style sheet's role of a kind. It is the role of the place where such callbacks wait.
pub fn role(kind: Kind) -> &'static str {
    match kind {
        Kind::Script => "role-script",
        Kind::Tick => "role-tick",
        Kind::Microtask => "role-microtask",
        Kind::Timer | Kind::Interval => "role-timers",
        Kind::Immediate => "role-check",
        Kind::PoolWork | Kind::Network => "role-poll",
        Kind::Pending => "role-pending",
        Kind::Close => "role-close",
    }
}

/// What a kind is called, in the program's terms.
pub fn kind_name(kind: Kind) -> &'static str {
    match kind {
        Kind::Script => "script",
        Kind::Tick => "nextTick",
        Kind::Microtask => "microtask",
        Kind::Timer => "timer",
        Kind::Interval => "interval",
        Kind::Immediate => "immediate",
        Kind::PoolWork => "thread pool",
        Kind::Network => "network",
        Kind::Pending => "pending",
        Kind::Close => "close",
    }
}

/// A shape for each kind, so that colour is never the only sign.
pub fn mark(kind: Kind) -> Html {
    let path = match kind {
        Kind::Script => "M1.5 1h7v8h-7z",
        Kind::Tick => "M5 .5 9.5 5 5 9.5.5 5z",
        Kind::Microtask => "M1.5 1.5h7v7h-7z",
        Kind::Timer => "M5 .8a4.2 4.2 0 1 0 .01 0z",
        Kind::Interval => "M5 .8a4.2 4.2 0 1 0 .01 0zM5 3.5a1.5 1.5 0 1 1-.01 0z",
        Kind::Immediate => "M2 .8 9 5 2 9.2z",
        Kind::PoolWork => "M.8 1.5h8.4v2.8H.8zM.8 5.7h8.4v2.8H.8z",
        Kind::Network => "M2.8 1 7.2 1 9.5 5 7.2 9 2.8 9 .5 5z",
        Kind::Pending => "M5 1 9.5 9h-9z",
        Kind::Close => "M1 2.5 2.5 1 5 3.5 7.5 1 9 2.5 6.5 5 9 7.5 7.5 9 5 6.5 2.5 9 1 7.5 3.5 5z",
    };
    html! {
        <svg class="chip-mark" viewBox="0 0 10 10" width="10" height="10" aria-hidden="true"><path d={path} fill="currentColor" /></svg>
    }
}
